"""Where a case stands, and which documents each side drafts there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.drafting.acts.cases import complete
from tests.drafting.cases import write_case
from vismajor.brief_commands import STAGES
from vismajor.case.acts import Stage
from vismajor.drafting.acts.kinds import KINDS, NOTE
from vismajor.drafting.acts.stages import SETS, Standing, kinds_for, standing_of, unknown_ids
from vismajor.law.models import Law
from vismajor.workbench import load_case

# The case is known up to 30 June 2024; none of its dates of acts is past by then.
BEFORE = dt.date(2024, 6, 1)
OFFER = {"id": "x", "date": BEFORE, "amount": 100, "form": {"fr": "somme", "en": "sum"}}
PAST = {"date": "2024-06-01", "what": {"fr": "réunion", "en": "meeting"}}


@pytest.fixture
def stands(french_law: Law, tmp_path: Path) -> Any:
    def of(asked: Stage | None = None, acts: dict[str, Any] | None = None, day: dt.date | None = None,
           **changes: Any) -> Standing:
        data = complete(**({"offers": [], "procedure": []} | changes))
        data["acts"] |= acts or {}
        return standing_of(load_case(write_case(tmp_path / "case", data), french_law, day), asked)

    return of


def test_a_case_in_which_nothing_was_sent_is_at_the_demand(stands: Any) -> None:
    assert stands() == Standing("demand", "derived")


@pytest.mark.parametrize("changes", [
    {"acts": {"notice": {"date": BEFORE}}},
    {"offers": [OFFER | {"by": "claimants"}]},
    {"offers": [OFFER | {"by": "respondent", "answered": {"date": BEFORE, "how": "refused"}}]},
    {"procedure": [PAST | {"kind": "talks"}]},
])
def test_what_was_sent_offered_or_said_makes_it_a_negotiation(stands: Any, changes: dict[str, Any]) -> None:
    assert stands(**changes) == Standing("negotiation", "derived")


@pytest.mark.parametrize("changes", [
    {"offers": [OFFER | {"by": "respondent"}]}, {"procedure": [PAST]}, {"procedure": [PAST | {"kind": "hearing"}]},
    {"procedure": [PAST | {"kind": "talks", "date": "2024-09"}]},
])
def test_an_offer_that_nobody_answered_and_talks_to_come_are_none_yet(stands: Any, changes: dict[str, Any]) -> None:
    assert stands(**changes).stage == "demand"


@pytest.mark.parametrize("filed_on", [BEFORE, {"between": [dt.date(2024, 3, 1), BEFORE]},
                                      {"estimate": {"low": dt.date(2024, 3, 1), "likely": BEFORE, "high": BEFORE}}])
@pytest.mark.parametrize(("day", "stage"), [(None, "pleadings"), (dt.date(2024, 4, 1), "demand")])
def test_a_suit_is_pending_once_its_latest_date_is_past(stands: Any, filed_on: Any, day: Any, stage: Stage) -> None:
    claimants = complete()["claimants"]
    claimants[0]["facts"] = claimants[0].get("facts", {}) | {"procedure.suit_filed_on": filed_on}
    assert stands(claimants=claimants, day=day).stage == stage


def test_a_writ_that_was_served_makes_it_a_suit_that_is_pending(stands: Any) -> None:
    assert stands(acts={"notice": {"date": BEFORE}, "writ": {"served_on": BEFORE}}) == Standing("pleadings", "derived")


def test_what_the_case_states_goes_before_its_dates_and_what_is_asked_before_both(stands: Any) -> None:
    assert stands(acts={"stage": "suit"}) == Standing("suit", "stated")
    assert stands("negotiation", acts={"stage": "suit"}) == Standing("negotiation", "asked")


def test_each_side_has_a_set_for_each_stage_and_the_note_comes_first() -> None:
    assert get_args(Stage) == STAGES
    for sets in SETS.values():
        assert tuple(sets) == STAGES
        assert all(ids[0] == NOTE and len(set(ids)) == len(ids) for ids in sets.values())


def test_a_side_is_never_given_what_it_does_not_send() -> None:
    for side, sets in SETS.items():
        for stage, ids in sets.items():
            sent = [kind.id for kind in KINDS if side in kind.sides and kind.id in ids]
            assert sorted(kind.id for kind in kinds_for(stage, side)) == sorted(sent)
            ours = {kind.id for kind in KINDS if side in kind.sides}
            not_ours = {kind.id for kind in KINDS} & set(ids) - ours
            assert not not_ours, (side, stage)


def test_every_id_of_the_sets_is_that_of_a_document() -> None:
    assert unknown_ids() == set()
