"""A case answered again and again with some draws fixed: only what these reach is computed anew.

The network of arguments is evaluated once, with what each node asks to be drawn. A trial starts from the nodes that ask
for a draw which it fixes, and follows what is made of them as long as a column changes.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.evaluation import Answer, Prepared
from vismajor.reasoning.fixed import Fixed, FixedWorlds, Listening
from vismajor.reasoning.worlds import Truth

K = TypeVar("K", bound=Hashable)


@dataclass
class Trials(Generic[K]):
    """Graphs prepared together, evaluated on `worlds`, and again with draws fixed; columns are of shape (worlds,)."""

    prepared: Prepared[K]
    worlds: FixedWorlds
    columns: list[Truth] = field(default_factory=list, init=False, repr=False)
    means: list[float] = field(default_factory=list, init=False, repr=False)
    _askers: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False)
    _users: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for number, node in enumerate(self.prepared.network.nodes):
            heard = Listening(self.worlds)
            self.columns.append(node.column(self.columns, heard))
            self.means.append(float(self.columns[number].mean()))
            for name in heard.asked:
                self._askers.setdefault(name, []).append(number)
            for need in node.needs:
                self._users.setdefault(need, []).append(number)

    def changed(self, fixed: Fixed) -> dict[int, Truth]:
        """Return the columns that differ from those without anything fixed, by node."""
        columns, draws = list(self.columns), self.worlds.fixing(fixed)
        waiting = sorted({number for name in fixed for number in self._askers.get(name, ())})
        changed: dict[int, Truth] = {}
        while waiting:
            number = heapq.heappop(waiting)
            while waiting and waiting[0] == number:
                heapq.heappop(waiting)
            found = self.prepared.network.nodes[number].column(columns, draws)
            if not np.array_equal(found, self.columns[number]):
                columns[number] = changed[number] = found
                for user in self._users.get(number, ()):
                    heapq.heappush(waiting, user)
        return changed

    def answers(self, at: K, issues: Collection[str], changed: Mapping[int, Truth],
                where: NDArray[np.intp] | None = None) -> dict[str, Answer]:
        """Return the answers to some issues for one graph where some columns are changed: their columns alone.

        Of shape (worlds,), or those of the worlds at the positions `where`.
        """
        found = {}
        for issue, (node, pleading) in self.prepared.asked(at).items():
            if issue in issues:
                column = changed.get(node, self.columns[node])
                found[issue] = Answer(issue, node, pleading, self.mean(node, changed),
                                      column if where is None else column[where])
        return found

    def apart(self, nodes: Collection[int], changed: Mapping[int, Truth]) -> NDArray[np.intp]:
        """Return the positions of the worlds in which one of these nodes is changed."""
        moved = [changed[node] != self.columns[node] for node in nodes if node in changed]
        return np.flatnonzero(np.any(moved, axis=0)) if moved else np.zeros(0, dtype=np.intp)

    def mean(self, node: int, changed: Mapping[int, Truth]) -> float:
        """Return the share of the worlds in which a node holds, where some columns are changed."""
        return float(changed[node].mean()) if node in changed else self.means[node]
