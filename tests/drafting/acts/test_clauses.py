"""Clauses of the terms: cited by number with the exhibit that holds them, quoted once in their own words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drafting.acts.amicable import Drawn
from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.suits import TERMS, parts, with_cap_argued
from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.clauses import pinned, quoted
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import render

CAP = {"number": "article 12", "text": "La réparation ne dépasse pas six mois.", "shows": ["contract.cap_exists"]}
PROMISE = {"number": "3", "shows": ["contract.promises_result"]}
TERMS_EXHIBIT = {"id": "CG", "title": "Conditions d'hébergement", "date": "2021-01"}


def of(drawn: Drawn, *clauses: dict[str, Any], **changes: Any) -> Matter:
    """Return the complete case whose terms, exhibit CG, have some clauses."""
    terms = TERMS | {"clauses": list(clauses), "exhibits": ["CG"]}
    return drawn(**{"contracts": [terms], "exhibits": [*COMPLETE["exhibits"], TERMS_EXHIBIT]} | changes)


def test_the_number_of_a_clause_goes_with_the_exhibit_that_holds_it_and_no_other(drawn: Drawn) -> None:
    matter = of(drawn, CAP, PROMISE)
    exhibits = matter.exhibits(("CG", "P1"))
    cited = pinned(matter, "contract.cap_exists", exhibits, matter.claims)
    assert [(one.id, one.at) for one in cited] == [("P1", ""), ("CG", "12")]
    assert [one.at for one in pinned(matter, "contract.promises_result@backup", exhibits, matter.claims)] == ["", "3"]
    assert pinned(matter, "contract.terms_accepted", exhibits, matter.claims) == exhibits


def test_a_clause_of_other_terms_is_not_cited(drawn: Drawn) -> None:
    other = TERMS | {"id": "other", "clauses": [CAP], "exhibits": ["CG"]}
    matter = of(drawn, contracts=[TERMS | {"exhibits": ["CG"]}, other])
    exhibits = matter.exhibits(("CG",))
    assert pinned(matter, "contract.cap_exists", exhibits, matter.claims) == exhibits
    assert quoted(matter, ["contract.cap_exists"], matter.claims) == ()


def test_terms_that_say_the_same_in_the_same_article_are_quoted_together(drawn: Drawn) -> None:
    other = TERMS | {"id": "other", "title": {"fr": "Autres", "en": "Other"}, "clauses": [CAP], "exhibits": ["P1"]}
    first, second = COMPLETE["claimants"]
    claimants = [first, second | {"contract": second["contract"] | {"terms": "other"}}]
    matter = of(drawn, contracts=[TERMS | {"clauses": [CAP], "exhibits": ["CG"]}, other], claimants=claimants)
    (clause,) = quoted(matter, ["contract.cap_exists"], matter.claims)
    assert (clause.number, clause.terms) == ("12", ("Conditions d'hébergement", "Autres"))
    assert {one.id for one in clause.exhibits} == {"CG", "P1"}


def test_a_clause_is_quoted_once_where_a_fact_that_it_shows_is_first_argued(drawn: Drawn) -> None:
    promise = PROMISE | {"text": "Martin garantit la restitution des données."}
    sections = discussion(of(drawn, promise, CAP), ("obligation_kind", "breach", "liability_cap"))
    assert [(one.id, [clause.number for issue in one.issues for clause in issue.quoted]) for one in sections] == [
        ("obligation_kind", ["3"]), ("breach", [])]
    (issue,) = sections[0].issues
    assert {one.at for argument in issue.arguments for fact in argument.facts for one in fact.exhibits} <= {"3", ""}


@pytest.mark.parametrize(("language", "said"), [
    ("fr", "L’article 12 des conditions « Conditions d’hébergement » (pièce n° 1) est ainsi rédigé : « La réparation "
           "ne dépasse pas six mois de redevances. »"),
    ("en", "Article 12 of the terms “Hosting terms” (exhibit no. 1) reads as follows: “La réparation ne dépasse pas "
           "six mois de redevances.”")])
def test_its_words_are_those_of_the_contract_in_both_languages(language: str, said: str, drawn: Drawn) -> None:
    matter = drawn(language=language, **with_cap_argued())
    markdown = render(kind_of("pleadings"), matter).markdown
    assert said.replace("’", "'") in " ".join(markdown.replace("\\", "").split()).replace("’", "'")


def test_a_clause_of_several_paragraphs_keeps_them(drawn: Drawn) -> None:
    text = "Premier alinéa :  un point.\n\n  # Second alinéa\n"
    matter = of(drawn, PROMISE | {"text": text})
    (clause,) = quoted(matter, ["contract.promises_result"], matter.claims)
    assert clause.paragraphs == ("Premier alinéa : un point.", "# Second alinéa")
    markdown = render(kind_of("pleadings"), matter).markdown
    assert "\n> « Premier alinéa" in markdown.replace("\xa0", " ").replace("\u202f", " ")
    assert "\n> \\# Second alinéa »" in markdown.replace("\xa0", " ").replace("\u202f", " ")


def test_a_clause_is_cited_although_the_fact_names_no_exhibit_where_it_is_known_which_holds_it(drawn: Drawn) -> None:
    matter = of(drawn, CAP)
    assert [(one.id, one.at) for one in pinned(matter, "contract.cap_exists", (), matter.claims)] == [("CG", "12")]
    several = of(drawn, contracts=[TERMS | {"clauses": [CAP], "exhibits": ["CG", "P1"]}])
    assert pinned(several, "contract.cap_exists", (), several.claims) == ()


def test_what_follows_a_clause_cited_in_running_text_stands_between_commas(drawn: Drawn) -> None:
    facts = TERMS["facts"] | {"contract.promises_result": {
        "value": True, "status": "disputed", "likelihood": 0.8, "exhibits": ["CG"]}}
    matter = of(drawn, contracts=[TERMS | {"facts": facts, "clauses": [PROMISE], "exhibits": ["CG"]}])
    discussed, _ = parts(render(kind_of("pleadings"), matter).markdown)
    assert "il ressort de la pièce n° 1, art. 3, que le contrat promet expressément un résultat" in discussed
