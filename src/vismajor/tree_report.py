"""The litigation tree as text in 80 columns: each limb with its probabilities and its means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from vismajor.drafting import typography
from vismajor.drafting.tree_words import say_limb
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.screen import WIDTH, wrapped
from vismajor.settlement.exposure import Exposure
from vismajor.settlement.litigation_tree import OTHER, SELDOM, Limb, Worth

COLUMNS = (6, 6, 11, 12)  # two probabilities, two sums
LABEL = WIDTH - sum(COLUMNS)


def tree_lines(exposure: Exposure, language: str) -> Iterator[str]:
    """Yield the lines of the tree of an exposure, its heading, and what the reader must know to read it.

    The sum beside the award is what our side is left with, or the cost to the respondent where we act for it.
    """
    say, tree, law = words(language), exposure.tree, exposure.valuation.assessment.law
    whose = "claimant" if len(tree.claimants) == 1 else "group"
    side = exposure.valuation.assessment.case.file.acting_for
    worth: Worth = "respondent" if side == "respondent" and "respondent" in tree.root.means else "claimants"
    heads = [say[name].split("\n") for name in (
        "tree_given", "tree_share", "tree_award", "tree_cost" if worth == "respondent" else f"tree_left_{whose}")]
    yield "\n" + say["tree_title"]
    for line in range(2):
        cells = [(["", *head] if len(head) == 1 else head)[line] for head in heads]
        yield " " * LABEL + "".join(f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS, strict=True))
    yield from _limb_lines(law, tree.root, worth, language, "", "")
    yield wrapped(say["tree_note"], language)
    yield wrapped(say[f"tree_note_{whose}"], language)
    if whose == "group":
        yield wrapped(say["tree_note_each"], language)
    if any(limb.question == OTHER for limb in tree.root.limbs):
        yield wrapped(say["tree_note_other"].format(share=typography.decimal(100 * SELDOM, language, 1) + (
            f"{typography.NO_BREAK}%" if language == "fr" else "%")), language)


def _limb_lines(law: Law, limb: Limb, worth: Worth, language: str, before: str, mark: str) -> Iterator[str]:
    """Yield the lines of a limb and of all below it; `before` are the guides of its forks, `mark` its own."""
    cells = (typography.share(limb.given, language), typography.share(limb.share, language),
             typography.amount(limb.means["award"], language), typography.amount(limb.means[worth], language))
    label = typography.spaced(say_limb(law, limb, language), language)
    under = before + ("" if not mark else "  " if mark == "└ " else "│ ")
    guide = under + ("│ " if limb.limbs else "  ")
    lines = textwrap.wrap(label, LABEL - len(guide), break_on_hyphens=False) or [label]
    yield f"{before + mark + lines[0]:<{LABEL}}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS, strict=True))
    yield from (guide + line for line in lines[1:])
    for index, below in enumerate(limb.limbs):
        yield from _limb_lines(law, below, worth, language, under, "└ " if index == len(limb.limbs) - 1 else "├ ")
