"""Every mistake of tests/bad is told at its place, in both languages, and nothing else is."""

import re
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from vismajor import load_case
from vismajor.cli import main
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem
from vismajor.reading.yaml_source import parse_yaml

BAD, GOOD = ROOT / "tests" / "bad", ROOT / "tests" / "good"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((BAD / "expected.yaml").read_text(encoding="utf-8"))
# the mistake is what is not there
NOTHING_READ = ("contract_or_contracts", "contracts_without_id", "too_few", "no_kind", "accounts_without_source",
                "accounts_without_rate", "data_recovery_measure", "vat_without_rate")
FOLDERS = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir())


@pytest.fixture(autouse=True)
def _pack_read_once(monkeypatch, french_law):
    monkeypatch.setattr("vismajor.workbench.read_law", lambda name: french_law)


@cache
def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    return caught.value.problems


def test_every_bad_case_says_what_is_expected_of_it():
    assert sorted(EXPECTED) == FOLDERS
    assert len(FOLDERS) >= 40


@pytest.mark.parametrize("name", FOLDERS)
def test_a_mistake_is_told_at_its_place_and_nothing_else_is(name):
    told = [(Path(p.file).name, p.line, p.column, p.code) for p in problems_of(BAD / name)]
    assert told == [(e["file"], e["line"], e["column"], e["code"]) for e in EXPECTED[name]]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_mistake_says_what_was_read_in_both_languages(name):
    for problem, expected in zip(problems_of(BAD / name), EXPECTED[name], strict=True):
        assert expected["says"] in problem.explain("en")
        for language in LANGUAGES:
            message = problem.explain(language)
            assert not re.search(r"\{\w+\}", message), message
            values = dict(problem.values)
            if problem.code not in NOTHING_READ:
                assert all(values.get(key, "") in message + message.replace(",", ".")
                           for key in ("read", "key", "fact", "claimant"))
            assert problem.tell(language).startswith(f"{problem.file}:{problem.line}:{problem.column}: ")
        assert problem.explain("fr") != problem.explain("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOLDERS)
def test_check_ends_with_code_2_and_no_traceback(name, language):
    result = CliRunner().invoke(main, ["--lang", language, "check", str(BAD / name)])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert result.stdout == ""
    for problem in problems_of(BAD / name):
        assert problem.tell(language) in result.stderr


@pytest.mark.parametrize("name", FOLDERS)
def test_brief_writes_nothing_for_a_bad_case(name, tmp_path):
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["--lang", "fr", "brief", str(BAD / name), "--out", str(out)])
    assert result.exit_code == 2
    assert not out.exists()
    assert list(tmp_path.iterdir()) == []


def test_the_minimal_case_is_valid_and_leaves_nothing_to_look_into():
    result = CliRunner().invoke(main, ["--lang", "en", "check", str(GOOD / "minimal")])
    assert (result.exit_code, result.stderr) == (0, "")
    case = load_case(GOOD / "minimal")
    assert case.books["durand"].revenue.last == "2024-01"
    assert sorted(case.hashes) == ["accounts.csv", "case.yaml"]


def test_no_010_a_time_and_a_date_stay_the_text_that_was_written():
    claimant = load_case(GOOD / "plain-words").file.claimants[0]
    assert (claimant.name, claimant.registration, claimant.seat, claimant.form) == ("no", "010", "12:30", "2023-07-14")


def test_json_tells_the_same_problems():
    result = CliRunner().invoke(main, ["--lang", "fr", "check", "--json", str(BAD / "several-mistakes")])
    told = yaml.safe_load(result.stdout)
    assert result.exit_code == 2
    assert told["valid"] is False
    assert [p["code"] for p in told["problems"]] == [e["code"] for e in EXPECTED["several-mistakes"]]


def test_five_mistakes_are_told_at_once():
    assert len({p.code for p in problems_of(BAD / "several-mistakes")}) == 5


def test_a_folder_without_a_case_is_told(tmp_path):
    (problem,) = problems_of(tmp_path / "nowhere")
    assert (problem.code, problem.line, problem.column) == ("missing_case", 1, 1)


def changed_minimal(tmp_path: Path, old: str, new: str) -> Path:
    folder = Path(shutil.copytree(GOOD / "minimal", tmp_path / "case"))
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / "case.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_link_out_of_the_case_folder_is_refused(tmp_path):
    folder = changed_minimal(tmp_path, "revenue: accounts.csv", "revenue: linked.csv")
    (folder / "accounts.csv").rename(tmp_path / "outside.csv")
    (folder / "linked.csv").symlink_to(tmp_path / "outside.csv")
    assert [p.code for p in problems_of(folder)] == ["outside_case"]


def test_a_file_name_too_long_for_the_disk_is_a_missing_file(tmp_path):
    folder = changed_minimal(tmp_path, "revenue: accounts.csv", f"revenue: {'x' * 5000}.csv")
    (problem,) = problems_of(folder)
    assert problem.code == "missing_accounts"
    assert len(problem.explain("fr")) < 300


def test_the_file_of_an_exhibit_must_lie_in_the_case_folder(tmp_path):
    folder = changed_minimal(tmp_path, "date: 2023-09}", "date: 2023-09, file: ../secret.pdf}")
    assert [p.code for p in problems_of(folder)] == ["outside_case"]


def test_a_register_with_a_broken_entry_raises_no_second_error_where_it_is_cited(tmp_path):
    folder = changed_minimal(tmp_path, "{id: P1, title", "{ident: P1, title")
    assert {p.code for p in problems_of(folder)} == {"unknown_key", "missing_key"}


def test_a_key_that_looks_like_a_number_is_a_name(tmp_path):
    folder = changed_minimal(tmp_path, "  event.kind:", "  12:")
    (problem,) = problems_of(folder)
    assert (problem.code, dict(problem.values)["read"]) == ("unknown_fact", "12")


def test_as_of_given_on_the_command_line_must_not_lie_before_the_incident():
    result = CliRunner().invoke(main, ["--lang", "en", "check", str(GOOD / "minimal"), "--as-of", "2023-01-01"])
    assert result.exit_code == 2
    assert "read 2023-01-01, before incident.date (2023-07-14)" in result.stderr


@pytest.mark.parametrize(("exhibit", "codes"), [("2024-09-01", []), ("2024-05-01", ["fact_after_as_of"])])
def test_a_later_suit_may_be_stated_where_it_rests_on_later_exhibits_alone(tmp_path, exhibit, codes):
    stated = "procedure.suit_filed_on: {value: 2024-09-01, exhibits: [P3]}"
    lost = "      service.data_lost: true"
    folder = changed_minimal(tmp_path, lost, f"{lost}\n      {stated}")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    listed = f"exhibits:\n  - {{id: P3, title: Assignation, date: {exhibit}}}\n"
    (folder / "case.yaml").write_text(text.replace("exhibits:\n", listed), encoding="utf-8")
    try:
        load_case(folder)
    except InvalidInput as error:
        assert [p.code for p in error.problems] == codes
    else:
        assert codes == []


ITEMS = """      service.data_lost: true
    items:
      - {id: web, kind: server, facts: {server.building: " SBG2 "}}
      - {id: nightly, kind: backup, of: [web], facts: {backup.building: {value: Sbg2, otherwise: sBG2}}}
      - {id: weekly, kind: backup, of: [web], facts: {backup.building: rbx}}"""


def test_a_building_spelt_with_other_capitals_or_spaces_is_one_building(tmp_path):
    folder = changed_minimal(tmp_path, "      service.data_lost: true", ITEMS)
    web, nightly, weekly = load_case(folder).file.claimants[0].items
    kept = nightly.facts["backup.building"]
    assert (web.facts["server.building"].value, kept.value, kept.otherwise) == ("SBG2", "SBG2", "SBG2")
    assert weekly.facts["backup.building"].value == "rbx"


def test_a_copy_in_the_building_of_its_server_that_is_said_to_be_elsewhere_is_to_be_looked_into(tmp_path):
    folder = changed_minimal(tmp_path, "      service.data_lost: true", ITEMS.replace(
        "otherwise: sBG2}}", "status: admitted}, backup.same_building: false}"))
    for language, said in (("en", "yet for the copy “nightly”: the copy was kept in the building SBG2"),
                           ("fr", "or, pour la copie")):
        result = CliRunner().invoke(main, ["--lang", language, "check", str(folder)])
        assert result.exit_code == 1
        assert said in " ".join(result.stdout.split())


MINIMAL = (GOOD / "minimal" / "case.yaml").read_text(encoding="utf-8")
PATHS = sorted((path for path in parse_yaml(MINIMAL, "f").places if path and path[-1] != "$key"), key=str)
FLOAT = "tag:yaml.org,2002:float"
WRONG = ("null", "true", "0", "-1", "1.5", "x", '""', "[]", "{}", "[1]", "{a: 1}", "2023-07-14", "[P1]", "[[P1]]",
         "[null]", "{value: [1]}", "{between: [1]}", "999999999999999999999", "../x", "{fr: a}", "é" * 90)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), st.sampled_from(WRONG))
def test_whatever_stands_in_the_place_of_a_value_is_read_or_told(tmp_path, french_law, path, wrong):
    data = parse_yaml(MINIMAL, "f").data
    holder = data
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = parse_yaml(f"a: {wrong}", "f").data["a"]
    shutil.copy(GOOD / "minimal" / "accounts.csv", tmp_path)
    text = yaml.dump(data, Dumper=PlainDumper, allow_unicode=True)
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    try:
        load_case(tmp_path, french_law)
    except InvalidInput as error:
        assert all(p.code != "wrong_value" and p.tell("fr") for p in error.problems)


class PlainDumper(yaml.SafeDumper):
    """Writes decimals as the numbers they are."""


PlainDumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar(FLOAT, str(value)))
