"""What an uncertain sum is worth: the mean, or less of a gain and more of a loss for whoever shuns risk."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.settlement.risk import certain_cost, certainty_equivalent, mean, total

columns = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30).map(np.array)
tolerances = st.floats(1.0, 1e9)


def test_who_states_no_tolerance_looks_at_the_mean() -> None:
    assert certainty_equivalent(np.array([0.0, 1000.0])).value == 500
    assert certain_cost(np.array([0.0, 1000.0])).value == 500


def test_an_even_chance_is_worth_what_the_formula_says() -> None:
    # CE = −R · log((1 + e^(−x/R)) / 2), with x = R = 1,000: 379.88…
    found = certainty_equivalent(np.array([0.0, 1000.0]), 1000.0)
    assert found.value == pytest.approx(1000 * -np.log((1 + np.exp(-1)) / 2))
    # The payer's is the mirror image around the middle: 1,000 − 379.88…
    assert certain_cost(np.array([0.0, 1000.0]), 1000.0).value == pytest.approx(1000 - found.value)


def test_a_tolerance_is_about_the_sum_that_is_staked_on_an_even_chance_against_half_of_it() -> None:
    assert certainty_equivalent(np.array([1000.0, -500.0]), 1000.0).value == pytest.approx(0, abs=10)


@given(columns, tolerances)
def test_a_gain_is_worth_no_more_than_its_mean_and_no_less_than_its_worst(gain: np.ndarray, tolerance: float) -> None:
    worth = certainty_equivalent(gain, tolerance).value
    assert gain.min() - 1e-6 <= worth <= gain.mean() + 1e-6


@given(columns, tolerances)
def test_a_loss_costs_no_less_than_its_mean_and_no_more_than_its_worst(loss: np.ndarray, tolerance: float) -> None:
    assert loss.mean() - 1e-6 <= certain_cost(loss, tolerance).value <= loss.max() + 1e-6


@given(columns, tolerances, st.floats(-1e6, 1e6))
def test_a_sure_sum_moves_it_one_to_one(gain: np.ndarray, tolerance: float, sure: float) -> None:
    moved = certainty_equivalent(gain + sure, tolerance).value
    assert moved == pytest.approx(certainty_equivalent(gain, tolerance).value + sure, abs=1e-3)


@given(columns, tolerances, st.floats(1.0, 100.0))
def test_who_can_stand_more_risk_values_a_gain_more(gain: np.ndarray, tolerance: float, times: float) -> None:
    less, more = (certainty_equivalent(gain, one).value for one in (tolerance, tolerance * times))
    assert more >= less - 1e-4


@given(columns)
def test_a_boundless_tolerance_is_the_mean(gain: np.ndarray) -> None:
    assert certainty_equivalent(gain, 1e16).value == pytest.approx(gain.mean(), abs=1e-2)


@given(columns)
def test_a_tiny_tolerance_overflows_nothing_and_fears_the_worst(gain: np.ndarray) -> None:
    worth = certainty_equivalent(gain, 1e-3).value
    assert worth == pytest.approx(gain.min(), abs=0.1)


@given(columns, columns, tolerances)
def test_risks_that_are_independent_add_up(one: np.ndarray, other: np.ndarray, tolerance: float) -> None:
    joint = (one[:, None] + other[None, :]).ravel()
    parts = certainty_equivalent(one, tolerance).value + certainty_equivalent(other, tolerance).value
    assert certainty_equivalent(joint, tolerance).value == pytest.approx(parts, abs=1e-2)


@pytest.mark.parametrize("tolerance", [None, 2000.0])
def test_the_standard_error_is_the_spread_of_repeated_draws(tolerance: float | None) -> None:
    draws = np.random.Generator(np.random.Philox(7)).gamma(0.5, 1000.0, (2000, 400))
    found = [certainty_equivalent(row, tolerance) for row in draws]
    spread = np.std([one.value for one in found])
    assert np.mean([one.standard_error for one in found]) == pytest.approx(spread, rel=0.06)


def test_what_two_figures_share_cancels_out_in_their_difference() -> None:
    column = np.array([0.0, 1000.0, 200.0, 50.0])
    assert (mean(column + 100) - mean(column)).standard_error == 0
    assert total([mean(column), mean(-column)], 4).standard_error == 0
    assert mean(column).at_most(100.0).standard_error == 0
    assert mean(column).at_least(100.0).standard_error > 0
