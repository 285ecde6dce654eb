"""The discussion states facts as they may be stated, concedes nothing to refute, and tells no secret of others."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.conftest import Told, as_respondent, matter_from
from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.claims_said import claimants_pleaded
from vismajor.drafting.acts.outgoing import FactPleaded
from vismajor.settlement.valuation import Valuation

MERITS = ("obligation_kind", "breach", "causation", "control", "unforeseeable", "unavoidable", "prevented",
          "force_majeure_clause", "liability_cap", "heads_excluded", "foreseeable_loss")


def facts_of(valuation: Valuation, claimant: str | None = None) -> dict[str, FactPleaded]:
    sections = discussion(matter_from(valuation, claimant), MERITS)
    return {fact.clause: fact for section in sections for issue in section.issues for argument in issue.arguments
            for fact in argument.facts}


def test_what_is_only_alleged_is_submitted_and_an_appraisal_argued(founding: Valuation) -> None:
    facts = facts_of(founding, "demanderesse-01")
    assert facts["la copie était conservée dans le même bâtiment que le serveur"].stance == "alleged"
    assert facts["la clause excuserait l'événement même contre lequel la prestation a été achetée"].stance == "shown"
    assert next(f for c, f in facts.items() if "option de sauvegarde" in c).stance == "admitted"


def test_a_conclusion_that_we_must_prove_holds_for_the_duties_argued_and_a_denial_for_all(founding: Valuation) -> None:
    sections = {one.id: one for one in discussion(matter_from(founding, "demanderesse-01"), MERITS)}
    assert sections["obligation_kind"].duties == ("la sauvegarde des données",)
    assert sections["breach"].duties == ()  # argued as to each
    denied = discussion(matter_from(as_respondent(founding), "demanderesse-10"), ("causation",))
    assert [(one.issues[0].arguments[0].duties, one.duties) for one in denied] == [
        (("la conservation des données sur le serveur",), ())]


def test_a_conclusion_that_we_must_prove_holds_for_the_claimants_argued(founding: Valuation) -> None:
    (causation,) = discussion(matter_from(founding), ("causation",))
    everybody = any(not one.whom for one in causation.issues[0].arguments)
    assert bool(causation.those) is not everybody


def test_what_supposes_a_result_is_pleaded_as_to_the_duties_of_result_alone(founding: Valuation) -> None:
    (breach,) = discussion(matter_from(founding, "demanderesse-01"), ("breach",))
    rules = {rule: one.duties for one in breach.issues[0].arguments for rule in one.rules}
    assert not [rule for rule in rules if rule.startswith("Tenu d'un résultat")]
    assert rules["Tenu de restituer les copies, l'hébergeur manque à son obligation du seul fait qu'il n'en restitue "
                 "aucune."] == ("la sauvegarde des données",)


def test_the_exhibit_of_a_fact_is_that_of_the_duty_for_which_it_is_stated(founding: Valuation) -> None:
    (section,) = discussion(matter_from(founding, "demanderesse-01"), ("prevented",))
    shown = {one.duties: {exhibit.id for exhibit in one.exhibits} for one in section.issues[0].arguments
             if "autre moyen" in one.rules[0]}
    assert shown == {("la sauvegarde des données",): set(), ("la disponibilité du service",): {"P14"}}


def test_what_an_exhibit_proves_of_one_claimant_it_does_not_prove_of_another(told: Told) -> None:
    def stated(claimant: dict[str, Any], *exhibits: str) -> dict[str, Any]:
        fact = {"value": True, "status": "established", "exhibits": list(exhibits)}
        return claimant | {"facts": claimant["facts"] | {"service.nothing_restored": fact}}

    first, second = COMPLETE["claimants"]
    (breach,) = discussion(told(claimants=[stated(first, "D1"), stated(second)]), ("breach",))
    proved = {one.whom: {exhibit.id for exhibit in one.exhibits} for one in breach.issues[0].arguments
              if not one.alternative and "restitue" in one.rules[0]}
    assert proved == {(1,): {"D1"}, (2,): set()}


def test_terms_prove_nothing_of_a_contract_made_before_them_or_under_others(founding: Valuation) -> None:
    """P3, of 15 April 2020, governs virtual servers: no. 1 renewed its contract in March, no. 4 has another."""
    matter = matter_from(founding)
    assert not matter.proves("P3", "demanderesse-01") and not matter.proves("P3", "demanderesse-04")
    assert matter.proves("P2", "demanderesse-01") and matter.proves("D01-4", "demanderesse-01")
    later = [claim.id for claim in matter.case.claims
             if claim.contract.terms == "vps" and claim.contract.governing_date >= dt.date(2020, 4, 15)]
    assert all(matter.proves("P3", claim) for claim in later)


def test_what_would_set_our_argument_aside_is_said_to_be_unproved_where_the_other_side_must_prove_it(
        founding: Valuation) -> None:
    (breach,) = discussion(matter_from(as_respondent(founding), "demanderesse-01"), ("breach",))
    (means,) = [one for one in breach.issues[0].arguments if "obligation de moyens" in one.rules[0]]
    assert means.unproved == ("la copie était conservée dans le même bâtiment que le serveur",)


def test_what_counsel_says_for_a_fact_is_said_once_and_never_for_the_other_side(founding: Valuation) -> None:
    sections = discussion(matter_from(founding, "demanderesse-01"), ("liability_cap", "heads_excluded"))
    reasons = [reason for one in sections for issue in one.issues for argument in issue.arguments
               for reason in argument.reasons]
    assert len(reasons) == len(set(reasons)) == 3
    theirs = discussion(matter_from(as_respondent(founding), "demanderesse-01"), ("liability_cap", "heads_excluded"))
    assert not [reason for one in theirs for issue in one.issues for argument in issue.arguments
                for reason in argument.reasons]


def test_what_the_court_would_conclude_is_not_told_twice(founding: Valuation) -> None:
    facts = facts_of(founding, "demanderesse-01")
    assert all(fact.restated for clause, fact in facts.items() if "déséquilibre significatif" in clause)
    assert not facts["la copie était conservée dans le même bâtiment que le serveur"].restated


def test_an_answer_never_rests_on_what_the_other_side_relies_on(founding: Valuation) -> None:
    """To refute a partial impossibility by a total one would give the case away."""
    for claimant in (None, "demanderesse-01", "demanderesse-06"):
        for section in discussion(matter_from(founding, claimant), MERITS):
            for issue in section.issues:
                told = [fact.clause for answer in issue.answers for fact in (*answer.set_aside, *answer.contradicted)]
                assert not [clause for clause in told if "impossible" in clause]


def test_what_is_alleged_and_no_likelier_than_not_is_not_pleaded(founding: Valuation) -> None:
    assert not [clause for clause in facts_of(founding, "demanderesse-01") if "distincte de l'événement" in clause]


def test_the_respondent_volunteers_nothing_that_would_be_held_against_it(founding: Valuation, bluepad: Valuation
                                                                         ) -> None:
    matter = matter_from(as_respondent(founding))
    said = str([dataclasses.asdict(one) for one in discussion(matter, (*MERITS, "terms_bind", "gross_fault"))])
    assert "conditions types non négociables" not in said and "ont été perdues" not in said
    account = " ".join(told.text for told in matter.account())
    others = [argument for one in discussion(matter_from(as_respondent(bluepad)), MERITS) for issue in one.issues
              for argument in issue.arguments]
    assert "détruit des données qui avaient survécu" not in str([(one.rules, one.facts) for one in others])
    assert "plancher de bois" not in account and "Bureau Veritas" not in account and "SBG2" in account


def test_the_wording_turns_through_the_whole_discussion(founding: Valuation) -> None:
    sections = discussion(matter_from(founding), MERITS)
    turns = [argument.turn for section in sections for issue in section.issues for argument in issue.arguments]
    assert turns == list(range(len(turns))) and len(turns) > 10


def test_each_rule_is_cited_with_its_own_text_and_stated_once(founding: Valuation) -> None:
    rules = [rule for section in discussion(matter_from(founding), MERITS) for rule in section.rules]
    assert all(rule.source.statute for rule in rules)
    assert len({rule.source.id for rule in rules}) == len(rules)


def test_the_account_keeps_what_is_ours_and_tells_the_group_s_to_the_group(founding: Valuation) -> None:
    one = " ".join(told.text for told in matter_from(founding, "demanderesse-01").account())
    group = " ".join(told.text for told in matter_from(founding).account())
    assert "vingt demanderesses" in group and "vingt demanderesses" not in one
    assert "2009" not in group and "2009" not in one


def test_terms_later_than_the_contract_prove_nothing_of_it(founding: Valuation) -> None:
    claimant, *_ = claimants_pleaded(matter_from(founding, "demanderesse-01"))
    (contract,) = claimant.contracts
    assert contract.exhibits and contract.terms_exhibits
    assert all(exhibit.date < "2020-03-12" for exhibit in contract.terms_exhibits)


def test_customers_lost_are_asked_for_the_months_after_those_of_the_margin(founding: Valuation) -> None:
    claimant, *_ = claimants_pleaded(matter_from(founding, "demanderesse-01"))
    margin, customers = claimant.heads[-2:]
    assert margin.last < customers.first


def test_a_man_among_the_claimants_makes_the_group_masculine(told: Told) -> None:
    first, second = COMPLETE["claimants"]
    man = {"title": "mr", "profession": "photographe", "domicile": "8 rue Haute, 57000 Metz"}
    matter = told(None, claimants=[first | {"person": man}, second])
    section = next(one for one in discussion(matter, MERITS, address="letter"))
    said = str(dataclasses.asdict(section))
    assert "chaque demandeur " in said and "demanderesse" not in said


def test_an_objection_is_raised_only_where_it_is_answered_for_all(founding: Valuation, bluepad: Valuation) -> None:
    """Answered for three of eight it would be a confession for the others; nor is their precedent told for them."""
    said = str([dataclasses.asdict(one) for one in discussion(matter_from(founding), MERITS)])
    assert "n'avait souscrit aucune option" not in said
    told = str([dataclasses.asdict(one) for one in discussion(matter_from(bluepad), MERITS)])
    assert "hors de cause" not in told
