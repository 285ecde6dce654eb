"""What is told of one ledger file: all that is read otherwise than the statute writes it, all that is set apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

import numpy as np

from vismajor.case.ledger_entries import LedgerTable
from vismajor.case.ledger_lines import PIECE, LedgerLines
from vismajor.case.ledger_text import LedgerText
from vismajor.case.ledger_year import YearEndEntry
from vismajor.reading.problems import Problem, problem


def tolerances(text: LedgerText, found: LedgerLines, table: LedgerTable, spread: int,
               closing: dt.date | None) -> list[Problem]:
    """Return what was tolerated, a finding for each kind, with how many lines and the first of them."""
    return [*_of_the_file(text, closing), *_of_the_writing(text, found), *_of_the_lines(text, found, table),
            *_of_the_entries(text, found, table, spread)]


def _of_the_file(text: LedgerText, closing: dt.date | None) -> list[Problem]:
    told, top = [], (1, 1)
    if text.encoding == "cp1252":  # the statute names ASCII, ISO 8859-15, EBCDIC; the tax office takes UTF-8 too
        told.append(problem(text.name, top, "ledger_cp1252"))
    if text.garbled:
        told.append(problem(text.name, text.garbled, "ledger_garbled"))
    if text.separator not in "\t|":
        told.append(problem(text.name, top, "ledger_separator", read=text.separator))
    if text.quoted:
        told.append(problem(text.name, top, "ledger_quoted"))
    if closing is None:
        told.append(problem(text.name, top, "ledger_file_name", read=text.path.name))
    return told


def _of_the_writing(text: LedgerText, found: LedgerLines) -> list[Problem]:
    told, name = [], text.name

    def place(kind: str) -> tuple[int, int]:
        return found.first_tolerated[kind], 1

    for way in ("AAAA-MM-JJ", "JJ/MM/AAAA"):
        if way in found.tolerated:
            told.append(problem(name, place(way), "ledger_dates_written", read=way))
    if "point" in found.tolerated:
        told.append(problem(name, place("point"), "ledger_decimal_point"))
    if "thousands" in found.tolerated:
        told.append(problem(name, place("thousands"), "ledger_thousands"))
    for kind, count in found.tolerated.items():
        if kind == "blank":
            told.append(problem(name, place(kind), "ledger_blank_lines", count=count))
        if kind == "short":
            told.append(problem(name, place(kind), "ledger_short_lines", count=count))
        if kind == "trailing":
            told.append(problem(name, place(kind), "ledger_trailing_separator", count=count))
    return told


def _of_the_lines(text: LedgerText, found: LedgerLines, table: LedgerTable) -> list[Problem]:
    told, name = [], text.name
    both = np.flatnonzero((table.debit != 0) & (table.credit != 0))
    if len(both):
        told.append(problem(name, (int(table.line[both[0]]), 1), "ledger_both_sides", count=len(both)))
    negative = np.flatnonzero((table.debit < 0) | (table.credit < 0))
    if len(negative):
        told.append(problem(name, (int(table.line[negative[0]]), 1), "ledger_negative", count=len(negative)))
    numbers = list(found.accounts)
    memo = [number for number in numbers if number[0] in "89"]
    if memo:
        first = int(table.line[np.flatnonzero(table.account == numbers.index(memo[0]))[0]])
        shown = ", ".join(memo[:8]) + ("…" if len(memo) > 8 else "")
        told.append(problem(name, (first, 1), "ledger_classes_8_9", names=shown))
    if found.currencies:
        told.append(problem(name, (1, 1), "ledger_currencies", count=found.currencies.total(),
                            names=", ".join(sorted(found.currencies))))
    return told


def _of_the_entries(text: LedgerText, found: LedgerLines, table: LedgerTable, spread: int) -> list[Problem]:
    told: list[Problem] = []
    if spread:
        told.append(problem(text.name, (1, 1), "ledger_entries_spread", count=spread))
    unnumbered = [index for index, (_, number, _) in enumerate(found.atoms) if number[:1] == PIECE]
    if unnumbered:
        lines = np.flatnonzero(np.isin(table.atom, unnumbered))
        told.append(problem(text.name, (int(table.line[lines[0]]), 1), "ledger_without_numbers", count=len(lines)))
    return told


def year_end_told(entries: tuple[YearEndEntry, ...], monthly: set[str], name: str) -> list[Problem]:
    """Return what is told of entries set apart, and of those that are not since the books are cut off monthly."""
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
