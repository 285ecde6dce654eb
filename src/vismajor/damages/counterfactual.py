"""What revenue would have been without the incident, from the claimant's own months before it.

Model: the logarithm of monthly revenue is a level, a linear trend and a yearly season (two harmonics), fitted on the
months before the loss by generalised least squares, with errors that carry over from one month to the next (AR(1);
transformation of Prais & Winsten 1954). How much they carry over is itself uncertain on 24 or 36 months: it is drawn,
then the coefficients and the noise given it, so that the interval covers what it claims. The sum over the loss period
is simulated jointly: monthly bounds are never added. The comparison with the situation without the event is the method
of the Paris court of appeal's sheet 3 (and 6 for the margin).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vismajor.case.checks import MONTHS_NEEDED
from vismajor.case.series import MonthlySeries, month_name, month_number
from vismajor.reasoning.worlds import Column, Worlds

HARMONICS = 2
CARRY_OVERS, PATHS_EACH = 40, 100  # carry-overs drawn, and courses of business simulated for each
PATHS = CARRY_OVERS * PATHS_EACH
LARGEST_CARRY_OVER = 0.95  # at 1 the level would wander without bound, and the interval with it


@dataclass(frozen=True)
class Counterfactual:
    """Expected (median) and actual revenue by month of loss, in euros, and simulated sums of the shortfall.

    `shortfalls` is sorted, of shape (4000,): what was lost over the whole period in each simulated course of business.
    """

    months: tuple[str, ...]
    expected: Column
    actual: Column
    shortfalls: Column
    carry_over: float
    months_used: int

    @property
    def shortfall(self) -> float:
        """Expected less actual revenue over the period, in euros."""
        return float(np.sum(self.expected - self.actual))

    def quantile(self, share: Column | float) -> Column:
        """Return the shortfall that is not exceeded with probability `share`, in euros."""
        levels = (np.arange(self.shortfalls.size) + 0.5) / self.shortfalls.size
        return np.asarray(np.interp(share, levels, self.shortfalls))


def counterfactual(revenue: MonthlySeries, first: str, last: str, worlds: Worlds, name: str) -> Counterfactual:
    """Compare revenue from `first` to `last` (YYYY-MM, both included) with what the months before let expect.

    The months before must be positive and at least 24 (the reader of cases refuses others). Raises ValueError
    otherwise. Draws are keyed by `name`.
    """
    before = revenue.months_before(first)
    length = month_number(last) - month_number(first) + 1
    amounts = np.array([float(amount) for amount in revenue.amounts])
    history, actual = amounts[:before], amounts[before:before + length]
    if before < MONTHS_NEEDED or history.min() <= 0:
        raise ValueError(f"at least {MONTHS_NEEDED} months of positive revenue before the loss are needed")
    design = _design(np.arange(before + length), month_number(revenue.first))
    logs, past, future = np.log(history), design[:before], design[before:]
    carry_over = _carry_over(logs, past)
    coefficients, _, _ = _fit(logs, past, carry_over)
    last_error = logs[-1] - past[-1] @ coefficients
    medians = np.exp(future @ coefficients + last_error * carry_over ** np.arange(1, length + 1))
    sums = _simulate(logs, past, future, carry_over, worlds.generator(f"counterfactual:{name}"))
    return Counterfactual(
        tuple(month_name(month_number(first) + i) for i in range(length)), medians, actual,
        np.sort(sums - actual.sum()), carry_over, before,
    )


def _design(months: NDArray[np.int_], start: int) -> Column:
    season = 2 * np.pi * (months + start % 12)[:, None] * np.arange(1, HARMONICS + 1)[None, :] / 12
    centred = (months - months.mean()) / 12
    return np.column_stack([np.ones(months.size), centred, np.cos(season), np.sin(season)])


def _carry_over(logs: Column, design: Column) -> float:
    """Return the AR(1) coefficient of the errors, corrected for its bias on short series.

    The coefficient of residuals is too low by about (1 + 3 rho)/n (Marriott & Pope, Biometrika 1954), and by 1/n more
    for each coefficient fitted.
    """
    coefficients, *_ = np.linalg.lstsq(design, logs, rcond=None)
    residuals = logs - design @ coefficients
    energy = float(residuals @ residuals)
    if energy <= 1e-18 * logs.size:  # the series follows the model exactly: nothing to carry over
        return 0.0
    raw = float(residuals[:-1] @ residuals[1:]) / energy
    corrected = raw + (design.shape[1] + 1 + 3 * max(raw, 0.0)) / logs.size
    return float(min(max(corrected, 0.0), LARGEST_CARRY_OVER))


def _fit(logs: Column, design: Column, carry_over: float) -> tuple[Column, float, Column]:
    """Return coefficients, sum of squared innovations, and the inverse of the information matrix."""
    x, y = _whiten(design, carry_over), _whiten(logs, carry_over)
    coefficients, *_ = np.linalg.lstsq(x, y, rcond=None)
    innovations = y - x @ coefficients
    inverse = np.asarray(np.linalg.inv(x.T @ x), dtype=np.float64)
    return np.asarray(coefficients, dtype=np.float64), float(innovations @ innovations), inverse


def _whiten(values: Column, carry_over: float) -> Column:
    """Turn errors that carry over into independent ones (Prais-Winsten: the first month is kept)."""
    white = values.copy()
    white[1:] = values[1:] - carry_over * values[:-1]
    white[0] = values[0] * np.sqrt(1 - carry_over**2)
    return white


def _simulate(logs: Column, past: Column, future: Column, carry_over: float, generator: np.random.Generator) -> Column:
    """Return simulated sums of revenue over the loss period, of shape (PATHS,)."""
    freedom = logs.size - past.shape[1]
    spread = np.sqrt((1 - carry_over**2) / logs.size)
    drawn = np.clip(carry_over + spread * generator.standard_normal(CARRY_OVERS), 0.0, LARGEST_CARRY_OVER)
    sums = []
    for rho in drawn:
        coefficients, squares, inverse = _fit(logs, past, float(rho))
        noise = np.sqrt(squares / generator.chisquare(freedom, PATHS_EACH))
        shocks = generator.standard_normal((PATHS_EACH, past.shape[1])) @ np.linalg.cholesky(inverse).T
        parameters = coefficients + shocks * noise[:, None]
        error = logs[-1] - parameters @ past[-1]
        total = np.zeros(PATHS_EACH)
        for month in future:
            error = rho * error + generator.standard_normal(PATHS_EACH) * noise
            total += np.exp(parameters @ month + error)
        sums.append(total)
    return np.concatenate(sums)
