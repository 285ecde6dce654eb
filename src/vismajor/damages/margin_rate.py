"""The rate of margin on variable costs: from the ledger's own months before the loss, or as the case states it.

Expected turnover less the variable costs not borne (Com. 28 June 2023, 21-16.940); practice reads the rate off the last
three accounts before the loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.models import Accounts
from vismajor.case.series import Books

YEARS = 3


@dataclass(frozen=True)
class MarginRate:
    """The share of revenue that is margin on variable costs, and what it rests on.

    `revenue` and `variable_costs`, in euros, are the sums over the months `first` to `last` from which it is read, the
    change of stock at the closings among them included (`stock_change`); all None where the case states the rate.
    """

    rate: Decimal
    revenue: Decimal | None = None
    variable_costs: Decimal | None = None
    first: str | None = None
    last: str | None = None
    stock_change: Decimal = Decimal(0)


def margin_rate(books: Books, accounts: Accounts, loss_from: str) -> MarginRate:
    """Return the rate for a loss that begins in `loss_from` (YYYY-MM): as stated, else from the three years before.

    Raises ValueError where there is neither a stated rate nor revenue to read one from.
    """
    if accounts.variable_cost_rate is not None:
        return MarginRate(1 - Decimal(repr(accounts.variable_cost_rate)))
    costs = books.variable_costs
    before = books.revenue.months_before(loss_from)
    start = max(before - 12 * YEARS, 0)
    revenue = sum(books.revenue.amounts[start:before], Decimal(0))
    if costs is None or revenue <= 0:
        raise ValueError("a variable cost rate, or a ledger with revenue before the loss, is needed")
    months = books.revenue.months[start:before]
    # A change of stock is posted once a year: it says nothing of its month, and belongs to the year's purchases.
    stock = sum((posting.amount * posting.share for posting in books.postings
                 if posting.set_apart == "stock" and months[0] <= posting.month <= months[-1]), Decimal(0))
    spent = sum(costs.amounts[start:before], stock)
    return MarginRate((1 - spent / revenue).quantize(Decimal("0.0001")), revenue, spent, months[0], months[-1], stock)
