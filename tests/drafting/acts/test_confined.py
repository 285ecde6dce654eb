"""No template reads or writes a file outside the case, the templates and the folder of results, nor asks a network."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.drafting.acts.cases import complete
from tests.drafting.acts.conftest import files_of, matter_from
from tests.drafting.cases import write_case
from tests.drafting.pages import Page, docx_text, pdf_pages
from vismajor.cli import main
from vismajor.drafting.acts.drafting import Asked, draft_act
from vismajor.drafting.acts.kinds import FORMATS, kind_of
from vismajor.drafting.acts.template_check import check_templates
from vismajor.drafting.drafts import place
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation

NOTICE = kind_of("formal-notice")
SECRET = "SECRET-7f3a"
HEAD = '{% set file = "lettre" %}{% set title = "Lettre" %}{% set mark = "" %}\n'


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that no document may show."""
    file = tmp_path / "private" / "secret.svg"
    file.parent.mkdir()
    file.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{SECRET}</text></svg>", encoding="utf-8")
    return file


def own(folder: Path, text: str | bytes, formats: tuple[str, ...] = ("html",)) -> Asked:
    file = folder / "own" / "fr" / NOTICE.file
    file.parent.mkdir(parents=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Asked(formats=formats, templates=folder / "own")


def refused(valuation: Valuation, folder: Path, asked: Asked) -> list[Any]:
    with pytest.raises(InvalidInput) as error:
        draft_act(NOTICE, matter_from(valuation), folder / "out", asked)
    assert not (folder / "out").exists()
    return list(error.value.problems)


def everything(files: dict[str, bytes]) -> bytes:
    """Return all that files hold, the parts of Word files unpacked."""
    parts = [content for name, content in files.items() if not name.endswith(".docx")]
    for name, content in files.items():
        if name.endswith(".docx"):
            archive = zipfile.ZipFile(io.BytesIO(content))
            parts += [archive.read(part) for part in archive.namelist()]
    return b"\n".join(parts)


@pytest.mark.parametrize("reference", ["{% include 'SECRET' %}", "{% import 'SECRET' as x %}", "{% extends 'SECRET' %}",
                                       "{% from '../../../private/secret.svg' import x %}",
                                       "{% include '/etc/passwd' %}"])
def test_a_template_includes_nothing_from_elsewhere(reference: str, whole: Valuation, secret: Path, tmp_path: Path
                                                    ) -> None:
    found = refused(whole, tmp_path, own(tmp_path, f"\n\n{reference.replace('SECRET', str(secret))}"))
    assert [(one.code, one.line) for one in found] == [("template_missing", 3)]
    assert ">    3 | " in found[0].tell("fr")


def test_a_link_among_the_templates_that_leads_out_of_them_is_not_read(whole: Valuation, secret: Path, tmp_path: Path
                                                                       ) -> None:
    asked = own(tmp_path, "x")
    file = tmp_path / "own" / "fr" / NOTICE.file
    file.unlink()
    file.symlink_to(secret)
    (found,) = refused(whole, tmp_path, asked)
    assert found.code == "template_astray" and SECRET not in found.tell("fr")
    assert {one.code for one in check_templates(frozenset(), tmp_path / "own")} == {"template_astray"}


@pytest.mark.parametrize("name", ["../lettre", "/tmp/lettre", "a/b", "..", "a\\b"])
def test_a_template_names_no_file_outside_the_folder(name: str, whole: Valuation, tmp_path: Path) -> None:
    text = "{# lettre #}\n{% set file = " + json.dumps(name) + " %}x"
    (found,) = refused(whole, tmp_path, own(tmp_path, text))
    assert (found.code, found.line) == ("file_name_astray", 2)
    checked = [one for one in check_templates(frozenset(), tmp_path / "own") if one.code == "file_name_astray"]
    assert [(dict(one.values)["read"], one.line) for one in checked] == [(name, 2)]
    with pytest.raises(InvalidInput):
        place({f"{name}/x": b""}, tmp_path / "other")


def test_no_picture_of_a_file_or_an_address_is_shown_and_typst_reads_nothing(whole: Valuation, secret: Path,
                                                                             tmp_path: Path) -> None:
    text = HEAD + (f"Avant\n\n![dessin un]({secret})\n\nVoici ![dessin deux](../private/secret.svg) et "
                   "![dessin trois](http://127.0.0.1:9/x.png).\n\n"
                   f'#image("{secret}") #read("{secret}") #include "{secret}"\n\n'
                   f'```{{=typst}}\n#read("{secret}")\n```\n\n`#read("{secret}")`{{=typst}}\n\n'
                   f"\\input{{{secret}}} <img src=\"file://{secret}\">\n\nAprès\n")
    files = files_of(NOTICE, matter_from(whole), tmp_path / "out", own(tmp_path, text, FORMATS))
    assert SECRET.encode() not in everything(files)
    page = Page(files["lettre.html"].decode())
    shown = {"html": page.text, "docx": docx_text(files["lettre.docx"]), "pdf": "".join(pdf_pages(files["lettre.pdf"]))}
    for form, seen in shown.items():
        assert SECRET not in seen, form
        assert all(part in seen for part in ("Avant", "dessin un", "dessin deux", "dessin trois", "Après")), form
    assert not page.attributes("img")
    archive = zipfile.ZipFile(io.BytesIO(files["lettre.docx"]))
    assert not [name for name in archive.namelist() if "media" in name]
    assert b"127.0.0.1" not in archive.read("word/_rels/document.xml.rels")


@pytest.mark.parametrize(("text", "code", "line"), [
    ("x\n{{ 1 // 0 }}", "template_failed", 2), ("x\n\n{{ [1][7] }}", "template_failed", 3),
    ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "template_failed", 1),
    ("{% for i in range(10 ** 9) %}{% endfor %}", "template_failed", 1),
    ("x\n{{ ''.__class__.__mro__ }}", "template_failed", 2), ("{{ a.claimants.append(1) }}", "template_failed", 1),
    (b"x\n\nMe Andr\xe9", "template_broken", 3)])
def test_whatever_goes_wrong_in_a_template_is_told_with_the_lines_around(
        text: str | bytes, code: str, line: int, whole: Valuation, tmp_path: Path) -> None:
    (found,) = refused(whole, tmp_path, own(tmp_path, text))
    assert (found.code, found.line) == (code, line)
    assert f">    {line} | " in found.tell("fr")


@pytest.mark.parametrize("claimant", ["../../evil", "/etc/passwd", "a/b"])
def test_the_name_of_a_claimant_is_no_path(claimant: str, tmp_path: Path) -> None:
    data = complete()
    data["claimants"][0]["id"] = claimant
    folder = write_case(tmp_path / "case", data)
    result = CliRunner().invoke(main, ["draft", str(folder), "--document", "formal-notice", "--claimant", claimant,
                                       "--out", str(tmp_path / "out")])
    assert result.exit_code == 2 and not (tmp_path / "out").exists()
    assert {file.name for file in tmp_path.iterdir()} == {"case"}


def test_a_link_in_the_folder_of_results_is_replaced_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("précieux", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.html").symlink_to(target)
    place({"x.html": b"neuf"}, tmp_path / "out")
    assert target.read_text(encoding="utf-8") == "précieux" and (tmp_path / "out" / "x.html").read_bytes() == b"neuf"
