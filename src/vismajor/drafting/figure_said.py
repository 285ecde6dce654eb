"""An entry of a case in words: what it is and whose, instead of its path; and what stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from vismajor.case.figure_paths import value_at
from vismajor.drafting import typography
from vismajor.drafting.words import say_question, words
from vismajor.law.models import Law
from vismajor.reading.scalars import is_date
from vismajor.reading.validation import shown
from vismajor.reading.yaml_source import Path_

NAMED_BY_FACT = ("facts", "expected")


def entry_said(law: Law, data: Any, steps: Path_, language: str) -> str:
    """Say what an entry is: `heures (Durand, Temps de travail du personnel)`; `steps` lead to it in the data."""
    *before, leaf = _parts(law, data, steps, language)
    return words(language)["entry_of"].format(what=leaf, whose=", ".join(before)) if before else leaf


def leaf_said(law: Law, data: Any, steps: Path_, language: str) -> str:
    """Say the last step of a path alone."""
    return [*_parts(law, data, steps, language)][-1]


def whose_said(law: Law, data: Any, steps: Path_, language: str) -> str:
    """Say whose an entry is, without saying what it is: `Durand, Temps de travail du personnel`."""
    *before, leaf = _parts(law, data, steps, language)
    return ", ".join(before) or leaf


def _parts(law: Law, data: Any, steps: Path_, language: str) -> Iterator[str]:
    """Yield each step in words, the widest first; a list is said by the entry that is meant."""
    for at, step in enumerate(steps):
        holder = value_at(data, steps[:at + 1])
        after = steps[at + 1] if at + 1 < len(steps) else None
        if at and steps[at - 1] in NAMED_BY_FACT:
            yield _fact(law, str(step), language)
        elif isinstance(step, int):
            yield _one_of(law, str(steps[at - 1]), holder, step, language)
        elif not (isinstance(after, int) or (step in NAMED_BY_FACT and after is not None)):
            yield _word(str(step), language)


def _word(key: str, language: str) -> str:
    return words(language).get(f"entry_{key}", key.replace("_", " "))


def _fact(law: Law, name: str, language: str) -> str:
    plain = name.partition("@")[0]
    declared = law.vocabulary.facts.get(plain)
    if declared is None:
        return name
    return declared.named.in_language(language) if declared.named else say_question(law, plain, language)


def _one_of(law: Law, key: str, entry: Any, step: int, language: str) -> str:
    """Say one entry of a list: a claimant by its name, a head by its title, an offer by its day, else by its place."""
    if not isinstance(entry, Mapping):
        return f"{_word(key, language)} {step + 1}"
    if key == "offers" and is_date(entry.get("date")):
        day = dt.date.fromisoformat(str(entry["date"]))
        return words(language)["entry_offer_of"].format(day=typography.date(day, language))
    titled = entry.get("title") or entry.get("what")
    if isinstance(titled, Mapping) and isinstance(titled.get(language), str):
        return str(titled[language])
    if key == "heads" and entry.get("kind") in law.heads:
        return law.heads[str(entry["kind"])].title.in_language(language)
    return str(entry.get("name") or entry.get("id") or f"{_word(key, language)} {step + 1}")


def entry_value_said(law: Law, steps: Path_, value: Any, language: str) -> str:
    """Say what stands at an entry: duties by their titles, yes or no, a date, a number; else as it is written."""
    say = words(language)
    if value is None:
        return say["scenario_entry_absent"]
    if isinstance(value, bool):
        return say["evidence_yes" if value else "evidence_no"]
    if isinstance(value, int | Decimal):
        return typography.number(value, language)
    if is_date(value):
        return typography.date(dt.date.fromisoformat(str(value)), language)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        duties = law.vocabulary.duties if "duties" in steps else {}
        named = [duties[one].short.in_language(language) if one in duties else one for one in value]
        return typography.listing(named, language) if named else say["scenario_entry_absent"]
    if isinstance(value, Mapping):
        if isinstance(value.get(language), str):
            return str(value[language])
        return ", ".join(say["labelled"].format(label=_word(str(key), language),
                                                what=entry_value_said(law, (*steps, str(key)), one, language))
                         for key, one in value.items())
    return shown(value)
