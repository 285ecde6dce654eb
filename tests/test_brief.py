"""The main job on the command line: the stage, the documents, codes to quote from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.drafting.acts.cases import complete
from tests.drafting.acts.test_quotations import write_code
from tests.drafting.cases import write_case
from vismajor.cli import main
from vismajor.drafting.acts import document_set


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(document_set, "note_contents", lambda *_, **__: {"note-de-negociation.html": b"<p>note</p>"})
    return write_case(tmp_path / "case", complete())


def brief(case: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["brief", str(case), "--worlds", "200", "--format", "html", "--out",
                                     str(case.parent / "out"), *more])


def test_brief_tells_the_stage_and_each_document_in_eighty_columns(case: Path) -> None:
    result = brief(case)
    assert result.exit_code == 0, result.output
    shown = " ".join(result.output.split())
    assert "réclamation, rien n’est encore parti (étape déduite des dates du dossier)" in shown
    assert "lettre de mise en demeure" in result.output and "mise-en-demeure.*" in result.output
    assert max(map(len, result.output.splitlines())) <= 80 + len(str(case))


def test_the_stage_may_be_chosen(case: Path) -> None:
    data = json.loads(brief(case, "--stage", "suit", "--json").stdout)
    assert (data["stage"], data["whence"]) == ("suit", "asked")
    assert "formal-notice" not in {one["document"] for one in data["documents"]}
    assert brief(case, "--stage", "war").exit_code == 2


def test_articles_are_quoted_from_the_codes_that_are_given(case: Path, tmp_path: Path) -> None:
    folder = write_code(tmp_path / "codes", {"1231-2": "Un texte inventé pour cet essai."})
    assert brief(case, "--codes", str(folder)).exit_code == 0
    assert "Un texte inventé pour cet essai." in (tmp_path / "out" / "mise-en-demeure.html").read_text("utf-8")
    (folder / "code.md").write_text("rien", encoding="utf-8")
    result = brief(case, "--codes", str(folder))
    assert result.exit_code == 2 and "Code civil" in result.output


def test_a_misspelt_stage_in_the_case_is_told_at_its_line(tmp_path: Path) -> None:
    data = complete()
    data["acts"]["stage"] = "negociation"
    result = CliRunner().invoke(main, ["--lang", "en", "check", str(write_case(tmp_path / "case", data))])
    assert result.exit_code == 2 and "negociation" in result.output and "negotiation" in result.output
