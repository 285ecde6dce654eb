"""From the lines of one file to postings: one for each month, account and reason to set apart, with its trail."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_entries import Ints, LedgerTable, totals
from vismajor.case.ledger_lines import LedgerLines
from vismajor.case.ledger_year import euros_of
from vismajor.case.ledger_year_end import REASONS
from vismajor.case.series import Posting, month_name

OUTSIDE_MAP = "outside_map"


def build_postings(found: LedgerLines, table: LedgerTable, reasons: Ints, using: AccountMap,
                   file: str) -> tuple[Posting, ...]:
    """Add up the lines of classes 6 and 7, and of the accounts of the map, by month, account and reason."""
    names = list(found.accounts.items())
    wanted = np.array([_is_wanted(number, using) for number, _ in names], np.bool_)
    at = np.flatnonzero(wanted[table.account])
    if not len(at):
        return ()
    # Positions among the accounts wanted, so that the table of all months and accounts is small.
    position, chosen = np.cumsum(wanted) - 1, np.flatnonzero(wanted).tolist()
    months = month_numbers(table.day[at])
    base = int(months.min())
    key = ((months - base) * len(chosen) + position[table.account[at]]) * len(REASONS) + reasons[at]
    counts, lines = np.bincount(key), table.line[at]
    amounts = totals(key, table.credit[at] - table.debit[at], len(counts))
    start, end = np.zeros(len(counts), np.int64), np.zeros(len(counts), np.int64)
    start[key[::-1]], end[key] = lines[::-1], lines
    postings = []
    for packed in np.flatnonzero(counts).tolist():
        rest, reason = divmod(packed, len(REASONS))
        month, account = divmod(rest, len(chosen))
        postings.append(_posting(names[chosen[account]], month_name(base + month), int(amounts[packed]), using, file,
                                 (int(start[packed]), int(end[packed]), int(counts[packed])), REASONS[reason]))
    return tuple(sorted(postings, key=lambda posting: (posting.month, posting.account, posting.set_apart or "")))


def _is_wanted(number: str, using: AccountMap) -> bool:
    return number[0] in "67" or using.is_revenue(number) or using.variable_share(number) is not None


def _posting(account: tuple[str, str], month: str, income: int, using: AccountMap, file: str,
             trail: tuple[int, int, int], reason: str) -> Posting:
    """Return a posting; `income` in cents is what was credited less what was debited."""
    number, label = account
    share = Decimal(1) if using.is_revenue(number) else using.variable_share(number)
    is_income = using.is_revenue(number) or (share is None and number[0] == "7")
    return Posting(month, number, label, euros_of(income if is_income else -income), share or Decimal(0), file, *trail,
                   reason or (OUTSIDE_MAP if share is None else None))


def month_numbers(days: Ints) -> Ints:
    """Return the month of each day, counted as series count them."""
    epoch = dt.date(1970, 1, 1).toordinal()
    months = (days - epoch).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    numbers: Ints = months + 1970 * 12
    return numbers
