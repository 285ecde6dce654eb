"""What counsel states of the suit: how long each stage lasts, what it costs each side, what the parties weigh up."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import Bilingual, Estimate, Id, Money, NotNegative, Share, Strict

NOTHING = Estimate(low=Decimal(0), likely=Decimal(0), high=Decimal(0))


def _not_negative(estimate: Estimate) -> Estimate:
    if estimate.low < 0:
        raise PydanticCustomError("negative_number", "numbers, not negative")
    return estimate


def _better_than_a_coin(share: float) -> float:
    if share < 0.5:
        raise PydanticCustomError("reliability_too_low", "a chance from 0.5 to 1")
    return share


def _yearly(rate: Decimal) -> Decimal:
    if rate > 1:  # 5 for 5 %
        raise PydanticCustomError("not_a_share", "a number between 0 and 1")
    return rate


PositiveEstimate = Annotated[Estimate, AfterValidator(_not_negative)]
YearlyRate = Annotated[NotNegative, AfterValidator(_yearly)]


class Outlays(Strict):
    """What one side spends on a stage, in euros, whoever wins: fees (fixed, by the hour, on success) and its own time.

    `success_share` is the part of what judgment brings at the end (for the respondent: of what it is spared of the
    claim) that the lawyer receives.
    """

    fixed: Money = Decimal("0.00")
    hours: PositiveEstimate = NOTHING
    hourly_rate: Money = Decimal("0.00")
    success_share: Share = 0.0
    staff_hours: PositiveEstimate = NOTHING
    staff_rate: Money = Decimal("0.00")


class Stage(Strict):
    """One stage of the suit: its length in months, what each side spends on it, what the loser is ordered to pay.

    `claimants`: spent once for the group, and shared; `each_claimant`: spent by each on top. For costs that are not
    taxable (CPC 700), `granted_to_each` is what a claimant that wins is granted beside what `costs` says, and
    `irrecoverable` what the respondent is granted where it wins: one sum, which those who lose share. `expert_fee` is
    advanced by the claimants, together, and falls on who loses (CPC 695, 696): what of it was the part of a claimant
    that wins is given back to it.
    """

    months: PositiveEstimate
    claimants: Outlays = Outlays()
    each_claimant: Outlays = Outlays()
    respondent: Outlays = Outlays()
    granted_to_each: PositiveEstimate = NOTHING
    irrecoverable: PositiveEstimate = NOTHING
    expert_fee: PositiveEstimate = NOTHING


class Appeal(Stage):
    """The second stage. A side that did not get all it asked appeals with the chance stated, where enough is at stake.

    An appeal that answers the other side's counts: who does not appeal cannot be given more, only less (CPC 562).
    `afresh`: the share of the points (facts, open questions, appraisals, figures) on which the court of appeal makes up
    its own mind; on the others it answers as the first court did. `least_at_stake`: no appeal lies under that claim.
    """

    by_claimants: Share
    by_respondent: Share
    afresh: Share
    least_at_stake: Money = Decimal("0.00")


class EachSide(Strict):
    """A yearly rate for each side (0.05 for 5 %)."""

    claimants: YearlyRate = Decimal(0)
    respondent: YearlyRate = Decimal(0)


class Proceedings(Strict):
    """The suit as counsel expects it, from `as_of` on.

    `provisional_enforcement`: the chance that the first judgment is performed at once (CPC 514: the rule, unless the
    judge sets it aside). `ability_to_pay`: the chance that what is awarded is recovered. `shared`: how claimants split
    what is spent once for all, and what those who lose are ordered to pay.
    """

    first_instance: Stage
    appeal: Appeal | None = None
    provisional_enforcement: Share = 1.0
    ability_to_pay: Share = 1.0
    discount_rate: EachSide = EachSide()
    shared: Literal["equally", "by_claim"] = "equally"


class Stance(Strict):
    """How one side looks at the case: the scenario that it believes in, and the risk that it can stand.

    `risk_tolerance`, in euros: about the sum for which it would still take an even chance of winning it or losing half
    of it (that of the claimants is that of each of them). Left out: it looks at the mean alone.
    """

    believes: Id | None = None
    risk_tolerance: Money | None = None

    @model_validator(mode="after")
    def _can_stand_some_risk(self) -> Stance:
        if self.risk_tolerance == 0:
            raise PydanticCustomError("no_risk_tolerance", "a sum above zero")
        return self


class Precedent(Strict):
    """What a judgment, or a settlement that becomes known, costs the respondent beyond this case.

    `customers` others were hit; the stated share of them would follow after a judgment against it, or after a
    settlement, each costing `each` euros of the date of knowledge.
    """

    customers: PositiveEstimate
    each: PositiveEstimate
    follow_judgment: Share
    follow_settlement: Share = 0.0


class Bargaining(Strict):
    """What the parties weigh up when they settle.

    `power`: the part of the zone of agreement that falls to the claimants (Nash: one half where nothing tells the
    parties apart). `patience` instead: a yearly rate at which each side discounts waiting; the more patient gets more.
    """

    claimants: Stance = Stance()
    respondent: Stance = Stance()
    power: Share | None = None
    patience: EachSide | None = None
    precedent: Precedent | None = None

    @model_validator(mode="after")
    def _one_split(self) -> Bargaining:
        if self.power is not None and self.patience is not None:
            raise PydanticCustomError("power_and_patience", "power or patience, not both")
        return self


class Inquiry(Strict):
    """A piece of evidence that can be obtained: the facts on which it bears, how far it can be relied on, its price.

    `reliability`: the chance that it tells what a court would find of a fact with two answers, whatever that is; one
    half teaches nothing. On several facts it errs separately. `price`, in euros, is paid once for all claimants;
    `months`: until it is there.
    """

    id: Id
    title: Bilingual
    facts: Annotated[tuple[Id, ...], Field(min_length=1)]
    reliability: Annotated[Share, AfterValidator(_better_than_a_coin)] = 1.0
    price: Money = Decimal("0.00")
    months: NotNegative = Decimal(0)
