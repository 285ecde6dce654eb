"""Makes `reference.docx` (notes) and `act.docx` (acts), the Word styles that pandoc copies.

Run it again after a change, and commit the result:

uv run python templates/layout/make_reference.py
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pypandoc
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

INK = RGBColor(0x1F, 0x2A, 0x44)
FONT = "Liberation Serif"
SIZES = {"Title": 18, "Subtitle": 11, "Heading 1": 14, "Heading 2": 12, "Footnote Text": 9, "Table": 8}
BODY = 10.5
MARK = "VISMAJOR-MARK"  # replaced in each document by its own mark (vismajor.drafting.writers)


# The named blocks of an act (act.lua): left indent in mm, size in points, bold, alignment.
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
BLOCKS = {"Sender": (0, 11, False, LEFT), "Addressee": (84, 11, False, LEFT), "Place": (84, 11, False, LEFT),
          "Subject": (0, 11, False, LEFT), "Parties": (6, 11, False, None), "Signature": (84, 11, False, LEFT),
          "Box": (3, 11, False, None), "Small": (0, 9, False, LEFT), "Mark": (0, 9, True, CENTER),
          "Dispositif": (6, 11, False, None)}


def main() -> None:
    """Write reference.docx and act.docx beside this file."""
    note, act = _document(), _document()
    note.save(str(Path(__file__).with_name("reference.docx")))
    _as_act(act)
    act.save(str(Path(__file__).with_name("act.docx")))


def _as_act(document: Document) -> None:
    """Give a document the margins and the styles of a letter or a procedural act: black headings, justified text."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = Mm(24)
    for name, size in (("Heading 1", 12.5), ("Heading 2", 11.5), ("Heading 3", 11)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.bold, style.font.italic = name != "Heading 3", name == "Heading 3"
        style.paragraph_format.keep_with_next = True
    for name in ("Body Text", "First Paragraph", "Compact"):
        style = document.styles[name]
        style.font.size = Pt(11) if name != "Compact" else None
        style.paragraph_format.space_after = Pt(8 if name != "Compact" else 2)
        if name != "Compact":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, (indent, points, bold, alignment) in BLOCKS.items():
        style = document.styles[name] if name in document.styles else document.styles.add_style(
            name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold = Pt(points), bold
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Mm(indent), Pt(6)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if alignment is None else alignment
    heading = document.styles["TOC Heading"]
    heading.font.size, heading.font.bold, heading.font.color.rgb = Pt(12.5), True, RGBColor(0, 0, 0)
    for level in (1, 2, 3):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId = f"TOC{level}"  # the id of Word's own
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Mm(6 * (level - 1)), Pt(2)
    for name in ("Blank", "Verify"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        if name == "Blank":
            style.font.bold = True
            _shade(style)
        else:
            style.font.italic, style.font.color.rgb = True, RGBColor(0xB5, 0x53, 0x2F)
    table = document.styles["Table"]
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "999999")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties = table.element.find(qn("w:tblPr"))
    if properties is None:
        properties = OxmlElement("w:tblPr")
        table.element.append(properties)
    before = properties.find(qn("w:tblCellMar"))
    properties.insert(len(properties) if before is None else list(properties).index(before), borders)
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _document() -> Document:
    """Return pandoc's own reference with our page, fonts, sizes, header and page number."""
    default = subprocess.run([pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
                             capture_output=True, check=True).stdout
    document = docx.Document(io.BytesIO(default))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _styles_left_out(document)
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
    return document


def _set_font(style: object) -> None:
    """Give a style our font for every script; python-docx puts it where the schema wants it."""
    style.font.name = FONT  # type: ignore[attr-defined]
    fonts = style.element.rPr.find(qn("w:rFonts"))  # type: ignore[attr-defined]
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(attribute), FONT)


def _styles_left_out(document: Document) -> None:
    """Add the styles that pandoc's reference refers to and does not define."""
    for name, base in (("header", "Normal"), ("footer", "Normal")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId, style.base_style = name.capitalize(), document.styles[base]
    table = document.styles.add_style("Normal Table", WD_STYLE_TYPE.TABLE)
    table.element.styleId = "TableNormal"


def _shade(style: object) -> None:
    """Put a yellow ground under a style's text: Word heeds no highlighting that a style asks for."""
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "FFF1A8")):
        shade.set(qn(f"w:{key}"), value)
    style.element.get_or_add_rPr().append(shade)  # type: ignore[attr-defined]


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
