"""The trail of a ledger: what each account received each month, from which lines of which file; and the files read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_range

from vismajor.case.account_map import AccountMap
from vismajor.case.models import Case, Claimant
from vismajor.case.series import Posting, SourceFile
from vismajor.drafting.workbook.book import Book
from vismajor.drafting.workbook.page import Page, Ref, Span, month_day

HEADING = 5
(CLAIMANT, MONTH, ACCOUNT, LABEL, AMOUNT, SHARE, KIND, COUNTED, FILE, FIRST, LAST, LINES, APART) = range(13)
WIDTHS = (24.0, 10.0, 10.0, 32.0, 15.0, 8.0, 14.0, 15.0, 36.0, 8.0, 8.0, 8.0, 28.0)


@dataclass(frozen=True)
class PostingCells:
    """Where the postings of one claimant stand: columns of its rows, and the cells that name the two kinds."""

    amounts: Span
    months: Span
    kind_column: Span
    kinds: Mapping[str, Ref]


def new_postings_page(book: Book, case: Case, claimants: Iterable[Claimant]) -> Page | None:
    """Add the sheet of postings, where a claimant has a ledger."""
    return Page(book, book.say["sheet_postings"], WIDTHS) if _ledgers(case, claimants) else None


def _ledgers(case: Case, claimants: Iterable[Claimant]) -> list[Claimant]:
    return [one for one in claimants if one.id in case.books and case.books[one.id].postings]


def write_postings(page: Page, case: Case, claimants: Iterable[Claimant]) -> dict[str, PostingCells]:
    """Write the postings of every ledger on one sheet, claimant after claimant; return where they stand."""
    ledgers, say = _ledgers(case, claimants), page.book.say
    page.top(say["sheet_postings"])
    page.paragraph(HEADING - 1, 0, LABEL, say["postings_note"])
    page.headings(HEADING, [say[f"posting_{name}"] for name in (
        "claimant", "month", "account", "label", "amount", "share", "kind", "counted", "file", "first", "last",
        "lines", "apart")])
    page.sheet.freeze_panes(HEADING + 1, 3)
    page.sheet.repeat_rows(HEADING)
    kinds = {kind: _kind(page, place, say[kind]) for place, kind in enumerate(("revenue", "costs", "apart"))}
    found, row = {}, HEADING + 1
    for claimant in ledgers:
        using = _map_of(claimant)
        postings = _told(page.book, case.books[claimant.id].postings, using)
        if not postings:
            continue
        for index, posting in enumerate(postings):
            _write(page, row + index, claimant, posting, using, kinds["apart"])
        last = row + len(postings) - 1
        amounts, months, kind = (Span(page.name, (row, at), (last, at)) for at in (COUNTED, MONTH, KIND))
        found[claimant.id] = PostingCells(amounts, months, kind, kinds)
        row = last + 1
    page.sheet.ignore_errors({"number_stored_as_text": xl_range(HEADING, ACCOUNT, row - 1, ACCOUNT)})
    page.sheet.autofilter(HEADING, 0, row - 1, APART)
    return found


def _told(book: Book, postings: Sequence[Posting], using: AccountMap) -> Sequence[Posting]:
    """Return all postings for our side; to the other side, none of an account that the computation does not use.

    Payroll, rent, own funds are no part of it, whatever reason the posting was set apart for.
    """
    return postings if book.internal else [
        one for one in postings if using.is_revenue(one.account) or using.variable_share(one.account)]


def _kind(page: Page, place: int, word: str) -> Ref:
    row, column = place + 1, KIND  # beside the head of the sheet
    page.text(row, column, word, "input")
    return Ref(page.name, row, column, 0)


def _map_of(claimant: Claimant) -> AccountMap:
    stated = claimant.accounts.account_map if claimant.accounts else None
    return stated or AccountMap()


def _write(page: Page, row: int, claimant: Claimant, posting: Posting, using: AccountMap, apart: Ref) -> None:
    say = page.book.say
    page.text(row, CLAIMANT, claimant.name)
    page.put(row, MONTH, month_day(posting.month), "month", "label")
    page.text(row, ACCOUNT, posting.account, "input")
    page.text(row, LABEL, posting.label)
    amount = page.put(row, AMOUNT, posting.amount, "money")
    share = page.put(row, SHARE, posting.share, "share")
    kind = "apart" if posting.set_apart else "revenue" if using.is_revenue(posting.account) else "costs"
    page.text(row, KIND, say[kind], "aside")
    counted = Decimal(0) if posting.set_apart else posting.amount * posting.share
    page.compute(row, COUNTED, "IF({kind}={apart},0,{amount}*{share})", counted, "money", amount=amount, share=share,
                 apart=apart, kind=Ref(page.name, row, KIND, 0))
    page.text(row, FILE, posting.file, "aside")
    for column, number in ((FIRST, posting.first), (LAST, posting.last), (LINES, posting.lines)):
        page.put(row, column, number, "count")
    if posting.set_apart:
        page.text(row, APART, say[f"apart_{posting.set_apart}"], "aside")


def write_files(book: Book, case: Case, claimants: Iterable[Claimant]) -> None:
    """Write the files that were read, with what identifies them and how they were understood."""
    read = [(one, file) for one in claimants if one.id in case.books for file in case.books[one.id].files]
    if not read:
        return
    say = book.say
    page = Page(book, say["sheet_files"], (26.0, 44.0, 16.0, 12.0, 12.0, 10.0, 68.0))
    page.top(say["sheet_files"])
    page.headings(HEADING, [say[f"file_{name}"] for name in (
        "claimant", "path", "kind", "encoding", "separator", "lines", "sha256")])
    page.sheet.freeze_panes(HEADING + 1, 0)
    for row, (claimant, file) in enumerate(read, start=HEADING + 1):
        _write_file(page, row, claimant, file)


def _write_file(page: Page, row: int, claimant: Claimant, file: SourceFile) -> None:
    say = page.book.say
    page.text(row, 0, claimant.name)
    page.text(row, 1, file.path)
    page.text(row, 2, say[f"kind_{file.kind}"])
    page.text(row, 3, file.encoding)
    page.text(row, 4, {"\t": say["separator_tab"]}.get(file.separator, file.separator))
    page.put(row, 5, file.lines, "count", "label")
    page.text(row, 6, file.sha256, "aside")
