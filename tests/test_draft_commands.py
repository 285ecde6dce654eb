"""`vismajor draft` and `vismajor templates check`, as somebody at a terminal sees them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.drafting.acts.cases import COMPLETE, complete
from tests.drafting.cases import write_case
from vismajor.cli import main


@pytest.fixture
def case(tmp_path: Path) -> str:
    return str(write_case(tmp_path / "case", complete()))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def test_a_letter_is_written_with_its_receipt(case: str, tmp_path: Path) -> None:
    done = run("draft", case, "--document", "formal-notice", "--claimant", "dupont", "--worlds", "200",
               "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == [f"mise-en-demeure-dupont.{form}" for form in ("docx", "html", "pdf", "receipt.json")]
    assert [Path(line).name for line in done.output.split()] == [
        f"mise-en-demeure-dupont.{form}" for form in ("docx", "pdf", "html", "receipt.json")]


def test_the_language_of_the_act_is_that_of_the_option(case: str, tmp_path: Path) -> None:
    done = run("draft", case, "--document", "formal-notice", "--lang", "en", "--format", "html", "--worlds", "200",
               "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert "I hereby give you formal notice" in (tmp_path / "out" / "formal-notice.html").read_text(encoding="utf-8")


def test_the_list_tells_audience_and_what_is_missing(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", complete(counsel={"name": "Cabinet Petit"}))
    told = run("--lang", "fr", "draft", str(case), "--list", "--worlds", "200").output
    assert "formal-notice" in told and "partie adverse" in told and "counsel.bar" in told
    assert max(len(line) for line in told.split("\n")) <= 80
    data = json.loads(run("draft", str(case), "--list", "--json", "--worlds", "200").output)
    note = next(one for one in data if one["document"] == "note")
    assert note["audience"] == "ours" and note["ours"] is True and note["sources_to_read"]
    letter = next(one for one in data if one["document"] == "formal-notice")
    assert letter["audience"] == "other_side" and letter["ours"] is True
    assert "counsel.bar" in {one["path"] for one in letter["missing"]}


def test_a_final_act_that_is_not_finished_is_refused_with_every_line(case: str, tmp_path: Path) -> None:
    done = run("draft", case, "--document", "formal-notice", "--final", "--worlds", "200", "--json",
               "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert {one["code"] for one in json.loads(done.output)["problems"]} == {"act_text_not_read"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("arguments", "message"), [
    (("--document", "formal-notise"), "Did you mean “formal-notice”?"),
    (("--document", "formal-notice", "--claimant", "dupond"), "Did you mean “dupont”?"),
    (("--document", "note", "--claimant", "dupont"), "drafted for all claimants"), ((), "which document?"),
    (("--document", "note", "--format", "odt"), "expected docx, pdf, html"),
])
def test_a_wrong_request_is_told(arguments: tuple[str, ...], message: str, case: str) -> None:
    done = run("--lang", "en", "draft", case, *arguments)
    assert done.exit_code == 2 and message in done.output


def test_an_act_of_the_other_side_is_refused_at_the_line_that_says_for_whom_we_act(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", COMPLETE | {"acting_for": "respondent"})
    done = run("--lang", "en", "draft", str(case), "--document", "formal-notice")
    assert done.exit_code == 2 and "case.yaml:" in done.output and "comes from the other side" in done.output


def test_the_note_is_drafted_by_the_same_command(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("vismajor.workbench.draft", lambda valuation, out, formats, _, **own: asked.append(
        (valuation.together.claimed, out, formats)) or [])
    done = run("draft", case, "--document", "note", "--format", "html", "--worlds", "200", "--out", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert asked == [(Decimal("24901.25"), tmp_path, ("html",))]


def test_the_templates_are_good_and_a_firm_s_own_mistake_is_told_with_its_lines(tmp_path: Path) -> None:
    assert run("--lang", "en", "templates", "check").exit_code == 0
    (tmp_path / "fr" / "acts").mkdir(parents=True)
    (tmp_path / "fr" / "acts" / "formal_notice.md.j2").write_text("un\n{{ a.chances }}\n", encoding="utf-8")
    done = run("--lang", "en", "templates", "check", "--templates", str(tmp_path))
    assert done.exit_code == 1
    assert "formal_notice.md.j2:2:1: “a.chances”" in done.output and ">    2 | {{ a.chances }}" in done.output
