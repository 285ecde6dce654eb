"""Checks templates against what their contexts hold, before any case: every path, loop, macro, filter and word.

The syntax tree of each template is walked with the types of its context; what cannot be known (what a macro of another
template returns, a filter's result) is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes

from vismajor.drafting.acts import shapes
from vismajor.drafting.acts.shapes import UNKNOWN, Shape
from vismajor.drafting.acts.template_errors import problem_at
from vismajor.drafting.environment import TemplateAstray
from vismajor.drafting.words import words
from vismajor.reading.problems import Problem, closest, problem

GLOBALS = frozenset({"range", "dict", "lipsum", "cycler", "joiner", "namespace", "loop", "caller", "varargs", "kwargs"})
BY_ID = ("cited", "verbatim")  # filters that take the id of a source where a text stands before them
Scope = dict[str, Shape]


@dataclass
class Checker:
    """Checks one template and all that it imports; `used` gathers the fields that were read, as (class, field)."""

    env: jinja2.Environment
    language: str
    sources: frozenset[str] = frozenset()
    problems: set[Problem] = field(default_factory=set)
    used: set[tuple[str, str]] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)

    def check(self, name: str, context: Mapping[str, Any]) -> None:
        """Check the template `name`, whose variables have these types."""
        tree = self.tree(name)
        if tree is not None:
            self.body(tree.body, {key: shapes.of(hint) for key, hint in context.items()}, self._file(name))

    def _file(self, name: str) -> Path:
        assert self.env.loader is not None
        return Path(self.env.loader.get_source(self.env, name)[1] or name)

    def tree(self, name: str) -> nodes.Template | None:
        """Return a template parsed, or None where it is broken or leads astray, which is noted."""
        assert self.env.loader is not None
        try:
            text, file, _ = self.env.loader.get_source(self.env, name)
            return self.env.parse(text, name, file)
        except jinja2.TemplateSyntaxError as error:
            self.problems.add(problem_at(Path(error.filename or name), error.lineno, "template_broken",
                                    reason=error.message or ""))
        except TemplateAstray as error:
            self.problems.add(problem(str(error.name), (1, 1), "template_astray"))
        return None

    def tell(self, node: nodes.Node, file: Path, code: str, **values: object) -> None:
        """Note a problem at a node of the tree."""
        self.problems.add(problem_at(file, node.lineno, code, **values))

    def body(self, statements: list[nodes.Node], scope: Scope, file: Path) -> None:
        """Check statements one after the other; what they set stays known after them."""
        for statement in statements:
            self._statement(statement, scope, file)

    def _statement(self, node: nodes.Node, scope: Scope, file: Path) -> None:  # noqa: PLR0912 — a case a statement
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                self.shape(part, scope, file)
        elif isinstance(node, nodes.For):
            self._loop(node, scope, file)
        elif isinstance(node, nodes.If):
            self.shape(node.test, scope, file)
            for branch in (node.body, *(one.body for one in node.elif_), node.else_):
                self.body(branch, scope, file)
            for one in node.elif_:
                self.shape(one.test, scope, file)
        elif isinstance(node, nodes.Assign):
            _bind(node.target, self.shape(node.node, scope, file), scope)
        elif isinstance(node, nodes.AssignBlock):
            self.body(node.body, dict(scope), file)
            _bind(node.target, shapes.TEXT, scope)
        elif isinstance(node, nodes.Macro):
            scope[node.name] = Shape(macro=node, home=file, around=scope)
        elif isinstance(node, nodes.FromImport | nodes.Import):
            self._imported(node, scope, file)
        elif isinstance(node, nodes.Include):
            self._included(node, scope, file)
        else:  # with, filter blocks, scopes: their parts are checked as they stand
            for child in node.iter_child_nodes():
                if isinstance(child, nodes.Expr):
                    self.shape(child, scope, file)
                else:
                    self._statement(child, scope, file)

    def _loop(self, node: nodes.For, scope: Scope, file: Path) -> None:
        over = self.shape(node.iter, scope, file)
        if over.scalar:
            self.tell(node, file, "template_not_a_list", read=_said(node.iter))
        inner = dict(scope)
        item = over.item()
        inner["loop"] = Shape(looped=item)
        _bind(node.target, item, inner)
        if node.test is not None:
            self.shape(node.test, inner, file)
        self.body(node.body, inner, file)
        self.body(node.else_, scope, file)

    def _named(self, node: nodes.Node, file: Path) -> str | None:
        """Return the name of a template that a node names outright, where there is one."""
        name = node.value if isinstance(node, nodes.Const) else None
        if isinstance(name, str) and name not in self.env.list_templates():
            self.tell(node, file, "template_missing", read=name, nearest=closest(name, self.env.list_templates()))
            return None
        return name

    def _included(self, node: nodes.Include, scope: Scope, file: Path) -> None:
        name = self._named(node.template, file)
        if name and (tree := self.tree(name)) is not None:
            self.body(tree.body, dict(scope), self._file(name))

    def _imported(self, node: nodes.FromImport | nodes.Import, scope: Scope, file: Path) -> None:
        name = self._named(node.template, file)
        tree = self.tree(name) if name else None
        found: Scope = {}
        if name and tree is not None:
            self.body([one for one in tree.body if not isinstance(one, nodes.Output)], found, self._file(name))
        if isinstance(node, nodes.Import):
            scope[node.target] = UNKNOWN
            return
        for entry in node.names:
            wanted, known_as = entry if isinstance(entry, tuple) else (entry, entry)
            if tree is not None and wanted not in found:
                self.tell(node, file, "template_unknown_name", read=wanted, nearest=closest(wanted, found))
            scope[known_as] = found.get(wanted, UNKNOWN)

    def shape(self, node: nodes.Node, scope: Scope, file: Path) -> Shape:
        """Return what an expression is, as far as it can be known, and note what its parts lack."""
        if isinstance(node, nodes.Name):
            if node.name not in scope and node.name not in GLOBALS:
                self.tell(node, file, "template_unknown_name", read=node.name, nearest=closest(node.name, scope))
            return scope.get(node.name, UNKNOWN)
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, self.shape(node.node, scope, file), file)
        if isinstance(node, nodes.Getitem):
            self.shape(node.arg, scope, file)
            return self.shape(node.node, scope, file).item()
        if isinstance(node, nodes.Filter):
            return self._filtered(node, scope, file)
        if isinstance(node, nodes.Call):
            return self._called(node, scope, file)
        if isinstance(node, nodes.CondExpr):
            self.shape(node.test, scope, file)
            first = self.shape(node.expr1, scope, file)
            return first if node.expr2 is None else first.or_(self.shape(node.expr2, scope, file))
        if isinstance(node, nodes.Test) and node.name not in self.env.tests:
            self.tell(node, file, "template_unknown_test", read=node.name, nearest=closest(node.name, self.env.tests))
        for child in node.iter_child_nodes():
            self.shape(child, scope, file)
        return UNKNOWN

    def _attribute(self, node: nodes.Getattr, owner: Shape, file: Path) -> Shape:
        self.used.update((name, node.attr) for name in owner.names)
        found, lacking = owner.attribute(node.attr)
        if lacking:
            known = owner.known()
            self.tell(node, file, "template_lacks", read=_said(node), type=", ".join(lacking),
                      nearest=closest(node.attr, known))
        return found

    def _filtered(self, node: nodes.Filter, scope: Scope, file: Path) -> Shape:
        if node.name not in self.env.filters:
            self.tell(node, file, "template_unknown_filter", read=node.name,
                      nearest=closest(node.name, self.env.filters))
        given = self.shape(node.node, scope, file) if node.node is not None else UNKNOWN
        for part in (*node.args, *(one.value for one in node.kwargs)):
            self.shape(part, scope, file)
        self._names(node, file)
        if node.name == "map" and (attribute := _keyword(node, "attribute")):
            owner = given.item()
            self.used.update((name, attribute) for name in owner.names)
            found, lacking = owner.attribute(attribute)
            if lacking:
                self.tell(node, file, "template_lacks", read=attribute, type=", ".join(lacking),
                          nearest=closest(attribute, owner.known()))
            return Shape(items=found)
        return given.through(node.name)

    def _names(self, node: nodes.Filter, file: Path) -> None:
        """Check the words and the sources that a filter is given by name."""
        names = [part.value for part in constants(node.node) if isinstance(part.value, str)]
        if node.name == "word":
            for name in names:
                if name not in words(self.language):
                    self.tell(node, file, "template_unknown_word", read=name,
                              nearest=closest(name, words(self.language)))
        cited = names if node.name in BY_ID else [
            part.value for one in node.args for part in constants(one)] if node.name == "sourced" else []
        for name in cited:
            if self.sources and name not in self.sources:
                self.tell(node, file, "template_unknown_source", read=name, nearest=closest(name, self.sources))

    def _called(self, node: nodes.Call, scope: Scope, file: Path) -> Shape:
        called = self.shape(node.node, scope, file)
        given = [self.shape(one, scope, file) for one in node.args]
        named = {one.key: self.shape(one.value, scope, file) for one in node.kwargs}
        macro = called.macro
        if macro is None:
            return called.returned or UNKNOWN
        if macro.name in self.calls:  # a macro that calls itself is checked once
            return shapes.TEXT
        inner: Scope = dict(called.around or {})
        inner |= {one.name: UNKNOWN for one in macro.args}
        inner |= {one.name: shape for one, shape in zip(macro.args, given, strict=False)} | named
        self.calls.append(macro.name)
        self.body(macro.body, inner, called.home or file)
        self.calls.pop()
        return shapes.TEXT


def constants(node: nodes.Node | None) -> Iterator[nodes.Const]:
    """Yield the constants that an expression may be: itself, either side of a choice, the entries of a list."""
    if isinstance(node, nodes.Const):
        yield node
    elif isinstance(node, nodes.CondExpr):
        yield from (*constants(node.expr1), *constants(node.expr2))
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from constants(item)


def _keyword(node: nodes.Filter, name: str) -> str | None:
    return next((one.value.value for one in node.kwargs if one.key == name and isinstance(one.value, nodes.Const)
                 and isinstance(one.value.value, str)), None)


def _bind(target: nodes.Node, shape: Shape, scope: Scope) -> None:
    """Bind a name, or the names of a tuple, to what they hold."""
    if isinstance(target, nodes.Name):
        scope[target.name] = shape
    elif isinstance(target, nodes.Tuple):
        for at, part in enumerate(target.items):
            _bind(part, shape.at(at), scope)


def _said(node: nodes.Node) -> str:
    """Return an expression as its writer wrote it, as far as a path goes."""
    if isinstance(node, nodes.Getattr):
        return f"{_said(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_said(node.node)}[…]"
    if isinstance(node, nodes.Name):
        return node.name
    return _said(node.node) if isinstance(node, nodes.Filter) and node.node is not None else "…"


def in_order(problems: set[Problem]) -> list[Problem]:
    """Return problems in the order of files and lines."""
    return sorted(replace(one) for one in problems)
