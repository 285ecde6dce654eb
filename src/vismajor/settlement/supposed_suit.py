"""What going to court brings each side where some facts are supposed found: the same suit on the same draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from vismajor.damages.award import ISSUES, Award, compute_awards
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.doubts import Doubts
from vismajor.reasoning.rehearing import Reheard
from vismajor.reasoning.suppositions import Supposition, Suppositions
from vismajor.reasoning.worlds import Column, Worlds
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.valuation import Valuation

EXCUSE = "exoneration"
Awards = Mapping[str, Award]


@dataclass(frozen=True)
class Prospect:
    """What going to court brings, by claimant, in euros per world: what it is left with, what it costs the respondent.

    `liable`, `excused` and `capped`: how likely it is that the first court awards it something, excuses the respondent
    (over its claims and duties), and applies the cap to what it awards.
    """

    claimants: Mapping[str, Column]
    respondent: Mapping[str, Column]
    liable: Mapping[str, float]
    excused: Mapping[str, float]
    capped: Mapping[str, float]


def cost_by_claimant(prospects: Prospects) -> dict[str, Column]:
    """Return what the suit costs the respondent, claimant by claimant, in euros per world.

    What it costs beyond what it is ordered to pay each in the end (its own costs, time) is laid on all of them alike.
    """
    rest = (prospects.respondent - sum(prospects.awarded.values(), np.zeros(1))) / len(prospects.awarded)
    return {name: awarded + rest for name, awarded in prospects.awarded.items()}


def prospect_of(prospects: Prospects, assessment: Assessment, awards: Awards) -> Prospect:
    """Return what going to court brings, claimant by claimant."""
    excused: dict[str, list[float]] = {name: [] for name in awards}
    for (claim, _), answers in assessment.answers.items():
        if EXCUSE in answers:
            excused[assessment.case.claim(claim).claimant.id].append(answers[EXCUSE].probability)
    return Prospect(
        prospects.claimants, cost_by_claimant(prospects),
        {name: float(award.liable.mean()) for name, award in awards.items()},
        {name: float(np.mean(found)) if found else 0.0 for name, found in excused.items()},
        {name: float((award.liable & award.capped).mean()) for name, award in awards.items()})


class SupposedSuit:
    """A suit of which some facts may be supposed found, by every court that hears it, on the first `count` worlds."""

    def __init__(self, valuation: Valuation, doubts: Doubts, count: int) -> None:
        assessment = valuation.assessment
        self._valuation, self.worlds = valuation, Worlds(assessment.worlds.seed, count)
        appeal = assessment.case.file.proceedings and assessment.case.file.proceedings.appeal
        courts: list[Worlds] = [self.worlds]
        if appeal:
            courts.append(Reheard(self.worlds.seed, count, appeal.afresh))
        self._courts = [Suppositions(assessment, doubts, court, ISSUES | {EXCUSE}) for court in courts]
        self._stands = [court.as_it_stands() for court in self._courts]
        self._awards = [compute_awards(one, valuation.losses) for one in self._stands]

    def as_it_stands(self) -> Prospect:
        """Return what going to court brings where nothing is supposed."""
        return self._prospect(self._stands[0], self._awards)

    def change(self, supposition: Supposition) -> float:
        """Return by how much the supposition moves the probability of an answer of the first court, at most."""
        return self._courts[0].largest_change(supposition)

    def supposing(self, supposition: Supposition) -> Prospect:
        """Return what going to court brings where each doubt, by its key, is found at the value given."""
        first: Assessment | None = None
        awards: list[Awards] = []
        for court, before in zip(self._courts, self._awards, strict=True):
            found, moved = court.supposing(supposition)
            losses = [loss for loss in self._valuation.losses if moved & loss.caps.keys()]
            awards.append({**before, **compute_awards(found, losses)})
            first = first or found
        assert first is not None
        return self._prospect(first, awards)

    def _prospect(self, first: Assessment, awards: list[Awards]) -> Prospect:
        supposed = replace(self._valuation, assessment=first, awards=awards[0])
        return prospect_of(prospects_of(supposed, awards[-1]), first, awards[0])
