"""The award of each world: the losses, passed through the law of that world in the order in which a court does.

Liable or not, duty by duty; the share of each head that the court accepts; the heads that the contract excludes; the
cap, last, unless struck or set aside (C. civ. 1231-2 to 1231-4; cap last because it limits the debt of damages).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.worlds import Column, Truth, triangular


@dataclass(frozen=True)
class Award:
    """What judgment brings to one claimant, in euros per world (principal: no interest, no costs).

    `liable` where at least one head is due, `capped` where the clause that limits liability applies, both of shape
    (worlds,); `uncapped` is the debt before the cap.
    """

    claimant: str
    amount: Column
    uncapped: Column
    liable: Truth
    capped: Truth


def compute_awards(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> Mapping[str, Award]:
    """Return the award of every claimant, by id, in the order of the case."""
    return {loss.claimant.id: _award(assessment, loss) for loss in losses}


def _award(assessment: Assessment, loss: ClaimantLoss) -> Award:
    claimant, count = loss.claimant.id, assessment.worlds.count
    first_duty = duties_of(assessment.law, loss.claimant)[0]
    excluded = assessment.holds(claimant, first_duty, "heads_excluded")
    debt, liable = np.zeros(count), np.zeros(count, dtype=np.bool_)
    for head in loss.heads:
        due = np.zeros(count, dtype=np.bool_)
        for duty in head.head.duties:
            due = due | assessment.holds(claimant, duty, "liability")
        liable = liable | due
        if head.kind.consequential:
            due = due & ~excluded
        debt += np.where(due, _accepted(assessment, head), 0.0)
    capped = assessment.holds(claimant, first_duty, "liability_cap") & (loss.cap is not None)
    cap = np.inf if loss.cap is None else float(loss.cap)
    return Award(claimant, np.where(capped, np.minimum(debt, cap), debt), debt, liable, capped)


def _accepted(assessment: Assessment, head: HeadLoss) -> Column:
    """Return the amount of a head that the court accepts, in euros per world."""
    name = f"{head.claimant}:{head.head.id}"
    share = triangular(assessment.worlds, f"accepted:{name}", float(head.accepted.low), float(head.accepted.likely),
                       float(head.accepted.high))
    if head.counterfactual is None or head.margin_rate is None:
        return share * float(head.claimed)
    shortfall = head.counterfactual.quantile(assessment.worlds.uniform(f"margin:{name}"))
    return share * np.maximum(shortfall, 0.0) * float(head.margin_rate)
