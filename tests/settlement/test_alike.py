"""Combinations that bring the same are gathered, from the highest down, none twice and none left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vismajor.settlement.alike import Alike, highest


def everything_in(one: Alike, shape: tuple[int, ...]) -> set[tuple[int, ...]]:
    return {place for place in np.ndindex(shape)
            if all(at in one.free or place[at] == one.places[at] for at in range(len(shape)))}


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_every_combination_is_in_one_gathering_alone_and_they_go_down(sizes: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    amounts = random.integers(0, 3, sizes).astype(np.float64)
    likelihoods = random.random(sizes)
    found = list(highest(amounts, likelihoods))
    places = [everything_in(one, amounts.shape) for one in found]
    assert [one.count for one in found] == [len(inside) for inside in places]
    assert sum(len(inside) for inside in places) == amounts.size == len(set().union(*places))
    for one, inside in zip(found, places, strict=True):
        assert {amounts[place] for place in inside} == {amounts[one.places]}
    brought = [amounts[one.places] for one in found]
    assert brought == sorted(brought, reverse=True)


def test_what_does_not_matter_is_free_and_the_likeliest_stands_for_all() -> None:
    amounts = np.array([[5.0, 5.0], [1.0, 2.0]])
    likelihoods = np.array([[0.1, 0.6], [0.2, 0.1]])
    first, second, third = highest(amounts, likelihoods)
    assert first == Alike((0, 1), frozenset({1}), 2)
    assert (second.places, third.places) == ((1, 1), (1, 0))


def test_a_fact_matters_where_it_brings_another_amount_with_any_of_the_free_ones() -> None:
    amounts = np.array([[5.0, 5.0], [5.0, 1.0]])  # three of four bring the most: no fact is free for all three
    gathered = list(highest(amounts, np.full((2, 2), 0.25)))
    assert [one.count for one in gathered] == [2, 1, 1]
