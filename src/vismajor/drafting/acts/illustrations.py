"""The charts of an act: known by title and words from the start, drawn when a file is written.

A template shows one by `{{ charts[key] | … }}` as an image whose address is the name of a file; each format puts its
own address there: the drawing itself in HTML and Word, a file beside the source in PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

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


class Drawings(Mapping[str, Chart]):
    """The charts that the Markdown of an act shows, by key, each drawn when it is first asked for, and once.

    A format that needs them late is set beside their drawing: pandoc is a process of its own.
    """

    def __init__(self, markdown: str, charts: Sequence[Illustration]) -> None:
        self._charts = {one.key: one for one in charts if f"]({one.address})" in markdown}
        self._drawn: dict[str, Chart] = {}
        self._one_at_a_time = Lock()

    def __getitem__(self, key: str) -> Chart:
        with self._one_at_a_time:
            if key not in self._drawn:
                self._drawn[key] = self._charts[key].draw()
            return self._drawn[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts)

    def __len__(self) -> int:
        return len(self._charts)
