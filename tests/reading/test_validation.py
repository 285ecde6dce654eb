"""From pydantic's errors to problems in words: every kind of error has its own message, and one mistake one problem."""

from typing import Annotated, Literal

import pytest
from pydantic import Field

from vismajor.case.models import CaseFile
from vismajor.law.models import Rule, Vocabulary
from vismajor.reading.scalars import Id, Money, Month, Period, Share, ShareEstimate, Strict, Text
from vismajor.reading.validation import known_keys, shown, validate
from vismajor.reading.yaml_source import parse_yaml


class Part(Strict):
    kind: Literal["big", "small"]
    amount: Money


class Other(Strict):
    kind: Literal["none"]


class Whole(Strict):
    name: Text
    id: Id = "x"
    count: Annotated[int, Field(ge=1, le=9, strict=True)] = 1
    yes: Annotated[bool, Field(strict=True)] = True
    share: Share = 0
    estimate: ShareEstimate | None = None
    month: Month | None = None
    period: Period | None = None
    part: Part | None = None
    parts: Annotated[tuple[Annotated[Part | Other, Field(discriminator="kind")], ...], Field(min_length=1)] = ()
    few: Annotated[tuple[Id, ...], Field(max_length=2)] = ()
    table: dict[str, Part] = {}


def told(text: str) -> list[tuple[int, int, str]]:
    model, problems = validate(Whole, parse_yaml("name: n\n" + text, "f"))
    assert (model is None) == bool(problems)
    assert all(p.explain("fr") and p.explain("en") for p in problems)
    return [(p.line, p.column, p.code) for p in problems]


@pytest.mark.parametrize(("text", "line", "column", "code"), [
    ("nmae: x", 2, 1, "unknown_key"), ("id: a b", 2, 1, "not_an_id"), ("id: 12", 2, 1, "not_text"),
    (f"id: {'a' * 81}", 2, 1, "not_an_id"), ("count: 0", 2, 1, "not_an_integer"), ("count: 10", 2, 1, "not_an_integer"),
    ("count: 1.5", 2, 1, "not_an_integer"), ("count: x", 2, 1, "not_an_integer"), ("yes: no", 2, 1, "not_bool"),
    ("share: 2", 2, 1, "not_a_share"), ("share: x", 2, 1, "not_a_number"), ("month: 2023", 2, 1, "not_a_month"),
    ("period: {from: 2023-01-02, to: 2023-01-01}", 2, 1, "dates_out_of_order"),
    ("period: {from: 2023-02-30}", 2, 10, "not_a_date"), ("period: x", 2, 1, "not_mapping"),
    ("estimate: {low: 2, likely: 1, high: 3}", 2, 1, "estimate_out_of_order"),
    ("estimate: {low: 0, likely: 1, high: 3}", 2, 1, "not_a_share"),
    ("estimate: {low: 0, likely: 1}", 2, 1, "missing_key"), ("part: [a]", 2, 1, "not_mapping"),
    ("part: {kind: bgi, amount: 1}", 2, 8, "not_in_list"), ("part: {kind: big}", 2, 1, "missing_key"),
    ("part: {kind: big, amount: 1, x: 2}", 2, 30, "unknown_key"), ("parts: []", 2, 1, "too_few"),
    ("parts: x", 2, 1, "not_list"), ("parts:\n  - {kind: big, amount: -1}", 3, 17, "not_money"),
    ("parts:\n  - {amount: 1}", 3, 5, "no_kind"), ("parts:\n  - {kind: tall}", 3, 5, "not_in_list"),
    ("parts:\n  - kind: none\n  - kind: big", 4, 5, "missing_key"), ("few: [a, b, c]", 2, 1, "too_many"),
    ("table:\n  a.b: {kind: big, amount: x}", 3, 20, "not_a_number"), ("table: [x]", 2, 1, "not_mapping"),
    ("table:\n  a.b:", 3, 3, "not_mapping"),
])
def test_a_mistake_is_one_problem_at_its_place(text, line, column, code):
    assert told(text) == [(line, column, code)]


class Nested(Strict):
    whole: Whole | None = None
    some: Annotated[int, Field(ge=0, le=120, strict=True)] | None = None


@pytest.mark.parametrize(("text", "says"), [
    ("some: 121", "read 121, expected a whole number from 0 to 120."),
    ("some: 1.5", "read 1.5, expected a whole number from 0 to 120."),
    ("whole: {name: n, count: x}", "read x, expected a whole number from 1 to 9."),
])
def test_a_whole_number_is_told_with_the_range_that_it_lies_in(text, says):
    _, (problem,) = validate(Nested, parse_yaml(text, "f"))
    assert problem.explain("en") == says


def test_several_mistakes_are_all_told():
    assert {code for _, _, code in told("count: 0\nyes: no\nnmae: x\npart: {kind: big}")} == {
        "not_an_integer", "not_bool", "unknown_key", "missing_key"}


def test_a_part_of_a_file_is_validated_at_its_path():
    source = parse_yaml("parts:\n  - kind: big\n    amount: 1\n  - kind: big\n    amount: x\n", "f")
    assert validate(Part, source, ("parts", 0), source.data["parts"][0])[1] == []
    _, (problem,) = validate(Part, source, ("parts", 1), source.data["parts"][1])
    assert (problem.line, problem.column, problem.code) == (5, 5, "not_a_number")


def test_a_missing_key_named_with_an_underscore_in_the_program_is_told_as_the_file_writes_it():
    source = parse_yaml("id: r\nthen: {for: breach}\nbecause: {fr: a, en: b}\nsources: [s]\n", "f")
    _, (problem,) = validate(Rule, source)
    assert (problem.code, dict(problem.values)["key"]) == ("missing_key", "if")


def test_the_keys_known_at_a_place_are_those_of_its_model():
    assert "if" in known_keys(Rule, ())
    assert "claimants" in known_keys(CaseFile, ())
    assert "likelihood" in known_keys(CaseFile, ("facts", "event.kind"))
    assert {"hours", "from", "amount"} <= known_keys(CaseFile, ("claimants", 0, "heads", 0))
    assert "asks" in known_keys(Vocabulary, ("facts", "a.b"))


@pytest.mark.parametrize(("value", "text"), [
    (None, "null"), (True, "true"), ({"low": 2, "high": [1, False]}, "{low: 2, high: [1, false]}"), ("a", "a"),
])
def test_a_value_is_shown_as_it_is_written(value, text):
    assert shown(value) == text
