"""In which order the nodes of a network are evaluated, and when a column is let go: when nothing more needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from vismajor.reasoning.network import Network, Weighed
from vismajor.reasoning.worlds import Column, Draws, Truth


@dataclass(frozen=True)
class Plan:
    """The nodes to evaluate, in order, and after each the ones whose columns may go."""

    network: Network
    steps: tuple[tuple[int, tuple[int, ...]], ...]

    def columns(self, draws: Draws, known: Mapping[int, Truth] | None = None) -> dict[int, Truth]:
        """Return the columns that stay; `known` are those that the plan takes as given."""
        columns = dict(known or {})
        for number, gone in self.steps:
            columns[number] = self.network.nodes[number].column(columns, draws)
            for node in gone:
                del columns[node]
        return columns

    def walk(self, draws: Draws) -> Iterator[tuple[int, Truth, Column | None]]:
        """Yield each node with its column and, where it is weighed, its log-odds (see `Weighed.score`)."""
        columns: dict[int, Truth] = {}
        for number, gone in self.steps:
            node, score = self.network.nodes[number], None
            if isinstance(node, Weighed):
                score, columns[number] = node.judged(columns, draws)
            else:
                columns[number] = node.column(columns, draws)
            yield number, columns[number], score
            for one in gone:
                del columns[one]


def plan_of(network: Network, wanted: Collection[int], stay: Collection[int], known: Collection[int] = ()) -> Plan:
    """Plan the evaluation of the nodes that are `wanted` and of all that they are made of, but for what is `known`.

    The columns of those that `stay`, and what is known, are never let go.
    """
    needed = _needed(network, wanted, known)
    last: dict[int, int] = {}
    for node in needed:
        last |= dict.fromkeys((node, *network.nodes[node].needs), node)
    gone: dict[int, list[int]] = {}
    for need, node in last.items():
        if need not in stay and need not in known:
            gone.setdefault(node, []).append(need)
    return Plan(network, tuple((node, tuple(gone.get(node, ()))) for node in needed))


def _needed(network: Network, wanted: Collection[int], known: Collection[int]) -> list[int]:
    found, left = set[int](), list(wanted)
    while left:
        node = left.pop()
        if node not in found and node not in known:
            found.add(node)
            left += network.nodes[node].needs
    return sorted(found)
