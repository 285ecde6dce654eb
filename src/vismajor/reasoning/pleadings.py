"""Many claimants who plead like a few models: what they share is evaluated once, what is each one's own for each.

Two claimants with the same model, the same terms and contracts of the same age before the law stand on the same graph.
Every column that rests on the common facts, the law and the judge is the same for both; a contested fact of one's own
is drawn for each of them under its own name, as it would be if the case described both in full.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.law.conditions import Condition, fact_of
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Place
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.graph import Graph
from vismajor.reasoning.network import Network
from vismajor.reasoning.plan import Plan, drawn_by, plan_of
from vismajor.reasoning.possibilities import as_number
from vismajor.reasoning.worlds import Column, Draws

_OWN_DRAWS = ("fact", "value")  # the draws that bear the name of who states a fact


@dataclass(frozen=True)
class OwnDraws:
    """The draws of one claimant who pleads like a `model`: what the model draws for itself bears the claimant's name.

    `common` are the draws that all share, `own` this claimant's; both of the same worlds.
    """

    common: Draws
    own: Draws
    model: str
    claimant: str

    @property
    def count(self) -> int:
        """Number of worlds."""
        return self.own.count

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name` for the model, of shape (count,)."""
        if is_own(name, self.model):
            kind, _, key = name.partition(":")
            return self.own.uniform(f"{kind}:{self.claimant}{key[len(self.model):]}")
        return (self.own if f":{self.claimant}" in name else self.common).uniform(name)


def is_own(name: str, claimant: str) -> bool:
    """Tell whether a draw is of a fact that a claimant states, in its contract, of itself or of an item of its own."""
    kind, _, key = name.partition(":")
    return kind in _OWN_DRAWS and key.startswith((f"{claimant}:", f"{claimant}/"))


@dataclass(frozen=True)
class Pleading:
    """How claimants like `model` plead: the node of each issue by (claim of the model, duty, issue).

    `own` evaluates what rests on facts of one's own, given what all share; `stated` holds facts of the graphs by
    (claim of the model, duty, fact).
    """

    model: str
    nodes: Mapping[tuple[str, str, str], int]
    stated: Mapping[tuple[str, str, str], Finding]
    own: Plan


@dataclass(frozen=True)
class Pleadings:
    """The pleadings of all models on one network; `common` evaluates what does not depend on who pleads."""

    common: Plan
    each: tuple[Pleading, ...]


def pleadings_of(law: Law, graphs: Sequence[tuple[str, Mapping[Place, Graph]]], issues: Collection[str],
                 facts: Collection[str] = ()) -> Pleadings:
    """Prepare the graphs of several pleadings, each with its model, for the `issues` and the `facts` that are asked."""
    prepared = Prepared(law, {(number, *place): graph for number, (_, placed) in enumerate(graphs)
                              for place, graph in placed.items()})
    network, drawn = prepared.network, drawn_by(prepared.network)
    made, shared = list[tuple[str, dict[tuple[str, str, str], int], set[int]]](), set[int]()
    for number, (model, placed) in enumerate(graphs):
        nodes = {(*place, issue): node for place in placed
                 for issue, (node, _) in prepared.asked((number, *place)).items() if issue in issues}
        needed = {step.node for step in plan_of(network, set(nodes.values()), stay=()).steps}
        own = _above(network, needed, {node for node in needed if any(is_own(name, model) for name in drawn[node])})
        shared |= (set(nodes.values()) | {need for node in own for need in network.nodes[node].needs}) - own
        made.append((model, nodes, own))
    common = plan_of(network, shared, stay=shared)
    return Pleadings(common, tuple(
        Pleading(model, nodes, _stated(placed, facts), plan_of(network, own, stay=set(nodes.values()), known=shared))
        for (model, nodes, own), (_, placed) in zip(made, graphs, strict=True)))


def _stated(placed: Mapping[Place, Graph], facts: Collection[str]) -> dict[tuple[str, str, str], Finding]:
    return {(*place, fact): graph.findings[fact] for place, graph in placed.items() for fact in facts
            if fact in graph.findings}


def _above(network: Network, needed: Iterable[int], own: set[int]) -> set[int]:
    """Return these nodes and those that rest on them."""
    found = set(own)
    for node in sorted(needed):
        if found.intersection(network.nodes[node].needs):
            found.add(node)
    return found


def turning_points(law: Law, fact: str, stated: Iterable[Finding], more: Iterable[object] = ()) -> list[float] | None:
    """Return the values of a number or a date at which some rule of the pack changes sides, in order.

    Between two of them nothing in the pack tells one value from another. `stated` are the facts with which it may be
    compared, `more` other bounds. None where every value may count: a time limit that is computed from it, a fact that
    is not certain beside it.
    """
    if any(fact in limit.facts_used() for limit in law.time_limits.values()):
        return None
    found = {as_number(one) for one in more}
    facts = list(stated)
    for rule in law.rules.values():
        for condition in (*rule.if_, *rule.unless):
            if fact not in condition.names:
                continue
            for bound in _bounds(condition, fact, facts):
                if bound is None:
                    return None
                found.add(bound)
    return sorted(found)


def _bounds(condition: Condition, fact: str, stated: Iterable[Finding]) -> Iterable[float | None]:
    if condition.other is None:
        return [as_number(value) for value in condition.values]
    other = condition.other if condition.name == fact else condition.name
    return [finding.possible.low if finding.certain else None for finding in stated if fact_of(finding.name) == other]


def side(value: dt.date | Decimal, points: Sequence[float] | None) -> object:
    """Return on which side of each turning point a value lies: equal for two values that no rule tells apart."""
    if points is None:
        return value
    number = as_number(value)
    return bisect.bisect_left(points, number), bisect.bisect_right(points, number)
