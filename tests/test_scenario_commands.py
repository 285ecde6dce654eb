"""The commands on versions of a case, as they are typed: what they print, in both languages, and what they refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.drafting.cases import small, write_case
from vismajor.case_versions import compare_scenarios
from vismajor.cli import main
from vismajor.law.models import Law
from vismajor.scenario_report import tell_comparison
from vismajor.settlement.scenarios import Worth
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import load_case

TITLE = {"fr": "Le plafond est écarté", "en": "The cap is struck"}
SCENARIOS = [
    {"id": "uncapped", "title": TITLE, "issues": {"liability_cap": "not_established"}},
    {"id": "told", "title": {"fr": "Tout est dit", "en": "All is told"}, "from": "uncapped", "claimants": ["durand"],
     "facts": {"service.own_copy": True, "event.sudden": True}, "likelihoods": {"event.usual_risk": 0.4}},
    {"id": "later", "title": {"fr": "Plus tard", "en": "Later"}, "as_of": "2025-06-01"},
    {"id": "larger", "title": {"fr": "Davantage", "en": "More"},
     "figures": {"claimants.durand.heads.hours.hours": 40}},
]
NUMBERS = re.compile(r"[\s\u00a0\u202f]+")


@pytest.fixture(autouse=True)
def _pack_read_once(monkeypatch: pytest.MonkeyPatch, french_law: Law) -> None:
    monkeypatch.setattr("vismajor.workbench.read_law", lambda name: french_law)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("versions") / "case", small(scenarios=SCENARIOS))


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    def of(command: str, *options: str, language: str = "en") -> Result:
        return CliRunner().invoke(main, ["--lang", language, command, str(folder), "--worlds", "200", *options])

    return of


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("command", "options"), [
    ("compare", ()), ("compare", ("--scenario", "told", "--claimant", "durand")),
    ("what-if", ("--set", "service.own_copy=true", "--unset", "event.usual_risk")),
    ("what-if", ("--set", "claimants.durand.heads.hours.hours=90", "--scenario", "uncapped")),
    ("sensitivity", ()), ("sensitivity", ("--pairs", "--most", "40", "--claimant", "durand")),
    ("sensitivity", ("--only", "law", "--only", "losses", "--scenario", "uncapped")),
])
def test_what_is_printed_fits_80_columns_and_leaves_nothing_unsaid(run, command, options, language):
    told = run(command, *options, language=language)
    assert (told.exit_code, told.stderr) == (0, "")
    assert not re.search(r"\{\w*\}|None|Traceback", told.stdout)
    fits(told.stdout)


def fits(told: str) -> None:
    """Check that a text fits 80 columns, and that no table is cut at its right edge."""
    for line in told.splitlines():
        assert len(line) <= 80, line
        assert line[:1] not in "│┃├└┡┏" or line[-1:] in "│┃┤┘┩┓", line


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_settling_is_worth_stands_beside_each_version(folder, french_law, language):
    def settling(valuation: Valuation) -> Worth:
        million, later = Decimal(1_000_000), valuation.assessment.case.as_of.year > 2024
        return Worth(million, 3 * million, (million, 2 * million) if later else None)

    case = load_case(folder, french_law).said_in(language)
    told = tell_comparison(compare_scenarios(case, french_law, worlds=400, settling=settling), french_law)
    fits(told)
    assert {"fr": "zone d’accord", "en": "zone of agreement"}[language] in told
    shown = NUMBERS.sub(" ", told)
    assert {"fr": "1 000 000 à 2 000 000", "en": "1,000,000 to 2,000,000"}[language] in shown
    assert {"fr": "aucune│", "en": "none│"}[language] in shown


def test_what_settling_is_worth_is_not_told_of_one_claimant(folder, french_law):
    case = load_case(folder, french_law)
    found = compare_scenarios(case, french_law, ["later"], "dupont", worlds=400,
                              settling=lambda _: Worth(Decimal(1), Decimal(2), None))
    assert [version.worth for version in found.versions] == [None, None]


def test_compare_sets_every_scenario_beside_the_case(run):
    told = run("compare").stdout
    for part in ("1. The cap is struck", "taken as given: no contractual cap limits", "2. All is told",
                 "– starting from “The cap is struck”", "– for Durand:", "the client kept a usable copy",
                 "│The case", "│1. The cap is struck", "hours (Durand, Working time of own staff): 10 → 40",
                 "Internal: nothing of this"):
        assert part in told, part
    answers = [line for line in told.splitlines() if line.startswith("│Cap on liability")]
    assert len(answers) == 2  # four scenarios make two tables
    assert "0%" in answers[0]


def test_compare_in_french_keeps_french_typography(run):
    told = run("compare", language="fr").stdout
    assert "Ce que chaque version suppose" in told
    assert "– pour Durand\u00a0:" in told
    assert not re.search(r"\w [:;?!%»]", told)


def test_json_holds_what_the_tables_show(run):
    found = data(run("compare", "--json"))
    assert [one["id"] for one in found["versions"]] == [None, *(one["id"] for one in SCENARIOS)]
    base, uncapped, told, later, larger = found["versions"]
    for version in found["versions"]:
        award = version["award"]
        apart = Decimal(award["mean"]) - Decimal(base["award"]["mean"])
        assert Decimal(award["difference"]) == pytest.approx(apart, abs=Decimal("0.02"))
        assert all(re.fullmatch(r"-?\d+\.\d\d", award[name]) for name in award if name != "nothing")
    assert uncapped["issues"]["liability_cap"][0]["probability"] == 0
    assert [(one["kind"], one["names"], one["claimants"]) for one in told["changes"]] == [
        ("facts", ["service.own_copy"], ["durand"]), ("facts", ["event.sudden"], None),
        ("likelihoods", ["event.usual_risk"], None)]
    assert later["as_of"] == "2025-06-01"
    assert Decimal(larger["award"]["difference"]) > 0
    assert base["changes"] == []
    assert base["worth"] is None


def test_the_rows_shown_are_those_that_differ_and_whether_anything_is_due(run):
    told = run("compare", "--scenario", "larger").stdout
    rows = [line.split("│")[1].strip() for line in told.splitlines() if line.startswith("│") and "%" in line]
    assert [row for row in rows if row and not row.startswith(("The case", "1."))] == [
        "Excuse", "Liability in contract", "Cap on liability"]


def test_one_claimant_is_compared_alone(run):
    whole, alone = (data(run("compare", "--scenario", "larger", "--json", *options))
                    for options in ((), ("--claimant", "dupont")))
    assert alone["claimant"] == "dupont"
    assert Decimal(alone["versions"][1]["award"]["difference"]) == 0
    assert Decimal(whole["versions"][1]["award"]["difference"]) > 0
    assert "Award, for Dupont" in run("compare", "--scenario", "larger", "--claimant", "dupont").stdout


def test_what_if_shows_the_case_and_the_change(run):
    told = run("what-if", "--set", "liability_cap=not_established").stdout
    assert "1. What if" in told
    assert "│1. What if" in told
    same, scenario = (data(run(*command, "--json"))["versions"][1]["award"] for command in (
        ("what-if", "--set", "liability_cap=not_established"), ("compare", "--scenario", "uncapped")))
    assert same == scenario


def test_what_if_may_start_from_a_scenario(run):
    found = data(run("what-if", "--scenario", "uncapped", "--set", "service.own_copy=true", "--json"))
    assert [one["id"] for one in found["versions"]] == ["uncapped", "what-if"]
    assert all(one["issues"]["liability_cap"][0]["probability"] == 0 for one in found["versions"])


def test_sensitivity_ranks_and_says_what_moves_the_award(run, tmp_path):
    drawing = tmp_path / "tornado.svg"
    result = run("sensitivity", "--svg", str(drawing), "--most", "5")
    assert drawing.read_bytes().startswith(b"<?xml")
    assert result.stderr.strip() == str(drawing)
    ranks = re.findall(r"^│ ?(\d+)│", result.stdout, re.MULTILINE)
    assert ranks == ["1", "2", "3", "4", "5"]
    found = data(run("sensitivity", "--json"))
    amounts = [abs(Decimal(one["difference"])) for one in found["effects"]]
    assert amounts == sorted(amounts, reverse=True)
    for one in found["effects"]:
        apart = Decimal(one["first"]["award"]) - Decimal(one["second"]["award"])
        assert Decimal(one["difference"]) == pytest.approx(apart, abs=Decimal("0.02"))
    assert {one["interval"] for one in found["effects"] if one["kind"] == "weight"} <= {"fitted", "step"}
    assert found["interactions"] == []
    assert f"{len(found['effects']) - 5} more points move" in NUMBERS.sub(" ", result.stdout)


def test_the_same_is_said_whatever_the_language(run):
    options = ("sensitivity", "--only", "contested", "--json")
    french, english = (data(run(*options, language=language)) for language in ("fr", "en"))
    assert [one["difference"] for one in french["effects"]] == [one["difference"] for one in english["effects"]]
    assert french["effects"][0]["said"] != english["effects"][0]["said"]


@pytest.mark.parametrize("command", ["compare", "what-if", "sensitivity"])
def test_a_result_can_be_written_into_a_file(run, tmp_path, command):
    options = {"what-if": ("--set", "service.own_copy=true"), "sensitivity": ("--only", "law")}.get(command, ())
    printed = run(command, *options)
    written = run(command, *options, "--out", str(tmp_path / "out.txt"))
    assert written.stdout == ""
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize(("command", "options", "says"), [
    ("compare", ("--scenario", "uncaped"), "--scenario: the case has no scenario “uncaped”. Did you mean “uncapped”?"),
    ("compare", ("--claimant", "durant"), "--claimant: no claimant has the id “durant”. Did you mean “durand”?"),
    ("what-if", ("--set", "service.own_cpy=true"), "Did you mean “service.own_copy”?"),
    ("what-if", ("--set", "service.own_copy=true", "--scenario", "x"), "--scenario: the case has no scenario “x”."),
    ("sensitivity", ("--scenario", "uncaped"), "Did you mean “uncapped”?"),
    ("sensitivity", ("--claimant", "durant"), "Did you mean “durand”?"),
    ("sensitivity", ("--svg", "a.png"), "expected a name that ends in .svg"),
    ("what-if", (), "expected at least one --set NAME=VALUE or --unset NAME"),
])
def test_what_is_wrong_is_told_with_its_option_and_the_nearest_name(run, command, options, says):
    result = run(command, *options)
    assert result.exit_code == 2
    assert says in NUMBERS.sub(" ", result.stderr)
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_a_case_without_scenarios_says_how_to_try_a_change(tmp_path):
    result = CliRunner().invoke(main, ["--lang", "fr", "compare", str(write_case(tmp_path / "case", small()))])
    assert result.exit_code == 2
    assert "what-if" in result.stderr


@pytest.mark.parametrize("command", [("compare",), ("what-if", "--set", "liability_cap=not_established"),
                                     ("sensitivity",)])
def test_what_counsel_weighs_is_marked_as_internal(run, command):
    assert "Internal: nothing of this goes to the other side." in run(*command).stdout
