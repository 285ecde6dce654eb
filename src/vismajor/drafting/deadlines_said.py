"""The time limits of a case in words: until when, for whom, and what remains to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vismajor.case.models import Case
from vismajor.drafting import typography
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import counted, words
from vismajor.law.models import Law
from vismajor.reasoning.deadlines import Deadline, State, deadlines


@dataclass(frozen=True)
class DeadlineSaid:
    """One time limit in a sentence; `pressing` when it ends soon or is past."""

    text: str
    state: State

    @property
    def pressing(self) -> bool:
        """Whether counsel must act, or can no longer."""
        return self.state in ("near", "past")


def deadlines_said(case: Case, law: Law, language: str) -> Iterator[DeadlineSaid]:
    """Yield the time limits that run, the first to end first."""
    for deadline in deadlines(case, law):
        yield deadline_said(deadline, case, law, language)


def deadline_said(deadline: Deadline, case: Case, law: Law, language: str) -> DeadlineSaid:
    """Say one time limit: its last day, for whom, what is left, and what remains to be done where it presses."""
    return DeadlineSaid(_sentence(deadline, case, law, language), deadline.state)


def day_said(day: dt.date, between: tuple[dt.date, dt.date] | None, language: str) -> str:
    """Say a day, with the days between which it lies where what will be found decides it."""
    said = typography.date(day, language)
    if between is None or between[0] == between[1]:
        return said
    first, last = (typography.date(end, language) for end in between)
    return said + words(language)["deadline_between"].format(first=first, last=last)


def _sentence(deadline: Deadline, case: Case, law: Law, language: str) -> str:
    say = words(language)
    day = day_said(deadline.last_day, deadline.between, language)
    left = abs(deadline.days_left)
    form = {0: "_last", 1: "_one"}.get(left, "")  # “c’est le dernier jour”, “il ne reste qu’un jour”
    sentence = say.get(f"deadline_{deadline.state}{form}", say[f"deadline_{deadline.state}"]).format(
        title=deadline.limit.title.in_language(language), who=who_is_bound(deadline, case, law, language), day=day,
        left=counted(left, "days", language))
    advice = {"near": deadline.limit.near, "past": deadline.limit.past}.get(deadline.state)
    told = (sentence, advice.in_language(language) if advice else "", reserve_said(deadline, language))
    return " ".join(filter(None, told))


def reserve_said(deadline: Deadline, language: str) -> str:
    """Say that a clause which nobody stated may bring the last day forward; nothing once that day is past anyway."""
    reserve = deadline.limit.reserve
    return reserve.in_language(language) if reserve and deadline.reserved and deadline.state != "past" else ""


def who_is_bound(deadline: Deadline, case: Case, law: Law, language: str) -> str:
    """Say for whom a time limit runs, and for which duty where that matters."""
    say = words(language)
    everyone = len(deadline.claimants) == len(case.claims) and len(case.claims) > 1
    names = say["all_claimants"] if everyone else short_names(
        [case.name_of(claim) for claim in deadline.claimants], language)
    if deadline.duty is None:
        return names
    return f"{names}, {law.vocabulary.duties[deadline.duty].title.in_language(language)}"
