"""Which accounts of the French chart are revenue, and which vary with it: editable in the case."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import Share, Strict, Text

# The share of each cost that goes when a sale is lost, by the beginning of the account's number (plan comptable
# général). Experts of business interruption take what varies by nature; payroll, rent, insurance count as fixed.
DEFAULT_VARIABLE_COSTS: dict[str, float] = {
    "60": 1.0,    # purchases, less rebates (609) and with the change of stock (603): what is not sold is not bought
    "6061": 0.8,  # energy and water: insurers' practice takes four fifths, the rest is standing charge and heating
    "6064": 0.0,  # office supplies serve the administration, whatever is sold
    "611": 1.0,   # subcontracting of work sold
    "621": 1.0,   # temporary staff, who are taken on for the activity (own staff, 64, stay)
    "6222": 1.0,  # commissions on sales; the other fees of 622 (accountant, lawyer) do not follow sales
    "624": 1.0,   # carriage of goods bought and sold
    "6247": 0.0,  # … but not the transport of staff, which goes with payroll
    "6278": 1.0,  # card and payment fees, a share of each receipt
}


def _as_text(value: Any) -> Any:
    """A number of an account may be written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _with_defaults(stated: dict[str, float]) -> dict[str, float]:
    return DEFAULT_VARIABLE_COSTS | stated


def _of_income_or_cost(beginning: str) -> str:
    # class 6 holds costs, class 7 income: nothing else of the chart moves revenue or what varies with it
    if not re.fullmatch("[67][0-9]*", beginning):
        raise PydanticCustomError("not_an_account", "the beginning of a number of class 6 or 7")
    return beginning


Beginning = Annotated[Text, BeforeValidator(_as_text), AfterValidator(_of_income_or_cost)]


class AccountMap(Strict):
    """Accounts by the beginning of their numbers: those of revenue, and the share of each cost that varies with it.

    The longest beginning that fits an account counts. What a case states under `variable_costs` overrides the default
    entry by entry (`611: 0` makes subcontracting fixed and leaves the rest); a list under `revenue` replaces the
    default one. 70 holds 709, rebates granted, which reduce it.
    """

    revenue: tuple[Beginning, ...] = ("70",)
    variable_costs: Annotated[dict[Beginning, Share], AfterValidator(_with_defaults)] = DEFAULT_VARIABLE_COSTS

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> AccountMap:
        if set(self.revenue) & set(self.variable_costs):
            raise PydanticCustomError("account_both_ways", "a beginning under one of revenue, variable_costs")
        return self

    def is_revenue(self, account: str) -> bool:
        """Tell whether an account is revenue."""
        return self._fitting(account) in self.revenue

    def variable_share(self, account: str) -> Decimal | None:
        """Return the share of an account that varies with revenue, or None where the map does not speak of it."""
        beginning = self._fitting(account)
        return Decimal(repr(self.variable_costs[beginning])) if beginning in self.variable_costs else None

    def _fitting(self, account: str) -> str:
        return max((start for start in (*self.revenue, *self.variable_costs) if account.startswith(start)),
                   key=len, default="")
