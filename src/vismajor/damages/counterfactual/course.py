"""The course of business without the event: models weighed by what they foretold, simulated jointly, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from vismajor.case.models import Break
from vismajor.case.series import MonthlySeries, month_name, month_number
from vismajor.damages.counterfactual.history import History, Statement, odd_statement, usable_history
from vismajor.damages.counterfactual.models import Model, fit_models
from vismajor.damages.counterfactual.odd import collapses, exceeds
from vismajor.damages.counterfactual.placebo import (
    MOST_WIDENED,
    Placebo,
    placebo_of,
    try_models,
    weigh,
    widening_of,
)
from vismajor.damages.counterfactual.process import Table
from vismajor.damages.counterfactual.process_model import Formula
from vismajor.reasoning.worlds import Column, Worlds

Ended = Literal["stated", "recovered", "end_of_accounts", "exceeded", "back_at_once"]

PATHS = 4_000  # courses of business simulated, shared out by weight
LOWER, UPPER = 0.05, 0.95
MONTHS_BACK = 3  # business is back when so many months in a row are within their interval
BACK = 0.95  # and bring together this share of what was expected of them


@dataclass(frozen=True)
class ModelFit:
    """A model's part: weight, expected euros by month, back-test error (share; None without windows), its figures.

    `formula` holds what is needed to recompute `expected` in a spreadsheet (see `models`).
    """

    id: str
    weight: float
    expected: Column
    error: float | None
    formula: Formula


@dataclass(frozen=True)
class Counterfactual:
    """Expected and actual revenue by month of loss, in euros, and simulated sums of the shortfall.

    `expected` is the sum over the models of weight x expected month (medians). `low` and `high` bound 90 % of each
    month alone: they are for charts and are never added. `shortfalls` is sorted, of shape (4000,): what was lost over
    the whole period in each simulated course of business, its spread about the median multiplied by `widening`.
    `recovered` is the first month of return to normal, if any; the period ends before it where no end was stated.
    Where none was stated nor found, `ended_by` tells whether business was not back (`end_of_accounts`), brought more
    than expected over the whole period (`exceeded`), or was back from the first month (`back_at_once`).
    """

    months: tuple[str, ...]
    expected: Column
    low: Column
    high: Column
    actual: Column
    shortfalls: Column
    months_used: int
    models: tuple[ModelFit, ...]
    placebo: Placebo
    widening: float
    recovered: str | None
    ended_by: Ended
    statements: tuple[Statement, ...]

    @property
    def shortfall(self) -> float:
        """Expected less actual revenue over the period, in euros."""
        return float(np.sum(self.expected - self.actual))

    def quantile(self, share: Column | float) -> Column:
        """Return the shortfall that is not exceeded with probability `share`, in euros."""
        levels = (np.arange(self.shortfalls.size) + 0.5) / self.shortfalls.size
        return np.asarray(np.interp(share, levels, self.shortfalls))


def counterfactual(revenue: MonthlySeries, first: str, last: str | None, worlds: Worlds, name: str, *,
                   unaffected: MonthlySeries | None = None, breaks: Sequence[Break] = ()) -> Counterfactual:
    """Compare revenue from `first` to `last` (YYYY-MM, both included) with what the months before let expect.

    Without `last` the period ends before the first of three months in a row that are each within their 90 % interval
    or above, and bring together 95 % of what was expected of them; else at the end of the accounts. `unaffected` is a
    series that the event did not touch; months in `breaks` do not speak for the others. Draws are keyed by `name`.
    Raises ValueError with fewer than 6 usable months before `first`, none but zeros, or no month of loss.
    """
    if last is not None:
        return _compare(usable_history(revenue, first, last, breaks), revenue, worlds, name, unaffected, "stated")
    to_the_end = usable_history(revenue, first, revenue.last, breaks)
    whole = _compare(to_the_end, revenue, worlds, name, unaffected, "end_of_accounts")
    if whole.recovered is None or whole.recovered == whole.months[0]:
        return replace(whole, ended_by=_ended(whole))
    end = month_name(month_number(whole.recovered) - 1)
    found = _compare(usable_history(revenue, first, end, breaks), revenue, worlds, name, unaffected, "recovered")
    return replace(found, recovered=whole.recovered, statements=(*_but_odd(found.statements), *_odd_actual(
        whole, to_the_end, whole.months.index(whole.recovered) + MONTHS_BACK)))


def _ended(whole: Counterfactual) -> Ended:
    """Return how a period that runs to the end of the accounts is to be told."""
    if whole.shortfall <= 0:
        return "exceeded"
    return "end_of_accounts" if whole.recovered is None else "back_at_once"


def _odd_actual(course: Counterfactual, history: History, count: int) -> tuple[Statement, ...]:
    """Return what must be said of the first `count` months of loss: those out of all proportion."""
    unit = history.scale.unit if history.scale.kind == "difference" else 0.0
    odd = {**exceeds(course.actual[:count], course.expected[:count], course.high[:count], unit),
           **collapses(course.actual[:count], course.expected[:count])}
    found = {month_number(course.months[place]): ratio for place, ratio in sorted(odd.items())}
    return (odd_statement("odd_actual_months", found),) if found else ()


def _but_odd(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    return tuple(one for one in statements if one.code != "odd_actual_months")


def _compare(history: History, revenue: MonthlySeries, worlds: Worlds, name: str, unaffected: MonthlySeries | None,
             ended_by: Ended) -> Counterfactual:
    models, said = fit_models(history, unaffected)
    trial = try_models(history, models)
    weights = weigh(trial, models)
    widening = widening_of(trial, weights)
    placebo = placebo_of(trial, weights, widening)
    months = tuple(month_name(month) for month in history.loss.tolist())
    actual = np.array([float(revenue.amounts[revenue.months_before(month)]) for month in months])
    fits = _fits(models, weights, trial.errors())
    expected = np.asarray(sum(fit.weight * fit.expected for fit in fits))
    paths = _paths(history, models, weights, worlds, name)
    least, most = history.scale.bounds
    low, high = np.quantile(np.clip(_widened(history, paths, widening), least, most), [LOWER, UPPER], axis=0)
    sums = np.clip(_widened(history, paths.sum(axis=1), widening), least * len(months), most * len(months))
    codes = ["one_model_only"] * (len(models) == 1) + ["no_placebo"] * (placebo.windows == 0)
    codes += ["widening_bounded"] * (widening >= MOST_WIDENED)
    course = Counterfactual(
        months, expected, low, high, actual, np.sort(sums - actual.sum()), history.count, fits, placebo, widening,
        _recovered(months, expected, low, actual), ended_by, history.statements + said + tuple(map(Statement, codes)),
    )
    more = _above(course) + _odd_actual(course, history, len(months))
    return replace(course, statements=course.statements + more)


def _above(course: Counterfactual) -> tuple[Statement, ...]:
    """Return what must be said where the whole period brought more than expected (else told by how it ended)."""
    return (Statement("above_expected"),) if course.shortfall < 0 and course.ended_by != "end_of_accounts" else ()


def _fits(models: Sequence[Model], weights: Column, errors: Column) -> tuple[ModelFit, ...]:
    return tuple(
        ModelFit(model.id, weight, model.expected(), None if np.isnan(error) else error, model.formula())
        for model, weight, error in zip(models, weights.tolist(), errors.tolist(), strict=True)
    )


def _paths(history: History, models: Sequence[Model], weights: Column, worlds: Worlds, name: str) -> Table:
    """Return joint paths of the months in euros, of shape (PATHS, months), shared out among the models by weight."""
    ends = np.rint(np.cumsum(weights) * PATHS).astype(np.int_)
    found = []
    for model, count in zip(models, np.diff(ends, prepend=0).tolist(), strict=True):
        outlook = model.outlook(history.loss)
        assert outlook is not None
        found.append(outlook.draw(worlds.generator(f"counterfactual:{name}:{model.id}"), count))
    return history.scale.euros(np.concatenate(found))


def _widened(history: History, values: Table, widening: float) -> Table:
    """Multiply the spread of the simulated euros about their median: in ratios, or in differences if so compared."""
    middle = np.median(values, axis=0)
    if history.scale.kind == "ratio":
        return np.asarray(middle * (values / middle) ** widening)
    return np.asarray(middle + widening * (values - middle))


def _recovered(months: tuple[str, ...], expected: Column, low: Column, actual: Column) -> str | None:
    """Return the first month from which business is back, if it is (see `counterfactual`)."""
    for start in range(len(months) - MONTHS_BACK + 1):
        row = slice(start, start + MONTHS_BACK)
        if (actual[row] >= low[row]).all() and actual[row].sum() >= BACK * expected[row].sum():
            return months[start]
    return None
