"""Monthly revenue as a claimant's bookkeeper gives it: a CSV of `month;revenue`, euros, one line a month, no hole."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from vismajor.case.series import MonthlySeries, month_name, month_number
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.yaml_source import read_text

HEADER = ["month", "revenue"]


def read_revenue(path: Path, name: str) -> MonthlySeries:
    """Read a monthly series; `name` is what errors call the file.

    Raises InvalidInput with every problem: wrong header, month or amount unreadable, month missing or twice.
    """
    (_, header), *rows = _rows(read_text(path, name), name)
    if [cell.strip() for cell in header] != HEADER:
        raise InvalidInput([problem(name, (1, 1), "revenue_header", read=";".join(header))])
    problems: list[Problem] = []
    months: list[int] = []
    amounts: list[Decimal] = []
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        month, amount = _month_number(row[0].strip()), _amount(row[1] if len(row) == 2 else "")
        if month is None:
            problems.append(problem(name, (line, 1), "revenue_month", read=row[0]))
        if amount is None:
            problems.append(problem(name, (line, len(row[0]) + 2), "revenue_amount", read=";".join(row[1:])))
        following = months[-1] + 1 if months else month
        if month is not None and following is not None and month != following:
            code = "revenue_month_twice" if month in months else "revenue_hole"
            problems.append(problem(name, (line, 1), code, read=row[0], expected=month_name(following)))
        # An unreadable line stands for the month that was due: one mistake is told once.
        if (counted := following if month is None else month) is not None:
            months.append(counted)
        if amount is not None:
            amounts.append(amount)
    if not months and not problems:
        problems.append(problem(name, (1, 1), "revenue_empty"))
    if problems:
        raise InvalidInput(problems)
    return MonthlySeries(first=month_name(months[0]), amounts=tuple(amounts))


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return every row with the number of its line."""
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=";", strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        while True:
            line = reader.line_num + 1
            rows.append((line, next(reader)))
    except StopIteration:
        return rows
    except csv.Error:
        raise InvalidInput([problem(name, (line, 1), "revenue_layout")]) from None


def _month_number(text: str) -> int | None:
    try:
        return month_number(MonthlySeries(first=text, amounts=()).first)
    except ValidationError:
        return None


def _amount(text: str) -> Decimal | None:
    # Credit notes can make a month negative; more than two decimals, or a million millions, is a slip of the export.
    return Decimal(text.strip()) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", text.strip()) else None
