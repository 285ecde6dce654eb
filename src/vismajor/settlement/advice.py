"""Advises on the offer: where it stands to what judgment brings, the figure to answer with, the issues that decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np

from vismajor.damages.money import NOTHING
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.worlds import Column
from vismajor.settlement.bargaining import Bargain, FloorMade
from vismajor.settlement.valuation import StandingOffers, Valuation, Value

Position = Literal["none", "worthless", "above_both", "above_mean", "below_mean", "below_both"]
Ground = Literal["uncapped", "p90", "claimed", "mean", "median", "target", "midpoint"]
Place = Literal["below_zone", "lower", "upper", "above_zone"]

# Each may decide alone whether something is due, or how much: the questions between which counsel looks for the two
# that matter. A composite stands for its elements (`exoneration`: the law's force majeure, or the clause's).
DECIDING = ("admissibility", "breach", "causation", "exoneration", "heads_excluded", "liability_cap")
SECOND = 0.25  # a second issue is named where it counts for at least this part of what the first does
# The issues on which a claim can fail whole; the exclusion and the cap leave something due.
OBSTACLES = ("admissibility", "breach", "causation", "exoneration")
SELDOM = 0.05  # below, that nothing is due is not worth a sentence
FAR_BELOW = 0.5  # where the median is less than this part of the mean, the mean alone is no walk-away figure


@dataclass(frozen=True)
class Advice:
    """What to answer to the offer that stands, from the figures alone; amounts in euros, principal.

    `position`: the offer against the mean and the median of what judgment would bring to those who hold it ("none"
    without an offer, "worthless" where judgment would moreover bring nothing). `limit` is that mean, over which the
    respondent loses by settling and under which claimants do on average. Where most outcomes bring far less, claimants
    may settle from `floor` up: the median, or what the cap leaves where that is more (else `floor` is the mean).
    `worse` is the share of the outcomes that bring less than the mean.

    Where costs and time are stated there is a `bargain`. `floor` and `limit` are then our own side's reservation value,
    after costs and time: for claimants what they have together without a further agreement, the suit of those who would
    sue and the standing offer of those who would take it meanwhile, as `made` tells. `target` is where the zone of
    agreement would be divided (that value where there is no zone), and `place` is where the standing offer
    lies in the zone.

    `opening` is the figure to begin with, on the ground `opening_on`: for claimants never under the target, for the
    respondent never over it. `deciding` names one or two issues, the one that
    moves the award most first; `obstacle` the one that most often leaves nothing due, None where something nearly
    always is. `otherwise`: the claimants to whom, each taken alone, the offer stands on the other side of the mean than
    it does for all together.
    """

    position: Position
    opening: Decimal
    opening_on: Ground
    limit: Decimal
    floor: Decimal
    worse: float
    deciding: tuple[str, ...]
    obstacle: str | None
    otherwise: tuple[str, ...]
    target: Decimal | None = None
    place: Place | None = None
    bargain: Bargain | None = None

    @property
    def made(self) -> FloorMade | None:
        """What the claimants' floor is made of, where the suit's costs are stated; it adds up to the floor."""
        return self.bargain.made if self.bargain else None


def concerned(valuation: Valuation) -> tuple[str, ...]:
    """Return the claimants on whose offers advice is given: those who hold one, or all where nobody does."""
    return valuation.standing.claimants if valuation.standing else tuple(valuation.awards)


def advise(valuation: Valuation, bargain: Bargain | None = None) -> Advice:
    """Advise the side that the case is argued for on the offers that stand, or on the first step without any.

    `bargain`: what lies between the respondent and those `concerned`, where the case says what the suit costs.
    """
    found = _from_awards(valuation)
    return found if bargain is None else _after_costs(found, valuation, bargain)


def _after_costs(advice: Advice, valuation: Valuation, bargain: Bargain) -> Advice:
    """Return the advice with its figures drawn from what each side has to gain by settling."""
    ours = valuation.assessment.case.file.acting_for == "claimants"
    own = bargain.together.value if ours else max(bargain.respondent.value, NOTHING)
    target = bargain.split.amount if bargain.split else own
    standing = valuation.standing
    opening, ground = _first_figure(advice, valuation, target)
    return replace(
        advice, limit=own, floor=own, target=target, opening=opening, opening_on=ground, bargain=bargain,
        place=None if standing is None else placed(bargain, standing.amount, standing.cost),
        otherwise=tuple(_other_side_of_floor(standing, bargain)) if standing else ())


def _first_figure(advice: Advice, valuation: Valuation, target: Decimal) -> tuple[Decimal, Ground]:
    """Return the figure to begin with, never short of the target, and its ground.

    Claimants who answer an offer begin so high that the middle between both is the target, within what is claimed.
    """
    found: list[tuple[Decimal, Ground]] = [(advice.opening, advice.opening_on), (target, "target")]
    if valuation.assessment.case.file.acting_for == "respondent":
        return min(found, key=lambda one: one[0])
    standing = valuation.standing
    if standing is not None and standing.amount < target:
        found.append((min(2 * target - standing.amount, standing.value.claimed), "midpoint"))
    return max(found, key=lambda one: one[0])


def placed(bargain: Bargain, worth: Decimal, cost: Decimal) -> Place:
    """Return where an offer lies: what it is worth to the claimants, what it costs the respondent, both in euros.

    Under what the claimants must get, over what the respondent would pay, or on either side of the point of division.
    """
    if worth < bargain.together.value:
        return "below_zone"
    if cost > bargain.respondent.value or bargain.split is None:
        return "above_zone"
    return "lower" if worth < bargain.split.amount else "upper"


def _other_side_of_floor(standing: StandingOffers, bargain: Bargain) -> Iterator[str]:
    """Yield the claimants to whom, each alone, the offer stands on the other side of its floor than for all."""
    enough = standing.amount >= bargain.together.value
    for claimant in standing.claimants if len(standing.claimants) > 1 else ():
        if (standing.offer_to(claimant).worth >= bargain.floor(claimant)) != enough:
            yield claimant


def _from_awards(valuation: Valuation) -> Advice:
    """Return the advice that the distribution of the award alone supports, costs and time left out."""
    standing, side = valuation.standing, valuation.assessment.case.file.acting_for
    value = standing.value if standing else valuation.together
    held = concerned(valuation)
    award = np.sum([valuation.awards[claimant].total for claimant in held], axis=0)
    opening, ground = _opening(value, side)
    return Advice(
        _position(valuation), opening, ground, value.award.mean, _floor(value),
        float(np.mean(award < float(value.award.mean))), _deciding(valuation, held, award),
        _obstacle(valuation, held), tuple(_otherwise(valuation, held)),
    )


def _position(valuation: Valuation) -> Position:
    standing = valuation.standing
    if standing is None:
        return "none" if valuation.together.award.mean > 0 else "worthless"
    better_judged = standing.judgment_brings_more > 0.5  # the offer lies under the median
    if standing.amount >= standing.value.award.mean:
        return "above_mean" if better_judged else "above_both"
    return "below_both" if better_judged else "below_mean"


def _opening(value: Value, side: str) -> tuple[Decimal, Ground]:
    """Return the first figure and its ground.

    The claimants' is the mean where no cap applies, or what one outcome in ten exceeds where that is more: who opens
    lower gives away outcomes that may well come. It never exceeds the claim. The respondent's is what half the cases
    cost, and never more than the mean.
    """
    award = value.award
    if side == "claimants":
        found: list[tuple[Decimal, Ground]] = [(award.mean, "mean"), (award.p90, "p90")]
        if value.uncapped.mean is not None:
            found.insert(0, (value.uncapped.mean, "uncapped"))
        highest = max(found, key=lambda one: one[0])
        return highest if highest[0] <= value.claimed else (value.claimed, "claimed")
    return (award.p50, "median") if award.p50 < award.mean else (award.mean, "mean")


def _floor(value: Value) -> Decimal:
    """Return the mean, or what is likely to come at least once in two times where that is far less."""
    likely = max(value.award.p50, value.capped.mean or Decimal(0))
    return likely if value.award.p50 < Decimal(FAR_BELOW) * value.award.mean and likely < value.award.mean else (
        value.award.mean)


def _otherwise(valuation: Valuation, held: Sequence[str]) -> list[str]:
    standing = valuation.standing
    if standing is None or len(held) == 1:
        return []
    above = standing.amount >= standing.value.award.mean
    return [claimant for claimant in held
            if _lies_beyond(standing.offer_to(claimant).worth, valuation.claimants[claimant].award.mean, not above)]


def _lies_beyond(offer: Decimal, mean: Decimal, above: bool) -> bool:
    return offer > mean if above else offer < mean


def _obstacle(valuation: Valuation, held: Sequence[str]) -> str | None:
    """Return the issue that stands most often in the way where nothing is due, over the claims and their duties."""
    assessment = valuation.assessment
    nothing = ~np.any([valuation.awards[claimant].liable for claimant in held], axis=0)
    if np.mean(nothing) < SELDOM:
        return None
    holds = {issue: float(_answered(assessment, held, issue)[nothing].mean())
             for issue in OBSTACLES if issue in assessment.law.issues}
    failing = {issue: share if issue == "exoneration" else 1 - share for issue, share in holds.items()}
    most = max(failing, key=lambda issue: failing[issue], default=None)
    return most if most is not None and failing[most] > 0 else None


def _deciding(valuation: Valuation, held: Sequence[str], award: Column) -> tuple[str, ...]:
    """Return the one or two issues whose answer goes with most of the variance of the award (squared correlation)."""
    assessment = valuation.assessment
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
