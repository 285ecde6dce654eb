"""The arguments of all claimants and duties as one network of truths, each of them once.

Nodes are interned: two claimants who plead the same on the same draws share a node, and what is certain is folded
away when the network is made. A node's column is its truth in each world; nodes come after all that they need.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from vismajor.law.conditions import Condition
from vismajor.reasoning.findings import Finding, compared
from vismajor.reasoning.worlds import Column, Draws, Truth

Columns = Sequence[Truth] | Mapping[int, Truth]  # by the number of the node
FALSE, TRUE = 0, 1  # the first two nodes
TABULATED = 8  # truths of which every combination is weighed once, so that a world looks its own up: 256 at most


class Node(Protocol):
    """One truth, world by world; `needs` are the nodes that it is made of."""

    @property
    def needs(self) -> tuple[int, ...]:
        """The nodes that come before it."""

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return the truth in each world; shape (draws.count,)."""


@dataclass(frozen=True)
class Constant:
    """What is the same in every world."""

    value: bool
    needs: ClassVar[tuple[int, ...]] = ()

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return the value in each world."""
        return np.full(draws.count, self.value)


@dataclass(frozen=True)
class FactHolds:
    """Whether the court finds a fact so; `other` is the fact with which it is compared, where it is."""

    finding: Finding
    condition: Condition
    other: Finding | None = None
    needs: ClassVar[tuple[int, ...]] = ()

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return the truth of the condition."""
        if self.other is not None:
            found = compared(self.finding, self.condition.operator, self.other, draws)
        else:
            found = self.finding.holds(self.condition, draws) if self._sides is None else self.finding.drawn(
                self._sides, draws)
        return found if found.shape else np.full(draws.count, found)

    @cached_property
    def _sides(self) -> tuple[bool, bool] | None:
        return self.finding.sides(self.condition)


@dataclass(frozen=True)
class Followed:
    """Whether this court answers an open question of law as a rule does."""

    question: str
    chance: float
    needs: ClassVar[tuple[int, ...]] = ()

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return the answer."""
        return draws.uniform(f"question:{self.question}") < self.chance


@dataclass(frozen=True)
class Opposite:
    """The negation of a node."""

    node: int

    @property
    def needs(self) -> tuple[int, ...]:
        """The node that is negated."""
        return (self.node,)

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return the negation."""
        return ~columns[self.node]


@dataclass(frozen=True)
class Combined:
    """All of several nodes, or any of them."""

    every: bool
    nodes: tuple[int, ...]

    @property
    def needs(self) -> tuple[int, ...]:
        """The nodes that are combined."""
        return self.nodes

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return the conjunction or the disjunction."""
        found = columns[self.nodes[0]]
        for node in self.nodes[1:]:
            found = found & columns[node] if self.every else found | columns[node]
        return found


@dataclass(frozen=True)
class Weighed:
    """An issue that is weighed: log-odds that apply (`weights`, by node), at most one per group, then knock-outs.

    `base` holds the burden and what applies in every world. The judge's appraisal is a logistic draw: the issue holds
    where the draw's quantile lies above 1 / (1 + exp(score)), so that its probability is the logistic of the score.
    `together` is a composite issue and how often a court appraises its elements as one, by a single draw for all: then
    the strictest of them decides. The probability of each element stays the same.
    """

    appraisal: str
    base: float
    weights: tuple[tuple[int, float], ...]
    groups: tuple[tuple[float, tuple[tuple[int, float], ...]], ...]
    knock_in: int
    knock_out: int
    together: tuple[str, float] | None = None

    @cached_property
    def needs(self) -> tuple[int, ...]:
        """The nodes that are weighed, and the knock-outs."""
        return (*self._weighed, self.knock_in, self.knock_out)

    @cached_property
    def _weighed(self) -> tuple[int, ...]:
        members = [pair for _, group in self.groups for pair in group]
        return tuple(dict.fromkeys(node for node, _ in (*self.weights, *members)))

    @cached_property
    def _scores(self) -> Column:
        """The log-odds of every combination of what is weighed; shape (2 ** number of nodes,)."""
        combinations = np.arange(1 << len(self._weighed))
        return self.score({node: (combinations >> place & 1).astype(np.bool_)
                           for place, node in enumerate(reversed(self._weighed))})

    @cached_property
    def _bars(self) -> Column:
        return bar_of(self._scores)

    def _combination(self, columns: Columns, count: int) -> NDArray[np.uint8] | None:
        """Return which combination each world has; None where it is not worth a table."""
        weighed = self._weighed
        if not 0 < len(weighed) <= TABULATED or count < 1 << len(weighed):
            return None
        place = columns[weighed[0]].astype(np.uint8)
        for node in weighed[1:]:
            place += place
            place |= columns[node].view(np.uint8)
        return place

    def score(self, columns: Columns) -> Column:
        """Return the log-odds of the issue, before knock-outs; shape () when they are the same in every world."""
        score = np.asarray(self.base)
        for node, weight in self.weights:
            score = score + columns[node] * weight
        for start, members in self.groups:
            heaviest = np.asarray(start)
            for node, weight in members:
                heavier = np.maximum if weight > 0 else np.minimum
                heaviest = heavier(heaviest, columns[node] * weight)
            score = score + heaviest
        return score

    def column(self, columns: Columns, draws: Draws) -> Truth:
        """Return where the court answers yes."""
        place = self._combination(columns, draws.count)
        return self.decided(bar_of(self.score(columns)) if place is None else self._bars.take(place), columns, draws)

    def judged(self, columns: Columns, draws: Draws) -> tuple[Column, Truth]:
        """Return the log-odds (see `score`), and where the court answers yes."""
        place = self._combination(columns, draws.count)
        if place is None:
            score = self.score(columns)
            return score, self.decided(bar_of(score), columns, draws)
        return self._scores.take(place), self.decided(self._bars.take(place), columns, draws)

    def decided(self, bar: Column, columns: Columns, draws: Draws) -> Truth:
        """Return where the judge's appraisal lies above the bar that the log-odds set."""
        quantile = draws.uniform(self.appraisal)
        if self.together is not None:
            composite, share = self.together
            as_one = draws.uniform(f"together:{composite}") < share
            quantile = np.where(as_one, draws.uniform(f"impression:{composite}"), quantile)
        holds = quantile > bar
        # Two knock-outs in opposite senses leave the issue to its weight, and are told as a conflict.
        if self.knock_in != FALSE:
            holds = holds | (columns[self.knock_in] & ~columns[self.knock_out])
        if self.knock_out != FALSE:
            holds = holds & ~(columns[self.knock_out] & ~columns[self.knock_in])
        return holds


def bar_of(score: Column) -> Column:
    """Return the quantile above which an appraisal answers yes."""
    with np.errstate(over="ignore"):
        bar: Column = 1.0 / (1.0 + np.exp(score))
        return bar


@dataclass
class Network:
    """Nodes in an order in which each comes after what it needs; `pleadings` names those that are alike.

    Two nodes have the same pleading when they differ only in whose facts are drawn: their columns then differ, their
    probability does not.
    """

    nodes: list[Node] = field(default_factory=lambda: [Constant(False), Constant(True)])
    pleadings: list[int] = field(default_factory=lambda: [FALSE, TRUE])
    _known: dict[Hashable, int] = field(default_factory=dict, repr=False)
    _alike: dict[Hashable, int] = field(default_factory=dict, repr=False)

    def add(self, node: Node, key: Hashable, alike: Hashable) -> int:
        """Return the number of the node of this `key`, added if it is new; `alike` names its pleading."""
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.nodes)
            self.nodes.append(node)
            self.pleadings.append(self._alike.setdefault(alike, number))
        return number

    def alike(self, *parts: Hashable) -> int:
        """Return one number for equal parts: the name of a pleading that is no node of its own."""
        return self._alike.setdefault(("pleading", *parts), -1 - len(self._alike))

    def opposite(self, node: int) -> int:
        """Return the negation of a node."""
        if node in (FALSE, TRUE):
            return TRUE if node == FALSE else FALSE
        return self.add(Opposite(node), ("not", node), ("not", self.pleadings[node]))

    def combined(self, every: bool, nodes: Iterable[int]) -> int:
        """Return all of the nodes (`every`), or any of them: folded where one of them decides."""
        neutral, decides = (TRUE, FALSE) if every else (FALSE, TRUE)
        kept = tuple(dict.fromkeys(node for node in nodes if node != neutral))
        if decides in kept:
            return decides
        if len(kept) < 2:
            return kept[0] if kept else neutral
        kept = tuple(sorted(kept))
        alike = ("all" if every else "any", *sorted(self.pleadings[node] for node in kept))
        return self.add(Combined(every, kept), (every, kept), alike)

    def all_of(self, *nodes: int) -> int:
        """Return the conjunction of nodes."""
        return self.combined(True, nodes)

    def any_of(self, *nodes: int) -> int:
        """Return the disjunction of nodes."""
        return self.combined(False, nodes)

    def fact(self, finding: Finding, condition: Condition, other: Finding | None = None) -> int:
        """Return whether a fact is found so: a constant where it is certain."""
        node = FactHolds(finding, condition, other)
        if finding.certain and (other is None or other.certain):
            return TRUE if bool(np.all(node.column([], _ONE))) else FALSE
        said = str(condition.plain)
        sides = (finding,) if other is None else (finding, other)
        alike = ("fact", said, *(side.content for side in sides))
        return self.add(node, (*alike, *(side.key for side in sides)), alike)

    def followed(self, question: str, chance: float) -> int:
        """Return whether an open question is answered so."""
        if chance >= 1:
            return TRUE
        return self.add(Followed(question, chance), ("question", question, chance), ("question", question, chance))

    def weighed(self, issue: str, appraisal: str, prior: float, weights: Sequence[tuple[int, float]],
                groups: Sequence[Sequence[tuple[int, float]]], knock_in: int, knock_out: int,
                together: tuple[str, float] | None = None) -> int:
        """Return a weighed issue; what applies everywhere, or nowhere, is folded into its base."""
        certain = [weight for node, weight in weights if node == TRUE]
        open_ = tuple(sorted(((n, w) for n, w in weights if n not in (FALSE, TRUE)), key=_by_weight))
        grouped = []
        for members in groups:
            start = max((weight for node, weight in members if node == TRUE), key=abs, default=0.0)
            rest = tuple(sorted(((n, w) for n, w in members if n not in (FALSE, TRUE) and abs(w) > abs(start)),
                                key=_by_weight))
            certain += [] if rest else [start]
            grouped += [(start, rest)] if rest else []
        grouped.sort(key=lambda group: (group[0], [_by_weight(pair) for pair in group[1]]))
        base = math.fsum([prior, *certain])
        node = Weighed(appraisal, base, open_, tuple(grouped), knock_in, knock_out, together)

        def named(pairs: Iterable[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
            return tuple(sorted((self.pleadings[number], weight) for number, weight in pairs))

        alike = ("weighed", issue, appraisal, base, named(open_),
                 tuple(sorted((start, named(rest)) for start, rest in grouped)),
                 self.pleadings[knock_in], self.pleadings[knock_out], together)
        return self.add(node, ("weighed", issue, node), alike)


def _by_weight(pair: tuple[int, float]) -> tuple[float, int]:
    """Order by weight first: a sum of floats must not depend on the order of the rules."""
    return pair[1], pair[0]


@dataclass(frozen=True)
class _OneWorld:
    count: int = 1

    def uniform(self, name: str) -> Column:
        """Return a middle draw: what is certain does not look at it."""
        return np.full(1, 0.5)


_ONE = _OneWorld()
