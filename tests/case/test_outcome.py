"""Outcomes: every mistake of tests/bad_outcomes at its place; when the program is asked; no case reads them."""

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests.conftest import ROOT
from vismajor.case.models import Case
from vismajor.case.outcome import CaseOutcome, Question, outcome_path, read_outcome
from vismajor.cli import main
from vismajor.law.models import Law
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem
from vismajor.workbench import load_case

BAD, MINIMAL = ROOT / "tests" / "bad_outcomes", ROOT / "tests" / "good" / "minimal"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((BAD / "expected.yaml").read_text(encoding="utf-8"))
FOLDERS = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir())
CASES = ("bati-courtage", "bluepad", "ovh-strasbourg")
GOOD = """\
decisions:
  - {court: tribunal de commerce de Metz, date: 2025-02-03, read: full, held: {force_majeure: rejected}}
  - {court: tribunal de commerce de Lille, date: 2025-02-03, read: full, other_dispute: Petit c/ Martin}
  - {court: cour d'appel de Metz, date: 2026-02-03, as_of: 2025-12-31, read: full}
"""


@pytest.fixture(scope="module")
def minimal(french_law: Law) -> Case:
    return load_case(MINIMAL, french_law)


def read(folder: Path, case: Case, law: Law) -> CaseOutcome:
    asked = {name: Question(issue.per_duty, issue.known_from) for name, issue in law.issues.items()}
    return read_outcome(folder, case, asked)


def problems_of(name: str, case: Case, law: Law) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        read(BAD / name, case, law)
    return caught.value.problems


def write(folder: Path, text: str) -> Path:
    """Copy the minimal case into `folder`, with `text` as its outcome."""
    shutil.copytree(MINIMAL, folder)
    (folder / "outcome.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_bad_outcome_says_what_is_expected_of_it() -> None:
    assert sorted(EXPECTED) == FOLDERS


@pytest.mark.parametrize("name", FOLDERS)
def test_a_mistake_is_told_at_its_place_and_nothing_else_is(name: str, minimal: Case, french_law: Law) -> None:
    told = problems_of(name, minimal, french_law)
    assert [{"file": Path(p.file).name, "line": p.line, "column": p.column, "code": p.code, "says": p.explain("en")}
            for p in told] == EXPECTED[name]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_mistake_says_what_was_read_in_both_languages(name: str, minimal: Case, french_law: Law) -> None:
    for problem in problems_of(name, minimal, french_law):
        assert problem.explain("fr") != problem.explain("en")
        for language in LANGUAGES:
            message = problem.explain(language)
            assert not re.search(r"\{\w+\}", message)
            assert problem.code == "too_few" or all(dict(problem.values).get(key, "") in message
                                                    for key in ("read", "key"))


def test_the_command_tells_the_mistakes_of_every_case_at_once(tmp_path: Path) -> None:
    one = write(tmp_path / "one", (BAD / "unknown-issue" / "outcome.yaml").read_text(encoding="utf-8"))
    other = write(tmp_path / "other", (BAD / "date-missing" / "outcome.yaml").read_text(encoding="utf-8"))
    result = CliRunner().invoke(main, ["--lang", "en", "backtest", str(one), str(MINIMAL), str(other)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{one}/outcome.yaml:6:12: the law pack has no issue" in result.stderr
    assert f"{other}/outcome.yaml:3:5: “date” is missing here" in result.stderr
    assert f"{MINIMAL}/outcome.yaml:1:1: this file does not exist" in result.stderr
    assert result.stderr.endswith("3 ✗\n")


def test_the_program_is_asked_the_day_before_unless_the_outcome_says_otherwise(
        tmp_path: Path, minimal: Case, french_law: Law) -> None:
    outcome = read(write(tmp_path / "case", GOOD), minimal, french_law)
    assert [decision.asked_on(minimal) for decision in outcome.decisions] == [
        dt.date(2025, 2, 2), minimal.as_of, dt.date(2025, 12, 31)]


def test_the_outcome_lies_beside_the_case_file(tmp_path: Path, minimal: Case, french_law: Law) -> None:
    folder = write(tmp_path / "case", GOOD)
    assert outcome_path(folder) == outcome_path(folder / "case.yaml") == folder / "outcome.yaml"
    assert read(folder, minimal, french_law) == read(folder / "case.yaml", minimal, french_law)


@pytest.mark.parametrize("name", CASES)
def test_the_shipped_outcomes_are_valid(name: str, french_law: Law) -> None:
    folder = ROOT / "cases" / name
    case = load_case(folder, french_law)
    decisions = read(folder, case, french_law).decisions
    assert all(decision.held and decision.amounts for decision in decisions)
    assert all(bool(decision.other_dispute) == (name == "ovh-strasbourg") for decision in decisions)
    if name != "ovh-strasbourg":
        assert all(decision.awarded and decision.asked_on(case) == decision.date - dt.timedelta(days=1)
                   for decision in decisions)


def test_no_case_is_read_from_its_outcome(tmp_path: Path, french_law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outcome that nobody could read changes nothing, and the file is not even opened."""
    folder = write(tmp_path / "case", "decisions: [")
    opened: list[str] = []
    read_bytes = Path.read_bytes

    def noted(path: Path) -> bytes:
        opened.append(path.name)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    case = load_case(folder, french_law)
    assert set(opened) == {"case.yaml", "accounts.csv"} == set(case.hashes)
    assert case.file == load_case(MINIMAL, french_law).file
