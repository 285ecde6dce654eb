"""The Shapley value: published games, and the game of players who share one cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.shapley import (
    Members,
    enumerated,
    sampled,
    shapley_of_sharing,
    sharing_a_cost,
)

GENERATOR = Worlds("shapley", 10).generator("orders")
brought = st.lists(st.integers(0, 50_000).map(float), min_size=1, max_size=8).map(np.array)


def runway(*lengths: float):
    """Return the airport game: a coalition costs what its longest runway costs."""

    def worth(members: Members) -> np.ndarray:
        return np.asarray(np.max(np.where(members, np.array(lengths), 0.0), axis=1))

    return worth


@pytest.mark.parametrize(("lengths", "values"), [
    # Both printed in answers at math.techqa.club (2541276 and 4152535).
    ((100, 160, 200), np.array([100, 190, 310]) / 3),
    ((40, 50, 60, 70, 80, 90), np.array([40, 52, 67, 87, 117, 177]) / 6),
])
def test_the_published_values_of_the_airport_game(lengths: tuple[float, ...], values: np.ndarray) -> None:
    assert enumerated(len(lengths), runway(*lengths)).values == pytest.approx(values)


def test_orders_drawn_at_random_come_near_and_say_how_near() -> None:
    found = sampled(6, runway(40, 50, 60, 70, 80, 90), GENERATOR, 20_000)
    off = np.abs(found.values - np.array([40, 52, 67, 87, 117, 177]) / 6)
    assert not found.exact
    assert np.all(off < 4 * found.standard_errors)
    assert np.all(found.standard_errors < 0.3)
    assert found.values.sum() == pytest.approx(90)


def test_the_same_seed_draws_the_same_orders() -> None:
    one, two = (sampled(6, runway(4, 5, 6, 7, 8, 9), Worlds("shapley", 10).generator("orders"), 100) for _ in range(2))
    assert np.array_equal(one.values, two.values)


@given(brought, st.integers(0, 60_000).map(float))
def test_what_all_are_worth_together_is_shared_without_rest_and_nobody_pays(own: np.ndarray, cost: float) -> None:
    found = shapley_of_sharing(own, cost, GENERATOR)
    assert found.values.sum() == pytest.approx(max(own.sum() - cost, 0.0), abs=1e-4)
    assert np.all(found.values >= -1e-6)


@given(brought, st.floats(0.0, 1.0))
def test_the_closed_form_is_what_enumeration_finds_where_each_could_bear_the_cost_alone(own: np.ndarray, part: float
                                                                                       ) -> None:
    cost = part * float(own.min())
    closed = shapley_of_sharing(own, cost, GENERATOR)
    assert closed.values == pytest.approx(enumerated(own.size, sharing_a_cost(own, cost)).values, abs=1e-4)
    assert closed.values == pytest.approx(own - cost / own.size, abs=1e-4)


def test_who_cannot_bear_the_cost_alone_is_worth_something_to_the_others_all_the_same() -> None:
    # 30 and 80, one cost of 50: the second goes alone for 30, the first never, both for 60. Values 15 and 45.
    found = shapley_of_sharing(np.array([30.0, 80.0]), 50.0, GENERATOR)
    assert found.values == pytest.approx([15, 45])


def test_more_than_twelve_players_are_drawn() -> None:
    own = np.linspace(10.0, 200.0, 20)
    found = shapley_of_sharing(own, 500.0, GENERATOR)
    assert not found.exact
    assert found.values.sum() == pytest.approx(own.sum() - 500)
    assert np.all(np.diff(found.values) > -5 * found.standard_errors.max())


def test_players_who_bring_the_same_get_the_same() -> None:
    found = shapley_of_sharing(np.array([40.0, 40.0, 10.0]), 45.0, GENERATOR)
    assert found.values[0] == pytest.approx(found.values[1])
    assert found.values[0] > found.values[2]
