"""The contracts of a case: terms that several claimants may have signed, their clauses, each one's own contract."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.case.facts import Facts
from vismajor.reading.scalars import Bilingual, Id, IsoDate, Money, Paragraphs, PartialDate, Strict, Text


class Cap(Strict):
    """A clause that caps liability: an amount, or so many months of the fees of the services affected.

    `applies`: after the claimant's own share of the loss was taken off (it limits the debt), or before, if it says so.
    """

    amount: Money | None = None
    months_of_fees: Annotated[int, Field(ge=1, le=120, strict=True)] | None = None
    applies: Literal["after_share", "before_share"] = "after_share"

    @model_validator(mode="after")
    def _has_one_limit(self) -> Cap:
        if (self.amount is None) == (self.months_of_fees is None):
            raise PydanticCustomError("cap_without_limit", "exactly one of amount, months_of_fees")
        return self


def _without_word(number: str) -> str:
    """Return the number of a clause without the word that acts put before it: `7.7` for `article 7.7`."""
    return re.sub(r"^(articles?|art\.|clauses?)\s*", "", number, flags=re.IGNORECASE)


class Clause(Strict):
    """A clause of the terms as an act cites and quotes it: its number, its own words, the facts that it shows.

    `text` is quoted where one of the facts under `shows` is first argued, `number` cited wherever one of them is.
    `exhibits` are those that hold the clause, of the terms where left out.
    """

    number: Annotated[Text, AfterValidator(_without_word)] | None = None
    text: Paragraphs | None = None
    shows: Annotated[tuple[Text, ...], Field(min_length=1)]
    exhibits: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _has_number_or_text(self) -> Clause:
        if self.number is None and self.text is None:
            raise PydanticCustomError("clause_without_content", "number, text, or both")
        return self


class Terms(Strict):
    """Standard or negotiated terms that several claimants may have signed, with the clauses that counsel cites."""

    id: Id
    title: Bilingual
    version: PartialDate
    cap: Cap | None = None
    facts: Facts = {}
    clauses: tuple[Clause, ...] = ()
    exhibits: tuple[Id, ...] = ()


class Contract(Strict):
    """A claimant's own contract: which terms, when made, when last renewed, what it cost, what it says of its own.

    `id` tells the contracts of one claimant apart; `exhibits` are the contract itself, not its general terms.
    """

    id: Id | None = None
    terms: Id
    concluded: IsoDate
    renewed: IsoDate | None = None
    monthly_fees: Money
    facts: Facts = {}
    exhibits: tuple[Id, ...] = ()

    @property
    def governing_date(self) -> dt.date:
        """The date that fixes the law and what was foreseeable: a renewal makes a new contract (C. civ. 1214, 1215)."""
        return self.renewed or self.concluded
