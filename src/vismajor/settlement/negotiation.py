"""The negotiation so far, as data: every move of either side, what it gave up, the gap it left, how a side concedes.

Amounts are in euros. An offer counts for what it is worth to each claimant whom it concerns (`Offer.worth`): the moves
of a group are sums over its claimants. A concession is what a side gives up since its own last figure to the same
claimants; a negative one, that it drew back.

The geometric limit: where each concession of a side is the same part q of the one before (0 < q < 1), those to come
after the last, c, add up to c × q + c × q² + … = c × q / (1 − q): the figure that the side is heading for is its last
one, moved by that much. It is a reading of a habit, not a promise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from vismajor.case.models import Case
from vismajor.case.offers import Offer, Side
from vismajor.damages.money import CENT, NOTHING
from vismajor.reading.problems import InvalidInput, nearest, problem

SIDES: tuple[Side, ...] = ("claimants", "respondent")
ALIKE = Decimal("0.1")  # a concession within a tenth of the one before is the same again
MOVES_NEEDED = 3  # two moves make one concession, and one concession no habit

Habit = Literal["too_few", "apart", "none", "shrinking", "steady", "growing", "uneven"]
Positions = dict[Side, dict[str, Decimal]]


@dataclass(frozen=True)
class Move:
    """One offer as a move.

    `amount`: what it comes to for the claimants whom it concerns. `conceded`: what the side gave up since its last
    figure to the same claimants (None for its first move). `of_gap`: the same as a part of the gap that was left, over
    the claimants between whom and the respondent there was one (None without a gap above nil). `gap` and `midpoint` are
    those after the move, over the claimants for whom both sides have named a figure (None while there is none).
    """

    offer: Offer
    claimants: tuple[str, ...]
    amount: Decimal
    conceded: Decimal | None
    of_gap: float | None
    gap: Decimal | None
    midpoint: Decimal | None

    @property
    def by(self) -> Side:
        """The side that made it."""
        return self.offer.by

    @property
    def date(self) -> dt.date:
        """The day on which it was made."""
        return self.offer.date


@dataclass(frozen=True)
class Pattern:
    """How one side concedes.

    `too_few` moves (under three) show nothing; moves that concern other claimants each time lie `apart`. `ratio` is the
    part that each concession is of the one before (the geometric mean of these parts), `limit` the figure that the side
    heads for by the formula of this module (`last` less or plus `last_concession` × ratio / (1 − ratio), to the cent,
    never below nil): both only where concessions are shrinking.
    """

    habit: Habit
    concessions: tuple[Decimal, ...]
    last: Decimal | None = None
    ratio: Decimal | None = None
    limit: Decimal | None = None

    @property
    def last_concession(self) -> Decimal | None:
        """What the last move gave up."""
        return self.concessions[-1] if self.concessions else None


@dataclass(frozen=True)
class Negotiation:
    """The log for one claimant or several: moves in order of date, each side's last figures, each side's habit.

    `positions`: by side, the last figure to each claimant.
    """

    claimants: tuple[str, ...]
    moves: tuple[Move, ...]
    positions: Mapping[Side, Mapping[str, Decimal]]
    patterns: Mapping[Side, Pattern]

    @property
    def last_mover(self) -> Side | None:
        """The side that moved last: the next move is the other's."""
        return self.moves[-1].by if self.moves else None

    @property
    def gap(self) -> Decimal | None:
        """What still parts the sides, over the claimants for whom both have named a figure; nil or less: they meet."""
        return self.moves[-1].gap if self.moves else None

    @property
    def midpoint(self) -> Decimal | None:
        """The middle between the last figures of both sides, over the same claimants."""
        return self.moves[-1].midpoint if self.moves else None

    def last_figure(self, side: Side) -> Decimal | None:
        """Return what a side's last figures come to, or None until it has named one for every claimant."""
        named = self.positions[side]
        return sum(named.values(), NOTHING) if set(named) == set(self.claimants) else None


def negotiation(case: Case, claimant: str | None = None) -> Negotiation:
    """Return the moves known at the date of knowledge that concern one claimant, or all of them together.

    Moves of one day stand in the order of the file. Raises InvalidInput for an unknown claimant.
    """
    ids = [one.id for one in case.file.claimants]
    if claimant is not None and claimant not in ids:
        raise InvalidInput([problem("--claimant", (1, 1), "unknown_claimant", read=claimant,
                                    nearest=nearest(claimant, ids))])
    among = tuple(ids) if claimant is None else (claimant,)
    made = sorted((offer for offer in case.file.offers if offer.date <= case.as_of), key=lambda offer: offer.date)
    positions: Positions = {side: {} for side in SIDES}
    moves = tuple(_moves(made, among, positions))
    return Negotiation(among, moves, positions, {side: pattern(side, [m for m in moves if m.by == side])
                                                 for side in SIDES})


def _moves(offers: Sequence[Offer], among: Sequence[str], positions: Positions) -> Iterator[Move]:
    """Yield the moves one after the other; `positions` holds each side's last figures when they are done."""
    for offer in offers:
        concerned = tuple(claimant for claimant in among if offer.concerns(claimant))
        if not concerned:
            continue
        before, own = _gaps(positions), positions[offer.by]
        given = {one: _given(offer.by, own[one], offer.worth) for one in concerned if one in own}
        own |= dict.fromkeys(concerned, offer.worth)
        after, left = _gaps(positions), sum(before.values(), NOTHING)
        of_gap = sum((amount for one, amount in given.items() if one in before), NOTHING)
        yield Move(
            offer, concerned, offer.worth * len(concerned), sum(given.values(), NOTHING) if given else None,
            float(of_gap / left) if given and left > 0 else None, sum(after.values(), NOTHING) if after else None,
            sum((positions["respondent"][one] + gap / 2 for one, gap in after.items()), NOTHING) if after else None)


def _given(side: Side, before: Decimal, now: Decimal) -> Decimal:
    return before - now if side == "claimants" else now - before


def _gaps(positions: Positions) -> dict[str, Decimal]:
    """Return what parts the sides, by claimant, where both have named a figure."""
    asked, offered = positions["claimants"], positions["respondent"]
    return {one: asked[one] - offered[one] for one in asked if one in offered}


def pattern(side: Side, moves: Sequence[Move]) -> Pattern:
    """Return how a side concedes over its own moves, in order of date."""
    conceded = tuple(move.conceded for move in moves if move.conceded is not None)
    last = moves[-1].amount if moves else None
    if len(moves) < MOVES_NEEDED:
        return Pattern("too_few", conceded, last)
    if len({move.claimants for move in moves}) > 1:
        return Pattern("apart", conceded, last)
    habit = _habit(conceded)
    if habit != "shrinking" or last is None:
        return Pattern(habit, conceded, last)
    ratio = (conceded[-1] / conceded[0]) ** (Decimal(1) / (len(conceded) - 1))
    to_come = (conceded[-1] * ratio / (1 - ratio)).quantize(CENT)
    limit = max(NOTHING, last - to_come) if side == "claimants" else last + to_come
    return Pattern(habit, conceded, last, ratio, limit)


def _habit(conceded: Sequence[Decimal]) -> Habit:
    """Tell whether every concession is smaller than the one before by more than a tenth, greater, or about the same."""
    if any(amount < 0 for amount in conceded):
        return "uneven"
    if not any(conceded):
        return "none"
    steps = {_step(before, now) for before, now in pairwise(conceded)}
    return steps.pop() if len(steps) == 1 else "uneven"


def _step(before: Decimal, now: Decimal) -> Habit:
    if now < before * (1 - ALIKE):
        return "shrinking"
    return "growing" if now > before * (1 + ALIKE) else "steady"
