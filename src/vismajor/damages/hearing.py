"""One court over some worlds, as awards need it: what it holds, what it draws; and what each claimant asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vismajor.case.costs import CostsClaim
from vismajor.case.models import Case, Claim, Claimant
from vismajor.damages.accessories import InterestTerms, interest_terms
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.money import NOTHING
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
    """What one claimant asks in every world: its heads of loss, claim by claim, with interest and costs on top.

    `caps` holds, by claim, the cap in euros where a clause sets one.
    """

    claimant: Claimant
    heads: tuple[HeadLoss, ...]
    caps: Mapping[str, Decimal | None]
    interest: InterestTerms | None
    costs: CostsClaim | None

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the claimant, one for each contract."""
        return tuple(Claim(self.claimant, contract) for contract in self.claimant.agreements)

    @property
    def claimed(self) -> Decimal:
        """The total claimed, in euros."""
        return sum((head.claimed for head in self.heads), NOTHING)


def demands_of(case: Case, law: Law, losses: Sequence[ClaimantLoss]) -> tuple[Demand, ...]:
    """Return what each claimant asks of the court, in the order of the losses."""
    return tuple(
        Demand(loss.claimant, loss.heads, loss.caps, interest_terms(case, law, loss.claimant),
               loss.claimant.costs or case.file.costs) for loss in losses)


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
