"""The next move of a side: the figure whose middle with the other side's last offer is the target.

Where the sides split the difference between their last figures, whoever wants to end at a target t against an offer o
answers with p = 2 t − o, within what it can still say: not beyond its own last figure (nobody takes back a concession),
not past its floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.case.offers import Side
from vismajor.damages.money import sensible
from vismajor.settlement.negotiation import Negotiation

Reason = Literal["opening", "unanswered", "midpoint", "opening_first", "hold", "below_floor", "accept"]


@dataclass(frozen=True)
class Aims:
    """What a side wants, in euros, as its advice sets it: where it begins, where it means to end, where it stops.

    For claimants opening ≥ target ≥ floor ≥ 0; for the respondent 0 ≤ opening ≤ target ≤ floor (the most it pays).
    """

    opening: Decimal
    target: Decimal
    floor: Decimal


@dataclass(frozen=True)
class Proposal:
    """What to say next: `amount` as it is said, `exact` before it was rounded, in euros, and why.

    `opening`: nothing was said yet; `unanswered`: our figure stands, and nobody bids against itself; `midpoint`: the
    middle with their offer is the target; `opening_first`: that figure would lie beyond our opening, so the opening;
    `hold`: it would lie beyond our last figure, which stands until they move; `below_floor`: we already went past our
    floor, and go no further; `accept`: their last figure already is as good (where that offer has lapsed, it is the
    figure to settle on).
    """

    side: Side
    amount: Decimal
    exact: Decimal
    because: Reason
    their_last: Decimal | None

    @property
    def midpoint(self) -> Decimal | None:
        """The middle of the amount and their last figure, in euros (None without one)."""
        return None if self.their_last is None else (self.amount + self.their_last) / 2


def next_proposal(side: Side, aims: Aims, own_last: Decimal | None, their_last: Decimal | None) -> Proposal:
    """Return the next move of a side, given its last figure and the other's (None: not named yet), in euros.

    For claimants the proposal never rises above their last figure nor falls below their floor, for the respondent
    never the reverse; it is never worse than what the other side already offers (then that is to be accepted, and so
    the floor is never asked for: an offer that would bring the figure down to it lies above the target). Rounded to
    three significant digits where the bounds allow it; a figure said before stands as it is. Raises ValueError where
    the aims are out of order or a figure is negative.
    """
    _check(side, aims, own_last, their_last)
    exact, because = _aim(side, aims, own_last, their_last)
    return Proposal(side, _rounded(side, exact, because, aims, own_last, their_last), exact, because, their_last)


def propose(log: Negotiation, side: Side, aims: Aims) -> Proposal:
    """Return the next move of a side in a negotiation, for all its claimants together. Raises ValueError as above.

    A side that has not named a figure for each of them has named none: sums over other claimants are not compared.
    """
    other: Side = "respondent" if side == "claimants" else "claimants"
    return next_proposal(side, aims, log.last_figure(side), log.last_figure(other))


def _better(side: Side, one: Decimal, other: Decimal) -> bool:
    """Tell whether an amount is strictly better for a side than another."""
    return one > other if side == "claimants" else one < other


def _check(side: Side, aims: Aims, own_last: Decimal | None, their_last: Decimal | None) -> None:
    if _better(side, aims.floor, aims.target) or _better(side, aims.target, aims.opening):
        raise ValueError(f"{side}: opening {aims.opening}, target {aims.target}, floor {aims.floor} are out of order")
    figures = (aims.opening, aims.target, aims.floor, own_last, their_last)
    if any(figure is not None and figure < 0 for figure in figures):
        raise ValueError(f"{side}: a figure is negative: {figures}")


def _aim(side: Side, aims: Aims, own_last: Decimal | None, their_last: Decimal | None) -> tuple[Decimal, Reason]:
    if their_last is None:
        return (aims.opening, "opening") if own_last is None else (own_last, "unanswered")
    aim: Decimal = 2 * aims.target - their_last
    because: Reason = "midpoint"
    first = aims.opening if own_last is None else own_last
    if _better(side, aims.floor, first):
        aim, because = first, "below_floor"
    elif _better(side, aim, first):
        aim, because = first, "hold" if own_last is not None else "opening_first"
    return (aim, because) if _better(side, aim, their_last) else (their_last, "accept")


def _rounded(side: Side, exact: Decimal, because: Reason, aims: Aims, own_last: Decimal | None,
             their_last: Decimal | None) -> Decimal:
    if because != "midpoint":
        return exact
    said = sensible(exact)
    first = aims.opening if own_last is None else own_last
    beyond = _better(side, said, first) or _better(side, aims.floor, said)
    met = their_last is not None and not _better(side, said, their_last)
    return exact if beyond or met else said
