"""Writes one Markdown source as Word, PDF or HTML. Same source, same bytes.

pandoc runs in its sandbox (it reads and writes nothing else); typst compiles within a folder of its own.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pypandoc
import typst

from vismajor.drafting.canvas import Chart
from vismajor.reading.shipped import shipped_folder

# The reader's Markdown without anything that would let a value act: no raw HTML or TeX, no mathematics, no citations.
_READER = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-tex_math_single_backslash-citations-smart"
    "+all_symbols_escapable"
)


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


def write(markdown: Callable[[Mapping[str, str]], str], charts: Mapping[str, Chart], sheet: Sheet, form: str
          ) -> bytes:
    """Return the document as bytes, as "docx", "pdf" or "html".

    `markdown` gives the text for the addresses of the charts, by name. Raises ValueError for another form.
    """
    if form not in ("docx", "pdf", "html"):
        raise ValueError(f"no writer for {form!r}")
    if form == "pdf":
        return _pdf(markdown, charts, sheet)
    kind, media = ("png", "image/png") if form == "docx" else ("svg", "image/svg+xml")
    addresses = {
        name: f"data:{media};base64,{base64.b64encode(getattr(chart, kind)).decode()}" for name, chart in charts.items()
    }
    text = markdown(addresses)
    return _docx(text, sheet) if form == "docx" else _html(text, sheet)


def _convert(text: str, to: str, sheet: Sheet, argument: str, output: Path | None = None) -> str:
    # In a file of defaults pandoc takes metadata for plain text, escapes it for the format it writes, and reads UTF-8
    # whatever the system's encoding; on the command line it does neither.
    metadata = {"title": sheet.title, "running": sheet.title, "subtitle": sheet.subtitle, "mark": sheet.mark,
                "lang": sheet.language}
    further = ["--toc", "--toc-depth=3"] if sheet.contents else []
    if sheet.look == "act":
        if to == "docx":
            del metadata["title"], metadata["subtitle"], metadata["running"], metadata["mark"]
        metadata |= {name: text for name, text in (("receipt", sheet.receipt), ("contents", sheet.contents),
                                                   ("contents-title", sheet.contents), ("toc-title", sheet.contents))
                     if text}
        further.append(f"--lua-filter={sheet.layout / 'act.lua'}")
    with tempfile.TemporaryDirectory() as folder:
        defaults = Path(folder) / "defaults.yaml"
        defaults.write_text(json.dumps({"metadata": metadata}, ensure_ascii=False), encoding="utf-8")
        return str(pypandoc.convert_text(
            text, to, format=_READER, outputfile=str(output) if output else None,
            extra_args=["--sandbox", "--standalone", "--wrap=none", f"--defaults={defaults}", argument, *further]))


def _html(text: str, sheet: Sheet) -> bytes:
    template = sheet.layout / ("act.html" if sheet.look == "act" else "page.html")
    return _convert(text, "html5", sheet, f"--template={template}").encode()


def _docx(text: str, sheet: Sheet) -> bytes:
    reference = sheet.reference or sheet.layout / ("act.docx" if sheet.look == "act" else "reference.docx")
    if sheet.mark and not _has_mark(reference):  # a firm's own letterhead: the mark then stands first in the text
        text = f"::: {{.mark}}\n{_escaped(sheet.mark)}\n:::\n\n{text}"
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "document.docx"
        _convert(text, "docx", sheet, f"--reference-doc={reference}", output)
        return _settled(output.read_bytes(), sheet)


_APOSTROPHE = "\ue000"  # pandoc writes ’ as ', which typst would set as an opening quotation mark before a word


def _pdf(markdown: Callable[[Mapping[str, str]], str], charts: Mapping[str, Chart], sheet: Sheet) -> bytes:
    template = sheet.layout / ("act.typ" if sheet.look == "act" else "document.typ")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for chart in charts.values():
            (folder / f"{chart.name}.svg").write_bytes(chart.svg)
        text = markdown({key: f"{chart.name}.svg" for key, chart in charts.items()})
        tied = replace(sheet, title=sheet.title.replace("’", _APOSTROPHE),
                       subtitle=sheet.subtitle.replace("’", _APOSTROPHE), mark=sheet.mark.replace("’", _APOSTROPHE),
                       contents=sheet.contents.replace("’", _APOSTROPHE))
        source = _convert(text.replace("’", _APOSTROPHE), "typst", tied, f"--template={template}")
        source = source.replace(_APOSTROPHE, "’")
        (folder / "document.typ").write_text(source, encoding="utf-8")
        noon = dt.datetime.combine(sheet.date, dt.time(12), dt.UTC)
        try:
            return _compiled(folder, noon, archive=sheet.look == "act")
        except typst.TypstError:  # a sign that no font of ours has: PDF/A takes none that cannot be shown
            return _compiled(folder, noon, archive=False)


def _compiled(folder: Path, noon: dt.datetime, archive: bool) -> bytes:
    """Compile a document, as PDF/A-2b where it is to be kept in an `archive`."""
    return bytes(typst.compile(folder / "document.typ", root=folder, ignore_system_fonts=True,
                               timestamp=int(noon.timestamp()), pdf_standards=["a-2b"] if archive else []))


_MARK = b"VISMAJOR-MARK"  # stands in the header of reference.docx
_TIME = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def _has_mark(reference: Path) -> bool:
    """Tell whether a Word reference has a header that takes the mark."""
    with zipfile.ZipFile(reference) as archive:
        return any("header" in name and _MARK in archive.read(name) for name in archive.namelist())


def _escaped(text: str) -> str:
    return re.sub(r"([^\w\s])", r"\\\1", text)


def _settled(archive: bytes, sheet: Sheet) -> bytes:
    """Repack a .docx with its mark in the header, in fixed order and with fixed times: equal documents, equal files."""
    day, mark = sheet.date, html.escape(sheet.mark).encode()
    # In its sandbox pandoc has no clock and writes 1970: the document carries its own date.
    noon = f"{day.isoformat()}T12:00:00Z".encode()
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if "header" in name:
                content = content.replace(_MARK, mark)
            elif name == "docProps/core.xml":
                content = _TIME.sub(noon, content)
                if sheet.look == "act":  # its title stands in the text, where the template puts it
                    title = html.escape(sheet.title, quote=False).encode()
                    content = content.replace(b"<dc:title></dc:title>", b"<dc:title>" + title + b"</dc:title>")
            target.writestr(entry, content)
    return result.getvalue()
