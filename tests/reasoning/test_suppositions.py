"""The same worlds with facts supposed found: what is evaluated in part is what a whole evaluation would give."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.doubts import Doubts, doubts_of
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.rehearing import Reheard
from vismajor.reasoning.suppositions import Suppositions
from vismajor.reasoning.worlds import Worlds

COUNT = 2_000
ISSUES = ("exoneration", "liability")


def _pack() -> Law:
    """Return a pack in which facts bear on issues, on one another, and on issues through issues."""
    facts = {"a.one": fact(), "a.two": fact("choice", values=("x", "y", "z")), "a.unknown": fact(),
             "a.derived": fact(), "own.three": fact(scope="claimant")}
    rules = [
        rule("one", ["a.one"], {"for": "exoneration"}, "strong"),
        rule("two", ["a.two = y"], {"against": "exoneration"}, "strong", unless=["own.three"]),
        rule("derives", ["a.unknown"], {"a.derived": True}),
        rule("derived", ["a.derived"], {"for": "liability"}, "decisive"),
        rule("own", ["own.three"], {"for": "liability"}, "moderate"),
        rule("excused", ["exoneration"], {"against": "liability"}, "knock_out"),
    ]
    return law(facts, [issue("exoneration", -0.5, per_duty=True), issue("liability", 0.2, per_duty=True)], rules)


def _case(**more: object) -> Case:
    own = {"own.three": {"value": True, "status": "alleged", "likelihood": Decimal("0.4")}}
    return case([{"id": name, "heads": [cost(1)], "facts": own} for name in ("one", "two")], {
        "a.one": {"value": True, "status": "disputed", "likelihood": Decimal("0.7")},
        "a.two": {"value": "y", "otherwise": "x", "status": "disputed", "likelihood": Decimal("0.6")}, **more})


def _courts(stated: Case, court: Worlds | None = None) -> tuple[Assessment, Doubts, Suppositions]:
    assessment = assess_case(stated, _pack(), Worlds("test", COUNT))
    doubts = doubts_of(assessment)
    prepared = Prepared(assessment.law, doubts.graphs)
    return assessment, doubts, Suppositions(assessment, doubts, prepared, court or Worlds("test", COUNT), ISSUES)


def _columns(assessment: Assessment) -> dict[tuple[str, str], np.ndarray]:
    return {(claim, name): np.array(assessment.holds(claim, duty, name))
            for claim, duty in assessment.answers for name in ISSUES}


def test_nothing_supposed_is_the_case_as_it_stands() -> None:
    assessment, _, courts = _courts(_case())
    assert _alike(courts.answers([courts.supposing({})]), assessment)


def _alike(one: Assessment, other: Assessment) -> bool:
    columns, others = _columns(one), _columns(other)
    return all(np.array_equal(columns[at], others[at]) for at in columns)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(["a.one", "a.two", "a.unknown"]), st.integers(0, 2)))
def test_a_supposition_is_the_case_with_that_fact_stated_as_certain(chosen: dict[str, int]) -> None:
    _, doubts, courts = _courts(_case())
    values = {name: doubts.by_key[f"common:{name}"].values for name in chosen}
    supposed = {f"common:{name}": values[name][number % len(values[name])] for name, number in chosen.items()}
    found = courts.answers([courts.supposing(supposed)])
    stated = {key.partition(":")[2]: value for key, value in supposed.items()}
    assert _alike(found, assess_case(_case(**stated), _pack(), Worlds("test", COUNT)))


def test_a_fact_held_at_its_values_makes_up_the_case_as_it_stands() -> None:
    # Worlds where the draw finds it so are those of the supposition that it is so: the law of total probability.
    assessment, _, courts = _courts(_case())
    found_so = Worlds("test", COUNT).uniform("fact:common:a.one") < 0.7
    yes, no = (courts.answers([courts.supposing({"common:a.one": value})]) for value in (True, False))
    for at, column in _columns(assessment).items():
        assert np.array_equal(np.where(found_so, _columns(yes)[at], _columns(no)[at]), column)


def test_a_claimants_own_fact_moves_nobody_else() -> None:
    assessment, _, courts = _courts(_case())
    found = _columns(courts.answers([courts.supposing({"one:own.three": False})]))
    stands = _columns(assessment)
    assert not np.array_equal(found["one", "liability"], stands["one", "liability"])
    assert np.array_equal(found["two", "liability"], stands["two", "liability"])


def test_suppositions_side_by_side_are_each_what_it_is_alone() -> None:
    _, _, courts = _courts(_case())
    several = [{"common:a.one": True}, {}, {"common:a.unknown": True, "one:own.three": False}]
    together = courts.answers([courts.supposing(one) for one in several])
    assert together.worlds.count == 3 * COUNT
    for number, one in enumerate(several):
        alone = _columns(courts.answers([courts.supposing(one)]))
        part = slice(number * COUNT, (number + 1) * COUNT)
        assert all(np.array_equal(column[part], alone[at]) for at, column in _columns(together).items())
    again = np.tile(Worlds("test", COUNT).uniform("accepted:x"), 3)
    assert np.array_equal(together.worlds.uniform("accepted:x"), again)
    draws = together.worlds.uniform("fact:common:a.one")
    assert (draws[:COUNT] < 0.7).all()
    assert np.array_equal(draws[COUNT : 2 * COUNT], Worlds("test", COUNT).uniform("fact:common:a.one"))
    window = together.worlds.window(COUNT - 400, 800)
    assert np.array_equal(window.uniform("fact:common:a.one"), draws[COUNT - 400 : COUNT + 400])


def test_every_court_that_hears_the_case_finds_what_is_supposed() -> None:
    court = Reheard("test", COUNT, 1.0)
    _, _, courts = _courts(_case(), court)
    found = _columns(courts.answers([courts.supposing({"common:a.one": True, "common:a.two": "x"})]))
    certain = assess_case(_case(**{"a.one": True, "a.two": "x"}), _pack(), court)
    assert all(np.array_equal(found[at], column) for at, column in _columns(certain).items())


def test_the_largest_change_is_that_of_the_answer_that_moves_most() -> None:
    _, _, courts = _courts(_case())
    stands, found = (_columns(courts.answers([courts.supposing(one)])) for one in ({}, {"common:a.one": False}))
    largest = max(abs(found[at].mean() - column.mean()) for at, column in stands.items())
    assert courts.largest_change(courts.supposing({"common:a.one": False})) == pytest.approx(largest)
    assert courts.largest_change(courts.supposing({})) == 0
