"""The letter of formal notice: its golden files per branch, and what its words must agree with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.acts.cases import COMPLETE, PERSON, only
from tests.drafting.acts.conftest import Told, matter_from
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import render
from vismajor.settlement.valuation import Valuation

NOTICE = kind_of("formal-notice")
FIRST, SECOND = COMPLETE["claimants"]


def text(matter: Matter) -> str:
    return render(NOTICE, matter).markdown


def plain(matter: Matter) -> str:
    return re.sub(r"\s+", " ", text(matter).replace("\\", "").replace("**", ""))


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("group", None, "fr"), ("one", "dupont", "fr"), ("group-en", None, "en"), ("one-en", "dupont", "en")])
def test_the_letter_reads_as_approved(name: str, claimant: str | None, language: str, whole: Valuation,
                                      golden: Callable[[str, str], str]) -> None:
    markdown = text(matter_from(whole, claimant, language))
    assert markdown == golden(f"act-formal-notice-{name}.md", markdown)


@pytest.mark.goldens
def test_the_letter_of_the_founding_case_reads_as_approved(founding: Valuation, golden: Callable[[str, str], str]
                                                           ) -> None:
    markdown = text(matter_from(founding, "demanderesse-01"))
    assert markdown == golden("act-formal-notice-founding.md", markdown)


def test_one_claimant_is_told_in_the_singular_and_several_in_the_plural(whole: Valuation) -> None:
    one, group = plain(matter_from(whole, "dupont")), plain(matter_from(whole))
    assert "ma cliente saisira la juridiction" in one and "Ma cliente réserve tous ses droits" in one
    assert "mes clientes saisiront la juridiction" in group and "Mes clientes réservent tous leurs droits" in group
    assert "mes clientes" not in one.lower() and "ma cliente" not in group.lower()
    assert "n° 2, " not in one and "Durand" not in one


def test_a_man_is_told_as_one(told: Told) -> None:
    man = FIRST | {"name": "Jean Dupont", "person": PERSON}
    seen = plain(told(**only(man)))
    assert "Je vous écris pour Monsieur Jean Dupont, né le 1er mai 1980 à Nancy" in seen
    assert "Mon client reste disposé à" in seen and "ma cliente" not in seen.lower()
    woman = FIRST | {"name": "Anne Dupont", "person": PERSON | {"title": "mrs"}}
    assert "Madame Anne Dupont, née le" in plain(told(**only(woman)))


def test_a_letter_that_the_claimant_sends_itself_names_no_lawyer(told: Told) -> None:
    change: Any = only(FIRST)
    change["acts"]["notice"] |= {"sent_by": "party", "delivery": "officer", "amicable": "participative"}
    seen = plain(told(**change))
    assert "Petit" not in seen and "Nous vous mettons en demeure de payer à la société Dupont" in seen
    assert "commissaire de justice" in seen and "conclure une convention de procédure participative" in seen
    assert "à compter de la conclusion de la convention" in seen


def test_the_sum_is_the_sum_of_the_table(whole: Valuation) -> None:
    seen = plain(matter_from(whole))
    assert "la somme de 24 901,25 €" in seen  # 12500.50 + 8000 + 4000.75 + 400
    assert "| Dupont | 20 500,50 € | 20 500,50 € |" in seen


def test_what_was_received_is_told_and_taken_off(told: Told) -> None:
    paid = {"id": "paid", "kind": "indemnity", "date": "2024-01-10", "amount": 500}
    seen = plain(told(**only(FIRST | {"received": [paid]})))
    assert "| Déjà reçu | | | 500,00 € |" in seen and "la somme de 20 000,50 €" in seen
    assert "Déjà reçu" not in plain(told(**only(FIRST)))


def test_a_chance_is_asked_for_only_where_counsel_pleads_it(whole: Valuation, founding: Valuation) -> None:
    seen = plain(matter_from(whole, "dupont"))
    assert "À titre subsidiaire (perte de chance)" in seen and "3 360,00 €" in seen  # 8000 x 0.42
    assert "perte de chance" not in plain(matter_from(founding, "demanderesse-01")).lower()  # the pack's own prior


def test_the_offer_is_told_only_where_there_is_one(told: Told) -> None:
    assert "vous avez proposé ceci" in plain(told())
    assert "vous avez proposé" not in plain(told(offers=None))


def test_capitalisation_is_announced_only_where_it_is_asked(told: Told) -> None:
    assert "La capitalisation des intérêts" in plain(told())
    assert "capitalisation" not in plain(told(interest={"notice": COMPLETE["interest"]["notice"]}))


def test_the_exhibits_of_the_other_claimants_are_not_produced(told: Told) -> None:
    orders = {"contracts": [COMPLETE["contracts"][0] | {"exhibits": ["D1", "D2"]}]}  # the terms, signed by each
    one, both = (render(NOTICE, told(who, **orders)).register.exhibits for who in ("dupont", None))
    assert "D1" in {exhibit.id for exhibit in one} and "D2" not in {exhibit.id for exhibit in one}
    assert {"D1", "D2"} <= {exhibit.id for exhibit in both}


def test_every_paragraph_of_the_discussion_rests_on_a_text_or_an_exhibit(
        founding: Valuation, bluepad: Valuation, whole: Valuation) -> None:
    for valuation in (founding, bluepad, whole):
        body = text(matter_from(valuation)).split("# Le bien-fondé de la demande")[1].split("# Le préjudice")[0]
        paragraphs = [one for one in body.split("\n\n") if one.strip() and not one.startswith(("#", "[\\["))]
        assert len(paragraphs) > 5
        bare = [one for one in paragraphs if not re.search(r"pièces? n°|art\\\.|\^\[", one)]
        assert bare == []


def test_the_other_side_s_arguments_are_said_only_where_they_are_answered(founding: Valuation) -> None:
    for section in NOTICE.build(matter_from(founding)).discussion:
        for issue in section.issues:
            assert all(a.set_aside or a.contradicted or a.unproved for a in issue.answers)


def test_what_counsel_s_own_file_makes_unlikely_is_not_asserted(founding: Valuation) -> None:
    seen = plain(matter_from(founding))
    assert "connaissait le danger" not in seen  # likelihood 0.2
    assert "Aucun événement semblable" not in seen  # true, and for the other side
