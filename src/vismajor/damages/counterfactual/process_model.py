"""A process as a model of revenue: what it expects of the loss, and the figures from which that can be recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vismajor.damages.counterfactual.history import MONTHS_FOR_SEASON, History
from vismajor.damages.counterfactual.process import Months, Outlook, Process, Table
from vismajor.damages.counterfactual.shift import find_shift
from vismajor.damages.counterfactual.structure import WAVES, Kind, Structure, error_of
from vismajor.reasoning.worlds import Column

Formula = Mapping[str, float | tuple[float, ...] | tuple[str, ...]]


@dataclass(frozen=True)
class ProcessModel:
    """A regression, a level, or a level of the ratio to an unaffected series (`control`: its logarithms, all months).

    `comparable` where it has all the usable months: else how likely it found them cannot be set beside the others.
    Its expected months are those of the mean possibility: carry-over (or share) and season at their posterior means.
    """

    history: History
    structure: Structure
    control: Column
    comparable: bool = True

    @property
    def id(self) -> str:
        """Its name: regression, level, difference."""
        return self.structure.kind

    @cached_property
    def process(self) -> Process:
        """The process, fitted on the whole grid."""
        return self.structure.fit()

    @property
    def evidence(self) -> float | None:
        """The logarithm of how likely each month of the history was, from those before it; None if not comparable."""
        return self.process.evidence(self.history.count) if self.comparable else None

    def outlook(self, months: Months) -> Outlook | None:
        """Return what the months before the first of `months` let expect of them; None where some are not there."""
        known, rows = self.history.find(months)
        if known < min(MONTHS_FOR_SEASON, self.history.count) or rows is None:
            return None
        found = self.process.outlook(known, rows)
        return replace(found, means=found.means + self.control[rows])

    def expected(self) -> Column:
        """Return the median expected in each month of the loss, in euros."""
        total = np.asarray(sum(self._parts.values())) + self.control
        return np.asarray(self.history.scale.euros(total[self.history.count:]))

    def leap(self, known: int) -> Column:
        """Return how the leap of the level depends on the deviations of the first `known` months, shape (known,)."""
        covariances = self.structure.covariances(*self._mean_possibility)
        total = np.asarray(sum(covariances.values()))[:known, :known]
        return np.asarray(np.linalg.solve(total, covariances["leap"][:known, -1]))

    @property
    def step(self) -> float:
        """The leap of the level on the scale; zero where there was none."""
        return float(self._parts["leap"][-1]) if "leap" in self._parts else 0.0

    @cached_property
    def _mean_possibility(self) -> tuple[float, float]:
        error, width = self.process.weighed(self.history.count)[0] @ self.structure.grid
        return float(error), float(width)

    @cached_property
    def _parts(self) -> Mapping[str, Column]:
        return self.structure.parts_ahead(*self._mean_possibility)

    def formula(self) -> Formula:
        """Return level, yearly trend, season, and what remains of the last error, on the scale (logarithms of euros).

        expected = exp(level + trend x months since `origin` / 12 + season of the calendar month + last_error x
        carry_over ^ months since `origin`); `season` has twelve values, January first, or coefficients `cos` and `sin`
        of 2 pi wave (calendar month - 1) / 12, for waves 1 to 6. For a difference, times the `unaffected` series.
        In euros instead of logarithms where the history is compared by differences.
        """
        known, unit, parts = self.history.count, self.history.scale.unit, self._parts
        level = float(parts["level"][0]) + self.step + (float(parts["wander"][-1]) if "wander" in parts else 0.0)
        found: dict[str, float | tuple[float, ...] | tuple[str, ...]] = {
            "origin": (self.history.origin,), "level": level * unit, "trend": self._yearly() * unit}
        if "carried" in parts:
            found |= {"last_error": float(parts["carried"][known - 1]) * unit, "carry_over": self._mean_possibility[0]}
            found |= self._waves()
        elif "season" in parts:
            found |= {"season": self._by_calendar(), "share": self._mean_possibility[0]}
        if self.control.any():
            found["unaffected"] = tuple(np.exp(self.control[known:]).tolist())
        return found

    def _yearly(self) -> float:
        """Return the slope of the trend, on the scale, a year."""
        first = int(self.history.all_months[0])
        return 12 * float(self._parts["trend"][0]) / first if "trend" in self._parts else 0.0

    def _by_calendar(self) -> tuple[float, ...]:
        season = np.zeros(12)
        season[self.history.calendar] = self._parts["season"] * self.history.scale.unit
        return tuple(season.tolist())

    def _waves(self) -> Mapping[str, tuple[float, ...]]:
        turn = 2 * np.pi * self.history.calendar[:, None] * np.arange(1, WAVES + 1) / 12
        design = np.column_stack([np.cos(turn), np.sin(turn)])
        found, *_ = np.linalg.lstsq(design, self._parts["season"] * self.history.scale.unit, rcond=None)
        return {"cos": tuple(found[:WAVES].tolist()), "sin": tuple(found[WAVES:].tolist())}


def model_of(kind: Kind, history: History, control: Column | None = None) -> ProcessModel:
    """Return the model of `kind` on the history."""
    nothing: Table = np.zeros(history.count + history.loss.size)
    return ProcessModel(history, Structure(kind, history, error_of(history)), nothing if control is None else control)


def with_leap(model: ProcessModel) -> ProcessModel:
    """Return the model with the leap of its level, where it has one."""
    place = find_shift(model.process, model.structure.error)
    if place is None:
        return model
    history = replace(model.history, shift=int(model.history.months[place]))
    return replace(model, history=history, structure=replace(model.structure, history=history))
