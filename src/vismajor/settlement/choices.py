"""What each side may take instead of going to court: the sum against which knowing something is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.case.models import Case
from vismajor.case.offers import Offer, Side
from vismajor.damages.money import NOTHING, euros
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
    respondent may pay what the claimants ask, else what they are taken to settle for. `offer` is a sum for all of them
    together: then they decide as one, and both sides weigh it.
    """
    members = tuple(valuation.awards) if claimant is None else (claimant,)
    nets = {name: euros(float(prospects.claimants[name].mean())) for name in members}
    floor = sum((max(net, NOTHING) for net in nets.values()), NOTHING)
    costs = cost_by_claimant(prospects)
    cost = sum((euros(float(costs[name].mean())) for name in members), NOTHING)
    if offer is not None:
        together = Choice(members, offer, "given", sum(nets.values(), NOTHING))
        return Choices((together,), Choice(members, offer, "given", cost))
    case = valuation.assessment.case
    ours = tuple(_choice(case, name, net) for name, net in nets.items())
    asked = _asked(case, members)
    theirs = Choice(members, floor, "court", cost) if asked is None else Choice(members, asked, "demand", cost)
    return Choices(ours, theirs)


def _choice(case: Case, claimant: str, net: Decimal) -> Choice:
    offer = _open(case, "respondent", claimant)
    if offer is None:
        return Choice((claimant,), max(net, NOTHING), "court", net)
    return Choice((claimant,), offer.worth, "offer", net)


def _asked(case: Case, members: tuple[str, ...]) -> Decimal | None:
    """Return what the claimants ask, together; None where one of them asks nothing."""
    offers = [_open(case, "claimants", name) for name in members]
    return None if None in offers else sum((offer.worth for offer in offers if offer), NOTHING)


def _open(case: Case, side: Side, claimant: str) -> Offer | None:
    """Return the last offer of a side to a claimant, or for it, that may still be accepted."""
    made = [offer for offer in sorted(case.file.offers, key=lambda offer: offer.date)
            if offer.by == side and offer.concerns(claimant) and offer.open_on(case.as_of)]
    return made[-1] if made else None
