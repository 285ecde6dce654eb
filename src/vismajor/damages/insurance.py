"""What an insurer pays of a loss: that part leaves the claimant, for the insurer who paid has its claim.

What insurance paid is not claimed again: the claim passes by subrogation (C. assur. L. 121-12; C. civ. 1346). An
insurance that covers less than what was at risk pays a share only (C. assur. L. 121-5 for the sum insured, unless the
policy says otherwise; L. 113-9 for a premium too low).
"""

from __future__ import annotations

from decimal import Decimal

from vismajor.damages.money import euros


def insured_gross_profit(turnover: Decimal, opening_stock: Decimal, closing_stock: Decimal,
                         uninsured_expenses: Decimal) -> Decimal:
    """Return the gross profit that a policy on interruption insures, in euros: what is left by difference.

    (turnover + closing stock) − (opening stock + working expenses that are not insured), all of one year.
    """
    return euros(turnover + closing_stock - opening_stock - uninsured_expenses)


def average_clause(insured: Decimal, value: Decimal, loss: Decimal) -> Decimal:
    """Return what is paid of `loss` where `insured` is less than the `value` at risk, in euros.

    loss × insured / value, never more than the loss nor than the sum insured. ValueError where nothing was at risk.
    """
    if value <= 0:
        raise ValueError("the value at risk is above nought")
    return euros(min(loss * min(insured / value, Decimal(1)), insured))


def premium_rule(paid: Decimal, due: Decimal, loss: Decimal) -> Decimal:
    """Return what is paid of `loss` where the premium `paid` was less than the premium `due`, in euros.

    loss × paid / due, never more than the loss. ValueError where no premium was due.
    """
    if due <= 0:
        raise ValueError("the premium due is above nought")
    return euros(loss * min(paid / due, Decimal(1)))
