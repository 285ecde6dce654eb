"""Which sheets a workbook has and where a claimant's figures stand in it, known before it is written.

A report refers to the workbook by these names and places; the workbook is written by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vismajor.case.series import Books, month_number
from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.counterfactual.history import MONTHS_KEPT
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting.workbook.book import unique_name, workbook_words

HeadId = tuple[str, str]  # a claimant and one of its heads
SUMMARY = 5  # the row, from 0, of the headings of a claimant's table of heads
MONTHS = 5  # the row, from 0, of the headings of a table of months


@dataclass(frozen=True)
class SheetPlan:
    """The names of the sheets: of the group, of each claimant, and of its heads that are measured."""

    group: str
    own: Mapping[str, str]
    months: Mapping[HeadId, str]
    models: Mapping[HeadId, str]
    customers: Mapping[HeadId, str]


def plan_sheets(losses: Sequence[ClaimantLoss], language: str) -> SheetPlan:
    """Name the sheets; what they hold comes first in their names, so that it is not what is cut off."""
    say, taken = workbook_words(language), set[str]()

    def named(wanted: str) -> str:
        name = unique_name(wanted, taken)
        taken.add(name.casefold())
        return name

    group = named(say["sheet_group"])
    own: dict[str, str] = {}
    months, models, customers = dict[HeadId, str](), dict[HeadId, str](), dict[HeadId, str]()
    for loss in losses:
        who, name = loss.claimant.id, loss.claimant.name
        own[who] = named(name)
        measured = [(who, head.head.id) for head in loss.heads if head.counterfactual is not None]
        for found, key in ((months, "sheet_months"), (models, "sheet_models")):
            found.update((head, named(f"{say[key]} {name}")) for head in measured)
        customers.update(((who, head.head.id), named(f"{say['sheet_customers']} {name}"))
                         for head in loss.heads if head.customers is not None)
    return SheetPlan(group, own, months, models, customers)


def months_shown(course: Counterfactual, books: Books) -> list[str]:
    """Return the months of a table: those that a model or a rate of margin may rest on, and all that follow."""
    start = max(month_number(course.months[0]) - MONTHS_KEPT, month_number(books.revenue.first))
    return [month for month in books.revenue.months if month_number(month) >= start]


def rows_of_loss(course: Counterfactual, books: Books) -> tuple[int, int]:
    """Return the rows, counted from 1, of the first and the last month of a loss in its table of months."""
    first = month_number(months_shown(course, books)[0])
    top = MONTHS + 2
    return top + month_number(course.months[0]) - first, top + month_number(course.months[-1]) - first


def total_row(loss: ClaimantLoss) -> int:
    """Return the row, counted from 1, of the total of a claimant's table of heads."""
    return SUMMARY + len(loss.heads) + 2
