"""What is asked beside the principal: interest, and the costs of the suit."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import Estimate, Flag, Id, IsoDate, Money, Share, Strict

NOTHING = Estimate(low=Decimal(0), likely=Decimal(0), high=Decimal(0))


class InterestClaim(Strict):
    """What interest is asked: from the formal notice, with capitalisation where it is asked for.

    `judgment`: the day on which judgment is expected (`as_of` where left out). `damages_from_notice`: how likely the
    court lets damages bear interest from the notice rather than from judgment (C. civ. 1231-7 leaves it free to).
    `capitalised_from`: the day on which capitalisation was asked for, by default that of the notice. `exhibits` prove
    the notice and its receipt. `creditor`: a natural person who does not act for business needs has a rate of its own.
    """

    notice: IsoDate
    judgment: IsoDate | None = None
    creditor: Literal["business", "person"] = "business"
    capitalisation: Flag = False
    capitalised_from: IsoDate | None = None
    damages_from_notice: Share = 0.0
    exhibits: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> InterestClaim:
        if self.judgment is not None and self.judgment < self.notice:
            raise PydanticCustomError("dates_out_of_order", "a judgment that is not before the notice")
        return self


class IrrecoverableCosts(Strict):
    """Costs that are not taxable (lawyers first): what one side asks of the other, and what a court may grant of it."""

    asked: Money
    granted: Estimate


class TaxableCosts(Strict):
    """Costs that the loser bears: the court expert's fee, the others (clerk, bailiff), what was paid to file."""

    expert_fee: Estimate = NOTHING
    other: Estimate = NOTHING
    contribution: Money = Decimal("0.00")


class CostsClaim(Strict):
    """The costs that each claimant asks for: those that a court fixes (CPC 700), and the taxable ones (CPC 695)."""

    irrecoverable: IrrecoverableCosts | None = None
    taxable: TaxableCosts = TaxableCosts()
