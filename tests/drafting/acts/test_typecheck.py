"""A template that asks for what its context lacks is found before any case, with file, line and the lines around."""

from __future__ import annotations

from pathlib import Path

import pytest

from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.template_check import check_templates, checked
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput

NOTICE = kind_of("formal-notice")


def codes(folder: Path, template: str, law: Law, named: str = "{% set file = 'lettre' %}") -> list[tuple[int, str]]:
    """Check a firm's own template of the notice, which names its file; return the lines and codes of its problems."""
    (folder / "fr" / "acts").mkdir(parents=True)
    (folder / "fr" / NOTICE.file).write_text(named + template, encoding="utf-8")
    return sorted((one.line, one.code) for one in checked(NOTICE, "fr", frozenset(law.sources), folder).problems)


@pytest.mark.parametrize(("template", "code"), [
    ("{{ a.probability }}", "template_lacks"),
    ("{{ a.respondent.note }}", "template_lacks"),
    ("{% for c in a.claimants %}{{ c.provable }}{% endfor %}", "template_lacks"),
    ("{% for c in a.claimants %}{% for h in c.heads %}{{ h.accepted }}{% endfor %}{% endfor %}", "template_lacks"),
    ("{{ a.claimants[0].reservation }}", "template_lacks"),
    ("{{ (a.claimants | first).reservation }}", "template_lacks"),
    ("{% set first = a.claimants[0] %}{{ first.value }}", "template_lacks"),
    ("{{ a.claimants | map(attribute='weight') | join }}", "template_lacks"),
    ("{% for pair in a.claimants | batch(2) %}{% for c in pair %}{{ c.cap }}{% endfor %}{% endfor %}",
     "template_lacks"),
    ("{% macro said(p) %}{{ p.likelihood }}{% endmacro %}{{ said(a.respondent) }}", "template_lacks"),
    ('{% from "acts/macros.md.j2" import heads %}{{ heads(a.respondent) }}', "template_lacks"),
    ("{% if a.one and a.weakness %}x{% endif %}", "template_lacks"),
    ("{{ 'x' if a.interest.odds else 'y' }}", "template_lacks"),
    ("{{ a.due.cents }}", "template_lacks"),
    ("{% for x in a.due %}{{ x }}{% endfor %}", "template_not_a_list"),
    ("{{ b.due }}", "template_unknown_name"),
    ("{{ a.due | dollars }}", "template_unknown_filter"),
    ("{{ 'nowhere' | word }}", "template_unknown_word"),
    ("{{ 'cc-9999' | cited }}", "template_unknown_source"),
    ("{{ 'x' | sourced(['cc-9999']) }}", "template_unknown_source"),
    ("{% if a.due is wrong %}x{% endif %}", "template_unknown_test"),
    ('{% from "acts/macros.md.j2" import nothing %}', "template_unknown_name"),
    ('{% include "acts/none.md.j2" %}', "template_missing"),
    ("{% if a.one %}", "template_broken"),
])
def test_a_mistake_is_found_at_its_line(template: str, code: str, tmp_path: Path, french_law: Law) -> None:
    found = codes(tmp_path, f"rien\n\n{template}\n", french_law)
    assert {name for _, name in found} == {code}
    assert found[0][0] in ((3, 4) if code == "template_broken" else (3,)) or "macros" in template


@pytest.mark.parametrize("template", [
    "{{ a.due | money }} {{ a.days }} {{ a.one }}",
    "{% for c in a.claimants %}{{ loop.index }}{{ loop.previtem.due if not loop.first }}{% endfor %}",
    "{% for c in a.claimants if c.received %}{{ c.party.name.upper() }}{% else %}personne{% endfor %}",
    "{% set ns = namespace(x=1) %}{{ ns.x }}{{ (a.claimants | last).party.seat }}",
    "{% macro m(x, y=1) %}{{ x.party.name }}{{ y }}{% endmacro %}{{ m(a.claimants[0]) }}",
    "{% set s %}x{% endset %}{{ s | capital }}",
])
def test_what_the_context_holds_passes(template: str, tmp_path: Path, french_law: Law) -> None:
    assert codes(tmp_path, template, french_law) == []


def test_a_template_of_a_name_that_nothing_takes_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "en" / "acts").mkdir(parents=True)
    (tmp_path / "en" / "acts" / "wirt.md.j2").write_text("x", encoding="utf-8")
    (tmp_path / "en" / "acts" / "ours.md.j2").write_text("{% macro m() %}x{% endmacro %}", encoding="utf-8")
    ending = '{% from "acts/ours.md.j2" import m %}{{ m() }}'
    (tmp_path / "en" / "acts" / "end.md.j2").write_text(ending, encoding="utf-8")
    (problem,) = check_templates(frozenset(), tmp_path)
    assert problem.code == "template_unused" and "“en/acts/writ.md.j2”" in problem.tell("en")


def test_a_template_that_names_no_file_is_refused(tmp_path: Path, french_law: Law) -> None:
    assert codes(tmp_path, "Madame,\n", french_law, named="") == [(1, "file_name_astray")]


def test_each_name_that_a_template_may_give_its_file_is_looked_at(tmp_path: Path, french_law: Law) -> None:
    choice = "\n{% set file = 'lettre' if a.one else '../lettres' %}x"
    assert codes(tmp_path, choice, french_law, named="") == [(2, "file_name_astray")]


def test_the_lines_around_are_told(tmp_path: Path, french_law: Law) -> None:
    codes(tmp_path, "un\ndeux\n{{ a.chances }}\nquatre\ncinq\n", french_law)
    (problem,) = checked(NOTICE, "fr", frozenset(), tmp_path).problems
    told = problem.tell("fr").replace("\u00a0", " ")
    assert told.startswith(f"{tmp_path}/fr/acts/formal_notice.md.j2:3:1: « a.chances »")
    assert "Fallait-il lire « chance »" in told
    assert told.splitlines()[1:] == ["     2 | deux", ">    3 | {{ a.chances }}", "     4 | quatre"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        check_templates(frozenset(), tmp_path / "none")
    assert [one.code for one in error.value.problems] == ["no_templates_folder"]
