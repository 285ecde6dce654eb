"""Entries of a case named by their path, such as `claimants.martin.heads.hours.hours`.

What has an id is named by it, an entry of another list by its number, counted from 1. Names may hold dots: the longest
that fits is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vismajor.reading.problems import closest
from vismajor.reading.yaml_source import Path_

# What is read from files beside the case: a scenario may not change it.
READ_FROM_FILES = ("ledger", "revenue", "unaffected", "customers", "account_map")
LEFT_ALONE: tuple[Path_, ...] = (("law",), ("scenarios",))
NAMED_AT_WILL: tuple[Path_, ...] = (("facts",), ("expected",))  # their keys are names of facts, with dots in them


@dataclass(frozen=True)
class Figure:
    """Where a path leads: `steps` in the data, or None with the `nearest` path there is (empty: none is near)."""

    steps: Path_ | None
    nearest: str = ""


def find_figure(data: Any, name: str) -> Figure:
    """Follow a path into the data of a case. Its last key need not be written yet: whoever reads the case judges it."""
    steps: Path_ = ()
    holder, rest, gone = data, name, ""
    while rest:
        known = _known(holder)
        key = max((key for key in known if (rest + ".").startswith(key + ".")), key=len, default=None)
        if key is not None:
            steps, gone, rest = (*steps, known[key]), f"{gone}{key}.", rest[len(key) + 1:]
            holder = holder[known[key]]
        elif isinstance(holder, dict) and ("." not in rest or steps[-1:] in NAMED_AT_WILL):
            steps, rest = (*steps, rest), ""
        elif isinstance(holder, dict) and rest.startswith("facts.") and len(steps) > 1:
            return Figure((*steps, "facts", rest[len("facts."):]))
        else:
            return Figure(None, _nearest(gone, rest, known))
    refused = any(step in READ_FROM_FILES for step in steps) or steps[:1] in LEFT_ALONE
    return Figure(None if refused else steps)


def value_at(data: Any, steps: Path_) -> Any:
    """Return what stands at `steps`, or None where nothing does."""
    for step in steps:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _known(holder: Any) -> dict[str, str | int]:
    """Return the names under which the entries of a mapping or a list are known, with their step."""
    if isinstance(holder, dict):
        return {key: key for key in holder}
    if not isinstance(holder, list):
        return {}
    ids = {one["id"]: at for at, one in enumerate(holder) if isinstance(one, dict) and isinstance(one.get("id"), str)}
    return dict(ids) if ids else {str(at + 1): at for at in range(len(holder))}


def _nearest(gone: str, rest: str, known: Iterable[str]) -> str:
    near = closest(rest.partition(".")[0], known)
    return gone + near if near else ", ".join(f"{gone}{key}" for key in list(known)[:3])


def fixed_by_files(data: Any) -> tuple[list[Any], set[Any]]:
    """Return what ties the data to the files that were read: claimants with their contracts and accounts, lists.

    The first must stay as it is; of the second, some may go.
    """
    claimants: list[Any] = []
    lists = set[Any]()
    for claimant in _mappings(data.get("claimants")):
        accounts = claimant.get("accounts")
        named = [accounts.get(key) for key in READ_FROM_FILES] if isinstance(accounts, dict) else accounts
        contracts = [one.get("id") for one in _mappings(claimant.get("contracts"))]
        claimants.append((claimant.get("id"), contracts, named))
        lists |= {(claimant.get("id"), head.get("id"), str(head["customers"]))
                  for head in _mappings(claimant.get("heads")) if "customers" in head}
    return claimants, lists


def _mappings(entries: Any) -> list[dict[str, Any]]:
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
