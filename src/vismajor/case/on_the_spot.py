"""A version of a case made on the command line: facts, answers, chances and figures, each by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vismajor.case.figure_paths import find_figure, value_at
from vismajor.case.models import Case
from vismajor.case.names import Names
from vismajor.reading.problems import InvalidInput, Problem, closest, problem
from vismajor.reading.yaml_source import Path_, Place, YamlSource, parse_yaml

ID = "what-if"
_FORM = re.compile(r"\s*([^=~\s]+)\s*([=~])(.*)", re.DOTALL)


@dataclass(frozen=True)
class Typed(YamlSource):
    """A scenario typed option by option: what is wrong with an entry is told with the option that gave it."""

    options: Mapping[Path_, str] = field(default_factory=dict)

    def place(self, path: Path_) -> Place:
        """Return the only place that an option has."""
        return 1, 1

    def stands(self, path: Path_) -> bool:
        """Tell whether something was typed at `path`."""
        return value_at(self.data, path) is not None

    def problem(self, path: Path_, code: str, **values: object) -> Problem:
        """Build a problem told with the option that gave what stands at `path`."""
        return problem(self.options.get(path[:2], self.file), (1, 1), code, **values)


def typed_scenario(set_: Sequence[str], unset: Sequence[str], case: Case, names: Names, title: Mapping[str, str]
                   ) -> Typed:
    """Return the scenario that options make: `--set NAME=VALUE`, `--set NAME~CHANCE`, `--unset NAME`.

    NAME is a fact (`name@duty` for one duty), an issue, an open question of law, `as_of`, or the path of a figure;
    VALUE is read as YAML reads it. `NAME~CHANCE` keeps a fact as stated and changes its chance. Raises InvalidInput
    with every option that cannot be read; what its values get wrong is told when the scenario is applied.
    """
    entry: dict[str, Any] = {"id": ID, "title": dict(title)}
    options: dict[Path_, str] = {}
    problems: list[Problem] = []
    for text in set_:
        option = f"--set {text}"
        try:
            key, name, value = _read(text, option, case, names)
        except InvalidInput as error:
            problems += error.problems
            continue
        if (key, name) in options:
            problems.append(problem(option, (1, 1), "option_set_twice", read=name))
        options[key, name] = option
        if key == "as_of":
            entry[key], options[key,] = value, option
        else:
            entry.setdefault(key, {})[name] = value
    if unset:
        entry["unknown"] = list(dict.fromkeys(unset))
        options |= {("unknown", at): f"--unset {name}" for at, name in enumerate(entry["unknown"])}
    if problems:
        raise InvalidInput(problems)
    return Typed("--set", entry, {}, options)


def _read(text: str, option: str, case: Case, names: Names) -> tuple[str, str, Any]:
    """Return under which key of a scenario an option belongs, its name and its value."""
    match = _FORM.fullmatch(text)
    if match is None or not match[3].strip():
        raise InvalidInput([problem(option, (1, 1), "option_set_form", read=text)])
    name, as_stated, written = match[1], match[2] == "~", match[3]
    value = parse_yaml(written, option).data
    plain = name.partition("@")[0]
    if as_stated:
        key, known, near = "likelihoods", plain in names.catalog, [*names.catalog]
    else:
        key = _key_of(name, plain, names)
        known = key != "figures" or _leads_somewhere(name, case)
        near = [*names.catalog, *names.issues, *names.questions]
    if not known:
        code = "unknown_fact" if as_stated else "unknown_name"
        raise InvalidInput([problem(option, (1, 1), code, read=name, nearest=closest(plain, near))])
    return key, name, value


def _key_of(name: str, plain: str, names: Names) -> str:
    """Return under which key of a scenario a name belongs: a fact, an issue, a question, a day, else a figure."""
    if plain in names.catalog:
        return "facts"
    if name in names.issues:
        return "issues"
    if name in names.questions:
        return "questions"
    return "as_of" if name == "as_of" else "figures"


def _leads_somewhere(name: str, case: Case) -> bool:
    """Tell whether a name begins like a path into the case: what is wrong further on is told with the figure."""
    first = name.partition(".")[0]
    return first in case.source.data and (first != name or find_figure(case.source.data, name).steps is not None)
