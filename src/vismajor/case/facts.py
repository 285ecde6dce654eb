"""Facts as a case states them, and what a fact may be (declared elsewhere: the case knows only names and types)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import Estimate, Id, Number, Share, Status, Strict, Text

FactType = Literal["bool", "choice", "number", "date", "money", "name"]
FactValue = bool | str | Decimal | dt.date


@dataclass(frozen=True)
class FactDeclaration:
    """What a fact may be: its type, the values of a choice, where it may be stated, whether it may differ per duty.

    `scope` is common, contract, claimant, or the kind of thing of which a claimant may have several.
    """

    name: str
    type: FactType
    scope: str
    values: tuple[str, ...] = ()
    unit: str = ""
    per_duty: bool = False


def _single(value: Any) -> Any:
    if isinstance(value, bool | int | Decimal | str):
        return value
    raise PydanticCustomError("not_a_value", "a single value")


def _two_bounds(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2:
        return value
    raise PydanticCustomError("fact_without_value", "between: [low, high]")


Stated = Annotated[bool | int | Decimal | str, BeforeValidator(_single)]


class Fact(Strict):
    """One fact as counsel states it.

    `likelihood` is the chance that the court finds it so (a default per status where left out), `otherwise` what it
    finds else. A number may be an estimate or lie `between` two values. A bare value in the file is an admitted fact.
    """

    value: Stated | None = None
    between: Annotated[tuple[Number, Number], BeforeValidator(_two_bounds)] | None = None
    estimate: Estimate | None = None
    status: Status = "admitted"
    likelihood: Share | None = None
    otherwise: Stated | None = None
    exhibits: tuple[Id, ...] = ()
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_bare_value(cls, data: Any) -> Any:
        return data if isinstance(data, dict) else {"value": data}

    @model_validator(mode="after")
    def _has_one_value(self) -> Fact:
        given = [item for item in (self.value, self.between, self.estimate) if item is not None]
        if len(given) != 1 or (self.between and self.between[0] > self.between[1]):
            raise PydanticCustomError("fact_without_value", "exactly one of value, between (low, high), estimate")
        return self
