"""The zone of agreement between the two sides, or why there is none; where it would be divided.

A settlement helps both sides where R_c ≤ R_d, the least that the claimants must get and the most that the respondent
would pay, each under its own beliefs. The difference is made of these terms, exactly:

    R_c − R_d = optimism + asymmetry + giving_up + standing_offer + claim_paid
                − costs of both sides − precedent − what both would give for certainty

`optimism`: what the claimants believe that the respondent will have to pay them, more than the respondent does, both
valued as the claimants value it; `asymmetry`: what it is worth to them more than it costs the respondent (rates of
discount); `giving_up`: a claimant whose suit would cost it money need not sue, and leaves its part of
the common costs to the others; `standing_offer`: those who would not sue, or gain less by it, take the offer that
stands while the others go on, which lifts the least that all of them must get; `claim_paid`: the respondent never pays
more than all that is claimed. Where each side bears its own costs, looks at the mean, and differs from the other in
the chance alone that it gives to a claim of L, there is no room if (p_c − p_d) · L > C_c + C_d (Landes, Posner, Gould,
Shavell).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from vismajor.case.proceedings import Bargaining
from vismajor.damages.money import NOTHING, euros
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.pool import Response, pool_of
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.reservation import RespondentsSide, without_agreement
from vismajor.settlement.risk import Figure, mean, total

Term = Literal["optimism", "asymmetry", "giving_up", "standing_offer", "claim_paid", "costs_claimants",
               "costs_respondent", "precedent", "risk_claimants", "risk_respondent"]
SplitBy = Literal["power", "patience", "equally"]
EVEN = 0.5


@dataclass(frozen=True)
class Beliefs:
    """What going to court brings, as each side sees it: over the same worlds, so that differences carry no noise."""

    claimants: Prospects
    respondent: Prospects


@dataclass(frozen=True)
class Split:
    """How the zone is divided: the part that falls to the claimants, on what ground, and the sum at that point.

    It is counted from what the claimants have if all talks fail, which is the suit: an offer that stands is a way out
    and no more (it may fall once it is answered otherwise), and moves the point of division only where that lies below
    what the offer already gives (Binmore, Rubinstein and Wolinsky's outside option).
    """

    share: float
    by: SplitBy
    amount: Decimal


@dataclass(frozen=True)
class WithCustomers:
    """The result if so many other customers were hit (None: no other counted): R_d, and the point of division."""

    customers: Decimal | None
    respondent: Figure
    split: Decimal | None


@dataclass(frozen=True)
class FloorMade:
    """What the claimants' floor is made of, in euros: what they have together without a further agreement.

    `suit`: what the suit is worth to those who would go on with it, `going_on`; `offer`: what those have who take the
    offer that stands meanwhile, `taking`. `without_offer`: the floor if that offer did not stand.
    """

    suit: Decimal
    going_on: tuple[str, ...]
    offer: Decimal
    taking: tuple[str, ...]
    without_offer: Decimal

    @property
    def total(self) -> Decimal:
        """The floor."""
        return self.suit + self.offer


@dataclass(frozen=True)
class Bargain:
    """Both sides' reservation values, in euros of the date of knowledge, and what lies between them.

    `claimants`: by id, what the suit is worth to each in the company of those who would go on with it (negative where
    it would cost more than it brings); `suing`: those who would sue without an agreement if no offer stood; `together`:
    the least that all of them must get, R_c, made as `made` says.
    `respondent`: the most that it would pay, R_d, if it expects all of them to sue, and never more than `claimed`.
    `terms` add up to R_c − R_d, to the cent. `split`: where the zone would be divided, None where there is none.
    `beliefs`: what each side expects of the suit. `precedent`: the result without other customers, with the fewest and
    with the most of them. `offers`: what those who would take the offer that stands are offered, in euros.
    """

    claimants: Mapping[str, Figure]
    suing: tuple[str, ...]
    together: Figure
    respondent: Figure
    terms: Mapping[Term, Decimal]
    split: Split | None
    beliefs: Beliefs = field(repr=False, compare=False)
    claimed: Decimal | None = None
    precedent: tuple[WithCustomers, ...] = ()
    made: FloorMade | None = None
    offers: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def width(self) -> Decimal:
        """R_d − R_c: what there is to share, negative where there is nothing."""
        return self.respondent.value - self.together.value

    @property
    def zone(self) -> tuple[Decimal, Decimal] | None:
        """The sums that are better than the suit for both sides, or None."""
        return (self.together.value, self.respondent.value) if self.width >= 0 else None

    @property
    def obstacle(self) -> Term | None:
        """The term that stands most in the way where there is no zone."""
        if self.zone is not None:
            return None
        return max(self.terms, key=lambda term: self.terms[term])

    def floor(self, claimant: str) -> Decimal:
        """Return the least that a claimant must get: the offer that it would take, else its suit, never below 0."""
        if claimant in self.offers:
            return self.offers[claimant]
        return max(self.claimants[claimant].value, NOTHING)


@dataclass(frozen=True)
class Offered:
    """The offers that stand, in euros by claimant, and how many must accept for them to hold (None: whoever does)."""

    worths: Mapping[str, Decimal] = field(default_factory=dict)
    at_least: int | None = None


def bargain(beliefs: Beliefs, stances: Bargaining, worlds: Worlds, claimed: Decimal | None = None,
            offered: Offered | None = None) -> Bargain:
    """Return both reservation values, what lies between them, and where the zone would be divided.

    `claimed`: what is claimed together, in euros: paying it ends the suit (None: no such bound). `offered`: what the
    claimants can take without any further agreement.
    """
    offered = offered or Offered()
    alone = without_agreement(beliefs.claimants, stances)
    ours = without_agreement(beliefs.claimants, stances, offered.worths, offered.at_least)
    side = RespondentsSide(beliefs.respondent, stances, worlds, claimed)
    together, respondent = _together(ours, worlds.count), side.value().figure
    # An offer may also leave all of them with less, where those who take it leave the costs to the others.
    least = min(alone.total, together.value)
    return Bargain(
        {name: value.figure for name, value in ours.worth.items()}, alone.go_on, together, respondent,
        _to_the_cent(_terms(beliefs, alone, ours, side), together.value - respondent.value),
        split_of(stances, least, respondent.value, together.value), beliefs, claimed,
        tuple(_with_customers(side, least, together.value)),
        FloorMade(ours.from_suit, ours.go_on, ours.from_offers, ours.accept, alone.total),
        {name: ours.offers[name] for name in ours.accept if name in ours.offers})


def _together(ours: Response, count: int) -> Figure:
    """Return the sum of the floors, each to the cent, so that it is the sum of those shown."""
    return Figure(sum((ours.floor(name) for name in ours.worth), NOTHING),
                  total([ours.worth[name] for name in ours.go_on], count).figure.standard_error)


def _with_customers(side: RespondentsSide, least: Decimal, floor: Decimal) -> Iterator[WithCustomers]:
    """Yield the result without other customers, with the fewest, and with the most stated."""
    if side.stances.precedent is not None:
        stated = side.stances.precedent.customers
        for number in (None, *dict.fromkeys((stated.low, stated.high))):
            value = side.value(number, alone=number is None).figure
            split = split_of(side.stances, least, value.value, floor)
            yield WithCustomers(number, value, split.amount if split else None)


def _terms(beliefs: Beliefs, alone: Response, ours: Response, side: RespondentsSide) -> dict[Term, float]:
    """Return the terms of R_c − R_d, in euros, each with its sign; `alone`: what the claimants do without any offer."""
    mine, theirs = beliefs.claimants, beliefs.respondent
    paid_to_us = mean(mine.together + mine.spent_by_claimants).value
    paid_as_they_see_it = mean(theirs.together + theirs.spent_by_claimants).value
    paid_by_them = mean(theirs.respondent - theirs.spent_by_respondent).value
    after_judgment, after_settlement = side.following()
    precedent = mean(after_judgment - after_settlement).value
    everyone = pool_of(mine, side.stances.claimants.risk_tolerance)
    worth = sum(value.value for value in everyone.worths(list(everyone.own)).values())
    most = side.unbounded().value
    return {
        "optimism": paid_to_us - paid_as_they_see_it, "asymmetry": paid_as_they_see_it - paid_by_them,
        "giving_up": float(alone.total) - worth, "standing_offer": float(ours.total - alone.total),
        "claim_paid": most - side.value().value, "costs_claimants": -mean(mine.spent_by_claimants).value,
        "costs_respondent": -mean(theirs.spent_by_respondent).value, "precedent": -precedent,
        "risk_claimants": worth - mean(mine.together).value,
        "risk_respondent": mean(theirs.respondent).value + precedent - most,
    }


def _to_the_cent(terms: Mapping[Term, float], difference: Decimal) -> dict[Term, Decimal]:
    """Return the terms to the cent; the cents that rounding leaves go to the largest, so that they add up."""
    stated = {name: euros(value) for name, value in terms.items()}
    largest = max(stated, key=lambda name: abs(stated[name]))
    stated[largest] += difference - sum(stated.values(), NOTHING)
    return stated


def claimants_share(stances: Bargaining) -> tuple[float, SplitBy]:
    """Return the part of the zone that falls to the claimants, and on what ground.

    Nash with the power stated, one half where nothing tells the sides apart. By patience: with offers in turn, each
    soon after the other, who discounts waiting at r a year gets r' / (r + r'), r' being the other's rate: the limit of
    Rubinstein's (1 − δ') / (1 − δ δ') as the time between two offers vanishes.
    """
    if stances.power is not None:
        return stances.power, "power"
    patience = stances.patience
    if patience is None or patience.claimants + patience.respondent == 0:
        return EVEN, "equally"
    return float(patience.respondent / (patience.claimants + patience.respondent)), "patience"


def split_of(stances: Bargaining, least: Decimal, most: Decimal, floor: Decimal = NOTHING) -> Split | None:
    """Return where a zone would be divided, None where there is none.

    `least` and `most`: what each side has if the talks fail; `floor`: what the claimants can take anyway, if more
    (there is no zone where the respondent would not pay that).
    """
    if most < max(least, floor):
        return None
    share, by = claimants_share(stances)
    return Split(share, by, max(euros(least + Decimal(repr(share)) * (most - least)), floor))
