"""The 72 shipped decisions, judged once for all that is said of them: it takes about a minute."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from vismajor.decisions import validate
from vismajor.decisions_report import tell_validation, validation_json
from vismajor.law.models import Law
from vismajor.reasoning.validation import Validation


@pytest.fixture(scope="module")
def whole_validation(french_law: Law) -> Validation:
    """The 72 shipped decisions held out, computed once (about a minute); the second refit, with fewer facts, is not."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("vismajor.reasoning.validation.CONCLUSIVE", frozenset())
        return validate(ROOT / "cases" / "decisions", french_law)


def test_the_72_agree_as_often_as_the_weights_say(french_law: Law, whole_validation: Validation) -> None:
    scores, fitted = whole_validation.scores, french_law.fitted
    assert fitted is not None
    assert scores.count == fitted.decisions == 72
    assert scores.accuracy >= 0.80
    assert scores.brier <= 0.150
    assert scores.accuracy == pytest.approx(fitted.held_out.accuracy, abs=0.0006)
    assert scores.brier == pytest.approx(fitted.held_out.brier, abs=0.0006)
    assert scores.log_loss == pytest.approx(float(fitted.held_out.log_loss), abs=0.0006)
    assert scores.correct == fitted.held_out.correct


def test_the_72_are_all_held_out_and_better_than_the_regression(whole_validation: Validation) -> None:
    assert {one.how for one in whole_validation.judged} == {"held_out"}
    assert whole_validation.left_out == ()
    assert whole_validation.regression is not None
    assert whole_validation.regression.brier > whole_validation.scores.brier


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_72_are_told_in_80_columns_with_every_error(french_law: Law, whole_validation: Validation,
                                                        language: str) -> None:
    told = tell_validation(french_law, whole_validation, language)
    assert max(len(line) for line in told.splitlines()) <= 80
    assert all(f"– {one.decision.id}" in told for one in whole_validation.wrong)
    assert told.count("\n– ") == len(whole_validation.wrong)


def test_json_of_the_72_has_them_all(whole_validation: Validation) -> None:
    data = validation_json(whole_validation)
    assert data["n"] == len({d["id"] for d in data["decisions"]}) == 72
    right = sum(d["predicted"] == d["outcome"] for d in data["decisions"])
    assert data["accuracy"] == round(right / 72, 6)
