"""One ledger export (FEC): read, checked, and brought to postings by month and account."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_columns import check_header
from vismajor.case.ledger_entries import LedgerTable, build_table
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_findings import tolerances, year_end_told
from vismajor.case.ledger_lines import LedgerLines, read_lines
from vismajor.case.ledger_postings import build_postings
from vismajor.case.ledger_scale import find_peaks
from vismajor.case.ledger_span import check_dates, first_day
from vismajor.case.ledger_text import LedgerText, open_ledger
from vismajor.case.ledger_twins import check_twins
from vismajor.case.ledger_year import LedgerYear, account_totals, euros_of, journal_totals, year_end_entries
from vismajor.case.ledger_year_end import year_end
from vismajor.case.series import SourceFile
from vismajor.reading.problems import InvalidInput, problem

_FILE_NAME = re.compile(r"(?P<siren>[0-9]{9})[ _-]?FEC[ _-]?(?P<closing>[0-9]{8})", re.IGNORECASE)  # A. 47 A-1, IX


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
    check_dates(found, table, closing, faults, name)
    alike = check_twins(found, table, faults, name)
    if faults.problems:
        raise InvalidInput(faults.problems)
    year = _year(text, found, table, spread, closing, account_map)
    return replace(year, findings=(*year.findings, *alike))


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


def _year(text: LedgerText, found: LedgerLines, table: LedgerTable, spread: int, closing: dt.date | None,
          using: AccountMap) -> LedgerYear:
    name = text.name
    first = dt.date.fromordinal(int(table.day.min()))
    last = dt.date.fromordinal(int(table.day.max()))
    end = closing or last.replace(day=calendar.monthrange(last.year, last.month)[1])
    reasons, monthly = year_end(table, found, first_day(first, closing), end)
    entries = year_end_entries(found, table, reasons, using)
    findings = [*check_header(text.header, name)[1], *tolerances(text, found, table, spread, closing),
                *year_end_told(entries, monthly, name)]
    return LedgerYear(
        SourceFile(name, text.sha256, "ledger", text.encoding, text.separator, len(found.lines)),
        first, last, closing, int(np.count_nonzero(np.bincount(table.entry))),
        euros_of(table.debit.sum()), euros_of(table.credit.sum()), journal_totals(found, table),
        account_totals(found, table, using), entries, build_postings(found, table, reasons, using, name),
        tuple(findings), find_peaks(found, table, reasons, using))
