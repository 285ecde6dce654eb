"""What one file of a ledger shows: its financial year, journals, accounts, entries set apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_entries import Ints, LedgerTable, totals
from vismajor.case.ledger_lines import PIECE, LedgerLines
from vismajor.case.ledger_year_end import REASONS
from vismajor.case.series import Posting, SourceFile
from vismajor.reading.problems import Problem


@dataclass(frozen=True)
class JournalTotal:
    """A journal of one file, in euros."""

    code: str
    label: str
    lines: int
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True)
class AccountTotal:
    """An account of one file, in euros; `share` is what varies of a cost; None where the map does not speak of it."""

    number: str
    label: str
    lines: int
    debit: Decimal
    credit: Decimal
    revenue: bool
    share: Decimal | None


@dataclass(frozen=True)
class YearEndEntry:
    """An entry set apart: why (`opening`, `closing`, `accrual`, `stock`), where, what it would have brought in euros.

    `variable_costs` is the part that would have varied, after the shares of the map.
    """

    reason: str
    line: int
    journal: str
    number: str
    date: dt.date
    revenue: Decimal
    variable_costs: Decimal


@dataclass(frozen=True)
class Peak:
    """The line of a month that weighs most, of revenue or of variable costs: its number, its amount in euros."""

    month: str
    revenue: bool
    line: int
    amount: Decimal


@dataclass(frozen=True)
class LedgerYear:
    """One file of a ledger: its first and last entry date, the closing date that its name gives, totals, findings.

    `postings` are those of all its months; `findings` what was tolerated, and what was set apart.
    """

    source: SourceFile
    first: dt.date
    last: dt.date
    closing: dt.date | None
    entries: int
    debit: Decimal
    credit: Decimal
    journals: tuple[JournalTotal, ...]
    accounts: tuple[AccountTotal, ...]
    year_end: tuple[YearEndEntry, ...]
    postings: tuple[Posting, ...]
    findings: tuple[Problem, ...]
    peaks: tuple[Peak, ...] = ()

    @property
    def end(self) -> dt.date:
        """The last day covered: the closing date where entries come into its month, else that of the last entry."""
        if self.closing and (self.closing.year, self.closing.month) == (self.last.year, self.last.month):
            return self.closing
        return self.last


def euros_of(cents: int) -> Decimal:
    """Return whole cents as euros."""
    return Decimal(int(cents)).scaleb(-2)


def journal_totals(found: LedgerLines, table: LedgerTable) -> tuple[JournalTotal, ...]:
    """Return the totals of each journal, in the order of their codes."""
    names = list(found.journals.items())
    lines = np.bincount(table.journal, minlength=len(names))
    debit, credit = (totals(table.journal, side, len(names)) for side in (table.debit, table.credit))
    return tuple(JournalTotal(code, label, int(lines[i]), euros_of(debit[i]), euros_of(credit[i]))
                 for i, (code, label) in sorted(enumerate(names), key=lambda item: item[1]) if lines[i])


def account_totals(found: LedgerLines, table: LedgerTable, using: AccountMap) -> tuple[AccountTotal, ...]:
    """Return the totals of each account, in the order of their numbers."""
    names = list(found.accounts.items())
    lines = np.bincount(table.account, minlength=len(names))
    debit, credit = (totals(table.account, side, len(names)) for side in (table.debit, table.credit))
    return tuple(
        AccountTotal(number, label, int(lines[i]), euros_of(debit[i]), euros_of(credit[i]), using.is_revenue(number),
                     using.variable_share(number))
        for i, (number, label) in sorted(enumerate(names), key=lambda item: item[1]) if lines[i])


def year_end_entries(found: LedgerLines, table: LedgerTable, reasons: Ints,
                     using: AccountMap) -> tuple[YearEndEntry, ...]:
    """Return the entries set apart, in the order of the file, with what they would have brought."""
    numbers, journals = list(found.accounts), list(found.journals)
    sums: dict[tuple[int, int], tuple[int, Decimal, Decimal]] = {}
    for at in np.flatnonzero(reasons).tolist():
        key = (int(table.atom[at]), int(reasons[at]))
        income, account = euros_of(table.credit[at] - table.debit[at]), numbers[table.account[at]]
        line, revenue, costs = sums.get(key, (int(table.line[at]), Decimal(0), Decimal(0)))
        revenue += income if using.is_revenue(account) else 0
        sums[key] = (line, revenue, costs - income * (using.variable_share(account) or 0))
    entries = []
    for (atom, reason), (line, revenue, costs) in sums.items():
        journal, number, day = found.atoms[atom]
        entries.append(YearEndEntry(REASONS[reason], line, journals[journal], number.strip(PIECE),
                                    dt.date.fromordinal(day), revenue, costs))
    return tuple(sorted(entries, key=lambda entry: entry.line))
