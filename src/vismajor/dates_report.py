"""What `dates` prints: the calendar of a dispute, what is past and what lies ahead, and what fixes its time limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from vismajor.case.models import Case
from vismajor.drafting import typography
from vismajor.drafting.case_date import CaseDate, uid
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import cite, counted, words
from vismajor.law.models import Law
from vismajor.screen import WIDTH, render, wrapped


def exported(dates: Sequence[CaseDate], every: bool) -> list[CaseDate]:
    """Return the dates that go into a calendar file: those that lie ahead, or every one."""
    return [date for date in dates if every or date.state == "ahead"]


def dates_json(case: Case, law: Law, dates: Sequence[CaseDate], every: bool, written: str | None) -> dict[str, Any]:
    """Return the dates as JSON data, in order; `written` is the calendar file, if one was asked for."""
    language, gone = case.file.language, exported(dates, every)
    return {
        "case": case.file.title.model_dump(), "as_of": case.as_of.isoformat(), "ics": written,
        "dates": [
            {"uid": uid(case.seed, date), "kind": date.kind, "day": date.day.isoformat(),
             "time": f"{date.time:%H:%M}" if date.time else None,
             "between": [day.isoformat() for day in date.between] if date.between else None,
             "state": date.state, "days_left": (date.day - case.as_of).days, "what": date.what,
             "said": date.said or None, "detail": list(date.detail), "claimants": list(date.claimants),
             "sources": [{"id": source, "cite": cite(law, source, language)} for source in date.sources],
             "reminders": list(date.reminders), "exported": date in gone}
            for date in dates
        ],
    }


def tell_dates(case: Case, law: Law, dates: Sequence[CaseDate]) -> str:
    """Tell the dates in the case's language: a table, then what fixes the time limits, with the texts."""
    language, say = case.file.language, words(case.file.language)
    title = say["dates_title"].format(day=typography.date(case.as_of, language),
                                      title=case.file.title.in_language(language))
    if not dates:
        return "\n".join([wrapped(title, language), say["dates_none"]])
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("day", "kind", "what", "left"):
        table.add_column(say[f"dates_column_{name}"], no_wrap=name in ("day", "kind"),
                         justify="right" if name == "left" else "left")
    for name, rows in (("past", [date for date in dates if _is_past(date, case)]),
                       ("ahead", [date for date in dates if not _is_past(date, case)])):
        if rows:
            table.add_row("", "", f"[bold]{say[f'dates_{name}']}[/bold]", "")
        for date in rows:
            table.add_row(_day(date, language), say[f"dates_kind_{date.kind}"],
                          escape(typography.spaced(_what(case, date, language), language)),
                          _left(date, case.as_of, language))
        table.add_section()
    note = [wrapped(say["dates_uncertain"], language)] if any(date.between for date in dates) else []
    return "\n".join([wrapped(title, language), render(table), *note, *_reasons(law, dates, language)])


def _is_past(date: CaseDate, case: Case) -> bool:
    return date.state == "past" or date.day < case.as_of


def _what(case: Case, date: CaseDate, language: str) -> str:
    """Say what a date is, and for whom where it is not for everyone."""
    if not date.claimants or len(date.claimants) == len(case.claims):
        return date.what
    names = short_names([case.name_of(claim) for claim in date.claimants], language)
    return date.what + words(language)["dates_for"].format(names=names)


def _day(date: CaseDate, language: str) -> str:
    day = f"{typography.weekday(date.day, language)} {typography.short_date(date.day, language)}"
    return f"{day} {date.time:%H:%M}" if date.time else f"{day} *" if date.between else day


def _left(date: CaseDate, today: dt.date, language: str) -> str:
    if date.state != "ahead":
        return "–"
    days = (date.day - today).days
    return counted(days, "days", language) if days else words(language)["dates_today"]


def _reasons(law: Law, dates: Sequence[CaseDate], language: str) -> Iterator[str]:
    """Yield what is said of the time limits, of what stopped them and of interest, with the texts."""
    say, told = words(language), [date for date in dates if date.said]
    if told:
        yield "\n" + wrapped(say["labelled"].format(label=say["dates_why"], what=""), language)
    for date in told:
        yield wrapped(date.said, language, 2, "! " if date.pressing else "– ")
        yield wrapped(say["semicolon"].join(cite(law, source, language) for source in date.sources), language, 4)
