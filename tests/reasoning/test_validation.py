"""Each decision judged by weights that have not seen its dispute, and scored by what it is about."""

from __future__ import annotations

import pytest

from tests.reasoning.courts import decision, drawn_decisions, flipped, ruled, small_court
from vismajor.case.decisions import Decision
from vismajor.law.fitted import Fitted
from vismajor.law.models import Law
from vismajor.reasoning.calibration import Calibration
from vismajor.reasoning.likelihood import Design
from vismajor.reasoning.precedents import precedents
from vismajor.reasoning.validation import NothingToJudgeError, Validation, validate_pack

BARE = small_court()
SEEN: tuple[Decision, ...] = ruled(
    BARE, drawn_decisions(12), Design(BARE, tuple(precedents(BARE, drawn_decisions(12)))).prior)
NEW = (decision("new-a", factors={"a.one": True, "a.two": True}, date="2020-06-01"),
       decision("new-b", "rejected", factors={"a.bad": True, "a.worse": True}, date="2020-06-01"))


@pytest.fixture(autouse=True)
def two_penalties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.reasoning.calibration.PENALTIES", (1.0, 9.0))


def pack(seen: tuple[Decision, ...] = SEEN) -> Law:
    """Return the small pack with weights of its own, fitted to what is `seen`."""
    number = {"low": 0, "high": 9, "decisions": 1}
    return BARE.model_copy(update={"fitted": Fitted.model_validate({
        "command": "c", "made_on": "2026-01-01", "data": "0", "decisions": 1, "groups": 1, "penalty": 1,
        "held_out": {"accuracy": 1, "brier": 0, "log_loss": 0, "correct": 1}, "together": {}, "issues": {},
        "rules": {"bad": {"weight": 7, **number}}, "seen": [one.id for one in seen]})})


def judged(decisions: tuple[Decision, ...], training: tuple[Decision, ...] = SEEN, law: Law | None = None
           ) -> Validation:
    return validate_pack(law or pack(), decisions, training, lambda _: None)


def chances(validation: Validation) -> dict[str, float]:
    return {one.decision.id: one.probability for one in validation.judged}


def test_unseen_decisions_are_judged_by_the_weights_of_the_pack_and_nothing_is_fitted(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Calibration, "fit", lambda *_: pytest.fail("fitted"))
    found = judged(NEW)
    design = Design(pack(), tuple(precedents(pack(), NEW)))
    assert {one.how for one in found.judged} == {"unseen"}
    assert [one.probability for one in found.judged] == list(design.odds(design.fitted).accepted)
    assert found.judged[1].conditions["control"] < 0.01  # the weight of 7 is used


def test_seen_decisions_are_held_out() -> None:
    found = judged(SEEN)
    calibration = Calibration(Design(BARE, tuple(precedents(BARE, SEEN))))
    assert {one.how for one in found.judged} == {"held_out"}
    assert [one.probability for one in found.judged] == list(calibration.held_out().accepted)
    assert found.left_out == ()


def test_seen_and_unseen_together_are_judged_as_each_alone() -> None:
    found = judged((*SEEN, *NEW))
    assert chances(found) == pytest.approx({**chances(judged(SEEN)), **chances(judged(NEW))})
    assert [one.decision.id for one in found.judged] == sorted(chances(found))


def test_some_of_the_seen_are_held_out_of_all_that_were_fitted() -> None:
    whole, some = chances(judged(SEEN)), chances(judged(SEEN[2:5]))
    assert some == pytest.approx({name: whole[name] for name in some}, abs=1e-9)


def test_a_decision_of_a_seen_dispute_counts_as_seen_under_another_id() -> None:
    again = SEEN[0].model_copy(update={"id": "again"})
    found = judged((again, NEW[0]))
    assert {one.decision.id: one.how for one in found.judged} == {"again": "held_out", "new-a": "unseen"}
    assert chances(found)["again"] == pytest.approx(chances(judged(SEEN))[SEEN[0].id], abs=1e-9)


def test_what_was_decided_in_a_dispute_does_not_change_what_is_expected_of_it() -> None:
    turned = flipped(SEEN, "g0")
    its = [one.id for one in SEEN if one.group == "g0"]
    before, after = chances(judged(SEEN)), chances(judged(turned, turned))
    assert [before[name] for name in its] == [after[name] for name in its]


def test_seen_decisions_without_the_others_behind_the_weights_are_left_out() -> None:
    found = judged((*SEEN[:2], *NEW), SEEN[:2])
    assert found.left_out == (SEEN[0].id, SEEN[1].id)
    assert set(chances(found)) == {"new-a", "new-b"}
    with pytest.raises(NothingToJudgeError):
        judged(SEEN[:2], SEEN[:2])


def test_a_pack_without_fitted_weights_judges_everything_by_its_words() -> None:
    found = judged(SEEN, (), BARE)
    assert {one.how for one in found.judged} == {"unseen"}
    design = Design(BARE, tuple(precedents(BARE, SEEN)))
    assert [one.probability for one in found.judged] == list(design.odds(design.prior).accepted)


def test_conditions_are_scored_where_the_court_spoke_of_them_and_the_regime_asks() -> None:
    held = (decision("a", factors={"a.one": True}, holdings={"control": "met", "unforeseeable": "not_met"}),
            decision("b", factors={"a.bad": True}, holdings={"control": "met"}),
            decision("c", judged_under="half", factors={"a.one": True}, holdings={"unforeseeable": "met"}))
    found = judged(held)
    assert {issue: scores.count for issue, scores in found.conditions.items()} == {"control": 2, "unforeseeable": 1}
    assert found.conditions["control"].confusion == (1, 1, 0, 0)
    assert set(found.judged[2].conditions) == {"control"}


def test_parts_are_told_apart_the_most_frequent_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = judged((*NEW, decision("c", regime="old", factors={"a.one": True})))
    assert [(name, scores.count) for name, scores in found.regimes.items()] == [("usual", 2), ("old", 1)]
    assert {name: scores.count for name, scores in found.kinds.items()} == {"other": 3}
    assert {name: scores.count for name, scores in found.facts.items()} == {"few": 3}
    monkeypatch.setattr("vismajor.reasoning.validation.FEW_FACTS", 1)
    assert {name: scores.count for name, scores in judged(NEW).facts.items()} == {"many": 2}


def test_errors_come_the_most_surprising_first() -> None:
    wrong = tuple(one.model_copy(update={"outcome": "rejected" if one.outcome == "accepted" else "accepted"})
                  for one in NEW)
    found = judged(wrong)
    far = [abs(one.probability - one.accepted) for one in found.wrong]
    assert far == sorted(far, reverse=True)
    assert [one.decision.id for one in found.wrong] == ["new-b", "new-a"]


def test_without_the_facts_near_the_ruling_all_is_judged_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(NEW).without_conclusive is None
    monkeypatch.setattr("vismajor.reasoning.validation.CONCLUSIVE", frozenset({"a.bad", "a.worse"}))
    found = judged(NEW)
    bare = judged((NEW[0], NEW[1].model_copy(update={"factors": {}})))
    assert found.without_conclusive is not None
    assert found.without_conclusive != found.scores
    assert found.without_conclusive.brier == pytest.approx(bare.scores.brier)


def test_a_regression_takes_two_disputes() -> None:
    assert judged(NEW[:1]).regression is None
    regression = judged(NEW).regression
    assert regression is not None
    assert regression.count == 2
