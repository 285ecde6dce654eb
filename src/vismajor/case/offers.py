"""Offers of either side: what is given for what, until when it may be accepted, and what became of it."""

from __future__ import annotations

import calendar
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
    left out). `until`: last day to accept, where its author fixed one. Without it an offer lapses after a reasonable
    time (C. civ. 1117): `open_for_months`, or as many as the law pack says, counted from its day or from
    `maintained_on`, the last day on which its author was heard to hold to it.
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
    maintained_on: IsoDate | None = None
    open_for_months: Annotated[int, Field(ge=1, le=120, strict=True)] | None = None
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

    def since(self, day: dt.date) -> dt.date:
        """Return the last day, as known on `day`, on which its author made it or held to it."""
        held = self.maintained_on
        return held if held is not None and self.date <= held <= day else self.date

    def last_day(self, day: dt.date, months: int | None) -> dt.date | None:
        """Return the last day to accept it, as known on `day`: its term, else the end of a reasonable time.

        `months`: how long that is where the offer does not say; None: an offer without a term stays open (None).
        """
        open_for = self.open_for_months or months
        if self.until is not None or open_for is None:
            return self.until
        return months_later(self.since(day), open_for)

    def open_on(self, day: dt.date, months: int | None) -> bool:
        """Tell whether it may still be accepted on a day: made by then, not lapsed, not answered yet.

        `months`: the reasonable time after which one without a term has lapsed.
        """
        answered = self.answered is not None and self.answered.date <= day
        last = self.last_day(day, months)
        return self.date <= day and (last is None or day <= last) and not answered


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
