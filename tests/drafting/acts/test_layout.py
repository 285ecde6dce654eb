"""The look of acts in all formats: numbered headings and paragraphs, footnotes, contents, named blocks, PDF/A."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest

from tests.drafting.conftest import SHEET
from tests.drafting.pages import Page, docx_headings, pdf_pages
from vismajor.drafting.writers import write

ACT = replace(SHEET, look="act", receipt="vismajor 0", contents="Sommaire")
TEXT = """
::: {.title}
Conclusions
:::

# Faits

(@) Un premier fait.^[Une note de bas de page.]

(@) Un deuxième fait.

# Discussion

## Sur la faute

(@) Une [lacune]{.blank} ici.

### Le manquement

Texte.

## Sur le plafond

::: {.dispositif}
Condamner.
:::

# Annexe {.unnumbered}

| N° | Pièce |
|----|-------|
| 1 | Contrat |
"""
HEADINGS = ["I.\u00a0Faits", "II.\u00a0Discussion", "A.\u00a0Sur la faute", "1.\u00a0Le manquement",
            "B.\u00a0Sur le plafond", "Annexe"]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {form: write(lambda _: TEXT, {}, ACT, form) for form in ("docx", "pdf", "html")}


def test_headings_are_numbered_as_acts_number_them(files: dict[str, bytes]) -> None:
    assert [heading for heading in docx_headings(files["docx"]) if heading != "Sommaire"] == HEADINGS
    page = Page(files["html"].decode())
    assert [text.strip() for tag, text in page.blocks if tag in ("h1", "h2", "h3")] == HEADINGS
    text = "\n".join(pdf_pages(files["pdf"])).replace("\u00a0", " ")
    assert all(heading.replace("\u00a0", " ") in text for heading in HEADINGS)


def test_paragraphs_are_numbered_throughout(files: dict[str, bytes]) -> None:
    text = re.sub(r"\s+", " ", "\n".join(pdf_pages(files["pdf"])))
    assert "1. Un premier fait." in text and "2. Un deuxième fait." in text and "3. Une lacune" in text
    lists = Page(files["html"].decode()).attributes("ol")
    assert [one.get("start", "1") for one in lists if one.get("class") != "footnotes"][:2] == ["1", "3"]
    numbering = zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/numbering.xml").decode()
    assert 'w:numFmt w:val="decimal"' in numbering and 'w:startOverride w:val="3"' in numbering


def test_notes_contents_and_page_numbers_are_real(files: dict[str, bytes]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(files["docx"]))
    document = archive.read("word/document.xml").decode()
    assert "Une note de bas de page." in archive.read("word/footnotes.xml").decode()
    assert "TOC " in document and "Sommaire" in document and "PAGE" in archive.read("word/footer1.xml").decode()
    page = Page(files["html"].decode())
    assert "Sommaire" in page.text and page.attributes("nav")
    assert "Sommaire" in pdf_pages(files["pdf"])[0] and "1 / 1" in pdf_pages(files["pdf"])[0]


def test_named_blocks_and_words_have_styles_of_their_own(files: dict[str, bytes]) -> None:
    word = docx.Document(io.BytesIO(files["docx"]))
    assert {"Title", "Dispositif"} <= {paragraph.style.name for paragraph in word.paragraphs}
    assert "Blank" in {run.style.name for paragraph in word.paragraphs for run in paragraph.runs}
    page = Page(files["html"].decode())
    assert {"title", "dispositif"} <= {one.get("class") for one in page.attributes("div")}
    assert {"class": "blank"} in page.attributes("span")


def test_the_pdf_is_an_archive_and_carries_title_and_receipt(files: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    assert b"pdfaid" in files["pdf"] or "pdfaid" in str(reader.trailer["/Root"]["/Metadata"].get_data())
    assert reader.metadata is not None and reader.metadata.title == "Titre"
    assert "vismajor 0" in str(reader.metadata)


def test_a_sign_that_no_font_has_does_not_keep_a_pdf_from_being_written() -> None:
    assert len(pdf_pages(write(lambda _: "Société 中文 😀", {}, ACT, "pdf"))) == 1
