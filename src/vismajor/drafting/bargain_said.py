"""What lies between the two sides, in words: who would sue, the zone, what makes the difference, what moves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    reservation value then, and the point of division (None without a zone); the row of the number estimated is the one
    from which `most` comes. `floor`: what the claimants' floor is made of, to follow a colon; `suit`: what the suit
    alone is worth to those who would sue if no offer stood, as it is said.
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
    floor: str
    suit: Decimal


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
        difference, tuple(_customers(found, language)), floor_said(found, language, about=True),
        typography.about(found.made.without_offer if found.made else found.together.value))


def _customers(found: Bargain, language: str) -> Iterator[tuple[str, Decimal, Decimal | None]]:
    """Yield the rows by number of other customers: none, the fewest, as estimated (which makes R_d), the most."""
    say, stated = words(language), [one.customers for one in found.precedent if one.customers is not None]
    for one in found.precedent:
        if len(stated) > 1 and one.customers == stated[-1]:
            low, high = (typography.number(bound, language) for bound in (stated[0], stated[-1]))
            yield (say["value_customers_estimated"].format(low=low, high=high), found.respondent.value,
                   found.split.amount if found.split else None)
        number = say["value_customers_none"] if one.customers is None else typography.number(one.customers, language)
        yield number, one.respondent.value, one.split


def floor_said(found: Bargain, language: str, *, about: bool = False) -> str:
    """Say what the claimants' floor is made of: the suit of those who would sue, the offer for those who take it.

    `about`: to three significant digits, beside a floor that is said so.
    """
    say, made, one = words(language), found.made, len(found.claimants) == 1
    if made is None or not made.taking:
        return say["value_floor_because_one" if one else "value_floor_because"]
    return say[_made_of(found, "value_floor_made")].format(**_parts(found, language, about=about))


def _made_of(found: Bargain, key: str) -> str:
    """Return the key of what is said of a floor in which an offer counts: of one claimant, of all, of some."""
    made = found.made
    assert made is not None
    form = "_one" if len(found.claimants) == 1 else "_some" if made.going_on else "_all" if (
        len(made.taking) == len(found.claimants)) else "_rest"
    return key + form


def _parts(found: Bargain, language: str, *, about: bool = False) -> dict[str, str]:
    made = found.made
    assert made is not None
    money = {name: typography.money(typography.about(amount) if about else amount, language) for name, amount in (
        ("suit", made.suit), ("offer", made.offer), ("total", made.total), ("without", made.without_offer))}
    return {**money, "going_on": str(len(made.going_on)), "taking": str(len(made.taking)),
            "all": str(len(found.claimants))}


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def _suing(found: Bargain, language: str) -> str:
    said = _suing_alone(found, language)
    if found.made is None or not found.made.taking:
        return said
    return f"{said} {words(language)[_made_of(found, 'value_offer_counts')].format(**_parts(found, language))}"


def _suing_alone(found: Bargain, language: str) -> str:
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
        counted = say["value_split_from"].format(suit=money(found.made.without_offer)) if (
            found.made and found.made.without_offer < found.together.value) else ""
        return say["value_zone"].format(low=money(found.together.value), high=money(found.respondent.value),
                                        split=money(found.split.amount), by=by + counted)
    if found.made and found.made.taking and found.obstacle == "standing_offer":
        return say["value_no_zone_offer"].format(low=money(found.together.value), high=money(found.respondent.value))
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
