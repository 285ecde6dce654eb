"""The award of each world: liable or not, heads excluded, the cap last; checked against published outcomes."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import case, contract, cost, fact, issue, law, rule
from vismajor.damages.award import Award, award_in, compute_awards
from vismajor.damages.heads import compute_losses
from vismajor.damages.hearing import demands_of, hearing_of
from vismajor.law.heads import ChanceLeft, HeadKind, OwnFaultShare
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import WINDOW, Worlds
from vismajor.workbench import load_case

WORLDS = Worlds("test", 4_000)


def _pack(liability: float = 30.0, cap: float = -30.0, excluded: float = -30.0) -> Law:
    pack = law({"a.b": fact(), "s.main": fact(per_duty=True)}, [
        issue("liability", liability, per_duty=True), issue("liability_cap", cap), issue("heads_excluded", excluded),
    ], [rule("not-main", ["s.main"], {"against": "liability"}, "knock_out", duties=["main"])])
    business = HeadKind(title={"fr": "x", "en": "x"}, consequential=True, sources=("source",),
                        accepted={"low": 1, "likely": 1, "high": 1})
    return pack.model_copy(update={"heads": {**pack.heads, "destroyed_asset": business}})


def _award(pack: Law, heads: list[dict[str, object]], facts: dict[str, object] | None = None, fees: object = 100
           ) -> Award:
    small = case([{"id": "one", "heads": heads, "fees": fees}], facts)
    return compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]


def test_without_liability_nothing_is_due() -> None:
    award = _award(_pack(liability=-30), [cost(1_000)])
    assert not award.amount.any()
    assert not award.liable.any()


def test_with_liability_the_whole_accepted_loss_is_due() -> None:
    assert (_award(_pack(), [cost(1_000), cost(500, name="second")]).amount == 1_500).all()


def test_the_cap_is_six_months_of_fees_and_comes_last() -> None:
    award = _award(_pack(cap=30), [cost(1_000), cost(500, name="second")])
    assert (award.amount == 600).all()
    assert (award.uncapped == 1_500).all()


def test_the_cap_does_not_raise_a_smaller_loss() -> None:
    assert (_award(_pack(cap=30), [cost(250)]).amount == 250).all()


@pytest.mark.parametrize(("loss", "fees", "expected"), [
    (101_172, Decimal("300.08"), 1_800.48),  # CA Douai, 24 April 2025: the cap applied, instead of 101,172 €
    (144_836, Decimal("113.19"), 679.14),  # six months at 113.19 a month: Bluepad's cap was 679.09 €, a sum of invoices
])
def test_the_cap_turns_the_published_losses_into_the_published_caps(loss: int, fees: Decimal, expected: float) -> None:
    assert _award(_pack(cap=30), [cost(loss)], fees=fees).amount == pytest.approx(expected)
    assert _award(_pack(cap=-30), [cost(loss)], fees=fees).amount == pytest.approx(loss)


def test_a_head_is_due_when_one_of_its_duties_was_broken() -> None:
    both = {"id": "both", "kind": "crisis_costs", "duties": ["main", "other"], "amount": 100}
    award = _award(_pack(), [both, cost(10, "main", "only-main")], {"s.main": True})
    assert (award.amount == 100).all()


def test_the_exclusion_clause_reaches_business_loss_alone() -> None:
    business = {"id": "trade", "kind": "destroyed_asset", "duties": ["main"], "amount": 900}
    assert (_award(_pack(excluded=30), [cost(100), business]).amount == 100).all()
    assert (_award(_pack(), [cost(100), business]).amount == 1_000).all()


def test_the_share_that_the_court_accepts_is_drawn_head_by_head() -> None:
    share = {"low": Decimal("0.2"), "likely": Decimal("0.5"), "high": Decimal("0.8")}
    award = _award(_pack(), [{**cost(1_000), "accepted": share}])
    assert award.amount.mean() == pytest.approx(500, abs=6)
    assert award.amount.min() >= 200
    assert award.amount.max() <= 800


def test_a_larger_loss_never_brings_less_in_any_world() -> None:
    pack = _pack(liability=0.0, cap=0.0)
    small, large = _award(pack, [cost(1_000)]), _award(pack, [cost(1_100)])
    assert np.all(large.amount >= small.amount)


def _court(own_share: dict[str, object] | None = None, **answers: float) -> Law:
    """A pack in which each issue named is answered by its prior alone."""
    facts = {"a.b": fact(), "client.own_fault_share": fact("number", scope="claimant")}
    common = ("foreseeable_loss", "liability_cap", "heads_excluded")
    asked = {"liability": 30.0, "liability_cap": -30.0, "heads_excluded": -30.0, **answers}
    issues = [issue(name, prior, per_duty=name not in common) for name, prior in asked.items()]
    pack = law(facts, issues, [])
    business = HeadKind(title={"fr": "x", "en": "x"}, consequential=True, sources=("source",),
                        accepted={"low": 1, "likely": 1, "high": 1})
    heads = {**pack.heads, "destroyed_asset": business, "restitution": business.model_copy(
        update={"consequential": False})}
    share = OwnFaultShare.model_validate({**own_share, "sources": ["source"]}) if own_share else None
    return pack.model_copy(update={"heads": heads, "own_fault_share": share})


TRADE = {"id": "trade", "kind": "destroyed_asset", "duties": ["main"], "amount": 900}
FEES = {"id": "fees", "kind": "restitution", "duties": ["main"], "amount": 70}


def test_nothing_is_due_on_a_claim_that_is_not_admissible() -> None:
    award = _award(_court(admissibility=-30.0, restitution=30.0), [cost(1_000), FEES])
    assert not award.amount.any()
    assert not award.liable.any()
    assert (_award(_court(admissibility=30.0), [cost(1_000)]).amount == 1_000).all()


def test_business_loss_that_could_not_be_foreseen_is_not_due() -> None:
    assert (_award(_court(foreseeable_loss=-30.0), [cost(100), TRADE]).amount == 100).all()
    assert (_award(_court(foreseeable_loss=30.0), [cost(100), TRADE]).amount == 1_000).all()


def test_the_claimant_bears_its_own_share_before_the_cap() -> None:
    share = {"client.own_fault_share": Decimal("0.4")}
    small = case([{"id": "one", "heads": [cost(1_000)], "facts": share}])
    for cap, expected in ((-30.0, 600), (30.0, 600)):  # the cap is 600: it limits what is left of the debt
        pack = _court(own_fault=30.0, liability_cap=cap)
        award = compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]
        assert award.amount == pytest.approx(expected)
    without = _court(own_fault=-30.0)
    award = compute_awards(assess_case(small, without, WORLDS), compute_losses(small, without, WORLDS))["one"]
    assert award.amount == pytest.approx(1_000)


def test_a_clause_may_put_the_cap_before_the_share() -> None:
    terms = {"id": "terms", "title": {"fr": "x", "en": "x"}, "version": "2020",
             "cap": {"amount": 600, "applies": "before_share"}}
    small = case([{"id": "one", "heads": [cost(1_000)], "facts": {"client.own_fault_share": Decimal("0.4")}}],
                 contracts=[terms])
    pack = _court(own_fault=30.0, liability_cap=30.0)
    award = compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]
    assert award.amount == pytest.approx(360)


def test_the_share_of_the_pack_is_drawn_where_the_case_says_none() -> None:
    award = _award(_court({"low": Decimal("0.1"), "likely": Decimal("0.3"), "high": Decimal("0.5")}, own_fault=30.0),
                   [cost(1_000)])
    assert award.amount.mean() == pytest.approx(700, abs=10)
    assert award.amount.min() >= 500
    assert award.amount.max() <= 900


def test_the_claimant_pleads_the_duty_on_which_it_was_not_at_fault() -> None:
    pack = law({"a.b": fact(), "client.own_fault_share": fact("number", scope="claimant")},
               [issue("liability", 30.0, per_duty=True), issue("own_fault", -30.0, per_duty=True)],
               [rule("fault", ["a.b"], {"for": "own_fault"}, "knock_out", duties=["main"])])
    both = {"id": "both", "kind": "crisis_costs", "duties": ["main", "other"], "amount": 100}
    small = case([{"id": "one", "heads": [both, cost(100, "main", "alone")],
                   "facts": {"client.own_fault_share": Decimal("0.5")}}], {"a.b": True})
    award = compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]
    assert award.amount == pytest.approx(150)


def test_what_is_given_back_takes_no_liability_and_no_cap_limits_it() -> None:
    award = _award(_court(liability=-30.0, restitution=30.0, liability_cap=30.0), [cost(1_000), FEES])
    assert (award.amount == 70).all()
    assert (award.restitution == 70).all()
    capped = _award(_court(restitution=30.0, liability_cap=30.0), [cost(1_000), FEES])
    assert (capped.amount == 670).all()
    assert (_award(_court(restitution=-30.0), [FEES]).amount == 0).all()


def test_each_contract_has_its_own_cap_and_its_own_law() -> None:
    old = contract(10, "2014-05-01", id="old")
    new = contract(100, id="new")
    heads = [{**cost(1_000), "contract": "old"}, {**cost(500, name="second"), "contract": "new"}]
    small = case([{"id": "one", "contracts": [old, new], "heads": heads}], {"a.b": True})
    pack = law({"a.b": fact(), "contract.governing_date": fact("date", scope="contract")},
               [issue("liability", 30.0), issue("liability_cap", -30.0)],
               [rule("cap", ["a.b"], {"for": "liability_cap"}, "knock_out", in_force={"to": "2016-09-30"})])
    assessed = assess_case(small, pack, WORLDS)
    award = compute_awards(assessed, compute_losses(small, pack, WORLDS))["one"]
    assert (award.amount == 60 + 500).all()  # six months at 10 under the old contract, none under the new one
    assert not award.capped.any()
    assert [view.claimants for view in assessed.views["liability_cap"]] == [("one/old",), ("one/new",)]


# --- What was received, direct, chance: in the order of the law -------------------------------------------------------


def _received(pack: Law, heads: list[dict[str, object]], received: list[dict[str, object]], **extra: object) -> Award:
    small = case([{"id": "one", "heads": heads, "received": received, **extra}])
    return compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]


def _paid(kind: str, amount: int, **extra: object) -> dict[str, object]:
    return {"id": kind, "kind": kind, "date": "2021-06-01", "amount": amount, **extra}


def test_an_indemnity_is_credited_on_the_debt_after_the_cap() -> None:
    award = _received(_pack(cap=30), [cost(1_000)], [_paid("indemnity", 150)])
    assert (award.amount == 450).all()  # the cap of 600, less 150: not min(1 000 - 150, 600)
    assert (award.credited == 150).all()
    assert (_received(_pack(), [cost(1_000)], [_paid("indemnity", 1_500)]).amount == 0).all()


def test_what_an_insurer_paid_leaves_the_claimant_before_the_cap() -> None:
    assert (_received(_pack(cap=30), [cost(1_000)], [_paid("insurance", 150)]).amount == 600).all()
    assert (_received(_pack(cap=30), [cost(1_000)], [_paid("insurance", 700)]).amount == 300).all()
    assert (_received(_pack(), [cost(1_000)], [_paid("insurance", 1_500)]).amount == 0).all()


@pytest.mark.parametrize("kind", ["voucher", "free_months"])
def test_a_commercial_gesture_is_no_payment_unless_it_was_agreed_as_one(kind: str) -> None:
    assert _received(_pack(), [cost(1_000)], [_paid(kind, 150)]).amount == pytest.approx(1_000)
    assert (_received(_pack(), [cost(1_000)], [_paid(kind, 150, agreed_as_payment=True)]).amount == 850).all()


def test_what_was_received_after_the_day_of_knowledge_does_not_count() -> None:
    later = _paid("indemnity", 150, date="2022-06-01")
    assert (_received(_pack(), [cost(1_000)], [later]).amount == 1_000).all()


def test_fees_given_back_take_the_credit_too_but_no_cap() -> None:
    award = _received(_court(restitution=30.0, liability_cap=30.0), [cost(1_000), FEES], [_paid("indemnity", 100)])
    assert (award.amount == 570).all()


def test_an_indemnity_counts_under_the_contract_for_which_it_was_paid() -> None:
    heads = [{**cost(1_000), "contract": "old"}, {**cost(500, name="second"), "contract": "new"}]
    small = case([{"id": "one", "contracts": [contract(100, id="old"), contract(100, id="new")], "heads": heads,
                   "received": [_paid("indemnity", 800, contract="new")]}])
    pack = _pack()
    award = compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]
    assert (award.amount == 1_000).all()  # 1 000 under the old one, and 500 less 800 is nothing under the new one


def test_a_loss_pleaded_as_a_chance_brings_the_whole_or_the_chance_never_between() -> None:
    chance = {"low": Decimal("0.4"), "likely": Decimal("0.4"), "high": Decimal("0.4")}
    award = _award(_pack(), [{**cost(1_000), "chance": chance, "certain": Decimal("0.7")}])
    assert set(np.round(np.unique(award.amount), 6)) == {400.0, 1_000.0}
    assert np.mean(award.amount == 1_000) == pytest.approx(0.7, abs=0.03)


def test_an_indirect_loss_is_never_due() -> None:
    award = _award(_pack(), [{**cost(1_000), "direct": Decimal("0.25")}])
    assert set(np.unique(award.amount)) == {0.0, 1_000.0}
    assert np.mean(award.amount > 0) == pytest.approx(0.25, abs=0.03)
    assert award.liable.all()


def test_the_breach_of_some_duties_leaves_a_chance_only_and_the_claimant_pleads_the_better_one() -> None:
    pack = _pack()
    duties = dict(pack.vocabulary.duties)
    duties["other"] = duties["other"].model_copy(update={"chance": ChanceLeft.model_validate(
        {"low": Decimal("0.5"), "likely": Decimal("0.5"), "high": Decimal("0.5"), "sources": ["source"]})})
    pack = pack.model_copy(update={"vocabulary": pack.vocabulary.model_copy(update={"duties": duties})})
    both = {"id": "both", "kind": "crisis_costs", "duties": ["main", "other"], "amount": 100}
    assert (_award(pack, [both]).amount == 100).all()
    assert (_award(pack, [both], {"s.main": True}).amount == pytest.approx(50))  # only the other duty was broken
    assert (_award(pack, [cost(100, "other")]).amount == pytest.approx(50))


def test_the_insurers_part_the_share_and_a_cap_that_comes_before_it() -> None:
    terms = {"id": "terms", "title": {"fr": "x", "en": "x"}, "version": "2020",
             "cap": {"amount": 600, "applies": "before_share"}}
    small = case([{"id": "one", "heads": [cost(1_000)], "facts": {"client.own_fault_share": Decimal("0.4")},
                   "received": [_paid("insurance", 100)]}], contracts=[terms])
    pack = _court(own_fault=30.0, liability_cap=30.0)
    award = compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]
    assert award.amount == pytest.approx(360)  # the insured comes before its insurer within the cap (600 x 0.6)


def test_the_insured_at_fault_comes_before_its_insurer_on_what_the_respondent_owes() -> None:
    small = case([{"id": "one", "heads": [cost(1_000)], "facts": {"client.own_fault_share": Decimal("0.3")},
                   "received": [_paid("insurance", 600)]}])
    for cap, expected in ((-30.0, 400), (30.0, 400)):  # min(700 owed, 1 000 - 600 not yet paid); the cap is 600
        pack = _court(own_fault=30.0, liability_cap=cap)
        award = compute_awards(assess_case(small, pack, WORLDS), compute_losses(small, pack, WORLDS))["one"]
        assert award.amount == pytest.approx(expected)


def test_an_insurer_takes_the_place_of_the_insured_for_the_heads_that_it_paid_alone() -> None:
    heads = [cost(50), {**TRADE, "amount": 100}]
    paid = [_paid("insurance", 60, heads=["trade"])]
    assert (_received(_court(heads_excluded=30.0), heads, paid).amount == 50).all()
    assert (_received(_court(), heads, paid).amount == 90).all()
    assert (_received(_court(), heads, [_paid("insurance", 60)]).amount == 90).all()


def test_a_claimant_whose_heads_are_all_excluded_does_not_win() -> None:
    award = _award(_court(heads_excluded=30.0), [TRADE])
    assert not award.amount.any()
    assert not award.liable.any()


def test_no_world_brings_more_than_is_claimed(french_law: Law) -> None:
    read = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    assessed = assess_case(read, french_law.on(read.as_of), Worlds("x", 2_000))
    losses = compute_losses(read, assessed.law, assessed.worlds)
    for loss, award in zip(losses, compute_awards(assessed, losses).values(), strict=True):
        assert award.uncapped.max() <= float(loss.claimed) + 0.01


SPREAD: dict[str, object] = {"low": Decimal("0.1"), "likely": Decimal("0.3"), "high": Decimal("0.5")}


def test_awards_are_the_same_bytes_whatever_the_window_and_the_cores(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    pack = _court(SPREAD, liability=1.0, liability_cap=0.2, own_fault=1.0, restitution=0.5)
    small = case([{"id": "one", "fees": 100, "heads": [
        {**cost(1_000), "accepted": SPREAD, "direct": Decimal("0.7")},
        {**cost(500, name="second"), "chance": SPREAD, "certain": Decimal("0.4")}, FEES]}])
    assessed = assess_case(small, pack, Worlds("test", 3 * WINDOW + 5))
    losses = compute_losses(small, pack, assessed.worlds)
    whole = compute_awards(assessed, losses)["one"]
    monkeypatch.setattr("vismajor.reasoning.parallel.cores", lambda: 3)
    beside = compute_awards(assessed, losses)["one"]
    one = hearing_of(assessed, 4_000, assessed.worlds.window(4_000, 1_001))
    part = award_in(one, *demands_of(small, pack, losses))
    for name in ("amount", "uncapped", "liable", "capped", "restitution", "credited", "interest", "costs"):
        assert getattr(beside, name).tobytes() == getattr(whole, name).tobytes()
        assert getattr(part, name).tobytes() == getattr(whole, name)[4_000:5_001].tobytes()
