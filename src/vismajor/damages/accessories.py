"""What a judgment brings beside the principal, in each world: interest up to it, and the costs that it grants.

Fees given back bear interest from formal notice; damages from the judgment that fixes them, unless the court decides
that they do from the notice (C. civ. 1231-6, 1231-7, 1344-1). Costs go to the claimant where it wins (CPC 695 to 700).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.costs import CostsClaim, InterestClaim
from vismajor.case.models import Case, Claimant
from vismajor.damages.costs import draw_irrecoverable, draw_taxable
from vismajor.damages.heads import ClaimantLoss
from vismajor.damages.interest import Interest, interest_factor, interest_start, legal_interest
from vismajor.law.models import Law
from vismajor.law.rates import Rates
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.worlds import Column, Draws, Truth

DAYS_OF_MONTH = 365.25 / 12


def interest_of(case: Case, claimant: Claimant) -> InterestClaim | None:
    """Return the interest that a claimant asks for: its own, else that of the case."""
    return claimant.interest or case.file.interest


def rates_for(case: Case, law: Law, asked: InterestClaim) -> Rates | None:
    """Return the rates known at `as_of`, the last one held until judgment (and marked as not confirmed there)."""
    if law.rates is None:
        return None
    return law.rates.known_on(case.as_of).held_until(judgment_day(case, asked))


def judgment_day(case: Case, asked: InterestClaim) -> dt.date:
    """Return the day up to which interest is counted: that of the judgment expected, else `as_of`.

    It is expected on the day stated, or after as many months as the first stage of the suit is likely to last.
    """
    if asked.judgment is not None or case.file.proceedings is None:
        return asked.judgment or max(case.as_of, asked.notice)
    likely = float(case.file.proceedings.first_instance.months.likely)
    return max(case.as_of + dt.timedelta(days=round(likely * DAYS_OF_MONTH)), asked.notice)


@dataclass(frozen=True)
class InterestAsked:
    """The interest on what a claimant claims, up to judgment, if the court grants all: lines that can be recomputed.

    On damages from the notice, as the claim asks; `on_restitution` from the notice, as the law says.
    """

    asked: InterestClaim
    until: dt.date
    on_damages: Interest
    on_restitution: Interest


def interest_asked(case: Case, law: Law, loss: ClaimantLoss, until: dt.date | None = None) -> InterestAsked | None:
    """Return the interest asked on what is still due, or None where none is asked.

    On damages from the notice, as the claim asks and a court may decide; on restitution from the notice, as of right.
    What was received up to `as_of` bears none; it is taken off the damages first. It is counted up to the day `until`,
    or, where none is given, up to the judgment expected, which is for our side alone.
    """
    asked = interest_of(case, loss.claimant)
    if asked is None or law.rates is None:
        return None
    day, due = max(until or judgment_day(case, asked), asked.notice), loss.due(case.as_of)
    rates = law.rates.known_on(case.as_of).held_until(day)
    given_back = min(loss.restitution, due)

    def on(principal: Decimal) -> Interest:
        return legal_interest(principal, asked.notice, day, rates, asked.creditor, capitalised=asked.capitalisation,
                              capitalised_from=asked.capitalised_from)

    return InterestAsked(asked, day, on(due - given_back), on(given_back))


@dataclass(frozen=True)
class InterestTerms:
    """The interest that one euro bears up to judgment: damages as the court decides, restitution as of right.

    `damages_from_notice` is the chance that the court lets damages run from the notice (`from_notice`) rather than from
    its judgment (`from_judgment`).
    """

    damages_from_notice: float
    from_notice: float
    from_judgment: float
    on_restitution: float


def interest_terms(case: Case, law: Law, claimant: Claimant) -> InterestTerms | None:
    """Return what each euro awarded to a claimant bears on the day of judgment, or None where no interest is asked."""
    asked = interest_of(case, claimant)
    rates = None if asked is None else rates_for(case, law, asked)
    if asked is None or rates is None:
        return None
    day = judgment_day(case, asked)

    def factor(kind: str, decided: dt.date | None) -> float:
        start = interest_start(kind, asked.notice, day, rates, decided)
        return 0.0 if start is None else interest_factor(start, day, rates, asked.creditor,
                                                         capitalised=asked.capitalisation,
                                                         capitalised_from=asked.capitalised_from)

    return InterestTerms(asked.damages_from_notice, factor("damages", asked.notice), factor("damages", None),
                         factor("restitution", None))


def add_interest(terms: InterestTerms | None, draws: Draws, damages: Column, restitution: Column) -> Column:
    """Return the interest due on the day of judgment, in euros per world; nil where none is asked."""
    if terms is None:
        return np.zeros(draws.count)
    # One court, one answer: the same for all claimants.
    earlier = draws.uniform("damages_from_notice") < terms.damages_from_notice
    on_damages = np.where(earlier, terms.from_notice, terms.from_judgment)
    return damages * on_damages + restitution * terms.on_restitution


def add_costs(asked: CostsClaim | None, claimant: str, draws: Draws, wins: Truth) -> Column:
    """Return the costs granted to a claimant, in euros per world: nothing where it does not win."""
    if asked is None:
        return np.zeros(draws.count)
    granted = draw_taxable(asked.taxable, draws, claimant)
    if asked.irrecoverable is not None:
        granted = granted + draw_irrecoverable(asked.irrecoverable, draws, claimant)
    return np.where(wins, granted, 0.0)


def taxable_costs(assessment: Assessment, claimant: Claimant) -> Column:
    """Return the taxable costs that a claimant advances, in euros per world, and gets back where it wins."""
    asked = claimant.costs or assessment.case.file.costs
    return np.zeros(assessment.worlds.count) if asked is None else draw_taxable(
        asked.taxable, assessment.worlds, claimant.id)


def later_interest(case: Case, law: Law, claimant: str, first: Column, until: Column) -> Column:
    """Return the interest at the legal rate on one euro from month `first` after `as_of` to month `until`, per world.

    Simple, at the rates known at `as_of`, the last one held. Due as of right on what is
    awarded (C. civ. 1231-7).
    """
    if law.rates is None:
        return np.zeros_like(first)
    asked = next(interest_of(case, one) for one in case.file.claimants if one.id == claimant)
    creditor = asked.creditor if asked is not None else "business"
    horizon = case.as_of + dt.timedelta(days=int(until.max() * DAYS_OF_MONTH) + 1)
    rates = law.rates.known_on(case.as_of).held_until(horizon)
    rows = rates.legal_between(case.as_of, horizon)
    edges = [case.as_of, *(row.from_ for row in rows[1:]), horizon]
    days = np.array([(edge - case.as_of).days for edge in edges], dtype=np.float64)
    yearly = np.array([float(row.owed_to(creditor)) for row in rows]) / 100
    grown = np.concatenate([[0.0], np.cumsum(yearly * np.diff(days) / rates.legal_interest.days_in_year)])
    return np.asarray(np.interp(until * DAYS_OF_MONTH, days, grown) - np.interp(first * DAYS_OF_MONTH, days, grown))
