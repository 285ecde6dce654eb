"""Drafts the documents of a stage together: the note and the acts, from one valuation, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from vismajor.case.acts import Stage
from vismajor.case.models import Case
from vismajor.drafting.acts.drafting import Asked, Drafted, check_files, drafted, receipt_of
from vismajor.drafting.acts.kinds import NOTE, Kind
from vismajor.drafting.acts.matter import matter_of
from vismajor.drafting.acts.stages import Standing, kinds_for, standing_of
from vismajor.drafting.drafts import FORMATS, Own, note_contents, place
from vismajor.drafting.negotiation_note import sources_of
from vismajor.drafting.studies_said import NOTHING_COMPARED, Compared
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.valuation import Valuation

MANIFEST = "documents.receipt.json"
DRAFT = Asked()
BESIDE = 2  # acts written at the same time, beside the note: pandoc and typst are other programs


@dataclass(frozen=True)
class DocumentSet:
    """The documents of a stage as they were written: where the case stands, each document, all files."""

    standing: Standing
    documents: tuple[Drafted, ...]
    files: list[Path]


def planned(case: Case, stage: Stage | None = None) -> list[tuple[Kind, str | None]]:
    """Return the acts that a case asks for at its stage, each with its claimant (None: for all of them together)."""
    several = len(case.file.claimants) > 1
    return [(kind, who) for kind in kinds_for(standing_of(case, stage).stage, case.file.acting_for)
            for who in ([one.id for one in case.file.claimants] if kind.scope == "claimant" and several else [None])]


def draft_set(valuation: Valuation, out: Path, asked: Asked = DRAFT, stage: Stage | None = None,
              bargain: Bargain | None = None, compared: Compared = NOTHING_COMPARED,
              progress: Callable[[str], None] | None = None) -> DocumentSet:
    """Write the note and the acts of the stage into `out`, each with its receipt, and a manifest of all.

    Files appear only when all are done. Raises InvalidInput with the problems of every document.
    """
    case = valuation.assessment.case
    check_files(asked)
    documents = tuple(_written(valuation, stage, asked, bargain, compared, progress))
    standing = standing_of(case, stage)
    contents: dict[str, bytes] = {}
    for one in documents:
        if twice := sorted(contents.keys() & one.contents.keys()):
            authors = ", ".join(other.kind for other in documents if twice[0] in other.contents)
            raise InvalidInput([problem(str(out), (1, 1), "file_name_twice", read=twice[0], documents=authors)])
        contents |= one.contents
    contents[MANIFEST] = _manifest(valuation, standing, documents, asked).encode()
    return DocumentSet(standing, documents, place(contents, out))


def _written(valuation: Valuation, stage: Stage | None, asked: Asked, bargain: Bargain | None, compared: Compared,
             progress: Callable[[str], None] | None) -> Iterator[Drafted]:
    assessment, losses = valuation.assessment, valuation.losses
    acts = [(kind, who, replace(matter_of(assessment, losses, who), stage=stage))
            for kind, who in planned(assessment.case, stage)]
    problems: list[Problem] = []
    with ThreadPoolExecutor(BESIDE) as pool:
        begun: list[Future[Drafted]] = [
            pool.submit(drafted, kind, matter, replace(asked, formats=forms), who, progress)
            for kind, who, matter in acts if (forms := _among(asked, kind.formats))]
        if forms := _among(asked, FORMATS):
            own = Own(asked.final, asked.reference, asked.templates)
            title = assessment.case.file.title.in_language(assessment.case.file.language)
            try:
                note = note_contents(valuation, forms, progress, bargain, compared=compared, own=own)
                yield Drafted(NOTE, "ours", None, title, note, 0, _unread(valuation))
            except InvalidInput as error:
                problems += error.problems
        for one in begun:
            try:
                yield one.result()
            except InvalidInput as error:
                problems += error.problems
    if problems:
        raise InvalidInput(list(dict.fromkeys(problems)))


def _unread(valuation: Valuation) -> int:
    """Return how many sources and exhibits the note rests on that nobody read in full."""
    assessment = valuation.assessment
    sources = sources_of(assessment, valuation.losses)
    exhibits = assessment.case.exhibits_known.values()
    return sum(one.read != "full" for one in sources) + sum(one.read != "full" for one in exhibits)


def _among(asked: Asked, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of a document's formats that are asked for: a document that has none of them is not written."""
    return tuple(form for form in formats if not asked.formats or form in asked.formats)


def _manifest(valuation: Valuation, standing: Standing, documents: tuple[Drafted, ...], asked: Asked) -> str:
    """Return the receipt of the whole set: the stage, each document with the hash of each of its files."""
    case = valuation.assessment.case
    listed = [{"document": one.kind, "audience": one.audience, "claimant": one.claimant, "title": one.title,
               "missing": one.missing, "unread": one.unread,
               "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(one.contents.items())}}
              for one in documents]
    data = {"stage": standing.stage, "whence": standing.whence, "acting_for": case.file.acting_for,
            "final": asked.final, "documents": listed, "receipt": asdict(receipt_of(valuation.assessment, asked))}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
