"""What going to court brings each side where some facts are supposed found: the same suit on the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vismajor.damages.award import ISSUES, OWN_SHARE, Award, compute_awards
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.doubts import Doubts
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.rehearing import Reheard
from vismajor.reasoning.suppositions import Supposed, Supposition, Suppositions
from vismajor.reasoning.worlds import Column, Worlds
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.valuation import Valuation

EXCUSE = "exoneration"
Awards = Mapping[str, Award]


@dataclass(frozen=True)
class Prospect:
    """What going to court brings, by claimant, in euros per world: what it is left with, what it costs the respondent.

    `liable`, `excused` and `capped`: whether the first court awards it something, for which part of its claims and
    duties it excuses the respondent, whether it applies the cap to what it awards.
    """

    claimants: Mapping[str, Column]
    respondent: Mapping[str, Column]
    liable: Mapping[str, Column]
    excused: Mapping[str, Column]
    capped: Mapping[str, Column]

    def part(self, number: int, count: int) -> Prospect:
        """Return the `number`-th part of the worlds, each of `count`."""
        part = slice(number * count, (number + 1) * count)
        return Prospect(*({name: column[part] for name, column in columns.items()} for columns in (
            self.claimants, self.respondent, self.liable, self.excused, self.capped)))


def cost_by_claimant(prospects: Prospects) -> dict[str, Column]:
    """Return what the suit costs the respondent, claimant by claimant, in euros per world.

    What it costs beyond what it is ordered to pay each in the end (its own costs, time) is laid on all of them alike.
    """
    rest = (prospects.respondent - sum(prospects.awarded.values(), np.zeros(1))) / len(prospects.awarded)
    return {name: awarded + rest for name, awarded in prospects.awarded.items()}


def prospect_of(prospects: Prospects, assessment: Assessment, awards: Awards) -> Prospect:
    """Return what going to court brings, claimant by claimant."""
    excused: dict[str, list[Column]] = {name: [] for name in awards}
    for (claim, _), answers in assessment.answers.items():
        if EXCUSE in answers:
            excused[assessment.case.claim(claim).claimant.id].append(answers[EXCUSE].holds.astype(np.float64))
    return Prospect(
        prospects.claimants, cost_by_claimant(prospects),
        {name: award.liable.astype(np.float64) for name, award in awards.items()},
        {name: np.mean(found, axis=0) if found else np.zeros(assessment.worlds.count)
         for name, found in excused.items()},
        {name: (award.liable & award.capped).astype(np.float64) for name, award in awards.items()})


class SupposedSuit:
    """A suit of which some facts may be supposed found, by every court that hears it, on the first `count` worlds."""

    def __init__(self, valuation: Valuation, doubts: Doubts, count: int) -> None:
        assessment = valuation.assessment
        self._valuation, self.worlds = valuation, Worlds(assessment.worlds.seed, count)
        appeal = assessment.case.file.proceedings and assessment.case.file.proceedings.appeal
        courts: list[Worlds] = [self.worlds]
        if appeal:
            courts.append(Reheard(self.worlds.seed, count, appeal.afresh))
        prepared = Prepared(assessment.law, doubts.graphs)
        self._courts = [Suppositions(assessment, doubts, prepared, court, (*ISSUES, EXCUSE)) for court in courts]
        self._shares = {key for key, doubt in doubts.by_key.items() if doubt.fact == OWN_SHARE}
        self.as_it_stands = self._together([[court.supposing({}) for court in self._courts]])[0]

    def change(self, supposition: Supposition) -> float:
        """Return by how much the supposition moves the probability of an answer of the first court, at most.

        The claimant's own share of its loss moves no answer, but all that it is awarded: that counts as 1.
        """
        if self._shares & supposition.keys():
            return 1.0
        return self._courts[0].largest_change(self._courts[0].supposing(supposition))

    def supposing(self, suppositions: Sequence[Supposition]) -> list[Prospect]:
        """Return what going to court brings under each supposition: the value found of each doubt, by its key."""
        supposed = [[court.supposing(one) for court in self._courts] for one in suppositions]
        moving = [at for at, found in enumerate(supposed)
                  if any(one.changed for one in found) or self._shares & suppositions[at].keys()]
        prospects = dict(zip(moving, self._together([supposed[at] for at in moving]), strict=True))
        return [prospects.get(at, self.as_it_stands) for at in range(len(suppositions))]

    def _together(self, supposed: Sequence[Sequence[Supposed]]) -> list[Prospect]:
        """Return what going to court brings under each supposition, all of them evaluated at once."""
        if not supposed:
            return []
        by_court = zip(*supposed, strict=True)
        found = [court.answers(several) for court, several in zip(self._courts, by_court, strict=True)]
        awards = [compute_awards(one, self._valuation.losses) for one in found]
        prospects = prospects_of(replace(self._valuation, assessment=found[0], awards=awards[0]), awards[-1])
        together = prospect_of(prospects, found[0], awards[0])
        return [together.part(at, self.worlds.count) for at in range(len(supposed))]
