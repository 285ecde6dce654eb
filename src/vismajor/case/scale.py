"""Months out of scale: a comma or a digit too many makes a month ten or a thousand times what it was.

A month is compared with the median of those around it, half a year on each side, and with the same month of other
years, so that a season is no surprise. What is told is kept: it may be a great order, or the event itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

AROUND = 6  # months on each side
OUT_OF_SCALE = 8  # times: a digit too many gives about ten, the best month of a season less
_NEEDED = 5  # months around that are not zero, to say what is usual
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class OutOfScale:
    """A month out of scale: its position, its amount, the usual one (€), how many times more (or less) it is."""

    position: int
    amount: Decimal
    usual: Decimal
    times: int

    @property
    def above(self) -> bool:
        """Tell whether it is too much, and not too little."""
        return abs(self.amount) > self.usual


def out_of_scale(amounts: Sequence[Decimal], *, above_only: bool = False) -> list[OutOfScale]:
    """Return the months out of scale in a series of amounts (€) month by month; `above_only` for lumpy costs."""
    found = []
    for position, amount in enumerate(amounts):
        usual = usual_around(amounts, position)
        if not usual or not amount:
            continue
        seasons = [abs(amounts[at]) for at in range(position % 12, len(amounts), 12) if at != position and amounts[at]]
        ratios = [abs(amount) / one for one in (usual, *([median(seasons)] if seasons else []))]
        above, below = min(ratios), max(ratios)
        if above >= OUT_OF_SCALE or (below * OUT_OF_SCALE <= 1 and not above_only):
            times = max(ratios[0], 1 / ratios[0])
            found.append(OutOfScale(position, amount, usual, int(times.quantize(Decimal(1), ROUND_HALF_UP))))
    return found


def usual_around(amounts: Sequence[Decimal], position: int) -> Decimal | None:
    """Return the median size of the months around one, zeros apart; None where they are too few to tell."""
    around = [*amounts[max(0, position - AROUND):position], *amounts[position + 1:position + AROUND + 1]]
    sizes = [abs(amount) for amount in around if amount]
    return Decimal(median(sizes)).quantize(_CENT, ROUND_HALF_UP) if len(sizes) >= _NEEDED else None
