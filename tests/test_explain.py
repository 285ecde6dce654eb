"""`explain`: in words, as JSON, as a printed map, in the Argument Interchange Format."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from tests.conftest import ROOT
from tests.drafting.cases import SMALL, changed, small, write_case
from vismajor.cli import main
from vismajor.explanation_report import explanation_json, tell_explanation
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment
from vismajor.workbench import assess, load_case

CASES = ("ovh-strasbourg", "bati-courtage", "bluepad")
every_case = pytest.mark.parametrize("name", CASES)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "dossier", small())


def explain(*arguments: object) -> Result:
    given = ["explain", *(str(argument) for argument in arguments), "--worlds", "500"]
    return CliRunner().invoke(main, given, env={"VISMAJOR_LANG": "en", "COLUMNS": "200"})


@pytest.fixture(scope="module")
def assessed(french_law: Law) -> dict[str, Assessment]:
    return {name: assess(load_case(ROOT / "cases" / name, french_law), french_law, worlds=2_000) for name in CASES}


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# --- in words


@pytest.fixture(scope="module")
def whole(assessed: dict[str, Assessment]) -> dict[str, str]:
    """What `explain --long` tells of every issue, by case."""
    return {name: tell_explanation(assessed[name], list(assessed[name].views), whole=True) for name in CASES}


@every_case
def test_every_line_fits_in_80_columns(name: str, whole: dict[str, str]) -> None:
    assert [line for line in whole[name].splitlines() if len(line) > 80] == []


@every_case
def test_no_name_of_the_engine_is_said(name: str, assessed: dict[str, Assessment], whole: dict[str, str]) -> None:
    assessment, told = assessed[name], whole[name]
    names = [*assessment.law.vocabulary.facts, *assessment.law.rules, *(i for i in assessment.law.issues if "_" in i)]
    assert [engine for engine in names if engine in told] == []
    assert [word for word in ("None", "True", "False", "{", "}", "log-odds", "knock") if word in told] == []


def test_the_answer_comes_first_with_question_finding_and_burden(assessed: dict[str, Assessment]) -> None:
    lines = plain(tell_explanation(assessed["bati-courtage"], ["unavoidable"], whole=False)).splitlines()
    assert lines[1].startswith("IRRÉSISTIBILITÉ : non (")
    assert lines[2].startswith("Les effets de l’événement étaient-ils inévitables")
    assert "Charge de la preuve : au défendeur ; obligation : la sauvegarde des données." in lines


def test_facts_and_exhibits_are_said_when_all_is_asked_for(assessed: dict[str, Assessment]) -> None:
    short, long = (plain(tell_explanation(assessed["bati-courtage"], ["unavoidable"], whole=w)) for w in (False, True))
    line = "    · la copie était conservée dans le même bâtiment que le serveur [établi par\n      la pièce B3]"
    assert line in long
    assert line not in short
    assert "déduit de ce que :" in long
    assert "Cass. ch. mixte, 28 nov. 2008, n° 06-12.307 [à vérifier]" in short


def test_a_composite_issue_shows_the_answer_to_each_of_its_elements(assessed: dict[str, Assessment]) -> None:
    told = tell_explanation(assessed["bati-courtage"], ["liability"], whole=False)
    for line in ("Toutes ces conditions :", "  – Inexécution : ", "  – à exclure, Exonération : ",
                 "      – Force majeure légale : non (", "          – Imprévisibilité : non ("):
        assert line in plain(told)


def test_each_answer_to_an_unknown_and_to_a_contested_fact_is_told_with_its_probability(
        assessed: dict[str, Assessment]) -> None:
    told = tell_explanation(assessed["ovh-strasbourg"], ["breach"], whole=True)
    asked = told.partition("Ce que changerait la preuve")[2]
    assert "[inconnu]" in asked
    assert "[contesté]" in asked
    assert asked.count("    · ") >= 4
    assert "Ce que changerait" not in tell_explanation(assessed["ovh-strasbourg"], ["breach"], whole=False)


def test_an_issue_that_is_the_same_for_every_duty_is_explained_where_the_first_duty_is_not_owed(
        assessed: dict[str, Assessment]) -> None:
    assert ("bluepad", "backup") not in assessed["bluepad"].graphs
    assert "OPPOSABILITÉ" in tell_explanation(assessed["bluepad"], ["terms_bind"], whole=True)


def test_english_is_english(assessed: dict[str, Assessment]) -> None:
    assessment = assessed["bati-courtage"]
    told = tell_explanation(replace(assessment, case=changed(assessment.case, language="en")),
                            list(assessment.views), whole=True)
    for words in ("\nUNFORESEEABILITY: no (", "Burden of proof: on the respondent", "Sources: ", "[alleged, exhibit",
                  "All of these:", "With each fact found as is likelier, the answer is"):
        assert words in told
    assert " :" not in told
    assert " ;" not in told


# --- as JSON


def test_json_keeps_the_view_and_adds_map_and_inquiries(case: Path) -> None:
    data = json.loads(explain(case, "unforeseeable", "--json").stdout)["unforeseeable"]
    assert {"title", "probability", "label", "for", "against", "flips", "inquiries", "map"} <= set(data)
    schema = json.loads((ROOT / "templates" / "schemas" / "argument-map-1.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data["map"])
    assert data["map"]["issue"]["probability"] == data["probability"]
    assert [a["rule"] for a in data["map"]["issue"]["arguments_against"]] == [a["rule"] for a in data["against"]]


def test_json_gives_each_contested_fact_the_probability_of_every_issue(assessed: dict[str, Assessment]) -> None:
    assessment = assessed["ovh-strasbourg"]
    told = explanation_json(assessment, ["breach"])["breach"]
    contested = [found for found in told["inquiries"] if found["status"] == "disputed"]
    assert contested
    for found in told["inquiries"]:
        assert set(found["now"]) == set(assessment.views)
        assert len(found["then"]) >= 2
        for then in found["then"]:
            assert set(then["probabilities"]) == set(assessment.views)
    changes = [max(abs(then["probabilities"]["breach"] - f["now"]["breach"]) for then in f["then"])
               for f in told["inquiries"]]
    assert changes == sorted(changes, reverse=True)


def test_json_is_alone_on_the_output_even_where_files_are_written(case: Path, tmp_path: Path) -> None:
    result = explain(case, "breach", "--json", "--map", tmp_path / "carte.svg")
    assert json.loads(result.stdout)["breach"]["label"]
    assert str(tmp_path / "carte.svg") in result.stderr.replace("carte-1.svg", "carte.svg")


# --- into files


def test_one_page_takes_the_name_that_was_asked_for(case: Path, tmp_path: Path) -> None:
    assert explain(case, "terms_bind", "--map", tmp_path / "new" / "carte.svg").exit_code == 0
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["carte.svg"]
    assert (tmp_path / "new" / "carte.svg").read_bytes().startswith(b"<svg ")


def test_several_pages_are_numbered_and_equal_when_drawn_again(case: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert explain(case, "liability", "--map", tmp_path / folder / "carte.svg").exit_code == 0
    first = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}
    assert {"carte-1.svg", "carte-2.svg"} <= set(first)
    assert first == {file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()}


def test_without_an_issue_the_files_hold_every_issue(case: Path, tmp_path: Path, french_law: Law) -> None:
    assert explain(case, "--aif", tmp_path / "all.json").exit_code == 0
    said = {node["text"] for node in json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["nodes"]}
    asked = [issue for issue in french_law.issues.values() if issue.known_from is None]  # at the date of the case
    assert {issue.findings.established.fr for issue in asked} <= said


def test_one_issue_alone_is_written_where_it_is_named(case: Path, tmp_path: Path, french_law: Law) -> None:
    explain(case, "terms_bind", "--aif", tmp_path / "one.json")
    data: dict[str, Any] = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    said = {node["text"] for node in data["nodes"]}
    assert french_law.issues["terms_bind"].findings.established.fr in said
    assert french_law.issues["liability"].findings.established.fr not in said


@pytest.mark.parametrize("option", ["--map", "--aif"])
def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(option: str, case: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    result = explain(case, "breach", option, tmp_path / "taken" / "file.svg")
    assert result.exit_code == 2
    assert f"{tmp_path / 'taken'}" in result.stderr
    assert "cannot be written" in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert [file.name for file in case.iterdir()] == ["case.yaml"]


def test_a_map_is_not_written_under_the_name_of_another_kind_of_file(case: Path, tmp_path: Path) -> None:
    result = explain(case, "breach", "--map", tmp_path / "carte.pdf")
    assert result.exit_code == 2
    assert ".svg" in result.stderr
    assert not (tmp_path / "carte.pdf").exists()


def test_a_misspelt_issue_is_told_with_the_nearest_one(case: Path) -> None:
    result = explain(case, "liabilty")
    assert result.exit_code == 2
    assert "liability" in result.stderr


def test_a_disputed_fact_without_exhibit_is_still_told(tmp_path: Path) -> None:
    facts = SMALL["facts"] | {"event.sudden": {"value": True, "status": "disputed"}}
    told = explain(write_case(tmp_path / "case", small(facts=facts)), "--long")
    assert told.exit_code == 0
