"""Drafts an act from an assessed case: Word, PDF and HTML, with a receipt beside and inside, whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vismajor.drafting.acts.blanks import path_in_file
from vismajor.drafting.acts.kinds import Kind, check_asked
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import Act, render
from vismajor.drafting.drafts import place
from vismajor.drafting.environment import legible
from vismajor.drafting.receipt import Receipt, write_receipt
from vismajor.drafting.typography import spaced
from vismajor.drafting.words import words
from vismajor.drafting.writers import Sheet, write
from vismajor.reading.problems import InvalidInput, Problem, problem

FORMATS = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Asked:
    """How an act is asked for: draft or final, in which formats, with a firm's own Word reference and templates."""

    final: bool = False
    formats: tuple[str, ...] = FORMATS
    reference: Path | None = None
    templates: Path | None = None


def draft_act(kind: Kind, matter: Matter, out: Path, asked: Asked = Asked(), claimant: str | None = None,
              progress: Callable[[str], None] | None = None) -> list[Path]:
    """Write an act and its receipt into `out`; return the files written, which appear only when all are done.

    Raises InvalidInput when our side does not send such an act, when a template is wrong, when the folder cannot be
    written, and, for a final act, with everything that is missing and every source that was not read in full.
    """
    check_asked(kind, matter.case, claimant)
    check_files(asked)
    act = render(kind, matter, draft=not asked.final, templates=asked.templates)
    if asked.final and (problems := list(unfinished(kind, matter, act))):
        raise InvalidInput(problems)
    receipt = write_receipt(matter.assessment, asked.templates)
    sheet = _sheet(act, matter, asked, inside(receipt))
    several = len(matter.case.file.claimants) > 1
    name = act.file + (f"-{claimant}" if claimant is not None and several else "")
    contents: dict[str, bytes] = {}
    for form in asked.formats:
        contents[f"{name}.{form}"] = write(lambda _: act.markdown, {}, sheet, form)
        if progress:
            progress(form)
    contents[f"{name}.receipt.json"] = receipt.to_json().encode()
    return place(contents, out)


def unfinished(kind: Kind, matter: Matter, act: Act) -> Iterator[Problem]:
    """Yield what keeps an act from being final: each missing item and each source not read in full, with its place."""
    source = matter.case.source
    for blank in act.missing:
        yield source.problem(path_in_file(blank.path), "act_missing", document=kind.id, what=blank.what,
                             where=blank.path)
    listed = [one.id for one in matter.case.file.exhibits]
    for exhibit in act.unread_exhibits:
        yield source.problem(("exhibits", listed.index(exhibit.id)), "act_source_not_read", document=kind.id,
                             what=exhibit.title)
    for cited in act.unread_sources:
        file, line, column = matter.law.places[cited.id].rsplit(":", 2)
        yield problem(file, (int(line), int(column)), "act_source_not_read", document=kind.id, what=cited.cite)


def inside(receipt: Receipt) -> str:
    """Return what a document says of its own making: versions, hashes, seed, date; nothing of what we think."""
    return (f"vismajor {receipt.vismajor}; law {receipt.law} sha256:{receipt.law_hash[:16]}; "
            f"templates sha256:{receipt.templates_hash[:16]}; case sha256:{receipt.case_hash[:16]}; "
            f"seed {legible(receipt.seed)}; as of {receipt.as_of}")


def _sheet(act: Act, matter: Matter, asked: Asked, receipt: str) -> Sheet:
    language, say = matter.language, words(matter.language)
    marks: Sequence[str] = [mark for mark in ("" if asked.final else say["act_draft"], act.mark) if mark]
    return Sheet(spaced(legible(act.title), language), "", " – ".join(marks), language, matter.case.as_of, receipt,
                 "act", act.contents, asked.reference)


def check_files(asked: Asked) -> None:
    """Check the folder of templates and the Word reference that were given. Raises InvalidInput."""
    problems = []
    if asked.templates is not None and not asked.templates.is_dir():
        problems.append(problem(str(asked.templates), (1, 1), "no_templates_folder"))
    if asked.reference is not None and not _is_word(asked.reference):
        problems.append(problem(str(asked.reference), (1, 1), "reference_not_word"))
    if problems:
        raise InvalidInput(problems)


def _is_word(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return {"word/document.xml", "word/styles.xml"} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
