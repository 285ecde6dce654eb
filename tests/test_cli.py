import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.drafting.cases import small, write_case
from tests.drafting.conftest import CHARTS
from vismajor.cli import main

CASES = ("ovh-strasbourg", "bati-courtage", "bluepad")
COMMANDS = ("check", "assess", "losses", "brief")
every_case = pytest.mark.parametrize("name", CASES)
MONEY = re.compile(r"-?\d+\.\d{2}")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no chart and search for no open fact: what is in the note does not matter here."""
    monkeypatch.setattr("vismajor.drafting.negotiation_note.open_facts", lambda *_: [])
    monkeypatch.setattr("vismajor.drafting.drafts.award_chart", lambda *_: CHARTS["award"])
    monkeypatch.setattr("vismajor.drafting.drafts.arguments_chart", lambda *_: CHARTS["arguments"])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "dossier", small())


def run(*arguments: object, worlds: int | None = 500) -> Result:
    """Run a command in this process; `worlds` goes to those that draw."""
    given = [str(argument) for argument in arguments]
    if worlds and "--worlds" not in given and {"assess", "losses", "brief", "backtest"} & set(given):
        given += ["--worlds", str(worlds)]
    return CliRunner().invoke(main, given, env={"VISMAJOR_LANG": "en", "COLUMNS": "200"})


@cache
def told(*arguments: str) -> Result:
    """Run a command that only prints, once for all tests that look at what it prints."""
    return run(*arguments)


def shipped(name: str) -> Path:
    return ROOT / "cases" / name


def no_traceback(result: Result) -> bool:
    return "Traceback" not in result.output and (result.exception is None or isinstance(result.exception, SystemExit))


def money_in(data: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    """Yield every value that stands under one of `keys`, at any depth."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in keys and not isinstance(value, dict | list):
                yield value
            yield from money_in(value, keys)
    elif isinstance(data, list):
        for value in data:
            yield from money_in(value, keys)


# --- check


@pytest.mark.parametrize(("name", "expected"), [("ovh-strasbourg", 1), ("bati-courtage", 1), ("bluepad", 0)])
def test_check_ends_with_one_where_something_is_to_be_looked_into(name: str, expected: int) -> None:
    result = run("check", shipped(name))
    assert result.exit_code == expected
    assert result.output.startswith("Valid case: ")
    assert (result.output.count("\n  - ") >= 1) is bool(expected)


def test_check_ends_with_zero_where_nothing_is_to_be_looked_into(tmp_path: Path) -> None:
    data = small()
    data["facts"]["event.kind"]["exhibits"] = ["P1", "P2"]
    result = run("check", write_case(tmp_path, data))
    assert (result.exit_code, result.output.count("\n")) == (0, 1)


def test_one_is_said_in_the_singular() -> None:
    for language, counted in (("en", "1 claimant, "), ("fr", "1 demanderesse, ")):
        assert counted in run("--lang", language, "check", shipped("bluepad")).output.replace("\u00a0", " ")


def test_check_ends_with_two_and_names_the_place_of_each_mistake(tmp_path: Path) -> None:
    data = small(as_of="soon")
    data["facts"]["event.kindd"] = True
    folder = write_case(tmp_path / "wrong", data)
    result = run("check", folder)
    assert result.exit_code == 2
    assert len(re.findall(r"case\.yaml:\d+:\d+: ", result.output)) == 2
    assert "event.kind" in result.output
    assert no_traceback(result)


def test_check_as_json_lists_problems_with_their_place(tmp_path: Path) -> None:
    result = run("check", write_case(tmp_path, small(as_of="soon")), "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 2
    assert data["valid"] is False
    assert set(data["problems"][0]) == {"file", "line", "column", "code", "message"}
    assert data["problems"][0]["code"] == "not_a_date"


@every_case
def test_check_as_json_lists_what_to_look_into(name: str) -> None:
    data = json.loads(run("check", shipped(name), "--json").stdout)
    assert data["valid"] is True
    assert all(isinstance(item, str) for item in data["findings"])


# --- assess


@every_case
def test_assess_shows_every_issue_and_ends_with_zero(name: str) -> None:
    result = told("assess", str(shipped(name)))
    assert result.exit_code == 0, result.output
    for title in ("Force majeure légale", "Faute lourde", "Plafond de réparation"):
        assert title.split()[0] in result.output
    assert "500 issues possibles simulées" in result.output


@every_case
def test_assess_as_json_gives_each_issue_its_chance_label_and_arguments(name: str) -> None:
    result = told("assess", str(shipped(name)), "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    assert data["worlds"] == 500
    assert data["seed"] == name
    assert len(data["issues"]) > 10
    for issue in data["issues"].values():
        assert 0 <= issue["probability"] <= 1
        assert issue["label"] in ("established", "not_established", "doubtful")
        assert issue["views"][0]["probability"] == issue["probability"]
        for argument in (*issue["for"], *issue["against"]):
            assert argument["because"]["fr"]
            assert argument["sources"]
    assert any(issue["for"] for issue in data["issues"].values())
    assert any(issue["against"] for issue in data["issues"].values())


def test_two_rules_in_conflict_end_with_one(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.reasoning.assessment.Assessment.conflicts", ["liability"])
    assert run("assess", case).exit_code == 1
    assert run("brief", case, "--format", "html", "--out", case / "out").exit_code == 1


def test_an_error_that_rounds_to_nothing_is_said_to_be_small(case: Path) -> None:
    few, many = run("assess", case, worlds=500), run("assess", case, worlds=1_000_000)
    assert re.search(r"Probabilités à [1-9],?\d? point près au plus", few.output)
    assert "Probabilités à moins de 0,1 point près" in many.output


# --- losses


@every_case
def test_losses_as_json_write_money_as_text_with_two_decimals(name: str) -> None:
    result = told("losses", str(shipped(name)), "--json")
    data = json.loads(result.stdout)
    amounts = [value for value in money_in(data, ("claimed", "low", "high", "total", "cap", "expected", "actual"))
               if value is not None and not isinstance(value, float)]
    assert result.exit_code == 0
    assert len(amounts) >= 4
    assert [value for value in amounts if not MONEY.fullmatch(value)] == []


@every_case
def test_the_losses_of_the_claimants_make_the_total(name: str) -> None:
    data = json.loads(told("losses", str(shipped(name)), "--json").stdout)
    assert Decimal(data["total"]) == sum(Decimal(c["claimed"]) for c in data["claimants"])
    for claimant in data["claimants"]:
        assert Decimal(claimant["claimed"]) == sum(Decimal(head["claimed"]) for head in claimant["heads"])


def test_losses_are_written_as_a_workbook_and_as_charts(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    result = run("losses", shipped("ovh-strasbourg"), "--claimant", "demanderesse-03", "--xlsx", folder / "losses.xlsx",
                 "--for-expert", "--charts", folder / "charts", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["claimants"][0]["id"] == "demanderesse-03"  # what is printed stays as it is
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert sorted(file.suffix for file in files) == [".png", ".svg", ".xlsx"]
    assert all(str(file) in result.stderr for file in files)


@pytest.mark.parametrize(("options", "said"), [
    (["--for-expert"], "--xlsx"), (["--xlsx", "losses.xls"], ".xlsx")])
def test_a_workbook_that_is_asked_for_wrongly_is_told_before_anything_is_computed(options: list[str], said: str
                                                                                  ) -> None:
    result = run("losses", "no-such-case", *options)
    assert result.exit_code == 2
    assert said in result.output and "no-such-case" not in result.output


def test_a_workbook_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("losses", shipped("ovh-strasbourg"), "--claimant", "demanderesse-07", "--xlsx",
                 tmp_path / "file" / "losses.xlsx")
    assert result.exit_code == 2 and no_traceback(result)


def test_losses_of_one_claimant_are_those_it_has_among_all() -> None:
    everyone = json.loads(told("losses", str(shipped("ovh-strasbourg")), "--json").stdout)
    alone = json.loads(run("losses", shipped("ovh-strasbourg"), "--claimant", "demanderesse-07", "--json").stdout)
    assert alone["claimants"] == [c for c in everyone["claimants"] if c["id"] == "demanderesse-07"]


def test_an_unknown_claimant_is_told_with_the_nearest_name() -> None:
    result = run("losses", shipped("ovh-strasbourg"), "--claimant", "demandresse-07")
    assert result.exit_code == 2
    assert "demanderesse-07" in result.output
    assert no_traceback(result)


def test_heads_under_two_contracts_name_their_contract(tmp_path: Path) -> None:
    data = small()
    one = data["claimants"][0]
    contract = one.pop("contract")
    one["contracts"] = [{**contract, "id": name} for name in ("web-2014", "mail-2019")]
    one["heads"] = [{"id": name, "kind": "crisis_costs", "duties": ["backup"], "amount": 100, "contract": name}
                    for name in ("web-2014", "mail-2019")]
    folder = write_case(tmp_path / "case", data)
    table = run("losses", folder)
    assert table.exit_code == 0, table.output
    assert "(web-2014)" in table.output
    assert "(mail-2019)" in table.output
    claims = [head["claim"] for head in json.loads(run("losses", folder, "--json").stdout)["claimants"][0]["heads"]]
    assert claims == [f"{one['id']}/web-2014", f"{one['id']}/mail-2019"]


# --- brief


@pytest.mark.parametrize("name", ["bati-courtage", "bluepad"])  # the gate itself writes those of the founding case
def test_brief_writes_the_note_and_tells_where(name: str, tmp_path: Path) -> None:
    result = run("brief", shipped(name), "--out", tmp_path / "out", "--format", "html")
    assert result.exit_code == 0, result.output
    written = {f.name for f in (tmp_path / "out").iterdir()}
    assert written >= {"note-de-negociation.html", "note-de-negociation.receipt.json", "documents.receipt.json"}
    assert f"{len(written)} fichiers dans" in result.output


def test_brief_as_json_gives_value_issues_and_files(case: Path, tmp_path: Path) -> None:
    result = run("brief", case, "--out", tmp_path / "out", "--format", "html,pdf", "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    note = [Path(file) for file in data["files"] if Path(file).stem.split(".")[0] == "note-de-negociation"]
    assert {one.suffix for one in note} == {".html", ".pdf", ".json"}
    assert data["stage"] == "demand" and data["documents"][0]["document"] == "note"
    assert all(Path(file).is_file() for file in data["files"])
    assert set(data["issues"]["liability"]) == {"probability", "label"}
    amounts = list(money_in(data, ("claimed", "amount", "p10", "p50", "p90", "mean", "standard_error")))
    assert len(amounts) > 10
    assert [value for value in amounts if value is not None and not MONEY.fullmatch(value)] == []


def test_brief_writes_below_out_where_no_folder_is_named(
        case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("brief", case, "--format", "html").exit_code == 0
    assert (tmp_path / "out" / "dossier" / "note-de-negociation.html").is_file()


@pytest.mark.parametrize(("stated", "options"), [("en", ()), ("fr", ("--lang", "en"))])
def test_brief_in_english_writes_the_english_note(stated: str, options: tuple[str, ...], tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", small(language=stated))
    result = run(*options, "brief", folder, "--out", tmp_path / "out", "--format", "html", "--worlds", "200")
    assert result.exit_code == 0, result.output
    written = {file.name for file in (tmp_path / "out").iterdir()}
    assert written >= {"negotiation-note.html", "negotiation-note.receipt.json", "formal-notice.html"}
    assert not {name for name in written if "note-de-negociation" in name or "mise-en-demeure" in name}


def test_a_case_in_english_can_be_checked_assessed_and_counted(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", small(language="en"))
    check, assess, losses = (run(command, folder) for command in ("check", "assess", "losses"))
    assert (check.exit_code, assess.exit_code, losses.exit_code) == (0, 0, 0)
    assert "claimed" in losses.output
    assert not re.search(r"\b(le|les|est|demanderesse)\b", assess.output)


@pytest.mark.parametrize("formats", ["odt", "docx,odt", "", ",", "pdf;html"])
def test_a_form_that_cannot_be_written_is_refused(formats: str, case: Path, tmp_path: Path) -> None:
    result = run("brief", case, "--format", formats, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "docx, pdf, html" in result.output
    assert not (tmp_path / "out").exists()


def test_brief_into_a_place_that_is_a_file_is_told(case: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("un fichier")
    result = run("brief", case, "--out", tmp_path / "taken", "--format", "html")
    assert result.exit_code == 2
    assert "cannot" in result.output
    assert (tmp_path / "taken").read_text() == "un fichier"
    assert no_traceback(result)


# --- options that commands share


@pytest.mark.parametrize("command", ["assess", "losses"])
def test_out_writes_the_result_there_instead_of_printing(command: str, case: Path, tmp_path: Path) -> None:
    printed = run(command, case, "--json")
    written = run(command, case, "--json", "--out", tmp_path / "new" / "result.json")
    assert (written.exit_code, written.output) == (0, "")
    assert (tmp_path / "new" / "result.json").read_text(encoding="utf-8") == printed.stdout


@pytest.mark.parametrize("command", ["assess", "losses"])
def test_out_that_names_a_folder_is_told(command: str, case: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = run(command, case, "--out", tmp_path / "folder")
    assert result.exit_code == 2
    assert no_traceback(result)
    assert list((tmp_path / "folder").iterdir()) == []


def test_another_seed_draws_other_worlds_and_the_same_seed_the_same(case: Path) -> None:
    def chances(seed: str) -> list[float]:
        data = json.loads(run("assess", case, "--seed", seed, "--json").stdout)
        return [issue["probability"] for issue in data["issues"].values()]

    assert chances("a") == chances("a")
    assert chances("a") != chances("b")


def test_the_seed_is_the_name_of_the_folder_unless_one_is_given(case: Path) -> None:
    by_name = json.loads(run("assess", case, "--json").stdout)
    given = json.loads(run("assess", case, "--seed", "dossier", "--json").stdout)
    assert by_name == given


def test_more_worlds_narrow_the_error(case: Path) -> None:
    few, many = (json.loads(run("assess", case, "--json", "--worlds", n).stdout)["issues"]["liability"]
                 for n in (200, 5000))
    assert many["standard_error"] < few["standard_error"] / 3


def test_the_date_of_knowledge_can_be_moved() -> None:
    own, later = (json.loads(told("assess", str(shipped("ovh-strasbourg")), "--json", *more).stdout)
                  for more in ((), ("--as-of", "2025-05-01")))
    assert (own["as_of"], later["as_of"]) == ("2022-01-13", "2025-05-01")
    assert own["issues"]["unavoidable"]["probability"] > later["issues"]["unavoidable"]["probability"]


@pytest.mark.parametrize("bad", [
    ("--worlds", "99"), ("--worlds", "many"), ("--worlds", "10000001"), ("--worlds", "-5"), ("--as-of", "2022-13-01"),
    ("--as-of", "13/01/2022"), ("--as-of", "2021-03-09"), ("--as-of", ""), ("--unknown",),
])
@pytest.mark.parametrize("command", ["assess", "losses", "brief"])
def test_a_bad_option_ends_with_two_and_a_message(command: str, bad: tuple[str, ...], tmp_path: Path) -> None:
    result = run(command, shipped("bluepad"), *bad, *(("--out", str(tmp_path / "o")) if command == "brief" else ()))
    assert result.exit_code == 2
    assert len(result.output.strip()) > 20
    assert no_traceback(result)
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("bad", ["2022-13-01", "13/01/2022", "", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", [("assess", "cases/bluepad", "--as-of"), ("law", "show", "breach", "--at"),
                                     ("law", "check", "--until"), ("law", "at")])
def test_a_date_that_is_none_is_told_with_the_form_that_is_expected(command: tuple[str, ...], bad: str) -> None:
    english, french = run(*command, bad, worlds=None), run("--lang", "fr", *command, bad, worlds=None)
    assert english.exit_code == french.exit_code == 2
    assert f"read “{bad}”, expected a date written YYYY-MM-DD" in english.output
    assert "attendu une date AAAA-MM-JJ" in french.output


def test_a_graph_that_is_not_there_is_told_as_a_graph(tmp_path: Path) -> None:
    result = run("argue", tmp_path / "nope.yml")
    assert result.exit_code == 2
    assert "argument graph" in result.output
    assert "case.yaml" not in result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_case_that_is_not_there_ends_with_two(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.output
    assert "case.yaml" in result.output
    assert no_traceback(result)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_a_case_ends_with_two(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path)
    assert result.exit_code == 2
    assert no_traceback(result)


# --- language


def test_messages_come_in_the_language_asked_for(tmp_path: Path) -> None:
    french = CliRunner().invoke(main, ["--lang", "fr", "check", str(tmp_path / "x")])
    english = CliRunner().invoke(main, ["--lang", "en", "check", str(tmp_path / "x")])
    assert "n'existe pas" in french.output
    assert "no such file" in english.output


@pytest.mark.parametrize("command", ["assess", "losses", "brief", "explain"])
def test_what_is_printed_comes_in_the_language_asked_for_else_in_that_of_the_case(
        command: str, case: Path, tmp_path: Path) -> None:
    more = {"brief": ("--format", "html", "--out", tmp_path / "out"), "explain": ("breach",)}.get(command, ())
    own, asked = run(command, case, *more), run("--lang", "en", command, case, *more)
    assert own.exit_code == asked.exit_code == 0, asked.output
    for said, here, there in (("Dupont et Durand contre", own, asked), ("Dupont and Durand against", asked, own)):
        if command != "explain":
            assert said in here.output
            assert said not in there.output
    assert re.search(r"\b(issues|demanderesse|Inexécution|ensemble)\b", own.output)
    assert not re.search(r"\b(les|est|demanderesse|ensemble|simulées)\b", asked.output)
    if command == "brief":  # the note itself stays in the language of the case
        assert "Dupont et Durand contre Martin" in (tmp_path / "out" / "note-de-negociation.html").read_text("utf-8")


def test_json_follows_the_language_asked_for(case: Path) -> None:
    def said(*language: str) -> set[str]:
        issues = json.loads(run(*language, "assess", case, "--json").stdout)["issues"]
        return {premise["said"] for issue in issues.values() for side in ("for", "against")
                for argument in issue[side] for premise in argument["premises"]}

    french, english = said("--lang", "fr"), said("--lang", "en")
    assert said() == french
    assert not french & english


@pytest.mark.parametrize(("settings", "expected"), [
    ({"VISMAJOR_LANG": "fr"}, "n'existe pas"),
    ({"VISMAJOR_LANG": "", "LC_ALL": "fr_FR.UTF-8"}, "n'existe pas"),
    ({"VISMAJOR_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_BE"}, "n'existe pas"),
    ({"VISMAJOR_LANG": "", "LC_ALL": "de_DE.UTF-8", "LANG": "fr_FR"}, "no such file"),
    ({"VISMAJOR_LANG": "en", "LC_ALL": "fr_FR.UTF-8"}, "no such file"),
])
def test_the_system_says_the_language_where_nobody_else_does(
        settings: dict[str, str], expected: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path / "x")], env=settings)
    assert expected in result.output


def test_an_unknown_language_is_refused() -> None:
    result = run("--lang", "de", "check", shipped("bluepad"))
    assert result.exit_code == 2
    assert "'fr', 'en'" in result.output


# --- real decisions

UNSEEN = ROOT / "tests" / "good" / "decisions-unseen.yaml"


def test_validate_tells_how_often_the_pack_agrees_and_where_not() -> None:
    result = run("validate", UNSEEN)
    assert result.exit_code == 0
    assert result.output.startswith("On 3 real decisions the likelier answer was the court's on 2")
    assert "– invented-surprise" in result.output


def test_validate_as_json_gives_each_decision() -> None:
    data = json.loads(run("validate", UNSEEN, "--json").stdout)
    assert data["n"] == len(data["decisions"]) == 3
    assert {"accuracy", "brier", "log_loss"} <= set(data)
    assert all({"id", "probability", "predicted", "outcome"} <= set(one) for one in data["decisions"])


@pytest.mark.parametrize("command", [("validate",), ("calibrate", "--out", "w.yaml")])
def test_mistakes_in_decisions_are_told_all_at_once(command: tuple[str, ...], tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bad = ROOT / "tests" / "bad" / "decisions-several-mistakes.yaml"
    result = run(command[0], bad, *command[1:])
    assert result.exit_code == 2
    assert len(re.findall(r"mistakes\.yaml:\d+:\d+: ", result.output)) > 1
    assert no_traceback(result)
    assert not (tmp_path / "w.yaml").exists()


def test_validate_as_json_lists_problems() -> None:
    result = run("validate", ROOT / "tests" / "bad" / "decisions-several-mistakes.yaml", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["valid"]) == (2, False)
    assert len(data["problems"]) > 1


def test_calibrate_writes_weights_that_the_pack_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.reasoning.calibration.PENALTIES", (30.0,))
    monkeypatch.setattr("vismajor.reasoning.calibration.RESAMPLES", 3)
    some = ROOT / "cases" / "decisions" / "storm-and-flood.yaml"
    pack = Path(shutil.copytree(ROOT / "rules" / "fr", tmp_path / "pack"))
    result = run("calibrate", some, "--out", pack / "weights.yaml", "--on", "2026-01-02")
    assert result.exit_code == 0, result.output
    written = (pack / "weights.yaml").read_text(encoding="utf-8")
    assert "made_on: '2026-01-02'" in written
    assert run("law", "check", pack).exit_code == 0


def test_calibrate_into_what_cannot_be_written_is_told_before_anything_is_fitted(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.decisions.calibrate", lambda *_, **__: pytest.fail("fitted"))
    (tmp_path / "taken").write_text("un fichier")
    for out in (tmp_path / "taken" / "weights.yaml", tmp_path):
        result = run("calibrate", UNSEEN, "--out", out)
        assert result.exit_code == 2
        assert no_traceback(result)


def test_calibrate_on_too_few_disputes_is_told(tmp_path: Path) -> None:
    result = run("calibrate", UNSEEN, "--out", tmp_path / "w.yaml")
    assert (result.exit_code, no_traceback(result)) == (2, True)
    assert "3 disputes were read; at least 10" in result.output
    assert not (tmp_path / "w.yaml").exists()


# --- how it looks


@every_case
@pytest.mark.parametrize("command", ["assess", "losses", "brief"])
def test_no_line_of_a_table_is_wider_than_eighty_columns(name: str, command: str, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    more = ("--format", "html", "--out", "o") if command == "brief" else ()
    result = run(command, shipped(name), *more) if more else told(command, str(shipped(name)))
    assert result.exit_code == 0
    assert [line for line in result.output.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("command", ["assess", "losses", "brief"])
def test_the_amounts_of_a_wide_table_are_never_cut(command: str, tmp_path: Path, case: Path) -> None:
    more = ("--format", "html", "--out", str(tmp_path / "o")) if command == "brief" else ()
    assert "…" not in run(command, case, *more).output


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = run(*command, "--help", worlds=None)
    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")
    assert [line for line in result.output.splitlines() if len(line) > 80] == []
    assert result.output == run(*command, "-h", worlds=None).output


def test_the_version_is_told() -> None:
    result = run("--version", worlds=None)
    assert result.exit_code == 0
    assert re.fullmatch(r"vismajor, version \d+\.\d+\.\d+\n", result.output)


def test_an_unknown_command_is_refused() -> None:
    assert run("asess", shipped("bluepad")).exit_code == 2


# --- backtest


def test_backtest_sets_every_shipped_decision_beside_what_was_foreseen() -> None:
    result = told("backtest")
    assert result.exit_code == 0
    assert result.output.count("┏") == 6
    assert "points decided" in result.output
    assert max(len(line) for line in result.output.splitlines()) == 80


def test_backtest_of_one_case_as_json() -> None:
    data = json.loads(told("backtest", str(shipped("bluepad")), "--json").stdout)
    assert [(d["case"], d["as_of"]) for d in data["decisions"]] == [("bluepad", "2023-03-08")]
    amounts = list(money_in(data, ("claimed", "mean", "p10", "p50", "p90", "awarded")))
    assert len(amounts) == 6
    assert all(MONEY.fullmatch(amount) for amount in amounts)


def test_backtest_of_a_case_without_outcome_says_where_to_write_it(case: Path) -> None:
    result = run("backtest", case)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "outcome.yaml:1:1: this file does not exist" in result.stderr
    as_json = run("backtest", case, "--json")
    assert [p["code"] for p in json.loads(as_json.stdout)["problems"]] == ["no_outcome"]


# --- as a program of its own


def program(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", "from vismajor.cli import main; main()", *map(str, arguments)],
                          capture_output=True, check=False, timeout=120)


def test_two_runs_print_the_same_bytes_and_nothing_but_the_result(case: Path) -> None:
    runs = [program("assess", case, "--worlds", 300) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    assert b"\x1b" not in runs[0].stdout
    assert [r.stderr for r in runs] == [b"", b""]
    assert runs[0].returncode == 0


def test_messages_go_to_the_error_stream_and_json_to_the_output(tmp_path: Path) -> None:
    plain, as_json = program("check", tmp_path / "x"), program("check", tmp_path / "x", "--json")
    assert (plain.stdout, plain.returncode, as_json.stderr, as_json.returncode) == (b"", 2, b"", 2)
    assert b"case.yaml" in plain.stderr
    assert json.loads(as_json.stdout)["valid"] is False


def test_a_case_can_be_copied_anywhere_and_gives_the_same_result(tmp_path: Path) -> None:
    shutil.copytree(shipped("bluepad"), tmp_path / "bluepad")
    here, there = run("assess", shipped("bluepad"), "--json"), run("assess", tmp_path / "bluepad", "--json")
    assert here.stdout == there.stdout


def test_a_case_is_found_by_its_file_as_well_as_by_its_folder(case: Path) -> None:
    assert run("assess", case, "--json").stdout == run("assess", case / "case.yaml", "--json").stdout
