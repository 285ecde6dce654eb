"""Customers lost: who left, how many would have left anyway, and what the others were worth, month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from vismajor.damages.customers import CustomerLoss
from vismajor.damages.money import euros
from vismajor.drafting.workbook.block import Block
from vismajor.drafting.workbook.book import Book
from vismajor.drafting.workbook.page import Page, Ref, Span, month_day, span

WIDTHS = (52.0, 16.0, 44.0, 4.0, 12.0, 14.0, 14.0, 14.0, 4.0, 18.0, 12.0, 12.0, 14.0, 14.0)
LIFE, LEAVERS, HEADING = 4, 9, 5


@dataclass(frozen=True)
class CustomerCells:
    """Where the loss of customers stands: the sheet, its amount, the bounds of its interval where they are shown."""

    sheet: str
    amount: Ref
    low: Ref | None
    high: Ref | None


def new_customers_page(book: Book, name: str) -> Page:
    """Add the sheet of a loss of customers."""
    return Page(book, name, WIDTHS)


def write_customers(page: Page, title: str, loss: CustomerLoss, rate: Decimal | None) -> CustomerCells:
    """Fill the sheet of a loss of customers and return its cells; `rate` is the claimant's margin rate, if known."""
    block = Block(page, page.top(title))
    say, usual = block.say, loss.attrition
    page.sheet.set_row(HEADING, 42)
    block.section(say["attrition"])
    block.remark(say["customer_month_note"])
    hazard = block.computed(
        say["hazard"], "({gone}+{prior})/({months}+{more})", usual.hazard, "figure",
        gone=block.given(say["departures_before"], usual.departures, "count"),
        months=block.given(say["customer_months"], usual.customer_months, "number"),
        prior=block.given(say["prior_departures"], usual.prior_departures, "number", say["prior_note"]),
        more=block.given(say["prior_months"], usual.prior_months, "number", say["prior_note"]))
    block.section(say["excess"])
    left = block.given(say["left"], loss.left, "count")
    expected = block.computed(
        say["expected_departures"], "{present}*(1-EXP(-{hazard}*{window}))", loss.expected_departures, "figure",
        present=block.given(say["present"], loss.present, "count"), hazard=hazard,
        window=block.given(say["window_months"], loss.window_months, "number"))
    excess = block.computed(say["excess_departures"], "MAX(0,{left}-{expected})", loss.excess, "figure", left=left,
                            expected=expected)
    block.section(say["worth"])
    margin = _margin(block, loss, rate)
    months = block.computed(say["discounted_months"], "SUMPRODUCT({shares},{factors})", loss.discounted_months,
                            "figure", **_write_life(page, block, loss, hazard))
    amount = block.computed(say["customers_amount"], "ROUND({excess}*{margin}*{months},2)", loss.amount, "money",
                            "total", excess=excess, margin=margin, months=months)
    if not page.book.bounds:
        return CustomerCells(page.name, amount, None, None)
    low = block.given(say["interval_low"], loss.low, "money", say["simulated"])
    high = block.given(say["interval_high"], loss.high, "money", say["simulated"])
    return CustomerCells(page.name, amount, low, high)


def write_customer_loss(block: Block, cells: CustomerCells) -> tuple[Ref, Ref | None, Ref | None]:
    """Write on the claimant's own sheet what the sheet of customers comes to: the sum claimed and its bounds."""
    say = block.say
    source = say["see_sheet"].format(sheet=cells.sheet)
    claimed = block.computed(say["claimed"], "{cell}", cells.amount.value, "money", "total", source, cell=cells.amount)
    low, high = (None if cell is None else block.computed(say[key], "{cell}", cell.value, "money", "formula",
                                                          say["simulated"], cell=cell)
                 for key, cell in (("interval_low", cells.low), ("interval_high", cells.high)))
    return claimed, low, high


def _margins(loss: CustomerLoss, rate: Decimal | None) -> list[Decimal] | None:
    """Return the monthly margins of those who left, listed or at the rate; None where they do not give the mean."""
    found = [customer.monthly_margin if customer.monthly_margin is not None
             else None if rate is None or customer.monthly_revenue is None else customer.monthly_revenue * rate
             for customer in loss.leavers]
    known = [margin for margin in found if margin is not None]
    whole = known and len(known) == len(found) and euros(sum(known, Decimal(0)) / len(known)) == loss.margin
    return known if whole else None


def _margin(block: Block, loss: CustomerLoss, rate: Decimal | None) -> Ref:
    """Write those who left in the window, and their mean margin: as an input where it was stated."""
    say, margins = block.say, _margins(loss, rate)
    at = None
    if margins and rate is not None and any(customer.monthly_margin is None for customer in loss.leavers):
        at = block.given(say["margin_rate"], rate, "share")
    cells = _write_leavers(block.page, loss, margins, at)
    if not cells:
        return block.given(say["customer_margin"], loss.margin, "money")
    return block.computed(say["customer_margin"], "ROUND(AVERAGE({margins}),2)", loss.margin,
                          margins=span(cells[0], cells[-1]))


def _write_leavers(page: Page, loss: CustomerLoss, margins: list[Decimal] | None, rate: Ref | None) -> list[Ref]:
    """Write those who left; return the cells of their margins, where the list gives them.

    Who they are is the claimant's secret: to the other side each is a number.
    """
    say, cells = page.book.say, list[Ref]()
    for place, key in enumerate(("customer", "customer_start", "customer_end", "customer_revenue", "customer_monthly")):
        page.text(HEADING, LEAVERS + place, say[key], "heading")
    for place, customer in enumerate(loss.leavers):
        row = HEADING + 1 + place
        named = customer.id if page.book.internal else say["customer_numbered"].format(number=place + 1)
        page.text(row, LEAVERS, named, "input")
        page.put(row, LEAVERS + 1, customer.start, "date")
        if customer.end is not None:
            page.put(row, LEAVERS + 2, customer.end, "date")
        if margins and customer.monthly_margin is not None:
            cells.append(page.put(row, LEAVERS + 4, customer.monthly_margin, "money"))
        elif margins and rate is not None and customer.monthly_revenue is not None:
            revenue = page.put(row, LEAVERS + 3, customer.monthly_revenue, "money")
            cells.append(page.compute(row, LEAVERS + 4, "{revenue}*{rate}", margins[place], "money", revenue=revenue,
                                      rate=rate))
    return cells


def _write_life(page: Page, block: Block, loss: CustomerLoss, hazard: Ref) -> dict[str, Ref | Span]:
    """Write the months that a customer would have stayed: the share still there, and the factor that discounts it."""
    say, table = block.say, loss.life_table
    gap = round(-math.log(table[0].share) / loss.attrition.hazard) - 1
    discount = block.given(say["discount"], round(table[0].discount ** -12 - 1, 10), "share")
    later = block.given(say["months_between"], gap, "count")
    for place, key in enumerate(("month", "number", "still_there", "discounted")):
        page.text(HEADING, LIFE + place, say[key], "heading")
    shares, factors = [], []
    for number, month in enumerate(table, start=1):
        row = HEADING + number
        page.put(row, LIFE, month_day(month.month), "month", "label")
        count = page.put(row, LIFE + 1, number, "count", "label")
        shares.append(page.compute(row, LIFE + 2, "EXP(-{hazard}*({gap}+{count}))", month.share, "figure",
                                   hazard=hazard, gap=later, count=count))
        factors.append(page.compute(row, LIFE + 3, "(1+{discount})^(-{count}/12)", month.discount, "figure",
                                    discount=discount, count=count))
    return {"shares": span(shares[0], shares[-1]), "factors": span(factors[0], factors[-1])}
