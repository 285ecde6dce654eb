"""The models of time limits: what starts them, suspends and interrupts them, and the act that keeps them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vismajor.law.conditions import Condition
from vismajor.reading.scalars import Bilingual, Id, Strict


class Suspension(Strict):
    """What stops a time limit from the day `from` to the day `to` (facts), without wiping out what has run.

    While `to` is not stated it still lasts. `if`: what else it takes; `then_months`: at least so many months remain.
    """

    from_: Id = Field(alias="from")
    to: Id
    if_: Condition | None = Field(None, alias="if")
    then_months: Annotated[int, Field(ge=0, le=120, strict=True)] = 0
    because: Bilingual
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class Interruption(Strict):
    """What wipes out the time that has run on a day (`on`, a fact): a new limit of the same length begins."""

    on: Id
    if_: Condition | None = Field(None, alias="if")
    because: Bilingual
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class TimeLimit(Strict):
    """A time limit, computed for each claimant and duty.

    It starts on the first of the dates `starts_on` that is stated (facts, in that order of preference) and lasts
    `months`, or the number of months of the fact `shortened_to`, not below `at_least_months`. It is kept when the act
    of the fact `kept_by` comes in time, unless `unless` holds. The last useful day goes into the fact `last_day`; into
    `days_left` the days from that act, or from the date of knowledge, to it (negative: too late). Within
    `warn_months` of the end, and after it, counsel is warned, and told what remains to be done (`near`, `past`).
    `reserve` is said beside the last day wherever the fact `shortened_to` is not stated: a clause may make it earlier.
    """

    id: Id
    title: Bilingual
    starts_on: Annotated[tuple[Id, ...], Field(min_length=1)]
    months: Annotated[int, Field(ge=1, le=1200, strict=True)]
    shortened_to: Id | None = None
    at_least_months: Annotated[int, Field(ge=0, le=1200, strict=True)] = 0
    kept_by: Id
    unless: Condition | None = None
    suspended_by: tuple[Suspension, ...] = ()
    interrupted_by: tuple[Interruption, ...] = ()
    last_day: Id
    days_left: Id
    warn_months: Annotated[int, Field(ge=0, le=120, strict=True)] = 6
    near: Bilingual | None = None
    past: Bilingual | None = None
    reserve: Bilingual | None = None
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]

    @property
    def done(self) -> frozenset[str]:
        """The dates that only the incident makes possible: the limit's start, the act that keeps it, interruptions."""
        return frozenset((*self.starts_on, self.kept_by, *(i.on for i in self.interrupted_by)))

    @property
    def begun(self) -> frozenset[str]:
        """The dates on which a suspension begins."""
        return frozenset(s.from_ for s in self.suspended_by)

    def beginnings_of(self, name: str) -> tuple[str, ...]:
        """Return the dates on which the periods begin that end on the fact `name`."""
        return tuple(s.from_ for s in self.suspended_by if s.to == name)

    def facts_used(self) -> list[str]:
        """Return the names of the facts that the limit is computed from."""
        names = [*self.starts_on, self.kept_by, *([self.shortened_to] if self.shortened_to else [])]
        names += [name for s in self.suspended_by for name in (s.from_, s.to)] + [i.on for i in self.interrupted_by]
        conditions = [self.unless, *(s.if_ for s in self.suspended_by), *(i.if_ for i in self.interrupted_by)]
        return [*names, *(condition.name for condition in conditions if condition)]
