"""Checks of the dates that facts state: between the incident and the date of knowledge, and a period's end last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from vismajor.case.facts import FactDeclaration
from vismajor.case.stated import fact_maps
from vismajor.reading.problems import Problem
from vismajor.reading.scalars import as_date, latest_day
from vismajor.reading.yaml_source import Path_, YamlSource

Dates = list[tuple[Path_, dt.date]]


def check_fact_dates(source: YamlSource, catalog: Mapping[str, FactDeclaration]) -> Iterator[Problem]:
    """Check the dates that the pack's time limits put in order, on the raw data: a wrong key elsewhere hides nothing.

    What rests on exhibits later than the date of knowledge alone may be later too: it is not known yet.
    """
    data = source.data if isinstance(source.data, dict) else {}
    incident = data.get("incident")
    happened = as_date(incident.get("date")) if isinstance(incident, dict) else None
    as_of = as_date(data.get("as_of"))
    for _scope, path, facts in fact_maps(data):
        for key, stated in facts.items():
            declaration = catalog.get(key.partition("@")[0])
            if declaration is None or declaration.type != "date" or declaration.computed:
                continue
            dates = _dates((*path, key), stated)
            for where, day in dates:
                if declaration.done and happened and day < happened:
                    yield source.problem(where, "fact_before_incident", fact=key, read=day, other=happened)
                if declaration.past and as_of and day > as_of and not _shown_later(data, stated, as_of):
                    yield source.problem(where, "fact_after_as_of", fact=key, read=day, other=as_of)
            for first in declaration.not_before:
                began = min((day for _, day in _dates((), facts.get(first))), default=None)
                if began and dates and (last := max(dates, key=lambda one: one[1]))[1] < began:
                    yield source.problem(last[0], "fact_ends_early", fact=key, read=last[1], what=first, other=began)


def _dates(where: Path_, stated: Any) -> Dates:
    """Return every date that a fact may have, as stated, with its place."""
    if not isinstance(stated, dict):
        return [(where, day)] if (day := as_date(stated)) else []
    found = [((*where, key), stated.get(key)) for key in ("value", "otherwise")]
    between, estimate = stated.get("between"), stated.get("estimate")
    found += [((*where, "between", i), one) for i, one in enumerate(between if isinstance(between, list) else [])]
    found += [((*where, "estimate", key), one)
              for key, one in (estimate.items() if isinstance(estimate, dict) else ())]
    return [(path, day) for path, value in found if (day := as_date(value))]


def _shown_later(data: dict[str, Any], stated: Any, as_of: dt.date) -> bool:
    """Tell whether a fact rests on exhibits and all of them are later than the date of knowledge."""
    cited = stated.get("exhibits") if isinstance(stated, dict) else None
    register = data.get("exhibits")
    later = {entry.get("id") for entry in (register if isinstance(register, list) else ())
             if isinstance(entry, dict) and (day := latest_day(entry.get("date"))) and day > as_of}
    return isinstance(cited, list) and bool(cited) and all(one in later for one in cited if isinstance(one, str))
