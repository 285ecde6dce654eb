"""What insurance pays: a share where too little was insured, never more than the loss or the sum insured."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.damages.insurance import average_clause, premium_rule

SUMS = st.decimals(1, 1_000_000, places=2)


def test_who_insured_enough_is_paid_the_whole_loss() -> None:
    assert average_clause(Decimal(120), Decimal(100), Decimal(60)) == Decimal("60.00")
    assert premium_rule(Decimal(12), Decimal(10), Decimal(60)) == Decimal("60.00")


def test_nothing_at_risk_is_refused() -> None:
    for rule in (average_clause, premium_rule):
        with pytest.raises(ValueError, match="above nought"):
            rule(Decimal(1), Decimal(0), Decimal(1))


@given(SUMS, SUMS, SUMS)
def test_an_insurer_never_pays_more_than_the_loss_or_the_sum_insured(insured: Decimal, value: Decimal, loss: Decimal
                                                                     ) -> None:
    paid = average_clause(insured, value, loss)
    assert 0 <= paid <= min(insured, loss)
