"""Draws of worlds, keyed by the name of what is drawn: adding a fact or a claimant changes no other column."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Truth = NDArray[np.bool_]

DEFAULT_WORLDS = 20_000
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
        """Return draws in (0, 1) of shape (count,)."""
        digest = hashlib.blake2b(f"{self.seed}\x1f{name}".encode(), digest_size=16).digest()
        generator = np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "big")))
        return np.asarray(1.0 - generator.random(self.count), dtype=np.float64)  # (0, 1]: a logarithm never fails

    def generator(self, name: str) -> np.random.Generator:
        """Return a generator of its own for draws that need more than one number per world."""
        digest = hashlib.blake2b(f"{self.seed}\x1f{name}".encode(), digest_size=16).digest()
        return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "big")))


@dataclass(frozen=True)
class LikeliestWorld:
    """The one world in which every fact, question and appraisal takes its likelier value."""

    count: int = 1

    def uniform(self, name: str) -> Column:
        """Return the middle draw."""
        return np.full(1, _MIDDLE)


MEMORY = 128_000_000  # bytes of draws kept for reuse; beyond, columns are drawn again, and come out the same


@dataclass
class Remembered:
    """Draws that are kept for reuse, as far as memory allows."""

    draws: Draws
    _kept: dict[str, Column] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """Number of worlds."""
        return self.draws.count

    def uniform(self, name: str) -> Column:
        """Return the column of draws called `name`."""
        return self._keep(name, lambda: self.draws.uniform(name))

    def logistic(self, name: str) -> Column:
        """Return logistic draws called `name`."""
        return self._keep(f"logistic:{name}", lambda: logistic(self.draws, name))

    def _keep(self, name: str, draw: Callable[[], Column]) -> Column:
        column = self._kept.get(name)
        if column is None:
            column = draw()
            if (len(self._kept) + 1) * column.nbytes <= MEMORY:
                self._kept[name] = column
        return column


def logistic(draws: Draws, name: str) -> Column:
    """Return logistic draws (log-odds): the judge's appraisal around the weight of the arguments."""
    uniform = np.minimum(draws.uniform(name), 1.0 - 1e-15)
    return np.log(uniform) - np.log1p(-uniform)


def triangular(draws: Draws, name: str, low: float, likely: float, high: float) -> Column:
    """Return draws of the triangular distribution by its quantile function, in the unit of its bounds."""
    if high <= low:
        return np.full(draws.count, low)
    uniform, turn = draws.uniform(name), (likely - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - likely))
    return np.where(uniform < turn, rising, falling)
