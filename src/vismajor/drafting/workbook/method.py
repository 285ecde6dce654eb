"""The sheet of method and sources: the articles of each head, the models and what they foretold, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from vismajor.case.models import Case
from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting import typography
from vismajor.drafting.losses_said import statements_said
from vismajor.drafting.words import cite, words
from vismajor.drafting.workbook.book import Book
from vismajor.drafting.workbook.page import Page
from vismajor.law.heads import HeadKind
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds

WIDTHS = (56.0, 34.0, 14.0, 14.0, 14.0, 14.0, 14.0)
LAST = len(WIDTHS) - 1
READ = ("full", "part")


def write_method(book: Book, case: Case, law: Law, losses: Sequence[ClaimantLoss], worlds: Worlds) -> None:
    """Write the sheet."""
    page = Page(book, book.say["sheet_method"], WIDTHS)
    row = _write_heads(page, page.top(book.say["sheet_method"]), case, law, losses)
    row = _write_models(page, row + 1, losses, worlds)
    _write_statements(page, row + 1, losses)


def _section(page: Page, row: int, key: str) -> int:
    for column in range(len(WIDTHS)):
        page.text(row, column, page.book.say[key] if column == 0 else "", "section")
    return row + 1


def _write_heads(page: Page, row: int, case: Case, law: Law, losses: Sequence[ClaimantLoss]) -> int:
    """Write the articles and decisions on each kind of head; what we make of it, for our side alone."""
    row, language = _section(page, row, "method_heads"), page.book.language
    used = {head.head.kind for loss in losses for head in loss.heads}
    for name, kind in law.heads.items():
        if name not in used:
            continue
        page.text(row, 0, kind.title.in_language(language))
        page.paragraph(row, 1, LAST, typography.spaced(_sources(page, law, kind, case), language), "wrapped")
        if page.book.internal and kind.treatment is not None:
            row += 1
            page.paragraph(row, 1, LAST, typography.spaced(kind.treatment.in_language(language), language))
        row += 1
    if page.book.internal:
        page.text(row, 0, typography.capital(page.book.say["provable"]))
        page.paragraph(row, 1, LAST, typography.capital(page.book.say["method_provable"]), "wrapped")
        row += 1
    return row


def _sources(page: Page, law: Law, kind: HeadKind, case: Case) -> str:
    """Name the sources known at the date of the case and, if texts, in force for one of the contracts.

    What nobody read is marked on our side, and does not go to the other side.
    """
    language, internal = page.book.language, page.book.internal
    days = {claim.contract.governing_date for claim in case.claims}
    known = {name for day in days for name in law.sources_known(kind.sources, case.as_of, day)}
    told = [name for name in kind.sources if name in known and (internal or law.sources[name].read in READ)]
    return words(language)["semicolon"].join(
        cite(law, name, language) if internal else law.sources[name].cite.in_language(language) for name in told)


def _write_models(page: Page, row: int, losses: Sequence[ClaimantLoss], worlds: Worlds) -> int:
    """Write, for each lost margin, the weights and errors of its models, and how the interval was found."""
    say = page.book.say
    courses = [(loss.claimant.name, head.counterfactual) for loss in losses for head in loss.heads
               if head.counterfactual is not None]
    if not courses:
        return row
    row = _section(page, row, "method_models")
    interval = say["method_interval"].format(
        draws=typography.number(courses[0][1].shortfalls.size, page.book.language), seed=worlds.seed)
    for text in (say["method_weighed"], *((interval,) if page.book.bounds else ())):
        page.paragraph(row, 0, LAST, text)
        row += 1
    page.headings(row, [say["claimant"], say["method_model"], say["weight"], say["backtest_error"], *(
        (say["method_windows"], say["method_inside"], say["method_widening"]) if page.book.bounds else ())])
    row += 1
    for name, course in courses:
        row = _write_course(page, row, name, course)
    return row


def _write_course(page: Page, row: int, name: str, course: Counterfactual) -> int:
    say = page.book.say
    page.text(row, 0, name)
    if page.book.bounds:
        page.put(row, 4, course.placebo.windows, "count", "label")
        page.put(row, 5, course.placebo.inside, "count", "label")
        page.put(row, 6, course.widening, "rate", "label")
    for fit in course.models:
        page.text(row, 1, say[f"model_{fit.id}"])
        page.put(row, 2, fit.weight, "share", "label")
        if fit.error is not None:
            page.put(row, 3, fit.error, "share", "label")
        row += 1
    return row


def _write_statements(page: Page, row: int, losses: Sequence[ClaimantLoss]) -> int:
    """Write what was set aside or cannot be said of the months of each claimant."""
    language = page.book.language
    told = [(loss.claimant.name, text) for loss in losses for head in loss.heads if head.counterfactual is not None
            for text in statements_said(head.counterfactual, language, outgoing=not page.book.internal)]
    if not told:
        return row
    row = _section(page, row, "method_statements")
    for name, text in told:
        page.text(row, 0, name)
        page.paragraph(row, 1, LAST, typography.spaced(text, language), "wrapped")
        row += 1
    return row
