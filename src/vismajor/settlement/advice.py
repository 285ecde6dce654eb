"""Advises on the offer: where it stands to what judgment brings, the figure to answer with, the issues that decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.worlds import Column
from vismajor.settlement.valuation import Spread, Valuation, Value

Position = Literal["none", "worthless", "above_both", "above_mean", "below_mean", "below_both"]

# Each may decide alone whether something is due, or how much: the questions between which counsel looks for the two
# that matter. A composite stands for its elements (`exoneration`: the law's force majeure, or the clause's).
DECIDING = ("admissibility", "breach", "causation", "exoneration", "heads_excluded", "liability_cap")
SECOND = 0.25  # a second issue is named where it counts for at least this part of what the first does


@dataclass(frozen=True)
class Advice:
    """What to answer to the offer that stands, from the figures alone; amounts in euros, principal.

    `position`: the offer against the mean and the median of what judgment would bring to those who hold it ("none"
    without an offer, "worthless" where judgment would moreover bring nothing). `limit` is that mean, under which
    claimants lose by settling and over which the respondent does; `opening` the figure to begin with. `deciding` names
    one or two issues, the one that moves the award most first. `otherwise`: the claimants to whom, each taken alone,
    the offer stands on the other side of the mean than it does for all together.
    """

    position: Position
    opening: Decimal
    limit: Decimal
    deciding: tuple[str, ...]
    otherwise: tuple[str, ...]


def advise(valuation: Valuation) -> Advice:
    """Advise the side that the case is argued for on the offers that stand, or on the first step without any."""
    standing, side = valuation.standing, valuation.assessment.case.file.acting_for
    value = standing.value if standing else valuation.together
    held = standing.claimants if standing else tuple(valuation.awards)
    return Advice(
        _position(valuation), _opening(value, side), value.award.mean, _deciding(valuation, held),
        tuple(_otherwise(valuation, held)),
    )


def _position(valuation: Valuation) -> Position:
    standing = valuation.standing
    if standing is None:
        return "none" if valuation.together.award.mean > 0 else "worthless"
    better_judged = standing.judgment_brings_more > 0.5  # the offer lies under the median
    if standing.amount >= standing.value.award.mean:
        return "above_mean" if better_judged else "above_both"
    return "below_both" if better_judged else "below_mean"


def _opening(value: Value, side: str) -> Decimal:
    """Return the claimants' first figure, the mean where no cap applies; the respondent's, what half the cases cost."""
    mean = value.award.mean
    if side == "claimants":
        return max(mean, value.uncapped.mean or mean)
    return min(mean, value.award.p50)


def _otherwise(valuation: Valuation, held: Sequence[str]) -> list[str]:
    standing = valuation.standing
    if standing is None or len(held) == 1:
        return []
    above = standing.amount >= standing.value.award.mean
    return [claimant for claimant in held
            if _is_beyond(standing.offer_to(claimant).amount, valuation.claimants[claimant].award, not above)]


def _is_beyond(offer: Decimal, award: Spread, above: bool) -> bool:
    """Tell whether an offer lies above (or below) the mean by more than the error of simulation could explain."""
    distance = offer - award.mean if above else award.mean - offer
    return distance > 2 * award.standard_error


def _deciding(valuation: Valuation, held: Sequence[str]) -> tuple[str, ...]:
    """Return the one or two issues whose answer goes with most of the variance of the award (squared correlation)."""
    assessment = valuation.assessment
    award = np.sum([valuation.awards[claimant].amount for claimant in held], axis=0)
    part = {issue: _explained(_answered(assessment, held, issue), award)
            for issue in DECIDING if issue in assessment.law.issues}
    first, *rest = sorted(part, key=lambda issue: -part[issue]) or [""]
    if not part or part[first] == 0:
        return ()
    return (first, *(issue for issue in rest[:1] if part[issue] >= SECOND * part[first]))


def _answered(assessment: Assessment, held: Sequence[str], issue: str) -> Column:
    """Return, per world, for which part of the claims and duties of these claimants the issue holds."""
    columns = [assessment.holds(claim.id, duty, issue) for claim in assessment.case.claims
               if claim.claimant.id in held for duty in duties_of(assessment.law, claim)]
    return np.asarray(np.mean(columns, axis=0))


def _explained(answered: Column, award: Column) -> float:
    if np.ptp(answered) == 0 or np.ptp(award) == 0:
        return 0.0
    return float(np.corrcoef(answered, award)[0, 1] ** 2)
