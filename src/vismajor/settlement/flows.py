"""Payments in time, world by world, and what they are worth today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vismajor.reasoning.worlds import Column

MONTHS_OF_YEAR = 12
StageName = Literal["first_instance", "appeal"]


@dataclass(frozen=True)
class Flow:
    """A payment of `amount` euros, `months` after the date of knowledge; both of shape (worlds,).

    `stage`: the stage whose cost it is; None for an award, and for what a lawyer gets of it.
    """

    months: Column
    amount: Column
    stage: StageName | None = None

    def worth(self, yearly: float) -> Column:
        """Return what the payment is worth at the date of knowledge, in euros, at a yearly rate (0.05 for 5 %)."""
        return np.asarray(self.amount * (1 + yearly) ** (-self.months / MONTHS_OF_YEAR))


def worth(flows: Iterable[Flow], yearly: float, count: int) -> Column:
    """Return what payments are worth together at the date of knowledge, in euros, of shape (count,)."""
    return np.asarray(sum((flow.worth(yearly) for flow in flows), np.zeros(count)))
