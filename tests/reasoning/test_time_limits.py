"""Time limits: by hand on the calendar, and equal to one date after the other on random ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.small_law import fact, graph, issue, law, rule, text
from vismajor.law.models import Law
from vismajor.law.time_limits import TimeLimit
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.graph import Graph
from vismajor.reasoning.time_limits import add_months
from vismajor.reasoning.worlds import Worlds

DATES = ("known", "suit", "acknowledged", "talks_from", "talks_to", "inquiry_from", "inquiry_to")
FACTS = {
    **{f"t.{name}": fact("date") for name in DATES}, "event.date": fact("date"), "procedure.today": fact("date"),
    "t.own_request": fact(), "t.withdrawn": fact(), "t.months": fact("number"),
    "t.last_day": fact("date", computed=True), "t.days_left": fact("number", computed=True),
}
TEXT = {"because": text("reason"), "sources": ["source"]}
LIMIT = TimeLimit.model_validate({
    "id": "limit", "title": text("limit"), "starts_on": ["t.known", "event.date"], "months": 60,
    "shortened_to": "t.months", "at_least_months": 12, "kept_by": "t.suit", "unless": "t.withdrawn",
    "suspended_by": [
        {"from": "t.talks_from", "to": "t.talks_to", "then_months": 6, **TEXT},
        {"from": "t.inquiry_from", "to": "t.inquiry_to", "if": "t.own_request", "then_months": 6, **TEXT}],
    "interrupted_by": [{"on": "t.acknowledged", **TEXT}],
    "last_day": "t.last_day", "days_left": "t.days_left", "sources": ["source"],
})
PACK: Law = law(FACTS, [issue("barred", -30.0)], [rule("late", ["t.days_left < 0"], {"for": "barred"}, "knock_out")],
                limits=[LIMIT])
START = {"event.date": "2021-03-10", "procedure.today": "2022-01-13"}


def ground(facts: Mapping[str, object]) -> Graph:
    return graph(PACK, {**START, **facts})


def last_day(today: str = "2032-01-01", **facts: object) -> str:
    stated = {f"t.{name}": value for name, value in facts.items()}
    found = ground({**stated, "procedure.today": today}).findings["t.last_day"]
    assert found.certain
    return str(found.fact.value)


def days_left(today: str = "2022-01-13", **facts: object) -> int:
    stated = {f"t.{name}": value for name, value in facts.items()}
    return int(str(ground({**stated, "procedure.today": today}).findings["t.days_left"].fact.value))


def test_five_years_end_on_the_day_of_the_same_number() -> None:
    assert last_day() == "2026-03-10"
    assert last_day(known="2021-04-03") == "2026-04-03"


def test_a_day_that_the_month_has_not_is_its_last_one() -> None:
    assert last_day(known="2020-02-29") == "2025-02-28"


def test_an_acknowledgment_begins_five_years_anew_and_one_after_the_end_does_nothing() -> None:
    assert last_day(acknowledged="2023-05-01") == "2028-05-01"
    assert last_day(acknowledged="2026-03-10") == "2031-03-10"
    assert last_day(acknowledged="2026-03-11") == "2026-03-10"


def test_talks_agreed_upon_stop_the_time_and_leave_six_months_at_least() -> None:
    assert last_day(talks_from="2022-01-01", talks_to="2022-03-02") == "2026-05-09"  # 60 days
    assert last_day(talks_from="2026-01-10", talks_to="2026-02-10") == "2026-08-10"  # 31 days would end in April
    assert last_day(talks_from="2026-04-01", talks_to="2026-05-01") == "2026-03-10"  # too late to stop anything


def test_talks_that_last_stop_the_time_so_far() -> None:
    assert last_day(today="2022-01-13", talks_from="2021-12-14") == "2026-04-09"  # 30 days


def test_what_comes_after_the_date_of_knowledge_is_not_counted() -> None:
    assert last_day(today="2022-01-13", acknowledged="2022-01-14") == "2026-03-10"
    assert last_day(today="2022-01-13", talks_from="2022-01-03", talks_to="2022-03-01") == "2026-03-20"
    assert days_left(today="2026-03-09", suit="2026-03-12") == 1


def test_a_court_inquiry_helps_only_who_asked_for_it() -> None:
    dates = {"inquiry_from": "2021-06-01", "inquiry_to": "2022-06-01"}
    assert last_day(**dates) == "2026-03-10"
    assert last_day(**dates, own_request=False) == "2026-03-10"
    assert last_day(**dates, own_request=True) == "2027-03-10"


def test_time_that_two_suspensions_share_stops_once() -> None:
    both = {"talks_from": "2022-01-01", "talks_to": "2022-01-31", "inquiry_from": "2022-01-11",
            "inquiry_to": "2022-02-10", "own_request": True}
    assert last_day(**both) == "2026-04-19"  # 40 days, not 60


def test_a_debt_acknowledged_during_talks_runs_anew_from_their_end() -> None:
    both = {"talks_from": "2022-01-01", "talks_to": "2022-03-02", "acknowledged": "2022-02-01"}
    assert last_day(**both) == "2027-03-02"  # five years from 1 February, and the 29 days until the talks end


def test_what_stopped_before_the_limit_began_does_not_lengthen_it() -> None:
    assert last_day(known="2021-12-01", talks_from="2021-09-01", talks_to="2021-10-01") == "2026-12-01"
    assert last_day(known="2021-12-01", talks_from="2021-09-01", talks_to="2022-02-01") == "2027-02-01"
    assert last_day(known="2022-03-01", acknowledged="2021-08-01") == "2027-03-01"


def test_a_new_limit_begins_when_what_stopped_the_time_is_over_to_the_day() -> None:
    suit = {"acknowledged": "2024-01-10", "talks_from": "2024-01-10", "talks_to": "2025-01-10"}
    assert last_day(**suit) == "2030-01-10"  # not the days of a leap year later


def test_a_contract_may_shorten_the_limit_but_not_below_a_year() -> None:
    assert last_day(months=24) == "2023-03-10"
    assert last_day(months=6) == "2022-03-10"
    assert last_day(months=120) == "2026-03-10"


def test_the_days_left_are_counted_to_the_suit_or_to_the_date_of_knowledge() -> None:
    assert days_left() == 1517
    assert days_left(today="2026-03-10") == 0
    assert days_left(today="2026-03-11") == -1
    assert days_left(today="2026-11-25", suit="2026-03-09") == 1
    assert days_left(today="2026-11-25", suit="2026-03-09", withdrawn=True) == -260


def test_nothing_is_computed_before_the_limit_has_begun() -> None:
    found = graph(PACK, {"procedure.today": "2022-01-13"}).findings
    assert "t.last_day" not in found


def test_a_day_that_is_only_known_to_lie_between_two_is_another_in_each_world() -> None:
    known = {"t.known": {"between": ["2021-03-01", "2021-03-20"]}, "procedure.today": "2026-03-10"}
    answers = Evaluation(PACK, Worlds("test", 40_000)).answers(ground(known))
    assert answers["barred"].probability == pytest.approx(9 / 20, abs=0.01)  # known on 1 to 9 March


def test_an_estimated_day_is_a_whole_day_within_its_bounds() -> None:
    known = {"t.known": {"estimate": {"low": "2021-03-01", "likely": "2021-03-10", "high": "2021-03-31"}}}
    days = ground(known).findings["t.known"].numbers(Worlds("test", 20_000))
    assert days.min() >= dt.date(2021, 3, 1).toordinal()
    assert days.max() <= dt.date(2021, 3, 31).toordinal()
    assert np.array_equal(days, np.rint(days))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.integers(0, 240))
def test_months_are_added_as_calendars_do(day: dt.date, months: int) -> None:
    found = add_months(np.asarray(float(day.toordinal())), np.asarray(float(months)))
    assert dt.date.fromordinal(int(found)) == day + relativedelta(months=months)


def one_after_the_other(known: dt.date, today: dt.date, acknowledged: dt.date | None,
                        talks: tuple[dt.date, dt.date | None] | None,
                        inquiry: tuple[dt.date, dt.date | None] | None) -> dt.date:
    last, stopped_to = known + relativedelta(months=60), dt.date.min
    breaks: list[tuple[dt.date, dt.date | None]] = [
        (day, min(to or today, today)) for day, to in filter(None, (talks, inquiry))]
    breaks = [one for one in [*breaks, *([(acknowledged, None)] if acknowledged else [])] if one[0] <= today]
    for day, to in sorted(breaks, key=lambda one: one[0]):
        if day > last:
            continue
        if to is None:
            last = max(day, stopped_to, known) + relativedelta(months=60)
            continue
        last = max(last + max(dt.timedelta(0), to - max(day, stopped_to, known)), to + relativedelta(months=6))
        stopped_to = max(stopped_to, to)
    return last


_days = st.dates(dt.date(2019, 1, 1), dt.date(2029, 12, 31))
_pairs = st.none() | st.tuples(_days, st.integers(0, 900)).map(lambda p: (p[0], p[0] + dt.timedelta(days=p[1])))


@settings(max_examples=150, deadline=None)
@given(_days, _days, st.none() | _days, _pairs, _pairs)
def test_a_limit_is_what_one_finds_date_after_date(known, today, acknowledged, talks, inquiry) -> None:
    starts = [day for day in (acknowledged, talks and talks[0], inquiry and inquiry[0]) if day]
    if len(set(starts)) < len(starts):
        return  # which of two on one day comes first is not for the calendar to say
    facts: dict[str, object] = {"t.known": known.isoformat(), "procedure.today": today.isoformat(),
                                "t.own_request": True}
    if acknowledged:
        facts["t.acknowledged"] = acknowledged.isoformat()
    for name, pair in (("talks", talks), ("inquiry", inquiry)):
        if pair:
            facts |= {f"t.{name}_from": pair[0].isoformat(), f"t.{name}_to": pair[1].isoformat()}
    found = ground(facts).findings["t.last_day"].fact.value
    assert found == one_after_the_other(known, today, acknowledged, talks, inquiry).isoformat()
