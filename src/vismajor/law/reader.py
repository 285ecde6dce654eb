"""Reads a law pack: every file validated with positions, then checked as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from vismajor.law.checks import check_pack, evaluation_order
from vismajor.law.fitted import Fitted
from vismajor.law.heads import HeadKind, OwnFaultShare
from vismajor.law.models import Declaration, Issue, Law, NotEncoded, PackHeader, Rule, Source, Vocabulary, Words
from vismajor.law.rates import RatesFile, place_rates
from vismajor.law.regimes import Regimes
from vismajor.law.settlement import SettlementRules
from vismajor.law.time_limits import TimeLimit
from vismajor.reading.problems import InvalidInput, Problem, nearest, problem
from vismajor.reading.shipped import shipped_folder
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import Path_, YamlSource, load_yaml

M = TypeVar("M", bound=BaseModel)
THEMES, FACTS, SOURCES = "themes", "facts", "sources"
FILES = ("pack.yaml", "vocabulary.yaml", "issues.yaml", "heads.yaml", "not_encoded.yaml")
OWN_FAULT = "own_fault_share"
# What a pack may have or not.
TIME_LIMITS, REGIMES, WEIGHTS, RATES = "time_limits.yaml", "regimes.yaml", "weights.yaml", "rates.yaml"
SETTLEMENT = "settlement.yaml"


@dataclass(frozen=True)
class Placed:
    """An entry of a pack with the file and path where it stands, so that checks can point at it."""

    source: YamlSource
    path: Path_

    def problem(self, path: Path_, code: str, **values: object) -> Problem:
        """Build a problem at `path` below this entry."""
        return self.source.problem((*self.path, *path), code, **values)

    def place(self) -> str:
        """Return where this entry stands: `file:line:column`."""
        line, column = self.source.place(self.path)
        return f"{self.source.file}:{line}:{column}"


def law_names() -> list[str]:
    """Return the ids of the packs that came with this installation."""
    return sorted(item.parent.name for item in shipped_folder("rules").glob("*/pack.yaml"))


def pack_folder(name: str) -> Path:
    """Return the folder of the shipped pack `name`, or `name` itself when it is a folder. Raises InvalidInput."""
    if name in law_names():
        return shipped_folder("rules") / name
    if (Path(name) / "pack.yaml").is_file():
        return Path(name)
    written_as_path = Path(name).exists() or len(Path(name).parts) > 1
    raise InvalidInput([
        problem(name, (1, 1), "no_pack_here", expected=", ".join(law_names())) if written_as_path
        else problem(name, (1, 1), "unknown_law", read=name, nearest=nearest(name, law_names()))])


def read_law(name: str) -> Law:
    """Read the pack `name` (an id under `rules/`, or a folder). Raises InvalidInput with every problem of the pack."""
    folder = pack_folder(name)
    problems: list[Problem] = []
    placed: dict[tuple[str, str], Placed] = {}
    sources = {file: _load(file, folder, problems) for file in _files(folder)}

    def spread(key: str, model: type[M], where: str) -> dict[str, M]:
        """Read the entries of every file of a folder; an id taken in one file is taken in all."""
        merged: dict[str, M] = {}
        read = _mapping if key == FACTS else _entries
        for source in (source for file, source in sources.items() if file.parent.name == where):
            for entry_id, entry in read(source, key, model, problems, placed).items():
                if entry_id in merged:
                    problems.append(placed[key, entry_id].problem((), "same_id_twice", read=entry_id))
                merged[entry_id] = entry
        return merged

    facts = spread("facts", Declaration, FACTS)
    vocabulary_source, words = sources.get(folder / "vocabulary.yaml"), None
    if vocabulary_source:
        words, found = validate(Words, vocabulary_source)
        problems += found
    parts: dict[str, Any] = {
        "rules": spread("rules", Rule, THEMES),
        "sources": spread("sources", Source, SOURCES),
        "issues": _entries(sources.get(folder / "issues.yaml"), "issues", Issue, problems, placed),
        "heads": _mapping(sources.get(folder / "heads.yaml"), "heads", HeadKind, problems, placed),
        "time_limits": _entries(sources.get(folder / TIME_LIMITS), "time_limits", TimeLimit, problems, placed),
        "not_encoded": tuple(_list(sources.get(folder / "not_encoded.yaml"), "not_encoded", NotEncoded, problems)),
    }
    for part, file, model in (("regimes", REGIMES, Regimes), ("fitted", WEIGHTS, Fitted),
                              ("settlement", SETTLEMENT, SettlementRules)):
        if source := sources.get(folder / file):
            stated_part, found = validate(model, source)
            problems += found
            if stated_part is not None:
                parts[part] = stated_part
            placed[part, ""] = Placed(source, ())
    if source := sources.get(folder / RATES):
        stated, found = validate(RatesFile, source)
        problems += found
        placed["rates", ""] = Placed(source, ())
        if stated:
            parts["rates"], found = place_rates(stated, source)
            problems += found
    parts["own_fault_share"] = _own_fault_share(sources.get(folder / "heads.yaml"), problems)
    pack, header = sources.get(folder / "pack.yaml"), None
    if pack:
        header, found = validate(PackHeader, pack)
        problems += found
    if problems or words is None or pack is None or header is None:
        raise InvalidInput(problems)
    law = Law(
        **dict(header), **parts, folder=folder, order=(),
        vocabulary=Vocabulary.model_construct(**dict(words), facts=facts),
        hashes={str(file.relative_to(folder)): _hash(file) for file in sources},
    )
    placed["pack", ""] = Placed(pack, ())
    if vocabulary_source:
        placed["vocabulary", ""] = Placed(vocabulary_source, ())
    problems = [
        placed[kind, entry].problem(path, code, **values) for kind, entry, path, code, values in check_pack(law)
    ]
    order, cycle = evaluation_order(law)
    if cycle:
        problems.append(_step_of(law, cycle, placed).problem((), "cycle", cycle=" → ".join(cycle)))
    if problems:
        raise InvalidInput(problems)
    places = {entry: placed_at.place() for (kind, entry), placed_at in placed.items()
              if kind in ("rules", "issues", "sources")}
    return law.model_copy(update={"order": tuple(order), "places": places})


def _step_of(law: Law, cycle: list[str], placed: dict[tuple[str, str], Placed]) -> Placed:
    """Return where a circle is made: the last rule that leads from one of its steps to the next, else what it is on."""
    steps = {frozenset(pair) for pair in pairwise(cycle)}
    made = [rule.id for rule in law.rules.values() for condition in (*rule.if_, *rule.unless)
            for name in condition.names if frozenset((name, rule.target)) in steps]
    limits = [limit.id for limit in law.time_limits.values() if {limit.last_day, limit.days_left} & set(cycle)]
    places = [("rules", name) for name in made[-1:]] + [("time_limits", name) for name in limits]
    places += [(kind, name) for name in cycle for kind in ("issues", "facts")]
    return next(placed[place] for place in places if place in placed)


def _files(folder: Path) -> list[Path]:
    """Return every file of a pack: what must be there whether it is or not, then what is."""
    optional = [folder / name for name in (TIME_LIMITS, REGIMES, WEIGHTS, RATES, SETTLEMENT)
                if (folder / name).is_file()]
    spread = [file for part in (FACTS, SOURCES, THEMES) for file in sorted((folder / part).glob("*.yaml"))]
    return [*(folder / name for name in FILES), *optional, *spread]


def _own_fault_share(source: YamlSource | None, problems: list[Problem]) -> OwnFaultShare | None:
    stated = source.data.get(OWN_FAULT) if source and isinstance(source.data, dict) else None
    if source is None or stated is None:
        return None
    share, found = validate(OwnFaultShare, source, (OWN_FAULT,), stated)
    problems += found
    return share


def _load(file: Path, folder: Path, problems: list[Problem]) -> YamlSource | None:
    try:
        return load_yaml(file, str(Path(folder.name) / file.relative_to(folder)), missing="missing_pack_file")
    except InvalidInput as error:
        problems += error.problems
        return None


def _list(source: YamlSource | None, key: str, model: type[M], problems: list[Problem]) -> list[M]:
    items = _items(source, key, problems)
    found: list[M] = []
    for index, item in enumerate(items):
        assert source is not None
        entry, wrong = validate(model, source, (key, index), item)
        problems += wrong
        if entry is not None:
            found.append(entry)
    return found


def _items(source: YamlSource | None, key: str, problems: list[Problem]) -> list[Any]:
    if source is None:
        return []
    items = source.data.get(key) if isinstance(source.data, dict) else None
    if not isinstance(items, list):
        problems.append(source.problem((), "missing_key", key=key))
        return []
    return items


def _entries(source: YamlSource | None, key: str, model: type[M], problems: list[Problem],
             placed: dict[tuple[str, str], Placed]) -> dict[str, M]:
    """Validate a list of entries that have an `id`; a second entry of the same id is a problem."""
    found: dict[str, M] = {}
    for index, item in enumerate(_items(source, key, problems)):
        assert source is not None
        entry, wrong = validate(model, source, (key, index), item)
        problems += wrong
        if entry is None:
            continue
        name = str(getattr(entry, "id"))  # noqa: B009 — M is any model with an id
        if name in found:
            problems.append(source.problem((key, index, "id"), "same_id_twice", read=name))
        found[name] = entry
        placed[key, name] = Placed(source, (key, index))
    return found


def _mapping(source: YamlSource | None, key: str, model: type[M], problems: list[Problem],
             placed: dict[tuple[str, str], Placed]) -> dict[str, M]:
    """Validate a mapping of name to entry."""
    data = source.data.get(key) if source and isinstance(source.data, dict) else None
    if source is None or not isinstance(data, dict):
        if source:
            problems.append(source.problem((), "missing_key", key=key))
        return {}
    found: dict[str, M] = {}
    for name, item in data.items():
        entry, wrong = validate(model, source, (key, name), item)
        problems += wrong
        placed[key, name] = Placed(source, (key, name))
        if entry is not None:
            found[name] = entry
    return found


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
