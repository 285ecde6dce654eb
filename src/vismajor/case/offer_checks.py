"""Checks of the offers: their days in order, a threshold that can be met, a value agreed for what is not in cash."""

from __future__ import annotations

from collections.abc import Iterator

from vismajor.case.models import CaseFile
from vismajor.case.offers import Offer
from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import Path_, YamlSource


def check_offers(source: YamlSource, file: CaseFile) -> Iterator[Problem]:
    """Check each offer. One that is dated, or answered, after `as_of` is no mistake: it is not known yet."""
    for index, offer in enumerate(file.offers):
        at: Path_ = ("offers", index)
        yield from _check_days(source, file, offer, at)
        if offer.at_least is not None:
            concerned = len(file.claimants) if offer.to == "all" else len(set(offer.to))
            if not 1 <= offer.at_least <= concerned:
                yield source.problem((*at, "at_least"), "threshold_out_of_range", read=offer.at_least, high=concerned)
        if offer.agreed_value is not None and offer.in_cash:
            yield source.problem((*at, "agreed_value"), "agreed_value_in_cash", read=offer.agreed_value)
        if offer.cost_to_giver is not None and offer.in_cash:
            yield source.problem((*at, "cost_to_giver"), "giver_cost_in_cash", read=offer.cost_to_giver)


def _check_days(source: YamlSource, file: CaseFile, offer: Offer, at: Path_) -> Iterator[Problem]:
    incident = file.incident.date
    if offer.date < incident:
        yield source.problem((*at, "date"), "date_before", read=offer.date, other=incident, what="incident.date")
    later = [((*at, "until"), offer.until)]
    later += [((*at, "answered", "date"), offer.answered.date)] if offer.answered else []
    for where, day in later:
        if day is not None and day < offer.date:
            yield source.problem(where, "date_before", read=day, other=offer.date, what="offers[].date")
