"""Some facts supposed found in every way, and what it is worth to each side to learn which."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import numpy as np

from vismajor.damages.money import euros
from vismajor.reasoning.doubts import Strand
from vismajor.reasoning.suppositions import Supposition
from vismajor.reasoning.worlds import Column
from vismajor.settlement.choices import Choice, Choices
from vismajor.settlement.information import (
    Chances,
    Decision,
    Information,
    Outlook,
    mean_of,
    worth_of_information,
    worth_of_producing,
)
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.supposed_suit import Prospect, SupposedSuit, cost_by_claimant

Side = Literal["claimants", "respondent"]
SIDES: tuple[Side, Side] = ("claimants", "respondent")
SIDE_BY_SIDE = 8  # suppositions evaluated at once: their columns are few and long


@dataclass(frozen=True)
class Worth:
    """What knowing is worth to one side, in euros.

    `decision`: the gain from deciding in the light of it, with its standard error; `moves`: the mean distance by which
    it moves what going to court is worth to the side.
    """

    decision: Decimal
    error: Decimal
    moves: Decimal


def _columns(prospect: Prospect, side: Side) -> Mapping[str, Column]:
    """Return what going to court brings a side by claimant: what it costs the respondent is negative."""
    if side == "claimants":
        return prospect.claimants
    return {name: -column for name, column in prospect.respondent.items()}


def _supposition(strands: Sequence[Strand], values: Sequence[object]) -> Supposition:
    return {key: value for strand, one in zip(strands, values, strict=True) for key, value in strand.found(one).items()}


class Studies:
    """Studies of one suit: `prospects` are those on all worlds, of which the suit supposed knows the first."""

    def __init__(self, suit: SupposedSuit, prospects: Prospects, choices: Choices) -> None:
        self.suit, self.choices = suit, choices
        self.stands = suit.as_it_stands
        self.whole: Mapping[Side, Mapping[str, Column]] = {
            "claimants": prospects.claimants,
            "respondent": {name: -column for name, column in cost_by_claimant(prospects).items()}}

    def of_each(self, sets: Iterable[Sequence[Strand]]) -> Iterator[Study]:
        """Yield the study of each set of strands: all combinations of their values are supposed, many side by side."""
        waiting: list[tuple[tuple[Strand, ...], list[tuple[object, ...]]]] = []
        for strands in sets:
            waiting.append((tuple(strands), list(itertools.product(*(strand.values for strand in strands)))))
            if sum(len(runs) for _, runs in waiting) >= SIDE_BY_SIDE:
                yield from self._made(waiting)
                waiting = []
        yield from self._made(waiting)

    def _made(self, waiting: Sequence[tuple[tuple[Strand, ...], list[tuple[object, ...]]]]) -> Iterator[Study]:
        supposed = [_supposition(strands, values) for strands, runs in waiting for values in runs]
        found: list[Prospect] = []
        for first in range(0, len(supposed), SIDE_BY_SIDE):
            found += self.suit.supposing(supposed[first : first + SIDE_BY_SIDE])
        prospects = iter(found)
        for strands, runs in waiting:
            yield Study(self, strands, dict(zip(runs, prospects, strict=False)))

    def decided(self, side: Side) -> tuple[Choice, ...]:
        """Return the choices of a side."""
        return self.choices.claimants if side == "claimants" else (self.choices.respondent,)


@dataclass(frozen=True)
class Study:
    """Strands, and what going to court brings for each combination of their values (all doubts of a strand alike)."""

    studies: Studies
    strands: tuple[Strand, ...]
    runs: Mapping[tuple[object, ...], Prospect]

    @cached_property
    def chances(self) -> Chances:
        """The chances of the values of every doubt, by its key."""
        return {doubt.key: doubt.chances for strand in self.strands for doubt in strand.doubts}

    @cached_property
    def shifts(self) -> Mapping[Side, Mapping[str, float]]:
        """What is added to every supposition, by side and claimant, in euros: what all worlds bring beyond the first.

        What is contested, taken together, is then worth what it is now. What is unknown changes that once it is found:
        there the worlds are compared where nothing is supposed.
        """
        unknown = any(strand.unknown for strand in self.strands)
        return {side: {name: float(self.studies.whole[side][name].mean()) - (
            float(_columns(self.studies.stands, side)[name].mean()) if unknown
            else mean_of(self._supposed(side, name), self.chances)) for name in self.studies.choices.members}
            for side in SIDES}

    @cached_property
    def outlooks(self) -> Mapping[Side, Mapping[str, Outlook]]:
        """What going to court brings a side as to each claimant, for each way to find the doubts on it."""
        return {side: {name: self._shifted(side, name) for name in self.studies.choices.members} for side in SIDES}

    def _shifted(self, side: Side, claimant: str) -> Outlook:
        supposed = self._supposed(side, claimant)
        return Outlook(supposed.points, supposed.worth + self.shifts[side][claimant])

    def _supposed(self, side: Side, claimant: str) -> Outlook:
        own = [strand.of(claimant) for strand in self.strands]
        values = [(strand.values[0],) if doubt is None else doubt.values
                  for strand, doubt in zip(self.strands, own, strict=True)]
        rows = [_columns(self.runs[run], side)[claimant] for run in itertools.product(*values)]
        points = [doubt for doubt in own if doubt is not None]
        shape = (*(len(doubt.values) for doubt in points), -1)
        return Outlook(tuple(doubt.key for doubt in points), np.asarray(rows).reshape(shape))

    def worth(self, side: Side, reliability: float) -> Worth:
        """Return what a report on all the strands is worth to a side, each of its choices taken by itself."""
        sign = 1 if side == "claimants" else -1
        told = [(choice, self._information(side, choice.claimants, sign * float(choice.certain), reliability))
                for choice in self.studies.decided(side)]
        deviation = np.sum([found.deviation for _, found in told], axis=0)
        level = np.sum([pull * self.studies.whole[side][name] for choice, found in told
                        for name, pull in zip(choice.claimants, found.pulls, strict=True)], axis=0)
        error = (deviation.var() / deviation.size + np.var(level) / level.size) ** 0.5
        together = self._information(side, self.studies.choices.members, 0.0, reliability)
        return Worth(euros(sum(found.worth for _, found in told)), euros(float(error)), euros(together.moves))

    def _information(self, side: Side, claimants: Sequence[str], certain: float, reliability: float) -> Information:
        decision = Decision(certain, tuple(self.outlooks[side][name] for name in claimants))
        return worth_of_information(decision, self.chances, reliability, self.studies.suit.worlds)

    def best(self, side: Side, reliability: float) -> float:
        """Return what a side's better choices bring on average once reported, in euros."""
        sign = 1 if side == "claimants" else -1
        now = sum(max(sign * float(choice.certain), sum(float(self.studies.whole[side][name].mean())
                                                        for name in choice.claimants))
                  for choice in self.studies.decided(side))
        return now + float(self.worth(side, reliability).decision)

    def moves(self, claimant: str) -> float:
        """Return the mean distance by which learning all moves what going to court leaves one claimant, in euros."""
        return self._information("claimants", (claimant,), 0.0, 1.0).moves

    def found(self, value: object) -> Prospect:
        """Return what going to court brings where every doubt that may be is found to have this value."""
        return self.runs[tuple(value if value in strand.values else strand.values[0] for strand in self.strands)]

    def moved(self, claimant: str, value: object) -> float:
        """Return how far a value moves what going to court leaves one claimant from where it stands, in euros."""
        return float(self.found(value).claimants[claimant].mean()) + self.shifts["claimants"][claimant] - float(
            self.studies.whole["claimants"][claimant].mean())

    def total(self, side: Side, prospect: Prospect) -> float:
        """Return what going to court brings the claimants, or costs the respondent, in euros (both positive)."""
        sign = 1 if side == "claimants" else -1
        return sign * sum(float(_columns(prospect, side)[name].mean()) + self.shifts[side][name]
                          for name in self.studies.choices.members)

    def swing_error(self, side: Side) -> float:
        """Return the standard error of the difference between the best and the worst value, in euros."""
        sums = [self._together(side, run) for run in self.runs.values()]
        apart = max(sums, key=np.mean) - min(sums, key=np.mean)
        return float(apart.std() / apart.size**0.5)

    def _together(self, side: Side, prospect: Prospect) -> Column:
        columns = _columns(prospect, side)
        return np.asarray(np.sum([columns[name] for name in self.studies.choices.members], axis=0))

    def proving(self, side: Side) -> tuple[object, float]:
        """Return the value that suits a side best, and what it brings to have it found rather than as things stand."""
        sign = 1 if side == "claimants" else -1
        now = sum(float(self.studies.whole[side][name].mean()) for name in self.studies.choices.members)
        gains = {value: sign * self.total(side, self.found(value)) - now
                 for value in dict.fromkeys(value for strand in self.strands for value in strand.values)}
        best = max(gains, key=lambda value: gains[value])
        return best, gains[best]

    def producing(self, side: Side, reliability: float) -> float:
        """Return what a report on all the strands brings a side that produces it only where it serves, in euros.

        What each claimant has of its own is produced apart; what is common to several, for all of them or not at all.
        """
        names = self.studies.choices.members
        apart = all(len(doubt.claimants) == 1 for strand in self.strands for doubt in strand.doubts)
        groups = [(name,) for name in names] if apart else [names]
        return sum(self._produced(side, group, reliability) for group in groups)

    def _produced(self, side: Side, claimants: Sequence[str], reliability: float) -> float:
        stands = sum(float(self.studies.whole[side][name].mean()) for name in claimants)
        return worth_of_producing([self.outlooks[side][name] for name in claimants], stands, self.chances, reliability,
                                  self.studies.suit.worlds)
