"""Tables as bookkeepers send them, CSV or XLSX: encodings, separators, amounts and dates in the styles found in France.

Nothing is guessed in silence: what can be read in two ways is refused, with the place and what to write.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from vismajor.reading.problems import InvalidInput, problem
from vismajor.reading.scalars import LARGEST_SUM, YEARS

MAX_BYTES = 50_000_000  # of a table; and ten times as much once a workbook is unpacked (bombs of zip)
SEPARATORS = ";\t|,"  # in the order in which a tie is decided: the comma last, it may be a decimal comma
SPACES = "\u0020\u00a0\u2009\u202f\u2007\u2002\u2003"  # between thousands; spreadsheets export several of them
OTHER_CURRENCY = re.compile(r"[$£¥₣]|\b(?:USD|GBP|CHF|CAD|JPY|FRF|dollars?|livres?|francs?)\b", re.IGNORECASE)
DecimalSign = Literal[",", "."]


class UnreadableCell(ValueError):  # noqa: N818 — it becomes a problem told to the reader
    """A cell that does not hold what it should; `code` is a key of messages.yaml."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Cell:
    """A cell as it stands: text in a CSV; text, number, date or nothing in a workbook. Places count from 1."""

    value: Any
    line: int
    column: int

    @property
    def text(self) -> str:
        """The content as text, without the spaces around it."""
        return "" if self.value is None else str(self.value).strip().strip(SPACES)


@dataclass(frozen=True)
class Table:
    """The rows of a table that are not blank, the header included, and how the file was understood.

    `encoding` is utf-8, utf-8-bom, utf-16 or cp1252, and `separator` what stands between cells; for a workbook these
    are xlsx and an empty text. A cell's column is that of its first character in a CSV, its number in a workbook.
    """

    name: str
    sha256: str
    encoding: str
    separator: str
    rows: tuple[tuple[Cell, ...], ...]


def read_table(path: Path, name: str) -> Table:
    """Read a CSV (`;`, tab, `|` or `,`) or the one filled sheet of an XLSX workbook; `name` is what errors call it.

    Raises InvalidInput when the file is missing, empty, too large, or no table.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError:
        raise InvalidInput([problem(name, (1, 1), "table_missing")]) from None
    if content is None:
        raise InvalidInput([problem(name, (1, 1), "table_too_large", limit=MAX_BYTES // 1_000_000)])
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(b"PK\x03\x04"):
        return Table(name, digest, "xlsx", "", _sheet_rows(content, name))
    text, encoding = decode_text(content, name)
    if not text.strip():
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    separator = sniff_separator(text)
    return Table(name, digest, encoding, separator, _csv_rows(text, separator, name))


def decode_text(content: bytes, name: str) -> tuple[str, str]:
    """Return a file's text and its encoding: UTF-8 with or without its mark, UTF-16 with it, else Windows-1252.

    Raises InvalidInput when the content is no text in any of these.
    """
    candidates = [("utf-8-sig", "utf-8-bom")] if content.startswith(b"\xef\xbb\xbf") else [("utf-8", "utf-8")]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = [("utf-16", "utf-16")]
    for codec, encoding in [*candidates, ("cp1252", "cp1252")]:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    raise InvalidInput([problem(name, (1, 1), "table_not_text")])


def sniff_separator(text: str) -> str:
    """Return what separates the cells: the sign that stands most often in the first line, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=lambda sign: (bare.count(sign), -SEPARATORS.index(sign)))


def fold(text: str) -> str:
    """Return a heading without case, accents, unit in brackets or punctuation, so that spellings of it compare."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", " ", bare.casefold())))


def decimal_sign(values: Iterable[Any]) -> DecimalSign | None:
    """Return the decimal sign that the amounts of a column show beyond doubt, or None (none, or both)."""
    signs: set[DecimalSign] = set()
    for value in values:
        text = _bare_amount(value) if isinstance(value, str) else ""
        for sign, other in ((",", "."), (".", ",")):
            plain = re.fullmatch(rf"[0-9 ]+\{sign}(?:[0-9]{{1,2}}|[0-9]{{4,}})", text)
            if plain or re.fullmatch(rf"[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+\{sign}[0-9]+", text):
                signs.add("," if sign == "," else ".")
            elif re.fullmatch(rf"[0-9]{{1,3}}(?:\{sign}[0-9]{{3}}){{2,}}", text):  # 1.234.567: the sign of thousands
                signs.add("," if other == "," else ".")
    return signs.pop() if len(signs) == 1 else None


def parse_amount(value: Any, sign: DecimalSign | None = None) -> Decimal:
    """Return an amount in euros; `sign` is the decimal sign of its column where that is known (`decimal_sign`).

    Reads 1234.5, 1 234,50 €, 1.234,50, 1,234.50, (1 234,50), -12. Raises UnreadableCell: cell_not_amount,
    cell_formula, cell_other_currency, cell_amount_two_readings (1,234 alone), cell_amount_absurd (from 10^12).
    """
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        amount = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return _within_bounds(round(amount, 6) if amount.is_finite() and abs(amount) < LARGEST_SUM else amount)
    text = str(value if value is not None else "").strip().strip(SPACES)
    if re.match(r"[=@]|[+-]\s*[A-Za-z]", text):
        raise UnreadableCell("cell_formula")
    if OTHER_CURRENCY.search(text):
        raise UnreadableCell("cell_other_currency")
    bare = _bare_amount(text)
    negative = re.fullmatch(r"\(.*\)|[-−].*|.*[-−]", text) is not None
    if match := re.fullmatch(r"([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:([.,])([0-9]+))?", bare):
        whole, found, decimals = match.groups()
        if found and len(decimals) == 3 and len(whole) <= 3 and whole != "0" and " " not in bare:
            if sign is None:
                raise UnreadableCell("cell_amount_two_readings")
            if found != sign:
                whole, decimals = whole + decimals, None
        digits = whole.replace(" ", "") + (f".{decimals}" if decimals else "")
    elif match := re.fullmatch(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?", bare):
        whole, thousands, found, decimals = match.groups()
        if found == thousands:
            raise UnreadableCell("cell_not_amount")
        digits = whole.replace(thousands, "") + (f".{decimals}" if decimals else "")
    else:
        raise UnreadableCell("cell_not_amount")
    return _within_bounds(-Decimal(digits) if negative else Decimal(digits))


def _bare_amount(text: str) -> str:
    """Return the digits and signs of an amount: without the euro, the sign, and with plain spaces."""
    bare = re.sub(r"€|\bEUR\b|\beuros?\b", "", text, flags=re.IGNORECASE).strip().strip(SPACES)
    bare = re.sub(r"^\((.*)\)$", r"\1", bare)
    bare = re.sub(r"^[-−+]|[-−]$", "", bare)
    return re.sub(f"[{SPACES}'’]", " ", bare).strip()


def _within_bounds(amount: Decimal) -> Decimal:
    if not amount.is_finite() or abs(amount) >= LARGEST_SUM:
        raise UnreadableCell("cell_amount_absurd")
    return amount


def parse_date(value: Any) -> dt.date:
    """Return a date: YYYY-MM-DD, dd/mm/yyyy (or with . or -), with or without an hour of zero, or a workbook's date.

    Raises UnreadableCell: cell_not_date, or cell_date_far_off for a year that no case can speak of.
    """
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    else:
        text = re.sub(r"[T ]00:00(?::00(?:\.0+)?)?Z?$", "", str(value if value is not None else "").strip())
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
        french = re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", text)
        if not iso and not french:
            raise UnreadableCell("cell_not_date")
        parts = iso.groups() if iso else (french[4], french[3], french[1]) if french else ()
        try:
            day = dt.date(*(int(part) for part in parts))
        except ValueError:
            raise UnreadableCell("cell_not_date") from None
    if day.year not in YEARS:
        raise UnreadableCell("cell_date_far_off")
    return day


def _csv_rows(text: str, separator: str, name: str) -> tuple[tuple[Cell, ...], ...]:
    lines = io.StringIO(text, newline=None).read().split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    rows: list[tuple[Cell, ...]] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return tuple(rows)
        except csv.Error:
            raise InvalidInput([problem(name, (line, 1), "table_layout")]) from None
        if any(cell.strip() for cell in row):
            starts = _starts(lines[line - 1], separator)
            rows.append(tuple(Cell(value, line, starts[i] if i < len(starts) else 1) for i, value in enumerate(row)))


def _starts(line: str, separator: str) -> list[int]:
    """Return the column of the first character of each cell of a line."""
    starts, quoted = [1], False
    for place, character in enumerate(line, start=1):
        quoted ^= character == '"'
        if character == separator and not quoted:
            starts.append(place + 1)
    return starts


def _sheet_rows(content: bytes, name: str) -> tuple[tuple[Cell, ...], ...]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 — only who has a workbook waits for it

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > 10 * MAX_BYTES:
                raise InvalidInput([problem(name, (1, 1), "table_too_large", limit=10 * MAX_BYTES // 1_000_000)])
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, OSError):
        raise InvalidInput([problem(name, (1, 1), "table_not_workbook")]) from None
    filled = [rows for rows in map(_place_cells, sheets) if rows]
    if not filled:
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    if len(filled) > 1:
        raise InvalidInput([problem(name, (1, 1), "table_sheets", read=len(filled))])
    return filled[0]


def _place_cells(sheet: list[list[Any]]) -> tuple[tuple[Cell, ...], ...]:
    rows = (tuple(Cell(None if value == "" else value, line, column) for column, value in enumerate(row, start=1))
            for line, row in enumerate(sheet, start=1))
    return tuple(row for row in rows if any(cell.text for cell in row))
