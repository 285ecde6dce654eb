"""The computation of one head of loss, line by line: what is claimed, documented, and asked in the alternative."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.heads import (
    DataRecovery,
    DocumentedCost,
    LostCustomers,
    LostMargin,
    OtherLoss,
    Rehosting,
    StaffHours,
)
from vismajor.case.models import Case, Claimant
from vismajor.damages.amounts import borne, stated_amount
from vismajor.damages.heads import HeadLoss
from vismajor.damages.money import NOTHING, euros
from vismajor.drafting.workbook.block import Block
from vismajor.drafting.workbook.customers import CustomerCells, write_customer_loss
from vismajor.drafting.workbook.margin import write_margin
from vismajor.drafting.workbook.months import MonthCells
from vismajor.drafting.workbook.page import Ref

Taxed = DocumentedCost | DataRecovery | Rehosting | OtherLoss


@dataclass(frozen=True)
class HeadCells:
    """Where the figures of a head stand; `low` and `high` where bounds are shown, `provable` for our side alone.

    `chance` where one is asked in the alternative; `left_open` where its share is left to the court.
    """

    head: HeadLoss
    title: str
    claimed: Ref
    low: Ref | None
    high: Ref | None
    documented: Ref
    chance: Ref | None
    left_open: bool
    provable: Ref | None


@dataclass(frozen=True)
class Tax:
    """The cells of the tax on an invoice; None where the rate is not stated and the amount counts as it is."""

    rate: Ref
    recovered: Ref


def write_head(block: Block, case: Case, claimant: Claimant, head: HeadLoss, months: MonthCells | None,
               customers: CustomerCells | None) -> HeadCells:
    """Write the computation of a head and return its cells."""
    say, language = block.say, block.page.book.language
    title = head.title.in_language(language)
    if head.claim != claimant.id:
        title += f" ({case.claim(head.claim).contract.id})"
    block.section(title)
    claimed, low, high = _measured(block, claimant, head, months, customers)
    shown = any(exhibit in case.exhibits_known for exhibit in head.head.exhibits)
    if head.kind.needs_evidence:
        flag = block.given(say["evidence"], int(shown), "count", _exhibits(block, head, case))
        claimed = block.computed(say["claimed_with_evidence"], "{claimed}*{flag}", head.claimed, claimed=claimed,
                                 flag=flag)
        low = high = claimed if block.page.book.bounds else None
    documented = _documented(block, case, head, claimed, shown)
    left_open = not block.page.book.internal and head.chance is not None and head.head.chance is None
    share, chance = (None, None) if left_open else _chance(block, head, claimed)
    if left_open:
        block.remark(say["chance_left_open"])
    provable = None
    if block.page.book.internal:
        assert low is not None  # our side has the bounds
        provable = _provable(block, head, documented, low, share)
    return HeadCells(head, title, claimed, low, high, documented, chance, left_open, provable)


def _measured(block: Block, claimant: Claimant, head: HeadLoss, months: MonthCells | None,
              customers: CustomerCells | None) -> tuple[Ref, Ref | None, Ref | None]:
    """Write how a head is measured; return the sum claimed and, where they are shown, its bounds."""
    if months is not None:
        return write_margin(block, head, months)
    if customers is not None:
        return write_customer_loss(block, customers)
    stated = _stated(block, claimant, head)
    bound = stated if block.page.book.bounds else None
    return stated, bound, bound


def _stated(block: Block, claimant: Claimant, loss: HeadLoss) -> Ref:
    """Write a head that is stated, or follows from hours and rates; return the sum claimed."""
    head, say = loss.head, block.say
    amount = stated_amount(head, claimant)
    if isinstance(head, StaffHours):
        return block.computed(say["claimed"], "ROUND({hours}*{rate},2)", amount, "money", "total",
                              hours=block.given(say["hours"], Decimal(head.hours), "number"),
                              rate=block.given(say["hourly_rate"], head.hourly_rate, "money"))
    if isinstance(head, Rehosting):
        paid, saved = (block.given(say["amount"], head.amount, "money"),
                       block.given(say["fees_saved"], head.fees_saved, "money"))
        tax = _tax(block, head, claimant)
        return block.computed(say["claimed"], "MAX(0,{paid}-{saved})", amount, "money", "total",
                              paid=_borne(block, head, claimant, paid, tax),
                              saved=_borne(block, head, claimant, saved, tax))
    if isinstance(head, DataRecovery):
        cost = _recovery(block, head)
        return _total(block, _borne(block, head, claimant, cost, _tax(block, head, claimant)), amount)
    assert not isinstance(head, LostMargin | LostCustomers)  # they have sheets of their own
    stated = block.given(say["amount"], head.amount, "money")
    if isinstance(head, DocumentedCost | OtherLoss):
        stated = _borne(block, head, claimant, stated, _tax(block, head, claimant))
    return _total(block, stated, amount)


def _total(block: Block, cell: Ref, amount: Decimal) -> Ref:
    return block.computed(block.say["claimed"], "{cell}", amount, "money", "total", cell=cell)


def _recovery(block: Block, head: DataRecovery) -> Ref:
    say = block.say
    if head.amount is not None:
        return block.given(say["amount"], head.amount, "money")
    files, hours, rate = head.useful_files, head.hours_per_file, head.hourly_rate
    assert files is not None and hours is not None and rate is not None
    cells = {"files": block.given(say["useful_files"], Decimal(files), "number"),
             "hours": block.given(say["hours_per_file"], Decimal(hours), "number"),
             "rate": block.given(say["hourly_rate"], rate, "money"),
             "checked": block.given(say["verification"], head.verification, "money")}
    return block.computed(say["recovery_cost"], "ROUND({checked}+{files}*{hours}*{rate},2)",
                          euros(head.verification + files * hours * rate), **cells)


def _tax(block: Block, head: Taxed, claimant: Claimant) -> Tax | None:
    if head.vat_rate is None:
        return None
    say = block.say
    included = say["vat_included" if head.vat_included else "vat_on_top"]
    return Tax(block.given(say["vat_rate"], Decimal(repr(head.vat_rate)), "share", included),
               block.given(say["vat_recovered"], Decimal(repr(claimant.vat_recovered)), "share"))


def _borne(block: Block, head: Taxed, claimant: Claimant, amount: Ref, tax: Tax | None) -> Ref:
    """Write what the claimant bears of an invoice: the price without tax, and the tax that it cannot deduct."""
    if tax is None:
        return amount
    net = "{amount}/(1+{rate})" if head.vat_included else "{amount}"
    return block.computed(block.say["borne"], f"ROUND({net}*(1+{{rate}}*(1-{{recovered}})),2)",
                          borne(head, amount.exact, claimant), amount=amount, rate=tax.rate, recovered=tax.recovered)


def _documented(block: Block, case: Case, loss: HeadLoss, claimed: Ref, shown: bool) -> Ref:
    """Write what vouchers show of it: all where exhibits are named, so much where it is stated, else nothing."""
    say, source = block.say, _exhibits(block, loss, case)
    if not shown:
        return block.given(say["documented"], NOTHING, "money", say["no_exhibit"])
    if loss.head.documented is None:
        return block.computed(say["documented"], "{claimed}", loss.documented, "money", "formula", source,
                              claimed=claimed)
    stated = block.given(say["documented_stated"], loss.head.documented, "money", source)
    return block.computed(say["documented"], "MIN({stated},{claimed})", loss.documented, stated=stated,
                          claimed=claimed)


def _exhibits(block: Block, loss: HeadLoss, case: Case) -> str:
    return block.page.book.exhibits([exhibit for exhibit in loss.head.exhibits if exhibit in case.exhibits_known])


def _chance(block: Block, loss: HeadLoss, claimed: Ref) -> tuple[Ref | None, Ref | None]:
    """Write what is asked in the alternative; return its share and its amount, where there is a chance."""
    if loss.chance is None or loss.as_a_chance is None:
        return None, None
    pleaded, say = loss.head.chance is not None, block.say
    share = block.given(say["chance_share" if pleaded else "chance_share_default"], loss.chance.likely, "share",
                        "" if pleaded else say["chance_by_default"])
    return share, block.computed(say["as_a_chance"], "ROUND({claimed}*{share},2)", loss.as_a_chance,
                                 claimed=claimed, share=share)


def _provable(block: Block, loss: HeadLoss, documented: Ref, low: Ref, share: Ref | None) -> Ref:
    """Write what a court may be expected to accept: for our side alone."""
    say = block.say
    likely = block.given(say["accepted_likely"], loss.accepted.likely, "share")
    cells, left = {"documented": documented, "low": low, "likely": likely}, ""
    if share is not None:
        # What a court will hardly find certain is provable as a chance alone.
        cells |= {"share": share, "certain": block.given(say["certain"], loss.certain, "share")}
        left = "*IF({certain}<0.5,{share},1)"
    found = block.computed(say["provable"], f"ROUND(MIN({{documented}},{{low}})*{{likely}}{left},2)", loss.provable,
                           **cells)
    if loss.direct < 1:
        block.given(say["direct"], loss.direct, "share")
    if loss.head.note:
        block.remark(loss.head.note)
    return found
