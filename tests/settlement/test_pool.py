"""Claimants who share the costs of a suit: in company or alone, and who takes an offer."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.suits import group
from vismajor.settlement.pool import Pool, pool_of, respond

amounts = st.integers(0, 20_000)


def pool(own: dict[str, float], shared: float = 0.0, tolerance: int | None = None) -> Pool:
    """Return claimants who would be left with these sums for sure, and share one cost equally."""
    return pool_of(group({name: np.full(4, float(one)) for name, one in own.items()}, shared),
                   None if tolerance is None else Decimal(tolerance))


def offered(**amounts_: float) -> dict[str, Decimal]:
    return {name: Decimal(repr(amount)) for name, amount in amounts_.items()}


def test_in_company_a_claimant_bears_its_part_and_alone_all_that_a_suit_costs() -> None:
    three = pool({"a": 1000, "b": 1000, "c": 1000}, 300)
    assert three.worth("a", ["a", "b", "c"]).value == 900
    assert three.worth("a", ["a", "b"]).value == 850
    assert three.worth("a", ["a"]).value == 700
    assert three.worth("a", []).value == 700
    assert three.before_sharing("a") == 1000
    assert three.spent_for_all == 300


def test_the_whole_group_is_worth_to_each_what_the_suit_leaves_it() -> None:
    prospects = group({"a": [1000.0, 0.0], "b": [400.0, 200.0]}, 100)
    for tolerance in (None, Decimal(500)):
        found = pool_of(prospects, tolerance)
        assert found.net("a", ["a", "b"]) == pytest.approx(prospects.claimants["a"])


def test_those_who_go_on_alone_bear_among_them_what_the_group_would() -> None:
    found = pool({"a": 1000, "b": 1000, "c": 1000}, 300)
    for kept in (["a"], ["a", "b"], ["b", "c"]):
        assert found.among(kept).spent_for_all == pytest.approx(300)


def test_what_some_alone_bore_they_do_not_bear_twice() -> None:
    # 100 at first instance, shared by two; on appeal 80: in the second world of the first one alone, in the third of b.
    found = Pool({"a": np.full(3, 1000.0), "b": np.full(3, 1000.0)},
                 {"a": np.array([50.0, 130.0, 50.0]), "b": np.array([50.0, 50.0, 130.0])}, {"a": 0.5, "b": 0.5})
    assert found.net("a", ["a"]).tolist() == [900, 820, 900]
    assert found.net("a", ["a", "b"]).tolist() == [950, 870, 950]


# --- an offer

def test_each_accepts_no_less_than_the_suit_is_worth_to_it() -> None:
    found = respond(pool({"small": 800, "large": 5000}), offered(small=900, large=900))
    assert (found.accept, found.go_on) == (("small",), ("large",))
    assert found.total == 5900


def test_an_offer_that_equals_the_floor_is_accepted() -> None:
    assert respond(pool({"a": 900, "b": 901}), offered(a=900, b=900)).accept == ("a",)


def test_who_would_lose_money_in_court_accepts_anything_and_even_nothing() -> None:
    found = respond(pool({"a": -50, "b": 700}), offered(a=0, b=0))
    assert found.accept == ("a",)


def test_who_is_offered_nothing_goes_on_or_gives_up_a_suit_that_costs_it_money() -> None:
    found = respond(pool({"a": 100, "b": 100, "c": -1}), offered(a=500))
    assert (found.accept, found.go_on, found.give_up) == (("a",), ("b",), ("c",))


def test_where_those_who_would_lose_give_up_the_others_may_not_be_able_to_bear_the_costs() -> None:
    # 900 shared by three: 100 and 200 are left to the first two as long as the third shares, who loses 250.
    found = respond(pool({"a": 400, "b": 500, "c": 50}, 900), {})
    assert found.at_once == ("c",)
    assert (found.go_on, found.give_up) == ((), ("a", "b", "c"))
    assert found.total == 0
    assert found.floor("a") == 0


def test_where_some_settle_the_costs_weigh_on_the_others_who_may_then_follow() -> None:
    # 900 shared by three: in company the suit is worth 400, 750 and 2,700 to them; the first takes 700. Two share: 600.
    found = respond(pool({"a": 700, "b": 1050, "c": 3000}, 900), offered(a=700, b=700, c=700))
    assert found.at_once == ("a",)
    assert found.accept == ("a", "b")
    assert found.go_on == ("c",)
    assert found.worth["c"].value == 2100


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=7), amounts, st.integers(0, 7))
def test_the_response_is_stable(claims: list[tuple[int, int]], shared: int, at_least: int) -> None:
    names = [f"c{index}" for index in range(len(claims))]
    found_pool = pool(dict(zip(names, [own for own, _ in claims], strict=True)), float(shared))
    offers = {name: Decimal(offer) for name, (_, offer) in zip(names, claims, strict=True)}
    found = respond(found_pool, offers, at_least)
    for name in found.go_on:
        assert offers[name] < max(found_pool.worth(name, found.go_on).figure.value, 0)
    for name in found.accept:
        assert offers[name] >= max(found_pool.worth(name, found.go_on).figure.value, 0)
    assert found.holds == (len(found.accept) >= at_least)
    assert set(found.at_once) <= set(found.accept)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=7), amounts, amounts)
def test_more_on_offer_is_accepted_by_no_fewer(claims: list[tuple[int, int]], shared: int, more: int) -> None:
    names = [f"c{index}" for index in range(len(claims))]
    found_pool = pool(dict(zip(names, [own for own, _ in claims], strict=True)), float(shared))
    offers = {name: Decimal(offer) for name, (_, offer) in zip(names, claims, strict=True)}
    richer = {name: offer + more for name, offer in offers.items()}
    assert set(respond(found_pool, offers).accept) <= set(respond(found_pool, richer).accept)


def test_a_threshold_is_reached_or_so_many_acceptances_are_wanting() -> None:
    found = respond(pool({"a": 700, "b": 1050, "c": 3000}), offered(a=800, b=800, c=800), 3)
    assert (found.holds, found.missing) == (False, 2)
    assert respond(pool({"a": 700, "b": 1050}), offered(a=800, b=1100), 2).holds
