"""The Jinja environment of documents: every value comes out verbatim, whatever it holds; nothing undefined passes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.reading.shipped import shipped_folder

# Every character that Markdown could read as layout; pandoc's `all_symbols_escapable` takes a backslash before each.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$@\"'=:&%/])")
# Control characters and marks that turn the direction of writing have no place in a document.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


FEW = 4


def legible(text: str) -> str:
    """Return a text on one line, without control characters and marks that turn the direction of writing."""
    return _INVISIBLE.sub("", re.sub(r"\s*[\n\r\x85\u2028\u2029]\s*", " ", text))


def escape(value: Any) -> Any:
    """Escape a value for Markdown; what is already `Markup` passes."""
    if isinstance(value, Markup) or value is None:
        return value
    if not isinstance(value, str):
        return value
    return Markup(_SPECIAL.sub(r"\\\1", legible(value)))


def lies_in(file: Path, folder: Path) -> bool:
    """Tell whether a file lies in a folder once every symbolic link on its way is followed."""
    return file.resolve().is_relative_to(folder.resolve())


class TemplateAstray(jinja2.TemplateNotFound):
    """A file among the templates that is a link out of their folder."""


class ConfinedLoader(jinja2.FileSystemLoader):
    """Reads templates from their folders only: a symbolic link that leads out of them is no template."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its file, and whether it is still the same.

        Raises TemplateNotFound (TemplateAstray), and TemplateSyntaxError for one that is not in UTF-8.
        """
        files = [Path(folder, *split_template_path(template)) for folder in self.searchpath]
        for file in files:
            if file.exists() and not any(lies_in(file, Path(one)) for one in self.searchpath):
                raise TemplateAstray(str(file))
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            found = next((str(file) for file in files if file.is_file()), template)
            raise jinja2.TemplateSyntaxError("UTF-8", line, template, found) from None


def environment(language: str, templates: Path | None = None) -> jinja2.Environment:
    """Return the environment for documents in `language`, with its filters and words.

    A template that stands in the folder `templates` (laid out as ours: `fr/acts/…`) comes before ours of that name.
    """
    folders = [folder / language for folder in (templates, shipped_folder("templates")) if folder is not None]
    env = ImmutableSandboxedEnvironment(
        loader=ConfinedLoader(folders), undefined=jinja2.StrictUndefined,
        finalize=lambda value: finalize(value, language), autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def money(amount: Decimal | None, cents: bool = False) -> str:
        return words(language)["nothing"] if amount is None else typography.money(amount, language, cents)

    def listing(items: Sequence[str]) -> str:
        return typography.listing(items, language)

    def proved(text: str, exhibits: Sequence[str]) -> str:
        """Put the exhibits before the final point: `… (pièces 1 et 2).`"""
        if not exhibits:
            return text
        word = words(language)["exhibit" if len(exhibits) == 1 else "exhibits"]
        return f"{text.rstrip('.')} ({word} {listing(exhibits)})."

    def few(items: Sequence[str]) -> str:
        """List a few names, and say how many more there are."""
        shown = list(items[:FEW]) if len(items) > FEW + 1 else list(items)
        more = len(items) - len(shown)
        return ", ".join(shown) + (f" {words(language)['note_more'].format(more=more)}" if more else "")

    env.filters |= {
        "few": few, "plain": lambda value: typography.number(value, language), "proved": proved,
        "amount": lambda value: typography.amount(value, language),
        "money": money, "share": lambda p: typography.share(p, language),
        "of_share": lambda p: typography.of_share(p, language), "listing": listing,
        "date": lambda day: typography.date(day, language) if isinstance(day, dt.date)
        else typography.partial_date(day, language),
        "capital": typography.capital, "uncapital": typography.uncapital, "word": lambda key: words(language)[key],
        "elided": lambda text: typography.elided(text, language),
    }
    return env


def finalize(value: Any, language: str) -> Any:
    """Return what is printed of a value: text with the spaces of its language, and escaped."""
    if isinstance(value, str) and not isinstance(value, Markup):
        value = typography.spaced(value, language)
    return escape(value)
