"""Sets argument maps on A4 pages, as SVG. Same maps, same bytes.

Laid out by `templates/layout/map.typ`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vismajor.drafting import typography
from vismajor.drafting.argument_map import ArgumentMap, MapArgument, MapIssue, MapPremise
from vismajor.drafting.map_words import say_about, say_sources, say_standing
from vismajor.drafting.standings import band
from vismajor.drafting.typesetting import set_pages
from vismajor.drafting.words import words

LAYOUT = "map.typ"
_DOTS = {"weak": 1, "moderate": 2, "strong": 3, "decisive": 4, "knock_out": 4}


def map_pages(maps: Sequence[ArgumentMap], language: str) -> list[bytes]:
    """Return the maps as SVG files in UTF-8, one an A4 page."""
    return set_pages(LAYOUT, _Sheet(language).data(maps), language)


def named_pages(pages: Sequence[bytes], name: str) -> dict[str, bytes]:
    """Name the pages after the file asked for: `map.svg` where there is one, else `map-1.svg`, `map-2.svg`."""
    if len(pages) == 1:
        return {name: pages[0]}
    path = Path(name)
    return {f"{path.stem}-{index}{path.suffix}": page for index, page in enumerate(pages, 1)}


class _Sheet:
    """Puts maps into the words of one language."""

    def __init__(self, language: str) -> None:
        self.language, self.say = language, words(language)
        self.drawn: set[MapIssue] = set()  # what several maps lead to is drawn with the first of them

    def data(self, maps: Sequence[ArgumentMap]) -> dict[str, Any]:
        say, first = self.say, maps[0]
        day = typography.date(dt.date.fromisoformat(first.as_of), self.language)
        return {
            "lang": self.language, "title": self.text(first.case), "mark": say["map_mark"],
            "foot": say["map_foot"].format(day=day, law=first.law.id, version=first.law.version),
            "words": {"for": typography.capital(say["for"]), "against": typography.capital(say["against"]),
                      "because": say["map_because"], "or": say["map_or"],
                      "exhibits": typography.capital(say["exhibits"])},
            "maps": [self.map(item, day) for item in maps],
        }

    def text(self, bilingual: Any) -> str:
        return str(bilingual.in_language(self.language))

    def map(self, item: ArgumentMap, day: str) -> dict[str, Any]:
        parts = [part for part in dict.fromkeys(_weighed(item.issue)) if part not in self.drawn] \
            if item.issue.elements else []
        self.drawn.update(parts)
        return {
            "subtitle": self.say["map_subtitle"].format(day=day), "root": self.section(item, item.issue),
            "tree": self.branch(item.issue), "sections": [self.section(item, issue) for issue in parts],
            "exhibits": [f"{e.id} – {e.title} ({typography.partial_date(e.date, self.language)})"
                         for e in item.exhibits],
        }

    def branch(self, issue: MapIssue, expected: bool = True) -> dict[str, Any]:
        return {
            "title": self.text(issue.title), **self.answer(issue), "role": "" if expected else self.say["map_excluded"],
            "how": self.say[f"map_{issue.decided}"] if issue.elements else "",
            "children": [self.branch(element.issue, element.expected) for element in issue.elements],
        }

    def answer(self, issue: MapIssue) -> dict[str, str]:
        word = band(issue.label, issue.probability, issue.probability)
        return {"label": issue.label, "answer": typography.capital(self.say[f"answer_{word}"]),
                "chance": self.say["chance_of_yes"].format(chance=typography.share(issue.probability, self.language))
                if not word.startswith("established") else typography.share(issue.probability, self.language)}

    def section(self, told: ArgumentMap, issue: MapIssue) -> dict[str, Any]:
        say = self.say
        return {
            "title": self.text(issue.title), "question": self.text(issue.question), **self.answer(issue),
            "finding": self.text(issue.finding), "about": say_about(told, issue, self.language),
            "conflict": say["conflict"] if issue.conflict else "",
            "for": self.side(issue.arguments_for), "against": self.side(issue.arguments_against),
        }

    def side(self, arguments: Sequence[MapArgument]) -> dict[str, Any]:
        heard = [self.argument(argument) for argument in arguments if not argument.marginal]
        left = len(arguments) - len(heard)
        note = self.say["map_left_out" if left == 1 else "map_left_outs"].format(count=left) if left else (
            "" if heard else self.say["map_nothing"])
        return {"arguments": heard, "note": note}

    def argument(self, argument: MapArgument) -> dict[str, Any]:
        return {
            "reason": self.text(argument.because), "strength": typography.capital(self.say[argument.strength]),
            "dots": _DOTS[argument.strength], "counts": argument.counts,
            "struck": bool(argument.undercut_by) and not argument.counts,
            "why": typography.capital(self.text(argument.aside)) + "." if argument.aside else "",
            "premises": [self.premise(premise) for premise in argument.premises],
            "sources": say_sources(argument.sources, self.language),
        }

    def premise(self, premise: MapPremise) -> dict[str, Any]:
        return {"clause": typography.capital(self.text(premise.clause)), "tag": say_standing(premise, self.language),
                "below": [[self.premise(below) for below in line] for line in premise.below]}


def _weighed(issue: MapIssue) -> Iterator[MapIssue]:
    for element in issue.elements:
        yield from _weighed(element.issue)
    if issue.decided == "weigh":
        yield issue
