"""The order of evaluation: what is wanted is found, what nobody needs any more is let go."""

from __future__ import annotations

import numpy as np

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.network import Combined, Followed, Network
from vismajor.reasoning.plan import drawn_by, plan_of
from vismajor.reasoning.worlds import WINDOW, Remembered, Worlds


def _network() -> tuple[Network, list[int], int, int]:
    network = Network()
    leaves = [network.followed(f"q{number}", 0.5) for number in range(4)]
    both = network.all_of(leaves[0], leaves[1])
    return network, leaves, both, network.any_of(both, leaves[2])


def test_only_what_is_wanted_and_what_it_is_made_of_is_evaluated() -> None:
    network, leaves, both, either = _network()
    plan = plan_of(network, [either], stay=[either])
    assert [step.node for step in plan.steps] == [*leaves[:3], both, either]
    found = plan.columns(Worlds("t", 100))
    assert [*found] == [either]
    columns = {number: network.nodes[number].column({}, Worlds("t", 100)) for number in leaves}
    assert np.array_equal(found[either], (columns[leaves[0]] & columns[leaves[1]]) | columns[leaves[2]])


def test_what_is_known_is_taken_as_given_and_stays() -> None:
    network, leaves, both, either = _network()
    known = {both: np.ones(5, dtype=np.bool_)}
    plan = plan_of(network, [either], stay=[either], known=known)
    assert [step.node for step in plan.steps] == [leaves[2], either]
    assert plan.columns(Worlds("t", 5), known)[either].all()
    assert both in known


def test_every_node_is_walked_once_and_none_is_held_longer_than_it_is_needed() -> None:
    network, _, both, _ = _network()
    plan = plan_of(network, range(len(network.nodes)), stay=())
    assert [number for number, _, _ in plan.walk(Remembered(Worlds("t", 8)))] == list(range(len(network.nodes)))
    assert isinstance(network.nodes[both], Combined)
    assert isinstance(network.nodes[both - 1], Followed)
    gone = [node for step in plan.steps for node in step.nodes_done]
    assert sorted(gone) == list(range(len(network.nodes)))


def test_draws_are_forgotten_once_the_last_node_has_looked_at_them() -> None:
    network, leaves, both, either = _network()
    network.weighed("i", "appraisal:i", 0.0, [(both, 1.0)], [], either, 0, ("whole", 0.5))
    plan = plan_of(network, range(len(network.nodes)), stay=(), draws=True)
    done = {name: step.node for step in plan.steps for name in step.draws_done}
    assert done == {**{f"question:q{number}": leaf for number, leaf in enumerate(leaves)}, **dict.fromkeys(
        ("appraisal:i", "together:whole", "impression:whole"), len(network.nodes) - 1)}
    draws = Remembered(Worlds("t", 8))
    assert [*plan.walk(draws)]
    assert len(draws.spare) == len(done)
    assert drawn_by(network)[leaves[0]] == {"question:q0"}


def test_answers_do_not_depend_on_how_many_cores_there_are(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    pack = law({"a.b": fact()}, [issue("i"), issue("j", None, all=["i"])], [rule("r", ["a.b"], {"for": "i"}, "weak")])
    small = case([{"id": "one", "heads": [cost(1)]}], {"a.b": {"value": True, "status": "disputed"}})
    worlds = Worlds("t", 5 * WINDOW + 3)
    graphs = assess_case(small, pack, Worlds("t", 4)).graphs
    found = []
    for cores in (1, 3):
        monkeypatch.setattr("vismajor.reasoning.parallel.cores", lambda cores=cores: cores)
        found.append(Prepared(pack, graphs).answers(worlds)["one", "main"])
    for alone, beside in zip(found[0].values(), found[1].values(), strict=True):
        assert alone.holds.tobytes() == beside.holds.tobytes()
        assert (alone.probability, alone.score) == (beside.probability, beside.score)
