"""Drafts documents from a valued case, and puts them in a folder whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vismajor.case.models import Case
from vismajor.drafting.acts.template_errors import told
from vismajor.drafting.canvas import Chart
from vismajor.drafting.charts import arguments_chart, award_chart
from vismajor.drafting.environment import environment, legible
from vismajor.drafting.negotiation_note import build_note
from vismajor.drafting.note_context import NegotiationNote
from vismajor.drafting.receipt import write_receipt
from vismajor.drafting.studies_said import NOTHING_COMPARED, Compared
from vismajor.drafting.typography import date, spaced
from vismajor.drafting.writers import Sheet, write
from vismajor.law.models import Law, Source
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.valuation import Valuation

FORMATS = ("docx", "pdf", "html")
TEMPLATE, META = "negotiation_note.md.j2", "negotiation_note.meta.j2"
CRITERIA = ("control", "unforeseeable", "unavoidable", "prevented")


@dataclass(frozen=True)
class Own:
    """A firm's own Word reference and templates, and whether the note is to be final."""

    final: bool = False
    reference: Path | None = None
    templates: Path | None = None


def draft_note(valuation: Valuation, out: Path, formats: tuple[str, ...] = FORMATS,
               progress: Callable[[str], None] | None = None, bargain: Bargain | None = None, *,
               compared: Compared = NOTHING_COMPARED, own: Own = Own()) -> list[Path]:
    """Write the internal negotiation note and its receipt into `out`; return the files written.

    `bargain`: what lies between the two sides, where the case says what the suit costs; `compared`: its scenarios.
    Files appear only when all are done. Raises InvalidInput when a template is wrong, the folder cannot be written, or
    a final note rests on what nobody read in full.
    """
    return place(note_contents(valuation, formats, progress, bargain, compared=compared, own=own), out)


def note_contents(valuation: Valuation, formats: tuple[str, ...] = FORMATS,
                  progress: Callable[[str], None] | None = None, bargain: Bargain | None = None, *,
                  compared: Compared = NOTHING_COMPARED, own: Own = Own()) -> dict[str, bytes]:
    """Return the internal negotiation note as the files that it makes, its receipt among them.

    Raises InvalidInput when a template is wrong, and for a final note that rests on what nobody read in full.
    """
    case = valuation.assessment.case
    language = case.file.language
    receipt = write_receipt(valuation.assessment, own.templates)
    note = build_note(valuation, receipt, bargain, compared)
    if own.final and (problems := list(unread(case, valuation.assessment.law, note.sources))):
        raise InvalidInput(problems)
    charts = {"award": award_chart(valuation, language),
              "arguments": arguments_chart(valuation.assessment, CRITERIA, language)}
    env = environment(language, own.templates)
    with told(env, META):
        labels: dict[str, Any] = env.get_template(META).make_module({"n": note}).__dict__
    title = spaced(legible(note.title), language)
    sheet = Sheet(title, f"{labels['subtitle']} – {date(note.as_of, language)}", str(labels["mark"]), language,
                  note.as_of, receipt.inside, reference=own.reference)

    def markdown(addresses: Mapping[str, str]) -> str:
        return _render(note, charts, addresses, own.templates)

    name = str(labels["file"])
    contents = in_forms(lambda form: write(markdown, charts, sheet, form), name, formats, progress)
    contents[f"{name}.receipt.json"] = receipt.to_json().encode()
    return contents


def in_forms(written: Callable[[str], bytes], name: str, formats: Sequence[str],
             progress: Callable[[str], None] | None = None) -> dict[str, bytes]:
    """Return one document in several formats, by file name: written beside each other (pandoc, typst leave us free)."""
    contents: dict[str, bytes] = {}
    with ThreadPoolExecutor(max(len(formats), 1)) as pool:
        for form, content in zip(formats, pool.map(written, formats), strict=True):
            contents[f"{name}.{form}"] = content
            if progress:
                progress(form)
    return contents


def unread(case: Case, law: Law, sources: Iterable[Source]) -> Iterator[Problem]:
    """Yield what keeps a note from being final: each exhibit known and each source cited that nobody read in full.

    Counsel may have read a source for this case (`acts.verified`).
    """
    listed = [one.id for one in case.file.exhibits]
    for exhibit in case.exhibits_known.values():
        if exhibit.read != "full":
            yield case.source.problem(("exhibits", listed.index(exhibit.id)), "act_source_not_read", document="note",
                                      what=exhibit.title)
    for source in sources:
        if source.read != "full" and source.id not in case.file.acts.verified:
            file, line, column = law.places[source.id].rsplit(":", 2)
            yield problem(file, (int(line), int(column)), "act_text_not_read", document="note",
                          what=source.cite.in_language(case.file.language), name=source.id)


def note_markdown(note: NegotiationNote, charts: Mapping[str, Chart]) -> str:
    """Return the Markdown of the note, charts named but not embedded (for golden files)."""
    return _render(note, charts, {key: f"{key}.svg" for key in charts})


def _render(note: NegotiationNote, charts: Mapping[str, Chart], addresses: Mapping[str, str],
            templates: Path | None = None) -> str:
    env = environment(note.language, templates)
    with told(env, TEMPLATE):
        text = env.get_template(TEMPLATE).render(n=note, charts=_addressed(charts, addresses))
    return spaced(text, note.language)  # the template's own words too


def _addressed(charts: Mapping[str, Chart], addresses: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    # Addresses are our own (a data: address, a file name): they pass unescaped.
    return {key: {"title": chart.title, "alt": Markup(chart.alt.replace('"', "”")),
                  "href": Markup(addresses[key])} for key, chart in charts.items()}


def place(contents: Mapping[str, bytes], out: Path) -> list[Path]:
    """Write files into `out`: all are written beside it first, then each takes its name.

    Raises InvalidInput when the folder cannot be written, or a template asks for a name that would lead out of it; what
    was there before is then untouched.
    """
    if astray := [name for name in contents if not is_plain(name)]:
        raise InvalidInput([problem(str(out), (1, 1), "file_name_astray", read=name) for name in astray])
    try:
        out.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".vismajor-", dir=out))
        try:
            for name, content in contents.items():
                (beside / name).write_bytes(content)
            for name in contents:
                if (out / name).is_dir():  # before any file takes its name: whole or not at all
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            for name in contents:
                os.replace(beside / name, out / name)  # noqa: PTH105 — one call, one rename
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise InvalidInput([problem(str(out), (1, 1), "cannot_write", reason=error.strerror or error)]) from None
    return [out / name for name in contents]


def is_plain(name: str) -> bool:
    """Tell whether a name is that of a file in a folder, not a path that leads elsewhere."""
    return re.fullmatch(r"[^\x00-\x1f/\\]{1,200}", name) is not None and name not in (".", "..")
