"""Both sides' reservation values, the zone between them or what stands in the way, and where it is divided."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.suits import WORLDS, group, stances, suit
from vismajor.settlement.bargaining import Bargain, Beliefs, Offered, bargain, claimants_share
from vismajor.settlement.prospects import Prospects

chances = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
sums = st.integers(0, 100_000).map(float)


def between(claimants: Prospects, respondent: Prospects | None = None, claimed: float | None = None, /,
            **stated: object) -> Bargain:
    """Return the bargain between two sides, who believe the same unless two views are given."""
    return bargain(Beliefs(claimants, respondent or claimants), stances(**stated), WORLDS,
                   None if claimed is None else Decimal(repr(claimed)))


def estimate(low: float, likely: float | None = None, high: float | None = None) -> dict[str, float]:
    return {"low": low, "likely": low if likely is None else likely, "high": low if high is None else high}


@pytest.mark.parametrize(("shifted", "zone"), [(0.0, (500, 700)), (0.5, (510, 710)), (1.0, (520, 720))])
def test_the_published_zones_of_a_claim_of_1000_won_in_six_cases_of_ten(shifted: float, zone: tuple[int, int]) -> None:
    assert between(suit(0.6, shifted=shifted)).zone == zone


@given(chances, st.integers(0, 10).map(lambda tenths: tenths / 10), sums)
def test_shared_beliefs_leave_the_costs_of_both_sides_to_share_whatever_the_chance_and_who_bears_them(
        chance: float, shifted: float, costs: float) -> None:
    # A suit that costs more than it brings need not be brought: the claim is made large enough here.
    found = between(suit(chance, 10_000_000.0, costs, shifted))
    if found.claimants["one"].value >= 0:
        assert found.width == Decimal(repr(2 * costs))


@given(chances, chances, sums, sums)
def test_there_is_no_zone_exactly_where_optimism_about_the_claim_exceeds_the_costs_of_both(
        ours: float, theirs: float, costs: float, others: float) -> None:
    # Landes, Posner, Gould, Shavell: (p_c − p_d) · L > C_c + C_d, each side bearing its own costs.
    claim = 1_000_000.0
    found = between(suit(ours, claim, costs, respondents_costs=others), suit(theirs, claim, costs,
                                                                            respondents_costs=others))
    too_hopeful = round((ours - theirs) * claim) > costs + others
    if found.claimants["one"].value >= 0:
        assert (found.zone is None) == too_hopeful
        if too_hopeful:
            assert found.obstacle == "optimism"
            assert float(found.terms["optimism"]) == pytest.approx(round((ours - theirs) * claim), abs=0.02)


@given(chances, chances, sums, sums, st.floats(0.0, 1.0), st.sampled_from([None, 500, 50_000]),
       st.sampled_from([None, 800, 80_000]), st.floats(0.5, 1.0), st.booleans())
def test_the_terms_add_up_to_the_difference_to_the_cent(
        ours: float, theirs: float, costs: float, others: float, shifted: float, our_tolerance: int | None,
        their_tolerance: int | None, waiting: float, with_others: bool) -> None:
    views = [suit(chance, 50_000.0, costs, shifted, respondents_costs=others, waiting=waiting)
             for chance in (ours, theirs)]
    precedent = {"precedent": {"customers": estimate(10, 20, 60), "each": estimate(100, 300, 500),
                               "follow_judgment": 0.3, "follow_settlement": 0.01}} if with_others else {}
    found = between(*views, 50_000.0, claimants={"risk_tolerance": our_tolerance},
                    respondent={"risk_tolerance": their_tolerance}, **precedent)
    assert sum(found.terms.values()) == found.together.value - found.respondent.value == -found.width
    for name in ("costs_claimants", "costs_respondent", "risk_claimants"):
        assert found.terms[name] <= Decimal("0.05"), name
    if not with_others:  # what follows a settlement is at risk as well
        assert found.terms["risk_respondent"] <= Decimal("0.05")
    for name in ("giving_up", "claim_paid"):
        assert found.terms[name] >= Decimal("-0.05"), name  # of one claimant, who shares nothing


def test_what_is_worth_less_to_who_waits_than_it_costs_who_pays_makes_room() -> None:
    found = between(suit(0.6, waiting=0.9))
    assert found.terms["asymmetry"] == Decimal("-60.00")
    assert found.width == Decimal("260.00")


def test_who_would_lose_money_in_court_need_not_go_there() -> None:
    found = between(suit(0.05))
    assert found.claimants["one"].value == Decimal("-50.00")
    assert found.floor("one") == 0
    assert found.zone == (0, 150)
    assert found.terms["giving_up"] == Decimal("50.00")


def test_those_who_give_up_leave_the_common_costs_to_those_who_go_on() -> None:
    # 600 for the suit: in company it is worth 700, 100 and −100 to them; two bear 300 each, and then one all.
    found = between(group({"a": np.full(1000, 900.0), "b": np.full(1000, 300.0), "c": np.full(1000, 100.0)}, 600.0))
    assert found.suing == ("a", "b")
    assert {name: one.value for name, one in found.claimants.items()} == {"a": 600, "b": 0, "c": -100}
    assert found.together.value == 600
    assert found.terms["giving_up"] == -100  # 600 instead of 700 + 100 − 100


def test_the_respondent_never_pays_more_than_all_that_is_claimed() -> None:
    found = between(suit(1.0), None, 1000.0)
    assert found.respondent.value == 1000
    assert found.terms["claim_paid"] == 100
    assert found.respondent.standard_error == 0


def test_who_shuns_risk_asks_less_and_pays_more() -> None:
    neutral, averse = between(suit(0.6)), between(suit(0.6), claimants={"risk_tolerance": 1000},
                                                  respondent={"risk_tolerance": 1000})
    assert averse.together.value < neutral.together.value
    assert averse.respondent.value > neutral.respondent.value
    assert averse.terms["risk_claimants"] < 0 > averse.terms["risk_respondent"]


def test_each_claimant_must_be_content_with_its_own_part() -> None:
    # Two whose fortunes offset each other: nothing is at risk for the two together, and yet each shuns its own risk.
    up, down = np.array([1000.0, 0.0] * 500), np.array([0.0, 1000.0] * 500)
    found = between(group({"up": up, "down": down}), claimants={"risk_tolerance": 1000})
    assert found.together.value == found.claimants["up"].value + found.claimants["down"].value < 1000


# --- an offer that stands

THREE = group({"a": np.full(1000, 900.0), "b": np.full(1000, 300.0), "c": np.full(1000, 100.0)}, 600.0)


def facing(offers: dict[str, int], at_least: int | None = None, beliefs: Prospects = THREE) -> Bargain:
    return bargain(Beliefs(beliefs, beliefs), stances(), WORLDS, None,
                   Offered({name: Decimal(worth) for name, worth in offers.items()}, at_least))


def test_who_would_not_sue_takes_the_offer_while_the_others_sue_and_the_floor_counts_both() -> None:
    # Without an offer `a` and `b` sue (for 600 and 0, two bearing 600 of costs); 50 each are better for `b` and `c`.
    found = facing(dict.fromkeys("abc", 50))
    assert found.made is not None
    assert (found.made.going_on, found.made.suit) == (("a",), 300)
    assert (found.made.taking, found.made.offer) == (("b", "c"), 100)
    assert found.together.value == found.made.total == 400
    assert {name: found.floor(name) for name in "abc"} == {"a": 300, "b": 50, "c": 50}
    assert found.suing == ("a", "b")  # what each would do without an offer is told as well
    assert found.made.without_offer == 600


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3), st.integers(0, 900))
def test_the_terms_and_the_parts_of_the_floor_add_up_whatever_is_offered(worths: list[int], shared: int) -> None:
    own = {name: np.full(1000, float(worth)) for name, worth in zip("abc", worths, strict=True)}
    beliefs = group(own, float(shared))
    found = facing(dict.fromkeys("abc", 200), beliefs=beliefs)
    assert found.made is not None
    assert found.made.total == found.together.value == sum(found.floor(name) for name in "abc")
    assert sum(found.terms.values()) == found.together.value - found.respondent.value
    assert abs(found.terms["standing_offer"] - (found.made.total - found.made.without_offer)) <= Decimal("0.05")


def test_an_offer_that_too_few_would_accept_binds_nobody_and_leaves_the_floor_as_it_is() -> None:
    assert facing(dict.fromkeys("abc", 50), at_least=3).together.value == 600
    assert facing(dict.fromkeys("abc", 50), at_least=2).together.value == 400


def test_the_zone_is_divided_from_what_the_suit_alone_is_worth_and_never_below_what_the_offer_gives() -> None:
    plain, offered, rich = (facing(dict.fromkeys("abc", each)) for each in (0, 350, 700))
    assert plain.split is not None
    assert offered.split is not None
    assert offered.together.value > plain.together.value
    assert offered.split.amount == max(plain.split.amount, offered.together.value)
    assert rich.together.value == 2100
    assert rich.split is None  # more than the respondent would pay: it is there to be taken
    assert rich.obstacle == "standing_offer"


# --- other customers

JUDGED = {"customers": estimate(12_000, 20_000, 65_000), "each": estimate(300), "follow_judgment": 0.01}


def test_other_customers_who_follow_a_judgment_make_the_respondent_pay_more() -> None:
    # Half the time it loses: 0.5 × 12,000 × 0.01 × 300 = 18,000 for the fewest, 97,500 for the most.
    found = between(suit(0.5), precedent=JUDGED)
    without, fewest, most = found.precedent
    assert (without.customers, without.respondent.value) == (None, Decimal("600.00"))
    assert (fewest.customers, fewest.respondent.value) == (12_000, Decimal("18600.00"))
    assert (most.customers, most.respondent.value) == (65_000, Decimal("98100.00"))
    assert fewest.respondent.value < found.respondent.value < most.respondent.value
    assert fewest.split == (Decimal("400") + fewest.respondent.value) / 2


def test_a_judgment_that_it_wins_brings_no_other_customer() -> None:
    assert between(suit(0.0), precedent=JUDGED).respondent.value == Decimal("100.00")


def test_other_customers_who_follow_a_settlement_make_it_pay_less_and_may_make_it_prefer_to_be_judged() -> None:
    some = between(suit(0.5), precedent=JUDGED | {"follow_settlement": 0.001})
    none = between(suit(0.5), precedent=JUDGED)
    assert some.respondent.value < none.respondent.value
    as_many = between(suit(0.5), precedent=JUDGED | {"follow_settlement": 0.01})
    assert as_many.respondent.value < 0
    assert as_many.zone is None
    assert as_many.obstacle == "precedent"


# --- where the zone is divided

@pytest.mark.parametrize(("stated", "share", "by"), [
    ({}, 0.5, "equally"), ({"power": 0.3}, 0.3, "power"),
    ({"patience": {"claimants": 0.12, "respondent": 0.04}}, 0.25, "patience"),
    ({"patience": {"claimants": 0, "respondent": 0.04}}, 1.0, "patience"),
    ({"patience": {"claimants": 0, "respondent": 0}}, 0.5, "equally"),
])
def test_the_zone_is_divided_by_power_by_patience_or_equally(stated: dict[str, object], share: float, by: str) -> None:
    found = between(suit(0.6), **stated)
    assert found.split is not None
    assert (found.split.share, found.split.by) == (share, by)
    assert found.split.amount == Decimal("500") + Decimal(repr(share)) * 200


def test_patience_is_the_limit_of_offers_that_follow_quickly() -> None:
    # Rubinstein: who offers first gets (1 − δ') / (1 − δ δ'), with δ = e^(−r Δ) and Δ the time between two offers.
    ours, theirs, pause = 0.12, 0.04, 1e-6
    delta, other = np.exp(-ours * pause), np.exp(-theirs * pause)
    share, _ = claimants_share(stances(patience={"claimants": ours, "respondent": theirs}))
    assert share == pytest.approx((1 - other) / (1 - delta * other), rel=1e-4)


def test_without_a_zone_there_is_nothing_to_divide() -> None:
    found = between(suit(0.9), suit(0.3))
    assert found.zone is None
    assert found.split is None


@given(chances, st.floats(0.0, 1.0))
def test_the_split_lies_in_the_zone_and_rises_with_power(chance: float, power: float) -> None:
    found = between(suit(chance), power=power)
    assert found.split is not None
    assert found.zone is not None
    assert found.zone[0] <= found.split.amount <= found.zone[1]
    more = between(suit(chance), power=(1 + power) / 2)
    assert more.split is not None
    assert more.split.amount >= found.split.amount


def test_swapping_what_each_side_discounts_mirrors_the_split() -> None:
    one = between(suit(0.6), patience={"claimants": 0.1, "respondent": 0.03})
    other = between(suit(0.6), patience={"claimants": 0.03, "respondent": 0.1})
    assert one.split is not None
    assert other.split is not None
    assert one.split.amount + other.split.amount == 1200


def test_a_bargain_is_data_that_nobody_changes() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        between(suit(0.6)).claimed = Decimal(1)  # type: ignore[misc]
