"""Claimants who share the costs of one suit: what it is worth to each, in company or alone, and who takes an offer.

What is spent once for all falls on those who go on: where some settle, it weighs more on the others, whose suit is then
worth less, so that some of these had better settle as well. Who remains is the fixed point of that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.damages.money import NOTHING
from vismajor.reasoning.worlds import Column, Truth
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.risk import Estimated, certainty_equivalent


@dataclass(frozen=True)
class Pool:
    """What each claimant would be left with before sharing (`own`), and its part of what falls once on all (`shared`).

    Both by id, in euros per world, with all of them in the suit. `parts`: how they split what falls on them.
    `risk_tolerance`: that of each, in euros, or None.
    """

    own: Mapping[str, Column]
    shared: Mapping[str, Column]
    parts: Mapping[str, float]
    risk_tolerance: float | None = None

    @property
    def spent_for_all(self) -> float:
        """What is spent once for all, on average, in euros."""
        return sum(float(column.mean()) for column in self.shared.values())

    def burden(self, going_on: Collection[str]) -> Column:
        """Return how many times its share in the suit of all each bears when these alone go on, world by world.

        As many times as they are fewer, by their `parts`, and together never more than falls on all: where some alone
        went to appeal, they bore that already.
        """
        parts = sum(self.parts[name] for name in going_on)
        borne = np.sum([self.shared[name] for name in going_on], axis=0)
        spent = np.sum(list(self.shared.values()), axis=0)
        at_most = np.divide(spent, borne, out=np.ones_like(spent), where=borne > 0)
        return np.asarray(np.minimum(1 / parts, at_most) if parts > 0 else at_most)

    def net(self, claimant: str, going_on: Collection[str]) -> Column:
        """Return what a claimant is left with when it shares the suit with those `going_on`, itself among them."""
        return self.own[claimant] - self.shared[claimant] * self.burden({*going_on, claimant})

    def worths(self, going_on: Collection[str]) -> dict[str, Estimated]:
        """Return what the suit is worth to each of those who go on with it together, in euros."""
        burden = self.burden(going_on) if going_on else np.zeros(0)
        return {name: certainty_equivalent(self.own[name] - self.shared[name] * burden, self.risk_tolerance)
                for name in going_on}

    def worth(self, claimant: str, going_on: Collection[str]) -> Estimated:
        """Return what the suit is worth to a claimant when it shares it with those `going_on`, in euros."""
        return certainty_equivalent(self.net(claimant, going_on), self.risk_tolerance)

    def before_sharing(self, claimant: str) -> float:
        """Return what the suit would be worth to a claimant that bore nothing of what is spent for all."""
        return certainty_equivalent(self.own[claimant], self.risk_tolerance).value

    def within(self, worlds: Truth) -> Pool:
        """Return the same claimants in some of the worlds."""
        return Pool({name: column[worlds] for name, column in self.own.items()},
                    {name: column[worlds] for name, column in self.shared.items()}, self.parts, self.risk_tolerance)

    def among(self, claimants: Collection[str]) -> Pool:
        """Return these claimants, as if they alone sued: what is spent once for all is spent by them."""
        kept = [name for name in self.own if name in claimants]
        burden = self.burden(kept) if kept else np.zeros(0)
        return Pool({name: self.own[name] for name in kept}, {name: self.shared[name] * burden for name in kept},
                    _together_one({name: self.parts[name] for name in kept}), self.risk_tolerance)


def pool_of(prospects: Prospects, risk_tolerance: Decimal | None) -> Pool:
    """Return the claimants of a suit as they share its costs: equally where they bear nothing together."""
    names = list(prospects.claimants)
    none = prospects.respondent * 0.0
    return Pool({name: prospects.before_sharing(name) for name in names},
                {name: prospects.shared.get(name, none) for name in names},
                _together_one({name: prospects.parts.get(name, 1.0) for name in names}),
                None if risk_tolerance is None else float(risk_tolerance))


def _together_one(parts: Mapping[str, float]) -> dict[str, float]:
    together = sum(parts.values())
    return {name: part / together if together > 0 else 1 / len(parts) for name, part in parts.items()}


@dataclass(frozen=True)
class Response:
    """Who had better take an offer (`accept`), who `go_on` with the suit, who give it up for nothing (`give_up`).

    Each in the order of the case. `at_once`: those who leave while all the others would go on; the others who leave
    follow because fewer share the costs. `worth`: what the suit is worth to each in the company of those who go on.
    `at_least`: the number of those who must accept for the offer to hold; where it is not reached (`holds` false) it
    binds nobody.
    """

    offers: Mapping[str, Decimal]
    accept: tuple[str, ...]
    go_on: tuple[str, ...]
    give_up: tuple[str, ...]
    at_once: tuple[str, ...]
    worth: Mapping[str, Estimated]
    at_least: int | None = None

    @property
    def holds(self) -> bool:
        """Whether enough accept."""
        return self.missing == 0

    @property
    def missing(self) -> int:
        """How many acceptances are wanting for the offer to hold."""
        return 0 if self.at_least is None else max(self.at_least - len(self.accept), 0)

    def suit(self, claimant: str) -> Decimal:
        """Return what going on is worth to a claimant, to the cent, and nothing at least: it may give up."""
        return max(self.worth[claimant].figure.value, NOTHING)

    def floor(self, claimant: str) -> Decimal:
        """Return what a claimant has of it: the offer where it takes it, else what its suit is worth, never below 0."""
        return self.offers[claimant] if claimant in self.accept else self.suit(claimant)

    @property
    def total(self) -> Decimal:
        """What the claimants have of it together: the offer for those who take it, the suit's worth for the others."""
        return self.from_offers + self.from_suit

    @property
    def from_offers(self) -> Decimal:
        """What those have together who take what they are offered, in euros."""
        return sum((self.offers[name] for name in self.accept), NOTHING)

    @property
    def from_suit(self) -> Decimal:
        """What the suit is worth to those who go on with it, together, in euros."""
        return sum((self.suit(name) for name in self.go_on), NOTHING)


def respond(pool: Pool, offers: Mapping[str, Decimal], at_least: int | None = None) -> Response:
    """Return who accepts an offer (euros by claimant; whoever is left out is offered nothing), goes on, or gives up.

    A claimant accepts what is no less than its suit is worth in the company of those who still go on, and gives up a
    suit that costs it money. As fewer go on the suit is worth less to each, so that nobody who left comes back: those
    who remain are the most who can.
    """
    going_on = list(pool.own)
    at_once: tuple[str, ...] | None = None
    while True:
        worth = pool.worths(going_on)
        leaving = {name for name in going_on if _leaves(worth[name].figure.value, offers.get(name))}
        at_once = tuple(name for name in going_on if name in leaving) if at_once is None else at_once
        going_on = [name for name in going_on if name not in leaving]
        if not leaving:
            break
    left = [name for name in pool.own if name not in going_on]
    return Response(
        offers, tuple(name for name in left if name in offers), tuple(going_on),
        tuple(name for name in left if name not in offers), at_once,
        {name: worth[name] if name in worth else pool.worth(name, going_on) for name in pool.own}, at_least)


def decide(pool: Pool, offers: Mapping[str, Decimal], at_least: int | None = None) -> Response:
    """Return what each does where these offers stand: as without any where too few accept for them to hold.

    This is what the claimants have without a further agreement, and so the floor of all that reckons with one: those
    who would not sue take what they are offered while the others go on.
    """
    told = respond(pool, offers, at_least)
    return told if told.holds else respond(pool, {})


def _leaves(worth: Decimal, offer: Decimal | None) -> bool:
    return worth < 0 or (offer is not None and offer >= worth)
