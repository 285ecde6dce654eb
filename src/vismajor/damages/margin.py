"""Lost margin from figures that are known: what was expected and what came in, without a model of the months before."""

from __future__ import annotations

from decimal import Decimal

from vismajor.damages.money import euros


def lost_margin(expected: Decimal, actual: Decimal, variable_cost_rate: Decimal,
                fixed_costs_saved: Decimal = Decimal(0), extra_costs: Decimal = Decimal(0)) -> Decimal:
    """Return the margin lost, in euros to the cent; never below zero.

    (expected − actual revenue) × (1 − variable cost rate) + extra costs − fixed costs saved, all of the same period.
    The margin on variable costs is lost, not the turnover; costs that the event caused come on top, fixed costs that
    it did away with come off (CA Paris, sheet 6; Com. 28 June 2023, no. 21-16.940). `variable_cost_rate` is a share of
    revenue between 0 and 1: ValueError otherwise.
    """
    if not 0 <= variable_cost_rate <= 1:
        raise ValueError("the variable cost rate is a share between 0 and 1")
    margin = (expected - actual) * (1 - variable_cost_rate)
    return max(euros(margin + extra_costs - fixed_costs_saved), Decimal("0.00"))
