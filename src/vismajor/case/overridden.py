"""A case file some of whose entries a scenario writes: what is wrong with them is told where they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import Path_, Place, YamlSource


@dataclass(frozen=True)
class Written:
    """A scenario as it is written: its data, and the file and path where it stands."""

    source: YamlSource
    path: Path_
    entry: dict[str, Any]

    def problem(self, path: Path_, code: str, **values: object) -> Problem:
        """Build a problem placed at the node at `path` within the scenario."""
        return self.source.problem((*self.path, *path), code, **values)

    def holds(self, problem: Problem) -> bool:
        """Tell whether a problem is told at a place of this scenario."""
        return problem.file.startswith("--") or (problem.file == self.source.file and any(
            place == (problem.line, problem.column) for path, place in self.source.places.items()
            if path[:len(self.path)] == self.path))


@dataclass(frozen=True)
class Said:
    """An entry that a scenario writes: its path in the case, and its path within the scenario."""

    path: Path_
    by: Written
    at: Path_


@dataclass(frozen=True)
class Overridden(YamlSource):
    """The data of a case as scenarios change it. `said`: the entries that they write; the last one counts."""

    said: tuple[Said, ...] = ()

    def place(self, path: Path_) -> Place:
        """Return (line, column) of what stands at `path`, in whatever file it is written."""
        found = self._said(path)
        return super().place(path) if found is None else found[0].source.place((*found[0].path, *found[1]))

    def stands(self, path: Path_) -> bool:
        """Tell whether something is written at `path`, by the case or by a scenario."""
        found = self._said(path)
        return super().stands(path) if found is None else found[0].source.stands((*found[0].path, *found[1]))

    def problem(self, path: Path_, code: str, **values: object) -> Problem:
        """Build a problem placed where what stands at `path` is written."""
        found = self._said(path)
        return super().problem(path, code, **values) if found is None else found[0].problem(found[1], code, **values)

    def _said(self, path: Path_) -> tuple[Written, Path_] | None:
        for one in reversed(self.said):
            if path[:len(one.path)] == one.path:
                return one.by, (*one.at, *path[len(one.path):])
        return None
