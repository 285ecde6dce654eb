"""The sections of a graph file: entries by id, lists, known keys; what is wrong is collected with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from vismajor.reading.problems import Problem, nearest
from vismajor.reading.validation import shown
from vismajor.reading.yaml_source import Path_, YamlSource


@dataclass
class Sections:
    """A file read by its sections; `problems` holds every mistake met so far."""

    source: YamlSource
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: Path_, code: str, **values: object) -> None:
        """Note a mistake at `path`."""
        written = {key: shown(value) if key == "read" else value for key, value in values.items()}
        self.problems.append(self.source.problem(path, code, **written))

    def entries(self, section: str, bare: bool = False) -> Iterator[tuple[str, Any, Path_]]:
        """Yield (id, content, path) of a section written as a mapping by id, or as a list of entries with an id.

        `bare`: a list may also name ids alone.
        """
        content = self.source.data.get(section)
        if isinstance(content, list):
            for index, item in enumerate(content):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield item["id"], item, (section, index)
                elif bare and isinstance(item, str):
                    yield item, None, (section, index)
                else:
                    self.problem((section, index), "missing_key", key="id")
        elif isinstance(content, dict):
            for key, item in content.items():
                yield str(key), item, (section, key)
        elif content is not None:
            self.problem((section,), "not_mapping", read=content)

    def items(self, path: Path_, content: Any) -> list[Any]:
        """Return a list that may be left out."""
        if content is None:
            return []
        if not isinstance(content, list):
            self.problem(path, "not_list", read=content)
            return []
        return content

    def fields(self, path: Path_, content: Any, known: Collection[str]) -> dict[str, Any]:
        """Return a mapping that may be left out, its keys checked against those known (in a list, `id` too)."""
        if content is None:
            return {}
        if not isinstance(content, dict):
            self.problem(path, "not_mapping", read=content)
            return {}
        for key in content:
            if key not in known and not (key == "id" and path and isinstance(path[-1], int)):
                self.problem((*path, key), "unknown_key", key=key, nearest=nearest(key, known))
        return content


def is_number(value: Any) -> bool:
    """Tell whether YAML gave a number."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def is_weight(value: Any) -> bool:
    """Tell whether YAML gave a number between 0 and 1, both included."""
    return is_number(value) and 0 <= value <= 1
