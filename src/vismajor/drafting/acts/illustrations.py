"""The charts of an act: known by title and words from the start, drawn when a file is written.

A template shows one by `{{ charts[key] | … }}` as an image whose address is the name of a file; each format puts its
own address there: the drawing itself in HTML and Word, a file beside the source in PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vismajor.drafting.canvas import Chart
from vismajor.drafting.typography import spaced


@dataclass(frozen=True)
class Illustration:
    """A chart of an act: its key, its title, what it shows in words (alternative text), and how to draw it."""

    key: str
    title: str
    alt: str
    draw: Callable[[], Chart]

    @property
    def address(self) -> str:
        """The address under which the Markdown of the act shows it."""
        return f"{self.key}.svg"


def shown(charts: Sequence[Illustration], language: str) -> dict[str, dict[str, object]]:
    """Return what a template may say of each chart: `title`, `alt` and `href`."""
    return {one.key: {"title": spaced(one.title, language), "alt": spaced(one.alt, language),
                      "href": Markup(one.address)} for one in charts}


def addressed(markdown: str, charts: Sequence[Illustration], addresses: Mapping[str, str]) -> str:
    """Put the address of each chart in one format into the Markdown of an act.

    Nothing that a case says can be taken for an image: its brackets are escaped.
    """
    for one in charts:
        markdown = markdown.replace(f"]({one.address})", f"]({addresses[one.key]})")
    return markdown


def drawn(markdown: str, charts: Sequence[Illustration]) -> dict[str, Chart]:
    """Draw the charts that the Markdown of an act shows, by key."""
    return {one.key: one.draw() for one in charts if f"]({one.address})" in markdown}
