"""A workbook as other programs see it: its formulas with the values it was written with, and those computed anew."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
Place = tuple[str, str]
HEADING = 6  # the row of headings of the group's sheet


@dataclass(frozen=True)
class Cell:
    """A cell with a formula: the formula, the value written beside it, the format of numbers."""

    formula: str
    value: object
    form: str


def opened(content: bytes, *, values: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not read charts whose cells are partly empty
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def formulas_of(content: bytes) -> dict[Place, Cell]:
    """Return every cell with a formula, by sheet and address."""
    formulas, values = opened(content, values=False), opened(content, values=True)
    return {(sheet.title, cell.coordinate): Cell(cell.value, values[sheet.title][cell.coordinate].value,
                                                 cell.number_format)
            for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


def without_values(content: bytes) -> bytes:
    """Return the workbook without the values beside its formulas, so that whoever opens it must compute them."""
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stripped, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    return stripped.getvalue()


def by_office(content: bytes, folder: Path) -> dict[Place, object]:
    """Return what LibreOffice computes."""
    assert OFFICE
    (folder / "book.xlsx").write_bytes(without_values(content))
    profile = (folder / "profile").as_uri()
    subprocess.run([OFFICE, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx", "--outdir",
                    str(folder / "out"), str(folder / "book.xlsx")], check=True, capture_output=True, timeout=240)
    found = opened((folder / "out" / "book.xlsx").read_bytes(), values=True)
    return {place: found[place[0]][place[1]].value for place in formulas_of(content)}


def by_formulas(content: bytes, folder: Path) -> dict[Place, object]:
    """Return what the Python package `formulas` computes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas
        from formulas.functions import wrap_ufunc

        # Its ROUND rounds the binary number; spreadsheets round the fifteen digits that they show, halves upwards.
        formulas.get_functions()["ROUND"] = wrap_ufunc(_rounded)
        # It opens the file with openpyxl, which stops at charts.
        book = opened(without_values(content), values=False)
        for sheet in book:
            sheet._charts = []
        book.save(folder / "book.xlsx")
        solution = formulas.ExcelModel().loads(str(folder / "book.xlsx")).finish().calculate()
    found = {str(key).upper(): value for key, value in solution.items()}
    return {(sheet, cell): found[f"'[BOOK.XLSX]{sheet.upper().replace(chr(39), chr(39) * 2)}'!{cell}"].value[0, 0]
            for sheet, cell in formulas_of(content)}


def _rounded(number: float, digits: float) -> float:
    return float(Decimal(f"{float(number):.15g}").quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


def differing(content: bytes, computed: Mapping[Place, object]) -> list[str]:
    """Return the cells that do not come to what was written beside them: to the cent for money, else to nine digits."""
    found = []
    for place, cell in formulas_of(content).items():
        seen = computed[place]
        if not isinstance(cell.value, int | float) or isinstance(seen, str | bool | type(None)):
            found.append(f"{place}: {cell.formula}: written {cell.value!r}, computed {seen!r}")
            continue
        close = 0.0001 if "€" in cell.form else 1e-9 * max(1.0, abs(cell.value))
        if not abs(float(seen) - cell.value) <= close:  # type: ignore[arg-type]
            found.append(f"{place}: {cell.formula}: written {cell.value!r}, computed {seen!r}")
    return found


def parts_of(content: bytes) -> str:
    """Return everything that the file holds, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def texts_of(content: bytes) -> set[str]:
    """Return every text that stands in a cell."""
    return {cell.value for sheet in opened(content, values=False) for row in sheet.iter_rows() for cell in row
            if cell.data_type == "s"}


def group_of(content: bytes) -> dict[str, dict[str, object]]:
    """Return the group's table by claimant and heading, with the values written beside the formulas."""
    sheet = opened(content, values=True).worksheets[0]
    headings = [cell.value for cell in sheet[HEADING]]
    rows = sheet.iter_rows(min_row=HEADING + 1, values_only=True)
    return {str(row[0]): dict(zip(headings, row, strict=True)) for row in rows if row[0] and row[1] is not None}
