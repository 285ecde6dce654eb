"""What a court could find of a fact: the values that are possible in some world, before any probability."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from vismajor.law.conditions import Condition

Plain = bool | str


@dataclass(frozen=True)
class Possible:
    """The possible values of one fact: plain values, or an interval (dates as ordinals, both ends included)."""

    values: frozenset[Plain] = frozenset()
    low: float | None = None
    high: float | None = None

    def allows(self, condition: Condition) -> bool:
        """Tell whether the condition holds in at least one world."""
        if condition.numeric:
            if self.low is None or self.high is None:
                return False
            bound = as_number(condition.values[0])
            return {
                "<": self.low < bound, "<=": self.low <= bound, ">": self.high > bound, ">=": self.high >= bound,
            }[condition.operator]
        if condition.operator == "!=":
            return any(value not in condition.values for value in self.values)
        return any(value in self.values for value in condition.values)


Possibilities = Mapping[str, Possible]


def as_number(value: object) -> float:
    """Return a bound or a value of a fact as a float: dates become ordinals (days)."""
    if isinstance(value, dt.date):
        return float(value.toordinal())
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return float(value)
    raise TypeError(f"not a number or a date: {value!r}")
