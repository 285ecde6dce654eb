"""Which facts the note asks for."""

from __future__ import annotations

import pytest

from tests.reasoning.small_law import case, fact, issue, law, rule
from vismajor.drafting.note_context import NegotiationNote
from vismajor.drafting.questions import MOST, WORTH_ASKING, worth_asking
from vismajor.law.models import Declaration
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.inquiry import OpenFact, open_facts
from vismajor.reasoning.worlds import Worlds


def asked(facts: dict[str, Declaration], **stated: object) -> list[OpenFact]:
    """Return what is asked where each fact, alone, argues strongly for the issue."""
    rules = [rule(f"r{at}", [f"{name} = yes" if declared.type == "choice" else name], {"for": "i"}, "strong")
             for at, (name, declared) in enumerate(facts.items())]
    pack = law(facts, [issue("i", 0.0)], rules)
    known = {name.replace("_", ".", 1): value for name, value in stated.items()}
    assessment = assess_case(case([{"id": "one"}], known), pack, Worlds("t", 2_000))
    with Grounder(pack) as grounder:
        return worth_asking(assessment, open_facts(assessment, grounder, ("i",)))


def test_a_matter_of_law_is_not_asked_from_a_client() -> None:
    found = asked({"a.b": fact(), "a.kind": fact("choice", values=["yes", "no"], legal=True)})
    assert [one.name for one in found] == ["a.b"]


def test_what_another_stated_fact_answers_is_not_asked() -> None:
    facts = {"a.b": fact(answered_by=["a.c"]), "a.c": fact()}
    assert [one.name for one in asked(facts)] == ["a.b", "a.c"]
    assert asked(facts, a_c=True) == []


def test_only_a_few_facts_are_asked_and_only_the_answers_that_change_something() -> None:
    found = asked({f"a.f{at}": fact() for at in range(MOST + 3)})
    assert len(found) == MOST
    for one in found:
        assert one.then
        assert all(abs(chance - one.now) >= WORTH_ASKING for _, chance in one.then)


@pytest.mark.parametrize("name", ["ovh-strasbourg", "bati-courtage", "bluepad"])
def test_the_notes_ask_a_few_questions_that_change_an_answer(name: str, notes: dict[str, NegotiationNote]) -> None:
    assert len(notes[name].open_facts) <= MOST
    for one in notes[name].open_facts:
        assert "De quelle nature" not in one.question
        assert "Le résultat que" not in one.question
        assert all(abs(chance - one.now) >= WORTH_ASKING for _, chance in one.then)
