"""Sets drawings on A4 pages with typst, as SVG. Same data, same bytes.

Words reach typst as JSON strings, so that no text can act.
"""

from __future__ import annotations

import html
import json
import tempfile
from pathlib import Path
from typing import Any

import typst

from vismajor.drafting import typography
from vismajor.drafting.environment import legible
from vismajor.reading.shipped import shipped_folder


def set_pages(layout: str, data: dict[str, Any], language: str) -> list[bytes]:
    """Return `data` set by a layout of `templates/layout` as SVG files in UTF-8, one a page.

    The layout `NAME.typ` reads its data from `NAME.json`; `data["title"]` is the title of every page.
    """
    tidy = _tidy(data, language)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / layout).write_bytes((shipped_folder("templates") / "layout" / layout).read_bytes())
        (folder / layout).with_suffix(".json").write_text(json.dumps(tidy, ensure_ascii=False), encoding="utf-8")
        pages = typst.compile(folder / layout, root=folder, format="svg", ignore_system_fonts=True)
    return [_titled(page, tidy["title"]) for page in (pages if isinstance(pages, list) else [pages])]


DOTS_PER_INCH = 200
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg")"""


def rasterised(svg: bytes) -> bytes:
    """Return a picture in SVG as PNG, 200 dots an inch, on white."""
    found = typst.compile(_PICTURE, format="png", ppi=DOTS_PER_INCH, ignore_system_fonts=True,
                          sys_inputs={"picture": svg.decode("utf-8")})
    return found[0] if isinstance(found, list) else found


def _titled(page: bytes, title: str) -> bytes:
    """Give a page a title for those who have it read aloud."""
    head, end, rest = page.partition(b">")
    return head + end + f"<title>{html.escape(title)}</title>".encode() + rest


def _tidy(value: Any, language: str) -> Any:
    """Put every text on one line, without invisible marks, with the spaces of the language."""
    if isinstance(value, dict):
        return {key: _tidy(item, language) for key, item in value.items()}
    if isinstance(value, list):
        return [_tidy(item, language) for item in value]
    return typography.spaced(legible(value), language) if isinstance(value, str) else value
