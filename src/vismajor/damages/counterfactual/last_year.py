"""The same month of last year, times the trend: how French experts reckon the turnover expected.

The trend is half the mean of the yearly growth rates, over whole years of twelve months counted back from the loss
(`mean_growth`), and half what refines it: the mean growth of the last 9, 6 and 3 months on the same months a year
before (those without a hole). Where the same month of last year is missing (a declared break, no revenue), the year
before that is taken, and the trend twice. Below 24 months no trend is taken.

Where the level leapt before the event (`find_shift`), months before the leap are first put at the level after it.

Its errors are those that the reckoning would have made of what the regression and the level model each take months to
be: the reckoning is (in logarithms) a sum of months, and the covariance of its error follows from theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vismajor.case.series import month_name
from vismajor.damages.counterfactual.growth import mean_growth
from vismajor.damages.counterfactual.history import MONTHS_FOR_SEASON, MONTHS_FOR_TREND, History
from vismajor.damages.counterfactual.process import Months, Outlook, Table
from vismajor.damages.counterfactual.process_model import Formula, ProcessModel
from vismajor.damages.counterfactual.shift import LEAST_AFTER
from vismajor.reasoning.worlds import Column

REFINED_ON = (9, 6, 3)
LEAST_YEAR = 9  # months of a year that must be there, and a year before, for a yearly growth rate


@dataclass(frozen=True)
class Reckoning:
    """The reckoning from one past month: base months (month numbers), years between, yearly growth, expected euros.

    `adjusted` are the base months in euros, put at the level after a leap, which is of `step` (on the scale).
    `spread` of shape (months, known + months) holds how the logarithm of each ratio of what comes to what is reckoned
    depends on every month known and to come.
    """

    bases: tuple[int, ...]
    adjusted: Column
    years: tuple[int, ...]
    growth: float
    comparisons: Mapping[str, float]
    expected: Column
    spread: Table
    step: float


def reckon(history: History, known: int, rows: slice, leap: Column | None = None) -> Reckoning | None:
    """Reckon the months `rows` of history and loss from the first `known` ones; None where one has no base.

    Where the level leapt, months before are put at the level after: by how much is `leap`, of shape (known,), times
    the deviations of the known months from their mean (on the scale).
    """
    before, step = (history.months[:known] < (history.shift or 0)).astype(np.float64), 0.0
    if leap is not None:
        values = history.values[:known]
        step = float(leap @ (values - values.mean()))
        adjusted = history.scale.euros(values + before * step)
        history = replace(history, amounts=np.concatenate([adjusted, history.amounts[known:]]))
    months = history.every
    place = {int(month): index for index, month in enumerate(months[:known])}
    comparisons, pulls = _growth(history, known, place)
    shares = _shares(len(comparisons), "years" in comparisons)
    growth = float(shares @ list(comparisons.values())) if comparisons else 0.0
    pull = shares @ np.array(pulls) if pulls else np.zeros(known)
    wanted, bases, years = months[rows], [], []
    spread = np.zeros((wanted.size, months.size))
    for row, month in enumerate(wanted.tolist()):
        back = next((lag for lag in range(1, 8) if month - 12 * lag in place), None)
        if back is None:
            return None
        bases.append(month - 12 * back)
        years.append(back)
        spread[row, :known] -= back * pull
        spread[row, place[bases[-1]]] -= 1
        spread[row, rows.start + row] += 1
    if leap is not None:
        spread[:, :known] += np.outer(spread[:, :known] @ before, leap - leap.mean())
    base = history.amounts[[place[month] for month in bases]]
    expected = base * (1 + growth) ** np.array(years)
    return Reckoning(tuple(bases), base, tuple(years), growth, comparisons, expected, spread, step)


def _shares(count: int, with_years: bool) -> Column:
    """Return how much each comparison counts: the years for half, where others refine them."""
    if not with_years or count < 2:
        return np.full(count, 1 / max(count, 1))
    return np.array([0.5] + [0.5 / (count - 1)] * (count - 1))


def _growth(history: History, known: int, place: Mapping[int, int]) -> tuple[dict[str, float], list[Column]]:
    """Return the growth rates compared, and how the logarithm of each depends on every known month."""
    if known < MONTHS_FOR_TREND or history.scale.kind != "ratio":
        return {}, []
    last = int(history.months[known - 1])
    found: dict[str, float] = {}
    pulls: list[Column] = []
    years, year_pulls = _years(history, known, place, last)
    if years:
        found["years"], pulls = float(np.mean(years)), [np.mean(year_pulls, axis=0)]
    for length in REFINED_ON:
        pairs = _pairs(place, last - length + 1, last)
        if len(pairs) == length:
            rate, pull = _rate(history, known, pairs)
            found[f"last_{length}"] = rate
            pulls.append(pull)
    return found, pulls


def year_ends(months: Collection[int], last: int) -> list[int]:
    """Return the last months of the years counted back from `last` that can be compared with the year before.

    `months` are those that are known; a year counts with nine months at least that have theirs a year before, a year
    with fewer (a declared break) is passed over.
    """
    if not months:
        return []
    return [end for end in range(last, min(months) + 11, -12)
            if sum(month in months and month - 12 in months for month in range(end - 11, end + 1)) >= LEAST_YEAR]


def _years(history: History, known: int, place: Mapping[int, int], last: int) -> tuple[list[float], list[Column]]:
    found = [_rate(history, known, _pairs(place, end - 11, end)) for end in year_ends(place.keys(), last)]
    return [rate for rate, _ in found], [pull for _, pull in found]


def _pairs(place: Mapping[int, int], first: int, last: int) -> list[tuple[int, int]]:
    """Return the places of the months from `first` to `last` that are known a year before too."""
    return [(place[month - 12], place[month]) for month in range(first, last + 1)
            if month in place and month - 12 in place]


def _rate(history: History, known: int, pairs: list[tuple[int, int]]) -> tuple[float, Column]:
    old, new = (np.array(side) for side in zip(*pairs, strict=True))
    before, after = history.amounts[old], history.amounts[new]
    pull = np.zeros(known)
    pull[new] += after / after.sum()
    pull[old] -= before / before.sum()
    return mean_growth([before.sum(), after.sum()]), pull


@dataclass(frozen=True)
class LastYear:
    """The model: the reckoning, with errors as the `others` (regression, level) take them, as likely as each is."""

    history: History
    level: ProcessModel
    others: tuple[ProcessModel, ...]
    id: str = "last_year"

    @property
    def evidence(self) -> float | None:
        """That of the others on average: it foretells no month by itself, and its errors are theirs."""
        return float(np.logaddexp.reduce([other.process.evidence(self.history.count) for other in self.others])
                     - np.log(len(self.others)))

    def outlook(self, months: Months) -> Outlook | None:
        """Return what the months before the first of `months` let expect of them; None where one has no base."""
        known, rows = self.history.find(months)
        reckoned = None if rows is None or known < MONTHS_FOR_SEASON else self._reckon(known, rows)
        if reckoned is None:
            return None
        weights, squares, freedom = self._behaviour(known)
        covariance = reckoned.spread @ self._errors @ reckoned.spread.T + 1e-12 * np.eye(months.size)
        means = np.broadcast_to(self.history.scale.of(reckoned.expected), (weights.size, months.size))
        factors: Table = np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)
        return Outlook(weights, means, factors, squares, freedom)

    def _reckon(self, known: int, rows: slice) -> Reckoning | None:
        shift = self.history.shift
        seen = shift is not None and (self.history.months[:known] >= shift).sum() >= LEAST_AFTER
        return reckon(self.history, known, rows, self.level.leap(known) if seen else None)

    def _behaviour(self, known: int) -> tuple[Column, Column, float]:
        """Return weight and squares of every possibility of every other model, after `known` months."""
        evidence = np.array([other.process.evidence(known) for other in self.others])
        shares = np.exp(evidence - evidence.max())
        found = [other.process.weighed(known) for other in self.others]
        weights = np.concatenate([share * one[0] for share, one in zip(shares / shares.sum(), found, strict=True)])
        return weights, np.concatenate([one[1] for one in found]), found[0][2]

    @cached_property
    def _errors(self) -> Table:
        """The covariance of what the reckoning cannot know, for every possibility of every other model."""
        leap = self.level.structure.systematic().get("leap", np.zeros(1))
        return np.stack([other.structure.error_covariance(error) + leap
                         for other in self.others for error, _ in other.structure.grid.tolist()])

    @cached_property
    def _loss(self) -> Reckoning:
        known = self.history.count
        reckoned = self._reckon(known, slice(known, known + self.history.loss.size))
        assert reckoned is not None  # the model is offered where every month has a base
        return reckoned

    def expected(self) -> Column:
        """Return what is expected in each month of the loss, in euros."""
        return self._loss.expected

    def formula(self) -> Formula:
        """Return the reckoning: expected = base_adjusted x (1 + growth) ^ years.

        `growth` is half growth_years, half the mean of growth_last_9, growth_last_6 and growth_last_3.

        `base_amounts` are as in the accounts, `base_adjusted` at the level after a leap (the same where none was), the
        growth too: months before `leap_from` times exp(leap), or plus it where months are compared in euros.
        """
        found, amounts = self._loss, self.history.by_month
        return {"growth": found.growth, "base_months": tuple(month_name(base) for base in found.bases),
                "base_amounts": tuple(amounts[base] for base in found.bases),
                "base_adjusted": tuple(found.adjusted.tolist()), "years": tuple(float(year) for year in found.years),
                **self._leap_told(found.step), **{f"growth_{name}": rate for name, rate in found.comparisons.items()}}

    def _leap_told(self, step: float) -> Formula:
        shift, scale = self.history.shift, self.history.scale
        return {} if shift is None or not step else {"leap": step * scale.unit, "leap_from": (month_name(shift),)}
