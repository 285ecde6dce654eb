"""Draws of worlds, keyed by the name of what is drawn: adding a fact or a claimant changes no other column."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

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
        return self.window(0, self.count).uniform(name)

    def generator(self, name: str, start: int = 0) -> np.random.Generator:
        """Return the generator called `name`, as it stands before the world `start` (a multiple of four)."""
        bits = np.random.Philox(key=int.from_bytes(self.key(name), "big"))
        if start:
            bits.advance(start // DRAWS_PER_STEP)
        return np.random.Generator(bits)

    def key(self, name: str) -> bytes:
        """Return the sixteen bytes that draw the column called `name`."""
        return hashlib.blake2b(f"{self.seed}\x1f{name}".encode(), digest_size=16).digest()

    def window(self, start: int, count: int) -> Draws:
        """Return the worlds from `start` on (a multiple of four)."""
        return Window(self, start, count)


@dataclass(frozen=True)
class Window:
    """Some worlds in a row of a larger table: the same draws, a part at a time."""

    worlds: Worlds
    start: int
    count: int

    def uniform(self, name: str, out: Column | None = None) -> Column:
        """Return draws in (0, 1] of shape (count,), in the memory of `out` where it is given."""
        return _uniform(self.worlds.generator(name, self.start), self.count, out)

    def stream(self) -> Stream:
        """Return the same draws, faster; for one thread at a time."""
        return Stream(self)


@dataclass(frozen=True)
class Stream:
    """The draws of a window from one generator for all names: to make one for each takes as long as 3,000 draws.

    It is in use while it draws: two threads take a stream each.
    """

    window: Window

    @property
    def count(self) -> int:
        """Number of worlds."""
        return self.window.count

    def uniform(self, name: str, out: Column | None = None) -> Column:
        """Return draws in (0, 1] of shape (count,), in the memory of `out` where it is given."""
        generator, state = self._first
        key = self.window.worlds.key(name)
        state["state"]["key"] = np.array([int.from_bytes(key[8:], "big"), int.from_bytes(key[:8], "big")], np.uint64)
        generator.bit_generator.state = state
        return _uniform(generator, self.count, out)

    @cached_property
    def _first(self) -> tuple[np.random.Generator, dict[str, Any]]:
        """The generator, and its state before the first world: a name sets its key alone."""
        generator = self.window.worlds.generator("", self.window.start)
        return generator, dict(generator.bit_generator.state)


def _uniform(generator: np.random.Generator, count: int, out: Column | None) -> Column:
    drawn: Column = generator.random(count, out=out)
    return np.subtract(1.0, drawn, out=drawn)  # (0, 1]: a logarithm never fails


@dataclass(frozen=True)
class Repeated(Worlds):
    """The first `each` worlds of a table, over and over, `count` (a multiple of `each`) in all."""

    each: int = DEFAULT_WORLDS

    def uniform(self, name: str) -> Column:
        """Return the draws of the first worlds, repeated; shape (count,)."""
        return self.window(0, self.count).uniform(name)

    def window(self, start: int, count: int) -> Draws:
        """Return some of these worlds."""
        return _RepeatedWindow(self, start, count)


@dataclass(frozen=True)
class _RepeatedWindow:
    worlds: Repeated
    start: int
    count: int

    def uniform(self, name: str, out: Column | None = None) -> Column:
        """Return the draws of the first worlds, repeated; shape (count,)."""
        drawn = Worlds(self.worlds.seed, self.worlds.each).uniform(name)
        return np.take(drawn, np.arange(self.start, self.start + self.count), mode="wrap", out=out)


@dataclass(frozen=True)
class LikeliestWorld:
    """The one world in which every fact, question and appraisal takes its likelier value."""

    count: int = 1

    def uniform(self, name: str) -> Column:
        """Return the middle draw."""
        return np.full(1, _MIDDLE)


@dataclass
class Remembered:
    """Draws that are kept for reuse until they are forgotten.

    `spare`: columns of shape (draws.count,) that nobody needs any more; what is drawn next takes their place in memory.
    """

    draws: Draws
    spare: list[Column] = field(default_factory=list, repr=False)
    _kept: dict[str, Column] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """Number of worlds."""
        return self.draws.count

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name`."""
        column = self._kept.get(name)
        if column is None:
            column = self._kept[name] = self._drawn(name)
        return column

    def aside(self) -> Remembered:
        """Return the same draws, to be remembered and forgotten apart."""
        return Remembered(self.draws, self.spare)

    def forget(self, names: Iterable[str] | None = None) -> None:
        """Let go of the columns of these names, or of all: nobody may hold one of them any more."""
        for name in [*self._kept] if names is None else names:
            if name in self._kept:
                self.spare.append(self._kept.pop(name))

    def _drawn(self, name: str) -> Column:
        if self.spare and isinstance(self.draws, Window | Stream):
            with contextlib.suppress(IndexError):  # another thread may have had the last one
                return self.draws.uniform(name, self.spare.pop())
        return self.draws.uniform(name)


def windows(draws: Draws, size: int = WINDOW) -> Iterator[tuple[int, Draws]]:
    """Yield (first world, draws) of one window of worlds after the other, so that memory and caches are enough."""
    if not isinstance(draws, Worlds):
        yield 0, draws
        return
    for start in range(0, draws.count, size):
        yield start, draws.window(start, min(size, draws.count - start))


def triangular(draws: Draws, name: str, low: float, likely: float, high: float) -> Column:
    """Return draws of the triangular distribution by its quantile function, in the unit of its bounds."""
    if high <= low:
        return np.full(draws.count, low)
    uniform, turn = draws.uniform(name), (likely - low) / (high - low)
    rises = uniform < turn
    inside = np.where(rises, uniform * (high - low) * (likely - low), (1 - uniform) * (high - low) * (high - likely))
    root = np.sqrt(inside, out=inside)
    return np.where(rises, low + root, high - root)
