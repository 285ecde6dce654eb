"""Values a case: for each claimant and for the group, what judgment would bring, and where each offer stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.offers import Offer
from vismajor.damages.award import Award, compute_awards
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.damages.money import euros
from vismajor.reasoning.assessment import Assessment, Progress
from vismajor.reasoning.worlds import Column, Truth


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
class StandingOffers:
    """The last offer of the respondent that each claimant holds, together, against what these would be awarded.

    `value` is what the case is worth for these claimants.
    """

    offers: tuple[Offer, ...]
    claimants: tuple[str, ...]
    amount: Decimal
    judgment_brings_more: float
    share_of_mean: float | None
    value: Value

    def offer_to(self, claimant: str) -> Offer:
        """Return the offer that stands for one of `claimants`."""
        return next(offer for offer in reversed(self.offers) if offer.concerns(claimant))


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
    standing: StandingOffers | None

    @property
    def group_award(self) -> Column:
        """The sum of all awards, in euros per world."""
        return np.asarray(np.sum([award.total for award in self.awards.values()], axis=0))


def value_case(assessment: Assessment, progress: Progress | None = None, losses: tuple[ClaimantLoss, ...] | None = None
               ) -> Valuation:
    """Compute losses (where they are not given), awards and value of every claimant and of the group."""
    if losses is None:
        losses = compute_losses(assessment.case, assessment.law, assessment.worlds, progress)
    awards = compute_awards(assessment, losses)
    known = [offer for offer in assessment.case.file.offers if offer.date <= assessment.case.as_of]
    offers = sorted(known, key=lambda offer: offer.date)
    values = {
        loss.claimant.id: _value(loss.claimed, award.total, award.liable, award.capped, [
            _standing(offer, offer.amount, award.total) for offer in offers if offer.concerns(loss.claimant.id)])
        for loss, award in zip(losses, awards.values(), strict=True)
    }
    return Valuation(assessment, losses, awards, values, _together(losses, awards, offers),
                     _standing_offers(losses, awards, offers))


def _sum(awards: Mapping[str, Award], claimants: Sequence[str]) -> Column:
    return np.asarray(np.sum([awards[claimant].total for claimant in claimants], axis=0))


def _standing_offers(losses: tuple[ClaimantLoss, ...], awards: Mapping[str, Award], offers: Sequence[Offer]
                     ) -> StandingOffers | None:
    made = [offer for offer in offers if offer.by == "respondent"]
    last = {claimant: offer for offer in made for claimant in awards if offer.concerns(claimant)}
    if not last:
        return None
    held = tuple(claimant for claimant in awards if claimant in last)
    amount, award = sum((last[claimant].amount for claimant in held), Decimal("0.00")), _sum(awards, held)
    mean = float(award.mean())
    value = _together(tuple(loss for loss in losses if loss.claimant.id in held),
                      {claimant: awards[claimant] for claimant in held}, ())
    return StandingOffers(tuple(dict.fromkeys(last[claimant] for claimant in held)), held, amount,
                          float(np.mean(award > float(amount))), float(amount) / mean if mean > 0 else None, value)


def _together(losses: tuple[ClaimantLoss, ...], awards: Mapping[str, Award], offers: Sequence[Offer]) -> Value:
    liable = np.any([award.liable for award in awards.values()], axis=0)
    # The group stands under the cap where no claimant who wins escapes it.
    capped = ~np.any([award.liable & ~award.capped for award in awards.values()], axis=0)
    made = []
    for offer in offers:
        addressees = [claimant for claimant in awards if offer.concerns(claimant)]
        made.append(_standing(offer, offer.amount * len(addressees), _sum(awards, addressees)))
    claimed = sum((loss.claimed for loss in losses), Decimal("0.00"))
    return _value(claimed, _sum(awards, list(awards)), liable, capped, made)


def _value(claimed: Decimal, total: Column, liable: Truth, capped: Truth, offers: Sequence[OfferStanding]) -> Value:
    return Value(claimed, _spread(total), _branch(total, ~liable), _branch(total, liable & capped),
                 _branch(total, liable & ~capped), tuple(offers))


def _spread(amount: Column) -> Spread:
    p10, p50, p90 = (euros(float(q)) for q in np.quantile(amount, [0.1, 0.5, 0.9]))
    error = euros(float(amount.std() / np.sqrt(amount.size)))
    return Spread(euros(float(amount.mean())), error, p10, p50, p90, float(np.mean(amount <= 0)))


def _branch(amount: Column, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Branch:
    return Branch(float(np.mean(where)), euros(float(amount[where].mean())) if where.any() else None)


def _standing(offer: Offer, amount: Decimal, award: Column) -> OfferStanding:
    mean = euros(float(award.mean()))
    more = float(np.mean(award > float(amount)))
    return OfferStanding(offer, amount, more, float(amount / mean) if mean > 0 else None)
