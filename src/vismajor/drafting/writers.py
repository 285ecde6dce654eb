"""Writes one Markdown source as Word, PDF or HTML. Same source, same bytes.

pandoc runs in its sandbox (it reads and writes nothing else); typst compiles within a folder of its own.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import typst

from vismajor.drafting import pandoc
from vismajor.drafting.canvas import Chart
from vismajor.drafting.word_file import WordFacts, completed, has_mark, settled
from vismajor.reading.problems import InvalidInput, problem
from vismajor.reading.shipped import shipped_folder

TAGS = {"fr": "fr-FR", "en": "en-GB"}  # the language as Word, PDF readers and browsers are told it


@dataclass(frozen=True)
class Sheet:
    """What stands around the text: title, subtitle, mark (“internal”), language, and the date of the document.

    `receipt` goes into the file's own metadata. With the look of an `act` the text brings its title itself, headings
    are numbered I, A, 1, named blocks keep their style, and a firm's own Word `reference` may be used. `contents` is
    the heading of a table of contents, empty where there is none.
    """

    title: str
    subtitle: str
    mark: str
    language: str
    date: dt.date
    receipt: str = ""
    look: Literal["document", "act"] = "document"
    contents: str = ""
    reference: Path | None = None

    @property
    def layout(self) -> Path:
        """The folder of the layouts."""
        return shipped_folder("templates") / "layout"

    @property
    def tag(self) -> str:
        """The language and its country: `fr-FR`, `en-GB`."""
        return TAGS.get(self.language, self.language)


def write(markdown: Callable[[Mapping[str, str]], str], charts: Mapping[str, Chart], sheet: Sheet, form: str
          ) -> bytes:
    """Return the document as bytes, as "docx", "pdf" or "html".

    `markdown` gives the text for the addresses of the charts, by name; no other picture is shown, in any format.
    Raises ValueError for another form, InvalidInput when a text cannot be set (a template that no format understands).
    """
    if form not in ("docx", "pdf", "html"):
        raise ValueError(f"no writer for {form!r}")
    try:
        if form == "pdf":
            return _pdf(markdown, charts, sheet)
        if form == "html":
            return _html(markdown, charts, sheet)
        return _docx(markdown(_embedded(charts)), sheet)
    except (RuntimeError, typst.TypstError) as error:
        raise InvalidInput([problem(sheet.title, (1, 1), "document_not_written", form=form, reason=error)]) from None


def _convert(text: str, to: str, sheet: Sheet, argument: str, charts: tuple[str, ...] = ()) -> bytes:
    metadata: dict[str, Any] = {"title": sheet.title, "running": sheet.title, "subtitle": sheet.subtitle,
                                "mark": sheet.mark, "lang": sheet.tag, "charts": list(charts)}
    metadata |= {"receipt": sheet.receipt} if sheet.receipt else {}
    if to == "typst":
        metadata |= {"lang": sheet.language, "region": sheet.tag.partition("-")[2]}
    filters = [sheet.layout / "common.lua"]
    if sheet.look == "act":
        if to == "docx":
            del metadata["title"], metadata["subtitle"], metadata["running"], metadata["mark"]
        metadata |= {"contents": sheet.contents} if sheet.contents else {}
        filters.append(sheet.layout / "act.lua")
    return pandoc.converted(text, to, metadata, filters, argument)


def _embedded(charts: Mapping[str, Chart]) -> dict[str, str]:
    """Return the charts as PNG in addresses that hold them; one is turned into points while the next is drawn."""
    with ThreadPoolExecutor(2) as pool:
        pictures = pool.map(lambda key: charts[key].png, charts)
        return {key: f"data:image/png;base64,{base64.b64encode(png).decode()}"
                for key, png in zip(charts, pictures, strict=True)}


def _html(markdown: Callable[[Mapping[str, str]], str], charts: Mapping[str, Chart], sheet: Sheet) -> bytes:
    """Set the text first, the charts in it afterwards: they are drawn meanwhile where another format asks for them."""
    template = sheet.layout / ("act.html" if sheet.look == "act" else "page.html")
    files = {key: f"{key}.svg" for key in charts}
    page = _convert(markdown(files), "html5", sheet, f"--template={template}", tuple(files.values()))
    for key, chart in charts.items():
        drawing = f"data:image/svg+xml;base64,{base64.b64encode(chart.svg).decode()}"
        page = page.replace(f'src="{files[key]}"'.encode(), f'src="{drawing}"'.encode())
    return page


def _docx(text: str, sheet: Sheet) -> bytes:
    ours = sheet.layout / ("act.docx" if sheet.look == "act" else "reference.docx")
    reference = sheet.reference or ours
    if sheet.mark and not has_mark(reference):  # a firm's own letterhead: the mark then stands first in the text
        text = f"::: {{.mark}}\n{_escaped(sheet.mark)}\n:::\n\n{text}"
    with tempfile.TemporaryDirectory() as name:
        if sheet.reference is not None:
            reference = Path(name) / "reference.docx"
            reference.write_bytes(completed(sheet.reference.read_bytes(), ours.read_bytes()))
        content = _convert(text, "docx", sheet, f"--reference-doc={reference}")
    return settled(content, WordFacts(sheet.mark, sheet.tag, sheet.date, sheet.title))


def _escaped(text: str) -> str:
    return re.sub(r"([^\w\s])", r"\\\1", text)


_APOSTROPHE = "\ue000"  # pandoc writes ’ as ', which typst would set as an opening quotation mark before a word
# PDF/A-2a is PDF/A-2b (what archives take) whose text can be read aloud; PDF/UA-1 asks for more of the same.
_STANDARDS: tuple[list[Literal["a-2a", "a-2b", "ua-1"]], ...] = (["a-2a", "ua-1"], ["a-2b"], [])


def _pdf(markdown: Callable[[Mapping[str, str]], str], charts: Mapping[str, Chart], sheet: Sheet) -> bytes:
    template = sheet.layout / ("act.typ" if sheet.look == "act" else "document.typ")
    with tempfile.TemporaryDirectory() as name:
        folder, files = Path(name), {key: f"{key}.svg" for key in charts}
        text = markdown(files)
        tied = replace(sheet, title=sheet.title.replace("’", _APOSTROPHE),
                       subtitle=sheet.subtitle.replace("’", _APOSTROPHE), mark=sheet.mark.replace("’", _APOSTROPHE),
                       contents=sheet.contents.replace("’", _APOSTROPHE))
        source = _convert(text.replace("’", _APOSTROPHE), "typst", tied, f"--template={template}",
                          tuple(files.values())).decode()
        for key, chart in charts.items():
            (folder / files[key]).write_bytes(chart.svg)
        (folder / "document.typ").write_text(source.replace(_APOSTROPHE, "’"), encoding="utf-8")
        return _compiled(folder, dt.datetime.combine(sheet.date, dt.time(12), dt.UTC))


def _compiled(folder: Path, noon: dt.datetime) -> bytes:
    """Compile a document to the strictest standard that it meets; none takes a sign that no font of ours has."""
    for standards in _STANDARDS:
        try:
            return bytes(typst.compile(folder / "document.typ", root=folder, ignore_system_fonts=True,
                                       timestamp=int(noon.timestamp()), pdf_standards=[*standards]))
        except typst.TypstError:
            if not standards:
                raise
    raise AssertionError("unreachable: the last standard asks for nothing")
