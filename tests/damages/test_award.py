"""The award of each world: liable or not, heads excluded, the cap last; checked against published outcomes."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.damages.award import Award, compute_awards
from vismajor.damages.heads import compute_losses
from vismajor.law.models import HeadKind, Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds

WORLDS = Worlds("test", 4_000)


def _pack(liability: float = 30.0, cap: float = -30.0, excluded: float = -30.0) -> Law:
    pack = law({"a.b": fact(), "s.main": fact(per_duty=True)}, [
        issue("liability", liability, per_duty=True), issue("liability_cap", cap), issue("heads_excluded", excluded),
    ], [rule("not-main", ["s.main"], {"against": "liability"}, "knock_out", duties=["main"])])
    business = HeadKind(title={"fr": "x", "en": "x"}, consequential=True, sources=("source",),
                        accepted={"low": 1, "likely": 1, "high": 1})
    return pack.model_copy(update={"heads": {**pack.heads, "destroyed_asset": business}})


def _award(pack: Law, heads: list[dict[str, object]], facts: dict[str, object] | None = None, fees: object = 100
           ) -> Award:
    small = case([{"id": "one", "heads": heads, "fees": fees}], facts)
    return compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]


def test_without_liability_nothing_is_due() -> None:
    award = _award(_pack(liability=-30), [cost(1_000)])
    assert not award.amount.any()
    assert not award.liable.any()


def test_with_liability_the_whole_accepted_loss_is_due() -> None:
    assert (_award(_pack(), [cost(1_000), cost(500, name="second")]).amount == 1_500).all()


def test_the_cap_is_six_months_of_fees_and_comes_last() -> None:
    award = _award(_pack(cap=30), [cost(1_000), cost(500, name="second")])
    assert (award.amount == 600).all()
    assert (award.uncapped == 1_500).all()


def test_the_cap_does_not_raise_a_smaller_loss() -> None:
    assert (_award(_pack(cap=30), [cost(250)]).amount == 250).all()


@pytest.mark.parametrize(("loss", "fees", "expected"), [
    (101_172, Decimal("300.08"), 1_800.48),  # CA Douai, 24 April 2025: the cap applied, instead of 101,172 €
    (144_836, Decimal("113.19"), 679.14),  # six months at 113.19 a month: Bluepad's cap was 679.09 €, a sum of invoices
])
def test_the_cap_turns_the_published_losses_into_the_published_caps(loss: int, fees: Decimal, expected: float) -> None:
    assert _award(_pack(cap=30), [cost(loss)], fees=fees).amount == pytest.approx(expected)
    assert _award(_pack(cap=-30), [cost(loss)], fees=fees).amount == pytest.approx(loss)


def test_a_head_is_due_when_one_of_its_duties_was_broken() -> None:
    both = {"id": "both", "kind": "crisis_costs", "duties": ["main", "other"], "amount": 100}
    award = _award(_pack(), [both, cost(10, "main", "only-main")], {"s.main": True})
    assert (award.amount == 100).all()


def test_the_exclusion_clause_reaches_business_loss_alone() -> None:
    business = {"id": "trade", "kind": "destroyed_asset", "duties": ["main"], "amount": 900}
    assert (_award(_pack(excluded=30), [cost(100), business]).amount == 100).all()
    assert (_award(_pack(), [cost(100), business]).amount == 1_000).all()


def test_the_share_that_the_court_accepts_is_drawn_head_by_head() -> None:
    share = {"low": Decimal("0.2"), "likely": Decimal("0.5"), "high": Decimal("0.8")}
    award = _award(_pack(), [{**cost(1_000), "accepted": share}])
    assert award.amount.mean() == pytest.approx(500, abs=6)
    assert award.amount.min() >= 200
    assert award.amount.max() <= 800


def test_a_larger_loss_never_brings_less_in_any_world() -> None:
    pack = _pack(liability=0.0, cap=0.0)
    small, large = _award(pack, [cost(1_000)]), _award(pack, [cost(1_100)])
    assert np.all(large.amount >= small.amount)
