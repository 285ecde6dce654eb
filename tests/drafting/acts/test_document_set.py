"""The documents of a stage together: one valuation, one folder, one manifest, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vismajor.drafting.acts import document_set, stages
from vismajor.drafting.acts.document_set import MANIFEST, DocumentSet, draft_set, planned
from vismajor.drafting.acts.drafting import Asked
from vismajor.drafting.acts.kinds import KINDS
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation

HTML = Asked(formats=("html",))
NOTE = {"note-de-negociation.html": b"<p>note</p>", "note-de-negociation.receipt.json": b"{}"}


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the note, which has tests of its own and takes longest."""
    monkeypatch.setattr(document_set, "note_contents", lambda *_, **__: dict(NOTE))


@pytest.fixture
def drawn(light: None, whole: Valuation, tmp_path: Path) -> DocumentSet:
    return draft_set(whole, tmp_path / "out", HTML, "demand")


def test_the_note_and_the_acts_of_the_stage_lie_in_one_folder(drawn: DocumentSet, tmp_path: Path) -> None:
    kinds = [one.kind for one in drawn.documents]
    assert kinds[:2] == ["note", "formal-notice"]
    assert {file.name for file in (tmp_path / "out").iterdir()} == {file.name for file in drawn.files} >= {
        *NOTE, "mise-en-demeure.html", "mise-en-demeure.receipt.json", MANIFEST}


def test_the_manifest_holds_the_hash_of_every_file_for_whom_it_is_and_what_it_lacks(drawn: DocumentSet) -> None:
    files = {file.name: file.read_bytes() for file in drawn.files}
    manifest = json.loads(files.pop(MANIFEST))
    hashes = {name: digest for one in manifest["documents"] for name, digest in one["files"].items()}
    assert hashes == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    audiences = {one["document"]: one["audience"] for one in manifest["documents"]}
    assert (audiences["note"], audiences["formal-notice"]) == ("ours", "other_side")
    assert manifest["stage"] == "demand" and manifest["receipt"]["seed"] == "case"


def test_the_same_case_gives_the_same_set_to_the_byte(light: None, whole: Valuation, tmp_path: Path) -> None:
    one, other = (draft_set(whole, tmp_path / name, HTML).files for name in ("a", "b"))
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in other]


def test_a_set_that_cannot_be_finished_tells_all_and_writes_nothing(light: None, small: Valuation, tmp_path: Path
                                                                    ) -> None:
    with pytest.raises(InvalidInput) as error:
        draft_set(small, tmp_path / "out", replace(HTML, final=True), "demand")
    assert {"act_missing", "act_text_not_read"} <= {one.code for one in error.value.problems}
    assert not (tmp_path / "out").exists()


def test_two_documents_of_one_name_are_told_not_written_over_each_other(
        light: None, whole: Valuation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = next(kind for kind in KINDS if kind.id == "formal-notice")
    monkeypatch.setattr(document_set, "planned", lambda *_: [(notice, None), (notice, None)])
    with pytest.raises(InvalidInput) as error:
        draft_set(whole, tmp_path / "out", HTML)
    assert [one.code for one in error.value.problems] == ["file_name_twice"]


def test_an_act_for_one_claimant_is_drafted_for_each(whole: Valuation, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tuple(replace(kind, scope="claimant") for kind in KINDS if kind.id == "formal-notice")
    monkeypatch.setattr(stages, "KINDS", own)
    found = [who for _, who in planned(whole.assessment.case, "demand")]
    assert found == [one.id for one in whole.assessment.case.file.claimants]


def test_progress_tells_each_format_of_each_document(light: None, whole: Valuation, tmp_path: Path) -> None:
    seen: list[Any] = []
    draft_set(whole, tmp_path, HTML, "demand", progress=seen.append)
    assert seen == ["html"] * len(planned(whole.assessment.case, "demand"))
