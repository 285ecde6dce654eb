"""Drafts documents from a valued case, and puts them in a folder whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vismajor.drafting.canvas import Chart
from vismajor.drafting.charts import arguments_chart, award_chart
from vismajor.drafting.environment import environment, legible
from vismajor.drafting.negotiation_note import build_note
from vismajor.drafting.note_context import NegotiationNote
from vismajor.drafting.receipt import write_receipt
from vismajor.drafting.typography import date, spaced
from vismajor.drafting.writers import Sheet, write
from vismajor.reading.problems import InvalidInput, problem
from vismajor.reading.shipped import shipped_folder
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.valuation import Valuation

FORMATS = ("docx", "pdf", "html")
TEMPLATE = "negotiation_note.md.j2"
CRITERIA = ("control", "unforeseeable", "unavoidable", "prevented")


def draft_note(valuation: Valuation, out: Path, formats: tuple[str, ...] = FORMATS,
               progress: Callable[[str], None] | None = None, bargain: Bargain | None = None) -> list[Path]:
    """Write the internal negotiation note and its receipt into `out`; return the files written.

    `bargain`: what lies between the two sides, where the case says what the suit costs. Files appear only when all are
    done. Raises InvalidInput when there is no template in the case's language or the folder cannot be written.
    """
    return place(note_contents(valuation, formats, progress, bargain), out)


def note_contents(valuation: Valuation, formats: tuple[str, ...] = FORMATS,
                  progress: Callable[[str], None] | None = None, bargain: Bargain | None = None) -> dict[str, bytes]:
    """Return the internal negotiation note as the files that it makes, its receipt among them.

    Raises InvalidInput when there is no template in the case's language.
    """
    case = valuation.assessment.case
    language = case.file.language
    if not (shipped_folder("templates") / language / TEMPLATE).is_file():
        raise InvalidInput([problem(str(case.folder), (1, 1), "no_template", document=TEMPLATE, language=language)])
    receipt = write_receipt(valuation.assessment)
    note = build_note(valuation, receipt, bargain)
    charts = {"award": award_chart(valuation, language),
              "arguments": arguments_chart(valuation.assessment, CRITERIA, language)}
    env = environment(language)
    labels: dict[str, Any] = env.get_template("negotiation_note.meta.j2").make_module({"n": note}).__dict__
    title = spaced(legible(note.title), language)
    sheet = Sheet(title, f"{labels['subtitle']} – {date(note.as_of, language)}", str(labels["mark"]), language,
                  note.as_of, receipt.inside)

    def markdown(addresses: Mapping[str, str]) -> str:
        return _render(note, charts, addresses)

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


def note_markdown(note: NegotiationNote, charts: Mapping[str, Chart]) -> str:
    """Return the Markdown of the note, charts named but not embedded (for golden files)."""
    return _render(note, charts, {key: f"{key}.svg" for key in charts})


def _render(note: NegotiationNote, charts: Mapping[str, Chart], addresses: Mapping[str, str]) -> str:
    text = environment(note.language).get_template(TEMPLATE).render(n=note, charts=_addressed(charts, addresses))
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
