"""Draws of worlds, keyed by the name of what is drawn: adding a fact or a claimant changes no other column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Truth = NDArray[np.bool_]

DEFAULT_WORLDS = 20_000
WINDOW = 16_384  # worlds evaluated together: their columns fit in the processor's cache
DRAWS_PER_STEP = 4  # one step of the counter gives four draws
_MIDDLE = 0.5 - 1e-12  # a likelihood of exactly one half is taken as stated


class Draws(Protocol):
    """Uniform draws in (0, 1), one per world, the same for the same name."""

    @property
    def count(self) -> int:
        """Number of worlds."""

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name`, of shape (count,)."""


@dataclass(frozen=True)
class Worlds:
    """`count` worlds drawn from `seed`. Philox is counter-based: a column depends on its name and on nothing else.

    Method: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
    """

    seed: str
    count: int = DEFAULT_WORLDS

    def uniform(self, name: str) -> Column:
        """Return draws in (0, 1] of shape (count,)."""
        return _uniform(self.generator(name), self.count)

    def generator(self, name: str, start: int = 0) -> np.random.Generator:
        """Return the generator called `name`, as it stands before the world `start` (a multiple of four)."""
        digest = hashlib.blake2b(f"{self.seed}\x1f{name}".encode(), digest_size=16).digest()
        bits = np.random.Philox(key=int.from_bytes(digest, "big"))
        if start:
            bits.advance(start // DRAWS_PER_STEP)
        return np.random.Generator(bits)

    def window(self, start: int, count: int) -> Window:
        """Return the worlds from `start` on (a multiple of four)."""
        return Window(self, start, count)


@dataclass(frozen=True)
class Window:
    """Some worlds in a row of a larger table: the same draws, a part at a time."""

    worlds: Worlds
    start: int
    count: int

    def uniform(self, name: str) -> Column:
        """Return draws in (0, 1] of shape (count,)."""
        return _uniform(self.worlds.generator(name, self.start), self.count)


def _uniform(generator: np.random.Generator, count: int) -> Column:
    drawn: Column = generator.random(count)
    return np.subtract(1.0, drawn, out=drawn)  # (0, 1]: a logarithm never fails


@dataclass(frozen=True)
class Repeated(Worlds):
    """The first `each` worlds of a table, over and over, `count` (a multiple of `each`) in all."""

    each: int = DEFAULT_WORLDS

    def uniform(self, name: str) -> Column:
        """Return the draws of the first worlds, repeated; shape (count,)."""
        return self.window(0, self.count).uniform(name)

    def window(self, start: int, count: int) -> Window:
        """Return some of these worlds."""
        return _RepeatedWindow(self, start, count, self.each)


@dataclass(frozen=True)
class _RepeatedWindow(Window):
    each: int = DEFAULT_WORLDS

    def uniform(self, name: str) -> Column:
        """Return the draws of the first worlds, repeated; shape (count,)."""
        drawn = Worlds(self.worlds.seed, self.each).uniform(name)
        return np.take(drawn, np.arange(self.start, self.start + self.count), mode="wrap")


@dataclass(frozen=True)
class LikeliestWorld:
    """The one world in which every fact, question and appraisal takes its likelier value."""

    count: int = 1

    def uniform(self, name: str) -> Column:
        """Return the middle draw."""
        return np.full(1, _MIDDLE)


@dataclass
class Remembered:
    """Draws that are kept for reuse as long as this object lives."""

    draws: Draws
    _kept: dict[str, Column] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """Number of worlds."""
        return self.draws.count

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name`."""
        column = self._kept.get(name)
        if column is None:
            column = self._kept[name] = self.draws.uniform(name)
        return column


def windows(draws: Draws, size: int = WINDOW) -> Iterator[tuple[int, Draws]]:
    """Yield (first world, draws) of one window of worlds after the other, so that memory and caches are enough."""
    if not isinstance(draws, Worlds):
        yield 0, Remembered(draws)
        return
    for start in range(0, draws.count, size):
        yield start, Remembered(draws.window(start, min(size, draws.count - start)))


def triangular(draws: Draws, name: str, low: float, likely: float, high: float) -> Column:
    """Return draws of the triangular distribution by its quantile function, in the unit of its bounds."""
    if high <= low:
        return np.full(draws.count, low)
    uniform, turn = draws.uniform(name), (likely - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - likely))
    return np.where(uniform < turn, rising, falling)
