"""What revenue would have been without the incident, from the claimant's own months before it.

Model: the logarithm of monthly revenue is a level, a linear trend and a yearly season (two harmonics), fitted by least
squares on the months before the loss, with errors that carry over from one month to the next (AR(1)). The sum over the
loss period is simulated jointly, estimation error included: monthly bounds are never added. The comparison with the
situation without the event is the method of the Paris court of appeal's sheet 3 (and 6 for the margin).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vismajor.case.models import Revenue, month_name, month_number
from vismajor.reasoning.worlds import Column, Worlds

HARMONICS = 2
PATHS = 4_000
LARGEST_CARRY_OVER = 0.9  # an AR(1) coefficient estimated near 1 on 24 months would make the interval endless


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


def counterfactual(revenue: Revenue, first: str, last: str, worlds: Worlds, name: str) -> Counterfactual:
    """Compare revenue from `first` to `last` (YYYY-MM, both included) with what the months before let expect.

    The months before must be positive and at least 24 (the reader of cases refuses others). Raises ValueError
    otherwise. Draws are keyed by `name`.
    """
    before = revenue.months_before(first)
    length = month_number(last) - month_number(first) + 1
    amounts = np.array([float(amount) for amount in revenue.amounts])
    history, actual = amounts[:before], amounts[before:before + length]
    if before < 2 * 12 or history.min() <= 0:
        raise ValueError("at least 24 months of positive revenue before the loss are needed")
    months = np.arange(before + length)
    design = _design(months, month_number(revenue.first))
    past, future = design[:before], design[before:]
    coefficients, *_ = np.linalg.lstsq(past, np.log(history), rcond=None)
    residuals = np.log(history) - past @ coefficients
    freedom = before - past.shape[1]
    carry_over = _carry_over(residuals)
    noise = float(np.sqrt(residuals @ residuals / freedom))
    medians = np.exp(future @ coefficients + residuals[-1] * carry_over ** np.arange(1, length + 1))
    sums = _simulate(past, future, coefficients, residuals[-1], carry_over, noise, worlds, name)
    return Counterfactual(
        tuple(month_name(month_number(first) + i) for i in range(length)), medians, actual,
        np.sort(sums - actual.sum()), carry_over, before,
    )


def _design(months: NDArray[np.int_], start: int) -> Column:
    season = 2 * np.pi * (months + start % 12)[:, None] * np.arange(1, HARMONICS + 1)[None, :] / 12
    centred = (months - months.mean()) / 12
    return np.column_stack([np.ones(months.size), centred, np.cos(season), np.sin(season)])


def _carry_over(residuals: Column) -> float:
    """Return the AR(1) coefficient, corrected for its bias in short series (Marriott & Pope, Biometrika 1954)."""
    raw = float(residuals[:-1] @ residuals[1:] / (residuals @ residuals))
    corrected = raw + (1 + 3 * max(raw, 0.0)) / residuals.size
    return min(max(corrected, 0.0), LARGEST_CARRY_OVER)


def _simulate(past: Column, future: Column, coefficients: Column, last_residual: float, carry_over: float,
              noise: float, worlds: Worlds, name: str) -> Column:
    """Return simulated sums of revenue over the loss period, of shape (PATHS,)."""
    generator = worlds.generator(f"counterfactual:{name}")
    # Correlated errors carry less information than independent ones: the estimation error grows accordingly.
    inflation = (1 + carry_over) / (1 - carry_over)
    covariance = noise**2 * inflation * np.linalg.inv(past.T @ past)
    draws = generator.standard_normal((PATHS, coefficients.size))
    parameters = coefficients + draws @ np.linalg.cholesky(covariance).T
    innovations = generator.standard_normal((PATHS, future.shape[0])) * noise * np.sqrt(1 - carry_over**2)
    error = np.full(PATHS, last_residual)
    total = np.zeros(PATHS)
    for month in range(future.shape[0]):
        error = carry_over * error + innovations[:, month]
        total += np.exp(parameters @ future[month] + error)
    return total
