"""The sweep: which facts, in which order, and the ends of it computed again on all worlds."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from tests.settlement.swept import Dispute, assessed, court, totals
from vismajor.damages.money import euros
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.swept import contested_names
from vismajor.settlement import sweep as module
from vismajor.settlement.sweep import Sweep, names_of, sweep_case
from vismajor.settlement.swept_case import SweptCase
from vismajor.settlement.valuation import value_case
from vismajor.workbench import assess, load_case

WORLDS = 300
draws = st.builds(random.Random, st.integers(0, 2**32 - 1))
WEIGHTS = {"a.strong": "decisive", "a.weak": "weak", "a.middle": "moderate"}
PACK = law({**{name: fact() for name in WEIGHTS}, "a.idle": fact(), "a.unknown": fact(),
            "a.kind": fact("choice", values=["x", "y", "z"])},
           [issue("liability", -1.0), issue("liability_cap", 0.0)],
           [rule(name, [name], {"for": "liability"}, weight) for name, weight in WEIGHTS.items()]
           + [rule("kind", ["a.kind = x"], {"for": "liability"}, "weak")])
DISPUTED = {name: {"value": True, "status": "disputed", "likelihood": Decimal(likelihood)}
            for name, likelihood in (("a.idle", "0.5"), ("a.weak", "0.5"), ("a.strong", "0.8"), ("a.middle", "0.6"))}


def small(facts: Mapping[str, object] = DISPUTED, pack: Law = PACK, worlds: int = WORLDS) -> Assessment:
    return assessed(pack, case([{"id": "one", "heads": [cost(5_000)]}, {"id": "two", "heads": [cost(300)]}], facts),
                    worlds)


def refused(assessment: Assessment, *names: str, claimant: str | None = None) -> Problem:
    with pytest.raises(InvalidInput) as wrong:
        sweep_case(assessment, names or None, claimant=claimant)
    (only,) = wrong.value.problems
    return only


def test_the_contested_facts_that_move_the_award_are_taken_those_that_move_it_most_first() -> None:
    found = sweep_case(small())
    assert [one.name for one in found.facts] == ["a.strong", "a.middle", "a.weak"]
    assert found.order.size == 8


def test_no_more_than_twenty_facts_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FACTS", 2)
    assert [one.name for one in sweep_case(small()).facts] == ["a.strong", "a.middle"]


def test_how_far_a_fact_moves_the_award_is_what_its_values_bring_alone() -> None:
    assessment = small()
    part = SweptCase.of(assessment, value_case(assessment).losses, None)
    facts = sweep_case(assessment, ["a.strong"]).facts
    means = [sum(float(total.mean()) for total in totals(small({**DISPUTED, "a.strong": value})).values())
             for value in (True, False)]
    assert part.moves(facts) == [euros(means[0] - means[1])]


def test_the_case_as_it_stands_is_worth_what_the_valuation_says() -> None:
    assessment = small()
    spread = value_case(assessment).together.award
    found = sweep_case(assessment)
    assert (found.now, found.now_error) == (spread.mean, spread.standard_error)
    alone = sweep_case(assessment, claimant="two")
    assert alone.now == value_case(assessment).claimants["two"].award.mean


@given(draws)
@settings(max_examples=12, deadline=None)
def test_the_ends_are_the_case_with_these_facts_certain_on_all_worlds(draw: random.Random) -> None:
    pack, dispute = court(draw), Dispute.drawn(draw)
    assessment = assessed(pack, dispute.case(), WORLDS)
    names = contested_names(assessment.graphs)[:4]
    if not names:
        return
    found = sweep_case(assessment, names, worlds_each=64, top=2)
    check_order(found)
    for row in (*found.best, *found.worst):
        values = {one.name: value for one, value in zip(found.facts, row.values, strict=True)}
        certain = assessed(pack, dispute.case(values), WORLDS)
        total = np.sum([*totals(certain).values()], axis=0)
        assert row.award == euros(float(total.mean()))
        assert row.standard_error == euros(float(total.std() / WORLDS**0.5))
        for chance, probability in zip(found.screened.chances, row.probabilities, strict=True):
            holds = [certain.holds(claim, chance.duty or "main", chance.issue) for claim in chance.claims]
            assert probability == pytest.approx(np.mean(holds))


def check_order(found: Sweep) -> None:
    """Check that ranks, ties, numbers and screened amounts fit together."""
    sums = found.screened.sums.reshape(-1)
    assert sorted(found.order.tolist()) == list(range(sums.size))
    assert (np.diff(sums[found.order]) <= 0).all()
    assert found.likelihoods.sum() == pytest.approx(
        np.prod([len(one.values) for one in found.without_likelihood] or [1]))
    for row in (*found.best, *found.worst):
        assert found.order[row.rank - 1] == row.number
        assert row.screened == euros(Decimal(int(found.screened.cents.reshape(-1)[row.number])) / 100)
        places = np.unravel_index(row.number, found.screened.sums.shape)
        alike = tuple(slice(None) if at in row.free else int(place) for at, place in enumerate(places))
        assert np.unique(found.screened.sums[alike]).size == 1
        assert found.screened.sums[alike].size == row.count
        if not found.without_likelihood:
            assert row.likelihood == pytest.approx(float(np.sum(
                found.likelihoods.reshape(found.screened.sums.shape)[alike])))


def test_a_fact_that_does_not_matter_is_told_so_and_all_its_combinations_stand_in_one_line() -> None:
    found = sweep_case(small(), ["a.idle", "a.strong"])
    assert [(row.free, row.count, row.values[1]) for row in found.best] == [({0}, 2, True), ({0}, 2, False)]
    assert found.best[0].likelihood == pytest.approx(0.8)
    assert [row.values[1] for row in found.worst] == [False, True]
    check_order(found)


def test_a_fact_without_likelihood_is_left_out_of_the_product() -> None:
    found = sweep_case(small(), ["a.strong", "a.unknown"])
    assert [one.name for one in found.without_likelihood] == ["a.unknown"]
    assert found.likelihoods.tolist() == pytest.approx([0.8, 0.8, 0.2, 0.2])


def test_the_means_by_value_weigh_the_other_facts_by_their_likelihood() -> None:
    found = sweep_case(small(), ["a.strong", "a.middle"], worlds_each=256)
    cents = found.screened.sums / 256
    expected = [0.6 * cents[at, 0] + 0.4 * cents[at, 1] for at in (0, 1)]
    assert [float(mean) for mean in found.means[0]] == pytest.approx([one / 100 for one in expected], abs=0.006)


def test_what_the_combinations_bring_weighed_by_likelihood_is_what_the_case_is_worth() -> None:
    assessment = small(worlds=20_000)
    found = sweep_case(assessment, ["a.idle", "a.strong", "a.weak", "a.middle"], worlds_each=20_000)
    weighed = float(found.likelihoods @ found.screened.sums.reshape(-1)) / 20_000 / 100
    assert weighed == pytest.approx(float(found.now), abs=4 * float(found.now_error))
    assert found.best[0].award == found.best[0].screened  # the same worlds, the same figure


def test_more_combinations_than_a_million_are_refused_with_what_to_drop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 12)
    wrong = refused(small(), "a.strong", "a.kind", "a.middle", "a.weak", "a.idle")
    assert wrong.code == "sweep_too_many"
    told = dict(wrong.values)
    assert (told["facts"], told["count"], told["most"]) == ("5", "48", "12")
    assert wrong.tell("en").startswith("--facts: these 5 facts make 48 combinations; 12 at most. ")
    assert told["drop"].startswith("a.idle, ")
    names = [name for name in ("a.strong", "a.kind", "a.middle", "a.weak") if name not in told["drop"]]
    assert str(sweep_case(small(), names).order.size) == told["left"]


def test_a_case_without_contested_facts_is_told_what_to_ask_for() -> None:
    assert refused(small({})).code == "sweep_nothing"
    assert refused(small({"a.idle": DISPUTED["a.idle"]})).code == "sweep_nothing"


def test_an_unknown_claimant_is_told_with_the_nearest() -> None:
    wrong = refused(small(), claimant="tow")
    assert wrong.tell("en") == "--claimant: no claimant has the id “tow”. Did you mean “two”?"


def test_names_are_parted_at_commas_and_none_may_be_missing() -> None:
    assert names_of("a.b, c.d") == ["a.b", "c.d"]
    for listed in ("", "a.b,", ",a.b"):
        with pytest.raises(InvalidInput):
            names_of(listed)


def test_no_more_worlds_are_screened_than_the_assessment_has() -> None:
    found = sweep_case(small(), ["a.strong"], worlds_each=1_024)
    assert found.screened.worlds == WORLDS
    assert [row.award for row in found.best] == [row.screened for row in found.best]


def test_the_same_case_and_seed_give_the_same_sweep() -> None:
    one, other = (sweep_case(small(), worlds_each=128) for _ in range(2))
    assert one.best == other.best
    assert np.array_equal(one.screened.sums, other.screened.sums)


def test_in_the_founding_case_both_ways_to_compute_a_combination_agree(french_law: Law) -> None:
    names = ["contract.terms_accepted", "fault.knew_danger", "site.fire_suppression", "backup.same_building",
             "performance.effect@availability", "service.local_storage_told"]
    founding = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    found = sweep_case(assess(founding, french_law, worlds=200), names, worlds_each=200, top=2)
    check_order(found)
    for row in (*found.best, *found.worst):
        assert abs(row.award - row.screened) <= Decimal("0.10")  # twenty claimants, each rounded to the cent
        at = np.unravel_index(row.number, found.screened.sums.shape)
        for chance, probability in zip(found.screened.chances, row.probabilities, strict=True):
            place = tuple(one if size > 1 else 0 for one, size in zip(at, chance.counts.shape, strict=True))
            assert probability == pytest.approx(chance.counts[place] / chance.worlds)
