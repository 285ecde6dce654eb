"""Drafts an act from an assessed case: Word, PDF and HTML, with a receipt beside and inside, whole or not at all."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vismajor.drafting.acts.blanks import path_in_file
from vismajor.drafting.acts.illustrations import Drawings, addressed
from vismajor.drafting.acts.kinds import Audience, Kind, check_asked, check_formats
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import Act, render
from vismajor.drafting.codes import Codes
from vismajor.drafting.drafts import in_forms, place
from vismajor.drafting.environment import legible
from vismajor.drafting.receipt import Receipt, write_receipt
from vismajor.drafting.typography import spaced
from vismajor.drafting.words import words
from vismajor.drafting.writers import Sheet, write
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import first_day
from vismajor.reasoning.assessment import Assessment


@dataclass(frozen=True)
class Asked:
    """How an act is asked for: draft or final, in which formats, with a firm's own Word reference and templates.

    Without `formats`, all that the act has: Word, PDF, HTML, and the workbook (`xlsx`) where there is one. `codes`: the
    local copies of the codes from which the articles cited are quoted at the end.
    """

    final: bool = False
    formats: tuple[str, ...] = ()
    reference: Path | None = None
    templates: Path | None = None
    codes: Codes | None = None


@dataclass(frozen=True)
class Drafted:
    """A document as it is written: its kind, for which claimant (None: for all), its files, and what it still lacks.

    `missing` counts what counsel must still write, `unread` the sources and exhibits that nobody read in full.
    """

    kind: str
    audience: Audience
    claimant: str | None
    title: str
    contents: Mapping[str, bytes]
    missing: int
    unread: int


def draft_act(kind: Kind, matter: Matter, out: Path, asked: Asked = Asked(), claimant: str | None = None,
              progress: Callable[[str], None] | None = None) -> list[Path]:
    """Write an act and its receipt into `out`; return the files written, which appear only when all are done.

    Raises InvalidInput when our side does not send such an act, when a template is wrong, when the folder cannot be
    written, and, for a final act, with everything that is missing and every source that was not read in full.
    """
    return place(drafted(kind, matter, asked, claimant, progress).contents, out)


def drafted(kind: Kind, matter: Matter, asked: Asked = Asked(), claimant: str | None = None,
            progress: Callable[[str], None] | None = None) -> Drafted:
    """Return an act as the files that it makes, its receipt among them. Raises InvalidInput as `draft_act` does."""
    check_asked(kind, matter.case, claimant)
    check_formats(kind, asked.formats)
    check_files(asked)
    act = render(kind, matter, draft=not asked.final, templates=asked.templates, codes=asked.codes)
    if asked.final and (problems := list(unfinished(kind, matter, act))):
        raise InvalidInput(problems)
    receipt = receipt_of(matter.assessment, asked)
    sheet = _sheet(act, matter, asked, receipt.inside)
    several = len(matter.case.file.claimants) > 1
    name = act.file + (f"-{claimant}" if claimant is not None and several else "")
    formats = asked.formats or kind.formats
    pictures = Drawings(act.markdown, act.charts)

    def written(form: str) -> bytes:
        return _workbook(kind, matter, act, sheet) if form == "xlsx" else write(
            lambda addresses: addressed(act.markdown, act.charts, addresses), pictures, sheet, form)

    contents = in_forms(written, name, formats, progress)
    contents[f"{name}.receipt.json"] = receipt.to_json().encode()
    return Drafted(kind.id, kind.audience, claimant, sheet.title, contents, len(act.missing),
                   len(act.unread_sources) + len(act.unread_exhibits))


def _workbook(kind: Kind, matter: Matter, act: Act, sheet: Sheet) -> bytes:
    """Return the workbook of an act, in which exhibits have the numbers that they have in the act."""
    assert kind.workbook is not None  # as the formats were checked
    named = {one.id: act.register.mention([one]).replace("\\", "") for one in act.register.exhibits}
    return kind.workbook(matter, named, sheet.title, sheet.receipt)


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
    day = dated(kind.build(matter))
    for exhibit in act.register.exhibits:
        if day is not None and first_day(exhibit.date) > day:
            yield source.problem(("exhibits", listed.index(exhibit.id)), "act_exhibit_later", document=kind.id,
                                 what=exhibit.title, date=exhibit.date, other=day)
    for quoted in act.unquoted:
        yield problem(quoted.place or str(matter.case.folder), (1, 1), quoted.code, document=kind.id, what=quoted.cite,
                      date=quoted.date or "")
    for cited in act.unread_sources:
        file, line, column = matter.law.places[cited.id].rsplit(":", 2)
        yield problem(file, (int(line), int(column)), "act_text_not_read", document=kind.id, what=cited.cite,
                      name=cited.id)


def dated(context: object) -> dt.date | None:
    """Return the date of an act: of the letter, of signature or of service; None where it is not known yet."""
    days = (getattr(context, name, None) for name in ("date", "signed_on", "served_on"))
    return next((day for day in days if isinstance(day, dt.date)), None)


def receipt_of(assessment: Assessment, asked: Asked) -> Receipt:
    """Return the receipt of a document: that of the assessment, with the templates and the codes that were given."""
    receipt = write_receipt(assessment, asked.templates)
    return receipt if asked.codes is None else replace(receipt, files=receipt.files | asked.codes.hashes)


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
    if asked.reference is not None and not asked.reference.exists():
        problems.append(problem(str(asked.reference), (1, 1), "missing_file"))
    elif asked.reference is not None and not _is_word(asked.reference):
        problems.append(problem(str(asked.reference), (1, 1), "reference_not_word"))
    if problems:
        raise InvalidInput(problems)


def _is_word(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return {"word/document.xml", "word/styles.xml"} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
