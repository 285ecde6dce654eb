"""Lost margin from known figures: what comes on top, what comes off, never below nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.damages.margin import lost_margin

SUMS = st.decimals(0, 1_000_000, places=2)


def test_costs_caused_come_on_top_and_costs_saved_come_off() -> None:
    found = lost_margin(Decimal(100), Decimal(40), Decimal("0.25"), Decimal(5), Decimal(12))
    assert found == Decimal("52.00")  # 60 × 0.75 + 12 − 5


def test_a_rate_that_is_no_share_is_refused() -> None:
    for rate in ("1.01", "-0.01", "35"):
        with pytest.raises(ValueError, match="share"):
            lost_margin(Decimal(1), Decimal(0), Decimal(rate))


@given(SUMS, SUMS, st.decimals(0, 1, places=3))
def test_more_revenue_in_the_period_never_makes_the_loss_greater(expected: Decimal, actual: Decimal, rate: Decimal
                                                                 ) -> None:
    assert 0 <= lost_margin(expected, actual + 1, rate) <= lost_margin(expected, actual, rate) <= expected
