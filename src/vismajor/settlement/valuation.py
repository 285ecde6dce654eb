"""Values a case: for each claimant and for the group, what judgment would bring, and where each offer stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.models import Offer
from vismajor.damages.award import Award, compute_awards
from vismajor.damages.heads import ClaimantLoss, compute_losses, euros
from vismajor.reasoning.assessment import Assessment, Progress
from vismajor.reasoning.worlds import Column


@dataclass(frozen=True)
class Spread:
    """A distribution over worlds, in euros: mean with its standard error, and the centiles 10, 50 and 90."""

    mean: Decimal
    standard_error: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    nothing: float
    """Probability that the award is nil."""


@dataclass(frozen=True)
class Branch:
    """One end of the dispute: its probability and the mean award there (None where it has no world)."""

    probability: float
    mean: Decimal | None


@dataclass(frozen=True)
class OfferStanding:
    """An offer against the award: in which share of the worlds judgment brings more, what the offer is of the mean."""

    offer: Offer
    amount: Decimal
    judgment_brings_more: float
    share_of_mean: float | None


@dataclass(frozen=True)
class Value:
    """What the case is worth for one claimant (or for all): claimed, awarded, its branches, the offers.

    For all: `capped` where every claimant who wins is under its cap, `uncapped` where one at least escapes it.
    """

    claimed: Decimal
    award: Spread
    not_liable: Branch
    capped: Branch
    uncapped: Branch
    offers: tuple[OfferStanding, ...]


@dataclass(frozen=True)
class Valuation:
    """The value of the case: by claimant id, and for the group (`together`: sums world by world, same court)."""

    assessment: Assessment
    losses: tuple[ClaimantLoss, ...]
    awards: Mapping[str, Award]
    claimants: Mapping[str, Value]
    together: Value

    @property
    def group_award(self) -> Column:
        """The sum of all awards, in euros per world."""
        return np.asarray(np.sum([award.amount for award in self.awards.values()], axis=0))


def value_case(assessment: Assessment, progress: Progress | None = None) -> Valuation:
    """Compute losses, awards and value of every claimant and of the group."""
    losses = compute_losses(assessment.case, assessment.law, assessment.worlds, progress)
    awards = compute_awards(assessment, losses)
    offers = [offer for offer in assessment.case.file.offers if offer.date <= assessment.case.as_of]
    values = {
        loss.claimant.id: _value(loss.claimed, awards[loss.claimant.id], _offers_to(offers, loss.claimant.id))
        for loss in losses
    }
    return Valuation(assessment, losses, awards, values, _together(losses, awards, offers))


def _offers_to(offers: list[Offer], claimant: str) -> list[tuple[Offer, Decimal]]:
    return [(offer, offer.amount) for offer in offers if offer.to == "all" or claimant in offer.to]


def _together(losses: tuple[ClaimantLoss, ...], awards: Mapping[str, Award], offers: list[Offer]) -> Value:
    amount = np.sum([award.amount for award in awards.values()], axis=0)
    debt = np.sum([award.uncapped for award in awards.values()], axis=0)
    liable = np.any([award.liable for award in awards.values()], axis=0)
    # The group stands under the cap where no claimant who wins escapes it.
    capped = ~np.any([award.liable & ~award.capped for award in awards.values()], axis=0)
    everyone = len(losses)
    totals = [(o, o.amount * (everyone if o.to == "all" else len(o.to))) for o in offers]
    claimed = sum((loss.claimed for loss in losses), Decimal("0.00"))
    return _value(claimed, Award("all", amount, debt, liable, capped), totals)


def _value(claimed: Decimal, award: Award, offers: list[tuple[Offer, Decimal]]) -> Value:
    spread = _spread(award.amount)
    return Value(
        claimed, spread, _branch(award.amount, ~award.liable), _branch(award.amount, award.liable & award.capped),
        _branch(award.amount, award.liable & ~award.capped),
        tuple(_standing(offer, amount, award.amount, spread) for offer, amount in offers),
    )


def _spread(amount: Column) -> Spread:
    p10, p50, p90 = (euros(float(q)) for q in np.quantile(amount, [0.1, 0.5, 0.9]))
    error = euros(float(amount.std() / np.sqrt(amount.size)))
    return Spread(euros(float(amount.mean())), error, p10, p50, p90, float(np.mean(amount <= 0)))


def _branch(amount: Column, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Branch:
    return Branch(float(np.mean(where)), euros(float(amount[where].mean())) if where.any() else None)


def _standing(offer: Offer, amount: Decimal, award: Column, spread: Spread) -> OfferStanding:
    share = float(amount / spread.mean) if spread.mean > 0 else None
    return OfferStanding(offer, amount, float(np.mean(award > float(amount))), share)
