"""Odd months: those that stand alone are found, seasons and leaps are not."""

from __future__ import annotations

import numpy as np
import pytest

from vismajor.case.series import MonthlySeries
from vismajor.damages.counterfactual.history import usable_history
from vismajor.damages.counterfactual.odd import collapses, exceeds, find_dominant, find_odd, told

START = 2018 * 12


def months(count: int) -> np.ndarray:
    return np.arange(START, START + count)


def shop(count: int, seed: int, noise: float = 0.04, ratios: tuple[float, ...] = (1.0,) * 12) -> np.ndarray:
    draws = np.random.default_rng(seed).normal(0, noise, count)
    return 10_000 * np.array(ratios)[np.arange(count) % 12] * np.exp(draws)


def odd(values: np.ndarray) -> dict[int, float]:
    return {found - START: ratio for found, ratio in find_odd(months(len(values)), values).items()}


@pytest.mark.parametrize("factor", [3.0, 10.0, 1e4, 1 / 3, 1e-4])
@pytest.mark.parametrize("place", [0, 1, 11, 17, 29, 34, 35])
def test_a_month_that_stands_alone_is_found_wherever_it_is(place: int, factor: float) -> None:
    values = shop(36, 1)
    values[place] *= factor
    assert odd(values) == {place: pytest.approx(factor, rel=0.25)}


def test_several_odd_months_are_found_even_in_the_same_month_of_two_years_of_four() -> None:
    values = shop(48, 2)
    values[[4, 7, 8, 32]] *= [100, 0.1, 5, 30]
    assert list(odd(values)) == [4, 7, 8, 32]


@pytest.mark.parametrize("factor", [4.0, 0.2])
@pytest.mark.parametrize("place", [5, 17])
def test_the_month_of_the_other_year_is_not_taken_for_the_odd_one(place: int, factor: float) -> None:
    for seed in range(10):
        values = shop(24, seed)
        values[place] *= factor
        assert list(odd(values)) == [place]  # the other is as far below it as it is above, but not odd among its own


@pytest.mark.parametrize("count", [24, 36, 60])
@pytest.mark.parametrize("ratios", [(1.0,) * 11 + (5.0,), (0.1, 0.1, 0.2, 0.4, 1, 2, 4, 4, 1.5, 0.5, 0.15, 0.3),
                                    (1.0,) * 7 + (0.1,) + (1.0,) * 4])
def test_a_season_is_not_odd_however_strong(ratios: tuple[float, ...], count: int) -> None:
    assert not any(odd(shop(count, seed, 0.08, ratios)) for seed in range(30))


@pytest.mark.parametrize("leap", [0.2, 0.5, 3.0, 10.0])
@pytest.mark.parametrize("place", [2, 12, 20, 28, 34])
def test_a_level_that_leaps_is_not_odd(place: int, leap: float) -> None:
    values = shop(36, 4)
    values[place:] *= leap
    assert odd(values) == {}


def test_a_month_within_what_this_business_commonly_does_is_not_odd() -> None:
    values = shop(36, 5, noise=0.6)
    values[20] *= 3
    assert odd(values) == {}
    steady = shop(36, 5)
    steady[20] *= 1.8  # by less than the factor
    assert odd(steady) == {}


@pytest.mark.parametrize(("factor", "found"), [(5.0, False), (10.0, True), (0.1, False), (1e-3, True)])
def test_with_less_than_two_years_only_much_is_odd_and_more_so_below(factor: float, *, found: bool) -> None:
    for count in (8, 14, 23):
        values = shop(count, 6)
        values[4] *= factor
        assert list(odd(values)) == [4] * found


def test_where_many_months_are_odd_none_is() -> None:
    values = shop(36, 7)
    values[::5] *= 50
    assert odd(values) == {}


def test_months_that_are_missing_do_not_hide_an_odd_one() -> None:
    values, kept = shop(36, 8), np.ones(36, dtype=bool)
    values[20] *= 20
    kept[[8, 19, 21, 32]] = False  # its neighbours and the same month of every other year
    assert list(find_odd(months(36)[kept], values[kept])) == [START + 20]


def test_by_differences_only_a_month_that_dwarfs_every_other_is_odd() -> None:
    values = shop(24, 9)
    values[::4] = 0
    assert find_dominant(months(24), values) == {}
    values[5] = -1_000_000
    assert list(find_dominant(months(24), values)) == [START + 5]
    revenue = MonthlySeries.model_validate({"first": "2018-01", "amounts": [str(round(one, 2)) for one in values]})
    history = usable_history(revenue, "2019-12", "2019-12")
    assert (history.count, history.scale.kind) == (22, "difference")
    assert history.scale.unit < 20_000


def test_months_of_the_loss_are_odd_above_twice_what_was_expected_and_above_the_interval() -> None:
    expected, high = np.full(5, 100.0), np.array([120.0, 120, 500, 120, 120])
    assert exceeds(np.array([190.0, 210, 400, 0, -150]), expected, high, 0.0) == {1: 2.1, 4: -1.5}
    assert exceeds(np.array([90.0, 210]), np.zeros(2), np.zeros(2), 100.0) == {1: 2.1}


def test_a_ratio_is_told_in_whole_numbers() -> None:
    assert [told(ratio) for ratio in (97.3, 2.6, 0.25, 1e-4, -3)] == ["× 97", "× 3", "÷ 4", "÷ 10000", "< 0"]


def test_a_month_of_loss_that_vanishes_beside_one_that_does_not_is_found() -> None:
    expected = np.full(5, 100.0)
    assert collapses(np.array([70.0, 1.0, 80.0, 90.0, 95.0]), expected) == {1: 0.01}
    assert collapses(np.array([70.0, 80.0, 90.0, 95.0, -50.0]), expected) == {4: -0.5}
    assert not collapses(np.array([1.0, 2.0, 3.0, 30.0, 60.0]), expected)  # a business that stopped, and comes back
    assert not collapses(np.array([70.0, 60.0, 50.0, 90.0, 95.0]), expected)
