"""The heads of loss as counsel claims them: each with its kind, the duties that were broken, its proof."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from vismajor.reading.scalars import Id, Money, Month, NotNegative, ShareEstimate, Strict, Text


class _Head(Strict):
    """What every head of loss has: the duties whose breach caused it, its proof, the share the court may accept.

    `contract` names the contract under which it is claimed, needed where the claimant has several.
    """

    id: Id
    contract: Id | None = None
    duties: Annotated[tuple[Id, ...], Field(min_length=1)]
    accepted: ShareEstimate | None = None
    exhibits: tuple[Id, ...] = ()
    note: Text | None = None


class DocumentedCost(_Head):
    """Money spent, with its vouchers: recovery of data, crisis costs, notifications."""

    kind: Literal["data_recovery", "crisis_costs", "destroyed_asset"]
    amount: Money


class Rehosting(_Head):
    """Another host found in a hurry; the fees that the old host no longer charged are saved."""

    kind: Literal["rehosting"]
    amount: Money
    fees_saved: Money = Decimal("0.00")


class StaffHours(_Head):
    """Hours of the claimant's own staff (Com. 29 March 2023, 21-21.432: a head of loss)."""

    kind: Literal["staff_hours"]
    hours: NotNegative
    hourly_rate: Money


class LostMargin(_Head):
    """Margin on variable costs lost from `from` to `to`, both months included, by comparison with the months before.

    Without `to` the loss ends when revenue is back at what it would have been, at the latest with the accounts.
    """

    kind: Literal["lost_margin"]
    from_: Month = Field(alias="from")
    to: Month | None = None


class ClaimedLoss(_Head):
    """A sum claimed whose split and vouchers are not in the file."""

    kind: Literal["claimed_loss"]
    amount: Money


class Restitution(_Head):
    """Fees paid for what was not supplied: given back without any fault, outside the clauses that limit damages."""

    kind: Literal["restitution"]
    amount: Money


HeadOfLoss = Annotated[
    DocumentedCost | Rehosting | StaffHours | LostMargin | ClaimedLoss | Restitution, Field(discriminator="kind")
]
