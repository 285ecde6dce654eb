"""Heads of loss: each amount recomputed by hand from what the case states."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import case
from vismajor.damages.heads import ClaimantLoss, HeadLoss, compute_losses
from vismajor.damages.money import euros
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case


@pytest.fixture(scope="module")
def founding(french_law: Law) -> dict[str, ClaimantLoss]:
    read = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    return {loss.claimant.id: loss for loss in compute_losses(read, french_law, Worlds("ovh-strasbourg", 1_000))}


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
            elif item.kind == "lost_customers":
                lost = head.customers
                assert lost is not None
                months = sum(month.share * month.discount for month in lost.life_table)
                assert head.claimed == euros(lost.excess * float(lost.margin) * months)
            else:
                assert head.claimed == item.amount
        assert loss.claimed == sum(head.claimed for head in loss.heads)
    assert seen >= {"lost_customers", "data_recovery", "rehosting", "staff_hours", "lost_margin", "crisis_costs",
                    "destroyed_asset"}


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
    read = load_case(ROOT / "cases" / "bati-courtage", french_law)
    (loss,) = compute_losses(read, french_law, Worlds("x", 100))
    assert loss.cap == Decimal("1800.48")
    assert loss.claimed == Decimal("6500000.00")


def test_bluepad_has_the_published_claim_and_cap(french_law: Law) -> None:
    read = load_case(ROOT / "cases" / "bluepad", french_law)
    (loss,) = compute_losses(read, french_law, Worlds("x", 100))
    assert (loss.claimed, loss.cap) == (Decimal("330155.00"), Decimal("679.09"))


# --- Documented, provable, as a chance ----------------------------------------------------------------------------

SHARE = {"low": Decimal("0.2"), "likely": Decimal("0.5"), "high": Decimal("0.8")}
P1 = {"id": "P1", "title": "Facture", "date": "2021-06-01"}


def _loss(head: dict[str, object], french_law: Law, **claimant: object) -> HeadLoss:
    small = case([{"id": "one", "heads": [{"id": "h", "duties": ["main"], **head}], **claimant}], exhibits=[P1])
    loss, = compute_losses(small, french_law, Worlds("x", 200))
    return loss.heads[0]


def test_without_an_exhibit_nothing_is_documented_and_nothing_provable(french_law: Law) -> None:
    bare = _loss({"kind": "crisis_costs", "amount": 1_000, "accepted": SHARE}, french_law)
    assert (bare.claimed, bare.documented, bare.provable) == (1_000, 0, 0)
    shown = _loss({"kind": "crisis_costs", "amount": 1_000, "accepted": SHARE, "exhibits": ["P1"]}, french_law)
    assert (shown.documented, shown.provable) == (1_000, 500)


def test_vouchers_may_show_a_part_only(french_law: Law) -> None:
    part = _loss({"kind": "crisis_costs", "amount": 1_000, "documented": 600, "accepted": SHARE, "exhibits": ["P1"]},
                 french_law)
    assert (part.claimed, part.documented, part.provable) == (1_000, 600, 300)
    more = _loss({"kind": "crisis_costs", "amount": 1_000, "documented": 1_600, "exhibits": ["P1"]}, french_law)
    assert more.documented == 1_000


def test_harm_to_image_counts_with_its_evidence_or_not_at_all(french_law: Law) -> None:
    assert _loss({"kind": "image", "amount": 5_000}, french_law).claimed == 0
    assert _loss({"kind": "image", "amount": 5_000, "exhibits": ["P1"]}, french_law).claimed == 5_000


def test_a_chance_is_pleaded_whole_and_in_the_alternative_for_its_share(french_law: Law) -> None:
    head = _loss({"kind": "lost_chance", "amount": 9_000, "accepted": SHARE, "exhibits": ["P1"],
                  "chance": {"low": Decimal("0.3"), "likely": Decimal("0.4"), "high": Decimal("0.6")}}, french_law)
    assert (head.claimed, head.as_a_chance, head.certain) == (9_000, 3_600, 0)
    assert head.provable == 1_800  # half of it accepted, of a chance of 0.4
    certain = _loss({"kind": "crisis_costs", "amount": 100, "accepted": SHARE, "exhibits": ["P1"], "certain": 1,
                     "chance": {"low": Decimal("0.3"), "likely": Decimal("0.4"), "high": Decimal("0.6")}}, french_law)
    assert (certain.as_a_chance, certain.provable) == (40, 50)


def test_a_head_that_counsel_names_is_called_so_and_excluded_as_counsel_says(french_law: Law) -> None:
    title = {"fr": "Pénalités versées à un client", "en": "Penalties paid to a customer"}
    head = _loss({"kind": "other", "title": title, "amount": 700, "consequential": True}, french_law)
    assert head.title.fr == "Pénalités versées à un client"
    assert head.consequential


def test_a_ledger_shows_its_margin_rate_over_the_three_years_before_the_loss(founding: dict[str, ClaimantLoss]
                                                                             ) -> None:
    margin = next(head.margin for head in founding["demanderesse-11"].heads if head.margin)
    assert (margin.first, margin.last) == ("2018-03", "2021-02")
    assert margin.revenue is not None
    assert margin.variable_costs is not None
    assert margin.rate == (1 - margin.variable_costs / margin.revenue).quantize(Decimal("0.0001"))
    stated = next(head.margin for head in founding["demanderesse-02"].heads if head.margin)
    assert stated.rate == Decimal("0.75")


def test_customers_lost_count_once_the_lost_margin_is_over(founding: dict[str, ClaimantLoss]) -> None:
    heads = {head.head.id: head for head in founding["demanderesse-01"].heads}
    lost = heads["clientele"].customers
    assert lost is not None
    assert lost.life_table[0].month == "2021-10"
    assert heads["clientele"].claimed == lost.amount > 0
    assert heads["clientele"].as_a_chance == euros(lost.amount * Decimal("0.5"))


def test_customers_count_from_the_month_after_a_margin_whose_end_the_accounts_tell(french_law: Law) -> None:
    read = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    first = read.file.claimants[0]
    heads = tuple(head.model_copy(update={"to": None}) if head.kind == "lost_margin" else head for head in first.heads)
    opened = read.file.model_copy(update={"claimants": (first.model_copy(update={"heads": heads}),)})
    (loss,) = compute_losses(read.model_copy(update={"file": opened}), french_law, Worlds("x", 200))
    margin = next(head.counterfactual for head in loss.heads if head.counterfactual)
    lost = next(head.customers for head in loss.heads if head.customers)
    assert lost.life_table[0].month > margin.months[-1]
    assert lost.life_table[0].month > "2021-09"


def test_what_was_received_up_to_the_day_is_no_longer_due(french_law: Law) -> None:
    small = case([{"id": "one", "heads": [{"id": "h", "kind": "crisis_costs", "duties": ["main"], "amount": 1_000}],
                   "received": [{"id": "a", "kind": "indemnity", "date": "2021-06-01", "amount": 300},
                                {"id": "b", "kind": "voucher", "date": "2021-06-01", "amount": 50},
                                {"id": "c", "kind": "insurance", "date": "2022-06-01", "amount": 90}]}])
    loss, = compute_losses(small, french_law, Worlds("x", 200))
    assert (loss.received(small.as_of), loss.due(small.as_of)) == (300, 700)
    assert (loss.received(small.as_of.replace(year=2023)), loss.due(small.as_of.replace(year=2023))) == (390, 610)


def test_what_is_rather_indirect_is_not_provable(french_law: Law) -> None:
    direct = {"kind": "crisis_costs", "amount": 1_000, "accepted": SHARE, "exhibits": ["P1"]}
    assert _loss({**direct, "direct": Decimal("0.4")}, french_law).provable == 0
    assert _loss({**direct, "direct": Decimal("0.9")}, french_law).provable == 500


def test_an_insurer_takes_over_no_more_than_the_heads_that_it_paid_for(french_law: Law) -> None:
    heads = [{"id": "small", "kind": "crisis_costs", "duties": ["main"], "amount": 1_000},
             {"id": "large", "kind": "destroyed_asset", "duties": ["main"], "amount": 4_000}]
    paid = {"id": "a", "kind": "insurance", "date": "2021-06-01", "amount": 9_000}
    for named, due in ((["small"], 4_000), ([], 0), (["small", "large"], 0)):
        small = case([{"id": "one", "heads": heads, "received": [{**paid, "heads": named}]}])
        loss, = compute_losses(small, french_law, Worlds("x", 200))
        assert loss.due(small.as_of) == due
