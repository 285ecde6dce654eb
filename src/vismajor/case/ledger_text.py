"""The text of one ledger export: its encoding, separator and line ends found out, its header, its rows as a stream.

Rows are handed out as Latin-1, one character a byte, whatever the encoding: dates, accounts and amounts are ASCII in
all encodings admitted, so that a million lines need no decoding; `shown` decodes the few texts that are shown.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vismajor.case.ledger_columns import recognised
from vismajor.reading.problems import InvalidInput, problem

_BLOCK = 1 << 20
_LINES = 1 << 15  # bytes of lines split at a time: what they take stays in the processor's cache
_HEAD = 1 << 13
_ROWS = 256
_SEPARATORS = "\t|;,"  # the first two are the statute's (A. 47 A-1, VI, 1°); the others come out of spreadsheets
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BOM = codecs.BOM_UTF8.decode("latin-1")
_LEDGER, _SURELY_LEDGER = 6, 9  # columns known of a ledger's header, with its date and account, and without one of them
# « é » and its like in UTF-8, where the rest of the file is not; and what becomes of it when it is encoded twice
_UTF8_LETTER = re.compile(rb"\xc3[\xa0-\xbf]")
_TWICE = re.compile(rb"\xc3\x83\xc2[\xa0-\xbf]")
_NOT_IN_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_CONTROLS = bytes(range(0x80, 0xA0))  # letters and quotation marks in cp1252, control characters in ISO 8859-15


@dataclass(frozen=True)
class LedgerText:
    """One file as understood before its lines are read: `name` is what errors call it.

    `garbled` is the line and column of the first letter written in another encoding than the rest, if any.
    """

    path: Path
    name: str
    sha256: str
    encoding: str
    separator: str
    line_end: str
    quoted: bool
    header: tuple[str, ...]
    garbled: tuple[int, int] | None = None

    def decoded(self, raw: str) -> str:
        """Return what a part of a line says."""
        return raw.encode("latin-1").decode(self.encoding, "replace")

    def shown(self, raw: str) -> str:
        """Return what a field says, without the spaces around it."""
        return self.decoded(raw).strip()

    def blocks(self) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """Yield the lines below the header, split into fields, some hundreds at a time, with their numbers (from 2)."""
        if self.quoted:
            yield from self._quoted_blocks()
            return
        separator, number = self.separator, 1
        for lines in self._lines():
            if number == 1:
                lines = lines[1:]  # noqa: PLW2901 — the header
                number = 2
            yield range(number, number + len(lines)), [line.split(separator) for line in lines]
            number += len(lines)

    def _lines(self) -> Iterator[list[str]]:
        tail = ""
        with self.path.open("rb") as file:
            while block := file.read(_LINES):
                text = tail + block.decode("latin-1")
                if self.line_end == "\r\n":
                    text = text.replace("\r\n", "\n")
                *lines, tail = text.split("\r" if self.line_end == "\r" else "\n")
                if lines:
                    yield lines
        if tail:
            yield [tail]

    def _quoted_blocks(self) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """Read a file whose fields all stand in quotation marks: a label may then hold the separator, or a line end."""
        numbers: list[int] = []
        rows: list[list[str]] = []
        number = 1
        with self.path.open(encoding="latin-1", newline="") as file:
            reader = csv.reader(file, delimiter=self.separator)
            try:
                for row in reader:
                    numbers.append(number)
                    rows.append(row or [""])
                    number = reader.line_num + 1
                    if len(rows) > _ROWS:
                        yield numbers[1:], rows[1:]  # the first one is the header, then the last one yielded
                        numbers, rows = numbers[-1:], rows[-1:]
            except csv.Error:
                raise InvalidInput([problem(self.name, (number, 1), "ledger_quotes")]) from None
        yield numbers[1:], rows[1:]


def open_ledger(path: Path, name: str) -> LedgerText:
    """Find out how a ledger export is written.

    Raises InvalidInput where it is empty, in UTF-16, in no known encoding, or without a header that names its columns.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(_UTF16) or head.count(b"\0") > len(head) // 4:
            raise InvalidInput([problem(name, (1, 1), "ledger_utf16")])
        sha256, encoding, garbled = _examined(path, name)
    except OSError as error:
        raise InvalidInput([problem(name, (1, 1), "unreadable_file", reason=error.strerror)]) from None
    if not head.strip():
        raise InvalidInput([problem(name, (1, 1), "ledger_empty")])
    separator, line_end, quoted, header = _layout(head)
    text = LedgerText(path, name, sha256, encoding, separator, line_end, quoted, ())
    names = tuple(text.shown(field) for field in header)
    if len(recognised(names)) < 4:
        raise InvalidInput([problem(name, (1, 1), "ledger_header", read=text.shown(separator.join(header)))])
    return LedgerText(path, name, sha256, encoding, separator, line_end, quoted, names, garbled)


def looks_like_ledger(path: Path) -> bool:
    """Tell from its header alone whether a file is a ledger export; one in UTF-16, which is refused, is one too."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "ignore").encode()
    header = _layout(head)[3]
    columns = recognised([field.encode("latin-1").decode("utf-8", "ignore") for field in header])
    # So many names of the statute's are no chance: one that is wrong is told as a slip of a ledger's header.
    return len(columns) >= (_LEDGER if {"EcritureDate", "CompteNum"} <= set(columns) else _SURELY_LEDGER)


def _layout(head: bytes) -> tuple[str, str, bool, list[str]]:
    """Return separator, line end, whether fields are quoted, and the header's fields, from the first bytes of a file.

    The separator is the one that yields the most columns known.
    """
    text = head.decode("latin-1").removeprefix(_BOM)
    line_end = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r"
    first = text.split(line_end, 1)[0]
    separator = max(_SEPARATORS, key=lambda sign: len(recognised(first.split(sign))))
    fields = first.split(separator)
    wrapped = [field.strip() for field in fields]
    quoted = all(len(field) > 1 and field[0] == field[-1] == '"' for field in wrapped)
    second = text.split(line_end, 2)[1:2]
    # Some software quotes the header alone, some all but the header: the lines below decide how the file is split.
    row = second[0].strip() if second else ""
    below = row.startswith('"') and (quoted or (row.endswith('"') and row.count(f'"{separator}"') == len(fields) - 1))
    return separator, line_end, below, [field.strip('"') for field in wrapped] if quoted else wrapped


def _examined(path: Path, name: str) -> tuple[str, str, tuple[int, int] | None]:
    """Return a file's SHA-256, its encoding, and where a letter stands that is in another.

    The encoding is UTF-8 where the file is valid in it, else the one that its bytes 80 to 9F tell.
    """
    digest, utf8, decoder = hashlib.sha256(), True, codecs.getincrementaldecoder("utf-8")()
    ascii_only, controls, impossible, position = True, False, 0, 0
    bom, letter, twice = False, -1, -1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            bom = bom or (position == 0 and block.startswith(codecs.BOM_UTF8))
            digest.update(block)
            if not block.isascii():
                ascii_only = False
                letter, twice = (seen if seen >= 0 else _offset(pattern, block, position)
                                 for pattern, seen in ((_UTF8_LETTER, letter), (_TWICE, twice)))
                controls = controls or block.translate(None, _CONTROLS) != block
                if not impossible and len(block.translate(None, _NOT_IN_CP1252)) < len(block):
                    impossible = position + next(i for i, byte in enumerate(block) if byte in _NOT_IN_CP1252) + 1
            try:
                utf8 = utf8 and decoder.decode(block) is not None
            except UnicodeDecodeError:
                utf8 = False
            position += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        utf8 = False
    if utf8:
        garbled = _place(path, twice) if twice >= 0 else None
        return digest.hexdigest(), "utf-8-sig" if bom else "ascii" if ascii_only else "utf-8", garbled
    if impossible:
        raise InvalidInput([problem(name, _place(path, impossible - 1), "ledger_encoding")])
    return digest.hexdigest(), "cp1252" if controls else "iso-8859-15", _place(path, letter) if letter >= 0 else None


def _offset(pattern: re.Pattern[bytes], block: bytes, position: int) -> int:
    match = pattern.search(block)
    return position + match.start() if match else -1


def _place(path: Path, offset: int) -> tuple[int, int]:
    """Return the line and column of a byte."""
    with path.open("rb") as file:
        before = file.read(offset)
    return before.count(b"\n") + 1, offset - before.rfind(b"\n")
