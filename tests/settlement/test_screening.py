"""The screening: each combination brings, to the cent, what the ordinary computation finds with these facts certain."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from tests.settlement.swept import FACTS, Dispute, assessed, court, totals
from vismajor.damages.heads import compute_losses
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning import combinations
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.swept import SweptFact, swept_facts
from vismajor.settlement import screening
from vismajor.settlement.screening import Screened, screen
from vismajor.settlement.swept_case import SweptCase

WORLDS = 70
draws = st.builds(random.Random, st.integers(0, 2**32 - 1))


def screened(assessment: Assessment, names: list[str], claimant: str | None = None, worlds: int = WORLDS
             ) -> tuple[Screened, tuple[SweptFact, ...]]:
    losses = compute_losses(assessment.case, assessment.law, assessment.worlds)
    part = SweptCase.of(assessment, losses, claimant)
    facts = swept_facts(assessment, part.graphs, names)
    return screen(part, part.prepared(facts), facts, worlds), facts


def open_names(assessment: Assessment) -> list[str]:
    graphs = assessment.graphs.values()
    return [name for name in FACTS if any(
        name not in graph.findings or len(graph.findings[name].possible.values) > 1 for graph in graphs)]


@given(draws)
@settings(max_examples=25, deadline=None)
def test_each_combination_brings_what_the_case_brings_with_these_facts_certain(draw: random.Random) -> None:
    pack, dispute = court(draw), Dispute.drawn(draw)
    assessment = assessed(pack, dispute.case(), WORLDS)
    names = open_names(assessment)
    names = draw.sample(names, min(len(names), 4))
    claimant = draw.choice([None, None, "two"])
    if claimant:
        names = [name for name in names if not isinstance({**dispute.common, **dispute.own["two"]}.get(name), bool)]
    if not names:
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(combinations, "MOST_WEIGHED", draw.choice([2, 4, 10**6]) * WORLDS)  # blocks, or all at once
        found, facts = screened(assessment, names, claimant)
    sums = np.broadcast_to(found.sums, [len(one.values) for one in facts])
    for places in itertools.product(*(range(len(one.values)) for one in facts)):
        values = {one.name: one.values[at] for one, at in zip(facts, places, strict=True)}
        known = totals(assessed(pack, dispute.case(values), WORLDS))
        asked = [known[claimant]] if claimant else [*known.values()]
        assert sums[places] == sum(np.rint(total * 100).sum() for total in asked), values


@given(draws)
@settings(max_examples=15, deadline=None)
def test_each_probability_is_the_mean_over_the_claims_that_plead_alike(draw: random.Random) -> None:
    pack, dispute = court(draw), Dispute.drawn(draw)
    assessment = assessed(pack, dispute.case(), WORLDS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(combinations, "MOST_WEIGHED", draw.choice([2, 10**6]) * WORLDS)
        found, facts = screened(assessment, open_names(assessment)[:3])
    for places in itertools.product(*(range(len(one.values)) for one in facts)):
        values = {one.name: one.values[at] for one, at in zip(facts, places, strict=True)}
        certain = assessed(pack, dispute.case(values), WORLDS)
        for chance in found.chances:
            duty = chance.duty or "main"
            expected = sum(int(certain.holds(claim, duty, chance.issue).sum()) for claim in chance.claims)
            at = tuple(place if size > 1 else 0 for place, size in zip(places, chance.counts.shape, strict=True))
            assert chance.counts[at] == expected
            assert chance.worlds == WORLDS * len(chance.claims)


def _two_duties() -> tuple[Law, Assessment]:
    pack = law({"a.b": fact(), "a.c": fact(scope="claimant")},
               [issue("liability", 0.0, per_duty=True), issue("liability_cap", 0.0)],
               [rule("b", ["a.b"], {"for": "liability"}, "strong"), rule("c", ["a.c"], {"for": "liability"}, "strong")])
    heads = [cost(100), cost(50, "other", "second")]
    stated = case([{"id": "one", "heads": heads, "facts": {"a.c": True}}, {"id": "two", "heads": heads},
                   {"id": "three", "heads": heads}])
    return pack, assessed(pack, stated, WORLDS)


def test_claims_that_plead_alike_are_one_group_and_a_duty_is_the_mean_of_its_groups() -> None:
    _, assessment = _two_duties()
    found, _ = screened(assessment, ["a.b"])
    groups = [(one.issue, one.duty, one.claims) for one in found.chances]
    assert groups == [
        ("liability", "main", ("two", "three")), ("liability", "main", ("one",)),
        ("liability", "other", ("two", "three")), ("liability", "other", ("one",)),
        ("liability_cap", None, ("one", "two", "three"))]
    by_duty = found.by_duty
    assert [(one.issue, one.duty, len(one.claims), one.worlds) for one in by_duty] == [
        ("liability", "main", 3, 3 * WORLDS), ("liability", "other", 3, 3 * WORLDS),
        ("liability_cap", None, 3, 3 * WORLDS)]
    assert np.array_equal(by_duty[0].counts, found.chances[0].counts + found.chances[1].counts)


def test_an_issue_on_which_no_fact_bears_has_one_probability_for_all() -> None:
    _, assessment = _two_duties()
    found, _ = screened(assessment, ["a.b"])
    assert found.chances[-1].counts.shape == (1,)
    assert found.chances[0].counts.shape == (2,)


def test_more_worlds_are_the_same_worlds_and_others() -> None:
    _, assessment = _two_duties()
    (few, _), (more, _) = (screened(assessment, ["a.b"], worlds=count) for count in (64, 1_000))
    assert (more.chances[0].counts >= few.chances[0].counts).all()
    assert more.cents.tolist() == [round(float(one) / 1_000) for one in more.sums]


def test_too_many_answers_that_vary_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "MOST_POINTS", 1)
    _, assessment = _two_duties()
    with pytest.raises(InvalidInput) as refused:
        screened(assessment, ["a.b"])
    assert [one.code for one in refused.value.problems] == ["sweep_too_many_points"]
    assert "“one”" in refused.value.problems[0].tell("en")
