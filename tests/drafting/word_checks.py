"""What Word asks of a file before it opens it without a repair, as far as it can be checked without Word."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

REFERENCES = (qn("r:id"), qn("r:embed"), qn("r:link"))
# The order in which the schema of Word wants the parts that we write.
ORDER = {
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang"),
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
        "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
        "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"),
}


def faults(content: bytes) -> list[str]:
    """Return what Word would stumble over in a .docx, one line a fault."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    found = [f"part twice: {name}" for name, times in Counter(names).items() if times > 1]
    trees = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    found += _types(trees["[Content_Types].xml"], names)
    for name, tree in trees.items():
        if name.endswith(".rels"):
            found += _targets(name, tree, names)
        elif name.startswith("word/"):
            found += [*_references(name, tree, trees), *_order(name, tree)]
    return [*found, *_ids(trees), *_styles(trees)]


def _types(tree: Any, names: list[str]) -> Iterator[str]:
    overrides = {one.get("PartName") for one in tree if one.tag.endswith("Override")}
    extensions = {one.get("Extension") for one in tree if one.tag.endswith("Default")}
    yield from (f"no content type: {name}" for name in names if name != "[Content_Types].xml"
                and f"/{name}" not in overrides and name.rpartition(".")[2] not in extensions)
    yield from (f"content type of no part: {name}" for name in overrides if name.lstrip("/") not in names)


def _targets(name: str, tree: Any, names: list[str]) -> Iterator[str]:
    base = posixpath.dirname(posixpath.dirname(name))
    for one in tree:
        if one.get("TargetMode") == "External":
            if not one.get("Type").endswith("/hyperlink"):
                yield f"{name}: asks for {one.get('Target')}"
            continue
        target = one.get("Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        if path not in names:
            yield f"{name}: {target} is missing"
    yield from (f"{name}: {key} twice" for key, times in Counter(one.get("Id") for one in tree).items() if times > 1)


def _references(name: str, tree: Any, trees: dict[str, Any]) -> Iterator[str]:
    folder, _, file = name.rpartition("/")
    rels = trees.get(f"{folder}/_rels/{file}.rels")
    known = {one.get("Id") for one in rels} if rels is not None else set()
    asked = {element.get(key) for element in tree.iter() for key in REFERENCES if element.get(key)}
    yield from (f"{name}: no relationship {key}" for key in sorted(asked - known))


def _order(name: str, tree: Any) -> Iterator[str]:
    for parent, listed in ORDER.items():
        places = {qn(f"w:{child}"): at for at, child in enumerate(listed.split())}
        for element in tree.iter(qn(f"w:{parent}")):
            order = [places[child.tag] for child in element if child.tag in places]
            if order != sorted(order):
                yield f"{name}: {parent} out of order: {[etree.QName(child).localname for child in element]}"


def _ids(trees: dict[str, Any]) -> Iterator[str]:
    document = trees["word/document.xml"]
    bookmarks = list(document.iter(qn("w:bookmarkStart")))
    pictures = [one.get("id") for one in document.iter(qn("wp:docPr"))]
    for what, ids in (("bookmark id", [one.get(qn("w:id")) for one in bookmarks]), ("picture id", pictures),
                      ("bookmark", [one.get(qn("w:name")) for one in bookmarks])):
        yield from (f"{what} {key} twice" for key, times in Counter(ids).items() if times > 1)
    ends = {one.get(qn("w:id")) for one in document.iter(qn("w:bookmarkEnd"))}
    yield from (f"bookmark {one.get(qn('w:name'))} has no end" for one in bookmarks if one.get(qn("w:id")) not in ends)
    anchors = {one.get(qn("w:anchor")) for one in document.iter(qn("w:hyperlink"))} - {None}
    yield from (f"no bookmark {name}" for name in sorted(anchors - {one.get(qn("w:name")) for one in bookmarks}))
    notes = {one.get(qn("w:id")) for one in trees["word/footnotes.xml"]}
    yield from (f"no footnote {one.get(qn('w:id'))}" for one in document.iter(qn("w:footnoteReference"))
                if one.get(qn("w:id")) not in notes)
    fields = Counter(one.get(qn("w:fldCharType")) for one in document.iter(qn("w:fldChar")))
    if fields["begin"] != fields["end"]:
        yield f"fields not closed: {dict(fields)}"


def _styles(trees: dict[str, Any]) -> Iterator[str]:
    styles = [one.get(qn("w:styleId")) for one in trees["word/styles.xml"].iter(qn("w:style"))]
    yield from (f"style {name} twice" for name, times in Counter(styles).items() if times > 1)
    numbers = {one.get(qn("w:numId")) for one in trees["word/numbering.xml"].iter(qn("w:num"))}
    for name, tree in trees.items():
        if not name.startswith("word/"):
            continue
        used = {one.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
                for one in tree.iter(qn(f"w:{tag}"))}
        yield from (f"{name}: no style {style}" for style in sorted(used - set(styles)))
        lists = {one.get(qn("w:val")) for one in tree.iter(qn("w:numId"))} - {"0"}
        yield from (f"{name}: no list {number}" for number in sorted(lists - numbers))


def languages(content: bytes) -> set[str]:
    """Return the languages that a .docx says its text is in."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    text = archive.read("word/styles.xml").decode() + archive.read("word/settings.xml").decode()
    return set(re.findall(r'<w:(?:lang|themeFontLang)[^>]*w:val="([^"]*)"', text))
