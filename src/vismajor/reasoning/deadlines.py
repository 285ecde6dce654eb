"""The time limits of a case as counsel must watch them: the last useful day, what is left, whether it was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.law.time_limits import TimeLimit
from vismajor.reasoning.assessment import duties_of
from vismajor.reasoning.findings import TODAY, Finding, catalog, findings_for
from vismajor.reasoning.time_limits import add_months, with_time_limits
from vismajor.reasoning.worlds import LikeliestWorld, Worlds

State = Literal["open", "near", "past", "kept"]
SOME_WORLDS = 2_000


@dataclass(frozen=True)
class Deadline:
    """A time limit for claimants who stand alike; `duty` is None where it is the same for all their duties.

    Where facts leave the last day open, `between` bounds it, and `last_day` and `days_left` (negative: too late) are
    the earliest: counsel acts in time for every court. `state`: kept in time, past, near its end (within the warning),
    or open. `reserved`: nothing is stated of a clause that would shorten it, so that the last day may come earlier.
    """

    limit: TimeLimit
    duty: str | None
    claimants: tuple[str, ...]
    last_day: dt.date
    days_left: int
    between: tuple[dt.date, dt.date] | None
    state: State
    reserved: bool = False


def deadlines(case: Case, law: Law) -> list[Deadline]:
    """Return the time limits that have begun to run at the case's date of knowledge, the first to end first."""
    found: dict[tuple[str, str], dict[str, Deadline]] = {}
    for claim in case.claims:
        for duty in duties_of(law, claim):
            findings = with_time_limits(law, findings_for(case, law, claim, duty, catalog(law)))
            for limit in law.time_limits.values():
                if limit.last_day in findings:
                    found.setdefault((limit.id, claim.id), {})[duty] = _deadline(limit, claim.id, findings, case)
    merged: dict[object, Deadline] = {}
    for duty_name, one in _by_duty(found):
        key = (one.limit.id, duty_name, one.last_day, one.days_left, one.between, one.state, one.reserved)
        names = (*merged[key].claimants, *one.claimants) if key in merged else one.claimants
        merged[key] = Deadline(one.limit, duty_name, names, one.last_day, one.days_left, one.between, one.state,
                               one.reserved)
    return sorted(merged.values(), key=lambda one: (one.last_day, one.duty or "", one.claimants))


def _by_duty(found: Mapping[tuple[str, str], Mapping[str, Deadline]]) -> Iterator[tuple[str | None, Deadline]]:
    for duties in found.values():
        if len(set(duties.values())) == 1:
            yield None, next(iter(duties.values()))
        else:
            yield from duties.items()


def _deadline(limit: TimeLimit, claimant: str, findings: Mapping[str, Finding], case: Case) -> Deadline:
    last, left = findings[limit.last_day], findings[limit.days_left]
    day, days = (int(np.max(finding.numbers(LikeliestWorld()))) for finding in (last, left))
    between = None
    if not (last.certain and left.certain):
        worlds = Worlds(case.seed, SOME_WORLDS)
        drawn = last.numbers(worlds)
        between = (dt.date.fromordinal(int(drawn.min())), dt.date.fromordinal(int(drawn.max())))
        day, days = int(drawn.min()), int(left.numbers(worlds).min())
    return Deadline(limit, None, (claimant,), dt.date.fromordinal(day), days, between,
                    _state(limit, day, days, findings), _reserved(limit, findings))


def _reserved(limit: TimeLimit, findings: Mapping[str, Finding]) -> bool:
    """Tell whether a clause that nobody stated may shorten the limit."""
    return limit.reserve is not None and limit.shortened_to is not None and limit.shortened_to not in findings


def _state(limit: TimeLimit, last_day: int, days_left: int, findings: Mapping[str, Finding]) -> State:
    today = float(np.max(findings[TODAY].numbers(LikeliestWorld())))
    if days_left < 0:
        return "past"
    if last_day - days_left != today:  # counted to an act, and not to the date of knowledge
        return "kept"
    warned = add_months(np.asarray(today), np.asarray(float(limit.warn_months)))
    return "near" if last_day <= float(warned) else "open"
