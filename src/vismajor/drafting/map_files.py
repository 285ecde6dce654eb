"""Writes argument maps into files: SVG pages to print, and the Argument Interchange Format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from vismajor.drafting.aif import to_aif
from vismajor.drafting.drafts import place
from vismajor.drafting.map_builder import build_map, roots
from vismajor.drafting.map_sheet import map_pages, named_pages
from vismajor.reasoning.assessment import Assessment


def write_maps(assessment: Assessment, issues: Sequence[str] | None = None, *, svg: Path | None = None,
               aif: Path | None = None) -> list[Path]:
    """Write the maps of `issues` (left out: of every issue) in the case's language; return the files written.

    Raises InvalidInput when a folder cannot be written.
    """
    language = assessment.case.file.language
    maps = [build_map(assessment, issue) for issue in issues or roots(assessment)]
    written: list[Path] = []
    if svg:
        written += place(named_pages(map_pages(maps, language), svg.name), svg.parent)
    if aif:
        text = json.dumps(to_aif(maps, assessment.law, language), ensure_ascii=False, indent=2) + "\n"
        written += place({aif.name: text.encode()}, aif.parent)
    return written
