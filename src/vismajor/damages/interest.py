"""Interest: at the legal rate on what a court awards or gives back, and for late payment on invoices.

Simple interest, half-year by half-year: principal × days × rate / (days in the year × 100), each line rounded to the
cent as the law pack says. The first day counts and the last one (the day of payment) does not: from 1 May to 1 July
are 61 days. Every line can be recomputed from what it shows.

Sources of the method: C. civ. 1231-6, 1231-7, 1343-2, 1344-1; C. mon. fin. L. 313-2, L. 313-3; C. com. L. 441-10. The
rates, the points and the delays themselves are data of the law pack (`Rates`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.damages.interest_lines import NOTHING, Segment, Stretch, add_up, day_after, legal_lines, rounding
from vismajor.law.rates import Creditor, Rates
from vismajor.reading.problems import InvalidInput, nearest, problem


@dataclass(frozen=True)
class Interest:
    """Interest in euros with its lines; `recovery_fee` is the fixed fee of an invoice paid late, else nil."""

    principal: Decimal
    segments: tuple[Segment, ...]
    recovery_fee: Decimal = NOTHING

    @property
    def amount(self) -> Decimal:
        """The interest alone, in euros."""
        return self.segments[-1].cumulative if self.segments else NOTHING

    @property
    def total(self) -> Decimal:
        """Principal, interest and recovery fee together, in euros."""
        return self.principal + self.amount + self.recovery_fee

    @property
    def unconfirmed(self) -> bool:
        """Whether a rate was used that is not confirmed."""
        return any(not segment.confirmed for segment in self.segments)


def legal_interest(principal: Decimal, first: dt.date, until: dt.date, rates: Rates, creditor: Creditor, *,
                   capitalised: bool = False, capitalised_from: dt.date | None = None,
                   enforceable_on: dt.date | None = None) -> Interest:
    """Return the interest at the legal rate on `principal` euros, from `first` (counted) to `until` (not counted).

    `creditor` decides the rate: a business, or a natural person who does not act for business needs. With
    `capitalised`, the interest of each whole year that has run since `first` joins the principal when that year is
    over, but not before `capitalised_from`, the day on which it was asked for; what runs for less than a year never
    does (without `capitalised` that day counts for nothing). From the day after two months have run since
    `enforceable_on` the rate is higher (delay and points as the pack says; a delay in months ends with the day of the
    same number). Nothing is due where `until` is not after `first`.

    Raises InvalidInput where a rate is needed that the table does not have; see `Rates.held_until` for forecasts.
    """
    exact = rounding(rates.legal_interest.rounding)
    lines = legal_lines(principal, first, until, rates, creditor, capitalised, capitalised_from, enforceable_on, exact)
    return Interest(principal, tuple(lines))


def late_payment_interest(principal: Decimal, due: dt.date, until: dt.date, rates: Rates) -> Interest:
    """Return interest on an invoice between businesses: the central bank's rate and the points that the pack adds.

    From `due`, the first day of delay (counted), to `until`, the day of payment (not counted). The recovery fee is due
    once for each invoice paid late, however short the delay. Raises InvalidInput where a rate is needed that the table
    does not have.
    """
    rule = rates.late_payment
    if until <= due:
        return Interest(principal, ())
    stretches = [Stretch(max(row.from_, due), min(day_after(row.to), until), row.rate + rule.points, row.confirmed)
                 for row in rates.central_bank_between(due, until)]
    base = Decimal(rule.days_in_year * 100)
    lines = add_up(principal, stretches, base, rounding(rule.rounding))
    return Interest(principal, tuple(lines), rule.recovery_fee)


def interest_start(kind_of_sum: str, notice: dt.date | None, judgment: dt.date | None, rates: Rates,
                   decided: dt.date | None = None) -> dt.date | None:
    """Return the day from which interest on a kind of sum runs, or None while that act has not happened.

    A sum of money that was owed (fees given back, an invoice) bears interest from formal notice, damages from the
    judgment that fixes them (C. civ. 1231-6, 1344-1; 1231-7); the pack says which. `decided`: the day that the court
    chose itself, which prevails where the pack lets it. Raises InvalidInput for a kind that the pack does not have.
    """
    if kind_of_sum not in rates.runs_from:
        raise InvalidInput([problem(rates.file, (1, 1), "sum_of_unknown_kind", read=kind_of_sum,
                                    nearest=nearest(kind_of_sum, rates.runs_from))])
    rule = rates.runs_from[kind_of_sum]
    if rule.or_decided and decided:
        return decided
    return {"notice": notice, "judgment": judgment}[rule.act]


def interest_factor(first: dt.date, until: dt.date, rates: Rates, creditor: Creditor, *, capitalised: bool = False,
                    capitalised_from: dt.date | None = None, enforceable_on: dt.date | None = None) -> float:
    """Return the interest on one euro, unrounded: what a column of awards is multiplied by. See `legal_interest`."""
    lines = list(legal_lines(Decimal(1), first, until, rates, creditor, capitalised, capitalised_from, enforceable_on,
                             lambda amount: amount))
    return float(lines[-1].cumulative) if lines else 0.0
