"""Lines of interest: stretches of days at one rate, and what each brings, year upon year where interest joins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise

import numpy as np

from vismajor.law.rates import Creditor, Rates, Rounding
from vismajor.reasoning.time_limits import add_months

CENT, NOTHING = Decimal("0.01"), Decimal("0.00")
Round = Callable[[Decimal], Decimal]


@dataclass(frozen=True)
class Segment:
    """One line: interest on `principal` euros from `first` to the day before `until`, at `rate` percent a year.

    `amount` in euros; `cumulative`: all interest up to the end of this line. `confirmed` is False where the rate was
    read in no text that counts, or is assumed.
    """

    first: dt.date
    until: dt.date
    days: int
    rate: Decimal
    principal: Decimal
    amount: Decimal
    cumulative: Decimal
    confirmed: bool


@dataclass(frozen=True)
class Stretch:
    """Days at one rate: from `first` to the day before `until`, in percent a year."""

    first: dt.date
    until: dt.date
    rate: Decimal
    confirmed: bool


def legal_lines(principal: Decimal, first: dt.date, until: dt.date, rates: Rates, creditor: Creditor,
                capitalised: bool, capitalised_from: dt.date | None, enforceable_on: dt.date | None, exact: Round
                ) -> Iterator[Segment]:
    """Yield the lines of legal interest, cut where the rate or the principal changes."""
    if until <= first:
        return iter(())
    base = Decimal(rates.legal_interest.days_in_year * 100)
    stretches = _legal_stretches(first, until, rates, creditor, enforceable_on)
    if not capitalised:
        return add_up(principal, stretches, base, exact)
    ends = list(_whole_years(first, until, rates.capitalisation.months))
    joins = [max(end, capitalised_from or end) for end in ends]
    years = tuple(zip(ends, joins, strict=True))
    return add_up(principal, _cut(stretches, {*ends, *joins}), base, exact, years)


def _legal_stretches(first: dt.date, until: dt.date, rates: Rates, creditor: Creditor, enforceable_on: dt.date | None
                     ) -> list[Stretch]:
    plain = [Stretch(max(row.from_, first), min(day_after(row.to), until), row.owed_to(creditor), row.confirmed)
             for row in rates.legal_between(first, until)]
    if enforceable_on is None:
        return plain
    raised = raised_from(enforceable_on, rates)
    return [Stretch(one.first, one.until, one.rate + (rates.increase.points if one.first >= raised else 0),
                    one.confirmed) for one in _cut(plain, {raised})]


def raised_from(enforceable_on: dt.date, rates: Rates) -> dt.date:
    """Return the first day of the higher rate: the one after the delay that the pack counts from enforceability."""
    return day_after(_months_later(enforceable_on, rates.increase.after_months))


def _cut(stretches: list[Stretch], days: set[dt.date]) -> list[Stretch]:
    """Return the stretches, cut at each of `days` that falls inside one."""
    found = []
    for one in stretches:
        edges = [one.first, *sorted(day for day in days if one.first < day < one.until), one.until]
        found += [Stretch(a, b, one.rate, one.confirmed) for a, b in pairwise(edges)]
    return found


def add_up(principal: Decimal, stretches: Sequence[Stretch], base: Decimal, exact: Round,
           years: Sequence[tuple[dt.date, dt.date]] = ()) -> Iterator[Segment]:
    """Yield a line for each stretch; the interest of a year that has ended joins the principal on its day.

    `years` holds, for each whole year of interest, its end and the day on which it joins (no stretch crosses either).
    """
    grown = NOTHING
    of_year: dict[dt.date, Decimal] = {}
    for one in stretches:
        bearing = principal + sum((of_year.get(end, NOTHING) for end, joins in years if joins <= one.first), NOTHING)
        days = (one.until - one.first).days
        amount = exact(bearing * days * one.rate / base)
        grown += amount
        if year := next((end for end, _ in years if one.until <= end), None):
            of_year[year] = of_year.get(year, NOTHING) + amount
        yield Segment(one.first, one.until, days, one.rate, bearing, amount, grown, one.confirmed)


def _whole_years(first: dt.date, until: dt.date, months: int) -> Iterator[dt.date]:
    """Yield the end of each whole year of interest, up to `until`: the same day of the month as `first`."""
    count = 1
    while (end := _months_later(first, months * count)) <= until:
        yield end
        count += 1


def _months_later(day: dt.date, months: int) -> dt.date:
    return dt.date.fromordinal(int(add_months(np.asarray(float(day.toordinal())), np.asarray(float(months)))))


def day_after(day: dt.date) -> dt.date:
    """Return the next day."""
    return day + dt.timedelta(days=1)


def rounding(how: Rounding) -> Round:
    """Return the function that rounds an amount to the cent."""
    mode = ROUND_HALF_UP if how == "half_up" else ROUND_DOWN
    return lambda amount: amount.quantize(CENT, mode)
