"""What each side may take instead of going to court."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from tests.settlement.small_suits import case, claimant, disputed, offered, pack, valued
from vismajor.settlement.choices import Choices, choices_of
from vismajor.settlement.prospects import Prospects


def _choices(claimant_id: str | None = None, offer: Decimal | None = None, **extra: Any) -> Choices:
    """Return the choices of two claimants whom the suit leaves 3,000 € and −500 €, and costs the respondent 5,000 €."""
    valuation = valued(pack("a.b"), case([claimant("one", 5000), claimant("two", 1000)],
                                         {"a.b": disputed(0.5)}, **extra), 100)
    column = np.array([1.0, -1.0])
    prospects = Prospects(
        {"one": 3000 + column, "two": -500 + column}, 5000 + column, {"one": 3500 + column, "two": 700 + column},
        np.array([True, True]), 2 + column, 3 + column)
    return choices_of(valuation, prospects, claimant_id, offer)


def test_a_claimant_chooses_between_the_offer_that_it_holds_and_the_suit() -> None:
    found = _choices(offers=[offered(900), offered(1200, to=["two"])])
    assert [(one.claimants, one.certain, one.ground) for one in found.claimants] == [
        (("one",), Decimal("900.00"), "offer"), (("two",), Decimal("1200.00"), "offer")]
    assert [one.court for one in found.claimants] == [Decimal("3000.00"), Decimal("-500.00")]


def test_an_offer_that_lapsed_is_no_choice_and_one_not_in_cash_counts_for_what_it_is_worth() -> None:
    lapsed = {**offered(900), "until": "2021-07-01"}
    vouchers = {**offered(800, to=["two"]), "in_cash": False, "agreed_value": 300}
    found = _choices(offers=[lapsed, vouchers])
    assert [(one.certain, one.ground) for one in found.claimants] == [
        (Decimal("3000.00"), "court"), (Decimal("300.00"), "offer")]
    refused = {**offered(2500, "claimants"), "answered": {"date": "2021-08-01", "how": "refused"}}
    assert _choices(offers=[refused]).respondent.ground == "court"


def test_for_want_of_an_offer_it_settles_for_what_the_suit_leaves_it_and_never_for_less_than_nothing() -> None:
    found = _choices()
    assert [(one.certain, one.ground) for one in found.claimants] == [
        (Decimal("3000.00"), "court"), (Decimal("0.00"), "court")]


def test_the_respondent_pays_what_was_asked_last_or_what_the_claimants_would_settle_for() -> None:
    assert (_choices().respondent.certain, _choices().respondent.ground) == (Decimal("3000.00"), "court")
    asked = _choices(offers=[offered(4000, "claimants"), offered(2500, "claimants", ["one"])]).respondent
    assert (asked.certain, asked.ground) == (Decimal("6500.00"), "demand")
    one_alone = _choices(offers=[offered(4000, "claimants", ["one"])]).respondent
    assert one_alone.ground == "court"  # nothing is known of what the other asks
    assert _choices().respondent.court == Decimal("5000.00")


def test_a_sum_given_is_for_all_who_are_looked_at_and_both_sides_weigh_it() -> None:
    found = _choices(offer=Decimal(2000), offers=[offered(900)])
    (together,) = found.claimants
    assert (together.claimants, together.certain, together.court) == (
        ("one", "two"), Decimal(2000), Decimal("2500.00"))
    assert found.respondent.certain == Decimal(2000)


def test_one_claimant_is_looked_at_alone_with_its_part_of_what_the_suit_costs_the_respondent() -> None:
    found = _choices("one")
    assert found.members == ("one",)
    assert found.respondent.court == Decimal("3900.00")  # 3,500 € owed to it, and half of the 800 € beyond what is owed
