"""The weaknesses of our own side: questions that may go against us, facts that may be found otherwise.

Who bears the burden of an issue wants it established; the chance told here is that of the answer that suits us.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.facts import Fact
from vismajor.drafting import typography
from vismajor.drafting.argument_said import argument_said
from vismajor.drafting.hearing import worth_telling
from vismajor.drafting.issue_said import ArgumentSaid, IssueSaid
from vismajor.drafting.scenario_said import say_stated
from vismajor.drafting.words import words
from vismajor.reasoning.assessment import ArgumentView, Assessment, IssueView
from vismajor.settlement.bearing import Bearing

MOST_ISSUES, MOST_FACTS = 8, 6
HEARD = 0.2  # an argument that fewer courts hear is not our weakness


@dataclass(frozen=True)
class WeakIssue:
    """A question on which we may lose: the chance of the answer that suits us, and the best argument against us.

    `argument` is None where nothing is argued against us: we bear the burden, and have shown nothing.
    """

    title: str
    chance: str
    argument: ArgumentSaid | None


@dataclass(frozen=True)
class WeakFact:
    """A contested fact as we state it, the chance that it is found so, and the mean award if found so, and otherwise.

    `ours`: whether it serves us as we state it (else it is a fact that speaks against us).
    """

    clause: str
    chance: float
    exhibits: tuple[str, ...]
    awards: tuple[Decimal, Decimal]
    ours: bool


@dataclass(frozen=True)
class Weaknesses:
    """The weaknesses of our own side."""

    issues: tuple[WeakIssue, ...]
    facts: tuple[WeakFact, ...]

    @property
    def relied_on(self) -> tuple[WeakFact, ...]:
        """The facts that serve us, and may be found otherwise."""
        return tuple(fact for fact in self.facts if fact.ours)

    @property
    def against_us(self) -> tuple[WeakFact, ...]:
        """The facts that speak against us."""
        return tuple(fact for fact in self.facts if not fact.ours)


def weak_issues(assessment: Assessment, issues: Sequence[IssueSaid], language: str) -> tuple[WeakIssue, ...]:
    """Return the questions on which the side that the case is argued for more likely than not loses, worst first."""
    discussed = [issue.id for issue in issues if not issue.settled and not issue.silent and issue.weighed]
    weak = sorted((one for name in discussed for one in _issue(assessment, name, language)), key=lambda one: one[0])
    return tuple(one for _, one in weak[:MOST_ISSUES])


def weaknesses_said(assessment: Assessment, issues: tuple[WeakIssue, ...], bearings: Sequence[Bearing], language: str
                    ) -> Weaknesses:
    """Return the weaknesses of our own side: `issues`, and the contested facts that matter most."""
    facts = [one for bearing in bearings if bearing.measurable
             for one in _fact(assessment, bearing, language)]
    kept = [one for ours in (True, False) for one in [fact for fact in facts if fact.ours is ours][:MOST_FACTS]]
    return Weaknesses(issues, tuple(kept))


def _issue(assessment: Assessment, name: str, language: str) -> Iterator[tuple[float, WeakIssue]]:
    """Yield an issue that more likely than not goes against us, taken over all for whom it is asked."""
    views, side = assessment.views[name], assessment.case.file.acting_for
    ours = assessment.law.issues[name].burden == side

    def chance(view: IssueView) -> float:
        return view.probability if ours else 1 - view.probability

    mean = sum(chance(view) * len(view.claimants) for view in views) / sum(len(view.claimants) for view in views)
    if mean < 0.5:
        worst = min(views, key=chance)
        best = _heaviest(worst.arguments_against if ours else worst.arguments_for)
        shown = sorted({typography.share(one, language): one for one in map(chance, views)}.items(), key=lambda x: x[1])
        said = shown[0][0] if len(shown) == 1 else words(language)["range"].format(low=shown[0][0], high=shown[-1][0])
        yield mean, WeakIssue(views[0].issue.title.in_language(language), said,
                              argument_said(assessment, best, language) if best else None)


def _heaviest(arguments: Sequence[ArgumentView]) -> ArgumentView | None:
    """Return the argument that weighs most where it is heard, so far as courts hear it."""
    heard = [one for one in worth_telling(arguments) if one.share >= HEARD]
    return heard[0] if heard else None


def _fact(assessment: Assessment, bearing: Bearing, language: str) -> Iterator[WeakFact]:
    stated = [finding for graph in assessment.graphs.values() for finding in graph.findings.values()
              if finding.key in bearing.keys]
    exhibits = dict.fromkeys(e for finding in stated for e in finding.fact.exhibits
                             if e in assessment.case.exhibits_known)
    serves = (bearing.difference > 0) == (assessment.case.file.acting_for == "claimants")
    certain = Fact(value=bearing.values[0])
    yield WeakFact(say_stated(assessment.law, bearing.name.partition("#")[0], certain, language), bearing.chance,
                   tuple(exhibits), bearing.awards, serves)
