"""Months that stand alone: one large order, a slip of the export (x 100), a month at 1 euro.

One such month would be carried into the same month of the next year and into every error. A month of the history is
odd where it departs from the months about it on both sides (at the ends of the history: from the nearest and from the
middle of three), once what the same months of every other year show is taken away: neither a season nor a level that
leaps is odd. It must depart by a factor, and by several times what months of this business commonly do (median absolute
deviation: Hampel, JASA 1974; Leys et al., J. Exp. Soc. Psychol. 2013). Where no other year can be compared, a season
and an oddity look alike: only the neighbours speak, and the factor is larger, the more so downwards (a closure in
August is no oddity). Where more than one month in six is odd, none is: such is this business.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vismajor.damages.counterfactual.process import Months, Table
from vismajor.reasoning.worlds import Column

YEARS_COMPARED = 24  # months of history from which other years are compared
FACTOR = 2.0
ALONE_ABOVE, ALONE_BELOW = 6.0, 20.0  # factors where only the neighbours speak
SIGMAS = 6.0
MAD = 1.4826  # median absolute deviation to standard deviation, of a normal variable
NEIGHBOURS = 3  # on either side
MOST = 1 / 6  # of the months
VANISHED, KEPT = 0.1, 0.4  # shares of what was expected of a month of the loss, and of one beside it
ANY_OTHER = 10.0  # compared by differences: so many times as large as any other month


def find_odd(months: Months, amounts: Column) -> Mapping[int, float]:
    """Return the odd months (month numbers) and how many times what was expected each brought; `amounts` above 0."""
    if not months.size:
        return {}
    values = np.full(int(months[-1] - months[0]) + 1, np.nan)
    values[months - months[0]] = np.log(amounts)
    found: dict[int, float] = {}
    while True:
        departure, limit = _departures(values, compared=months.size >= YEARS_COMPARED)
        excess = np.nan_to_num(np.abs(departure) / limit)
        worst = int(np.argmax(excess))
        if excess[worst] <= 1:
            return dict(sorted(found.items()))
        if len(found) + 1 > max(MOST * months.size, 1):
            return {}
        found[int(months[0]) + worst] = float(np.exp(departure[worst]))
        values[worst] = np.nan


def find_dominant(months: Months, amounts: Column) -> Mapping[int, float]:
    """Return the month that is ten times as large as any other, up or down, and its ratio to the next largest.

    For amounts that may be zero or less, of which ratios to what was expected tell nothing.
    """
    sizes = np.abs(amounts)
    worst = int(np.argmax(sizes))
    second = float(np.delete(sizes, worst).max())
    if not second or sizes[worst] <= ANY_OTHER * second:
        return {}
    return {int(months[worst]): float(amounts[worst] / second)}


def exceeds(actual: Column, expected: Column, high: Column, unit: float) -> Mapping[int, float]:
    """Return which months of the loss (their places) are out of all proportion, and the ratio to what was expected.

    Above twice what was expected and above the interval, or as far below nothing. `unit` is a typical month where
    what is expected may be nothing (0 otherwise), in euros.
    """
    size = np.maximum(expected, unit)
    odd = ((actual - expected > (FACTOR - 1) * size) & (actual > high)) | (actual < -size)
    return {int(place): float(actual[place] / size[place]) for place in np.flatnonzero(odd)}


def collapses(actual: Column, expected: Column) -> Mapping[int, float]:
    """Return which months of the loss (their places) all but vanish beside a neighbour that does not, and their ratio.

    Less than a tenth of what was expected, next to a month that kept two fifths: a loss seldom comes and goes so.
    """
    ratios = np.divide(actual, expected, out=np.ones_like(actual), where=expected > 0)
    beside = np.maximum(np.append(ratios[1:], 0.0), np.insert(ratios[:-1], 0, 0.0))
    return {int(place): float(ratios[place]) for place in np.flatnonzero((ratios < VANISHED) & (beside > KEPT))}


def told(ratio: float) -> str:
    """Write a ratio in whole numbers, the same in every language."""
    if ratio <= 0:
        return "< 0" if ratio < 0 else "0"
    return f"× {ratio:.0f}" if ratio >= 1 else f"÷ {1 / ratio:.0f}"


def _departures(values: Column, *, compared: bool) -> tuple[Column, Column]:
    """Return by how much each month departs (in logarithms; NaN where missing), and by how much it may."""
    alone = _beside(values)
    smallest = np.where(alone > 0, np.log(ALONE_ABOVE), np.log(ALONE_BELOW))
    limit: Column = np.maximum(smallest, SIGMAS * _spread(values))
    if not compared:
        return alone, limit
    lags = [lag for year in range(12, values.size, 12) for lag in (-year, year)]
    changes = np.stack([values - _shifted(values, lag) for lag in lags])
    each = _beside(changes)
    others = (~np.isnan(each)).sum(axis=0)
    least, most, middle = _least(each), -_least(-each), _median(each.T)
    agreed = np.where(others == 0, 0.0, np.where(least > 0, least, np.where(most < 0, most, 0.0)))
    # Two other years must agree; of more, the middle one tells. With one, the odd one is that which leaves the months
    # about it: the other is but compared with it.
    departure: Column = np.asarray(np.where(others > 2, middle, agreed), dtype=np.float64)
    seasonal = (others == 1) & ((alone * departure <= 0) | (np.abs(alone) < np.log(FACTOR)))
    departure = np.where(seasonal, 0.0, departure)
    allowed = max(float(np.log(FACTOR)), SIGMAS * _spread(changes))
    return np.where(others > 0, departure, alone), np.where(others > 0, allowed, limit)


def _beside(values: Table) -> Table:
    """Return by how much each value departs from the middle of those on either side: the smaller, if both agree.

    On the last axis. Where one side is empty, from the nearest on the other side as well.
    """
    sides = [np.stack([_shifted(values, sign * step) for step in range(1, NEIGHBOURS + 1)], axis=-1)
             for sign in (1, -1)]
    before, after = (values - _median(side) for side in sides)
    nearest_before, nearest_after = (values - _first(side) for side in sides)
    one = np.where(np.isnan(before), nearest_after, before)
    other = np.where(np.isnan(after), nearest_before, after)
    return np.asarray(np.where(one * other > 0, np.sign(one) * np.minimum(np.abs(one), np.abs(other)), 0 * one * other))


def _spread(values: Table) -> float:
    """Return by how much values commonly depart from those about them, as a robust standard deviation."""
    steps = [sign * step for step in range(1, NEIGHBOURS + 1) for sign in (1, -1)]
    about = _median(np.stack([_shifted(values, step) for step in steps], axis=-1))
    sizes = np.abs(values - about)
    sizes = sizes[~np.isnan(sizes)]
    return MAD * float(np.median(sizes)) if sizes.size else 0.0


def _shifted(values: Table, by: int) -> Table:
    """Return the values `by` places earlier on the last axis; NaN where there is none."""
    moved = np.full_like(values, np.nan)
    if 0 < abs(by) < values.shape[-1]:
        if by > 0:
            moved[..., by:] = values[..., :-by]
        else:
            moved[..., :by] = values[..., -by:]
    return moved


def _median(values: Table) -> Table:
    """Return the median on the last axis of the values that are known; NaN without one."""
    ordered, known = np.sort(values, axis=-1), (~np.isnan(values)).sum(axis=-1, keepdims=True)
    middle = [np.take_along_axis(ordered, place, axis=-1)[..., 0] for place in ((known - 1) // 2, known // 2)]
    return np.asarray(np.where(known[..., 0] > 0, (middle[0] + middle[1]) / 2, np.nan))


def _least(values: Table) -> Column:
    """Return the least known value on the first axis (infinite without one)."""
    return np.asarray(np.where(np.isnan(values), np.inf, values).min(axis=0))


def _first(values: Table) -> Table:
    """Return the first known value on the last axis; NaN without one."""
    place = np.argmax(~np.isnan(values), axis=-1)[..., None]
    return np.asarray(np.take_along_axis(values, place, axis=-1)[..., 0])
