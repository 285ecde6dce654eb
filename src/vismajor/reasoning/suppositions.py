"""The same worlds with some facts supposed found: only what depends on these facts is evaluated anew.

What a fact is worth is a difference between two suppositions on the same draws, so it carries little noise of its own;
where nothing depends on a fact the difference is exactly nil.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

import numpy as np

from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.doubts import OUTSIDE, Doubts
from vismajor.reasoning.evaluation import Answer, Prepared
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.network import Combined, FactHolds, Node, Opposite, Weighed
from vismajor.reasoning.time_limits import LimitFinding
from vismajor.reasoning.worlds import Column, Remembered, Truth, Window, Worlds

Supposition = Mapping[str, object]  # the value supposed of each doubt, by key


@dataclass(frozen=True)
class Supposed(Worlds):
    """The worlds of one court in which the draws named in `levels` are the same everywhere; no unknown fact else."""

    court: Worlds = field(default_factory=lambda: Worlds(""))
    levels: Mapping[str, float] = field(default_factory=dict)
    kept: Remembered | None = field(default=None, compare=False, repr=False)

    def uniform(self, name: str) -> Column:
        """Return the draws called `name`, or the level supposed of them; shape (count,)."""
        level = self._level(name)
        return (self.kept or self.court).uniform(name) if level is None else np.full(self.count, level)

    def window(self, start: int, count: int) -> Window:
        """Return the worlds from `start` on (a multiple of four)."""
        return _SupposedWindow(self.court, start, count, self)

    def _level(self, name: str) -> float | None:
        return self.levels.get(name, 0.0 if name.startswith(OUTSIDE) else None)


@dataclass(frozen=True)
class _SupposedWindow(Window):
    whole: Supposed | None = None

    def uniform(self, name: str) -> Column:
        level = self.whole._level(name) if self.whole else None
        return self.worlds.window(self.start, self.count).uniform(name) if level is None else np.full(self.count, level)


class Suppositions:
    """One court that may be supposed to find doubts resolved: evaluated once as the case stands, then in parts.

    `court` holds its draws; `issues` are those whose answers are wanted. Costs a byte for each world and node.
    """

    def __init__(self, assessment: Assessment, doubts: Doubts, court: Worlds, issues: Collection[str]) -> None:
        self._assessment = replace(assessment, graphs=doubts.graphs)
        self._prepared = Prepared(assessment.law, doubts.graphs)
        self._doubts, self._court, self._kept = doubts, court, Remembered(court)
        self._wanted = [(place, issue, node, pleading) for place in doubts.graphs
                        for issue, (node, pleading) in self._prepared.asked(place).items() if issue in issues]
        nodes = self._prepared.network.nodes
        self._leaves: dict[str, list[int]] = {}
        for number, node in enumerate(nodes):
            for key in _keys(node):
                self._leaves.setdefault(key, []).append(number)
        self._users: list[list[int]] = [[] for _ in nodes]
        for number, node in enumerate(nodes):
            for part in _parts(node):
                self._users[part].append(number)
        draws = _Drawn(self._kept, {})
        self._columns: list[Truth] = []
        for node in nodes:
            self._columns.append(node.column(self._columns, draws))

    def as_it_stands(self) -> Assessment:
        """Return what this court answers where nothing is supposed."""
        return self._answered({}, self._worlds({}))

    def supposing(self, supposition: Supposition) -> tuple[Assessment, frozenset[str]]:
        """Return what this court answers, and the claims for which an answer differs in some world.

        The answers are those to the issues wanted; all else of the assessment is as it was.
        """
        levels = dict(self._doubts.by_key[key].draw(value) for key, value in supposition.items())
        changed = self._changed(supposition, _Drawn(self._kept, levels))
        moved = frozenset(place[0] for place, _, node, _ in self._wanted if node in changed)
        return self._answered(changed, self._worlds(levels)), moved

    def largest_change(self, supposition: Supposition) -> float:
        """Return by how much the supposition moves the probability of an answer, at most."""
        levels = dict(self._doubts.by_key[key].draw(value) for key, value in supposition.items())
        changed = self._changed(supposition, _Drawn(self._kept, levels))
        wanted = {node for _, _, node, _ in self._wanted} & changed.keys()
        return max((abs(float(changed[node].mean() - self._columns[node].mean())) for node in wanted), default=0.0)

    def _worlds(self, levels: Mapping[str, float]) -> Supposed:
        return Supposed(self._court.seed, self._court.count, self._court, levels, self._kept)

    def _changed(self, keys: Collection[str], draws: _Drawn) -> dict[int, Truth]:
        """Return the columns that differ from those where nothing is supposed, by node."""
        nodes, columns = self._prepared.network.nodes, list(self._columns)
        changed: dict[int, Truth] = {}
        waiting = sorted({number for key in keys for number in self._leaves.get(key, ())})
        while waiting:
            number = heappop(waiting)  # a node comes after all that it is made of
            if waiting and waiting[0] == number:
                continue  # it waits once for each of its parts that differs
            column = nodes[number].column(columns, draws)
            if not np.array_equal(column, self._columns[number]):
                columns[number] = changed[number] = column
                for user in self._users[number]:
                    heappush(waiting, user)
        return changed

    def _answered(self, changed: Mapping[int, Truth], worlds: Worlds) -> Assessment:
        answers: dict[tuple[str, str], dict[str, Answer]] = {}
        for place, issue, node, pleading in self._wanted:
            column = changed.get(node, self._columns[node])
            answers.setdefault(place, {})[issue] = Answer(issue, node, pleading, float(column.mean()), column)
        return replace(self._assessment, worlds=worlds, answers=answers)


@dataclass(frozen=True)
class _Drawn:
    """Draws kept for reuse, some of them at a level that is supposed."""

    kept: Remembered
    levels: Mapping[str, float]

    @property
    def count(self) -> int:
        return self.kept.count

    def uniform(self, name: str) -> Column:
        if name in self.levels or name.startswith(OUTSIDE):
            return np.full(self.count, self.levels.get(name, 0.0))
        return self.kept.uniform(name)


def _keys(node: Node) -> Sequence[str]:
    """Return the keys of the facts of which a node asks."""
    if not isinstance(node, FactHolds):
        return ()
    return [key for finding in (node.finding, node.other) if finding is not None for key in _keys_of(finding)]


def _keys_of(finding: Finding) -> list[str]:
    if isinstance(finding, LimitFinding):
        return [key for one in finding.inputs.values() for key in _keys_of(one)]
    return [finding.key]


def _parts(node: Node) -> Sequence[int]:
    """Return the nodes that a node is made of."""
    if isinstance(node, Opposite):
        return (node.node,)
    if isinstance(node, Combined):
        return node.nodes
    if isinstance(node, Weighed):
        grouped = (number for _, members in node.groups for number, _ in members)
        return tuple(dict.fromkeys((*(number for number, _ in node.weights), *grouped, node.knock_in, node.knock_out)))
    return ()
