"""What the client is asked to decide: the courses open to our side, the one advised, what the suit takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.case.proceedings import Proceedings
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.deadlines import deadlines
from vismajor.settlement.advice import Advice
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.valuation import Valuation

# Claimants accept, propose, go to court or (where judgment would bring nothing as things stand) wait; the respondent
# holds to what it has offered, or to nothing, or proposes more.
Course = Literal["accept", "propose", "trial", "wait", "hold"]


@dataclass(frozen=True)
class Suit:
    """What the suit takes: months of each stage (low, likely, high; no appeal: None), what each side spends, in euros.

    `spent` is that of the claimants together, then of the respondent: all that settling would save, on average.
    """

    first: Estimate
    appeal: Estimate | None
    enforced: float
    spent: tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Decision:
    """The courses between which the client decides, the one advised, and the days that press.

    `until`: the last day on which an offer that stands may be accepted, where it names one; `last_day`: the first last
    day of a time limit that still runs; `price`: of all the evidence that the case lists.
    """

    courses: tuple[Course, ...]
    advised: Course
    until: dt.date | None
    last_day: dt.date | None
    price: Decimal


def decision_of(valuation: Valuation, advice: Advice) -> Decision:
    """Return what the client of the side that the case is argued for is asked to decide."""
    case, law, standing = valuation.assessment.case, valuation.assessment.law, valuation.standing
    limits = [one.last_day for one in deadlines(case, law) if one.state in ("open", "near")]
    stated = [offer.until for offer in standing.offers if offer.until is not None] if standing else []
    claimants = case.file.acting_for == "claimants"
    advised = _advised(advice) if claimants else _advised_respondent(advice)
    offered: tuple[Course, ...] = ("accept",) if standing else ()
    waiting: tuple[Course, ...] = ("wait",) if advised == "wait" else ()
    courses: tuple[Course, ...] = (*offered, *waiting, "propose", "trial") if claimants else ("hold", "propose")
    return Decision(courses, advised, min(stated, default=None), min(limits, default=None),
                    sum((one.price for one in case.file.evidence), Decimal(0)))


def _advised(advice: Advice) -> Course:
    """Return the course that the advice to claimants amounts to, in the order of its own sentences."""
    if advice.target is not None:
        return "accept" if advice.place in ("upper", "above_zone") else "propose"
    return "wait" if advice.position == "worthless" else "accept" if advice.position == "above_both" else "propose"


def _advised_respondent(advice: Advice) -> Course:
    if advice.target is not None:
        return "propose" if advice.floor > 0 and advice.place in (None, "below_zone") else "hold"
    return "propose" if advice.position == "below_both" or (
        advice.position == "none" and advice.opening > 0) else "hold"


def suit_of_case(proceedings: Proceedings | None, bargain: Bargain | None) -> Suit | None:
    """Return what the suit takes, each side's outlays as it sees them; None where the case does not say."""
    if proceedings is None or bargain is None:
        return None
    ours, theirs = bargain.beliefs.claimants, bargain.beliefs.respondent
    appeal = proceedings.appeal
    return Suit(proceedings.first_instance.months, appeal.months if appeal else None,
                proceedings.provisional_enforcement,
                (_euros(ours.spent_by_claimants.mean()), _euros(theirs.spent_by_respondent.mean())))


def _euros(amount: float) -> Decimal:
    return Decimal(repr(float(amount)))
