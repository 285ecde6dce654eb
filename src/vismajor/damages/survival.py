"""How long customers stay: the Kaplan-Meier curve, and usual attrition with what is not known about it.

Times are months of 365.25 / 12 days. A customer who was there before the list began enters late (left truncation); one
who was still there when observation stops is seen no further (right censoring).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from vismajor.reasoning.worlds import Column

DAYS_A_MONTH = 365.25 / 12
JEFFREYS_DEPARTURES = 0.5  # the prior 1/sqrt(hazard) of Jeffreys is worth half a departure
CAUTION_MONTHS = 12.0  # customer-months added where the list is too small: the hazard stays finite, and wide


@dataclass(frozen=True)
class KaplanMeier:
    """The estimated share of customers still there after each time at which one left, in the order of times.

    All columns have the same shape: `times` in the unit given, `at_risk` and `departures` counts, `survival` a share,
    `errors` its standard error (Greenwood), `low` and `high` an interval. The curve is about those who reached `since`.
    """

    times: Column
    at_risk: Column
    departures: Column
    survival: Column
    errors: Column
    low: Column
    high: Column
    since: float = 0.0

    def at(self, time: float) -> float:
        """Return the share still there at `time`."""
        before = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[before - 1]) if before else 1.0


def kaplan_meier(entries: ArrayLike, exits: ArrayLike, left: ArrayLike, level: float = 0.90, fewest: int = 1
                 ) -> KaplanMeier:
    """Estimate survival from times of entry and exit, and whether the exit was a departure; shapes (n,).

    With late entries the first times may have hardly anybody at risk, and one departure would bring the curve to 0:
    it begins once `fewest` are at risk. `level` is that of the interval.

    Product limit of Kaplan & Meier (JASA 1958) with late entry; standard error of Greenwood (1926); interval on the
    log(-log) scale, which stays within 0 and 1 (Kalbfleisch & Prentice).
    """
    entry, leave, gone = (np.asarray(values, dtype=np.float64) for values in (entries, exits, left))
    gone = gone.astype(bool)
    times, departures = np.unique(leave[gone], return_counts=True)
    at_risk = np.array([np.count_nonzero((entry < time) & (leave >= time)) for time in times], dtype=np.float64)
    begun = np.logical_or.accumulate(at_risk >= fewest)
    since = float(times[~begun].max(initial=0.0))
    times, departures, at_risk = times[begun], departures[begun], at_risk[begun]
    survival: Column = np.cumprod(1 - departures / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(departures / (at_risk * (at_risk - departures)))
        errors: Column = np.where(survival > 0, survival * np.sqrt(variance), 0.0)
        spread = NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(variance) / np.log(survival)
        low, high = (np.asarray(survival ** np.exp(sign * spread), dtype=np.float64) for sign in (-1, 1))
    gone_all = survival <= 0  # everybody left: nothing is estimated beyond
    return KaplanMeier(times, at_risk, departures.astype(np.float64), survival, errors,
                       np.where(gone_all, 0.0, low), np.where(gone_all, 0.0, high), since)


@dataclass(frozen=True)
class Attrition:
    """Usual attrition: the share of customers that leave in a month, `monthly`, and 90 % bounds.

    From `departures` in `customer_months` seen, and what the prior adds to each. `hazard` = (departures +
    prior_departures) / (customer_months + prior_months) a month, and `monthly` = 1 - exp(-hazard).
    """

    departures: int
    customer_months: float
    prior_departures: float
    prior_months: float

    @property
    def hazard(self) -> float:
        """Departures a customer-month: the mean of what is known of it."""
        return (self.departures + self.prior_departures) / (self.customer_months + self.prior_months)

    @property
    def monthly(self) -> float:
        """The share of customers that leaves in a month."""
        return float(-np.expm1(-self.hazard))

    @property
    def low(self) -> float:
        """The lower bound of 90 % for `monthly`."""
        return self._bound(0.05)

    @property
    def high(self) -> float:
        """The upper bound of 90 % for `monthly`."""
        return self._bound(0.95)

    def _bound(self, share: float) -> float:
        shape, months = self.departures + self.prior_departures, self.customer_months + self.prior_months
        from scipy.special import gammaincinv  # noqa: PLC0415 — slow to import, and few cases have such lists

        return float(-np.expm1(-gammaincinv(shape, share) / months))

    def draw(self, generator: np.random.Generator, count: int) -> Column:
        """Return `count` draws of the hazard a month, from its Gamma posterior."""
        shape, months = self.departures + self.prior_departures, self.customer_months + self.prior_months
        return np.asarray(generator.gamma(shape, 1 / months, count), dtype=np.float64)


def attrition(departures: int, customer_months: float, *, small: bool) -> Attrition:
    """Return usual attrition by a constant hazard with the prior of Jeffreys (Gelman et al., BDA3, 2.8).

    `small` says that the list is too small for that alone: some customer-months without a departure are added.
    """
    return Attrition(departures, customer_months, JEFFREYS_DEPARTURES, CAUTION_MONTHS if small else 0.0)
