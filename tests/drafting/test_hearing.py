"""When and why an argument does not count, in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.reasoning.small_law import case, fact, issue, law, rule, text
from vismajor.drafting.hearing import aside, say_conflict, worth_saying, worth_telling
from vismajor.drafting.words import say_premise
from vismajor.law.models import Law
from vismajor.reasoning.assessment import ArgumentView, assess_case
from vismajor.reasoning.worlds import Worlds

ESTABLISHED = {"value": True, "status": "established"}
DISPUTED = {"value": True, "status": "disputed", "likelihood": Decimal("0.7")}
CONTRARY = {"value": False, "status": "disputed", "likelihood": Decimal("0.7")}


def heard(facts: dict[str, object], condition: str = "a.b", **extra: object) -> tuple[Law, ArgumentView]:
    """Return the only argument for the issue `i`."""
    kinds = fact("choice", values=("fire", "flood", "theft"), states={k: text(k) for k in ("fire", "flood", "theft")})
    states = {"true": text("il est ainsi"), "false": text("il n'est pas ainsi")}
    pack = law({"a.b": fact(states=states), "a.cut": fact(states=states), "a.kind": kinds},
               [issue("other", -2.0), issue("i", 0.0)],
               [rule("r", [condition], {"for": "i"}, "strong", **extra), rule("o", ["a.b"], {"for": "other"}, "weak")])
    (view,) = assess_case(case([{"id": "one"}], facts), pack, Worlds("t", 500)).lead("i").arguments_for
    return pack, view


@pytest.mark.parametrize(("facts", "extra", "expected"), [
    ({"a.b": ESTABLISHED}, {}, ""),
    ({"a.b": DISPUTED}, {}, "si le tribunal retient ce fait"),
    ({"a.b": CONTRARY}, {}, "si le tribunal retient, contrairement à ce que nous exposons, qu’il est ainsi"),
    ({"a.b": ESTABLISHED}, {"open": Decimal("0.6")}, "question discutée"),
    ({"a.b": ESTABLISHED, "a.cut": ESTABLISHED}, {"unless": ["a.cut"]}, "écarté, car il est ainsi"),
    ({"a.b": ESTABLISHED, "a.cut": DISPUTED}, {"unless": ["a.cut"]},
     "écarté si le tribunal retient qu’il est ainsi"),
    ({"a.b": DISPUTED}, {"open": Decimal("0.6")}, "question discutée ; si le tribunal retient ce fait"),
])
def test_the_reason_why_an_argument_does_not_count_is_said(facts: dict[str, object], extra: dict[str, object],
                                                           expected: str) -> None:
    pack, view = heard(facts, **extra)
    assert aside(pack, view, "fr") == expected


def test_an_argument_that_takes_another_answer_to_another_issue_says_so() -> None:
    pack, view = heard({"a.b": ESTABLISHED}, "other")
    assert not view.applies
    assert aside(pack, view, "en") == "if the court finds that other established"


def test_of_several_facts_that_would_do_the_one_that_is_stated_is_said() -> None:
    pack, view = heard({"a.kind": {"value": "flood", "status": "established", "otherwise": "theft"}},
                       "a.kind = fire | flood")
    assert say_premise(pack, view.premises[0], "fr") == "flood"
    pack, view = heard({"a.kind": {"value": "theft", "status": "established", "otherwise": "flood"}},
                       "a.kind = fire | flood")
    assert say_premise(pack, view.premises[0], "fr") == "fire ou flood"


def test_what_takes_the_contrary_of_a_fact_that_is_nearly_sure_is_not_worth_saying() -> None:
    sure = {"value": False, "status": "established", "likelihood": Decimal("0.95")}
    assert not worth_saying(heard({"a.b": sure})[1])
    assert worth_saying(heard({"a.b": CONTRARY})[1])
    assert worth_saying(heard({"a.b": ESTABLISHED})[1])


def test_rules_that_decide_in_opposite_senses_are_both_told_with_their_sources() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i")], [
        rule("in", ["a.b"], {"for": "i"}, "knock_out"), rule("out", ["a.c"], {"against": "i"}, "knock_out"),
        rule("more", ["a.b"], {"for": "i"}, "strong")])
    view = assess_case(case([{"id": "one"}], {"a.b": True, "a.c": True}), pack, Worlds("t", 500)).lead("i")
    assert say_conflict(pack, view, "fr") == (
        "Conflit entre deux règles qui tranchent en sens contraire : « in » (texte), et « out » (texte). "
        "Vérifier ces sources.")
    alone = assess_case(case([{"id": "one"}], {"a.b": True}), pack, Worlds("t", 500)).lead("i")
    assert say_conflict(pack, alone, "fr") == ""


# --- twins: rules of a group that say the same of the same facts


def told(rules: list[tuple[str, str, str | None, dict[str, object]]]) -> dict[str, tuple[str, ...]]:
    """Return the rules worth telling with their sources; each is given as (id, fact, group, what else)."""
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 0.0)], [
        rule(name, [condition], {"for": "i"}, "strong", **({"group": group} if group else {}), **more).model_copy(
            update={"sources": (name,)}) for name, condition, group, more in rules])
    source = pack.sources["source"]
    pack = pack.model_copy(update={"sources": {name: source for name, *_ in rules}})
    view = assess_case(case([{"id": "one"}], {"a.b": True, "a.c": True}), pack, Worlds("t", 500)).lead("i")
    return {one.rule.id: one.rule.sources for one in worth_telling(view.arguments_for)}


KNOWN = {"known_from": "2015-01-01"}


@pytest.mark.parametrize(("rules", "expected"), [
    ([("text", "a.b", "g", {}), ("decided", "a.b", "g", KNOWN)], {"decided": ("decided", "text")}),
    ([("text", "a.b", "g", {}), ("other", "a.c", "g", {})], {"text": ("text",), "other": ("other",)}),
    ([("text", "a.b", None, {}), ("decided", "a.b", None, KNOWN)], {"text": ("text",), "decided": ("decided",)}),
    ([("text", "a.b", "g", {}), ("decided", "a.b", "h", KNOWN)], {"text": ("text",), "decided": ("decided",)}),
    ([("text", "a.b", "g", {}), ("decided", "a.b", "g", {**KNOWN, "unless": ["a.c"]})], {"text": ("text", "decided")}),
])
def test_of_twins_one_is_told_with_the_sources_of_both(
        rules: list[tuple[str, str, str | None, dict[str, object]]], expected: dict[str, tuple[str, ...]]) -> None:
    assert told(rules) == expected
