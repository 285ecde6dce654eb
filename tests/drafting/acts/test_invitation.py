"""The invitation to an amicable way: its golden files per branch, and what of it the law makes mandatory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.acts.amicable import MAN, Drawn, alone, amicable, plain, with_clause
from tests.drafting.acts.conftest import matter_from
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.rendering import render
from vismajor.settlement.valuation import Valuation

INVITATION = kind_of("invitation")
SINCE_REFORM: dict[str, Any] = {"as_of": dt.date(2025, 10, 2)}


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("group", None, "fr"), ("one", "dupont", "fr"), ("group-en", None, "en"), ("one-en", "dupont", "en")])
def test_the_invitation_reads_as_approved(name: str, claimant: str | None, language: str, whole: Valuation,
                                          golden: Callable[[str, str], str]) -> None:
    markdown = render(INVITATION, matter_from(whole, claimant, language)).markdown
    assert markdown == golden(f"act-invitation-{name}.md", markdown)


@pytest.mark.goldens
def test_the_respondent_s_invitation_reads_as_approved(drawn: Drawn, golden: Callable[[str, str], str]) -> None:
    terms = amicable(route="conciliation", costs="by_claim", neutral=None, date=dt.date(2025, 10, 1))
    markdown = render(INVITATION, drawn(acting_for="respondent", opposing_counsel=None, acts=terms, **SINCE_REFORM)
                      ).markdown
    assert markdown == golden("act-invitation-respondent-conciliation.md", markdown)


@pytest.mark.goldens
def test_the_invitation_of_a_man_to_a_participative_procedure_reads_as_approved(
        drawn: Drawn, golden: Callable[[str, str], str]) -> None:
    markdown = render(INVITATION, drawn(**alone(MAN, route="participative", sent_by="party", delivery="email"),
                                        opposing_counsel=None)).markdown
    assert markdown == golden("act-invitation-man-participative.md", markdown)


def test_before_the_commercial_court_the_law_asks_for_no_attempt(drawn: Drawn) -> None:
    seen = plain(render(INVITATION, drawn()))
    assert "Devant le tribunal de commerce, la loi ne subordonne la demande à aucune tentative amiable" in seen
    assert "sous réserve de ce que prévoirait le contrat" in seen and "irrecevab" not in seen


def test_before_the_judicial_court_a_small_claim_takes_an_attempt(drawn: Drawn) -> None:
    seen = plain(render(INVITATION, drawn(facts={"forum.court": "judicial_court"})))
    assert "n’excédant pas 5 000 euros doit, sauf dispense et à peine d’irrecevabilité" in seen
    assert "tribunal de commerce" not in seen


@pytest.mark.parametrize(("facts", "said", "unsaid"), [
    ({"contract.conciliation_clause": True}, "un préalable à la saisine du juge ; la présente le met en œuvre",
     "la loi ne subordonne"),
    ({"contract.conciliation_clause": True, "contract.conciliation_detailed": False},
     "souhaite un règlement amiable sans en fixer les modalités", "la présente le met en œuvre"),
    ({"contract.conciliation_clause": False}, "Le contrat n’impose aucun préalable", "sous réserve de ce que")])
def test_a_clause_of_prior_conciliation_is_obeyed(facts: dict[str, bool], said: str, unsaid: str, drawn: Drawn) -> None:
    seen = plain(render(INVITATION, drawn(**with_clause(facts))))
    assert said in seen and unsaid not in seen


def test_a_text_is_cited_as_it_stands_on_the_day_of_the_letter(drawn: Drawn) -> None:
    before = plain(render(INVITATION, drawn(acts=amicable(date=dt.date(2025, 8, 31)))))
    since = plain(render(INVITATION, drawn(acts=amicable(date=dt.date(2025, 9, 1)))))
    assert "1528-3" not in before and "art. 21-3" in before
    assert "CPC, art. 1528-3" in since and "art. 21-3" not in since


def test_confidentiality_is_agreed_where_no_text_gives_it(drawn: Drawn) -> None:
    for terms in ({"route": "participative"}, {"route": "conciliation", "conciliator": "chosen"}):
        seen = plain(render(INVITATION, drawn(acts=amicable(date=dt.date(2025, 10, 1), **terms))))
        assert "Je vous propose de convenir, dès l’ouverture, que les propos" in seen and "1528-3" not in seen


def test_a_judicial_conciliator_costs_nothing_and_a_chosen_one_is_paid(drawn: Drawn) -> None:
    free = plain(render(INVITATION, drawn(acts=amicable(route="conciliation"))))
    chosen = plain(render(INVITATION, drawn(acts=amicable(route="conciliation", conciliator="chosen",
                                                          costs="respondent"))))
    assert "gratuit" in free and "honoraires du conciliateur" not in free
    assert "Les honoraires du conciliateur seraient supportés en totalité par la société Martin" in chosen


def test_a_lawyer_writes_to_the_lawyer_where_there_is_one_and_officially(drawn: Drawn) -> None:
    lawyer, party = plain(render(INVITATION, drawn())), plain(render(INVITATION, drawn(opposing_counsel=None)))
    assert "Lettre officielle" in lawyer and "Cher Confrère" in lawyer and "Me Jean Grand" in lawyer
    assert "officielle" not in party and "Madame, Monsieur," in party
    assert "Vous avez la faculté de consulter un avocat" in party


def test_the_respondent_acknowledges_nothing(drawn: Drawn) -> None:
    seen = plain(render(INVITATION, drawn("dupont", acting_for="respondent")))
    assert "Ma cliente conteste en être redevable" in seen
    assert "ni reconnaissance d’aucun droit (C. civ., art. 2240)" in seen
    assert "La société Dupont demande réparation d’un préjudice qui résulterait de" in seen


def test_men_and_companies_together_are_told_in_the_masculine(drawn: Drawn) -> None:
    seen = plain(render(INVITATION, drawn(claimants=[MAN, drawn.second])))
    assert "mes clients ont subi un préjudice dont ils demandent réparation" in seen and "clientes" not in seen
    assert "entre eux à parts égales" in seen and "Annexe : les clients" in seen


def test_no_source_is_to_be_read_that_the_letter_does_not_cite(drawn: Drawn) -> None:
    act = render(INVITATION, drawn())
    assert "ch. mixte" not in plain(act) and all(not one.id.startswith("chmixte") for one in act.unread_sources)


def test_power_to_settle_is_asked_for_whoever_comes_for_us(drawn: Drawn) -> None:
    named, unnamed = plain(render(INVITATION, drawn())), plain(render(INVITATION, drawn(acts=amicable(attending=None))))
    assert "avec pouvoir de transiger" in named and "munie du même pouvoir" in named
    assert "ayant le pouvoir de transiger" in unnamed and "même pouvoir" not in unnamed


def test_once_a_suit_is_on_no_prior_step_is_spoken_of(bluepad: Valuation) -> None:
    seen = plain(render(INVITATION, matter_from(bluepad)))
    assert "sans attendre l’issue de l’instance en cours" in seen and "poursuivra l’instance" in seen
    assert "750-1" not in seen and "avant tout débat judiciaire" not in seen
