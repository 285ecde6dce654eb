"""What a claimant received because of the event, and how it counts."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from vismajor.case.models import Claimant, Received

Payment = Literal["indemnity", "insurance"]


def paid_as(received: Received) -> Payment | None:
    """Return how what was received counts: as "indemnity", as "insurance", or not at all (None).

    A commercial gesture, a voucher or free months are no payment unless so agreed.
    """
    if received.kind == "insurance":
        return "insurance"
    return "indemnity" if received.kind == "indemnity" or received.agreed_as_payment else None


def payments(claimant: Claimant, day: dt.date, kind: Payment | None = None, claim: str | None = None) -> list[Received]:
    """Return what was paid to a claimant up to `day`: of one kind or both, under one of its claims (by id) or all."""
    contract = (claim or "").partition("/")[2]  # a claimant with several contracts says which each payment is for
    return [one for one in claimant.received
            if (how := paid_as(one)) and kind in (None, how) and one.date <= day and contract in ("", one.contract)]
