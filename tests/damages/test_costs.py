"""Costs: the bands of the contribution at their edges, and what courts grant, drawn world by world."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.damages.costs import (
    IrrecoverableCosts,
    Payer,
    TaxableCosts,
    contribution,
    draw_irrecoverable,
    draw_taxable,
)
from vismajor.law.rates import Contribution
from vismajor.law.reader import read_law
from vismajor.reasoning.worlds import Worlds

FOUND = read_law("fr").rates
assert FOUND is not None
RULE: Contribution = FOUND.contribution
WORLDS = Worlds("costs", 4_000)
MILLION = 1_000_000


def owed(claimed: float, size: float, profit: float = 0, employees: int = 250, kind: str = "company") -> Decimal:
    payer = Payer(kind, employees, Decimal(str(size)), Decimal(str(profit)))  # type: ignore[arg-type]
    return contribution(Decimal(str(claimed)), payer, RULE)


@pytest.mark.parametrize(("claimed", "size", "profit", "due"), [
    (50_000, 100 * MILLION, 4 * MILLION, 0), (50_000.01, 100 * MILLION, 4 * MILLION, 1_500),
    (100_000, 50 * MILLION, 4 * MILLION, 0), (100_000, 50 * MILLION + 1, 4 * MILLION, 3_000),
    (100_000, 100 * MILLION, 3 * MILLION, 0), (100_000, 100 * MILLION, 3 * MILLION + 1, 3_000),
    (100_000, 1_500 * MILLION, 4 * MILLION, 3_000), (100_000, 1_501 * MILLION, 1, 5_000),
    (100_000, 1_501 * MILLION, 0, 0), (3 * MILLION, 1_501 * MILLION, 1, 100_000),
])
def test_a_company_pays_by_the_band_of_its_turnover_and_profit(claimed: float, size: int, profit: int, due: int
                                                                  ) -> None:
    assert owed(claimed, size, profit) == due


@pytest.mark.parametrize(("income", "due"), [
    (250_000, 0), (250_001, 10_000), (500_000, 10_000), (500_001, 20_000), (1_000_001, 30_000)])
def test_a_person_pays_by_income(income: int, due: int) -> None:
    assert owed(MILLION, income, kind="person") == due
    assert owed(10 * MILLION, income, kind="person") == min(
        {10_000: 17_000, 20_000: 33_000, 30_000: 50_000}.get(due, 0), 10 * due)


def test_fewer_than_250_employees_pay_nothing() -> None:
    assert owed(MILLION, 200 * MILLION, 10 * MILLION, employees=249) == 0


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_who_claims_more_never_pays_less(one: int, other: int) -> None:
    assert owed(min(one, other), 2e9, 1e6) <= owed(max(one, other), 2e9, 1e6) <= 100_000


def test_a_court_grants_within_its_bounds_and_never_more_than_was_asked() -> None:
    granted = {"low": Decimal(1_000), "likely": Decimal(3_000), "high": Decimal(8_000)}
    drawn = draw_irrecoverable(IrrecoverableCosts(asked=Decimal(5_000), granted=granted), WORLDS, "one")
    assert drawn.shape == (4_000,)
    assert drawn.min() >= 1_000
    assert drawn.max() == 5_000
    free = draw_irrecoverable(IrrecoverableCosts(asked=Decimal(9_000), granted=granted), WORLDS, "one")
    assert free.mean() == pytest.approx(4_000, rel=0.02)
    assert np.array_equal(np.minimum(free, 5_000), drawn)  # the same draws


def test_taxable_costs_are_the_experts_fee_the_others_and_the_contribution() -> None:
    fixed = {"low": Decimal(200), "likely": Decimal(200), "high": Decimal(200)}
    fee = {"low": Decimal(5_000), "likely": Decimal(10_000), "high": Decimal(15_000)}
    drawn = draw_taxable(TaxableCosts(expert_fee=fee, other=fixed, contribution=Decimal(30_000)), WORLDS, "one")
    assert drawn.min() >= 35_200
    assert drawn.mean() == pytest.approx(40_200, rel=0.01)
    assert (draw_taxable(TaxableCosts(), WORLDS, "one") == 0).all()


def test_the_draws_of_one_claimant_do_not_depend_on_another() -> None:
    costs = TaxableCosts(expert_fee={"low": 0, "likely": 1, "high": 2})
    assert not np.array_equal(draw_taxable(costs, WORLDS, "one"), draw_taxable(costs, WORLDS, "two"))
