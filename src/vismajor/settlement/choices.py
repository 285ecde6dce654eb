"""What each side may take instead of going to court: the sum against which knowing something is weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.case.offers import Offer, Side
from vismajor.damages.money import NOTHING, euros
from vismajor.settlement.pool import decide, pool_of
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.supposed_suit import cost_by_claimant
from vismajor.settlement.valuation import Valuation

# What a certain sum is: an offer that stands, the claimants' last demand, a sum given by who asks, what the suit leaves
# on average where there is none of these.
Ground = Literal["offer", "demand", "given", "court"]


@dataclass(frozen=True)
class Choice:
    """A sum that is certain, in euros, or going to court: for these claimants, who decide as one.

    `court`: what going to court brings them on average, or costs the respondent.
    """

    claimants: tuple[str, ...]
    certain: Decimal
    ground: Ground
    court: Decimal


@dataclass(frozen=True)
class Choices:
    """The choice of every claimant, or one of all together, and that of the respondent."""

    claimants: tuple[Choice, ...]
    respondent: Choice

    @property
    def members(self) -> tuple[str, ...]:
        """Every claimant whose suit is looked at."""
        return self.respondent.claimants


def choices_of(valuation: Valuation, prospects: Prospects, claimant: str | None = None, offer: Decimal | None = None
               ) -> Choices:
    """Return what each side chooses between, for all claimants or for one of them.

    A claimant may take the last offer made to it that is still open, for what it is worth to it. Where there is none it
    is taken to settle for what the suit leaves it on average, and never for less than nothing: it need not sue. The
    respondent may pay what the claimants ask, else the least for which they would settle: their floor, as `bargaining`
    counts it (on means), the offers that stand included. `offer` is a sum for all of them
    together: then they decide as one, and both sides weigh it.
    """
    members = tuple(valuation.awards) if claimant is None else (claimant,)
    nets = {name: euros(float(prospects.claimants[name].mean())) for name in members}
    costs = cost_by_claimant(prospects)
    cost = sum((euros(float(costs[name].mean())) for name in members), NOTHING)
    if offer is not None:
        together = Choice(members, offer, "given", sum(nets.values(), NOTHING))
        return Choices((together,), Choice(members, offer, "given", cost))
    ours = tuple(_choice(valuation, name, net) for name, net in nets.items())
    asked = _asked(valuation, members)
    if asked is not None:
        return Choices(ours, Choice(members, asked, "demand", cost))
    return Choices(ours, Choice(members, _floor(valuation, prospects, nets), "court", cost))


def _floor(valuation: Valuation, prospects: Prospects, nets: Mapping[str, Decimal]) -> Decimal:
    """Return the least for which these claimants would settle: all of them, or one while the others go on."""
    standing = valuation.standing
    offers = {name: worth for name, worth in (standing.worths if standing else {}).items() if name in nets}
    if set(nets) == set(prospects.claimants):
        return decide(pool_of(prospects, None), offers, standing.at_least if standing else None).total
    return sum((max(net, offers.get(name, NOTHING), NOTHING) for name, net in nets.items()), NOTHING)


def _choice(valuation: Valuation, claimant: str, net: Decimal) -> Choice:
    offer = _open(valuation, "respondent", claimant)
    if offer is None:
        return Choice((claimant,), max(net, NOTHING), "court", net)
    return Choice((claimant,), offer.worth, "offer", net)


def _asked(valuation: Valuation, members: tuple[str, ...]) -> Decimal | None:
    """Return what the claimants ask, together; None where one of them asks nothing."""
    offers = [_open(valuation, "claimants", name) for name in members]
    return None if None in offers else sum((offer.worth for offer in offers if offer), NOTHING)


def _open(valuation: Valuation, side: Side, claimant: str) -> Offer | None:
    """Return the last offer of a side to a claimant, or for it, that may still be accepted."""
    case, months = valuation.assessment.case, valuation.assessment.law.offers_open_for
    made = [offer for offer in sorted(case.file.offers, key=lambda offer: offer.date)
            if offer.by == side and offer.concerns(claimant) and offer.open_on(case.as_of, months)]
    return made[-1] if made else None
