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

import numpy as np

from vismajor.case.models import Claimant
from vismajor.case.proceedings import EachSide, Proceedings
from vismajor.damages.accessories import later_interest, taxable_costs
from vismajor.reasoning.worlds import Column, Truth, Worlds
from vismajor.settlement.flows import Flow, worth
from vismajor.settlement.judgments import Judgments, judge
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.stages import StageDrawn
from vismajor.settlement.valuation import Valuation


def prospects_of(valuation: Valuation) -> Prospects:
    """Return what going to court brings each side. Without `proceedings`: the award as it is today, nothing spent."""
    return suit_of(valuation).prospects


@dataclass(frozen=True)
class Suit:
    """The judgments, and the payments that follow from them.

    `transfers`: what the respondent pays each claimant (negative: what the claimant pays it), `spent` and
    `spent_by_respondent` what each side spends on its own; `shared`: of what each claimant spends, its part of what is
    spent once for all. `rates` are the yearly rates at which each side discounts.
    """

    judgments: Judgments
    transfers: Mapping[str, Sequence[Flow]]
    spent: Mapping[str, Sequence[Flow]]
    spent_by_respondent: Sequence[Flow]
    rates: EachSide
    count: int
    shared: Mapping[str, Sequence[Flow]] = field(default_factory=dict)

    @property
    def prospects(self) -> Prospects:
        """What each side is left with, in euros of the date of knowledge."""
        ours, theirs, count = float(self.rates.claimants), float(self.rates.respondent), self.count
        spent = {name: worth(flows, ours, count) for name, flows in self.spent.items()}
        spent_by_respondent = worth(self.spent_by_respondent, theirs, count)
        paid = sum((worth(flows, theirs, count) for flows in self.transfers.values()), np.zeros(count))
        final = self.judgments.final
        return Prospects(
            {name: worth(flows, ours, count) - spent[name] for name, flows in self.transfers.items()},
            paid + spent_by_respondent, {name: award.total for name, award in final.items()},
            np.any([award.amount > 0 for award in final.values()], axis=0),
            np.asarray(sum(spent.values(), np.zeros(count))), spent_by_respondent,
            {name: worth(flows, ours, count) for name, flows in self.shared.items()})


def suit_of(valuation: Valuation) -> Suit:
    """Return the suit of all claimants before one court."""
    judgments, count = judge(valuation), valuation.assessment.worlds.count
    proceedings = valuation.assessment.case.file.proceedings
    if proceedings is None:
        now = np.zeros(count)
        return Suit(judgments, {name: [Flow(now, award.total)] for name, award in judgments.final.items()},
                    {name: [] for name in judgments.final}, [], EachSide(), count)
    course = _Course(valuation, proceedings, judgments)
    transfers = {name: course.transfers(name) for name in judgments.final}
    return Suit(judgments, transfers, {name: course.spent(name) for name in judgments.final},
                course.spent_by_respondent(), proceedings.discount_rate, count,
                {name: course.shared(name) for name in judgments.final})


class _Course:
    """One suit in time, with all that its payments share; columns of shape (worlds,)."""

    def __init__(self, valuation: Valuation, proceedings: Proceedings, judgments: Judgments) -> None:
        self.valuation, self.proceedings, self.judgments = valuation, proceedings, judgments
        self.worlds: Worlds = valuation.assessment.worlds
        first, appeal = proceedings.first_instance, proceedings.appeal
        self.first = StageDrawn("first_instance", first, self.worlds, np.zeros(self.worlds.count))
        self.appeal = None if appeal is None else StageDrawn("appeal", appeal, self.worlds, self.first.ends)
        self.paid_at_once = self._chance("provisional_enforcement", proceedings.provisional_enforcement)
        self.able = self._chance("ability_to_pay", proceedings.ability_to_pay)
        self.parts = _parts(valuation, proceedings.shared)
        self.in_suit = shared_out(self.parts, {name: np.ones(self.worlds.count, dtype=np.bool_) for name in self.parts})
        self.in_appeal = shared_out(self.parts, judgments.appealed)
        loses = {name: award.amount <= 0 for name, award in judgments.final.items()}
        self.losers = shared_out(self.parts, loses)
        self.losers_on_appeal = shared_out(self.parts, {n: loses[n] & judgments.appealed[n] for n in loses})

    def _chance(self, name: str, chance: float) -> Truth:
        return np.asarray(self.worlds.uniform(f"suit:{name}") <= chance)

    def ends(self, name: str) -> Column:
        """Return the months until a claimant's case is over."""
        if self.appeal is None:
            return self.first.ends
        return np.where(self.judgments.appealed[name], self.appeal.ends, self.first.ends)

    def recovered(self, name: str) -> tuple[Column, Column]:
        """Return what a claimant is paid after the first judgment, and in the end (negative: what it pays back)."""
        first, final = self.judgments.first[name], self.judgments.final[name]
        appealed = self.judgments.appealed[name]
        at_once = np.where(~appealed | self.paid_at_once, first.total, 0.0)
        late = np.where(appealed & ~self.paid_at_once & ~self.judgments.changed[name],
                        final.amount * self._later_interest(name), 0.0)
        return at_once * self.able, (final.total + late - at_once) * self.able

    def _later_interest(self, name: str) -> Column:
        if self.appeal is None:
            return np.zeros(self.worlds.count)
        assessment = self.valuation.assessment
        return later_interest(assessment.case, assessment.law, name, self.first.ends, self.appeal.ends)

    def transfers(self, name: str) -> list[Flow]:
        """Return what the respondent pays one claimant: the award, the expert's fee given back, less its own costs."""
        at_once, later = self.recovered(name)
        ends, wins = self.ends(name), self.judgments.final[name].amount > 0
        settled = np.where(wins, self.first.expert_fee * self.in_suit[name] * self.able, 0.0)
        settled = settled - self.first.irrecoverable * self.losers[name]
        flows = [Flow(self.first.ends, at_once), Flow(ends, later + settled)]
        if self.appeal is not None:
            on_appeal = np.where(wins, self.appeal.expert_fee * self.in_appeal[name] * self.able, 0.0)
            flows.append(Flow(ends, on_appeal - self.appeal.irrecoverable * self.losers_on_appeal[name]))
        return flows

    def spent(self, name: str) -> list[Flow]:
        """Return what one claimant spends: its part of what is spent for all, its own, the fees on what it recovers."""
        assessment = self.valuation.assessment
        taxable = taxable_costs(assessment, self._claimant(name))
        flows = [*self.shared(name), Flow(self.first.middle, self.first.spent_by_each(name) + taxable)]
        share = np.full(self.worlds.count, self.first.success_share)
        if self.appeal is not None:
            appealed = self.judgments.appealed[name]
            flows.append(Flow(self.appeal.middle, np.where(appealed, self.appeal.spent_by_each(name), 0.0)))
            share = share + np.where(appealed, self.appeal.success_share, 0.0)
        return [*flows, Flow(self.ends(name), share * sum(self.recovered(name)))]

    def shared(self, name: str) -> list[Flow]:
        """Return one claimant's part of what is spent once for all: on appeal, among those whose case goes there."""
        flows = [Flow(self.first.middle, (self.first.for_all + self.first.expert_fee) * self.in_suit[name])]
        if self.appeal is not None:
            for_all = self.appeal.for_all + self.appeal.expert_fee
            flows.append(Flow(self.appeal.middle, for_all * self.in_appeal[name]))
        return flows

    def spent_by_respondent(self) -> list[Flow]:
        """Return what the respondent spends, its lawyer's part of what it is spared of the claims included."""
        spared = sum(np.maximum(float(loss.claimed) - self.judgments.final[loss.claimant.id].total, 0.0)
                     for loss in self.valuation.losses)
        flows = [Flow(self.first.middle, self.first.spent_by_respondent)]
        share, ends = np.full(self.worlds.count, self.first.respondents_success_share), self.first.ends
        if self.appeal is not None:
            any_ = np.any(list(self.judgments.appealed.values()), axis=0)
            flows.append(Flow(self.appeal.middle, np.where(any_, self.appeal.spent_by_respondent, 0.0)))
            share = share + np.where(any_, self.appeal.respondents_success_share, 0.0)
            ends = np.where(any_, self.appeal.ends, ends)
        return [*flows, Flow(ends, share * spared)]

    def _claimant(self, name: str) -> Claimant:
        return next(loss.claimant for loss in self.valuation.losses if loss.claimant.id == name)


def _parts(valuation: Valuation, shared: str) -> Mapping[str, float]:
    """Return what each claimant bears of what is spent for all, all together 1."""
    claimed = {loss.claimant.id: float(loss.claimed) for loss in valuation.losses}
    total = sum(claimed.values())
    if shared == "equally" or total <= 0:
        return dict.fromkeys(claimed, 1 / len(claimed))
    return {name: amount / total for name, amount in claimed.items()}


def shared_out(parts: Mapping[str, float], among: Mapping[str, Truth]) -> Mapping[str, Column]:
    """Return the part of each in a sum that those `among` whom it falls share, world by world; nil for the others."""
    heads = {name: part * among[name] for name, part in parts.items()}
    together = sum(heads.values(), np.zeros(len(next(iter(among.values())))))
    some = together > 0
    return {name: np.divide(own, together, out=np.zeros_like(together), where=some) for name, own in heads.items()}
