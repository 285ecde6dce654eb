"""What each format owes: Word opens it as it is, PDF is kept and read aloud, HTML stands alone and prints."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.drafting.acts.test_layout import ACT, HEADINGS, TEXT
from tests.drafting.conftest import CHARTS, SHEET
from tests.drafting.pages import Page, docx_text, pdf_pages, squeezed
from tests.drafting.word_checks import faults, languages
from vismajor.drafting.writers import Sheet, write
from vismajor.reading.problems import InvalidInput

NOTE = replace(SHEET, title="Note", subtitle="", receipt="vismajor 0")
PICTURE = '\n![Figure]({award}){{width=4cm alt="Un point rouge, « seul » et \\"cité\\"."}}\n'
LOOKS = {"act": ACT, "act in English": replace(ACT, language="en"), "note": NOTE}
Files = dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def files() -> Files:
    """The same text in each look and format, with a chart."""
    charts = {"award": CHARTS["award"]}

    def written(sheet: Sheet, form: str) -> bytes:
        return write(lambda places: TEXT + PICTURE.format(**places), charts, sheet, form)

    return {look: {form: written(sheet, form) for form in ("docx", "pdf", "html")} for look, sheet in LOOKS.items()}


@pytest.mark.parametrize("look", LOOKS)
def test_word_has_nothing_to_repair(look: str, files: Files) -> None:
    content = files[look]["docx"]
    if look == "note":  # its text names blocks that only acts have
        assert {fault for fault in faults(content) if "no style" not in fault} == set()
    else:
        assert faults(content) == []
    docx.Document(io.BytesIO(content))


def test_the_check_of_word_files_finds_what_is_broken(files: Files) -> None:
    archive = zipfile.ZipFile(io.BytesIO(files["act"]["docx"]))
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "word/document.xml":
                content = content.replace(b'w:val="Dispositif"', b'w:val="Nowhere"').replace(
                    b'w:name="faits"', b'w:name="annexe"')
            if name != "word/footer1.xml":
                target.writestr(name, content)
    found = " ".join(faults(result.getvalue()))
    assert all(part in found for part in ("no style Nowhere", "bookmark annexe twice", "no bookmark faits", "footer1"))


@pytest.mark.parametrize(("look", "tag"), [("act", "fr-FR"), ("act in English", "en-GB"), ("note", "fr-FR")])
def test_every_format_says_its_language(look: str, tag: str, files: Files) -> None:
    assert languages(files[look]["docx"]) == {tag}
    assert f"<dc:language>{tag}</dc:language>" in zipfile.ZipFile(
        io.BytesIO(files[look]["docx"])).read("docProps/core.xml").decode()
    assert pypdf.PdfReader(io.BytesIO(files[look]["pdf"])).root_object["/Lang"] == tag
    assert Page(files[look]["html"].decode()).attributes("html")[0]["lang"] == tag


@pytest.mark.parametrize("look", LOOKS)
def test_the_pdf_is_an_archive_that_can_be_read_aloud(look: str, files: Files) -> None:
    reader = pypdf.PdfReader(io.BytesIO(files[look]["pdf"]))
    about = reader.root_object["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A</", about)
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert reader.root_object["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in reader.root_object
    assert "Un point rouge" in str(alternatives(reader))


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """Return the alternative texts of a tagged PDF."""
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one]


@pytest.mark.parametrize("look", LOOKS)
def test_every_format_carries_the_receipt_inside(look: str, files: Files) -> None:
    custom = zipfile.ZipFile(io.BytesIO(files[look]["docx"])).read("docProps/custom.xml").decode()
    about = str(pypdf.PdfReader(io.BytesIO(files[look]["pdf"])).metadata)
    metas = Page(files[look]["html"].decode()).attributes("meta")
    assert "vismajor 0" in custom and "vismajor 0" in about
    assert {"name": "vismajor-receipt", "content": "vismajor 0"} in metas


@pytest.mark.parametrize("look", LOOKS)
def test_tables_and_pictures_can_be_followed_without_sight(look: str, files: Files) -> None:
    word = docx.Document(io.BytesIO(files[look]["docx"]))
    for table in word.tables:
        assert table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))] == [
        "Un point rouge, « seul » et \"cité\"."]
    page = Page(files[look]["html"].decode())
    assert page.attributes("th") and all(one.get("scope") == "col" for one in page.attributes("th"))
    assert [one["alt"] for one in page.attributes("img")] == ["Un point rouge, « seul » et \"cité\"."]


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_asks_nothing_of_a_network_and_prints_on_a4(look: str, files: Files) -> None:
    source = files[look]["html"].decode()
    page = Page(source)
    addresses = [value for _, attributes in page.tags for name, value in attributes.items()
                 if name in ("src", "srcset", "data", "action", "poster")]
    assert addresses and all(address.startswith("data:image/") for address in addresses)
    assert all(one["href"].startswith("#") for one in page.attributes("a"))
    assert "url(" not in source and "@import" not in source and "default-src 'none'" in source
    assert "@page { size: A4" in source and "@media print" in source and "table-header-group" in source


def test_the_contents_stand_in_word_before_it_counts_its_pages_and_lead_to_their_headings(files: Files) -> None:
    word = docx.Document(io.BytesIO(files["act"]["docx"]))
    paragraphs = list(word.element.body.iter(qn("w:p")))
    styles = {1: "TOC1", 2: "TOC2", 3: "TOC3"}
    entries = [(style.get(qn("w:val")), "".join(text.text or "" for text in paragraph.iter(qn("w:t"))))
               for paragraph in paragraphs for style in paragraph.iter(qn("w:pStyle"))
               if style.get(qn("w:val")) in styles.values()]
    assert [text for _, text in entries] == HEADINGS
    assert [style for style, _ in entries] == ["TOC1", "TOC1", "TOC2", "TOC3", "TOC2", "TOC1"]
    assert len(list(word.element.body.iter(qn("w:hyperlink")))) >= len(HEADINGS)
    page = Page(files["act"]["html"].decode())
    assert {one["href"].lstrip("#") for one in page.attributes("a")} >= {
        one["id"] for tag in ("h1", "h2", "h3") for one in page.attributes(tag) if one.get("id")}


def test_the_contents_stand_where_a_template_puts_them() -> None:
    text = "Avant le plan.\n\n::: {.contents}\n:::\n\n# Faits & « gestes » <b>\n\nTexte.\n"
    for form in ("docx", "pdf", "html"):
        content = write(lambda _: text, {}, ACT, form)
        seen = {"docx": docx_text, "pdf": lambda one: "".join(pdf_pages(one)),
                "html": lambda one: Page(one.decode()).text}[form](content)
        places = [seen.find(part) for part in ("Avant le plan", "Sommaire", "Texte.")]
        assert places == sorted(places) and -1 not in places, form
        assert squeezed(seen).count("Faits&«gestes»") == 2, form  # in the contents, and over the text


def test_a_text_that_cannot_be_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.drafting.pandoc.subprocess.run", lambda *_, **__: subprocess.CompletedProcess(
        [], 1, b"", b"pandoc: no such thing"))
    with pytest.raises(InvalidInput) as error:
        write(lambda _: TEXT, {}, ACT, "html")
    assert "no such thing" in error.value.problems[0].tell("fr")


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that converts with LibreOffice Writer, in a profile of its own."""
    office = shutil.which("soffice")
    if office is None or not list(Path(office).resolve().parent.glob("libswlo.*")):
        pytest.skip("LibreOffice Writer is not installed")
    profile = tmp_path_factory.mktemp("office")
    return [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir"]


def test_libreoffice_shows_all_of_a_word_file(libreoffice: list[str], files: Files, tmp_path: Path) -> None:
    (tmp_path / "act.docx").write_bytes(files["act"]["docx"])
    command = [*libreoffice, str(tmp_path), str(tmp_path / "act.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    reader = pypdf.PdfReader(tmp_path / "act.pdf")
    seen = squeezed("".join(page.extract_text() for page in reader.pages))
    for part in (*HEADINGS, "Un premier fait.", "Une note de bas de page.", "lacune", "Condamner.", "Contrat"):
        assert squeezed(part) in seen, part
    assert squeezed(seen).count(squeezed(HEADINGS[0])) == 2  # in the contents, and over the text
