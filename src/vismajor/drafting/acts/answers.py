"""How our side answers the arguments of the other: by facts that set them aside, by the contrary, by their burden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vismajor.drafting.acts.facts_pleaded import exhibits_of, facts_pleaded, held_against_us, stance_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import AnswerPleaded, FactPleaded
from vismajor.drafting.acts.sides import Gathered, Pleading, is_wanted, of_some, scope_of
from vismajor.drafting.acts.wording import continuing
from vismajor.drafting.hearing import grounds
from vismajor.drafting.words import say_fact, say_premise
from vismajor.law.models import Issue
from vismajor.reasoning.assessment import CONTESTED, IssueView, Premise

WORTH_OPPOSING = 0.6  # a lawyer does not oppose what his own file makes a doubt
UNPROVED = 0.5  # what is only alleged and no likelier than this has still to be proved


def answers_to(pleading: Pleading, issue: Issue, views: Sequence[IssueView], theirs: Sequence[Gathered]
             ) -> Iterator[AnswerPleaded]:
    """Yield how our side answers the arguments of the other: one that it answers for some claimants alone is not said.

    Nor is a decision that speaks for the other side told for it.
    """
    found = [(one, _answer(pleading, issue, views, one)) for one in theirs if one.argument.rule.known_from is None]
    said = [one.argument.rule.because.fr for one, answer in found if answer is None]
    yield from (answer for one, answer in found if answer is not None and one.argument.rule.because.fr not in said)


def _answer(pleading: Pleading, issue: Issue, views: Sequence[IssueView], one: Gathered) -> AnswerPleaded | None:
    """Return how our side answers an argument of the other, or None where it has no answer: then it is not said."""
    argument, matter = one.argument, pleading.matter
    against = [premise for premise in argument.undercut_by if not premise.condition.on_issue
               and all(_opposes(ground) and not held_against_us(matter, ground) for ground in premise.grounds())]
    contrary = [ground for ground in grounds(argument) if not ground.as_stated and _shown(matter, ground, one)
                and ground.finding is not None and ground.finding.name not in pleading.relied_on
                and not held_against_us(matter, ground)]
    alleged = [] if is_wanted(matter, issue) else [ground for ground in grounds(argument) if _unproved(ground)]
    if not (against or contrary or alleged):
        return None
    scope = scope_of(pleading, views, one)
    some, objection = of_some(pleading, one.claims), argument.rule.because.in_language(matter.language)
    set_aside = facts_pleaded(pleading, against, one.claims, some, duties=one.duties)
    contradicted = () if against else tuple(_contrary(pleading, contrary, one, some))
    shown = any(fact.exhibits for fact in (*set_aside, *contradicted))
    unproved = () if against or contrary else tuple(
        pleading.naming.clause(say_premise(matter.law, ground, matter.language), some) for ground in alleged)
    return AnswerPleaded(objection, set_aside, contradicted, unproved, () if shown else matter.sources(issue.sources),
                         *scope, continuing(objection), pleading.naming.submitting)


def _opposes(ground: Premise) -> bool:
    return ground.finding is not None and ground.as_stated and ground.finding.likelihood >= WORTH_OPPOSING


def _shown(matter: Matter, ground: Premise, one: Gathered) -> bool:
    """Tell whether our side states, with an exhibit, the contrary of what the other side supposes."""
    finding = ground.finding
    return (finding is not None and finding.fact.value is not None and finding.likelihood >= WORTH_OPPOSING
            and bool(exhibits_of(matter, finding, one.claims, one.duties)))


def _contrary(pleading: Pleading, contrary: Sequence[Premise], one: Gathered, some: bool
              ) -> Iterator[FactPleaded]:
    matter = pleading.matter
    for ground in contrary:
        if ground.finding is not None:
            clause = say_fact(matter.law, ground.finding.name, ground.finding.fact.value, matter.language)
            exhibits = exhibits_of(matter, ground.finding, one.claims, one.duties)
            yield FactPleaded(pleading.naming.clause(clause, some), exhibits, stance_of(ground.finding, exhibits))


def _unproved(ground: Premise) -> bool:
    """Tell whether a fact is only alleged, without any exhibit: who relies on it must prove it."""
    finding = ground.finding
    return (finding is not None and ground.as_stated and finding.fact.status in CONTESTED
            and not finding.fact.exhibits and finding.likelihood < UNPROVED)
