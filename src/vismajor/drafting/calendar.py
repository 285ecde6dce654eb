"""The dates of a dispute as a calendar file (RFC 5545), which any agenda imports; written with `icalendar`.

Hours are those of the wall clock in Paris, with the zone's rule written into the file: neither the machine's time zone
data nor its clock shows in the bytes, and a hearing at 9:30 stays at 9:30 where the rule of summer time is changed one
day (an hour in UTC would not).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from vismajor.case.models import Case
from vismajor.drafting import typography
from vismajor.drafting.case_date import CaseDate, uid
from vismajor.drafting.words import cite, words
from vismajor.law.models import Law

ZONE = "Europe/Paris"
# Summer time from the last Sunday of March at 2:00 to the last of October at 3:00, as since 1996. Days of earlier years
# would be an hour off at most: no hearing to come is one of them.
_WINTER, _SUMMER = dt.timedelta(hours=1), dt.timedelta(hours=2)
_MORNING = dt.timedelta(hours=9)  # a reminder of a whole day rings at nine, not at midnight


def write_calendar(case: Case, law: Law, dates: Sequence[CaseDate], language: str) -> bytes:
    """Return the dates as an iCalendar file: UTF-8, lines ended by CRLF and folded at 75 octets.

    The same dates give the same bytes: what is stamped is the date of knowledge. Every event is marked confidential;
    its description names the claimants and the texts. Beyond counsel's own words (steps, titles of exhibits) it holds
    neither amounts nor probabilities.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//vismajor//dates//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what agendas read that do not know it
        calendar.add(name, typography.spaced(case.file.title.in_language(language), language))
    if any(date.time for date in dates):
        calendar.add_component(_paris())
    for date in dates:
        calendar.add_component(_event(case, law, date, language))
    return bytes(calendar.to_ical())


def _event(case: Case, law: Law, date: CaseDate, language: str) -> Event:
    say = words(language)
    summary = typography.spaced(say["labelled"].format(label=case.seed, what=date.what), language)
    stamp = dt.datetime.combine(case.as_of, dt.time.min, dt.UTC)
    event = Event()
    event.add("uid", uid(case.seed, date))
    event.add("dtstamp", stamp)
    # An agenda that holds an entry replaces it by one of a higher number: what was known later.
    event.add("sequence", (case.as_of - case.file.incident.date).days)
    if date.time:
        event.add("dtstart", dt.datetime.combine(date.day, date.time), parameters={"TZID": ZONE})
    else:
        event.add("dtstart", date.day)
        event.add("transp", "TRANSPARENT")  # the day is not taken
    event.add("summary", summary)
    event.add("description", typography.spaced(description(case, law, date, language), language))
    event.add("categories", [say[f"dates_kind_{date.kind}"]])
    event.add("class", "CONFIDENTIAL")
    for days in date.reminders:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", say["dates_alarm"].format(what=summary))
        alarm.add("trigger", dt.timedelta(days=-days) + (dt.timedelta(0) if date.time else _MORNING))
        event.add_component(alarm)
    return event


def description(case: Case, law: Law, date: CaseDate, language: str) -> str:
    """Say what a date is: what makes it, for whom, from which texts, in which file, on what was known when."""
    say, file = words(language), case.file
    claims = date.claimants or tuple(claim.id for claim in case.claims)
    parts = [*date.detail, say["dates_claimants"].format(
        names=typography.listing([case.name_of(claim) for claim in claims], language))]
    if date.sources:
        parts.append(say["dates_sources"].format(
            sources=say["semicolon"].join(cite(law, source, language) for source in date.sources)))
    parts += [say["dates_case"].format(title=file.title.in_language(language)),
              say["dates_counted_on"].format(day=typography.date(case.as_of, language))]
    return "\n".join(parts)


def _paris() -> Timezone:
    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, month, hour, before, after, name in ((TimezoneDaylight(), 3, 2, _WINTER, _SUMMER, "CEST"),
                                                   (TimezoneStandard(), 10, 3, _SUMMER, _WINTER, "CET")):
        last_sunday = dt.datetime(1970, month, 29 if month == 3 else 25, hour)  # of that month of 1970
        part.add("dtstart", last_sunday)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
