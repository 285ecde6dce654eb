"""The suit in time: every payment accounted for, in every world."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.small_law import case, cost, fact, issue, law
from tests.settlement.small_suit import COSTS, NEVER, SURE, appeal, exact, likely, proceedings, stage, valued
from vismajor.damages.accessories import DAYS_OF_MONTH, judgment_day
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.suit import prospects_of, suit_of
from vismajor.settlement.valuation import value_case

FREE = {"fixed": 0}


def assert_close(one: Any, other: Any) -> None:
    assert np.allclose(one, other, rtol=1e-9, atol=1e-6), np.max(np.abs(np.asarray(one) - other))


def _prospects(liability: float = SURE, amounts: tuple[int, ...] = (100_000,), **extra: Any) -> Prospects:
    return prospects_of(valued(liability, amounts, **extra))


# --- what holds in every suit


@settings(max_examples=60, deadline=None)
@given(proceedings(rate=0.05), COSTS, st.sampled_from([NEVER, -0.5, 1.0, SURE]))
def test_what_the_respondent_loses_and_the_claimants_do_not_get_is_what_both_spend(
        stated: dict[str, Any], costs: dict[str, Any] | None, liability: float) -> None:
    found = _prospects(liability, (100_000, 4_000, 30_000), cap=0.0, proceedings=stated, costs=costs, worlds=200)
    assert_close(found.respondent - found.together, found.spent_by_claimants + found.spent_by_respondent)


@settings(max_examples=40, deadline=None)
@given(proceedings(rate=0.2))
def test_where_nothing_is_spent_one_side_gets_what_the_other_pays(stated: dict[str, Any]) -> None:
    for one in (stated["first_instance"], stated["appeal"]):
        if one is not None:
            one |= {"claimants": FREE, "each_claimant": FREE, "respondent": FREE, "expert_fee": likely(0)}
    found = _prospects(0.3, (100_000, 4_000), cap=0.0, proceedings=stated | {"ability_to_pay": 1}, worlds=200,
                       costs={"irrecoverable": {"asked": 5_000, "granted": likely(0, 1_500, 6_000)}})
    assert_close(found.together, found.respondent)
    assert not found.spent_by_claimants.any()


@settings(max_examples=30, deadline=None)
@given(proceedings(), COSTS)
def test_nobody_gains_by_the_other_sides_outlays_and_outlays_are_never_negative(
        stated: dict[str, Any], costs: dict[str, Any] | None) -> None:
    found = _prospects(0.3, (100_000, 4_000), proceedings=stated, costs=costs, worlds=100)
    assert found.spent_by_claimants.min() >= 0
    assert found.spent_by_respondent.min() >= 0
    dearer = {**stated["first_instance"], "respondent": {"fixed": 10**6}}
    again = _prospects(0.3, (100_000, 4_000), proceedings=stated | {"first_instance": dearer}, costs=costs, worlds=100)
    assert_close(again.together, found.together)


@settings(max_examples=30, deadline=None)
@given(proceedings())
def test_who_claims_the_same_and_argues_the_same_is_left_with_the_same(stated: dict[str, Any]) -> None:
    for one in (stated["first_instance"], stated["appeal"]):
        if one is not None:
            one |= {"each_claimant": FREE, "granted_to_each": likely(0)}  # drawn for each
    found = _prospects(0.3, (50_000, 50_000), proceedings=stated, worlds=100)
    assert_close(found.claimants["c0"], found.claimants["c1"])


def test_without_proceedings_the_award_is_that_of_today_and_nothing_is_spent() -> None:
    valuation = valued(0.3, (100_000, 4_000))
    found = prospects_of(valuation)
    for name, award in valuation.awards.items():
        assert_close(found.claimants[name], award.total)
    assert_close(found.respondent, valuation.group_award)
    assert not found.spent_by_claimants.any()
    assert not found.spent_by_respondent.any()
    assert np.array_equal(found.lost, valuation.group_award > 0)


# --- by hand


def test_an_award_after_a_year_is_worth_less_today_and_half_way_costs_less_so() -> None:
    found = _prospects(proceedings={
        "first_instance": stage(12, claimants={"fixed": 20_000}, respondent={"hours": likely(50), "hourly_rate": 300}),
        "discount_rate": {"claimants": 0.1, "respondent": 0.04}})
    assert_close(found.claimants["c0"], 100_000 / 1.10 - 20_000 / 1.10**0.5)
    assert_close(found.respondent, 100_000 / 1.04 + 50 * 300 / 1.04**0.5)
    assert_close(found.awarded["c0"], 100_000)


def test_who_loses_pays_its_part_of_one_sum_and_bears_the_expert() -> None:
    lost = stage(24, irrecoverable=likely(6_000), expert_fee=likely(10_000), respondent={"fixed": 30_000})
    found = _prospects(NEVER, (30_000, 90_000), proceedings={"first_instance": lost, "shared": "by_claim"})
    assert_close(found.claimants["c0"], -(6_000 + 10_000) / 4)
    assert_close(found.claimants["c1"], -(6_000 + 10_000) * 3 / 4)
    assert_close(found.respondent, 30_000 - 6_000)
    assert not found.lost.any()


def test_who_wins_gets_back_what_it_advanced_and_no_cost_counts_twice() -> None:
    costs = {"taxable": {"other": likely(500)}, "irrecoverable": {"asked": 900, "granted": likely(900)}}
    found = _prospects(SURE, (100_000, 100_000), costs=costs, proceedings={
        "first_instance": stage(expert_fee=likely(8_000))})
    assert_close(found.claimants["c0"], 100_000 + 900)
    assert_close(found.respondent, 200_000 + 2 * (500 + 900) + 8_000)
    assert_close(found.spent_by_claimants, 8_000 + 2 * 500)


def test_who_wins_on_appeal_is_granted_a_sum_for_each_stage_and_who_loses_none() -> None:
    suit = suit_of(valued(0.0, worlds=2_000, proceedings={
        "first_instance": stage(granted_to_each=likely(900)), "appeal": appeal(granted_to_each=likely(500))}))
    final, heard = suit.judgments.final["c0"].total, suit.judgments.appealed["c0"]
    assert heard.any()
    assert_close(suit.prospects.claimants["c0"], np.where(final > 0, final + 900 + 500 * heard, 0))


def test_of_two_claimants_the_one_that_loses_pays_the_whole_sum() -> None:
    paid = {"id": "paid", "kind": "indemnity", "date": "2021-06-01", "amount": 50_000}
    found = _prospects(SURE, (50_000, 80_000), received={"c0": [paid]},
                       proceedings={"first_instance": stage(irrecoverable=likely(5_000), expert_fee=likely(600))})
    assert_close(found.claimants["c0"], -5_000 - 300)
    assert_close(found.claimants["c1"], 80_000)
    assert_close(found.respondent, 80_000 + 300 - 5_000)


def test_the_lawyer_of_each_side_gets_a_part_of_what_comes_of_it() -> None:
    first = stage(12, claimants={"success_share": 0.1}, each_claimant={"success_share": 0.05},
                  respondent={"success_share": 0.2})
    won = _prospects(SURE, (100_000,), proceedings={"first_instance": first})
    assert_close(won.claimants["c0"], 85_000)
    assert_close(won.respondent, 100_000)
    lost = _prospects(NEVER, (100_000,), proceedings={"first_instance": first})
    assert_close(lost.claimants["c0"], 0)
    assert_close(lost.respondent, 20_000)


def test_who_cannot_pay_pays_nothing_and_the_costs_stay_with_those_who_advanced_them() -> None:
    found = _prospects(SURE, (100_000,), proceedings={
        "first_instance": stage(claimants={"fixed": 7_000}, respondent={"fixed": 3_000}, expert_fee=likely(2_000)),
        "ability_to_pay": 0})
    assert_close(found.claimants["c0"], -9_000)
    assert_close(found.respondent, 3_000)
    assert_close(found.awarded["c0"], 100_000)


def test_a_judgment_performed_at_once_and_reversed_is_paid_back_at_the_end() -> None:
    valuation = valued(0.0, worlds=2_000, proceedings={
        "first_instance": stage(12), "appeal": appeal(24), "discount_rate": {"claimants": 0.1, "respondent": 0.1}})
    suit, early, late = suit_of(valuation), 1 / 1.1, 1 / 1.1**3
    first, final = suit.judgments.first["c0"].total, suit.judgments.final["c0"].total
    assert {(one, other) for one, other in zip(first, final, strict=True)} == {
        (0.0, 0.0), (0.0, 1e5), (1e5, 0.0), (1e5, 1e5)}
    assert_close(suit.prospects.claimants["c0"], first * early + (final - first) * late)


def test_a_judgment_that_is_not_performed_at_once_bears_interest_if_it_is_upheld(french_law: Law) -> None:
    assert french_law.rates is not None
    found = suit_of(valued(0.0, worlds=2_000, rates=french_law.rates, proceedings={
        "first_instance": stage(12), "appeal": appeal(24), "provisional_enforcement": 0}))
    first, final = found.judgments.first["c0"].total, found.judgments.final["c0"].total
    # Known at 1 January 2022: 0.76 % a year, held from then on; simple, over two years of 365.25 days.
    interest = 100_000 * 0.0076 * 24 * DAYS_OF_MONTH / 365
    expected = np.where(final == 0, 0.0, np.where(first == final, 100_000 + interest, 100_000))
    assert_close(found.prospects.claimants["c0"], expected)


def test_a_price_given_back_bears_interest_even_where_the_appeal_changes_the_rest(french_law: Law) -> None:
    pack = law({"a.b": fact()}, [issue("liability", 0.0, per_duty=True), issue("restitution", SURE, per_duty=True)], [])
    pack = pack.model_copy(update={"rates": french_law.rates,
                                   "heads": {**pack.heads, "restitution": pack.heads["crisis_costs"]}})
    back = {"id": "back", "kind": "restitution", "duties": ["main"], "amount": 300}
    told = case([{"id": "c0", "heads": [cost(1_000), back]}], proceedings=exact({
        "first_instance": stage(12), "appeal": appeal(24), "provisional_enforcement": 0}))
    suit = suit_of(value_case(assess_case(told, pack, Worlds("suit", 1_000))))
    rate = 0.0076 * 24 * DAYS_OF_MONTH / 365
    final, changed = suit.judgments.final["c0"].total, suit.judgments.changed["c0"]
    assert changed.any()
    assert not changed.all()
    assert_close(suit.prospects.claimants["c0"], final + np.where(changed, 300, final) * rate)


def test_the_outlays_of_an_appeal_fall_where_there_is_one() -> None:
    second = appeal(24, 0, 0.5, 0.0) | {"claimants": {"fixed": 5_000}, "respondent": {"fixed": 9_000}}
    suit = suit_of(valued(SURE, (100_000, 100_000), worlds=1_000, proceedings={
        "first_instance": stage(12), "appeal": second}))
    heard = suit.judgments.appealed["c0"]
    assert 0.4 < heard.mean() < 0.6
    assert_close(suit.prospects.claimants["c0"], np.where(heard, 97_500, 100_000))
    assert_close(suit.prospects.respondent, np.where(heard, 209_000, 200_000))
    assert_close(suit.months, np.where(heard, 36, 12))


def test_what_is_advanced_to_file_the_suit_is_advanced_once() -> None:
    found = _prospects(NEVER, costs={"taxable": {"other": likely(500)}}, proceedings={
        "first_instance": stage(), "appeal": appeal(24, 1, 1, 0.0)})
    assert_close(found.spent_by_claimants, 500)


def test_those_who_were_not_heard_on_appeal_owe_nothing_for_it() -> None:
    found = _prospects(NEVER, (4_000, 50_000), proceedings={
        "first_instance": stage(irrecoverable=likely(1_000)),
        "appeal": appeal(24, 1, 1, 0.0, least_at_stake=5_000, irrecoverable=likely(600))})
    assert_close(found.claimants["c0"], -500)
    assert_close(found.claimants["c1"], -500 - 600)


def test_those_who_are_not_heard_on_appeal_bear_nothing_of_it() -> None:
    second = appeal(24, 0, 1, 0.0, least_at_stake=5_000) | {"claimants": {"fixed": 6_000}, "expert_fee": likely(500)}
    found = _prospects(SURE, (4_000, 50_000, 50_000), proceedings={"first_instance": stage(), "appeal": second})
    assert_close(found.claimants["c0"], 4_000)
    assert_close(found.claimants["c1"], 47_000)


# --- what others published


def test_e16_the_loser_pays_with_both_readings() -> None:
    """Claim of 1 m, costs of 250,000 on each side, the winner's granted whole: see tests/damages/test_worked_examples.

    The claimant thinks it wins in 75 %, the respondent in 50 %; each value is that of its own belief.
    """
    costs = {"irrecoverable": {"asked": 250_000, "granted": likely(250_000)}}
    stated = {"first_instance": stage(irrecoverable=likely(250_000), claimants={"fixed": 250_000},
                                      respondent={"fixed": 250_000})}
    won = _prospects(math.log(3), (1_000_000,), proceedings=stated, costs=costs, worlds=40_000)
    share = won.lost.mean()
    assert share == pytest.approx(0.75, abs=0.01)
    assert won.claimants["c0"].mean() == pytest.approx(share * 1_000_000 - (1 - share) * 500_000)  # 625,000 at 75 %
    even = _prospects(0.0, (1_000_000,), proceedings=stated, costs=costs, worlds=40_000)
    assert even.respondent.mean() == pytest.approx(even.lost.mean() * 1_500_000)  # 750,000 at 50 %


@pytest.mark.parametrize("recovered", [0, 50, 100])
def test_the_zone_is_the_outlays_of_both_whatever_part_the_loser_pays(recovered: int) -> None:
    """https://debiasinglab.com/zops-basic/: L = 1000, p = 0.6, C = 100 each: the zone is 200 wide for any shift."""
    found = _prospects(math.log(1.5), (1_000,), worlds=4_000, costs={
        "irrecoverable": {"asked": 100, "granted": likely(recovered)}}, proceedings={
        "first_instance": stage(irrecoverable=likely(recovered), claimants={"fixed": 100}, respondent={"fixed": 100})})
    assert_close(found.respondent - found.together, 200)
    share = found.lost.mean()
    assert found.together.mean() == pytest.approx(share * 1_000 - 100 + recovered * (2 * share - 1))


# --- the day of judgment


def test_interest_is_counted_to_the_judgment_expected() -> None:
    asked = {"notice": "2022-02-01"}
    for proceedings_, expected in ((None, "2022-02-01"), ({"first_instance": stage(18)}, "2023-07-03")):
        told = valued(interest=asked, proceedings=proceedings_, worlds=100).assessment.case
        assert told.file.interest is not None
        assert judgment_day(told, told.file.interest).isoformat() == expected
    told = valued(interest=asked | {"judgment": "2022-09-01"}, proceedings={"first_instance": stage(18)},
                  worlds=100).assessment.case
    assert told.file.interest is not None
    assert judgment_day(told, told.file.interest).isoformat() == "2022-09-01"
