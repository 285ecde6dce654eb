"""The financial year of one ledger file, and the entries dated outside it.

The closing date in the file's name gives the year: twelve months back. A first or changed financial year may be longer,
up to 24 months: it is where entries go through the months before too, and none of them opens the twelve months. One
stray date must not stretch a year over months that nobody kept.
"""

from __future__ import annotations

import calendar
import datetime as dt

import numpy as np

from vismajor.case.ledger_entries import Ints, LedgerTable, first_lines
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_lines import LedgerLines
from vismajor.case.ledger_year_end import opening_journals
from vismajor.reading.problems import problem

LONGEST_YEAR = 24  # months: a first financial year may run to the end of the year after that of its beginning
_USUAL_YEAR = 12


def check_dates(found: LedgerLines, table: LedgerTable, closing: dt.date | None, faults: Faults, name: str) -> None:
    """Tell the entries of another financial year, each at its first line; or, where all are, the name of the file."""
    days = np.fromiter((key[2] for key in found.atoms), np.int64, len(found.atoms))
    first, last = (dt.date.fromordinal(int(day)) for day in (days.min(), days.max()))
    low, high = _span(found, table, days, closing)
    wrong = np.flatnonzero((days < low.toordinal()) | (days > high.toordinal()))
    if len(wrong) * 2 > len(days):
        faults.add(problem(name, (1, 1), "ledger_closing_elsewhere", read=closing, first=first, last=last) if closing
                   else problem(name, (2, 1), "ledger_several_years", first=first, last=last))
        return
    lines = table.line[first_lines(table.atom, len(days))]
    for atom in sorted(wrong.tolist(), key=lambda atom: int(lines[atom])):
        faults.add(problem(name, (int(lines[atom]), 1), "ledger_date_outside",
                           read=dt.date.fromordinal(int(days[atom])), first=low, last=high))
    if not len(wrong) and first <= months_later(last, -LONGEST_YEAR):
        faults.add(problem(name, (2, 1), "ledger_several_years", first=first, last=last))


def _span(found: LedgerLines, table: LedgerTable, days: Ints, closing: dt.date | None) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that an entry may bear."""
    end, oldest = (closing, _begin(closing, LONGEST_YEAR)) if closing else _around(table, days)
    usual = _begin(end, _USUAL_YEAR)
    before = days[(days < usual.toordinal()) & (days >= oldest.toordinal())]
    goes_on = bool((days >= usual.toordinal()).any())
    longer = len(before) and goes_on and not _opens(found, usual) and _is_spread(before, usual)
    return (oldest if longer else usual), end


def _around(table: LedgerTable, days: Ints) -> tuple[dt.date, dt.date]:
    """Return the end of the month of the last entry and the oldest day admitted, near the middle of all lines."""
    middle = dt.date.fromordinal(int(np.median(table.day)))
    last = dt.date.fromordinal(int(days[days <= months_later(middle, LONGEST_YEAR).toordinal()].max()))
    return last.replace(day=calendar.monthrange(last.year, last.month)[1]), months_later(middle, -LONGEST_YEAR)


def _begin(end: dt.date, months: int) -> dt.date:
    """Return the first day of a time of so many months that ends on a day."""
    return months_later(end, -months) + dt.timedelta(1)


def _opens(found: LedgerLines, first: dt.date) -> bool:
    """Tell whether balances are brought forward on this day: then a year begins on it."""
    named, coded = opening_journals(found)
    return any(day == first.toordinal() and (named[journal] or coded[journal]) for journal, _, day in found.atoms)


def _is_spread(before: Ints, usual: dt.date) -> bool:
    """Tell whether entries before the usual first day go through the months up to it, most of them at least."""
    moved = {(day.year, day.month) for day in map(dt.date.fromordinal, np.unique(before).tolist())}
    first = dt.date.fromordinal(int(before.min()))
    months = (usual.year - first.year) * 12 + usual.month - first.month + (usual.day > 1)
    return len(moved) * 2 > months


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later (before, where negative)."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    last = calendar.monthrange(year, month)[1]
    # the end of a month stays the end of a month: from 30 June to 28 February
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if at_end else min(day.day, last))


def first_day(first: dt.date, closing: dt.date | None) -> dt.date:
    """Return the first day of the financial year: twelve months before its end where this fits, else of a month."""
    usual = _begin(closing, _USUAL_YEAR) if closing else None
    return usual if usual and (usual.year, usual.month) == (first.year, first.month) else first.replace(day=1)
