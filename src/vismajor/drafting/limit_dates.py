"""The dates that time limits make: their last days, and what suspended or interrupted them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from vismajor.case.models import Case
from vismajor.drafting import typography
from vismajor.drafting.case_date import CaseDate, State
from vismajor.drafting.deadlines_said import day_said, deadline_said, reserve_said, who_is_bound
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.law.time_limits import Interruption
from vismajor.reasoning.deadlines import Deadline, deadlines
from vismajor.reasoning.suspensions import Stop, stops

_STATES: dict[str, State] = {"open": "ahead", "near": "ahead", "past": "past", "kept": "settled"}


def limit_dates(case: Case, law: Law, language: str) -> Iterator[CaseDate]:
    """Yield the last day of every time limit that has begun to run, then what stopped or renewed one."""
    stopped = stops(case, law)
    for deadline in deadlines(case, law):
        yield _last_day(deadline, stopped, case, law, language)
    for stop in stopped:
        yield _stop(stop, case, language)


def _last_day(deadline: Deadline, stopped: Sequence[Stop], case: Case, law: Law, language: str) -> CaseDate:
    say, limit, said = words(language), deadline.limit, deadline_said(deadline, case, law, language)
    title = limit.title.in_language(language)
    counting = [stop for stop in stopped if stop.counts and stop.limit.id == limit.id
                and set(stop.claimants) & set(deadline.claimants)]
    detail = [say["dates_limit_detail"].format(
        title=title, who=who_is_bound(deadline, case, law, language),
        day=day_said(deadline.last_day, deadline.between, language))]
    # What is left may be uncertain (the day of the suit is) where the last day is not.
    between = deadline.between if deadline.between and deadline.between[0] != deadline.between[1] else None
    if between:
        detail.append(say["dates_earliest"])
    detail += [_stop_said(stop, case, language) for stop in counting]
    if limit.near and said.state in ("open", "near"):
        detail.append(limit.near.in_language(language))
    if reserve := reserve_said(deadline, language):
        detail.append(reserve)
    duty = law.vocabulary.duties[deadline.duty].title.in_language(language) if deadline.duty else ""
    named = say["dates_limit_of"].format(title=title, duty=duty) if duty else title
    form = "dates_limit_kept" if said.state == "kept" else "dates_limit_reserved" if reserve else "dates_limit"
    return CaseDate(
        id="/".join(["time_limit", limit.id, deadline.duty or "", *deadline.claimants]), kind="time_limit",
        day=deadline.last_day, state=_STATES[said.state], what=say[form].format(title=named), said=said.text,
        detail=tuple(detail), between=between, claimants=deadline.claimants, pressing=said.pressing,
        sources=tuple(dict.fromkeys([*limit.sources, *(s for stop in counting for s in stop.cause.sources)])))


def _stop(stop: Stop, case: Case, language: str) -> CaseDate:
    """Return the day on which a suspension is to end, or else the day on which it, or an interruption, began."""
    say, title = words(language), stop.limit.title.in_language(language)
    to_come = stop.ended is not None and stop.ended[0] >= case.as_of
    days = stop.ended if stop.ended is not None and to_come else stop.began
    renewed = isinstance(stop.cause, Interruption)
    form = "dates_interruption" if renewed else "dates_suspension_ends" if to_come else "dates_suspension"
    said = _stop_said(stop, case, language)
    return CaseDate(
        id="/".join(["stop", stop.limit.id, *_facts(stop), *stop.claimants]),
        kind="interruption" if renewed else "suspension", day=days[0], state="ahead" if to_come else "past",
        what=say[form].format(title=title), said=said, detail=(said,), between=None if days[0] == days[1] else days,
        claimants=stop.claimants, sources=stop.cause.sources)


def _facts(stop: Stop) -> tuple[str, ...]:
    return (stop.cause.on,) if isinstance(stop.cause, Interruption) else (stop.cause.from_, stop.cause.to)


def _stop_said(stop: Stop, case: Case, language: str) -> str:
    """Say what stopped or renewed a limit: from when to when, for whom, why, and what makes it uncertain or vain."""
    say = words(language)

    def day(days: tuple[dt.date, dt.date]) -> str:
        return day_said(days[0], days, language)

    form = "dates_on" if isinstance(stop.cause, Interruption) else "dates_since" if stop.lasts else "dates_from_to"
    names = [case.name_of(claim) for claim in stop.claimants]
    everyone = len(names) == len(case.claims)
    because = typography.uncapital(stop.cause.because.in_language(language))
    said = [say[form].format(
        first=day(stop.began), last=day(stop.ended) if stop.ended else "", why=because,
        who="" if everyone else say["dates_for"].format(names=short_names(names, language)))]
    if not stop.certain:
        said.append(say["dates_contested"])
    if not stop.counts:
        said.append(say["dates_too_late"])
    elif stop.lasts or (stop.ended and stop.ended[1] > case.as_of):
        said.append(say["dates_lasting"].format(day=typography.date(case.as_of, language)))
    return " ".join(said)
