"""The Jinja environment of the acts: filters that number exhibits and note what is missing, beside those of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from vismajor.drafting import typography
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.numerals import spelled
from vismajor.drafting.acts.outgoing import SourceSaid
from vismajor.drafting.acts.quotations import QuotedSaid
from vismajor.drafting.acts.register import Register, in_ranges
from vismajor.drafting.environment import environment
from vismajor.drafting.words import counted

Quote = Callable[[Iterable[SourceSaid]], tuple[QuotedSaid, ...]]


def act_environment(register: Register, templates: Path | None = None, quote: Quote = lambda _: ()
                    ) -> jinja2.Environment:
    """Return the environment in which one act is written; what it uses is noted in `register`.

    Filters beside those of every document: `proved` (exhibits after a text), `exhibits` (their mention alone), `cited`
    (a source, or a text by its id), `cited_together` (several, those of one code together), `sourced` (texts in
    brackets, decisions in a footnote), `noted` (a footnote), `texts` and `decisions` (those among sources), `ranges`
    (numbers as ranges), `sentence` (capital and final point), `in_words` (a sum), `counted` (a number with its noun),
    `verbatim` (a footnote with the articles of a text word for word, where `quote` has them; else nothing),
    `euros` (a sum to the cent), `figure` (a number as it stands), `hour`, `month`.
    """
    language = register.language
    env = environment(language, templates)
    # Jinja would filter constants while it compiles a template, and so note the sources of branches never written: it
    # leaves them alone when they are not optimised and their printing needs the context.
    env.finalize, env.optimized = jinja2.pass_context(lambda _, value: register.show(value)), False
    env.filters |= {
        "proved": register.proved, "exhibits": register.mention, "cited": register.cited,
        "cited_together": register.cited_together,
        "sourced": register.sourced, "noted": register.footnote,
        "verbatim": lambda source: _verbatim(register, quote((register.source(source),))),
        "texts": lambda sources: tuple(one for one in sources if one.statute),
        "decisions": lambda sources: tuple(one for one in sources if not one.statute),
        "ranges": lambda numbers: in_ranges(numbers, language), "sentence": _sentence,
        "in_words": lambda amount: spelled(amount, language),
        "counted": lambda number, noun: counted(number, noun, language),
        "euros": lambda amount: _euros(amount, language), "hour": lambda time: _hour(time, language),
        "month": lambda month: typography.partial_date(month, language),
        "short_date": lambda day: typography.short_date(day, language) if isinstance(day, dt.date) else str(day),
        "figure": lambda value: typography.figure(Decimal(value), language),
        "listing": lambda items: _listing(items, language),
    }
    # A blank passes through every filter as it is, and is shown where it would have been printed.
    env.filters = {name: _passing(one) for name, one in env.filters.items()}
    return env


def _verbatim(register: Register, quoted: Iterable[QuotedSaid]) -> Markup:
    parts = [Markup("\\\n").join(register.text(paragraph) for paragraph in one.paragraphs) for one in quoted]
    return Markup(f"^[{Markup(' ').join(parts)}]" if parts else "")


def _passing(found: Callable[..., Any]) -> Callable[..., Any]:
    if hasattr(found, "jinja_pass_arg"):  # Jinja's own that ask for its context
        return found
    return lambda value, *args, **kwargs: value if isinstance(value, Blank) else found(value, *args, **kwargs)


def _sentence(text: Any) -> Any:
    """Return a clause as a sentence: its first letter a capital, a point at its end."""
    raised = typography.capital(text)
    ended = raised.rstrip().endswith((".", "!", "?", "…", ".)"))
    return raised if ended else raised + (Markup("\\.") if isinstance(text, Markup) else ".")


def _euros(amount: Decimal, language: str) -> str:
    """Return a sum to the cent, whole euros without cents: `31 386,12 €`, `900 €`."""
    return typography.money(amount, language, cents=amount != amount.to_integral_value())


def _hour(time: str, language: str) -> str:
    hours, minutes = time.split(":")
    if language != "fr":
        return time
    space = typography.NO_BREAK
    return f"{int(hours)}{space}h" + ("" if minutes == "00" else f"{space}{minutes}")


def _listing(items: Any, language: str) -> Any:
    parts = list(items)
    if any(isinstance(part, Markup) for part in parts):
        return Markup(typography.listing([str(part) for part in parts], language))
    return typography.listing(parts, language)
