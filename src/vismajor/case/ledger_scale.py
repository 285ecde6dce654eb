"""Months of a ledger out of scale with the others, told at the line that weighs most in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_entries import Ints, LedgerTable
from vismajor.case.ledger_lines import LedgerLines
from vismajor.case.ledger_postings import month_numbers
from vismajor.case.ledger_year import LedgerYear, Peak, euros_of
from vismajor.case.scale import OUT_OF_SCALE, out_of_scale, usual_around
from vismajor.case.series import MonthlySeries, month_name
from vismajor.reading.problems import Problem, problem

MOST_TOLD = 6  # months of revenue, and of costs


def find_peaks(found: LedgerLines, table: LedgerTable, reasons: Ints, using: AccountMap) -> tuple[Peak, ...]:
    """Return the line of each month that weighs most, of revenue and of variable costs; what is set apart left out."""
    revenue = _monthly_peaks(found, table, reasons == 0, using.is_revenue)
    costs = _monthly_peaks(found, table, reasons == 0, lambda number: bool(using.variable_share(number)))
    return (*(Peak(month, True, line, amount) for month, line, amount in revenue),
            *(Peak(month, False, line, -amount) for month, line, amount in costs))


def _monthly_peaks(found: LedgerLines, table: LedgerTable, counted: Ints, wanted: Callable[[str], bool]
                   ) -> Iterator[tuple[str, int, Decimal]]:
    accounts = np.fromiter(map(wanted, found.accounts), np.bool_, len(found.accounts))
    at = np.flatnonzero(accounts[table.account] & counted)
    if not len(at):
        return
    months, income = month_numbers(table.day[at]), table.credit[at] - table.debit[at]
    base, size = int(months.min()), np.abs(income)
    largest = np.zeros(int(months.max()) - base + 1, size.dtype)
    np.maximum.at(largest, months - base, size)
    tops = np.flatnonzero((size == largest[months - base]) & (size > 0))
    _, first = np.unique(months[tops], return_index=True)
    for top in tops[first].tolist():
        yield month_name(int(months[top])), int(table.line[at[top]]), euros_of(income[top])


def check_scale(years: Sequence[LedgerYear], revenue: MonthlySeries, costs: MonthlySeries) -> Iterator[Problem]:
    """Tell the months of revenue and of variable costs out of scale, and the lines whose month hides that they are."""
    for series, is_revenue in ((revenue, True), (costs, False)):
        peaks = {peak.month: (year.source.path, peak) for year in years for peak in year.peaks
                 if peak.revenue == is_revenue}
        told = out_of_scale(series.amounts, above_only=not is_revenue)
        for one in told[:MOST_TOLD]:
            file, peak = peaks.get(series.months[one.position], (years[0].source.path, None))
            code = "ledger_month_out_of_scale" if one.above else "ledger_month_below_scale"
            yield problem(file, (peak.line if peak else 1, 1), code, line=peak.amount if peak else 0,
                          month=series.months[one.position], read=one.amount, usual=one.usual, times=one.times)
        out = {series.months[one.position] for one in told}
        yield from _hidden(series, {month: found for month, found in peaks.items() if month not in out})


def _hidden(series: MonthlySeries, peaks: dict[str, tuple[str, Peak]]) -> Iterator[Problem]:
    for position, month in enumerate(series.months):
        usual = usual_around(series.amounts, position)
        if usual and month in peaks and abs(peaks[month][1].amount) >= OUT_OF_SCALE * usual:
            file, peak = peaks[month]
            times = int((abs(peak.amount) / usual).quantize(Decimal(1), ROUND_HALF_UP))
            yield problem(file, (peak.line, 1), "ledger_line_out_of_scale", read=peak.amount, usual=usual, times=times)
