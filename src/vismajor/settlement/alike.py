"""Combinations that bring the same, gathered: a fact whose values all bring the same there is said not to matter."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vismajor.reasoning.worlds import Column


@dataclass(frozen=True)
class Alike:
    """Combinations that bring the same: the likeliest of them (`places`: the place of its value, fact by fact).

    `free` holds the facts that do not matter: all combinations of their values are in. `count` is how many they are.
    """

    places: tuple[int, ...]
    free: frozenset[int]
    count: int


def highest(amounts: Column, likelihoods: Column) -> Iterator[Alike]:
    """Yield the combinations, those that bring most first, as many at once as bring exactly the same; none twice.

    `amounts` and `likelihoods` have an axis for each fact. Of those that bring the same the likeliest comes first;
    facts are tried from the last to the first.
    """
    left = np.ones(amounts.shape, dtype=np.bool_)
    while left.any():
        same = (amounts == amounts[left].max()) & left
        likeliest = int(np.argmax(np.where(same, likelihoods, -1.0)))
        places = tuple(int(place) for place in np.unravel_index(likeliest, amounts.shape))
        cube: list[int | slice] = list(places)
        for axis in reversed(range(len(places))):
            wider = [*cube[:axis], slice(None), *cube[axis + 1:]]
            if same[tuple(wider)].all():
                cube = wider
        left[tuple(cube)] = False
        free = frozenset(axis for axis, place in enumerate(cube) if isinstance(place, slice))
        yield Alike(places, free, math.prod(amounts.shape[axis] for axis in free))
