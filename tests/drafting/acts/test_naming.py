"""The roles of the law pack's clauses become the parties of the act, and what agrees with them follows."""

from __future__ import annotations

import re

import pytest

from vismajor.drafting.acts.naming import Named, Naming
from vismajor.drafting.typography import of
from vismajor.drafting.words import words
from vismajor.law.models import Law

COMPANY = Naming(Named("votre société", True), Named("chaque demanderesse", True),
                 Named("chaque demanderesse concernée", True), "la demanderesse", "les demanderesses", "fr",
                 "les demanderesses font valoir", Named("chaque demanderesse", True), "chacune d’elles",
                 Named("l’une quelconque des demanderesses", True))
MEN = Naming(Named("Monsieur Olry", False), Named("mon client", False), Named("mon client", False), "le demandeur",
             "les demandeurs", "fr", "mon client fait valoir", Named("mon client", False), "il")
ENGLISH = Naming(Named("your company", True), Named("my client", True), Named("my client", True), "claimant",
                 "claimants", "en", "my client submits", Named("my client", True), "it")


@pytest.mark.parametrize(("naming", "clause", "said"), [
    (COMPANY, "Chaque demanderesse est commerçante", "chacune d’elles est commerçante"),
    (MEN, "mon client a payé", "il a payé"), (ENGLISH, "my client is a trader", "it is a trader"),
    (MEN, "mon clientèle", "mon clientèle"), (MEN, "la clause lie mon client", "la clause lie mon client")])
def test_what_our_side_submits_of_itself_takes_a_pronoun(naming: Naming, clause: str, said: str) -> None:
    assert naming.of_itself(clause) == said


@pytest.mark.parametrize(("clause", "company", "men"), [
    ("le débiteur avait été averti de ce danger précis", "votre société avait été avertie de ce danger précis",
     "Monsieur Olry avait été averti de ce danger précis"),
    ("le débiteur n'était tenu que d'une obligation", "votre société n'était tenue que d'une obligation",
     "Monsieur Olry n'était tenu que d'une obligation"),
    ("le débiteur s'est engagé à supporter le risque", "votre société s'est engagée à supporter le risque",
     "Monsieur Olry s'est engagé à supporter le risque"),
    ("aucune copie n'a pu être rendue par l'hébergeur", "aucune copie n'a pu être rendue par votre société",
     "aucune copie n'a pu être rendue par Monsieur Olry"),
    ("l'issue dépendait du seul débiteur", "l'issue dépendait de votre société seule",
     "l'issue dépendait de Monsieur Olry seul"),
    ("les données du client ont été perdues", "les données de chaque demanderesse ont été perdues",
     "les données de mon client ont été perdues"),
    ("le client avait été clairement averti", "chaque demanderesse avait été clairement avertie",
     "mon client avait été clairement averti"),
    ("le débiteur a suivi ce qui s'imposait à lui", "votre société a suivi ce qui s'imposait à elle",
     "Monsieur Olry a suivi ce qui s'imposait à lui"),
    ("Le débiteur n'est exonéré ni par la loi ni par le contrat.",
     "Votre société n'est exonérée ni par la loi ni par le contrat.",
     "Monsieur Olry n'est exonéré ni par la loi ni par le contrat."),
])
def test_a_clause_names_the_parties(clause: str, company: str, men: str) -> None:
    assert COMPANY.clause(clause) == company
    assert MEN.clause(clause) == men


def test_what_is_said_of_some_names_those_concerned() -> None:
    assert COMPANY.clause("le client avait souscrit une option", some=True).startswith("chaque demanderesse concernée ")


def test_what_is_denied_of_each_of_several_is_denied_of_any(french_law: Law) -> None:
    said = COMPANY.clause("Aucune faute du client n'a concouru à son dommage.")
    assert said == "Aucune faute de l’une quelconque des demanderesses n'a concouru à son dommage."
    assert COMPANY.clause("les données du client n'ont pas été perdues").startswith("les données de chaque")


def test_english_names_them_too() -> None:
    assert ENGLISH.clause("the debtor's staff told the client") == "your company's staff told my client"


def test_numbers_of_claimants_are_said_with_their_noun() -> None:
    assert COMPANY.numbered((2,), "2") == "la demanderesse n° 2"
    assert MEN.numbered((1, 2, 3), "1 à 3") == "les demandeurs n° 1 à 3"
    assert ENGLISH.numbered((2,), "2") == "claimant 2"


def test_no_clause_of_the_pack_keeps_a_role_or_a_masculine_that_should_agree(french_law: Law) -> None:
    """Each fact and finding that names a role is said of a company: no role left, no participle left masculine."""
    say = words("fr")
    masculine = re.compile(rf"(?:votre société|chaque demanderesse)(?: \w+)? (?:n['’]|s['’])?"
                           rf"(?:est|était|avait été|a été)(?: pas| clairement)? (?:{say['role_agreeing']})\b")
    said = [state.fr for fact in french_law.vocabulary.facts.values() for state in fact.states.values()]
    said += [finding.fr for issue in french_law.issues.values() for finding in (
        issue.findings.established, issue.findings.not_established)]
    for text in said:
        named = COMPANY.clause(text)
        assert masculine.search(named) is None, named
        assert re.search(r"\b(?:le|du|au|l['’])\s?(?:débiteur|client|hébergeur|prestataire)\b", named) is None, named


def test_the_french_de_is_elided_before_a_vowel() -> None:
    assert [of("OVH"), of("la société X"), of("Étienne")] == ["d’OVH", "de la société X", "d’Étienne"]
