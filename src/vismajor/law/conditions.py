"""The short conditions of a rule: `event.usual_risk`, `not x.y`, `event.kind = fire | theft`, `site.x < 50`.

Facts of one of several items (a backup, a server) speak of the same item throughout a rule; `any` or `every` before a
condition asks all of them. Two facts may be compared: `backup.building = server.building`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic_core import PydanticCustomError, core_schema

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
Quantifier = Literal["", "any", "every"]

_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*"
_FACT = re.compile(r"^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$")
_PATTERN = re.compile(
    rf"^(?:(?P<quantifier>any|every)\s+)?(?P<no>not\s+)?(?P<name>{_NAME})(?:\s*(?P<op>!=|<=|>=|=|<|>)\s*(?P<values>.+))?$"
)
_ITEM = "#"


@dataclass(frozen=True)
class OtherFact:
    """The fact with which a condition compares, where it compares two facts."""

    name: str

    def __str__(self) -> str:
        return self.name


Value = bool | str | Decimal | dt.date | OtherFact


def of_item(fact: str, item: str) -> str:
    """Return the name of a fact of one item: `backup.building#nightly` (of the only, unnamed one: the fact's own)."""
    return f"{fact}{_ITEM}{item}" if item else fact


def fact_of(name: str) -> str:
    """Return the declared name of a fact that may be an item's."""
    return name.partition(_ITEM)[0]


def item_of(name: str) -> str:
    """Return the id of the item of which a fact is stated, or nothing."""
    return name.partition(_ITEM)[2]


@dataclass(frozen=True)
class Condition:
    """One condition on a fact (its name has a dot) or on an issue (it has none).

    `values` are alternatives for `=` and `!=`, one bound for the comparisons; a bare name means `= true`. Once bound to
    an item, the name says which: `backup.building#nightly`; `among` the items that any or every look at.
    """

    name: str
    operator: Operator = "="
    values: tuple[Value, ...] = (True,)
    quantifier: Quantifier = ""
    among: tuple[str, ...] | None = None

    @cached_property
    def on_issue(self) -> bool:
        """Whether the condition speaks of an issue rather than of a fact."""
        return "." not in self.name

    @property
    def fact(self) -> str:
        """The declared name of the fact, without the item."""
        return fact_of(self.name)

    @property
    def other(self) -> str | None:
        """The name of the fact with which this one is compared, or None."""
        return self.values[0].name if isinstance(self.values[0], OtherFact) else None

    @cached_property
    def numeric(self) -> bool:
        """Whether the condition compares with a bound."""
        return self.operator in ("<", "<=", ">", ">=")

    @property
    def names(self) -> tuple[str, ...]:
        """The facts, or the issue, that the condition speaks of."""
        return (self.name,) if self.other is None else (self.name, self.other)

    @property
    def plain(self) -> Condition:
        """The condition without the items to which it was bound."""
        if self.other is not None:
            return replace(self, name=self.fact, values=(OtherFact(fact_of(self.other)),))
        return self if self.fact == self.name else replace(self, name=self.fact)

    def of(self, name: str) -> Condition:
        """Return the condition asked of one fact (an item's), without any or every."""
        return replace(self, name=name, quantifier="", among=None)

    def bound(self, items: dict[str, str]) -> Condition:
        """Return the condition for given items: `items` maps a declared fact's name to the item it is about."""
        name = of_item(self.name, items.get(self.name, ""))
        if self.other is None:
            return self if name == self.name else replace(self, name=name)
        return replace(self, name=name, values=(OtherFact(of_item(self.other, items.get(self.other, ""))),))

    def __str__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        """The condition as a pack writes it."""
        before = f"{self.quantifier} " if self.quantifier else ""
        if self.operator == "=" and self.values in ((True,), (False,)):
            return before + ("" if self.values[0] else "not ") + self.name
        return f"{before}{self.name} {self.operator} " + " | ".join(_text(value) for value in self.values)

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition. Raises ValueError when the text has another form."""
        match = _PATTERN.match(text.strip())
        if not match or (match["no"] and match["op"]):
            raise ValueError(text)
        quantifier: Quantifier = match["quantifier"] or ""  # type: ignore[assignment]
        if not match["op"]:
            return cls(match["name"], "=", (not match["no"],), quantifier)
        parts = [part.strip() for part in match["values"].split("|")]
        if not all(re.fullmatch(r"[^\s=<>!|]+", part) for part in parts):
            raise ValueError(text)
        values = tuple(_value(part) for part in parts)
        operator: Operator = match["op"]  # type: ignore[assignment]
        if operator not in ("=", "!=") and (len(values) != 1 or isinstance(values[0], bool | str)):
            raise ValueError(text)
        if len(values) > 1 and any(isinstance(value, OtherFact) for value in values):
            raise ValueError(text)
        return cls(match["name"], operator, values, quantifier)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Let pydantic read a condition from its text."""
        return core_schema.no_info_plain_validator_function(_validate)


def _validate(value: Any) -> Condition:
    if isinstance(value, Condition):
        return value
    try:
        return Condition.parse(value)
    except (ValueError, AttributeError):
        raise PydanticCustomError("bad_condition", "a condition") from None


def _value(text: str) -> Value:
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        return Decimal(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return dt.date.fromisoformat(text)
    return OtherFact(text) if _FACT.match(text) else text


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
