"""Offers: whom they concern, what they are worth to whoever receives them, on which days they may be accepted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from vismajor.case.offers import Offer, months_later

BARE: dict[str, Any] = {"id": "first", "date": "2023-11-02", "by": "respondent", "amount": 500,
                        "form": {"fr": "un avoir", "en": "a credit note"}}


def offer(**changes: Any) -> Offer:
    return Offer.model_validate(BARE | changes)


def open_on(day: str, months: int | None = None, **changes: Any) -> bool:
    return offer(**changes).open_on(dt.date.fromisoformat(day), months)


def test_an_offer_of_an_old_file_reads_as_before() -> None:
    found = offer()
    assert (found.until, found.answered, found.at_least, found.agreed_value, found.in_exchange) == (
        None, None, None, None, ())
    assert found.worth == Decimal("500.00")


def test_an_offer_to_all_concerns_everyone_and_one_to_some_these_alone() -> None:
    assert offer().concerns("durand")
    assert offer(to=["durand"]).concerns("durand")
    assert not offer(to=["dupont"]).concerns("durand")


def test_what_is_not_in_cash_is_worth_what_its_receiver_counts_it_for() -> None:
    assert offer(in_cash=False, agreed_value=120).worth == Decimal("120.00")
    assert offer(in_cash=False, agreed_value=0).worth == Decimal("0.00")


def test_what_is_not_in_cash_may_cost_its_giver_less_than_it_is_worth() -> None:
    found = offer(in_cash=False, agreed_value=120, cost_to_giver=40)
    assert (found.worth, found.cost) == (Decimal("120.00"), Decimal("40.00"))
    assert offer().cost == Decimal("500.00")


@pytest.mark.parametrize(("day", "changes", "expected"), [
    ("2023-11-01", {}, False), ("2023-11-02", {}, True), ("2033-11-02", {}, True),
    ("2023-12-01", {"until": "2023-12-01"}, True), ("2023-12-02", {"until": "2023-12-01"}, False),
    ("2023-11-19", {"answered": {"date": "2023-11-20", "how": "refused"}}, True),
    ("2023-11-20", {"answered": {"date": "2023-11-20", "how": "countered"}}, False),
])
def test_an_offer_is_open_from_its_day_until_it_lapses_or_is_answered(day: str, changes: dict[str, Any],
                                                                      expected: bool) -> None:
    assert open_on(day, **changes) is expected


@pytest.mark.parametrize(("day", "changes", "expected"), [
    ("2024-02-02", {}, True), ("2024-02-03", {}, False),  # three months from its day
    ("2024-03-08", {"maintained_on": "2023-12-08"}, True), ("2024-03-09", {"maintained_on": "2023-12-08"}, False),
    ("2024-02-05", {"maintained_on": "2024-02-10"}, False),  # what comes later is not known yet
    ("2023-12-02", {"open_for_months": 1}, True), ("2023-12-03", {"open_for_months": 1}, False),
    ("2033-01-01", {"until": "2033-01-01"}, True),  # a term that its author fixed needs no assumption
])
def test_an_offer_without_a_term_lapses_after_a_reasonable_time_from_when_it_was_last_held_to(
        day: str, changes: dict[str, Any], expected: bool) -> None:
    assert open_on(day, 3, **changes) is expected


def test_a_month_without_such_a_day_ends_on_its_last() -> None:
    assert months_later(dt.date(2023, 11, 30), 3) == dt.date(2024, 2, 29)
    assert months_later(dt.date(2023, 12, 31), 12) == dt.date(2024, 12, 31)


def test_a_threshold_is_a_whole_number() -> None:
    with pytest.raises(ValidationError):
        offer(at_least="18")
