"""Interest up to judgment and costs: what comes on top of the award, world by world."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from tests.damages.test_award import FEES, WORLDS, _court
from tests.reasoning.small_law import case, cost
from vismajor.damages.accessories import interest_asked
from vismajor.damages.award import Award, compute_awards
from vismajor.damages.heads import compute_losses
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case

ASKED = {"notice": "2021-07-01", "judgment": "2022-01-01"}  # 184 days at 0.76 %: 0.383123 %
FACTOR = 184 * 0.76 / 36_500


@pytest.fixture
def court(french_law: Law) -> Law:
    return _court(restitution=30.0).model_copy(update={"rates": french_law.rates})


def _award(pack: Law, **extra: object) -> Award:
    small = case([{"id": "one", "heads": [cost(1_000), FEES], **extra}])
    return compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]


def test_fees_given_back_bear_interest_from_notice_and_damages_from_judgment(court: Law) -> None:
    award = _award(court, interest=ASKED)
    assert award.interest == pytest.approx(70 * FACTOR)
    assert award.total == pytest.approx(1_070 + 70 * FACTOR)


def test_the_court_may_let_damages_run_from_notice_in_the_share_of_worlds_that_counsel_states(court: Law) -> None:
    award = _award(court, interest={**ASKED, "damages_from_notice": Decimal("0.3")})
    earlier = award.interest > 70 * FACTOR + 0.01
    assert np.mean(earlier) == pytest.approx(0.3, abs=0.03)
    assert award.interest[earlier] == pytest.approx(1_070 * FACTOR)


def test_without_a_claim_there_is_no_interest_and_no_costs(court: Law) -> None:
    award = _award(court)
    assert not award.interest.any()
    assert not award.costs.any()
    assert np.array_equal(award.total, award.amount)


def test_costs_are_granted_to_a_claimant_that_wins_alone(court: Law) -> None:
    costs = {"irrecoverable": {"asked": 5_000, "granted": {"low": 1_000, "likely": 2_000, "high": 3_000}},
             "taxable": {"expert_fee": {"low": 800, "likely": 800, "high": 800}}}
    wins = _award(court, costs=costs)
    assert wins.costs.min() >= 1_800
    assert wins.costs.max() <= 3_800
    assert wins.costs.mean() == pytest.approx(2_800, abs=40)
    loses = _award(court.model_copy(update={"issues": _court(liability=-30.0, restitution=-30.0).issues}), costs=costs)
    assert not loses.costs.any()


def test_the_interest_asked_can_be_recomputed_line_by_line(court: Law) -> None:
    small = case([{"id": "one", "heads": [cost(1_000), FEES], "interest": ASKED}])
    loss, = compute_losses(small, court, WORLDS)
    asked = interest_asked(small, court, loss)
    assert asked is not None
    assert asked.until == dt.date(2022, 1, 1)
    assert asked.on_damages.amount == Decimal("3.83")
    assert [(s.days, s.rate, s.amount) for s in asked.on_damages.segments] == [(184, Decimal("0.76"), Decimal("3.83"))]
    assert asked.on_restitution.amount == Decimal("0.27")


def test_rates_not_known_on_the_day_of_knowledge_are_held_and_said_so(court: Law) -> None:
    small = case([{"id": "one", "heads": [cost(1_000)], "interest": {**ASKED, "judgment": "2023-07-01"}}])
    loss, = compute_losses(small, court, WORLDS)
    asked = interest_asked(small, court, loss)
    assert asked is not None
    assert asked.on_damages.unconfirmed
    assert {segment.rate for segment in asked.on_damages.segments} == {Decimal("0.76")}  # not the 2.06 % of 2023
