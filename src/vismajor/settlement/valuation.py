"""Values a case: for each claimant and for the group, what judgment would bring, and where each offer stands in it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.offers import Offer
from vismajor.damages.award import Award, compute_awards
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.damages.money import euros
from vismajor.reasoning.assessment import Assessment, Progress
from vismajor.reasoning.parallel import beside, cores
from vismajor.reasoning.worlds import Column, Truth

TRIED = "option"  # the id of an offer that the case does not hold, tried on the command line
MANY = 100_000  # worlds; for fewer, threads gain nothing


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
    """An offer against the award: in which share of the worlds judgment brings more, what the offer is of the mean.

    `open`: whether it may still be accepted.
    """

    offer: Offer
    amount: Decimal
    judgment_brings_more: float
    share_of_mean: float | None
    open: bool = True


@dataclass(frozen=True)
class StandingOffers:
    """The last offer of the respondent that each claimant may still accept, together, against what judgment brings.

    `amount` is what the offers are worth to them: of what is not in cash, the value agreed where one is. `value` is
    what the case is worth for these claimants.
    """

    offers: tuple[Offer, ...]
    claimants: tuple[str, ...]
    amount: Decimal
    judgment_brings_more: float
    share_of_mean: float | None
    value: Value

    @property
    def worths(self) -> dict[str, Decimal]:
        """What the offer that stands for each is worth to it, in euros."""
        return {claimant: self.offer_to(claimant).worth for claimant in self.claimants}

    @property
    def at_least(self) -> int | None:
        """How many must accept for the offers to hold; None where nothing is said."""
        return max((offer.at_least or 0 for offer in self.offers), default=0) or None

    @property
    def cost(self) -> Decimal:
        """What the offers cost the respondent, in euros."""
        return sum((self.offer_to(claimant).cost for claimant in self.claimants), Decimal("0.00"))

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
        return _sum([award.total for award in self.awards.values()])


def value_case(assessment: Assessment, progress: Progress | None = None, losses: tuple[ClaimantLoss, ...] | None = None
               ) -> Valuation:
    """Compute losses (where they are not given), awards and value of every claimant and of the group."""
    if losses is None:
        losses = compute_losses(assessment.case, assessment.law, assessment.worlds, progress)
    awards = compute_awards(assessment, losses)
    threads = cores() if assessment.worlds.count >= MANY else 1
    totals = dict(zip(awards, beside(lambda award: award.total, [*awards.values()], threads), strict=True))
    known = [offer for offer in assessment.case.file.offers if offer.date <= assessment.case.as_of]
    offers = sorted(known, key=lambda offer: offer.date)

    def value(loss: ClaimantLoss) -> Value:
        claimant = loss.claimant.id
        award, total = awards[claimant], totals[claimant]
        made = [standing_of(offer, offer.worth, total, assessment) for offer in offers if offer.concerns(claimant)]
        return value_of(loss.claimed, total, award.liable, award.capped, made)

    values = dict(zip(awards, beside(value, losses, threads), strict=True))
    return Valuation(assessment, losses, awards, values, _together(losses, awards, totals, offers, assessment),
                     _standing_offers(losses, awards, totals, offers, assessment))


def among(valuation: Valuation, claimants: Sequence[str]) -> Valuation:
    """Return the value of the case as if these claimants alone sued. KeyError for one that does not exist."""
    if set(claimants) == set(valuation.awards):
        return valuation
    losses = tuple(loss for loss in valuation.losses if loss.claimant.id in claimants)
    awards = {loss.claimant.id: valuation.awards[loss.claimant.id] for loss in losses}
    totals = {name: award.total for name, award in awards.items()}
    case = valuation.assessment.case
    offers = sorted((offer for offer in case.file.offers if offer.date <= case.as_of), key=lambda offer: offer.date)
    made = [offer for offer in offers if any(offer.concerns(name) for name in awards)]
    return Valuation(valuation.assessment, losses, awards, {name: valuation.claimants[name] for name in awards},
                     _together(losses, awards, totals, made, valuation.assessment),
                     _standing_offers(losses, awards, totals, made, valuation.assessment))


def _sum(columns: Sequence[Column]) -> Column:
    """Return the sum, world by world, in the order of the columns."""
    total = np.zeros(columns[0].size if columns else 1)
    for column in columns:
        total += column
    return total


def _any(columns: Iterable[Truth]) -> Truth:
    """Return where one of the columns holds."""
    return functools.reduce(np.logical_or, columns)


def _standing_offers(losses: tuple[ClaimantLoss, ...], awards: Mapping[str, Award], totals: Mapping[str, Column],
                     offers: Sequence[Offer], assessment: Assessment) -> StandingOffers | None:
    """Return the last offer to each claimant that it may still accept; one that lapsed revives none before it."""
    day, months = assessment.case.as_of, assessment.law.offers_open_for
    made = [offer for offer in offers if offer.by == "respondent"]
    latest = {claimant: offer for offer in made for claimant in awards if offer.concerns(claimant)}
    last = {claimant: offer for claimant, offer in latest.items() if offer.open_on(day, months)}
    if not last:
        return None
    held = tuple(claimant for claimant in awards if claimant in last)
    amount = sum((last[claimant].worth for claimant in held), Decimal("0.00"))
    award = _sum([totals[claimant] for claimant in held])
    mean = float(award.mean())
    value = _together(tuple(loss for loss in losses if loss.claimant.id in held),
                      {claimant: awards[claimant] for claimant in held}, totals, (), assessment)
    return StandingOffers(tuple(dict.fromkeys(last[claimant] for claimant in held)), held, amount,
                          float(np.mean(award > float(amount))), float(amount) / mean if mean > 0 else None, value)


def _together(losses: tuple[ClaimantLoss, ...], awards: Mapping[str, Award], totals: Mapping[str, Column],
              offers: Sequence[Offer], assessment: Assessment) -> Value:
    liable = _any(award.liable for award in awards.values())
    # The group stands under the cap where no claimant who wins escapes it.
    capped = ~_any(award.liable & ~award.capped for award in awards.values())
    made = []
    for offer in offers:
        addressees = [claimant for claimant in awards if offer.concerns(claimant)]
        award = _sum([totals[one] for one in addressees])
        made.append(standing_of(offer, offer.worth * len(addressees), award, assessment))
    claimed = sum((loss.claimed for loss in losses), Decimal("0.00"))
    return value_of(claimed, _sum([totals[claimant] for claimant in awards]), liable, capped, made)


def value_of(claimed: Decimal, total: Column, liable: Truth, capped: Truth, offers: Sequence[OfferStanding]) -> Value:
    """Return what the case is worth where judgment brings `total` euros, of shape (worlds,), on `claimed` euros."""
    return Value(claimed, spread_of(total), _branch(total, ~liable), _branch(total, liable & capped),
                 _branch(total, liable & ~capped), tuple(offers))


def spread_of(amount: Column) -> Spread:
    """Return the distribution of an amount in euros, of shape (worlds,)."""
    p10, p50, p90 = (euros(float(q)) for q in np.quantile(amount, [0.1, 0.5, 0.9]))
    error = euros(float(amount.std() / np.sqrt(amount.size)))
    return Spread(euros(float(amount.mean())), error, p10, p50, p90, float(np.mean(amount <= 0)))


def _branch(amount: Column, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Branch:
    return Branch(float(np.mean(where)), euros(float(amount[where].mean())) if where.any() else None)


def standing_of(offer: Offer, amount: Decimal, award: Column, assessment: Assessment | None = None) -> OfferStanding:
    """Return where an offer of `amount` euros stands to what judgment would bring, of shape (worlds,).

    `assessment` tells whether it is still open; it counts as open where that is left out.
    """
    mean = euros(float(award.mean()))
    more = float(np.mean(award > float(amount)))
    still = assessment is None or offer.open_on(assessment.case.as_of, assessment.law.offers_open_for)
    return OfferStanding(offer, amount, more, float(amount / mean) if mean > 0 else None, still)


def last_open(value: Value) -> OfferStanding | None:
    """Return the last offer of the respondent if it may still be accepted; one that lapsed revives none before it."""
    last = next((one for one in reversed(value.offers) if one.offer.by == "respondent"), None)
    return last if last is not None and last.open else None
