"""Offers of either side: what is given for what, until when it may be accepted, and what became of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from vismajor.reading.scalars import Bilingual, Flag, Id, IsoDate, Money, Strict

Side = Literal["respondent", "claimants"]


def _addressed(value: object) -> str:
    return "all" if value == "all" else "some"


Addressees = Annotated[
    Annotated[Literal["all"], Tag("all")] | Annotated[tuple[Id, ...], Tag("some")], Discriminator(_addressed)
]


class Answer(Strict):
    """What the other side said to an offer, and when; an offer that was countered no longer stands."""

    date: IsoDate
    how: Literal["accepted", "refused", "countered"]


class Offer(Strict):
    """What one side offered; `to` names the claimants, or `all`. `in_cash` is false for vouchers and free months.

    `amount` is in euros for each claimant named. What is not in cash may be worth less to whoever receives it:
    `agreed_value` is what the receiver counts it for, `cost_to_giver` what it costs whoever gives it (the amount where
    left out). `until`: last day to accept.
    `at_least`: the offer holds only if so many of the claimants concerned accept it. `in_exchange`: what the other side
    must give (a waiver, confidentiality, silence in public, a withdrawal, costs): a settlement takes concessions on
    both sides (C. civ. 2044).
    """

    id: Id
    date: IsoDate
    by: Side
    to: Addressees = "all"
    amount: Money
    form: Bilingual
    in_cash: Flag = True
    agreed_value: Money | None = None
    cost_to_giver: Money | None = None
    until: IsoDate | None = None
    answered: Answer | None = None
    at_least: Annotated[int, Field(strict=True)] | None = None
    in_exchange: tuple[Bilingual, ...] = ()
    exhibits: tuple[Id, ...] = ()

    @property
    def worth(self) -> Decimal:
        """What it is worth to each claimant, in euros: the agreed value of what is not in cash, else the amount."""
        return self.amount if self.agreed_value is None else self.agreed_value

    @property
    def cost(self) -> Decimal:
        """What it costs the giver for each claimant, in euros: the cost stated where it is not cash."""
        return self.amount if self.cost_to_giver is None else self.cost_to_giver

    def concerns(self, claimant: str) -> bool:
        """Tell whether a claimant is among those for whom it is made."""
        return self.to == "all" or claimant in self.to

    def open_on(self, day: dt.date) -> bool:
        """Tell whether it may still be accepted on a day: made by then, not lapsed, not answered yet."""
        answered = self.answered is not None and self.answered.date <= day
        return self.date <= day and (self.until is None or day <= self.until) and not answered
