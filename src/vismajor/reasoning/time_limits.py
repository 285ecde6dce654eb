"""Time limits, computed in every world: when each ends, given what suspends and interrupts it, and what is left of it.

A limit counted in months ends on the day of the same number, or on the last of the month where there is none. An
interruption wipes out the time that has run and begins a limit of the same length; a suspension stops the time without
wiping it out, and time that two suspensions share stops once. What comes after the end changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from vismajor.case.facts import Fact, FactDeclaration
from vismajor.law.conditions import Condition
from vismajor.law.models import Law
from vismajor.law.time_limits import Interruption, Suspension, TimeLimit
from vismajor.reasoning.findings import TODAY, Finding, catalog
from vismajor.reasoning.possibilities import Possible
from vismajor.reasoning.worlds import Column, Draws, LikeliestWorld, Truth

EPOCH = dt.date(1970, 1, 1).toordinal()
NEVER = np.inf


@dataclass(frozen=True)
class LimitFinding(Finding):
    """The last day of a time limit, or the days left of it (`counts_days`), as a fact of the case."""

    limit: TimeLimit | None = None
    inputs: Mapping[str, Finding] = field(default_factory=dict, hash=False, compare=False)
    counts_days: bool = False

    @cached_property
    def certain(self) -> bool:
        """Whether the limit is the same in every world."""
        return all(finding.certain for finding in self.inputs.values())

    @cached_property
    def content(self) -> str:
        """What the limit is computed from."""
        return "|".join(f"{name}={finding.content}" for name, finding in sorted(self.inputs.items()))

    @cached_property
    def possible(self) -> Possible:
        """The one value of a limit that is certain; else any: the worlds decide."""
        if self.certain:
            value = float(np.max(self.numbers(LikeliestWorld())))
            return Possible(low=value, high=value)
        return Possible(low=float(-dt.date.max.toordinal()), high=float(dt.date.max.toordinal()))

    def numbers(self, draws: Draws) -> Column:
        """Return the last day (as an ordinal), or the days left, in each world; shape (count,)."""
        assert self.limit is not None
        last = np.broadcast_to(_last_day(self.limit, self.inputs, draws), (draws.count,))
        return last - _act(self.limit, self.inputs, draws) if self.counts_days else last


def with_time_limits(law: Law, findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """Return the findings with the last day and the days left of every time limit that has begun to run."""
    found, declared = dict(findings), catalog(law)
    for limit in law.time_limits.values():
        inputs = {name: findings[name] for name in (*limit.facts_used(), TODAY) if name in findings}
        if TODAY in inputs and any(name in inputs for name in limit.starts_on):
            for finding in _computed(declared, limit, inputs):
                found[finding.name] = finding
    return found


def _computed(declared: Mapping[str, FactDeclaration], limit: TimeLimit, inputs: Mapping[str, Finding]
              ) -> Iterator[LimitFinding]:
    key = "|".join(f"{name}={finding.key}" for name, finding in sorted(inputs.items()))
    for name, counts_days in ((limit.last_day, False), (limit.days_left, True)):
        empty = LimitFinding(name, f"{limit.id}:{key}", Fact(value=0), declared[name], 1.0, limit, inputs, counts_days)
        value = int(np.max(empty.numbers(LikeliestWorld())))
        fact = Fact(value=value if counts_days else dt.date.fromordinal(value).isoformat())
        yield LimitFinding(name, empty.key, fact, declared[name], 1.0, limit, inputs, counts_days)


def _act(limit: TimeLimit, inputs: Mapping[str, Finding], draws: Draws) -> Column:
    """Return the day of the act that keeps the limit, or, where there is none yet, the date of knowledge."""
    today = inputs[TODAY].numbers(draws)
    if limit.kept_by not in inputs:
        return today
    act = inputs[limit.kept_by].numbers(draws)
    undone = _met(limit.unless, inputs, draws, if_none=False)
    return np.where(np.isnan(act) | (act > today) | undone, today, act)


def _met(condition: Condition | None, inputs: Mapping[str, Finding], draws: Draws, if_none: bool = True) -> Truth:
    """Return where a condition holds; one on a fact that is not stated does not."""
    if condition is None:
        return np.asarray(if_none)
    finding = inputs.get(condition.name)
    return np.asarray(False) if finding is None else finding.holds(condition, draws)


@dataclass(frozen=True)
class Break:
    """What stops a limit (until `to`, with at least `then_months` left) or, where `to` is None, begins it anew.

    `day`: when, by the date of knowledge; NEVER in the worlds where it has not happened.
    """

    cause: Suspension | Interruption
    day: Column
    to: Column | None = None
    then_months: int = 0


def breaks_of(limit: TimeLimit, inputs: Mapping[str, Finding], draws: Draws) -> Iterator[Break]:
    """Yield what stops a limit or begins it anew, each with its day in every world."""
    today = inputs[TODAY].numbers(draws)

    def day_of(name: str, condition: Condition | None) -> Column | None:
        if name not in inputs:
            return None
        day = inputs[name].numbers(draws)
        return np.where(np.isnan(day) | (day > today) | ~_met(condition, inputs, draws), NEVER, day)

    for suspension in limit.suspended_by:
        day = day_of(suspension.from_, suspension.if_)
        if day is not None:
            to = inputs[suspension.to].numbers(draws) if suspension.to in inputs else today  # so far
            yield Break(suspension, day, np.where(np.isnan(to), today, np.minimum(to, today)), suspension.then_months)
    for interruption in limit.interrupted_by:
        day = day_of(interruption.on, interruption.if_)
        if day is not None:
            yield Break(interruption, day)


def _start(limit: TimeLimit, inputs: Mapping[str, Finding], draws: Draws) -> Column:
    """Return the first date stated; in the worlds where the court does not find it so, the next one."""
    first, *others = [inputs[name].numbers(draws) for name in limit.starts_on if name in inputs]
    for other in others:
        first = np.where(np.isnan(first), other, first)
    return first


def _last_day(limit: TimeLimit, inputs: Mapping[str, Finding], draws: Draws) -> Column:
    start = _start(limit, inputs, draws)
    months: Column = np.asarray(float(limit.months))
    if limit.shortened_to in inputs:
        shorter = np.maximum(inputs[limit.shortened_to or ""].numbers(draws), limit.at_least_months)
        months = np.where(np.isnan(shorter), months, np.minimum(shorter, months))
    last = add_months(start, months)
    breaks = list(breaks_of(limit, inputs, draws))
    if not breaks:
        return last
    days = np.stack(np.broadcast_arrays(*(b.day for b in breaks)))
    order = np.argsort(days, axis=0, kind="stable")
    stopped_to: Column = np.asarray(-NEVER)
    for rank in range(len(breaks)):
        for number, one in enumerate(breaks):
            now = (order[rank] == number) & (one.day <= last)
            if one.to is None:  # the new limit does not run either while the time is stopped
                anew = np.maximum(np.maximum(one.day, stopped_to), start)
                last = np.where(now, add_months(np.where(now, anew, start), months), last)
                continue
            # Only what is stopped of the time that runs: not what comes before the limit begins.
            longer = last + np.maximum(0.0, one.to - np.maximum(np.maximum(one.day, stopped_to), start))
            least = add_months(one.to, np.asarray(float(one.then_months))) if one.then_months else longer
            last = np.where(now, np.maximum(longer, least), last)
            stopped_to = np.where(now, np.maximum(stopped_to, one.to), stopped_to)
    return last


def add_months(day: Column, months: Column) -> Column:
    """Return the day `months` later (ordinals): the same number, or the last day of the month where there is none."""
    date = (np.asarray(day) - EPOCH).astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    target = month + np.asarray(months).astype("timedelta64[M]")
    length = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")
    number = np.minimum(date - month.astype("datetime64[D]"), length - np.timedelta64(1, "D"))
    days: Column = (target.astype("datetime64[D]") + number).astype(np.int64).astype(np.float64)
    return days + EPOCH
