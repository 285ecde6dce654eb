"""A case of which some facts are left open: chosen combinations of them, and how far each of them moves the award."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.damages.heads import ClaimantLoss
from vismajor.damages.hypothetical import Point, awards_if, points_of
from vismajor.damages.money import euros
from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.combinations import Tables, Words, rows, truths
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.graph import Graph
from vismajor.reasoning.left_open import Taken
from vismajor.reasoning.swept import SweptFact, open_graphs
from vismajor.reasoning.worlds import Column, Repeated, Truth, Worlds

AT_ONCE = 2**17  # rows times worlds whose awards are computed together
WORLDS_TO_COMPARE = 1_000  # on which facts are compared by how far they move the award


@dataclass(frozen=True)
class SweptCase:
    """The part of a case that is swept: the graphs and the losses of all claimants, or of one (`claimant`)."""

    assessment: Assessment
    losses: tuple[ClaimantLoss, ...]
    graphs: Mapping[Place, Graph]
    claimant: str | None

    @classmethod
    def of(cls, assessment: Assessment, losses: Sequence[ClaimantLoss], claimant: str | None) -> SweptCase:
        """Return the part of the case that concerns a claimant, or (None) the whole."""
        kept = tuple(loss for loss in losses if claimant in (None, loss.claimant.id))
        claims = {claim for loss in kept for claim in loss.caps}
        graphs = {at: graph for at, graph in assessment.graphs.items() if at[0] in claims}
        return cls(assessment, kept, graphs, claimant)

    def prepared(self, facts: Sequence[SweptFact], *, as_stated: bool = False) -> Prepared[Place]:
        """Return the network of all graphs with these facts left open (see `open_graphs`)."""
        return Prepared(self.assessment.law, open_graphs(self.assessment, self.graphs, facts, as_stated=as_stated))

    def nodes(self, prepared: Prepared[Place]) -> dict[Point, int]:
        """Return the node of each answer on which the awards depend."""
        asked = {at: prepared.asked(at) for at in self.graphs}
        return {(claim, duty, issue): asked[claim, duty][issue][0]
                for claim, duty, issue in points_of(self.assessment, self.losses)}

    def totals(self, nodes: Mapping[Point, int], tables: Tables, count: int, worlds: Worlds) -> Column:
        """Return what judgment brings in all, in euros, for each of `count` rows of `tables`; shape (rows, worlds).

        Rows in which the court answers one claimant the same in every world are computed once for it.
        """
        found = np.zeros((count, worlds.count))
        for loss in self.losses:
            mine = {point: nodes[point] for point in points_of(self.assessment, [loss])}
            asked = sorted({node for node in mine.values() if tables[node].ndim > 1})
            answered = [b"".join(tables[node][row].tobytes() for node in asked) for row in range(count)]
            first = {key: row for row, key in reversed([*enumerate(answered)])}
            rows_of = {key: [row for row in range(count) if answered[row] == key] for key in first}
            chosen, step = sorted(first.values()), max(AT_ONCE // worlds.count, 1)
            for some in (chosen[start:start + step] for start in range(0, len(chosen), step)):
                totals = self._awarded(loss, mine, tables, some, worlds)
                for row, total in zip(some, totals, strict=True):
                    found[rows_of[answered[row]]] += total
        return found

    def _awarded(self, loss: ClaimantLoss, nodes: Mapping[Point, int], tables: Tables, some: Sequence[int],
                 worlds: Worlds) -> Column:
        """Return what judgment brings to one claimant for some rows, in euros; shape (rows, worlds)."""
        columns = {node: _flat(tables[node], some, worlds.count) for node in set(nodes.values())}
        repeated = Repeated(worlds.seed, len(some) * worlds.count, worlds.count)
        awards = awards_if(self.assessment, [loss], {point: columns[node] for point, node in nodes.items()}, repeated)
        return awards[loss.claimant.id].total.reshape(len(some), worlds.count)

    def moves(self, facts: Sequence[SweptFact]) -> list[Decimal]:
        """Return by how much each fact alone moves the expected award, in euros, from one of its values to another."""
        chosen: list[Taken] = [{number: value} for number, fact in enumerate(facts) for value in fact.values]
        prepared = self.prepared(facts, as_stated=True)
        nodes, drawn = self.nodes(prepared), self.assessment.worlds
        worlds = Worlds(drawn.seed, min(WORLDS_TO_COMPARE, drawn.count))
        tables = rows(prepared.network, set(nodes.values()), chosen, worlds)
        means = iter(self.totals(nodes, tables, len(chosen), worlds).mean(axis=1).tolist())
        reached = [[next(means) for _ in fact.values] for fact in facts]
        return [euros(max(mine) - min(mine)) for mine in reached]


def _flat(words: Words, some: Sequence[int], count: int) -> Truth:
    """Return a node's truths for some rows, one row after the other; shape (rows * worlds,)."""
    if words.ndim == 1:
        return np.tile(truths(words, count), len(some))
    return truths(words[list(some)], count).reshape(-1)
