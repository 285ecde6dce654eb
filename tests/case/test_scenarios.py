"""Scenarios as they are written: what they rest on, what is told of them, and when."""

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.drafting.cases import read_small
from vismajor.case.scenarios import lineage
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.workbench import load_case, vary_case

TITLE = {"fr": "Autre version", "en": "Another version"}


def problems_of(folder: Path, law: Law, *scenarios: dict[str, Any], **changes: Any) -> tuple[Problem, ...]:
    listed = [{"id": f"s{at}", "title": TITLE, **one} for at, one in enumerate(scenarios)]
    with pytest.raises(InvalidInput) as caught:
        read_small(folder / "case", law, scenarios=listed, **changes)
    return caught.value.problems


def test_a_scenario_rests_on_those_from_which_it_starts_the_first_first():
    scenarios = {"a": {}, "b": {"from": "a"}, "c": {"from": "b"}, "d": {"from": "lost"}}
    assert lineage(scenarios, "c") == ["a", "b", "c"]
    assert lineage(scenarios, "d") == ["d"]
    assert lineage({"a": {"from": "b"}, "b": {"from": "a"}, "c": {"from": "a"}}, "c") is None
    assert lineage({"a": {"from": "a"}}, "a") is None


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_a_lineage_ends_or_is_a_circle(parents):
    scenarios = {str(at): {"from": str(parent)} for at, parent in enumerate(parents)}
    for name in scenarios:
        found = lineage(scenarios, name)
        assert found is None or (found[-1] == name and len(set(found)) == len(found))
    free = {str(at): {"from": str(parent)} if parent < at else {} for at, parent in enumerate(parents)}
    for name in free:
        found = lineage(free, name)
        assert found is not None
        assert all(free[after]["from"] == before for before, after in itertools.pairwise(found))


def test_what_one_scenario_breaks_those_that_rest_on_it_do_not_tell_again(tmp_path, french_law):
    broken = {"figures": {"incident.date": "2023-12-20"}}
    told = problems_of(tmp_path, french_law, broken, {"from": "s0"}, {"facts": {"event.sudden": True}})
    assert [one.code for one in told] == ["date_before", "scenario_contradicts"]
    assert dict(told[1].values)["lines"] == str(told[0].line)


def test_what_two_scenarios_break_together_is_told_of_the_one_on_top(tmp_path, french_law):
    offer = {"figures": {"offers.first.until": "2023-12-01"}}
    later = {"from": "s0", "figures": {"offers.first.date": "2023-12-24"}}
    told = problems_of(tmp_path, french_law, offer, later)
    assert [one.code for one in told] == ["date_before", "scenario_contradicts"]
    assert dict(told[1].values)["read"] == "s1"


def test_no_scenario_is_tried_on_a_case_that_is_wrong_itself(tmp_path, french_law):
    told = problems_of(tmp_path, french_law, {"as_of": "2020-01-01"}, interest={"notice": "2020-01-01"})
    assert [(one.code, dict(one.values)["what"]) for one in told] == [("date_before", "incident.date")]
    assert "2020-01-01" in (tmp_path / "case" / "case.yaml").read_text(encoding="utf-8").splitlines()[told[0].line - 1]


def test_mistakes_of_the_case_and_within_scenarios_are_told_together(tmp_path, french_law):
    told = problems_of(tmp_path, french_law, {"facts": {"event.suden": True}}, counsel={"nom": "Petit"})
    assert {one.code for one in told} == {"missing_key", "unknown_key", "unknown_fact"}


@pytest.mark.parametrize("asked", ["2022-01-13", "2022-06-15", "2024-03-01", "2026-01-05"])
def test_every_scenario_of_the_founding_case_can_be_applied_on_any_day(french_law, asked):
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law, dt.date.fromisoformat(asked))
    assert len(case.file.scenarios) >= 7
    for scenario in case.file.scenarios:
        changed = vary_case(case, french_law, [scenario.id])
        assert changed.books == case.books
        assert [claim.id for claim in changed.claims] == [claim.id for claim in case.claims]
