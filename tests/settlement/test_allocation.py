"""A global offer shared among claimants: to the cent, by several keys, with who would do better in court."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.suits import WORLDS, group
from vismajor.settlement.allocation import Allocation, allocate, in_proportion
from vismajor.settlement.pool import decide, pool_of


def by_key(offer: float, own: dict[str, float], shared: float = 0.0, claimed: dict[str, float] | None = None
           ) -> dict[str, Allocation]:
    """Share an offer among claimants whose suits bring these sums for sure, before they share one cost."""
    found = pool_of(group({name: np.full(4, one) for name, one in own.items()}, shared), None)
    awards = {name: Decimal(repr(one)) for name, one in own.items()}
    asked = awards if claimed is None else {name: Decimal(repr(one)) for name, one in claimed.items()}
    return {one.key: one for one in allocate(Decimal(repr(offer)), found, awards, asked, WORLDS)}


@given(st.integers(1, 10_000_000), st.lists(st.integers(0, 1_000_000), min_size=1, max_size=20))
def test_shares_add_up_to_the_offer_to_the_cent_and_follow_the_weights(cents: int, weights: list[int]) -> None:
    total = Decimal(cents) / 100
    if sum(weights) == 0:
        return
    named = {f"c{index}": Decimal(weight) for index, weight in enumerate(weights)}
    shared = in_proportion(total, named)
    assert sum(shared.values()) == total
    for name, weight in named.items():
        assert abs(shared[name] - total * weight / sum(weights)) < Decimal("0.01")
        assert shared[name] == shared[name].quantize(Decimal("0.01"))


def test_each_key_shares_by_what_it_says() -> None:
    found = by_key(900.0, {"a": 1000.0, "b": 2000.0}, 300.0, {"a": 8000.0, "b": 1000.0})
    assert list(found) == ["award", "claimed", "reservation", "shapley"]
    assert found["award"].amounts == {"a": 300, "b": 600}
    assert found["claimed"].amounts == {"a": 800, "b": 100}
    # In company the suit is worth 850 and 1,850 to them; so it is by Shapley, since each could sue alone.
    assert found["reservation"].amounts == found["shapley"].amounts == {
        "a": Decimal("283.33"), "b": Decimal("616.67")}


def test_an_offer_that_is_enough_may_still_leave_one_short_by_a_poor_key() -> None:
    found = by_key(3000.0, {"a": 1000.0, "b": 2000.0}, 300.0, {"a": 8000.0, "b": 1000.0})
    assert found["claimed"].short == {"b": Decimal("1850") - Decimal("333.33")}
    assert found["claimed"].worst == "b"
    assert found["reservation"].short == {}
    assert found["reservation"].worst is None
    assert sum(found["reservation"].amounts.values()) == 3000
    barely = by_key(2700.0, {"a": 1000.0, "b": 2000.0}, 300.0)["reservation"]
    assert barely.amounts == barely.floors
    assert barely.short == {}


def test_those_who_would_together_do_better_in_court_are_named_with_what_they_would_gain() -> None:
    # b gets 333.33 and would have 2,000 − 300 alone.
    found = by_key(3000.0, {"a": 1000.0, "b": 2000.0}, 300.0, {"a": 8000.0, "b": 1000.0})
    assert found["claimed"].objecting == ("b",)
    assert found["claimed"].excess == Decimal("1700") - Decimal("333.33")
    assert found["reservation"].objecting == ()
    assert found["reservation"].excess == 0


@given(st.lists(st.integers(0, 5000).map(float), min_size=2, max_size=6), st.integers(0, 3000).map(float),
       st.integers(1, 20_000).map(float))
def test_no_coalition_objects_exactly_where_none_of_them_all_would(own: list[float], shared: float, offer: float
                                                                   ) -> None:
    names = [f"c{index}" for index in range(len(own))]
    for found in by_key(offer, dict(zip(names, own, strict=True)), shared).values():
        best = max(sum(own[i] - float(found.amounts[names[i]]) for i in range(len(own)) if mask >> i & 1) - shared
                   for mask in range(1, 2 ** len(own)))
        assert float(found.excess) == pytest.approx(max(best, 0), abs=0.05)


def test_a_key_by_which_nobody_has_anything_is_left_out() -> None:
    assert list(by_key(900.0, {"a": 100.0, "b": 100.0}, 300.0)) == ["award", "claimed"]


def test_where_more_than_twelve_share_the_key_of_shapley_has_an_error_that_is_told() -> None:
    own = {f"c{index}": 100.0 + 50 * index for index in range(14)}
    found = by_key(1000.0, own, 900.0)
    assert all(error > 0 for error in found["shapley"].standard_errors.values())
    assert found["award"].standard_errors == {}


def test_a_part_of_nothing_is_told_as_no_settlement() -> None:
    found = by_key(900.0, {"a": 1000.0, "b": 0.0}, claimed={"a": 1000.0, "b": 1000.0})
    assert found["award"].nothing == ("b",)
    assert found["claimed"].nothing == ()


def test_the_floor_of_who_holds_an_offer_is_that_offer_where_the_suit_is_worth_less() -> None:
    pool = pool_of(group({"a": np.full(4, 1000.0), "b": np.full(4, 20.0)}, 0.0), None)
    sums = {"a": Decimal(1000), "b": Decimal(20)}
    without = decide(pool, {"a": Decimal(50), "b": Decimal(50)})
    assert allocate(Decimal(900), pool, sums, sums, WORLDS, without)[0].floors == {"a": 1000, "b": 50}
