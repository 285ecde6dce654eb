"""Makes `reference.docx`, the Word styles that pandoc copies: run it again after a change, and commit the result.

uv run python templates/layout/make_reference.py
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pypandoc
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

INK = RGBColor(0x1F, 0x2A, 0x44)
FONT = "Liberation Serif"
SIZES = {"Title": 18, "Subtitle": 11, "Heading 1": 14, "Heading 2": 12, "Footnote Text": 9, "Table": 8}
BODY = 10.5
MARK = "VISMAJOR-MARK"  # replaced in each document by its own mark (vismajor.drafting.writers)


def main() -> None:
    """Write reference.docx beside this file."""
    default = subprocess.run([pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
                             capture_output=True, check=True).stdout
    document = docx.Document(io.BytesIO(default))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for style in document.styles:
        if not hasattr(style, "font") or style.name is None:
            continue
        _set_font(style)
        # Body styles state no size of their own: in a table, the table's size then holds.
        style.font.size = Pt(SIZES[style.name]) if style.name in SIZES else None
        if style.name.startswith("Heading") or style.name == "Title":
            style.font.color.rgb, style.font.bold = INK, True
    _default_size(document)
    _header(section.header.paragraphs[0])
    for element in section._sectPr.findall(qn("w:footnotePr")):
        section._sectPr.remove(element)  # pandoc's default numbers footnotes anew in each section
    _page_number(section.footer.paragraphs[0])
    document.core_properties.author = ""
    document.save(str(Path(__file__).with_name("reference.docx")))


def _set_font(style: object) -> None:
    properties = style.element.get_or_add_rPr()  # type: ignore[attr-defined]
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.append(fonts)
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), FONT)


def _default_size(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:sz", "w:szCs"):
        element = defaults.find(qn(tag))
        if element is None:
            element = OxmlElement(tag)
            defaults.append(element)
        element.set(qn("w:val"), str(int(BODY * 2)))


def _header(paragraph: object) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER  # type: ignore[attr-defined]
    run = paragraph.add_run(MARK)  # type: ignore[attr-defined]
    run.font.size, run.font.bold, run.font.color.rgb = Pt(8), True, RGBColor(0xB5, 0x53, 0x2F)


def _page_number(paragraph: object) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER  # type: ignore[attr-defined]
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()._r  # type: ignore[attr-defined]
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run.append(element)


if __name__ == "__main__":
    main()
