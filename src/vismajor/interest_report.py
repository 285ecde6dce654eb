"""What `interest` prints: interest line by line, so that every line can be recomputed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from rich.table import Table

from vismajor.damages.interest import Interest, late_payment_interest, legal_interest
from vismajor.drafting import typography
from vismajor.drafting.words import cite, words
from vismajor.law.models import Law
from vismajor.law.rates import Creditor, Rates
from vismajor.reading.problems import InvalidInput, problem
from vismajor.screen import WIDTH, render, wrapped


def interest_on(law: Law, principal: Decimal, first: dt.date, until: dt.date, creditor: Creditor, *,
                capitalised: bool, capitalised_from: dt.date | None, enforceable_on: dt.date | None,
                late_payment: bool) -> Interest:
    """Return the interest on a sum: at the legal rate, or for late payment of an invoice between businesses.

    Raises InvalidInput for a pack without rates, for days out of order, and beyond the table of rates.
    """
    rates = _rates_of(law)
    if until < first:
        raise InvalidInput([problem("--until", (1, 1), "date_before", read=until, other=first, what="--from")])
    if capitalised_from is not None and not first <= capitalised_from <= until:
        raise InvalidInput([problem("--capitalised-from", (1, 1), "not_in_period", read=capitalised_from,
                                    expected=f"{first} … {until}")])
    if late_payment:
        return late_payment_interest(principal, first, until, rates)
    return legal_interest(principal, first, until, rates, creditor, capitalised=capitalised,
                          capitalised_from=capitalised_from, enforceable_on=enforceable_on)


def _rates_of(law: Law) -> Rates:
    if law.rates is None:
        raise InvalidInput([problem("--pack", (1, 1), "pack_without_rates", read=law.id)])
    return law.rates


def tell_interest(law: Law, interest: Interest, language: str, late_payment: bool, *, capitalised: bool = False,
                  raised: bool = False) -> str:
    """Tell the lines, what they come to, and the texts: those of capitalisation and of the rise where asked for."""
    say, rates = words(language), _rates_of(law)
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("interest_from", "interest_until", "interest_days", "interest_rate", "interest_principal",
                 "interest_amount"):
        table.add_column(say[name], justify="left" if name in ("interest_from", "interest_until") else "right")
    for line in interest.segments:
        mark = "" if line.confirmed else " *"
        table.add_row(
            typography.short_date(line.first, language), typography.short_date(line.until, language), str(line.days),
            typography.decimal(float(line.rate), language, 2) + mark,
            typography.money(line.principal, language, cents=True), typography.money(line.amount, language, cents=True))
    table.add_section()
    table.add_row(say["total"], "", str(sum(line.days for line in interest.segments)), "", "",
                  typography.money(interest.amount, language, cents=True), style="bold")
    rule = rates.late_payment if late_payment else rates.legal_interest
    cited = [*rule.sources, *(rates.capitalisation.sources if capitalised else ()),
             *(rates.increase.sources if raised else ())]
    texts = say["semicolon"].join(cite(law, name, language) for name in dict.fromkeys(cited))
    notes = [say["interest_formula"].format(days=rule.days_in_year), say["interest_texts"].format(texts=texts)]
    if interest.recovery_fee:
        notes.insert(0, say["interest_fee"].format(
            fee=typography.money(interest.recovery_fee, language, cents=True),
            total=typography.money(interest.total, language, cents=True)))
    if interest.unconfirmed:
        notes.append(say["interest_unconfirmed"])
    return "\n".join([render(table), *(wrapped(note, language) for note in notes)])
