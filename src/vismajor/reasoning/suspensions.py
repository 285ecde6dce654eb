"""What suspended or interrupted the time limits of a case: from when, until when, for whom, and whether it counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.law.time_limits import Interruption, Suspension, TimeLimit
from vismajor.reasoning.assessment import duties_of
from vismajor.reasoning.deadlines import SOME_WORLDS
from vismajor.reasoning.findings import Finding, catalog, findings_for
from vismajor.reasoning.time_limits import Break, LimitFinding, breaks_of, with_time_limits
from vismajor.reasoning.worlds import Column, Truth, Worlds

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Stop:
    """A suspension or an interruption of a time limit, for claimants who stand alike.

    `began` and `ended` bound its days over the worlds in which the court finds it (both the same where they are
    certain); `ended` is None for an interruption, and for a suspension that still lasts. `certain`: every court finds
    it. `counts`: in one world at least it came before the limit was over; what comes later changes nothing.
    """

    limit: TimeLimit
    cause: Suspension | Interruption
    claimants: tuple[str, ...]
    began: Days
    ended: Days | None
    certain: bool
    counts: bool

    @property
    def lasts(self) -> bool:
        """Whether it is a suspension whose end is not stated."""
        return isinstance(self.cause, Suspension) and self.ended is None


def stops(case: Case, law: Law) -> list[Stop]:
    """Return what suspended or interrupted each time limit by the date of knowledge, the first first."""
    merged: dict[object, Stop] = {}
    for claim in case.claims:
        for one in _of_claim(case, law, claim.id):
            key = (one.limit.id, one.cause, one.began, one.ended, one.certain, one.counts)
            before = merged[key].claimants if key in merged else ()
            merged[key] = replace(one, claimants=(*before, *one.claimants))
    return sorted(merged.values(), key=lambda one: (one.began, one.ended or (dt.date.max,) * 2, one.claimants))


def _of_claim(case: Case, law: Law, claim_id: str) -> Iterator[Stop]:
    """Yield the stops of one claim: told once where one counts for several duties."""
    claim, worlds = case.claim(claim_id), Worlds(case.seed, SOME_WORLDS)
    found: dict[tuple[str, Suspension | Interruption], Stop] = {}
    for duty in duties_of(law, claim):
        findings = with_time_limits(law, findings_for(case, law, claim, duty, catalog(law)))
        for limit in law.time_limits.values():
            last = findings.get(limit.last_day)
            if not isinstance(last, LimitFinding):
                continue
            for one in breaks_of(limit, last.inputs, worlds):
                stop = _stop(limit, one, last, claim_id, worlds)
                if stop is not None:
                    key = (limit.id, one.cause)
                    found[key] = replace(stop, counts=stop.counts or (key in found and found[key].counts))
    yield from found.values()


def _stop(limit: TimeLimit, one: Break, last: LimitFinding, claim_id: str, worlds: Worlds) -> Stop | None:
    """Return a stop as the worlds find it, or None where it has happened in none of them."""
    day = np.broadcast_to(one.day, (worlds.count,))
    happened = np.isfinite(day)
    if not happened.any():
        return None
    counts = bool(np.any(happened & (day <= last.numbers(worlds))))
    return Stop(limit, one.cause, (claim_id,), _days(day[happened]), _end(one, last.inputs, happened, worlds),
                bool(happened.all()), counts)


def _end(one: Break, inputs: Mapping[str, Finding], happened: Truth, worlds: Worlds) -> Days | None:
    """Return the day on which a suspension ends as it is stated, be it to come, or None where it is not."""
    if isinstance(one.cause, Interruption) or one.cause.to not in inputs:
        return None
    to = np.broadcast_to(inputs[one.cause.to].numbers(worlds), (worlds.count,))[happened]
    return _days(to[np.isfinite(to)]) if np.isfinite(to).any() else None


def _days(column: Column) -> Days:
    return dt.date.fromordinal(int(column.min())), dt.date.fromordinal(int(column.max()))
