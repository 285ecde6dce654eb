"""In which order the nodes of a network are evaluated, and when a column is let go: when nothing more needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from vismajor.reasoning.network import Network, Weighed
from vismajor.reasoning.worlds import Column, Draws, Remembered, Truth


class Step(NamedTuple):
    """A node to evaluate, and the nodes and the draws (by name) that nothing after it needs."""

    node: int
    nodes_done: tuple[int, ...]
    draws_done: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The nodes to evaluate, in order, and after each the columns that may go."""

    network: Network
    steps: tuple[Step, ...]

    def columns(self, draws: Draws, known: Mapping[int, Truth] | None = None) -> dict[int, Truth]:
        """Return the columns that stay; `known` are those that the plan takes as given."""
        columns = dict(known or {})
        for number, gone, _ in self.steps:
            columns[number] = self.network.nodes[number].column(columns, draws)
            for node in gone:
                del columns[node]
        return columns

    def walk(self, draws: Remembered) -> Iterator[tuple[int, Truth, Column | None]]:
        """Yield each node with its column and, where it is weighed, its log-odds (see `Weighed.score`)."""
        columns: dict[int, Truth] = {}
        nodes = self.network.nodes
        for number, gone, drawn in self.steps:
            node, score = nodes[number], None
            if isinstance(node, Weighed):
                score, column = node.judged(columns, draws)
            else:
                column = node.column(columns, draws)
            columns[number] = column
            if drawn:
                draws.forget(drawn)
            yield number, column, score
            for one in gone:
                del columns[one]


def plan_of(network: Network, wanted: Collection[int], stay: Collection[int], known: Collection[int] = (),
            draws: bool = False) -> Plan:
    """Plan the evaluation of the nodes that are `wanted` and of all that they are made of, but for what is `known`.

    The columns of those that `stay`, and what is known, are never let go; draws are where `draws` says so.
    """
    needed = _needed(network, wanted, known)
    last: dict[int, int] = {}
    for node in needed:
        last |= dict.fromkeys((node, *network.nodes[node].needs), node)
    gone: dict[int, list[int]] = {}
    for need, node in last.items():
        if need not in stay and need not in known:
            gone.setdefault(node, []).append(need)
    names = _last_drawn(network, needed) if draws else {}
    return Plan(network, tuple(Step(node, tuple(gone.get(node, ())), tuple(names.get(node, ()))) for node in needed))


def _last_drawn(network: Network, needed: Iterable[int]) -> dict[int, list[str]]:
    """Return, by node, the draws that no node after it looks at."""
    drawn, last, found = drawn_by(network), dict[str, int](), dict[int, list[str]]()
    for node in needed:
        last |= dict.fromkeys(drawn[node], node)
    for name, node in last.items():
        found.setdefault(node, []).append(name)
    return found


@dataclass
class _Recorder:
    """One world in which it is noted what is drawn."""

    count: int = 1
    names: set[str] = field(default_factory=set)

    def uniform(self, name: str) -> Column:
        """Note the name, and return a middle draw."""
        self.names.add(name)
        return np.full(1, 0.5)


def drawn_by(network: Network) -> list[set[str]]:
    """Return the names of what each node draws itself."""
    found, columns = list[set[str]](), list[Truth]()
    for node in network.nodes:
        recorder = _Recorder()
        columns.append(node.column(columns, recorder))
        found.append(recorder.names)
    return found


def _needed(network: Network, wanted: Collection[int], known: Collection[int]) -> list[int]:
    found, left = set[int](), list(wanted)
    while left:
        node = left.pop()
        if node not in found and node not in known:
            found.add(node)
            left += network.nodes[node].needs
    return sorted(found)
