"""Events that did not happen: every model forecasts the claimant's own months before the true one.

From each past month that leaves enough of a history, each model forecasts the sum of the months that follow, as many as
the loss lasts or as the history allows. How far it was from what came says how much it weighs, and by how much the
interval must be widened. Windows overlap: they count for as many as fit side by side, plus one; what they show is
drawn towards what is known beforehand by prior windows, for few windows show little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vismajor.damages.counterfactual.history import MONTHS_FOR_SEASON, History
from vismajor.damages.counterfactual.models import Model
from vismajor.damages.counterfactual.process import Months, Outlook, Table
from vismajor.reasoning.worlds import Column

WINDOWS = 24  # the latest: older ones say less
SHORTEST = 3  # months
PRIOR_WINDOWS = 1.0
MOST_WIDENED = 4.0  # beyond, the past was foretold so badly that no factor mends it: the reader is told
LEAST_WEIGHT = 1e-12  # a window that only an unlikely model answered still has an answer
NORMAL_90 = 1.6448536269514722


@dataclass(frozen=True)
class Placebo:
    """What forecasts before the true event showed, with the models together and the interval as widened.

    `windows` of `horizon` months each, of which `inside` the 90 % interval; `mean_shortfall` as a share of expected.
    """

    windows: int
    horizon: int
    inside: int
    mean_shortfall: float


@dataclass(frozen=True)
class Trial:
    """Forecast sums of each window, in euros: `expected` and `spread` (standard deviation) by model and window.

    Both of shape (models, windows), NaN where a model had no answer; `actual` of shape (windows,). Errors are told as
    a share of `size`: what was expected, or typical months where months are compared by differences.
    """

    horizon: int
    expected: Table
    spread: Table
    size: Table
    actual: Column

    @property
    def worth(self) -> float:
        """Number of windows, counted as if side by side."""
        return self.actual.size / max(self.horizon, 1) + 1 if self.actual.size else 0.0

    def errors(self) -> Column:
        """Return the mean absolute error of each model as a share of what it expected, NaN without a window."""
        return _mean_of_rows(np.abs(self.actual - self.expected) / self.size)


def try_models(history: History, models: Sequence[Model]) -> Trial:
    """Forecast every window before the event with every model."""
    horizon = _horizon(history)
    windows = _windows(history, horizon)
    expected, spread = np.full((2, len(models), len(windows)), np.nan)
    for column, months in enumerate(windows):
        for row, model in enumerate(models):
            outlook = model.outlook(months)
            if outlook is not None:
                expected[row, column], spread[row, column] = sum_of(history, outlook)
    amounts = history.by_month
    actual = np.array([sum(amounts[month] for month in months.tolist()) for months in windows])
    lengths = np.array([float(months.size) for months in windows])
    typical = np.where(np.isnan(expected), np.nan, lengths * history.scale.unit)
    size = expected if history.scale.kind == "ratio" else typical
    return Trial(horizon, expected, spread, size, actual)


def _horizon(history: History) -> int:
    spare = int(history.months[-1] - history.months[0]) + 1 - MONTHS_FOR_SEASON
    wanted = int(history.loss[-1] - history.loss[0]) + 1
    return max(min(wanted, spare if spare >= 2 * wanted else spare // 2), SHORTEST)


def _windows(history: History, horizon: int) -> list[Months]:
    """Return the usable months of each window, the latest windows last."""
    found = []
    for start in range(int(history.months[0]) + MONTHS_FOR_SEASON, int(history.months[-1]) - horizon + 2):
        months = history.months[(history.months >= start) & (history.months < start + horizon)]
        before = int((history.months < start).sum())
        if months.size >= max(SHORTEST, horizon // 2) and months[0] == start and before >= MONTHS_FOR_SEASON:
            found.append(months)
    return found[-WINDOWS:]


def sum_of(history: History, outlook: Outlook) -> tuple[float, float]:
    """Return the sum that an outlook expects, and its standard deviation, in euros (first order about the medians)."""
    euros = history.scale.euros(outlook.means)
    sums = euros.sum(axis=1)
    mean = float(outlook.weights @ sums)
    variances = outlook.variances(history.scale.slope(outlook.means)) + (sums - mean) ** 2
    return mean, float(np.sqrt(outlook.weights @ variances))


def weigh(trial: Trial, models: Sequence[Model]) -> Column:
    """Return the weight of each model, of shape (models,): by the sums of the windows, and month by month.

    Inversely as its mean squared error over the windows, and as likely as it made the months of the history, each
    foretold from those before it; a model that saw fewer months counts as the mean of the others there.
    """
    weights = _likelihood(models) / _squares(trial, len(models))
    return np.asarray(weights / weights.sum())


def _likelihood(models: Sequence[Model]) -> Column:
    said = [model.evidence for model in models]
    best = max(score for score in said if score is not None)
    likely = [None if score is None else float(np.exp(score - best)) for score in said]
    mean = float(np.mean([one for one in likely if one is not None]))
    return np.array([mean if one is None else one for one in likely])


def _squares(trial: Trial, count: int) -> Column:
    """Return the mean squared relative error of each model, drawn towards that of all of them."""
    if not trial.actual.size:
        return np.ones(count)
    squares = _mean_of_rows(((trial.actual - trial.expected) / trial.size) ** 2)
    pooled = float(np.nanmean(squares))
    squares = np.where(np.isnan(squares), pooled, squares)
    return np.maximum((trial.worth * squares + PRIOR_WINDOWS * pooled) / (trial.worth + PRIOR_WINDOWS), 1e-12)


def together(trial: Trial, weights: Column) -> tuple[Column, Column]:
    """Return expected sum and standard deviation of the models together in each window."""
    share = np.maximum(weights, LEAST_WEIGHT)[:, None] * ~np.isnan(trial.expected)
    share = share / share.sum(axis=0)
    expected, spread = np.nan_to_num(trial.expected), np.nan_to_num(trial.spread)
    mean = (share * expected).sum(axis=0)
    return mean, np.sqrt((share * (spread**2 + (expected - mean) ** 2)).sum(axis=0))


def widening_of(trial: Trial, weights: Column) -> float:
    """Return by how much the spread is multiplied: realised over nominal error of the windows, 1 to 4."""
    if not trial.actual.size:
        return 1.0
    mean, spread = together(trial, weights)
    realised = float(np.mean(((trial.actual - mean) / spread) ** 2))
    drawn = (trial.worth * realised + PRIOR_WINDOWS) / (trial.worth + PRIOR_WINDOWS)
    return min(max(float(np.sqrt(drawn)), 1.0), MOST_WIDENED)


def placebo_of(trial: Trial, weights: Column, widening: float) -> Placebo:
    """Return what the windows showed."""
    if not trial.actual.size:
        return Placebo(0, trial.horizon, 0, 0.0)
    mean, spread = together(trial, weights)
    inside = np.abs(trial.actual - mean) <= NORMAL_90 * widening * spread
    shares = (mean - trial.actual) / np.nanmean(trial.size, axis=0)
    return Placebo(trial.actual.size, trial.horizon, int(inside.sum()), float(np.mean(shares)))


def _mean_of_rows(values: Table) -> Column:
    known = ~np.isnan(values)
    return np.where(known.any(axis=1), np.nansum(values, axis=1) / np.maximum(known.sum(axis=1), 1), np.nan)
