"""Versions of one case side by side: what each changes in the answers of the court and in the award.

All versions stand in the same worlds: the same draws serve for all. A difference is therefore taken world by world, and
its standard error is that of these differences, far smaller than that of either mean (common random numbers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.models import Case
from vismajor.case.scenarios import Scenario
from vismajor.reasoning.assessment import Assessment, IssueView, Place
from vismajor.reasoning.worlds import Column
from vismajor.settlement.valuation import Spread, Valuation

SMALLEST = 0.01  # one point of probability: below, a table in whole points shows next to nothing
ALWAYS = ("exoneration", "liability", "liability_cap")  # the issues that are shown whether or not they differ


@dataclass(frozen=True)
class Worth:
    """What a version is worth to settle, in euros, after time and costs: what the claimants are left with, all that
    the suit costs the respondent (both means), and the zone in which both gain by settling, None where there is none.
    """

    claimants: Decimal
    respondent: Decimal
    zone: tuple[Decimal, Decimal] | None


@dataclass(frozen=True)
class Version:
    """One version of a case: the case as it is, or what a scenario makes of the case `before`.

    `worth` where it was asked what settling it is worth.
    """

    case: Case
    scenario: Scenario | None = None
    before: Case | None = None
    worth: Worth | None = None

    @property
    def id(self) -> str:
        """The id of the scenario; empty for the case as it is."""
        return self.scenario.id if self.scenario else ""


@dataclass(frozen=True)
class Difference:
    """How far a version lies from the first, with the standard error of this difference."""

    amount: float
    standard_error: float


@dataclass(frozen=True)
class AwardOf:
    """What judgment brings in one version, in euros, and its mean against that of the first."""

    spread: Spread
    difference: Difference


@dataclass(frozen=True)
class Chance:
    """The probability of an issue in one version: its mean over the claims concerned, from the least to the greatest.

    `difference` is that of the means, from 0 to 1.
    """

    mean: float
    low: float
    high: float
    difference: Difference


@dataclass(frozen=True)
class IssueRow:
    """One issue for one duty (None: the same for all) in every version; None where a version does not ask it."""

    issue: str
    duty: str | None
    chances: tuple[Chance | None, ...]

    def differs(self, places: Sequence[int]) -> bool:
        """Tell whether one of some versions that ask it answers otherwise than the first, by a point at least."""
        asked = [chance for chance in (self.chances[place] for place in places) if chance is not None]
        return self.chances[0] is not None and any(abs(chance.difference.amount) >= SMALLEST for chance in asked)


@dataclass(frozen=True)
class Comparison:
    """Versions of one case for all claimants, or for one: the others stand against the first, valued as `base`."""

    base: Valuation
    versions: tuple[Version, ...]
    claimant: str | None
    awards: tuple[AwardOf, ...]
    issues: tuple[IssueRow, ...]

    def told_of(self, places: Sequence[int]) -> Iterator[IssueRow]:
        """Yield the issues worth a row for some versions: those that differ, whether anything is due, and the cap."""
        yield from (row for row in self.issues if row.issue in ALWAYS or row.differs(places))


def compare(base: Valuation, versions: Iterable[tuple[Version, Valuation]], claimant: str | None = None) -> Comparison:
    """Set versions of a case, valued on the same draws, side by side; the first of them is `base`.

    Of each valuation the figures are kept, not the worlds: ask for them one after the other. KeyError for an unknown
    claimant.
    """
    told, awards = [], []
    chances: list[dict[_Row, Chance]] = []
    for version, valuation in versions:
        told.append(version)
        awards.append(AwardOf(_spread(valuation, claimant),
                              difference(_award(valuation, claimant), _award(base, claimant))))
        chances.append(dict(_chances(valuation.assessment, base.assessment, claimant)))
    asked = dict.fromkeys(row for found in chances for row in found)
    law = base.assessment.law
    order, duties = list(law.issues), [None, *law.vocabulary.duties]
    rows = sorted(asked, key=lambda row: (order.index(row[0]), duties.index(row[1])))
    return Comparison(base, tuple(told), claimant, tuple(awards), tuple(
        IssueRow(*row, tuple(found.get(row) for found in chances)) for row in rows))


def difference(column: Column, base: Column) -> Difference:
    """Return the mean difference of two columns of the same worlds, with its standard error."""
    apart = column - base
    return Difference(float(apart.mean()), float(apart.std() / np.sqrt(apart.size)))


def _award(valuation: Valuation, claimant: str | None) -> Column:
    return valuation.group_award if claimant is None else valuation.awards[claimant].total


def _spread(valuation: Valuation, claimant: str | None) -> Spread:
    return valuation.together.award if claimant is None else valuation.claimants[claimant].award


_Row = tuple[str, str | None]


def _chances(assessment: Assessment, base: Assessment, claimant: str | None) -> Iterator[tuple[_Row, Chance]]:
    """Yield each issue that a version asks, duty by duty, with its probability against that of the base."""
    for name, issue in assessment.law.issues.items():
        for duty in assessment.law.vocabulary.duties if issue.per_duty else (None,):
            here, there = (_places(one, name, duty, claimant) for one in (assessment, base))
            if here:
                yield (name, duty), _chance(assessment, name, here, answered(base, name, there) if there else None)


def _places(assessment: Assessment, issue: str, duty: str | None, claimant: str | None) -> list[Place]:
    """Return the claims and duties for which a version asks an issue: one for each claim where the duty is all one."""
    if issue not in assessment.views:
        return []
    ours = {claim.id for claim in assessment.case.claims if claimant in (None, claim.claimant.id)}
    found = [place for place in assessment.answers if place[0] in ours and duty in (None, place[1])]
    return found if duty else list({place[0]: place for place in reversed(found)}.values())


def answered(assessment: Assessment, issue: str, places: Sequence[Place]) -> Column:
    """Return, per world, the share of these claims and duties for which an issue is established; shape (worlds,)."""
    total = np.zeros(assessment.worlds.count)
    for claim, duty in places:
        total += assessment.holds(claim, duty, issue)
    return total / len(places)


def _chance(assessment: Assessment, issue: str, places: Sequence[Place], base: Column | None) -> Chance:
    column = answered(assessment, issue, places)
    views: list[IssueView] = [assessment.view_at(issue, place) for place in places]
    shown = [view.probability for view in views]  # as `assess` shows them: one for all who plead the same
    return Chance(float(column.mean()), min(shown), max(shown), difference(column, column if base is None else base))

