"""What moves the result most: each end is the case in which just that is supposed, on the same draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.drafting.cases import read_small, small
from vismajor.case.models import Case
from vismajor.case.versions import vary
from vismajor.damages.award import compute_awards
from vismajor.law.models import Law
from vismajor.reading.scalars import Estimate
from vismajor.reading.yaml_source import YamlSource
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.findings import CLAIMED
from vismajor.reasoning.grounding import Grounder
from vismajor.settlement.factors import interval_of, weight_ends
from vismajor.settlement.sensitivity import Effect, Sensitivity, sensitivity
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, names_of, value

WORLDS = 800
FACTS = {
    "event.kind": "fire", "event.usual_risk": {"value": True, "status": "disputed", "likelihood": 0.7},
    "event.origin": {"value": "own_premises", "otherwise": "unknown_cause", "status": "established", "likelihood": 0.8},
    "site.maintenance_same_day": {"value": True, "status": "disputed"},
    "prevention.own_failing": {"value": True, "status": "alleged", "likelihood": 0.3},
}
TERMS = [{**small()["contracts"][0], "facts": {
    "contract.terms_accepted": {"value": True, "status": "disputed", "likelihood": 0.8}, "contract.cap_exists": True,
    "contract.standard_form": True, "contract.cap_imbalance": {"value": True, "status": "alleged", "likelihood": 0.6}}}]


def with_own_facts() -> list[dict[str, Any]]:
    own = {"service.data_lost": {"value": True, "status": "disputed", "likelihood": 0.8},
           "client.own_fault_share": {"between": [0.1, 0.6]}, "client.aggravated_loss": True}
    return [{**one, "facts": {**one["facts"], **own}} for one in small()["claimants"]]


@pytest.fixture(scope="module")
def case(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_small(tmp_path_factory.mktemp("sensitivity") / "case", french_law, facts=FACTS, contracts=TERMS,
                      claimants=with_own_facts())


@pytest.fixture(scope="module")
def valuation(case: Case, french_law: Law) -> Valuation:
    return value(assess(case, french_law, worlds=WORLDS))


def tried(valuation: Valuation, claimant: str | None = None, **more: Any) -> Sensitivity:
    with Grounder(valuation.assessment.law) as grounder:
        return sensitivity(valuation, grounder, claimant, **{"tried": WORLDS, **more})


@pytest.fixture(scope="module")
def found(valuation: Valuation) -> Sensitivity:
    return tried(valuation)


@pytest.fixture(scope="module")
def supposed(case: Case, french_law: Law) -> Callable[..., float]:
    """Return the mean award of the case in which something is supposed, assessed and valued as a whole."""

    def of(**entry: Any) -> float:
        data = {"id": "x", "title": {"fr": "x", "en": "x"}, **entry}
        changed = vary(case, names_of(french_law), [], YamlSource("x", data, {}))
        return float(value(assess(changed, french_law, worlds=WORLDS, seed=case.seed)).group_award.mean())

    return of


def effect(found: Sensitivity, kind: str, name: str) -> Effect:
    return next(one for one in found.effects if (one.factor.kind, one.factor.name) == (kind, name))


@pytest.mark.parametrize(("name", "stated", "otherwise"), [
    ("event.usual_risk", True, False), ("event.origin", "own_premises", "unknown_cause"),
    ("contract.terms_accepted", True, False), ("service.data_lost", True, False)])
def test_a_contested_fact_is_taken_as_stated_and_otherwise(found, supposed, name, stated, otherwise):
    tried_ = effect(found, "fact", name) if any(one.factor.name == name for one in found.effects) else None
    first, second = supposed(facts={name: stated}), supposed(facts={name: otherwise})
    if tried_ is None:
        assert first == pytest.approx(second)
        return
    assert (tried_.first.award, tried_.second.award) == (pytest.approx(first), pytest.approx(second))
    assert tried_.difference.amount == pytest.approx(first - second)


@pytest.mark.parametrize("name", ["service.false_assurance", "fault.wilful", "performance.error_in_execution"])
def test_an_unknown_fact_is_taken_at_its_values(found, supposed, name):
    one = effect(found, "unknown", name)
    for end in (one.first, one.second):
        assert end.award == pytest.approx(supposed(facts={name: end.side.value}))


def test_of_a_fact_of_many_values_the_two_that_lie_furthest_apart_are_told(found, supposed, french_law):
    many = [one for one in found.effects if one.factor.kind == "unknown" and len(one.factor.sides) > 2]
    one = many[0]
    means = [supposed(facts={one.factor.name: taken})
             for taken in french_law.vocabulary.facts[one.factor.name].values]
    assert abs(one.difference.amount) == pytest.approx(max(means) - min(means))


def test_an_open_question_is_answered_one_way_and_the_other(found, supposed):
    one = effect(found, "question", "cap-1171")
    assert one.first.award == pytest.approx(supposed(questions={"cap-1171": 1}))
    assert one.second.award == pytest.approx(supposed(questions={"cap-1171": 0}))
    assert one.row is not None
    assert one.row.issue == "liability_cap"
    assert one.first.probability < one.second.probability


def test_a_weight_is_taken_at_its_ends(found, valuation):
    one = next(each for each in found.effects if each.factor.kind == "weight" and not each.factor.fitted)
    law, assessment = valuation.assessment.law, valuation.assessment
    for end in (one.first, one.second):
        rule = law.rules[one.factor.name]
        # A word that no other rule uses, and that weighs as much.
        rules = {**law.rules, rule.id: rule.model_copy(update={"weight": "knock_in"})}
        other = law.model_copy(update={"rules": rules, "weights": {**law.weights, "knock_in": end.side.value}})
        claimed = {claim: {CLAIMED: amount} for loss in valuation.losses
                   for claim, amount in loss.claimed_by_claim.items()}
        judged = assess_case(assessment.case, other, assessment.worlds, None, claimed)
        awards = compute_awards(judged, valuation.losses)
        assert end.award == pytest.approx(float(np.sum([one.total for one in awards.values()], axis=0).mean()))


def test_the_ends_of_a_weight_are_its_interval_or_the_words_beside_its_own(french_law):
    fitted = [rule for rule in french_law.rules.values() if interval_of(french_law, rule)]
    assert fitted
    for rule in fitted:
        found = french_law.fitted.rules[rule.id]
        assert weight_ends(french_law, rule) == (float(found.low), float(found.high))
    steps = {"weak": (0.0, 1.0), "moderate": (0.5, 2.0), "strong": (1.0, 4.0), "decisive": (2.0, 4.0)}
    for rule in french_law.rules.values():
        if rule.weight in steps and interval_of(french_law, rule) is None:
            assert weight_ends(french_law, rule) == steps[rule.weight]


def test_a_loss_is_accepted_at_its_highest_and_its_lowest(found, valuation):
    one = effect(found, "head", "data_recovery")
    assert one.row is None
    assert one.first.probability is None
    for end, pick in ((one.first, "high"), (one.second, "low")):
        losses = []
        for loss in valuation.losses:
            heads = []
            for head in loss.heads:
                share = getattr(head.accepted, pick)
                fixed = Estimate(low=share, likely=share, high=share)
                heads.append(replace(head, accepted=fixed) if head.head.kind == "data_recovery" else head)
            losses.append(replace(loss, heads=tuple(heads)))
        awards = compute_awards(valuation.assessment, losses)
        assert end.award == pytest.approx(float(np.sum([one.total for one in awards.values()], axis=0).mean()))


def test_a_number_within_a_range_is_taken_at_its_ends(found, case, french_law):
    one = effect(found, "quantity", "client.own_fault_share")
    assert [end.side.value for end in (one.first, one.second)] == [Decimal("0.6"), Decimal("0.1")]
    assert one.difference.amount < 0


def test_chance_by_chance_the_ends_make_the_mean_of_the_case(found):
    # what is found otherwise is drawn apart from all else: likelihood × one end + the rest × the other is the mean
    for name, likelihood in (("event.usual_risk", 0.7), ("contract.terms_accepted", 0.8),
                             ("contract.cap_imbalance", 0.6)):
        for one in found.effects:
            if one.factor.name == name:
                mean = likelihood * one.first.award + (1 - likelihood) * one.second.award
                assert mean == pytest.approx(found.award, abs=4 * one.difference.standard_error + 1)


def test_effects_are_ranked_and_what_moves_nothing_is_counted(found):
    amounts = [abs(one.difference.amount) for one in found.effects]
    assert amounts == sorted(amounts, reverse=True)
    assert found.still > 0
    assert found.tried == WORLDS
    for one in found.effects:
        assert one.difference.amount == pytest.approx(one.first.award - one.second.award, abs=0.01)
        assert one.moved > 0 or one.difference.amount != 0


def test_a_fact_that_another_one_answers_is_not_tried(found):
    assert not any(one.factor.name == "backup.restorable" for one in found.effects)  # nothing was restored: stated
    assert not any(one.factor.name == "performance.obligation" for one in found.effects)  # a matter of law


def test_one_claimant_stands_alone(valuation, found):
    alone = tried(valuation, "durand")
    assert alone.award == pytest.approx(float(valuation.awards["durand"].total.mean()))
    heads = [one.factor.name for one in alone.effects if one.factor.kind == "head"]
    assert heads == ["recovery", "hours"]
    whole = {(one.factor.kind, one.factor.name): one for one in found.effects}
    for one in alone.effects:
        if one.factor.kind == "fact":
            both = whole[one.factor.kind, one.factor.name]
            assert abs(one.difference.amount) <= abs(both.difference.amount) + 1e-6


def test_only_what_is_asked_for_is_tried(valuation, found):
    law = tried(valuation, kinds=["question"])
    assert {one.factor.kind for one in law.effects} == {"question"}
    assert [one.difference for one in law.effects] == [
        one.difference for one in found.effects if one.factor.kind == "question"]


def test_two_points_depend_on_each_other_by_the_difference_of_their_differences(valuation, supposed):
    found = tried(valuation, kinds=["fact", "question"], pairs=True)
    named = {frozenset((pair.one.factor.name, pair.other.factor.name)): pair for pair in found.interactions}
    pair = named[frozenset(("contract.terms_accepted", "cap-1171"))]
    corners = [[supposed(facts={"contract.terms_accepted": accepted}, questions={"cap-1171": answer})
                for answer in (1, 0)] for accepted in (True, False)]
    expected = (corners[0][0] - corners[0][1]) - (corners[1][0] - corners[1][1])
    assert pair.difference.amount == pytest.approx(expected)
    amounts = [abs(one.difference.amount) for one in found.interactions]
    assert amounts == sorted(amounts, reverse=True)


def test_fewer_worlds_are_the_first_of_the_same(valuation):
    few = tried(valuation, kinds=["question"], tried=300)
    assert few.tried == 300
    assert few.award == pytest.approx(float(valuation.group_award.mean()))
