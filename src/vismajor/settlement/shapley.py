"""The Shapley value: what each player adds to a coalition, on average over all the orders in which they may join it.

Computed exactly by enumeration up to twelve players; else by orders drawn at random, with their standard error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.worlds import Column

Members = NDArray[np.bool_]  # of shape (coalitions, players)
Worth = Callable[[Members], Column]
MOST_ENUMERATED = 12
ORDERS = 10_000


@dataclass(frozen=True)
class Shapley:
    """The value of each player, in the order of the players, with its error of sampling (nil where it is exact)."""

    values: Column
    standard_errors: Column
    exact: bool


def enumerated(players: int, worth: Worth) -> Shapley:
    """Return the exact value over all coalitions. `worth` maps coalitions to what they are worth; that of none is 0."""
    masks = np.arange(2 ** players)
    members = (masks[:, None] >> np.arange(players)) & 1 == 1
    worths, size = worth(members), members.sum(axis=1)
    weights = np.array([factorial(k) * factorial(players - k - 1) / factorial(players) for k in range(players)])
    values = np.zeros(players)
    for player in range(players):
        without = masks[~members[:, player]]
        values[player] = np.sum(weights[size[without]] * (worths[without | 1 << player] - worths[without]))
    return Shapley(values, np.zeros(players), exact=True)


def sampled(players: int, worth: Worth, generator: np.random.Generator, orders: int = ORDERS) -> Shapley:
    """Return the value over orders drawn at random. What all are worth together is shared without rest."""
    drawn = generator.permuted(np.tile(np.arange(players), (orders, 1)), axis=1)
    members = np.zeros((orders, players), dtype=np.bool_)
    added, rows, before = np.zeros((orders, players)), np.arange(orders), np.zeros(orders)
    for place in range(players):
        joining = drawn[:, place]
        members[rows, joining] = True
        after = worth(members)
        added[rows, joining], before = after - before, after
    return Shapley(added.mean(axis=0), added.std(axis=0) / np.sqrt(orders), exact=False)


def sharing_a_cost(own: Column, cost: float) -> Worth:
    """Return the game of players who each bring `own` and together bear one `cost`, unless they had better stay out."""

    def worth(members: Members) -> Column:
        return np.asarray(np.maximum(members @ np.maximum(own, 0.0) - cost, 0.0) * members.any(axis=1))

    return worth


def shapley_of_sharing(own: Column, cost: float, generator: np.random.Generator) -> Shapley:
    """Return the value of the game of `sharing_a_cost`.

    Where each player could bear the cost alone the game is additive less one fixed cost, and the value is `own` less an
    equal part of it: whoever comes first, each with the same chance, bears it.
    """
    players = own.size
    if float(own.min()) >= cost:
        return Shapley(own - cost / players, np.zeros(players), exact=True)
    game = sharing_a_cost(own, cost)
    return enumerated(players, game) if players <= MOST_ENUMERATED else sampled(players, game, generator)
