"""What every command prints on: a terminal of 80 columns, as plain text."""

from __future__ import annotations

import io
import textwrap
from typing import Any

from rich.console import Console

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.reasoning.assessment import Assessment

WIDTH = 80


def render(*parts: Any) -> str:
    """Return what the parts print on a terminal of 80 columns, as plain text."""
    console = Console(width=WIDTH, record=True, file=io.StringIO())
    for part in parts:
        console.print(part)
    return console.export_text().rstrip()


def wrapped(text: str, language: str, indent: int = 0, mark: str = "") -> str:
    """Return a paragraph set in 80 columns, its lines below the first under the text, not under its mark."""
    first = " " * indent + mark
    return textwrap.fill(typography.spaced(text, language), WIDTH, initial_indent=first,
                         subsequent_indent=" " * len(first), break_long_words=False, break_on_hyphens=False)


def worlds_note(assessment: Assessment, language: str) -> str:
    """Say how many outcomes were simulated, from which seed, at which date of knowledge."""
    return words(language)["worlds_note"].format(
        worlds=typography.number(assessment.worlds.count, language), seed=assessment.worlds.seed,
        as_of=typography.date(assessment.case.as_of, language))
