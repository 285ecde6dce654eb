"""The costs of a suit: the contribution of those who file it, taxable costs, what is granted for the others.

The loser pays the taxable costs, among them the court expert's fee (CPC 695, 696), and of the winner's other costs the
sum that the court fixes (CPC 700): it has no scale, stays below what was spent, and may be nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from vismajor.case.costs import IrrecoverableCosts, TaxableCosts
from vismajor.damages.money import euros
from vismajor.law.rates import Contribution
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.worlds import Column, Draws, triangular


@dataclass(frozen=True)
class Payer:
    """Who files a claim: `size` is average turnover over three years (company) or tax income of reference (person).

    `profit` is the average over the same three years; both in euros.
    """

    kind: Literal["company", "person"]
    employees: int
    size: Decimal
    profit: Decimal = Decimal(0)


def contribution(claimed: Decimal, payer: Payer, rule: Contribution) -> Decimal:
    """Return what `payer` owes to file a claim of `claimed` euros before a court that takes the contribution.

    For each claimant by itself; `claimed` leaves out irrecoverable costs. Whether the court takes it (`rule.courts`)
    and whether it still does (`rule.in_force`) is for the caller to ask. Nothing is due up to the threshold, below the
    number of employees, or outside the bands.
    """
    if claimed <= rule.due_above or payer.employees < rule.employees_from:
        return Decimal("0.00")
    for band in rule.companies if payer.kind == "company" else rule.persons:
        fits = band.above < payer.size and (band.up_to is None or payer.size <= band.up_to)
        if fits and (band.profit_above is None or payer.profit > band.profit_above):
            return euros(min(claimed * band.rate / 100, band.at_most))
    return Decimal("0.00")


def draw_irrecoverable(costs: IrrecoverableCosts, worlds: Draws, name: str) -> Column:
    """Return what the court grants in each world, in euros: never more than was asked, nor less than nothing."""
    return np.clip(_drawn(costs.granted, worlds, f"irrecoverable:{name}"), 0.0, float(costs.asked))


def draw_taxable(costs: TaxableCosts, worlds: Draws, name: str) -> Column:
    """Return the taxable costs in each world, in euros."""
    fee = _drawn(costs.expert_fee, worlds, f"expert_fee:{name}")
    return np.maximum(fee + _drawn(costs.other, worlds, f"taxable:{name}"), 0.0) + float(costs.contribution)


def _drawn(estimate: Estimate, worlds: Draws, name: str) -> Column:
    return triangular(worlds, name, float(estimate.low), float(estimate.likely), float(estimate.high))
