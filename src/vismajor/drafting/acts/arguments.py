"""The discussion of an act: what our side pleads on each issue, and how it answers the other side.

Which answer a side wants follows from the burden of proof: who bears it wants the issue established. Only arguments
that rest on the facts as our side states them are pleaded; facts that speak against us are not volunteered, and an
argument of the other side is said only where it is answered. Nothing of how the court may decide is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    AnswerPleaded,
    ArgumentPleaded,
    ExhibitSaid,
    FactPleaded,
    IssuePleaded,
    SectionPleaded,
    SourceSaid,
)
from vismajor.drafting.hearing import grounds, worth_telling
from vismajor.drafting.words import say_condition, say_fact, say_premise
from vismajor.law.models import Issue
from vismajor.reasoning.assessment import CONTESTED, DOUBTFUL, ArgumentView, IssueView, Premise
from vismajor.reasoning.findings import Finding

# A lawyer does not assert what his own file makes unlikely (one chance in three), nor oppose what it makes a doubt.
WORTH_ASSERTING, WORTH_OPPOSING = DOUBTFUL[0], 0.5
MANY = 99


@dataclass
class _Gathered:
    """One argument of a side as it is met in the views of several duties and claimants."""

    argument: ArgumentView
    duties: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def discussion(matter: Matter, wanted: Sequence[str], most: int = MANY) -> tuple[SectionPleaded, ...]:
    """Return the issues `wanted` on which our side has something to say, in the order in which a court meets them.

    The conditions of one thing (force majeure) stand in one section. `most`: how many arguments an issue is given for
    each set of duties.
    """
    law, sections = matter.law, dict[str, list[IssuePleaded]]()
    told: set[str] = set()
    for issue in law.issues.values():
        if issue.id in wanted and issue.id in matter.assessment.views and (
                pleaded := _issue(matter, issue, most)) is not None:
            sections.setdefault(_section_of(matter, issue), []).append(pleaded)
    facts: set[str] = set()
    return tuple(_section(matter, law.issues[name], tuple(_noting(issue, facts) for issue in issues), told)
                 for name, issues in sections.items())


def _noting(issue: IssuePleaded, told: set[str]) -> IssuePleaded:
    """Return an issue with the facts marked that were `told` before; what it tells itself is added to them."""
    arguments = []
    for one in issue.arguments:
        arguments.append(replace(one, facts=tuple(replace(fact, again=fact.clause in told) for fact in one.facts)))
        told.update(fact.clause for fact in one.facts)
    return replace(issue, arguments=tuple(arguments))


def _section_of(matter: Matter, issue: Issue) -> str:
    """Return the composite issue whose elements are all weighed, this one among them, or the issue itself."""
    issues = matter.law.issues
    return next((one.id for one in issues.values() if one.all
                 and any(name == issue.id for name, _ in one.elements())
                 and all(issues[name].weigh is not None for name, _ in one.elements())), issue.id)


def _section(matter: Matter, issue: Issue, issues: tuple[IssuePleaded, ...], told: set[str]) -> SectionPleaded:
    """Put issues under one heading; a rule that an earlier section states is `told`, and not stated again."""
    single = len(issues) == 1 and issues[0].id == issue.id
    sources = issues[0].sources if single else _texts(matter, issue, issues[0].arguments)
    new = tuple(one for one in sources if one.id not in told)
    told.update(one.id for one in new)
    return SectionPleaded(issue.id, issue.title.in_language(matter.language), matter.rule_of(new), new, sources,
                          _wanted(matter, issue), issues, _conclusion(matter, issue),
                          not _wanted(matter, issue) or _proved(issue) <= {one.id for one in issues if one.arguments})


def _proved(issue: Issue) -> set[str]:
    """Return what must be argued for an issue to be established: all its elements, or itself."""
    return {name for name, _ in issue.elements()} or {issue.id}


def _texts(matter: Matter, issue: Issue, arguments: Sequence[ArgumentPleaded]) -> tuple[SourceSaid, ...]:
    """Return the texts that state the rule: the issue's own where our side relies on it, else those of our arguments.

    Texts of another time than the contracts are none: those on which the arguments rest then state the rule.
    """
    own = tuple(one for one in matter.sources(issue.sources) if one.statute)
    argued = tuple(dict.fromkeys(source for one in arguments for source in one.sources if source.statute))
    relied_on = _wanted(matter, issue) or any(name for name, _ in issue.elements())
    return (own or argued[:1]) if relied_on else (argued or own)


def _wanted(matter: Matter, issue: Issue) -> bool:
    """Tell whether our side wants the issue established: it does where it bears the burden."""
    return issue.burden == matter.side


def _conclusion(matter: Matter, issue: Issue) -> str:
    findings = issue.findings
    return (findings.established if _wanted(matter, issue) else findings.not_established).in_language(matter.language)


def _issue(matter: Matter, issue: Issue, most: int) -> IssuePleaded | None:
    views = [view for view in matter.assessment.views[issue.id] if set(view.claimants) & set(matter.claims)]
    ours, theirs = _sides(matter, issue, views)
    arguments = [_argument(matter, views, one) for one in ours if _pleadable(matter, one.argument)]
    answers = [answer for one in theirs if (answer := _answer(matter, issue, views, one)) is not None]
    if not arguments and not answers:
        return None
    merged = _merged(arguments, most)
    sources = _texts(matter, issue, merged)
    # Each paragraph rests on a text, a decision or an exhibit: on the text of the issue where it has none of its own.
    merged = [one if one.sources or any(fact.exhibits for fact in one.facts) else replace(one, sources=sources)
              for one in merged]
    return IssuePleaded(
        issue.id, issue.title.in_language(matter.language), matter.rule_of(sources), sources, _wanted(matter, issue),
        tuple(merged), tuple(answers[:most]), _conclusion(matter, issue))


def _sides(matter: Matter, issue: Issue, views: Sequence[IssueView]) -> tuple[list[_Gathered], list[_Gathered]]:
    """Gather the arguments of our side and of the other over the views, each once, in the order of the views."""
    sides: tuple[dict[object, _Gathered], dict[object, _Gathered]] = ({}, {})
    for view in views:
        pair = (view.arguments_for, view.arguments_against)
        for gathered, arguments in zip(sides, pair if _wanted(matter, issue) else pair[::-1], strict=True):
            for argument in worth_telling(arguments):
                one = gathered.setdefault(_told_as(argument), _Gathered(argument))
                one.claims += [claim for claim in view.claimants if claim in matter.claims]
                one.sources += argument.rule.sources
                if view.duty is not None and view.duty not in one.duties:
                    one.duties.append(view.duty)
    return list(sides[0].values()), list(sides[1].values())


def _told_as(argument: ArgumentView) -> object:
    """Return what two views of an argument have in common where it is told alike: reason, facts, what undercuts it."""
    return (argument.rule.because.fr, tuple((ground.condition, ground.as_stated) for ground in grounds(argument)),
            tuple(premise.condition for premise in argument.undercut_by))


def _pleadable(matter: Matter, argument: ArgumentView) -> bool:
    """Tell whether our side pleads an argument: as stated, not unlikely, not set aside by what we say ourselves."""
    if not all(ground.as_stated and (ground.finding is None or ground.finding.likelihood >= WORTH_ASSERTING)
               for ground in grounds(argument)):
        return False
    if any(not premise.condition.on_issue or _ours(matter, premise) for premise in argument.undercut_by):
        return False
    return all(argument.applies or _argued(matter, premise) for premise in argument.premises
               if premise.condition.on_issue and _ours(matter, premise))


def _ours(matter: Matter, premise: Premise) -> bool:
    """Tell whether a premise on an issue is the answer that our side wants."""
    return bool(premise.condition.values[0]) == _wanted(matter, matter.law.issues[premise.condition.name])


def _argued(matter: Matter, premise: Premise) -> bool:
    """Tell whether our side has an argument of its own for the answer that a premise supposes."""
    issue = matter.law.issues[premise.condition.name]
    ours, _ = _sides(matter, issue, matter.assessment.views.get(issue.id, ()))
    return any(all(ground.as_stated for ground in grounds(one.argument)) for one in ours)


def _argument(matter: Matter, views: Sequence[IssueView], one: _Gathered) -> ArgumentPleaded:
    premises = one.argument.premises
    supposing = [say_condition(matter.law, premise.condition, matter.language) for premise in premises
                 if premise.condition.on_issue and not _ours(matter, premise)]
    return ArgumentPleaded(
        (one.argument.rule.because.in_language(matter.language),), _facts(matter, premises, one.claims),
        matter.sources(one.sources), *_scope(matter, views, one), tuple(dict.fromkeys(supposing)))


def _scope(matter: Matter, views: Sequence[IssueView], one: _Gathered) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the duties and the claimants for which alone an argument holds; nothing where it holds for all."""
    of_duties = [view for view in views if view.duty is None or view.duty in one.duties]
    base = matter.named(claim for view in of_duties for claim in view.claimants if claim in matter.claims)
    whom, all_duties = matter.named(one.claims), {view.duty for view in views if view.duty}
    duties = () if set(one.duties) >= all_duties else tuple(
        matter.law.vocabulary.duties[duty].title.in_language(matter.language) for duty in one.duties)
    return duties, () if whom == base else whom


def _merged(arguments: Iterable[ArgumentPleaded], most: int) -> list[ArgumentPleaded]:
    """Put together the arguments that rest on the same facts, and keep the best for each set of duties.

    What holds for all comes before what holds for some, and what is pleaded in the alternative last.
    """
    merged: dict[object, ArgumentPleaded] = {}
    for one in arguments:
        key = (tuple(fact.clause for fact in one.facts), one.duties, one.whom, one.supposing)
        if key in merged:
            other = merged[key]
            one = replace(other, rules=(*other.rules, *one.rules),  # noqa: PLW2901 — the merged one
                          sources=tuple(dict.fromkeys((*other.sources, *one.sources))))
        merged[key] = one
    kept: dict[tuple[str, ...], list[ArgumentPleaded]] = {}
    for one in merged.values():
        kept.setdefault(one.duties, []).append(one)
    best = [one for of_duties in kept.values() for one in of_duties[:most]]
    return sorted(best, key=lambda one: (one.alternative, bool(one.duties or one.whom)))


def _facts(matter: Matter, premises: Iterable[Premise], claims: Sequence[str]) -> tuple[FactPleaded, ...]:
    """Return the facts on which premises rest, as stated, each with the exhibits of all these claims."""
    found: dict[str, FactPleaded] = {}
    for premise in premises:
        for ground in premise.grounds():
            if ground.finding is None or ground.finding.declaration.computed or _is_trivial(ground.finding):
                continue
            clause = say_premise(matter.law, ground, matter.language)
            found[clause] = FactPleaded(clause, _exhibits(matter, ground.finding, claims))
    return tuple(found.values())


def _is_trivial(finding: Finding) -> bool:
    """Tell whether a fact is what the whole act tells of: its kind, admitted by all."""
    return finding.name == "event.kind" and finding.fact.status == "admitted"


def _exhibits(matter: Matter, finding: Finding, claims: Sequence[str]) -> tuple[ExhibitSaid, ...]:
    names = {exhibit for (claim, _), graph in matter.assessment.graphs.items() if claim in claims
             and (found := graph.findings.get(finding.name)) is not None for exhibit in found.fact.exhibits}
    return matter.exhibits(names)


def _answer(matter: Matter, issue: Issue, views: Sequence[IssueView], one: _Gathered) -> AnswerPleaded | None:
    """Return how our side answers an argument of the other, or None where it has no answer: then it is not said."""
    argument = one.argument
    against = [premise for premise in argument.undercut_by if not premise.condition.on_issue
               and all(_opposes(ground) for ground in premise.grounds())]
    contrary = [ground for ground in grounds(argument) if not ground.as_stated and _shown(matter, ground, one.claims)]
    alleged = [] if _wanted(matter, issue) else [ground for ground in grounds(argument) if _unproved(ground)]
    if not (against or contrary or alleged):
        return None
    set_aside = _facts(matter, against, one.claims)
    contradicted = () if against else tuple(_contrary(matter, contrary, one.claims))
    shown = any(fact.exhibits for fact in (*set_aside, *contradicted))
    return AnswerPleaded(
        argument.rule.because.in_language(matter.language), set_aside, contradicted,
        () if against or contrary else tuple(say_premise(matter.law, g, matter.language) for g in alleged),
        () if shown else matter.sources(issue.sources), *_scope(matter, views, one))


def _opposes(ground: Premise) -> bool:
    return ground.finding is not None and ground.as_stated and ground.finding.likelihood >= WORTH_OPPOSING


def _shown(matter: Matter, ground: Premise, claims: Sequence[str]) -> bool:
    """Tell whether our side states, with an exhibit, the contrary of what the other side supposes."""
    finding = ground.finding
    return (finding is not None and finding.fact.value is not None and finding.likelihood >= WORTH_OPPOSING
            and bool(_exhibits(matter, finding, claims)))


def _contrary(matter: Matter, contrary: Sequence[Premise], claims: Sequence[str]) -> Iterator[FactPleaded]:
    for ground in contrary:
        if ground.finding is not None:
            clause = say_fact(matter.law, ground.finding.name, ground.finding.fact.value, matter.language)
            yield FactPleaded(clause, _exhibits(matter, ground.finding, claims))


def _unproved(ground: Premise) -> bool:
    """Tell whether a fact is only alleged, without any exhibit: who relies on it must prove it."""
    finding = ground.finding
    return (finding is not None and ground.as_stated and finding.fact.status in CONTESTED
            and not finding.fact.exhibits and finding.likelihood < WORTH_OPPOSING)
