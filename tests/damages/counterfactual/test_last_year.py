"""The same month of last year times the trend, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from vismajor.case.models import Break
from vismajor.case.series import MonthlySeries
from vismajor.damages.counterfactual.history import History, usable_history
from vismajor.damages.counterfactual.last_year import reckon


def history(values: list[float], first: str, last: str, breaks: tuple[Break, ...] = ()) -> History:
    amounts = tuple(Decimal(f"{value:.2f}") for value in values)
    return usable_history(MonthlySeries(first="2018-01", amounts=amounts), first, last, breaks)


def test_three_years_of_turnover_give_the_mean_of_two_growth_rates() -> None:
    years = [1_186_452.0, 1_335_427.0, 1_597_433.0]
    past = history([year / 12 for year in years for _ in range(12)], "2021-01", "2021-12")
    found = reckon(past, 36, slice(36, 48))
    assert found is not None
    assert found.comparisons["years"] == pytest.approx(0.16088, abs=5e-6)
    assert found.comparisons["last_3"] == found.comparisons["last_9"] == pytest.approx(1_597_433 / 1_335_427 - 1)
    assert sum(found.adjusted) * (1 + found.comparisons["years"]) == pytest.approx(1_854_428, abs=0.6)
    assert found.growth == pytest.approx((found.comparisons["years"] + found.comparisons["last_3"]) / 2)


def test_the_trend_is_refined_on_the_last_nine_six_and_three_months() -> None:
    values = [100.0] * 12 + [110.0] * 3 + [120.0] * 3 + [130.0] * 3 + [140.0] * 3
    found = reckon(history(values, "2020-01", "2020-02"), 24, slice(24, 26))
    assert found is not None
    assert found.comparisons == pytest.approx({"years": 0.25, "last_9": 0.30, "last_6": 0.35, "last_3": 0.40})
    assert found.expected == pytest.approx([110 * 1.30] * 2)


def test_below_two_years_no_trend_is_taken() -> None:
    found = reckon(history([100.0] * 11 + [200.0] * 12, "2019-12", "2020-01"), 23, slice(23, 25))
    assert found is not None
    assert found.growth == 0
    assert found.expected == pytest.approx([200.0, 200.0])


def test_a_missing_base_takes_the_year_before_and_the_trend_twice() -> None:
    closed = Break.model_validate({"from": "2020-01", "to": "2020-01", "why": {"fr": "fermé", "en": "closed"}})
    found = reckon(history([100.0] * 12 + [110.0] * 12 + [0.0] + [121.0] * 11, "2021-01", "2021-02", (closed,)), 35,
                   slice(35, 37))
    assert found is not None
    assert found.years == (2, 1)
    assert found.growth == pytest.approx(0.1)
    assert found.expected == pytest.approx([110 * 1.1**2, 121 * 1.1])


def test_how_the_reckoning_depends_on_each_month_is_its_derivative() -> None:
    values = 100 * np.exp(np.random.default_rng(1).normal(0, 0.2, 36))
    past = history(values.tolist(), "2021-01", "2021-03")
    found = reckon(past, 36, slice(36, 39))
    assert found is not None
    for index in (3, 24, 26, 30, 35):
        nudged = values.copy()
        nudged[index] *= np.exp(1e-3)
        other = reckon(history(nudged.tolist(), "2021-01", "2021-03"), 36, slice(36, 39))
        assert other is not None
        assert -found.spread[:, index] == pytest.approx(np.log(other.expected / found.expected) / 1e-3, abs=0.05)
