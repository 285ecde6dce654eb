"""The mandatory mentions of each act, by article: `templates/checklists/<stem>.yaml`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from vismajor.drafting.acts.blanks import Blank
from vismajor.reading.problems import InvalidInput
from vismajor.reading.scalars import Bilingual, Id, Strict, Text
from vismajor.reading.shipped import shipped_folder
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import load_yaml


class Mention(Strict):
    """One mention that an act must hold: the article that asks for it, what it is, where the context holds it.

    `field` is a path through the context, such as `claimants.party.seat`; `source` the id of the article in the law
    pack, where it has one.
    """

    id: Id
    article: Bilingual
    source: Id | None = None
    label: Bilingual
    field: Text


class Checklist(Strict):
    """All mentions of one act."""

    mentions: Annotated[tuple[Mention, ...], Field(min_length=1)]


def checklist(stem: str) -> Checklist:
    """Return the checklist of an act. Raises InvalidInput when the file is not one."""
    source = load_yaml(shipped_folder("templates") / "checklists" / f"{stem}.yaml")
    found, problems = validate(Checklist, source)
    if found is None:
        raise InvalidInput(problems)
    return found


def values_at(context: object, path: str) -> Iterator[object]:
    """Yield what stands at a path of a context, through every entry of the tuples on the way."""
    name, _, rest = path.partition(".")
    if isinstance(context, tuple):
        for item in context:
            yield from values_at(item, path)
    elif not name:
        yield context
    elif dataclasses.is_dataclass(context) and hasattr(context, name):
        yield from values_at(getattr(context, name), rest)


def articles_of(listed: Checklist, context: object, language: str) -> Mapping[Blank, str]:
    """Return, for each blank of a context, the article that asks for it, where the checklist says so."""
    return {value: mention.article.in_language(language) for mention in listed.mentions
            for value in values_at(context, mention.field) if isinstance(value, Blank)}
