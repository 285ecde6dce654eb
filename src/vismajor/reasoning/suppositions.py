"""The same worlds with some facts supposed found: only what depends on these facts is evaluated anew.

What a fact is worth is a difference between two suppositions on the same draws, so it carries little noise of its own;
where nothing depends on a fact the difference is exactly nil.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np

from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.doubts import OUTSIDE, Doubts
from vismajor.reasoning.evaluation import Answer, Prepared
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.network import FactHolds, Node
from vismajor.reasoning.time_limits import LimitFinding
from vismajor.reasoning.worlds import Column, Draws, Remembered, Truth, Worlds

Supposition = Mapping[str, object]  # the value supposed of each doubt, by key


@dataclass(frozen=True)
class Beside(Worlds):
    """The worlds of one court several times over, one part after the other: draws at a level in some of the parts.

    `levels` holds, by part, the level supposed of each draw named there. What is unknown stays so in the others.
    """

    court: Remembered | None = None
    levels: tuple[Mapping[str, float], ...] = ()

    def uniform(self, name: str) -> Column:
        """Return the draws called `name` in each part, or the level supposed of them there; shape (count,)."""
        assert self.court is not None
        court = _Drawn(self.court, {})
        if not any(name in levels for levels in self.levels):
            return np.tile(court.uniform(name), len(self.levels))
        return np.concatenate([replace(court, levels=levels).uniform(name) for levels in self.levels])

    def window(self, start: int, count: int) -> Draws:
        """Return the worlds from `start` on."""
        return _WindowBeside(self, start, count)


@dataclass(frozen=True)
class _WindowBeside:
    worlds: Beside
    start: int
    count: int

    def uniform(self, name: str) -> Column:
        """Return draws of shape (count,)."""
        return self.worlds.uniform(name)[self.start : self.start + self.count]


@dataclass(frozen=True)
class Supposed:
    """What one court finds otherwise where something is supposed: the columns that differ, by node.

    `levels` are those of the draws that the supposition settles.
    """

    levels: Mapping[str, float]
    changed: Mapping[int, Truth]


class Suppositions:
    """One court that may be supposed to find doubts resolved: evaluated once as the case stands, then in parts.

    `prepared` holds the graphs of the doubts, `court` its draws; `issues` are those whose answers are wanted. Costs a
    byte for each world and node.
    """

    def __init__(self, assessment: Assessment, doubts: Doubts, prepared: Prepared[Place], court: Worlds,
                 issues: Collection[str]) -> None:
        self._assessment = replace(assessment, graphs=doubts.graphs)
        self._prepared = prepared
        self._doubts, self._seed, self._kept = doubts, court.seed, Remembered(court)
        self._wanted = [(place, issue, node, pleading) for place in doubts.graphs
                        for issue, (node, pleading) in self._prepared.asked(place).items() if issue in issues]
        nodes = self._prepared.network.nodes
        self._leaves: dict[str, list[int]] = {}
        for number, node in enumerate(nodes):
            for key in _keys(node):
                self._leaves.setdefault(key, []).append(number)
        self._users: list[list[int]] = [[] for _ in nodes]
        for number, node in enumerate(nodes):
            for part in node.needs:
                self._users[part].append(number)
        draws = _Drawn(self._kept, {})
        self._columns: list[Truth] = []
        for node in nodes:
            self._columns.append(node.column(self._columns, draws))

    def supposing(self, supposition: Supposition) -> Supposed:
        """Return what this court finds otherwise where each doubt, by its key, is found at the value given."""
        levels = dict(self._doubts.by_key[key].draw(value) for key, value in supposition.items())
        return Supposed(levels, self._changed(supposition, _Drawn(self._kept, levels)))

    def largest_change(self, supposed: Supposed) -> float:
        """Return by how much something supposed moves the probability of an answer, at most."""
        wanted = {node for _, _, node, _ in self._wanted} & supposed.changed.keys()
        return max((abs(float(supposed.changed[node].mean() - self._columns[node].mean())) for node in wanted),
                   default=0.0)

    def answers(self, suppositions: Sequence[Supposed]) -> Assessment:
        """Return what this court answers under each supposition, side by side: `len(suppositions)` times its worlds.

        The answers are those to the issues wanted; all else of the assessment is as it was.
        """
        worlds = Beside(self._seed, self._kept.count * len(suppositions), self._kept,
                        tuple(one.levels for one in suppositions))
        columns: dict[int, Truth] = {}
        answers: dict[Place, dict[str, Answer]] = {}
        for place, issue, node, pleading in self._wanted:
            if node not in columns:
                columns[node] = np.concatenate([one.changed.get(node, self._columns[node]) for one in suppositions])
            column = columns[node]
            answers.setdefault(place, {})[issue] = Answer(issue, node, pleading, float(column.mean()), column)
        return replace(self._assessment, worlds=worlds, answers=answers)

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
