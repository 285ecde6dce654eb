"""What the courts award each claimant: at first instance, on appeal where somebody appeals, in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from vismajor.case.proceedings import Appeal
from vismajor.damages.award import ISSUES, Award, compute_awards
from vismajor.damages.heads import ClaimantLoss
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.rehearing import reheard
from vismajor.reasoning.worlds import Truth
from vismajor.settlement.valuation import Valuation

CENT = 0.005  # what differs by less is the same sum


@dataclass(frozen=True)
class Judgments:
    """The awards of the first court and those that stand in the end, by claimant id.

    `appealed`: where a claimant's award is taken to the court of appeal, by it or by the respondent; `changed`: where
    that court gives it another sum. All of shape (worlds,).
    """

    first: Mapping[str, Award]
    final: Mapping[str, Award]
    appealed: Mapping[str, Truth]
    changed: Mapping[str, Truth]


def judge(valuation: Valuation, second: Mapping[str, Award] | None = None) -> Judgments:
    """Return what the first court awards, and what stands after an appeal where the case states one.

    `second`: what a court of appeal would award, where that is known already.

    A side that did not get all that it asked appeals with the chance stated; one decision a side, for the whole group.
    The court answers anew in fact and in law, but only on what somebody criticises (CPC 561, 562): whoever appeals
    alone is not left with less. An answering appeal counts as an appeal. Where the sum stays the same, the first
    judgment stands.
    """
    first, proceedings = valuation.awards, valuation.assessment.case.file.proceedings
    nobody = {name: np.zeros(valuation.assessment.worlds.count, dtype=np.bool_) for name in first}
    if proceedings is None or proceedings.appeal is None:
        return Judgments(first, first, nobody, nobody)
    by_claimants, by_respondent = _appellants(valuation, proceedings.appeal)
    appealed = {name: by_claimants[name] | by_respondent[name] for name in first}
    if not any(column.any() for column in appealed.values()):
        return Judgments(first, first, nobody, nobody)
    second = second or _second(valuation.assessment, valuation.losses, proceedings.appeal.afresh)
    final, changed = {}, {}
    for name, award in first.items():
        better, worse = (sign * (second[name].amount - award.amount) >= CENT for sign in (1, -1))
        changed[name] = (by_claimants[name] & better) | (by_respondent[name] & worse)
        final[name] = _either(changed[name], second[name], award)
    return Judgments(first, final, appealed, changed)


def _second(assessment: Assessment, losses: tuple[ClaimantLoss, ...], afresh: float) -> Mapping[str, Award]:
    return compute_awards(reheard(assessment, afresh, ISSUES), losses)


def _appellants(valuation: Valuation, appeal: Appeal) -> tuple[Mapping[str, Truth], Mapping[str, Truth]]:
    """Return where each claimant appeals, and where the respondent does against it."""
    worlds, as_of = valuation.assessment.worlds, valuation.assessment.case.as_of
    claimants = worlds.uniform("suit:appeal_by_claimants") <= appeal.by_claimants
    respondent = worlds.uniform("suit:appeal_by_respondent") <= appeal.by_respondent
    theirs, its = {}, {}
    for loss in valuation.losses:
        name, got = loss.claimant.id, valuation.awards[loss.claimant.id].amount
        open_ = loss.claimed >= appeal.least_at_stake
        theirs[name] = claimants & (got < float(loss.due(as_of)) - CENT) & open_
        its[name] = respondent & (got > 0) & open_
    return theirs, its


def _either(where: Truth, one: Award, other: Award) -> Award:
    """Return `one` in the worlds `where`, and `other` elsewhere."""
    columns = {field.name: np.where(where, getattr(one, field.name), getattr(other, field.name))
               for field in fields(Award) if field.name != "claimant"}
    return Award(claimant=one.claimant, **columns)
