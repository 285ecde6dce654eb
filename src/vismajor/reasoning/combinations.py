"""Evaluates a network for many combinations of facts at once, all of them on the same draws of the court.

Each node is a table: one axis for each fact left open, of as many values as the fact may take (of one where the node
does not depend on the fact), and a last axis for the worlds. NumPy stretches what does not vary, so that a node costs
as much as the facts on which it depends, not as there are combinations. Truths are packed, 64 worlds to a word, but
while an issue is weighed. Where the tables would be too large, some facts are held at one value after the other, a
block of combinations each; what does not depend on them is kept.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.left_open import Taken, asks, with_taken
from vismajor.reasoning.network import FALSE, TRUE, Combined, FactHolds, Network, Opposite, Weighed, bar_of
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.worlds import Draws, Truth, Worlds, windows

Words = NDArray[np.uint64]  # truths of worlds, 64 to a word along the last axis
Counts = NDArray[np.int64]
Tables = Mapping[int, Words]
PER_WORD = 64
MOST_BYTES = 256 * 2**20  # of all tables of one block
MOST_WEIGHED = 2**21  # truths of one weighed issue while it is weighed, 8 bytes each
AT_ONCE = 2**17  # rows times worlds evaluated together: their columns fit in the processor's cache


class Layout(Protocol):
    """How the combinations lie in a table."""

    def leaf(self, node: FactHolds, draws: Draws) -> Truth:
        """Return the truth of a condition on facts left open; the last axis is that of the worlds."""


@dataclass(frozen=True)
class Grid:
    """Every combination of the `values` of each fact, one axis a fact; of a fact that is `held` one value alone."""

    values: Sequence[Sequence[Plain]]
    held: Mapping[int, int]

    def leaf(self, node: FactHolds, draws: Draws) -> Truth:
        """Return the truth, of the size of each fact asked on its axis, of size 1 on the others."""
        asked = asks(node)
        picks = [([self.held[axis]] if axis in self.held else range(len(values))) if axis in asked else (0,)
                 for axis, values in enumerate(self.values)]
        found = np.empty((*(len(pick) for pick in picks), draws.count), dtype=np.bool_)
        for place in np.ndindex(found.shape[:-1]):
            taken = {axis: self.values[axis][picks[axis][place[axis]]] for axis in asked}
            found[place] = with_taken(node, taken).column([], draws)
        return found


@dataclass(frozen=True)
class Rows:
    """Chosen combinations, one a row on the first axis; a fact of which a row takes no value is found as stated."""

    rows: Sequence[Taken]

    def leaf(self, node: FactHolds, draws: Draws) -> Truth:
        """Return the truth, of shape (rows, worlds)."""
        asked = sorted(asks(node))
        alike: dict[tuple[Plain | None, ...], list[int]] = {}
        for number, row in enumerate(self.rows):
            alike.setdefault(tuple(row.get(axis) for axis in asked), []).append(number)
        found = np.empty((len(self.rows), draws.count), dtype=np.bool_)
        for values, numbers in alike.items():
            taken = {axis: value for axis, value in zip(asked, values, strict=True) if value is not None}
            found[numbers] = with_taken(node, taken).column([], draws)
        return found


def grid(network: Network, wanted: Collection[int], values: Sequence[Sequence[Plain]], draws: Draws
         ) -> Iterator[tuple[Mapping[int, int], Tables]]:
    """Yield the tables of the `wanted` nodes for every combination: block by block, with what is held in each.

    A table has an axis a fact (of size 1 where the fact is held, or does not bear on the node) and one of words; of a
    node on which no fact left open bears, that of words alone.
    """
    needed, facts = _needed(network, wanted), dependence(network)
    held_axes = _axes_to_hold([len(v) for v in values], [node for node in needed if facts[node]], facts, network,
                              draws.count)
    steady = [node for node in needed if facts[node].isdisjoint(held_axes)]
    kept = _evaluate(network, steady, Grid(values, {}), draws, {})
    for picks in itertools.product(*(range(len(values[axis])) for axis in held_axes)):
        held = dict(zip(held_axes, picks, strict=True))
        found = _evaluate(network, [node for node in needed if node not in kept], Grid(values, held), draws, kept)
        yield held, {node: found[node] for node in wanted}


def rows(network: Network, wanted: Collection[int], chosen: Sequence[Taken], worlds: Worlds) -> Tables:
    """Return the tables of the `wanted` nodes for chosen combinations: of shape (rows, words), or (words,)."""
    needed = _needed(network, wanted)
    size = max(AT_ONCE // max(len(chosen), 1) // PER_WORD, 1) * PER_WORD
    parts = [_evaluate(network, needed, Rows(chosen), window, {}) for _, window in windows(worlds, size)]
    return {node: np.concatenate([part[node] for part in parts], axis=-1) for node in wanted}


def truths(words: Words, count: int) -> Truth:
    """Return packed truths one by one; the last axis is that of the `count` worlds."""
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, count=count).view(np.bool_)


def packed(truth: Truth) -> Words:
    """Return truths packed, 64 worlds to a word."""
    octets = np.packbits(truth, axis=-1)
    rest = -octets.shape[-1] % 8
    if rest:
        octets = np.concatenate([octets, np.zeros((*octets.shape[:-1], rest), dtype=np.uint8)], axis=-1)
    return octets.view(np.uint64)


def count_true(words: Words, count: int) -> Counts:
    """Return in how many of the `count` worlds a truth holds; the last axis is added up."""
    inside = packed(np.ones(count, dtype=np.bool_))  # what fills up the last word is no world
    return np.asarray(np.bitwise_count(words & inside).sum(axis=-1, dtype=np.int64))


def dependence(network: Network) -> list[frozenset[int]]:
    """Return, for each node, the numbers of the facts left open on which it depends."""
    found: list[frozenset[int]] = []
    for node in network.nodes:
        own = asks(node) if isinstance(node, FactHolds) else frozenset[int]()
        found.append(own.union(*(found[part] for part in node.needs)))
    return found


def _needed(network: Network, wanted: Collection[int]) -> list[int]:
    """Return the nodes that the `wanted` are made of, themselves among them, in order."""
    found = {FALSE, TRUE, *wanted}
    for number in range(len(network.nodes) - 1, TRUE, -1):
        if number in found:
            found.update(network.nodes[number].needs)
    return sorted(found)


def _evaluate(network: Network, needed: Sequence[int], layout: Layout, draws: Draws, kept: Tables) -> dict[int, Words]:
    found = dict(kept)
    for number in needed:
        node = network.nodes[number]
        if isinstance(node, Opposite):
            found[number] = ~found[node.node]
        elif isinstance(node, Combined):
            join = np.bitwise_and if node.every else np.bitwise_or
            found[number] = reduce(join, (found[part] for part in node.nodes))
        elif isinstance(node, FactHolds) and asks(node):
            found[number] = packed(layout.leaf(node, draws))
        elif isinstance(node, Weighed):
            below = {part: truths(found[part], draws.count) for part in node.needs}
            # Columns stretch, no two alike: no table of scores.
            found[number] = packed(node.decided(bar_of(node.score(below)), below, draws))
        else:
            found[number] = packed(node.column([], draws))
    return found


def _axes_to_hold(sizes: Sequence[int], nodes: Sequence[int], facts: Sequence[frozenset[int]], network: Network,
                  worlds: int) -> tuple[int, ...]:
    """Return the fewest axes to hold so that the tables of a block fit: each time the one that takes up most."""
    held: set[int] = set()
    while True:
        size = {node: math.prod(sizes[axis] for axis in facts[node] - held) for node in nodes}
        weighed = max((size[node] * worlds for node in nodes if isinstance(network.nodes[node], Weighed)), default=0)
        fits = sum(size.values()) * worlds // 8 <= MOST_BYTES and weighed <= MOST_WEIGHED
        if fits or len(held) == len(sizes):
            return tuple(sorted(held))
        most = {axis: sum(size[node] * (8 if isinstance(network.nodes[node], Weighed) else 1)
                          for node in nodes if axis in facts[node]) for axis in range(len(sizes)) if axis not in held}
        held.add(max(most, key=lambda axis: most[axis]))
