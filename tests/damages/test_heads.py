"""Heads of loss: each amount recomputed by hand from what the case states."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import ROOT
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.damages.money import euros
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case


@pytest.fixture(scope="module")
def founding(french_law: Law) -> dict[str, ClaimantLoss]:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    return {loss.claimant.id: loss for loss in compute_losses(case, french_law, Worlds("ovh-strasbourg", 1_000))}


def test_amounts_are_rounded_half_upwards_to_the_cent() -> None:
    assert euros(2.345) == Decimal("2.35")  # as written, not as a binary fraction
    assert euros(Decimal("2.344999")) == Decimal("2.34")
    assert euros(0.1 + 0.2) == Decimal("0.30")


def test_every_head_is_what_the_file_says(founding: dict[str, ClaimantLoss]) -> None:
    seen = set()
    for loss in founding.values():
        for head in loss.heads:
            item = head.head
            seen.add(item.kind)
            if item.kind == "rehosting":
                assert head.claimed == max(item.amount - item.fees_saved, Decimal(0))
            elif item.kind == "staff_hours":
                assert head.claimed == (item.hours * item.hourly_rate).quantize(Decimal("0.01"))
            elif item.kind == "lost_margin":
                assert head.counterfactual is not None
                assert head.margin is not None
                monthly = [Decimal(f"{e:.2f}") - Decimal(f"{a:.2f}") for e, a in
                           zip(head.counterfactual.expected, head.counterfactual.actual, strict=True)]
                assert abs(head.claimed - max(sum(monthly) * head.margin.rate, Decimal(0))) <= Decimal("0.10")
                assert head.low <= head.claimed <= head.high
            else:
                assert head.claimed == item.amount
        assert loss.claimed == sum(head.claimed for head in loss.heads)
    assert seen >= {"data_recovery", "rehosting", "staff_hours", "lost_margin", "crisis_costs", "destroyed_asset"}


def test_the_founding_case_is_the_one_that_was_reported(founding: dict[str, ClaimantLoss]) -> None:
    claimed = [loss.claimed for loss in founding.values()]
    assert len(claimed) == 20
    assert Decimal(9_500) < min(claimed) < Decimal(10_500)  # the smallest loss: 10,000 €
    assert max(claimed) < Decimal(1_900_000)
    sizes = [loss.claimant.size for loss in founding.values()]
    assert [sizes.count(s) for s in ("large", "small_or_medium", "very_small", "unstated")] == [2, 6, 2, 10]
    assert len({loss.claimant.sector for loss in founding.values()}) == 5


def test_the_cap_of_each_claimant_is_six_months_of_its_own_fees(founding: dict[str, ClaimantLoss]) -> None:
    for loss in founding.values():
        assert loss.cap == 6 * loss.claimant.agreements[0].monthly_fees


def test_bati_courtage_has_the_cap_that_the_court_of_appeal_applied(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "bati-courtage", french_law)
    (loss,) = compute_losses(case, french_law, Worlds("x", 100))
    assert loss.cap == Decimal("1800.48")
    assert loss.claimed == Decimal("6500000.00")


def test_bluepad_has_the_published_claim_and_cap(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "bluepad", french_law)
    (loss,) = compute_losses(case, french_law, Worlds("x", 100))
    assert (loss.claimed, loss.cap) == (Decimal("330155.00"), Decimal("679.09"))
