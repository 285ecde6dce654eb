"""The lines of a monthly table, one a month whatever its layout; totals and remarks are told apart from months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vismajor.case.headings import Layout
from vismajor.case.months import MonthRead, fold, month_of_year, read_month
from vismajor.case.sheets import Cell, Sheet
from vismajor.reading.problems import Problem

_TOTAL = re.compile(r"(?:sous[- ])?tota(?:l|ux)\b|somme\b|cumul\b|sum\b")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class Line:
    """One month: how it is written, its amount, its variable costs where the table shows them; cells not yet read."""

    month: MonthRead
    label: Cell
    amount: Cell
    costs: Cell | None = None


@dataclass(frozen=True)
class Total:
    """A total that the table states: its cell, whether of revenue or costs, and the lines that it may be the sum of.

    `groups` are positions of lines; a total after several subtotals may count from the last one, or from the start.
    """

    label: Cell
    cell: Cell
    of_costs: bool
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Lines:
    """What stands under the heading: the months, the totals, the remarks below, and what no month could be read of."""

    months: tuple[Line, ...]
    totals: tuple[Total, ...] = ()
    remarks: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_lines(sheet: Sheet, layout: Layout) -> Lines:
    """Take a sheet apart by its layout."""
    rows = sheet.rows[layout.row + 1:]
    end = max((n for n, row in enumerate(rows, start=1) if not _is_remark(row)), default=0)
    remarks = tuple(cell for row in rows[end:] for cell in row if cell.text)
    taken = _long(sheet, layout, rows[:end]) if layout.kind == "long" else _wide(sheet, layout, rows[:end])
    return replace(taken, remarks=remarks)


def _is_remark(row: Sequence[Cell]) -> bool:
    """Tell whether a row is a note in words (“Source: …”): one cell that is neither a month nor a total nor a sum."""
    filled = [cell for cell in row if cell.text]
    return (len(filled) == 1 and isinstance(filled[0].value, str) and read_month(filled[0]).french is None
            and re.match(r"[^\W\d]{3,}", fold(filled[0].text)) is not None)


@dataclass
class _Taken:
    """Months and totals while a sheet is taken apart."""

    months: list[Line] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    since: int = 0  # the first line after the last total


def _long(sheet: Sheet, layout: Layout, rows: Sequence[Sequence[Cell]]) -> Lines:
    taken, problems = _Taken(), list[Problem]()
    width = len(sheet.rows[layout.row])
    for row in rows:
        label, amount = _at(row, layout.label), _at(row, layout.revenue)
        costs = None if layout.costs is None else _at(row, layout.costs)
        if _TOTAL.match(fold(label.text)):
            _take_total(taken, label, amount, costs)
        elif any(cell.text for cell in row[width:]):
            read = (sheet.separator or " | ").join(cell.text for cell in row[layout.revenue:])
            problems.append(sheet.problem(amount, "revenue_amount", read=read))
            taken.months.append(Line(_month(row, layout), label, replace(amount, value="0"), costs))
        else:
            taken.months.append(Line(_month(row, layout), label, amount, costs))
    return Lines(tuple(taken.months), tuple(taken.totals), problems=tuple(problems))


def _month(row: Sequence[Cell], layout: Layout) -> MonthRead:
    """Return the month of a row; where its year stands in a column of its own (`2021;mars`), of both."""
    label = _at(row, layout.label)
    if layout.year is not None:
        number = month_of_year(label.text) or label.text
        apart = read_month(replace(label, value=f"{number}/{_at(row, layout.year).text}"))
        if apart.french is not None:
            return apart
    return read_month(label)


def _at(row: Sequence[Cell], column: int) -> Cell:
    """Return the cell of a column, or an empty one after the last where a CSV's line is short."""
    return row[column] if column < len(row) else Cell("", row[-1].line, row[-1].column + len(row[-1].text))


def _take_total(taken: _Taken, label: Cell, amount: Cell, costs: Cell | None) -> None:
    whole, since = tuple(range(len(taken.months))), tuple(range(taken.since, len(taken.months)))
    groups: tuple[tuple[int, ...], ...] = (since, whole)
    if years := _YEAR.findall(label.text):
        wanted = {int(year) for year in years}
        groups = (tuple(n for n in whole if (taken.months[n].month.french or 0) // 12 in wanted),)
    taken.totals += [Total(label, cell, of_costs, groups) for cell, of_costs in ((amount, False), (costs, True))
                     if cell is not None and cell.text]
    taken.since = len(taken.months)


def _wide(sheet: Sheet, layout: Layout, rows: Sequence[Sequence[Cell]]) -> Lines:
    taken, problems = _Taken(), list[Problem]()
    columns: dict[int, list[int]] = {column: [] for column, _ in layout.months}
    for row in rows:
        label = _at(row, layout.label)
        years = _YEAR.findall(label.text)
        if _TOTAL.match(fold(label.text)):
            taken.totals += [Total(label, _at(row, at), False, (tuple(lines),)) for at, lines in columns.items()
                             if _at(row, at).text]
            continue
        if len(years) != 1:
            problems.append(sheet.problem(label, "revenue_year", read=label.text))
            continue
        start = len(taken.months)
        for at, line in _months_of(row, layout, int(years[0]), label):
            columns[at].append(len(taken.months))
            taken.months.append(line)
        if layout.total is not None and _at(row, layout.total).text:
            group = tuple(range(start, len(taken.months)))
            taken.totals.append(Total(label, _at(row, layout.total), False, (group,)))
    return _without_ends(Lines(tuple(taken.months), tuple(taken.totals), problems=tuple(problems)))


def _months_of(row: Sequence[Cell], layout: Layout, year: int, label: Cell) -> Iterator[tuple[int, Line]]:
    for at, month in layout.months:
        count = year * 12 + month - 1
        yield at, Line(MonthRead(count, count), label, _at(row, at))


def _without_ends(lines: Lines) -> Lines:
    """Leave out the empty months before the first amount and after the last: a year that begins or ends midway."""
    filled = [line.month.french or 0 for line in lines.months if line.amount.text]
    first, last = min(filled, default=1), max(filled, default=0)
    kept = [n for n, line in enumerate(lines.months) if first <= (line.month.french or 0) <= last]
    renumbered = {old: new for new, old in enumerate(kept)}
    totals = tuple(replace(total, groups=tuple(tuple(renumbered[n] for n in group if n in renumbered)
                                               for group in total.groups)) for total in lines.totals)
    return replace(lines, months=tuple(lines.months[n] for n in kept), totals=totals)
