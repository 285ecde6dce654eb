"""Facts as a case states them, and what a fact may be (declared elsewhere: the case knows only names and types)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import Bilingual, Estimate, Id, IsoDate, Number, Share, Status, Strict, Text, is_date

FactType = Literal["bool", "choice", "number", "date", "money", "name"]
FactValue = bool | str | Decimal | dt.date


@dataclass(frozen=True)
class FactDeclaration:
    """What a fact may be: its type, the values of a choice, where it may be stated, whether it may differ per duty.

    `scope` is common, contract, claimant, or the kind of thing of which a claimant may have several. A date that is
    `done` lies between the incident and the date of knowledge, one that is `past` not after the latter; a date cannot
    come before the fact that it is `not_before`.
    """

    name: str
    type: FactType
    scope: str
    values: tuple[str, ...] = ()
    unit: str = ""
    per_duty: bool = False
    computed: bool = False
    done: bool = False
    past: bool = False
    not_before: tuple[str, ...] = ()


def _single(value: Any) -> Any:
    if isinstance(value, bool | int | Decimal | str):
        return value
    raise PydanticCustomError("not_a_value", "a single value")


def _two_bounds(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2:
        return value
    raise PydanticCustomError("fact_without_value", "between: [low, high]")


def _of_dates(value: Any) -> str:
    """Tell whether bounds are dates or numbers, by the first that is written."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list | tuple) else []
    if isinstance(value, Estimate | DateEstimate):
        parts = [value.low]
    return "dates" if any(is_date(part) for part in parts) else "numbers"


class DateEstimate(Strict):
    """A date stated as low, likely, high: drawn from the triangular distribution on these three, in whole days."""

    low: IsoDate
    likely: IsoDate
    high: IsoDate

    @model_validator(mode="after")
    def _in_order(self) -> DateEstimate:
        if not self.low <= self.likely <= self.high:
            raise PydanticCustomError("estimate_out_of_order", "low <= likely <= high")
        return self


Bounds = Annotated[
    Annotated[tuple[Number, Number], Tag("numbers")] | Annotated[tuple[IsoDate, IsoDate], Tag("dates")],
    Discriminator(_of_dates), BeforeValidator(_two_bounds),
]
Estimated = Annotated[
    Annotated[Estimate, Tag("numbers")] | Annotated[DateEstimate, Tag("dates")], Discriminator(_of_dates)
]
Stated = Annotated[bool | int | Decimal | str, BeforeValidator(_single)]


class Fact(Strict):
    """One fact as counsel states it.

    `likelihood` is the chance that the court finds it so (a default per status where left out), `otherwise` what it
    finds else. A number or a date may be an estimate or lie `between` two values. A bare value in the file is an
    admitted fact. `note` is for our own eyes; `reason` is what our acts say for it, as a sentence without final point.
    """

    value: Stated | None = None
    between: Bounds | None = None
    estimate: Estimated | None = None
    status: Status = "admitted"
    likelihood: Share | None = None
    otherwise: Stated | None = None
    exhibits: tuple[Id, ...] = ()
    note: Text | None = None
    reason: Bilingual | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_bare_value(cls, data: Any) -> Any:
        return data if isinstance(data, dict) else {"value": data}

    @model_validator(mode="after")
    def _has_one_value(self) -> Fact:
        given = [item for item in (self.value, self.between, self.estimate) if item is not None]
        if len(given) != 1:
            raise PydanticCustomError("fact_without_value", "exactly one of value, between (low, high), estimate")
        if self.between and self.between != tuple(sorted(self.between)):
            raise PydanticCustomError("bounds_out_of_order", "the lower bound first")
        return self


Facts = dict[str, Fact]
