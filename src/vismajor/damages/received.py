"""What a claimant received because of the event, and how it counts."""

from __future__ import annotations

from vismajor.case.models import Received


def paid_as(received: Received) -> str | None:
    """Return how what was received counts: as "indemnity", as "insurance", or not at all (None).

    A commercial gesture, a voucher or free months are no payment unless so agreed.
    """
    if received.kind in ("voucher", "free_months"):
        return "indemnity" if received.agreed_as_payment else None
    return received.kind
