"""What to answer to an offer, from its place in the distribution of what judgment would bring."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.reasoning.small_law import TEXT, case, cost, fact, issue, law
from tests.settlement.suits import group
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.advice import advise, placed
from vismajor.settlement.bargaining import Bargain, Beliefs, Split
from vismajor.settlement.risk import Figure
from vismajor.settlement.valuation import Valuation, value_case


def _valued(prior: float, amounts: list[int], *offers: dict[str, object], cap: float = -30.0, breach: float = 30.0,
            **extra: object) -> Valuation:
    """Value claims of `amounts` won with log-odds `prior`; `breach` and `cap` are the log-odds of two more issues."""
    pack = law({"a.b": fact()}, [
        issue("breach", breach, per_duty=True), issue("exoneration", -prior, per_duty=True),
        issue("liability", None, per_duty=True, all=["breach", "not exoneration"]),
        issue("liability_cap", cap), issue("heads_excluded", -30.0)], [])
    claimants = [{"id": f"c{i}", "heads": [cost(amount)]} for i, amount in enumerate(amounts)]
    return value_case(assess_case(case(claimants, offers=list(offers), **extra), pack, Worlds("test", 4000)))


def _offer(amount: int, **extra: object) -> dict[str, object]:
    return {"id": f"o{amount}", "date": "2021-06-01", "by": "respondent", "amount": amount, "form": TEXT} | extra


@pytest.mark.parametrize(("prior", "offer", "position"), [
    # Claim of 100,000. Won in 73 %: mean 73,000, median 100,000. Won in 27 %: mean 27,000, median nil.
    (1.0, 60_000, "below_both"), (1.0, 90_000, "above_mean"), (1.0, 100_000, "above_both"),
    (-1.0, 10_000, "below_mean"), (-1.0, 40_000, "above_both"),
    (1.0, None, "none"), (-30.0, None, "worthless"), (-30.0, 1, "above_both"),
])
@pytest.mark.parametrize("side", ["claimants", "respondent"])
def test_the_position_of_an_offer_is_that_of_its_figures(prior: float, offer: int | None, position: str, side: str
                                                         ) -> None:
    valuation = _valued(prior, [100_000], *([_offer(offer)] if offer else []), acting_for=side)
    advice = advise(valuation)
    assert advice.position == position
    assert advice.limit == valuation.together.award.mean


def test_claimants_open_with_what_judgment_brings_without_the_cap() -> None:
    valuation = _valued(1.0, [100_000], cap=0.0)
    advice = advise(valuation)
    assert advice.opening == valuation.together.uncapped.mean == Decimal("100000.00")
    assert advice.opening > advice.limit


def test_claimants_open_with_no_less_than_what_one_outcome_in_ten_exceeds_and_never_above_the_claim() -> None:
    # Two claims won in half of the worlds, each under a cap of its own: an escape of both comes in a quarter.
    valuation = _valued(0.0, [100_000], cap=2.0)
    for one in (valuation, _valued(1.0, [100_000, 50_000]), _valued(-1.0, [100_000])):
        advice = advise(one)
        assert one.together.award.p90 <= advice.opening <= one.together.claimed
    low = dataclasses.replace(valuation.together.award, p90=Decimal(90_000))
    uncapped = dataclasses.replace(valuation.together.uncapped, mean=Decimal(40_000))
    together = dataclasses.replace(valuation.together, award=low, uncapped=uncapped)
    advice = advise(dataclasses.replace(valuation, together=together))
    assert (advice.opening, advice.opening_on) == (Decimal(90_000), "p90")
    beyond = dataclasses.replace(together, uncapped=dataclasses.replace(uncapped, mean=Decimal(120_000)))
    advice = advise(dataclasses.replace(valuation, together=beyond))
    assert (advice.opening, advice.opening_on) == (together.claimed, "claimed")


def test_a_mean_far_above_most_outcomes_is_not_the_figure_to_walk_away_at() -> None:
    # Won in 27 %: mean 27,000, median nil, and nothing is capped: any sum up to the mean can be defended.
    advice = advise(_valued(-1.0, [100_000]))
    assert advice.floor == 0
    assert advice.worse == pytest.approx(0.73, abs=0.03)
    # Won in 73 %: the median lies above the mean, which is the figure.
    advice = advise(_valued(1.0, [100_000]))
    assert advice.floor == advice.limit


def test_what_the_cap_leaves_is_the_floor_where_the_median_is_less() -> None:
    valuation = _valued(0.0, [100_000])
    award = dataclasses.replace(valuation.together.award, p50=Decimal(0))
    capped = dataclasses.replace(valuation.together.capped, mean=Decimal(1_800))
    together = dataclasses.replace(valuation.together, award=award, capped=capped)
    assert advise(dataclasses.replace(valuation, together=together)).floor == 1_800
    award = dataclasses.replace(award, p50=Decimal(2_500))
    together = dataclasses.replace(together, award=award)
    assert advise(dataclasses.replace(valuation, together=together)).floor == 2_500


def test_the_issue_that_most_often_leaves_nothing_due_is_named() -> None:
    assert advise(_valued(-2.0, [100_000])).obstacle == "exoneration"
    assert advise(_valued(4.0, [100_000], breach=0.0)).obstacle == "breach"
    assert advise(_valued(30.0, [100_000])).obstacle is None  # something is always due


def test_the_respondent_opens_with_what_half_of_the_cases_cost_and_never_above_the_mean() -> None:
    for prior, opening in ((1.0, "mean"), (-1.0, "p50")):
        valuation = _valued(prior, [100_000], acting_for="respondent")
        assert advise(valuation).opening == getattr(valuation.together.award, opening) <= advise(valuation).limit


def test_the_issue_that_moves_the_award_most_is_named_first() -> None:
    assert advise(_valued(0.0, [100_000])).deciding == ("exoneration",)  # no other is in doubt
    assert advise(_valued(4.0, [100_000], cap=0.0)).deciding == ("liability_cap",)  # nearly surely liable
    assert advise(_valued(4.0, [100_000], breach=0.0)).deciding == ("breach",)
    assert set(advise(_valued(0.0, [100_000], cap=0.0)).deciding) == {"exoneration", "liability_cap"}
    assert advise(_valued(-30.0, [100_000])).deciding == ()  # nothing is ever due: nothing decides


def test_those_for_whom_the_offer_stands_otherwise_than_for_all_are_named() -> None:
    # Half of 100,000 and half of 1,000; 5,000 to each: too little for the first, too much for the second.
    assert advise(_valued(0.0, [100_000, 1_000], _offer(5_000))).otherwise == ("c1",)
    assert advise(_valued(0.0, [100_000, 100_000], _offer(5_000))).otherwise == ()
    assert advise(_valued(0.0, [100_000, 1_000], _offer(45_000))).otherwise == ("c0",)
    assert advise(_valued(0.0, [100_000, 1_000])).otherwise == ()


def test_whoever_expects_less_than_the_offer_is_named_however_little_less() -> None:
    valuation = _valued(0.0, [100_000, 10_000])
    mean = valuation.claimants["c1"].award.mean
    for cents, named in (("0.01", ("c1",)), ("0.00", ()), ("-0.01", ())):
        offer = _offer(0) | {"amount": mean + Decimal(cents)}
        assert advise(_valued(0.0, [100_000, 10_000], offer)).otherwise == named


def test_an_offer_to_some_is_advised_on_for_them_alone() -> None:
    valuation = _valued(-1.0, [100_000, 1_000_000], _offer(40_000, to=["c0"]))
    advice = advise(valuation)
    assert advice.position == "above_both"
    assert advice.limit == valuation.claimants["c0"].award.mean


# --- where the case says what the suit costs

def _between(valuation: Valuation, least: float, most: float, split: float | None = None) -> Bargain:
    """Return a bargain between claimants who must get `least` and a respondent who would pay `most`."""
    figures = [Figure(Decimal(repr(amount)), Decimal(0)) for amount in (least, most)]
    name = next(iter(valuation.awards))
    nothing = group({name: [0.0]})
    divided = None if most < least else Split(0.5, "equally", Decimal(repr((least + most) / 2 if split is None else
                                                                          split)))
    return Bargain({name: figures[0]}, (name,), *figures, {"optimism": figures[0].value - figures[1].value}, divided,
                   Beliefs(nothing, nothing))


@pytest.mark.parametrize(("side", "least", "most", "figures", "ground"), [
    # Won in 73 % of cases: mean 73,000, median 100,000; one outcome in ten brings 100,000 at least.
    ("claimants", 50_000, 80_000, (100_000, 65_000, 50_000), "uncapped"),
    ("claimants", 90_000, 130_000, (110_000, 110_000, 90_000), "target"),  # never under the target
    ("claimants", 60_000, 40_000, (100_000, 60_000, 60_000), "uncapped"),  # no zone: our own value is the target
    ("respondent", 50_000, 120_000, (73_000, 85_000, 120_000), "mean"),
    ("respondent", 20_000, 60_000, (40_000, 40_000, 60_000), "target"),  # never over the target
    ("respondent", 60_000, 40_000, (40_000, 40_000, 40_000), "target"),
    ("respondent", 10_000, -5_000, (0, 0, 0), "target"),  # it would rather be judged
])
def test_after_costs_the_floor_is_the_reservation_value_and_the_target_where_the_zone_is_divided(
        side: str, least: float, most: float, figures: tuple[float, float, float], ground: str) -> None:
    valuation = _valued(1.0, [100_000], acting_for=side)
    advice = advise(valuation, _between(valuation, least, most))
    assert advice.target is not None
    found = (float(advice.opening), float(advice.target), float(advice.floor))
    assert found == pytest.approx(figures, abs=1500)  # the mean of 4,000 worlds
    assert advice.opening_on == ground
    assert advice.limit == advice.floor


def test_without_costs_the_advice_is_as_before() -> None:
    valuation = _valued(1.0, [100_000], _offer(60_000))
    assert advise(valuation) == advise(valuation, None)
    assert advise(valuation).target is None
    assert advise(valuation).place is None


@pytest.mark.parametrize(("worth", "cost", "place"), [
    (49_999, 49_999, "below_zone"), (50_000, 50_000, "lower"), (64_999, 64_999, "lower"), (65_000, 65_000, "upper"),
    (80_000, 80_000, "upper"), (80_001, 80_001, "above_zone"),
    # Vouchers: worth less than they cost, or more.
    (49_000, 70_000, "below_zone"), (90_000, 70_000, "upper"), (60_000, 90_000, "above_zone"),
])
def test_an_offer_lies_in_the_zone_by_what_it_is_worth_and_what_it_costs(worth: int, cost: int, place: str) -> None:
    valuation = _valued(1.0, [100_000])
    assert placed(_between(valuation, 50_000, 80_000), Decimal(worth), Decimal(cost)) == place


def test_without_a_zone_an_offer_lies_under_what_one_side_must_get_or_over_what_the_other_would_pay() -> None:
    found = _between(_valued(1.0, [100_000]), 60_000, 40_000)
    assert placed(found, Decimal(59_999), Decimal(59_999)) == "below_zone"
    assert placed(found, Decimal(60_000), Decimal(60_000)) == "above_zone"


def test_the_standing_offer_is_placed_at_the_value_agreed_for_what_is_not_in_cash() -> None:
    offer = _offer(60_000, in_cash=False, agreed_value=30_000, cost_to_giver=10_000)
    valuation = _valued(1.0, [100_000], offer)
    assert valuation.standing is not None
    assert (valuation.standing.amount, valuation.standing.cost) == (30_000, 10_000)
    assert advise(valuation, _between(valuation, 50_000, 80_000)).place == "below_zone"


def test_an_offer_that_lapsed_or_was_refused_does_not_stand_and_revives_none() -> None:
    first = _offer(50_000)
    for gone in ({"until": "2021-08-01"}, {"answered": {"date": "2021-07-15", "how": "refused"}}):
        later = _offer(60_000, date="2021-07-01") | gone
        assert _valued(1.0, [100_000], first, later).standing is None
    kept = _offer(60_000, date="2021-07-01", until="2022-01-01")
    assert _valued(1.0, [100_000], first, kept).standing is not None
