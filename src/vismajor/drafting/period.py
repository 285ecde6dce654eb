"""Months as they are said: “de mars à octobre 2021”, “March to October 2021”, and lists of months by their runs."""

from __future__ import annotations

import re

from vismajor.case.series import month_name, month_number
from vismajor.drafting import typography

_MONTHS = re.compile(r"\d{4}-\d{2}(?:, \d{4}-\d{2})*")


def period_said(first: str, last: str, language: str) -> str:
    """Say the months from one YYYY-MM to another, both included; the year once where it is the same."""
    if first == last:
        return typography.partial_date(first, language)
    start, end = (typography.partial_date(month, language) for month in (first, last))
    if first[:4] == last[:4]:
        start = typography.month_of_year(int(first[5:]), language)
    if language != "fr":
        return f"{start} to {end}"
    return typography.elided(f"de {start} à {end}", language)


def months_said(text: str, language: str) -> str:
    """Return a text with each list of months YYYY-MM said by its runs: `d’avril à juin 2020, août 2020`."""
    return _MONTHS.sub(lambda found: _runs_said(found[0].split(", "), language), text)


def _runs_said(months: list[str], language: str) -> str:
    runs: list[list[int]] = []
    for number in map(month_number, months):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(period_said(month_name(first), month_name(last), language) for first, last in runs)
