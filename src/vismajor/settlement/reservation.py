"""The reservation values: the least that each claimant must get to settle, the most that the respondent would pay.

That of a claimant is what it has without a further agreement: what the suit leaves it, after costs and time, or the
offer that it can take while the others sue; that of the respondent is what the suit costs it,
with what a judgment against it would bring upon it from others, less what a settlement that becomes known would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.proceedings import Bargaining, Precedent, Stance
from vismajor.damages.award import estimated
from vismajor.reasoning.worlds import Column, Worlds
from vismajor.settlement.pool import Response, decide, pool_of
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.risk import Estimated, certain_cost


def without_agreement(prospects: Prospects, stances: Bargaining, offers: Mapping[str, Decimal] | None = None,
                      at_least: int | None = None) -> Response:
    """Return what each claimant would do without a further agreement, and what the suit is then worth to it, in euros.

    Who would lose money by suing gives up, or takes its standing offer (`offers`, euros by claimant, which hold if
    `at_least` so many accept), and leaves what is spent for all to the others, who may then do so as well. The risk
    tolerance of the claimants is that of each of them: each must be content with its own part.
    """
    return decide(pool_of(prospects, stances.claimants.risk_tolerance), offers or {}, at_least)


def tolerance_of(stance: Stance) -> float | None:
    """Return the risk tolerance of a side, in euros, None where it looks at the mean alone."""
    return None if stance.risk_tolerance is None else float(stance.risk_tolerance)


@dataclass(frozen=True)
class RespondentsSide:
    """What the respondent weighs up. `claimed`: all that is claimed, in euros; paying it ends the suit."""

    prospects: Prospects
    stances: Bargaining
    worlds: Worlds
    claimed: Decimal | None

    def value(self, customers: Decimal | None = None, alone: bool = False) -> Estimated:
        """Return the most that it would pay to settle: never more than all that is claimed.

        Negative where it would rather be judged than settle for nothing. `customers`: so many others were hit, instead
        of the number estimated; `alone`: none.
        """
        found = self.unbounded(customers, alone)
        return found if self.claimed is None else found.at_most(float(self.claimed))

    def unbounded(self, customers: Decimal | None = None, alone: bool = False) -> Estimated:
        """Return the same for whom more than all that is claimed could be asked.

        With a constant attitude to risk, what is paid for sure adds up: S is paid gladly as long as S with what follows
        a settlement is no worse than the suit with what follows a judgment.
        """
        tolerance = tolerance_of(self.stances.respondent)
        after_judgment, after_settlement = self.following(customers, alone)
        return (certain_cost(self.prospects.respondent + after_judgment, tolerance)
                - certain_cost(after_settlement, tolerance))

    def following(self, customers: Decimal | None = None, alone: bool = False) -> tuple[Column, Column]:
        """Return what others cost it after a judgment (where it loses) and after a settlement, in euros per world."""
        precedent = self.stances.precedent
        if precedent is None or alone:
            nothing = np.zeros(self.worlds.count)
            return nothing, nothing
        each = others_cost(precedent, self.worlds, customers)
        return np.where(self.prospects.lost, each * precedent.follow_judgment, 0.0), each * precedent.follow_settlement


def others_cost(precedent: Precedent, worlds: Worlds, customers: Decimal | None = None) -> Column:
    """Return what all other customers would cost if all of them followed, in euros per world."""
    number = (estimated(worlds, "precedent:customers", precedent.customers) if customers is None
              else np.full(worlds.count, float(customers)))
    return np.asarray(number * estimated(worlds, "precedent:each", precedent.each))
