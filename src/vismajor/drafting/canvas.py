"""What all charts share: style, words, and the drawing as SVG (HTML, PDF) and PNG (Word). Same figures, same bytes.

A chart is drawn once: its PNG is what typst makes of its SVG, in a quarter of the time of a second drawing.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from vismajor.drafting import typography
from vismajor.drafting.typesetting import rasterised
from vismajor.drafting.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOR, AGAINST, SET_ASIDE, INK = "#1f6f78", "#b5532f", "#c9c9c9", "#1f2a44"


@dataclass(frozen=True)
class Chart:
    """One chart: its name, title, alternative text, and its bytes as SVG and PNG."""

    name: str
    title: str
    alt: str
    svg: bytes

    @cached_property
    def png(self) -> bytes:
        """The same drawing in points, for what shows no SVG."""
        return rasterised(self.svg)


@cache
def chart_words(language: str) -> Mapping[str, str]:
    """Return the interface's words with the typography of the language: nothing else sets it in a drawing."""
    return {key: typography.spaced(word, language) for key, word in words(language).items()}


def chart_style() -> AbstractContextManager[None]:
    """Return the settings in which a chart is drawn and saved."""
    import matplotlib as mpl  # noqa: PLC0415 — slow to import, and not every command draws

    return mpl.rc_context({
        "svg.hashsalt": "vismajor", "svg.fonttype": "path", "font.size": 8, "font.family": "DejaVu Sans",
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#666666",
    })


def save_chart(figure: Figure, name: str, title: str, alt: str) -> Chart:
    """Return a figure as a chart."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 — slow to import

    buffer = io.BytesIO()
    # Not `savefig`, which draws everything once more beforehand to find what it should cut off: we cut nothing off.
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(buffer, metadata={"Date": None, "Creator": None, "Title": title})
    return Chart(name, title, alt, buffer.getvalue())
