"""What is still to be found out, and what each answer would change."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import case, fact, issue, law, rule
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.inquiry import SMALLEST_CHANGE, open_facts
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case


def test_an_unknown_fact_tells_what_each_answer_would_change() -> None:
    pack = law({"a.b": fact(), "a.c": fact(), "a.known": fact()}, [issue("i", 0.0)], [
        rule("r", ["a.b"], {"for": "i"}, "decisive"), rule("s", ["not a.b"], {"against": "i"}, "moderate"),
        rule("t", ["a.known"], {"for": "i"}, "weak")])
    (found,) = open_facts(assess_case(case([{"id": "one"}], {"a.known": True}), pack, Worlds("t", 2_000)), ("i",))
    assert found.name == "a.b"
    assert dict(found.then)[True] == pytest.approx(0.989, abs=0.01)
    assert dict(found.then)[False] == pytest.approx(0.378, abs=0.03)
    assert found.now == pytest.approx(0.622, abs=0.03)
    assert found.change == pytest.approx(abs(dict(found.then)[True] - found.now))


def test_a_fact_that_changes_nothing_is_not_asked() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", -20.0)],
               [rule("r", ["a.b"], {"for": "i"}, "weak"), rule("s", ["a.b", "a.c"], {"for": "i"}, "weak")])
    assert open_facts(assess_case(case([{"id": "one"}]), pack, Worlds("t", 500)), ("i",)) == []


def test_the_founding_case_asks_for_what_is_not_in_the_file(french_law: Law) -> None:
    founding = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    assessment = assess_case(founding, french_law, Worlds("t", 1_000))
    found = open_facts(assessment, ("force_majeure", "liability", "liability_cap"))
    stated = {name.partition("@")[0] for name in founding.known(founding.file.facts)}
    assert found
    assert not {f.name for f in found} & stated
    assert [f.change for f in found] == sorted((f.change for f in found), reverse=True)
    assert all(f.change >= SMALLEST_CHANGE for f in found)
