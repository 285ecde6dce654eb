"""What each head of loss comes to: the sum claimed, its 90 % interval, what is documented and what can be proven.

Heads are measured as the Paris court of appeal's sheets say: the margin on variable costs, plus specific extra costs,
less fixed costs saved (sheet 6); costs incurred, less what was saved; the working time of own staff. A tax that the
claimant deducts is no loss (Com. 4 January 1994, 92-13.162).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from vismajor.case.heads import (
    DataRecovery,
    DocumentedCost,
    HeadOfLoss,
    LostCustomers,
    LostMargin,
    OtherLoss,
    Rehosting,
    StaffHours,
)
from vismajor.case.models import Claimant
from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.data_loss import data_loss
from vismajor.damages.margin import lost_margin
from vismajor.damages.money import LOWER, NOTHING, UPPER, euros
from vismajor.reasoning.worlds import Column


@dataclass(frozen=True)
class Measure:
    """A head as measured, in euros: `low` and `high` bound 90 % of what it may have been.

    `simulated`: the sums it may have come to, sorted, of shape (draws,); None where the amount is known.
    """

    claimed: Decimal
    low: Decimal
    high: Decimal
    simulated: Column | None = None

    @cached_property
    def lines(self) -> tuple[Column, Column]:
        """The level of each simulated sum, and the slope from it to the next (none after the last)."""
        assert self.simulated is not None
        levels = (np.arange(self.simulated.size) + 0.5) / self.simulated.size
        return levels, np.append(np.diff(self.simulated) / np.diff(levels), 0.0)


def stated_amount(head: HeadOfLoss, claimant: Claimant) -> Decimal:
    """Return the amount of a head that is stated or follows from hours and rates, in euros, with the tax borne."""
    if isinstance(head, StaffHours):
        return euros(head.hours * head.hourly_rate)
    if isinstance(head, Rehosting):
        # What the old host no longer charged is saved: only the difference was lost.
        return max(borne(head, head.amount, claimant) - borne(head, head.fees_saved, claimant), NOTHING)
    if isinstance(head, DataRecovery):
        return borne(head, _recovery(head), claimant)
    if isinstance(head, DocumentedCost | OtherLoss):
        return borne(head, head.amount, claimant)
    if isinstance(head, LostMargin | LostCustomers):
        raise ValueError(f"{head.kind} is measured, not stated")
    return head.amount


def _recovery(head: DataRecovery) -> Decimal:
    if head.amount is not None:
        return head.amount
    assert head.useful_files is not None and head.hours_per_file is not None and head.hourly_rate is not None
    return data_loss(head.verification, head.useful_files, head.hours_per_file, head.hourly_rate)


def borne(head: DocumentedCost | DataRecovery | Rehosting | OtherLoss, amount: Decimal, claimant: Claimant) -> Decimal:
    """Return what the claimant bears of an invoice, in euros: the price without tax, and the tax that it cannot deduct.

    An amount whose rate of tax is not stated is taken as it is.
    """
    if head.vat_rate is None:
        return amount
    rate = Decimal(repr(head.vat_rate))
    net = amount / (1 + rate) if head.vat_included else amount
    return euros(net * (1 + rate * (1 - Decimal(repr(claimant.vat_recovered)))))


def measure_margin(head: LostMargin, course: Counterfactual, rate: Decimal) -> Measure:
    """Return the margin lost over the period of `course`, at the margin rate on variable costs; below zero is no loss.

    The sum claimed follows from the months as they are printed: expected less actual, each rounded to the cent.
    """
    actual = sum((euros(month) for month in course.actual.tolist()), NOTHING)
    expected = sum((euros(month) for month in course.expected.tolist()), NOTHING)
    bounds = (expected, *(actual + Decimal(repr(float(course.quantile(level)))) for level in (LOWER, UPPER)))
    claimed, low, high = (
        lost_margin(bound, actual, 1 - rate, head.fixed_costs_saved, head.extra_costs) for bound in bounds)
    more = float(head.extra_costs - head.fixed_costs_saved)
    return Measure(claimed, low, high, np.maximum(course.shortfalls * float(rate) + more, 0.0))


def drawn(measure: Measure, share: Column) -> Column:
    """Return the amount of a head not exceeded with probability `share`, in euros, of the shape of `share`.

    Between two simulated sums it lies on a line. Their levels are evenly spaced: the place of a share among them
    follows from it, give or take one.
    """
    if measure.simulated is None:
        return np.full(share.shape, float(measure.claimed))
    levels, slopes = measure.lines
    inside = np.maximum(share, levels[0])
    below = np.minimum(inside * levels.size - 0.5, levels.size - 1).astype(np.intp)
    below -= levels.take(below) > inside
    below += levels.take(below + 1, mode="clip") <= inside
    np.minimum(below, levels.size - 1, out=below)
    return np.asarray(slopes.take(below) * (inside - levels.take(below)) + measure.simulated.take(below))
