"""The first sheet: every claimant with its totals and its heads, each figure pointing at the claimant's own sheet."""

from __future__ import annotations

from collections.abc import Sequence

from vismajor.damages.money import NOTHING
from vismajor.drafting.workbook.book import Book, clean
from vismajor.drafting.workbook.claimant import BOUNDS, COLUMNS, ClaimantCells
from vismajor.drafting.workbook.heads import HeadCells
from vismajor.drafting.workbook.page import Page, Ref, span
from vismajor.law.models import Law

HEADING = 5
A3, WIDE = 8, 10  # paper, and the columns that A4 can no longer show legibly


def new_group_page(book: Book) -> Page:
    """Add the first sheet, to be filled once the claimants' own stand."""
    return Page(book, book.say["sheet_group"], (28.0, *(16.0,) * 24))


def write_group(page: Page, law: Law, claimants: Sequence[ClaimantCells]) -> None:
    """Fill the table of the group: totals, what is due, then the sums claimed by kind of head.

    For our side also the cap and what is due under it.
    """
    say, language, internal = page.book.say, page.book.language, page.book.internal
    names = [name for name in COLUMNS if any(name in one.totals for one in claimants)]
    kinds = [kind for kind in law.heads
             if any(head.head.head.kind == kind for one in claimants for head in one.heads)]
    page.top(page.book.title)
    page.headings(HEADING, [say["claimant"], *(say[name] for name in names),
                            *((say["due"], say["cap"], say["capped"]) if internal else (say["balance"],)),
                            *(law.heads[kind].title.in_language(language) for kind in kinds)], 58)
    columns: list[list[Ref]] = [[] for _ in range(len(names) + (3 if internal else 1) + len(kinds))]
    if len(columns) > WIDE:
        page.sheet.set_paper(A3)
    for row, one in enumerate(claimants, start=HEADING + 1):
        page.sheet.write_url(row, 0, f"internal:'{_quoted(one.due.sheet)}'!A1", page.book.style("text", "label"),
                             string=clean(one.loss.claimant.name))
        cells = [one.totals.get(name) for name in names] + [one.due]
        cells += [one.cap, one.capped] if internal else []
        for column, cell in enumerate(cells):
            if cell is not None:
                columns[column].append(page.compute(row, column + 1, "{cell}", cell.value, "money", cell=cell))
            else:
                page.text(row, column + 1, say["no_cap"] if column >= len(names) else "–", "aside")
        for column, kind in enumerate(kinds, start=len(cells)):
            found = [head for head in one.heads if head.head.head.kind == kind]
            if found:
                columns[column].append(_write_kind(page, row, column + 1, found))
    for column, name in enumerate(names):
        if name in BOUNDS:
            columns[column] = []  # bounds of claimants are not added
    _write_totals(page, HEADING + 1 + len(claimants), columns)
    if page.book.bounds:
        page.text(HEADING + 3 + len(claimants), 0, say["bounds_apart"], "note")
    page.sheet.freeze_panes(HEADING + 1, 1)
    page.sheet.repeat_rows(HEADING)


def _write_kind(page: Page, row: int, column: int, heads: list[HeadCells]) -> Ref:
    named = {f"head{place}": head.claimed for place, head in enumerate(heads)}
    return page.compute(row, column, "+".join(f"{{{name}}}" for name in named),
                        sum((head.claimed.exact for head in heads), NOTHING), "money", **named)


def _write_totals(page: Page, row: int, columns: list[list[Ref]]) -> None:
    page.text(row, 0, page.book.say["total"], "total")
    for column, cells in enumerate(columns, start=1):
        if not cells:
            page.text(row, column, "", "total")
            continue
        whole = span(Ref(page.name, HEADING + 1, column, 0), Ref(page.name, row - 1, column, 0))
        page.compute(row, column, "SUM({cells})", sum((cell.exact for cell in cells), NOTHING), "money", "total",
                     cells=whole)


def _quoted(name: str) -> str:
    return name.replace("'", "''")
