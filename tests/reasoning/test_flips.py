"""What would change the answer: sets of facts that flip it, none with a smaller one inside, none missed."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reasoning.small_law import case, fact, graph, issue, law, rule
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, IssueView, assess_case
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.flips import Change, flips
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.worlds import LikeliestWorld, Worlds
from vismajor.workbench import load_case


def contested(value: object) -> dict[str, object]:
    return {"value": value, "status": "established"}


def flipping(assessment: Assessment, view: IssueView, most: int = 3) -> list[tuple[Change, ...]]:
    with Grounder(assessment.law) as grounder:
        return flips(assessment, grounder, view, most)


def found(pack: Law, facts: dict[str, object], most: int = 3) -> list[set[tuple[str, object]]]:
    assessment = assess_case(case([{"id": "one"}], facts), pack, Worlds("t", 100))
    return [{(c.name, c.value) for c in changes} for changes in flipping(assessment, assessment.lead("i"), most)]


def test_one_fact_that_decides_alone_is_the_smallest_set() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", -1.0)],
               [rule("r", ["a.b"], {"for": "i"}, "decisive"), rule("s", ["a.c"], {"against": "i"}, "weak")])
    assert found(pack, {"a.b": contested(True), "a.c": contested(True)}) == [{("a.b", False)}]


def test_facts_that_decide_only_together_are_found_together() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", -1.5)],
               [rule("r", ["a.b"], {"for": "i"}, "moderate"), rule("s", ["a.c"], {"for": "i"}, "moderate")])
    assert found(pack, {"a.b": contested(False)}) == [{("a.b", True), ("a.c", True)}]  # a.c is unknown


def test_what_nobody_contests_is_left_as_it_is() -> None:
    pack = law({"a.b": fact()}, [issue("i", -1.0)], [rule("r", ["a.b"], {"for": "i"}, "decisive")])
    assert found(pack, {"a.b": True}) == []


def test_facts_work_through_conclusions_undercutters_and_issues() -> None:
    pack = law({"a.b": fact(), "a.c": fact(), "a.u": fact()}, [issue("j", -1.0), issue("i", None, all=["j"])], [
        rule("chain", ["a.b"], {"a.c": True}), rule("r", ["a.c"], {"for": "j"}, "strong", unless=["a.u"])])
    assert found(pack, {"a.b": contested(True), "a.u": contested(False)}, 1) == [{("a.b", False)}, {("a.u", True)}]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(
    st.sampled_from(["for", "against"]), st.sampled_from(["weak", "moderate", "strong"]),
    st.lists(st.sampled_from(["a.0", "not a.1", "a.2", "not a.3", "a.1"]), min_size=1, max_size=2, unique=True),
), min_size=1, max_size=6), st.lists(st.booleans(), min_size=4, max_size=4))
def test_the_sets_are_those_that_trying_all_by_hand_finds(rules: list[tuple[str, str, list[str]]],
                                                          values: list[bool]) -> None:
    names = [f"a.{n}" for n in range(4)]
    pack = law({name: fact() for name in names}, [issue("i", -0.25)],
               [rule(f"r{n}", c, {side: "i"}, w) for n, (side, w, c) in enumerate(rules)])

    def holds(given_: dict[str, bool]) -> bool:
        stated = {name: contested(value) for name, value in given_.items()}
        return bool(np.all(Evaluation(pack, LikeliestWorld()).answers(graph(pack, stated))["i"].holds))

    base = dict(zip(names, values, strict=True))
    asked = {c.name for r in pack.rules.values() for c in r.if_}
    expected: list[set[tuple[str, object]]] = []
    for size in (1, 2, 3):
        smaller = list(expected)
        for chosen in combinations([n for n in names if n in asked], size):
            change = {(name, not base[name]) for name in chosen}
            if not any(known <= change for known in smaller) and holds({**base, **dict(change)}) != holds(base):
                expected.append(change)
    assert found(pack, {name: contested(value) for name, value in base.items()}) == expected


def test_the_founding_case_says_what_would_bring_the_cap_down(french_law: Law) -> None:
    founding = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    assessment = assess_case(founding, french_law, Worlds("t", 200))
    view = assessment.lead("liability_cap")
    sets = flipping(assessment, view)
    assert sets
    assert all(1 <= len(changes) <= 3 for changes in sets)
    assert not any(set(a) < set(b) for a in sets for b in sets)


@pytest.mark.parametrize("name", ["bati-courtage", "bluepad"])
def test_no_flip_touches_an_admitted_fact(name: str, french_law: Law) -> None:
    assessment = assess_case(load_case(ROOT / "cases" / name, french_law), french_law, Worlds("t", 200))
    findings = next(iter(assessment.graphs.values())).findings
    for issue_id in ("breach", "unforeseeable", "force_majeure_clause"):
        for changes in flipping(assessment, assessment.lead(issue_id), 2):
            assert all(c.name not in findings or findings[c.name].fact.status != "admitted" for c in changes)
