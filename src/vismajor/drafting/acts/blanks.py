"""What an act must say and the case does not: shown in its place in a draft, refused in a final document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Blank:
    """Something missing: `what` it is, in words, and `path`, where to write it in case.yaml."""

    what: str
    path: str


def blanks_in(value: object) -> Iterator[Blank]:
    """Yield every blank of a context, each once, in the order of its fields."""
    yield from dict.fromkeys(_walk(value))


def _walk(value: object) -> Iterator[Blank]:
    if isinstance(value, Blank):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name))


def path_in_file(path: str) -> tuple[str | int, ...]:
    """Return a path such as `claimants.0.seat` as the steps by which a YAML file is walked."""
    return tuple(int(part) if part.isdigit() else part for part in path.split("."))
