"""The terms of a settlement (C. civ. 2044 to 2052) as counsel decides them, and their checks on the raw data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from vismajor.case.stated import ids
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.scalars import Bilingual, Flag, Id, IsoDate, Money, Strict, Text, as_date
from vismajor.reading.yaml_source import Path_, YamlSource

Days = Annotated[int, Field(ge=1, le=365, strict=True)]
Count = Annotated[int, Field(ge=1, le=1000, strict=True)]
AT: Path_ = ("acts", "settlement")
WHOLE, CENT = Decimal(100), Decimal("0.01")


class Concessions(Strict):
    """What each side gives up (C. civ. 2044), as infinitive clauses: `renoncer au surplus de leurs demandes`.

    `to`: what the respondent gives to one claimant alone, by its id.
    """

    claimants: tuple[Bilingual, ...] = ()
    respondent: tuple[Bilingual, ...] = ()
    to: dict[Id, tuple[Bilingual, ...]] = {}


class Instalment(Strict):
    """One payment of several: so many days after the settlement takes effect, this part of each sum in percent."""

    days: Days
    percent: Money


class SettlementTerms(Strict):
    """The terms of a settlement: a sum in euros for each claimant, or a `total` and how it is `split` (in percent).

    `vat`: outside its field (an indemnity), or `on_top`. `late_rate`: yearly interest on late payment, in percent; the
    legal rate where it is left out. `at_least`: so many claimants must sign by `sign_by` for it to take effect.
    `forfeiture`: one instalment unpaid makes all of them due. `on_default`: what non-performance leads to: what the law
    says (`common_law`), performance alone (`enforce_only`), or the end of the settlement (`resolution`, C. civ. 1225),
    `default_days` after a notice. `claims_stated`: whether the agreement says what each claimant claimed. `advances`:
    whether what the respondent has already paid is `included` in the sums or comes `on_top`.
    """

    date: IsoDate | None = None
    amounts: dict[Id, Money] = {}
    total: Money | None = None
    split: dict[Id, Money] = {}
    payment_days: Days | None = None
    instalments: tuple[Instalment, ...] = ()
    forfeiture: Flag = False
    payment_account: Text | None = None
    vat: Literal["outside", "on_top"] = "outside"
    late_rate: Money | None = None
    advances: Literal["included", "on_top"] | None = None
    on_default: Literal["common_law", "enforce_only", "resolution"] = "common_law"
    default_days: Days | None = None
    background: tuple[Bilingual, ...] = ()
    claims_stated: Flag = False
    concessions: Concessions = Concessions()
    confidential: Flag = True
    homologation: Flag = False
    at_least: Count | None = None
    sign_by: IsoDate | None = None
    signature: Literal["paper", "electronic"] = "paper"
    signed_at: Text | None = None

    @property
    def sum(self) -> Decimal | None:
        """The whole sum, in euros, or None where none is stated."""
        return sum(self.amounts.values(), Decimal("0.00")) if self.amounts else self.total

    def parties(self, claimants: Sequence[str]) -> tuple[str, ...]:
        """Return which claimants settle, in their order: those who have a sum or a part, all where nobody has."""
        named = self.amounts or self.split
        return tuple(one for one in claimants if not named or one in named)

    def shares(self, claimants: Sequence[str]) -> dict[str, Decimal | None]:
        """Return the sum of each claimant who settles, in euros to the cent; None where counsel has not said it.

        A total that is split adds up to the cent: cents left over go to the largest remainders.
        """
        settling = self.parties(claimants)
        if self.amounts:
            return {one: self.amounts[one] for one in settling}
        if self.total is None:
            return dict.fromkeys(settling)
        if self.split:
            return dict(apportioned(self.total, {one: self.split[one] for one in settling}))
        return {one: self.total if len(settling) == 1 else None for one in settling}


def apportioned(total: Decimal, percents: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the parts of a sum, in euros to the cent, which add up to it where the percents add up to 100."""
    exact = {name: total * percent / WHOLE for name, percent in percents.items()}
    parts = {name: value.quantize(CENT, ROUND_FLOOR) for name, value in exact.items()}
    left = int((sum(exact.values(), Decimal(0)) - sum(parts.values(), Decimal(0))) / CENT)
    for name in sorted(exact, key=lambda one: parts[one] - exact[one])[:left]:
        parts[name] += CENT
    return parts


def check_settlement(source: YamlSource, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Check the terms on the raw data: who is named, sums that add up, a concession for each, the threshold, days."""
    acts = data.get("acts")
    terms = acts.get("settlement") if isinstance(acts, dict) else None
    if not isinstance(terms, dict):
        return
    known = ids(data, "claimants")
    yield from _check_names(source, terms, known)
    yield from _check_sums(source, terms)
    yield from _check_shares(source, terms)
    yield from _check_payments(source, terms)
    yield from _check_effect(source, terms, known)


def _check_names(source: YamlSource, terms: Mapping[str, Any], known: frozenset[str] | None) -> Iterator[Problem]:
    conceded = terms.get("concessions")
    named = [(("amounts",), terms.get("amounts")), (("split",), terms.get("split")),
             (("concessions", "to"), conceded.get("to") if isinstance(conceded, dict) else None)]
    for at, entries in named:
        for name in entries if isinstance(entries, dict) else ():
            if known is not None and name not in known:
                yield source.problem((*AT, *at, name), "unknown_claimant", read=name, nearest=nearest(str(name), known))


def _check_sums(source: YamlSource, terms: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that amounts add up to the total, and the parts of a total to the whole."""
    amounts, parts, total = _numbers(terms.get("amounts")), _numbers(terms.get("split")), _number(terms.get("total"))
    if amounts and parts:
        yield source.problem((*AT, "split"), "settlement_split_of_amounts")
    elif parts and total is None:
        yield source.problem((*AT, "split"), "settlement_split_of_nothing")
    elif parts and sum(parts.values()) != WHOLE:
        yield source.problem((*AT, "split"), "settlement_split_not_whole", read=sum(parts.values()))
    if amounts and total is not None and sum(amounts.values()) != total:
        yield source.problem((*AT, "total"), "settlement_sums_differ", read=total, other=sum(amounts.values()))


def _check_shares(source: YamlSource, terms: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that nobody gives up a claim for nothing: without a concession there is no settlement (C. civ. 2044)."""
    stated = terms.get("concessions")
    conceded = stated if isinstance(stated, dict) else {}
    to = conceded.get("to")
    alone = {name for name, given in to.items() if given} if isinstance(to, dict) else set()
    for key in ("amounts", "split"):
        for name, share in (_numbers(terms.get(key)) or {}).items():
            if share == 0 and name not in alone:
                yield source.problem((*AT, key, name), "settlement_without_concession", who=name)
    if _number(terms.get("total")) == 0 and not alone and not conceded.get("respondent"):
        yield source.problem((*AT, "total"), "settlement_pays_nothing")


def _check_payments(source: YamlSource, terms: Mapping[str, Any]) -> Iterator[Problem]:
    listed = terms.get("instalments")
    parts = [_number(one.get("percent")) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    stated = [part for part in parts if part is not None]
    if stated and len(stated) == len(parts) and sum(stated) != WHOLE:
        yield source.problem((*AT, "instalments"), "settlement_split_not_whole", read=sum(stated))
    if parts and terms.get("payment_days") is not None:
        yield source.problem((*AT, "payment_days"), "settlement_two_terms")
    if not parts and terms.get("forfeiture") is True:
        yield source.problem((*AT, "forfeiture"), "settlement_forfeits_nothing")


def _check_effect(source: YamlSource, terms: Mapping[str, Any], known: frozenset[str] | None) -> Iterator[Problem]:
    """Check that the threshold can be met, and that the last day to sign does not come before the agreement."""
    least, named = terms.get("at_least"), terms.get("amounts") or terms.get("split")
    high = len(named) if isinstance(named, dict) else None if known is None else len(known)
    if isinstance(least, int) and high is not None and least > high:
        yield source.problem((*AT, "at_least"), "settlement_threshold", read=least, high=high)
    if least is None and terms.get("sign_by") is not None:
        yield source.problem((*AT, "sign_by"), "settlement_no_threshold")
    signed, last = (as_date(terms.get(key)) for key in ("date", "sign_by"))
    if isinstance(signed, dt.date) and isinstance(last, dt.date) and last < signed:
        yield source.problem((*AT, "sign_by"), "date_before", read=last, other=signed, what="acts.settlement.date")


def _number(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _numbers(value: object) -> dict[Any, Decimal] | None:
    """Return a map of numbers, or None where one of its entries is none: its sum cannot be judged then."""
    if not isinstance(value, dict):
        return None
    found = {name: number for name, one in value.items() if (number := _number(one)) is not None}
    return found if len(found) == len(value) else None
