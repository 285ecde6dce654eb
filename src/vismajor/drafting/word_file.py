"""Settles a Word file that pandoc wrote: mark, language, contents; fixed order and times, so that equal is equal."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

MARK = b"VISMAJOR-MARK"  # stands in the header of our references
_TIME = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_SEPARATORS = {"fr": (b",", b";")}  # of decimals and of lists, as Word computes with them
_HEADING = re.compile(r'(?:<w:bookmarkStart w:id="\d+" w:name="([^"]+)" />\s*)?'
                      r'<w:p><w:pPr><w:pStyle w:val="Heading([123])" ?/></w:pPr>(.*?)</w:p>', re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:tab ?/>|<w:br ?/>)")
_FIELD = '<w:fldChar w:fldCharType="separate" />'


@dataclass(frozen=True)
class WordFacts:
    """What a Word file says of itself: its mark, its language (`fr-FR`), its date, and its title where it has none."""

    mark: str
    language: str
    date: dt.date
    title: str = ""


def has_mark(reference: Path) -> bool:
    """Tell whether a Word reference has a header that takes the mark."""
    with zipfile.ZipFile(reference) as archive:
        return any("header" in name and MARK in archive.read(name) for name in archive.namelist())


_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_NAME = re.compile(r'<w:name w:val="([^"]+)"')
PLAIN = ("first paragraph", "compact")  # of our styles, those that look like the text around them
_PLAIN = re.compile(r"<w:([pr]Pr)(?:/>|>.*?</w:\1>)", re.DOTALL)
_NUMBERED = re.compile(r"<w:numPr>.*?</w:numPr>", re.DOTALL)
_RELATED = re.compile(r'(<w:(?:basedOn|next|link) w:val=")([^"]+)(")')


def completed(reference: bytes, ours: bytes) -> bytes:
    """Return a Word reference with those styles of ours that it lacks: else what is set in them would have no form.

    Styles are the same that bear the same name, whatever their ids; numbering stays that of the reference. A file whose
    styles are not written as Word and LibreOffice write them is returned as it is.
    """
    with zipfile.ZipFile(io.BytesIO(reference)) as theirs, zipfile.ZipFile(io.BytesIO(ours)) as own:
        sheet = theirs.read("word/styles.xml").decode("utf-8")
        present = {_named(style): found for found, style in _styles(sheet)}
        given = _styles(own.read("word/styles.xml").decode("utf-8"))
        ids = {found: present.get(_named(style), found) for found, style in given}
        taken = set(present.values())
        missing = [_RELATED.sub(lambda part: f"{part[1]}{ids.get(part[2], part[2])}{part[3]}",
                                _PLAIN.sub("", style) if _named(style) in PLAIN else _NUMBERED.sub("", style))
                   for found, style in given if _named(style) not in present and found not in taken]
        if not missing or "</w:styles>" not in sheet:
            return reference
        changed, result = sheet.replace("</w:styles>", "".join(missing) + "</w:styles>"), io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in theirs.infolist():
                target.writestr(entry, changed if entry.filename == "word/styles.xml" else theirs.read(entry))
    return result.getvalue()


def _styles(sheet: str) -> list[tuple[str, str]]:
    return [(found[1], found[0]) for found in _STYLE.finditer(sheet)]


def _named(style: str) -> str:
    found = _NAME.search(style)
    return found[1].casefold() if found else ""


def settled(archive: bytes, facts: WordFacts) -> bytes:
    """Repack a .docx with its mark in the header, in fixed order and with fixed times: equal documents, equal files."""
    day, result = facts.date, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            if name.endswith("/"):  # folders of the reference: an archive of Word needs none
                continue
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _part(name, source.read(name), facts))
    return result.getvalue()


def _part(name: str, content: bytes, facts: WordFacts) -> bytes:
    if "header" in name:
        return content.replace(MARK, html.escape(facts.mark).encode())
    if name == "word/settings.xml":
        return _in_language(content, facts.language)
    if name == "word/document.xml":
        return _with_contents(content.decode()).encode()
    if name != "docProps/core.xml":
        return content
    # In its sandbox pandoc has no clock and writes 1970: the document carries its own date.
    content = _TIME.sub(f"{facts.date.isoformat()}T12:00:00Z".encode(), content)
    title = html.escape(facts.title, quote=False).encode()  # that of an act stands in its text
    return content.replace(b"<dc:title></dc:title>", b"<dc:title>" + title + b"</dc:title>")


def _in_language(settings: bytes, language: str) -> bytes:
    """Set the language of proofing, and the separators that Word takes in tables that compute."""
    decimals, lists = _SEPARATORS.get(language.partition("-")[0], (b".", b","))
    entries = {b"themeFontLang": language.encode(), b"decimalSymbol": decimals, b"listSeparator": lists}
    for entry, value in entries.items():
        settings = re.sub(b"(<w:" + entry + b' w:val=")[^"]*', b"\\g<1>" + value, settings)
    return settings


def _with_contents(document: str) -> str:
    """Fill the table of contents with the headings: pandoc leaves it to Word, and other readers would show nothing.

    The field stays marked as to be renewed, so that Word puts the numbers of pages to it.
    """
    start = document.find(_FIELD, document.find("<w:docPartGallery"))
    if "<w:docPartGallery" not in document or start < 0:
        return document
    filled = "".join(_entry(*found) for found in _HEADING.findall(document))
    at = start + len(_FIELD)
    opened = document[:at] + "</w:r></w:p>" + filled + "<w:p><w:r>"
    return opened + document[at:]


def _entry(anchor: str, level: str, body: str) -> str:
    text = "".join(part if not other else " " for part, other in _TEXT.findall(body))
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    link = f'<w:hyperlink w:anchor="{anchor}">{run}</w:hyperlink>' if anchor else run
    return f'<w:p><w:pPr><w:pStyle w:val="TOC{level}" /></w:pPr>{link}</w:p>'
