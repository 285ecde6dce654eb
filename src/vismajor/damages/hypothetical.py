"""The award if the court answered otherwise: the same law of damages, for answers that are given world by world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vismajor.damages.award import Award, compute_awards
from vismajor.damages.heads import ClaimantLoss
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.evaluation import Answer
from vismajor.reasoning.worlds import Repeated, Truth, Worlds

Point = tuple[str, str, str]  # a claim, a duty, and an issue answered for them
Cents = NDArray[np.int64]
BY_DUTY = ("liability", "restitution", "admissibility", "own_fault")
BY_CLAIM = ("heads_excluded", "foreseeable_loss", "liability_cap")  # answered alike for every duty
AT_ONCE = 2**18  # worlds whose award is computed together


def points_of(assessment: Assessment, losses: Iterable[ClaimantLoss]) -> list[Point]:
    """Return the answers on which the awards of these claimants depend, as far as the pack asks for them."""
    found: list[Point] = []
    for loss in losses:
        for claim in loss.caps:
            duties = duties_of(assessment.law, assessment.case.claim(claim))
            found += [(claim, duty, issue) for duty in duties for issue in BY_DUTY]
            found += [(claim, duties[0], issue) for issue in BY_CLAIM]
    return [point for point in found if point[2] in assessment.law.issues]


def awards_if(assessment: Assessment, losses: Sequence[ClaimantLoss], answers: Mapping[Point, Truth], worlds: Worlds
              ) -> Mapping[str, Award]:
    """Return the awards by claimant if these were the answers in each of `worlds`; truths of shape (worlds.count,)."""
    given: dict[tuple[str, str], dict[str, Answer]] = {}
    for (claim, duty, issue), holds in answers.items():
        answer = Answer(issue, 0, 0, float(np.mean(holds)), holds)
        given.setdefault((claim, duty), {})[issue] = answer
    return compute_awards(replace(assessment, worlds=worlds, answers=given), losses)


def cents_by_answers(assessment: Assessment, loss: ClaimantLoss, nodes: Mapping[Point, int], varying: Sequence[int],
                     steady: Mapping[int, Truth], worlds: Worlds) -> Cents:
    """Return the award of one claimant for every set of answers, in each world, in cents.

    `nodes` says on which node each answer rests: one of the `varying`, whose truth makes an axis of size 2 (false,
    true) in their order, or a `steady` one of shape (worlds,). The last axis is that of the worlds. An award is rounded
    to the cent, so that sums over worlds are exact in whatever order they are taken.
    """
    states, found = 2 ** len(varying), []
    step = max(AT_ONCE // worlds.count, 1)
    for first in range(0, states, step):
        chunk = np.arange(first, min(first + step, states))
        repeated = Repeated(worlds.seed, chunk.size * worlds.count, worlds.count)

        def truth(node: int, chunk: NDArray[np.int64] = chunk) -> Truth:
            if node not in varying:
                return np.tile(steady[node], chunk.size)
            bit = len(varying) - 1 - varying.index(node)
            return np.repeat((chunk >> bit & 1).astype(np.bool_), worlds.count)

        columns = {node: truth(node) for node in dict.fromkeys(nodes.values())}
        award = awards_if(assessment, [loss], {point: columns[node] for point, node in nodes.items()}, repeated)
        found.append(np.rint(award[loss.claimant.id].total * 100).astype(np.int64))
    return np.concatenate(found).reshape((*(2,) * len(varying), worlds.count))
