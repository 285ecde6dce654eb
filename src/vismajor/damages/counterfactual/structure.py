"""How revenue behaves, as a grid of possibilities: a regression with errors that carry over, or a level that wanders.

Both have a level, a trend (drift) and a season of six yearly waves, the shorter the smaller.
`regression`: errors of which a part passes on to the next month (AR(1)).
`level`: a level that wanders, and each month's own errors (local level; Harvey, Forecasting, Structural Time Series
Models and the Kalman Filter, 1989, 2.3 and 4.5); `share` is the part of the variance of a month's news that stays in
the level (0: all is forgotten at once; 1: a random walk).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vismajor.damages.counterfactual import parts
from vismajor.damages.counterfactual.history import MONTHS_FOR_SEASON, MONTHS_FOR_TREND, History
from vismajor.damages.counterfactual.process import Process, Table, fit_process
from vismajor.damages.counterfactual.shift import LEAP
from vismajor.reasoning.worlds import Column

Kind = Literal["regression", "level", "difference"]

CARRY_OVERS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.97)  # at 1 the waves and the level of a regression could not be told apart
SHARES = (0.0, 0.1, 0.3, 0.6, 0.85, 1.0)
# Beforehand a business either forgets its errors soon or keeps them: in between is rarer. Set on simulated series
# (benchmarks/counterfactual.py, other seeds than those it reports) so that intervals cover what they claim on both.
LIKELY = (2.5, 1.0, 0.5, 0.5, 1.5, 3.0)
SEASONS = (0.15, 0.5, 1.5)  # times SEASON: hardly any season, an ordinary one, a strong one
WAVES = 6  # all that twelve months can hold
SEASON = 0.2  # a calendar month commonly departs from the year's average by a fifth
GROWTH = 0.08  # a year's growth is commonly between -10 and +10 %
SMALLEST_ERROR = 3e-4


@dataclass(frozen=True)
class Structure:
    """A kind of process on a given history. `error` is about the size of a month's error, on the scale."""

    kind: Kind
    history: History
    error: float

    @property
    def grid(self) -> Table:
        """The possibilities, (errors, season), of shape (grid, 2)."""
        errors = CARRY_OVERS if self.kind == "regression" else SHARES
        seasons = SEASONS if self.history.count >= MONTHS_FOR_SEASON else (1.0,)
        return np.array([(one, other) for one in errors for other in seasons])

    def systematic(self) -> Mapping[str, Table]:
        """Return the covariance of each part that is no error, of shape (all, all); the season for a width of 1."""
        months = self.history.all_months
        found = {"level": parts.level(months)}
        if self.history.count >= MONTHS_FOR_TREND:
            found["trend"] = parts.trend(months, GROWTH)
        if self.history.count >= MONTHS_FOR_SEASON:
            found["season"] = parts.harmonics(self.history.calendar, WAVES, SEASON)
        if self.history.shift is not None:
            found["leap"] = parts.leap(months, self.history.shift - int(self.history.months[-1]), LEAP)
        return {name: covariance / self.error**2 for name, covariance in found.items()}

    def errors(self, parameter: float) -> Mapping[str, Table]:
        """Return the covariance of each part that is an error, in units of the size of errors, squared."""
        months = self.history.all_months
        if self.kind == "regression":
            return {"carried": parts.carried(months, parameter)}
        own = (1 - parameter) * parts.alone(months)
        if self.history.count < MONTHS_FOR_SEASON:  # a season that cannot be seen is one more error of each month
            own = own + parts.alone(months) * (SEASON / self.error) ** 2
        return {"wander": parameter * parts.wander(months), "own": own}

    def error_covariance(self, parameter: float) -> Table:
        """Return the covariance of the errors alone, of shape (all, all)."""
        return np.asarray(sum(self.errors(parameter).values()))

    def fit(self) -> Process:
        """Fit the process for every possibility of the grid."""
        grid, fixed = self.grid, self.systematic()
        season = fixed.get("season")
        constant = sum(covariance for name, covariance in fixed.items() if name != "season")
        by_error = {parameter: self.error_covariance(parameter) for parameter in dict.fromkeys(grid[:, 0].tolist())}
        covariance = np.stack([constant + by_error[error] + (0.0 if season is None else width**2 * season)
                               for error, width in grid.tolist()])
        return fit_process(self.history.values, covariance, self._prior())

    def _prior(self) -> Column:
        prior = np.repeat(LIKELY, len(self.grid) // len(LIKELY))
        return np.asarray(prior / prior.sum())

    def covariances(self, error: float, width: float) -> Mapping[str, Table]:
        """Return the covariance of every part, of shape (all, all), in one possibility."""
        fixed = {name: part * (width**2 if name == "season" else 1.0) for name, part in self.systematic().items()}
        return {**fixed, **self.errors(error)}

    def parts_ahead(self, error: float, width: float) -> Mapping[str, Column]:
        """Return the mean of each part in every month of history and loss, of shape (all,), in one possibility."""
        everything, known, values = self.covariances(error, width), self.history.count, self.history.values
        pull = np.linalg.solve(np.asarray(sum(everything.values()))[:known, :known], values - values.mean())
        means = {name: np.asarray(part[:, :known] @ pull) for name, part in everything.items()}
        return {**means, "level": means["level"] + values.mean()}


def error_of(history: History) -> float:
    """Return about the size of a month's error: the change of the yearly differences, free of season and trend.

    Three is between the variance of that change where errors are each month's own (4) and where they stay (2); taken
    from its median size, which one leap of the level does not move (where most are nothing, a quarter of the mean).
    """
    values, months = history.values, history.months
    at = dict(zip(months.tolist(), values.tolist(), strict=True))
    lags = (12, 1) if history.count >= MONTHS_FOR_SEASON + 4 else (1,)
    for lag in lags:
        at = {month: value - at[month - lag] for month, value in at.items() if month - lag in at}
    changes = np.array(list(at.values())) if at else np.zeros(1)
    square, sizes = 3.0 if len(lags) == 2 else 1.5, np.abs(changes)
    return max(float(max(np.median(sizes), sizes.mean() / 4) * 1.4826 / np.sqrt(square)), SMALLEST_ERROR)
