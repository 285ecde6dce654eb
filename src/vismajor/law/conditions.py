"""The short conditions of a rule: `event.usual_risk`, `not x.y`, `event.kind = fire | theft`, `site.x < 50`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic_core import PydanticCustomError, core_schema

Operator = Literal["=", "!=", "<", "<=", ">", ">="]

_PATTERN = re.compile(
    r"^(?P<no>not\s+)?(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?:\s*(?P<op>!=|<=|>=|=|<|>)\s*(?P<values>.+))?$"
)


@dataclass(frozen=True)
class Condition:
    """One condition on a fact (its name has a dot) or on an issue (it has none).

    `values` are alternatives for `=` and `!=`, one bound for the comparisons; a bare name means `= true`.
    """

    name: str
    operator: Operator = "="
    values: tuple[bool | str | Decimal | dt.date, ...] = (True,)

    @property
    def on_issue(self) -> bool:
        """Whether the condition speaks of an issue rather than of a fact."""
        return "." not in self.name

    @property
    def numeric(self) -> bool:
        """Whether the condition compares with a bound."""
        return self.operator in ("<", "<=", ">", ">=")

    def __str__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        """The condition as a pack writes it."""
        if self.values == (True,) and self.operator == "=":
            return self.name
        if self.values == (False,) and self.operator == "=":
            return f"not {self.name}"
        return f"{self.name} {self.operator} " + " | ".join(_text(value) for value in self.values)

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition. Raises ValueError when the text has another form."""
        match = _PATTERN.match(text.strip())
        if not match or (match["no"] and match["op"]):
            raise ValueError(text)
        if not match["op"]:
            return cls(match["name"], "=", (not match["no"],))
        parts = [part.strip() for part in match["values"].split("|")]
        if not all(re.fullmatch(r"[^\s=<>!|]+", part) for part in parts):
            raise ValueError(text)
        values = tuple(_value(part) for part in parts)
        operator: Operator = match["op"]  # type: ignore[assignment]
        if operator not in ("=", "!=") and (len(values) != 1 or isinstance(values[0], bool | str)):
            raise ValueError(text)
        return cls(match["name"], operator, values)

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


def _value(text: str) -> bool | str | Decimal | dt.date:
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        return Decimal(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return dt.date.fromisoformat(text)
    return text


def _text(value: bool | str | Decimal | dt.date) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
