"""What stands before the merits: why this court, that the action is in time, why several sue together."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.drafting.acts.amicable import Drawn
from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.suits import FIRST, SECOND, TERMS, acts, alone
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.opening import opening_of


def test_the_place_is_a_blank_until_counsel_says_why_it_is_this_court(drawn: Drawn) -> None:
    silent = opening_of(drawn(**alone(court={"chosen_by": None})))
    assert isinstance(silent.chosen_by, Blank) and silent.chosen_by.path == "acts.court.chosen_by"
    assert "cpc-42" in opening_of(drawn(**alone())).texts


def test_a_clause_names_the_court_only_between_traders_who_could_not_miss_it(drawn: Drawn) -> None:
    facts = TERMS["facts"] | {"contract.jurisdiction_clause": True, "contract.jurisdiction_clause_apparent": True}
    by_clause = alone(court={"chosen_by": "clause"}) | {"contracts": [TERMS | {"facts": facts}]}
    assert opening_of(drawn(**by_clause)).chosen_by == "clause"
    consumer = FIRST | {"facts": FIRST["facts"] | {"client.trader": False}}
    for changes in ({"claimants": [consumer]}, {"contracts": [TERMS]}):
        chosen = opening_of(drawn(**(by_clause | changes))).chosen_by
        assert isinstance(chosen, Blank) and "client.trader" in chosen.what


def test_the_kind_of_court_is_a_blank_where_nothing_says_it(drawn: Drawn) -> None:
    unsaid = FIRST | {"facts": {name: fact for name, fact in FIRST["facts"].items() if name != "client.trader"}}
    assert opening_of(drawn(**alone())).unargued is None
    assert isinstance(opening_of(drawn(**alone(unsaid))).unargued, Blank)


def test_what_was_raised_is_answered_elsewhere(drawn: Drawn) -> None:
    raised = opening_of(drawn(**alone()), ("commercial_court", "time_bar"))
    assert raised.contested and not raised.jurisdiction and not raised.in_time


def test_traders_say_why_the_court_is_the_commercial_one(drawn: Drawn) -> None:
    traders = [one | {"facts": one["facts"] | {"client.trader": True}} for one in (FIRST, SECOND)]
    (section,) = opening_of(drawn(claimants=traders)).jurisdiction
    assert section.id == "commercial_court" and section.issues[0].arguments
    others = [one | {"facts": one["facts"] | {"client.trader": False}} for one in (FIRST, SECOND)]
    assert opening_of(drawn(claimants=others, facts=COMPLETE["facts"] | {"forum.court": "judicial_court"})
                      ).jurisdiction == ()


@pytest.mark.parametrize(("served", "in_time"), [(dt.date(2028, 7, 14), True), (dt.date(2028, 7, 17), False)])
def test_it_is_told_to_be_in_time_up_to_the_last_day_and_no_further(served: dt.date, in_time: bool, drawn: Drawn
                                                                    ) -> None:
    late: dict[str, Any] = {"served_on": served}
    found = opening_of(drawn(acts=acts(writ=late, court={"hearing": dt.date(2028, 9, 5)}, pleadings={"date": None})))
    assert bool(found.in_time) is in_time


def test_the_last_day_is_told_only_where_nothing_may_shorten_it(drawn: Drawn) -> None:
    assert opening_of(drawn()).last_day is None
    terms = TERMS | {"facts": TERMS["facts"] | {"contract.limitation_months": 24}}
    assert opening_of(drawn(contracts=[terms])).last_day == dt.date(2025, 7, 14)


def test_several_sue_together_under_the_same_terms_or_others(drawn: Drawn) -> None:
    both = opening_of(drawn())
    assert both.together and both.same_terms and "cpc-367" in both.texts
    assert not opening_of(drawn(**alone())).together
