"""The dates of a dispute: which there are, in which order, on which day, in which words."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.cases import SMALL, changed, read_small
from vismajor.drafting.case_date import CaseDate
from vismajor.drafting.dates import dates_of
from vismajor.law.models import Law

HEARING = {"date": "2024-09-12", "time": "09:30", "kind": "hearing",
           "what": {"fr": "Audience de plaidoirie", "en": "Hearing"}}
OFFER = SMALL["offers"][0] | {"until": "2024-07-15"}


@pytest.fixture
def found(tmp_path: Path, french_law: Law) -> Callable[..., list[CaseDate]]:
    def read(language: str = "en", **changes: Any) -> list[CaseDate]:
        return dates_of(read_small(tmp_path / "case", french_law, **changes), french_law, language)

    return read


def of_kind(dates: list[CaseDate], *kinds: str) -> list[CaseDate]:
    return [date for date in dates if date.kind in kinds]


def with_facts(first: dict[str, Any], second: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[0]["facts"] |= first
    claimants[1]["facts"] |= first if second is None else second
    return claimants


# --- time limits


def test_a_time_limit_gives_its_last_day_with_reminders_and_texts(found: Callable[..., list[CaseDate]]) -> None:
    (limit,) = of_kind(found(), "time_limit")
    assert (limit.day, limit.state, limit.between) == (dt.date(2028, 7, 14), "ahead", None)
    assert limit.reminders == (90, 30, 7)
    assert limit.claimants == ("dupont", "durand")
    assert limit.sources[:2] == ("cc-2224", "cc-2228")
    assert "1,475" in limit.said
    assert not any("1,475" in part for part in limit.detail)  # what is left is another number on any other day


def test_a_saturday_is_the_last_day_as_any_other(found: Callable[..., list[CaseDate]]) -> None:
    (limit,) = of_kind(found(claimants=with_facts({"procedure.loss_known_on": "2023-07-15"})), "time_limit")
    assert limit.day == dt.date(2028, 7, 15)
    assert limit.day.weekday() == 5


def test_a_last_day_in_a_range_is_the_earliest_and_says_so(found: Callable[..., list[CaseDate]]) -> None:
    ranged = {"procedure.loss_known_on": {"between": ["2023-07-20", "2023-08-20"]}}
    (limit,) = of_kind(found(claimants=with_facts(ranged)), "time_limit")
    assert (limit.day, limit.between) == (dt.date(2028, 7, 20), (dt.date(2028, 7, 20), dt.date(2028, 8, 20)))
    assert "between 20 July 2028 and 20 August 2028" in limit.detail[0]
    assert "nearest" in limit.detail[1]


def test_a_limit_that_was_kept_is_settled_and_reminds_of_nothing(found: Callable[..., list[CaseDate]]) -> None:
    (limit,) = of_kind(found(claimants=with_facts({"procedure.suit_filed_on": "2024-05-01"})), "time_limit")
    assert (limit.state, limit.reminders) == ("settled", ())
    assert limit.what.endswith("(limit kept)")


def test_a_last_day_that_is_certain_lies_in_no_range_though_the_day_of_the_suit_does(
        found: Callable[..., list[CaseDate]]) -> None:
    suit = {"procedure.suit_filed_on": {"between": ["2024-05-01", "2024-05-31"]}}
    (limit,) = of_kind(found(claimants=with_facts(suit)), "time_limit")
    assert (limit.day, limit.state, limit.between) == (dt.date(2028, 7, 14), "settled", None)


def test_a_limit_that_is_over_is_past_and_presses(found: Callable[..., list[CaseDate]]) -> None:
    (limit,) = of_kind(found(as_of=dt.date(2028, 7, 15)), "time_limit")
    assert (limit.state, limit.pressing, limit.reminders) == ("past", True, ())
    (last,) = of_kind(found(as_of=dt.date(2028, 7, 14)), "time_limit")
    assert (last.state, last.pressing) == ("ahead", True)


def test_a_duty_whose_limit_ends_on_another_day_is_named(found: Callable[..., list[CaseDate]]) -> None:
    claimants = with_facts({"procedure.loss_known_on@data": "2023-09-01"})
    for claimant in claimants:
        claimant["heads"][0]["duties"] = ["backup", "data"]
    limits = of_kind(found(claimants=claimants), "time_limit")
    assert [limit.day for limit in limits] == [dt.date(2028, 7, 14), dt.date(2028, 9, 1)]
    assert limits[0].what != limits[1].what
    assert limits[0].id != limits[1].id


# --- what stops the time


def test_a_mediation_leaves_six_months_and_is_told_with_its_days(found: Callable[..., list[CaseDate]]) -> None:
    mediated = {"procedure.mediation_agreed_on": "2028-06-01", "procedure.mediation_ended_on": "2028-09-01"}
    dates = found(as_of=dt.date(2028, 9, 10), claimants=with_facts(mediated, {}))
    stop, = of_kind(dates, "suspension")
    assert (stop.day, stop.state, stop.claimants) == (dt.date(2028, 6, 1), "past", ("dupont",))
    assert stop.said.startswith("From 1 June 2028 to 1 September 2028 (for Dupont): ")
    assert stop.sources == ("cc-2238",)
    limit = next(date for date in of_kind(dates, "time_limit") if date.claimants == ("dupont",))
    assert limit.day == dt.date(2029, 3, 1)  # 43 days were left on 1 June; six months from 1 September are more
    assert stop.said in limit.detail
    assert "cc-2238" in limit.sources


def test_a_suspension_that_lasts_says_on_which_day_the_limit_is_counted(found: Callable[..., list[CaseDate]]) -> None:
    dates = found(claimants=with_facts({"procedure.mediation_agreed_on": "2024-06-01"}))
    (stop,) = of_kind(dates, "suspension")
    assert stop.said.startswith("Since 1 June 2024: ")
    assert "as if the suspension ended on 30 June 2024" in stop.said
    assert of_kind(dates, "time_limit")[0].day == dt.date(2028, 8, 12)  # 29 days so far


def test_the_end_of_a_suspension_that_lies_ahead_is_a_date(found: Callable[..., list[CaseDate]]) -> None:
    facts = {"procedure.participative_agreed_on": "2024-05-02", "procedure.participative_term_on": "2024-11-02"}
    (stop,) = of_kind(found(claimants=with_facts(facts)), "suspension")
    assert (stop.day, stop.state) == (dt.date(2024, 11, 2), "ahead")
    assert stop.what.endswith("end of the suspension")


def test_an_acknowledgment_that_a_court_may_not_find_says_so(found: Callable[..., list[CaseDate]]) -> None:
    facts = {"procedure.acknowledged_on": {"value": "2024-02-01", "status": "disputed", "exhibits": ["P2"]},
             "procedure.acknowledgment_unequivocal": True}
    (stop,) = of_kind(found(claimants=with_facts(facts)), "interruption")
    assert (stop.day, stop.state) == (dt.date(2024, 2, 1), "past")
    assert stop.said.endswith("Provided that the court finds this fact.")


def test_talks_that_came_too_late_say_that_they_change_nothing(found: Callable[..., list[CaseDate]]) -> None:
    facts = {"procedure.mediation_agreed_on": "2028-08-01", "procedure.mediation_ended_on": "2028-09-01"}
    dates = found(as_of=dt.date(2028, 9, 10), claimants=with_facts(facts))
    (stop,) = of_kind(dates, "suspension")
    assert stop.said.endswith("Of no effect: the time limit had run out.")
    assert stop.said not in of_kind(dates, "time_limit")[0].detail


# --- steps, offers, exhibits


def test_a_hearing_keeps_its_hour_and_a_step_of_an_old_file_is_another_kind(
        found: Callable[..., list[CaseDate]]) -> None:
    steps = of_kind(found(procedure=[*SMALL["procedure"], HEARING]), "hearing", "other")
    assert [(step.kind, step.day, step.time, step.state) for step in steps] == [
        ("other", dt.date(2023, 10, 1), None, "past"), ("hearing", dt.date(2024, 9, 12), dt.time(9, 30), "ahead")]
    assert steps[1].reminders == (7, 1)


@pytest.mark.parametrize(("as_of", "day", "state"), [
    (dt.date(2024, 6, 30), dt.date(2024, 9, 1), "ahead"), (dt.date(2024, 9, 10), dt.date(2024, 9, 10), "ahead"),
    (dt.date(2024, 9, 30), dt.date(2024, 9, 30), "ahead"), (dt.date(2024, 10, 1), dt.date(2024, 9, 1), "past")])
def test_a_step_whose_day_is_not_known_stands_on_the_first_that_is_possible(
        found: Callable[..., list[CaseDate]], as_of: dt.date, day: dt.date, state: str) -> None:
    step = {"date": "2024-09", "kind": "expert", "what": {"fr": "Rapport", "en": "Report"}}
    (one,) = of_kind(found(procedure=[step], as_of=as_of), "expert")
    assert (one.day, one.state) == (day, state)
    assert "September 2024" in one.detail[0]


def test_a_hearing_that_is_put_off_stays_the_same_date_and_two_of_one_name_are_two(
        found: Callable[..., list[CaseDate]]) -> None:
    (first,) = of_kind(found(procedure=[HEARING]), "hearing")
    (later,) = of_kind(found(procedure=[HEARING | {"date": "2024-11-14"}]), "hearing")
    assert first.id == later.id
    two = of_kind(found(procedure=[HEARING, HEARING | {"date": "2024-11-14"}]), "hearing")
    assert two[0].id != two[1].id


def test_an_offer_lapses_unless_it_was_answered(found: Callable[..., list[CaseDate]]) -> None:
    (offer,) = of_kind(found(offers=[OFFER | {"at_least": 2}]), "offer")
    assert (offer.day, offer.state, offer.claimants) == (dt.date(2024, 7, 15), "ahead", ("dupont", "durand"))
    assert "2 at least" in offer.detail[0]
    assert of_kind(found(offers=[OFFER | {"answered": {"date": "2024-06-30", "how": "refused"}}]), "offer") == []
    later = OFFER | {"answered": {"date": "2024-07-01", "how": "refused"}}  # not known yet
    assert len(of_kind(found(offers=[later]), "offer")) == 1
    (lapsed,) = of_kind(found(offers=[OFFER | {"until": "2024-06-29"}]), "offer")
    assert lapsed.state == "past"


def test_the_last_day_of_an_offer_without_a_term_is_an_assumption_and_told_as_one(
        found: Callable[..., list[CaseDate]]) -> None:
    (offer,) = of_kind(found(offers=[{**SMALL["offers"][0], "maintained_on": "2024-06-01"}]), "offer")
    assert (offer.day, offer.state, offer.sources) == (dt.date(2024, 9, 1), "ahead", ("cc-1116", "cc-1117"))
    assert offer.what.endswith("assumed last day to accept it")
    assert "assumed to be a reasonable time" in offer.said
    assert "The case can say otherwise" in offer.detail[0]


@pytest.mark.parametrize(("stated", "reserved"), [({}, True), ({"contract.limitation_months": 60}, False)])
def test_a_last_day_is_told_with_the_reserve_of_a_clause_that_nobody_said_to_have_looked_for(
        found: Callable[..., list[CaseDate]], stated: dict[str, Any], reserved: bool) -> None:
    terms = SMALL["contracts"][0]
    (limit,) = of_kind(found(contracts=[terms | {"facts": terms["facts"] | stated}]), "time_limit")
    assert limit.day == dt.date(2028, 7, 14)
    assert ("unless a clause is shorter" in limit.what) is reserved
    assert ("art. 2254" in limit.said) is reserved
    assert any("art. 2254" in line for line in limit.detail) is reserved


def test_an_offer_names_neither_its_amount_nor_its_form(found: Callable[..., list[CaseDate]]) -> None:
    form = {"fr": "un avoir de 500 euros", "en": "a credit note of 500 euros"}
    (offer,) = of_kind(found(offers=[OFFER | {"form": form}]), "offer")
    assert "500" not in " ".join([offer.what, *offer.detail])


def test_an_exhibit_to_come_is_expected_on_the_last_day_that_its_date_may_mean(
        found: Callable[..., list[CaseDate]]) -> None:
    later = {"id": "P9", "title": "Rapport d'expertise", "date": "2024-10", "expected": True}
    (exhibit,) = of_kind(found(exhibits=[*SMALL["exhibits"], later]), "exhibit")
    assert (exhibit.day, exhibit.between) == (dt.date(2024, 10, 31), (dt.date(2024, 10, 1), dt.date(2024, 10, 31)))
    assert exhibit.what == "Exhibit expected, P9: Rapport d'expertise"


def test_an_exhibit_later_than_what_is_known_does_not_exist_yet_unless_it_is_expected(
        found: Callable[..., list[CaseDate]]) -> None:
    later = {"id": "P9", "title": "Rapport des pompiers", "date": "2024-10"}
    assert of_kind(found(exhibits=[*SMALL["exhibits"], later]), "exhibit") == []


# --- interest


def test_a_judgment_expected_raises_the_rate_two_months_later(found: Callable[..., list[CaseDate]]) -> None:
    dates = found(interest={"notice": "2024-08-01", "judgment": "2025-03-01"})
    notice, judgment, rise = of_kind(dates, "notice", "judgment", "interest_rise")
    assert (notice.day, judgment.day, rise.day) == (dt.date(2024, 8, 1), dt.date(2025, 3, 1), dt.date(2025, 5, 2))
    assert rise.sources == ("cmf-l313-3",)
    assert "5 points" in rise.what


def test_a_notice_that_was_given_is_no_date_to_come_and_without_a_judgment_nothing_rises(
        found: Callable[..., list[CaseDate]]) -> None:
    assert of_kind(found(interest={"notice": "2023-10-05"}), "notice", "judgment", "interest_rise") == []


def test_claimants_who_expect_other_judgments_are_told_apart(found: Callable[..., list[CaseDate]]) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[1]["interest"] = {"notice": "2023-10-05", "judgment": "2026-01-15"}
    dates = found(claimants=claimants, interest={"notice": "2023-10-05", "judgment": "2025-03-01"})
    assert [date.claimants for date in of_kind(dates, "judgment")] == [("dupont",), ("durand",)]


# --- all of them


def test_dates_are_in_order_and_their_names_are_their_own(found: Callable[..., list[CaseDate]]) -> None:
    dates = found(procedure=[HEARING, *SMALL["procedure"]], offers=[OFFER],
                  interest={"notice": "2024-08-01", "judgment": "2025-03-01"})
    assert [date.day for date in dates] == sorted(date.day for date in dates)
    assert len({date.id for date in dates}) == len(dates) == 7


def test_the_names_of_dates_are_the_same_in_each_language(found: Callable[..., list[CaseDate]]) -> None:
    english, french = (found(language, procedure=[HEARING], offers=[OFFER]) for language in ("en", "fr"))
    assert [date.id for date in english] == [date.id for date in french]
    assert [date.what for date in english] != [date.what for date in french]


def test_order_in_the_file_does_not_show(tmp_path: Path, french_law: Law) -> None:
    case = read_small(tmp_path / "case", french_law, procedure=[HEARING, *SMALL["procedure"]])
    turned = changed(case, procedure=case.file.procedure[::-1], exhibits=case.file.exhibits[::-1])
    assert dates_of(case, french_law, "fr") == dates_of(turned, french_law, "fr")
