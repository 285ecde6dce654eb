"""The parts of monthly revenue, as covariances between months (in logarithms, or in units of a month's revenue).

`months` counts from the last month of the history (0), so that the level is that of this month.
"""

from __future__ import annotations

import numpy as np

from vismajor.damages.counterfactual.process import Months, Table

LEVEL = 1.0  # prior standard deviation of the level about the mean of the months: as good as free


def level(months: Months) -> Table:
    """Return the covariance of one level for all months."""
    return np.full((months.size, months.size), LEVEL**2)


def trend(months: Months, growth: float) -> Table:
    """Return the covariance of a straight line; `growth` is the prior standard deviation of a year's growth."""
    years = months / 12
    return np.asarray(growth**2 * np.outer(years, years))


def leap(months: Months, at: int, size: float) -> Table:
    """Return the covariance of a leap of the level in month `at`; `size` is its prior standard deviation."""
    after = (months >= at).astype(np.float64)
    return np.asarray(size**2 * np.outer(after, after))


def harmonics(calendar: Months, count: int, width: float) -> Table:
    """Return the covariance of `count` yearly waves; `width` is the prior standard deviation of the first."""
    waves = np.arange(1, count + 1)
    by_lag = np.cos(2 * np.pi * np.outer(np.arange(12), waves) / 12) @ (width / waves) ** 2
    return np.asarray(by_lag[(calendar[:, None] - calendar[None, :]) % 12])


def wander(months: Months) -> Table:
    """Return the covariance of a random walk that starts before the first month, one unit of variance a month."""
    since = months - months.min()
    return np.asarray(np.minimum(since[:, None], since[None, :]), dtype=np.float64)


def carried(months: Months, carry_over: float) -> Table:
    """Return the covariance of errors of which `carry_over` passes on to the next month; one unit of new error."""
    distance = np.abs(months[:, None] - months[None, :])
    return np.asarray(carry_over ** distance / (1 - carry_over**2), dtype=np.float64)


def alone(months: Months) -> Table:
    """Return the covariance of errors that are each month's own."""
    return np.eye(months.size)
