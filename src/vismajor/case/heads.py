"""The heads of loss as counsel claims them: each with its kind, the duties that were broken, its period, its proof."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import (
    Bilingual,
    Estimate,
    Flag,
    Id,
    Money,
    Month,
    NotNegative,
    Share,
    ShareEstimate,
    Strict,
    Text,
)


def _a_chance(estimate: Estimate) -> Estimate:
    # A chance lost is never the whole advantage, and one of zero is no loss (Civ. 1re, 28 Feb. 2008, 06-20.785).
    if not estimate.low > 0 or not estimate.high < 1:
        raise PydanticCustomError("not_a_chance", "a chance strictly between 0 and 1")
    return estimate


ChanceEstimate = Annotated[Estimate, AfterValidator(_a_chance)]
TaxRate = Annotated[Share, Field(le=0.5)]


class _Head(Strict):
    """What every head of loss has: the duties whose breach caused it, its proof, the share the court may accept.

    `contract` names the contract under which it is claimed, needed where the claimant has several. `from` and `to` are
    the months it covers, both included. `documented`: what vouchers show of it, in euros (all of it where exhibits are
    named, nothing where none is). `chance`: the share of it that was lost as a chance, pleaded in the alternative, and
    `certain` how likely the court takes the loss as certain. `direct`: how likely it takes it as the immediate and
    direct consequence of the breach (C. civ. 1231-4).
    """

    id: Id
    contract: Id | None = None
    duties: Annotated[tuple[Id, ...], Field(min_length=1)]
    from_: Month | None = Field(None, alias="from")
    to: Month | None = None
    documented: Money | None = None
    accepted: ShareEstimate | None = None
    chance: ChanceEstimate | None = None
    certain: Share | None = None
    direct: Share | None = None
    exhibits: tuple[Id, ...] = ()
    note: Text | None = None


class _Taxed(_Head):
    """A head made of invoices. `vat_rate`: the rate on them; `vat_included` where the amounts hold the tax."""

    vat_rate: TaxRate | None = None
    vat_included: Flag = False

    @model_validator(mode="after")
    def _has_rate(self) -> _Taxed:
        if self.vat_included and self.vat_rate is None:
            raise PydanticCustomError("vat_without_rate", "a vat_rate beside vat_included")
        return self


class DocumentedCost(_Taxed):
    """Money spent, with its vouchers: crisis costs, notifications, an asset destroyed."""

    kind: Literal["crisis_costs", "notification_costs", "destroyed_asset"]
    amount: Money


class DataRecovery(_Taxed):
    """Data recovered or rebuilt: an amount, or the useful files, each so many hours at so much an hour.

    Only what is useful to the business is rebuilt (T. com. Nanterre 23 April 2019: verification, then files x time x
    rate). `done_by` own staff counts the same hours as a head of staff hours would.
    """

    kind: Literal["data_recovery"]
    amount: Money | None = None
    useful_files: NotNegative | None = None
    hours_per_file: NotNegative | None = None
    hourly_rate: Money | None = None
    verification: Money = Decimal("0.00")
    done_by: Literal["own_staff", "provider"] = "provider"

    @model_validator(mode="after")
    def _has_one_measure(self) -> DataRecovery:
        given = [part is not None for part in (self.useful_files, self.hours_per_file, self.hourly_rate)]
        if (self.amount is None and not all(given)) or (self.amount is not None and any(given)):
            raise PydanticCustomError("data_recovery_measure", "amount, or useful_files, hours_per_file, hourly_rate")
        return self


class Rehosting(_Taxed):
    """Another host found in a hurry; the fees that the old host no longer charged are saved."""

    kind: Literal["rehosting"]
    amount: Money
    fees_saved: Money = Decimal("0.00")


class StaffHours(_Head):
    """Hours of the claimant's own staff (Com. 29 March 2023, 21-21.432: a head of loss).

    `extra_cost` where they were paid on top of the usual wages, which a margin on variable costs already covers.
    """

    kind: Literal["staff_hours"]
    hours: NotNegative
    hourly_rate: Money
    extra_cost: Flag = False


class LostMargin(_Head):
    """Margin on variable costs lost from `from` to `to`, both months included, by comparison with the months before.

    Without `to`, the period ends when revenue is back at what it would have been. `fixed_costs_saved` come off,
    `extra_costs` that the event caused come on top (Paris court of appeal, sheet 6).
    """

    kind: Literal["lost_margin"]
    from_: Month = Field(alias="from")
    fixed_costs_saved: Money = Decimal("0.00")
    extra_costs: Money = Decimal("0.00")


class LostCustomers(_Head):
    """Customers who left beyond usual attrition from `from` to `to`, at their margin for the life they had left.

    `customers`: the list (CSV or XLSX). `counted_from`: the month from which their margin counts, by default the month
    after the claimant's lost margin, so that no month counts twice. Legally a chance of future orders.
    """

    kind: Literal["lost_customers"]
    from_: Month = Field(alias="from")
    to: Month
    customers: Text
    counted_from: Month | None = None
    discount: Share = 0.05
    horizon_months: Annotated[int, Field(ge=1, le=240, strict=True)] = 36


class LostChance(_Head):
    """An advantage that the breach took away the chance of (a tender, a renewal): its amount, and the chance lost."""

    kind: Literal["lost_chance"]
    amount: Money
    chance: ChanceEstimate


class ImageLoss(_Head):
    """Harm to name and reputation, which counts with its evidence (surveys, reviews, ratings) or not at all."""

    kind: Literal["image"]
    amount: Money


class OtherLoss(_Taxed):
    """A head of another kind, named by counsel; `consequential` where a clause that excludes loss of business holds."""

    kind: Literal["other"]
    title: Bilingual
    amount: Money
    consequential: Flag


class ClaimedLoss(_Head):
    """A sum claimed whose split and vouchers are not in the file."""

    kind: Literal["claimed_loss"]
    amount: Money


class Restitution(_Head):
    """Fees paid for what was not supplied: given back without any fault, outside the clauses that limit damages."""

    kind: Literal["restitution"]
    amount: Money


HeadOfLoss = Annotated[
    DocumentedCost | DataRecovery | Rehosting | StaffHours | LostMargin | LostCustomers | LostChance | ImageLoss
    | OtherLoss | ClaimedLoss | Restitution, Field(discriminator="kind"),
]


def counted(head: HeadOfLoss) -> frozenset[str]:
    """Return what a head measures rather than invoices: the course of business, the hours of own staff, lost data.

    Two heads that measure the same thing in the same months count it twice.
    """
    if isinstance(head, LostMargin | LostCustomers):
        return frozenset({"business"})
    if isinstance(head, StaffHours):
        return frozenset({"time"})
    if isinstance(head, DataRecovery) and head.amount is None:
        return frozenset({"data", "time"} if head.done_by == "own_staff" else {"data"})
    return frozenset()
