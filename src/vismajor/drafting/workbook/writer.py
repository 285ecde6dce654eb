"""Writes the workbook of a case's losses: the group, each claimant with its months and customers, trail, method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.models import Case, Claimant
from vismajor.damages.heads import ClaimantLoss
from vismajor.damages.margin_rate import margin_rate
from vismajor.drafting.workbook.book import Book, Disclosure, Register
from vismajor.drafting.workbook.claimant import ClaimantCells, write_claimant
from vismajor.drafting.workbook.customers import CustomerCells, new_customers_page, write_customers
from vismajor.drafting.workbook.group import new_group_page, write_group
from vismajor.drafting.workbook.method import write_method
from vismajor.drafting.workbook.model_formulas import new_models_page
from vismajor.drafting.workbook.months import MonthCells, new_months_page, write_months
from vismajor.drafting.workbook.page import Page
from vismajor.drafting.workbook.plan import SheetPlan, plan_sheets
from vismajor.drafting.workbook.postings import PostingCells, new_postings_page, write_files, write_postings
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds

WIDTHS = (52.0, 18.0, 18.0, 18.0, 18.0, 18.0, 18.0, 34.0)


def write_workbook(case: Case, law: Law, losses: Sequence[ClaimantLoss], worlds: Worlds,
                   register: Register = "internal", with_intervals: bool = False,
                   disclosure: Disclosure | None = None) -> bytes:
    """Return the workbook (XLSX) of losses, in the language of the case; the same losses give the same bytes.

    `register`: for our side, or for the other side's expert, without what we think a court may accept;
    what the other side gets has the bounds of 90 % intervals only `with_intervals`. `disclosure`: the report that the
    workbook goes out with, if there is one.
    """
    title = case.file.title.in_language(case.file.language)
    book = Book(case.file.language, register, title, case.as_of, with_intervals, disclosure)
    group, claimants = new_group_page(book), [loss.claimant for loss in losses]
    plan = plan_sheets(losses, book.language)
    pages = [_add_pages(book, loss, plan) for loss in losses]  # the order of the sheets is that in which they are added
    ledgers = new_postings_page(book, case, claimants)
    postings = write_postings(ledgers, case, claimants) if ledgers else {}
    write_group(group, law, [_write_claimant(one, case, law, postings.get(one.loss.claimant.id)) for one in pages])
    write_files(book, case, claimants)
    write_method(book, case, law, losses, worlds)
    return book.finish()


@dataclass(frozen=True)
class _Pages:
    """The sheets of one claimant: its own, and those of its lost margins, their models, and customers, by head."""

    loss: ClaimantLoss
    own: Page
    months: Mapping[str, Page]
    models: Mapping[str, Page]
    customers: Mapping[str, Page]


def _add_pages(book: Book, loss: ClaimantLoss, plan: SheetPlan) -> _Pages:
    """Add the sheets of a claimant, under the names of the plan."""
    who = loss.claimant.id
    own = Page(book, plan.own[who], WIDTHS)
    months = {head.head.id: new_months_page(book, plan.months[who, head.head.id], head)
              for head in loss.heads if head.counterfactual is not None}
    models = {head.head.id: new_models_page(book, plan.models[who, head.head.id], head)
              for head in loss.heads if head.counterfactual is not None}
    customers = {head.head.id: new_customers_page(book, plan.customers[who, head.head.id])
                 for head in loss.heads if head.customers is not None}
    return _Pages(loss, own, months, models, customers)


def _rate(case: Case, claimant: Claimant, loss_from: str | None) -> Decimal | None:
    """Return the margin rate of a claimant whose accounts show it."""
    if claimant.accounts is None or loss_from is None or claimant.id not in case.books:
        return None
    return margin_rate(case.books[claimant.id], claimant.accounts, loss_from).rate


def _write_claimant(pages: _Pages, case: Case, law: Law, postings: PostingCells | None) -> ClaimantCells:
    months: dict[str, MonthCells] = {}
    customers: dict[str, CustomerCells] = {}
    claimant, language = pages.loss.claimant, case.file.language
    for head in pages.loss.heads:
        title, key = f"{claimant.name} – {head.title.in_language(language)}", head.head.id
        if key in pages.months and claimant.accounts is not None:
            months[key] = write_months(pages.months[key], pages.models[key], title, head, case.books[claimant.id],
                                       claimant.accounts.breaks, postings)
        if head.customers is not None:
            customers[key] = write_customers(pages.customers[key], title, head.customers,
                                             _rate(case, claimant, head.head.from_))
    return write_claimant(pages.own, case, law, pages.loss, months, customers)
