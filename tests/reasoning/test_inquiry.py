"""What is still to be found out, and what each answer would change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, Place, assess_case
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.inquiry import SMALLEST_CHANGE, Inquiry, OpenFact, inquiries, moving, open_facts
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case


def to_ask(assessment: Assessment, issues: tuple[str, ...]) -> list[OpenFact]:
    with Grounder(assessment.law) as grounder:
        return open_facts(assessment, grounder, issues)


def learned(assessment: Assessment, place: Place) -> list[Inquiry]:
    with Grounder(assessment.law) as grounder:
        return inquiries(assessment, grounder, place)


def test_an_unknown_fact_tells_what_each_answer_would_change() -> None:
    pack = law({"a.b": fact(), "a.c": fact(), "a.known": fact()}, [issue("i", 0.0)], [
        rule("r", ["a.b"], {"for": "i"}, "decisive"), rule("s", ["not a.b"], {"against": "i"}, "moderate"),
        rule("t", ["a.known"], {"for": "i"}, "weak")])
    (found,) = to_ask(assess_case(case([{"id": "one"}], {"a.known": True}), pack, Worlds("t", 2_000)), ("i",))
    assert found.name == "a.b"
    assert dict(found.then)[True] == pytest.approx(0.989, abs=0.01)
    assert dict(found.then)[False] == pytest.approx(0.378, abs=0.03)
    assert found.now == pytest.approx(0.622, abs=0.03)
    assert found.change == pytest.approx(abs(dict(found.then)[True] - found.now))


def test_a_fact_that_changes_nothing_is_not_asked() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", -20.0)],
               [rule("r", ["a.b"], {"for": "i"}, "weak"), rule("s", ["a.b", "a.c"], {"for": "i"}, "weak")])
    assert to_ask(assess_case(case([{"id": "one"}]), pack, Worlds("t", 500)), ("i",)) == []


def test_the_founding_case_asks_for_what_is_not_in_the_file(french_law: Law) -> None:
    founding = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    assessment = assess_case(founding, french_law, Worlds("t", 1_000))
    found = to_ask(assessment, ("force_majeure", "liability", "liability_cap"))
    stated = {name.partition("@")[0] for name in founding.known(founding.file.facts)}
    assert found
    assert not {f.name for f in found} & stated
    assert [f.change for f in found] == sorted((f.change for f in found), reverse=True)
    assert all(f.change >= SMALLEST_CHANGE for f in found)


CONTESTED = {"value": True, "status": "disputed", "likelihood": Decimal("0.3")}


def test_a_contested_fact_tells_the_probability_given_what_the_court_finds() -> None:
    pack = law({"a.b": fact()}, [issue("i", 0.0), issue("j", 1.0)], [rule("r", ["a.b"], {"for": "i"}, "decisive")])
    assessment = assess_case(case([{"id": "one"}], {"a.b": CONTESTED}), pack, Worlds("t", 2_000))
    (found,) = learned(assessment, ("one", "main"))
    then = dict(found.then)
    assert found.status == "disputed"
    assert then[True]["i"] == pytest.approx(0.982, abs=0.02)
    assert then[False]["i"] == pytest.approx(0.5, abs=0.03)
    # The law of total probability: the answer as it stands is the mean of the two.
    assert found.now["i"] == pytest.approx(0.3 * then[True]["i"] + 0.7 * then[False]["i"], abs=0.02)
    assert then[True]["j"] == then[False]["j"] == found.now["j"]
    assert (found.moves("i"), found.moves("j")) == (True, False)


def test_only_unknown_and_contested_facts_are_inquired_into() -> None:
    names = ("a.admitted", "a.alleged", "a.disputed", "a.established", "a.unknown")
    pack = law({name: fact() for name in names}, [issue("i", 0.0)],
               [rule(f"r{n}", [name], {"for": "i"}, "strong") for n, name in enumerate(names)])
    stated = {name: {"value": True, "status": name.partition(".")[2]} for name in names if name != "a.unknown"}
    found = learned(assess_case(case([{"id": "one"}], stated), pack, Worlds("t", 500)), ("one", "main"))
    assert {f.name: f.status for f in found} == {"a.alleged": "alleged", "a.disputed": "disputed", "a.unknown": None}


def test_a_contested_choice_is_tried_only_at_the_values_that_the_court_may_find() -> None:
    pack = law({"a.kind": fact("choice", values=("x", "y", "z"))}, [issue("i", 0.0)],
               [rule("r", ["a.kind = x"], {"for": "i"}, "strong"), rule("s", ["a.kind = z"], {"for": "i"}, "strong")])
    stated = {"value": "x", "status": "disputed", "otherwise": "y"}
    (found,) = learned(assess_case(case([{"id": "one"}], {"a.kind": stated}), pack, Worlds("t", 500)),
                         ("one", "main"))
    assert [value for value, _ in found.then] == ["x", "y"]


def test_what_moves_an_issue_comes_in_order_of_change() -> None:
    pack = law({"a.b": fact(), "a.c": fact(), "a.d": fact()}, [issue("i", 0.0)], [
        rule("r", ["a.b"], {"for": "i"}, "weak"), rule("s", ["a.c"], {"for": "i"}, "decisive"),
        rule("t", ["a.d", "not a.d"], {"for": "i"}, "strong")])
    found = learned(assess_case(case([{"id": "one"}]), pack, Worlds("t", 1_000)), ("one", "main"))
    assert [f.name for f in moving(found, "i")] == ["a.c", "a.b"]


def test_an_issue_common_to_all_duties_is_inquired_into_where_the_first_duty_is_not_owed() -> None:
    pack = law({"a.b": fact()}, [issue("i", 0.0)], [rule("r", ["a.b"], {"for": "i"}, "strong")])
    owed = {"id": "one", "heads": [cost(100, "other")]}
    assert [f.name for f in to_ask(assess_case(case([owed]), pack, Worlds("t", 500)), ("i",))] == ["a.b"]
