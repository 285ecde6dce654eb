"""Makes the argument map of an issue from an assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from vismajor.drafting.argument_map import (
    ArgumentMap,
    Conclusion,
    Element,
    Exhibit,
    MapArgument,
    MapIssue,
    MapLaw,
    MapPremise,
    MapSource,
    Party,
)
from vismajor.drafting.hearing import aside, worth_telling
from vismajor.drafting.words import say_condition, say_premise
from vismajor.law.models import Issue, Rule
from vismajor.reading.scalars import Bilingual
from vismajor.reasoning.assessment import ArgumentView, Assessment, Place, Premise


def build_map(assessment: Assessment, issue: str, place: Place | None = None) -> ArgumentMap:
    """Return the map of an issue for a claim and a duty; left out, those for which the issue is told first."""
    place = place or assessment.place(assessment.lead(issue))
    case, law, worlds = assessment.case, assessment.law, assessment.worlds
    built = _Builder(assessment, place).issue(issue)
    cited = set(_exhibits(built))
    return ArgumentMap(
        case=case.file.title, as_of=case.as_of.isoformat(), law=MapLaw(id=law.id, version=law.version),
        seed=worlds.seed, worlds=worlds.count,
        claimants=tuple(Party(id=claim.id, name=case.name_of(claim.id)) for claim in case.claims), issue=built,
        exhibits=tuple(Exhibit(id=e.id, title=e.title, date=str(e.date)) for e in case.exhibits_known.values()
                       if e.id in cited),
    )


def roots(assessment: Assessment) -> list[str]:
    """Return the issues that are part of no other, in the order of the pack: together their maps hold every issue."""
    parts = {name for issue in assessment.law.issues.values() for name, _ in issue.elements()}
    return [name for name in assessment.views if name not in parts]


class _Builder:
    """Builds the parts of one map, for one claim and duty."""

    def __init__(self, assessment: Assessment, place: Place) -> None:
        self.assessment, self.law, self.place = assessment, assessment.law, place
        self.known = assessment.case.exhibits_known

    def issue(self, name: str) -> MapIssue:
        view = self.assessment.view_at(name, self.place)
        issue = view.issue
        return MapIssue(
            id=name, title=issue.title, question=issue.question, burden=issue.burden, duty=view.duty,
            duty_title=self.law.vocabulary.duties[view.duty].title if view.duty else None, claimants=view.claimants,
            probability=round(view.probability, 6), standard_error=round(view.standard_error, 6), label=view.label,
            finding=getattr(issue.findings, view.label), conflict=view.conflict, decided=_decided(issue),
            prior=float(issue.weigh.prior) if issue.weigh else None,
            score=None if view.score is None else round(view.score, 4),
            elements=tuple(Element(expected=expected, issue=self.issue(part)) for part, expected in issue.elements()),
            arguments_for=tuple(self.arguments(view.arguments_for)),
            arguments_against=tuple(self.arguments(view.arguments_against)),
        )

    def arguments(self, side: tuple[ArgumentView, ...]) -> Iterator[MapArgument]:
        told = worth_telling(side)
        for view in side:
            one = next((t for t in told if (t.rule.id, t.premises) == (view.rule.id, view.premises)), None)
            yield self.argument(one or view, marginal=one is None)

    def argument(self, view: ArgumentView, marginal: bool) -> MapArgument:
        rule = view.rule
        assert rule.weight is not None  # a rule that argues an issue has a weight
        return MapArgument(
            rule=rule.id, because=rule.because, strength=rule.weight, weight=view.weight, share=round(view.share, 4),
            counts=view.applies, open=rule.open is not None, marginal=marginal,
            aside=_both(lambda language: aside(self.law, view, language)) if aside(self.law, view, "en") else None,
            undercut_by=tuple(self.premise(premise) for premise in view.undercut_by),
            premises=tuple(self.premise(premise) for premise in view.premises), sources=self.sources(rule),
        )

    def premise(self, premise: Premise) -> MapPremise:
        condition, finding = premise.condition, premise.finding
        stated = finding if finding and not finding.declaration.computed else None
        # What a premise is concluded from stands below it, not in its clause.
        say = say_condition if premise.derived_from else None
        return MapPremise(
            condition=str(condition),
            clause=_both(lambda language: say(self.law, condition, language) if say
                         else say_premise(self.law, premise, language)),
            fact=None if condition.on_issue else condition.name, issue=condition.name if condition.on_issue else None,
            status=stated.fact.status if stated else None, likelihood=float(stated.likelihood) if stated else None,
            as_stated=premise.as_stated,
            exhibits=tuple(e for e in (finding.fact.exhibits if finding else ()) if e in self.known),
            concluded_by=tuple(self.conclusion(rule, below) for rule, below in premise.conclusions),
            parts=() if premise.derived_by else tuple(self.premise(part) for part in premise.derived_from),
        )

    def conclusion(self, rule: Rule, premises: Iterable[Premise]) -> Conclusion:
        return Conclusion(rule=rule.id, because=rule.because, sources=self.sources(rule),
                          premises=tuple(self.premise(premise) for premise in premises))

    def sources(self, rule: Rule) -> tuple[MapSource, ...]:
        return tuple(MapSource(id=s.id, cite=s.cite, read=s.read, url=s.url)
                     for s in (self.law.sources[name] for name in rule.sources))


def _decided(issue: Issue) -> Literal["weigh", "all", "any"]:
    return "weigh" if issue.weigh else "all" if issue.all else "any"


def _both(say: Callable[[str], str]) -> Bilingual:
    return Bilingual(fr=say("fr"), en=say("en"))


def _exhibits(issue: MapIssue) -> Iterator[str]:
    for element in issue.elements:
        yield from _exhibits(element.issue)
    for argument in (*issue.arguments_for, *issue.arguments_against):
        yield from _exhibits_below((*argument.premises, *argument.undercut_by))


def _exhibits_below(premises: Iterable[MapPremise]) -> Iterator[str]:
    for premise in premises:
        yield from premise.exhibits
        yield from _exhibits_below(premise.parts)
        for conclusion in premise.concluded_by:
            yield from _exhibits_below(conclusion.premises)
