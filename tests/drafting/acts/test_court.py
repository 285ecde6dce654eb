"""The claimants' acts before the commercial court: golden files per branch, mentions, claims and their grounds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest

from tests.drafting.acts.amicable import Drawn, with_clause
from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.conftest import matter_from
from tests.drafting.acts.suits import (
    FIRST,
    SECOND,
    TERMS,
    a_man,
    acts,
    alone,
    parts,
    plain,
    sums,
    with_cap_argued,
    without_cap,
)
from vismajor.case.acts import ActWithExhibits
from vismajor.drafting.acts.checklists import articles_of, checklist
from vismajor.drafting.acts.kinds import KINDS, kind_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import SourceSaid
from vismajor.drafting.acts.rendering import render
from vismajor.drafting.acts.suit import suit_of
from vismajor.drafting.acts.texts_seen import TextsSeen, texts_seen
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation

WRIT, PLEADINGS, EXHIBITS = kind_of("writ"), kind_of("pleadings"), kind_of("exhibits")
SECOND_PLEADINGS = {"number": 2, "raised": ["time_bar"], "new_grounds": ["liability_cap"]}


def text(kind: Any, matter: Matter) -> str:
    return render(kind, matter).markdown


@pytest.mark.goldens
@pytest.mark.parametrize(("kind", "name", "claimant", "language"), [
    (WRIT, "writ-group", None, "fr"), (WRIT, "writ-one", "dupont", "fr"), (WRIT, "writ-group-en", None, "en"),
    (PLEADINGS, "pleadings-claimants-group", None, "fr"), (PLEADINGS, "pleadings-claimants-one", "dupont", "fr"),
    (PLEADINGS, "pleadings-claimants-one-en", "dupont", "en"),
    (EXHIBITS, "exhibits-group", None, "fr"), (EXHIBITS, "exhibits-group-en", None, "en")])
def test_the_acts_read_as_approved(kind: Any, name: str, claimant: str | None, language: str, whole: Valuation,
                                   golden: Callable[[str, str], str]) -> None:
    markdown = text(kind, matter_from(whole, claimant, language))
    assert markdown == golden(f"act-{name}.md", markdown)


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant"), [("founding", None), ("founding-one", "demanderesse-01")])
def test_the_writ_of_the_founding_case_reads_as_approved(name: str, claimant: str | None, founding: Valuation,
                                                         golden: Callable[[str, str], str]) -> None:
    markdown = text(WRIT, matter_from(founding, claimant))
    assert markdown == golden(f"act-writ-{name}.md", markdown)


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "changes"), [
    ("man-without-cap", a_man() | without_cap()),
    ("cap-and-restitution", with_cap_argued() | {"acts": acts(pleadings=SECOND_PLEADINGS)})])
def test_the_pleadings_of_each_branch_read_as_approved(name: str, changes: dict[str, Any], drawn: Drawn,
                                                       golden: Callable[[str, str], str]) -> None:
    markdown = text(PLEADINGS, drawn(**changes))
    assert markdown == golden(f"act-pleadings-claimants-{name}.md", markdown)


@pytest.mark.parametrize("kind", [WRIT, PLEADINGS], ids=lambda kind: kind.id)
def test_the_operative_part_asks_for_the_sums_discussed_and_no_other(kind: Any, founding: Valuation, whole: Valuation,
                                                                     drawn: Drawn) -> None:
    for matter in (matter_from(whole), matter_from(whole, "dupont"), matter_from(founding), drawn(**with_cap_argued())):
        discussed, asked = parts(text(kind, matter))
        suit = kind.build(matter).suit
        assert sums(asked) <= sums(discussed)
        assert len(re.findall(r"\*\*|condamner", asked)) > 2
        for one in suit.claimants:
            for amount in (one.damages, one.chance, one.capped, one.restitution or None):
                assert amount is None or f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",") in asked.replace(
                    " ", "\u202f"), (one.claim.party.name, amount)


@pytest.mark.parametrize(("asked", "ground"), [
    ("ni par la force majeure ni par la clause", "Sur la clause de force majeure"),
    ("celle qui limite la réparation et celle qui exclut", "Sur l’exclusion des pertes d’exploitation"),
    ("dans la limite du plafond", "subsidiaire, sur le plafond de réparation"),
    ("porteront intérêt", "Sur les intérêts"), ("capitalisation", "produiront eux-mêmes intérêt"),
    ("article 700", "qu’il serait inéquitable"), ("aux dépens", "supportera les dépens"),
    ("n’y avoir lieu de l’écarter", "Sur l’exécution provisoire")])
def test_each_claim_has_its_ground(asked: str, ground: str, founding: Valuation) -> None:
    discussed, claimed = parts(text(WRIT, matter_from(founding)))
    assert asked in claimed and ground in discussed


def test_what_is_not_argued_is_not_asked(drawn: Drawn) -> None:
    discussed, claimed = parts(text(WRIT, drawn(**(alone(pleadings={"expert": False}) | without_cap()
                                                  | {"interest": None}))))
    for words in ("plafond", "limite la réparation", "intérêt au taux", "capitalisation", "expertise", "à restituer",
                  "a commis une faute lourde", "clause de force majeure"):
        assert words not in claimed and words not in discussed, words


def test_damages_and_what_is_given_back_make_up_the_claim_and_the_cap_limits_the_former_alone(drawn: Drawn) -> None:
    first = WRIT.build(drawn(**with_cap_argued())).suit.claimants[0]
    assert (first.damages, first.restitution) == (Decimal("20000.50"), Decimal("360.00"))  # 500 received on account
    assert first.capped == 6 * Decimal(120) - 500  # what was paid counts towards the debt, which the cap limits
    assert first.chance == Decimal("12500.50") + Decimal("3360.00") - 500


@pytest.mark.parametrize(("act", "lacking", "article"), [
    ("court", "hearing", "CPC, art. 56"), ("court", "time", "CPC, art. 56"), ("court", "seat", "CPC, art. 56"),
    ("writ", "served_on", "CPC, art. 648"), ("writ", "officer", "CPC, art. 648")])
def test_a_mention_on_pain_of_nullity_is_a_blank_that_names_its_article(act: str, lacking: str, article: str,
                                                                        drawn: Drawn) -> None:
    matter = drawn(acts=acts(**{act: {lacking: None}}))
    found = render(WRIT, matter)
    articles = articles_of(checklist(WRIT.template), WRIT.build(matter), "fr")
    assert found.missing and {articles[one] for one in found.missing} == {article}


def test_the_defendant_is_told_when_a_lawyer_is_mandatory(whole: Valuation) -> None:
    some, all_, none = (plain(text(WRIT, matter_from(whole, who))) for who in (None, "dupont", "durand"))
    assert "constituer avocat pour se défendre : les demandes de la demanderesse n° 1 excèdent 10 000 euros" in some
    assert "La société Martin est tenue de constituer avocat pour se défendre ;" in all_
    assert "La demande n’excédant pas 10 000 euros, la société Martin est dispensée de constituer avocat" in none
    for one in (some, all_, none):
        assert "s’expose à ce qu’un jugement soit rendu contre elle sur les seuls éléments fournis par" in one
        assert "article 861-2" in one and "quinze jours" not in one


def test_an_officer_of_before_july_2022_is_a_bailiff(drawn: Drawn, founding: Valuation) -> None:
    assert "huissier de justice" in text(WRIT, matter_from(founding, "demanderesse-01"))
    assert "commissaire de justice" in text(WRIT, drawn(**alone()))


def test_a_shorter_time_is_told_where_the_president_allowed_it(drawn: Drawn) -> None:
    late = {"served_on": "2024-10-30", "shortened_on": "2024-10-28"}
    assert "dans le délai abrégé par le président du tribunal le 28 octobre 2024" in plain(
        text(WRIT, drawn(**alone(writ=late))))


def test_steps_that_a_clause_imposes_are_a_blank_where_none_is_stated(drawn: Drawn) -> None:
    clause = with_clause({"contract.conciliation_clause": True, "contract.conciliation_detailed": True})
    imposed = render(WRIT, drawn(**alone(writ={"amicable_steps": None}), **clause))
    assert [one.path for one in imposed.missing] == ["acts.writ.amicable_steps"]
    assert "amiable" not in text(WRIT, drawn(**alone(writ={"amicable_steps": None})))


def test_a_bar_is_answered_only_where_it_was_raised(drawn: Drawn) -> None:
    silent = plain(text(PLEADINGS, drawn(**alone(pleadings={"raised": None}))))
    assert "Sur la prescription" not in silent and "recevable" not in silent
    assert "l’assignation interrompt ce délai" in silent
    raised = drawn(**alone(pleadings={"raised": ["time_bar", "standing"]}))
    discussed, claimed = parts(text(PLEADINGS, raised))
    assert "Sur le délai pour agir" not in discussed
    assert "Sur la prescription" in discussed and "déclarer la société Dupont recevable en ses demandes" in claimed


def test_the_writ_says_why_this_court_and_that_it_is_in_time_and_nothing_of_bars(drawn: Drawn) -> None:
    said = plain(text(WRIT, drawn(**alone(pleadings={"raised": ["time_bar"]}))))
    assert "a son siège : 1 quai Sud, 67000 Strasbourg (CPC, art. 42)" in said.replace("\u202f", " ")
    assert "l’action est exercée dans le délai de la prescription" in said
    assert not any(words in said for words in ("n’est pas prescrite", "Sur la recevabilité", "réunion des demandes"))
    late = plain(text(WRIT, drawn(**alone(court={"chosen_by": "performance", "hearing": dt.date(2031, 1, 6)},
                                          writ={"served_on": dt.date(2030, 1, 2)}, pleadings={"date": None}))))
    assert "(CPC, art. 46)" in late and "prescription" not in late


@pytest.mark.parametrize(("chosen_by", "said"), [
    ("respondent_seat", "67000 Strasbourg (CPC, art. 42)"),
    ("clause", "très apparente (CPC, art. 48 ; pièce n° 1, art. 20)"),
    ("performance", "la prestation de service était exécutée (CPC, art. 46)")])
def test_the_place_of_the_court_has_its_text_and_is_a_blank_else(chosen_by: str, said: str, drawn: Drawn) -> None:
    facts = TERMS["facts"] | {"contract.jurisdiction_clause": True, "contract.jurisdiction_clause_apparent": True}
    terms = [TERMS | {"exhibits": ["P0"], "facts": facts, "clauses": [
        {"number": "20", "shows": ["contract.jurisdiction_clause"]}]}]
    exhibits = [*COMPLETE["exhibits"], {"id": "P0", "title": "Conditions", "date": "2021-01"}]
    matter = drawn(contracts=terms, exhibits=exhibits, **alone(court={"chosen_by": chosen_by}))
    assert said in plain(text(WRIT, matter))
    missing = render(WRIT, drawn(**alone(court={"chosen_by": None}))).missing
    assert [one.path for one in missing] == ["acts.court.chosen_by"]


def test_what_befell_a_claimant_is_told_in_its_own_act_and_by_number_in_that_of_all(drawn: Drawn) -> None:
    account = [{"fr": "Dupont vend des chaussures.", "en": "It sells shoes.", "exhibits": ["D1"]},
               {"fr": "Elle négocie en secret.", "en": "It negotiates in secret.", "told_to": "ours"}]
    claimants = [FIRST | {"account": account}, SECOND]
    both = plain(text(WRIT, drawn(claimants=claimants)))
    assert "1. Dupont vend des chaussures (pièce n°" in both.replace("\u202f", " ")
    assert "en secret" not in both and "2. Durand" not in both
    alone_ = plain(text(PLEADINGS, drawn(**alone(FIRST | {"account": account}))))
    assert "Dupont vend des chaussures (pièce n°" in alone_


def test_without_proof_of_the_notice_a_blank_stands_beside_its_day(drawn: Drawn) -> None:
    assert "mise en demeure le 1er juillet 2024 (pièce n°" in plain(text(WRIT, drawn(**alone())))
    interest = {key: value for key, value in COMPLETE["interest"].items() if key != "exhibits"}
    lacking = render(WRIT, drawn(interest=interest, **alone()))
    assert [one.path for one in lacking.missing] == ["interest.exhibits"]


def test_the_heads_that_an_exclusion_spares_are_asked_before_what_the_cap_leaves(founding: Valuation) -> None:
    matter = matter_from(founding, "demanderesse-01")
    suit = suit_of(matter)
    spared = sum(head.claimed for head in matter.losses[0].heads if not head.consequential)
    assert suit.excluded == spared == Decimal("36050.06") and suit.alternatives == ("excluded", "capped")
    discussed, asked = parts(text(WRIT, matter))
    assert "Appliqué ici, ce plafond ramènerait à 719,94 €" in discussed.replace("\u202f", " ").replace("\xa0", " ")
    assert asked.index("36 050,06") < asked.index("719,94") if "36 050,06" in asked else (
        asked.index("36\u202f050,06") < asked.index("719,94"))


def test_where_no_clause_excludes_loss_of_business_nothing_is_asked_for_that_case(drawn: Drawn) -> None:
    suit = suit_of(drawn())
    assert not suit.excluded and suit.alternatives == ("chance", "expert", "capped")
    assert "exclusion des pertes d’exploitation" not in plain(text(WRIT, drawn()))


def test_several_claimants_say_why_they_sue_together_and_whether_their_terms_are_the_same(drawn: Drawn) -> None:
    alike = plain(text(WRIT, drawn()))
    assert "seule, régies par les mêmes conditions et posant des questions communes" in alike
    other = TERMS | {"id": "other", "title": {"fr": "Autres conditions", "en": "Other terms"}}
    claimants = [FIRST, SECOND | {"contract": SECOND["contract"] | {"terms": "other"}}]
    assert "régies par les mêmes" not in plain(text(WRIT, drawn(contracts=[TERMS, other], claimants=claimants)))


def test_new_grounds_stand_apart_and_are_told_once(drawn: Drawn) -> None:
    markdown = text(PLEADINGS, drawn(**with_cap_argued(), acts=acts(pleadings=SECOND_PLEADINGS)))
    before, _, after = markdown.partition("# Moyens nouveaux")
    assert "## Sur le plafond de réparation" in after and "## Sur le plafond de réparation" not in before
    assert "## Sur la force majeure" in before and "# Dispositif" in after
    assert "Moyens nouveaux" not in text(PLEADINGS, drawn(acts=acts(pleadings={"new_grounds": None})))


def test_what_was_said_in_talks_or_shown_by_no_exhibit_is_not_told(drawn: Drawn) -> None:
    step = {"date": "2024-02", "what": {"fr": "Réunion avec Martin", "en": "Meeting with Martin"}, "exhibits": ["P2"]}
    others = [{"date": "2024-03", "kind": "talks", "what": {"fr": "Aveu", "en": "Admission"}, "exhibits": ["P2"]},
              {"date": "2024-03", "what": {"fr": "Rumeur", "en": "Rumour"}}]
    seen = text(WRIT, drawn(**alone(), procedure=[step, *others])).lower()
    assert "réunion avec martin" in seen and "aveu" not in seen and "rumeur" not in seen
    assert "a proposé ceci" not in seen  # no exhibit shows the offer of the complete case


def test_each_claimant_has_its_own_day_of_notice(drawn: Drawn) -> None:
    later = SECOND | {"interest": {"notice": "2024-08-05", "capitalisation": True}}
    _, claimed = parts(text(WRIT, drawn(claimants=[FIRST, later])))
    assert "à compter de la mise en demeure du 1er juillet 2024 pour la demanderesse n° 1" in claimed
    assert "à compter de la mise en demeure du 5 août 2024 pour la demanderesse n° 2" in claimed


def test_costs_that_differ_are_asked_for_one_by_one(drawn: Drawn) -> None:
    own = {"irrecoverable": {"asked": 1100, "granted": {"low": 0, "likely": 500, "high": 900}}}
    _, claimed = parts(text(WRIT, drawn(claimants=[FIRST, SECOND | {"costs": own}])))
    assert "à la société Dupont, la somme de 3\u202f200 €" in claimed.replace("3 200", "3\u202f200")
    assert "à la société Durand, la somme de 1" in claimed


def test_an_advantage_asked_for_whole_is_not_called_a_chance(whole: Valuation) -> None:
    discussed, claimed = parts(text(WRIT, matter_from(whole, "dupont")))
    assert "perte d’un avantage attendu 8 000,00 €" in claimed.replace("\u202f", " ")
    assert "perte de chance" not in claimed and "Perte d’un avantage attendu" in discussed


@pytest.mark.parametrize(("stated", "kind"), [
    ({"stage": "suit"}, "writ"), ({"stage": "pleadings"}, "pleadings"), ({"stage": "demand"}, "formal-notice")])
def test_the_exhibits_are_those_of_the_act_of_the_stage_in_its_order(stated: dict[str, Any], kind: str, drawn: Drawn
                                                                     ) -> None:
    matter = drawn(acts=acts() | stated)
    of_act = render(kind_of(kind), matter).register.numbered()
    listed = render(EXHIBITS, matter)
    assert [one.exhibit for one in of_act] == list(EXHIBITS.build(matter).exhibits)
    assert listed.register.numbered() == of_act
    asked = replace(drawn(), stage=stated["stage"])  # by `brief --stage`, whatever the case says
    assert EXHIBITS.build(asked).act == EXHIBITS.build(matter).act
    for one in of_act:
        assert f"| {one.number} | {one.exhibit.title}" in listed.markdown.replace("\\", "")


def test_a_case_may_name_each_act_that_has_exhibits_and_no_other() -> None:
    assert set(get_args(ActWithExhibits)) == {kind.id for kind in KINDS if kind.exhibits}


def test_counsel_may_say_of_which_act_the_exhibits_are_listed(drawn: Drawn) -> None:
    assert "lettre de mise en demeure" in text(EXHIBITS, drawn(acts=acts(exhibits={"of": "formal-notice"})))
    with pytest.raises(InvalidInput, match="settelment"):
        text(EXHIBITS, drawn(acts=acts(exhibits={"of": "settelment"})))


def test_the_texts_seen_are_put_together_code_by_code() -> None:
    cites = ["C. civ., art. 1231-1", "C. civ., art. 1103", "CPC, art. 143 et 144", "C. civ., anc. art. 1147",
             "C. civ., art. 1171, rédaction antérieure à la loi", "L. n° 77-1468 du 30 déc. 1977"]
    seen = texts_seen([SourceSaid(cite, cite, True, False) for cite in cites], "fr")
    assert seen == (
        TextsSeen("du code civil", ("1103", "1231-1")), TextsSeen("du code de procédure civile", ("143", "144")),
        TextsSeen("du code civil", ("1147",), former=True),
        TextsSeen("du code civil", ("1171",), wording="rédaction antérieure à la loi"),
        TextsSeen("L. n° 77-1468 du 30 déc. 1977", ()))


def test_a_breach_is_held_towards_those_alone_whose_duty_it_was(founding: Valuation) -> None:
    _, claimed = parts(text(WRIT, matter_from(founding)))
    assert "envers toutes les demanderesses, en ce qui concerne la disponibilité du service" in claimed
    assert re.search(r"envers les demanderesses n° 1, 2, 5 à 8.*en ce qui concerne la sauvegarde des données", claimed)


def test_a_claimant_whose_heads_rest_on_no_ground_of_breach_is_a_blank(founding: Valuation, whole: Valuation) -> None:
    """Its backup was restored: the discussion says nothing of it, and the writ cannot be final as it stands."""
    missing = [blank.what for blank in render(WRIT, matter_from(founding)).missing]
    assert [one for one in missing if "Demanderesse 06" in one and "sauvegarde" in one]
    assert not render(WRIT, matter_from(whole)).missing
