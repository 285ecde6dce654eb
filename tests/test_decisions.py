"""`validate` and `calibrate` on files: which decisions count as seen, what is told where something is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from vismajor.decisions import FEWEST_DISPUTES, calibrate, validate, weights_file
from vismajor.law.models import Law
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem

UNSEEN = ROOT / "tests" / "good" / "decisions-unseen.yaml"
SHIPPED = ROOT / "cases" / "decisions"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose no penalty: what is fitted does not matter here."""
    monkeypatch.setattr("vismajor.reasoning.calibration.PENALTIES", (30.0,))
    monkeypatch.setattr("vismajor.reasoning.calibration.RESAMPLES", 3)
    monkeypatch.setattr("vismajor.reasoning.validation.CONCLUSIVE", frozenset())


def some(count: int, folder: Path, **changes: object) -> Path:
    """Write the first of the shipped decisions into a file of their own."""
    listed = sorted((one for file in SHIPPED.glob("*.yaml") for one in yaml.safe_load(file.read_text("utf-8"))),
                    key=lambda one: str(one["id"]))[:count]
    file = folder / "some.yaml"
    file.write_text(yaml.safe_dump([{**one, **changes} for one in listed], allow_unicode=True), encoding="utf-8")
    return file


def told(path: Path, law: Law, command: object = validate) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        command(path, law)  # type: ignore[operator]
    (problem,) = caught.value.problems
    for language in LANGUAGES:
        assert "{" not in problem.explain(language)
    return problem


def test_decisions_that_nobody_has_seen_are_judged_by_the_pack(french_law: Law) -> None:
    found = validate(UNSEEN, french_law)
    assert [(one.decision.id, one.how) for one in found.judged] == [
        ("invented-storm", "unseen"), ("invented-strike", "unseen"), ("invented-surprise", "unseen")]
    assert [one.expected for one in found.judged] == [True, False, False]
    assert [one.decision.id for one in found.wrong] == ["invented-surprise"]


def test_some_of_the_seen_are_held_out_of_those_that_came_with_the_installation(
        french_law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[int] = []

    def judge(law, decisions, training, progress):
        trained.append(len(training))
        return decisions

    monkeypatch.setattr("vismajor.decisions.validate_pack", judge)
    assert len(validate(some(2, tmp_path), french_law)) == 2  # type: ignore[arg-type]
    validate(SHIPPED, french_law)
    validate(UNSEEN, french_law)  # a dispute of theirs may have been seen
    assert trained == [72, 72, 72]


def test_a_seen_dispute_under_another_id_counts_as_seen(french_law: Law, tmp_path: Path, quick: None,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.reasoning.calibration.Calibration.folds",
                        lambda self, _: dict.fromkeys(self.groups, self.design.prior))
    file = tmp_path / "own.yaml"
    file.write_text("- {id: my-ovh, group: ovh, factors: {event.kind: fire}, outcome: rejected}\n"
                    "- {id: mine, factors: {event.kind: fire}, outcome: rejected}\n", encoding="utf-8")
    assert {one.decision.id: one.how for one in validate(file, french_law).judged} == {
        "my-ovh": "held_out", "mine": "unseen"}


def test_seen_decisions_alone_without_the_others_are_told(french_law: Law, tmp_path: Path) -> None:
    assert french_law.fitted is not None
    seen = (*french_law.fitted.seen, "one-that-is-nowhere")
    law = french_law.model_copy(update={"fitted": french_law.fitted.model_copy(update={"seen": seen})})
    assert told(some(2, tmp_path), law).code == "all_decisions_seen"


@pytest.mark.parametrize("command", [validate, calibrate])
def test_a_pack_without_regimes_is_told(french_law: Law, command: object) -> None:
    problem = told(UNSEEN, french_law.model_copy(update={"regimes": None}), command)
    assert problem.code == "no_regimes"
    assert "regimes.yaml" in problem.explain("fr")


@pytest.mark.parametrize("command", [validate, calibrate])
@pytest.mark.parametrize(("content", "code"), [("[]\n", "no_decisions"), (None, "no_decisions")])
def test_a_set_without_decisions_is_told(french_law: Law, tmp_path: Path, command: object, content: str | None,
                                         code: str) -> None:
    if content is not None:
        (tmp_path / "empty.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        command(tmp_path, french_law)  # type: ignore[operator]
    assert len(caught.value.problems) == 1


def test_too_few_disputes_to_fit_are_told_with_their_number(french_law: Law, tmp_path: Path) -> None:
    problem = told(some(FEWEST_DISPUTES + 3, tmp_path, group="one-dispute"), french_law, calibrate)
    assert problem.code == "too_few_decisions"
    assert dict(problem.values) == {"read": "1", "least": str(FEWEST_DISPUTES)}


def test_the_same_decisions_give_the_same_bytes_in_whatever_order_they_are_written(
        french_law: Law, tmp_path: Path, quick: None) -> None:
    file = some(12, tmp_path)
    day = dt.date(2026, 1, 2)
    first = weights_file(calibrate(file, french_law, made_on=day))
    listed = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump(listed[::-1], allow_unicode=True), encoding="utf-8")
    again = weights_file(calibrate(file, french_law, made_on=day))
    assert [line for line in first.splitlines() if not line.startswith("data:")] == [
        line for line in again.splitlines() if not line.startswith("data:")]
    assert first == weights_file(calibrate(some(12, tmp_path), french_law, made_on=day))


def test_what_was_fitted_before_has_no_part_in_a_new_fit(french_law: Law, tmp_path: Path, quick: None) -> None:
    file, day = some(11, tmp_path), dt.date(2026, 1, 2)
    bare = french_law.model_copy(update={"fitted": None})
    assert calibrate(file, french_law, made_on=day) == calibrate(file, bare, made_on=day)
