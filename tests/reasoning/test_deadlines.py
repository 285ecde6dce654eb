"""The time limits to watch: until when, for whom, and how they stand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reasoning.small_law import case, contract, cost, fact, issue, law, text
from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.law.time_limits import TimeLimit
from vismajor.reasoning.deadlines import Deadline, deadlines

LIMIT = TimeLimit.model_validate({
    "id": "limit", "title": text("limit"), "starts_on": ["t.known", "event.date"], "months": 60, "kept_by": "t.suit",
    "last_day": "t.last_day", "days_left": "t.days_left", "warn_months": 6, "sources": ["source"]})
PACK: Law = law({
    "t.known": fact("date", scope="claimant", per_duty=True), "t.suit": fact("date", scope="claimant"),
    "event.date": fact("date", computed=True), "procedure.today": fact("date", computed=True),
    "t.last_day": fact("date", computed=True, scope="claimant"),
    "t.days_left": fact("number", computed=True, scope="claimant"),
}, [issue("i")], [], limits=[LIMIT])


def at(day: str, **facts: object) -> Case:
    claimants = [{"id": name, "facts": {f"t.{k}": v for k, v in facts.items()} if name == "one" else {},
                  "heads": [cost(1), cost(1, "other", "second")]} for name in ("one", "two")]
    return case(claimants, as_of=day)


def of(day: str, **facts: object) -> Deadline:
    return next(found for found in deadlines(at(day, **facts), PACK) if "one" in found.claimants)


@pytest.mark.parametrize(("day", "state", "left"), [
    ("2022-01-13", "open", 1517), ("2025-09-10", "near", 181), ("2025-09-09", "open", 182),
    ("2026-03-10", "near", 0), ("2026-03-11", "past", -1)])
def test_a_limit_is_open_then_near_then_past(day: str, state: str, left: int) -> None:
    found = of(day)
    assert (found.state, found.days_left, found.last_day) == (state, left, dt.date(2026, 3, 10))


def test_a_suit_in_time_keeps_it_and_one_too_late_does_not() -> None:
    assert (of("2026-11-25", suit="2026-03-10").state, of("2026-11-25", suit="2026-03-10").days_left) == ("kept", 0)
    assert (of("2026-11-25", suit="2026-03-11").state, of("2026-11-25", suit="2026-03-11").days_left) == ("past", -1)


def test_claimants_who_stand_alike_are_told_together_and_others_apart() -> None:
    assert [found.claimants for found in deadlines(at("2022-01-13"), PACK)] == [("one", "two")]
    apart = deadlines(at("2022-01-13", known="2021-04-03"), PACK)
    assert [(found.claimants, found.last_day.isoformat()) for found in apart] == [
        (("two",), "2026-03-10"), (("one",), "2026-04-03")]


def test_duties_whose_loss_was_known_on_other_days_are_told_apart() -> None:
    found = [f for f in deadlines(at("2022-01-13", **{"known@other": "2021-06-01"}), PACK) if f.claimants == ("one",)]
    assert [(f.duty, f.last_day.isoformat()) for f in found] == [("main", "2026-03-10"), ("other", "2026-06-01")]


def test_a_day_that_is_open_bounds_the_last_one() -> None:
    found = of("2022-01-13", known={"between": ["2021-03-20", "2021-04-03"]})
    assert found.between == (dt.date(2026, 3, 20), dt.date(2026, 4, 3))
    assert (found.last_day, found.days_left) == (dt.date(2026, 3, 20), 1527)  # in time for every court
    assert of("2026-03-25", known={"between": ["2021-03-20", "2021-04-03"]}).state == "past"
    assert of("2022-01-13").between is None


def test_each_contract_of_a_claimant_is_watched() -> None:
    two = {"id": "one", "contracts": [contract(1, id="a"), contract(1, id="b")],
           "heads": [{**cost(1), "contract": "a"}, {**cost(1, name="second"), "contract": "b"}]}
    assert [found.claimants for found in deadlines(case([two]), PACK)] == [("one/a", "one/b")]
