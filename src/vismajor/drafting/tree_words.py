"""The limbs of a litigation tree in words."""

from __future__ import annotations

from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.settlement.litigation_tree import OTHER, Limb


def say_asked(law: Law, question: str, language: str) -> str:
    """Name a question of the tree: the title of the issue, or the interface's own word."""
    if question in law.issues:
        return law.issues[question].title.in_language(language)
    return words(language)[f"tree_{question}"]


def say_answer(limb: Limb, language: str) -> str:
    """Say the answer that leads to a limb; nothing where it is not the answer to a question."""
    if limb.answer is None:
        return ""
    say, key = words(language), "yes" if limb.answer else "no"
    return say.get(f"tree_{limb.question}_{key}", say[f"tree_{key}"])


def say_limb(law: Law, limb: Limb, language: str) -> str:
    """Say a limb whole: `Breach: no`."""
    say = words(language)
    if limb.question is None or limb.question == OTHER:
        return say["tree_root" if limb.question is None else "tree_other"]
    return say["labelled"].format(label=say_asked(law, limb.question, language), what=say_answer(limb, language))
