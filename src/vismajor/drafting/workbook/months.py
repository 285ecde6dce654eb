"""The months of a lost margin: what came in, what each model expects by its formula, and the shortfall."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from vismajor.case.models import Break
from vismajor.case.series import Books, month_name, month_number
from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.counterfactual.history import History, usable_history
from vismajor.damages.heads import HeadLoss
from vismajor.damages.money import euros
from vismajor.drafting.workbook.book import Book
from vismajor.drafting.workbook.model_formulas import Formulas, Parameters, write_parameters
from vismajor.drafting.workbook.page import Page, Ref, Span, month_day, span
from vismajor.drafting.workbook.plan import MONTHS, months_shown
from vismajor.drafting.workbook.postings import PostingCells

MONTH, REVENUE, COSTS, UNAFFECTED, STATE, USED, LEVEL, AHEAD, MODELS = range(9)
HEADING, HEIGHT = MONTHS, 60


@dataclass(frozen=True)
class MonthCells:
    """Where the months of one lost margin stand: cells by month, and the sum of the shortfalls."""

    sheet: str
    months: Mapping[str, Ref]
    revenue: Mapping[str, Ref]
    costs: Mapping[str, Ref]
    charted: Mapping[str, Span]
    shortfall: Ref

    def revenue_between(self, first: str, last: str) -> Span:
        """Return the cells of revenue from one month to another."""
        return span(self.revenue[first], self.revenue[last])

    def costs_between(self, first: str, last: str) -> Span:
        """Return the cells of variable costs from one month to another."""
        return span(self.costs[first], self.costs[last])


@dataclass
class _Table:
    """The sheet as it is filled, row by row."""

    page: Page
    books: Books
    course: Counterfactual
    history: History
    postings: PostingCells | None
    months: dict[str, Ref] = field(default_factory=dict)
    revenue: dict[str, Ref] = field(default_factory=dict)
    level: dict[str, Ref] = field(default_factory=dict)
    costs: dict[str, Ref] = field(default_factory=dict)
    unaffected: dict[str, Ref] = field(default_factory=dict)
    used: dict[str, Ref] = field(default_factory=dict)
    ahead: dict[str, Ref] = field(default_factory=dict)

    @property
    def shown(self) -> list[str]:
        """The months of the table: those that a model or a rate of margin may rest on, and all that follow."""
        return months_shown(self.course, self.books)

    def row_of(self, month: str) -> int:
        return HEADING + 1 + month_number(month) - month_number(self.shown[0])


def new_months_page(book: Book, name: str, loss: HeadLoss) -> Page:
    """Add the sheet of a lost margin."""
    models = len(loss.counterfactual.models) if loss.counterfactual else 0
    return Page(book, name, (11.0, 15.0, 15.0, 15.0, 13.0, 8.0, 15.0, 8.0) + (15.0,) * (
        models + len(_results(book))))


def _results(book: Book) -> tuple[str, ...]:
    """The columns after those of the models."""
    return ("expected", *(("month_low", "month_high") if book.bounds else ()), "shortfall_month")


def write_months(page: Page, models: Page, title: str, loss: HeadLoss, books: Books, breaks: tuple[Break, ...],
                 postings: PostingCells | None) -> MonthCells:
    """Fill the sheet of a lost margin and that of its models; return where the months stand."""
    course = loss.counterfactual
    assert course is not None
    history = usable_history(books.revenue, course.months[0], course.months[-1], breaks)
    table = _Table(page, books, course, history, postings)
    table.page.top(title)
    _head(table)
    leap = _write_leap(table)
    for month in table.shown:
        _write_month(table, month)
        table.level[month] = _at_level(table, month, leap) if leap else table.revenue[month]
    end = table.row_of(table.shown[-1]) + 1
    parameters = write_parameters(models, title, Formulas(
        course, history, table.months, table.level, table.used, table.unaffected, table.ahead))
    expected = [_write_expected(table, month, parameters, index) for index, month in enumerate(course.months)]
    total = _write_total(table, end, expected)
    first, last = table.shown[0], table.shown[-1]
    return MonthCells(table.page.name, table.months, table.revenue, table.costs,
                      _charted(table, first, last, MODELS + len(course.models)), total)


def _head(table: _Table) -> None:
    say, page = table.page.book.say, table.page
    models = [say["model"].format(model=say[f"model_{fit.id}"]) for fit in table.course.models]
    page.headings(HEADING, [
        *(say[name] for name in (
            "month", "actual", "variable_costs", "unaffected", "state", "used", "at_level", "ahead")),
        *models, *(say[name] for name in _results(page.book))], HEIGHT)
    note = say["months_note"] + (f" {say['months_bounds_note']}" if page.book.bounds else "")
    page.paragraph(HEADING - 1, 0, len(page.widths) - 1, note)
    page.sheet.freeze_panes(HEADING + 1, 1)
    page.sheet.repeat_rows(HEADING)
    for column, known in ((COSTS, table.books.variable_costs), (UNAFFECTED, table.books.unaffected),
                          (LEVEL, _leap_of(table.course))):
        if known is None:
            page.sheet.set_column(column, column, None, None, {"hidden": True})


def _write_month(table: _Table, month: str) -> None:
    row, page, say = table.row_of(month), table.page, table.page.book.say
    table.months[month] = page.put(row, MONTH, month_day(month), "month", "label")
    table.revenue[month] = _amount(table, month, row, REVENUE)
    if table.books.variable_costs is not None:
        table.costs[month] = _amount(table, month, row, COSTS)
    other = table.books.unaffected
    if other is not None and 0 <= other.months_before(month) < len(other.amounts):
        table.unaffected[month] = page.put(row, UNAFFECTED, other.amounts[other.months_before(month)], "money")
    number, known = month_number(month), set(table.history.months.tolist())
    state = ("loss" if month in table.course.months else "apart" if number not in known and month <= _end(table)
             else "before" if number in known else "after")
    page.text(row, STATE, say[f"state_{state}"], "aside")
    table.used[month] = page.put(row, USED, int(number in known), "count")


def _leap_of(course: Counterfactual) -> tuple[str, float] | None:
    """Return the month from which the level is another one before the event, and by how much, on the scale."""
    for fit in course.models:
        place, size = fit.formula.get("leap_from"), fit.formula.get("leap")
        if isinstance(place, tuple) and isinstance(size, float):
            return str(place[0]), size
    return None


def _write_leap(table: _Table) -> tuple[Ref, Ref] | None:
    """Write the leap of the level above the months, where there is one."""
    found, page = _leap_of(table.course), table.page
    if found is None:
        return None
    page.text(2, MODELS, page.book.say["leap_from"])
    page.text(3, MODELS, page.book.say["leap"])
    return (page.put(2, MODELS + 3, month_day(found[0]), "month"), page.put(3, MODELS + 3, found[1], "figure"))


def _at_level(table: _Table, month: str, leap: tuple[Ref, Ref]) -> Ref:
    """Write a month of revenue at the level after the leap."""
    revenue, (start, size) = table.revenue[month], leap
    before, step = table.months[month].value < start.value, float(size.exact)  # type: ignore[operator]
    ratio = table.history.scale.kind == "ratio"
    formula = "{revenue}*IF({month}<{start},EXP({size}),1)" if ratio else "{revenue}+IF({month}<{start},{size},0)"
    value = float(revenue.exact)
    if before:
        value = value * math.exp(step) if ratio else value + step
    return table.page.compute(table.row_of(month), LEVEL, formula, value, "money", revenue=revenue, start=start,
                              size=size, month=table.months[month])


def _end(table: _Table) -> str:
    return table.course.months[-1]


def _amount(table: _Table, month: str, row: int, column: int) -> Ref:
    """Write a month of revenue or costs: the sum of its postings, or what the table of the claimant says."""
    series = table.books.revenue if column == REVENUE else table.books.variable_costs
    assert series is not None
    amount = series.amounts[series.months_before(month)]
    if table.postings is None:
        return table.page.put(row, column, amount, "money")
    kind = "revenue" if column == REVENUE else "costs"
    return table.page.compute(
        row, column, 'ROUND(SUMIFS({amounts},{months},{month},{kinds},{kind}),2)', amount, "money",
        month=table.months[month], kind=table.postings.kinds[kind], amounts=table.postings.amounts,
        months=table.postings.months, kinds=table.postings.kind_column)


def _write_expected(table: _Table, month: str, parameters: Parameters, index: int) -> Ref:
    """Write what each model expects of a month of loss, all of them together, and the shortfall; return the last."""
    row, page, course = table.row_of(month), table.page, table.course
    end = month_name(int(table.history.months[-1]))
    table.ahead[month] = page.compute(
        row, AHEAD, "12*(YEAR({month})-YEAR({end}))+MONTH({month})-MONTH({end})",
        month_number(month) - month_number(end), "count", month=table.months[month], end=table.months[end])
    cells = [parameters.write_expected(page, row, MODELS + place, fit, month, index)
             for place, fit in enumerate(course.models)]
    column = MODELS + len(cells)
    weighed = "+".join(f"{{weight{place}}}*{{model{place}}}" for place in range(len(cells)))
    named = {f"model{place}": cell for place, cell in enumerate(cells)} | {
        f"weight{place}": parameters.weights[place] for place in range(len(cells))}
    value = float(course.expected[index])
    expected = page.compute(row, column, weighed, value, "money", **named)
    if page.book.bounds:
        page.put(row, column + 1, float(course.low[index]), "money")
        page.put(row, column + 2, float(course.high[index]), "money")
    actual = table.revenue[month]
    return page.compute(row, len(page.widths) - 1, "ROUND({expected},2)-{actual}", euros(value) - actual.exact, "money",
                        expected=expected, actual=actual)


def _write_total(table: _Table, row: int, shortfalls: list[Ref]) -> Ref:
    page, last = table.page, shortfalls[-1].column
    total = sum((cell.exact for cell in shortfalls), Decimal(0))
    for column in range(last):
        page.text(row, column, page.book.say["total"] if column == 0 else "", "total")
    return page.compute(row, last, "SUM({months})", total, "money", "total", months=span(shortfalls[0], shortfalls[-1]))


def _charted(table: _Table, first: str, last: str, column: int) -> dict[str, Span]:
    """Return the cells that a chart shows, from the first month to the last."""
    rows = table.row_of(first), table.row_of(last)
    shown = {"months": MONTH, "actual": REVENUE, "expected": column}
    if table.page.book.bounds:
        shown |= {"low": column + 1, "high": column + 2}
    return {name: Span(table.page.name, (rows[0], at), (rows[1], at)) for name, at in shown.items()}
