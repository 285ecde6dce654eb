"""What the suit brings: what is shared and what is not, and the part of some claimants in the suit of all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.drafting.cases import read_small
from vismajor.law.models import Law
from vismajor.settlement.pool import pool_of
from vismajor.settlement.prospects import Prospects, apart
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.valuation import Valuation, among
from vismajor.workbench import assess, value

STAGE: dict[str, Any] = {"months": {"low": 12, "likely": 18, "high": 24}, "claimants": {"fixed": 900},
                         "each_claimant": {"fixed": 100}, "respondent": {"fixed": 4000},
                         "expert_fee": {"low": 0, "likely": 500, "high": 2000},
                         "irrecoverable": {"low": 600, "likely": 600, "high": 600}}
SUIT = {"first_instance": STAGE, "appeal": STAGE | {"by_claimants": 0.5, "by_respondent": 0.7, "afresh": 0.5},
        "shared": "by_claim", "discount_rate": {"claimants": 0.03, "respondent": 0.03}}


@pytest.fixture(scope="module")
def valuation(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Valuation:
    folder: Path = tmp_path_factory.mktemp("prospects") / "case"
    return value(assess(read_small(folder, french_law, proceedings=SUIT), french_law, worlds=500))


@pytest.fixture(scope="module")
def prospects(valuation: Valuation) -> Prospects:
    return prospects_of(valuation)


def test_what_each_spends_is_what_all_spend(prospects: Prospects) -> None:
    assert sum(prospects.spent.values()) == pytest.approx(prospects.spent_by_claimants)
    for name, shared in prospects.shared.items():
        assert prospects.before_sharing(name) == pytest.approx(prospects.claimants[name] + shared)


def test_what_falls_on_all_is_what_they_spend_for_all_less_the_experts_fee_given_back_and_what_losers_are_ordered(
        prospects: Prospects) -> None:
    # 900 at first instance, 900 where somebody appeals, the expert's fees up to 2,000 each, 600 to pay where they lose.
    assert prospects.spent_for_all.min() >= 900 / 1.03  # paid in the middle of a stage of two years at most
    assert prospects.spent_for_all.max() <= 2 * (900 + 2000 + 600)
    assert np.all(prospects.shared["dupont"] > prospects.shared["durand"])  # by claim: 12,500.50 against 4,400.75


def test_the_part_of_some_is_what_the_suit_of_all_has_more_than_that_of_the_others(
        valuation: Valuation, prospects: Prospects) -> None:
    others = prospects_of(among(valuation, ["durand"]))
    part = apart(prospects, others)
    assert list(part.claimants) == ["dupont"]
    assert part.claimants["dupont"] is prospects.claimants["dupont"]
    assert part.respondent == pytest.approx(prospects.respondent - others.respondent)
    assert not (part.lost & others.lost).any()
    # The respondent's own costs run on: settling with one spares it none at first instance.
    assert part.spent_by_respondent.mean() < 0.5 * prospects.spent_by_respondent.mean()


def test_a_claimant_alone_bears_in_the_pool_about_what_it_does_in_a_suit_of_its_own(
        valuation: Valuation, prospects: Prospects) -> None:
    pool = pool_of(prospects, None)
    for name in ("dupont", "durand"):
        alone = prospects_of(among(valuation, [name])).claimants[name].mean()
        assert pool.worth(name, [name]).value == pytest.approx(alone, abs=15), name
