"""Monthly revenue as a claimant's bookkeeper gives it: a CSV of `month;revenue`, euros, one line a month, no hole."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pydantic import ValidationError

from vismajor.case.models import Revenue, month_name, month_number
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.yaml_source import read_text

HEADER = ["month", "revenue"]


def read_revenue(path: Path, name: str) -> Revenue:
    """Read a monthly series; `name` is what errors call the file.

    Raises InvalidInput with every problem: wrong header, month or amount unreadable, month missing or twice.
    """
    rows = list(csv.reader(io.StringIO(read_text(path, name)), delimiter=";"))
    if [cell.strip() for cell in rows[0]] != HEADER:
        raise InvalidInput([problem(name, (1, 1), "revenue_header", read=";".join(rows[0]))])
    problems: list[Problem] = []
    months: list[int] = []
    amounts: list[Decimal] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        month, amount = _month_number(row[0].strip()), _amount(row[1] if len(row) == 2 else "")
        if month is None:
            problems.append(problem(name, (line, 1), "revenue_month", read=row[0]))
        if amount is None:
            problems.append(problem(name, (line, len(row[0]) + 2), "revenue_amount", read=";".join(row[1:])))
        if month is None or amount is None:
            continue
        if months and month != months[-1] + 1:
            code = "revenue_month_twice" if month in months else "revenue_hole"
            problems.append(problem(name, (line, 1), code, read=row[0], expected=month_name(months[-1] + 1)))
        months.append(month)
        amounts.append(amount)
    if not months and not problems:
        problems.append(problem(name, (1, 1), "revenue_empty"))
    if problems:
        raise InvalidInput(problems)
    return Revenue(first=month_name(months[0]), amounts=tuple(amounts))


def _month_number(text: str) -> int | None:
    try:
        return month_number(Revenue(first=text, amounts=()).first)
    except ValidationError:
        return None


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
