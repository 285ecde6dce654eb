"""Every combination of facts at once: each is what the ordinary evaluation finds with these facts certain."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.random_law import NAMES, random_claimants, random_facts, random_pack
from tests.reasoning.small_law import case, fact, issue, law, rule
from tests.reasoning.test_time_limits import FACTS, LIMIT
from vismajor.case.facts import Fact
from vismajor.law.conditions import fact_of
from vismajor.law.models import Law
from vismajor.reasoning import combinations
from vismajor.reasoning.assessment import Assessment, Place, assess_case
from vismajor.reasoning.combinations import Words, count_true, grid, packed, rows, truths
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.swept import SweptFact, open_graphs, swept_facts
from vismajor.reasoning.worlds import Truth, Worlds

COUNT = 150  # worlds: two words and a part of one
DRAWS = Worlds("combinations", COUNT)
draws = st.builds(random.Random, st.integers(0, 2**32 - 1))


def assessed(pack: Law, claimants: Sequence[dict[str, object]], facts: Mapping[str, object]) -> Assessment:
    return assess_case(case(list(claimants), facts), pack, DRAWS)


def random_assessment(draw: random.Random) -> Assessment:
    return assessed(random_pack(draw), random_claimants(draw)[:2], random_facts(draw, NAMES[::2]))


def open_names(assessment: Assessment) -> list[str]:
    """Return the facts of a random case that may be swept."""
    concluded = {rule.concludes[0] for rule in assessment.law.rules.values() if rule.issue is None}
    graphs = assessment.graphs.values()
    return [name for name in assessment.law.vocabulary.facts if any(
        (name not in graph.findings and name not in concluded)
        or (name in graph.findings and len(graph.findings[name].possible.values) > 1) for graph in graphs)]


def taken_as_certain(assessment: Assessment, facts: Sequence[SweptFact], values: Sequence[Plain]
                     ) -> dict[Place, dict[str, Truth]]:
    """Return the columns of every issue, evaluated as usual, where these facts are stated as certain."""
    found = {}
    declared = catalog(assessment.law)
    with Grounder(assessment.law) as grounder:
        for place, graph in assessment.graphs.items():
            certain = {name: Finding(name, f"certain:{name}", Fact(value=value), declared[fact_of(name)], 1.0)
                       for one, value in zip(facts, values, strict=True) for at, name in one.open_at if at == place}
            governing = assessment.case.claim(place[0]).contract.governing_date
            found[place] = build_graph(assessment.law, grounder, {**graph.findings, **certain}, graph.duty, governing,
                                       assessment.case.as_of, graph.things)
    answers = Prepared(assessment.law, found).answers(DRAWS)
    return {place: {name: np.broadcast_to(answer.holds, (COUNT,)) for name, answer in of.items()}
            for place, of in answers.items()}


def of_all(prepared: Prepared[Place], facts: Sequence[SweptFact]) -> dict[int, Words]:
    """Return the words of every answer for all combinations, put together from the blocks."""
    sizes = [len(one.values) for one in facts]
    wanted = {node for place in prepared.graphs for node, _ in prepared.asked(place).values()}
    whole = {node: np.zeros((*sizes, -(-COUNT // 64)), dtype=np.uint64) for node in wanted}
    for held, tables in grid(prepared.network, wanted, [one.values for one in facts], DRAWS):
        at = tuple(slice(held[axis], held[axis] + 1) if axis in held else slice(None) for axis in range(len(sizes)))
        for node, words in tables.items():
            whole[node][at] = words
    return whole


def check_all(assessment: Assessment, facts: Sequence[SweptFact]) -> None:
    """Check every combination, bit for bit, against the ordinary evaluation."""
    prepared = Prepared(assessment.law, open_graphs(assessment, assessment.graphs, facts))
    whole = of_all(prepared, facts)
    for places in itertools.product(*(range(len(one.values)) for one in facts)):
        expected = taken_as_certain(assessment, facts, [f.values[at] for f, at in zip(facts, places, strict=True)])
        for place, answers in expected.items():
            for name, (node, _) in prepared.asked(place).items():
                assert np.array_equal(truths(whole[node][places], COUNT), answers[name]), (places, place, name)


@given(draws)
@settings(max_examples=40, deadline=None)
def test_each_combination_is_the_case_with_these_facts_certain(draw: random.Random) -> None:
    assessment = random_assessment(draw)
    names = open_names(assessment)
    facts = swept_facts(assessment, assessment.graphs, draw.sample(names, min(len(names), draw.randint(1, 4))))
    check_all(assessment, facts)


@given(draws)
@settings(max_examples=15, deadline=None)
def test_blocks_of_combinations_are_parts_of_the_same_whole(draw: random.Random) -> None:
    assessment = random_assessment(draw)
    names = open_names(assessment)[:5]
    facts = swept_facts(assessment, assessment.graphs, names)
    prepared = Prepared(assessment.law, open_graphs(assessment, assessment.graphs, facts))
    at_once = of_all(prepared, facts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(combinations, "MOST_WEIGHED", draw.choice([1, 4, 8]) * COUNT)
        in_blocks = of_all(prepared, facts)
    assert at_once.keys() == in_blocks.keys()
    assert all(np.array_equal(truths(at_once[node], COUNT), truths(in_blocks[node], COUNT)) for node in at_once)


def test_too_large_a_table_is_made_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"a.f{number}" for number in range(6)]
    pack = law({name: fact() for name in names}, [issue("i0")],
               [rule(name, [name], {"for": "i0"}, "weak") for name in names])
    assessment = assessed(pack, [{"id": "one"}], {})
    facts = swept_facts(assessment, assessment.graphs, names)
    prepared = Prepared(pack, open_graphs(assessment, assessment.graphs, facts))
    node = prepared.asked(("one", "main"))["i0"][0]
    monkeypatch.setattr(combinations, "MOST_WEIGHED", 16 * COUNT)
    blocks = list(grid(prepared.network, {node}, [one.values for one in facts], DRAWS))
    assert len(blocks) == 4
    assert {tables[node].shape for _, tables in blocks} == {(1, 1, 2, 2, 2, 2, 3)}


@given(draws)
@settings(max_examples=25, deadline=None)
def test_chosen_rows_are_the_same_as_in_the_whole_and_without_a_value_as_the_case_states(draw: random.Random) -> None:
    assessment = random_assessment(draw)
    facts = swept_facts(assessment, assessment.graphs, open_names(assessment)[:4])
    prepared = Prepared(assessment.law, open_graphs(assessment, assessment.graphs, facts, as_stated=True))
    values = [tuple(draw.choice(one.values) for one in facts) for _ in range(3)]
    wanted = {node for place in prepared.graphs for node, _ in prepared.asked(place).values()}
    tables = rows(prepared.network, wanted, [{}, *(dict(enumerate(row)) for row in values)], DRAWS)

    def column(place: Place, name: str, row: int) -> Truth:
        words = tables[prepared.asked(place)[name][0]]
        return truths(words if words.ndim == 1 else words[row], COUNT)

    for place, answers in assessment.answers.items():
        for name, answer in answers.items():
            assert np.array_equal(column(place, name, 0), np.broadcast_to(answer.holds, (COUNT,))), name
    for number, row in enumerate(values, start=1):
        for place, answers in taken_as_certain(assessment, facts, row).items():
            assert all(np.array_equal(column(place, name, number), holds) for name, holds in answers.items())


def test_a_fact_on_which_a_time_limit_depends_moves_what_the_limit_decides() -> None:
    pack = law(FACTS, [issue("barred", -30.0)], [rule("late", ["t.days_left < 0"], {"for": "barred"}, "knock_out")],
               limits=[LIMIT])
    dates = {"t.inquiry_from": "2021-06-01", "t.inquiry_to": "2021-12-01", "t.suit": "2026-05-01"}
    late = case([{"id": "one"}], {**dates, "t.own_request": {"value": True, "status": "disputed"}}, as_of="2026-11-01")
    assessment = assess_case(late, pack, DRAWS)
    facts = swept_facts(assessment, assessment.graphs, ["t.own_request", "t.withdrawn"])
    check_all(assessment, facts)
    prepared = Prepared(pack, open_graphs(assessment, assessment.graphs, facts))
    barred = truths(of_all(prepared, facts)[prepared.asked(("one", "main"))["barred"][0]], COUNT).all(axis=-1)
    assert barred.tolist() == [[True, False], [True, True]]  # [own request: yes, no][withdrawn: yes, no]


def test_two_facts_that_are_compared_are_both_left_open() -> None:
    kinds = {"server.building": fact("choice", values=["north", "south"]),
             "copy.building": fact("choice", values=["north", "south"])}
    pack = law(kinds, [issue("i0", 0.0)],
               [rule("same", ["copy.building = server.building"], {"for": "i0"}, "decisive")])
    assessment = assessed(pack, [{"id": "one"}], {})
    facts = swept_facts(assessment, assessment.graphs, list(kinds))
    check_all(assessment, facts)
    prepared = Prepared(pack, open_graphs(assessment, assessment.graphs, facts))
    counts = count_true(of_all(prepared, facts)[prepared.asked(("one", "main"))["i0"][0]], COUNT)
    assert counts[0, 0] == counts[1, 1] > counts[0, 1] == counts[1, 0]


def test_a_choice_is_taken_at_each_of_its_values() -> None:
    pack = law({"site.fire": fact("choice", values=["none", "manual", "automatic"])}, [issue("i0", 0.0)], [
        rule("none", ["site.fire = none"], {"for": "i0"}, "strong"),
        rule("auto", ["site.fire = automatic"], {"against": "i0"}, "strong")])
    assessment = assessed(pack, [{"id": "one"}], {})
    facts = swept_facts(assessment, assessment.graphs, ["site.fire"])
    assert facts[0].values == ("none", "manual", "automatic")
    check_all(assessment, facts)


@given(st.integers(1, 200), st.integers(0, 2**32 - 1))
def test_packed_truths_come_back_and_are_counted_among_the_worlds_alone(count: int, seed: int) -> None:
    truth = np.random.default_rng(seed).random((3, count)) < 0.5
    words = packed(truth)
    assert words.shape == (3, -(-count // 64))
    assert np.array_equal(truths(words, count), truth)
    assert np.array_equal(truths(~words, count), ~truth)
    assert count_true(~words, count).tolist() == (~truth).sum(axis=-1).tolist()

