"""Draws keyed by name: reproducible, independent of what else is drawn, with the distribution they claim."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vismajor.reasoning.worlds import LikeliestWorld, Remembered, Worlds, triangular, windows


def test_a_column_depends_on_its_name_and_the_seed_alone() -> None:
    worlds = Worlds("case", 1_000)
    column = worlds.uniform("fact:x")
    worlds.uniform("fact:y")
    assert np.array_equal(worlds.uniform("fact:x"), column)
    assert not np.array_equal(worlds.uniform("fact:y"), column)
    assert not np.array_equal(Worlds("other", 1_000).uniform("fact:x"), column)


def test_fewer_worlds_are_the_first_of_more_worlds() -> None:
    assert np.array_equal(Worlds("case", 5_000).uniform("a")[:100], Worlds("case", 100).uniform("a"))


def test_draws_are_uniform_and_uncorrelated_between_names() -> None:
    worlds = Worlds("case", 100_000)
    a, b = worlds.uniform("a"), worlds.uniform("b")
    assert abs(a.mean() - 0.5) < 0.005
    assert abs(a.std() - 12**-0.5) < 0.005
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.015
    assert a.min() > 0
    assert a.max() <= 1


@given(st.integers(1, 300), st.integers(1, 60).map(lambda steps: 4 * steps))
def test_worlds_a_window_after_the_other_are_the_same_worlds(count: int, size: int) -> None:
    worlds = Worlds("case", count)
    parts = [window.uniform("fact:x") for _, window in windows(worlds, size)]
    assert [start for start, _ in windows(worlds, size)] == list(range(0, count, size))
    assert np.array_equal(np.concatenate(parts), worlds.uniform("fact:x"))


def test_the_likeliest_world_is_a_window_of_its_own() -> None:
    ((start, window),) = windows(LikeliestWorld())
    assert (start, window.count) == (0, 1)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_triangular_draws_stay_within_their_bounds(a: float, b: float, c: float) -> None:
    low, likely, high = sorted((a, b, c))
    column = triangular(Worlds("case", 200), "x", low, likely, high)
    assert column.shape == (200,)
    assert column.min() >= low - 1e-6 * (1 + high)
    assert column.max() <= high + 1e-6 * (1 + high)


def test_triangular_draws_have_the_mean_of_the_three_points() -> None:
    assert abs(triangular(Worlds("case", 200_000), "x", 0.0, 0.2, 1.0).mean() - 0.4) < 0.002


def test_the_likeliest_world_takes_every_fact_at_its_likelier_value() -> None:
    draw = LikeliestWorld().uniform("anything")
    assert draw.shape == (1,)
    assert (draw < 0.5).all()  # a likelihood of exactly one half counts as stated
    assert not (draw < 0.49).any()


def test_remembered_draws_are_the_same_draws() -> None:
    worlds = Worlds("case", 500)
    remembered = Remembered(worlds)
    assert np.array_equal(remembered.uniform("a"), worlds.uniform("a"))
    assert remembered.uniform("a") is remembered.uniform("a")
    assert remembered.count == 500


@given(st.integers(1, 40).map(lambda steps: 4 * steps), st.integers(1, 90))
def test_a_window_draws_what_the_generator_of_its_name_draws(start: int, count: int) -> None:
    worlds = Worlds("case", 1_000)
    window = worlds.window(start, count)
    stream = window.stream()
    for name in ("b", "a", "b"):
        drawn = 1.0 - worlds.generator(name).random(start + count)[start:]
        for draws in (window, stream):
            assert np.array_equal(draws.uniform(name), drawn)
            assert np.array_equal(draws.uniform(name, np.zeros(count)), drawn)


def test_memory_drawn_into_again_holds_the_draws_asked_for() -> None:
    worlds = Worlds("case", 500)
    first = Remembered(worlds.window(0, 100).stream())
    column, kept = first.uniform("a"), first.uniform("b")
    first.forget(["a", "never drawn"])
    assert first.uniform("c") is column
    assert np.array_equal(column, worlds.uniform("c")[:100])
    apart = first.aside()
    assert np.array_equal(apart.uniform("b"), kept)
    assert apart.uniform("b") is not kept
    apart.forget()
    assert len(first.spare) == 1
    assert np.array_equal(first.uniform("a"), worlds.uniform("a")[:100])
    assert np.array_equal(kept, worlds.uniform("b")[:100])


def test_threads_may_share_a_window() -> None:
    worlds = Worlds("case", 4_000)
    window, names = worlds.window(400, 3_600), [f"name{number}" for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        for name, column in zip(names, pool.map(window.uniform, names), strict=True):
            assert np.array_equal(column, worlds.uniform(name)[400:])
