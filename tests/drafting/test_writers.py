import dataclasses
import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.conftest import ROOT
from tests.drafting.cases import small as small_data
from tests.drafting.cases import write_case
from tests.drafting.conftest import CHARTS, SHEET
from tests.drafting.pages import Page, docx_headings, docx_text, pdf_pages, squeezed
from vismajor.drafting.drafts import draft_note
from vismajor.drafting.writers import write
from vismajor.settlement.valuation import Valuation

MARK = "DOCUMENT INTERNE ET CONFIDENTIEL – NE PAS COMMUNIQUER"
FORMS = ("docx", "pdf", "html")
CHAPTERS = ["L’essentiel", "La décision demandée à la cliente", "Les faits",
            "Les questions, dans l’ordre où le tribunal les rencontre", "Nos faiblesses", "Les préjudices",
            "La valeur de l’affaire et l’offre", "La stratégie de négociation", "Les scénarios comparés",
            "Ce qu’il reste à établir", "Sources", "Ce que la note ne contient pas", "Pièces", "Traçabilité"]


@pytest.fixture(scope="module")
def files(bluepad: Valuation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The note of one shipped case, drafted with its real charts."""
    written = draft_note(bluepad, tmp_path_factory.mktemp("bluepad"))
    return {file.suffix[1:]: file.read_bytes() for file in written}


@pytest.fixture(scope="module")
def word(files: dict[str, bytes]) -> docx.document.Document:
    return docx.Document(io.BytesIO(files["docx"]))


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> Page:
    return Page(files["html"].decode())


def test_word_has_real_heading_styles_and_a_title(word: docx.document.Document) -> None:
    styles = {p.style.name for p in word.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2"} <= styles
    first = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert first == CHAPTERS


def test_word_has_the_same_tables_as_the_page(word: docx.document.Document, page: Page) -> None:
    shapes = [(len(table.rows), len(table.columns)) for table in word.tables]
    assert shapes == [(len(table), len(table[0])) for table in page.tables]
    assert len(shapes) > 10


def test_no_cell_of_a_word_table_is_lost(word: docx.document.Document, page: Page) -> None:
    for table, shown in zip(word.tables, page.tables, strict=True):
        assert [squeezed(c.text) for c in table._cells] == [squeezed(c) for row in shown for c in row]


def test_every_picture_in_word_has_an_alternative_text(word: docx.document.Document) -> None:
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 2
    assert all(len(picture.get("descr") or "") > 40 for picture in pictures)
    media = [part for part in word.part.package.parts if part.partname.startswith("/word/media/")]
    assert len(media) == 2
    assert all(part.blob.startswith(b"\x89PNG") for part in media)


def test_the_internal_mark_stands_in_the_header_of_every_section(word: docx.document.Document) -> None:
    assert len(word.sections) >= 1
    for section in word.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        assert all(MARK in "".join(p.text for p in header.paragraphs) for header in headers)


def test_word_numbers_its_pages(word: docx.document.Document) -> None:
    fields = [field.text for s in word.sections for field in s.footer._element.iter(qn("w:instrText"))]
    assert "PAGE" in fields


def test_the_mark_of_the_model_is_never_left_in_a_document(files: dict[str, bytes]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(files["docx"]))
    assert [name for name in archive.namelist() if b"VISMAJOR-MARK" in archive.read(name)] == []


def test_the_date_of_a_word_file_is_the_date_of_knowledge_and_no_clock(
        word: docx.document.Document, files: dict[str, bytes]) -> None:
    assert word.core_properties.created.date() == dt.date(2023, 3, 8)
    assert word.core_properties.modified.date() == dt.date(2023, 3, 8)
    archive = zipfile.ZipFile(io.BytesIO(files["docx"]))
    assert {entry.date_time for entry in archive.infolist()} == {(2023, 3, 8, 12, 0, 0)}
    assert word.core_properties.author == ""


def test_pdf_has_the_same_headings_as_word_and_page(files: dict[str, bytes], page: Page) -> None:
    assert docx_headings(files["docx"]) == page.headings
    text = squeezed("".join(pdf_pages(files["pdf"]))).replace("’", "'")
    places = [text.find(squeezed(heading).replace("’", "'")) for heading in page.headings]
    assert -1 not in places


def test_pdf_numbers_its_pages_and_marks_each(files: dict[str, bytes]) -> None:
    found = pdf_pages(files["pdf"])
    assert len(found) > 3
    for number, text in enumerate(found, start=1):
        assert squeezed(text).endswith(f"{number}/{len(found)}")
        assert squeezed(MARK) in squeezed(text)


def test_pdf_knows_its_title_and_no_clock(files: dict[str, bytes]) -> None:
    information = pypdf.PdfReader(io.BytesIO(files["pdf"])).metadata
    assert information is not None
    assert information.title == "Bluepad contre OVH, serveur et sauvegarde réunis dans le même bâtiment"
    assert str(dt.datetime.now(dt.UTC).year) not in (information.get("/CreationDate") or "")


def test_html_needs_nothing_from_outside(page: Page) -> None:
    addresses = [value or "" for _, attributes in page.tags for name, value in attributes.items()
                 if name in ("src", "href", "srcset", "data", "action", "poster")]
    assert len(addresses) == 2
    assert all(address.startswith("data:image/svg+xml;base64,") for address in addresses)
    assert "url(" not in page.source
    assert "@import" not in page.source


def test_html_says_its_language_title_and_mark(page: Page) -> None:
    assert page.attributes("html")[0]["lang"] == "fr-FR"
    title = next(text for tag, text in page.blocks if tag == "title")
    assert title.strip() == "Bluepad contre OVH, serveur et sauvegarde réunis dans le même bâtiment"
    assert MARK in page.text
    assert all(image["alt"] for image in page.attributes("img"))
    assert [h for h in page.headings if h in CHAPTERS] == CHAPTERS


def test_html_forbids_scripts_by_its_policy(page: Page) -> None:
    policy = next(m["content"] for m in page.attributes("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "script" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_note_is_the_same_file_to_the_byte(
        form: str, small: Valuation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.drafting.negotiation_note.open_facts", lambda *_: [])
    monkeypatch.setattr("vismajor.drafting.drafts.award_chart", lambda *_: CHARTS["award"])
    monkeypatch.setattr("vismajor.drafting.drafts.arguments_chart", lambda *_: CHARTS["arguments"])
    first, second = (draft_note(small, tmp_path / name, (form,))[0].read_bytes() for name in ("a", "b"))
    assert first == second


@pytest.mark.parametrize("form", FORMS)
def test_another_text_is_another_file(form: str) -> None:
    one, other = (write(lambda _, text=text: text, {}, SHEET, form) for text in ("Un.", "Deux."))
    assert one != other


SCRIPT = """
import hashlib, sys
import vismajor
case = vismajor.load_case(sys.argv[1])
for file in vismajor.draft(vismajor.value(vismajor.assess(case, worlds=300)), sys.argv[2]):
    print(file.name, hashlib.sha256(file.read_bytes()).hexdigest())
"""


def test_two_processes_write_the_same_bytes_whatever_their_hash_seed_clock_zone_and_language(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", small_data())
    settings = [{"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
                {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"}]
    running = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, case, tmp_path / str(number)], text=True, cwd=ROOT,
                         env=os.environ | chosen, stdout=subprocess.PIPE)
        for number, chosen in enumerate(settings)
    ]
    one, other = (process.communicate(timeout=120)[0] for process in running)
    assert len(one.splitlines()) == 4
    assert one == other


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="odt"):
        write(lambda _: "x", {}, SHEET, "odt")


@pytest.mark.parametrize("form", FORMS)
def test_a_title_that_looks_like_a_value_stays_a_title(form: str) -> None:
    content = write(lambda _: "Texte.", {}, dataclasses.replace(SHEET, title="true", subtitle="{a: 1}"), form)
    text = {"docx": docx_text, "pdf": lambda c: "".join(pdf_pages(c)), "html": lambda c: Page(c.decode()).text}[form](
        content)
    assert "true" in text
    assert "{a: 1}" in text


def test_pandoc_is_not_let_read_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>SECRET</text></svg>")
    text = f"![x]({secret})\n\n![y](/etc/hostname)\n"
    archive = zipfile.ZipFile(io.BytesIO(write(lambda _: text, {}, SHEET, "docx")))
    assert [name for name in archive.namelist() if "media" in name] == []


@pytest.mark.parametrize("reader", [docx_text, lambda content: "\n".join(pdf_pages(content))])
def test_the_figures_are_the_same_on_paper_and_on_screen(
        reader: Callable[[bytes], str], files: dict[str, bytes], page: Page) -> None:
    text = reader(files["docx"] if reader is docx_text else files["pdf"])
    figures = re.compile(r"\d{1,3}(?:\u202f\d{3})+")
    assert set(figures.findall(page.text)) <= set(figures.findall(text))
    assert len(set(figures.findall(page.text))) > 4
