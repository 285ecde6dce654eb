"""Draws the litigation tree on one A4 page, across: a column for each question, a row for each end.

The thickness of a line follows the probability of its limb, its colour whether the claimants still win something. Laid
out by `templates/layout/tree.typ`; the places, in millimetres, are worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vismajor.drafting import typography
from vismajor.drafting.canvas import AGAINST, FOR, INK
from vismajor.drafting.drafts import place
from vismajor.drafting.tree_words import say_answer, say_asked
from vismajor.drafting.typesetting import set_pages
from vismajor.drafting.words import words
from vismajor.settlement.exposure import Exposure
from vismajor.settlement.litigation_tree import OTHER, Limb, LitigationTree, Worth
from vismajor.settlement.questions import APPEAL

LAYOUT = "tree.typ"
WIDTH, HEIGHT = 273.0, 138.0  # the tree with its table, in millimetres
STEM, CELL = 11.0, 24.0  # the stem, and a column of the table
TALLEST = 15.0  # a row, where there are few
BEND = 4.5  # how far a line takes to reach its row
THINNEST, THICKEST = 0.3, 3.6  # in millimetres


def write_tree(exposure: Exposure, svg: Path) -> list[Path]:
    """Draw the tree of an exposure into a file. Raises InvalidInput when the folder cannot be written."""
    language = exposure.valuation.assessment.case.file.language
    return place({svg.name: tree_page(exposure, language)}, svg.parent)


def tree_page(exposure: Exposure, language: str) -> bytes:
    """Return the tree as an SVG file in UTF-8."""
    return set_pages(LAYOUT, _Drawing(exposure, language).data(), language)[0]


@dataclass(frozen=True)
class Placed:
    """A limb on the page, in millimetres: its line runs at `y` from `x` to `until`, where its own fork stands."""

    limb: Limb
    x: float
    y: float
    until: float
    below: tuple[Placed, ...]

    @property
    def thickness(self) -> float:
        """The thickness of its line: in proportion to the probability, but always seen."""
        return THINNEST + (THICKEST - THINNEST) * self.limb.share

    @property
    def colour(self) -> str:
        """The claimants' where they win something there, the respondent's where they do not."""
        if self.limb.question is None:
            return INK
        return AGAINST if self.limb.lost and not (self.limb.question == APPEAL and self.limb.answer) else FOR

    def all(self) -> Iterator[Placed]:
        """Yield the limb and all below it."""
        yield self
        for one in self.below:
            yield from one.all()


def place_limbs(tree: LitigationTree, width: float, height: float) -> Placed:
    """Return the root with its place, and so all below it: a column for each question, a row for each end.

    Rows are of equal height; a limb lies midway between the first and the last of those below it.
    """
    row = min(height / len(tree.root.ends), TALLEST)
    asked = [question for question in tree.questions if question != OTHER]
    column = (width - STEM) / max(len(asked), 1)
    starts: dict[str | None, float] = {question: STEM + index * column for index, question in enumerate(asked)}
    rows = iter(range(len(tree.root.ends)))

    def put(limb: Limb, x: float) -> Placed:
        fork = next((starts[one.question] for one in reversed(limb.limbs)), width)
        below = tuple(put(one, fork) for one in limb.limbs)
        y = (below[0].y + below[-1].y) / 2 if below else (next(rows) + 0.5) * row
        return Placed(limb, x, y, fork, below)

    return put(tree.root, 0.0)


class _Drawing:
    """One tree in the words of one language."""

    def __init__(self, exposure: Exposure, language: str) -> None:
        self.tree, self.language, self.say = exposure.tree, language, words(language)
        self.assessment, self.claimant = exposure.valuation.assessment, exposure.claimant
        self.stated = bool(exposure.stages)
        self.whose = "claimant" if len(self.tree.claimants) == 1 else "group"
        self.worths: list[Worth] = [worth for worth in ("award", "claimants", "respondent")
                                    if worth in self.tree.root.means and (worth == "award" or self.stated)]
        self.width = WIDTH - CELL * (len(self.worths) + 1) + 4
        self.root = place_limbs(self.tree, self.width, HEIGHT)
        self.column = (self.width - STEM) / max(len(self._asked), 1)

    @property
    def _asked(self) -> list[str]:
        return [question for question in self.tree.questions if question != OTHER]

    def data(self) -> dict[str, Any]:
        case, say = self.assessment.case, self.say
        name = next((one.name for one in case.file.claimants if one.id == self.claimant), None)
        title = (say["tree_chart_title"].format(case=case.file.title.in_language(self.language)) if name is None
                 else say["tree_chart_claimant"].format(name=name))
        day = typography.date(case.as_of, self.language)
        ends = [one for one in self.root.all() if not one.below]
        return {
            "lang": self.language, "title": title, "mark": say["map_mark"],
            "subtitle": say["tree_chart_subtitle"].format(day=day),
            "foot": say["map_foot"].format(day=day, law=self.assessment.law.id, version=self.assessment.law.version),
            "notes": list(self._notes()), "width": self.width, "table": WIDTH - CELL * (len(self.worths) + 1),
            "column": self.column, "cell": CELL, "bend": BEND,
            "row": ends[0].y * 2, "bottom": ends[-1].y + ends[0].y,
            "questions": [{"x": STEM + index * self.column,
                           "title": say_asked(self.assessment.law, question, self.language)}
                          for index, question in enumerate(self._asked)],
            "heads": [say["tree_chart_share"], *(say[self._head(worth)] for worth in self.worths)],
            "limbs": [drawn for one in self.root.all() for drawn in self._limbs(one)],
            "ends": [{"y": one.y, "x": one.x + self.column, "cells": self._cells(one.limb)} for one in ends],
            "total": {"label": say["tree_chart_total"], "cells": self._cells(self.tree.root)},
        }

    def _head(self, worth: Worth) -> str:
        return {"award": "tree_chart_award", "claimants": f"tree_chart_left_{self.whose}",
                "respondent": "tree_chart_cost"}[worth]

    def _limbs(self, at: Placed) -> Iterator[dict[str, Any]]:
        """Yield the limbs below one, each with the bend that leads to it."""
        for one in at.below:
            limb, end = one.limb, not one.below
            yield {
                "x": one.x, "from": at.y, "y": one.y, "until": one.x + self.column if end else one.until,
                # The words at an end may reach under the head of the first column, which is set to the right.
                "room": one.until - one.x - BEND - 1.5 + (8 if end else 0),
                "thickness": one.thickness, "colour": one.colour,
                "answer": self.say["tree_other"] if limb.question == OTHER else say_answer(limb, self.language),
                "chance": typography.share(limb.given, self.language),
                "award": typography.money(limb.means["award"], self.language),
            }

    def _cells(self, limb: Limb) -> list[str]:
        return [typography.share(limb.share, self.language),
                *(typography.money(limb.means[worth], self.language) for worth in self.worths)]

    def _notes(self) -> Iterator[str]:
        yield self.say[f"tree_note_{self.whose}"]
        if not self.stated:
            yield self.say["exposure_nothing_stated"]
            return
        spent = {worth: typography.money(amount, self.language) for worth, amount in self.tree.outlays.items()}
        whom, ours = self.say[f"tree_whom_{self.whose}"], spent["claimants"]
        if "respondent" in spent:
            yield self.say["tree_chart_spent"].format(ours=ours, whom=whom, theirs=spent["respondent"])
        else:
            yield self.say["tree_chart_spent_claimant"].format(ours=ours, whom=whom)
