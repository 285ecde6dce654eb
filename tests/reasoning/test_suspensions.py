"""What stopped or renewed a time limit: its days, whether it lasts, whether it came in time."""

from __future__ import annotations

import datetime as dt

from tests.reasoning.small_law import case, cost, fact, issue, law, text
from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.law.time_limits import TimeLimit
from vismajor.reasoning.suspensions import Stop, stops

TEXT = {"because": text("reason"), "sources": ["source"]}
LIMIT = TimeLimit.model_validate({
    "id": "limit", "title": text("limit"), "starts_on": ["t.known", "event.date"], "months": 60, "kept_by": "t.suit",
    "suspended_by": [
        {"from": "t.talks_from", "to": "t.talks_to", "then_months": 6, **TEXT},
        {"from": "t.inquiry_from", "to": "t.inquiry_to", "if": "t.own_request", **TEXT}],
    "interrupted_by": [{"on": "t.acknowledged", **TEXT}],
    "last_day": "t.last_day", "days_left": "t.days_left", "sources": ["source"]})
DATES = ("suit", "talks_from", "talks_to", "inquiry_from", "inquiry_to", "acknowledged")
PACK: Law = law({
    **{f"t.{name}": fact("date", scope="claimant") for name in DATES},
    "t.known": fact("date", scope="claimant", per_duty=True), "t.own_request": fact(scope="claimant"),
    "event.date": fact("date", computed=True), "procedure.today": fact("date", computed=True),
    "t.last_day": fact("date", computed=True, scope="claimant"),
    "t.days_left": fact("number", computed=True, scope="claimant"),
}, [issue("i")], [], limits=[LIMIT])


def at(day: str, both: bool = False, **facts: object) -> Case:
    stated = {f"t.{key}": value for key, value in facts.items()}
    claimants = [{"id": name, "facts": stated if both or name == "one" else {},
                  "heads": [cost(1), cost(1, "other", "second")]} for name in ("one", "two")]
    return case(claimants, as_of=day)


def of(day: str, **facts: object) -> list[Stop]:
    return stops(at(day, **facts), PACK)


def days(first: str, last: str | None = None) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)


def test_nothing_stated_stops_nothing() -> None:
    assert of("2022-01-13") == []


def test_talks_that_are_over_are_told_with_their_days() -> None:
    (one,) = of("2022-06-01", talks_from="2022-01-01", talks_to="2022-03-02")
    assert (one.began, one.ended, one.lasts, one.certain, one.counts) == (
        days("2022-01-01"), days("2022-03-02"), False, True, True)
    assert one.claimants == ("one",)


def test_talks_that_last_have_no_end_and_an_end_to_come_is_told() -> None:
    (lasting,) = of("2022-06-01", talks_from="2022-01-01")
    assert (lasting.ended, lasting.lasts) == (None, True)
    (to_come,) = of("2022-06-01", talks_from="2022-01-01", talks_to="2022-09-30")
    assert (to_come.ended, to_come.lasts) == (days("2022-09-30"), False)


def test_what_has_not_begun_at_the_date_of_knowledge_is_not_told() -> None:
    assert of("2021-12-31", talks_from="2022-01-01") == []


def test_what_comes_after_the_limit_is_over_does_not_count() -> None:
    (late,) = of("2027-01-01", talks_from="2026-04-01", talks_to="2026-05-01")
    assert not late.counts
    (just,) = of("2027-01-01", talks_from="2026-03-10", talks_to="2026-05-01")
    assert just.counts


def test_it_counts_where_it_comes_in_time_for_one_duty() -> None:
    (one,) = of("2027-01-01", **{"known@other": "2021-06-01"}, talks_from="2026-04-01", talks_to="2026-05-01")
    assert one.counts


def test_an_interruption_has_a_day_alone_and_its_condition_decides() -> None:
    (one,) = of("2024-01-01", acknowledged="2023-05-01")
    assert (one.began, one.ended, one.lasts) == (days("2023-05-01"), None, False)
    assert of("2024-01-01", inquiry_from="2022-01-01", own_request=False) == []
    assert len(of("2024-01-01", inquiry_from="2022-01-01", own_request=True)) == 1


def test_what_a_court_may_not_find_is_not_certain_and_a_range_bounds_its_day() -> None:
    disputed = {"value": "2023-05-01", "status": "disputed"}
    (one,) = of("2024-01-01", acknowledged=disputed)
    assert (one.certain, one.began) == (False, days("2023-05-01"))
    (ranged,) = of("2024-01-01", acknowledged={"between": ["2023-05-01", "2023-05-20"]})
    assert (ranged.certain, ranged.began) == (True, days("2023-05-01", "2023-05-20"))


def test_two_causes_are_told_apart_in_the_order_of_their_days_and_claimants_together() -> None:
    found = stops(at("2024-01-01", both=True, acknowledged="2023-05-01", talks_from="2022-01-01",
                     talks_to="2022-03-02", inquiry_from="2022-02-01", own_request=True), PACK)
    assert [one.began[0].isoformat() for one in found] == ["2022-01-01", "2022-02-01", "2023-05-01"]
    assert {one.claimants for one in found} == {("one", "two")}
