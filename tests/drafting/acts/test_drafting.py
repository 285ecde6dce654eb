"""Drafts and final acts, a firm's own Word reference and templates, what goes wrong while one is written."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.conftest import Told, files_of, matter_from
from tests.drafting.pages import Page, docx_text
from vismajor.drafting.acts.drafting import Asked, draft_act
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import render
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation

NOTICE = kind_of("formal-notice")
FINAL = Asked(final=True)


def all_read(matter: Matter) -> Matter:
    """Return a matter whose law pack was read in full."""
    law = matter.law
    sources = {name: source.model_copy(update={"read": "full"}) for name, source in law.sources.items()}
    return replace(matter, assessment=replace(matter.assessment, law=law.model_copy(update={"sources": sources})))


def problems(matter: Matter, folder: Path, asked: Asked) -> list[tuple[str, int, str]]:
    with pytest.raises(InvalidInput) as error:
        draft_act(NOTICE, matter, folder, asked)
    assert not list(folder.glob("*")) if folder.is_dir() else True
    return [(Path(one.file).name, one.line, one.code) for one in error.value.problems]


def test_a_final_act_refuses_what_is_missing_at_its_line_and_writes_nothing(small: Valuation, tmp_path: Path) -> None:
    found = problems(matter_from(small, "dupont"), tmp_path, FINAL)
    assert {code for _, _, code in found} == {"act_missing", "act_text_not_read"}
    lines = small.assessment.case.source.file
    written = Path(lines).read_text(encoding="utf-8").split("\n")
    missing = [line for file, line, code in found if code == "act_missing" and file == "case.yaml"]
    assert any(written[line - 1].startswith("respondent") or "Martin" in written[line - 1] for line in missing)


def test_a_final_act_refuses_a_source_not_read_at_its_line_of_the_pack(whole: Valuation, tmp_path: Path) -> None:
    found = problems(matter_from(whole), tmp_path, FINAL)
    assert {code for _, _, code in found} == {"act_text_not_read"}
    assert all(file == "statutes.yaml" or file.endswith(".yaml") for file, _, _ in found)
    assert all(line > 1 for _, line, _ in found)


def test_a_final_act_has_no_draft_mark_and_no_list_of_what_is_left(whole: Valuation, tmp_path: Path) -> None:
    files = files_of(NOTICE, all_read(matter_from(whole)), tmp_path, FINAL)
    text = docx_text(files["mise-en-demeure.docx"])
    header = zipfile.ZipFile(io.BytesIO(files["mise-en-demeure.docx"])).read("word/header1.xml").decode()
    assert "PROJET" not in text + header and "VISMAJOR" not in header and "à vérifier" not in text
    assert "reste à faire" not in text and "Bordereau des pièces" in text


def test_a_draft_carries_its_mark_on_each_page(whole: Valuation, tmp_path: Path) -> None:
    files = files_of(NOTICE, matter_from(whole), tmp_path)
    archive = zipfile.ZipFile(io.BytesIO(files["mise-en-demeure.docx"]))
    assert "PROJET" in archive.read("word/header1.xml").decode()
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["mise-en-demeure.pdf"])).pages]
    assert all("PROJET" in page for page in pages)
    assert "PROJET" in Page(files["mise-en-demeure.html"].decode()).text


def test_blanks_and_named_blocks_have_styles_of_their_own_in_word(small: Valuation, tmp_path: Path) -> None:
    content = files_of(NOTICE, matter_from(small, "dupont"), tmp_path)["mise-en-demeure.docx"]
    word = docx.Document(io.BytesIO(content))
    paragraphs = {paragraph.style.name for paragraph in word.paragraphs}
    runs = {run.style.name for paragraph in word.paragraphs for run in paragraph.runs}
    assert {"Addressee", "Subject", "Signature", "Heading 1", "Heading 2"} <= paragraphs
    assert "Blank" in runs
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"][:2] == [
        "I.\u00a0Les faits", "II.\u00a0Le bien-fondé de la demande"]


def test_a_reference_without_our_styles_gets_them_and_keeps_its_own(whole: Valuation, tmp_path: Path) -> None:
    bare = docx.Document()
    for style in list(bare.styles):
        if style.name not in ("Normal", "Body Text", "Default Paragraph Font", "Normal Table"):
            style.delete()
    bare.styles["Body Text"].element.set(qn("w:styleId"), "Corps")
    bare.styles["Body Text"].font.name = "Garamond"
    bare.save(str(tmp_path / "bare.docx"))
    content = files_of(NOTICE, matter_from(whole), tmp_path / "out",
                       Asked(formats=("docx",), reference=tmp_path / "bare.docx"))["mise-en-demeure.docx"]
    found = docx.Document(io.BytesIO(content))
    ids = {style.style_id for style in found.styles}
    used = {node.get(qn("w:val")) for node in found.element.body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))}
    based = {node.get(qn("w:val")) for node in found.styles.element.iter(qn("w:basedOn"), qn("w:next"), qn("w:link"))}
    assert used <= ids and based <= ids
    assert found.styles["Body Text"].font.name == "Garamond" and "Heading 1" in {style.name for style in found.styles}


def test_a_firm_s_own_reference_is_used_and_still_shows_the_mark(whole: Valuation, tmp_path: Path) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Cabinet Petit, papier à en-tête"
    own.save(str(tmp_path / "own.docx"))
    content = files_of(NOTICE, matter_from(whole), tmp_path / "out",
                       Asked(formats=("docx",), reference=tmp_path / "own.docx"))["mise-en-demeure.docx"]
    word = docx.Document(io.BytesIO(content))
    assert word.sections[0].header.paragraphs[0].text == "Cabinet Petit, papier à en-tête"
    assert word.paragraphs[0].text == "PROJET"


@pytest.mark.parametrize(("asked", "code"), [
    ("reference", "reference_not_word"), ("templates", "no_templates_folder")])
def test_a_file_that_cannot_serve_is_told(asked: str, code: str, whole: Valuation, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"not a zip")
    given = Asked(reference=tmp_path / "letter.docx") if asked == "reference" else Asked(templates=tmp_path / "none")
    assert [one for _, _, one in problems(matter_from(whole), tmp_path / "out", given)] == [code]


def own_template(folder: Path, text: str) -> Asked:
    (folder / "fr" / "acts").mkdir(parents=True)
    (folder / "fr" / NOTICE.file).write_text(text, encoding="utf-8")
    return Asked(formats=("html",), templates=folder)


def test_a_firm_s_own_template_comes_before_ours(whole: Valuation, tmp_path: Path) -> None:
    asked = own_template(tmp_path / "own", '{% set file = "lettre" %}{% set title = "Lettre" %}\n'
                                           "Notre lettre : {{ a.due | euros }}.\n")
    files = files_of(NOTICE, matter_from(whole), tmp_path / "out", asked)
    assert "Notre lettre" in Page(files["lettre.html"].decode()).text
    ours = files_of(NOTICE, matter_from(whole), tmp_path / "ours", Asked(formats=("html",)))
    assert files["lettre.receipt.json"] != ours["mise-en-demeure.receipt.json"]  # its templates are hashed too


@pytest.mark.parametrize(("text", "code", "line"), [
    ("un\n{{ a.nothing }}\n", "template_failed", 2), ("un\ndeux\n{% if %}\n", "template_broken", 3),
    ("{{ a.due | nothing }}", "template_broken", 1), ("\n\n\n{{ a.__class__.__mro__ }}", "template_failed", 4),
    ("{{ 'cc-0' | cited }}", "template_failed", 1)])
def test_a_mistake_in_a_template_is_told_with_its_line_and_the_lines_around(
        text: str, code: str, line: int, whole: Valuation, tmp_path: Path) -> None:
    asked = own_template(tmp_path / "own", text)
    with pytest.raises(InvalidInput) as error:
        draft_act(NOTICE, matter_from(whole), tmp_path / "out", asked)
    (problem,) = error.value.problems
    assert (problem.code, problem.line) == (code, line)
    assert f">    {line} | " in problem.tell("fr")


def test_a_final_cites_what_counsel_says_to_have_read(told: Told) -> None:
    """What nobody read in full is refused, until counsel answers for having read it (acts.verified)."""
    unread = {one.id for one in render(NOTICE, told("dupont")).unread_sources}
    assert unread
    acts = COMPLETE["acts"] | {"verified": sorted(unread)}
    assert render(NOTICE, told("dupont", acts=acts)).unread_sources == ()


def test_a_final_act_refuses_an_exhibit_later_than_itself(told: Told, tmp_path: Path) -> None:
    acts = COMPLETE["acts"] | {"notice": COMPLETE["acts"]["notice"] | {"date": "2023-10-01"}}
    found = problems(all_read(told("dupont", acts=acts)), tmp_path / "out", FINAL)
    assert {code for _, _, code in found} == {"act_exhibit_later"}
    assert all(file == "case.yaml" and line > 1 for file, line, _ in found)
