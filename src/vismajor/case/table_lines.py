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
# T1 2021, 1er trimestre 2021, Q1 2021: a quarter among months is their sum
_QUARTER = re.compile(r"(?:[tq] ?([1-4])|([1-4])(?:er|re|e|eme|nd|st|rd|th)? ?(?:trim(?:estre)?\.?|quarter)|"
                      r"(?:trim(?:estre)?\.?|quarter) ?([1-4]))(?: ?[-/' ]? ?((?:19|20)?[0-9]{2}))?")
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
    take = {"long": _long, "wide": _wide, "grid": _grid}[layout.kind]
    return replace(take(sheet, layout, rows[:end]), remarks=remarks)


def _is_remark(row: Sequence[Cell]) -> bool:
    """Tell whether a row is a note in words (“Source: …”): one cell that is neither a month nor a total nor a sum."""
    filled = [cell for cell in row if cell.text]
    return (len(filled) == 1 and isinstance(filled[0].value, str) and read_month(filled[0]).french is None
            and re.match(r"[^\W\d]{3,}", fold(filled[0].text)) is not None)


_Quarter = tuple[re.Match[str], Cell, Cell, Cell | None, int]
"""A quarter's row: its label as matched, its label, amount, costs, and how many months stand above it."""


@dataclass
class _Taken:
    """Months and totals while a sheet is taken apart."""

    months: list[Line] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    since: int = 0  # the first line after the last total


def _long(sheet: Sheet, layout: Layout, rows: Sequence[Sequence[Cell]]) -> Lines:
    taken, problems, quarters = _Taken(), list[Problem](), list[_Quarter]()
    width = len(sheet.rows[layout.row])
    for row in rows:
        label, amount = _at(row, layout.label), _at(row, layout.revenue)
        costs = None if layout.costs is None else _at(row, layout.costs)
        if _TOTAL.match(fold(label.text)):
            _take_total(taken, label, amount, costs)
        elif quarter := _QUARTER.fullmatch(fold(label.text)):
            quarters.append((quarter, label, amount, costs, len(taken.months)))
        elif any(cell.text for cell in row[width:]):
            read = (sheet.separator or " | ").join(cell.text for cell in row[layout.revenue:])
            problems.append(sheet.problem(amount, "revenue_amount", read=read))
            taken.months.append(Line(_month(row, layout), label, replace(amount, value="0"), costs))
        else:
            taken.months.append(Line(_month(row, layout), label, amount, costs))
    for one in quarters:
        if group := _months_of_quarter(taken.months, one):
            taken.totals += _totals(one[1], one[2], one[3], (group,))
        else:
            problems.append(sheet.problem(one[1], "revenue_quarter", read=one[1].text))
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
    taken.totals += _totals(label, amount, costs, groups)
    taken.since = len(taken.months)


def _totals(label: Cell, amount: Cell, costs: Cell | None, groups: tuple[tuple[int, ...], ...]) -> list[Total]:
    return [Total(label, cell, of_costs, groups) for cell, of_costs in ((amount, False), (costs, True))
            if cell is not None and cell.text]


def _months_of_quarter(months: Sequence[Line], quarter: _Quarter) -> tuple[int, ...]:
    """Return the positions of the three months that a quarter adds up, or nothing where they are not all there.

    Without its year it is the one whose months stand nearest above it.
    """
    match, *_, above = quarter
    number = int(next(filter(None, match.groups()[:3])))
    wanted = range(3 * number - 3, 3 * number)
    counts = [line.month.french for line in months]
    fitting = [at for at, count in enumerate(counts) if count is not None and count % 12 in wanted
               and (match[4] is None or count // 12 % 100 == int(match[4]) % 100)]
    if match[4] is None:
        fitting = [at for at in fitting if at < above][-3:]
    return tuple(fitting) if {(counts[at] or 0) % 12 for at in fitting} == {*wanted} and len(fitting) == 3 else ()


def _grid(sheet: Sheet, layout: Layout, rows: Sequence[Sequence[Cell]]) -> Lines:
    """Take apart months by years: column by column, so that months come in the order of time."""
    taken, problems = _Taken(), list[Problem]()
    for row in rows:
        label = _at(row, layout.label)
        known = _TOTAL.match(fold(label.text)) or _QUARTER.fullmatch(fold(label.text))
        if not known and month_of_year(label.text) is None:
            problems.append(sheet.problem(label, "revenue_month", read=label.text))
    for at, year in sorted(layout.years, key=lambda column: column[1]):
        start = len(taken.months)
        for row in rows:
            label, amount = _at(row, layout.label), _at(row, at)
            quarter = _QUARTER.fullmatch(fold(label.text))
            if number := month_of_year(label.text):
                count = year * 12 + number - 1
                taken.months.append(Line(MonthRead(count, count), label, amount))
            elif amount.text and quarter:
                group = _months_of_quarter(taken.months[start:], (quarter, label, amount, None, len(taken.months)))
                taken.totals += _totals(label, amount, None, (tuple(start + n for n in group),))
            elif amount.text and _TOTAL.match(fold(label.text)):
                taken.totals += _totals(label, amount, None, (tuple(range(start, len(taken.months))),))
    return _without_ends(Lines(tuple(taken.months), tuple(taken.totals), problems=tuple(problems)))


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
