"""The currency that a column of its own states (Devise, Currency): euros, or the table is refused."""

from __future__ import annotations

from collections.abc import Iterator

from vismajor.case.months import fold
from vismajor.case.sheets import Cell, Sheet
from vismajor.reading.problems import Problem

_HEADINGS = frozenset({"devise", "devises", "monnaie", "code devise", "currency", "ccy", "currency code"})
_EUROS = frozenset({"eur", "euro", "euros", "€"})


def names_currency(cell: Cell) -> bool:
    """Tell whether a heading is that of a column of currencies."""
    return fold(cell.text).rstrip(" :.*") in _HEADINGS


def check_currency(sheet: Sheet, row: int) -> Iterator[Problem]:
    """Tell each currency other than the euro that a column under the heading in `row` states, once, with its lines."""
    for at, heading in enumerate(sheet.rows[row]):
        others: dict[str, list[Cell]] = {}
        for line in sheet.rows[row + 1:] if names_currency(heading) else ():
            if at < len(line) and line[at].text and fold(line[at].text) not in _EUROS:
                others.setdefault(line[at].text, []).append(line[at])
        for currency, cells in others.items():
            yield sheet.problem(cells[0], "currency_column", read=currency, column=heading.text, count=len(cells))
