"""A claimant's customers: who came when, who left when, and what each one brought a month.

One line a customer, CSV or XLSX, headings in French or English: id (client, nom), start (début, date d'entrée), end
(fin, date de départ; empty while the customer stays), monthly_margin (marge mensuelle) or monthly_revenue (CA mensuel);
and, where they are known, observed_from and observed_until (liste depuis le, arrêtée au): the days between which the
list names every departure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

from vismajor.case.amounts import Style, Unreadable, read_amount, readings, settle
from vismajor.case.currency import check_currency
from vismajor.case.customer_columns import AMOUNTS, Columns, find_columns
from vismajor.case.months import fold
from vismajor.case.series import SourceFile
from vismajor.case.sheets import Cell, open_tables
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import YEARS

FAR_OFF = 60 * 366  # days from the middle of the list's dates: no customer of sixty years, a slip of the century
ALONE = 2 * 366  # days after every other date: the year of the last date is a slip, and would date the whole list
OUTLIER = 50  # times the median amount: asked about, and kept
ALONE_ABOVE = 8  # times the largest of all other amounts: a digit too many
ENOUGH = 5  # customers, to say what is ordinary
_FORMULA = re.compile(r"[=@]|[-+]\s*[A-Za-z(]")  # an id goes into workbooks, where it would be run
_TOTAL = re.compile(r"(?:sous[- ])?tota(?:l|ux)\b")


@dataclass(frozen=True)
class Customer:
    """A customer as listed; amounts in euros a month, `end` the day it left (None while it stays)."""

    id: str
    start: dt.date
    end: dt.date | None
    monthly_margin: Decimal | None
    monthly_revenue: Decimal | None
    line: int


@dataclass(frozen=True)
class CustomerBook:
    """A customers list: departures are all named from `observed_from` (None: nobody says) to `observed_until`.

    `until_stated` is False where `observed_until` is only the latest date found. `findings` say what was noticed and
    kept: they stop nothing.
    """

    customers: tuple[Customer, ...]
    observed_until: dt.date
    file: SourceFile
    findings: tuple[Problem, ...] = ()
    observed_from: dt.date | None = None
    until_stated: bool = True


def read_customers(path: Path, name: str, *, observed_from: dt.date | None = None,
                   observed_until: dt.date | None = None) -> CustomerBook:
    """Read a customers list; `name` is what errors call the file; dates given here go before those of a column.

    Raises InvalidInput with every problem and its place: columns missing, dates that are none or out of order, ids
    missing or twice, amounts that are none or in another currency.
    """
    table = open_tables(path, name)
    columns = find_columns(table)
    reading = _Reading(columns, [], [*columns.findings])
    customers = reading.read_lines()
    first = observed_from or reading.read_bound("observed_from")
    until = observed_until or reading.read_bound("observed_until")
    latest = _check_dates(reading, customers, first, until)
    reading.problems += check_currency(columns.sheet, columns.row)
    if reading.problems:
        raise InvalidInput(reading.problems)
    _notice_outliers(reading, customers)
    if until is None:
        reading.findings.append(problem(name, (1, 1), "customers_until_latest", read=latest))
    sheet = columns.sheet
    file = SourceFile(name, table.sha256, "customers", table.encoding, sheet.separator, sheet.lines)
    return CustomerBook(tuple(customers), until or latest, file, tuple(sorted(set(reading.findings))), first,
                        until is not None)


def parse_date(cell: Cell) -> dt.date | Unreadable:
    """Return the date of a cell: YYYY-MM-DD, dd/mm/yyyy (or with . or -), a workbook's date; an hour of zero is left.

    Codes: customers_date, date_far_off.
    """
    value = cell.value
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
    else:
        text = re.sub(r"[T ]00:00(?::00(?:[.,]0+)?)?$", "", cell.text)
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
        french = re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", text)
        parts = iso.groups() if iso else (french[4], french[3], french[1]) if french else ("0", "0", "0")
        try:
            day = dt.date(*(int(part) for part in parts))
        except ValueError:
            far_off = re.fullmatch(r"0000-[0-9]{2}-[0-9]{2}", text)
            return Unreadable("date_far_off") if far_off else Unreadable("customers_date")
    return day if day.year in YEARS else Unreadable("date_far_off")


@dataclass
class _Reading:
    """One reading of one list: what was found wrong (problems) and what was noticed (findings)."""

    columns: Columns
    problems: list[Problem]
    findings: list[Problem]
    seen: dict[str, int] = field(default_factory=dict)
    rows: dict[int, Sequence[Cell]] = field(default_factory=dict)

    def report(self, cell: Cell, code: str, **values: object) -> None:
        self.problems.append(self.columns.sheet.problem(cell, code, **values))

    def notice(self, cell: Cell, code: str, **values: object) -> None:
        self.findings.append(self.columns.sheet.problem(cell, code, **values))

    def cell(self, line: int, column: str) -> Cell:
        """Return the cell of a line in a column, or the first one of the line where it is empty."""
        return self.columns.cell(self.rows[line], column) or self.rows[line][0]

    def read_lines(self) -> list[Customer]:
        """Return the customers of all lines that could be read; report the others."""
        sheet, rows = self.columns.sheet, [*self._rows()]
        self.rows = {row[0].line: row for row in rows}
        if sheet.broken:
            self.problems.append(problem(sheet.file, (sheet.broken, 1), "revenue_layout"))
        elif not rows and not self.problems:
            self.report(sheet.rows[self.columns.row][0], "customers_none")
        style, doubtful = settle(cell for row in rows for column in AMOUNTS if (cell := self.columns.cell(row, column)))
        if doubtful:
            self.report(doubtful, "amount_ambiguous", read=doubtful.text)
        return [customer for row in rows if (customer := self._customer(row, style))]

    def _rows(self) -> Iterator[Sequence[Cell]]:
        """Yield the lines of customers: neither totals nor lines that have more cells than the heading."""
        width = len(self.columns.sheet.rows[self.columns.row])
        for row in self.columns.lines:
            id_ = self.columns.cell(row, "id")
            dated = any(self.columns.cell(row, column) for column in ("start", "end"))
            if not dated and any(_TOTAL.match(fold(cell.text)) for cell in row):
                self.notice(id_ or row[0], "table_line_left", read=next(cell.text for cell in row if cell.text))
            elif any(cell.text for cell in row[width:]):
                self.report(row[width], "customers_line_too_long", read=len(row), expected=width)
            else:
                yield row

    def _customer(self, row: Sequence[Cell], style: Style) -> Customer | None:
        before = len(self.problems)
        id_, start, end = self._id(row), self._date(row, "start"), self._date(row, "end")
        if start and end and end < start:
            self.report(self.cell(row[0].line, "end"), "dates_out_of_order", read=f"{start} … {end}")
        margin, revenue = (self._amount(row, column, style) for column in AMOUNTS)
        if not any(self.columns.cell(row, column) for column in AMOUNTS):
            self.report(row[0], "customers_without_amount")
        if not start or len(self.problems) > before:
            return None
        return Customer(id_, start, end, margin, revenue, row[0].line)

    def _id(self, row: Sequence[Cell]) -> str:
        cell = self.columns.cell(row, "id")
        if cell is None:
            self.report(row[0], "customers_without_id")
            return ""
        text = " ".join(cell.text.split())
        if cell.flaw or _FORMULA.match(text):
            self.report(cell, "amount_formula", read=text)
        elif (first := self.seen.setdefault(text.casefold(), cell.line)) != cell.line:
            self.report(cell, "customers_twice", read=text, other=first)
        return text

    def _date(self, row: Sequence[Cell], column: str) -> dt.date | None:
        cell = self.columns.cell(row, column)
        if cell is None:
            if column == "start":
                self.report(row[0], "customers_without_start")
            return None
        day = parse_date(cell)
        if isinstance(day, Unreadable):
            self.report(cell, day.code, read=cell.text)
            return None
        return day

    def _amount(self, row: Sequence[Cell], column: str, style: Style) -> Decimal | None:
        cell = self.columns.cell(row, column)
        if cell is None:
            return None
        if style.mark is None and isinstance(cell.value, str) and len(set(readings(cell.value).values())) > 1:
            return None  # told once for the file
        amount = read_amount(cell, style)
        if isinstance(amount, Unreadable):
            self.report(cell, amount.code, read=cell.text)
            return None
        if amount < 0:
            self.notice(cell, "customers_negative", read=cell.text)
        return amount

    def read_bound(self, column: str) -> dt.date | None:
        """Return the one date of a column that dates the whole list, or None; several different ones are refused."""
        found: list[dt.date] = []
        for row in self.rows.values():
            day = self._date(row, column)
            if day and found and day != found[0]:
                self.report(self.cell(row[0].line, column), "customers_bounds_differ", read=day, other=found[0])
            found += [day] if day else []
        return found[0] if found else None


def _check_dates(reading: _Reading, customers: Sequence[Customer], first: dt.date | None, until: dt.date | None
                 ) -> dt.date:
    """Report dates that no other date of the list goes with, or after the list's own; return the latest."""
    dated = sorted([*((c.start, c.line, "start") for c in customers), *((c.end, c.line, "end") for c in customers
                                                                        if c.end)])
    if not dated:
        return dt.date.min
    middle = dated[len(dated) // 2][0]
    for day, line, column in dated:
        if abs((day - middle).days) > FAR_OFF:
            reading.report(reading.cell(line, column), "customers_date_far_off", read=day, other=middle)
        elif until and day > until:
            reading.report(reading.cell(line, column), "customers_after_list", read=day, other=until)
    latest, line, column = dated[-1]
    alone = len(dated) > 2 and (latest - dated[-2][0]).days > ALONE and (latest - middle).days <= FAR_OFF
    if until is None and alone:
        reading.report(reading.cell(line, column), "customers_date_alone", read=latest, other=dated[-2][0])
    if first and until and until < first:
        reading.report(reading.cell(dated[0][1], "observed_until"), "dates_out_of_order", read=f"{first} … {until}")
    return latest


def _notice_outliers(reading: _Reading, customers: Sequence[Customer]) -> None:
    """Notice amounts out of scale: far above the ordinary one, or alone far above all others; kept, but to be seen."""
    for column in AMOUNTS:
        amounts = [(abs(amount), c.line) for c in customers if (amount := getattr(c, column)) is not None]
        sizes = sorted(amount for amount, _ in amounts)
        typical = median(sizes) if sizes else Decimal(0)
        if len(amounts) < ENOUGH or not typical > 0:
            continue
        for amount, line in amounts:
            alone = amount == sizes[-1] and amount >= ALONE_ABOVE * sizes[-2]
            if amount > OUTLIER * typical or alone:
                times = int((amount / typical).quantize(Decimal(1), ROUND_HALF_UP))
                reading.notice(reading.cell(line, column), "customers_outlier", read=amount, other=typical, times=times)
