"""The models of what revenue would have been; each answers for any past month as it does for the loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from vismajor.case.series import MonthlySeries, month_name
from vismajor.damages.counterfactual.history import MONTHS_FOR_SEASON, MONTHS_FOR_TREND, History, Statement
from vismajor.damages.counterfactual.last_year import LastYear
from vismajor.damages.counterfactual.process import Months, Outlook
from vismajor.damages.counterfactual.process_model import Formula, ProcessModel, model_of, with_leap
from vismajor.reasoning.worlds import Column


class Model(Protocol):
    """A model fitted on a history."""

    @property
    def id(self) -> str:
        """Its name: regression, last_year, level, difference."""

    @property
    def evidence(self) -> float | None:
        """The logarithm of how likely it found each month of the history; None if not comparable."""

    def outlook(self, months: Months) -> Outlook | None:
        """Return what the months before the first of `months` let expect of them, on the scale; None if nothing."""

    def expected(self) -> Column:
        """Return the median expected in each month of the loss, in euros."""

    def formula(self) -> Formula:
        """Return the figures from which the expected months can be recomputed."""


def fit_models(history: History, unaffected: MonthlySeries | None) -> tuple[tuple[Model, ...], tuple[Statement, ...]]:
    """Return the models that the history bears, in the order told, and what must be said of them."""
    said: list[Statement] = []
    level = model_of("level", history)
    if history.count >= MONTHS_FOR_TREND:
        level = with_leap(level)
        history = level.history
    if history.shift is not None:
        said.append(Statement("level_shift", (("month", month_name(history.shift)), ("change", _change(level)))))
    found: list[Model] = [level]
    if history.count >= MONTHS_FOR_TREND:
        found.insert(0, regression := model_of("regression", history))
    if history.count >= MONTHS_FOR_SEASON:
        last_year = LastYear(history, level, (regression, level) if len(found) > 1 else (level,))
        if last_year.outlook(history.loss) is None:
            said.append(Statement("no_last_year"))
        else:
            found.insert(len(found) - 1, last_year)
    if unaffected is not None:
        difference = _difference(history, unaffected)
        said += [Statement("unaffected_unusable")] if difference is None else []
        found += [] if difference is None else [difference]
    return _plausible(history, found, said), tuple(said)


def _plausible(history: History, models: Sequence[Model], said: list[Statement]) -> tuple[Model, ...]:
    """Return the models but those that expect a month above several times the largest of the history, and say so.

    The level, which is among the months, always stays: where it would go beyond, it is bounded there.
    """
    most = (1 - 1e-9) * history.scale.bounds[1]
    found = []
    for model in models:
        if model.id == "level" or bool((model.expected() < most).all()):
            found.append(model)
        else:
            said.append(Statement("model_beyond_" + model.id))
    return tuple(found)


def _change(level: ProcessModel) -> str:
    """Return the leap of the level in per cent, with its sign."""
    ratio = np.expm1(level.step) if level.history.scale.kind == "ratio" else level.step
    return f"{100 * ratio:+.0f}"


def _difference(history: History, unaffected: MonthlySeries) -> ProcessModel | None:
    """Return the model of the ratio to the unaffected series, where that has 12 months of the history and the loss."""
    known = {month: float(amount) for month, amount in zip(unaffected.months, unaffected.amounts, strict=True)}
    other = np.array([known.get(month_name(month), 0.0) for month in history.every.tolist()])
    kept = other > 0
    here = kept[:history.count]
    if history.scale.kind != "ratio" or here.sum() < MONTHS_FOR_SEASON or not kept[history.count:].all():
        return None
    own = replace(history, months=history.months[here], amounts=history.amounts[here] / other[:history.count][here],
                  shift=None)
    model = replace(model_of("difference", own, np.log(other[kept])), comparable=own.count == history.count)
    return with_leap(model) if own.count >= MONTHS_FOR_TREND else model
