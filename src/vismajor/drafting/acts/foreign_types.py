"""Finds in a context whatever an act may not hold: a type that is none of the outgoing ones, nor plain."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterator
from decimal import Decimal

PLAIN = (str, dt.date, Decimal, int, bool, types.NoneType)


def foreign_types(context: type) -> Iterator[str]:
    """Yield every field of a context, as `Class.field: type`, that no act may hold; nothing where it is clean."""
    seen: set[type] = set()
    yield from _foreign(context, seen)


def _foreign(context: type, seen: set[type]) -> Iterator[str]:
    if context in seen:
        return
    seen.add(context)
    frozen = dataclasses.is_dataclass(context) and context.__dataclass_params__.frozen  # type: ignore[attr-defined]
    if not frozen or not context.__module__.startswith(__package__ or ""):
        yield f"{context.__qualname__}: not a frozen dataclass of the acts"
        return
    hints = typing.get_type_hints(context)
    for field in dataclasses.fields(context):
        for part in _parts(hints[field.name]):
            if part in PLAIN:
                continue
            if isinstance(part, type) and dataclasses.is_dataclass(part):
                yield from _foreign(part, seen)
            else:
                yield f"{context.__qualname__}.{field.name}: {part}"


def _parts(hint: typing.Any) -> Iterator[typing.Any]:
    """Yield the types that a hint is made of: through unions, tuples and literals."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType, tuple):
        for argument in typing.get_args(hint):
            if argument is not Ellipsis:
                yield from _parts(argument)
    elif origin is typing.Literal:
        yield from (type(value) for value in typing.get_args(hint))
    else:
        yield hint
