"""A negotiation as it stands: each side's beliefs, offers placed then and now, the figures of one side, what next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.cases import SMALL, read_small
from vismajor import talks as talks_module
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation
from vismajor.talks import Talks, aims_of, talks_of, valued, with_offer
from vismajor.workbench import assess, bargain, value

STAGE: dict[str, Any] = {"months": {"low": 12, "likely": 18, "high": 24}, "claimants": {"fixed": 900},
                         "respondent": {"fixed": 4000}}
NOBODY_LIABLE = {"id": "theirs", "title": {"fr": "Aucune responsabilité", "en": "No liability"},
                 "issues": {"liability": "not_established"}}
OFFER = SMALL["offers"][0] | {"date": dt.date(2024, 6, 30), "maintained_on": None}
Build = Callable[..., Valuation]


@pytest.fixture
def build(french_law: Law, tmp_path: Path) -> Build:
    def of(**changes: Any) -> Valuation:
        case = read_small(tmp_path / "case", french_law, **{"proceedings": {"first_instance": STAGE}} | changes)
        return value(assess(case, french_law, worlds=400))

    return of


@pytest.fixture(scope="module")
def standing(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Talks:
    case = read_small(tmp_path_factory.mktemp("talks") / "case", french_law, proceedings={"first_instance": STAGE})
    return talks_of(value(assess(case, french_law, worlds=400)))


def test_each_side_is_taken_at_its_own_beliefs(build: Build) -> None:
    shared = bargain(build())
    apart = bargain(build(scenarios=[NOBODY_LIABLE], bargaining={"respondent": {"believes": "theirs"}}))
    assert shared is not None
    assert apart is not None
    assert shared.terms["optimism"] == 0
    assert apart.together == shared.together
    assert apart.respondent.value == pytest.approx(Decimal(3900), abs=120)  # what its own costs are worth today
    assert apart.terms["optimism"] > 1000
    assert sum(apart.terms.values()) == -apart.width


def test_both_sides_who_believe_in_the_same_scenario_are_of_one_mind(build: Build) -> None:
    found = bargain(build(scenarios=[NOBODY_LIABLE], bargaining={
        "claimants": {"believes": "theirs"}, "respondent": {"believes": "theirs"}}))
    assert found is not None
    assert found.terms["optimism"] == 0
    assert found.suing == ()
    assert found.made is not None
    assert (found.made.without_offer, found.together.value) == (0, 1000)  # two take the 500 that each is offered


def test_a_case_that_does_not_say_what_the_suit_costs_has_no_zone(build: Build) -> None:
    found = talks_of(build(proceedings=None))
    assert found.bargain is None
    assert [one.now for one in found.offers] == [None]
    assert found.aims.opening >= found.aims.target >= found.aims.floor


def test_an_earlier_offer_is_placed_by_what_was_known_then_and_by_what_is_known_now(standing: Talks) -> None:
    (one,) = standing.offers
    assert one.now is not None
    assert one.then is not None
    assert (one.then.day, one.now.day) == (dt.date(2023, 11, 2), dt.date(2024, 6, 30))
    assert one.now.bargain == standing.bargain
    assert one.then.bargain.together != one.now.bargain.together  # fewer exhibits, later judgment
    assert one.now.place == standing.advice.place


def test_each_day_is_assessed_once(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[dt.date] = []

    def counted(case: Any, *args: Any, **kwargs: Any) -> Any:
        days.append(case.as_of)
        return assess(case, *args, **kwargs)

    monkeypatch.setattr(talks_module, "assess", counted)
    first, day = SMALL["offers"][0] | {"maintained_on": None}, dt.date(2024, 2, 1)
    more = [first | {"id": "second", "date": day}, first | {"id": "third", "date": day, "amount": 700},
            first | {"id": "fourth", "date": dt.date(2024, 6, 30)}]
    found = talks_of(build(offers=[first, *more]))
    assert days == [dt.date(2023, 11, 2), day]
    assert [one.then is None for one in found.offers] == [False, False, False, True]


def test_an_offer_to_one_is_placed_between_the_respondent_and_that_one_alone(build: Build) -> None:
    found = talks_of(build(offers=[OFFER | {"to": ["durand"], "amount": 900}]))
    (one,) = found.offers
    assert one.claimants == found.concerned == ("durand",)
    assert one.now is not None
    assert list(one.now.bargain.claimants) == ["durand"]
    assert one.now.bargain == found.bargain
    whole = bargain(build(offers=[]))
    assert whole is not None
    # While the other goes on, the respondent spares none of its own costs.
    assert one.now.bargain.respondent.value < whole.respondent.value - 3000


def test_one_claimant_is_talked_of_while_the_others_go_on(build: Build) -> None:
    found = talks_of(build(), "dupont")
    assert found.concerned == ("dupont",)
    assert found.bargain is not None
    assert list(found.bargain.claimants) == ["dupont"]
    assert found.log.claimants == ("dupont",)
    assert found.offers[0].worth == 500


def test_an_offer_tried_stands_and_is_answered(build: Build) -> None:
    valuation = build()
    rich = talks_of(with_offer(valuation, Decimal(12_000), {"fr": "essai", "en": "tried"}))
    assert rich.offers[-1].worth == 24_000
    assert rich.advice.place == "above_zone"
    poor = talks_of(with_offer(valuation, Decimal(1), {"fr": "essai", "en": "tried"}))
    assert poor.advice.place == "below_zone"
    one = talks_of(with_offer(valuation, Decimal(1), {"fr": "essai", "en": "tried"}, "dupont"), "dupont")
    assert one.offers[-1].claimants == ("dupont",)
    assert len(valuation.assessment.case.file.offers) == 1


def test_a_global_sum_tried_is_placed(build: Build) -> None:
    found = talks_of(build(), whole=Decimal(900_000))
    assert found.whole == (Decimal(900_000), "above_zone")


@pytest.mark.parametrize("side", ["claimants", "respondent"])
def test_the_next_move_follows_from_the_figures_of_our_side(build: Build, side: str) -> None:
    found = talks_of(build(acting_for=side))
    assert found.proposal is not None
    assert found.proposal.side == side
    aims = found.aims
    assert found.bargain is not None
    assert found.bargain.split is not None
    own = found.bargain.together.value if side == "claimants" else found.bargain.respondent.value
    assert (aims.target, aims.floor) == (found.bargain.split.amount, own)
    assert sorted((aims.opening, aims.target, aims.floor), reverse=side == "claimants") == [
        aims.opening, aims.target, aims.floor]


def test_aims_are_in_order_even_where_the_mean_exceeds_the_claim(standing: Talks) -> None:
    from dataclasses import replace

    bare = replace(standing.advice, target=None, limit=Decimal(120), floor=Decimal(110), opening=Decimal(100))
    for side in ("claimants", "respondent"):
        aims = aims_of(bare, side)
        assert sorted((aims.opening, aims.target, aims.floor), reverse=side == "claimants") == [
            aims.opening, aims.target, aims.floor]


def test_scenarios_and_claimants_that_do_not_exist_are_told_together(french_law: Law, tmp_path: Path) -> None:
    case = read_small(tmp_path / "case", french_law, scenarios=[NOBODY_LIABLE])
    with pytest.raises(InvalidInput) as error:
        valued(case, french_law, "dupond", ["their"], worlds=200)
    told = [one.explain("en") for one in error.value.problems]
    assert len(told) == 2
    assert "dupont" in told[0]
    assert "theirs" in told[1]
    found = valued(case, french_law, "dupont", ["theirs"], worlds=200)
    assert found.together.award.mean == 0
