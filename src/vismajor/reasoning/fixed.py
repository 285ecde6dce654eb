"""Worlds in which some draws are fixed: a fact found one way, a question answered one way, a share at its end.

All else is drawn as it was, so that two such tables differ by what was fixed alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.worlds import Column, Draws, Worlds

Fixed = Mapping[str, float]  # the draw, from 0 to 1, by its name
AS_STATED, OTHERWISE = 0.0, 1.0  # a fact or an answer is as stated where its draw lies below its chance
LOWEST, HIGHEST = 0.0, 1.0  # a quantity is drawn by its quantile


@dataclass(frozen=True)
class FixedWorlds(Worlds):
    """The same worlds with the draws called so in `fixed` the same in each of them.

    `kept` holds the columns once drawn, for all who share it: of as many worlds as there are names asked for.
    """

    fixed: Fixed = field(default_factory=dict, hash=False)
    kept: dict[str, Column] = field(default_factory=dict, hash=False, compare=False, repr=False)

    def uniform(self, name: str, out: Column | None = None) -> Column:
        """Return the column of draws called `name`, of shape (count,)."""
        if name in self.fixed:
            return np.full(self.count, self.fixed[name])
        if name not in self.kept:
            self.kept[name] = Worlds(self.seed, self.count).uniform(name)
        return self.kept[name]

    def window(self, start: int, count: int) -> Draws:
        """Return the worlds from `start` on (a multiple of four)."""
        return _Part(self, start, count)

    def fixing(self, fixed: Fixed) -> FixedWorlds:
        """Return the same worlds with more draws fixed; what is drawn already is shared."""
        return FixedWorlds(self.seed, self.count, {**self.fixed, **fixed}, self.kept)


@dataclass(frozen=True)
class _Part:
    """Some worlds in a row."""

    worlds: Worlds
    start: int
    count: int

    def uniform(self, name: str, out: Column | None = None) -> Column:
        """Return the column of draws called `name`, of shape (count,)."""
        return self.worlds.uniform(name)[self.start : self.start + self.count]


@dataclass(frozen=True)
class SomeWorlds(Worlds):
    """Those worlds of a table alone that stand at the positions `where`, in order."""

    table: Worlds = field(default_factory=lambda: Worlds(""), hash=False)
    where: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp), hash=False, compare=False)

    def uniform(self, name: str, out: Column | None = None) -> Column:
        """Return the column of draws called `name`, of shape (count,)."""
        return self.table.uniform(name)[self.where]

    def window(self, start: int, count: int) -> Draws:
        """Return the worlds from `start` on (a multiple of four)."""
        return _Part(self, start, count)


def some_worlds(table: Worlds, where: NDArray[np.intp]) -> SomeWorlds:
    """Return the worlds of a table that stand at the positions `where`."""
    return SomeWorlds(table.seed, where.size, table, where)


@dataclass
class Listening:
    """Draws that remember which names were asked of them."""

    draws: Worlds
    asked: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """Number of worlds."""
        return self.draws.count

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name`."""
        self.asked.add(name)
        return self.draws.uniform(name)
