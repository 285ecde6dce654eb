"""The losses of another version of a case are those that would be measured; what is left alone is not measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.cases import read_small
from vismajor.case.models import Case
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.damages.same_losses import losses_of_version
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import vary_case

WORLDS = Worlds("t", 400)
TITLE = {"fr": "Autre version", "en": "Another version"}


@pytest.fixture
def changed(tmp_path: Path, french_law: Law) -> Callable[..., tuple[Case, Case]]:
    """Return the small case, and the same as one scenario has it."""

    def of(**scenario: Any) -> tuple[Case, Case]:
        case = read_small(tmp_path / "case", french_law, scenarios=[{"id": "s", "title": TITLE, **scenario}])
        return case, vary_case(case, french_law, ["s"])

    return of


def measured(law: Law, before: Case, after: Case) -> tuple[tuple[ClaimantLoss, ...], tuple[ClaimantLoss, ...]]:
    known = compute_losses(before, law, WORLDS)
    return known, losses_of_version(after, law, WORLDS, before, known)


@pytest.mark.parametrize("scenario", [
    {"facts": {"service.data_lost": False, "contract.cap_exists": False, "event.kind": "fire"}},
    {"issues": {"breach": "established"}, "questions": {"cap-1171": 0.9}},
    {"figures": {"claimants.durand.heads.hours.hours": 25}},
    {"figures": {"claimants.durand.heads.hours.duties": ["data"]}},
    {"figures": {"claimants.durand.contract.monthly_fees": 300}},
    {"figures": {"contracts.hosting.cap.months_of_fees": 12}},
    {"figures": {"claimants.durand.heads": []}},
    {"figures": {"exhibits": [{"id": "P1", "title": "Rapport", "date": "2030-01-01"},
                              {"id": "P2", "title": "Lettre", "date": "2023-12-15"}]}},
    {"as_of": "2023-08-01"},
])
def test_they_are_those_that_would_be_measured(changed, french_law, scenario):
    before, after = changed(**scenario)
    assert measured(french_law, before, after)[1] == compute_losses(after, french_law, WORLDS)


def test_what_is_left_alone_is_not_measured_again(changed, french_law):
    before, after = changed(facts={"service.data_lost": False}, figures={"claimants.durand.heads.hours.hours": 25})
    known, found = measured(french_law, before, after)
    assert found[0].heads is known[0].heads
    assert found[1].heads is not known[1].heads
    assert found[0].claimant is after.file.claimants[0]  # with its facts as they are supposed


def test_on_another_day_all_is_measured_again(changed, french_law):
    known, found = measured(french_law, *changed(as_of="2025-01-01"))
    assert not any(new.heads is old.heads for new, old in zip(found, known, strict=True))
