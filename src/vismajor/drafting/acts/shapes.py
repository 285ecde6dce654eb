"""What an expression of a template may be: the type hints of a context, followed through attributes and loops."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import nodes
from pydantic import BaseModel

SCALARS = (str, int, bool, float, Decimal, dt.date)
# Filters that give back what they were given, or one entry of it, or its entries again.
SAME = ("sort", "list", "unique", "reverse", "reject", "select", "selectattr", "rejectattr", "texts", "decisions")
ONE_OF = ("first", "last", "min", "max")


@dataclasses.dataclass(frozen=True)
class Shape:
    """The types that a value may have (`hints`), or a list of something, a loop, a macro, what a method returns.

    With none of these nothing is known of it, and nothing is asked of it.
    """

    hints: tuple[Any, ...] = ()
    items: Shape | None = None
    looped: Shape | None = None
    macro: nodes.Macro | None = None
    home: Path | None = None
    around: dict[str, Shape] | None = None
    returned: Shape | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the classes that it may be."""
        return tuple(hint.__qualname__ for hint in self.hints if _is_class(hint))

    @property
    def scalar(self) -> bool:
        """Whether it is surely something that cannot be gone through."""
        return bool(self.hints) and all(hint in SCALARS or _is_class(hint) for hint in self.hints)

    def known(self) -> list[str]:
        """Return the names that its classes have."""
        return sorted({name for hint in self.hints if _is_class(hint) for name in _members(hint)})

    def attribute(self, name: str) -> tuple[Shape, list[str]]:
        """Return what an attribute is, and the names of the classes that lack it."""
        if self.looped is not None:
            return (self.looped, []) if name in ("previtem", "nextitem") else (UNKNOWN, [])
        found, lacking = UNKNOWN, list[str]()
        for hint in self.hints:
            if not _is_class(hint):
                if not (isinstance(hint, type) and hasattr(hint, name)) and hint in SCALARS:
                    lacking.append(hint.__name__)
            elif name in _members(hint):
                found = _member(hint, name) if found is UNKNOWN else found.or_(_member(hint, name))
            else:
                lacking.append(hint.__qualname__)
        return found, lacking

    def item(self) -> Shape:
        """Return what its entries are."""
        if self.items is not None:
            return self.items
        entries = [entry for hint in self.hints for entry in _entries(hint)]
        return _join([of(entry) for entry in entries])

    def at(self, position: int) -> Shape:
        """Return what stands at a position: of a tuple of fixed length its own type."""
        parts = [typing.get_args(hint) for hint in self.hints if typing.get_origin(hint) is tuple]
        fixed = [part[position] for part in parts if Ellipsis not in part and position < len(part)]
        return _join([of(one) for one in fixed]) if fixed else UNKNOWN

    def through(self, name: str) -> Shape:
        """Return what a filter makes of it."""
        if name in SAME:
            return Shape(items=self.item())
        if name in ONE_OF:
            return self.item()
        if name in ("batch", "slice"):
            return Shape(items=Shape(items=self.item()))
        return UNKNOWN

    def or_(self, other: Shape) -> Shape:
        """Return what is the one or the other."""
        if not self.hints or not other.hints:
            return UNKNOWN
        return Shape(tuple(dict.fromkeys((*self.hints, *other.hints))))


UNKNOWN = Shape()
TEXT = Shape()  # rendered text: anything may be done with it


def of(hint: Any) -> Shape:
    """Return the shape of a type hint; None among alternatives is left to the template's own tests."""
    return Shape(tuple(part for part in _alternatives(hint) if part is not types.NoneType))


def _alternatives(hint: Any) -> list[Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return [part for argument in typing.get_args(hint) for part in _alternatives(argument)]
    if typing.get_origin(hint) is typing.Literal:
        return [str]
    if typing.get_origin(hint) is typing.Annotated:
        return _alternatives(typing.get_args(hint)[0])
    return [] if hint is Any else [hint]


def _join(shapes: list[Shape]) -> Shape:
    if not shapes or not all(shape.hints for shape in shapes):
        return UNKNOWN
    return Shape(tuple(dict.fromkeys(hint for shape in shapes for hint in shape.hints)))


def _entries(hint: Any) -> list[Any]:
    arguments = [one for one in typing.get_args(hint) if one is not Ellipsis]
    return arguments if typing.get_origin(hint) in (tuple, list, frozenset, set) else []


def _is_class(hint: Any) -> bool:
    return isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, BaseModel))


def _members(owner: type) -> set[str]:
    """Return the fields, properties and methods of a class that a template may read."""
    fields = {one.name for one in dataclasses.fields(owner)} if dataclasses.is_dataclass(owner) else set(
        owner.model_fields) if issubclass(owner, BaseModel) else set()
    return fields | {name for name in dir(owner) if not name.startswith("_")}


def _member(owner: type, name: str) -> Shape:
    hints = typing.get_type_hints(owner)
    if name in hints:
        return of(hints[name])
    found = next((vars(one)[name] for one in owner.__mro__ if name in vars(one)), None)
    if isinstance(found, property) and found.fget is not None:
        return of(typing.get_type_hints(found.fget).get("return", Any))
    if callable(found):
        return Shape(returned=of(typing.get_type_hints(found).get("return", Any)))
    return UNKNOWN
