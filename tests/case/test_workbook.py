"""Workbooks as accountants save them: dates, numbers and texts, and what a reader of values alone would not see."""

import datetime as dt
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vismajor.case.accounts import TableReading, read_table
from vismajor.case.series import MonthlySeries
from vismajor.reading.problems import LANGUAGES, InvalidInput

MONTHS = [dt.datetime(2021, 3, 1), dt.datetime(2021, 4, 1)]


def save(tmp_path: Path, fill: Callable[[xlsxwriter.Workbook], Any]) -> Path:
    path = tmp_path / "ca.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book)
    return path


def sheet_of(book: xlsxwriter.Workbook, amounts: list[Any], name: str = "CA", top: int = 0, **style: str) -> Any:
    """A table of two months with its dates as dates, `top` lines below the edge."""
    sheet, date, shown = book.add_worksheet(name), book.add_format({"num_format": "mmm-yy"}), book.add_format(style)
    sheet.write_row(top, 1, ["Mois", "CA HT"])
    for line, (month, amount) in enumerate(zip(MONTHS, amounts, strict=True), start=top + 1):
        sheet.write_datetime(line, 1, month, date)
        if isinstance(amount, str) and amount.startswith("="):
            sheet.write_formula(line, 2, amount, shown, "")
        else:
            sheet.write(line, 2, amount, shown)
    return sheet


def read(path: Path) -> TableReading:
    return read_table(path, "ca.xlsx")


def told(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(path)
    assert all(one.tell(language) for one in caught.value.problems for language in LANGUAGES)
    return [f"{one.tell().removeprefix('ca.xlsx:').split(': ')[0]} {one.code}" for one in caught.value.problems]


def series(*amounts: str) -> MonthlySeries:
    return MonthlySeries(first="2021-03", amounts=tuple(Decimal(amount) for amount in amounts))


def test_dates_numbers_and_texts_read_alike_and_every_month_has_its_cell(tmp_path):
    reading = read(save(tmp_path, lambda book: sheet_of(book, [1234.5, "1 234,50 €"], top=3)))
    assert reading.revenue == series("1234.50", "1234.50")
    assert reading.cells == ("CA!C5", "CA!C6")
    assert (reading.file.encoding, reading.file.separator, reading.sheet) == ("xlsx", "", "CA")
    assert reading.findings == ()


def test_floats_are_rounded_half_up_to_the_cent(tmp_path):
    assert read(save(tmp_path, lambda book: sheet_of(book, [0.1 + 0.2, 2.675]))).revenue == series("0.30", "2.68")


def test_the_first_sheet_with_a_heading_is_read_hidden_ones_are_not_and_the_others_are_told(tmp_path):
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Notice").write(0, 0, "Chiffres de la société")
        sheet_of(book, [9, 9], "Brouillon").hide()
        sheet_of(book, [1, 2], "CA 2021")
        sheet_of(book, [3, 4], "Prévisions")

    reading = read(save(tmp_path, fill))
    assert (reading.sheet, reading.revenue) == ("CA 2021", series("1.00", "2.00"))
    assert [one.code for one in reading.findings] == ["table_other_sheets"]
    assert "Prévisions" in reading.findings[0].explain("fr")
    assert "Brouillon" not in reading.findings[0].explain("fr")


def test_one_line_a_year_in_a_workbook(tmp_path):
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("CA")
        sheet.write_row(0, 0, ["", "janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov",
                               "déc", "Total"])
        sheet.write_row(1, 0, [2020, *range(1, 13), 78])
        sheet.write_row(2, 0, [2021, *range(1, 13), 78])

    reading = read(save(tmp_path, fill))
    assert (reading.revenue.first, reading.revenue.last, sum(reading.revenue.amounts)) == ("2020-01", "2021-12", 156)
    assert (reading.cells[0], reading.cells[-1], reading.layout) == ("CA!B2", "CA!M3", "wide")


@pytest.mark.parametrize(("amount", "code"), [
    ("=SUM(A1:A9)", "amount_formula"), ("n/a", "revenue_amount"), (True, "revenue_amount"), (1e12, "amount_absurd"),
    ("", "revenue_amount"), ("1.234", "amount_ambiguous"), ("$12", "amount_currency"),
])
def test_a_cell_that_is_no_amount_is_told_by_its_name(tmp_path, amount, code):
    assert told(save(tmp_path, lambda book: sheet_of(book, [amount, 5]))) == [f"CA!C2 {code}"]


@pytest.mark.parametrize("shown", ["#,##0.00 [$$-409]", "[$£-809]#,##0.00", '#,##0.00 "CHF"', "[$CHF] #,##0"])
def test_the_currency_of_a_number_format_is_seen(tmp_path, shown):
    path = save(tmp_path, lambda book: sheet_of(book, [1, 2], num_format=shown))
    assert told(path) == ["CA!C2 amount_currency", "CA!C3 amount_currency"]


@pytest.mark.parametrize("shown", ["#,##0.00 [$€-40C]", '#,##0.00 "€"', "0.00", '_-* #,##0.00\\ "€"_-', "[Red]0.00"])
def test_the_euro_of_a_number_format_is_no_other_currency(tmp_path, shown):
    assert read(save(tmp_path, lambda book: sheet_of(book, [1, 2], num_format=shown))).revenue == series("1.00", "2.00")


def test_the_error_of_a_formula_is_told_not_taken_for_an_empty_cell(tmp_path):
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet_of(book, [1, 2]).write_formula(2, 2, "=1/0", None, "#DIV/0!")

    assert told(save(tmp_path, fill)) == ["CA!C3 amount_error"]


def test_a_cell_at_the_end_of_the_world_does_not_exhaust_the_machine(tmp_path):
    path = save(tmp_path, lambda book: sheet_of(book, [1, 2]).write(1_048_575, 16_383, "x"))
    assert told(path) == ["1:1 workbook_too_wide"]


def test_a_workbook_without_a_table_cut_off_or_packed_by_another_program_is_told(tmp_path):
    assert told(save(tmp_path, lambda book: book.add_worksheet("CA"))) == ["1:1 empty_file"]
    assert told(save(tmp_path, lambda book: book.add_worksheet("CA").write(4, 1, "rien"))) == ["CA!A5 revenue_header"]
    path = save(tmp_path, lambda book: sheet_of(book, [1, 2]))
    path.write_bytes(path.read_bytes()[:2000])
    assert told(path) == ["1:1 workbook_damaged"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert told(path) == ["1:1 workbook_damaged"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.decimals(-10**9, 10**9, places=2), min_size=2, max_size=2), st.integers(0, 20))
def test_amounts_saved_as_numbers_read_back_the_same(tmp_path, amounts, top):
    reading = read(save(tmp_path, lambda book: sheet_of(book, [float(amount) for amount in amounts], top=top)))
    assert reading.revenue.amounts == tuple(amounts)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12), st.booleans())
def test_whatever_a_damaged_workbook_holds_ends_in_no_other_error(tmp_path, changes, inside):
    path = save(tmp_path, lambda book: sheet_of(book, [1, 2]))
    if inside:  # the parts are changed, their packing is right
        with zipfile.ZipFile(path) as archive:
            parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
        changed = [parts[name] for name in sorted(parts) if name.startswith("xl/") and "theme" not in name]
    else:
        changed = [content := bytearray(path.read_bytes())]
    for place, byte in changes:
        part = changed[place % len(changed)]
        part[place // len(changed) % len(part)] = byte
    if inside:
        with zipfile.ZipFile(path, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, bytes(part))
    else:
        path.write_bytes(bytes(content))
    try:
        assert len(read(path).revenue.amounts) >= 1
    except InvalidInput as error:
        assert error.problems
