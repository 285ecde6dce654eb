"""Which column of a customers list is what, by its heading, in French or in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vismajor.case.amounts import FOREIGN
from vismajor.case.currency import names_currency
from vismajor.case.months import fold
from vismajor.case.sheets import Cell, Sheet, TableFile
from vismajor.reading.problems import InvalidInput, Problem, closest

SEARCHED = 50  # lines: titles and dates of printing may stand above the heading
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "code client", "numero client", "n client", "reference", "client", "customer", "nom", "name",
           "raison sociale"),  # a code goes before a name
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
NEEDED = (("id",), ("start",), ("end",), AMOUNTS)  # one of each
_KINDS = {spelling: column for column, spellings in COLUMNS.items() for spelling in spellings}
_THOUSANDS = re.compile(r"k ?€|m€|\bkeur\b|\bmilliers?\b|\bthousands?\b|\bmillions?\b")


@dataclass(frozen=True)
class Columns:
    """Where the heading stands, which position of a row holds what, and what is to be said of the heading."""

    sheet: Sheet
    row: int
    positions: Mapping[str, int]
    findings: tuple[Problem, ...]

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows under the heading."""
        return self.sheet.rows[self.row + 1:]

    def cell(self, row: Sequence[Cell], column: str) -> Cell | None:
        """Return the cell of a row in a column, or None where it is empty or there is no such column."""
        at = self.positions.get(column)
        return row[at] if at is not None and at < len(row) and row[at].text else None


def looks_like_customers(table: TableFile) -> bool:
    """Tell from its headings whether a file is a customers list: a customer and a date of arrival or departure."""
    headings = ({_KINDS.get(_key(cell)) for cell in row} for sheet in table.sheets for row in sheet.rows[:SEARCHED])
    return any("id" in found and found & {"start", "end"} for found in headings)


def find_columns(table: TableFile) -> Columns:
    """Return the sheet and the row that name the most columns, and these columns.

    Raises InvalidInput where one is missing, stands twice, or is not in euros: every mistake of the heading.
    """
    known = [(sum(_key(cell) in _KINDS for cell in row), sheet, number)
             for sheet in table.sheets for number, row in enumerate(sheet.rows[:SEARCHED])]
    _, sheet, number = max(known, key=lambda one: one[0])  # in a tie, the first
    heading = sheet.rows[number]
    places: dict[str, list[int]] = {}
    for at, cell in enumerate(heading):
        if column := _KINDS.get(_key(cell)):
            places.setdefault(column, []).append(at)
    positions = {column: min(found, key=lambda at: _rank(column, heading[at])) for column, found in places.items()}
    problems = [*_twice(sheet, heading, places, positions), *_not_euros(sheet, heading, positions)]
    told, left = _missing(sheet, heading, positions)
    if problems + told:
        raise InvalidInput(problems + told)
    left += [heading[at] for at in places["id"] if at != positions["id"]]
    findings = [sheet.problem(cell, "table_column_left", read=cell.text) for cell in left]
    others = [other.name for score, other, _ in known if other.name and other is not sheet and score >= len(NEEDED)]
    if others:
        findings.append(sheet.problem(heading[0], "table_other_sheets", read=", ".join(others), first=sheet.name))
    return Columns(sheet, number, positions, tuple(findings))


def _key(cell: Cell) -> str:
    """Return a heading without case, accents, punctuation, or what stands in brackets."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", " ", fold(cell.text))))


def _rank(column: str, cell: Cell) -> int:
    return COLUMNS[column].index(_key(cell)) if column == "id" else 0


def _twice(sheet: Sheet, heading: Sequence[Cell], places: Mapping[str, list[int]], positions: Mapping[str, int]
           ) -> Iterator[Problem]:
    """Tell of columns that stand twice; a name beside a code is only not read."""
    for column, found in places.items():
        for cell in (heading[at] for at in found if at != positions[column]):
            if column != "id" or _key(cell) == _key(heading[positions[column]]):
                yield sheet.problem(cell, "customers_column_twice", read=cell.text, expected=column)


def _not_euros(sheet: Sheet, heading: Sequence[Cell], positions: Mapping[str, int]) -> Iterator[Problem]:
    for cell in (heading[positions[column]] for column in AMOUNTS if column in positions):
        for code, found in (("amount_currency", FOREIGN.search(cell.text)),
                            ("amount_thousands", _THOUSANDS.search(fold(cell.text)))):
            if found:
                yield sheet.problem(cell, code, read=cell.text)


def _missing(sheet: Sheet, heading: Sequence[Cell], positions: Mapping[str, int]) -> tuple[list[Problem], list[Cell]]:
    """Tell of missing columns, at the heading that looks like a slip of one; return the headings left over."""
    missing = [group for group in NEEDED if not set(group) & positions.keys()]
    spellings = {spelling: group for group in missing for column in group for spelling in COLUMNS[column]}
    problems, left = list[Problem](), list[Cell]()
    for cell in heading:
        if not cell.text or _key(cell) in _KINDS:
            continue
        near = closest(_key(cell), spellings)
        if near and spellings[near] in missing:
            missing.remove(spellings[near])
            problems.append(sheet.problem(cell, "customers_column_unknown", read=cell.text, nearest=near))
        elif not names_currency(cell):
            left.append(cell)
    read = (sheet.separator or " | ").join(cell.text for cell in heading)
    problems += [sheet.problem(heading[0], "customers_column_missing", read=read, expected=" / ".join(group))
                 for group in missing]
    return problems, left
