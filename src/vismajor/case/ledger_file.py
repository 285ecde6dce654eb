"""One ledger export (FEC): read, checked, and brought to postings by month and account."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path

import numpy as np

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_columns import check_header
from vismajor.case.ledger_entries import REASONS, Ints, LedgerTable, build_table, totals, year_end
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_findings import tolerances
from vismajor.case.ledger_lines import PIECE, LedgerLines, read_lines
from vismajor.case.ledger_text import LedgerText, open_ledger
from vismajor.case.series import Posting, SourceFile
from vismajor.reading.problems import InvalidInput, Problem, problem

OUTSIDE_MAP = "outside_map"
_FILE_NAME = re.compile(r"(?P<siren>[0-9]{9})[ _-]?FEC[ _-]?(?P<closing>[0-9]{8})", re.IGNORECASE)  # A. 47 A-1, IX
_LONGEST_YEAR = 24  # months: a first financial year may run to the end of the year after that of its beginning


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

    @property
    def end(self) -> dt.date:
        """The last day covered: the closing date where entries come into its month, else that of the last entry."""
        if self.closing and (self.closing.year, self.closing.month) == (self.last.year, self.last.month):
            return self.closing
        return self.last


def euros_of(cents: int) -> Decimal:
    """Return whole cents as euros."""
    return Decimal(int(cents)).scaleb(-2)


def read_ledger_file(path: Path, name: str, account_map: AccountMap) -> LedgerYear:
    """Read one file. Raises InvalidInput with every mistake of it, some twenty of each kind."""
    text = open_ledger(path, name)
    errors, findings = check_header(text.header, name)
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
    return _year(_Read(text, found, table, spread, closing, account_map), findings)


@dataclass(frozen=True)
class _Read:
    text: LedgerText
    found: LedgerLines
    table: LedgerTable
    spread: int
    closing: dt.date | None
    account_map: AccountMap


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
    if closing:
        low, high = _months_later(closing, -_LONGEST_YEAR), closing
    else:
        middle = dt.date.fromordinal(int(np.median(table.day)))
        low, high = _months_later(middle, -_LONGEST_YEAR), _months_later(middle, _LONGEST_YEAR)
    wrong = np.flatnonzero((days <= low.toordinal()) | (days > high.toordinal()))
    atoms, firsts = np.unique(table.atom, return_index=True)
    lines = dict(zip(atoms.tolist(), table.line[firsts].tolist(), strict=True)) if len(wrong) else {}
    for atom in sorted(wrong.tolist(), key=lambda atom: lines.get(atom, 0)):
        faults.add(problem(name, (lines.get(atom, 2), 1), "ledger_date_outside",
                           read=dt.date.fromordinal(int(days[atom])), first=low + dt.timedelta(1), last=high))
    if not len(wrong) and (first := dt.date.fromordinal(int(days.min()))) <= _months_later(
            last := dt.date.fromordinal(int(days.max())), -_LONGEST_YEAR):
        faults.add(problem(name, (2, 1), "ledger_several_years", first=first, last=last))


def _months_later(day: dt.date, months: int) -> dt.date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    last = calendar.monthrange(year, month)[1]
    # the end of a month stays the end of a month: from 30 June to 28 February
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if at_end else min(day.day, last))


def _year(read: _Read, findings: list[Problem]) -> LedgerYear:
    found, table, name = read.found, read.table, read.text.name
    first = dt.date.fromordinal(int(table.day.min()))
    last = dt.date.fromordinal(int(table.day.max()))
    end = read.closing or last.replace(day=calendar.monthrange(last.year, last.month)[1])
    reasons, monthly = year_end(table, found, first.replace(day=1), end)
    entries = _year_end_entries(read, reasons)
    source = SourceFile(name, read.text.sha256, "ledger", read.text.encoding, read.text.separator, len(found.lines))
    return LedgerYear(
        source, first, last, read.closing, int(np.count_nonzero(np.bincount(table.entry))), euros_of(table.debit.sum()),
        euros_of(table.credit.sum()), _journals(read), _accounts(read), entries, _postings(read, reasons),
        (*findings, *tolerances(read.text, found, table, read.spread, read.closing),
         *_year_end_told(entries, monthly, name)))


def _year_end_told(entries: tuple[YearEndEntry, ...], monthly: set[str], name: str) -> list[Problem]:
    told = []
    if "accrual" in monthly:
        told.append(problem(name, (1, 1), "ledger_cut_off_monthly"))
    if "stock" in monthly:
        told.append(problem(name, (1, 1), "ledger_stock_monthly"))
    # A year's accruals and the reversal of the last year's would hide each other: each day is told on its own.
    for (_, reason), those in groupby(sorted(entries, key=_day_and_reason), key=_day_and_reason):
        told.append(_set_apart(name, reason, list(those)))
    return told


def _day_and_reason(entry: YearEndEntry) -> tuple[dt.date, str]:
    return entry.date, entry.reason


def _set_apart(name: str, reason: str, entries: list[YearEndEntry]) -> Problem:
    place = (entries[0].line, 1)
    values = {"count": len(entries), "date": entries[0].date, "revenue": _to_cents(entry.revenue for entry in entries),
              "costs": _to_cents(entry.variable_costs for entry in entries)}
    if reason == "opening":
        return problem(name, place, "ledger_opening_apart", **values)
    if reason == "closing":
        return problem(name, place, "ledger_closing_apart", **values)
    if reason == "accrual":
        return problem(name, place, "ledger_accruals_apart", **values)
    return problem(name, place, "ledger_stock_apart", **values)


def _to_cents(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _journals(read: _Read) -> tuple[JournalTotal, ...]:
    table, names = read.table, list(read.found.journals.items())
    lines = np.bincount(table.journal, minlength=len(names))
    debit, credit = (totals(table.journal, side, len(names)) for side in (table.debit, table.credit))
    return tuple(JournalTotal(code, label, int(lines[i]), euros_of(debit[i]), euros_of(credit[i]))
                 for i, (code, label) in sorted(enumerate(names), key=lambda item: item[1]) if lines[i])


def _accounts(read: _Read) -> tuple[AccountTotal, ...]:
    table, names, using = read.table, list(read.found.accounts.items()), read.account_map
    lines = np.bincount(table.account, minlength=len(names))
    debit, credit = (totals(table.account, side, len(names)) for side in (table.debit, table.credit))
    return tuple(
        AccountTotal(number, label, int(lines[i]), euros_of(debit[i]), euros_of(credit[i]), using.is_revenue(number),
                     using.variable_share(number))
        for i, (number, label) in sorted(enumerate(names), key=lambda item: item[1]) if lines[i])


def _year_end_entries(read: _Read, reasons: Ints) -> tuple[YearEndEntry, ...]:
    """Return the entries set apart, in the order of the file, with what they would have brought."""
    table, numbers = read.table, list(read.found.accounts)
    journals = list(read.found.journals)
    sums: dict[tuple[int, int], list[Decimal]] = {}
    lines: dict[tuple[int, int], int] = {}
    for at in np.flatnonzero(reasons).tolist():
        key = (int(table.atom[at]), int(reasons[at]))
        lines.setdefault(key, int(table.line[at]))
        income = euros_of(table.credit[at] - table.debit[at])
        account, entry = numbers[table.account[at]], sums.setdefault(key, [Decimal(0), Decimal(0)])
        if read.account_map.is_revenue(account):
            entry[0] += income
        entry[1] -= income * (read.account_map.variable_share(account) or 0)
    found = []
    for (atom, reason), (revenue, costs) in sums.items():
        journal, number, day = read.found.atoms[atom]
        found.append(YearEndEntry(REASONS[reason], lines[atom, reason], journals[journal], number.strip(PIECE),
                                  dt.date.fromordinal(day), revenue, costs))
    return tuple(sorted(found, key=lambda entry: entry.line))


def _postings(read: _Read, reasons: Ints) -> tuple[Posting, ...]:
    """Add up the lines of classes 6 and 7, and of the accounts of the map, by month, account and reason."""
    table, names, using = read.table, list(read.found.accounts.items()), read.account_map
    revenue = [using.is_revenue(number) for number, _ in names]
    shares = [using.variable_share(number) for number, _ in names]
    wanted = np.array([number[0] in "67" or revenue[i] or shares[i] is not None for i, (number, _) in enumerate(names)],
                      np.bool_)
    at = np.flatnonzero(wanted[table.account])
    if not len(at):
        return ()
    # Positions among the accounts wanted, so that the table of all months and accounts is small.
    position = np.cumsum(wanted) - 1
    numbers = np.flatnonzero(wanted).tolist()
    months = _month_numbers(table.day[at])
    base = int(months.min())
    key = ((months - base) * len(numbers) + position[table.account[at]]) * len(REASONS) + reasons[at]
    counts = np.bincount(key)
    amounts = totals(key, table.credit[at] - table.debit[at], len(counts))
    start, end = np.zeros(len(counts), np.int64), np.zeros(len(counts), np.int64)
    start[key[::-1]], end[key] = table.line[at[::-1]], table.line[at]
    postings = []
    for packed in np.flatnonzero(counts).tolist():
        rest, reason = divmod(packed, len(REASONS))
        month, account = rest // len(numbers), numbers[rest % len(numbers)]
        number, label = names[account]
        share = Decimal(1) if revenue[account] else shares[account]
        income = revenue[account] or (share is None and number[0] == "7")
        apart = REASONS[reason] or (OUTSIDE_MAP if share is None else None)
        year, index = divmod(base + month, 12)
        postings.append(Posting(
            f"{year:04d}-{index + 1:02d}", number, label, euros_of(amounts[packed] if income else -amounts[packed]),
            share or Decimal(0), read.text.name, int(start[packed]), int(end[packed]),
            int(counts[packed]), apart))
    return tuple(sorted(postings, key=lambda posting: (posting.month, posting.account, posting.set_apart or "")))


def _month_numbers(days: Ints) -> Ints:
    """Return the month of each day, counted as series count them."""
    epoch = dt.date(1970, 1, 1).toordinal()
    months = (days - epoch).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    numbers: Ints = months + 1970 * 12
    return numbers
