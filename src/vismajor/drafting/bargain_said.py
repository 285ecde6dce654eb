"""What lies between the two sides, in words: who would sue, the zone, what makes the difference, what moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.settlement.bargaining import Bargain, Term


@dataclass(frozen=True)
class BargainSaid:
    """Both sides of a negotiation: internal. Amounts in euros; `terms` in whole euros add up to their sum.

    `mean`: what the suit leaves the claimants and costs the respondent; `least` and `most`: their reservation values;
    `loses`: how often the suit leaves the claimants together with less than nothing.
    `suing`, `respondent` and `zone` are sentences; `customers`: the number of others hit in words, the respondent's
    reservation value then, and the point of division (None without a zone).
    """

    mean: tuple[Decimal, Decimal]
    least: Decimal
    most: Decimal
    anybody_sues: bool
    loses: float
    suing: str
    respondent: str
    zone: str
    no_zone: str
    terms: tuple[tuple[str, Decimal], ...]
    difference: Decimal
    customers: tuple[tuple[str, Decimal, Decimal | None], ...]


def bargain_said(found: Bargain, language: str, *, apart: bool) -> BargainSaid:
    """Put what lies between the two sides into words; `apart`: other claimants go on, whatever these do."""
    say = words(language)
    means = (found.beliefs.claimants.together.mean(), found.beliefs.respondent.respondent.mean())
    difference = _whole(found.together.value) - _whole(found.respondent.value)
    obstacle = say[f"value_obstacle_{found.obstacle}"] if found.obstacle else ""
    return BargainSaid(
        (Decimal(repr(float(means[0]))), Decimal(repr(float(means[1])))), found.together.value, found.respondent.value,
        bool(found.suing), float((found.beliefs.claimants.together < 0).mean()), _suing(found, language),
        _respondent(found, language, apart=apart),
        _zone(found, obstacle, language), obstacle,
        tuple((say[f"value_term_{name}"], amount)
              for name, amount in in_whole_euros(found.terms, difference).items() if amount),
        difference, tuple((
            say["value_customers_none"] if one.customers is None else typography.number(one.customers, language),
            one.respondent.value, one.split) for one in found.precedent))


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def _suing(found: Bargain, language: str) -> str:
    number, going, say = len(found.claimants), len(found.suing), words(language)
    if number == 1:
        return say["value_suing_one" if going else "value_suing_one_none"]
    form = {number: "all", 0: "none", 1: "one_of"}.get(going, "some")
    if form == "none" and unravels(found):
        form = "unravel"
    return say[f"value_suing_{form}"].format(go_on=going, all=number)


def unravels(found: Bargain) -> bool:
    """Tell whether nobody sues although all together would gain: its part of the costs drives each away in turn."""
    return not found.suing and float(found.beliefs.claimants.together.mean()) > 0


def _respondent(found: Bargain, language: str, *, apart: bool) -> str:
    number, say = len(found.claimants), words(language)
    form = "_apart" if apart else "_one" if number == 1 else ""
    said = say[f"value_respondent_note{form}"].format(all=number)
    bound = found.claimed is not None and found.respondent.value >= found.claimed
    return f"{said} {say['value_respondent_claimed']}" if bound else said


def _zone(found: Bargain, obstacle: str, language: str) -> str:
    say = words(language)

    def money(amount: Decimal) -> str:
        return typography.money(amount, language)

    if found.split is not None:
        by = say[f"value_by_{found.split.by}"].format(share=typography.share(found.split.share, language))
        return say["value_zone"].format(low=money(found.together.value), high=money(found.respondent.value),
                                        split=money(found.split.amount), by=by)
    if found.respondent.value < 0:
        return say["value_no_zone_negative"].format(obstacle=obstacle)
    low, high = _whole(found.together.value), _whole(found.respondent.value)
    return say["value_no_zone"].format(low=money(low), high=money(high), gap=money(low - high), obstacle=obstacle)


def in_whole_euros(terms: Mapping[Term, Decimal], difference: Decimal) -> dict[Term, Decimal]:
    """Return terms in whole euros; what rounding leaves goes to the largest, so that they add up to `difference`."""
    rounded = {name: _whole(amount) for name, amount in terms.items()}
    largest = max(rounded, key=lambda name: abs(rounded[name]))
    rounded[largest] += difference - sum(rounded.values(), Decimal(0))
    return rounded
