"""Which accounts of the French chart are revenue, and which vary with it: editable in the case."""

from __future__ import annotations

from vismajor.reading.scalars import Share, Strict, Text


class AccountMap(Strict):
    """Accounts by the beginning of their numbers: those of revenue, and the share of each cost that varies with it.

    The longest beginning that fits an account counts.
    """

    revenue: tuple[Text, ...] = ("70",)
    variable_costs: dict[Text, Share] = {"60": 1.0}
