"""The two sides of an issue: which answer ours wants, the arguments of each, for which duties and claimants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import Naming
from vismajor.drafting.acts.register import in_ranges
from vismajor.drafting.hearing import grounds, worth_telling
from vismajor.law.conditions import fact_of
from vismajor.law.models import Issue
from vismajor.reasoning.assessment import ArgumentView, IssueView, Premise


@dataclass
class Gathered:
    """One argument of a side as it is met in the views of several duties and claimants."""

    argument: ArgumentView
    duties: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pleading:
    """What a discussion is written from: the matter, the names of the parties, how many arguments an issue is given."""

    matter: Matter
    naming: Naming
    most: int

    @cached_property
    def relied_on(self) -> frozenset[str]:
        """The facts, as stated, on which the other side rests an argument: never told against it."""
        found: set[str] = set()
        for issue in self.matter.law.issues.values():
            _, theirs = sides(self.matter, issue, views_of(self.matter, issue))
            for one in theirs:
                found |= {ground.finding.name for ground in grounds(one.argument)
                          if ground.finding is not None and ground.as_stated}
        return frozenset(found)


def is_wanted(matter: Matter, issue: Issue) -> bool:
    """Tell whether our side wants the issue established: it does where it bears the burden."""
    return issue.burden == matter.side


def views_of(matter: Matter, issue: Issue) -> list[IssueView]:
    """Return the views of an issue that concern the claimants of the act."""
    return [view for view in matter.assessment.views.get(issue.id, ()) if set(view.claimants) & set(matter.claims)]


def sides(matter: Matter, issue: Issue, views: Sequence[IssueView]) -> tuple[list[Gathered], list[Gathered]]:
    """Gather the arguments of our side and of the other over the views, each once, in the order of the views."""
    sides: tuple[dict[object, Gathered], dict[object, Gathered]] = ({}, {})
    for view in views:
        pair = (view.arguments_for, view.arguments_against)
        for gathered, arguments in zip(sides, pair if is_wanted(matter, issue) else pair[::-1], strict=True):
            for argument in worth_telling(arguments):
                told_as = _told_as(matter, argument)
                for claim in view.claimants:
                    if claim not in matter.claims:
                        continue
                    proved = _proved(matter, argument, claim, view.duty)
                    one = gathered.setdefault((told_as, proved), Gathered(argument))
                    one.claims.append(claim)
                    one.sources += argument.rule.sources
                    if view.duty is not None and view.duty not in one.duties:
                        one.duties.append(view.duty)
    return list(sides[0].values()), list(sides[1].values())


def _told_as(matter: Matter, argument: ArgumentView) -> object:
    """Return what two views of an argument have in common where it is told alike: reason, facts, what undercuts it.

    A fact that is stated otherwise for another duty, or shown by other exhibits, is another.
    """
    return (argument.rule.because.fr, tuple(
        (ground.condition, ground.as_stated, _stated_for_duty(matter, ground)) for ground in grounds(argument)),
            tuple(premise.condition for premise in argument.undercut_by))


def _stated_for_duty(matter: Matter, ground: Premise) -> object:
    """Return how a fact is stated where it may differ from duty to duty."""
    finding = ground.finding
    if finding is None or not matter.law.vocabulary.facts[fact_of(finding.name)].per_duty:
        return None
    return finding.fact.status, finding.fact.exhibits


def _proved(matter: Matter, argument: ArgumentView, claim: str, duty: str | None) -> tuple[bool, ...]:
    """Return, for each fact of an argument, whether an exhibit proves it of one claim: of another it proves nothing.

    The graph of the claim is that of the duty, or any of its graphs where the view is of no duty.
    """
    graph = next(one for (of, about), one in matter.assessment.graphs.items()
                 if of == claim and duty in (None, about))
    found = [graph.findings.get(ground.finding.name) for ground in grounds(argument) if ground.finding is not None]
    return tuple(one is not None and any(matter.proves(exhibit, claim) for exhibit in one.fact.exhibits)
                 for one in found)


def is_ours(matter: Matter, premise: Premise) -> bool:
    """Tell whether a premise on an issue is the answer that our side wants."""
    return bool(premise.condition.values[0]) == is_wanted(matter, matter.law.issues[premise.condition.name])


def argued(matter: Matter, premise: Premise, duty: str | None) -> bool:
    """Tell whether our side has an argument of its own, as to a duty, for the answer that a premise supposes."""
    issue = matter.law.issues[premise.condition.name]
    views = views_of(matter, issue)
    ours, _ = sides(matter, issue, [view for view in views if view.duty in (None, duty) or duty is None])
    return any(all(ground.as_stated for ground in grounds(one.argument)) for one in ours)


def of_some(pleading: Pleading, claims: Sequence[str]) -> bool:
    """Tell whether something is said of some claimants of the act alone."""
    return len(pleading.matter.named(claims)) < len(pleading.matter.numbers)


def scope_of(pleading: Pleading, views: Sequence[IssueView], one: Gathered
           ) -> tuple[tuple[str, ...], tuple[int, ...], str]:
    """Return the duties and the claimants (and their names) for which alone an argument holds; nothing: for all."""
    matter = pleading.matter
    of_duties = [view for view in views if view.duty is None or view.duty in one.duties]
    base = matter.named(claim for view in of_duties for claim in view.claimants if claim in matter.claims)
    whom, all_duties = matter.named(one.claims), {view.duty for view in views if view.duty}
    duties = () if set(one.duties) >= all_duties else tuple(
        matter.law.vocabulary.duties[duty].title.in_language(matter.language) for duty in one.duties)
    if whom == base:
        return duties, (), ""
    return duties, whom, pleading.naming.numbered(whom, in_ranges(whom, matter.language))
