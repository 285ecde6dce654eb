"""The suit as stages in time: who pays what to whom and when, what each side spends, in every world.

The first judgment comes after so many months, the ruling on appeal after so many more. What is awarded is paid after
the first judgment where it is performed at once (CPC 514), else in the end; what a court of appeal takes back is paid
back, what it adds is paid then. Between the two an upheld award bears interest at the legal rate (C. civ. 1231-7),
simple. Who wins in the end gets its costs (CPC 695, 696, 700). Of those who lose, the respondent gets one sum a stage
for its other costs: those who lose share it, as they share what is spent for all.

With the same discount rate on both sides, what the respondent loses and the claimants do not get is what both spend:
R_d − R_c = all outlays, whoever is ordered to bear them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from vismajor.case.proceedings import EachSide, Proceedings
from vismajor.damages.accessories import later_interest, taxable_costs
from vismajor.damages.award import Award
from vismajor.reasoning.worlds import Column, Truth, Worlds
from vismajor.settlement.flows import Flow, worth
from vismajor.settlement.judgments import Judgments, judge
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.stages import StageDrawn
from vismajor.settlement.valuation import Valuation


def prospects_of(valuation: Valuation, second: Mapping[str, Award] | None = None) -> Prospects:
    """Return what going to court brings each side. Without `proceedings`: the award as it is today, nothing spent.

    `second`: what a court of appeal would award, where that is known already.
    """
    return suit_of(valuation, second).prospects


@dataclass(frozen=True)
class Suit:
    """The judgments, and the payments that follow from them.

    `transfers`: what the respondent pays each claimant (negative: what the claimant pays it); `spent` and
    `spent_by_respondent`: what each side spends on its own; `months`: until all is over, of shape (worlds,). `rates`
    are the yearly rates at which each side discounts. `shared`: each claimant's part of what falls once on all of them,
    split as `parts` say.
    """

    judgments: Judgments
    transfers: Mapping[str, Sequence[Flow]]
    spent: Mapping[str, Sequence[Flow]]
    spent_by_respondent: Sequence[Flow]
    months: Column
    rates: EachSide
    shared: Mapping[str, Sequence[Flow]] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def prospects(self) -> Prospects:
        """What each side is left with, in euros of the date of knowledge."""
        ours, theirs, count = float(self.rates.claimants), float(self.rates.respondent), self.months.size
        spent = {name: worth(flows, ours, count) for name, flows in self.spent.items()}
        spent_by_respondent = worth(self.spent_by_respondent, theirs, count)
        paid = worth((flow for flows in self.transfers.values() for flow in flows), theirs, count)
        final = self.judgments.final
        return Prospects(
            {name: worth(flows, ours, count) - spent[name] for name, flows in self.transfers.items()},
            paid + spent_by_respondent, {name: award.total for name, award in final.items()},
            np.any([award.amount > 0 for award in final.values()], axis=0),
            np.asarray(sum(spent.values(), np.zeros(count))), spent_by_respondent,
            {name: worth(flows, ours, count) for name, flows in self.shared.items()}, spent,
            self.parts)


def suit_of(valuation: Valuation, second: Mapping[str, Award] | None = None) -> Suit:
    """Return the suit of all claimants before one court (`second`: see `prospects_of`)."""
    judgments, now = judge(valuation, second), np.zeros(valuation.assessment.worlds.count)
    proceedings, names = valuation.assessment.case.file.proceedings, list(judgments.final)
    if proceedings is None:
        return Suit(judgments, {name: [Flow(now, award.total)] for name, award in judgments.final.items()},
                    {name: [] for name in names}, [], now, EachSide())
    course = _Course(valuation, proceedings, judgments)
    return Suit(judgments, {name: course.transfers(name) for name in names},
                {name: course.spent(name) for name in names}, course.spent_by_respondent(), course.over,
                proceedings.discount_rate, {name: course.shared(name) for name in names}, course.parts)


class _Course:
    """One suit in time, with all that its payments share; columns of shape (worlds,)."""

    def __init__(self, valuation: Valuation, proceedings: Proceedings, judgments: Judgments) -> None:
        self.valuation, self.proceedings, self.judgments = valuation, proceedings, judgments
        self.worlds: Worlds = valuation.assessment.worlds
        everywhere = np.ones(self.worlds.count, dtype=np.bool_)
        self.stages = [_Heard(StageDrawn("first_instance", proceedings.first_instance, self.worlds,
                                         np.zeros(self.worlds.count)), dict.fromkeys(judgments.final, everywhere))]
        if proceedings.appeal is not None:
            self.stages.append(_Heard(StageDrawn("appeal", proceedings.appeal, self.worlds,
                                                 self.stages[0].drawn.ends), judgments.appealed))
        self.paid_at_once = self._chance("provisional_enforcement", proceedings.provisional_enforcement)
        self.able = self._chance("ability_to_pay", proceedings.ability_to_pay)
        self.parts = _parts(valuation, proceedings.shared)
        self.loses = {name: award.amount <= 0 for name, award in judgments.final.items()}

    def _chance(self, name: str, chance: float) -> Truth:
        return np.asarray(self.worlds.uniform(f"suit:{name}") <= chance)

    @property
    def over(self) -> Column:
        """Months until the last claimant's case is over."""
        return np.asarray(np.max([self.ends(name) for name in self.judgments.final], axis=0))

    def ends(self, name: str) -> Column:
        """Return the months until a claimant's case is over."""
        return np.where(self.judgments.appealed[name], self.stages[-1].drawn.ends, self.stages[0].drawn.ends)

    def transfers(self, name: str) -> list[Flow]:
        """Return what the respondent pays one claimant: award and costs granted, less what it is itself granted."""
        at_once, later = self._recovered(name)
        for stage, common in zip(self.stages, self._ordered_for_all(name), strict=True):
            granted = np.where(stage.of[name] & ~self.loses[name], stage.drawn.granted(name), 0.0)
            later = later + granted * self.able + common
        return [Flow(self.stages[0].drawn.ends, at_once), Flow(self.ends(name), later)]

    def _ordered_for_all(self, name: str) -> list[Column]:
        """Return one claimant's part of what is ordered once for all, by stage.

        The expert's fee given back to those who win, less what those who lose pay the respondent for its other costs.
        """
        ordered = []
        for stage in self.stages:
            given_back = np.where(self.loses[name], 0.0, stage.drawn.expert_fee * self._part(stage.of, name))
            losing = {one: stage.of[one] & self.loses[one] for one in self.loses}
            ordered.append(given_back * self.able - stage.drawn.irrecoverable * self._part(losing, name))
        return ordered

    def _recovered(self, name: str) -> tuple[Column, Column]:
        """Return what a claimant is paid after the first judgment, and in the end (negative: what it pays back)."""
        first, final = self.judgments.first[name], self.judgments.final[name]
        waits = self.judgments.appealed[name] & ~self.paid_at_once
        at_once = np.where(waits, 0.0, first.total)
        # What an appeal changes bears interest from that ruling on; what is given back, from the notice all the same.
        bears = np.where(self.judgments.changed[name], np.minimum(final.restitution, final.amount), final.amount)
        late = np.where(waits, bears * self._later_interest(name), 0.0)
        return at_once * self.able, (final.total + late - at_once) * self.able

    def _later_interest(self, name: str) -> Column:
        assessment = self.valuation.assessment
        return later_interest(assessment.case, assessment.law, name, self.stages[0].drawn.ends,
                              self.stages[-1].drawn.ends)

    def spent(self, name: str) -> list[Flow]:
        """Return what one claimant spends: its part of what is spent for all, its own, the fees on what it recovers."""
        claimant = next(loss.claimant for loss in self.valuation.losses if loss.claimant.id == name)
        advanced = taxable_costs(self.valuation.assessment, claimant)
        flows, share = [], np.zeros(self.worlds.count)
        for stage, together in zip(self.stages, self._spent_for_all(name), strict=True):
            drawn, takes_part = stage.drawn, stage.of[name]
            own = drawn.spent_by_each(name) + advanced
            flows.append(Flow(drawn.middle, together.amount + np.where(takes_part, own, 0.0), drawn.name))
            share = share + np.where(takes_part, drawn.success_share, 0.0)
            advanced = np.zeros(self.worlds.count)
        at_once, later = self._recovered(name)
        return [*flows, Flow(self.ends(name), share * (at_once + later))]

    def _spent_for_all(self, name: str) -> list[Flow]:
        """Return one claimant's part of what is spent once for all, stage by stage, among those heard there."""
        return [Flow(stage.drawn.middle, (stage.drawn.for_all + stage.drawn.expert_fee) * self._part(stage.of, name),
                     stage.drawn.name) for stage in self.stages]

    def shared(self, name: str) -> list[Flow]:
        """Return one claimant's part of what falls once on all of them: spent for all, less what is ordered for all."""
        return [*self._spent_for_all(name), *(Flow(self.ends(name), -one) for one in self._ordered_for_all(name))]

    def spent_by_respondent(self) -> list[Flow]:
        """Return what the respondent spends, its lawyer's part of what it is spared of the claims included."""
        flows, share = [], np.zeros(self.worlds.count)
        for stage in self.stages:
            held = np.any(list(stage.of.values()), axis=0)
            flows.append(Flow(stage.drawn.middle, np.where(held, stage.drawn.spent_by_respondent, 0.0),
                              stage.drawn.name))
            share = share + np.where(held, stage.drawn.respondents_success_share, 0.0)
        spared = [np.maximum(float(loss.claimed) - self.judgments.final[loss.claimant.id].total, 0.0)
                  for loss in self.valuation.losses]
        return [*flows, Flow(self.over, share * np.sum(spared, axis=0))]

    def _part(self, among: Mapping[str, Truth], name: str) -> Column:
        """Return the part of one claimant in a sum that those `among` whom it falls share; nil where it is not one."""
        together = sum((part * among[one] for one, part in self.parts.items()), np.zeros(self.worlds.count))
        own = self.parts[name] * among[name]
        return np.asarray(np.divide(own, together, out=np.zeros_like(together), where=together > 0))


@dataclass(frozen=True)
class _Heard:
    """A stage, and the claimants whose case is heard there, world by world."""

    drawn: StageDrawn
    of: Mapping[str, Truth]


def _parts(valuation: Valuation, shared: Literal["equally", "by_claim"]) -> Mapping[str, float]:
    """Return what each claimant bears of what is spent for all, all together 1."""
    claimed = {loss.claimant.id: float(loss.claimed) for loss in valuation.losses}
    total = sum(claimed.values())
    if shared == "equally" or total <= 0:
        return dict.fromkeys(claimed, 1 / len(claimed))
    return {name: amount / total for name, amount in claimed.items()}
