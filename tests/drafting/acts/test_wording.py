"""What says the same twice, what can be put before a sentence, what can follow “que”."""

from __future__ import annotations

import pytest

from vismajor.drafting.acts.wording import begins_with_its_subject, continuing, restates


@pytest.mark.parametrize(("rule", "fact", "same"), [
    ("Non négociable, la clause crée un déséquilibre significatif.",
     "la clause crée un déséquilibre significatif entre les droits et les obligations des parties", True),
    ("Un autre moyen d'exécuter restait ouvert.", "le débiteur disposait d'un autre moyen d'exécuter", True),
    ("Dérisoire, le plafond prive de sa substance l'obligation.", "le plafond est dérisoire au regard du prix", False),
    ("C'est un risque connu d'un bâtiment qui abrite des batteries.", "le bâtiment abritait des batteries", False),
])
def test_a_rule_that_already_says_the_fact_is_found(rule: str, fact: str, same: bool) -> None:
    assert restates(rule, fact) is same


@pytest.mark.parametrize(("sentence", "clause"), [
    ("La mesure était hors de proportion avec le risque.", "la mesure était hors de proportion avec le risque"),
    ("L'événement échappait à son contrôle.", "l'événement échappait à son contrôle"),
    ("Par son ampleur, l'événement dépassait toute prévision.", ""),
    ("Tenu d'un résultat, le débiteur manque à son obligation.", ""),
    ("Le contrat le laissait au client, et il n'avait rien souscrit.", ""),
    ("L'hébergeur ne doit que ses soins : au client de prouver une faute.", ""),
    ("Il échoue. Il le sait.", ""),
])
def test_one_clause_can_follow_que(sentence: str, clause: str) -> None:
    assert continuing(sentence) == clause


def test_an_infinitive_is_a_subject_and_a_participle_is_not() -> None:
    assert begins_with_its_subject("Citer l'événement n'est pas y renoncer.")
    assert not begins_with_its_subject("Né d'une faute propre, le dommage en est la suite.")
