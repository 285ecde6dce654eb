"""How often, and how well, probabilities agree with what courts decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vismajor.reasoning.likelihood import SURPRISE
from vismajor.reasoning.worlds import Column, Truth

BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
CANNOT_TELL = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)  # distances from one half within which nothing is said


@dataclass(frozen=True)
class Bin:
    """Decisions whose probability lies between `low` and `high`: how many, their mean, the share accepted by courts."""

    low: float
    high: float
    count: int
    expected: float
    accepted: float


@dataclass(frozen=True)
class Coverage:
    """What becomes of accuracy when nothing is said within `distance` of one half: `told` of all decisions remain."""

    distance: float
    told: int
    accuracy: float


@dataclass(frozen=True)
class Scores:
    """Accuracy, Brier score (mean square error of the probability), log loss (nats), and where the errors lie.

    `confusion`: (accepted as expected, accepted unexpectedly, rejected unexpectedly, rejected as expected).
    """

    count: int
    accuracy: float
    brier: float
    log_loss: float
    confusion: tuple[int, int, int, int]

    @property
    def correct(self) -> int:
        """Number of decisions on which the likelier answer was the court's."""
        return self.confusion[0] + self.confusion[3]


def score(expected: Column, decided: Truth) -> Scores:
    """Compare probabilities with decisions; both of shape (decisions,), at least one."""
    likely, bounded = expected > 0.5, np.clip(expected, SURPRISE, 1 - SURPRISE)
    given = np.where(decided, bounded, 1 - bounded)
    counts = tuple(int(np.sum(part)) for part in (
        likely & decided, ~likely & decided, likely & ~decided, ~likely & ~decided))
    return Scores(len(decided), float(np.mean(likely == decided)), float(np.mean((bounded - decided) ** 2)),
                  -float(np.mean(np.log(given))), (counts[0], counts[1], counts[2], counts[3]))


def calibration_curve(expected: Column, decided: Truth) -> list[Bin]:
    """Return what courts did of the decisions of each range of probability; empty ranges are left out."""
    found = []
    for low, high in pairwise(BINS):
        within = (expected >= low) & ((expected < high) | (high == BINS[-1]))
        if np.any(within):
            found.append(Bin(low, high, int(np.sum(within)), float(np.mean(expected[within])),
                             float(np.mean(decided[within]))))
    return found


def coverage(expected: Column, decided: Truth, distances: Sequence[float] = CANNOT_TELL) -> list[Coverage]:
    """Return how accuracy grows when the engine keeps silent near one half."""
    found = []
    for distance in distances:
        told = np.abs(expected - 0.5) >= distance
        if np.any(told):
            found.append(Coverage(distance, int(np.sum(told)),
                                  float(np.mean((expected > 0.5)[told] == decided[told]))))
    return found
