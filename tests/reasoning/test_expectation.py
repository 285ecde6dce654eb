"""Sums over worlds of what follows from several truths: the same as one by one, whichever way is cheaper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vismajor.reasoning import expectation
from vismajor.reasoning.combinations import packed
from vismajor.reasoning.expectation import summed
from vismajor.reasoning.worlds import Truth

Tables = tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], list[Truth], int]


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    """Draw a quantity by truths and worlds, and tables of these truths over up to four facts."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes, count = random.integers(1, 4, random.integers(1, 5)), draw(st.integers(0, 4))
    worlds = draw(st.integers(1, 130))
    likely = draw(st.sampled_from([0.02, 0.5]))  # where a truth is rare, many combinations are alike
    found = [random.random((*(int(size) if random.random() < 0.6 else 1 for size in sizes), worlds)) < likely
             for _ in range(count)]
    quantity = random.integers(0, 10**9, (*(2,) * count, worlds))
    if count and draw(st.booleans()):  # a truth on which nothing depends
        quantity[1] = quantity[0]
    return quantity, found, worlds


def one_by_one(quantity: np.ndarray[tuple[int, ...], np.dtype[np.int64]], found: list[Truth], worlds: int
               ) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    whole = np.broadcast_arrays(*found)
    sums = np.zeros(whole[0].shape[:-1], dtype=np.int64)
    for place in np.ndindex(sums.shape):
        sums[place] = sum(int(quantity[(*(int(table[place][world]) for table in whole), world)])
                          for world in range(worlds))
    return sums


@given(tables())
@settings(max_examples=80, deadline=None)
def test_the_sum_is_that_of_each_combination_to_the_last_cent(drawn: Tables) -> None:
    quantity, found, worlds = drawn
    sums = summed(quantity, [packed(table) for table in found], worlds)
    if not found:
        assert sums == quantity.sum()
        return
    expected = one_by_one(quantity, found, worlds)
    assert np.array_equal(np.broadcast_to(sums, expected.shape), expected)


@given(tables(), st.sampled_from([1, 400]))
@settings(max_examples=40, deadline=None)
def test_neither_blocks_nor_the_side_of_a_truth_change_the_sum(drawn: Tables, block: int) -> None:
    quantity, found, worlds = drawn
    words = [packed(table) for table in found]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(expectation, "BLOCK", block)
        patched.setattr(expectation, "_cost", lambda shapes, left: -float(len(left)))  # as many on the left as can be
        all_left = summed(quantity, words, worlds)
        patched.setattr(expectation, "_cost", lambda shapes, left: float(len(left)))  # one alone
        one_left = summed(quantity, words, worlds)
    assert np.array_equal(all_left, one_left)
    assert np.array_equal(all_left, summed(quantity, words, worlds))


def test_combinations_that_differ_are_told_apart_even_if_their_mixed_numbers_are_the_same(
        monkeypatch: pytest.MonkeyPatch) -> None:
    quantity = np.arange(8).reshape(2, 4)
    table = np.array([[True, False, False, False], [False, True, False, False], [True, False, False, False]])
    monkeypatch.setattr(expectation, "_MIX", (np.uint64(0), np.uint64(0)))  # every number is the same
    assert summed(quantity, [packed(table)], 4).tolist() == [10.0, 10.0, 10.0]
    quantity[1, 0] = 50
    assert summed(quantity, [packed(table)], 4).tolist() == [56.0, 10.0, 56.0]
