"""Euros as they are stated, and the interval that goes with them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT, NOTHING = Decimal("0.01"), Decimal("0.00")
LOWER, UPPER = 0.05, 0.95  # a 90 % interval


def euros(amount: float | Decimal) -> Decimal:
    """Round an amount to the cent, halves upwards, as accounts are kept."""
    return Decimal(repr(float(amount)) if isinstance(amount, float) else str(amount)).quantize(CENT, ROUND_HALF_UP)
