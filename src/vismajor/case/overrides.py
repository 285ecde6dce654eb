"""Applies scenarios to the data of a case as it was written, keeping the place that says each change."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vismajor.case.stated import fact_maps
from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import Path_, Place, YamlSource

# What is read from files beside the case: a scenario may not change it.
READ_FROM_FILES = ("ledger", "revenue", "unaffected", "customers", "account_map")


@dataclass(frozen=True)
class Override:
    """What scenarios, one on top of the other, change in the data of a case: each entry with the place that says it.

    `given`: the answers taken as given, by issue; `chances`: those of open questions of law.
    """

    source: YamlSource
    given: Mapping[str, bool]
    chances: Mapping[str, float]
    problems: tuple[Problem, ...]


def override(source: YamlSource, scenarios: Sequence[tuple[Path_, Mapping[str, Any]]], scopes: Mapping[str, str],
             given_at: YamlSource | None = None) -> Override:
    """Apply scenarios, one on top of the other, to the data of a case.

    Each comes with the path at which it stands in `given_at` (the file of the case unless it was given elsewhere).
    `scopes`: where each fact is stated (common, contract, claimant, or a kind of thing).
    """
    draft = _Draft(copy.deepcopy(source.data), dict(source.places), given_at or source, scopes, [])
    given: dict[str, bool] = {}
    chances: dict[str, float] = {}
    for path, entry in scenarios:
        if entry.get("as_of") is not None:
            draft.put(("as_of",), entry["as_of"], (*path, "as_of"))
        for index, name in enumerate(entry.get("unknown") or ()):
            draft.forget(name, (*path, "unknown", index))
        for name, fact in (entry.get("facts") or {}).items():
            draft.state(name, fact, (*path, "facts", name))
        for name, chance in (entry.get("likelihoods") or {}).items():
            draft.change_chance(name, chance, (*path, "likelihoods", name))
        for name, value in (entry.get("figures") or {}).items():
            draft.set_figure(name, value, (*path, "figures", name))
        given |= {name: answer == "established" for name, answer in (entry.get("issues") or {}).items()}
        chances |= {name: float(chance) for name, chance in (entry.get("questions") or {}).items()}
    return Override(replace(source, data=draft.data, places=draft.places), given, chances, tuple(draft.problems))


@dataclass
class _Draft:
    """The data of a case being changed, with the place of what changes: that of the scenario which says it."""

    data: Any
    places: dict[Path_, Place]
    said: YamlSource
    scopes: Mapping[str, str]
    problems: list[Problem]

    def put(self, path: Path_, value: Any, at: Path_) -> None:
        """Set the entry at `path`, whose parents exist, and remember where that is said."""
        holder = self.data
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = copy.deepcopy(value)
        for known in [known for known in self.places if known[: len(path)] == path]:
            del self.places[known]
        for known, place in self.said.places.items():
            if known[: len(at)] == at:
                self.places[(*path, *known[len(at):])] = place
        self.places.setdefault(path, self.said.place(at))

    def state(self, name: str, fact: Any, at: Path_) -> None:
        """State a fact wherever it is stated, and for all where it is stated nowhere."""
        fact = fact if isinstance(fact, dict) else {"value": fact}
        plain, _, duty = name.partition("@")
        stated = [(path, key) for _, path, facts in fact_maps(self.data) for key in facts
                  if key.partition("@")[0] == plain]
        if duty:
            for path in dict.fromkeys(path for path, _ in stated) or self._usual(plain):
                self._put_fact(path, name, fact, at)
            return
        for path, key in stated:
            self._put_fact(path, key, fact, at)
        for path in () if stated else self._usual(plain):
            self._put_fact(path, name, fact, at)

    def _put_fact(self, path: Path_, key: str, fact: Mapping[str, Any], at: Path_) -> None:
        holder = self.data
        for step in path[:-1]:
            holder = holder[step]
        holder.setdefault(path[-1], {})
        self.put((*path, key), fact, at)

    def _usual(self, name: str) -> list[Path_]:
        """Return where a fact that nobody states would stand: once for all, under each contract, at each claimant."""
        scope, claimants = self.scopes.get(name, "common"), range(len(self.data["claimants"]))
        if scope == "common":
            return [("facts",)]
        if scope == "contract":
            return [("claimants", index, *path, "facts") for index in claimants
                    for path in self._contracts(self.data["claimants"][index])]
        return [("claimants", index, "facts") for index in claimants]

    @staticmethod
    def _contracts(claimant: Mapping[str, Any]) -> list[Path_]:
        if isinstance(claimant.get("contracts"), list):
            return [("contracts", position) for position in range(len(claimant["contracts"]))]
        return [("contract",)]

    def forget(self, name: str, at: Path_) -> None:
        """Take a fact as not stated (for one duty, where it is named)."""
        found = [(facts, key) for _, _, facts in fact_maps(self.data) for key in list(facts)
                 if key == name or ("@" not in name and key.partition("@")[0] == name)]
        for facts, key in found:
            del facts[key]
        if not found:
            self.problems.append(self.said.problem(at, "forgets_nothing", read=name))

    def change_chance(self, name: str, chance: Any, at: Path_) -> None:
        """Keep a fact as it is stated, and change the chance that the court finds it so."""
        for _, path, facts in fact_maps(self.data):
            for key, fact in list(facts.items()):
                if key == name or ("@" not in name and key.partition("@")[0] == name):
                    kept = dict(fact) if isinstance(fact, dict) else {"value": fact}
                    facts[key] = kept
                    self.put((*path, key, "likelihood"), chance, at)

    def set_figure(self, name: str, value: Any, at: Path_) -> None:
        """Set any other entry of the file by its path, whose lists are followed by the id of an entry."""
        steps = self._resolve(name)
        if steps is None or any(step in READ_FROM_FILES for step in steps) or steps[:1] in (("scenarios",), ("law",)):
            self.problems.append(self.said.problem(at, "no_such_figure", read=name))
        else:
            self.put(steps, value, at)

    def _resolve(self, name: str) -> Path_ | None:
        holder: Any = self.data
        steps: Path_ = ()
        rest = name
        while rest:
            if isinstance(holder, list):
                ids = [(len(one["id"]), index, one) for index, one in enumerate(holder) if isinstance(one, dict)
                       and isinstance(one.get("id"), str) and (rest + ".").startswith(one["id"] + ".")]
                if not ids:
                    return None
                length, index, holder = max(ids, key=lambda one: one[0])
                steps, rest = (*steps, index), rest[length + 1:]
            elif isinstance(holder, dict):
                key, _, rest = rest.partition(".")
                steps = (*steps, key)
                if rest and not isinstance(holder.get(key), dict | list):
                    return None
                holder = holder.get(key)
            else:
                return None
        return steps or None
