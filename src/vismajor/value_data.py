"""What `value --json` holds, and how an offer tried on the command line is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.reading.scalars import Bilingual, Language
from vismajor.report import in_cents
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.risk import Figure
from vismajor.talks import OfferPlaced, Talks, Zone


def option_form(amount: Decimal) -> Bilingual:
    """Return how an offer tried on the command line is called, in both languages."""
    return Bilingual.model_validate({
        language: words(language)["value_option"].format(amount=typography.money(amount, language, cents=True))
        for language in get_args(Language)})


def talks_json(talks: Talks, scenarios: Sequence[str]) -> dict[str, Any]:
    """Return the talks as JSON data: sums as texts with two decimals."""
    assessment = talks.valuation.assessment
    advice, found = talks.advice, talks.bargain
    return {
        "case": assessment.case.file.title.model_dump(), "as_of": assessment.case.as_of.isoformat(),
        "seed": assessment.worlds.seed, "worlds": assessment.worlds.count, "scenarios": list(scenarios),
        "acting_for": assessment.case.file.acting_for, "claimants": list(talks.concerned),
        "bargain": None if found is None else bargain_json(found),
        "position": {"opening": in_cents(advice.opening), "opening_on": advice.opening_on,
                     "target": in_cents(talks.aims.target), "floor": in_cents(talks.aims.floor),
                     "standing_offer_lies": advice.place},
        "offers": [_offer_json(one, assessment.case.as_of, assessment.law.offers_open_for)
                                for one in talks.offers],
        "global_offer": None if talks.whole is None else {"amount": in_cents(talks.whole[0]), "lies": talks.whole[1]},
        "habits": {side: {"habit": pattern.habit, "concessions": [in_cents(one) for one in pattern.concessions],
                          "limit": _optional(pattern.limit)} for side, pattern in talks.log.patterns.items()},
        "next": None if talks.proposal is None else {
            "amount": in_cents(talks.proposal.amount), "because": talks.proposal.because},
    }


def bargain_json(found: Bargain) -> dict[str, Any]:
    """Return what lies between two sides as JSON data."""
    zone, split = found.zone, found.split
    return {
        "claimants": {name: {**_figure_json(value), "floor": in_cents(found.floor(name))}
                      for name, value in found.claimants.items()},
        "suing": list(found.suing), "floor_made_of": None if found.made is None else {
            "suit": in_cents(found.made.suit), "going_on": list(found.made.going_on),
            "offer": in_cents(found.made.offer), "taking": list(found.made.taking),
            "without_offer": in_cents(found.made.without_offer)}, "together": _figure_json(found.together),
        "respondent": _figure_json(found.respondent), "claimed": _optional(found.claimed),
        "zone": None if zone is None else {"low": in_cents(zone[0]), "high": in_cents(zone[1])},
        "width": in_cents(found.width), "terms": {name: in_cents(value) for name, value in found.terms.items()},
        "obstacle": found.obstacle,
        "split": None if split is None else {"amount": in_cents(split.amount), "share": round(split.share, 6),
                                             "by": split.by},
        "precedent": [{"customers": None if one.customers is None else str(one.customers),
                       "respondent": _figure_json(one.respondent), "split": _optional(one.split)}
                      for one in found.precedent],
    }


def _figure_json(figure: Figure) -> dict[str, str]:
    return {"value": in_cents(figure.value), "standard_error": in_cents(figure.standard_error)}


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else in_cents(amount)


def _offer_json(one: OfferPlaced, as_of: dt.date, months: int | None) -> dict[str, Any]:
    last = one.offer.last_day(as_of, months)
    return {"id": one.offer.id, "date": one.offer.date.isoformat(), "by": one.offer.by,
            "claimants": list(one.claimants), "worth": in_cents(one.worth), "cost": in_cents(one.cost),
            "last_day": last.isoformat() if last else None, "open": one.offer.open_on(as_of, months),
            "presumed": one.offer.until is None, "now": _zone_json(one.now), "then": _zone_json(one.then),
            "in_exchange": [what.model_dump() for what in one.offer.in_exchange]}


def _zone_json(zone: Zone | None) -> dict[str, str] | None:
    return None if zone is None else {
        "day": zone.day.isoformat(), "together": in_cents(zone.bargain.together.value),
        "respondent": in_cents(zone.bargain.respondent.value), "lies": zone.place}
