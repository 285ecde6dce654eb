"""Awards if the court answered otherwise: the same law of damages, for any answers."""

from __future__ import annotations

import itertools
import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.swept import Dispute, assessed, court
from vismajor.damages.award import compute_awards
from vismajor.damages.heads import compute_losses
from vismajor.damages.hypothetical import awards_if, cents_by_answers, points_of
from vismajor.reasoning.worlds import Repeated, Worlds

draws = st.builds(random.Random, st.integers(0, 2**32 - 1))
COUNT = 50


@given(draws)
@settings(max_examples=15, deadline=None)
def test_with_the_court_s_own_answers_the_award_is_the_usual_one(draw: random.Random) -> None:
    assessment = assessed(court(draw), Dispute.drawn(draw).case(), COUNT)
    losses = compute_losses(assessment.case, assessment.law, assessment.worlds)
    answers = {point: assessment.holds(*point) for point in points_of(assessment, losses)}
    usual, found = compute_awards(assessment, losses), awards_if(assessment, losses, answers, assessment.worlds)
    twice = {point: np.tile(holds, 2) for point, holds in answers.items()}
    repeated = awards_if(assessment, losses, twice, Repeated(assessment.worlds.seed, 2 * COUNT, COUNT))
    for name, award in usual.items():
        assert np.array_equal(found[name].total, award.total)
        assert np.array_equal(repeated[name].total, np.tile(award.total, 2))


@given(draws)
@settings(max_examples=10, deadline=None)
def test_the_table_holds_the_award_for_each_set_of_answers(draw: random.Random) -> None:
    assessment = assessed(court(draw), Dispute.drawn(draw).case(), COUNT)
    losses = compute_losses(assessment.case, assessment.law, assessment.worlds)
    points = points_of(assessment, losses[:1])
    nodes = {point: number for number, point in enumerate(points)}
    varying = draw.sample(range(len(points)), 3)
    steady = {number: assessment.holds(*point) for point, number in nodes.items() if number not in varying}
    table = cents_by_answers(assessment, losses[0], nodes, varying, steady, assessment.worlds)
    assert table.shape == (2, 2, 2, COUNT)
    for truths in itertools.product((False, True), repeat=3):
        taken = {**steady, **{number: np.full(COUNT, truth) for number, truth in zip(varying, truths, strict=True)}}
        award = awards_if(assessment, losses[:1], {point: taken[number] for point, number in nodes.items()},
                          assessment.worlds)["one"]
        assert np.array_equal(table[tuple(int(truth) for truth in truths)], np.rint(award.total * 100))


def test_repeated_worlds_are_the_first_ones_over_and_over_in_any_window() -> None:
    repeated, first = Repeated("seed", 30, 10), Worlds("seed", 10).uniform("x")
    assert np.array_equal(repeated.uniform("x"), np.tile(first, 3))
    assert np.array_equal(repeated.window(8, 14).uniform("x"), np.tile(first, 3)[8:22])
