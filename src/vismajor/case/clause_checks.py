"""Checks of the clauses that a case quotes: each shows facts of a contract that some contract states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vismajor.case.fact_checks import Catalog
from vismajor.case.stated import ALL, agreements, texts
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.yaml_source import YamlSource


def check_clauses(source: YamlSource, catalog: Catalog) -> Iterator[Problem]:
    """Check, on the raw data, that the facts which a clause shows are stated by its terms or a contract under them."""
    of_contracts = {name for name, one in catalog.items() if one.scope == "contract" and not one.computed}
    for path, name in texts(source.data, "contracts", ALL, "clauses", ALL, "shows", ALL):
        if name not in of_contracts:
            yield source.problem(path, "unknown_clause_fact", read=name, nearest=nearest(name, of_contracts))
        elif name not in _stated(source.data, path[1]):
            yield source.problem(path, "clause_fact_not_stated", read=name)


def _stated(data: Any, index: Any) -> set[str]:
    """Return the facts that the terms at `index` state, or a contract that refers to them."""
    terms = data["contracts"][index]
    under = [contract for _, contract in agreements(data) if contract.get("terms") == terms.get("id")]
    return {str(name).partition("@")[0] for one in (terms, *under) if isinstance(one.get("facts"), dict)
            for name in one["facts"]}
