"""Every combination of contested facts at once: its likelihood, the answers of the court, and the euros it brings.

All combinations see the same draws of the court (law, appraisals, all other facts, losses), so that what differs
between two of them is what the facts make. Few draws are enough to rank them all (the screening); those at both ends
are computed again on all the draws of the assessment.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from vismajor.damages.award import compute_awards
from vismajor.damages.heads import compute_losses
from vismajor.damages.money import CENT, euros
from vismajor.reading.problems import InvalidInput, Problem, nearest, problem
from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.combinations import count_true, rows
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.swept import OPTION, SweptFact, contested_names, swept_facts
from vismajor.reasoning.worlds import Column
from vismajor.settlement.alike import Alike, highest
from vismajor.settlement.screening import Screened, screen
from vismajor.settlement.swept_case import SweptCase

MOST = 2**20  # combinations
MOST_FACTS = 20
WORLDS_EACH = 1_024


@dataclass(frozen=True)
class Row:
    """One combination computed on all worlds: `award` in euros with its standard error, probabilities by chance.

    `number` is that of the combination; `rank` and `screened` (euros) are those of the screening, which saw fewer
    worlds. `free` are the facts that do not matter there (by place): the `count` combinations that differ in these
    alone brought the same in every world seen. `likelihood` is that of all of them together, as far as it is stated.
    """

    number: int
    values: tuple[Plain, ...]
    free: frozenset[int]
    count: int
    rank: int
    likelihood: float
    screened: Decimal
    award: Decimal
    standard_error: Decimal
    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class Sweep:
    """All combinations of `facts`, numbered as they follow each other, the last fact changing first.

    `likelihoods` is the product of those that counsel states (a fact without one counts for nothing), by number;
    `order` holds the numbers, the highest award of the screening first and of equal ones the likelier. `best` and
    `worst` are its ends, computed again on all worlds, the highest and the lowest first. `means` is the mean award of
    the screening by fact and value, in euros. `claimant` is None for the group; `now` is the expected award as the case
    stands, in euros.
    """

    assessment: Assessment
    claimant: str | None
    facts: tuple[SweptFact, ...]
    screened: Screened
    likelihoods: Column = field(repr=False)
    order: NDArray[np.intp] = field(repr=False)
    means: tuple[tuple[Decimal, ...], ...]
    best: tuple[Row, ...]
    worst: tuple[Row, ...]
    now: Decimal
    now_error: Decimal

    def by_duty(self, row: Row) -> tuple[float, ...]:
        """Return the probabilities of a row by issue and duty, in the order of `screened.by_duty`."""
        each = iter(row.probabilities)
        return tuple(sum(next(each) * len(chance.claims) for chance in alike) / sum(len(one.claims) for one in alike)
                     for alike in self.screened.groups)

    def sure_of(self, row: Row) -> bool:
        """Tell whether counsel states a likelihood of every fact of a row that matters there."""
        return all(fact.likelihoods for at, fact in enumerate(self.facts) if at not in row.free)

    @property
    def without_likelihood(self) -> tuple[SweptFact, ...]:
        """The facts of which counsel states no likelihood, or not the same for all."""
        return tuple(fact for fact in self.facts if not fact.likelihoods)


def names_of(listed: str) -> list[str]:
    """Return the names of a list with commas. Raises InvalidInput where one is missing."""
    names = [name.strip() for name in listed.split(",")]
    if not all(names):
        raise InvalidInput([problem(OPTION, (1, 1), "sweep_without_name")])
    return names


def sweep_case(assessment: Assessment, names: Sequence[str] | None = None, *, claimant: str | None = None,
               worlds_each: int = WORLDS_EACH, top: int = 10) -> Sweep:
    """Evaluate every combination of the facts called `names` (None: the contested ones that move the award most).

    `claimant` is the one whose award counts (None: all). All are ranked on `worlds_each` worlds, the `top` best and
    worst computed again on all worlds of the assessment. Raises InvalidInput (see `swept_facts`), also for an unknown
    claimant, and where there are more than 2^20 combinations, or nothing to sweep.
    """
    case = _part(assessment, claimant)
    facts = _most_moving(case) if names is None else _named(case, names)
    prepared = case.prepared(facts)
    screened = screen(case, prepared, facts, min(worlds_each, assessment.worlds.count))
    likely = _likelihoods(facts)
    order = np.lexsort((-likely.reshape(-1), -screened.sums.reshape(-1)))
    found = _Found(case, facts, prepared, screened, order)
    best = list(itertools.islice(highest(screened.sums, likely), top))
    worst = list(itertools.islice(highest(-screened.sums, likely), top))
    computed = found.computed([*best, *worst])
    now = np.sum([award.total for award in compute_awards(assessment, case.losses).values()], axis=0)
    return Sweep(
        assessment, claimant, facts, screened, likely.reshape(-1), order,
        tuple(_means(screened, facts, at) for at in range(len(facts))),
        tuple(sorted(computed[:len(best)], key=lambda row: (-row.award, row.rank))),
        tuple(sorted(computed[len(best):], key=lambda row: (row.award, -row.rank))),
        euros(float(now.mean())), _error(now))


def _part(assessment: Assessment, claimant: str | None) -> SweptCase:
    ids = [one.id for one in assessment.case.file.claimants]
    if claimant is not None and claimant not in ids:
        raise InvalidInput([problem("--claimant", (1, 1), "unknown_claimant", read=claimant,
                                    nearest=nearest(claimant, ids))])
    losses = compute_losses(assessment.case, assessment.law, assessment.worlds)
    return SweptCase.of(assessment, losses, claimant)


def _named(case: SweptCase, names: Sequence[str]) -> tuple[SweptFact, ...]:
    facts = swept_facts(case.assessment, case.graphs, names)
    count = math.prod(len(fact.values) for fact in facts)
    if count > MOST:
        raise InvalidInput([_too_many(case, facts, count)])
    return facts


def _most_moving(case: SweptCase) -> tuple[SweptFact, ...]:
    """Return the contested facts that move the award at all, at most 20, those that move it most first."""
    found = swept_facts(case.assessment, case.graphs, contested_names(case.graphs))
    moves = sorted(zip(case.moves(found), found, strict=True), key=lambda pair: (-pair[0], pair[1].name))
    kept = tuple(fact for move, fact in moves if move > 0)[:MOST_FACTS]
    if not kept:
        raise InvalidInput([problem(OPTION, (1, 1), "sweep_nothing")])
    return kept


def _too_many(case: SweptCase, facts: Sequence[SweptFact], count: int) -> Problem:
    """Tell how many combinations there are, and which facts to drop: those that move the award least."""
    least = sorted(zip(case.moves(facts), facts, strict=True), key=lambda pair: (pair[0], pair[1].name))
    left, dropped = count, list[str]()
    for _, fact in least:
        if left <= MOST:
            break
        left //= len(fact.values)
        dropped.append(fact.name)
    return problem(OPTION, (1, 1), "sweep_too_many", facts=len(facts), count=count, most=MOST,
                   drop=", ".join(dropped), left=left)


def _likelihoods(facts: Sequence[SweptFact]) -> Column:
    """Return the product of the stated likelihoods for every combination, with one axis a fact."""
    found = np.ones(())
    for fact in facts:
        found = found[..., None] * np.array(fact.likelihoods or (1.0,) * len(fact.values))
    return found


def _means(screened: Screened, facts: Sequence[SweptFact], at: int) -> tuple[Decimal, ...]:
    """Return the mean award for each value of one fact, in euros, over all combinations of the others.

    The others count as likely as counsel states; the values of one without stated likelihood count alike.
    """
    found = screened.sums / (100 * screened.worlds)
    for axis in reversed(range(len(facts))):
        if axis != at:
            fact = facts[axis]
            weights = fact.likelihoods or (1 / len(fact.values),) * len(fact.values)
            found = np.tensordot(found, np.array(weights), axes=([axis], [0]))
    return tuple(euros(float(mean)) for mean in found)


@dataclass(frozen=True)
class _Found:
    case: SweptCase
    facts: tuple[SweptFact, ...]
    prepared: Prepared[Place]
    screened: Screened
    order: NDArray[np.intp]

    def computed(self, chosen: Sequence[Alike]) -> list[Row]:
        """Compute the likeliest of each of `chosen` on all worlds of the assessment."""
        worlds, nodes, chances = self.case.assessment.worlds, self.case.nodes(self.prepared), self.screened.chances
        values = [tuple(fact.values[place] for fact, place in zip(self.facts, one.places, strict=True))
                  for one in chosen]
        wanted = {*nodes.values(), *(node for chance in chances for node in chance.nodes)}
        tables = rows(self.prepared.network, wanted, [dict(enumerate(row)) for row in values], worlds)
        counts = [sum(count_true(tables[node], worlds.count) for node in chance.nodes) for chance in chances]
        probabilities = [np.broadcast_to(count / (worlds.count * len(chance.nodes)), len(chosen))
                         for count, chance in zip(counts, chances, strict=True)]
        ranks = np.empty_like(self.order)
        ranks[self.order] = np.arange(1, self.order.size + 1)
        totals = self.case.totals(nodes, tables, len(chosen), worlds)
        return [self._row(one, values[at], ranks, total, tuple(float(of[at]) for of in probabilities))
                for at, (one, total) in enumerate(zip(chosen, totals, strict=True))]

    def _row(self, one: Alike, values: tuple[Plain, ...], ranks: NDArray[np.intp], total: Column,
             probabilities: tuple[float, ...]) -> Row:
        sizes = self.screened.sums.shape
        number = int(np.ravel_multi_index(one.places, sizes)) if sizes else 0
        stated = (fact.likelihoods[place] for at, (fact, place) in enumerate(zip(self.facts, one.places, strict=True))
                  if fact.likelihoods and at not in one.free)
        screened = int(self.screened.cents[one.places]) * CENT
        return Row(number, values, one.free, one.count, int(ranks[number]), math.prod(stated), screened,
                   euros(float(total.mean())), _error(total), probabilities)


def _error(total: Column) -> Decimal:
    return euros(float(total.std() / np.sqrt(total.size)))
