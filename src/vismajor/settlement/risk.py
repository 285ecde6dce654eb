"""What an uncertain sum is worth to whoever must live with it: its mean, or its certainty equivalent under risk.

A side that looks at the mean alone is indifferent between the suit and its expected value. A side averse to risk is
indifferent between the suit and the sure sum of the same utility, which is less (Gould, "The Economics of Legal
Conflicts", J. Legal Stud. 1973). With the exponential utility −exp(−x/R) of risk tolerance R (euros), that sum is
CE = −R · log E[exp(−x/R)]: never more than the mean, near it as R grows, and one to one with a sure sum added. For who
pays a loss y it is the mirror image, R · log E[exp(y/R)], never less than the mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.damages.money import euros
from vismajor.reasoning.worlds import Column


@dataclass(frozen=True)
class Estimated:
    """A figure drawn from worlds, in euros, with what each world pulls on it (`pull`, of shape (worlds,), mean nil).

    Sums and differences of such figures over the same worlds keep their standard error exact: draws that two figures
    share cancel out in their difference (the influence function of the delta method).
    """

    value: float
    pull: Column

    @property
    def standard_error(self) -> float:
        """The error of simulation, in euros."""
        return float(self.pull.std() / np.sqrt(self.pull.size))

    @property
    def figure(self) -> Figure:
        """The same to the cent, as it is stated."""
        return Figure(euros(self.value), euros(self.standard_error))

    def __add__(self, other: Estimated) -> Estimated:
        return Estimated(self.value + other.value, self.pull + other.pull)

    def __sub__(self, other: Estimated) -> Estimated:
        return Estimated(self.value - other.value, self.pull - other.pull)

    def at_least(self, bound: float) -> Estimated:
        """Return the figure, or a bound that is certain where the figure is less."""
        return self if self.value >= bound else Estimated(bound, np.zeros_like(self.pull))

    def at_most(self, bound: float) -> Estimated:
        """Return the figure, or a bound that is certain where the figure is more."""
        return self if self.value <= bound else Estimated(bound, np.zeros_like(self.pull))


@dataclass(frozen=True)
class Figure:
    """An amount in euros, to the cent, with its error of simulation."""

    value: Decimal
    standard_error: Decimal


def mean(column: Column) -> Estimated:
    """Return the mean of a column of euros."""
    middle = float(column.mean())
    return Estimated(middle, column - middle)


def total(figures: Iterable[Estimated], count: int) -> Estimated:
    """Return the sum of figures over the same `count` worlds; nil where there are none."""
    return sum(figures, Estimated(0.0, np.zeros(count)))


def certainty_equivalent(gain: Column, risk_tolerance: float | None = None) -> Estimated:
    """Return the sure sum that is as good as `gain` (euros, (worlds,)); the mean where no risk tolerance is stated.

    Computed from the lowest outcome up, so that no exponential overflows and a large tolerance loses no digit.
    """
    expected = mean(gain)
    if risk_tolerance is None:
        return expected
    lowest = float(gain.min())
    fallen = np.expm1(-(gain - lowest) / risk_tolerance)  # exp(−(x − min)/R) − 1, in (−1, 0]
    together = float(fallen.mean())
    worth = lowest - risk_tolerance * float(np.log1p(together))
    pull = -risk_tolerance * ((1 + fallen) / (1 + together) - 1)
    return Estimated(min(worth, expected.value), pull)


def certain_cost(loss: Column, risk_tolerance: float | None = None) -> Estimated:
    """Return the sure payment that is as bad as `loss` (euros, (worlds,)); the mean where no tolerance is stated."""
    worth = certainty_equivalent(-loss, risk_tolerance)
    return Estimated(-worth.value, -worth.pull)
