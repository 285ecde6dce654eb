"""Monthly series, and the trail of the figures in them: from which file, accounts and lines each one comes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.reading.problems import Problem
from vismajor.reading.scalars import Month, Strict


def month_number(month: str) -> int:
    """Return a month YYYY-MM as a count of months, so that months can be subtracted."""
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def month_name(number: int) -> str:
    """Return the month YYYY-MM of a count of months."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


class MonthlySeries(Strict):
    """Amounts by month, without a hole: `first` month (YYYY-MM) and one amount in euros per month."""

    first: Month
    amounts: tuple[Decimal, ...]

    def months_before(self, month: Month) -> int:
        """Return how many months of the series come before `month` (negative when it comes before them all)."""
        return month_number(month) - month_number(self.first)

    @property
    def last(self) -> Month:
        """The last month of the series."""
        return month_name(month_number(self.first) + len(self.amounts) - 1)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the series, in order."""
        start = month_number(self.first)
        return tuple(month_name(start + index) for index in range(len(self.amounts)))


FileKind = Literal["ledger", "monthly_table", "customers"]


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: its path inside the case, its SHA-256, how it was understood, how many lines it has.

    `encoding` and `separator` are as found (`xlsx` and an empty text for a workbook).
    """

    path: str
    sha256: str
    kind: FileKind
    encoding: str
    separator: str
    lines: int


@dataclass(frozen=True)
class Posting:
    """What one account received in one month in one file: its trail is `lines` lines, from `first` to `last`.

    `amount` in euros, positive for income (a credit of class 7) and for a cost (a debit of class 6); `share` of it
    counts as a variable cost (1 for revenue). `set_apart` names why it does not count: a year-end entry, an account
    outside the map.
    """

    month: str
    account: str
    label: str
    amount: Decimal
    share: Decimal
    file: str
    first: int
    last: int
    lines: int
    set_apart: str | None = None


@dataclass(frozen=True)
class Books:
    """A claimant's accounts as read: monthly revenue, variable costs where the accounts show them, and their trail.

    `unaffected` is a series that the event did not touch (another site, product, an index of the sector), if any.
    `cells` are the places of the months of revenue in a monthly table (a line, or `sheet!cell`); `findings` is what
    the reading settled or left aside, to be looked into.
    """

    revenue: MonthlySeries
    variable_costs: MonthlySeries | None = None
    unaffected: MonthlySeries | None = None
    postings: tuple[Posting, ...] = ()
    files: tuple[SourceFile, ...] = ()
    cells: tuple[str, ...] = ()
    findings: tuple[Problem, ...] = ()
