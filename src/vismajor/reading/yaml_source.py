"""YAML 1.2 scalars with the place of every node, and guards against files that would exhaust the machine."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from vismajor.reading.problems import InvalidInput, Problem, problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 30
MAX_NODES = 200_000  # counted after aliases are expanded: a bomb of aliases is small on disk, huge in memory

Path_ = tuple[str | int, ...]
Place = tuple[int, int]
_KEY = "$key"


# The C loader is six times faster; where PyYAML was built without it, the Python one gives the same.
_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc,valid-type]
    """Only true, false, null, decimal integers and decimals are typed; `no`, `12:30`, `010`, dates stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first) or [""])


_resolve("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF")
_resolve("null", r"^(?:null|Null|NULL|~)$", "nN~")
_resolve("null", r"^$", "")
# A number of more digits than any sum or measure has stays text, and is refused where a number is expected.
_resolve("int", r"^[-+]?(?:0|[1-9][0-9]{0,17})$", "-+0123456789")
_resolve("float", r"^[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}$", "-+0123456789")


def _construct_decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Loader.add_constructor("tag:yaml.org,2002:float", _construct_decimal)

# What libyaml (or PyYAML) says, and the mistake that a writer of cases most often made there.
_SYNTAX = {
    "mapping values are not allowed in this context": "colon_in_text",
    "mapping values are not allowed here": "colon_in_text",
    "found unexpected end of stream": "quote_not_closed",
    "did not find expected ',' or ']'": "bracket_not_closed",
    "did not find expected ',' or '}'": "bracket_not_closed",
    "expected ',' or ']', but got '<stream end>'": "bracket_not_closed",
    "expected ',' or '}', but got '<stream end>'": "bracket_not_closed",
    "found undefined alias": "undefined_alias",
    "but found another document": "two_documents",
}


@dataclass(frozen=True)
class YamlSource:
    """A YAML file read once: its plain data (dict, list, str, int, Decimal, bool, None) and where each node stands."""

    file: str
    data: Any
    places: dict[Path_, Place] = field(repr=False)

    def place(self, path: Path_) -> Place:
        """Return (line, column) of the node at `path`, or of its nearest ancestor that exists."""
        best: Path_ = ()
        for part in path:
            if (*best, part) in self.places:
                best = (*best, part)
        return self.places.get((*best, _KEY)) or self.places.get(best, (1, 1))

    def stands(self, path: Path_) -> bool:
        """Tell whether something is written at `path`."""
        return path in self.places

    def problem(self, path: Path_, code: str, **values: object) -> Problem:
        """Build a problem placed at the node at `path`."""
        return problem(self.file, self.place(path), code, **values)


def read_text(path: Path, name: str | None = None, missing: str = "missing_file") -> str:
    """Read a UTF-8 text file. Raises InvalidInput when it is missing, too large, empty or in another encoding.

    `missing` is the code of the problem where there is no such file: it says what was looked for.
    """
    name = name or str(path)
    try:
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            raise InvalidInput([problem(name, (1, 1), missing)])
        if size > MAX_BYTES:
            raise InvalidInput([problem(name, (1, 1), "too_large", limit=MAX_BYTES // 1_000_000)])
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidInput([problem(name, (1, 1), "unreadable_file", reason=error.strerror or error)]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        place = (before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        raise InvalidInput([problem(name, place, "not_utf8", byte=f"0x{raw[error.start]:02x}")]) from None
    if not text.strip():
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    return text


def load_yaml(path: Path, name: str | None = None, missing: str = "missing_file") -> YamlSource:
    """Read a YAML file with places. Raises InvalidInput with every problem that can be told (syntax: the first)."""
    name = name or str(path)
    return parse_yaml(read_text(path, name, missing), name)


def parse_yaml(text: str, name: str) -> YamlSource:
    """Parse YAML text with places; `name` is what errors call the file. Raises InvalidInput."""
    try:
        _check_events(text, name)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            if root is None:
                raise InvalidInput([problem(name, (1, 1), "empty_file")])
            places, problems = _walk(root, name)
            if problems:
                raise InvalidInput(problems)
            return YamlSource(name, loader.construct_document(root), places)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise InvalidInput([_syntax_problem(text, name, error)]) from None
    except yaml.reader.ReaderError as error:
        raise InvalidInput([_control_character(text, name, error)]) from None


def _syntax_problem(text: str, name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    code = _SYNTAX.get(error.problem or "", "yaml_syntax")
    if code in ("quote_not_closed", "bracket_not_closed"):
        mark = error.context_mark or mark  # where it was opened: the rest of the file follows from it
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    indentation = re.match(r"\s*", lines[line - 1] if line <= len(lines) else "")
    if indentation and "\t" in indentation.group():
        return problem(name, (line, indentation.group().index("\t") + 1), "tab")
    return problem(name, (line, column), code)


def _control_character(text: str, name: str, error: yaml.reader.ReaderError) -> Problem:
    # The C reader counts in UTF-8 bytes, the Python one in characters: look the character up instead.
    code = error.character if isinstance(error.character, int) else ord(str(error.character))
    position = text.find(chr(code))
    before = text[: max(position, 0)]
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return problem(name, place, "control_character", character=f"U+{code:04X}")


def _check_events(text: str, name: str) -> None:
    """Refuse, before composing, deep nesting (the composer recurses, and would crash) and tags (`!!int x`)."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if getattr(event, "tag", None) is not None:
            read = text.split("\n")[place[0] - 1][place[1] - 1 :].split()
            raise InvalidInput([problem(name, place, "tag_not_allowed", read=(read or ["!"])[0])])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise InvalidInput([problem(name, place, "too_deep", limit=MAX_DEPTH)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _walk(root: yaml.Node, name: str) -> tuple[dict[Path_, Place], list[Problem]]:
    places: dict[Path_, Place] = {}
    problems: list[Problem] = []
    stack: list[tuple[yaml.Node, Path_]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(places) > MAX_NODES or len(path) > MAX_DEPTH:
            raise InvalidInput([problem(name, place, "alias_bomb", limit=MAX_NODES)])
        places[path] = place
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                key_place = (key.start_mark.line + 1, key.start_mark.column + 1)
                if not isinstance(key, yaml.ScalarNode):
                    problems.append(problem(name, key_place, "key_not_text"))
                    continue
                if key.value in seen:
                    problems.append(problem(name, key_place, "duplicate_key", key=key.value, first=seen[key.value]))
                    continue
                seen[key.value] = key_place[0]
                key.tag = "tag:yaml.org,2002:str"  # a key is a name, even where it looks like a number
                places[(*path, key.value, _KEY)] = key_place
                stack.append((value, (*path, key.value)))
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((item, (*path, index)) for index, item in enumerate(node.value))
        elif hidden := [c for c in node.value if unicodedata.category(c) == "Cc" and c not in "\n\t"]:
            problems.append(problem(name, place, "control_character", character=f"U+{ord(hidden[0]):04X}"))
    return places, problems
