"""Reads what was written, with the same eyes for Word, PDF and HTML: headings, tables, pictures, plain text."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import docx
import pypdf
from docx.oxml.ns import qn

VOID = {"meta", "img", "br", "hr", "col", "link", "input"}


@dataclass
class Page(HTMLParser):
    """An HTML page: its tags with their attributes, its blocks of text, its tables as rows of cells."""

    source: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    blocks: list[tuple[str, str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag in ("p", "li", "h1", "h2", "h3", "td", "th", "title", "div", "figcaption"):
            self.blocks.append((tag, ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open or not self.blocks:
            return
        tag, text = self.blocks[-1]
        self.blocks[-1] = (tag, text + data)
        if self.tables and self.tables[-1] and self.tables[-1][-1] and {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] += data

    @property
    def text(self) -> str:
        return "\n".join(text for tag, text in self.blocks if tag != "title")

    @property
    def headings(self) -> list[str]:
        """The headings of the text (the title of the document is none of them)."""
        found = [text.strip() for tag, text in self.blocks if tag in ("h1", "h2", "h3")]
        return found[1:]

    def table(self, heading: str) -> list[list[str]]:
        """Return the first table whose first row holds `heading`."""
        return next(table for table in self.tables if heading in table[0])

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def docx_text(content: bytes) -> str:
    """Return the text of a Word file, tables included, one line a paragraph."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(run.text or "" for run in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p")))


def docx_headings(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    return [p.text.strip() for p in document.paragraphs if re.fullmatch(r"Heading \d", p.style.name)]


@cache
def pdf_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def squeezed(text: str) -> str:
    """Return a text without what layout may change: spaces, hyphens, the shape of apostrophes."""
    return re.sub(r"[\s\u00ad-]", "", text).replace("'", "’")
