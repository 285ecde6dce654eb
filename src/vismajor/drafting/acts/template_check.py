"""Checks all templates, ours or a firm's own before ours, in both languages, before any case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes

from vismajor.drafting.acts.environment import act_environment
from vismajor.drafting.acts.kinds import KINDS, NEGOTIATION_NOTE, Kind
from vismajor.drafting.acts.register import Register
from vismajor.drafting.acts.rendering import END, EndMatter
from vismajor.drafting.acts.typecheck import Checker, constants, in_order
from vismajor.drafting.drafts import is_plain
from vismajor.drafting.environment import environment
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem, nearest, problem

# What the internal note is made of: its text, and what stands around it (name of the file, subtitle, mark).
NOTE_TEMPLATES = dict.fromkeys(("negotiation_note.md.j2", "negotiation_note.meta.j2"), NEGOTIATION_NOTE.context)


def check_templates(sources: frozenset[str], templates: Path | None = None) -> list[Problem]:
    """Return every mistake of the templates: those of the acts, their end, and the internal note.

    `sources` are the ids that a template may cite. Raises InvalidInput when `templates` is no folder.
    """
    if templates is not None and not templates.is_dir():
        raise InvalidInput([problem(str(templates), (1, 1), "no_templates_folder")])
    found: set[Problem] = set()
    for language in LANGUAGES:
        for kind in KINDS:
            found |= checked(kind, language, sources, templates).problems
        found |= _checked(END, {"a": EndMatter}, language, sources, templates).problems
        for name, context in NOTE_TEMPLATES.items():
            plain = environment(language, templates)
            found |= _check(plain, name, {"n": context, "charts": Any}, language, frozenset()).problems
    found |= set(_unused(templates)) if templates is not None else set()
    return in_order(found)


def _unused(templates: Path) -> Iterator[Problem]:
    """Yield the templates of a firm that bear the name of none of ours and that no other of its own takes in."""
    texts = {file: file.read_text(encoding="utf-8", errors="replace") for file in sorted(templates.rglob("*.j2"))}
    for file in texts:
        language, _, name = file.relative_to(templates).as_posix().partition("/")
        ours = environment(language).list_templates() if language in LANGUAGES else []
        taken = any(f'"{name}"' in text or f"'{name}'" in text for other, text in texts.items() if other != file)
        if name not in ours and not taken:
            known = [f"{one}/{ours_}" for one in LANGUAGES for ours_ in environment(one).list_templates()]
            yield problem(str(file), (1, 1), "template_unused", read=file.relative_to(templates).as_posix(),
                          nearest=nearest(file.relative_to(templates).as_posix(), known))


def checked(kind: Kind, language: str, sources: frozenset[str] = frozenset(), templates: Path | None = None
            ) -> Checker:
    """Check the template of one kind in a language; the checker tells its problems and the fields it uses."""
    checker = _checked(kind.file, {"a": kind.context, "charts": Any}, language, sources, templates)
    if kind.file in checker.env.list_templates():
        _check_file_name(checker, kind.file)
    return checker


def _check_file_name(checker: Checker, template: str) -> None:
    """Note each name of file that a template sets, or sets in one case of several, and that is a path or no name."""
    tree = checker.tree(template)
    if tree is None or checker.env.loader is None:
        return
    file = Path(checker.env.loader.get_source(checker.env, template)[1] or template)
    named = [node for node in tree.find_all(nodes.Assign)
             if isinstance(node.target, nodes.Name) and node.target.name == "file"]
    for node in named:
        for one in constants(node.node):
            if not is_plain(str(one.value)):
                checker.tell(node, file, "file_name_astray", read=one.value)
    if not named and not any(tree.find_all(nodes.Extends)):
        checker.tell(nodes.Output([], lineno=1), file, "file_name_astray", read="")


def _checked(name: str, context: dict[str, Any], language: str, sources: frozenset[str], templates: Path | None
             ) -> Checker:
    return _check(act_environment(Register(language), templates), name, context, language, sources)


def _check(env: jinja2.Environment, name: str, context: dict[str, Any], language: str, sources: frozenset[str]
           ) -> Checker:
    checker = Checker(env, language, sources)
    if name not in env.list_templates():
        checker.problems.add(problem(f"templates/{language}/{name}", (1, 1), "template_missing", read=name,
                                     nearest=""))
    else:
        checker.check(name, context)
    return checker
