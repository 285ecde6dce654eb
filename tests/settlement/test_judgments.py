"""Both courts: who appeals, what stands in the end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.small_suit import SHARES, SURE, appeal, likely, stage, valued
from vismajor.settlement.judgments import Judgments, judge


def _judged(liability: float = 0.0, amounts: tuple[int, ...] = (100_000,), *, cap: float = -1.0, worlds: int = 4_000,
            **extra: object) -> Judgments:
    return judge(valued(liability, amounts, cap=cap, worlds=worlds, proceedings={
        "first_instance": stage(), "appeal": appeal(**extra)}))  # type: ignore[arg-type]


def test_without_an_appeal_stated_the_first_judgment_stands() -> None:
    for proceedings in (None, {"first_instance": stage()}):
        judgments = judge(valued(0.0, proceedings=proceedings))
        assert judgments.final is judgments.first
        assert not judgments.appealed["c0"].any()


def test_a_side_that_got_all_it_asked_does_not_appeal() -> None:
    judgments = _judged(claimants=1, respondent=0)
    got = judgments.first["c0"].amount
    assert np.array_equal(judgments.appealed["c0"], got < 100_000)
    judgments = _judged(claimants=0, respondent=1)
    assert np.array_equal(judgments.appealed["c0"], judgments.first["c0"].amount > 0)


def test_each_side_decides_once_for_the_whole_group() -> None:
    judgments = _judged(SURE, (10_000, 90_000), claimants=0, respondent=0.3)
    assert np.array_equal(judgments.appealed["c0"], judgments.appealed["c1"])
    assert judgments.appealed["c0"].mean() == pytest.approx(0.3, abs=0.03)


def test_no_appeal_lies_below_the_sum_at_stake() -> None:
    judgments = _judged(SURE, (4_999, 5_000), least_at_stake=5_000)
    assert not judgments.appealed["c0"].any()
    assert judgments.appealed["c1"].all()


@settings(deadline=None)
@given(SHARES, SHARES, st.sampled_from([0.2, 0.7, 1.0]))
def test_whoever_appeals_alone_is_not_left_with_less(claimants: float, respondent: float, afresh: float) -> None:
    judgments = _judged(claimants=claimants, respondent=respondent, afresh=afresh, worlds=800)
    first, final = judgments.first["c0"], judgments.final["c0"]
    if respondent == 0:
        assert np.all(final.amount >= first.amount)
    if claimants == 0:
        assert np.all(final.amount <= first.amount)
    unheard = ~judgments.appealed["c0"]
    assert np.array_equal(final.total[unheard], first.total[unheard])
    assert np.array_equal(judgments.changed["c0"], np.abs(final.amount - first.amount) > 0.004)


def test_two_courts_of_which_the_second_decides_all_afresh_are_two_strangers() -> None:
    judgments = _judged(afresh=1.0, worlds=40_000)
    first, final = (awards["c0"].amount for awards in (judgments.first, judgments.final))
    assert final.mean() == pytest.approx(first.mean(), rel=0.03)
    assert np.corrcoef(first, final)[0, 1] == pytest.approx(0, abs=0.02)


def test_a_court_that_looks_at_nothing_afresh_changes_nothing() -> None:
    judgments = _judged(afresh=0.0)
    assert judgments.appealed["c0"].any()
    assert not judgments.changed["c0"].any()


def test_costs_that_are_granted_do_not_depend_on_which_court_grants_them() -> None:
    costs = {"irrecoverable": {"asked": 9_000, "granted": likely(0, 10, 9_000)}}
    judgments = judge(valued(0.0, worlds=2_000, costs=costs, proceedings={
        "first_instance": stage(), "appeal": appeal()}))
    first, final = judgments.first["c0"], judgments.final["c0"]
    both = (first.amount > 0) & (final.amount > 0)
    assert np.array_equal(first.costs[both], final.costs[both])
    assert not final.costs[final.amount == 0].any()
