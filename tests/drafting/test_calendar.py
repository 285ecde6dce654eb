"""The calendar file: read back by icalendar, and looked at byte by byte as RFC 5545 has it."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone

from tests.drafting.cases import SMALL, read_small
from vismajor.case.models import Case
from vismajor.drafting.calendar import ZONE, write_calendar
from vismajor.drafting.case_date import CaseDate
from vismajor.drafting.dates import dates_of
from vismajor.law.models import Law

PROCEDURE = [
    {"date": "2024-09-12", "time": "09:30", "kind": "hearing",
     "what": {"fr": "Audience de plaidoirie, tribunal de commerce de Metz", "en": "Hearing, commercial court of Metz"}},
    {"date": "2025-01-16", "time": "14:00", "kind": "hearing", "what": {"fr": "Délibéré", "en": "Judgment read"}},
    {"date": "2024-08-15", "kind": "exchange", "what": {"fr": "Conclusions", "en": "Pleadings"}},
]
SHORT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=300)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Case:
    offers = [SMALL["offers"][0] | {"until": "2024-07-15"}]
    return read_small(tmp_path_factory.mktemp("calendar") / "dossier", french_law, procedure=PROCEDURE, offers=offers,
                      interest={"notice": "2024-08-01", "judgment": "2025-03-01"})


def written(case: Case, law: Law, language: str = "fr") -> bytes:
    return write_calendar(case, law, dates_of(case, law, language), language)


def events(case: Case, law: Law, language: str = "fr") -> dict[str, Event]:
    found: list[Any] = Calendar.from_ical(written(case, law, language)).walk("VEVENT")
    return {str(event["CATEGORIES"].cats[0]) + str(event["DTSTART"].dt)[:10]: event for event in found}


def test_lines_end_with_crlf_and_none_is_longer_than_75_octets(case: Case, french_law: Law) -> None:
    raw = written(case, french_law)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    assert any(line.startswith(b" ") for line in lines)  # some are folded
    for line in lines:
        line.decode("utf-8")  # and never within a character
    assert "Délibéré" in raw.replace(b"\r\n ", b"").decode()


def test_each_event_is_confidential_named_and_stamped_with_the_date_of_knowledge(case: Case, french_law: Law) -> None:
    found = events(case, french_law)
    assert len(found) == 8
    for event in found.values():
        assert event["CLASS"] == "CONFIDENTIAL"
        assert event["DTSTAMP"].dt == dt.datetime(2024, 6, 30, tzinfo=dt.UTC)
        assert event["SUMMARY"].startswith("dossier")
        assert "Dupont et Durand" in event["DESCRIPTION"]
    assert len({event["UID"] for event in found.values()}) == 8


def test_a_time_bar_is_a_whole_day_with_three_reminders_on_its_mornings(case: Case, french_law: Law) -> None:
    bar = events(case, french_law)["délai2028-07-14"]
    assert bar["DTSTART"].dt == dt.date(2028, 7, 14)
    assert type(bar["DTSTART"].dt) is dt.date
    assert bar["DTSTART"].params["VALUE"] == "DATE"
    rings = [dt.datetime(2028, 7, 14) + alarm["TRIGGER"].dt for alarm in bar.walk("VALARM")]
    assert rings == [dt.datetime(2028, 4, 15, 9), dt.datetime(2028, 6, 14, 9), dt.datetime(2028, 7, 7, 9)]
    assert "C. civ., art. 2224" in bar["DESCRIPTION"].replace("\u00a0", " ")


def test_a_hearing_has_its_hour_in_paris_and_two_reminders(case: Case, french_law: Law) -> None:
    hearing = events(case, french_law)["audience2024-09-12"]
    assert hearing["DTSTART"].dt == dt.datetime(2024, 9, 12, 9, 30, tzinfo=ZoneInfo(ZONE))
    assert b"DTSTART;TZID=Europe/Paris:20240912T093000" in written(case, french_law)
    assert [alarm["TRIGGER"].dt for alarm in hearing.walk("VALARM")] == [dt.timedelta(-7), dt.timedelta(-1)]
    assert all(alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] for alarm in hearing.walk("VALARM"))


def test_the_zone_written_into_the_file_is_that_of_paris(case: Case, french_law: Law) -> None:
    (zone,) = Calendar.from_ical(written(case, french_law)).walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    ours, paris = zone.to_tz(lookup_tzid=False), ZoneInfo(ZONE)  # by what is written, not by its name
    for day in range(0, 365 * 12, 3):
        moment = dt.datetime(2020, 1, 1, 9, 30) + dt.timedelta(days=day)
        assert moment.replace(tzinfo=ours).utcoffset() == moment.replace(tzinfo=paris).utcoffset(), moment


def test_a_file_without_hours_holds_no_zone(case: Case, french_law: Law) -> None:
    whole = [date for date in dates_of(case, french_law, "fr") if date.time is None]
    assert not Calendar.from_ical(write_calendar(case, french_law, whole, "fr")).walk("VTIMEZONE")


def test_the_same_case_gives_the_same_bytes_wherever_the_machine_stands(case: Case, french_law: Law,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(case, french_law)
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        try:
            assert os.environ["TZ"] == "Pacific/Auckland"
            assert written(case, french_law) == first
        finally:
            patched.undo()
            time.tzset()


def test_an_entry_keeps_its_identity_when_days_and_language_change(case: Case, french_law: Law, tmp_path: Path) -> None:
    moved = read_small(tmp_path / "dossier", french_law, procedure=[PROCEDURE[0] | {"date": "2024-10-03"}])
    other = read_small(tmp_path / "autre", french_law, procedure=[PROCEDURE[0]])
    before = events(case, french_law)["audience2024-09-12"]
    assert events(moved, french_law)["audience2024-10-03"]["UID"] == before["UID"]
    assert events(case, french_law, "en")["hearing2024-09-12"]["UID"] == before["UID"]
    assert events(other, french_law)["audience2024-09-12"]["UID"] != before["UID"]


def test_what_was_known_later_replaces_what_was_known_before(case: Case, french_law: Law) -> None:
    now, later = (int(events(one, french_law)["délai2028-07-14"]["SEQUENCE"])
                  for one in (case, case.at(dt.date(2024, 8, 1))))
    assert 0 <= now < later


def test_neither_amounts_nor_probabilities_are_in_it(case: Case, french_law: Law) -> None:
    for language in ("fr", "en"):
        told = written(case, french_law, language).replace(b"\r\n ", b"").decode()
        assert "€" not in told
        assert "%" not in told
        assert "12500" not in told.replace("\u202f", "")


def test_english_events_are_told_in_english(case: Case, french_law: Law) -> None:
    bar = events(case, french_law, "en")["time limit2028-07-14"]
    assert bar["SUMMARY"] == "dossier: Time bar of the action for damages: last useful day, unless a clause is shorter"
    assert "Civil Code, art. 2224" in bar["DESCRIPTION"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(what=SHORT, detail=st.lists(SHORT, max_size=3), day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
       hour=st.none() | st.times().map(lambda found: found.replace(second=0, microsecond=0, fold=0)))
def test_any_text_is_read_back_as_it_was(case: Case, french_law: Law, what: str, detail: list[str], day: dt.date,
                                         hour: dt.time | None) -> None:
    date = CaseDate("step/1", "hearing", day, "ahead", what, detail=tuple(detail), time=hour)
    raw = write_calendar(case, french_law, [date], "en")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"dossier: {what}"
    assert str(event["DESCRIPTION"]).startswith("\n".join(detail))
    start = event["DTSTART"].dt
    assert start == day if hour is None else (start.date(), start.time()) == (day, hour)
