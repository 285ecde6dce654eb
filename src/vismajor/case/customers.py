"""A claimant's customers: who came when, who left when, and what each one brought a month.

One line a customer, CSV or XLSX, headings in French or English: id (client, nom), start (début, date d'entrée), end
(fin, date de départ; empty while the customer stays), monthly_margin (marge mensuelle) or monthly_revenue (CA mensuel);
and, where they are known, observed_from and observed_until (liste depuis le, arrêtée au): the days between which the
list names every departure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from vismajor.case.cells import (
    OTHER_CURRENCY,
    Cell,
    DecimalSign,
    Table,
    UnreadableCell,
    decimal_sign,
    fold,
    parse_amount,
    parse_date,
    read_table,
)
from vismajor.case.series import SourceFile
from vismajor.reading.problems import InvalidInput, Problem, closest, problem

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "code client", "numero client", "n client", "reference", "client", "customer", "nom", "name",
           "raison sociale"),
    "start": ("start", "debut", "date de debut", "date d entree", "date entree", "entree", "start date",
              "customer since", "client depuis", "client depuis le"),
    "end": ("end", "fin", "date de fin", "date de depart", "date depart", "depart", "date de sortie", "date sortie",
            "sortie", "end date"),
    "monthly_margin": ("monthly margin", "marge mensuelle", "marge mensuelle ht", "marge par mois"),
    "monthly_revenue": ("monthly revenue", "ca mensuel", "ca mensuel ht", "chiffre d affaires mensuel",
                        "chiffre d affaires mensuel ht"),
    "observed_from": ("observed from", "liste depuis", "liste depuis le", "depuis le"),
    "observed_until": ("observed until", "arrete au", "arretee au", "liste arretee au", "liste au", "as of"),
}
AMOUNTS = ("monthly_margin", "monthly_revenue")
FAR_OFF = 60 * 366  # days from the middle of the list's dates: no customer of sixty years, a slip of the century
ALONE = 2 * 366  # days after every other date: the year of the last date is a slip, and would date the whole list
OUTLIER = 50  # times the median amount: asked about, and kept


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

    Raises InvalidInput with every problem and its place: missing columns, dates that are none or out of order, ids
    missing or twice, amounts that are none or in another currency.
    """
    table = read_table(path, name)
    reading = _Reading(table)
    reading.find_columns()
    if reading.problems:  # without its columns no line can be read
        raise InvalidInput(reading.problems)
    customers = reading.read_lines()
    first = observed_from or reading.read_bound("observed_from")
    until = observed_until or reading.read_bound("observed_until")
    latest = reading.check_dates(customers, first, until)
    if reading.problems:
        raise InvalidInput(reading.problems)
    reading.notice(customers)
    if until is None:
        reading.find((1, 1), "customers_until_latest", read=latest.isoformat())
    file = SourceFile(name, table.sha256, "customers", table.encoding, table.separator, len(customers))
    return CustomerBook(tuple(customers), until or latest, file, tuple(sorted(set(reading.findings))), first,
                        until is not None)


@dataclass
class _Reading:
    """One reading of one table: what was found wrong (problems) and what was noticed (findings)."""

    table: Table
    problems: list[Problem] = field(default_factory=list)
    findings: list[Problem] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)  # number of the cell in its row

    def __post_init__(self) -> None:
        self._rows = {row[0].line: row for row in self.table.rows}

    def report(self, place: tuple[int, int], code: str, **values: object) -> None:
        self.problems.append(problem(self.table.name, place, code, **values))

    def find(self, place: tuple[int, int], code: str, **values: object) -> None:
        self.findings.append(problem(self.table.name, place, code, **values))

    def find_columns(self) -> None:
        """Settle which cell of a row holds what, by the first row."""
        wanted = {spelling: column for column, spellings in COLUMNS.items() for spelling in spellings}
        unknown: list[Cell] = []
        places: dict[str, list[int]] = {}
        for number, cell in enumerate(self.table.rows[0]):
            column = wanted.get(fold(cell.text))
            if column:
                places.setdefault(column, []).append(number)
            elif cell.text:
                unknown.append(cell)
            if column in AMOUNTS and OTHER_CURRENCY.search(cell.text):
                self.report((cell.line, cell.column), "cell_other_currency", read=cell.text)
        for column, numbers in places.items():
            self._choose(column, numbers)
        self._say_missing(unknown)

    def _choose(self, column: str, numbers: list[int]) -> None:
        """Keep one cell for a column; a code goes before a name, and any other column stands once."""
        header = self.table.rows[0]
        first, *others = sorted(numbers, key=lambda n: (COLUMNS[column].index(fold(header[n].text)), n)
                                if column == "id" else (0, n))
        self.columns[column] = first
        for cell in (header[number] for number in others):
            if column == "id" and fold(cell.text) != fold(header[first].text):
                self.find((cell.line, cell.column), "customers_column_unused", read=cell.text)
            else:
                self.report((cell.line, cell.column), "customers_column_twice", read=cell.text, expected=column)

    def _say_missing(self, unknown: list[Cell]) -> None:
        """Report the columns that are missing, at the heading that looks like a slip of one; name the unused ones."""
        needed = [("id",), ("start",), ("end",), AMOUNTS]
        missing = [group for group in needed if not set(group) & self.columns.keys()]
        spellings = {spelling: group for group in missing for column in group for spelling in COLUMNS[column]}
        for cell in unknown:
            near = closest(fold(cell.text), spellings)
            if near and spellings[near] in missing:
                missing.remove(spellings[near])
                self.report((cell.line, cell.column), "customers_column_unknown", read=cell.text, nearest=near)
            else:
                self.find((cell.line, cell.column), "customers_column_unused", read=cell.text)
        read = ", ".join(cell.text for cell in self.table.rows[0])
        for group in missing:
            self.report((self.table.rows[0][0].line, 1), "customers_column_missing", read=read,
                        expected=" / ".join(group))

    def read_lines(self) -> list[Customer]:
        """Return the customers of all lines that could be read; report the others."""
        signs = {column: decimal_sign(cell.value for row in self.table.rows[1:] if (cell := self._cell(row, column)))
                 for column in AMOUNTS}
        found: list[Customer] = []
        if len(self.table.rows) == 1:
            self.report((self.table.rows[0][0].line, 1), "customers_none")
        seen: dict[str, int] = {}
        for row in self.table.rows[1:]:
            width = len(self.table.rows[0])
            if any(cell.text for cell in row[width:]):
                self.report((row[0].line, row[width].column), "customers_line_too_long", read=len(row), expected=width)
                continue
            customer = self._read_line(row, signs)
            id_ = self._id(row, seen)
            if customer and id_:
                found.append(Customer(id_, *customer, line=row[0].line))
        return found

    def _cell(self, row: Sequence[Cell], column: str) -> Cell | None:
        number = self.columns.get(column)
        return row[number] if number is not None and number < len(row) and row[number].text else None

    def _id(self, row: Sequence[Cell], seen: dict[str, int]) -> str:
        cell = self._cell(row, "id")
        if cell is None:
            self.report((row[0].line, 1), "customers_without_id")
            return ""
        whole = isinstance(cell.value, float) and cell.value.is_integer()  # a workbook holds 12 as 12.0
        text = " ".join((str(int(cell.value)) if whole else cell.text).split())
        if re.match(r"[=@]|[+-]\s*[A-Za-z]", text):
            self.report((cell.line, cell.column), "cell_formula", read=text)
        elif (first := seen.setdefault(text.casefold(), cell.line)) != cell.line:
            self.report((cell.line, cell.column), "customers_twice", read=text, other=first)
        return text

    def _read_line(self, row: Sequence[Cell], signs: Mapping[str, DecimalSign | None]
                   ) -> tuple[dt.date, dt.date | None, Decimal | None, Decimal | None] | None:
        before = len(self.problems)
        start, end = self._date(row, "start", needed=True), self._date(row, "end", needed=False)
        if start and end and end < start and (cell := self._cell(row, "end")):
            self.report((cell.line, cell.column), "dates_out_of_order", read=f"{start} … {end}")
        margin, revenue = (self._amount(row, column, signs[column]) for column in AMOUNTS)
        given = [column for column in AMOUNTS if self._cell(row, column)]
        if not given:
            self.report((row[0].line, 1), "customers_without_amount")
        return (start, end, margin, revenue) if start and len(self.problems) == before else None

    def _date(self, row: Sequence[Cell], column: str, *, needed: bool) -> dt.date | None:
        cell = self._cell(row, column)
        if cell is None:
            if needed:
                self.report((row[0].line, 1), "customers_without_start")
            return None
        day: dt.date | None = self._parsed(cell, parse_date, cell.value)
        return day

    def _amount(self, row: Sequence[Cell], column: str, sign: DecimalSign | None) -> Decimal | None:
        cell = self._cell(row, column)
        if cell is None:
            return None
        amount: Decimal | None = self._parsed(cell, parse_amount, cell.value, sign)
        if amount is not None and amount < 0:
            self.find((cell.line, cell.column), "customers_negative", read=cell.text)
        return amount

    def _parsed(self, cell: Cell, parse: Any, *arguments: Any) -> Any:
        try:
            return parse(*arguments)
        except UnreadableCell as error:
            self.report((cell.line, cell.column), error.code, read=cell.text)
            return None

    def read_bound(self, column: str) -> dt.date | None:
        """Return the one date of a column that dates the whole list, or None; several different ones are refused."""
        cells = [cell for row in self.table.rows[1:] if (cell := self._cell(row, column))]
        found = [(day, cell) for cell in cells if (day := self._parsed(cell, parse_date, cell.value))]
        for day, cell in found:
            if day != found[0][0]:
                self.report((cell.line, cell.column), "customers_bounds_differ", read=day, other=found[0][0])
        return found[0][0] if found else None

    def check_dates(self, customers: list[Customer], first: dt.date | None, until: dt.date | None) -> dt.date:
        """Report dates that no other date of the list goes with; return the latest one."""
        dated = sorted([(c.start, c.line, "start") for c in customers]
                       + [(c.end, c.line, "end") for c in customers if c.end])
        if not dated:
            return dt.date.min
        middle = dated[len(dated) // 2][0]
        for day, line, column in dated:
            if abs((day - middle).days) > FAR_OFF:
                self.report(self._place(line, column), "customers_date_far_off", read=day, other=middle)
            elif until and day > until:
                self.report(self._place(line, column), "customers_after_list", read=day, other=until)
        latest, line, column = dated[-1]
        if until is None and len(dated) > 2 and (latest - dated[-2][0]).days > ALONE:
            self.report(self._place(line, column), "customers_date_alone", read=latest, other=dated[-2][0])
        if first and until and until < first:
            self.report((1, 1), "dates_out_of_order", read=f"{first} … {until}")
        return latest

    def _place(self, line: int, column: str) -> tuple[int, int]:
        cell = self._cell(self._rows[line], column)
        return (line, cell.column) if cell else (line, 1)

    def notice(self, customers: list[Customer]) -> None:
        """Find amounts far above the others: kept, but somebody should look."""
        for column in AMOUNTS:
            amounts = [(abs(amount), c.line) for c in customers if (amount := getattr(c, column)) is not None]
            typical = median(amount for amount, _ in amounts) if amounts else Decimal(0)
            for amount, line in amounts:
                if len(amounts) >= 5 and amount > OUTLIER * typical > 0:
                    self.find(self._place(line, column), "customers_outlier", read=amount, other=typical)
