"""The closed form: its gradient, what it says beside worlds drawn from the very same graph, and what moves it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reasoning.courts import (
    CONDITIONS,
    decision,
    drawn_decisions,
    shipped,
    shipped_precedents,
    small_court,
)
from tests.reasoning.small_law import rule
from vismajor.law.fitted import Fitted
from vismajor.law.models import Law
from vismajor.law.reader import read_law
from vismajor.reasoning import precedents as grounding
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.graph import Graph
from vismajor.reasoning.likelihood import Design, Parameters
from vismajor.reasoning.precedents import precedents
from vismajor.reasoning.worlds import Column, Worlds

STEP, WORLDS = 1e-6, 40_000
CLAUSE, HANGING = "force_majeure_clause", 0.02  # what two knock-outs that hang on other issues make of an answer
WITHIN = 4.5 * 0.5 / WORLDS**0.5  # of a share of worlds, in 4.5 standard errors at most


@cache
def design(every: int = 1) -> Design:
    return Design(read_law("fr"), shipped_precedents()[::every])


@cache
def fitted_odds() -> tuple[Design, Column]:
    return design(), design().odds(design().fitted).accepted


def untied(of: Design, flat: Column) -> bool:
    """Tell whether nothing lies near a kink: the heaviest of a group, the strictest condition, a bound of the loss."""
    parameters = Parameters.of(flat, len(of.issues))
    size = parameters.weights[of.entry_rule] * of.entry_share
    for segment in range(len(of.starts)):
        its = np.sort(size[of.entry_segment == segment])
        if len(its) > 1 and its[-1] - its[-2] < 1e-4:
            return False
    odds = of.odds(parameters)
    conditions = np.sort(np.where(of.asked, odds.issues[:-1], 2.0), axis=0)
    bounded = np.concatenate([odds.accepted, odds.issues[:-1].ravel()])
    return bool(np.all(conditions[1] - conditions[0] > 1e-5) and np.all(np.abs(bounded - 0.03) > 1e-5)
                and np.all(np.abs(bounded - 0.97) > 1e-5))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_gradient_is_that_of_finite_differences(seed: int) -> None:
    of, draw = design(4), np.random.default_rng(seed)
    length = len(of.issues) + 1 + len(of.rules)
    flat = np.concatenate([draw.normal(0, 1, len(of.issues) + 1), draw.uniform(0.05, 4, len(of.rules))])
    assume(untied(of, flat))
    given_ = (draw.integers(0, 3, len(of.precedents)).astype(float), draw.uniform(0, 2, length),
              draw.normal(0, 1, length))
    _, gradient = of.loss(flat, *given_)
    for at in range(length):
        step = np.zeros(length)
        step[at] = STEP
        slope = (of.loss(flat + step, *given_)[0] - of.loss(flat - step, *given_)[0]) / (2 * STEP)
        assert gradient[at] == pytest.approx(slope, abs=2e-4), ((*of.issues, "together", *of.rules))[at]


# --- the same as over worlds


def graph_of(law: Law, one: str, monkeypatch: pytest.MonkeyPatch) -> Graph:
    """Return the graph of one decision, as `precedents` has it."""
    seen: list[Graph] = []

    class Spy(Evaluation):
        def answers(self, graph: Graph, keep=None):
            seen.append(graph)
            return super().answers(graph, keep)

    monkeypatch.setattr(grounding, "Evaluation", Spy)
    precedents(law, [d for d in shipped() if d.id == one], beside=shipped())
    return seen[0]


def certain(at: int) -> bool:
    """Tell whether every argument on the conditions counts in all worlds (on the clause some hang on other issues)."""
    return all(h.applies == 1 for issue, heard in design().precedents[at].heard.items() for h in heard
               if issue != CLAUSE)


def as_if_shown(law: Law) -> Law:
    """Return the pack with the burden where decisions put it once something is shown."""
    return law.model_copy(update={"issues": {
        name: issue.model_copy(update={"weigh": issue.weigh.model_copy(update={
            "prior": Decimal(repr(law.shown(issue)))})}) if issue.weigh and law.shown(issue) is not None else issue
        for name, issue in law.issues.items()}})


SURE = [at for at in range(72) if certain(at)]


@pytest.mark.parametrize("at", SURE[::6])
def test_the_closed_form_is_what_worlds_say_of_the_very_same_graph(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    precedent = design().precedents[at]
    answers = Evaluation(as_if_shown(read_law("fr")), Worlds(precedent.decision.id, WORLDS)).answers(
        graph_of(read_law("fr"), precedent.decision.id, monkeypatch))
    odds = design().odds(design().fitted)
    pleaded = design().knocked[0, -1, at] < 1  # a clause counts only where something speaks for one
    for row, issue in enumerate(design().issues if pleaded else design().issues[:-1]):
        close = WITHIN + HANGING * (issue == CLAUSE)
        assert answers[issue].probability == pytest.approx(odds.issues[row, at], abs=close), issue
    plea = np.all([answers[issue].holds for issue in precedent.regime.asks], axis=0)
    assert float(np.mean(plea)) == pytest.approx(odds.plea[at], abs=WITHIN)
    accepted = plea | answers[CLAUSE].holds if pleaded else plea
    assert float(np.mean(accepted)) == pytest.approx(odds.accepted[at], abs=WITHIN + HANGING)
    if set(precedent.regime.asks) == set(design().issues[:-1]):
        assert answers["force_majeure"].probability == pytest.approx(odds.plea[at], abs=WITHIN)
        if pleaded:
            assert answers["exoneration"].probability == pytest.approx(odds.accepted[at], abs=WITHIN + HANGING)


def test_enough_decisions_are_looked_at() -> None:
    assert len(SURE) >= 30


# --- what moves it


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_more_weight_for_never_lowers_and_more_weight_against_never_raises(data: st.DataObject) -> None:
    of, before = fitted_odds()
    at = data.draw(st.integers(0, len(of.rules) - 1))
    added = data.draw(st.floats(0.01, 5))
    weights = of.fitted.weights.copy()
    weights[at] += added
    sides = set(of.sign[of.entry_segment[of.entry_rule == at]])
    assert len(sides) == 1
    change = (of.odds(replace(of.fitted, weights=weights)).accepted - before) * sides.pop()
    assert np.all(change >= -1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 4), st.floats(0.1, 3))
def test_a_higher_prior_never_lowers(row: int, added: float) -> None:
    of, before = fitted_odds()
    priors = of.fitted.priors.copy()
    priors[row] += added
    assert np.all(of.odds(replace(of.fitted, priors=priors)).accepted >= before - 1e-12)


def test_appraised_as_one_all_conditions_are_likelier_and_each_as_likely_as_before() -> None:
    of = design()
    apart, half, one = (of.odds(replace(of.fitted, together=logit)) for logit in (-30.0, 0.0, 30.0))
    assert np.array_equal(apart.issues, one.issues)
    assert np.all(apart.plea <= half.plea + 1e-12)
    assert np.all(half.plea <= one.plea + 1e-12)
    assert np.any(one.plea > apart.plea + 0.05)


def small(decisions: list[dict[str, bool]], rules: list[object], regime: str = "usual") -> Design:
    pack = small_court(rules)
    return Design(pack, tuple(precedents(pack, [
        decision(f"d{n}", factors=facts, regime=regime, date="2020-06-01") for n, facts in enumerate(decisions)])))


def logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def test_a_group_counts_once_and_its_heaviest_counts() -> None:
    of = small([{"a.one": True, "a.two": True}, {"a.two": True}], [
        rule("one", ["a.one"], {"for": "control"}, "strong", group="g"),
        rule("two", ["a.two"], {"for": "control"}, "moderate", group="g")])
    found = of.odds(of.prior).issues[0]
    assert found == pytest.approx([logistic(0.5 + 2), logistic(0.5 + 1)])
    heavier = replace(of.prior, weights=np.array([2.0, 3.0]))
    assert of.odds(heavier).issues[0] == pytest.approx([logistic(3.5), logistic(3.5)])


def test_a_group_counts_once_on_each_side_and_in_each_condition() -> None:
    of = small([{"a.one": True}], [
        rule("r", ["a.one"], {"for": "control"}, "strong", group="g"),
        rule("s", ["a.one"], {"against": "control"}, "moderate", group="g"),
        rule("t", ["a.one"], {"for": "unforeseeable"}, "weak", group="g")])
    assert of.odds(of.prior).issues[:2, 0] == pytest.approx([logistic(1.5), logistic(1.0)])


def test_rules_of_no_group_add_up() -> None:
    of = small([{"a.one": True, "a.two": True}], [
        rule("one", ["a.one"], {"for": "control"}, "strong"), rule("two", ["a.two"], {"for": "control"}, "moderate")])
    assert of.odds(of.prior).issues[0, 0] == pytest.approx(logistic(3.5))


def test_a_knock_out_decides_and_two_in_opposite_senses_leave_the_issue_to_its_weight() -> None:
    of = small([{"a.one": True}, {"a.two": True}, {"a.one": True, "a.two": True}, {}], [
        rule("in", ["a.one"], {"for": "control"}, "knock_out"),
        rule("out", ["a.two"], {"against": "control"}, "knock_out")])
    assert of.odds(of.prior).issues[0] == pytest.approx([1.0, 0.0, logistic(0.5), logistic(0.5)])
    assert of.rules == ()  # nothing is to be fitted of a rule that decides alone


def test_only_what_the_regime_asks_is_asked() -> None:
    facts = [{"a.bad": True, "a.worse": True}]
    whole, half = small(facts, None, "usual"), small(facts, None, "half")
    control = logistic(0.5 - 2)
    assert half.asked[:, 0].tolist() == [True, False]
    assert half.odds(half.prior).plea[0] == pytest.approx(control)
    other = logistic(0.5 - 1)
    assert whole.odds(whole.prior).plea[0] == pytest.approx(0.5 * min(control, other) + 0.5 * control * other)


def test_the_clause_carries_the_plea_by_itself() -> None:
    of = small([{"c.relied": True, "a.bad": True}], None)
    odds = of.odds(of.prior)
    assert odds.clause[0] == pytest.approx(logistic(-2 + 4))
    assert odds.accepted[0] == pytest.approx(1 - (1 - odds.plea[0]) * (1 - odds.clause[0]))


def test_each_rule_is_counted_in_the_decisions_in_which_it_was_argued() -> None:
    pack = small_court()
    of = Design(pack, tuple(precedents(pack, drawn_decisions(12))))
    found = of.behind()
    for name, fact_name in (("one", "a.one"), ("two", "a.two"), ("bad", "a.bad"), ("worse", "a.worse")):
        assert found[name] == sum(fact_name in d.factors for d in drawn_decisions(12))


def test_no_rule_is_argued_in_decisions_that_say_nothing() -> None:
    of = small([{}, {}], None)
    assert of.rules == ()
    assert of.odds(of.prior).issues[0] == pytest.approx([logistic(0.5)] * 2)
    length = len(of.issues) + 1
    loss, gradient = of.loss(of.prior.flat(), np.ones(2), np.ones(length), of.prior.flat())
    assert loss > 0
    assert gradient.shape == (length,)


# --- what the pack counts with


def fitted(**extra: object) -> Fitted:
    return Fitted.model_validate({
        "command": "c", "made_on": "2026-01-01", "data": "0", "decisions": 1, "groups": 1, "penalty": 1,
        "held_out": {"accuracy": 1, "brier": 0, "log_loss": 0, "correct": 1}, "together": {}, "issues": {},
        "rules": {}, "seen": ["one"], **extra})


@pytest.mark.parametrize("share", [Decimal(0), Decimal("0.25"), Decimal(1)])
def test_the_share_appraised_as_one_is_the_pack_s_even_where_it_is_nought_or_all(share: Decimal) -> None:
    pack = small_court().model_copy(update={"fitted": fitted(
        together={"plea": {"share": share, "low": share, "high": share}})})
    of = Design(pack, tuple(precedents(pack, [decision("d", factors={"a.bad": True})])))
    control, other = of.odds(of.fitted).issues[:2, 0]
    assert of.odds(of.fitted).plea[0] == pytest.approx(
        float(share) * min(control, other) + (1 - float(share)) * control * other, abs=1e-8)


def test_where_no_share_was_fitted_each_condition_is_appraised_by_itself_as_over_worlds() -> None:
    pack = small_court().model_copy(update={"fitted": fitted()})
    of = Design(pack, tuple(precedents(pack, [decision("d", factors={"a.bad": True})])))
    odds = of.odds(of.fitted)
    assert odds.plea[0] == pytest.approx(odds.issues[0, 0] * odds.issues[1, 0], abs=1e-8)


def test_fitted_weights_and_priors_are_used_and_what_was_not_fitted_keeps_its_word() -> None:
    pack = small_court().model_copy(update={"fitted": fitted(
        issues={"control": {"prior": Decimal("1.5"), "low": 1, "high": 2, "decisions": 1}},
        rules={"bad": {"weight": Decimal("0.25"), "low": 0, "high": 1, "decisions": 1}})})
    of = Design(pack, tuple(precedents(pack, [decision("d", factors={"a.bad": True, "a.worse": True})])))
    assert dict(zip(of.rules, of.fitted.weights, strict=True)) == {"bad": 0.25, "worse": 1.0}
    assert list(of.fitted.priors) == [1.5, 0.5, -2.0]
    assert list(of.prior.priors) == [0.5, 0.5, -2.0]
    assert of.issues == (*CONDITIONS, "by_clause")


def test_parameters_are_listed_and_read_back() -> None:
    flat = np.arange(9.0)
    assert np.array_equal(Parameters.of(flat, 3).flat(), flat)
    assert Parameters.of(flat, 3).together == 3.0
