"""The value of a case: distributions that add up, offers placed in them, one court for all."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import TEXT, case, cost, fact, issue, law
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.valuation import Valuation, value_case
from vismajor.workbench import load_case

COUNT = 40_000


def _valued(prior: float, amounts: list[int], **extra: object) -> Valuation:
    pack = law({"a.b": fact()}, [issue("liability", prior, per_duty=True), issue("liability_cap", -30.0),
                                 issue("heads_excluded", -30.0)], [])
    claimants = [{"id": f"c{i}", "heads": [cost(amount)]} for i, amount in enumerate(amounts)]
    return value_case(assess_case(case(claimants, **extra), pack, Worlds("test", COUNT)))


def test_the_value_is_chance_times_loss() -> None:
    value = _valued(0.0, [100_000]).claimants["c0"]
    assert float(value.award.mean) == pytest.approx(50_000, abs=800)
    assert value.claimed == Decimal("100000.00")
    assert (value.award.p10, value.award.p90) == (Decimal("0.00"), Decimal("100000.00"))
    assert value.award.nothing == pytest.approx(0.5, abs=0.01)
    assert float(value.award.standard_error) == pytest.approx(50_000 / COUNT**0.5, rel=0.01)


def test_one_court_for_all_keeps_the_spread_that_independent_cases_would_lose() -> None:
    # B common Bernoulli(p), losses fixed: Var = p(1-p)(sum of losses)^2; 20 claims of 10,000 € at p = 1/2: sd 100,000.
    valuation = _valued(0.0, [10_000] * 20)
    assert valuation.group_award.std() == pytest.approx(100_000, rel=0.01)
    assert valuation.group_award.mean() == pytest.approx(100_000, rel=0.02)


def test_the_group_is_the_sum_world_by_world() -> None:
    valuation = _valued(0.3, [10_000, 25_000, 7])
    summed = sum(award.amount for award in valuation.awards.values())
    assert np.array_equal(valuation.group_award, summed)
    assert valuation.together.claimed == Decimal("35007.00")


def test_the_branches_share_out_all_worlds_and_their_means_make_the_mean() -> None:
    for value in (*_valued(0.3, [10_000, 25_000]).claimants.values(), _valued(0.3, [10_000, 25_000]).together):
        branches = (value.not_liable, value.capped, value.uncapped)
        assert sum(branch.probability for branch in branches) == pytest.approx(1)
        mean = sum(branch.probability * float(branch.mean or 0) for branch in branches)
        assert mean == pytest.approx(float(value.award.mean), abs=0.02)
        assert value.not_liable.mean in (None, Decimal("0.00"))


def test_an_offer_is_placed_in_the_distribution() -> None:
    offers = [{"id": "o", "date": "2021-06-01", "by": "respondent", "amount": 900, "form": TEXT},
              {"id": "p", "date": "2021-07-01", "by": "respondent", "to": ["c1"], "amount": 200_000, "form": TEXT},
              {"id": "later", "date": "2022-06-01", "by": "respondent", "amount": 1, "form": TEXT}]
    valuation = _valued(0.0, [100_000, 50_000], offers=offers)
    first, second = valuation.claimants["c0"], valuation.claimants["c1"]
    assert [standing.offer.id for standing in first.offers] == ["o"]  # not the other's, not one that came later
    assert [standing.offer.id for standing in second.offers] == ["o", "p"]
    assert first.offers[0].judgment_brings_more == pytest.approx(0.5, abs=0.01)
    assert first.offers[0].share_of_mean == pytest.approx(900 / 50_000, rel=0.02)
    assert second.offers[1].judgment_brings_more == 0
    assert [standing.amount for standing in valuation.together.offers] == [Decimal(1_800), Decimal(200_000)]


def test_the_founding_case_tells_its_smallest_claimant_where_900_euros_stand(french_law: Law) -> None:
    founding = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    valuation = value_case(assess_case(founding, french_law, Worlds("ovh-strasbourg", 4_000)))
    smallest = min(valuation.claimants.values(), key=lambda value: value.claimed)
    (standing,) = smallest.offers
    assert standing.amount == Decimal("900.00")
    assert 0 < standing.judgment_brings_more < 1
    assert smallest.award.p10 <= smallest.award.p50 <= smallest.award.p90 <= smallest.claimed * 2
    assert valuation.together.offers[0].amount == Decimal("18000.00")


def test_a_case_is_worth_the_same_on_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    offer = {"id": "o", "date": "2021-06-01", "by": "respondent", "amount": 3_000, "form": TEXT}
    alone = _valued(0.3, [10_000, 4_000, 700], offers=[offer])
    for name in ("vismajor.reasoning.parallel", "vismajor.settlement.valuation"):
        monkeypatch.setattr(f"{name}.cores", lambda: 3)
    monkeypatch.setattr("vismajor.settlement.valuation.MANY", 10)
    monkeypatch.setattr("vismajor.reasoning.parallel.FEW", 10)
    beside = _valued(0.3, [10_000, 4_000, 700], offers=[offer])
    assert (beside.claimants, beside.together, beside.standing) == (alone.claimants, alone.together, alone.standing)
    assert beside.group_award.tobytes() == alone.group_award.tobytes()
