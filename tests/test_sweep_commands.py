"""`vismajor sweep` from the command line: what it prints and writes, and what it says of wrong input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.drafting.cases import small, write_case
from vismajor.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("sweep") / "dossier", small())


def run(*arguments: object, language: str = "en") -> Result:
    given = ["--lang", language, "sweep", *map(str, arguments), "--worlds", "200"]
    return CliRunner().invoke(main, given, env={"COLUMNS": "200"})


def test_without_names_the_contested_facts_that_move_the_award_are_swept() -> None:
    result = run(ROOT / "cases" / "bluepad", "--worlds-per-combination", "64", "--top", "2", "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.output)
    assert data["combinations"] == 2 ** len(data["facts"]) > 1_000
    assert all(one["stated"] is not None and len(one["values"]) == 2 for one in data["facts"])
    assert float(data["best"][0]["award"]) > float(data["now"]["award"]) > float(data["worst"][0]["award"])
    assert {one["issue"] for one in data["probabilities"]} == {
        "liability", "exoneration", "force_majeure", "liability_cap"}


def test_the_language_asked_for_is_that_of_all_that_is_printed(folder: Path) -> None:
    french, english = (run(folder, "--facts", "event.usual_risk", language=language) for language in ("fr", "en"))
    assert french.exit_code == english.exit_code == 0
    assert "Toutes les combinaisons" in french.output
    assert "All combinations" in english.output
    assert "combinaisons" not in english.output


def test_one_claimant_alone_is_swept_with_what_is_open_for_it(folder: Path) -> None:
    result = run(folder, "--facts", "event.usual_risk,event.sudden", "--claimant", "durand", "--json")
    data = json.loads(result.output)
    assert (data["claimant"], data["combinations"]) == ("durand", 4)
    assert [one["claims"] for one in data["facts"]] == [["durand"], ["durand"]]


def test_the_file_is_written_and_named(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--facts", "event.usual_risk", "--out", tmp_path / "all.csv", "--per-group")
    assert result.output.rstrip().endswith(f"All combinations: {tmp_path / 'all.csv'}")
    assert len((tmp_path / "all.csv").read_bytes().splitlines()) == 3
    data = json.loads(run(folder, "--facts", "event.usual_risk", "--out", tmp_path / "all.csv", "--json").output)
    assert data["file"] == str(tmp_path / "all.csv")


@pytest.mark.parametrize(("arguments", "said"), [
    (("--facts", "event.suden"), "--facts: the law pack knows no fact “event.suden”. Did you mean “event.sudden”?"),
    (("--facts", "event.kind"), "nobody contests it (status: admitted)"),
    (("--facts", "event.sudden,event.sudden"), "“event.sudden” is already part of “event.sudden”"),
    (("--facts", "client.own_fault_share"), "it is a number, a sum or a date"),
    (("--facts", ""), "the name of a fact is missing"),
    (("--facts", "event.sudden@dupond"), "read “dupond”. Did you mean “dupont”?"),
    (("--claimant", "dupond"), "no claimant has the id “dupond”. Did you mean “dupont”?"),
    (("--out", "all.xlsx"), "--out: read “all.xlsx”, expected the name of a file that ends in .csv or .parquet."),
])
def test_wrong_input_is_told_in_words_and_ends_with_two(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_too_many_combinations_say_how_many_and_what_to_drop(folder: Path) -> None:
    unknown = ("prevention.evidence_missing", "prevention.no_time_to_act", "prevention.rules_followed",
               "site.common_practice", "site.weak_separation", "site.power_cutoff", "event.sudden",
               "fault.chose_saving", "fault.unfit", "event.catnat_order", "event.zero_day", "event.endemic",
               "event.sole_maker", "event.general_ban", "contract.fm_notice", "client.insurer_paid",
               "performance.obligation", "event.new_strain")
    (problem,) = json.loads(run(folder, "--json", "--facts", ",".join(unknown)).output)["problems"]
    assert problem["code"] == "sweep_too_many"
    assert "these 18 facts make 3,096,576 combinations; 1,048,576 at most" in problem["message"]
