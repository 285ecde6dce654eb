"""Checks of the offers: their days in order, a threshold that can be met, a value agreed for what is not in cash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from vismajor.reading.problems import Problem
from vismajor.reading.scalars import as_date
from vismajor.reading.yaml_source import Path_, YamlSource


def check_offers(source: YamlSource) -> Iterator[Problem]:
    """Check each offer on the raw data: a mistake elsewhere hides nothing.

    One that is dated, or answered, after `as_of` is no mistake: it is not known yet.
    """
    data = source.data if isinstance(source.data, dict) else {}
    incident, claimants, offers = (data.get(key) for key in ("incident", "claimants", "offers"))
    happened = as_date(incident.get("date")) if isinstance(incident, dict) else None
    everybody = len(claimants) if isinstance(claimants, list) else None
    for index, offer in enumerate(offers if isinstance(offers, list) else ()):
        if isinstance(offer, dict):
            at: Path_ = ("offers", index)
            yield from _check_days(source, offer, at, happened)
            yield from _check_threshold(source, offer, at, everybody)
            if offer.get("in_cash", True) is True:
                yield from _check_values(source, offer, at)


def _check_values(source: YamlSource, offer: Mapping[str, Any], at: Path_) -> Iterator[Problem]:
    """Check an offer in cash: it is worth, and costs, what it is."""
    if offer.get("agreed_value") is not None:
        yield source.problem((*at, "agreed_value"), "agreed_value_in_cash", read=offer["agreed_value"])
    if offer.get("cost_to_giver") is not None:
        yield source.problem((*at, "cost_to_giver"), "giver_cost_in_cash", read=offer["cost_to_giver"])


def _check_days(source: YamlSource, offer: Mapping[str, Any], at: Path_, happened: dt.date | None
                ) -> Iterator[Problem]:
    if offer.get("until") is not None and offer.get("open_for_months") is not None:
        yield source.problem((*at, "open_for_months"), "offer_has_a_term", read=offer["open_for_months"],
                             other=offer["until"])
    made, answered = as_date(offer.get("date")), offer.get("answered")
    if made is None:
        return
    if happened is not None and made < happened:
        yield source.problem((*at, "date"), "date_before", read=made, other=happened, what="incident.date")
    later = [((*at, key), offer.get(key)) for key in ("until", "maintained_on")]
    later += [((*at, "answered", "date"), answered.get("date"))] if isinstance(answered, dict) else []
    for where, stated in later:
        day = as_date(stated)
        if day is not None and day < made:
            yield source.problem(where, "date_before", read=day, other=made, what="offers[].date")


def _check_threshold(source: YamlSource, offer: Mapping[str, Any], at: Path_, everybody: int | None
                     ) -> Iterator[Problem]:
    least, whom = offer.get("at_least"), offer.get("to", "all")
    concerned = len({str(one) for one in whom}) if isinstance(whom, list) else everybody
    if not isinstance(least, int) or isinstance(least, bool) or concerned is None:
        return
    if not 1 <= least <= concerned:
        yield source.problem((*at, "at_least"), "threshold_out_of_range", read=least, high=concerned)
