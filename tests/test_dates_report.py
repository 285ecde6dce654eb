"""`vismajor dates`: the table at 80 columns, JSON, the file that is written, and the exit code."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from tests.conftest import ROOT
from tests.drafting.cases import SMALL, small, write_case
from vismajor.cli import main
from vismajor.law.models import Law

HEARING = {"date": "2024-09-12", "time": "09:30", "kind": "hearing",
           "what": {"fr": "Audience de plaidoirie [salle 2]", "en": "Hearing [room 2]"}}


@pytest.fixture(autouse=True)
def _pack_read_once(monkeypatch: pytest.MonkeyPatch, french_law: Law) -> None:
    monkeypatch.setattr("vismajor.workbench.read_law", lambda name: french_law)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[0]["facts"]["procedure.loss_known_on"] = {"between": ["2023-07-20", "2023-08-20"]}
    claimants[1]["facts"] |= {"procedure.mediation_agreed_on": "2024-01-10",
                              "procedure.mediation_ended_on": "2024-04-10"}
    return write_case(tmp_path / "dossier", small(
        claimants=claimants, procedure=[*SMALL["procedure"], HEARING],
        offers=[SMALL["offers"][0] | {"until": "2024-07-15"}],
        interest={"notice": "2023-10-05", "judgment": "2025-03-01"}))


def run(*arguments: object, language: str | None = None) -> Result:
    given = ["--lang", language] if language else []
    return CliRunner().invoke(main, [*given, "dates", *(str(one) for one in arguments)])


def data(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_is_told_within_eighty_columns_in_both_languages(folder: Path, language: str) -> None:
    result = run(folder, language=language)
    assert (result.exit_code, result.stderr) == (0, "")
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert "[" + ("salle" if language == "fr" else "room") in result.stdout  # brackets are no markup
    assert ("À venir" if language == "fr" else "Ahead") in result.stdout
    assert "2238" in result.stdout
    assert "09:30" in result.stdout


def test_past_dates_stand_before_those_that_lie_ahead(folder: Path) -> None:
    told = run(folder, language="en").stdout
    places = [told.index(what) for what in ("Past", "2023-10-01", "2024-01-10", "Ahead", "2024-07-15", "2024-09-12",
                                            "2025-05-02", "2028-07-20", "2028-10-13")]
    assert places == sorted(places)
    assert "Uncertain day" in told


def test_a_limit_kept_long_ago_is_past_and_is_not_exported(tmp_path: Path) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    for claimant in claimants:
        claimant["facts"]["procedure.suit_filed_on"] = "2024-05-01"
    kept = write_case(tmp_path / "kept", small(claimants=claimants))
    told = run(kept, "--as-of", "2030-01-01", language="en").stdout
    assert "limit kept" in " ".join(told.split())
    assert "Ahead" not in told
    assert run(kept, "--as-of", "2030-01-01").exit_code == 0
    assert [one["exported"] for one in data(kept)["dates"] if one["kind"] == "time_limit"] == [False]


def test_a_limit_that_presses_ends_with_one(folder: Path) -> None:
    assert run(folder, "--as-of", "2028-07-01").exit_code == 1
    assert run(folder, "--as-of", "2029-07-01").exit_code == 1
    assert "! " in run(folder, "--as-of", "2028-07-01").stdout


def test_json_holds_every_date_with_its_state_and_texts(folder: Path) -> None:
    found = data(folder)
    assert found["as_of"] == "2024-06-30"
    assert [one["day"] for one in found["dates"]] == sorted(one["day"] for one in found["dates"])
    (hearing,) = [one for one in found["dates"] if one["kind"] == "hearing"]
    assert (hearing["time"], hearing["days_left"], hearing["exported"]) == ("09:30", 74, True)
    limit = next(one for one in found["dates"] if one["kind"] == "time_limit" and one["between"])
    assert limit["between"] == ["2028-07-20", "2028-08-20"]
    assert {"id": "cc-2224", "cite": "C. civ., art. 2224"} in limit["sources"]
    assert [one["exported"] for one in found["dates"] if one["state"] == "past"] == [False, False]


def test_only_what_lies_ahead_is_written_unless_all_is_asked_for(folder: Path, tmp_path: Path) -> None:
    file, whole = tmp_path / "out" / "d.ics", tmp_path / "out" / "all.ics"
    result = run(folder, "--ics", file)
    assert (result.exit_code, result.stderr.strip()) == (0, str(file))
    ahead = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert len(ahead) == 6
    assert run(folder, "--ics", whole, "--all").exit_code == 0
    every = Calendar.from_ical(whole.read_bytes()).walk("VEVENT")
    assert len(every) == 8
    past = [event for event in every if str(event["DTSTART"].dt)[:10] < "2024-06-30"]
    assert len(past) == 2
    assert not any(event.walk("VALARM") for event in past)


def test_the_file_is_in_the_language_asked_for_and_the_same_each_time(folder: Path, tmp_path: Path) -> None:
    first, second, english = (tmp_path / f"{name}.ics" for name in ("first", "second", "english"))
    run(folder, "--ics", first)
    run(folder, "--ics", second, "--json")
    run(folder, "--ics", english, language="en")
    assert first.read_bytes() == second.read_bytes()
    assert "dernier jour utile" in first.read_bytes().replace(b"\r\n ", b"").decode()
    assert "last useful day" in english.read_bytes().replace(b"\r\n ", b"").decode()


def test_nothing_ahead_writes_nothing_and_says_so(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.ics"
    result = run(folder, "--as-of", "2031-01-01", "--ics", file, language="en")
    assert not file.exists()
    assert "no file is written" in result.stderr
    assert data(folder, "--as-of", "2031-01-01", "--ics", file)["ics"] is None
    assert run(folder, "--as-of", "2031-01-01", "--ics", file, "--all").exit_code == 1
    assert file.exists()


@pytest.mark.parametrize(("arguments", "says"), [
    (("--ics", "agenda.txt"), "ends in .ics"), (("--all",), "--all goes with --ics"),
    (("--as-of", "2020-01-01"), "before incident.date"), (("--as-of", "soon"), "expected a date")])
def test_wrong_input_is_told(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run(folder, *arguments, language="en")
    assert result.exit_code == 2
    assert says in result.output


def test_a_place_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(folder, "--ics", tmp_path / "file" / "d.ics", language="en")
    assert result.exit_code == 2
    assert "cannot write" in result.stderr.lower() or "cannot be written" in result.stderr.lower()


def test_the_founding_case_is_told_with_its_last_day() -> None:
    told = run(ROOT / "cases" / "ovh-strasbourg").stdout
    assert "mar. 10/03/2026" in told
    assert max(len(line) for line in told.splitlines()) <= 80
