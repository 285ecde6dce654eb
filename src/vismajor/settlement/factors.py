"""What a result may depend on: facts, open questions of law, weights, losses, each with the ends it is taken at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vismajor.case.facts import Fact
from vismajor.damages.heads import ClaimantLoss
from vismajor.law.conditions import fact_of, item_of, of_item
from vismajor.law.models import Law, Rule
from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.fixed import AS_STATED, HIGHEST, LOWEST, OTHERWISE, Fixed
from vismajor.reasoning.graph import Graph
from vismajor.reasoning.inquiry import unknown_facts, values_of
from vismajor.reasoning.switches import switch_of, unknown_as_switch, weight_switch
from vismajor.reasoning.time_limits import LimitFinding

Kind = Literal["fact", "quantity", "unknown", "question", "weight", "head"]
Weights = Mapping[str, tuple[float, float]]  # the lowest and the highest weight of each rule, in log-odds
SCALE = ("weak", "moderate", "strong", "decisive")


@dataclass(frozen=True)
class Side:
    """One end of a factor: the value taken there (of a fact, a share, a weight), and the draws that it fixes."""

    value: object
    fixed: Fixed


@dataclass(frozen=True)
class Factor:
    """One thing on which the result may depend, the ends at which it is taken, and the claimants whom it concerns.

    `name`: of the fact (`name@duty` where it is stated for one), the question, the rule, or the kind of head (of one
    claimant: the id of the head). `fact`: as it is stated first. `fitted`: the ends of a weight are those of its
    interval; otherwise a step of the scale of words below and above.
    """

    kind: Kind
    name: str
    sides: tuple[Side, ...]
    claimants: tuple[str, ...] = ()
    fact: Fact | None = None
    fitted: bool = False


def factors_of(assessment: Assessment, losses: Sequence[ClaimantLoss], places: Sequence[Place], weights: Weights
               ) -> list[Factor]:
    """Return all on which the result for these claims and duties may depend, in the order in which it is met."""
    graphs = {place: assessment.graphs[place] for place in places}
    owners = {claim.id: claim.claimant.id for claim in assessment.case.claims}
    return [*_stated(graphs, owners), *_unknown(assessment.law, graphs, owners), *_questions(graphs),
            *_weights(assessment.law, weights), *_heads(losses)]


def _stated(graphs: Mapping[Place, Graph], owners: Mapping[str, str]) -> Iterator[Factor]:
    """Yield the facts that the court may find otherwise, and the numbers and dates known within a range only."""
    drawn: dict[str, dict[str, Finding]] = {}
    whose: dict[str, dict[str, None]] = {}
    for (claim, _), graph in graphs.items():
        for finding in graph.findings.values():
            if not finding.certain and not isinstance(finding, LimitFinding):
                stated = finding.key.rpartition(":")[2]
                drawn.setdefault(stated, {}).setdefault(finding.key, finding)
                whose.setdefault(stated, {})[owners[claim]] = None
    for name, found in drawn.items():
        fact = next(iter(found.values())).fact
        kind: Kind = "quantity" if fact.value is None else "fact"
        values = (fact.value, fact.otherwise) if kind == "fact" else _ends(fact)
        prefix = "fact" if kind == "fact" else "value"
        fixed = (AS_STATED, OTHERWISE) if kind == "fact" else (HIGHEST, LOWEST)
        yield Factor(kind, name, tuple(
            Side(value, {f"{prefix}:{key}": at for key in found}) for value, at in zip(values, fixed, strict=True)),
            tuple(whose[name]), fact)


def _ends(fact: Fact) -> tuple[object, object]:
    if fact.between is not None:
        return fact.between[1], fact.between[0]
    assert fact.estimate is not None
    return fact.estimate.high, fact.estimate.low


def _unknown(law: Law, graphs: Mapping[Place, Graph], owners: Mapping[str, str]) -> Iterator[Factor]:
    whose: dict[str, dict[str, None]] = {}
    for (claim, _), graph in graphs.items():
        for name in _open(law, graph):
            whose.setdefault(fact_of(name), {})[owners[claim]] = None
    for fact, claimants in whose.items():
        values = values_of(law.vocabulary.facts[fact])
        yield Factor("unknown", fact, tuple(
            Side(value, {switch_of(fact): float(place)}) for place, value in enumerate(values, 1)), tuple(claimants))


def _open(law: Law, graph: Graph) -> Iterator[str]:
    """Yield the unknown facts that may be learnt: no matters of law, nor what a fact that is stated answers already."""
    for name in unknown_facts(law, graph):
        declaration, item = law.vocabulary.facts[fact_of(name)], item_of(name)
        known = any(other in graph.findings or of_item(other, item) in graph.findings
                    for other in declaration.answered_by)
        if not declaration.legal and not known:
            yield name


def _questions(graphs: Mapping[Place, Graph]) -> Iterator[Factor]:
    heard = [found for graph in graphs.values() for found in (*graph.arguments.values(), *graph.derivations.values())]
    asked = dict.fromkeys(argument.rule.question_id for found in heard for argument in found if 0 < argument.chance < 1)
    for name in asked:
        yield Factor("question", name, (Side(True, {f"question:{name}": AS_STATED}),
                                        Side(False, {f"question:{name}": OTHERWISE})))


def _weights(law: Law, weights: Weights) -> Iterator[Factor]:
    for rule, (low, high) in weights.items():
        switch = weight_switch(rule)
        yield Factor("weight", rule, (Side(high, {switch: 2.0}), Side(low, {switch: 1.0})),
                     fitted=interval_of(law, law.rules[rule]) is not None)


def weights_to_try(law: Law, graphs: Iterable[Graph]) -> dict[str, tuple[float, float]]:
    """Return the lowest and the highest weight of each rule that is argued, in log-odds, in the order of the pack."""
    argued = {argument.rule.id for graph in graphs for found in graph.arguments.values() for argument in found
              if not argument.knocks_out}
    return {name: weight_ends(law, rule) for name, rule in law.rules.items() if name in argued}


def weight_ends(law: Law, rule: Rule) -> tuple[float, float]:
    """Return the ends of the interval fitted to decisions, or else the words a step below and above the rule's own.

    Below the weakest word is nothing; above the strongest there is no word.
    """
    interval = interval_of(law, rule)
    if interval is not None:
        return interval
    steps = [0.0, *(float(law.weights[word]) for word in SCALE if word in law.weights)]
    at = min(range(len(steps)), key=lambda place: abs(steps[place] - float(law.weights[rule.weight or "weak"])))
    return steps[max(at - 1, 0)], steps[min(at + 1, len(steps) - 1)]


def interval_of(law: Law, rule: Rule) -> tuple[float, float] | None:
    """Return the interval of a weight as fitted to decisions, in log-odds; None where it has none of some width."""
    found = law.fitted.rules.get(rule.id) if law.fitted else None
    return (float(found.low), float(found.high)) if found and found.high > found.low else None


def _heads(losses: Sequence[ClaimantLoss]) -> Iterator[Factor]:
    """Yield the share of each head that a court may accept: of each kind for all, of each head of one claimant."""
    gathered: dict[str, list[tuple[str, str]]] = {}
    for loss in losses:
        for head in loss.heads:
            if head.accepted.low < head.accepted.high:
                name = head.head.id if len(losses) == 1 else head.head.kind
                gathered.setdefault(name, []).append((loss.claimant.id, head.head.id))
    for name, heads in gathered.items():
        draws = [f"accepted:{claimant}:{head}" for claimant, head in heads]
        sides = (Side(None, dict.fromkeys(draws, HIGHEST)), Side(None, dict.fromkeys(draws, LOWEST)))
        yield Factor("head", name, sides, tuple(dict.fromkeys(claimant for claimant, _ in heads)))


def switched(law: Law, graph: Graph) -> dict[str, Finding]:
    """Return the findings of a graph with its unknown facts as switches."""
    declared = catalog(law)
    return {**graph.findings, **{
        name: unknown_as_switch(name, fact_of(name), declared[fact_of(name)],
                                values_of(law.vocabulary.facts[fact_of(name)])) for name in _open(law, graph)}}
