"""The suit with facts supposed found: the same draws as the suit itself, part by part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.reasoning.small_law import issue
from tests.settlement.small_suits import case, claimant, disputed, fact, pack, valued
from vismajor.damages.award import OWN_SHARE
from vismajor.law.checks import evaluation_order
from vismajor.reasoning.doubts import doubts_of
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.supposed_suit import SupposedSuit, cost_by_claimant
from vismajor.settlement.valuation import Valuation

COUNT = 2_000
STAGE = {"months": {"low": 6, "likely": 12, "high": 30}, "irrecoverable": {"low": 0, "likely": 500, "high": 3000},
         "respondent": {"fixed": 700}, "each_claimant": {"fixed": 300}}
SUIT = {"first_instance": STAGE, "discount_rate": {"claimants": Decimal("0.05"), "respondent": Decimal("0.03")},
        "appeal": {**STAGE, "by_claimants": Decimal("0.6"), "by_respondent": Decimal("0.7"), "afresh": Decimal("0.5")}}


def _valuation() -> Valuation:
    """Return a suit in which the share accepted of each loss, the stages and the second court are drawn."""
    claimants: list[dict[str, Any]] = [claimant("one", 10_000), claimant("two", 4_000, own_x=disputed(0.3))]
    for one in claimants:
        one["heads"][0]["accepted"] = {"low": Decimal("0.2"), "likely": Decimal("0.6"), "high": 1}
    stated = case(claimants, {"a.b": disputed(0.5)}, proceedings=SUIT)
    return valued(pack("a.b", "own.x"), stated, COUNT)


@pytest.fixture(scope="module")
def valuation() -> Valuation:
    return _valuation()


@pytest.fixture(scope="module")
def suit(valuation: Valuation) -> SupposedSuit:
    return SupposedSuit(valuation, doubts_of(valuation.assessment), COUNT)


def test_nothing_supposed_is_the_suit_itself_to_the_last_digit(valuation: Valuation, suit: SupposedSuit) -> None:
    prospects, costs = prospects_of(valuation), cost_by_claimant(prospects_of(valuation))
    for name, column in prospects.claimants.items():
        assert np.array_equal(suit.as_it_stands.claimants[name], column)
        assert np.array_equal(suit.as_it_stands.respondent[name], costs[name])
    assert np.ptp(prospects.claimants["one"]) > 0


def test_side_by_side_every_supposition_has_the_same_draws(suit: SupposedSuit) -> None:
    alone = suit.supposing([{"common:a.b": True}])[0]
    between = suit.supposing([{}, {"common:a.b": True}, {"common:a.b": False}])
    assert np.array_equal(between[1].claimants["one"], alone.claimants["one"])
    assert np.array_equal(between[0].claimants["one"], suit.as_it_stands.claimants["one"])
    assert float(between[2].liable["one"].mean()) == 0
    assert float(alone.liable["one"].mean()) == 1


def test_a_claimants_own_fact_moves_its_suit_alone(suit: SupposedSuit) -> None:
    found = suit.supposing([{"two:own.x": True}])[0]
    assert float(found.liable["two"].mean()) == 1
    assert np.array_equal(found.liable["one"], suit.as_it_stands.liable["one"])
    assert suit.change({"two:own.x": True}) > 0.2
    assert suit.change({}) == 0


def test_what_the_suit_costs_the_respondent_is_laid_on_the_claimants_without_rest() -> None:
    ones = np.ones(3)
    prospects = Prospects({"one": ones, "two": ones}, 100 * ones, {"one": 60 * ones, "two": 20 * ones},
                          ones > 0, ones, ones)
    costs = cost_by_claimant(prospects)
    assert {name: column.tolist() for name, column in costs.items()} == {"one": [70.0] * 3, "two": [30.0] * 3}


def test_the_claimants_own_share_of_its_loss_moves_what_it_is_awarded() -> None:
    of = pack("a.b", also={OWN_SHARE: fact("number", scope="claimant")})
    of = of.model_copy(update={"issues": {**of.issues, "own_fault": issue("own_fault", 30.0)}})
    of = of.model_copy(update={"order": evaluation_order(of)[0]})
    share = {"value": Decimal("0.5"), "otherwise": Decimal("0.1"), "status": "disputed", "likelihood": Decimal("0.4")}
    stated = case([{**claimant("one", 10_000), "facts": {OWN_SHARE: share}}], {"a.b": True})
    own = valued(of, stated, 400)
    suit = SupposedSuit(own, doubts_of(own.assessment), 400)
    half, tenth = suit.supposing([{f"one:{OWN_SHARE}": Decimal(value)} for value in ("0.5", "0.1")])
    assert (half.claimants["one"].mean(), tenth.claimants["one"].mean()) == (5_000, 9_000)
    assert suit.change({f"one:{OWN_SHARE}": Decimal("0.5")}) == 1
