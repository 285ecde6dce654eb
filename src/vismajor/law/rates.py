"""Rates and sums that the law fixes for a time: legal rate, late payment, contribution of those who sue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import Flag, Id, IsoDate, Money, NotNegative, Period, Reading, Strict, Text
from vismajor.reading.yaml_source import Place, YamlSource

Creditor = Literal["business", "person"]
Rounding = Literal["half_up", "down"]
Act = Literal["judgment", "notice"]
Sources = Annotated[tuple[Id, ...], Field(min_length=1)]
Months = Annotated[int, Field(ge=1, le=120, strict=True)]
DaysInYear = Annotated[int, Field(ge=360, le=366, strict=True)]
R = TypeVar("R", bound="Row")


class RowSource(Strict):
    """Where a row was read: date and number of the order that fixes it, the page, how far the order itself was read."""

    order: IsoDate | None = None
    number: Text | None = None
    url: Text | None = None
    read: Reading


class Row(Strict):
    """What holds from one day to another, both included. `confirmed: false`: read in no text that counts."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate
    source: RowSource
    confirmed: Flag = True

    @model_validator(mode="after")
    def _in_order(self) -> Row:
        if self.to < self.from_:
            raise PydanticCustomError("dates_out_of_order", "an end that is not before the beginning")
        if self.confirmed and (self.source.url is None or self.source.read == "not"):
            raise PydanticCustomError("rate_not_read", "a row that somebody read, or confirmed: false")
        return self


class LegalRate(Row):
    """The legal rate of a half-year, in percent a year, by the quality of the creditor."""

    person: NotNegative
    business: NotNegative

    def owed_to(self, creditor: Creditor) -> NotNegative:
        """Return the rate of what is owed to `creditor`."""
        return self.person if creditor == "person" else self.business


class CentralBankRate(Row):
    """The rate of the central bank on which late payment rests, in percent a year."""

    rate: NotNegative


class LegalInterest(Strict):
    """How a line of legal interest is computed: principal × days × rate / (days in year × 100)."""

    days_in_year: DaysInYear
    rounding: Rounding
    sources: Sources


class Increase(Strict):
    """By how many points the legal rate rises, so many months after a decision became enforceable."""

    points: NotNegative
    after_months: Months
    sources: Sources


class Capitalisation(Strict):
    """For how many months interest must be due before it bears interest."""

    months: Months
    sources: Sources


class RunsFrom(Strict):
    """The act from which interest on a kind of sum runs; `or_decided`: the court may choose another day."""

    act: Act
    or_decided: Flag = False
    sources: Sources


class LatePayment(LegalInterest):
    """Points above the central bank's rate on an invoice paid late, and the fixed fee for recovery, in euros."""

    points: NotNegative
    recovery_fee: Money


class Band(Strict):
    """Above and up to which size, in euros, somebody pays `rate` percent of the claim, and `at_most` how many euros."""

    above: Money
    up_to: Money | None = None
    profit_above: Money | None = None
    rate: NotNegative
    at_most: Money


class Contribution(Strict):
    """What those who file a claim before certain courts pay, by their size; see `rates.yaml` for each key."""

    in_force: Period
    courts: Annotated[tuple[Text, ...], Field(min_length=1)]
    due_above: Money
    employees_from: Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
    companies: Annotated[tuple[Band, ...], Field(min_length=1)]
    persons: Annotated[tuple[Band, ...], Field(min_length=1)]
    sources: Sources


class Costs(Strict):
    """On which texts the loser bears the taxable costs, and a part of the winner's other costs that the court fixes."""

    taxable: Sources
    irrecoverable: Sources


class RatesFile(Strict):
    """What `rates.yaml` holds."""

    legal_rate: Annotated[tuple[LegalRate, ...], Field(min_length=1)]
    legal_interest: LegalInterest
    increase: Increase
    capitalisation: Capitalisation
    runs_from: Annotated[dict[str, RunsFrom], Field(min_length=1)]
    central_bank_rate: Annotated[tuple[CentralBankRate, ...], Field(min_length=1)]
    late_payment: LatePayment
    contribution: Contribution
    costs: Costs

    def sources(self) -> Iterator[tuple[tuple[str | int, ...], Id]]:
        """Yield every source that is cited, with its path in the file."""
        named: dict[tuple[str | int, ...], Sources] = {
            (name,): getattr(self, name).sources
            for name in ("legal_interest", "increase", "capitalisation", "late_payment", "contribution")}
        named |= {("runs_from", kind): start.sources for kind, start in self.runs_from.items()}
        named = {(*path, "sources"): sources for path, sources in named.items()}
        named |= {("costs", "taxable"): self.costs.taxable, ("costs", "irrecoverable"): self.costs.irrecoverable}
        for path, sources in named.items():
            yield from (((*path, index), source) for index, source in enumerate(sources))


class Rates(RatesFile):
    """The rates of a pack, with the places of the first and the last row of each table, for what lies beyond them."""

    file: str
    ends: dict[str, tuple[Place, Place]]

    def legal_between(self, first: dt.date, until: dt.date) -> tuple[LegalRate, ...]:
        """Return the legal rates from `first` to the day before `until`. Raises InvalidInput beyond the table."""
        return self._between("legal_rate", self.legal_rate, first, until)

    def central_bank_between(self, first: dt.date, until: dt.date) -> tuple[CentralBankRate, ...]:
        """Return the central bank's rates from `first` to the day before `until`. Raises InvalidInput as above."""
        return self._between("central_bank_rate", self.central_bank_rate, first, until)

    def _between(self, table: str, rows: Sequence[R], first: dt.date, until: dt.date) -> tuple[R, ...]:
        problems: list[Problem] = []
        if first < rows[0].from_:
            problems.append(problem(self.file, self.ends[table][0], "rate_before_table", read=first,
                                    known=rows[0].from_))
        if until > rows[-1].to + dt.timedelta(days=1):
            problems.append(problem(self.file, self.ends[table][1], "rate_beyond_table", read=until,
                                    known=rows[-1].to))
        if problems:
            raise InvalidInput(problems)
        return tuple(row for row in rows if row.from_ < until and row.to >= first)

    def known_on(self, day: dt.date) -> Rates:
        """Return the rates whose half-year had begun on `day`: what a file assessed on that day may use."""
        return self.model_copy(update={
            name: tuple(row for row in rows if row.from_ <= day) or rows[:1]
            for name, rows in (("legal_rate", self.legal_rate), ("central_bank_rate", self.central_bank_rate))})

    def held_until(self, day: dt.date) -> Rates:
        """Return the rates with the last known row of each table held until `day` (included), as not confirmed.

        A forecast has to say which rates it assumes: what is computed with these rows is marked unconfirmed.
        """
        return self.model_copy(update={"legal_rate": _held(self.legal_rate, day),
                                       "central_bank_rate": _held(self.central_bank_rate, day)})


def _held(rows: Sequence[R], day: dt.date) -> tuple[R, ...]:
    last = rows[-1]
    if day <= last.to:
        return tuple(rows)
    assumed = {"from_": last.to + dt.timedelta(days=1), "to": day, "confirmed": False, "source": RowSource(read="not")}
    return (*rows, last.model_copy(update=assumed))


def place_rates(stated: RatesFile, source: YamlSource) -> tuple[Rates, list[Problem]]:
    """Return the rates with their places, and every gap or overlap between the rows of a table."""
    tables = {name: getattr(stated, name) for name in ("legal_rate", "central_bank_rate")}
    problems = [found for name, rows in tables.items() for found in _uneven(name, rows, source)]
    ends = {name: (source.place((name, 0)), source.place((name, len(rows) - 1))) for name, rows in tables.items()}
    return Rates(**dict(stated), file=source.file, ends=ends), problems


def _uneven(table: str, rows: Sequence[Row], source: YamlSource) -> Iterator[Problem]:
    """Yield a problem at each row that does not begin on the day after the one before ends."""
    for index, (before, row) in enumerate(pairwise(rows), start=1):
        expected = before.to + dt.timedelta(days=1)
        if row.from_ != expected:
            code = "rates_gap" if row.from_ > expected else "rates_overlap"
            yield source.problem((table, index, "from"), code, read=row.from_, expected=expected)
