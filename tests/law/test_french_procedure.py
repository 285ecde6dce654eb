"""The French pack on the suit: who may sue, until when, after which steps; the loss; the effects of an impediment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import case, cost
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.findings import CLAIMED
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case

WORLDS = Worlds("procedure", 1_000)
Facts = Mapping[str, object]
RELEASE = {"client.release_given": True, "client.release_mutual": True, "client.release_covers": True}
CLAUSE = {"contract.conciliation_clause": True, "contract.conciliation_detailed": True}
SUED = {"procedure.suit_filed_on": "2021-09-01"}


def assessed(law: Law, facts: Facts, as_of: str, concluded: str, amount: int) -> Assessment:
    """Assess one claimant; each fact goes where the pack says that it belongs."""
    scopes: dict[str, dict[str, object]] = {"common": {}, "contract": {"contract.terms_accepted": True}, "claimant": {}}
    for name, value in facts.items():
        scopes[law.vocabulary.facts[name.partition("@")[0]].scope][name] = value
    terms = {"id": "terms", "title": {"fr": "x", "en": "x"}, "version": "2020", "facts": scopes["contract"]}
    head = {**cost(amount), "duties": list(law.vocabulary.duties)}
    built = case([{"id": "c", "facts": scopes["claimant"], "heads": [head]}], scopes["common"], contracts=[terms],
                 as_of=as_of, law="fr")
    claimant = built.file.claimants[0]
    dated = claimant.contract.model_copy(update={"concluded": dt.date.fromisoformat(concluded)})
    file = built.file.model_copy(update={"claimants": (claimant.model_copy(update={"contract": dated}),)})
    claimed = {"c": {CLAIMED: Decimal(amount)}}
    return assess_case(built.model_copy(update={"file": file}), law, WORLDS, given=claimed)


def chance(law: Law, issue: str, facts: Facts, duty: str = "data", as_of: str = "2022-01-01",
           concluded: str = "2020-01-01", amount: int = 20_000) -> float:
    return float(assessed(law, facts, as_of, concluded, amount).holds("c", duty, issue).mean())


def last_day(law: Law, facts: Facts) -> str:
    found = assessed(law, facts, "2022-01-01", "2020-01-01", 20_000).graphs["c", "data"].findings["limit.last_day"]
    return dt.date.fromordinal(int(found.numbers(WORLDS).max())).isoformat()


def test_the_five_years_from_the_fire_end_on_tuesday_10_march_2026(french_law: Law) -> None:
    assert last_day(french_law, {}) == "2026-03-10"
    assert dt.date(2026, 3, 10).isoweekday() == 2


@pytest.mark.parametrize(("facts", "day"), [
    ({"procedure.loss_known_on": "2021-04-03"}, "2026-04-03"),
    ({"procedure.loss_known_on@backup": "2021-04-03"}, "2026-03-10"),  # of another duty
    ({"contract.limitation_months": 24}, "2023-03-10"),
    ({"contract.limitation_months": 3}, "2022-03-10"),  # art. 2254: never below one year
    ({"procedure.mediation_agreed_on": "2021-06-01", "procedure.mediation_ended_on": "2021-06-11"}, "2026-03-20"),
    ({"procedure.talks_held": True, "procedure.notice_given_on": "2021-06-01"}, "2026-03-10"),
    ({"procedure.acknowledged_on": "2021-05-04", "procedure.acknowledgment_unequivocal": True}, "2026-05-04"),
    ({"procedure.acknowledged_on": "2021-05-04", "procedure.acknowledgment_unequivocal": False}, "2026-03-10"),
    ({"procedure.expertise_ordered_on": "2021-04-01", "procedure.expertise_done_on": "2021-05-01",
      "procedure.expertise_own_request": True}, "2026-04-09"),
    ({"procedure.expertise_ordered_on": "2021-04-01", "procedure.expertise_done_on": "2021-05-01",
      "procedure.expertise_own_request": False}, "2026-03-10"),  # art. 2239 helps nobody else
    ({"procedure.earlier_suit_filed_on": "2021-04-01", "procedure.earlier_suit_ended_on": "2021-05-01",
      "procedure.earlier_suit_stands": True}, "2026-05-01"),  # art. 2242: interrupted until the proceedings end
])
def test_what_moves_the_last_useful_day(french_law: Law, facts: Facts, day: str) -> None:
    assert last_day(french_law, facts) == day


def test_where_the_date_of_knowledge_is_not_found_the_five_years_run_from_the_fire(french_law: Law) -> None:
    facts = {"procedure.loss_known_on": {"value": "2021-04-03", "status": "alleged"}}
    graph = assessed(french_law, facts, "2022-01-01", "2020-01-01", 20_000).graphs["c", "data"]
    found = graph.findings["limit.last_day"]
    days = {dt.date.fromordinal(int(day)).isoformat() for day in found.numbers(WORLDS)}
    assert days == {"2026-03-10", "2026-04-03"}


@pytest.mark.parametrize(("as_of", "barred"), [("2022-01-13", False), ("2026-03-10", False), ("2026-03-11", True)])
def test_the_founding_claims_are_barred_from_the_day_after(french_law: Law, as_of: str, barred: bool) -> None:
    founding = load_case(ROOT / "cases" / "ovh-strasbourg", french_law, dt.date.fromisoformat(as_of))
    assessment = assess_case(founding, french_law, WORLDS)
    for claimant, duty in assessment.answers:
        assert (assessment.holds(claimant, duty, "time_bar").mean() > 0.99) == barred
        assert (assessment.holds(claimant, duty, "admissibility").mean() > 0.9) != barred


def test_the_time_bar_must_be_pleaded_and_a_suit_in_time_keeps_the_right(french_law: Law) -> None:
    late = "2026-11-25"
    assert chance(french_law, "time_bar", {}, as_of=late) > 0.99
    assert chance(french_law, "time_bar", {"procedure.time_bar_pleaded": False}, as_of=late) < 0.01
    assert chance(french_law, "time_bar", SUED, as_of=late) < 0.01
    assert chance(french_law, "time_bar", {**SUED, "procedure.suit_without_effect": True}, as_of=late) > 0.99


@pytest.mark.parametrize(("facts", "standing"), [
    ({"client.sues_as": "party"}, True),
    ({"client.sues_as": "third_party"}, False),
    ({"client.sues_as": "third_party", "client.pleads_tort": True}, True),
    ({"client.sues_as": "party", "client.insurer_paid": "in_full"}, False),
    ({"client.sues_as": "party", "client.insurer_paid": "in_part"}, True),
    ({"client.sues_as": "insurer", "client.insurer_paid": "in_part"}, True),
    ({"client.sues_as": "insurer", "client.insurer_paid": "nothing"}, False),
    ({"client.sues_as": "liquidator"}, True),
    ({"client.sues_as": "party", "client.in_liquidation": True}, False),
    ({"client.sues_as": "assignee", "client.assignment_notified": True}, True),
    ({}, True),
])
def test_who_may_sue(french_law: Law, facts: Facts, standing: bool) -> None:
    assert (chance(french_law, "standing", facts) > 0.5) == standing


@pytest.mark.parametrize(("facts", "settled"), [
    (RELEASE, True),
    ({"client.release_given": True, "client.release_covers": True}, False),  # a concession must be shown
    ({**RELEASE, "client.release_mutual": False}, False),  # no concession in return, art. 2044
    ({**RELEASE, "client.release_covers": False}, False),  # another object, art. 2048
    ({"client.release_given": False, "client.vouchers_accepted": True}, False),
])
def test_a_settlement_bars_the_suit_within_its_object(french_law: Law, facts: Facts, settled: bool) -> None:
    assert (chance(french_law, "settled", facts) > 0.95) == settled
    assert (chance(french_law, "admissibility", facts) < 0.5) == settled


@pytest.mark.parametrize(("facts", "barred"), [
    ({**CLAUSE, **SUED, "procedure.conciliation_tried": False}, True),
    ({**CLAUSE, **SUED, "procedure.conciliation_tried": False, "procedure.conciliation_after_suit": True}, True),
    ({**CLAUSE, **SUED, "procedure.conciliation_tried": False, "contract.conciliation_detailed": False}, False),
    ({**CLAUSE, **SUED, "procedure.conciliation_tried": False, "procedure.conciliation_waived": True}, False),
    ({**CLAUSE, **SUED, "procedure.conciliation_tried": True}, False),
    ({**CLAUSE, "procedure.suit_filed": False, "procedure.conciliation_tried": False}, False),
    ({"contract.conciliation_clause": True, **SUED, "procedure.conciliation_tried": False}, False),  # so must detail
])
def test_a_clause_of_prior_conciliation_bars_a_suit_brought_without_it(
        french_law: Law, facts: Facts, barred: bool) -> None:
    assert (chance(french_law, "prior_conciliation", facts) > 0.9) == barred


def test_a_small_claim_needs_an_attempt_save_where_the_client_is_exempt(french_law: Law) -> None:
    small = {"forum.court": "judicial_court", **SUED, "procedure.conciliation_tried": False}

    def barred(facts: Facts) -> float:
        return chance(french_law, "prior_conciliation", facts, as_of="2024-01-01", amount=4_000)

    assert barred(small) > 0.5
    assert barred({**small, "procedure.conciliation_excused": True}) < 0.1


@pytest.mark.parametrize("concluded", ["2015-01-01", "2020-01-01"])
def test_the_client_relies_on_the_hosts_own_terms_without_having_accepted_them(french_law: Law, concluded: str) -> None:
    due = {"contract.due_date_is_notice": True, "contract.terms_accepted": False}
    assert chance(french_law, "notice", due, "availability", concluded=concluded) > 0.9


def test_a_lawyer_is_needed_above_ten_thousand_euros_of_claim(french_law: Law) -> None:
    court = {"forum.court": "commercial_court"}
    assert chance(french_law, "lawyer_mandatory", court, amount=10_001) > 0.9
    assert chance(french_law, "lawyer_mandatory", court, amount=10_000) < 0.1
    assert chance(french_law, "lawyer_mandatory", court, amount=50_000, as_of="2023-01-01") > 0.9


def test_the_contribution_is_due_by_large_businesses_before_the_economic_courts_only(french_law: Law) -> None:
    large = {"client.employees": 400, "client.turnover": 60_000_000, "client.profit": 4_000_000}
    tae = {"forum.court": "economic_activities_court"}
    law = french_law

    def due(facts: Facts, as_of: str = "2025-06-01", amount: int = 60_000) -> bool:
        return chance(law, "contribution_due", facts, as_of=as_of, amount=amount) > 0.5

    assert due({**large, **tae})
    assert not due({**large, "forum.court": "commercial_court"})
    assert not due({**large, **tae, "client.employees": 249})
    assert not due({**large, **tae, "client.turnover": 50_000_000})
    assert not due({**large, **tae}, amount=50_000)
    assert not due({**large, **tae}, as_of="2024-12-01")


@pytest.mark.parametrize("concluded", ["2015-01-01", "2020-01-01"])
def test_destroyed_data_need_no_notice_and_a_passing_obstacle_does(french_law: Law, concluded: str) -> None:
    passing = {"performance.duration": "temporary", "procedure.suit_filed": True, "procedure.notice_given": False}
    assert chance(french_law, "notice", {"service.data_lost": True}, concluded=concluded) == 1
    without = chance(french_law, "notice", passing, concluded=concluded)
    with_one = chance(french_law, "notice", {**passing, "procedure.notice_given": True}, concluded=concluded)
    assert without < 0.5
    assert with_one > 0.9


@pytest.mark.parametrize("concluded", ["2015-01-01", "2020-01-01"])
def test_gross_fault_makes_every_loss_of_business_due(french_law: Law, concluded: str) -> None:
    blind = {"client.business_use_known": False, "client.exceptional_loss": True}
    gross = {"fault.knew_danger": True, "fault.chose_saving": True, "fault.unfit": True}
    assert chance(french_law, "foreseeable_loss", blind, concluded=concluded) < 0.2
    at_fault = assessed(french_law, {**blind, **gross}, "2022-01-01", concluded, 20_000)
    found, due = (at_fault.holds("c", "data", issue) for issue in ("gross_fault", "foreseeable_loss"))
    assert found.any()
    assert due[found].all()
    assert chance(french_law, "foreseeable_loss", {"client.business_use_known": True}, concluded=concluded) > 0.6


def test_terms_that_deny_the_breach_are_not_counted_again_as_the_clients_fault(french_law: Law) -> None:
    alone = {"contract.client_keeps_backups": True, "service.own_copy": False, "service.data_lost": True,
             "service.backup_option": False}
    share = {duty: chance(french_law, "own_fault", alone, duty) for duty in ("data", "location", "availability")}
    nothing = chance(french_law, "own_fault", {}, "data")
    assert share["data"] == pytest.approx(nothing, abs=0.05)
    assert share["location"] > 0.4
    assert share["availability"] == pytest.approx(nothing, abs=0.05)  # a missing copy interrupts no service
    assert chance(french_law, "own_fault", {**alone, "service.own_backups_made": True}, "location") < 0.05


def test_a_client_need_not_limit_its_loss(french_law: Law) -> None:
    idle = {"client.did_not_limit_loss": True}
    assert chance(french_law, "own_fault", idle) < chance(french_law, "own_fault", {})
    assert chance(french_law, "own_fault", {**idle, "client.aggravated_loss": True}) > 0.4


@pytest.mark.parametrize("concluded", ["2015-01-01", "2020-01-01"])
def test_a_passing_obstacle_suspends_and_a_lasting_one_ends_the_duty(french_law: Law, concluded: str) -> None:
    passing, lasting = ({"performance.duration": value} for value in ("temporary", "permanent"))
    assert chance(french_law, "lasting", passing, "availability", concluded=concluded) < 0.05
    assert chance(french_law, "lasting", lasting, "availability", concluded=concluded) > 0.9
    ended = {"performance.obstacle_ended": True}
    assert chance(french_law, "lasting", ended, "availability", concluded=concluded) < 0.05


def test_force_majeure_suspends_ends_of_itself_or_opens_termination(french_law: Law) -> None:
    assessment = assessed(french_law, {}, "2022-01-01", "2020-01-01", 20_000)
    opening = 0
    for duty in french_law.vocabulary.duties:
        if ("c", duty) in assessment.answers:
            issues = ("suspension", "termination", "lasting", "delay_justifies_termination", "force_majeure")
            suspended, ended, lasting, delayed, excused = (assessment.holds("c", duty, issue) for issue in issues)
            assert not (suspended & ended).any()
            assert (ended == (excused & lasting)).all()  # art. 1218, para. 2: by operation of law, only if definitive
            opened = excused & delayed & ~lasting
            opening += int(opened.sum())
            assert ((suspended | ended | opened) == excused).all()
    assert opening > 0


@pytest.mark.parametrize("concluded", ["2015-01-01", "2020-01-01"])
def test_fees_for_a_service_not_given_go_back_whoever_is_at_fault(french_law: Law, concluded: str) -> None:
    stopped = {"service.interrupted": True}
    due = chance(french_law, "restitution", stopped, "availability", concluded=concluded)
    assert due > 0.45
    returned = {**stopped, "service.fees_returned": True}
    assert chance(french_law, "restitution", returned, "availability", concluded=concluded) == 0
