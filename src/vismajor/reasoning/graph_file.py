"""Reads argument graphs in the YAML of Carneades 4: statements, issues, arguments, schemes, weighing functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from vismajor.reading.problems import InvalidInput, Problem, nearest
from vismajor.reading.yaml_source import Path_, YamlSource, load_yaml
from vismajor.reasoning.carneades import (
    BASIC_WEIGHERS,
    ArgumentGraph,
    CarneadesArgument,
    CarneadesIssue,
    Label,
    Preference,
    Premise,
    Soft,
    Weigher,
    constant,
    criteria,
    linked,
    preference,
)

STANDARDS = ("PE", "CCE", "BRD")
SECTIONS = ("meta", "language", "references", "statements", "issues", "arguments", "assumptions", "argument_schemes",
            "issue_schemes", "weighing_functions", "tests")


@dataclass(frozen=True)
class GraphFile:
    """An argument graph, and the labels that the file itself expects (empty where it says nothing)."""

    graph: ArgumentGraph
    expected: Mapping[str, Label]


def read_graph(path: Path) -> GraphFile:
    """Read a graph. Raises InvalidInput with every problem: unknown statements, schemes, standards, wrong shapes."""
    reader = _Reader(load_yaml(path))
    found = reader.read()
    if reader.problems:
        raise InvalidInput(reader.problems)
    return found


@dataclass(frozen=True)
class _Scheme:
    weigher: Weigher
    properties: Mapping[str, object]
    roles: tuple[str, ...] = ()


@dataclass
class _Reader:
    source: YamlSource
    problems: list[Problem] = field(default_factory=list)
    statements: dict[str, str] = field(default_factory=dict)

    def read(self) -> GraphFile:
        if not isinstance(self.source.data, dict):
            raise InvalidInput([self.source.problem((), "not_mapping", read=type(self.source.data).__name__)])
        for key in self.source.data:
            if key not in SECTIONS:
                self._problem((key,), "unknown_key", key=key, nearest=nearest(key, SECTIONS))
        assumed = set(self._read_statements())
        weighers = {name: self._weigher(("weighing_functions", name), body, dict(BASIC_WEIGHERS))
                    for name, body, _ in self._entries("weighing_functions")}
        schemes = dict(self._schemes({**BASIC_WEIGHERS, **weighers}))
        issues = tuple(self._issues())
        arguments = tuple(self._arguments(schemes))
        for index, item in enumerate(self._list(("assumptions",), self.source.data.get("assumptions"))):
            assumed.add(self._statement(("assumptions", index), item))
        graph = ArgumentGraph(self.statements, issues, arguments, frozenset(assumed))
        return GraphFile(graph, dict(self._expected()))

    def _problem(self, path: Path_, code: str, **values: object) -> None:
        self.problems.append(self.source.problem(path, code, **values))

    def _entries(self, section: str) -> Iterator[tuple[str, Any, Path_]]:
        """Yield (id, content, path) of a section written as a mapping by id, or as a list of entries with an id."""
        content = self.source.data.get(section)
        if isinstance(content, list):
            for index, item in enumerate(content):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield item["id"], item, (section, index)
                else:
                    self._problem((section, index), "missing_key", key="id")
        elif isinstance(content, dict):
            for key, item in content.items():
                yield str(key), item, (section, key)
        elif content is not None:
            self._problem((section,), "not_mapping", read=content)

    def _list(self, path: Path_, content: Any) -> list[Any]:
        if content is None:
            return []
        if not isinstance(content, list):
            self._problem(path, "not_list", read=content)
            return []
        return content

    def _statement(self, path: Path_, name: Any) -> str:
        wanted = _normal(name)
        if wanted not in self.statements:
            self._problem(path, "unknown_statement", read=wanted, nearest=nearest(wanted, self.statements))
        return wanted

    def _read_statements(self) -> Iterator[str]:
        """Keep the statements; yield those that are assumed in place."""
        assumed = []
        for name, content, path in self._entries("statements"):
            fields = content if isinstance(content, dict) else {"text": content}
            self.statements[_normal(name)] = " ".join(str(fields.get("text") or name).split())
            flag = fields.get("assumed", False)
            if not isinstance(flag, bool):
                self._problem((*path, "assumed"), "not_bool", read=flag)
            elif flag:
                assumed.append(_normal(name))
        yield from assumed

    def _issues(self) -> Iterator[CarneadesIssue]:
        taken: dict[str, str] = {}
        for name, content, path in self._entries("issues"):
            fields = content if isinstance(content, dict) else {}
            standard = str(fields.get("standard") or "PE").upper()
            if standard not in STANDARDS:
                self._problem((*path, "standard"), "not_in_list", read=standard, expected=", ".join(STANDARDS),
                              nearest=nearest(standard, STANDARDS))
                continue
            positions = tuple(self._statement((*path, "positions", index), item) for index, item in
                              enumerate(self._list((*path, "positions"), fields.get("positions"))))
            for index, position in enumerate(positions):
                if taken.setdefault(position, name) != name:
                    self._problem((*path, "positions", index), "position_twice", read=position, other=taken[position])
            yield CarneadesIssue(name, positions, standard)  # type: ignore[arg-type]

    def _arguments(self, schemes: Mapping[str, _Scheme]) -> Iterator[CarneadesArgument]:
        for name, content, path in self._entries("arguments"):
            fields = content if isinstance(content, dict) else {}
            if "conclusion" not in fields:
                self._problem(path, "missing_key", key="conclusion")
                continue
            wanted = str(fields.get("scheme") or "linked")
            scheme = schemes.get(wanted)
            if scheme is None:
                self._problem((*path, "scheme"), "unknown_scheme", read=wanted, nearest=nearest(wanted, schemes))
                continue
            undercutter = fields.get("undercutter")
            meta = fields.get("meta")
            yield CarneadesArgument(
                name, self._statement((*path, "conclusion"), fields["conclusion"]),
                tuple(self._premises((*path, "premises"), fields.get("premises"), scheme.roles)),
                self._statement((*path, "undercutter"), undercutter) if undercutter else None, scheme.weigher,
                {**scheme.properties, **(meta if isinstance(meta, dict) else {})},
            )

    def _premises(self, path: Path_, content: Any, roles: tuple[str, ...]) -> Iterator[Premise]:
        if isinstance(content, dict):
            for role, name in content.items():
                yield Premise(self._statement((*path, role), name), str(role))
            return
        for index, item in enumerate(self._list(path, content)):
            if isinstance(item, dict) and len(item) == 1:
                role, name = next(iter(item.items()))
                yield Premise(self._statement((*path, index), name), str(role))
            else:
                yield Premise(self._statement((*path, index), item), roles[index] if index < len(roles) else "")

    def _schemes(self, weighers: Mapping[str, Weigher]) -> Iterator[tuple[str, _Scheme]]:
        for name in BASIC_WEIGHERS:
            yield name, _Scheme(BASIC_WEIGHERS[name], {})
        for name, content, path in self._entries("argument_schemes"):
            fields = content if isinstance(content, dict) else {}
            weigher = self._weigher((*path, "weight"), fields.get("weight"), dict(weighers))
            meta, premises = fields.get("meta"), fields.get("premises")
            roles = tuple(str(role) for role in premises) if isinstance(premises, dict) else ()
            yield name, _Scheme(weigher, meta if isinstance(meta, dict) else {}, roles)

    def _weigher(self, path: Path_, content: Any, known: dict[str, Weigher]) -> Weigher:
        if content is None:
            return linked
        if isinstance(content, str):
            if content not in known:
                self._problem(path, "unknown_scheme", read=content, nearest=nearest(content, known))
            return known.get(content, linked)
        if _is_number(content):
            return constant(float(content))
        kind = next(iter(content), "") if isinstance(content, dict) and len(content) == 1 else ""
        if kind == "constant" and _is_number(content[kind]):
            return constant(float(content[kind]))
        if kind == "preference" and isinstance(content[kind], list):
            return preference([self._preference((*path, kind, i), item) for i, item in enumerate(content[kind])])
        if kind == "criteria" and isinstance(content[kind], dict):
            return self._criteria((*path, kind), content[kind])
        self._problem(path, "unknown_weigher", read=content)
        return linked

    def _preference(self, path: Path_, item: Any) -> Preference:
        fields = item if isinstance(item, dict) else {}
        order = fields.get("order", "ascending")
        if not isinstance(fields.get("property"), str) or not (
                isinstance(order, list) or order in ("ascending", "descending")):
            self._problem(path, "unknown_weigher", read=item)
            return Preference("")
        return Preference(fields["property"], tuple(map(str, order)) if isinstance(order, list) else order)

    def _criteria(self, path: Path_, fields: dict[str, Any]) -> Weigher:
        hard = [str(role) for role in self._list((*path, "hard"), fields.get("hard"))]
        soft: dict[str, Soft] = {}
        for name, body in (fields.get("soft") or {}).items():
            values = body.get("values") if isinstance(body, dict) else None
            if not isinstance(values, dict) or not _is_number(body.get("factor")) \
                    or not all(_is_number(value) for value in values.values()):
                self._problem((*path, "soft", name), "unknown_weigher", read=body)
                continue
            soft[name] = Soft(float(body["factor"]), {str(k): float(v) for k, v in values.items()})
        return criteria(hard, soft)

    def _expected(self) -> Iterator[tuple[str, Label]]:
        tests = self.source.data.get("tests")
        labels: tuple[Label, ...] = ("in", "out", "undecided")
        for label in labels:
            listed = tests.get(label) if isinstance(tests, dict) else None
            for index, name in enumerate(self._list(("tests", label), listed)):
                yield self._statement(("tests", label, index), name), label


def _normal(name: Any) -> str:
    """Write `price( volvo , low )` and `price(volvo,low)` alike."""
    return re.sub(r"\s*([(),])\s*", r"\1", str(name).strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
