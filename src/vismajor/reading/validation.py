"""From pydantic's errors to problems in a lawyer's words, each at its place, with the nearest known name."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from vismajor.reading.problems import Problem, closest, nearest
from vismajor.reading.yaml_source import Path_, YamlSource

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], source: YamlSource, path: Path_ = (), data: Any = None) -> tuple[M | None, list[Problem]]:
    """Validate the data of `source` (or the part `data` that stands at `path`) as `model`.

    Returns the model, or None with every problem found.
    """
    content = source.data if data is None else data
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, [
            _translate(details, model, source, path) for details in error.errors(include_url=False)
            # pydantic calls a list too short when its only entry is wrong: one mistake is told once
            if not (details["type"] == "too_short" and details.get("input"))
        ]


def _translate(details: ErrorDetails, model: type[BaseModel], source: YamlSource, path: Path_) -> Problem:
    location: Path_ = (*path, *_real_path(details["loc"], source, path))
    kind, key = details["type"], str(details["loc"][-1]) if details["loc"] else ""
    read = shown(details.get("input"))
    if kind == "extra_forbidden":
        known = known_keys(model, details["loc"][:-1])
        if key not in known and (kinds := _kinds_with(model, details["loc"][:-1], key)):
            return source.problem(location, "key_of_other_kind", key=key, kinds=", ".join(kinds),
                                  read=details["loc"][-2])
        return source.problem(location, "unknown_key", key=key, nearest=nearest(key, known))
    if kind == "missing":
        return source.problem(location[:-1] if location and location[-1] == key else location, "missing_key", key=key)
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        expected = (details.get("ctx") or {}).get("expected") or (details.get("ctx") or {}).get("expected_tags", "")
        names = [name.strip(" '") for name in str(expected).replace(" or ", ",").split(",")]
        tag = (details.get("ctx") or {}).get("tag")
        return source.problem(location, "not_in_list", read=tag or read, expected=", ".join(names),
                              nearest=closest(str(tag or details.get("input")), names))
    expected = _EXPECTED.get(kind, "")
    if expected == "not_an_integer":
        low, high = _range_at(model, details["loc"])
        if "…" in (low, high):
            return source.problem(location, "not_a_whole_number", read=read)
        return source.problem(location, expected, read=read, low=low, high=high)
    if kind in _OWN:
        return source.problem(location, kind, read=read)
    if expected:
        return source.problem(location, expected, read=read)
    return source.problem(location, "wrong_value", read=read, expected=details["msg"])


_OWN = frozenset({"not_a_date", "not_a_month", "not_a_number", "not_money", "not_a_share", "not_text",
                  "dates_out_of_order", "estimate_out_of_order", "fact_without_value", "bad_condition",
                  "not_a_value", "cap_without_limit", "clause_without_content", "contract_or_contracts",
                  "contracts_without_id",
                  "accounts_without_source", "accounts_without_rate", "not_a_chance", "vat_without_rate",
                  "data_recovery_measure", "account_both_ways", "not_an_account",
                  "bounds_out_of_order", "negative_number", "not_a_factor", "date_far_off",
                  "rate_not_read", "not_a_time", "no_risk_tolerance", "power_and_patience", "reliability_too_low"})
_EXPECTED = {
    "bool_type": "not_bool", "bool_parsing": "not_bool", "string_type": "not_text", "list_type": "not_list",
    "tuple_type": "not_list", "dict_type": "not_mapping", "model_type": "not_mapping", "mapping_type": "not_mapping",
    "model_attributes_type": "not_mapping", "string_pattern_mismatch": "not_an_id", "union_tag_not_found": "no_kind",
    "too_short": "too_few", "int_type": "not_an_integer", "int_parsing": "not_an_integer",
    "int_from_float": "not_an_integer", "greater_than_equal": "not_an_integer", "less_than_equal": "not_an_integer",
    "string_too_long": "not_an_id", "too_long": "too_many",
}


def _real_path(loc: tuple[int | str, ...], source: YamlSource, path: Path_) -> Path_:
    """Drop from pydantic's location what it inserts for unions and aliases; keep the last name for missing keys."""
    kept: Path_ = ()
    for index, part in enumerate(loc):
        if source.stands((*path, *kept, part)) or index == len(loc) - 1:
            kept = (*kept, part)
    return kept


def _range_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[Any, Any]:
    """Return the least and the greatest whole number that the field at `loc` takes."""
    fields = [found.model_fields[str(loc[-1])] for found in _models_at(model, loc[:-1])
              if str(loc[-1]) in found.model_fields]
    marks = [mark for field in fields for mark in _marks(field)]
    low, high = (next((getattr(mark, name) for mark in marks if hasattr(mark, name)), "…") for name in ("ge", "le"))
    return low, high


def _marks(part: Any) -> list[Any]:
    """Return the constraints written on a field, or on an alternative of its type."""
    if isinstance(part, FieldInfo):
        return [*part.metadata, *_marks(part.annotation)]
    return [mark for inner in get_args(part) for mark in _marks(inner)]


def known_keys(model: Any, path: tuple[int | str, ...]) -> set[str]:
    """Return the keys that the model reached by following `path` accepts."""
    return {_plain(name) for candidate in _models_at(model, path) for name in candidate.model_fields}


def _kinds_with(model: Any, path: tuple[int | str, ...], key: str) -> list[str]:
    """Return the other kinds that a key belongs to, where `path` ends at one kind of several (a head of loss)."""
    if not path or not _of_kind(_models_at(model, path[:-1]), path[-1]):
        return []
    return [kind for candidate in _models_at(model, path[:-1]) if key in {*map(_plain, candidate.model_fields)}
            for kind in _kinds_of(candidate)]


def _plain(name: str) -> str:
    return name.rstrip("_")


def _models_at(model: Any, path: tuple[int | str, ...]) -> list[type[BaseModel]]:
    models = _models_in(model)
    for part in path:
        step: list[type[BaseModel]] = []
        for candidate in models:
            if isinstance(part, str) and part in candidate.model_fields:
                step += _models_in(candidate.model_fields[part].annotation)
        models = step or _of_kind(models, part) or models
    return models


def _of_kind(models: list[type[BaseModel]], kind: int | str) -> list[type[BaseModel]]:
    """Return those of several models that are of one kind, as pydantic names it among the steps of a path."""
    return [candidate for candidate in models if kind in _kinds_of(candidate)] if len(models) > 1 else []


def _kinds_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Return what a model takes as its `kind`, or nothing where it has none."""
    field = model.model_fields.get("kind")
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, types.UnionType, list, tuple, dict, Mapping) or get_args(annotation):
        return [found for argument in get_args(annotation) for found in _models_in(argument)]
    return []


def shown(value: object) -> str:
    """Return a value as its writer would write it on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    return str(value)
