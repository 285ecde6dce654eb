"""The screening: the answers and the award of every combination of facts, on the same draws of the court."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

import numpy as np

from vismajor.damages.heads import ClaimantLoss
from vismajor.damages.hypothetical import Cents, Point, cents_by_answers, points_of
from vismajor.reading.problems import InvalidInput, problem
from vismajor.reasoning.assessment import Place
from vismajor.reasoning.combinations import Counts, Tables, count_true, dependence, grid, truths
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.expectation import summed
from vismajor.reasoning.swept import OPTION, SweptFact
from vismajor.reasoning.worlds import Column, Remembered, Worlds
from vismajor.settlement.swept_case import SweptCase

MAIN_ISSUES = ("liability", "exoneration", "force_majeure", "liability_cap")
MOST_POINTS = 16  # answers that the facts move and on which the award of one claimant depends


@dataclass(frozen=True)
class Chance:
    """The probability of an issue, for every combination, for the claims that plead it alike.

    `nodes` answers it in the network, one for each claim. `counts` has an axis a fact (of size 1 where it does not
    depend on the fact): in how many worlds, of `worlds` over all claims, the issue holds.
    """

    issue: str
    duty: str | None
    claims: tuple[str, ...]
    nodes: tuple[int, ...]
    counts: Counts = field(repr=False)
    worlds: int


@dataclass(frozen=True)
class Screened:
    """What the screening found, on `worlds` draws: probabilities, and the award of each combination.

    `sums` is the award in cents, added up over the worlds, with one axis a fact: whole numbers, exact below 2^53.
    """

    worlds: int
    chances: tuple[Chance, ...]
    sums: Column = field(repr=False)

    @cached_property
    def by_duty(self) -> tuple[Chance, ...]:
        """The probabilities by issue and duty, as a mean over all claims for which they are asked."""
        return tuple(reduce(_together, alike) for alike in self.groups)

    @property
    def groups(self) -> list[list[Chance]]:
        """The probabilities of each issue and duty: one for each set of claims that plead it alike."""
        found: dict[tuple[str, str | None], list[Chance]] = {}
        for chance in self.chances:
            found.setdefault((chance.issue, chance.duty), []).append(chance)
        return list(found.values())

    @cached_property
    def cents(self) -> Cents:
        """The expected award of each combination in cents, rounded half upwards; one axis a fact."""
        return (2 * self.sums.astype(np.int64) + self.worlds) // (2 * self.worlds)


def _together(one: Chance, other: Chance) -> Chance:
    return replace(one, claims=(*one.claims, *other.claims), nodes=(*one.nodes, *other.nodes),
                   counts=one.counts + other.counts, worlds=one.worlds + other.worlds)


def screen(case: SweptCase, prepared: Prepared[Place], facts: Sequence[SweptFact], worlds: int) -> Screened:
    """Screen every combination of `facts`, left open in `prepared`, on the first `worlds` draws of the case.

    Raises InvalidInput when too many answers on which one claimant's award depends vary.
    """
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 — only who sweeps waits for it

    draws = Worlds(case.assessment.worlds.seed, worlds)
    chances = tuple(_chances(case, prepared, facts, worlds))
    nodes, awards = case.nodes(prepared), list[_AwardOf]()
    wanted = {*nodes.values(), *(node for chance in chances for node in chance.nodes)}
    sums = np.zeros([len(fact.values) for fact in facts])
    with threadpool_limits(1):  # the products are small: threads would mostly wait for each other
        for held, tables in grid(prepared.network, wanted, [fact.values for fact in facts], Remembered(draws)):
            awards = awards or [_AwardOf.made(case, loss, nodes, prepared, tables, draws) for loss in case.losses]
            for award in awards:
                sums[_place(held, sums.shape)] += award.summed(tables, worlds, sums.ndim)
            for chance in chances:
                counts = sum(count_true(tables[node], worlds) for node in chance.nodes)
                chance.counts[_place(held, chance.counts.shape)] = counts
    return Screened(worlds, chances, sums)


def _place(held: Mapping[int, int], shape: tuple[int, ...]) -> tuple[slice, ...]:
    """Return where a block lies in a table of this shape."""
    return tuple(slice(held[at], held[at] + 1) if at in held and size > 1 else slice(None)
                 for at, size in enumerate(shape))


def _chances(case: SweptCase, prepared: Prepared[Place], facts: Sequence[SweptFact], worlds: int) -> Iterator[Chance]:
    """Yield the main issues, each for the duty and the claims that plead it alike, most claims first; none counted."""
    law, moved = case.assessment.law, dependence(prepared.network)
    duties = list(law.vocabulary.duties)
    first: dict[str, Place] = {}  # of each claim the duty for which an answer common to all counts
    for place in case.graphs:
        first.setdefault(place[0], place)
    for issue in (law.issues[name] for name in MAIN_ISSUES if name in case.assessment.views):
        alike: dict[tuple[int, int], dict[str, int]] = {}
        for claim, duty in case.graphs if issue.per_duty else first.values():
            node, pleading = prepared.asked((claim, duty))[issue.id]
            asked = duties.index(duty) if issue.per_duty else -1
            alike.setdefault((asked, pleading), {}).setdefault(claim, node)
        for (asked, _), nodes in sorted(alike.items(), key=lambda item: (item[0][0], -len(item[1]))):
            axes = frozenset[int]().union(*(moved[node] for node in nodes.values()))
            counts = np.zeros([len(fact.values) if at in axes else 1 for at, fact in enumerate(facts)], dtype=np.int64)
            yield Chance(issue.id, duties[asked] if asked >= 0 else None, tuple(nodes), tuple(nodes.values()), counts,
                         worlds * len(nodes))


@dataclass(frozen=True)
class _AwardOf:
    """The award of one claimant in cents for every set of answers (see `cents_by_answers`), and what answers them."""

    cents: Cents
    varying: tuple[int, ...]

    @classmethod
    def made(cls, case: SweptCase, loss: ClaimantLoss, nodes: Mapping[Point, int], prepared: Prepared[Place],
             tables: Tables, worlds: Worlds) -> _AwardOf:
        """Compute the awards of one claimant; `tables` need only hold the answers on which no fact bears."""
        moved = dependence(prepared.network)
        mine = {point: nodes[point] for point in points_of(case.assessment, [loss])}
        varying = tuple(dict.fromkeys(node for node in mine.values() if moved[node]))
        if len(varying) > MOST_POINTS:
            raise InvalidInput([problem(OPTION, (1, 1), "sweep_too_many_points", claimant=loss.claimant.id,
                                        count=len(varying), most=MOST_POINTS)])
        steady = {node: truths(tables[node], worlds.count) for node in mine.values() if not moved[node]}
        return cls(cents_by_answers(case.assessment, loss, mine, varying, steady, worlds), varying)

    def summed(self, tables: Tables, worlds: int, facts: int) -> Column:
        """Return the award added up over the worlds, in cents, for every combination of one block."""
        if not self.varying:
            return np.full((1,) * facts, float(self.cents.sum()))
        return summed(self.cents, [tables[node] for node in self.varying], worlds)
