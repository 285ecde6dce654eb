"""How a file is written: encoding, separator, line ends, quotation marks; and what cannot be read at all."""

import codecs
import hashlib
from pathlib import Path

import pytest

from tests.case.ledger_files import HEADER, LEDGERS, full_year, write
from vismajor.case import ledger_text
from vismajor.case.ledger_text import looks_like_ledger, open_ledger
from vismajor.reading.problems import LANGUAGES, InvalidInput

FILES = sorted(LEDGERS.iterdir())
LINE = "VE|Ventes|1|20190102|706000|Côté cour|||P|20190102|{}|0,00|1,00|||20190102||"


def refused(path: Path) -> list[tuple[int, int, str]]:
    with pytest.raises(InvalidInput) as caught:
        open_ledger(path, "ledger.txt")
    for problem in caught.value.problems:
        assert all("{" not in problem.explain(language) for language in LANGUAGES)
    return [(p.line, p.column, p.code) for p in caught.value.problems]


def rows(path: Path) -> list[tuple[int, list[str]]]:
    return [(number, row) for numbers, block in open_ledger(path, "f").blocks()
            for number, row in zip(numbers, block, strict=True)]


@pytest.mark.parametrize(("label", "encoding", "found"), [
    ("Vente", "ascii", "ascii"), ("Écran", "utf-8", "utf-8"), ("Écran", "utf-8-sig", "utf-8-sig"),
    ("Écran à 5 €", "iso-8859-15", "iso-8859-15"), ("L’écran à 5 €", "cp1252", "cp1252"),
])
def test_the_encoding_is_found_and_labels_decoded(tmp_path, label, encoding, found):
    line = LINE.format(label) if encoding != "ascii" else LINE.format(label).replace("Côté", "Cote")
    path = write(tmp_path, [line], encoding=encoding)
    text = open_ledger(path, "f")
    assert (text.encoding, text.header[0]) == (found, "JournalCode")
    assert text.shown(rows(path)[0][1][10]) == label
    assert text.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("size", [7, 64, 1 << 20])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_the_size_of_blocks_change_nothing(tmp_path, monkeypatch, size, end, last):
    monkeypatch.setattr(ledger_text, "_LINES", size)
    path = tmp_path / "f"
    lines = [LINE.format(f"é{number}") for number in range(5)]
    path.write_bytes(end.join([HEADER, *lines]).encode() + end.encode() * last)
    assert [(number, row[10].encode("latin-1").decode(), row[17]) for number, row in rows(path)] == [
        (number + 2, f"é{number}", "") for number in range(5)]


@pytest.mark.parametrize("size", [1, 2, 256])
def test_quotation_marks_around_every_field_may_hold_separators_and_line_ends(tmp_path, monkeypatch, size):
    monkeypatch.setattr(ledger_text, "_ROWS", size)
    path = tmp_path / "f"
    quoted = ['"' + text.replace("|", '";"') + '"' for text in (HEADER, LINE.format('a;b ""c""'), LINE.format("d\ne"),
                                                               LINE.format("f"))]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    assert open_ledger(path, "f").quoted
    assert [(number, row[10]) for number, row in rows(path)] == [(2, 'a;b "c"'), (3, "d\ne"), (5, "f")]


def test_a_single_quotation_mark_in_a_label_is_a_letter_like_another(tmp_path):
    path = write(tmp_path, [LINE.format('Écran 24"'), LINE.format('"Brut'), LINE.format("c")], encoding="iso-8859-15")
    assert [row[10] for _, row in rows(path)] == ['Écran 24"', '"Brut', "c"]


def test_a_header_in_quotation_marks_above_plain_lines_is_read(tmp_path):
    path = write(tmp_path, [LINE.format('"Brut')], header='"' + HEADER.replace("|", '"|"') + '"')
    assert not open_ledger(path, "f").quoted
    assert open_ledger(path, "f").header == tuple(HEADER.split("|"))


@pytest.mark.parametrize("separator", list("\t|;"))
def test_the_separator_is_the_one_that_yields_columns(tmp_path, separator):
    path = write(tmp_path, [LINE.format("a").replace("|", separator)], header=HEADER.replace("|", separator))
    assert open_ledger(path, "f").separator == separator


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, b""])
def test_utf_16_is_refused_by_its_name(tmp_path, bom):
    path = tmp_path / "f"
    path.write_bytes(bom + f"{HEADER}\n".encode("utf-16-le"))
    assert refused(path) == [(1, 1, "ledger_utf16")]
    assert looks_like_ledger(path)


@pytest.mark.parametrize(("content", "problem"), [
    (b"", (1, 1, "ledger_empty")), (b"\n\n", (1, 1, "ledger_empty")), (b"\xef\xbb\xbf", (1, 1, "ledger_header")),
    (b"month;revenue\n2019-01;5\n", (1, 1, "ledger_header")), (b"\x89PNG\r\n\x1a\n", (1, 1, "ledger_header")),
    (HEADER.encode() + b"\nVE|\x8d\n", (2, 4, "ledger_encoding")),
])
def test_what_is_no_ledger_is_refused(tmp_path, content, problem):
    path = tmp_path / "f"
    path.write_bytes(content)
    assert refused(path) == [problem]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / "none") == [(1, 1, "unreadable_file")]
    assert refused(tmp_path) == [(1, 1, "unreadable_file")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_ledger_is_known_by_its_header(path):
    assert looks_like_ledger(path)


@pytest.mark.parametrize("content", [b"", b"month;revenue\n2019-01;5\n", b"customer;month;revenue\n", b"\x00" * 99,
                                     b"PK\x03\x04", b"CompteNum;CompteLib;Debit;Credit\n"])
def test_other_files_do_not_look_like_a_ledger(tmp_path, content):
    path = tmp_path / "f"
    path.write_bytes(content)
    assert not looks_like_ledger(path)
    assert not looks_like_ledger(tmp_path / "none")
    assert looks_like_ledger(write(tmp_path, full_year()))


def test_a_slip_in_a_heading_that_is_needed_does_not_hide_a_ledger(tmp_path):
    path = tmp_path / "f.txt"
    for wrong in ("CompteNumm", "EcritureDat"):
        path.write_text(HEADER.replace(wrong[:-1] if wrong[-1] == "m" else "EcritureDate", wrong) + "\n")
        assert looks_like_ledger(path)
    path.write_text("Journal;Compte;Libelle;Devise;Debit;Credit;Sens\n")
    assert not looks_like_ledger(path)
