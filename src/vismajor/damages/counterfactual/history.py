"""What of a series can be used: its months, the scale on which they are compared, and what could not be used and why.

How much history allows what (each step said to the reader, `Statement`):
at least 24 months: every model; 12 to 23: no trend; 6 to 11: one level, no season; fewer: refused.
Months within a declared break are taken as missing; so are months of zero or less where they are few (one in ten);
where they are more, months are compared by differences in euros instead of ratios. Odd months (`odd`) are taken as
missing too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vismajor.case.checks import MONTHS_NEEDED
from vismajor.case.models import Break
from vismajor.case.series import MonthlySeries, month_name, month_number
from vismajor.damages.counterfactual.odd import find_dominant, find_odd, told
from vismajor.damages.counterfactual.process import Months, Table
from vismajor.reasoning.worlds import Column

MONTHS_FOR_SEASON = 12
MONTHS_FOR_TREND = 24
MONTHS_KEPT = 84  # seven years: older months say little of this business, and cost time
FEW_NOT_POSITIVE = 0.10
MOST_TIMES = 5.0  # no month is expected, nor simulated, above so many times the largest usable month


@dataclass(frozen=True)
class Statement:
    """Something that cannot be said, or was set aside: a code (`counterfactual_<code>` in the words) and its values."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Scale:
    """Logarithms (`unit` 1), or differences in units of a typical month's revenue, in euros.

    Whatever is put back into euros is first brought between `lowest` and `highest` (on the scale): nothing overflows.
    """

    kind: Literal["ratio", "difference"]
    unit: float = 1.0
    lowest: float = -np.inf
    highest: float = np.inf

    def of(self, amounts: Column) -> Column:
        """Put euros on the scale."""
        return np.log(amounts) if self.kind == "ratio" else amounts / self.unit

    def euros(self, values: Table) -> Table:
        """Put values of the scale back into euros."""
        bounded = np.clip(values, self.lowest, self.highest)
        return np.asarray(np.exp(bounded) if self.kind == "ratio" else bounded * self.unit)

    def slope(self, values: Table) -> Table:
        """Return euros per unit of the scale at `values`."""
        return self.euros(values) if self.kind == "ratio" else np.full_like(values, self.unit)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that a month may be, in euros."""
        low, high = self.euros(np.array([self.lowest, self.highest])).tolist()
        return low, high


@dataclass(frozen=True)
class History:
    """The usable months before the loss, and the months of the loss, both as month numbers; amounts in euros.

    `shift` is the first month at a new level, where the level leapt (`find_shift`).
    """

    months: Months
    amounts: Column
    loss: Months
    scale: Scale
    statements: tuple[Statement, ...] = ()
    shift: int | None = None

    @property
    def values(self) -> Column:
        """The usable months on the scale, of shape (months,)."""
        return self.scale.of(self.amounts)

    @property
    def count(self) -> int:
        """Number of usable months."""
        return self.months.size

    @property
    def every(self) -> Months:
        """Months of history and of loss, as month numbers."""
        return np.concatenate([self.months, self.loss])

    @property
    def by_month(self) -> dict[int, float]:
        """Euros by month number."""
        return dict(zip(self.months.tolist(), self.amounts.tolist(), strict=True))

    @property
    def origin(self) -> str:
        """The last month of the history, from which months ahead are counted."""
        return month_name(int(self.months[-1]))

    def find(self, months: Months) -> tuple[int, slice | None]:
        """Return how many months of history come before `months`, and their places among all; None if some lack."""
        every = self.every
        known, start = int(np.searchsorted(self.months, months[0])), int(np.searchsorted(every, months[0]))
        rows = slice(start, start + months.size)
        return known, rows if np.array_equal(every[rows], months) else None

    @property
    def all_months(self) -> Months:
        """Months of history and of loss, counted from the last month of history."""
        return np.asarray(self.every - self.months[-1])

    @property
    def calendar(self) -> Months:
        """The calendar month (0 for January) of all months."""
        return self.every % 12


def usable_history(revenue: MonthlySeries, first: str, last: str, breaks: Sequence[Break] = ()) -> History:
    """Return what of the months before `first` can be used to say what those from `first` to `last` would have been.

    Raises ValueError where fewer than 6 months are usable, all are zero, or every month of the loss is in a break.
    """
    start = month_number(first)
    before = max(min(revenue.months_before(first), len(revenue.amounts)), 0)
    months = np.arange(start - before, start)[-MONTHS_KEPT:]
    amounts = np.array([float(amount) for amount in revenue.amounts[:before]])[-MONTHS_KEPT:]
    loss = np.arange(start, month_number(last) + 1)
    statements: list[Statement] = []
    if revenue.months_before(first) > len(revenue.amounts):
        raise ValueError("the series ends before the loss begins")
    broken, broken_loss = _in_breaks(months, breaks), _in_breaks(loss, breaks)
    if broken_loss.any():
        statements.append(Statement("break_in_loss", (("months", _named(loss[broken_loss])),)))
    months, amounts, loss = months[~broken], amounts[~broken], loss[~broken_loss]
    if months.size < MONTHS_NEEDED or not amounts.any() or not loss.size:
        raise ValueError(f"at least {MONTHS_NEEDED} months of revenue before the loss, and one of loss, are needed")
    return _on_scale(months, amounts, loss, statements)


def _on_scale(months: Months, amounts: Column, loss: Months, statements: list[Statement]) -> History:
    positive = amounts > 0
    few = bool((~positive).mean() <= FEW_NOT_POSITIVE) and positive.sum() >= MONTHS_NEEDED
    if not positive.all():
        said = "zero_months" if few else "zero_months_many"
        statements.append(Statement(said, (("months", _named(months[~positive])),)))
        if few:
            months, amounts = months[positive], amounts[positive]
    odd = find_odd(months, amounts) if few else find_dominant(months, amounts)
    if odd and months.size - len(odd) < MONTHS_NEEDED:
        statements.append(odd_statement("odd_months_kept", odd))
    elif odd:
        statements.append(odd_statement("odd_months", odd))
        kept = ~np.isin(months, list(odd))
        months, amounts = months[kept], amounts[kept]
    if months.size < MONTHS_FOR_TREND:
        statements.append(Statement("short_history", (("months", str(months.size)),)))
        statements.append(Statement("no_season" if months.size < MONTHS_FOR_SEASON else "no_trend"))
    return History(months, amounts, loss, _scale(amounts, "ratio" if few else "difference"), tuple(statements))


def _scale(amounts: Column, kind: Literal["ratio", "difference"]) -> Scale:
    most = MOST_TIMES * float(np.abs(amounts).max())
    if kind == "ratio":
        return Scale(kind, 1.0, float(np.log(amounts.min() / MOST_TIMES)), float(np.log(most)))
    unit = float(np.abs(amounts).mean())
    return Scale(kind, unit, -most / unit, most / unit)


def odd_statement(code: str, ratios: Mapping[int, float]) -> Statement:
    """Return what must be said of odd months, by month number with the ratio to what was expected."""
    named = ", ".join(f"{month_name(month)} ({told(ratio)})" for month, ratio in ratios.items())
    return Statement(code, (("months", named),))


def _in_breaks(months: Months, breaks: Sequence[Break]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    found = np.zeros(months.size, dtype=np.bool_)
    for one in breaks:
        found |= (months >= month_number(one.from_)) & (months <= month_number(one.to))
    return found


def _named(months: Months) -> str:
    return ", ".join(month_name(int(month)) for month in months)
