"""Lost margin: the shortfall of the months at the rate of margin on variable costs, extra costs, costs saved."""

from __future__ import annotations

from decimal import Decimal

from vismajor.case.heads import LostMargin
from vismajor.damages.heads import HeadLoss
from vismajor.damages.money import LOWER, UPPER, euros
from vismajor.drafting.period import period_said
from vismajor.drafting.workbook.block import Block
from vismajor.drafting.workbook.months import MonthCells
from vismajor.drafting.workbook.page import Ref

SUM = "MAX(0,ROUND({shortfall}*{rate}+{extra}-{saved},2))"


def write_margin(block: Block, loss: HeadLoss, months: MonthCells) -> tuple[Ref, Ref | None, Ref | None]:
    """Write the margin lost and return the sum claimed and the bounds of its 90 % interval, which are simulated.

    The bounds are None in a workbook without them.
    """
    head, course, say = loss.head, loss.counterfactual, block.say
    assert isinstance(head, LostMargin) and course is not None
    expected = sum((euros(month) for month in course.expected.tolist()), Decimal(0))
    actual = sum((euros(month) for month in course.actual.tolist()), Decimal(0))
    shortfall = block.computed(say["shortfall"], "{total}", expected - actual, "money", "formula",
                               say["see_sheet"].format(sheet=months.sheet), total=months.shortfall)
    rate = _rate(block, loss, months)
    cells = {"rate": rate, "extra": block.given(say["extra_costs"], head.extra_costs, "money"),
             "saved": block.given(say["fixed_costs_saved"], head.fixed_costs_saved, "money")}
    claimed = block.computed(say["claimed"], SUM, loss.claimed, "money", "total", shortfall=shortfall, **cells)
    if not block.page.book.bounds:
        return claimed, None, None
    bounds = []
    for key, level, value in (("low", LOWER, loss.low), ("high", UPPER, loss.high)):
        simulated = block.given(say[f"shortfall_{key}"], float(course.quantile(level)), "money", say["simulated"])
        bounds.append(block.computed(say[f"margin_{key}"], SUM, value, shortfall=simulated, **cells))
    return claimed, bounds[0], bounds[1]


def _rate(block: Block, loss: HeadLoss, months: MonthCells) -> Ref:
    """Write the rate of margin on variable costs: from the accounts before the loss, or as stated."""
    margin, say = loss.margin, block.say
    assert margin is not None
    if margin.revenue is None or margin.variable_costs is None or margin.first is None or margin.last is None:
        stated = block.given(say["variable_cost_rate"], 1 - margin.rate, "share")
        return block.computed(say["margin_rate"], "1-{stated}", margin.rate, "share", stated=stated)
    period = period_said(margin.first, margin.last, block.page.book.language)
    revenue = block.computed(say["revenue_before"], "SUM({months})", margin.revenue, "money", "formula", period,
                             months=months.revenue_between(margin.first, margin.last))
    costs = block.computed(say["costs_before"], "SUM({months})", margin.variable_costs - margin.stock_change, "money",
                           "formula", period, months=months.costs_between(margin.first, margin.last))
    if margin.stock_change:
        stock = block.given(say["stock_change"], margin.stock_change, "money", period)
        costs = block.computed(say["costs_with_stock"], "{costs}+{stock}", margin.variable_costs, "money", costs=costs,
                               stock=stock)
    return block.computed(say["margin_rate"], "ROUND(1-{costs}/{revenue},4)", margin.rate, "share", costs=costs,
                          revenue=revenue)
