"""What moves the result most: each fact, question, weight and loss taken at one end and at the other, all else drawn.

Both ends stand in the same worlds as the case itself: a difference is taken world by world, and what a factor does not
reach changes nothing at all. The mean award at an end is that of all worlds plus the change seen on those tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vismajor.damages.award import ISSUES, compute_awards
from vismajor.damages.heads import ClaimantLoss
from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.fixed import Fixed, FixedWorlds, some_worlds
from vismajor.reasoning.graph import build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.switches import OFF, with_other_weights
from vismajor.reasoning.trials import Trials
from vismajor.reasoning.worlds import Column, Truth
from vismajor.settlement.factors import Factor, Kind, Side, factors_of, switched, weights_to_try
from vismajor.settlement.scenarios import Difference, difference
from vismajor.settlement.valuation import Valuation

TRIED = 4_000  # worlds on which each end is tried: the standard error of a difference is told beside it
PAIRED = 8  # the factors that move most, of which every pair is tried


class Row(NamedTuple):
    """An issue for one duty, or for all where the duty is None."""

    issue: str
    duty: str | None


@dataclass(frozen=True)
class End:
    """A factor taken at one end: the mean award in euros, and the probability of the issue that it moves most."""

    side: Side
    award: float
    probability: float | None


@dataclass(frozen=True)
class Effect:
    """What a factor does: its two ends, the difference of the mean award between them, the issue that it moves most.

    `row` is None where it moves no answer (a loss).
    """

    factor: Factor
    first: End
    second: End
    difference: Difference
    row: Row | None

    @property
    def moved(self) -> float:
        """How far the probability of that issue lies apart between the ends, from 0 to 1."""
        return abs((self.first.probability or 0.0) - (self.second.probability or 0.0))


@dataclass(frozen=True)
class Interaction:
    """Two factors together: by how much the difference that the one makes depends on the end of the other, in euros."""

    one: Effect
    other: Effect
    difference: Difference


@dataclass(frozen=True)
class Sensitivity:
    """The factors by how far they move the mean award, the greatest first; those that move nothing are left out."""

    valuation: Valuation
    claimant: str | None
    award: float
    tried: int
    effects: tuple[Effect, ...]
    still: int
    interactions: tuple[Interaction, ...] = ()


def sensitivity(valuation: Valuation, grounder: Grounder, claimant: str | None = None, *,
                kinds: Collection[Kind] = (), pairs: bool = False, tried: int = TRIED,
                progress: Callable[[str], None] | None = None) -> Sensitivity:
    """Try every factor of a valued case (of some kinds alone, where they are named) at its ends.

    For all claimants, or for one that the case has. `grounder` is one of the rules of the case's law. With `pairs`,
    also each pair of those that move most.
    """
    bench = _Bench.of(valuation, grounder, claimant, tried)
    effects = []
    factors = [factor for factor in factors_of(valuation.assessment, bench.losses, list(bench.trials.prepared.graphs),
                                               bench.weights) if not kinds or factor.kind in kinds]
    for factor in factors:
        effect = bench.effect(factor)
        if effect is not None:
            effects.append(effect)
        if progress:
            progress(factor.name)
    effects.sort(key=lambda one: (-abs(one.difference.amount), -one.moved, one.factor.kind, one.factor.name))
    found = tuple(bench.interactions(effects[:PAIRED])) if pairs else ()
    return Sensitivity(valuation, claimant, bench.award, bench.trials.worlds.count, tuple(effects),
                       len(factors) - len(effects), found)


@dataclass
class _Bench:
    """A case on which one thing after the other is tried."""

    assessment: Assessment
    losses: tuple[ClaimantLoss, ...]
    award: float
    chances: Mapping[Row, float]
    weights: Mapping[str, tuple[float, float]]
    trials: Trials[Place]
    rows: Mapping[Row, list[int]] = field(init=False)
    totals: dict[str, Column] = field(init=False)
    _asked: dict[str, set[str]] = field(init=False)
    _nodes: dict[str, set[int]] = field(init=False)

    @classmethod
    def of(cls, valuation: Valuation, grounder: Grounder, claimant: str | None, tried: int) -> _Bench:
        """Prepare the case: unknown facts and other weights as switches, on the first worlds of its draws."""
        assessment = valuation.assessment
        losses = valuation.losses if claimant is None else (
            next(loss for loss in valuation.losses if loss.claimant.id == claimant),)
        ours = {loss.claimant.id for loss in losses}
        case, law = assessment.case, assessment.law
        claims = {claim.id: claim for claim in case.claims if claim.claimant.id in ours}
        places = [place for place in assessment.graphs if place[0] in claims]
        weights = weights_to_try(law, (assessment.graphs[place] for place in places))
        graphs = {}
        for place in places:
            graph = assessment.graphs[place]
            wide = build_graph(law, grounder, switched(law, graph), graph.duty,
                               claims[place[0]].contract.governing_date, case.as_of, graph.things)
            graphs[place] = with_other_weights(wide, weights)
        names = {side for factor in factors_of(assessment, losses, places, weights) for one in factor.sides
                 for side in one.fixed if side.startswith("switch.")}
        worlds = FixedWorlds(assessment.worlds.seed, min(tried, assessment.worlds.count), dict.fromkeys(names, OFF))
        award = valuation.group_award if claimant is None else valuation.awards[claimant].total
        return cls(assessment, losses, float(award.mean()), _chances(assessment, places), weights,
                   Trials(Prepared(law, graphs), worlds))

    def __post_init__(self) -> None:
        self.rows = _rows(self.assessment, self.trials)
        self.totals, self._asked, self._nodes = {}, {}, {}
        shared = self.trials.worlds
        every = np.arange(shared.count)
        for loss in self.losses:
            name, own = loss.claimant.id, replace(shared, kept={})  # what its award asks to be drawn is what it keeps
            self.totals[name] = self._total(loss, {}, own, every)
            self._asked[name] = set(own.kept)
            shared.kept.update(own.kept)
            asked = [self.trials.prepared.asked(place) for place in self._places(name)]
            self._nodes[name] = {node for one in asked for issue, (node, _) in one.items() if issue in ISSUES}

    def _places(self, claimant: str) -> list[Place]:
        claims = {claim.id for claim in self.assessment.case.claims if claim.claimant.id == claimant}
        return [place for place in self.trials.prepared.graphs if place[0] in claims]

    def _total(self, loss: ClaimantLoss, changed: Mapping[int, Truth], worlds: FixedWorlds, where: NDArray[np.intp]
               ) -> Column:
        """Return what judgment brings to one claimant in some worlds, in euros, with some columns changed."""
        answers = {place: self.trials.answers(place, ISSUES, changed, where)
                   for place in self._places(loss.claimant.id)}
        stood = replace(self.assessment, answers=answers, worlds=some_worlds(worlds, where))
        return compute_awards(stood, [loss])[loss.claimant.id].total

    def take(self, fixed: Fixed) -> _Taken:
        """Return what changes where some draws are fixed: only the worlds that it reaches are judged anew."""
        changed, worlds = self.trials.changed(fixed), self.trials.worlds.fixing(fixed)
        award = np.zeros(worlds.count)
        for loss in self.losses:
            name = loss.claimant.id
            drawn_anew = not self._asked[name].isdisjoint(fixed)
            where = np.arange(worlds.count) if drawn_anew else self.trials.apart(self._nodes[name], changed)
            if where.size:
                award[where] += self._total(loss, changed, worlds, where) - self.totals[name][where]
        rows = {row: sum(self.trials.mean(node, changed) - self.trials.means[node] for node in nodes) / len(nodes)
                for row, nodes in self.rows.items() if not changed.keys().isdisjoint(nodes)}
        return _Taken(award, rows)

    def effect(self, factor: Factor) -> Effect | None:
        """Return what a factor does between the two ends that lie furthest apart; None where it moves nothing."""
        taken = [self.take(side.fixed) for side in factor.sides]
        best = max(itertools.combinations(range(len(taken)), 2), key=lambda pair: _apart(*(taken[at] for at in pair)))
        first, second = (taken[at] for at in best)
        rows = first.rows.keys() | second.rows.keys()
        apart = {row: abs(first.rows.get(row, 0.0) - second.rows.get(row, 0.0)) for row in self.rows if row in rows}
        if not any(apart.values()) and not np.any(first.award != second.award):
            return None
        row = max(apart, key=lambda one: apart[one]) if any(apart.values()) else None
        one, other = (self._end(factor.sides[at], end, row) for at, end in zip(best, (first, second), strict=True))
        return Effect(factor, one, other, difference(first.award, second.award), row)

    def _end(self, side: Side, taken: _Taken, row: Row | None) -> End:
        chance = None if row is None else min(max(self.chances[row] + taken.rows.get(row, 0.0), 0.0), 1.0)
        return End(side, max(self.award + float(taken.award.mean()), 0.0), chance)

    def interactions(self, effects: Sequence[Effect]) -> list[Interaction]:
        """Return every pair of effects, by how far they depend on each other, the furthest first."""
        found = []
        for one, other in itertools.combinations(effects, 2):
            corners = [self.take({**mine.side.fixed, **theirs.side.fixed}).award
                       for mine in (one.first, one.second) for theirs in (other.first, other.second)]
            found.append(Interaction(one, other, difference(corners[0] - corners[1], corners[2] - corners[3])))
        return sorted(found, key=lambda pair: -abs(pair.difference.amount))


class _Taken(NamedTuple):
    """What changes where a factor is taken at one end: the award, in euros per world, and the probability of rows."""

    award: Column
    rows: Mapping[Row, float]


def _apart(one: _Taken, other: _Taken) -> tuple[float, float]:
    rows = one.rows.keys() | other.rows.keys()
    return (abs(float((one.award - other.award).mean())),
            max((abs(one.rows.get(row, 0.0) - other.rows.get(row, 0.0)) for row in rows), default=0.0))


def _rows(assessment: Assessment, trials: Trials[Place]) -> dict[Row, list[int]]:
    """Return the nodes that answer each issue: per duty, one for each claim; the same for all, once for each claim."""
    rows: dict[Row, list[int]] = {}
    for issue in assessment.views:
        seen = set[str]()
        for place in trials.prepared.graphs:
            per_duty = assessment.law.issues[issue].per_duty
            if per_duty or place[0] not in seen:
                seen.add(place[0])
                rows.setdefault(Row(issue, place[1] if per_duty else None), []).append(
                    trials.prepared.asked(place)[issue][0])
    return rows


def _chances(assessment: Assessment, places: Sequence[Place]) -> dict[Row, float]:
    """Return the mean probability of each issue over the claims, as it was assessed on all worlds."""
    found: dict[Row, list[float]] = {}
    for issue in assessment.views:
        seen = set[str]()
        for claim, duty in places:
            per_duty = assessment.law.issues[issue].per_duty
            if per_duty or claim not in seen:
                seen.add(claim)
                chance = assessment.answers[claim, duty][issue].probability
                found.setdefault(Row(issue, duty if per_duty else None), []).append(chance)
    return {row: sum(chances) / len(chances) for row, chances in found.items()}
