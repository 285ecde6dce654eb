"""The sheets of an XLSX workbook: values by python-calamine, and what it leaves out, from the file itself.

A cell whose formula was never computed, or shows an error (#REF!), is empty to calamine, and the currency of a number
format is lost: an amount would be missing, or in dollars, without a word.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from vismajor.case.sheets import Cell, Sheet
from vismajor.reading.problems import InvalidInput, problem

MAX_UNPACKED = 200_000_000  # bytes: a workbook is packed, and a small file may hold a bomb
MAX_CELLS = 2_000_000  # of a sheet, empty ones included: calamine holds the whole rectangle
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Formats 5 to 8 and 37 to 44 show the currency of whoever opens the file: they state none.
_FOREIGN = re.compile(r"\[\$([^\]€-]*[$£¥]|[A-Z]{3})[^\]]*\]|\"\s*([$£¥]|CHF|USD|GBP)\s*\"|([£¥])")

# What a damaged workbook makes its readers raise: found by changing bytes of good ones.
_DAMAGED = (CalamineError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, LookupError, ValueError,
            NotImplementedError, RuntimeError, OSError)


@dataclass
class _Marks:
    """What calamine does not tell of one sheet: (line, column) of flawed cells and of foreign amounts, its extent."""

    flaws: dict[tuple[int, int], str] = field(default_factory=dict)
    units: dict[tuple[int, int], str] = field(default_factory=dict)
    lines: int = 0
    columns: int = 0


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets that are not hidden and hold something. Raises InvalidInput for a file that is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise InvalidInput([problem(name, (1, 1), "file_too_large", limit=MAX_UNPACKED // 1_000_000)])
            marks = dict(_marks(archive))
        if any(found.lines * found.columns > MAX_CELLS for found in marks.values()):
            raise InvalidInput([problem(name, (1, 1), "workbook_too_wide", limit=MAX_CELLS)])
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [sheet.name for sheet in book.sheets_metadata
                 if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = [_sheet(name, shown_name, book.get_sheet_by_name(shown_name).to_python(skip_empty_area=False),
                         marks.get(shown_name, _Marks())) for shown_name in shown]
    except PasswordError:
        raise InvalidInput([problem(name, (1, 1), "workbook_encrypted")]) from None
    except _DAMAGED:
        raise InvalidInput([problem(name, (1, 1), "workbook_damaged")]) from None
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    return filled


def _sheet(file: str, name: str, values: list[list[Any]], marks: _Marks) -> Sheet:
    rows = (tuple(_cell(value, line, column, marks) for column, value in enumerate(row, start=1))
            for line, row in enumerate(values, start=1))
    filled = tuple(row for row in rows if any(cell.text for cell in row))
    return Sheet(file, name, "", filled, len(values))


def _cell(value: Any, line: int, column: int, marks: _Marks) -> Cell:
    place = (line, column)
    shown = None if value == "" else str(value) if isinstance(value, bool) else value
    return Cell(shown, line, column, marks.flaws.get(place, ""), marks.units.get(place, ""))


def _marks(archive: zipfile.ZipFile) -> Iterator[tuple[str, _Marks]]:
    """Yield each sheet's name with what calamine does not tell of it."""
    links = {link.get("Id"): link.get("Target", "") for link in _tree(archive, "xl/_rels/workbook.xml.rels")}
    units = _units(archive)
    for sheet in _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = links.get(sheet.get(_LINK), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield sheet.get("name", ""), _marks_of(archive, part, units)


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))


def _units(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the currency other than the euro that a cell's style shows, by the number of the style."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _tree(archive, "xl/styles.xml")
    formats = {one.get("numFmtId"): _FOREIGN.search(one.get("formatCode", "")) for one in styles.iter(f"{_MAIN}numFmt")}
    cells = styles.find(f"{_MAIN}cellXfs")
    found = ((str(n), formats.get(one.get("numFmtId"))) for n, one in enumerate(cells if cells is not None else ()))
    return {number: next(filter(None, match.groups())) for number, match in found if match}


def _marks_of(archive: zipfile.ZipFile, part: str, units: dict[str, str]) -> _Marks:
    marks = _Marks()
    with archive.open(part) as stream:
        for _, cell in ElementTree.iterparse(stream):
            match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", cell.get("r", "")) if cell.tag == f"{_MAIN}c" else None
            if match is None:
                continue
            place = (int(match[2]), _column(match[1]))
            marks.lines, marks.columns = max(marks.lines, place[0]), max(marks.columns, place[1])
            value, formula = cell.findtext(f"{_MAIN}v") or "", cell.find(f"{_MAIN}f")
            if cell.get("t") == "e":
                marks.flaws[place] = value or "#N/A"
            elif formula is not None and not value:
                marks.flaws[place] = f"={formula.text or ''}"
            if (unit := units.get(cell.get("s", ""))) and value:
                marks.units[place] = unit
            cell.clear()
    return marks


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
