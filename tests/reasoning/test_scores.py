"""Scores against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.reasoning.likelihood import SURPRISE
from vismajor.reasoning.scores import BINS, calibration_curve, coverage, score

EXPECTED = np.array([0.9, 0.4, 0.7, 0.2])
DECIDED = np.array([True, True, False, False])
pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_scores_are_those_worked_out_by_hand() -> None:
    found = score(EXPECTED, DECIDED)
    assert (found.count, found.accuracy, found.correct) == (4, 0.5, 2)
    assert found.confusion == (1, 1, 1, 1)  # 0.9 accepted, 0.4 accepted, 0.7 rejected, 0.2 rejected
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.49 + 0.04) / 4)
    assert found.log_loss == pytest.approx(-(math.log(0.9) + math.log(0.4) + math.log(0.3) + math.log(0.8)) / 4)


def test_accepted_unexpectedly_and_rejected_unexpectedly_are_not_taken_for_each_other() -> None:
    found = score(np.array([0.1, 0.2, 0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, True, True, True]))
    assert found.confusion == (3, 2, 1, 0)
    assert found.accuracy == pytest.approx(0.5)


def test_what_is_held_certain_and_turns_out_wrong_costs_a_surprise_and_no_more() -> None:
    found = score(np.array([1.0]), np.array([False]))
    assert found.log_loss == pytest.approx(-math.log(SURPRISE))
    assert found.brier == pytest.approx((1 - SURPRISE) ** 2)


def test_one_half_expects_a_rejection() -> None:
    assert score(np.array([0.5, 0.5]), np.array([True, False])).confusion == (0, 1, 0, 1)


def test_ranges_of_probability_hold_what_lies_in_them() -> None:
    curve = calibration_curve(np.array([0.0, 0.1, 0.2, 0.79, 1.0]), np.array([False, True, True, False, True]))
    assert [(b.low, b.high, b.count) for b in curve] == [(0.0, 0.2, 2), (0.2, 0.4, 1), (0.6, 0.8, 1), (0.8, 1.0, 1)]
    assert [b.expected for b in curve] == pytest.approx([0.05, 0.2, 0.79, 1.0])
    assert [b.accepted for b in curve] == [0.5, 1.0, 0.0, 1.0]


def test_silence_near_one_half_leaves_what_is_further_away() -> None:
    found = coverage(EXPECTED, DECIDED, (0.0, 0.15, 0.25, 0.35, 0.45))
    assert [(c.distance, c.told) for c in found] == [(0.0, 4), (0.15, 3), (0.25, 2), (0.35, 1)]
    assert [c.accuracy for c in found] == pytest.approx([0.5, 2 / 3, 1.0, 1.0])


@given(pairs)
def test_every_decision_is_counted_once_everywhere(given_pairs: list[tuple[float, bool]]) -> None:
    expected, decided = (np.array(column) for column in zip(*given_pairs, strict=True))
    found, curve = score(expected, decided), calibration_curve(expected, decided)
    assert sum(found.confusion) == found.count == sum(b.count for b in curve) == len(given_pairs)
    assert found.accuracy == pytest.approx(found.correct / found.count)
    assert sum(b.count * b.accepted for b in curve) == pytest.approx(int(np.sum(decided)))
    assert all(b.low in BINS and b.low <= b.expected <= b.high for b in curve)
    told = [c.told for c in coverage(expected, decided)]
    assert told[0] == found.count
    assert told == sorted(told, reverse=True)
