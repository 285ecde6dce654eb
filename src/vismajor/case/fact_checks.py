"""Checks of the facts that a case states: their names, where they stand, their values."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from vismajor.case.facts import FactDeclaration
from vismajor.case.stated import fact_maps
from vismajor.reading.problems import Problem, closest, nearest
from vismajor.reading.scalars import is_date, is_far_off, is_id
from vismajor.reading.validation import shown
from vismajor.reading.yaml_source import Path_, YamlSource

Catalog = Mapping[str, FactDeclaration]
Kinds = Mapping[str, str | None]  # of things of which a claimant may have several: a kind, and the one it belongs to

_PLACES = {"common": "facts", "contract": "contracts[].facts", "claimant": "claimants[].facts"}


def check_facts(source: YamlSource, catalog: Catalog, kinds: Kinds) -> Iterator[Problem]:
    """Check names, scopes and values against the catalog, on the raw data: a wrong key elsewhere hides nothing."""
    for scope, path, facts in fact_maps(source.data):
        for key, stated in facts.items():
            name = key.partition("@")[0]
            where: Path_ = (*path, key)
            declaration = catalog.get(name)
            if declaration is None:
                yield source.problem(where, "unknown_fact", read=name, nearest=nearest(name, catalog))
                continue
            if declaration.computed:
                yield source.problem(where, "fact_computed", read=name)
                continue
            if scope != declaration.scope and not (scope == "claimant" and declaration.scope in kinds):
                if declaration.scope in kinds:
                    yield source.problem(where, "fact_of_an_item", read=name, kind=declaration.scope)
                else:
                    yield source.problem(where, "fact_in_wrong_place", read=name, expected=_PLACES[declaration.scope])
            yield from check_stated(source, where, stated, declaration)


def check_stated(source: YamlSource, where: Path_, stated: Any, declaration: FactDeclaration) -> Iterator[Problem]:
    """Check what is stated of one fact under the key that ends `where`."""
    if "@" in str(where[-1]) and not declaration.per_duty:
        yield source.problem(where, "fact_not_per_duty", read=where[-1])
    yield from _check_values(source, where, stated if isinstance(stated, dict) else {"value": stated}, declaration)


def _check_values(source: YamlSource, where: Path_, fields: dict[str, Any], declaration: FactDeclaration
                  ) -> Iterator[Problem]:
    """Check what is stated of one fact: a value, a range or an estimate, and what it is found otherwise."""
    name, expected = declaration.name, expected_values(declaration)
    ranged = [key for key in ("between", "estimate") if key in fields]
    if ranged and declaration.type not in ("number", "money", "date"):
        yield source.problem(where, "fact_not_a_number", fact=name, expected=expected)
    elif ranged and not any(fits(bound, declaration) for key in ranged for bound in _bounds(fields[key])):
        yield source.problem((*where, ranged[0]), "wrong_bounds", fact=name, read=shown(fields[ranged[0]]),
                             expected=expected)
    if _lacks_alternative(fields, declaration):
        yield source.problem(where, "otherwise_missing", fact=name, expected=expected)
    for field in ("value", "otherwise"):
        value = fields.get(field)
        # A list or a mapping is no value at all: the model says so.
        if declaration.type == "date" and is_far_off(value):
            yield source.problem((*where, field), "date_far_off", read=value)
        elif value is not None and not isinstance(value, list | dict) and not fits(value, declaration):
            yield _wrong_value(source, (*where, field), declaration, shown(value))


def _wrong_value(source: YamlSource, where: Path_, declaration: FactDeclaration, read: str) -> Problem:
    """Tell what a fact takes: a form, or one of a few words."""
    if declaration.type == "date":
        return source.problem(where, "not_a_date", read=read)
    if declaration.type in ("number", "money"):
        return source.problem(where, "not_a_number", read=read)
    if declaration.type == "name":
        return source.problem(where, "wrong_fact_name", fact=declaration.name, read=read)
    return source.problem(where, "wrong_fact_value", fact=declaration.name, read=read,
                          expected=expected_values(declaration), nearest=closest(read, declaration.values))


def with_one_spelling(data: Any, catalog: Catalog) -> Any:
    """Return the data of a case in which a name (of a building) is spelt everywhere as where it stands first.

    Names that differ by capitals or by the spaces around them alone are one name.
    """
    named = [name for _, _, facts in fact_maps(data) for name in facts if _is_name(catalog, name)]
    if not named:
        return data
    data = copy.deepcopy(data)
    spellings: dict[str, str] = {}

    def spelt(value: Any) -> Any:
        return spellings.setdefault(value.strip().casefold(), value.strip()) if isinstance(value, str) else value

    for _scope, _path, facts in fact_maps(data):
        for key, stated in facts.items():
            if not _is_name(catalog, key):
                continue
            if isinstance(stated, dict):
                facts[key] = {field: spelt(value) if field in ("value", "otherwise") else value
                              for field, value in stated.items()}
            else:
                facts[key] = spelt(stated)
    return data


def _is_name(catalog: Catalog, fact: str) -> bool:
    declaration = catalog.get(fact.partition("@")[0])
    return declaration is not None and declaration.type == "name"


def _bounds(stated: Any) -> list[Any]:
    """Return the bounds of a range or of an estimate; one of another shape is told elsewhere."""
    return list(stated.values()) if isinstance(stated, dict) else stated if isinstance(stated, list) else []


def _lacks_alternative(fields: dict[str, Any], declaration: FactDeclaration) -> bool:
    """Tell whether a fact of more than two values may be found otherwise, and does not say how."""
    if declaration.type != "choice" or len(declaration.values) <= 2 or fields.get("otherwise") is not None:
        return False
    certain = fields.get("likelihood") == 1 or (
        fields.get("likelihood") is None and fields.get("status", "admitted") == "admitted")
    return fields.get("value") is not None and not certain


def fits(value: Any, declaration: FactDeclaration) -> bool:
    """Tell whether a fact may take this value."""
    if declaration.type == "bool":
        return isinstance(value, bool)
    if declaration.type == "choice":
        return isinstance(value, str) and value in declaration.values
    if declaration.type == "date":
        return is_date(value)
    if declaration.type == "name":
        return isinstance(value, str) and is_id(value.strip())
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def expected_values(declaration: FactDeclaration) -> str:
    """Return the values that a fact may take, or how one is written."""
    kinds = {"bool": "true, false", "date": "YYYY-MM-DD", "number": "12.5", "money": "1250.00", "name": "sbg2"}
    return ", ".join(declaration.values) or kinds[declaration.type]
