"""One ledger export (FEC): read, checked, and brought to postings by month and account."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from pathlib import Path

import numpy as np

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_columns import check_header
from vismajor.case.ledger_entries import LedgerTable, build_table, first_lines
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_findings import tolerances, year_end_told
from vismajor.case.ledger_lines import LedgerLines, read_lines
from vismajor.case.ledger_postings import build_postings
from vismajor.case.ledger_text import LedgerText, open_ledger
from vismajor.case.ledger_year import LedgerYear, account_totals, euros_of, journal_totals, year_end_entries
from vismajor.case.ledger_year_end import year_end
from vismajor.case.series import SourceFile
from vismajor.reading.problems import InvalidInput, problem

_FILE_NAME = re.compile(r"(?P<siren>[0-9]{9})[ _-]?FEC[ _-]?(?P<closing>[0-9]{8})", re.IGNORECASE)  # A. 47 A-1, IX
_LONGEST_YEAR = 24  # months: a first financial year may run to the end of the year after that of its beginning


def read_ledger_file(path: Path, name: str, account_map: AccountMap) -> LedgerYear:
    """Read one file. Raises InvalidInput with every mistake of it, some twenty of each kind."""
    text = open_ledger(path, name)
    errors, _ = check_header(text.header, name)
    if errors:
        raise InvalidInput(errors)
    faults = Faults()
    found = read_lines(text, faults)
    if not found.lines:
        raise InvalidInput(faults.problems or [problem(name, (1, 1), "ledger_empty")])
    closing = _closing_date(path)
    _check_currency(found, text, faults)
    # Where lines could not be read, that their entries do not balance says nothing new.
    table, spread = build_table(found, Faults() if faults.problems else faults, name)
    _check_dates(found, table, closing, faults, name)
    if faults.problems:
        raise InvalidInput(faults.problems)
    return _year(text, found, table, spread, closing, account_map)


def _closing_date(path: Path) -> dt.date | None:
    match = _FILE_NAME.search(path.name)
    try:
        return dt.datetime.strptime(match["closing"], "%Y%m%d").date() if match else None
    except ValueError:
        return None


def company_number(path: str) -> str:
    """Return the SIREN that the name of a file bears, or nothing."""
    match = _FILE_NAME.search(Path(path).name)
    return match["siren"] if match else ""


def _check_currency(found: LedgerLines, text: LedgerText, faults: Faults) -> None:
    """A ledger whose every line bears another currency is kept in it; a line or two only recall an invoice's."""
    if found.lines and found.currencies.total() >= len(found.lines) and len(found.currencies) == 1:
        faults.add(problem(text.name, (2, 1), "ledger_currency", read=next(iter(found.currencies))))


def _check_dates(found: LedgerLines, table: LedgerTable, closing: dt.date | None, faults: Faults, name: str) -> None:
    """Tell the entries dated after the closing date, or long before it (without one: long from most entries)."""
    days = np.fromiter((key[2] for key in found.atoms), np.int64, len(found.atoms))
    low, high = _span(table, closing)
    wrong = np.flatnonzero((days <= low.toordinal()) | (days > high.toordinal()))
    lines = table.line[first_lines(table.atom, len(days))]
    for atom in sorted(wrong.tolist(), key=lambda atom: int(lines[atom])):
        faults.add(problem(name, (int(lines[atom]), 1), "ledger_date_outside",
                           read=dt.date.fromordinal(int(days[atom])), first=low + dt.timedelta(1), last=high))
    first, last = (dt.date.fromordinal(int(day)) for day in (days.min(), days.max()))
    if not len(wrong) and first <= _months_later(last, -_LONGEST_YEAR):
        faults.add(problem(name, (2, 1), "ledger_several_years", first=first, last=last))


def _span(table: LedgerTable, closing: dt.date | None) -> tuple[dt.date, dt.date]:
    """Return the day before the first one and the last one that an entry may bear."""
    if closing:
        return _months_later(closing, -_LONGEST_YEAR), closing
    middle = dt.date.fromordinal(int(np.median(table.day)))
    return _months_later(middle, -_LONGEST_YEAR), _months_later(middle, _LONGEST_YEAR)


def _months_later(day: dt.date, months: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    last = calendar.monthrange(year, month)[1]
    # the end of a month stays the end of a month: from 30 June to 28 February
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if at_end else min(day.day, last))


def _first_day(first: dt.date, closing: dt.date | None) -> dt.date:
    """Return the first day of the financial year: twelve months before its end where this fits, else of a month."""
    usual = _months_later(closing, -12) + dt.timedelta(1) if closing else None
    return usual if usual and (usual.year, usual.month) == (first.year, first.month) else first.replace(day=1)


def _year(text: LedgerText, found: LedgerLines, table: LedgerTable, spread: int, closing: dt.date | None,
          using: AccountMap) -> LedgerYear:
    name = text.name
    first = dt.date.fromordinal(int(table.day.min()))
    last = dt.date.fromordinal(int(table.day.max()))
    end = closing or last.replace(day=calendar.monthrange(last.year, last.month)[1])
    reasons, monthly = year_end(table, found, _first_day(first, closing), end)
    entries = year_end_entries(found, table, reasons, using)
    findings = [*check_header(text.header, name)[1], *tolerances(text, found, table, spread, closing),
                *year_end_told(entries, monthly, name)]
    return LedgerYear(
        SourceFile(name, text.sha256, "ledger", text.encoding, text.separator, len(found.lines)),
        first, last, closing, int(np.count_nonzero(np.bincount(table.entry))),
        euros_of(table.debit.sum()), euros_of(table.credit.sum()), journal_totals(found, table),
        account_totals(found, table, using), entries, build_postings(found, table, reasons, using, name),
        tuple(findings))
