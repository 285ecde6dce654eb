"""The rate of margin: as stated, or read off the three years before the loss, stock included."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vismajor.case.models import Accounts
from vismajor.case.series import Books, MonthlySeries, Posting
from vismajor.damages.margin_rate import margin_rate

LEDGER = Accounts(ledger=("fec.txt",))


def series(*amounts: int, first: str = "2018-01") -> MonthlySeries:
    return MonthlySeries(first=first, amounts=tuple(Decimal(amount) for amount in amounts))


def stock(month: str, amount: int, reason: str | None = "stock") -> Posting:
    return Posting(month, "603700", "Variation des stocks", Decimal(amount), Decimal(1), "fec.txt", 9, 9, 1, reason)


def test_a_stated_rate_counts_as_it_is() -> None:
    stated = margin_rate(Books(series(100)), Accounts(revenue="a.csv", variable_cost_rate=Decimal("0.35")), "2018-02")
    assert (stated.rate, stated.revenue) == (Decimal("0.65"), None)


def test_the_last_three_years_before_the_loss_are_read_and_no_other() -> None:
    books = Books(series(*[500] * 12, *[100] * 36, 9), series(*[0] * 12, *[40] * 36, 9))
    read = margin_rate(books, LEDGER, "2022-01")
    assert (read.rate, read.first, read.last) == (Decimal("0.6"), "2019-01", "2021-12")
    assert (read.revenue, read.variable_costs) == (3_600, 1_440)


def test_a_change_of_stock_at_a_closing_belongs_to_the_purchases_of_its_years() -> None:
    books = Books(series(*[100] * 12), series(*[40] * 12), postings=(
        stock("2018-12", 60), stock("2019-12", 500), stock("2018-12", 700, "accrual")))
    read = margin_rate(books, LEDGER, "2019-01")
    assert (read.variable_costs, read.stock_change, read.rate) == (540, 60, Decimal("0.55"))


def test_without_a_rate_and_without_costs_there_is_none() -> None:
    with pytest.raises(ValueError, match="variable cost rate"):
        margin_rate(Books(series(100)), LEDGER, "2018-02")
