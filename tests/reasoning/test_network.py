"""The network: equal truths are one node, what is certain is folded away, nodes come after what they need."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.reasoning.small_law import fact, graph, issue, law, rule
from vismajor.law.conditions import Condition
from vismajor.reasoning.network import FALSE, TRUE, Network, Weighed
from vismajor.reasoning.worlds import Worlds

PACK = law({"a.b": fact(), "a.c": fact()}, [issue("i")], [rule("r", ["a.b"], {"for": "i"}, "weak")])


def _fact(network: Network, stated: object, name: str = "a.b", value: bool = True) -> int:
    finding = graph(PACK, {name: stated}).findings[name]
    return network.fact(finding, Condition(name, "=", (value,)))


def test_what_is_certain_is_a_constant() -> None:
    network = Network()
    assert (_fact(network, True), _fact(network, False), _fact(network, True, value=False)) == (TRUE, FALSE, FALSE)
    assert len(network.nodes) == 2


def test_equal_truths_are_one_node_whatever_the_order() -> None:
    network = Network()
    one, other = _fact(network, {"value": True, "status": "disputed"}), _fact(network, {"value": True,
                                                                                       "status": "alleged"}, "a.c")
    assert _fact(network, {"value": True, "status": "disputed"}) == one != other
    assert network.all_of(one, other) == network.all_of(other, one, TRUE)
    assert network.any_of(one, other) != network.all_of(one, other)


def test_conjunctions_and_disjunctions_are_folded() -> None:
    network = Network()
    node = _fact(network, {"value": True, "status": "disputed"})
    assert network.all_of(node, FALSE) == FALSE
    assert network.all_of(node, TRUE) == network.any_of(node, FALSE) == node
    assert network.any_of(node, TRUE) == TRUE
    assert (network.all_of(), network.any_of()) == (TRUE, FALSE)
    assert (network.opposite(TRUE), network.opposite(FALSE)) == (FALSE, TRUE)


def test_an_argument_that_always_counts_is_part_of_the_burden() -> None:
    network = Network()
    folded = network.weighed("i", "appraisal:i", -1.0, [(TRUE, 2.0), (FALSE, 4.0)], [[(TRUE, 1.0)]], FALSE, FALSE)
    assert folded == network.weighed("i", "appraisal:i", 2.0, [], [], FALSE, FALSE)


def test_only_the_heavier_of_a_group_is_left_beside_one_that_always_counts() -> None:
    network = Network()
    node = _fact(network, {"value": True, "status": "disputed"})
    with_lighter = network.weighed("i", "a", 0.0, [], [[(TRUE, 2.0), (node, 1.0)]], FALSE, FALSE)
    assert with_lighter == network.weighed("i", "a", 2.0, [], [], FALSE, FALSE)
    heavier = network.nodes[network.weighed("i", "a", 0.0, [], [[(TRUE, 1.0), (node, 2.0)]], FALSE, FALSE)]
    columns = [node.column([], Worlds("t", 100)) for node in network.nodes[:3]]
    assert set(np.unique(heavier.score(columns))) == {1.0, 2.0}  # type: ignore[attr-defined]


def test_every_node_comes_after_what_it_needs() -> None:
    network = Network()
    one, other = _fact(network, {"value": True, "status": "disputed"}), _fact(network, {"value": True,
                                                                                       "status": "alleged"}, "a.c")
    both = network.all_of(one, network.opposite(other))
    columns: list[np.ndarray] = []
    for node in network.nodes:
        columns.append(node.column(columns, Worlds("t", 200)))
    assert np.array_equal(columns[both], columns[one] & ~columns[other])


@pytest.mark.parametrize("count", [1, 9, 2_000])
def test_an_issue_looked_up_by_combination_is_the_issue_weighed_world_by_world(count: int) -> None:
    network = Network()
    nodes = [_fact(network, {"value": True, "status": "disputed", "likelihood": Decimal(place) / 10}, name)
             for place, name in enumerate(["a.b", "a.c"], 4)]
    nodes += [network.followed(f"question{place}", 0.3) for place in range(3)]
    weights = list(zip(nodes[:3], (0.7, -1.1, 2.3), strict=True))
    number = network.weighed("i", "appraisal:i", -0.4, weights, [list(zip(nodes[2:], (1.3, -0.2, -3.1), strict=True))],
                             nodes[4], FALSE, ("whole", 0.4))
    node, draws = network.nodes[number], Worlds("t", count)
    assert isinstance(node, Weighed)
    columns: list[np.ndarray] = []
    for one in network.nodes[:number]:
        columns.append(one.column(columns, draws))
    score, holds = node.judged(columns, draws)
    assert score.tobytes() == node.score(columns).tobytes()
    quantile = np.where(draws.uniform("together:whole") < 0.4, draws.uniform("impression:whole"),
                        draws.uniform("appraisal:i"))
    assert np.array_equal(holds, (quantile > 1 / (1 + np.exp(node.score(columns)))) | columns[nodes[4]])
    assert np.array_equal(holds, node.column(columns, draws))
