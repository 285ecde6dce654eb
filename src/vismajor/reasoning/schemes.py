"""Reads the argument schemes and the weighing functions of a graph file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vismajor.reading.problems import nearest
from vismajor.reading.yaml_source import Path_
from vismajor.reasoning.carneades import (
    BASIC_WEIGHERS,
    Preference,
    Soft,
    Weigher,
    constant,
    criteria,
    linked,
    preference,
)
from vismajor.reasoning.sections import Sections, is_number, is_weight

SCHEME_KEYS = ("variables", "premises", "assumptions", "exceptions", "deletions", "guards", "conclusions", "weight",
               "meta")


@dataclass(frozen=True)
class Scheme:
    """How the arguments that follow it are weighed, their properties, the roles of their premises in order.

    `derives`: it also says which arguments there are (premises with variables, conclusions).
    """

    weigher: Weigher
    properties: Mapping[str, object] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    path: Path_ = ()
    derives: bool = False


def read_schemes(sections: Sections) -> dict[str, Scheme]:
    """Return the schemes by id, those named like a basic weigher included; mistakes go into `sections`."""
    reader = _Schemes(sections)
    weighers = {**BASIC_WEIGHERS, **{name: reader.weigher(path, body, dict(BASIC_WEIGHERS))
                                     for name, body, path in sections.entries("weighing_functions")}}
    return {**{name: Scheme(weigher) for name, weigher in BASIC_WEIGHERS.items()}, **dict(reader.schemes(weighers))}


@dataclass(frozen=True)
class _Schemes:
    sections: Sections

    def schemes(self, weighers: Mapping[str, Weigher]) -> Iterator[tuple[str, Scheme]]:
        for name, content, path in self.sections.entries("argument_schemes"):
            fields = self.sections.fields(path, content, SCHEME_KEYS)
            weigher = self.weigher((*path, "weight"), fields.get("weight"), dict(weighers))
            meta, premises = fields.get("meta"), fields.get("premises")
            roles = tuple(str(role) for role in premises) if isinstance(premises, dict) else ()
            yield name, Scheme(weigher, meta if isinstance(meta, dict) else {}, roles, path,
                               bool(fields.get("conclusions")))

    def weigher(self, path: Path_, content: Any, known: dict[str, Weigher]) -> Weigher:
        if content is None:
            return linked
        if isinstance(content, str):
            if content not in known:
                self.sections.problem(path, "unknown_scheme", read=content, nearest=nearest(content, known))
            return known.get(content, linked)
        kind = next(iter(content), "") if isinstance(content, dict) and len(content) == 1 else ""
        body = content[kind] if kind else content
        if kind in ("constant", "") and is_weight(body):
            return constant(float(body))
        if kind == "preference" and isinstance(body, list):
            return preference([self._preference((*path, kind, i), item) for i, item in enumerate(body)])
        if kind == "criteria" and isinstance(body, dict):
            return self._criteria((*path, kind), body)
        self.sections.problem(path, "unknown_weigher", read=content)
        return linked

    def _preference(self, path: Path_, item: Any) -> Preference:
        fields = self.sections.fields(path, item, ("property", "order"))
        order = fields.get("order", "ascending")
        if not isinstance(fields.get("property"), str) or not (
                isinstance(order, list) or order in ("ascending", "descending")):
            self.sections.problem(path, "unknown_weigher", read=item)
            return Preference("")
        return Preference(fields["property"], tuple(map(str, order)) if isinstance(order, list) else order)

    def _criteria(self, path: Path_, body: dict[str, Any]) -> Weigher:
        fields = self.sections.fields(path, body, ("hard", "soft"))
        hard = [str(role) for role in self.sections.items((*path, "hard"), fields.get("hard"))]
        listed = fields.get("soft") or {}
        if not isinstance(listed, dict):
            self.sections.problem((*path, "soft"), "not_mapping", read=listed)
            listed = {}
        return criteria(hard, dict(self._soft((*path, "soft"), listed)))

    def _soft(self, path: Path_, listed: dict[str, Any]) -> Iterator[tuple[str, Soft]]:
        for name, body in listed.items():
            fields = self.sections.fields((*path, name), body, ("factor", "values"))
            factor, values = fields.get("factor", 0), fields.get("values")
            if not isinstance(values, dict) or not is_number(factor) or factor <= 0 \
                    or not all(is_weight(value) for value in values.values()):
                self.sections.problem((*path, name), "unknown_weigher", read=body)
                continue
            yield name, Soft(float(factor), {str(k): float(v) for k, v in values.items()})
