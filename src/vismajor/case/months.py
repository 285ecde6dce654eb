"""Months as accountants write them: 2021-03, 03/2021, 03/21, mars 2021, Mar-21, 2021-03-01, 31/03/2021, a workbook's
date.

The order of day and month is settled by the file as a whole: 03/04/2021 is April in France, March in America.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vismajor.case.sheets import Cell
from vismajor.reading.scalars import YEARS

Order = Literal["french", "american"]
NAMES = (
    ("janvier", "janv", "jan", "january"), ("fevrier", "fevr", "fev", "february", "feb"), ("mars", "mar", "march"),
    ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "jun", "june"), ("juillet", "juil", "jul", "july"),
    ("aout", "august", "aug"), ("septembre", "sept", "sep", "september"), ("octobre", "oct", "october"),
    ("novembre", "nov", "november"), ("decembre", "dec", "december"),
)
_NUMBERS = {name: number for number, names in enumerate(NAMES, start=1) for name in names}
_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:[.,]0+)?)?$")


@dataclass(frozen=True)
class MonthRead:
    """What a cell may mean, as a count of months, if days come first (`french`) or months do (`american`)."""

    french: int | None
    american: int | None


def fold(text: str) -> str:
    """Return a text without case and accents, with single plain spaces and straight apostrophes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.replace("’", "'").casefold().split())


def month_of_year(text: str) -> int | None:
    """Return the number of a month's name, French or English, whole or shortened: `févr.` gives 2."""
    return _NUMBERS.get(fold(text).rstrip("."))


def read_month(cell: Cell) -> MonthRead:
    """Return the month of a cell."""
    if isinstance(cell.value, dt.date):
        return _alike(_count(cell.value.year, cell.value.month))
    text = _MIDNIGHT.sub("", fold(cell.text))
    if match := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?", text):
        return _alike(_count(int(match[1]), int(match[3]), int(match[4] or 1)))
    if match := re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})", text):
        return _alike(_count(int(match[1]), int(match[2])))
    if match := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{4})", text):
        return _alike(_count(int(match[2]), int(match[1])))
    if match := re.fullmatch(r"([0-9]{1,2})[-/](1[3-9]|[2-9][0-9])", text):  # 03/21; 03/04 may be a day and a month
        return _alike(_count(_year(match[2]), int(match[1])))
    if match := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})", text):
        one, other, year = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
        return MonthRead(_count(_year(year), int(other), int(one)), _count(_year(year), int(one), int(other)))
    if match := re.fullmatch(r"(?:([0-9]{1,2})(?:er)?[ -])?([a-z]+)\.?[ '/-]*([0-9]{4}|[0-9]{2})", text):
        return _alike(_count(_year(match[3]), _NUMBERS.get(match[2], 0), int(match[1] or 1)))
    if match := re.fullmatch(r"([0-9]{4})[ /-]([a-z]+)\.?", text):
        return _alike(_count(int(match[1]), _NUMBERS.get(match[2], 0)))
    return _alike(None)


def settle_order(months: Sequence[MonthRead]) -> Order | None:
    """Return in which order the dates of a file stand, or None where the file does not show it.

    A day above 12 shows it; so do days that, read as months, would give the same month again and again, or months far
    apart. The American order is taken only where a date can be nothing else.
    """
    if all(month.french == month.american for month in months):
        return "french"
    french = any(month.american is None for month in months if month.french is not None)
    american = any(month.french is None for month in months if month.american is not None)
    if french or american:
        return "french" if french else "american"
    readings = ([month.french for month in months], [month.american for month in months])
    french_months, american_months = ({month for month in reading if month is not None} for reading in readings)
    if _filled(french_months) > _filled(american_months):
        return "french"
    return None


def _filled(months: set[int]) -> tuple[int, int]:
    """Return how many months there are, and (negative) over how long a time: more is a better table, then closer."""
    return len(months), min(months, default=0) - max(months, default=0)


def _alike(count: int | None) -> MonthRead:
    return MonthRead(count, count)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _count(year: int, month: int, day: int = 1) -> int | None:
    """Return a month as a count of months, or None where there is no such day, or none of our times."""
    try:
        dt.date(year, month, day)
    except ValueError:
        return None
    return year * 12 + month - 1 if year in YEARS else None
