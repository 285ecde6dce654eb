"""Applies scenarios to the data of a case as it was written, keeping the place that says each change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vismajor.case.figure_paths import find_figure, fixed_by_files, value_at
from vismajor.case.overridden import Overridden, Said, Written
from vismajor.case.stated import agreements, fact_maps
from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import Path_, YamlSource

Scopes = Mapping[str, str]  # where each fact is stated: common, contract, claimant, or a kind of thing


@dataclass(frozen=True)
class Override:
    """What scenarios, one on top of the other, change in the data of a case: each entry with the place that says it.

    `given`: the answers taken as given, by issue; `chances`: those of open questions of law.
    """

    source: Overridden
    given: Mapping[str, bool]
    chances: Mapping[str, float]
    problems: tuple[Problem, ...]


def override(source: YamlSource, scenarios: Sequence[Written], scopes: Scopes) -> Override:
    """Apply scenarios, one on top of the other, to the data of a case.

    However broken a scenario is, what can be applied of it is: the rest is told when the case that comes out is read.
    """
    draft = _Draft(_unshared(source.data), scopes)
    given: dict[str, bool] = {}
    chances: dict[str, float] = {}
    for written in scenarios:
        _apply(draft, written)
        given |= {name: answer == "established" for name, answer in _mapping(written.entry, "issues").items()}
        chances |= {name: float(chance) for name, chance in _mapping(written.entry, "questions").items()
                    if not isinstance(chance, bool | str | list | dict | None)}
    return Override(Overridden(source.file, draft.data, source.places, tuple(draft.said)), given, chances,
                    tuple(draft.problems))


def _unshared(data: Any) -> Any:
    """Return a copy in which entries that YAML repeats (`*name`) are no longer one and the same."""
    if isinstance(data, dict):
        return {key: _unshared(value) for key, value in data.items()}
    return [_unshared(one) for one in data] if isinstance(data, list) else data


def _mapping(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = entry.get(key)
    return found if isinstance(found, dict) else {}


def _apply(draft: _Draft, written: Written) -> None:
    entry, unknown, whose = written.entry, written.entry.get("unknown"), written.entry.get("claimants")
    only = frozenset(one for one in whose if isinstance(one, str)) if isinstance(whose, list) else None
    if entry.get("as_of") is not None:
        draft.put(("as_of",), entry["as_of"], written, ("as_of",))
    for index, name in enumerate(unknown if isinstance(unknown, list) else ()):
        if isinstance(name, str):
            draft.forget(name, written, ("unknown", index), only)
    for name, fact in _mapping(entry, "facts").items():
        draft.state(name, fact, written, ("facts", name), only)
    for name, chance in _mapping(entry, "likelihoods").items():
        draft.change_chance(name, chance, written, ("likelihoods", name), only)
    for name, value in _mapping(entry, "figures").items():
        draft.set_figure(name, value, written, ("figures", name))


def _states(key: str, name: str) -> bool:
    """Tell whether a key states a fact: for one duty (`name@duty`) that very key, else for any."""
    return key == name if "@" in name else key.partition("@")[0] == name


@dataclass
class _Draft:
    """The data of a case being changed, with what scenarios say of it. `only`: the claimants of whom a fact is said."""

    data: Any
    scopes: Scopes
    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: Path_, value: Any, written: Written, at: Path_) -> None:
        """Set the entry at `path` (a mapping of facts is made where there is none), and remember who says so."""
        holder = self.data
        for step in path[:-1]:
            holder = holder.setdefault(step, {}) if step == "facts" else holder[step]
        holder[path[-1]] = _unshared(value)
        self.said.append(Said(path, written, at))

    def state(self, name: str, fact: Any, written: Written, at: Path_, only: frozenset[str] | None) -> None:
        """State a fact of all whom it concerns, in place of what is stated of it."""
        fact = fact if isinstance(fact, dict) else {"value": fact}
        for path in list(self._holders(name.partition("@")[0], only)):
            stated = [key for key in value_at(self.data, path) or {} if _states(key, name)]
            for key in dict.fromkeys([*stated, name]):
                self.put((*path, key), fact, written, at)

    def _holders(self, name: str, only: frozenset[str] | None) -> Iterator[Path_]:
        """Yield the mappings in which a fact must be stated so that it holds for all whom it concerns."""
        scope = self.scopes.get(name, "common")
        stating = [path for _, path, facts in fact_maps(self.data) if any(_states(key, name) for key in facts)]
        if scope == "common":
            yield ("facts",)
        elif scope == "contract":
            yield from (path for path in stating if only is None)
            yield from ((*path, "facts") for path, contract in agreements(self.data) if self._is_meant(path, only)
                        and (only is not None or not self._covers(contract, (*path, "facts"), stating)))
        else:
            yield from self._of_claimants(scope, stating, only)

    def _of_claimants(self, scope: str, stating: Sequence[Path_], only: frozenset[str] | None) -> Iterator[Path_]:
        for index, claimant in enumerate(self.data["claimants"]):
            at: Path_ = ("claimants", index)
            if not self._is_meant(at, only):
                continue
            own = [path for path in stating if path[:3] == (*at, "items")]
            yield from own
            things = [one for one in claimant.get("items") or () if isinstance(one, dict) and one.get("kind") == scope]
            if (*at, "facts") in stating or not own or len(own) < len(things):
                yield (*at, "facts")

    def _covers(self, contract: Mapping[str, Any], path: Path_, stating: Sequence[Path_]) -> bool:
        """Tell whether a contract, or the terms that it refers to, states a fact."""
        terms = [("contracts", index, "facts") for index, one in enumerate(self.data.get("contracts") or ())
                 if isinstance(one, dict) and one.get("id") == contract.get("terms")]
        return path in stating or any(one in stating for one in terms)

    def _is_meant(self, path: Path_, only: frozenset[str] | None) -> bool:
        claimant = path[:2]
        return only is None or path[0] == "facts" or (
            claimant[0] == "claimants" and value_at(self.data, (*claimant, "id")) in only)

    def forget(self, name: str, written: Written, at: Path_, only: frozenset[str] | None) -> None:
        """Take a fact as not stated (for one duty, where it is named)."""
        found = [(path, facts, key) for _, path, facts in fact_maps(self.data) for key in list(facts)
                 if _states(key, name)]
        meant = [(facts, key) for path, facts, key in found if self._is_meant(path, only)]
        for facts, key in meant:
            del facts[key]
        if not meant:
            code = "stated_for_others_too" if found else "forgets_nothing"
            self._tell_nothing(name, written, at, code)

    def change_chance(self, name: str, chance: Any, written: Written, at: Path_, only: frozenset[str] | None) -> None:
        """Keep a fact as it is stated, and change the chance that the court finds it so."""
        found = [((*path, key), fact) for _, path, facts in fact_maps(self.data) for key, fact in facts.items()
                 if _states(key, name)]
        meant = [one for one in found if self._is_meant(one[0], only)] or self._from_terms(found, only)
        for path, fact in meant:
            self.put(path, {**(fact if isinstance(fact, dict) else {"value": fact}), "likelihood": chance}, written, at)
        if not meant:
            code = "stated_for_others_too" if found else "likelihood_of_nothing"
            self._tell_nothing(name, written, at, code)

    def _tell_nothing(self, name: str, written: Written, at: Path_, code: str) -> None:
        """Tell that a change reaches no statement; of a fact that does not exist that is told already."""
        if name.partition("@")[0] in self.scopes:
            self.problems.append(written.problem(at, code, read=name))

    def _from_terms(self, found: Sequence[tuple[Path_, Any]], only: frozenset[str] | None) -> list[tuple[Path_, Any]]:
        """Return what the terms of some claimants state, as a statement of their own contracts."""
        return [((*own, "facts", path[-1]), fact) for own, contract in agreements(self.data)
                if self._is_meant(own, only) for path, fact in found
                if path[0] == "contracts" and value_at(self.data, (*path[:2], "id")) == contract.get("terms")]

    def set_figure(self, name: str, value: Any, written: Written, at: Path_) -> None:
        """Set any other entry of the file by its path (see `figure_paths`); what ties it to files must stay."""
        figure = find_figure(self.data, name)
        if figure.steps is None:
            self.problems.append(written.problem(at, "no_such_figure", read=name, nearest=figure.nearest))
            return
        tied, lists = fixed_by_files(self.data)
        was = value_at(self.data, figure.steps)
        self.put(figure.steps, value, written, at)
        tied_then, lists_then = fixed_by_files(self.data)
        if tied_then != tied or not lists_then <= lists:
            self.put(figure.steps, was, written, at)
            del self.said[-2:]
            self.problems.append(written.problem(at, "figure_from_files", read=name))
