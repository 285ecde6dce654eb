"""The questions on which a suit turns, in the order of the pleadings, answered in each world: one yes or no each.

A claimant may win on one duty and lose on another, and one claimant where another loses. So each question is whether
**one claim at least** is still alive after it: the duties (and, for the group, the claimants) for which everything so
far went well. Where none is left, the suit is lost on that question. The answers share out the worlds, whatever the
number of duties and claimants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vismajor.damages.heads import ClaimantLoss
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.worlds import Truth
from vismajor.settlement.judgments import Judgments
from vismajor.settlement.valuation import Valuation

# The clause is read before the law's own force majeure: the parties' text comes first.
CLAUSE_FIRST = ("force_majeure_clause", "force_majeure")
CAP, BUSINESS_LOSS, APPEAL = "liability_cap", "business_loss", "appeal"


@dataclass(frozen=True)
class Question:
    """One question, and the worlds in which the answer is yes, of shape (worlds,).

    `name` is that of an issue of the pack, or BUSINESS_LOSS (lost business is made good: not excluded, and foreseeable)
    or APPEAL (a court of appeal changes the award). `needed`: the answer without which the suit is lost there; None
    where it goes on either way.
    """

    name: str
    yes: Truth
    needed: bool | None = None


def questions_of(valuation: Valuation, judgments: Judgments, members: Sequence[str]) -> Iterator[Question]:
    """Yield the questions for some claimants together (or for one), in the order in which they are met."""
    assessment, losses = valuation.assessment, [one for one in valuation.losses if one.claimant.id in members]
    alive = {place: np.ones(assessment.worlds.count, dtype=np.bool_) for place in _places(assessment, losses)}
    for issue, expected in _conditions(assessment.law, _ground(losses)):
        for (claim, duty), still in alive.items():
            alive[claim, duty] = still & (assessment.holds(claim, duty, issue) == expected)
        some = _any(list(alive.values()), assessment.worlds.count)
        yield Question(issue, some if expected else ~some, needed=expected)
    awards = [judgments.first[name] for name in members]
    if any(cap is not None for loss in losses for cap in loss.caps.values()):
        yield Question(CAP, ~_any([one.liable & ~one.capped for one in awards], assessment.worlds.count))
    consequential = {head.claim for loss in losses for head in loss.heads if head.consequential}
    if consequential:
        yield Question(BUSINESS_LOSS, _any([
            still & _made_good(assessment, claim) for (claim, _), still in alive.items() if claim in consequential],
            assessment.worlds.count))
    yield Question(APPEAL, _any([judgments.changed[name] for name in members], assessment.worlds.count))


def _ground(losses: Sequence[ClaimantLoss]) -> str:
    """Return the issue on which the claims are won: liability, or where the price alone is asked back its return."""
    only_back = all(head.head.kind == "restitution" for loss in losses for head in loss.heads)
    return "restitution" if only_back and any(loss.heads for loss in losses) else "liability"


def _places(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> Iterator[tuple[str, str]]:
    """Yield each claim with each duty on which one of its heads may be due."""
    only_back = _ground(losses) == "restitution"
    for loss in losses:
        for claim_id in loss.caps:
            claim = assessment.case.claim(claim_id)
            pleaded = {duty for head in claim.heads if only_back or head.kind != "restitution" for duty in head.duties}
            for duty in duties_of(assessment.law, claim):
                if duty in pleaded:
                    yield claim_id, duty


def _conditions(law: Law, ground: str) -> list[tuple[str, bool]]:
    """Return the answers that a claim needs, in order: each issue that is weighed for itself, yes or no."""
    first = [("admissibility", True)] if "admissibility" in law.issues else []
    return first + (list(_parts(law, ground, True)) if ground in law.issues else [])


def _parts(law: Law, issue: str, expected: bool) -> Iterator[tuple[str, bool]]:
    """Take a composite issue apart, as far as all its parts are needed; one whose answer is given stays whole."""
    asked = law.issues[issue]
    whole = asked.all if expected else asked.any
    if issue in law.given or not whole:
        yield issue, expected
        return
    elements = sorted(asked.elements(), key=lambda one: CLAUSE_FIRST.index(one[0]) if one[0] in CLAUSE_FIRST else -1)
    for name, wanted in elements:
        yield from _parts(law, name, wanted is expected)


def _made_good(assessment: Assessment, claim: str) -> Truth:
    """Return where lost business is made good under a claim: neither excluded by contract nor unforeseeable."""
    duty = duties_of(assessment.law, assessment.case.claim(claim))[0]
    answer = np.ones(assessment.worlds.count, dtype=np.bool_)
    for issue, expected in (("heads_excluded", False), ("foreseeable_loss", True)):
        if issue in assessment.law.issues:
            answer = answer & (assessment.holds(claim, duty, issue) == expected)
    return answer


def _any(columns: Sequence[Truth], count: int) -> Truth:
    return np.asarray(np.any(columns, axis=0)) if columns else np.zeros(count, dtype=np.bool_)
