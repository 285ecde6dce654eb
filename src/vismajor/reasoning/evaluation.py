"""Evaluates argument graphs over all worlds at once, a window of worlds after the other.

Issues are met in an order in which each comes after all that it depends on (a pack is acyclic). A weighed issue adds
up log-odds: the prior (the burden), the weights of the applicable arguments, at most one per group and side; the
judge's appraisal adds a logistic draw, so that over the worlds the probability is the logistic of the sum. An
undercut argument counts nothing; a knock-out decides. Where decisions were looked at, the prior of an issue is theirs
once who bears the burden shows something, in proportion to its weight; with nothing shown the burden decides. The
structure follows Carneades argument evaluation structures (Gordon & Walton, COMMA 2016): premises, undercutters,
weighing, acceptance.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from vismajor.law.conditions import Condition
from vismajor.law.models import Issue, Law
from vismajor.reasoning.graph import Argument, Graph
from vismajor.reasoning.network import FALSE, TRUE, Network
from vismajor.reasoning.parallel import over_windows
from vismajor.reasoning.plan import Plan, plan_of
from vismajor.reasoning.worlds import WINDOW, Column, Draws, Remembered, Truth

K = TypeVar("K")
STRONG = 2.0  # log-odds of an argument that lifts the burden wholly; a weaker one lifts it in proportion
NO: Truth = np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True)
class Heard:
    """One argument over the worlds: the share in which its premises hold and the court follows it (`raised`), the share
    in which it counts (`applies`: raised and not undercut), and the share in which each exception is met.
    """

    argument: Argument
    raised: float
    applies: float
    undercut_by: tuple[tuple[Condition, float], ...]


@dataclass(frozen=True)
class Answer:
    """The answer to one issue over the worlds.

    `probability` is the share of the worlds in which it holds, `holds` its column, of shape (worlds,), empty where it
    was not kept. `score` is the mean log-odds of a weighed issue, `conflict` the share of the worlds in which two
    rules knock out in opposite senses. `key` is equal for two claimants whose answer is the same column; `pleading` for
    two who plead the same, even if each has facts of its own still to be found.
    """

    issue: str
    key: int
    pleading: int
    probability: float
    holds: Truth
    score: float | None = None
    heard: tuple[Heard, ...] = ()
    conflict: float = 0.0


@dataclass(frozen=True)
class _Argued:
    argument: Argument
    raised: int
    applies: int
    exceptions: tuple[tuple[Condition, int], ...]


@dataclass(frozen=True)
class _Asked:
    issue: str
    node: int
    pleading: int
    conflict: int = FALSE
    argued: tuple[_Argued, ...] = ()


@dataclass
class Prepared(Generic[K]):
    """Graphs of one case made into one network: prepared once, evaluated on as many worlds as one likes."""

    law: Law
    graphs: Mapping[K, Graph]
    _network: Network = field(default_factory=Network, init=False, repr=False)
    _asked: dict[K, list[_Asked]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._asked = {at: _Builder(self.law, self._network, graph).ask() for at, graph in self.graphs.items()}

    @property
    def network(self) -> Network:
        """The arguments of all graphs as one network."""
        return self._network

    def asked(self, at: K) -> Mapping[str, tuple[int, int]]:
        """Return the node that answers each issue for one graph, and its pleading (see `Answer`), by issue id."""
        return {question.issue: (question.node, question.pleading) for question in self._asked[at]}

    def answers(self, draws: Draws, keep: Collection[str] | None = None) -> dict[K, dict[str, Answer]]:
        """Return the answers for each graph. `keep` names the issues whose columns are wanted (None: all of them).

        Memory grows with the columns kept (a byte a world, once for all who share it), not with the arguments.
        """
        run = _run(self._long_plan if draws.count > 2 * WINDOW else self._plan, draws, {
            question.node for questions in self._asked.values() for question in questions
            if keep is None or question.issue in keep})
        return {at: {question.issue: run.answer(question) for question in questions}
                for at, questions in self._asked.items()}


    @cached_property
    def _plan(self) -> Plan:
        return plan_of(self._network, range(len(self._network.nodes)), stay=())

    @cached_property
    def _long_plan(self) -> Plan:
        """The plan for many worlds at a time: their draws are let go as well."""
        return plan_of(self._network, range(len(self._network.nodes)), stay=(), draws=True)


@dataclass(frozen=True)
class Evaluation:
    """Evaluates one graph after the other on the same draws."""

    law: Law
    draws: Draws

    def answers(self, graph: Graph, keep: Collection[str] | None = None) -> dict[str, Answer]:
        """Return the answer to every issue of the pack for this graph, by issue id (see `Prepared.answers`)."""
        return Prepared(self.law, {"": graph}).answers(self.draws, keep)[""]


@dataclass
class _Run:
    """What a run over the windows adds up: worlds in which each node holds, scores, the columns kept."""

    worlds: int
    counts: list[int]
    scores: dict[int, float]
    kept: dict[int, Truth]

    def share(self, node: int) -> float:
        return self.counts[node] / self.worlds

    def answer(self, asked: _Asked) -> Answer:
        heard = tuple(
            Heard(a.argument, self.share(a.raised), self.share(a.applies),
                  tuple((condition, self.share(node)) for condition, node in a.exceptions)) for a in asked.argued
        )
        node = asked.node
        score = self.scores[node] / self.worlds if node in self.scores else None
        return Answer(asked.issue, node, asked.pleading, self.share(node), self.kept.get(node, NO), score,
                      heard, self.share(asked.conflict))


def _run(plan: Plan, draws: Draws, wanted: Collection[int]) -> _Run:
    run = _Run(draws.count, [0] * len(plan.steps), {},
               {node: np.empty(draws.count, dtype=np.bool_) for node in wanted})

    def evaluate(start: int, window: Remembered) -> tuple[list[int], dict[int, list[float]]]:
        counts, scores = [0] * len(plan.steps), dict[int, list[float]]()
        for number, column, score in plan.walk(window):
            counts[number] = int(np.count_nonzero(column))
            if score is not None:
                scores[number] = _sums(score, window.count)
            if number in run.kept:
                run.kept[number][start : start + window.count] = column
        return counts, scores

    for counts, scores in over_windows(draws, evaluate):
        run.counts = [before + count for before, count in zip(run.counts, counts, strict=True)]
        for number, sums in scores.items():
            for one in sums:
                run.scores[number] = run.scores.get(number, 0.0) + one
    return run


def _sums(score: Column, count: int) -> list[float]:
    """Return the sums of a score over each window of `count` worlds: added up in this order whatever is evaluated."""
    if score.size == 1:  # the same in every world, or one world: NumPy takes longer to find the mean than all the rest
        return [score.item() * min(WINDOW, count - start) for start in range(0, count, WINDOW)]
    return [float(score[start : start + WINDOW].mean()) * min(WINDOW, count - start)
            for start in range(0, count, WINDOW)]


@dataclass
class _Builder:
    """Adds one graph to a network, in the order of the pack."""

    law: Law
    network: Network
    graph: Graph
    answered: dict[str, int] = field(default_factory=dict)
    pleaded: dict[str, int] = field(default_factory=dict)
    derived: dict[str, list[tuple[bool | str, int]]] = field(default_factory=dict)

    def ask(self) -> list[_Asked]:
        asked: dict[str, _Asked] = {}
        for name in self.law.order:
            if name in self.law.issues:
                asked[name] = self._issue(self.law.issues[name])
                self.answered[name], self.pleaded[name] = asked[name].node, asked[name].pleading
            else:
                for fact in self.graph.derived_names(name):
                    self.derived[fact] = [
                        (argument.rule.concludes[1], self._argued(argument).applies)
                        for argument in self.graph.derivations[fact]
                    ]
        return [asked[issue] for issue in self.law.issues]

    def _issue(self, issue: Issue) -> _Asked:
        if issue.id in self.law.given:
            node = TRUE if self.law.given[issue.id] else FALSE
            return _Asked(issue.id, node, self._pleading(node))
        if issue.weigh is None:
            elements = [self.answered[name] if expected else self.network.opposite(self.answered[name])
                        for name, expected in issue.elements()]
            node = self.network.combined(bool(issue.all), elements)
            return _Asked(issue.id, node, self._pleading(node, *(self.pleaded[name] for name, _ in issue.elements())))
        appraisal = f"appraisal:{issue.id}"
        if issue.per_duty and issue.appraisal == "per_duty":
            appraisal += f"@{self.graph.duty}"
        argued = tuple(self._argued(argument) for argument in self.graph.arguments.get(issue.id, ()))
        weights = [(a.applies, a.argument.weight) for a in argued if not a.argument.knocks_out]
        alone = [pair for pair, a in zip(weights, self._weighing(argued), strict=True) if a.argument.rule.group is None]
        groups: dict[tuple[str, bool], list[tuple[int, float]]] = {}
        for pair, a in zip(weights, self._weighing(argued), strict=True):
            if a.argument.rule.group is not None:
                groups.setdefault((a.argument.rule.group, a.argument.argues_for), []).append(pair)
        knock_in, knock_out = (
            self.network.any_of(*(a.applies for a in argued if a.argument.knocks_out and a.argument.argues_for is side))
            for side in (True, False)
        )
        burden, shown = float(issue.weigh.prior), self.law.shown(issue)
        raised = [(a.applies, (shown - burden) * min(1.0, abs(a.argument.weight) / STRONG)) for a in argued
                  if a.argument.argues_for] if shown is not None and shown > burden else []
        node = self.network.weighed(
            issue.id, appraisal, burden if shown is None else min(burden, shown), alone, [*groups.values(), raised],
            knock_in, knock_out, self.law.appraised_with(issue.id))
        pleading = self._pleading(node, *(self._pleaded(a) for a in argued))
        return _Asked(issue.id, node, pleading, self.network.all_of(knock_in, knock_out), argued)

    def _pleading(self, node: int, *parts: Hashable) -> int:
        """Name a pleading: the answer, and the rules on which it is argued (equal weights may rest on other texts)."""
        return self.network.alike(self.network.pleadings[node], *parts)

    def _pleaded(self, argued: _Argued) -> Hashable:
        conditions = (*argued.argument.premises, *argued.argument.exceptions)
        issues = tuple(self.pleaded[c.name] for c in conditions if c.on_issue)
        names = [name for c in conditions if not c.on_issue for name in self._names(c)]
        concluded = tuple(a.rule.id for name in names for a in self.graph.derivations.get(name, ()))
        # What is folded away in the network still shows in what is told: who contests which fact.
        found = [self.graph.findings[name] for name in names if name in self.graph.findings]
        stated = tuple((finding.fact.status, finding.certain or finding.content) for finding in found)
        return (argued.argument.rule.id, self.network.pleadings[argued.applies], issues, concluded, stated)

    def _names(self, condition: Condition) -> list[str]:
        """Return the names, in this graph, of the facts that a condition speaks of."""
        if condition.quantifier:
            return self.graph.looked_at(condition)
        return list(condition.names)

    @staticmethod
    def _weighing(argued: Iterable[_Argued]) -> list[_Argued]:
        return [a for a in argued if not a.argument.knocks_out]

    def _argued(self, argument: Argument) -> _Argued:
        raised = self.network.all_of(
            *(self._condition(condition) for condition in argument.premises),
            self.network.followed(argument.rule.question_id, argument.chance),
        )
        exceptions = tuple((condition, self._condition(condition)) for condition in argument.exceptions
                           if self.graph.possible(condition))
        undercut = self.network.any_of(*(node for _, node in exceptions))
        return _Argued(argument, raised, self.network.all_of(raised, self.network.opposite(undercut)), exceptions)

    def _condition(self, condition: Condition) -> int:
        if condition.on_issue:
            node = self.answered[condition.name]
            return node if condition.values[0] else self.network.opposite(node)
        if condition.quantifier:
            each = [self._fact(condition.of(name)) for name in self._names(condition)]
            return self.network.combined(condition.quantifier == "every", each) if each else FALSE
        return self._fact(condition)

    def _fact(self, condition: Condition) -> int:
        finding = self.graph.findings.get(condition.name)
        if condition.other is not None:
            other = self.graph.findings.get(condition.other)
            return self.network.fact(finding, condition, other) if finding and other else FALSE
        if finding is not None:
            return self.network.fact(finding, condition)
        met = [node for value, node in self.derived.get(condition.name, ())
               if (value in condition.values) == (condition.operator == "=")]
        return self.network.any_of(*met)


