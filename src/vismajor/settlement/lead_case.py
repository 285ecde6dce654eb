"""One claimant's case as a test for all: run it first, then decide for the others in the light of its judgment.

The claimants share the facts of the incident, the law and the court's view of both, so that a judgment for one of them
teaches the others what theirs would bring. They then sue or settle as that judgment suggests, but later, and only if
time has not run out for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.damages.award import Award
from vismajor.damages.money import euros
from vismajor.reasoning.worlds import Truth
from vismajor.settlement.pool import Pool, decide

Outcome = Literal["nothing", "capped", "uncapped"]
MONTHS_OF_YEAR = 12
DAYS_OF_MONTH = 365.25 / 12


@dataclass(frozen=True)
class AfterJudgment:
    """What the others do once the first case is judged so: its chance, who goes on, who takes the offer, who gives up.

    `worth`: what they have of it together, in euros of that day.
    """

    outcome: Outcome
    probability: float
    go_on: tuple[str, ...]
    accept: tuple[str, ...]
    give_up: tuple[str, ...]
    worth: Decimal


@dataclass(frozen=True)
class LeadCase:
    """The plan that runs one claimant's case first, in euros of the date of knowledge.

    `alone`: what that suit is worth, all that is spent for one suit included; `others`: what follows for the others,
    less the delay of `months`; `now`: what all have if each decides today.
    """

    claimant: str
    months: float
    alone: Decimal
    branches: tuple[AfterJudgment, ...]
    others: Decimal
    now: Decimal

    @property
    def worth(self) -> Decimal:
        """What the plan is worth to all of them together."""
        return self.alone + self.others

    @property
    def gain(self) -> Decimal:
        """What the plan brings more than deciding today."""
        return self.worth - self.now


@dataclass(frozen=True)
class Plan:
    """What every plan of one case rests on.

    `awards`: what the first court awards, by id; `offers`: those that may be taken today, and `later`, those that may
    still be taken after `months`, when the first case is judged; `yearly_rate`: at which claimants discount waiting.
    `firm`: those of `later` whose term their author fixed; the others are not presumed to stand once the first case is
    lost (all of `later` are firm where it is None). `at_least`: how many must accept for an offer to hold.
    """

    pool: Pool
    awards: Mapping[str, Award]
    offers: Mapping[str, Decimal]
    later: Mapping[str, Decimal]
    months: float
    yearly_rate: float
    firm: frozenset[str] | None = None
    at_least: int | None = None

    def lead(self, claimant: str, now: Decimal) -> LeadCase:
        """Return the plan that runs one claimant's case first; `now` is what all have if each decides today."""
        alone = euros(self.pool.worth(claimant, [claimant]).value)
        others = [name for name in self.pool.own if name != claimant]
        branches = tuple(self._after(outcome, where, others)
                         for outcome, where in _outcomes(self.awards[claimant]).items() if where.any())
        expected = sum(branch.probability * float(branch.worth) for branch in branches)
        waiting = (1 + self.yearly_rate) ** (-self.months / MONTHS_OF_YEAR)
        return LeadCase(claimant, self.months, alone, branches, euros(expected * waiting), now)

    def leads(self) -> tuple[LeadCase, ...]:
        """Return the plan with each claimant as the first, the one worth most first."""
        now = decide(self.pool, self.offers, self.at_least).total
        found = [self.lead(claimant, now) for claimant in self.pool.own]
        return tuple(sorted(found, key=lambda one: -one.worth))

    def _after(self, outcome: Outcome, where: Truth, others: Sequence[str]) -> AfterJudgment:
        pool = self.pool.among(others).within(where)
        told = decide(pool, {name: self.later[name] for name in others if self._stands(name, outcome)}, self.at_least)
        return AfterJudgment(outcome, float(where.mean()), told.go_on, told.accept, told.give_up, told.total)

    def _stands(self, name: str, outcome: Outcome) -> bool:
        """Tell whether an offer may still be taken once the first case is judged so."""
        lost = outcome == "nothing" and self.firm is not None and name not in self.firm
        return name in self.later and not lost


def _outcomes(award: Award) -> dict[Outcome, Truth]:
    """Return the worlds in which the first court gives nothing, gives no more than the cap, gives more."""
    something = award.amount > 0
    return {"nothing": ~something, "capped": something & award.capped, "uncapped": something & ~award.capped}


def too_late(last_days: Mapping[str, dt.date], lead: str, as_of: dt.date, months: float) -> dict[str, dt.date]:
    """Return the claimants for whom time runs out before the first case is judged, with their last day to sue."""
    judged = as_of + dt.timedelta(days=round(months * DAYS_OF_MONTH))
    return {name: day for name, day in last_days.items() if name != lead and day < judged}


def still_open(offers: Mapping[str, Decimal], until: Mapping[str, dt.date | None], as_of: dt.date, months: float
               ) -> dict[str, Decimal]:
    """Return the offers that may still be taken when the first case is judged: those that do not lapse before."""
    judged = as_of + dt.timedelta(days=round(months * DAYS_OF_MONTH))
    return {name: amount for name, amount in offers.items() if (until.get(name) or judged) >= judged}
