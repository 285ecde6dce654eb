"""What each head comes to, recomputed by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.reasoning.small_law import case
from vismajor.case.heads import HeadOfLoss
from vismajor.damages.amounts import Measure, borne, drawn, stated_amount


def _head(**stated: object) -> HeadOfLoss:
    return TypeAdapter(HeadOfLoss).validate_python({"id": "h", "duties": ["main"], **stated})


def _amount(vat_recovered: str = "1", **stated: object) -> Decimal:
    claimant = case([{"id": "one", "vat_recovered": Decimal(vat_recovered)}]).file.claimants[0]
    return stated_amount(_head(**stated), claimant)


def test_hours_are_counted_at_their_rate() -> None:
    assert _amount(kind="staff_hours", hours=Decimal("12.5"), hourly_rate=Decimal("33.33")) == Decimal("416.63")


def test_files_are_rebuilt_at_so_much_an_hour_after_verification() -> None:
    files = {"useful_files": 11_700, "hours_per_file": Decimal("0.5"), "hourly_rate": Decimal("64.50")}
    assert _amount(kind="data_recovery", verification=132_000, **files) == Decimal("509325.00")  # Nanterre, 2019


def test_fees_saved_come_off_the_cost_of_another_host_and_no_further_than_nothing() -> None:
    assert _amount(kind="rehosting", amount=4_380, fees_saved=Decimal("719.94")) == Decimal("3660.06")
    assert _amount(kind="rehosting", amount=100, fees_saved=300) == 0


@pytest.mark.parametrize(("recovered", "included", "expected"), [
    ("1", False, "1000.00"), ("1", True, "833.33"),  # a claimant that recovers the tax bears the price without it
    ("0", False, "1200.00"), ("0", True, "1000.00"),
    ("0.5", False, "1100.00"), ("0.5", True, "916.67"),
])
def test_tax_counts_where_the_claimant_bears_it(recovered: str, included: bool, expected: str) -> None:
    taxed = {"vat_rate": Decimal("0.2"), "vat_included": included}
    assert _amount(recovered, kind="crisis_costs", amount=1_000, **taxed) == Decimal(expected)


def test_an_amount_whose_rate_of_tax_is_not_stated_is_taken_as_it_is() -> None:
    head = _head(kind="crisis_costs", amount=1_000)
    assert borne(head, head.amount, case([{"id": "one", "vat_recovered": 0}]).file.claimants[0]) == 1_000


def test_what_is_measured_has_no_stated_amount() -> None:
    with pytest.raises(ValueError, match="measured"):
        _amount(kind="lost_margin", **{"from": "2021-03"})


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=60), st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_a_sum_between_two_simulated_ones_lies_on_a_line(sums: list[float], shares: list[float]) -> None:
    simulated = np.sort(np.array(sums))
    levels = (np.arange(simulated.size) + 0.5) / simulated.size
    share = np.array([*shares, *levels, 0.0, 1.0])
    measure = Measure(Decimal(1), Decimal(1), Decimal(1), simulated)
    assert drawn(measure, share) == pytest.approx(np.interp(share, levels, simulated), rel=1e-12, abs=1e-9)
