"""The convention of participative procedure: its golden files per branch, and the mentions on pain of nullity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.acts.amicable import MAN, Drawn, alone, amicable, plain
from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.conftest import matter_from
from vismajor.drafting.acts.checklists import articles_of, checklist
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.rendering import render
from vismajor.settlement.valuation import Valuation

CONVENTION = kind_of("participative-convention")
PENDING: dict[str, Any] = {"as_of": dt.date(2025, 10, 2)}


def pending(**terms: Any) -> dict[str, Any]:
    """Return the acts of a suit that is on."""
    acts = amicable(signed_on=dt.date(2025, 10, 1), until=dt.date(2026, 3, 1), **terms)
    acts["court"] |= {"case_number": "2025F01234"}
    return acts


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("group", None, "fr"), ("one", "dupont", "fr"), ("group-en", None, "en"), ("one-en", "dupont", "en")])
def test_the_convention_reads_as_approved(name: str, claimant: str | None, language: str, whole: Valuation,
                                          golden: Callable[[str, str], str]) -> None:
    markdown = render(CONVENTION, matter_from(whole, claimant, language)).markdown
    assert markdown == golden(f"act-participative-convention-{name}.md", markdown)


@pytest.mark.goldens
def test_the_convention_to_prepare_a_suit_reads_as_approved(drawn: Drawn, golden: Callable[[str, str], str]) -> None:
    terms = pending(purpose="preparation", countersigned=[
        {"fr": "la désignation d'un technicien", "en": "the choice of an expert"}])
    markdown = render(CONVENTION, drawn(acting_for="respondent", acts=terms, **PENDING)).markdown
    assert markdown == golden("act-participative-convention-preparation.md", markdown)


@pytest.mark.parametrize("lacking", ["until", "documents", "exchange_days", "signed_on"])
def test_what_the_law_asks_for_is_a_blank_that_names_its_article(lacking: str, drawn: Drawn) -> None:
    acts = amicable()
    del acts["amicable"][lacking]
    matter = drawn(acts=acts)
    act = render(CONVENTION, matter)
    assert [one.path for one in act.missing] == [f"acts.amicable.{lacking}"]
    articles = articles_of(checklist(CONVENTION.template), CONVENTION.build(matter), "fr")
    assert articles[act.missing[0]] == ("C. civ., art. 2062" if lacking == "signed_on" else "C. civ., art. 2063")
    assert "À COMPLÉTER" in act.markdown


def test_each_side_s_lawyer_is_its_own_whichever_side_drafts(drawn: Drawn) -> None:
    ours, theirs = (CONVENTION.build(drawn(acting_for=side)) for side in ("claimants", "respondent"))
    assert ours.claimants_counsel.lawyer == "Me Paule Petit" == theirs.respondent_counsel.lawyer
    assert ours.respondent_counsel.lawyer == "Me Jean Grand" == theirs.claimants_counsel.lawyer


def test_the_draft_is_the_same_whichever_side_makes_it(drawn: Drawn) -> None:
    swapped = {"counsel": COMPLETE["opposing_counsel"], "opposing_counsel": COMPLETE["counsel"]}
    ours = render(CONVENTION, drawn()).markdown
    assert render(CONVENTION, drawn(acting_for="respondent", **swapped)).markdown == ours


def test_no_suit_while_it_lasts_unless_one_is_on_already(drawn: Drawn) -> None:
    free = plain(render(CONVENTION, drawn()))
    assert "statue sur le différend est irrecevable" in free and "mesures provisoires ou conservatoires" in free
    on = plain(render(CONVENTION, drawn(acts=pending(), **PENDING)))
    assert "est irrecevable" not in on and "sous le n° 2025F01234" in on and "renvoi de l’affaire" in on


def test_mediation_s_confidentiality_is_not_taken_for_granted(drawn: Drawn) -> None:
    seen = plain(render(CONVENTION, drawn(acts=pending(), **PENDING)))
    assert "1528-3" not in seen and "sont confidentiels" in seen  # that article covers mediation and conciliation alone


def test_texts_are_those_of_the_day_of_signature(drawn: Drawn) -> None:
    before, since = plain(render(CONVENTION, drawn())), plain(render(CONVENTION, drawn(acts=pending(), **PENDING)))
    assert "(CPC, anc. art. 1545)" in before and "1546" not in before
    assert "1545" not in since and "CPC, art. 1546" in since


def test_what_is_handed_over_is_told_by_side(drawn: Drawn) -> None:
    documents = [{"fr": f"la pièce {who}", "en": who, "by": who} for who in ("claimants", "respondent", "each")]
    seen = plain(render(CONVENTION, drawn(acts=amicable(documents=documents))))
    assert "Les clientes communiquent en outre : - la pièce claimants." in seen
    assert "La société Martin communique : - la pièce respondent." in seen
    assert "pour ce qui la concerne : - la pièce each." in seen


def test_a_man_alone_signs_for_himself(drawn: Drawn) -> None:
    seen = plain(render(CONVENTION, drawn(**alone(MAN))))
    assert "Monsieur Jean Dupont soutient" not in seen and "Pour Monsieur" not in seen
    assert "Monsieur Jean Dupont impute à la société Martin" in seen and "Annexe" not in seen


def test_the_acts_that_lawyers_countersign_are_told_where_there_are_any(drawn: Drawn) -> None:
    none, some = plain(render(CONVENTION, drawn(acts=amicable(countersigned=None)))), plain(render(CONVENTION, drawn()))
    assert "aucun autre acte contresigné" in none and "les actes suivants" not in none
    assert "les actes suivants, que leurs avocats contresignent (C. civ., art. 2063) :" in some


def test_costs_are_shared_as_counsel_says(drawn: Drawn) -> None:
    by_claim = plain(render(CONVENTION, drawn(acts=amicable(costs="by_claim"))))
    assert "entre elles à proportion des sommes que chacune réclame" in by_claim
    respondent = plain(render(CONVENTION, drawn(acts=amicable(costs="respondent"))))
    assert "sont supportés en totalité par la société Martin" in respondent


def test_nothing_of_the_chance_pleaded_in_the_alternative_is_conceded(drawn: Drawn) -> None:
    seen = plain(render(CONVENTION, drawn("dupont")))
    assert "20 500,50 €" in seen and "subsidiaire" not in seen and "3 360,00" not in seen
