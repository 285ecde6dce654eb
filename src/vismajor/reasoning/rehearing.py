"""The worlds before a second court: what it looks at again, and what it takes as the first court left it.

An appeal puts the case to another court in fact and in law. On a share of the points that court makes up its own mind;
on the rest it sees what the first one saw. World by world and point by point, the draw is the first court's or a new
one, so that every draw stays uniform: each answer is as likely before the second court as before the first, and the
two courts agree more often than two strangers would.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.worlds import Column, Draws, Worlds

# What a court makes up its mind about, by the first part of the name of its draw: the facts found, law that is open,
# the weighing of each issue, the figures. Costs and time are no findings: they stay as drawn.
FOUND = frozenset(("fact", "value", "question", "appraisal", "together", "impression", "margin", "accepted", "direct",
                   "certain", "chance", "own_fault_share"))


def heard_again(draws: Draws, name: str, afresh: float) -> Column:
    """Return a column as the second court draws it: the first court's, or with the chance `afresh` a new one."""
    if name.partition(":")[0] not in FOUND or afresh <= 0:
        return draws.uniform(name)
    anew = draws.uniform(f"afresh:{name}") <= afresh
    return np.where(anew, draws.uniform(f"appeal:{name}"), draws.uniform(name))


@dataclass(frozen=True)
class ReheardWindow:
    """Some worlds in a row before the second court."""

    first: Draws
    count: int
    afresh: float

    def uniform(self, name: str) -> Column:
        """Return draws in (0, 1] of shape (count,)."""
        return heard_again(self.first, name, self.afresh)


@dataclass(frozen=True)
class Reheard(Worlds):
    """The same worlds before the second court; `afresh`: the share of the points on which it draws anew."""

    afresh: float = 0.0

    def uniform(self, name: str) -> Column:
        """Return draws in (0, 1] of shape (count,)."""
        return heard_again(Worlds(self.seed, self.count), name, self.afresh)

    def window(self, start: int, count: int) -> ReheardWindow:
        """Return the worlds from `start` on (a multiple of four)."""
        return ReheardWindow(Worlds(self.seed, self.count).window(start, count), count, self.afresh)


def reheard(assessment: Assessment, afresh: float, keep: Collection[str] | None = None) -> Assessment:
    """Return the assessment with the answers of a second court, which makes up its own mind on the share `afresh`.

    `keep` names the issues whose columns are wanted. The views of the issues stay those of the first court.
    """
    worlds = Reheard(assessment.worlds.seed, assessment.worlds.count, afresh)
    answers = Prepared(assessment.law, assessment.graphs).answers(worlds, keep)
    return replace(assessment, worlds=worlds, answers=answers)
