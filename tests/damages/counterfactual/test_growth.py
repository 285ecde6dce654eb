"""Growth rates of published worked examples, to the euro."""

from __future__ import annotations

import pytest

from vismajor.damages.counterfactual import difference_in_differences, mean_growth

TURNOVERS = (1_186_452, 1_335_427, 1_597_433)  # of an assessors' published example of lost turnover


def test_the_mean_of_yearly_growth_rates_gives_the_published_expected_turnover() -> None:
    growth = mean_growth(TURNOVERS)
    assert growth == pytest.approx((1_335_427 / 1_186_452 - 1 + 1_597_433 / 1_335_427 - 1) / 2)
    assert round(100 * growth, 3) == 16.088
    expected = TURNOVERS[-1] * (1 + growth)
    assert round(expected) == 1_854_428
    assert round(expected - 1_300_000) == 554_428


def test_the_difference_in_differences_of_card_and_krueger_is_found_again() -> None:
    # Full-time jobs a restaurant, before and after: New Jersey 20.44, 21.03; Pennsylvania 23.33, 21.17.
    assert difference_in_differences(20.44, 21.03, 23.33, 21.17) == pytest.approx(2.75)
    assert difference_in_differences(23.33, 21.17, 20.44, 21.03) == pytest.approx(-2.75)
