"""Labels of argument graphs: by hand for each step of the definition, and on the published graphs where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from vismajor.reasoning.carneades import (
    ArgumentGraph,
    CarneadesArgument,
    CarneadesIssue,
    Preference,
    Premise,
    Soft,
    Weigher,
    constant,
    convergent,
    criteria,
    cumulative,
    factorized,
    label_statements,
    preference,
)
from vismajor.reasoning.graph_file import read_graph

PUBLISHED = ROOT.parent / "shared" / "peers" / "carneades-4"


def graph(*arguments: CarneadesArgument, issues: tuple[CarneadesIssue, ...] = (), assumed: str = "") -> ArgumentGraph:
    names = {p.statement for a in arguments for p in a.premises} | {a.conclusion for a in arguments}
    names |= {u for a in arguments for u in a.undercutters} | {p for i in issues for p in i.positions}
    return ArgumentGraph(dict.fromkeys(sorted(names | set(assumed.split())), ""), issues, arguments,
                         frozenset(assumed.split()))


def argument(name: str, premises: str, conclusion: str, undercutter: str | None = None, weigher: Weigher | None = None,
             **properties: object) -> CarneadesArgument:
    return CarneadesArgument(name, conclusion, tuple(Premise(p) for p in premises.split()),
                             tuple((undercutter or "").split()), weigher,
                             properties)


def issue(positions: str, standard: str = "PE") -> CarneadesIssue:
    return CarneadesIssue("i", tuple(positions.split()), standard)  # type: ignore[arg-type]


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published graphs are not here")
@pytest.mark.parametrize("file", sorted(PUBLISHED.glob("*.yml")), ids=lambda path: path.stem)
def test_the_published_graphs_have_their_expected_labels(file: Path) -> None:
    found = read_graph(file)
    assert found.expected
    labels = label_statements(found.graph)
    assert {name: labels[name] for name in found.expected} == dict(found.expected)


@pytest.mark.parametrize("file", sorted((ROOT / "tests" / "graphs").glob("*.yml")), ids=lambda path: path.stem)
def test_our_own_graphs_have_their_expected_labels(file: Path) -> None:
    found = read_graph(file)
    labels = label_statements(found.graph)
    assert {name: labels[name] for name in found.expected} == dict(found.expected)


def test_premises_that_are_in_support_and_missing_support_is_out() -> None:
    labels = label_statements(graph(argument("a", "p q", "r"), argument("b", "x", "y"), assumed="p q"))
    assert labels == {"p": "in", "q": "in", "r": "in", "x": "out", "y": "out"}


def test_an_undercut_argument_gives_nothing_whatever_its_premises() -> None:
    labels = label_statements(graph(argument("a", "p", "r", "u"), argument("loop", "p2", "p2"), assumed="p u"))
    assert labels["r"] == "out"


def test_an_undercutter_that_fails_leaves_the_argument() -> None:
    assert label_statements(graph(argument("a", "p", "r", "u"), argument("b", "x", "u"), assumed="p"))["r"] == "in"


def test_one_of_several_undercutters_is_enough() -> None:
    rule = argument("a", "p", "r", "u v")
    silent, open_ = argument("b", "p", "v"), argument("c", "v", "v")
    assert label_statements(graph(rule, silent, assumed="p"))["r"] == "out"
    assert label_statements(graph(rule, assumed="p"))["r"] == "in"
    assert label_statements(graph(rule, open_, assumed="p"))["r"] == "undecided"  # nobody can tell whether v is in
    assert label_statements(graph(rule, open_, assumed="p u"))["r"] == "out"


def test_loops_stay_undecided_unless_something_else_decides() -> None:
    loop = (argument("a", "q", "p"), argument("b", "p", "q"))
    assert label_statements(graph(*loop)) == {"p": "undecided", "q": "undecided"}
    assert label_statements(graph(*loop, argument("c", "r", "p"), assumed="r")) == {"p": "in", "q": "in", "r": "in"}


def test_an_assumed_position_puts_the_others_out() -> None:
    labels = label_statements(graph(argument("a", "s", "q"), issues=(issue("p q"),), assumed="p s"))
    assert labels == {"p": "in", "q": "out", "s": "in"}


def test_equal_weights_settle_nobody() -> None:
    labels = label_statements(graph(argument("a", "s", "p"), argument("b", "s", "q"), issues=(issue("p q"),),
                                    assumed="s"))
    assert (labels["p"], labels["q"]) == ("out", "out")


@pytest.mark.parametrize(("standard", "winner", "other", "label"), [
    ("PE", 0.5, 0.4, "in"), ("PE", 0.4, 0.4, "out"),
    ("CCE", 1.0, 0.4, "in"), ("CCE", 0.9, 0.4, "out"), ("CCE", 0.6, 0.0, "in"), ("CCE", 0.5, 0.0, "out"),
    ("BRD", 1.0, 0.25, "in"), ("BRD", 1.0, 0.3, "out"), ("BRD", 0.6, 0.2, "out"), ("BRD", 0.51, 0.0, "in"),
])
def test_proof_standards_ask_more_and_more(standard: str, winner: float, other: float, label: str) -> None:
    labels = label_statements(graph(
        argument("a", "s", "p", weigher=constant(winner)), argument("b", "s", "q", weigher=constant(other)),
        issues=(issue("p q", standard),), assumed="s"))
    assert labels["p"] == label


def test_one_position_alone_needs_an_argument_that_weighs() -> None:
    assert label_statements(graph(argument("a", "s", "p"), issues=(issue("p"),), assumed="s"))["p"] == "in"
    assert label_statements(graph(argument("a", "x", "p"), issues=(issue("p"),), assumed="s"))["p"] == "out"


def test_weighers_follow_their_definitions() -> None:
    def heavier(first: CarneadesArgument, second: CarneadesArgument, assumed: str) -> tuple[str, str]:
        labels = label_statements(graph(first, second, issues=(issue("p q"),), assumed=assumed))
        return labels["p"], labels["q"]

    two_of_three = argument("a", "x y z", "p", weigher=cumulative)
    one_of_three = argument("b", "x u v", "q", weigher=cumulative)
    assert heavier(two_of_three, one_of_three, "x y") == ("in", "out")
    any_of_two = argument("a", "x z", "p", weigher=convergent)
    assert heavier(any_of_two, one_of_three, "x") == ("in", "out")
    more_factors = argument("a", "x y", "p", weigher=factorized)
    fewer_factors = argument("b", "x", "q", weigher=factorized)
    assert heavier(more_factors, fewer_factors, "x y") == ("in", "out")
    assert heavier(more_factors, fewer_factors, "x") == ("out", "in")  # a factorized argument needs all its premises


def test_a_cumulative_argument_without_premises_weighs_nothing() -> None:
    assert label_statements(graph(argument("a", "", "p", weigher=cumulative)))["p"] == "out"
    assert label_statements(graph(argument("a", "", "p")))["p"] == "in"


def test_the_first_property_that_differs_decides_then_the_next() -> None:
    lex = preference([Preference("authority", ("local", "state", "federal")), Preference("date")])

    def winner(**other: str) -> str:
        labels = label_statements(graph(
            argument("a", "s", "p", weigher=lex, authority="state", date="1999-01-01"),
            argument("b", "s", "q", weigher=lex, **other), issues=(issue("p q"),), assumed="s"))
        return next((name for name in ("p", "q") if labels[name] == "in"), "nobody")

    assert winner(authority="federal", date="1989-06-14") == "q"
    assert winner(authority="local", date="2020-01-01") == "p"
    assert winner(authority="state", date="2008-04-13") == "q"
    assert winner(authority="state", date="1999-01-01") == "nobody"


def test_criteria_add_up_in_proportion_and_hard_ones_exclude() -> None:
    weigher = criteria(["safety"], {"price": Soft(1, {"low": 1.0, "high": 0.0}), "speed": Soft(3, {"fast": 1.0})})
    cheap = CarneadesArgument("a", "p", (Premise("price(x,low)"), Premise("speed(x,slow)")), (), weigher)
    fast = CarneadesArgument("b", "q", (Premise("price(y,high)"), Premise("speed(y,fast)"), Premise("safe", "safety")),
                             (), weigher)
    facts = "price(x,low) speed(x,slow) price(y,high) speed(y,fast)"
    assert label_statements(graph(cheap, fast, issues=(issue("p q"),), assumed=f"{facts} safe"))["q"] == "in"
    assert label_statements(graph(cheap, fast, issues=(issue("p q"),), assumed=facts))["p"] == "in"


_names = st.sampled_from("abcdef")
_arguments = st.lists(st.tuples(st.lists(_names, max_size=3), _names, st.none() | _names), max_size=8)


@given(_arguments, st.sets(_names, max_size=3), st.randoms())
def test_the_order_of_the_file_never_shows(parts: list[tuple[list[str], str, str | None]], assumed: set[str], random
                                           ) -> None:
    arguments = [argument(str(i), " ".join(p), c, u) for i, (p, c, u) in enumerate(parts)]
    issues = (issue("a b"),)
    expected = label_statements(graph(*arguments, issues=issues, assumed=" ".join(assumed)))
    random.shuffle(arguments)
    assert label_statements(graph(*arguments, issues=issues, assumed=" ".join(assumed))) == expected


@given(_arguments, st.sets(_names, max_size=3))
def test_labels_are_a_fixpoint_of_the_definition(parts: list[tuple[list[str], str, str | None]], assumed: set[str]
                                                 ) -> None:
    arguments = [argument(str(i), " ".join(p), c, u) for i, (p, c, u) in enumerate(parts)]
    labels = label_statements(graph(*arguments, assumed=" ".join(assumed)))
    for statement, label in labels.items():
        mine = [a for a in arguments if a.conclusion == statement]
        silent = [any(labels[u] == "in" for u in a.undercutters) for a in mine]
        holds = [not quiet and all(labels[u] == "out" for u in a.undercutters)
                 and all(labels[p.statement] == "in" for p in a.premises)
                 for a, quiet in zip(mine, silent, strict=True)]
        if statement in assumed:
            assert label == "in"
        elif label == "in":
            assert any(holds)
        elif label == "out":
            assert not any(holds)
        else:
            assert mine
            assert not any(holds)
