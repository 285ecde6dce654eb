"""The French pack on the merits: the two gates, copies one by one, contracts of every date, rulings reversed."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reasoning.small_law import case, cost, graph
from vismajor.law.coverage import rules_at
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.worlds import Worlds

LILLE, DOUAI = "tcom-lille-2023-01-26-2021013526", dt.date(2025, 4, 24)


def assess(law: Law, duty: str, facts: dict[str, object], items: list[dict[str, object]] | None = None) -> Assessment:
    claimant = {"id": "one", "items": items or [], "facts": facts, "heads": [cost(100, duty)]}
    return assess_case(case([claimant]), law, Worlds("test", 4000))


def heard(law: Law, issue: str, facts: dict[str, object], duty: str = "backup", *,
          governing: dt.date = dt.date(2020, 1, 1), as_of: dt.date = dt.date(2022, 1, 1)) -> set[str]:
    return {argument.rule.id for argument in graph(law, facts, duty, governing, as_of).arguments.get(issue, ())}


def test_a_missing_result_is_a_breach_and_under_a_duty_of_means_it_is_not(french_law: Law) -> None:
    lost = {"performance.result_missing": True, "service.data_lost": True, "contract.terms_accepted": True}
    result = assess(french_law, "data", {**lost, "contract.promises_result": True})
    means = assess(french_law, "data", {**lost, "contract.says_means": True})
    assert result.lead("obligation_kind").label == "established"
    assert means.lead("obligation_kind").label == "not_established"
    assert result.lead("breach").probability > 0.85
    assert means.lead("breach").probability < 0.25


@pytest.mark.parametrize("fault", [
    "prevention.own_failing", "prevention.rule_breached", "performance.error_in_execution"])
def test_under_a_duty_of_means_a_fault_must_be_proved_and_then_leaves_little_room(french_law: Law, fault: str) -> None:
    means = {"contract.terms_accepted": True, "contract.says_means": True, "service.data_lost": True}
    idle, proved = (assess(french_law, "data", facts) for facts in (means, {**means, fault: True}))
    assert proved.lead("breach").probability > idle.lead("breach").probability + 0.4
    against = proved.lead("unavoidable").arguments_against
    assert "proven-fault-leaves-little-room" in {a.rule.id for a in against if a.applies}


def test_a_general_clause_on_means_does_not_speak_of_where_the_server_was(french_law: Law) -> None:
    facts = {"contract.says_means": True, "service.location_promised": True, "contract.terms_accepted": True}
    assert "means-by-express-terms" in heard(french_law, "obligation_kind", facts, "data")
    assert "means-by-express-terms" not in heard(french_law, "obligation_kind", facts, "location")


def server(building: str, name: str = "web") -> dict[str, object]:
    return {"id": name, "kind": "server", "facts": {"server.building": building}}


def copy(name: str, building: str, restorable: bool, of: str = "web") -> dict[str, object]:
    return {"id": name, "kind": "backup", "of": [of],
            "facts": {"backup.building": building, "backup.restorable": restorable}}


def roof(assessment: Assessment) -> bool:
    """Tell whether `all copies under one roof` counts against unavoidable effects."""
    return any(a.applies for a in assessment.lead("unavoidable").arguments_against
               if a.rule.id == "copies-under-the-same-roof-argued")


def test_two_copies_beside_their_server_are_all_lost(french_law: Law) -> None:
    option = {"service.backup_option": True}
    items = [server("sbg2"), copy("nightly", "sbg2", False), copy("weekly", "sbg2", False)]
    found = assess(french_law, "backup", option, items)
    assert roof(found)
    assert found.lead("breach").probability > 0.7
    assert not found.lead("causation").arguments_against


def test_a_copy_kept_elsewhere_and_restorable_defeats_one_roof(french_law: Law) -> None:
    option = {"service.backup_option": True}
    away = [server("sbg2"), copy("nightly", "sbg2", False), copy("weekly", "rbx", True)]
    burnt = [server("sbg2"), copy("nightly", "sbg2", False), copy("weekly", "rbx", False)]
    assert not roof(assess(french_law, "backup", option, away))
    assert not roof(assess(french_law, "backup", option, burnt))  # one copy stood elsewhere: not all under one roof
    causation = assess(french_law, "backup", option, away).lead("causation")
    assert [a.rule.id for a in causation.arguments_against if a.applies] == ["usable-copy-breaks-the-link"]


def test_a_copy_beside_another_server_is_not_under_the_roof_of_its_own(french_law: Law) -> None:
    items = [server("sbg2", "web"), server("rbx", "mail"), copy("nightly", "sbg2", False, of="mail")]
    assert not roof(assess(french_law, "backup", {"service.backup_option": True}, items))


def test_each_copy_is_argued_and_one_breach_counts_once(french_law: Law) -> None:
    copies = [copy(name, "sbg2", False) for name in ("nightly", "weekly")]
    one, two = (assess(french_law, "backup", {"service.backup_option": True}, [server("sbg2"), *copies[:many]])
                for many in (1, 2))
    assert one.lead("breach").probability == pytest.approx(two.lead("breach").probability, abs=1e-12)


def test_a_building_named_and_not_kept_is_a_false_location(french_law: Law) -> None:
    named = {"id": "web", "kind": "server", "facts": {"server.building": "sbg2", "server.building_promised": "sbg1"}}
    kept = {"id": "web", "kind": "server", "facts": {"server.building": "sbg1", "server.building_promised": "sbg1"}}
    assert assess(french_law, "location", {}, [named]).lead("breach").probability > 0.8
    assert assess(french_law, "location", {}, [kept]).lead("breach").probability < 0.3


def test_article_1171_is_out_of_reach_before_october_2016_and_in_a_negotiated_contract(french_law: Law) -> None:
    form = {"contract.standard_form": True, "contract.governing_date": "2015-03-01"}
    old = heard(french_law, "control_regime", form, governing=dt.date(2015, 3, 1))
    assert {"article-1171-has-no-ancestor", "clause-closed-to-negotiation"} == old
    negotiated = heard(french_law, "control_regime", {"contract.standard_form": False})
    assert "negotiated-contract-escapes-review" in negotiated


@pytest.mark.parametrize(("governing", "rule"), [
    (dt.date(2017, 1, 1), "contract-of-adhesion-first-wording"), (dt.date(2018, 10, 1), "contract-of-adhesion")])
def test_a_contract_of_adhesion_is_that_of_its_date(french_law: Law, governing: dt.date, rule: str) -> None:
    found = heard(french_law, "control_regime", {"contract.standard_form": True}, governing=governing)
    assert {name for name in found if name.startswith("contract-of-adhesion")} == {rule}


def test_every_argument_from_article_1171_rests_on_the_gate(french_law: Law) -> None:
    from_1171 = [rule for rule in french_law.rules.values() if rule.issue and rule.issue != "control_regime"
                 and {"cc-1171", "cc-1171-2016"} & set(rule.sources)]
    assert len(from_1171) >= 6
    assert all("control_regime" in [condition.name for condition in rule.if_] for rule in from_1171)


def test_towards_a_consumer_the_consumer_code_strikes_the_cap(french_law: Law) -> None:
    facts = {"contract.cap_exists": True, "contract.terms_accepted": True, "contract.standard_form": True,
             "debtor.professional": True}
    business, consumer = (assess(french_law, "data", {**facts, "client.capacity": capacity})
                          for capacity in ("business", "consumer"))
    assert business.lead("liability_cap").probability > 0.7
    assert consumer.lead("liability_cap").probability == 0
    assert consumer.lead("control_regime").probability == 0


def test_the_consumer_code_strikes_nothing_unless_the_debtor_is_a_professional(french_law: Law) -> None:
    facts = {"contract.cap_exists": True, "client.capacity": "consumer"}
    assert "cap-unfair-to-a-consumer" in heard(french_law, "liability_cap", {**facts, "debtor.professional": True})
    assert "cap-unfair-to-a-consumer" not in heard(french_law, "liability_cap", {**facts, "debtor.professional": False})


@pytest.mark.parametrize("governing", [dt.date(2015, 1, 1), dt.date(2020, 1, 1)])
def test_a_special_term_sets_aside_the_clause_that_it_contradicts_and_no_other(
        french_law: Law, governing: dt.date) -> None:
    facts = {"contract.cap_contradicted": True}
    heard_on = {issue: heard(french_law, issue, facts, governing=governing)
                for issue in ("terms_bind", "liability_cap", "heads_excluded", "force_majeure_clause")}
    hit = {issue for issue, rules in heard_on.items()
           if any(rule.startswith("special-terms-prevail") for rule in rules)}
    assert hit == {"liability_cap"}


def test_a_client_may_rely_on_the_providers_terms_without_having_accepted_them(french_law: Law) -> None:
    facts = {"contract.promises_result": True, "contract.terms_accepted": False}
    assert assess(french_law, "data", facts).lead("obligation_kind").label == "established"


def test_the_loss_of_data_says_nothing_against_a_gross_fault_once_the_danger_was_known(french_law: Law) -> None:
    shown = {"service.data_lost": True, "fault.knew_danger": True, "fault.chose_saving": True}
    bare, known = (
        {a.rule.id for a in assess(french_law, "data", facts).lead("gross_fault").arguments_against if a.applies}
        for facts in ({"service.data_lost": True}, shown))
    assert "breach-alone-is-no-gross-fault" in bare
    assert "breach-alone-is-no-gross-fault" not in known


def test_the_debtor_must_show_that_the_author_of_the_crime_was_a_stranger(french_law: Law) -> None:
    crime = {"event.criminal_act": True, "event.origin": "outside_third_party"}
    assert "crime-of-a-stranger" not in heard(french_law, "control", crime)
    assert "crime-of-a-stranger" in heard(french_law, "control", {**crime, "event.author_stranger": True})


def test_the_client_proves_that_the_information_was_decisive_and_the_host_that_it_was_given(french_law: Law) -> None:
    local = {"service.backup_option": True, "backup.same_building": True}
    assert "not-told-copies-were-local" not in heard(french_law, "breach", local, "information")
    owed = {**local, "service.information_decisive": True}
    silent, told = (assess(french_law, "information", facts).lead("breach").probability
                    for facts in (owed, {**owed, "service.local_storage_told": True}))
    assert silent > told + 0.3


def test_before_2016_doubt_never_worked_against_the_host_that_bound_itself(french_law: Law) -> None:
    wording = {"contract.backup_isolated": True, "backup.same_building": True, "contract.standard_form": True}
    found = heard(french_law, "breach", wording, governing=dt.date(2015, 1, 1))
    assert "doubt-read-for-the-party-bound-former-law" in found
    assert not any(rule.startswith("isolated-means-another-place") for rule in found)


@pytest.mark.parametrize("governing", [dt.date(2015, 1, 1), dt.date(2020, 1, 1)])
def test_a_derisory_cap_falls_where_it_guts_the_essential_duty_standard_form_or_not(
        french_law: Law, governing: dt.date) -> None:
    facts = {"contract.cap_derisory": True, "contract.standard_form": False}
    def struck(essential: bool) -> bool:
        found = heard(french_law, "liability_cap", {**facts, "contract.duty_essential": essential}, governing=governing)
        return any(rule.startswith("derisory-cap") for rule in found)
    assert struck(True)
    assert not struck(False)


def test_a_change_in_the_market_does_not_prevent_performance(french_law: Law) -> None:
    assert assess(french_law, "availability", {"event.kind": "market_change"}).lead("prevented").probability < 0.1


@pytest.mark.parametrize(("governing", "text"), [(dt.date(2018, 1, 1), "ccom-former-l442-6"),
                                                 (dt.date(2020, 1, 1), "ccom-l442-1")])
def test_the_text_on_commercial_relationships_is_that_of_the_contracts_date(
        french_law: Law, governing: dt.date, text: str) -> None:
    found = heard(french_law, "control_regime", {"contract.l442_governs": True}, governing=governing)
    cited = {source for rule in found for source in french_law.rules[rule].sources if "l442" in source}
    assert cited == {text}


def test_the_cap_binds_a_third_party_since_july_2024(french_law: Law) -> None:
    facts = {"client.sues_as": "third_party", "contract.cap_exists": True}
    before, since = (heard(french_law, "liability_cap", facts, as_of=day)
                     for day in (dt.date(2024, 7, 2), dt.date(2024, 7, 3)))
    assert "cap-and-the-third-party-before-2024" in before
    assert "cap-binds-the-third-party" not in before
    assert "cap-binds-the-third-party" in since
    assert "cap-and-the-third-party-before-2024" not in since


def test_a_judgment_no_longer_stands_beside_the_ruling_that_reversed_it(french_law: Law) -> None:
    def resting(day: dt.date) -> set[str]:
        return {rule.id for rule in rules_at(french_law, day, dt.date(2020, 1, 1)) if LILLE in rule.sources}

    assert len(resting(DOUAI - dt.timedelta(1))) > 4
    assert resting(DOUAI) == {"unusual-design-is-no-gross-fault"}  # there the ruling on appeal went the same way


def test_handing_back_what_survived_is_never_prevented(french_law: Law) -> None:
    facts = {"service.data_survived": True, "service.survivors_handed_back": False, "performance.effect": "impossible",
             "event.kind": "fire", "contract.event_listed": True, "contract.terms_accepted": True}
    found = assess(french_law, "handing_back", facts)
    assert found.lead("breach").probability > 0.85
    assert found.lead("prevented").probability < 0.1
    assert found.lead("force_majeure_clause").probability == 0


def test_doubt_works_against_the_author_of_a_form_and_for_the_debtor_of_a_negotiated_term(french_law: Law) -> None:
    wording = {"contract.backup_isolated": True, "backup.same_building": True, "service.backup_option": True}
    form, negotiated = (heard(french_law, "breach", {**wording, "contract.standard_form": imposed})
                        for imposed in (True, False))
    assert "isolated-means-another-place-argued" in form
    assert "doubt-in-a-negotiated-contract" not in form
    assert "doubt-in-a-negotiated-contract" in negotiated
    assert "isolated-means-another-place-argued" not in negotiated


@pytest.mark.parametrize(("told_on", "rule"), [("2019-12-31", True), ("2020-06-01", False)])
def test_a_warning_bears_on_foresight_if_older_than_the_contract(french_law: Law, told_on: str, rule: bool) -> None:
    facts = {"event.debtor_was_told": True, "event.told_on": told_on}
    found = assess(french_law, "data", facts).lead("unforeseeable")
    assert ("told-of-the-danger" in {a.rule.id for a in found.arguments_against if a.applies}) is rule


@pytest.mark.parametrize(("unbalanced", "struck"), [
    ("contract.cap_imbalance", "liability_cap"), ("contract.exclusion_imbalance", "heads_excluded"),
    ("contract.event_clause_imbalance", "force_majeure_clause"),
])
def test_article_1171_strikes_the_clause_that_is_unbalanced_and_no_other(
        french_law: Law, unbalanced: str, struck: str) -> None:
    clauses = {"contract.cap_exists": True, "contract.excludes_business_loss": True, "contract.event_listed": True,
               "contract.standard_form": True}
    pleaded = {issue for issue in ("liability_cap", "heads_excluded", "force_majeure_clause")
               if any("unbalanced" in rule for rule in heard(french_law, issue, {**clauses, unbalanced: True}))}
    assert pleaded == {struck}
