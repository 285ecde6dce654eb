"""What of a series is used: the two sides of each threshold."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from vismajor.case.series import MonthlySeries
from vismajor.damages.counterfactual.history import MONTHS_KEPT, History, usable_history


def history(*amounts: int, first: str = "2021-01", last: str = "2021-02") -> History:
    start = f"{2021 - len(amounts) // 12}-01"
    return usable_history(MonthlySeries(first=start, amounts=tuple(Decimal(one) for one in amounts)), first, last)


def test_one_month_of_zero_in_ten_is_missing_and_more_are_compared_by_differences() -> None:
    few, many = history(*[10] * 22, 0, -5), history(*[10] * 21, 0, 0, -5)
    assert (few.count, few.scale.kind) == (22, "ratio")
    assert (many.count, many.scale.kind) == (24, "difference")
    assert many.scale.unit == pytest.approx((210 + 5) / 24)


def test_months_of_the_loss_and_after_are_not_history() -> None:
    found = history(*range(1, 25), first="2020-07", last="2020-08")
    assert found.amounts.tolist() == list(range(1, 19))
    assert found.origin == "2020-06"
    assert found.all_months.tolist()[-3:] == [0, 1, 2]


def test_only_the_latest_seven_years_are_used() -> None:
    found = history(*range(1, 121))
    assert found.count == MONTHS_KEPT == 84
    assert found.amounts[-1] == 120


@pytest.mark.parametrize("kind", ["ratio", "difference"])
def test_the_scale_goes_both_ways(kind: str) -> None:
    found = history(*[10] * 12) if kind == "ratio" else history(*[10] * 9, 0, 0, 0)
    assert found.scale.kind == kind
    assert found.scale.euros(found.values) == pytest.approx(found.amounts)


def test_nothing_put_back_into_euros_goes_beyond_five_times_the_largest_month_nor_a_fifth_of_the_smallest() -> None:
    few, many = history(*[10] * 11, 20), history(*[10] * 9, 0, 0, -20)
    beyond = np.array([-1e6, 1e6])
    assert few.scale.euros(beyond) == pytest.approx([2, 100]) == few.scale.bounds
    assert many.scale.euros(beyond) == pytest.approx([-100, 100]) == many.scale.bounds


def test_a_series_that_ends_before_the_loss_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        history(*[10] * 12, first="2021-02", last="2021-03")
