"""The litigation tree as text in 80 columns: each limb with its probabilities and its means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from vismajor.drafting import typography
from vismajor.drafting.tree_words import say_limb
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.screen import WIDTH, wrapped
from vismajor.settlement.exposure import Exposure
from vismajor.settlement.litigation_tree import OTHER, SELDOM, Limb, Worth

COLUMNS = (6, 6, 11, 12)  # two probabilities, two sums (the second only where costs are stated)
LABEL = WIDTH - sum(COLUMNS)


def tree_lines(exposure: Exposure, language: str) -> Iterator[str]:
    """Yield the lines of the tree of an exposure, its heading, and what the reader must know to read it.

    The sum beside the award is what our side is left with, or the cost to the respondent where we act for it; there is
    none where nothing is stated of the costs.
    """
    say, tree, law = words(language), exposure.tree, exposure.valuation.assessment.law
    whose = "claimant" if len(tree.claimants) == 1 else "group"
    side = exposure.valuation.assessment.case.file.acting_for
    worths: list[Worth] = ["award"]
    if exposure.stages:
        worths.append("respondent" if side == "respondent" and "respondent" in tree.root.means else "claimants")
    named = {"award": "tree_award", "claimants": f"tree_left_{whose}", "respondent": "tree_cost"}
    heads = [say[name].split("\n") for name in ("tree_given", "tree_share", *(named[worth] for worth in worths))]
    yield "\n" + say["tree_title"]
    for line in range(2):
        cells = [(["", *head] if len(head) == 1 else head)[line] for head in heads]
        yield " " * LABEL + _in_columns(cells)
    yield from _limb_lines(law, tree.root, worths, language, "", "")
    heard_again = any(stage.name == "appeal" for stage in exposure.stages)
    yield wrapped(" ".join([say["tree_note"], *([say["tree_note_appeal"]] if heard_again else [])]), language)
    yield wrapped(say[f"tree_note_{whose}"], language)
    if whose == "group":
        yield wrapped(say["tree_note_each"], language)
    if any(limb.question == OTHER for limb in tree.root.limbs):
        yield wrapped(say["tree_note_other"].format(share=typography.decimal(100 * SELDOM, language, 1) + (
            f"{typography.NO_BREAK}%" if language == "fr" else "%")), language)


def _in_columns(cells: Sequence[str]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS, strict=False))


def _limb_lines(law: Law, limb: Limb, worths: Sequence[Worth], language: str, before: str, mark: str) -> Iterator[str]:
    """Yield the lines of a limb and of all below it; `before` are the guides of its forks, `mark` its own."""
    cells = [typography.share(limb.given, language), typography.share(limb.share, language),
             *(typography.amount(limb.means[worth], language) for worth in worths)]
    label = typography.spaced(say_limb(law, limb, language), language)
    under = before + ("" if not mark else "  " if mark == "└ " else "│ ")
    guide = under + ("│ " if limb.limbs else "  ")
    lines = textwrap.wrap(label, LABEL - len(guide), break_on_hyphens=False) or [label]
    yield f"{before + mark + lines[0]:<{LABEL}}" + _in_columns(cells)
    yield from (guide + line for line in lines[1:])
    for index, below in enumerate(limb.limbs):
        yield from _limb_lines(law, below, worths, language, under, "└ " if index == len(limb.limbs) - 1 else "├ ")
