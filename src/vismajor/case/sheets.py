"""Files of tables as they come from accountants: a CSV in the encodings of French programs, the sheets of a workbook.

What a cell means is not decided here; where it stands is kept, so that every error can be told at its place.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vismajor.reading.problems import InvalidInput, Problem, problem

MAX_BYTES = 20_000_000
SEPARATORS = (";", "\t", "|", ",")  # the comma last: it may be a decimal comma
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
# Bytes that differ between the two encodings of Western Europe: in ISO-8859-15 they are € Š š Ž ž Œ œ Ÿ, in
# Windows-1252 signs that no table of accounts holds (¤ ¦ ¨ ´ ¸ ¼ ½ ¾).
_ONLY_LATIN_9 = re.compile(rb"[\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe]")
_CONTROLS = re.compile(rb"[\x80-\x9f]")  # in ISO-8859-15; letters and quotation marks in Windows-1252


@dataclass(frozen=True)
class Cell:
    """A cell and its place, counted from 1 (in a CSV the column is that of its first character).

    `flaw` is what a workbook shows instead of a value: an error (#REF!), or a formula that was never computed.
    `unit` is the currency that a workbook's number format shows.
    """

    value: str | int | float | dt.date | None
    line: int
    column: int
    flaw: str = ""
    unit: str = ""

    @property
    def text(self) -> str:
        """What is written, without spaces around it (no-break spaces included)."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return self.flaw or ("" if self.value is None else str(self.value).strip())


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that are not blank; a CSV is one sheet without a name.

    `broken` is the line from which a CSV cannot be read (a quotation mark that is not closed), if any.
    """

    file: str
    name: str
    separator: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: int
    broken: int | None = None

    def place(self, cell: Cell, with_column: bool = False) -> str:
        """Return where a cell stands: `CA!B14` in a workbook, the line (or line:column) in a CSV."""
        if self.name:
            return f"{self.name}!{column_letters(cell.column)}{cell.line}"
        return f"{cell.line}:{cell.column}" if with_column else str(cell.line)

    def problem(self, cell: Cell, code: str, **values: object) -> Problem:
        """Build a problem placed at a cell."""
        told = problem(self.file, (cell.line, cell.column), code, **values)
        return replace(told, cell=self.place(cell)) if self.name else told


@dataclass(frozen=True)
class TableFile:
    """A file opened: its SHA-256, its encoding (`xlsx` for a workbook), and its possible sheets.

    Of a CSV there is one for each separator that it may have; of a workbook one for each sheet that is not hidden.
    """

    sha256: str
    encoding: str
    sheets: tuple[Sheet, ...]


def column_letters(number: int) -> str:
    """Return the letters of a workbook's column, counted from 1: 28 gives AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def open_tables(path: Path, name: str) -> TableFile:
    """Open a CSV or an XLSX workbook; `name` is what errors call it.

    Raises InvalidInput when it is missing, empty, too large, in no encoding known, or a workbook that is encrypted,
    damaged or of the old kind (.xls).
    """
    content = read_content(path, name)
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise InvalidInput([problem(name, (1, 1), "workbook_encrypted" if encrypted else "workbook_old")])
    if content.startswith(_ZIP):
        from vismajor.case.workbook import read_sheets  # noqa: PLC0415 — only who has a workbook waits for its reader

        return TableFile(sha256, "xlsx", read_sheets(content, name))
    text, encoding = decode(content, name)
    if not text.strip():
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    separators = [sign for sign in SEPARATORS if sign in text] or [";"]
    return TableFile(sha256, encoding, tuple(_csv_sheet(text, sign, name) for sign in separators))


def read_content(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """Return what a file holds. Raises InvalidInput where it is missing, empty, or longer than `limit` bytes."""
    try:
        if path.is_dir():
            raise InvalidInput([problem(name, (1, 1), "file_is_folder")])
        if not path.is_file():
            raise InvalidInput([problem(name, (1, 1), "missing_file")])
        if path.stat().st_size > limit:
            raise InvalidInput([problem(name, (1, 1), "file_too_large", limit=limit // 1_000_000)])
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput([problem(name, (1, 1), "unreadable_file", reason=error.strerror or error)]) from None
    if not content:
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    return content


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and its encoding: utf-8, utf-8-sig, utf-16, cp1252 or iso-8859-15.

    Raises InvalidInput where it is none of these, or holds control characters: then it is no text.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if found := re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
            before = text[:found.start()]
            place = (before.count("\n") + 1, found.start() - before.rfind("\n"))
            raise InvalidInput([problem(name, place, "file_not_text", read=f"U+{ord(found.group()):04X}")])
        return text, encoding
    raise InvalidInput([problem(name, (1, 1), "file_encoding")])


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # « Texte Unicode » of Excel
        return ("utf-16",)
    if content.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    latin_9 = not _CONTROLS.search(content) and _ONLY_LATIN_9.search(content) is not None
    return ("utf-8", "iso-8859-15" if latin_9 else "cp1252")


def _csv_sheet(text: str, separator: str, name: str) -> Sheet:
    """Read a CSV by one separator: its rows up to where it breaks off."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    rows: list[tuple[Cell, ...]] = []
    broken = None
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            broken = line
            break
        if any(cell.strip() for cell in row):
            starts = [*starts_of(lines[line - 1], separator)] + [1] * len(row)  # cells after a broken line: column 1
            rows.append(tuple(Cell(cell, line, start) for cell, start in zip(row, starts, strict=False)))
    return Sheet(name, "", separator, tuple(rows), len(lines), broken)


def starts_of(line: str, separator: str) -> Iterator[int]:
    """Yield the column of the first character of each cell of a line; separators in quotation marks apart."""
    quoted = False
    yield 1
    for column, sign in enumerate(line, start=2):
        quoted ^= sign == '"'
        if sign == separator and not quoted:
            yield column
