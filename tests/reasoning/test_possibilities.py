"""What a court could find of a fact, before any probability."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from vismajor.law.conditions import Condition
from vismajor.reasoning.possibilities import Possible, as_number


@pytest.mark.parametrize(("condition", "expected"), [
    ("n.m < 2", False), ("n.m < 3", True), ("n.m <= 2", True),
    ("n.m > 6", False), ("n.m >= 6", True), ("n.m > 5", True),
])
def test_a_range_allows_what_some_value_of_it_allows(condition: str, expected: bool) -> None:
    assert Possible(low=2, high=6).allows(Condition.parse(condition)) is expected


def test_plain_values_allow_equality_and_difference() -> None:
    known = Possible(frozenset({"fire"}))
    assert known.allows(Condition.parse("event.kind = fire | theft"))
    assert not known.allows(Condition.parse("event.kind != fire"))
    assert known.allows(Condition.parse("event.kind != theft"))
    assert not Possible().allows(Condition.parse("event.kind != theft"))  # unknown is not something else


def test_true_is_not_the_text_true() -> None:
    assert not Possible(frozenset({"true"})).allows(Condition.parse("a.b"))


def test_dates_are_compared_as_days() -> None:
    assert as_number(dt.date(2018, 10, 2)) - as_number(dt.date(2018, 10, 1)) == 1
    assert as_number(Decimal("2.5")) == 2.5
    with pytest.raises(TypeError):
        as_number(True)
    with pytest.raises(TypeError):
        as_number("12")
