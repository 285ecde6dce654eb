"""Reads argument graphs in the YAML of Carneades 4: statements, issues, arguments, schemes, weighing functions.

What a file may hold follows the graphs that the authors of Carneades 4 publish, of every year. Arguments are read as
they are written; a file whose schemes would first have to derive them (by a constraint-handling language) is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from vismajor.reading.problems import InvalidInput, nearest
from vismajor.reading.validation import shown
from vismajor.reading.yaml_source import Path_, load_yaml
from vismajor.reasoning.atoms import normal, parse_patterns, positions
from vismajor.reasoning.carneades import (
    ArgumentGraph,
    CarneadesArgument,
    CarneadesIssue,
    Label,
    Premise,
    Standard,
)
from vismajor.reasoning.schemes import Scheme, read_schemes
from vismajor.reasoning.sections import Sections

SECTIONS = ("meta", "language", "references", "statements", "issues", "arguments", "assumptions", "argument_schemes",
            "issue_schemes", "weighing_functions", "tests", "labels")
STANDARDS: tuple[Standard, ...] = get_args(Standard)
LABELS: tuple[Label, ...] = get_args(Label)
EXPECTED = ("tests", "labels")  # the section was called `labels` before it was called `tests`
ARGUMENT_KEYS = ("conclusion", "premises", "scheme", "parameters", "undercutter", "undercutters", "meta")


@dataclass(frozen=True)
class GraphFile:
    """An argument graph, and the labels that the file itself expects (empty where it says nothing)."""

    graph: ArgumentGraph
    expected: Mapping[str, Label]


def read_graph(path: Path) -> GraphFile:
    """Read a graph. Raises InvalidInput with every problem: unknown keys, statements, schemes, standards, shapes."""
    source = load_yaml(path, missing="missing_graph")
    if not isinstance(source.data, dict):
        raise InvalidInput([source.problem((), "not_mapping", read=shown(source.data))])
    sections = Sections(source)
    found = _Reader(sections).read()
    if sections.problems:
        raise InvalidInput(sections.problems)
    return found


@dataclass
class _Reader:
    sections: Sections
    statements: dict[str, str] = field(default_factory=dict)
    expected: dict[str, Label] = field(default_factory=dict)
    derives: bool = False

    def read(self) -> GraphFile:
        data = self.sections.source.data
        self.sections.fields((), data, SECTIONS)
        assumed = set(self._read_statements())
        schemes = read_schemes(self.sections)
        self._refuse_derivation(schemes)
        issues = self._with_issue_schemes(list(self._issues()))
        arguments = tuple(self._arguments(schemes))
        for index, item in enumerate(self.sections.items(("assumptions",), data.get("assumptions"))):
            assumed.add(self._statement(("assumptions", index), item))
        self._read_expected()
        return GraphFile(ArgumentGraph(self.statements, tuple(issues), arguments, frozenset(assumed)), self.expected)

    def _statement(self, path: Path_, name: Any) -> str:
        wanted = normal(name)
        # Where schemes would derive arguments they would add statements as well: the scheme is what is told.
        if wanted not in self.statements and not (self.derives and path[0] in ("assumptions", *EXPECTED)):
            self.sections.problem(path, "unknown_statement", read=wanted, nearest=nearest(wanted, self.statements))
        return wanted

    def _read_statements(self) -> Iterator[str]:
        """Keep the statements; yield those that are assumed in place."""
        for name, content, path in self.sections.entries("statements", bare=True):
            fields: dict[str, Any] = {"text": content}
            if isinstance(content, dict):
                fields = self.sections.fields(path, content, ("text", "assumed", "label", "meta"))
            self.statements[normal(name)] = " ".join(str(fields.get("text") or name).split())
            flag, label = fields.get("assumed", False), fields.get("label")
            if not isinstance(flag, bool):
                self.sections.problem((*path, "assumed"), "not_bool", read=flag)
            elif flag:
                yield normal(name)
            if label in LABELS:
                self.expected[normal(name)] = label
            elif label is not None:
                self._not_in_list((*path, "label"), label, LABELS)

    def _not_in_list(self, path: Path_, read: Any, expected: tuple[str, ...]) -> None:
        self.sections.problem(path, "not_in_list", read=read, expected=", ".join(expected),
                              nearest=nearest(str(read), expected))

    def _refuse_derivation(self, schemes: Mapping[str, Scheme]) -> None:
        """Refuse schemes that would derive arguments which the file does not write: their labels would be missing."""
        used = {content.get("scheme") for _, content, _ in self.sections.entries("arguments")
                if isinstance(content, dict)}
        for name, scheme in schemes.items():
            if scheme.derives and name not in used:
                self.derives = True
                self.sections.problem(scheme.path, "scheme_derives", read=name)

    def _issues(self) -> Iterator[CarneadesIssue]:
        taken: dict[str, str] = {}
        for name, content, path in self.sections.entries("issues"):
            fields = self.sections.fields(path, content, ("positions", "standard", "meta"))
            standard = str(fields.get("standard") or "PE").upper()
            if standard not in STANDARDS:
                self._not_in_list((*path, "standard"), standard, STANDARDS)
                continue
            at = (*path, "positions")
            found = tuple(self._statement((*at, index), item)
                          for index, item in enumerate(self.sections.items(at, fields.get("positions"))))
            for index, position in enumerate(found):
                if taken.setdefault(position, name) != name:
                    self.sections.problem((*at, index), "position_twice", read=position, other=taken[position])
            yield CarneadesIssue(name, tuple(dict.fromkeys(found)), next(s for s in STANDARDS if s == standard))

    def _with_issue_schemes(self, issues: list[CarneadesIssue]) -> list[CarneadesIssue]:
        """Add the positions that issue schemes find among the statements, to a written issue or to one of its own."""
        for name, content, path in self.sections.entries("issue_schemes"):
            read = parse_patterns(self.sections.items(path, content))
            if read is None:
                self.sections.problem(path, "issue_scheme", read=content)
                continue
            for number, group in enumerate(positions(*read, self.statements), start=1):
                touched = [index for index, issue in enumerate(issues) if not set(group).isdisjoint(issue.positions)]
                if len(touched) > 1:
                    self.sections.problem(path, "position_twice", read=group[0], other=issues[touched[0]].id)
                elif touched:
                    issue = issues[touched[0]]
                    issues[touched[0]] = replace(issue, positions=tuple(dict.fromkeys((*issue.positions, *group))))
                else:
                    issues.append(CarneadesIssue(f"{name}-{number}", tuple(group)))
        return issues

    def _arguments(self, schemes: Mapping[str, Scheme]) -> Iterator[CarneadesArgument]:
        for name, content, path in self.sections.entries("arguments"):
            fields = self.sections.fields(path, content, ARGUMENT_KEYS)
            if "conclusion" not in fields:
                self.sections.problem(path, "missing_key", key="conclusion")
                continue
            wanted = str(fields.get("scheme") or "linked")
            scheme = schemes.get(wanted)
            if scheme is None:
                self.sections.problem((*path, "scheme"), "unknown_scheme", read=wanted,
                                      nearest=nearest(wanted, schemes))
                continue
            meta = fields.get("meta")
            yield CarneadesArgument(
                name, self._statement((*path, "conclusion"), fields["conclusion"]),
                tuple(self._premises((*path, "premises"), fields.get("premises"), scheme.roles)),
                tuple(self._undercutters(path, fields)), scheme.weigher,
                {**scheme.properties, **(meta if isinstance(meta, dict) else {})},
            )

    def _undercutters(self, path: Path_, fields: Mapping[str, Any]) -> Iterator[str]:
        """Yield the statements that silence an argument, written as one, or as a list."""
        for key in ("undercutter", "undercutters"):
            content = fields.get(key)
            if isinstance(content, list):
                for index, name in enumerate(content):
                    yield self._statement((*path, key, index), name)
            elif content:
                yield self._statement((*path, key), content)

    def _premises(self, path: Path_, content: Any, roles: tuple[str, ...]) -> Iterator[Premise]:
        if isinstance(content, dict):
            for role, name in content.items():
                yield Premise(self._statement((*path, role), name), str(role))
            return
        for index, item in enumerate(self.sections.items(path, content)):
            if isinstance(item, dict) and len(item) == 1:
                role, name = next(iter(item.items()))
                yield Premise(self._statement((*path, index), name), str(role))
            else:
                yield Premise(self._statement((*path, index), item), roles[index] if index < len(roles) else "")

    def _read_expected(self) -> None:
        for section in EXPECTED:
            tests = self.sections.fields((section,), self.sections.source.data.get(section), LABELS)
            for label in LABELS:
                for index, name in enumerate(self.sections.items((section, label), tests.get(label))):
                    self.expected[self._statement((section, label, index), name)] = label
