"""What a contested or unknown fact bears on: the mean award where the court finds it so, and where it finds otherwise.

For a contested fact the worlds already drawn are parted by what the court finds in them: nothing is computed again. Of
a fact that each claimant has for its own, the means are added up: as the doubts are independent, their sum is the mean
award where the court finds it alike for all of them. An unknown fact is supposed found each way on the first worlds of
the same draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.damages.award import ISSUES, compute_awards
from vismajor.damages.money import euros
from vismajor.law.conditions import fact_of
from vismajor.reasoning.doubts import ChanceFrom, Doubt, Strand, contested_of, strands_of, unknown_of
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.suppositions import Supposition, Suppositions
from vismajor.reasoning.worlds import Column, Worlds
from vismajor.settlement.valuation import Valuation

WORLDS = 2_000  # of each supposition: differences on the same draws need few


@dataclass(frozen=True)
class Bearing:
    """A contested or unknown fact and the mean award of all claimants, in euros, by what the court finds of it.

    `name` is that under which it is stated, `keys` those of its findings; `values` and `awards`: as stated first, then
    otherwise; `chance`: that it is found as stated (its mean over those who state it), `error`: the standard error of
    the difference. Of an unknown fact `values` are the two that lie furthest apart; `chance_from` says whose the
    chance is (`equal`: nobody's).
    """

    name: str
    keys: frozenset[str]
    values: tuple[object, object]
    chance: float
    awards: tuple[Decimal, Decimal]
    error: Decimal
    chance_from: ChanceFrom = "stated"

    @property
    def fact(self) -> str:
        """The fact as the pack declares it."""
        return fact_of(self.name.partition("@")[0])

    @property
    def difference(self) -> Decimal:
        """The award where the fact is found as stated, less the award where it is found otherwise."""
        return self.awards[0] - self.awards[1]

    @property
    def moves(self) -> float:
        """The mean distance by which knowing the fact moves the mean award, in euros."""
        return 2 * self.chance * (1 - self.chance) * abs(float(self.difference))

    @property
    def measurable(self) -> bool:
        """Whether the difference stands out from the noise of the simulation (twice its standard error)."""
        return abs(self.difference) > 2 * self.error


def bearings_of(valuation: Valuation) -> tuple[Bearing, ...]:
    """Return what each contested fact bears on, the largest difference first."""
    totals = {name: award.total for name, award in valuation.awards.items()}
    strands = strands_of(contested_of(valuation.assessment).values())
    found = [one for strand in strands for one in _bearing(strand, totals, valuation.assessment.worlds)]
    return tuple(sorted(found, key=lambda one: (-abs(one.difference), one.name)))


def _bearing(strand: Strand, totals: dict[str, Column], worlds: Worlds) -> Iterator[Bearing]:
    """Yield the bearing of a fact; nothing where the worlds hold one finding alone, or claimants state opposites."""
    if len({doubt.values for doubt in strand.doubts}) > 1:
        return
    as_stated, otherwise, noise = 0.0, 0.0, np.zeros(worlds.count)
    reached = {name for doubt in strand.doubts for name in doubt.claimants}
    rest = sum((float(total.mean()) for name, total in totals.items() if name not in reached), 0.0)
    for doubt in strand.doubts:
        found = _found(doubt, worlds)
        if found.all() or not found.any():
            return
        award = np.sum([totals[name] for name in sorted(doubt.claimants) if name in totals], axis=0)
        one, other = float(award[found].mean()), float(award[~found].mean())
        as_stated, otherwise = as_stated + one, otherwise + other
        share = float(found.mean())
        noise += np.where(found, (award - one) / share, -(award - other) / (1 - share))
    chance = float(np.mean([doubt.chances[0] for doubt in strand.doubts]))
    first = strand.doubts[0]
    yield Bearing(
        strand.name, frozenset(doubt.key for doubt in strand.doubts), (first.values[0], first.values[1]), chance,
        (euros(as_stated + rest), euros(otherwise + rest)), euros(float(noise.std() / np.sqrt(worlds.count))))


def bearings_of_unknown(valuation: Valuation, facts: Collection[str]) -> tuple[Bearing, ...]:
    """Return what some facts bear on where nothing is stated of them, the largest difference first."""
    assessment = valuation.assessment
    doubts = unknown_of(assessment, facts)
    if not doubts.by_key:
        return ()
    first = Worlds(assessment.worlds.seed, min(assessment.worlds.count, WORLDS))
    court = Suppositions(assessment, doubts, Prepared(assessment.law, doubts.graphs), first, ISSUES)

    def award(supposition: Supposition) -> Column:
        awards = compute_awards(court.answers([court.supposing(supposition)]), valuation.losses)
        return np.asarray(np.sum([one.total for one in awards.values()], axis=0))

    now, mean = award({}), float(valuation.group_award.mean())
    found = [_supposed(strand, {value: award(strand.found(value)) for value in strand.values}, now, mean)
             for strand in strands_of(doubts.by_key.values())]
    return tuple(sorted(found, key=lambda one: (-abs(one.difference), one.name)))


def _supposed(strand: Strand, awards: Mapping[object, Column], now: Column, mean: float) -> Bearing:
    """Return the bearing of an unknown fact between the two values that lie furthest apart, as the pack orders them."""
    one, other = max(itertools.combinations(awards, 2),
                     key=lambda pair: abs(float((awards[pair[0]] - awards[pair[1]]).mean())))
    apart, first = awards[one] - awards[other], strand.doubts[0]
    chances = dict(zip(first.values, first.chances, strict=True))
    # What the first worlds show is a change: it is added to the mean over all of them.
    moved = [euros(max(mean + float((awards[value] - now).mean()), 0.0)) for value in (one, other)]
    return Bearing(
        strand.name, frozenset(doubt.key for doubt in strand.doubts), (one, other),
        chances[one] / (chances[one] + chances[other]), (moved[0], moved[1]),
        euros(float(apart.std() / np.sqrt(apart.size))), first.chance_from)


def _found(doubt: Doubt, worlds: Worlds) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return where the court finds the fact as stated; shape (worlds,)."""
    draw, _ = doubt.draw(doubt.values[0])
    return np.asarray(worlds.uniform(draw) < doubt.chances[0])
