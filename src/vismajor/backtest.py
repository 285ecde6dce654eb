"""Backtest: what the program foresaw on the eve of each decision, beside what the court decided.

As of the day before, the decision and all that came later are not used: no rule known from it, no source dated on it
or after (`Law.as_known`), no chance given to an open question since, no weight fitted since. What dates cannot hide
is that rules, weights and facts were written down by somebody who had read the decisions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np

from vismajor.case.models import Case
from vismajor.case.outcome import OUTCOME_FILE, CaseDecision, CaseOutcome, Question, Ruling, read_outcome
from vismajor.law.models import Issue, Law
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import Bilingual
from vismajor.reading.shipped import shipped_folder
from vismajor.reasoning.assessment import Assessment, IssueView, Label, Progress
from vismajor.reasoning.worlds import DEFAULT_WORLDS, Column
from vismajor.settlement.valuation import Spread, Valuation
from vismajor.workbench import assess, load_both, value

# Always shown, decided or not: the plea by law, by the contract, and what else the award turns on.
PLEA = ("force_majeure", "force_majeure_clause", "exoneration")
SHOWN = (*PLEA, "breach", "gross_fault", "liability_cap")
HALF_A_CENT = 0.005


@dataclass(frozen=True)
class Decided:
    """A case with its law and what the courts decided of it."""

    case: Case
    law: Law
    outcome: CaseOutcome


@dataclass(frozen=True)
class Point:
    """One issue on the eve of a decision (for one duty, or for all), and what the court answered (None: not known).

    `low` and `high` bound the probability over the claimants and duties concerned; `labels` are the answers given to
    them, without repetition.
    """

    issue: Issue
    duty: str | None
    duty_title: Bilingual | None
    low: float
    high: float
    labels: tuple[Label, ...]
    ruling: Ruling | None

    @property
    def agrees(self) -> bool | None:
        """Whether the likelier answer was the court's, for every claimant and duty concerned; None: not decided."""
        if self.ruling is None:
            return None
        return self.low > 0.5 if self.ruling == "established" else self.high < 0.5


@dataclass(frozen=True)
class AwardPoint:
    """The award foreseen, and the award made in euros (None: not known).

    `below` and `at_most` are the shares of the worlds that bring less, and no more, than the award made: they differ
    where many worlds bring just that (nothing, the cap).
    """

    claimed: Decimal
    foreseen: Spread
    made: Decimal | None
    below: float | None
    at_most: float | None

    @property
    def inside(self) -> bool | None:
        """Whether the award made lies between the centiles 10 and 90 of the award foreseen; None: not known."""
        return None if self.made is None else self.foreseen.p10 <= self.made <= self.foreseen.p90


@dataclass(frozen=True)
class Backtest:
    """One decision beside what was foreseen at `as_of`; `award` is None for a decision in another dispute."""

    case: Case
    as_of: dt.date
    decision: CaseDecision
    points: tuple[Point, ...]
    award: AwardPoint | None


@dataclass(frozen=True)
class Tally:
    """On how many of the points decided the likelier answer was the court's, how many awards fell within p10 to p90."""

    agreed: int
    decided: int
    inside: int
    awarded: int


def decided_cases() -> list[Path]:
    """Return the folders of the shipped cases that have an outcome. Raises InvalidInput when none is there."""
    try:
        found = sorted(file.parent for file in shipped_folder("cases").glob(f"*/{OUTCOME_FILE}"))
    except FileNotFoundError:
        found = []
    if not found:
        raise InvalidInput([problem("CASE", (1, 1), "no_decided_cases")])
    return found


def load_decided(paths: Sequence[Path]) -> list[Decided]:
    """Read cases with their outcomes. Raises InvalidInput with every problem of every one of them."""
    found: list[Decided] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            case, law = load_both(path)
            issues = {name: Question(issue.per_duty, issue.known_from) for name, issue in law.issues.items()}
            found.append(Decided(case, law, read_outcome(path, case, issues)))
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return found


def backtest(decided: Sequence[Decided], worlds: int = DEFAULT_WORLDS, progress: Progress | None = None
             ) -> list[Backtest]:
    """Assess and value each case as of the eve of each decision, and set the decision beside it."""
    return [test for one in decided for test in _backtest_case(one, worlds, progress)]


def tally(tests: Sequence[Backtest]) -> Tally:
    """Count the points decided and the awards made, and on how many the program agreed."""
    answers = [point.agrees for test in tests for point in test.points if point.ruling]
    awards = [test.award.inside for test in tests if test.award and test.award.made is not None]
    return Tally(answers.count(True), len(answers), awards.count(True), len(awards))


def _backtest_case(decided: Decided, worlds: int, progress: Progress | None) -> Iterator[Backtest]:
    foreseen = cache(lambda day: value(assess(decided.case.at(day), decided.law, worlds=worlds)))
    for decision in decided.outcome.decisions:
        day = decision.asked_on(decided.case)
        valuation = foreseen(day)
        award = None if decision.other_dispute else _award(valuation, decision.awarded)
        yield Backtest(decided.case, day, decision, tuple(_points(valuation.assessment, decision)), award)
        if progress:
            progress(decision.court)


def _points(assessment: Assessment, decision: CaseDecision) -> Iterator[Point]:
    """Yield the issues that are always shown (of another dispute, the plea) and those decided, in the pack's order."""
    shown = PLEA if decision.other_dispute else SHOWN
    held = [(*name.partition("@")[::2], ruling) for name, ruling in decision.held.items()]
    for issue, views in assessment.views.items():
        rulings = [(duty or None, ruling) for name, duty, ruling in held if name == issue]
        if not rulings and issue in shown:
            yield _point(assessment.law, views, None, None)
        for duty, ruling in rulings:
            yield _point(assessment.law, [view for view in views if duty in (None, view.duty)], duty, ruling)


def _point(law: Law, views: Sequence[IssueView], duty: str | None, ruling: Ruling | None) -> Point:
    chances = [view.probability for view in views]
    labels = tuple(dict.fromkeys(view.label for view in views))
    title = law.vocabulary.duties[duty].short if duty else None
    return Point(views[0].issue, duty, title, min(chances), max(chances), labels, ruling)


def _award(valuation: Valuation, made: Decimal | None) -> AwardPoint:
    together = valuation.together
    below, at_most = (None, None) if made is None else _rank(valuation.group_award, float(made))
    return AwardPoint(together.claimed, together.award, made, below, at_most)


def _rank(award: Column, made: float) -> tuple[float, float]:
    """Return the shares of the worlds that bring less than `made`, and no more than it, to the cent."""
    return float(np.mean(award < made - HALF_A_CENT)), float(np.mean(award < made + HALF_A_CENT))
