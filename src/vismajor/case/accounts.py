"""Monthly revenue as a claimant's bookkeeper gives it: a table of months in euros, CSV or XLSX, without a hole.

What can be read in two ways is settled by the rest of the file or asked about; what was set right is a finding.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from vismajor.case.amounts import Mark, Style, Unreadable, read_amount, settle
from vismajor.case.currency import check_currency, names_currency
from vismajor.case.headings import Layout, find_layout, header_problem, names_revenue
from vismajor.case.months import month_of_year, settle_order
from vismajor.case.scale import out_of_scale
from vismajor.case.series import MonthlySeries, SourceFile, month_name
from vismajor.case.sheets import Cell, Sheet, open_tables
from vismajor.case.table_lines import Line, Total, read_lines
from vismajor.reading.problems import InvalidInput, Problem, problem

MOST_TOLD = 6  # months out of scale, of one column
FARTHEST = 240  # months from the middle of a series: further off is a slip of the year


@dataclass(frozen=True)
class TableReading:
    """A monthly table as read: the series in euros, the file, where each month stands, what to look into.

    `cells` are the places of the months of `revenue`, in order: a line of a CSV (line:column where a line is a year),
    `sheet!cell` of a workbook. `mark` is the decimal mark, None where no amount shows one; `headings` name the columns
    that were read (month or year, revenue, variable costs), `layout` says whether a line is a month (long), a
    year (wide) or a month of several years (grid).
    """

    revenue: MonthlySeries
    variable_costs: MonthlySeries | None
    file: SourceFile
    cells: tuple[str, ...]
    findings: tuple[Problem, ...]
    mark: Mark | None
    headings: tuple[str, ...]
    layout: str
    sheet: str


@dataclass(frozen=True)
class _Dated:
    """A line whose month is known."""

    month: int
    line: Line
    position: int


def read_table(path: Path, name: str, *, or_index: bool = False) -> TableReading:
    """Read a monthly table; `name` is what errors call the file; with `or_index` an index may stand for revenue.

    CSV: separator `;` `,` `|` or tab, UTF-8, UTF-16, Windows-1252 or ISO-8859-15. Workbook: the first sheet that has a
    heading and is not hidden. Raises InvalidInput with every problem of the file at its line and column, or its cell.
    """
    opened = open_tables(path, name)
    laid_out = [(sheet, layout) for sheet in opened.sheets if (layout := find_layout(sheet, or_index=or_index))]
    if not laid_out:
        raise InvalidInput([header_problem(opened.sheets)])
    sheet, layout = laid_out[0]
    file = SourceFile(name, opened.sha256, "monthly_table", opened.encoding, sheet.separator, sheet.lines)
    reading = _read_sheet(sheet, layout, file)
    if sheet.name and len(laid_out) > 1:
        others = ", ".join(other.name for other, _ in laid_out[1:])
        said = sheet.problem(layout.heading, "table_other_sheets", read=others, first=sheet.name)
        reading = replace(reading, findings=(said, *reading.findings))
    return reading


def _read_sheet(sheet: Sheet, layout: Layout, file: SourceFile) -> TableReading:
    lines = read_lines(sheet, layout)
    problems = [*layout.flaws, *lines.problems]
    problems += check_currency(sheet, layout.row)
    if sheet.broken:
        problems.append(problem(sheet.file, (sheet.broken, 1), "revenue_layout"))
    if not lines.months and not problems:
        problems.append(problem(sheet.file, (1, 1), "revenue_empty"))
    dated, found, findings = _date(sheet, lines.months)
    problems += found
    with_costs = any(line.costs and line.costs.text for line in lines.months)
    columns = [[line.amount for line in lines.months]]
    columns += [[line.costs for line in lines.months if line.costs]] if with_costs else []
    style, doubtful = settle(cell for cells in (*columns, [total.cell for total in lines.totals]) for cell in cells)
    if doubtful:
        problems.append(sheet.problem(doubtful, "amount_ambiguous", read=doubtful.text))
    read = [[_amount(sheet, cell, style, problems) for cell in cells] for cells in columns]
    if not problems:  # sums of what is wrong are wrong: they would tell the same mistake again
        findings += _check_totals(sheet, lines.totals, read, style, problems)
    if problems:
        raise InvalidInput(problems)
    if not names_revenue(sheet, layout):
        findings.append(sheet.problem(layout.heading, "table_unnamed"))
    findings += [*_negative(sheet, columns[0], read[0]),
                 *(sheet.problem(cell, "table_column_left", read=cell.text) for cell in layout.left
                   if not names_currency(cell)),
                 *(sheet.problem(cell, "table_line_left", read=cell.text) for cell in lines.remarks)]
    costs = None
    if with_costs:
        read[1], found = _signed(sheet, columns[1], read[1])
        findings += [*found, *_negative(sheet, columns[1], read[1])]
        costs = _series(dated, read[1])
        findings += _scale(sheet, dated, read[1], costs=True)
    findings += _scale(sheet, dated, read[0], costs=False)
    headings = [sheet.rows[layout.row][at].text for at in (layout.year, layout.label, layout.revenue, layout.costs)
                if at is not None and at >= 0]
    cells = tuple(sheet.place(one.line.amount, layout.kind != "long") for one in dated)
    return TableReading(_series(dated, read[0]), costs, file, cells, tuple(sorted(findings)), style.mark,
                        tuple(headings), layout.kind, sheet.name)


def _series(dated: Sequence[_Dated], amounts: Sequence[Decimal]) -> MonthlySeries:
    return MonthlySeries(first=month_name(dated[0].month), amounts=tuple(amounts[one.position] for one in dated))


def _scale(sheet: Sheet, dated: Sequence[_Dated], amounts: Sequence[Decimal], *, costs: bool) -> Iterator[Problem]:
    """Tell the months out of scale with the others, at their amounts."""
    for one in out_of_scale([amounts[month.position] for month in dated], above_only=costs)[:MOST_TOLD]:
        line = dated[one.position].line
        code = "month_out_of_scale" if one.above else "month_below_scale"
        yield sheet.problem(line.costs if costs and line.costs else line.amount, code,
                            month=month_name(dated[one.position].month), read=one.amount, usual=one.usual,
                            times=one.times)


def _amount(sheet: Sheet, cell: Cell, style: Style, problems: list[Problem]) -> Decimal:
    """Return the amount of a cell, or zero where it cannot be read and the problem is told."""
    amount = read_amount(cell, style)
    if isinstance(amount, Unreadable):
        problems.append(sheet.problem(cell, amount.code, read=cell.unit or cell.text))
        return Decimal(0)
    return amount


def _date(sheet: Sheet, lines: Sequence[Line]) -> tuple[list[_Dated], list[Problem], list[Problem]]:
    """Return the lines in the order of their months, the problems of the months, and the findings."""
    problems, findings = list[Problem](), list[Problem]()
    order = settle_order([line.month for line in lines])
    if order is None:
        first = next(line for line in lines if line.month.french != line.month.american)
        return [], [sheet.problem(first.label, "month_ambiguous", read=first.label.text)], []
    if order == "american":
        findings.append(sheet.problem(lines[0].label, "table_american_dates", read=lines[0].label.text))
    months = [line.month.american if order == "american" else line.month.french for line in lines]
    middle = statistics.median_low([month for month in months if month is not None] or [0])
    dated: dict[int, _Dated] = {}
    near: set[int] = set()  # an unreadable line stands for the month that was due: one mistake is told once
    for position, (month, line) in enumerate(zip(months, lines, strict=True)):
        if month is None or abs(month - middle) > FARTHEST:
            code = "revenue_month" if month is None else "month_far_off"
            problems.append(sheet.problem(line.label, code, read=line.label.text, expected=month_name(middle)))
            around = [n for n in (*months[max(position - 1, 0):position], *months[position + 1:position + 2]) if n]
            near.update(n + step for n in around for step in (-1, 1))
        elif month in dated:
            problems.append(sheet.problem(line.label, "revenue_month_twice", read=_written(line, month),
                                          first=sheet.place(dated[month].line.label, with_column=True)))
        else:
            dated[month] = _Dated(month, line, position)
    problems += _holes(sheet, dated, near)
    ordered = [dated[month] for month in sorted(dated)]
    if late := next((one for one, before in zip(list(dated)[1:], dated, strict=False) if one < before), None):
        findings.append(sheet.problem(dated[late].line.label, "table_sorted", read=_written(dated[late].line, late)))
    return ordered, problems, findings


def _written(line: Line, month: int) -> str:
    """Return a month as its cell writes it; where the cell holds a year only, its usual form."""
    text = line.label.text
    return month_name(month) if len(text) <= 4 or month_of_year(text) or line.label is line.amount else text


def _holes(sheet: Sheet, dated: dict[int, _Dated], near: set[int]) -> Iterator[Problem]:
    months = sorted(dated)
    for before, after in pairwise(months):
        missing = [month_name(month) for month in range(before + 1, after) if month not in near]
        if missing:
            expected = missing[0] if len(missing) == 1 else f"{missing[0]} … {missing[-1]}"
            line = dated[after].line
            yield sheet.problem(line.label, "revenue_hole", read=_written(line, after), expected=expected)


def _check_totals(sheet: Sheet, totals: Sequence[Total], amounts: Sequence[Sequence[Decimal]], style: Style,
                  problems: list[Problem]) -> Iterator[Problem]:
    """Compare each total with its months: those that are right are left out, with one finding; the others are told.

    A total may be of amounts that were rounded one by one: half a unit of the last digit for each is let pass.
    """
    right: list[tuple[Total, Decimal]] = []
    for total in totals:
        if total.of_costs and len(amounts) < 2:
            continue
        column = amounts[1 if total.of_costs else 0]
        if not total.cell.flaw and re.fullmatch(r"[^=#0-9][^0-9]*", total.cell.text):  # a total that says nothing
            yield sheet.problem(total.cell, "table_line_left", read=total.label.text)
            continue
        told = len(problems)
        stated = _amount(sheet, total.cell, style, problems)
        if len(problems) > told:
            continue
        sums = [sum((column[n] for n in group), Decimal(0)) for group in total.groups]
        unit = Decimal(1) if all(amount == amount.to_integral_value() for amount in column) else Decimal("0.01")
        slack = unit * (max(map(len, total.groups)) + 1) / 2
        if any(abs(stated - one) <= slack for one in sums):
            right.append((total, stated))
        else:
            problems.append(sheet.problem(total.cell, "total_differs", read=f"{stated:.2f}", expected=f"{sums[0]:.2f}"))
    if right:
        total, stated = right[-1]
        yield sheet.problem(total.cell, "table_total_left" if len(right) == 1 else "table_totals_left",
                            read=total.label.text, expected=f"{stated:.2f}", count=len(right))


def _negative(sheet: Sheet, cells: Sequence[Cell], amounts: Sequence[Decimal]) -> Iterator[Problem]:
    below = [(cell, amount) for cell, amount in zip(cells, amounts, strict=True) if amount < 0]
    if below:
        yield sheet.problem(below[0][0], "table_negative", read=f"{below[0][1]:.2f}", count=len(below))


def _signed(sheet: Sheet, cells: Sequence[Cell], costs: list[Decimal]) -> tuple[list[Decimal], list[Problem]]:
    """Return costs as positive amounts: some programs write every cost with a minus, which is told."""
    if any(cost < 0 for cost in costs) and all(cost <= 0 for cost in costs):
        first = next(cell for cell, cost in zip(cells, costs, strict=True) if cost < 0)
        return [-cost for cost in costs], [sheet.problem(first, "table_costs_signed", read=first.text)]
    return costs, []
