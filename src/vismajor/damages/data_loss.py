"""What it costs to do lost data again: a sum for the checking, then hours for each file."""

from __future__ import annotations

from decimal import Decimal

from vismajor.damages.money import euros


def data_loss(verification: Decimal, files: Decimal | int, hours_per_file: Decimal, hourly_rate: Decimal) -> Decimal:
    """Return the loss in euros to the cent: verification + files × hours per file × hourly rate.

    Only files that are of use to the business are counted; `verification` is what it cost to find out which are lost
    (method of T. com. Nanterre, 23 April 2019). ValueError where one of them is negative.
    """
    if min(verification, Decimal(files), hours_per_file, hourly_rate) < 0:
        raise ValueError("no part of the loss is negative")
    return euros(verification + files * hours_per_file * hourly_rate)
