"""What revenue would have been: exact on exact series, honest on noisy ones."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from vismajor.case.series import MonthlySeries
from vismajor.damages.counterfactual import counterfactual
from vismajor.reasoning.worlds import Worlds

WORLDS = Worlds("test", 1_000)


def series(values: np.ndarray, first: str = "2018-01") -> MonthlySeries:
    return MonthlySeries(first=first, amounts=tuple(Decimal(f"{value:.2f}") for value in values))


def business(months: int, growth: float = 0.03, season: float = 0.2, start: int = 0) -> np.ndarray:
    when = np.arange(months)
    wave = season * np.cos(2 * np.pi * (when + start) / 12) + 0.5 * season * np.sin(4 * np.pi * (when + start) / 12)
    return 10_000 * np.exp(np.log1p(growth) * when / 12 + wave)


def test_a_series_that_follows_the_model_is_continued_exactly() -> None:
    values = business(48)
    actual = values.copy()
    actual[38:45] *= 0.7
    course = counterfactual(series(actual), "2021-03", "2021-09", WORLDS, "x")
    assert course.months == ("2021-03", "2021-04", "2021-05", "2021-06", "2021-07", "2021-08", "2021-09")
    assert course.expected == pytest.approx(values[38:45], rel=1e-4)
    assert course.shortfall == pytest.approx(0.3 * values[38:45].sum(), rel=1e-3)
    assert course.months_used == 38


def test_the_first_month_of_the_year_does_not_matter() -> None:
    values = business(40, start=6)
    course = counterfactual(series(values, "2018-07"), "2021-03", "2021-06", WORLDS, "x")
    assert course.shortfall == pytest.approx(0, abs=1.0)


def test_what_comes_after_the_loss_changes_nothing() -> None:
    values = business(48) * np.exp(np.random.default_rng(1).normal(0, 0.03, 48))
    short = counterfactual(series(values[:45]), "2021-03", "2021-09", WORLDS, "x")
    long = counterfactual(series(np.append(values[:45], [1.0, 2.0])), "2021-03", "2021-09", WORLDS, "x")
    assert np.array_equal(short.shortfalls, long.shortfalls)


def test_scaling_the_business_scales_the_loss() -> None:
    values = business(45) * np.exp(np.random.default_rng(2).normal(0, 0.03, 45))
    one = counterfactual(series(values), "2021-03", "2021-09", WORLDS, "x")
    ten = counterfactual(series(10 * values), "2021-03", "2021-09", WORLDS, "x")
    assert ten.shortfall == pytest.approx(10 * one.shortfall, rel=1e-3, abs=1)


def test_draws_are_named_and_the_same_again() -> None:
    values = business(45) * np.exp(np.random.default_rng(3).normal(0, 0.03, 45))
    first, second = (counterfactual(series(values), "2021-03", "2021-09", WORLDS, "x") for _ in range(2))
    other = counterfactual(series(values), "2021-03", "2021-09", WORLDS, "y")
    assert np.array_equal(first.shortfalls, second.shortfalls)
    assert not np.array_equal(first.shortfalls, other.shortfalls)
    assert np.all(np.diff(first.shortfalls) >= 0)


def test_quantiles_rise_and_their_middle_is_near_the_estimate() -> None:
    values = business(45) * np.exp(np.random.default_rng(4).normal(0, 0.03, 45))
    values[38:45] *= 0.8
    course = counterfactual(series(values), "2021-03", "2021-09", WORLDS, "x")
    low, middle, high = (float(course.quantile(q)) for q in (0.05, 0.5, 0.95))
    assert low < middle < high
    assert middle == pytest.approx(course.shortfall, rel=0.05)


@pytest.mark.parametrize("months", [26, 38])
def test_ninety_per_cent_intervals_cover_about_ninety_per_cent_of_placebo_losses(months: int) -> None:
    generator, inside, trials = np.random.default_rng(20210310), 0, 300
    for trial in range(trials):
        noise, errors = 0.0, []
        for shock in generator.normal(0, 1, months + 7):
            noise = 0.35 * noise + 0.03 * (1 - 0.35**2) ** 0.5 * shock
            errors.append(noise)
        values = business(months + 7, growth=generator.normal(0.02, 0.03)) * np.exp(errors)
        revenue = series(values)
        first, last = months, months + 6
        course = counterfactual(revenue, _month(first), _month(last), WORLDS, str(trial))
        inside += float(course.quantile(0.05)) <= 0 <= float(course.quantile(0.95))  # nothing happened: the loss is nil
    assert 0.84 <= inside / trials <= 0.97


def _month(index: int) -> str:
    return f"{2018 + index // 12}-{index % 12 + 1:02d}"


@pytest.mark.parametrize("values", [business(30)[:20], np.where(np.arange(40) == 5, 0, business(40))])
def test_too_short_or_not_positive_a_history_is_refused(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="24 months"):
        counterfactual(series(values), _month(len(values) - 4), _month(len(values) - 1), WORLDS, "x")
