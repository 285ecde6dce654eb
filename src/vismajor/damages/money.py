"""Euros as they are stated, and the interval that goes with them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT, NOTHING = Decimal("0.01"), Decimal("0.00")
LOWER, UPPER = 0.05, 0.95  # a 90 % interval


def euros(amount: float | Decimal) -> Decimal:
    """Round an amount to the cent, halves upwards, as accounts are kept."""
    return Decimal(repr(float(amount)) if isinstance(amount, float) else str(amount)).quantize(CENT, ROUND_HALF_UP)


def sensible(amount: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return an amount, not negative, to three significant digits, as a figure to negotiate with is said.

    116 985 gives 117 000; below a thousand, whole euros.
    """
    rounded = amount.quantize(Decimal(1), rounding)
    return rounded if rounded < 1000 else rounded.quantize(Decimal(1).scaleb(rounded.adjusted() - 2), rounding)
