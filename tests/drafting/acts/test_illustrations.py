"""The charts of an act: only those that it shows, drawn when a format first asks for them, and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from vismajor.drafting.acts.illustrations import Drawings, Illustration
from vismajor.drafting.canvas import Chart


def illustrated(key: str, drawn: list[str]) -> Illustration:
    def draw() -> Chart:
        drawn.append(key)
        return Chart(key, key, key, b"<svg/>")

    return Illustration(key, f"Titre {key}", f"Ce que montre {key}", draw)


def test_a_chart_is_drawn_once_and_only_where_the_text_shows_it() -> None:
    drawn: list[str] = []
    charts = [illustrated("one", drawn), illustrated("two", drawn), illustrated("three", drawn)]
    drawings = Drawings("![Titre](one.svg)\n\n![Titre](three.svg)", charts)
    assert list(drawings) == ["one", "three"] and len(drawings) == 2 and not drawn
    assert drawings["three"] is drawings["three"] and drawn == ["three"]


def test_formats_beside_each_other_draw_it_once_all_the_same() -> None:
    drawn: list[str] = []
    drawings = Drawings("![Titre](one.svg)", [illustrated("one", drawn)])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: drawings["one"], range(50)))
    assert drawn == ["one"] and len({id(one) for one in found}) == 1
