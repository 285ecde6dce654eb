"""The texts that a judgment is asked to have seen: “Vu les articles 1103 et 1231-1 du code civil”, code by code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vismajor.drafting.acts.outgoing import SourceSaid
from vismajor.drafting.acts.register import ARTICLE
from vismajor.drafting.words import words


@dataclass(frozen=True)
class TextsSeen:
    """Articles of one code, in order, with the name of the code (`du code civil`); `former`: repealed since.

    `wording` says which wording of an article is meant, where it is not the present one. `articles` empty: a text that
    is no article of a code, cited in `code`.
    """

    code: str
    articles: tuple[str, ...]
    former: bool = False
    wording: str = ""


def texts_seen(sources: Iterable[SourceSaid], language: str) -> tuple[TextsSeen, ...]:
    """Return the statutes among some sources, each article once, those of one code together."""
    say = words(language)
    named = dict(pair.split("=") for pair in say["court_codes"].split("|"))
    codes: dict[tuple[str, bool, str], list[str]] = {}
    others: list[str] = []
    for cite in dict.fromkeys(one.cite for one in sources if one.statute):
        code, article, numbers = cite.partition(ARTICLE)
        former = say["court_former"] in code
        name = named.get(code.replace(say["court_former"], "").strip(" ,"))
        if not article or name is None:
            others.append(cite)
            continue
        listed, _, wording = numbers.partition(", ")
        codes.setdefault((name, former, wording), []).extend(listed.split(say["and"]))
    return (*(TextsSeen(name, tuple(sorted(dict.fromkeys(numbers), key=_in_order)), former, wording)
              for (name, former, wording), numbers in codes.items()),
            *(TextsSeen(cite, ()) for cite in others))


def _in_order(article: str) -> list[int]:
    """Return a key that puts articles in the order of their numbers: 1170, 1171, 1231-1, L. 110-4."""
    return [int(part) for part in re.findall(r"\d+", article)]
