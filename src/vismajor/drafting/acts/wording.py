"""How sentences of the law pack are put together in an argument: what says the same twice, what can follow “que”."""

from __future__ import annotations

import re

from vismajor.drafting import typography

SAME = 4  # so many words in a row, in a rule and in a fact, and one says the other
SAME_CLAUSE = 5  # in a rule on a clause of the contract, and what that clause is said to be
_SUBJECT = re.compile(
    r"l['’]|(?:le|la|les|un|une|ce|cet|cette|ces|aucun|aucune|il|on|tant que|the|a|an|no|it|this|\w+er)\b",
    re.IGNORECASE)
_TWO = re.compile(r"[.;:?!]|, (?:et|mais|and|but) ")


def restates(rule: str, clause: str, same: int = SAME) -> bool:
    """Tell whether a rule, as it is worded, already says a fact, `same` words in a row: nothing is told twice."""
    told, said = " ".join(_words(rule)), _words(clause)
    runs = (" ".join(said[at:at + same]) for at in range(max(1, len(said) - same + 1)))
    return any(f" {run} " in f" {told} " for run in runs)


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[^\W\d_]+", text)]


def begins_with_its_subject(sentence: str) -> bool:
    """Tell whether words can be put before a sentence: not before “Tenu de restituer, l'hébergeur …”."""
    return _SUBJECT.match(sentence) is not None


def continuing(sentence: str) -> str:
    """Return a sentence as a clause that can follow “que”; empty where it is more than one clause.

    One that begins with something else than its subject (“Par son ampleur, l'événement …”) is none either.
    """
    clause = sentence.rstrip().removesuffix(".")
    if _TWO.search(clause.replace("art.", "")) or not begins_with_its_subject(clause):
        return ""
    return typography.uncapital(clause)
