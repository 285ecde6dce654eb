"""Adds up, over the worlds, a quantity that follows from several truths, for every combination of facts at once.

The truths lie in tables of few axes each (see `combinations`); their combinations are many more. So the truths are
parted in two. On the right, the quantity is looked up; on the left it is written as a polynomial of the truths (for
two: c + c1 x + c2 y + c12 xy), so that its sum over the worlds is a product of two matrices: one row for each
combination of the facts on the left, one column for each on the right. Most combinations of facts make the court answer
as others do in every world: each is computed once. Quantities are whole numbers, and so exact whatever the order in
which they are added, below 2^53 in all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.combinations import Words, truths

Sums = NDArray[np.float64]
Quantities = NDArray[np.int64]
Numbers = NDArray[np.intp]
Shape = tuple[int, ...]
BLOCK = 2**21  # truths of the left side multiplied together, 8 bytes each
# What one step costs, in nanoseconds: a product, unpacking a truth of the left, a look-up of the right.
PRODUCT, UNPACKED, LOOKED_UP = 0.1, 1.5, 2.0
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93))  # odd numbers of even bits, that mix well


def summed(quantity: Quantities, tables: Sequence[Words], worlds: int) -> Sums:
    """Return the sum over the worlds of `quantity`, for every combination of facts.

    `quantity` has an axis of size 2 (false, true) for each of `tables`, and the worlds last; each of the tables has
    the same number of axes of facts, and words last. The result has these axes, as long as the longest of the tables.
    """
    idle = [at for at in range(len(tables)) if np.array_equal(quantity.take(0, at), quantity.take(1, at))]
    quantity = np.moveaxis(quantity, idle, range(len(idle)))[(0,) * len(idle)]
    columns = [table for at, table in enumerate(tables) if at not in idle]
    if not columns:
        return np.full((1,) * (tables[0].ndim - 1 if tables else 0), float(quantity.sum()))
    left = _left_side([column.shape[:-1] for column in columns])
    right = [at for at in range(len(columns)) if at not in left]
    ordered = np.transpose(quantity, (*right, *left, quantity.ndim - 1)).astype(np.float64)
    rows = _Side.of([columns[at] for at in left])
    if not right:
        coefficients = _polynomial(ordered, 0)[:, None]
        return np.asarray((_product(rows.words, coefficients[1:], worlds)[:, 0] + coefficients[0].sum())[rows.places])
    lookups = _Side.of([columns[at] for at in right])
    coefficients = _looked_up(_polynomial(ordered, len(right)), lookups, worlds)
    constant = coefficients[0].sum(axis=-1)[lookups.places]
    return np.asarray(constant + _multiplied(rows, lookups.places, coefficients[1:], worlds))


def _left_side(shapes: Sequence[Shape]) -> tuple[int, ...]:
    """Return the truths to put on the left: those for which all costs least."""
    every = range(len(shapes))
    sides = [side for size in every for side in combinations(every, size + 1)]
    return min(sides, key=lambda side: _cost(shapes, side))


def _cost(shapes: Sequence[Shape], left: Sequence[int]) -> float:
    """Return what it costs for each world, in nanoseconds, were no two combinations alike."""
    terms = 2 ** len(left)
    on_left = np.broadcast_shapes(*(shapes[at] for at in left))
    on_right = np.broadcast_shapes((1,), *(shapes[at] for at in range(len(shapes)) if at not in left))
    every = np.broadcast_shapes(on_left, on_right)
    per_term = UNPACKED * math.prod(on_left) + LOOKED_UP * math.prod(on_right) + PRODUCT * math.prod(every)
    return float(terms * per_term)


@dataclass(frozen=True)
class _Side:
    """The truths of one side for the combinations that differ: `words` of shape (differing, truths, words).

    `places` says, for every combination of the facts of this side, which of these it is; shape (facts…).
    """

    words: Words
    places: Numbers

    @classmethod
    def of(cls, columns: Sequence[Words]) -> _Side:
        whole = np.stack(np.broadcast_arrays(*columns), axis=-2)
        flat = whole.reshape((-1, math.prod(whole.shape[-2:])))
        first, places = _differing(flat)
        return cls(flat[first].reshape((first.size, *whole.shape[-2:])), places.reshape(whole.shape[:-2]))


def _differing(rows: Words) -> tuple[Numbers, Numbers]:
    """Return the numbers of the rows that differ from all before, and for each row which of these it is.

    Rows are told apart by a number mixed from their words, and then compared: should two that differ have the same
    number, they are sorted whole.
    """
    mixed = np.zeros(len(rows), dtype=np.uint64)
    for column in rows.T:
        mixed = (mixed ^ (column * _MIX[0])) * _MIX[1]
        mixed ^= mixed >> np.uint64(32)
    _, first, places = np.unique(mixed, return_index=True, return_inverse=True)
    if not np.array_equal(rows[first][places], rows):
        _, first, places = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return first, places.reshape(-1)


def _polynomial(quantity: Sums, first: int) -> Sums:
    """Turn the axes of truths from `first` on into one of coefficients: constant, then one for each set of truths."""
    found = quantity.copy()
    for axis in range(first, found.ndim - 1):
        low, high = [(slice(None),) * axis + (at,) for at in (0, 1)]
        found[high] -= found[low]
    return found.reshape((*found.shape[:first], -1, found.shape[-1]))


def _monomials(words: Words) -> Iterator[Words]:
    """Yield the product of each set of truths, in the order of `_polynomial`, without that of none."""
    count = words.shape[1]
    for chosen in range(1, 2**count):
        yield reduce(np.bitwise_and, (words[:, at] for at in range(count) if chosen >> (count - 1 - at) & 1))


def _looked_up(coefficients: Sums, right: _Side, worlds: int) -> Sums:
    """Return the coefficients for each combination of the right that differs: shape (terms, differing, worlds)."""
    place = np.zeros((len(right.words), worlds), dtype=np.intp)
    for at in range(right.words.shape[1]):
        place += place
        place += truths(right.words[:, at], worlds)
    place *= worlds
    place += np.arange(worlds)
    terms = coefficients.shape[-2]
    by_term = np.moveaxis(coefficients.reshape((-1, terms, worlds)), 1, 0).reshape((terms, -1))
    return by_term.take(place, axis=1)


def _multiplied(left: _Side, right: Numbers, coefficients: Sums, worlds: int) -> Sums:
    """Return the sum over terms and worlds of monomial times coefficient, for every combination; shape (facts…).

    Where the sides have facts in common, not every row meets every column: whichever is less is computed.
    """
    shape = np.broadcast_shapes(left.places.shape, right.shape)
    if len(left.words) * coefficients.shape[1] <= math.prod(shape):
        return np.asarray(_product(left.words, coefficients, worlds)[left.places, right])
    both = tuple(at for at in range(len(shape)) if left.places.shape[at] > 1 and right.shape[at] > 1)
    found = np.empty(shape)
    for at in np.ndindex(*(shape[axis] for axis in both)):
        held = dict(zip(both, at, strict=True))
        place = tuple(slice(held[axis], held[axis] + 1) if axis in held else slice(None) for axis in range(len(shape)))
        rows, mine = np.unique(left.places[place], return_inverse=True)
        columns, theirs = np.unique(right[place], return_inverse=True)
        part = _product(left.words[rows], coefficients[:, columns], worlds)
        found[place] = part[mine.reshape(left.places[place].shape), theirs.reshape(right[place].shape)]
    return found


def _product(left: Words, coefficients: Sums, worlds: int) -> Sums:
    """Return the sum over terms and worlds for each row of the left and each of `coefficients`: (rows, columns)."""
    found = np.zeros((len(left), coefficients.shape[1]))
    step = max(BLOCK // worlds, 1)
    for first in range(0, len(left), step):
        some = slice(first, first + step)
        for monomial, weights in zip(_monomials(left[some]), coefficients, strict=True):
            found[some] += truths(monomial, worlds).astype(np.float64) @ weights.T
    return found
