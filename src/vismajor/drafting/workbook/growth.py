"""The growth of the same month of the year before, as formulas on the months: whole years, then 9, 6, 3 months."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import fmean

from vismajor.case.series import month_name
from vismajor.damages.counterfactual import ModelFit
from vismajor.damages.counterfactual.history import History
from vismajor.damages.counterfactual.last_year import REFINED_ON, year_ends
from vismajor.drafting import typography
from vismajor.drafting.workbook.page import Page, Ref, span

LABEL = 0
CLOSE = 1e-9
RATE = ("SUMPRODUCT({new},{used_new},{used_old})/SUMPRODUCT({old},{used_new},{used_old})-1")


def write_growth(page: Page, row: int, column: int, fit: ModelFit, history: History, revenue: Mapping[str, Ref],
                 used: Mapping[str, Ref]) -> tuple[Ref, int]:
    """Write the comparisons and what they come to; return the cell of the growth and the next free row.

    A figure that its formula does not come to is written as an input.
    """
    last, months = int(history.months[-1]), _Months(history, revenue, used)
    yearly, row = _write_years(page, row, column, fit, months, last)
    recent = list[Ref]()
    for length in REFINED_ON:
        if f"growth_last_{length}" in fit.formula:
            page.text(row, LABEL, page.book.say["growth_last"].format(months=length))
            recent.append(months.write_rate(page, row, column, last - length + 1, last,
                                            _figure(fit, f"growth_last_{length}")))
            row += 1
    page.text(row, LABEL, page.book.say["growth"])
    return _write_growth(page, row, column, yearly, recent, _figure(fit, "growth")), row + 1


def _write_years(page: Page, row: int, column: int, fit: ModelFit, months: _Months, last: int
                 ) -> tuple[Ref | None, int]:
    """Write the growth of whole years counted back, and their mean, where there is one."""
    if "growth_years" not in fit.formula:
        return None, row
    say, rates = page.book.say, list[Ref]()
    for end in year_ends(months.known, last):
        page.text(row, LABEL, say["growth_year"].format(
            month=typography.partial_date(month_name(end), page.book.language)))
        rates.append(months.write_rate(page, row, column, end - 11, end, None))
        row += 1
    page.text(row, LABEL, say["growth_years"])
    return _mean(page, row, column, rates, _figure(fit, "growth_years")), row + 1


def _write_growth(page: Page, row: int, column: int, yearly: Ref | None, recent: list[Ref], said: float) -> Ref:
    """Write the growth taken: the years for half and what refines them for half, or the mean of what there is."""
    if yearly is None or not recent:
        return _mean(page, row, column, recent if yearly is None else [yearly], said)
    value = (float(yearly.exact) + fmean(float(cell.exact) for cell in recent)) / 2
    if not math.isclose(value, said, rel_tol=CLOSE, abs_tol=1e-12):
        return page.put(row, column, said, "figure")
    return page.compute(row, column, "({yearly}+AVERAGE({recent}))/2", said, "figure", yearly=yearly,
                        recent=span(recent[0], recent[-1]))


class _Months:
    """The months of the sheet, by number, for comparison with those of a year before."""

    def __init__(self, history: History, revenue: Mapping[str, Ref], used: Mapping[str, Ref]) -> None:
        self.known, self.revenue, self.used = set(history.months.tolist()), revenue, used

    def compared(self, first: int, last: int) -> list[int]:
        return [month for month in range(first, last + 1) if {month, month - 12} <= self.known]

    def write_rate(self, page: Page, row: int, column: int, first: int, last: int, said: float | None) -> Ref:
        """Write the growth of the months from `first` to `last` on those a year before, where both are used."""
        while month_name(first - 12) not in self.revenue:
            first += 1
        new, old = ([float(self.revenue[month_name(month - lag)].exact) for month in self.compared(first, last)]
                    for lag in (0, 12))
        value = sum(new) / sum(old) - 1
        if said is not None and not math.isclose(value, said, rel_tol=CLOSE, abs_tol=1e-12):
            return page.put(row, column, said, "figure")
        begin, end, begin_old, end_old = (month_name(month) for month in (first, last, first - 12, last - 12))
        return page.compute(
            row, column, RATE, value, "figure", new=span(self.revenue[begin], self.revenue[end]),
            old=span(self.revenue[begin_old], self.revenue[end_old]), used_new=span(self.used[begin], self.used[end]),
            used_old=span(self.used[begin_old], self.used[end_old]))


def _figure(fit: ModelFit, name: str) -> float:
    value = fit.formula[name]
    assert isinstance(value, int | float)
    return float(value)


def _mean(page: Page, row: int, column: int, cells: list[Ref], said: float) -> Ref:
    """Write the mean of cells that stand one under the other; as an input where it does not come to what was said."""
    value = fmean(float(cell.exact) for cell in cells) if cells else 0.0
    if not cells or not math.isclose(value, said, rel_tol=CLOSE, abs_tol=1e-12):
        return page.put(row, column, said, "figure")
    named = {f"rate{place}": cell for place, cell in enumerate(cells)}
    listed = ",".join(f"{{{name}}}" for name in named)
    return page.compute(row, column, f"AVERAGE({listed})", said, "figure", **named)
