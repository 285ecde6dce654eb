"""What the other side will say of a loss: found where it can be said, and not elsewhere."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import SMALL, read_small
from vismajor.damages.heads import compute_losses
from vismajor.damages.objections import Objection, objections_to
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case

WORLDS = Worlds("x", 100)
Asked = Callable[[list[dict[str, Any]]], list[Objection]]


@pytest.fixture
def asked(tmp_path: Path, french_law: Law) -> Asked:
    def objections(heads: list[dict[str, Any]], **claimant: Any) -> list[Objection]:
        claimants = copy.deepcopy(SMALL["claimants"])
        claimants[0] |= {"heads": heads, **claimant}
        case = read_small(tmp_path / "case", french_law, claimants=claimants)
        return list(objections_to(case, compute_losses(case, french_law, WORLDS)[0], WORLDS))

    return objections


def cost(kind: str, name: str, amount: int = 500, **extra: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "duties": ["data"], "amount": amount, **extra}


@pytest.mark.parametrize(("heads", "code"), [
    ([cost("claimed_loss", "whole"), cost("crisis_costs", "part", 70)], "whole_and_parts"),
    ([cost("destroyed_asset", "asset"), cost("data_recovery", "again", 70)], "asset_and_rebuilding"),
    ([cost("crisis_costs", "one"), cost("crisis_costs", "two")], "same_head"),
    ([cost("crisis_costs", "one", exhibits=["P1"], documented=900)], "documented_above"),
    ([cost("rehosting", "host", fees_saved=600)], "fees_above"),
    ([cost("image", "name")], "no_evidence"),
])
def test_an_objection_is_found_where_it_can_be_made(heads: list[dict[str, Any]], code: str, asked: Asked) -> None:
    assert [objection.code for objection in asked(heads)] == [code]


def test_a_plain_head_meets_no_objection(asked: Asked) -> None:
    assert asked([cost("crisis_costs", "one", exhibits=["P1"], documented=400), cost("restitution", "fees", 70)]) == []


@pytest.mark.parametrize(("insured", "found"), [([], ["received_beyond"]), (["one"], ["received_beyond"])])
def test_more_than_the_heads_that_an_insurer_paid_for_is_objected(insured: list[str], found: list[str], asked: Any
                                                                   ) -> None:
    paid = {"id": "policy", "kind": "insurance", "date": "2023-11-01", "amount": 600, "heads": insured}
    heads = [cost("crisis_costs", "one"), cost("rehosting", "host", 50)]
    assert [objection.code for objection in asked(heads, received=[paid])] == found
    assert asked(heads, received=[{**paid, "amount": 500}]) == []


def test_the_accounts_of_the_founding_case_object(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    loss = next(one for one in compute_losses(case, french_law, WORLDS) if one.claimant.id == "demanderesse-11")
    found = {objection.code: objection.values for objection in objections_to(case, loss, WORLDS)}
    assert set(found) == {"hours_and_margin", "back_before", "customers_beyond_gap"}
    assert (found["back_before"]["month"], found["back_before"]["to"]) == ("2021-09", "2021-10")
    assert found["customers_beyond_gap"]["customers"] > found["customers_beyond_gap"]["gap"]  # type: ignore[operator]
