"""One court over some worlds, as awards need it: what it holds, what it draws; and what each claimant asks of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vismajor.case.costs import CostsClaim
from vismajor.case.models import Case, Claim
from vismajor.damages.accessories import InterestTerms, interest_terms
from vismajor.damages.heads import ClaimantLoss
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.worlds import Column, Draws, Truth


@dataclass(frozen=True)
class Hearing:
    """Some worlds of one court.

    `holds(claim, duty, issue)` is the answer to an issue in each of these worlds, of shape (draws.count,);
    `stated(claim, duty, fact)` a fact as it is stated there, or None.
    """

    case: Case
    law: Law
    draws: Draws
    holds: Callable[[str, str, str], Truth]
    stated: Callable[[str, str, str], Finding | None]


def hearing_of(assessment: Assessment, start: int, draws: Draws) -> Hearing:
    """Return the worlds of an assessment from `start` on."""
    end = start + draws.count
    return Hearing(assessment.case, assessment.law, draws,
                   lambda claim, duty, issue: assessment.holds(claim, duty, issue)[start:end],
                   lambda claim, duty, fact: assessment.graphs[claim, duty].findings.get(fact))


@dataclass(frozen=True)
class Demand:
    """What one claimant asks: its losses, claim by claim, with interest and costs on top. The same in every world."""

    loss: ClaimantLoss
    claims: tuple[Claim, ...]
    interest: InterestTerms | None
    costs: CostsClaim | None


def demand_of(case: Case, law: Law, loss: ClaimantLoss) -> Demand:
    """Return what the claimant of these losses asks of the court."""
    claims = tuple(Claim(loss.claimant, contract) for contract in loss.claimant.agreements)
    return Demand(loss, claims, interest_terms(case, law, loss.claimant), loss.claimant.costs or case.file.costs)


def demands_of(case: Case, law: Law, losses: Sequence[ClaimantLoss]) -> tuple[Demand, ...]:
    """Return what each claimant asks of the court, in the order of the losses."""
    return tuple(demand_of(case, law, loss) for loss in losses)


@dataclass(frozen=True)
class Chosen:
    """The draws of some worlds alone: those at the positions `where`, in order."""

    draws: Draws
    where: NDArray[np.intp]

    @property
    def count(self) -> int:
        """Number of worlds chosen."""
        return self.where.size

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name`, of shape (count,)."""
        column = self.draws.uniform(name)
        return column if self.count == column.size else column.take(self.where)
