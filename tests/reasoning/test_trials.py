"""A trial gives what a whole evaluation with the same draws fixed would give, and touches nothing else."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.random_law import random_claimants, random_facts, random_pack
from tests.reasoning.small_law import DAY, case, graph
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.evaluation import Evaluation, Prepared
from vismajor.reasoning.findings import catalog
from vismajor.reasoning.fixed import AS_STATED, OTHERWISE, FixedWorlds, some_worlds
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.switches import (
    OFF,
    switch_of,
    unknown_as_switch,
    weight_switch,
    with_other_weights,
)
from vismajor.reasoning.trials import Trials
from vismajor.reasoning.worlds import WINDOW, Worlds

COUNT = 600


def a_case(seed: int) -> tuple[Law, dict[tuple[str, str], Graph]]:
    draw = random.Random(seed)
    pack = random_pack(draw)
    claimants = random_claimants(draw)
    assessment = assess_case(case(claimants, random_facts(draw)), pack, Worlds("t", 50))
    return pack, dict(assessment.graphs)


def drawn_names(graphs: dict[tuple[str, str], Graph]) -> list[str]:
    found = [f"fact:{finding.key}" for one in graphs.values() for finding in one.findings.values()
             if not finding.certain]
    heard = [argument for one in graphs.values() for listed in (*one.arguments.values(), *one.derivations.values())
             for argument in listed]
    return sorted({*found, *(f"question:{one.rule.question_id}" for one in heard if one.chance < 1),
                   *(f"appraisal:{issue}" for one in graphs.values() for issue in one.arguments)})


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), picked=st.lists(st.tuples(st.integers(0, 99), st.floats(0, 1)), max_size=4))
def test_a_trial_gives_what_a_whole_evaluation_gives(seed, picked):
    pack, graphs = a_case(seed)
    names = drawn_names(graphs)
    fixed = {names[at % len(names)]: value for at, value in picked} if names else {}
    worlds = FixedWorlds("t", COUNT)
    trials = Trials(Prepared(pack, graphs), worlds)
    changed = trials.changed(fixed)
    whole = Prepared(pack, graphs).answers(worlds.fixing(fixed))
    for at in graphs:
        tried = trials.answers(at, pack.issues.keys(), changed)
        for issue in pack.issues:
            assert np.array_equal(tried[issue].holds, whole[at][issue].holds), (issue, fixed)
            assert tried[issue].probability == pytest.approx(whole[at][issue].probability)
    for node, column in changed.items():
        assert not np.array_equal(column, trials.columns[node])


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_nothing_fixed_changes_nothing_and_is_the_case_itself(seed):
    pack, graphs = a_case(seed)
    trials = Trials(Prepared(pack, graphs), FixedWorlds("t", COUNT))
    assert trials.changed({}) == {}
    assert trials.changed({"fact:of nobody": 1.0}) == {}
    plain = Prepared(pack, graphs).answers(Worlds("t", COUNT))
    for at in graphs:
        for issue, answer in trials.answers(at, pack.issues.keys(), {}).items():
            assert np.array_equal(answer.holds, plain[at][issue].holds)


def test_some_worlds_are_those_of_the_table_at_their_positions():
    table, where = FixedWorlds("t", 1_000, {"b": 0.25}), np.array([3, 10, 11, 999])
    some = some_worlds(table, where)
    assert np.array_equal(some.uniform("a"), Worlds("t", 1_000).uniform("a")[where])
    assert np.array_equal(some.window(1, 2).uniform("a"), Worlds("t", 1_000).uniform("a")[where][1:3])
    assert some.uniform("b").tolist() == [0.25] * 4


def test_what_is_not_fixed_is_drawn_as_ever_window_by_window():
    count = WINDOW + 8
    worlds = FixedWorlds("t", count, {"b": 0.5})
    drawn = Worlds("t", count).uniform("a")
    assert np.array_equal(worlds.uniform("a"), drawn)
    assert np.array_equal(worlds.window(WINDOW, 8).uniform("a"), drawn[WINDOW:])
    assert worlds.window(WINDOW, 8).uniform("b").tolist() == [0.5] * 8
    assert set(worlds.fixing({"c": 1.0}).uniform("c").tolist()) == {1.0}
    assert worlds.uniform("c").std() > 0.1


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_fact_is_as_stated_or_otherwise_in_every_world_in_which_its_draw_is_fixed_so(seed):
    draw = random.Random(seed)
    pack, facts = random_pack(draw), random_facts(draw)
    contested = [name for name, stated in facts.items() if isinstance(stated, dict) and "status" in stated]
    trials = Trials(Prepared(pack, {"": graph(pack, facts)}), FixedWorlds("t", COUNT))
    for name in contested[:3]:
        for at, found in ((AS_STATED, facts[name]["value"]), (OTHERWISE, not facts[name]["value"])):
            tried = trials.answers("", pack.issues.keys(), trials.changed({f"fact:common:{name}": at}))
            certain = Evaluation(pack, Worlds("t", COUNT)).answers(graph(pack, {**facts, name: found}))
            for issue in pack.issues:
                assert np.array_equal(tried[issue].holds, np.broadcast_to(certain[issue].holds, COUNT)), (name, issue)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_unknown_fact_as_a_switch_is_unknown_until_it_takes_a_value(seed):
    draw = random.Random(seed)
    pack, facts = random_pack(draw), random_facts(draw)
    concluded = {one.concludes[0] for one in pack.rules.values() if one.issue is None}
    unknown = [name for name in pack.vocabulary.facts if name not in facts and name not in concluded]
    declared, plain = catalog(pack), graph(pack, facts)
    for name in unknown[:2]:
        open_ = unknown_as_switch(name, name, declared[name], (True, False))
        wide = _grounded(pack, {**plain.findings, name: open_})
        trials = Trials(Prepared(pack, {"": wide}), FixedWorlds("t", COUNT, {switch_of(name): OFF}))
        for fixed, stated in (({}, facts), ({switch_of(name): 1.0}, {**facts, name: True}),
                              ({switch_of(name): 2.0}, {**facts, name: False})):
            tried = trials.answers("", pack.issues.keys(), trials.changed(fixed))
            expected = Evaluation(pack, Worlds("t", COUNT)).answers(graph(pack, stated))
            for issue in pack.issues:
                assert np.array_equal(tried[issue].holds, np.broadcast_to(expected[issue].holds, COUNT)), (name, fixed)


def _grounded(pack, findings):
    with Grounder(pack) as grounder:
        return build_graph(pack, grounder, findings, "main", DAY, DAY)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_another_weight_gives_what_a_pack_with_that_weight_gives(seed):
    draw = random.Random(seed)
    pack, facts = random_pack(draw), random_facts(draw)
    plain = graph(pack, facts)
    heard = [argument.rule for found in plain.arguments.values() for argument in found if not argument.knocks_out]
    for one in heard[:3]:
        wide = with_other_weights(plain, {one.id: (0.0, 7.0)})
        switch = weight_switch(one.id)
        trials = Trials(Prepared(pack, {"": wide}), FixedWorlds("t", COUNT, {switch: OFF}))
        for fixed, weight in (({}, None), ({switch: 1.0}, 0.0), ({switch: 2.0}, 7.0)):
            tried = trials.answers("", pack.issues.keys(), trials.changed(fixed))
            expected = Evaluation(pack, Worlds("t", COUNT)).answers(_weighing(plain, one.id, weight))
            for issue in pack.issues:
                assert np.array_equal(tried[issue].holds, np.broadcast_to(expected[issue].holds, COUNT)), one.id


def _weighing(plain: Graph, rule: str, weight: float | None) -> Graph:
    if weight is None:
        return plain
    return replace(plain, arguments={
        issue: tuple(replace(one, weight=weight if one.argues_for else -weight) if one.rule.id == rule else one
                     for one in found) for issue, found in plain.arguments.items()})
