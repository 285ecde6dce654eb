"""The settlement agreement: its golden files per branch, what it must say of each side, and what it must never say."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.acts.amicable import FIRST, MAN, SECOND, Drawn, plain
from tests.drafting.acts.cases import COMPLETE, only
from tests.drafting.acts.conftest import matter_from
from vismajor.drafting.acts.checklists import articles_of, checklist
from vismajor.drafting.acts.drafting import unfinished
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import render
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation

SETTLEMENT = kind_of("settlement")
STATED: dict[str, Any] = COMPLETE["acts"]["settlement"]
MONTHS = {"fr": "fournir sans frais douze mois d'hébergement", "en": "provide twelve months of hosting free of charge"}
INSURED = {"received": [{"id": "policy", "kind": "insurance", "date": "2024-01-10", "amount": 7654}]}
REFORMED: dict[str, Any] = {"as_of": dt.date(2025, 10, 2)}


def settled(**terms: Any) -> dict[str, Any]:
    """Return the acts of the complete case with some terms of the settlement replaced (None: removed)."""
    acts: dict[str, Any] = copy.deepcopy(COMPLETE["acts"])
    acts["settlement"] = {key: value for key, value in (STATED | terms).items() if value is not None}
    return acts


def alone(claimant: dict[str, Any], **terms: Any) -> dict[str, Any]:
    """Return the changes that leave one claimant in the case, with some terms of the settlement replaced."""
    changes = only(claimant)
    changes["acts"]["settlement"] |= terms
    return changes


def seen(matter: Matter) -> str:
    return plain(render(SETTLEMENT, matter))


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("group", None, "fr"), ("one", "dupont", "fr"), ("group-en", None, "en"), ("one-en", "dupont", "en")])
def test_the_agreement_reads_as_approved(name: str, claimant: str | None, language: str, whole: Valuation,
                                         golden: Callable[[str, str], str]) -> None:
    markdown = render(SETTLEMENT, matter_from(whole, claimant, language)).markdown
    assert markdown == golden(f"act-settlement-{name}.md", markdown)


@pytest.mark.goldens
def test_a_frame_agreement_with_a_threshold_reads_as_approved(drawn: Drawn, golden: Callable[[str, str], str]) -> None:
    terms = settled(at_least=1, sign_by=dt.date(2024, 10, 1), payment_days=None, forfeiture=True, default_days=8,
                    instalments=[{"days": 30, "percent": 40}, {"days": 90, "percent": 60}], claims_stated=True,
                    vat="on_top", on_default="resolution", signature="electronic")
    markdown = render(SETTLEMENT, drawn(acts=terms, acting_for="respondent",
                                        claimants=[FIRST | INSURED, SECOND])).markdown
    assert markdown == golden("act-settlement-threshold.md", markdown)


@pytest.mark.goldens
def test_a_man_whose_settlement_is_approved_reads_as_approved(drawn: Drawn, golden: Callable[[str, str], str]) -> None:
    changes = alone(MAN, homologation=True, confidential=False, late_rate=8.5, on_default="enforce_only",
                    date=dt.date(2025, 10, 1))
    changes["acts"]["court"]["case_number"] = "2025F01234"
    markdown = render(SETTLEMENT, drawn(**changes, **REFORMED)).markdown
    assert markdown == golden("act-settlement-approval.md", markdown)


def test_the_draft_is_the_same_whichever_side_makes_it(drawn: Drawn) -> None:
    swapped = {"counsel": COMPLETE["opposing_counsel"], "opposing_counsel": COMPLETE["counsel"]}
    ours = render(SETTLEMENT, drawn()).markdown
    assert render(SETTLEMENT, drawn(acting_for="respondent", **swapped)).markdown == ours


@pytest.mark.parametrize("side", ["claimants", "respondent"])
def test_a_side_that_concedes_nothing_is_a_blank_under_2044(side: str, drawn: Drawn) -> None:
    matter = drawn(acts=settled(concessions={key: one for key, one in STATED["concessions"].items() if key != side}))
    act = render(SETTLEMENT, matter)
    assert [one.path for one in act.missing] == [f"acts.settlement.concessions.{side}"]
    articles = articles_of(checklist(SETTLEMENT.template), SETTLEMENT.build(matter), "fr")
    assert articles[act.missing[0]] == "C. civ., art. 2044"
    assert next(unfinished(SETTLEMENT, matter, act)).code == "act_missing"


def test_a_claimant_without_a_sum_needs_a_concession_of_its_own(drawn: Drawn) -> None:
    nothing = {"dupont": 9000, "durand": 0}
    with pytest.raises(InvalidInput) as refused:
        drawn(acts=settled(amounts=nothing))
    [problem] = refused.value.problems
    assert problem.code == "settlement_without_concession" and problem.line > 1 and "durand" in problem.explain("fr")
    found = seen(drawn(acts=settled(amounts=nothing, concessions=STATED["concessions"] | {"to": {"durand": [MONTHS]}})))
    common, first, second = re.split(r"# Annexe n° \d", found)
    assert "à ce seul égard : fournir sans frais douze mois" in second and "douze mois" not in common + first
    assert "Aucune indemnité n’est due." in second and "zéro" not in found


def test_an_accepted_sum_is_called_lower_only_where_it_is(drawn: Drawn) -> None:
    lower = "une indemnité inférieure à la réparation demandée"
    assert lower in seen(drawn())
    assert lower not in seen(drawn(acts=settled(amounts={"dupont": 9000, "durand": 50000})))
    assert lower not in seen(drawn(acts=settled(amounts=None, total=12000)))  # no share is known


def test_a_total_is_split_as_stated_to_the_cent_or_left_blank_per_claimant(drawn: Drawn) -> None:
    split = seen(drawn(acts=settled(amounts=None, total=100.01, split={"dupont": 33.33, "durand": 66.67})))
    assert "33,33 €" in split and "66,68 €" in split and "cent euros et un centime" not in split
    blank = render(SETTLEMENT, drawn(acts=settled(amounts=None, total=12000)))
    assert plain(blank).count("[[À COMPLÉTER : indemnité]]") == 2 and "douze mille euros" not in plain(blank)
    assert [one.path for one in blank.missing] == ["acts.settlement.amounts"]


def test_each_client_s_sum_stands_in_an_annex_of_its_own_and_nowhere_else(drawn: Drawn) -> None:
    for terms in ({}, {"claims_stated": True}, {"at_least": 1, "sign_by": dt.date(2024, 10, 1)}):
        common, first, second = re.split(r"# Annexe n° \d, remise à la seule ", seen(drawn(acts=settled(**terms))))
        assert first.startswith("société Dupont et à la société Martin") and "9 000" in first and "3 000" not in first
        assert second.startswith("société Durand et à la société Martin") and "3 000" in second
        assert "9 000" not in second and not [one for one in ("9 000", "3 000", "12 000", "20 500") if one in common]
        assert "Chaque annexe n’est communiquée qu’à la partie qu’elle concerne et à la société Martin." in common


def test_time_does_not_run_while_signatures_are_awaited(drawn: Drawn) -> None:
    waiting = seen(drawn(acts=settled(at_least=1, sign_by=dt.date(2024, 10, 1))))
    assert "Article 14 – Suspension de la prescription" in waiting and "art. 2254" in waiting
    assert "le lendemain du 1er octobre 2024" in waiting and "sauf l’article 14" in waiting
    assert "Suspension de la prescription" not in seen(drawn())


def test_only_who_has_a_sum_settles(drawn: Drawn) -> None:
    found = seen(drawn(acts=settled(amounts={"durand": 3000})))
    assert "Dupont" not in found.replace("Mme Anne Dupont", "") and "(trois mille euros)" in found
    assert [one.path for one in render(SETTLEMENT, drawn("dupont", acts=settled(amounts={"durand": 3000}))).missing
            ] == ["acts.settlement.amounts"]


def test_only_sums_that_counsel_states_appear(whole: Valuation) -> None:
    for claimant in (None, "dupont"):
        found = seen(matter_from(whole, claimant))
        sums = {re.sub(r"\s", "", one) for one in re.findall(r"(\d[\d\s]*(?:,\d\d)?)\s€", found)}
        assert sums <= {"9000", "3000", "12000", "9000,00", "3000,00", "12000,00", "17300", "517300"}  # capital too


def test_what_was_claimed_is_told_only_where_counsel_says_so(drawn: Drawn) -> None:
    assert "20 500,50" not in seen(drawn()) and "20 500,50" in seen(drawn(acts=settled(claims_stated=True)))
    assert "pour la somme de 20 500,50 €" in seen(drawn("dupont", acts=settled(claims_stated=True)))


def test_the_rights_of_an_insurer_who_paid_are_reserved_without_its_sum(drawn: Drawn) -> None:
    found = seen(drawn(claimants=[FIRST | INSURED, SECOND]))
    assert "Les droits de l’assureur contre la société Martin" in found and "art. L. 121-12" in found
    assert "7 654" not in found and "La société Durand a reçu" not in found
    assert "assureur contre" not in seen(drawn())


def test_what_was_already_paid_is_within_the_sum_or_on_top_as_counsel_says(drawn: Drawn) -> None:
    paid = {"received": [{"id": "advance", "kind": "indemnity", "date": "2024-01-10", "amount": 500}]}
    known = [FIRST | paid, SECOND]
    assert [one.path for one in render(SETTLEMENT, drawn(claimants=known)).missing] == ["acts.settlement.advances"]
    included = seen(drawn(claimants=known, acts=settled(advances="included")))
    assert "s’impute sur elle" in included and "assureur contre" not in included  # no insurer paid
    assert "Elle s’ajoute à ce que" in seen(drawn(claimants=known, acts=settled(advances="on_top")))
    assert "déjà versé" not in seen(drawn())


def test_the_texts_of_approval_are_those_of_the_day_of_the_agreement(drawn: Drawn) -> None:
    before = seen(drawn(acts=settled(homologation=True)))
    assert "anc. art. 1565 à 1567" in before and "à vérifier" in before and "1545" not in before
    since = seen(drawn(acts=settled(homologation=True, date=dt.date(2025, 9, 1)), **REFORMED))
    assert "CPC, art. 1545" in since and "CPC, art. 1546" in since and "1565" not in since
    assert "homologation" not in seen(drawn())


def test_companies_alone_choose_their_court(drawn: Drawn) -> None:
    assert "attribuent compétence : tribunal de commerce de Strasbourg" in seen(drawn())
    assert "attribuent compétence" not in seen(drawn(**alone(MAN)))


def test_articles_are_numbered_without_a_gap_whatever_is_left_out(drawn: Drawn) -> None:
    for terms in ({}, {"confidential": False}, {"homologation": True}, {"at_least": 1, "sign_by": dt.date(2024, 10, 1)},
                  {"confidential": False, "homologation": True}):
        found = render(SETTLEMENT, drawn(acts=settled(**terms))).markdown
        assert not re.search(r"[^\n]\n# ", found)  # a heading needs a blank line before it
        numbers = [int(one) for one in re.findall(r"^# Article (\d+)", found, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_nothing_asks_for_a_handwritten_mention(whole: Valuation) -> None:
    assert not re.search("lu et approuvé|bon pour|paraph", seen(matter_from(whole)), re.IGNORECASE)
