"""Checks of coded decisions on the raw data: factors, dates, regimes, ids, what was added by the second reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from vismajor.case.fact_checks import Catalog, expected_values, fits
from vismajor.reading.problems import Problem, closest, nearest
from vismajor.reading.scalars import first_day, is_id, is_partial_date, last_day
from vismajor.reading.validation import shown
from vismajor.reading.yaml_source import Path_, YamlSource

# A decision speaks of one event, one contract and one claimant: a fact of one item among several finds no place in it.
SCOPES = ("common", "contract", "claimant")


def check_decisions(sources: Iterable[YamlSource], catalog: Catalog, regimes: AbstractSet[str],
                    special: AbstractSet[str], today: dt.date) -> Iterator[Problem]:
    """Check lists of decisions that are read together: a wrong key elsewhere hides nothing."""
    seen: dict[str, str] = {}  # an id, and the place where it stands first
    for source in sources:
        if not isinstance(source.data, list):
            yield source.problem((), "not_list", read=shown(source.data))
        elif not source.data:
            yield source.problem((), "too_few")
        for index, item in enumerate(source.data if isinstance(source.data, list) else []):
            if item is None:
                yield source.problem((index,), "not_mapping", read=shown(item))
            elif isinstance(item, dict):
                yield from _check_id(source, (index, "id"), item.get("id"), seen)
                yield from _check_regime(source, (index,), item, regimes, special)
                yield from _check_dates(source, (index,), item, today)
                yield from _check_factors(source, (index, "factors"), item.get("factors"), catalog)
                yield from _check_added(source, (index, "added"), item)


def _check_id(source: YamlSource, where: Path_, name: Any, seen: dict[str, str]) -> Iterator[Problem]:
    if not isinstance(name, str) or not is_id(name):
        return
    if name in seen:
        yield source.problem(where, "decision_twice", read=name, other=seen[name])
    line, _ = source.place(where)
    seen.setdefault(name, f"{source.file}:{line}")


def _check_regime(source: YamlSource, where: Path_, item: dict[str, Any], regimes: AbstractSet[str],
                  special: AbstractSet[str]) -> Iterator[Problem]:
    regime, under = item.get("regime"), item.get("judged_under")
    for key, name, known in (("regime", regime, {*regimes, "other"}), ("judged_under", under, special)):
        if isinstance(name, str) and is_id(name) and name not in known:  # one that is no id is told as that
            expected = ", ".join(sorted(known))
            yield source.problem((*where, key), "not_in_list", read=name, expected=expected,
                                 nearest=closest(name, known))
    if under is not None and regime in regimes and regime != "other":
        yield source.problem((*where, "judged_under"), "regime_twice", read=shown(under), other=regime)


def _check_dates(source: YamlSource, where: Path_, item: dict[str, Any], today: dt.date) -> Iterator[Problem]:
    written = {key: str(item[key]) for key in ("date", "contract_date") if is_partial_date(item.get(key))}
    for key, date in written.items():
        if first_day(date) > today:
            yield source.problem((*where, key), "date_in_future", read=date, other=today)
    if len(written) == 2 and last_day(written["date"]) < first_day(written["contract_date"]):
        yield source.problem((*where, "date"), "date_before", read=written["date"], other=written["contract_date"],
                             what="contract_date")


def _check_factors(source: YamlSource, where: Path_, factors: Any, catalog: Catalog) -> Iterator[Problem]:
    """Check that every factor is a fact that a decision may state, with a value that this fact may take."""
    for name, value in factors.items() if isinstance(factors, dict) else ():
        declaration = catalog.get(name)
        if declaration is None:
            allowed = [fact.name for fact in catalog.values() if fact.scope in SCOPES and not fact.computed]
            yield source.problem((*where, name), "unknown_fact", read=name, nearest=nearest(name, allowed))
        elif declaration.computed:
            yield source.problem((*where, name), "fact_computed", read=name)
        elif declaration.scope not in SCOPES:
            yield source.problem((*where, name), "factor_of_an_item", read=name, kind=declaration.scope)
        elif value is not None and not isinstance(value, list | dict) and not fits(value, declaration):
            yield source.problem((*where, name), "wrong_fact_value", fact=name, read=shown(value),
                                 expected=expected_values(declaration),
                                 nearest=closest(shown(value), declaration.values))


def _check_added(source: YamlSource, where: Path_, item: dict[str, Any]) -> Iterator[Problem]:
    """Check that what was added is coded, and rests on facts that the decision lists."""
    added, factors, facts = item.get("added"), item.get("factors"), item.get("facts")
    count = len(facts) if isinstance(facts, list) else 0
    for name, positions in added.items() if isinstance(added, dict) else ():
        if isinstance(factors, dict) and name not in factors:
            yield source.problem((*where, name), "added_not_coded", read=name, nearest=nearest(name, factors))
        for index, position in enumerate(positions if isinstance(positions, list) else []):
            if isinstance(position, int) and not isinstance(position, bool) and not 1 <= position <= count:
                yield source.problem((*where, name, index), "no_such_position", read=position, count=count)
