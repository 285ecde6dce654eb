"""Amounts in euros as accountants write them; the decimal mark is settled by the file as a whole, never by one amount.

`1.234` is a thousand for one program and a little more than one for another: where no other amount of the file shows
which, it is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from vismajor.case.sheets import Cell
from vismajor.reading.scalars import LARGEST_SUM

Mark = Literal[",", "."]
SPACES = " \u00a0\u202f\u2009\u2007"  # between thousands; spreadsheets export several of them
FOREIGN = re.compile(r"[$£¥]|\b(?:USD|GBP|CHF|JPY|CAD|FRF)\b", re.IGNORECASE)
_EURO = re.compile(r"^(?:€|EUR(?:OS?)?\b)\s*|\s*(?:€|(?<![A-Z])EUR(?:OS?)?)$", re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]\s*(?:[kKM]€|[kK]EUR|M?EUR\s*[kK])", re.IGNORECASE)
_ERROR = re.compile(r"#[A-ZÀ-Ü/0-9?!]+[!?]?|#N/?A", re.IGNORECASE)
_FORMULA = re.compile(r"[=@]|[-+]\s*[A-Za-z(]")


def _pattern(mark: Mark) -> re.Pattern[str]:
    """What an amount looks like with this decimal mark: thousands by a space, an apostrophe or the other mark."""
    other = "." if mark == "," else ","
    whole = rf"[1-9][0-9]{{0,2}}(?P<by>[{SPACES}'’{other}])[0-9]{{3}}(?:(?P=by)[0-9]{{3}})*|[0-9]+"
    return re.compile(rf"(?P<whole>{whole})(?:\{mark}(?P<cents>[0-9]+))?")


_PATTERNS: dict[Mark, re.Pattern[str]] = {",": _pattern(","), ".": _pattern(".")}


@dataclass(frozen=True)
class Style:
    """How the amounts of a file are written: their decimal mark, or None where none of them shows one."""

    mark: Mark | None


@dataclass(frozen=True)
class Unreadable:
    """Why a cell holds no amount: a code of `messages/`."""

    code: str


def readings(text: str) -> dict[Mark, Decimal]:
    """Return what an amount may be, by the decimal mark of its file: `1.234` is 1234 or 1.234, `n/a` nothing."""
    bare = _EURO.sub("", text.strip()).strip()
    negative = False
    if match := re.fullmatch(r"\((.+)\)|[-−–]\s*(.+)|(.+?)\s*[-−]", bare):
        negative, bare = True, _EURO.sub("", next(filter(None, match.groups())).strip()).strip()
    found: dict[Mark, Decimal] = {}
    for mark, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(bare):
            amount = Decimal(re.sub(r"[^0-9]", "", match["whole"]) + "." + (match["cents"] or "0"))
            amount = amount if match["cents"] else amount.to_integral_value()
            found[mark] = -amount if negative else amount
    return found


def settle(cells: Iterable[Cell]) -> tuple[Style, Cell | None]:
    """Return the style of a file's amounts, and the first that stays ambiguous (None where all are settled).

    Where amounts are written both ways, most of them settle the style (a tie: the first); the others are unreadable.
    """
    votes: Counter[Mark] = Counter()
    doubtful: list[Cell] = []
    for cell in cells:
        found = readings(cell.value) if isinstance(cell.value, str) else {}
        if len(found) == 1:
            votes.update(found)
        elif len(set(found.values())) == 2:
            doubtful.append(cell)
    if votes:
        return Style(votes.most_common(1)[0][0]), None  # in a tie, the one met first
    return Style(None), doubtful[0] if doubtful else None


def read_amount(cell: Cell, style: Style) -> Decimal | Unreadable:
    """Return the amount of a cell, to the cent; a workbook's number is rounded half up, a text must have two decimals.

    Codes: revenue_amount, amount_formula, amount_error, amount_currency, amount_thousands, amount_absurd.
    """
    if cell.flaw.startswith("="):
        return Unreadable("amount_formula")
    if cell.flaw:
        return Unreadable("amount_error")
    if cell.unit:
        return Unreadable("amount_currency")
    if isinstance(cell.value, int | float):
        return _in_bounds(Decimal(repr(cell.value)))
    if not isinstance(cell.value, str):
        return Unreadable("revenue_amount")
    text = cell.value.strip()
    for code, pattern in (("amount_error", _ERROR), ("amount_formula", _FORMULA)):
        if pattern.match(text):
            return Unreadable(code)
    if FOREIGN.search(text):
        return Unreadable("amount_currency")
    if _THOUSANDS.search(text):
        return Unreadable("amount_thousands")
    found = readings(text)
    # Where no amount shows the mark, both readings are the same, or it was asked for all of them.
    amount = found.get(style.mark) if style.mark else max(found.values(), key=abs, default=None)
    if amount is None or amount.as_tuple().exponent < -2:  # type: ignore[operator]  # finite: an int
        return Unreadable("revenue_amount")
    return _in_bounds(amount)


def _in_bounds(amount: Decimal) -> Decimal | Unreadable:
    if not amount.is_finite() or abs(amount) >= LARGEST_SUM:
        return Unreadable("amount_absurd")
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
