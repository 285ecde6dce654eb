"""A sheet as it is filled: texts, inputs in blue, formulas in black with the value they come to, and references."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from vismajor.case.series import month_number
from vismajor.drafting import typography
from vismajor.drafting.workbook.book import Book, Kind, Role, clean

if TYPE_CHECKING:
    from xlsxwriter.workbook import Worksheet

Value = Decimal | float | int | dt.date
A4, MARGIN = 9, 0.5
LINE_HEIGHT, LETTERS = 13.5, 0.95  # points; letters that a unit of width holds, at the size of these sheets


@dataclass(frozen=True)
class Ref:
    """A cell, and the value that it holds."""

    sheet: str
    row: int
    column: int
    value: Value

    def seen_from(self, sheet: str) -> str:
        """Return its address, with the name of its sheet where that is another one."""
        cell = xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True)
        return cell if sheet == self.sheet else f"{quote_sheetname(self.sheet)}!{cell}"

    @property
    def exact(self) -> Decimal:
        """Its value as a decimal number. Raises ValueError for a date."""
        if isinstance(self.value, dt.date):
            raise ValueError("a date is no amount")
        return Decimal(repr(self.value)) if isinstance(self.value, float) else Decimal(self.value)


@dataclass(frozen=True)
class Span:
    """Cells of one column (or row) of a sheet, the first and the last included."""

    sheet: str
    first: tuple[int, int]
    last: tuple[int, int]

    def seen_from(self, sheet: str) -> str:
        """Return its address, with the name of its sheet where that is another one."""
        cells = xl_range_abs(*self.first, *self.last)
        return cells if sheet == self.sheet else f"{quote_sheetname(self.sheet)}!{cells}"

    @property
    def whole(self) -> str:
        """Its address with the name of its sheet, as charts ask for it."""
        return f"={quote_sheetname(self.sheet)}!{xl_range_abs(*self.first, *self.last)}"


def span(first: Ref, last: Ref) -> Span:
    """Return the cells from one to another."""
    return Span(first.sheet, (first.row, first.column), (last.row, last.column))


class Page:
    """One sheet, set up to be printed on A4, landscape, as wide as the page."""

    def __init__(self, book: Book, name: str, widths: tuple[float, ...]) -> None:
        self.book, self.sheet, self.widths = book, book.add_sheet(name), widths
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self._set_up(self.sheet)

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return str(self.sheet.get_name())

    def text(self, row: int, column: int, text: str, role: Role = "label") -> None:
        """Write a text as it is: it never becomes a formula."""
        self.sheet.write_string(row, column, clean(text), self.book.style("text", role))

    def paragraph(self, row: int, column: int, last: int, text: str, role: Role = "paragraph") -> None:
        """Write a text over the columns from `column` to `last`, on as many lines as it takes."""
        wide = sum(self.widths[column:last + 1]) * LETTERS
        lines = 1 + int(len(clean(text)) / wide)
        self.sheet.set_row(row, LINE_HEIGHT * lines)
        self.sheet.merge_range(row, column, row, last, "", self.book.style("text", role))
        self.text(row, column, text, role)

    def put(self, row: int, column: int, value: Value, kind: Kind, role: Role = "input") -> Ref:
        """Write an input."""
        style = self.book.style(kind, role)
        if isinstance(value, dt.date):
            self.sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
        else:
            self.sheet.write_number(row, column, float(value), style)
        return Ref(self.name, row, column, value)

    def compute(self, row: int, column: int, formula: str, value: Value, kind: Kind, role: Role = "formula", /,
                **cells: Ref | Span) -> Ref:
        """Write a formula, whose {names} stand for cells, with the value that it comes to."""
        seen = {name: cell.seen_from(self.name) for name, cell in cells.items()}
        shown = _serial(value) if isinstance(value, dt.date) else float(value)
        self.sheet.write_formula(row, column, "=" + formula.format(**seen), self.book.style(kind, role), shown)
        return Ref(self.name, row, column, value)

    def headings(self, row: int, texts: list[str], height: float = 30) -> None:
        """Write a row of column headings."""
        self.sheet.set_row(row, height)
        for column, text in enumerate(texts):
            self.text(row, column, text, "heading")

    def top(self, title: str) -> int:
        """Write the title of the sheet, for whom it is and what the colours mean; return the next free row."""
        say = self.book.say
        self.sheet.set_row(0, 22)
        self.text(0, 0, title, "title")
        self.text(1, 0, self.book.mark, "mark")
        self.sheet.write_rich_string(2, 0, self.book.style("text", "input"), say["legend_input"],
                                     self.book.style("text", "formula"), " · " + say["legend_formula"])
        return 4

    def _set_up(self, sheet: Worksheet) -> None:
        book = self.book
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(MARGIN, MARGIN, 0.75, 0.7)
        sheet.hide_gridlines(2)
        sheet.set_header(f"&L&8{_printed(book.title, 70)}&R&8{_printed(book.mark, 100)}")
        day = typography.date(book.as_of, book.language)
        sheet.set_footer(f"&L&8&A&C&8{_printed(day, 40)}&R&8&P / &N")


def month_day(month: str) -> dt.date:
    """Return the first day of a month YYYY-MM."""
    number = month_number(month)
    return dt.date(number // 12, number % 12 + 1, 1)


def _serial(day: dt.date) -> int:
    return (day - dt.date(1899, 12, 30)).days


def _printed(text: str, length: int) -> str:
    """Return a text as headers hold it: "&" twice, cut, for all of a header is 255 characters at most."""
    short = text if len(text) <= length else text[:length - 1] + "…"
    return short.replace("&", "&&")
