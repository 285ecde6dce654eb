"""Lines of a computation, one under the other: what it is, its figure, where it comes from."""

from __future__ import annotations

from vismajor.drafting.workbook.book import Kind, Role
from vismajor.drafting.workbook.page import Page, Ref, Span, Value

LABEL, FIGURE, SOURCE, LAST = 0, 1, 2, 2


class Block:
    """A place on a page that grows downwards, from `row` on."""

    def __init__(self, page: Page, row: int) -> None:
        self.page, self.row = page, row
        self.say = page.book.say

    def section(self, text: str) -> None:
        """Write the heading of a section over the columns of the block."""
        self.row += 1
        self.page.text(self.row, LABEL, text, "section")
        for column in (FIGURE, SOURCE):
            self.page.text(self.row, column, "", "section")
        self.row += 1

    def remark(self, text: str) -> None:
        """Write a remark across the columns."""
        self.page.paragraph(self.row, LABEL, LAST, text)
        self.row += 1

    def given(self, label: str, value: Value, kind: Kind, source: str = "") -> Ref:
        """Write an input and return its cell."""
        self._label(label, source)
        self.row += 1
        return self.page.put(self.row - 1, FIGURE, value, kind)

    def computed(self, label: str, formula: str, value: Value, kind: Kind = "money", role: Role = "formula",
                 source: str = "", /, **cells: Ref | Span) -> Ref:
        """Write a formula and return its cell."""
        self._label(label, source, "total" if role == "total" else "label")
        self.row += 1
        return self.page.compute(self.row - 1, FIGURE, formula, value, kind, role, **cells)

    def _label(self, label: str, source: str, role: Role = "label") -> None:
        self.page.text(self.row, LABEL, label, role)
        if source or role == "total":
            self.page.text(self.row, SOURCE, source, "total_aside" if role == "total" else "aside")
