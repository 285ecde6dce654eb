import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.drafting.cases import small as small_data
from tests.drafting.cases import write_case
from tests.drafting.conftest import CHARTS
from tests.drafting.pages import Page
from vismajor.drafting import drafts, receipt
from vismajor.drafting.drafts import Own, draft_note, place
from vismajor.drafting.receipt import ENGINES, write_receipt
from vismajor.law.models import Law
from vismajor.law.reader import read_law
from vismajor.reading.problems import InvalidInput
from vismajor.reading.shipped import shipped_folder
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, load_case

NAMES = {f"note-de-negociation.{end}" for end in ("docx", "pdf", "html", "receipt.json")}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no chart and search for no open fact: what is in the note does not matter here."""
    monkeypatch.setattr("vismajor.drafting.negotiation_note.open_facts", lambda *_: [])
    monkeypatch.setattr(drafts, "award_chart", lambda *_: CHARTS["award"])
    monkeypatch.setattr(drafts, "arguments_chart", lambda *_: CHARTS["arguments"])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_a_note_is_four_files_and_nothing_else(small: Valuation, tmp_path: Path) -> None:
    written = draft_note(small, tmp_path / "new" / "folder")
    assert {file.name for file in written} == NAMES
    assert set(contents(tmp_path / "new" / "folder")) == NAMES


def test_only_the_forms_asked_for_are_written(small: Valuation, tmp_path: Path) -> None:
    draft_note(small, tmp_path / "out", ("html",))
    assert set(contents(tmp_path / "out")) == {"note-de-negociation.html", "note-de-negociation.receipt.json"}


def test_each_form_is_told_when_it_is_done(small: Valuation, tmp_path: Path) -> None:
    told: list[str] = []
    draft_note(small, tmp_path, ("html", "docx"), told.append)
    assert told == ["html", "docx"]


def test_a_writer_that_fails_leaves_what_was_there(
        small: Valuation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_note(small, tmp_path, ("html",))
    (tmp_path / "notes.txt").write_text("à moi")
    before = contents(tmp_path)
    write = drafts.write

    def fails(*given: Any) -> bytes:
        if given[-1] == "pdf":
            raise RuntimeError("the writer failed")
        return write(*given)

    monkeypatch.setattr(drafts, "write", fails)
    with pytest.raises(RuntimeError, match="the writer failed"):
        draft_note(small, tmp_path)
    assert contents(tmp_path) == before


def test_a_disk_that_fills_half_way_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "b.txt":
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InvalidInput, match="No space left"):
        place({"a.txt": b"new", "b.txt": b"new"}, tmp_path)
    assert contents(tmp_path) == {"a.txt": b"old"}
    assert [f.name for f in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_in_the_way_of_one_file_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(InvalidInput):
        place({"a.txt": b"new", "b.txt": b"new"}, tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_file_where_the_folder_should_be_is_told_and_kept(small: Valuation, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("un fichier")
    with pytest.raises(InvalidInput) as caught:
        draft_note(small, tmp_path / "out", ("html",))
    assert caught.value.problems[0].code == "cannot_write"
    assert (tmp_path / "out").read_text() == "un fichier"


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "note-de-negociation.html").write_text("avant")
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_told_and_kept(small: Valuation, locked: Path) -> None:
    with pytest.raises(InvalidInput):
        draft_note(small, locked, ("html",))
    assert contents(locked) == {"note-de-negociation.html": b"avant"}


def test_a_folder_that_refuses_is_told_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(**_: Any) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(drafts.tempfile, "mkdtemp", refuses)
    with pytest.raises(InvalidInput) as caught:
        place({"a.txt": b"new"}, tmp_path)
    assert "Permission denied" in caught.value.problems[0].tell("fr")
    assert list(tmp_path.iterdir()) == []


def test_a_case_in_english_gets_the_english_note(valued: Callable[..., Valuation], tmp_path: Path) -> None:
    written = draft_note(valued(language="en"), tmp_path / "out", ("html",))
    assert written[0].name == "negotiation-note.html"
    page = Page(written[0].read_text(encoding="utf-8"))
    assert "INTERNAL AND CONFIDENTIAL" in page.text and "We advise the 2 claimants against Martin." in page.text


def test_a_firm_s_own_template_comes_before_ours_and_changes_the_receipt(small: Valuation, tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "decision.md.j2").write_text("Le cabinet décide : {{ n.respondent }}.", encoding="utf-8")
    ours = draft_note(small, tmp_path / "ours", ("html",))
    theirs = draft_note(small, tmp_path / "theirs", ("html",), own=Own(templates=tmp_path))
    assert "Le cabinet décide : Martin." in Page(theirs[0].read_text(encoding="utf-8")).text.replace("\u00a0", " ")
    hashes = [json.loads(files[-1].read_text(encoding="utf-8"))["templates_hash"] for files in (ours, theirs)]
    assert hashes[0] != hashes[1]


def test_a_mistake_in_a_firm_s_own_template_is_told_at_its_line(small: Valuation, tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "decision.md.j2").write_text("un\n{{ n.nowhere }}", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        draft_note(small, tmp_path / "out", ("html",), own=Own(templates=tmp_path))
    assert [(one.code, one.line) for one in caught.value.problems] == [("template_failed", 2)]


def test_a_final_note_is_refused_with_all_that_nobody_read_in_full(small: Valuation, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        draft_note(small, tmp_path / "out", ("html",), own=Own(final=True))
    assert {one.code for one in caught.value.problems} == {"act_text_not_read"}
    assert not (tmp_path / "out").exists()


# --- the receipt


def test_the_receipt_says_what_was_read_and_how_to_draw_it_again(small: Valuation, tmp_path: Path) -> None:
    file = next(f for f in draft_note(small, tmp_path, ("html",)) if f.suffix == ".json")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert set(data) == {"vismajor", "python", "libraries", "law", "law_hash", "templates_hash", "files", "seed",
                         "worlds", "as_of"}
    assert set(data["libraries"]) == set(ENGINES)
    assert data["as_of"] == "2024-06-30"
    assert data["worlds"] == 500
    assert data["seed"] == "case"
    assert list(data["files"]) == ["case.yaml"]
    assert all(len(digest) == 64 for digest in (data["law_hash"], data["templates_hash"], *data["files"].values()))


def test_the_receipt_lists_the_accounts_of_every_claimant(founding: Valuation) -> None:
    files = write_receipt(founding.assessment).files
    assert list(files) == sorted(files)
    # 18 tables of revenue, two ledgers (4 and 5 financial years), two lists of customers
    assert sum(name.startswith("accounts/") for name in files) == 18 + 4 + 5 + 2
    assert "case.yaml" in files


def test_the_receipt_holds_no_place_on_the_machine_and_no_clock(small: Valuation) -> None:
    text = write_receipt(small.assessment).to_json()
    assert str(small.assessment.case.folder) not in text
    assert write_receipt(small.assessment).to_json() == text


def parts(folder: Path, law: Law) -> dict[str, object]:
    made = write_receipt(assess(load_case(folder, law), law, worlds=100))
    return {"case.yaml": made.files["case.yaml"], "accounts.csv": made.files["accounts.csv"], "law": made.law_hash,
            "templates": made.templates_hash}


@pytest.fixture
def folder_with_accounts(tmp_path: Path) -> Path:
    data = small_data()
    data["claimants"][0]["accounts"] = {"revenue": "accounts.csv", "variable_cost_rate": 0.4}
    folder = write_case(tmp_path / "case", data)
    months = [f"{2021 + n // 12}-{n % 12 + 1:02d};{8000 + n}.00" for n in range(36)]
    (folder / "accounts.csv").write_text("\n".join(["month;revenue", *months]) + "\n", encoding="utf-8")
    return folder


def test_a_byte_of_the_case_changes_its_own_hash_alone(folder_with_accounts: Path, french_law: Law) -> None:
    before = parts(folder_with_accounts, french_law)
    case = folder_with_accounts / "case.yaml"
    case.write_bytes(case.read_bytes().replace(b"Dossier d'essai.", b"Dossier d'essaI."))
    after = parts(folder_with_accounts, french_law)
    assert {name for name in before if before[name] != after[name]} == {"case.yaml"}


def test_a_byte_of_the_accounts_changes_their_own_hash_alone(folder_with_accounts: Path, french_law: Law) -> None:
    before = parts(folder_with_accounts, french_law)
    accounts = folder_with_accounts / "accounts.csv"
    accounts.write_bytes(accounts.read_bytes().replace(b"8001.00", b"8002.00"))
    after = parts(folder_with_accounts, french_law)
    assert {name for name in before if before[name] != after[name]} == {"accounts.csv"}


def test_a_byte_of_a_model_changes_the_hash_of_the_models_alone(
        folder_with_accounts: Path, french_law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = parts(folder_with_accounts, french_law)
    copied = tmp_path / "templates"
    shutil.copytree(shipped_folder("templates"), copied)
    monkeypatch.setattr(receipt, "shipped_folder", lambda _: copied)
    assert parts(folder_with_accounts, french_law) == before
    model = copied / "fr" / "negotiation_note.md.j2"
    model.write_bytes(model.read_bytes() + b"x")
    after = parts(folder_with_accounts, french_law)
    assert {name for name in before if before[name] != after[name]} == {"templates"}


def test_a_byte_of_the_law_changes_the_hash_of_the_law_alone(
        folder_with_accounts: Path, french_law: Law, tmp_path: Path) -> None:
    before = parts(folder_with_accounts, french_law)
    shutil.copytree(shipped_folder("rules") / "fr", tmp_path / "law")
    header = tmp_path / "law" / "pack.yaml"
    header.write_bytes(header.read_bytes() + b"# one comment more\n")
    after = parts(folder_with_accounts, read_law(str(tmp_path / "law")))
    assert {name for name in before if before[name] != after[name]} == {"law"}


def test_a_receipt_reads_as_yaml_too(small: Valuation) -> None:
    text = write_receipt(small.assessment).to_json()
    assert yaml.safe_load(text) == json.loads(text)


def test_a_final_note_rests_on_what_counsel_says_to_have_read(small: Valuation, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        draft_note(small, tmp_path / "out", ("html",), own=Own(final=True))
    names = tuple(dict(one.values)["name"] for one in caught.value.problems)
    assessment = small.assessment
    file = assessment.case.file.model_copy(
        update={"acts": assessment.case.file.acts.model_copy(update={"verified": names})})
    case = assessment.case.model_copy(update={"file": file})
    files = draft_note(replace(small, assessment=replace(assessment, case=case)), tmp_path / "out", ("html",),
                       own=Own(final=True))
    assert any(one.suffix == ".html" for one in files)
