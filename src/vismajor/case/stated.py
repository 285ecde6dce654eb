"""What stands where in the raw data of a case file, however broken the rest is: all mistakes can be told at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vismajor.reading.scalars import is_id
from vismajor.reading.yaml_source import Path_

ALL = "*"


def texts(node: Any, *steps: str, at: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield (path, text) of every text that `steps` lead to (ALL: each entry of a list), however broken the rest is."""
    if not steps:
        if isinstance(node, str):
            yield at, node
    elif steps[0] == ALL and isinstance(node, list):
        for index, item in enumerate(node):
            yield from texts(item, *steps[1:], at=(*at, index))
    elif isinstance(node, dict) and steps[0] in node:
        yield from texts(node[steps[0]], *steps[1:], at=(*at, steps[0]))


def fact_maps(data: Any) -> Iterator[tuple[str, Path_, dict[str, Any]]]:
    """Yield (scope, path, facts) of every place where a case states facts, however broken the rest is."""
    if not isinstance(data, dict):
        return
    if isinstance(data.get("facts"), dict):
        yield "common", ("facts",), data["facts"]
    for key, scope in (("contracts", "contract"), ("claimants", "claimant")):
        entries = data.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict) and isinstance(entry.get("facts"), dict):
                yield scope, (key, index, "facts"), entry["facts"]
    for path, contract in agreements(data):
        if isinstance(contract.get("facts"), dict):
            yield "contract", (*path, "facts"), contract["facts"]
    for path, item in items(data):
        if isinstance(item.get("facts"), dict):
            yield str(item.get("kind")), (*path, "facts"), item["facts"]


def agreements(data: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield (path, contract) of every contract of every claimant, however broken the rest is."""
    claimants = data.get("claimants") if isinstance(data, dict) else None
    for index, claimant in enumerate(claimants if isinstance(claimants, list) else []):
        if not isinstance(claimant, dict):
            continue
        several = claimant.get("contracts")
        found = [(("contract",), claimant.get("contract")),
                 *((("contracts", at), one) for at, one in enumerate(several if isinstance(several, list) else []))]
        yield from ((("claimants", index, *path), one) for path, one in found if isinstance(one, dict))


def items(data: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield (path, item) of every item of every claimant, however broken the rest is."""
    claimants = data.get("claimants") if isinstance(data, dict) else None
    for index, claimant in enumerate(claimants if isinstance(claimants, list) else []):
        listed = claimant.get("items") if isinstance(claimant, dict) else None
        for position, item in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(item, dict):
                yield ("claimants", index, "items", position), item


def accounts_stated(data: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield (path, accounts) of every claimant that states where its figures are, however broken the rest is."""
    claimants = data.get("claimants") if isinstance(data, dict) else None
    for index, claimant in enumerate(claimants if isinstance(claimants, list) else []):
        accounts = claimant.get("accounts") if isinstance(claimant, dict) else None
        if isinstance(accounts, dict):
            yield ("claimants", index, "accounts"), accounts


def ids(data: Any, key: str) -> frozenset[str] | None:
    """Return the ids of a list, or None where one of its entries has none: then no reference to it can be judged."""
    entries = data.get(key, []) if isinstance(data, dict) else None
    found = [name for _, name in texts(data, key, ALL, "id") if is_id(name)]
    return frozenset(found) if isinstance(entries, list) and len(found) == len(entries) else None


def duties_of_facts(data: Any) -> Iterator[tuple[Path_, str]]:
    """Yield (path, duty) of every fact that is stated for one duty."""
    for _scope, path, facts in fact_maps(data):
        for key in facts:
            if "@" in key:
                yield (*path, key), key.partition("@")[2]


def exhibits_cited(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every exhibit id that the file cites (the register of exhibits itself apart)."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "exhibits" and path and isinstance(value, list):
                yield from (((*path, key, i), item) for i, item in enumerate(value) if isinstance(item, str))
            elif not (key == "exhibits" and not path):
                yield from exhibits_cited(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from exhibits_cited(item, (*path, index))
