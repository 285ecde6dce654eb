"""The discussion of an act: what our side pleads on each issue, and how it answers the other side.

Which answer a side wants follows from the burden of proof: who bears it wants the issue established. Only arguments
that rest on the facts as our side states them are pleaded; facts that speak against us are not volunteered, and an
argument of the other side is said only where it is answered: never by a fact on which the other side itself relies.
Nothing of how the court may decide is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import Address, Naming, naming_of
from vismajor.drafting.acts.outgoing import (
    AnswerPleaded,
    ArgumentPleaded,
    ExhibitSaid,
    FactPleaded,
    IssuePleaded,
    RuleSaid,
    SectionPleaded,
    SourceSaid,
    Stance,
)
from vismajor.drafting.acts.register import in_ranges
from vismajor.drafting.acts.wording import begins_with_its_subject, continuing, restates
from vismajor.drafting.hearing import grounds, worth_telling
from vismajor.drafting.words import say_condition, say_fact, say_premise
from vismajor.law.conditions import fact_of
from vismajor.law.models import Issue
from vismajor.reasoning.assessment import CONTESTED, DOUBTFUL, ArgumentView, IssueView, Premise
from vismajor.reasoning.findings import Finding

# A lawyer does not assert what his own file makes unlikely (one chance in three), nor oppose what it makes a doubt.
WORTH_ASSERTING, WORTH_OPPOSING = DOUBTFUL[0], 0.5
# What is only alleged is pleaded where it is likelier than not.
WORTH_SUBMITTING = 0.5
MANY = 99


@dataclass
class _Gathered:
    """One argument of a side as it is met in the views of several duties and claimants."""

    argument: ArgumentView
    duties: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Pleading:
    """What a discussion is written from: the matter, the names of the parties, how many arguments an issue is given."""

    matter: Matter
    naming: Naming
    most: int

    @cached_property
    def relied_on(self) -> frozenset[str]:
        """The facts, as stated, on which the other side rests an argument: never told against it."""
        found: set[str] = set()
        for issue in self.matter.law.issues.values():
            _, theirs = _sides(self.matter, issue, _views(self.matter, issue))
            for one in theirs:
                found |= {ground.finding.name for ground in grounds(one.argument)
                          if ground.finding is not None and ground.as_stated}
        return frozenset(found)


def discussion(matter: Matter, wanted: Sequence[str], most: int = MANY, address: Address = "court"
               ) -> tuple[SectionPleaded, ...]:
    """Return the issues `wanted` on which our side has something to say, in the order in which a court meets them.

    The conditions of one thing (force majeure) stand in one section. `most`: how many arguments an issue is given for
    each set of duties. `address`: a letter to the other side says “your company”, an act for the court its name.
    """
    law, sections = matter.law, dict[str, list[IssuePleaded]]()
    pleading = _Pleading(matter, naming_of(matter, address), most)
    for issue in law.issues.values():
        if issue.id in wanted and issue.id in matter.assessment.views and (
                pleaded := _issue(pleading, issue)) is not None:
            sections.setdefault(_section_of(matter, issue), []).append(pleaded)
    told, noted = set[str](), _Noted()
    return tuple(_section(pleading, law.issues[name], tuple(noted.issue(issue) for issue in issues), told)
                 for name, issues in sections.items())


@dataclass
class _Noted:
    """What a discussion has told so far: facts (by clause), and how many arguments and answers."""

    facts: set[str] = field(default_factory=set)
    arguments: int = 0
    answers: int = 0

    def issue(self, issue: IssuePleaded) -> IssuePleaded:
        """Return an issue with the facts marked that were told before, its arguments and answers counted."""
        arguments, answers = [], []
        for one in issue.arguments:
            arguments.append(replace(one, turn=self.arguments, facts=tuple(
                replace(fact, again=fact.clause in self.facts) for fact in one.facts)))
            self.facts |= {fact.clause for fact in one.facts}
            self.arguments += 1
        for answer in issue.answers:
            answers.append(replace(answer, turn=self.answers))
            self.answers += 1
        return replace(issue, arguments=tuple(arguments), answers=tuple(answers))


def _section_of(matter: Matter, issue: Issue) -> str:
    """Return the composite issue whose elements are all weighed, this one among them, or the issue itself."""
    issues = matter.law.issues
    return next((one.id for one in issues.values() if one.all
                 and any(name == issue.id for name, _ in one.elements())
                 and all(issues[name].weigh is not None for name, _ in one.elements())), issue.id)


def _section(pleading: _Pleading, issue: Issue, issues: tuple[IssuePleaded, ...], told: set[str]) -> SectionPleaded:
    """Put issues under one heading; a rule that an earlier section states is `told`, and not stated again."""
    matter = pleading.matter
    single = len(issues) == 1 and issues[0].id == issue.id
    sources = issues[0].sources if single else _texts(matter, issue, issues[0].arguments)
    new = [one for one in sources if one.id not in told]
    told.update(one.id for one in new)
    return SectionPleaded(
        issue.id, _heading(matter, issue), tuple(RuleSaid(matter.rule_of([one]), one) for one in new if one.statute),
        sources, bool(new) and all(one.id in issue.sources for one in new), _wanted(matter, issue), issues,
        issues[0].conclusion if single else pleading.naming.clause(_conclusion(matter, issue)),
        not _wanted(matter, issue) or _proved(issue) <= {one.id for one in issues if one.arguments})


def _heading(matter: Matter, issue: Issue) -> str:
    return (issue.heading or issue.title).in_language(matter.language)


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


def _views(matter: Matter, issue: Issue) -> list[IssueView]:
    """Return the views of an issue that concern the claimants of the act."""
    return [view for view in matter.assessment.views.get(issue.id, ()) if set(view.claimants) & set(matter.claims)]


def _issue(pleading: _Pleading, issue: Issue) -> IssuePleaded | None:
    matter, most = pleading.matter, pleading.most
    views = _views(matter, issue)
    ours, theirs = _sides(matter, issue, views)
    pleaded = [one for one in ours if _pleadable(matter, one.argument)]
    arguments = [_argument(pleading, views, one) for one in pleaded]
    answers = list(_answers(pleading, issue, views, theirs))
    if not arguments and not answers:
        return None
    merged = _merged(arguments, most)
    sources = _texts(matter, issue, merged)
    # Each paragraph rests on a text, a decision or an exhibit: on the text of the issue where it has none of its own.
    merged = [one if one.sources or any(fact.exhibits for fact in one.facts) else replace(one, sources=sources)
              for one in merged]
    return IssuePleaded(
        issue.id, _heading(matter, issue), sources, _wanted(matter, issue), tuple(merged), tuple(answers[:most]),
        pleading.naming.clause(_conclusion(matter, issue), bool(pleaded) and _wanted(matter, issue) and _among(
            pleading, [claim for one in pleaded for claim in one.claims])))


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
    if not all(ground.as_stated and (ground.finding is None or _worth_stating(matter, ground.finding))
               for ground in grounds(argument)):
        return False
    told = [ground.finding for ground in grounds(argument) if ground.finding is not None]
    if told and all(_adverse(matter, finding) for finding in told):
        return False
    if any(not premise.condition.on_issue or _ours(matter, premise) for premise in argument.undercut_by):
        return False
    return all(argument.applies or _argued(matter, premise) for premise in argument.premises
               if premise.condition.on_issue and _ours(matter, premise))


def _worth_stating(matter: Matter, finding: Finding) -> bool:
    """Tell whether a fact is pleaded: one only alleged where it is likelier than not, others unless unlikely.

    What a court concludes is argued from other facts, however it is stated.
    """
    if finding.fact.status == "alleged" and not matter.law.vocabulary.facts[fact_of(finding.name)].appraisal:
        return finding.likelihood > WORTH_SUBMITTING
    return finding.likelihood >= WORTH_ASSERTING


def _adverse(matter: Matter, finding: Finding) -> bool:
    """Tell whether our own act would be held against us if it stated a fact."""
    declared = matter.law.vocabulary.facts[fact_of(finding.name)]
    return declared.adverse_to == matter.side and finding.fact.value is True


def _held_against_us(matter: Matter, ground: Premise) -> bool:
    return ground.finding is not None and _adverse(matter, ground.finding)


def _ours(matter: Matter, premise: Premise) -> bool:
    """Tell whether a premise on an issue is the answer that our side wants."""
    return bool(premise.condition.values[0]) == _wanted(matter, matter.law.issues[premise.condition.name])


def _argued(matter: Matter, premise: Premise) -> bool:
    """Tell whether our side has an argument of its own for the answer that a premise supposes."""
    issue = matter.law.issues[premise.condition.name]
    ours, _ = _sides(matter, issue, _views(matter, issue))
    return any(all(ground.as_stated for ground in grounds(one.argument)) for one in ours)


def _argument(pleading: _Pleading, views: Sequence[IssueView], one: _Gathered) -> ArgumentPleaded:
    matter, premises = pleading.matter, one.argument.premises
    scope, among = _scope(pleading, views, one), _among(pleading, one.claims)
    supposing = [pleading.naming.clause(say_condition(matter.law, premise.condition, matter.language), among)
                 for premise in premises if premise.condition.on_issue and not _ours(matter, premise)]
    rule = one.argument.rule.because.in_language(matter.language)
    return ArgumentPleaded((rule,), _facts(pleading, premises, one.claims, among, rule), matter.sources(one.sources),
                           *scope, tuple(dict.fromkeys(supposing)), pleading.naming.submitting,
                           begins_with_its_subject(rule))


def _among(pleading: _Pleading, claims: Sequence[str]) -> bool:
    """Tell whether something is said of some claimants of the act alone."""
    return len(pleading.matter.named(claims)) < len(pleading.matter.numbers)


def _scope(pleading: _Pleading, views: Sequence[IssueView], one: _Gathered
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


def _facts(pleading: _Pleading, premises: Iterable[Premise], claims: Sequence[str], some: bool, rule: str = ""
           ) -> tuple[FactPleaded, ...]:
    """Return the facts on which premises rest, as stated, each with the exhibits of all these claims.

    `some`: they are those of some claimants alone. What a court would conclude is not told where the `rule` says it.
    """
    found, matter = dict[str, FactPleaded](), pleading.matter
    for premise in premises:
        for ground in premise.grounds():
            if ground.finding is None or ground.finding.declaration.computed or _is_trivial(ground.finding) or _adverse(
                    matter, ground.finding):
                continue
            clause = say_premise(matter.law, ground, matter.language)
            exhibits = _exhibits(matter, ground.finding, claims)
            appraisal = matter.law.vocabulary.facts[fact_of(ground.finding.name)].appraisal
            found[clause] = FactPleaded(pleading.naming.clause(clause, some), exhibits,
                                        _stance(ground.finding, exhibits, appraisal),
                                        restated=appraisal and restates(rule, clause))
    return tuple(found.values())


def _stance(finding: Finding, exhibits: Sequence[ExhibitSaid], appraisal: bool = False) -> Stance:
    """Return how a fact may be stated: what is disputed and shown by nothing is only alleged.

    An appraisal is argued, not alleged: that a cap is derisory is what the party says of it.
    """
    status = finding.fact.status
    if appraisal and (status == "alleged" or not exhibits):
        return "shown"
    if status == "disputed":
        return "disputed" if exhibits else "alleged"
    return "admitted" if status == "admitted" else "alleged" if status == "alleged" else "shown"


def _is_trivial(finding: Finding) -> bool:
    """Tell whether a fact is what the whole act tells of: its kind, admitted by all."""
    return finding.name == "event.kind" and finding.fact.status == "admitted"


def _exhibits(matter: Matter, finding: Finding, claims: Sequence[str]) -> tuple[ExhibitSaid, ...]:
    names = {exhibit for (claim, _), graph in matter.assessment.graphs.items() if claim in claims
             and (found := graph.findings.get(finding.name)) is not None for exhibit in found.fact.exhibits}
    return matter.exhibits(names)


def _answers(pleading: _Pleading, issue: Issue, views: Sequence[IssueView], theirs: Sequence[_Gathered]
             ) -> Iterator[AnswerPleaded]:
    """Yield how our side answers the arguments of the other: one that it answers for some claimants alone is not said.

    Nor is a decision that speaks for the other side told for it.
    """
    found = [(one, _answer(pleading, issue, views, one)) for one in theirs if one.argument.rule.known_from is None]
    said = [one.argument.rule.because.fr for one, answer in found if answer is None]
    yield from (answer for one, answer in found if answer is not None and one.argument.rule.because.fr not in said)


def _answer(pleading: _Pleading, issue: Issue, views: Sequence[IssueView], one: _Gathered) -> AnswerPleaded | None:
    """Return how our side answers an argument of the other, or None where it has no answer: then it is not said."""
    argument, matter = one.argument, pleading.matter
    against = [premise for premise in argument.undercut_by if not premise.condition.on_issue
               and all(_opposes(ground) and not _held_against_us(matter, ground) for ground in premise.grounds())]
    contrary = [ground for ground in grounds(argument) if not ground.as_stated and _shown(matter, ground, one.claims)
                and ground.finding is not None and ground.finding.name not in pleading.relied_on
                and not _held_against_us(matter, ground)]
    alleged = [] if _wanted(matter, issue) else [ground for ground in grounds(argument) if _unproved(ground)]
    if not (against or contrary or alleged):
        return None
    scope = _scope(pleading, views, one)
    some, objection = _among(pleading, one.claims), argument.rule.because.in_language(matter.language)
    set_aside = _facts(pleading, against, one.claims, some)
    contradicted = () if against else tuple(_contrary(pleading, contrary, one.claims, some))
    shown = any(fact.exhibits for fact in (*set_aside, *contradicted))
    unproved = () if against or contrary else tuple(
        pleading.naming.clause(say_premise(matter.law, ground, matter.language), some) for ground in alleged)
    return AnswerPleaded(objection, set_aside, contradicted, unproved, () if shown else matter.sources(issue.sources),
                         *scope, continuing(objection))


def _opposes(ground: Premise) -> bool:
    return ground.finding is not None and ground.as_stated and ground.finding.likelihood >= WORTH_OPPOSING


def _shown(matter: Matter, ground: Premise, claims: Sequence[str]) -> bool:
    """Tell whether our side states, with an exhibit, the contrary of what the other side supposes."""
    finding = ground.finding
    return (finding is not None and finding.fact.value is not None and finding.likelihood >= WORTH_OPPOSING
            and bool(_exhibits(matter, finding, claims)))


def _contrary(pleading: _Pleading, contrary: Sequence[Premise], claims: Sequence[str], some: bool
              ) -> Iterator[FactPleaded]:
    matter = pleading.matter
    for ground in contrary:
        if ground.finding is not None:
            clause = say_fact(matter.law, ground.finding.name, ground.finding.fact.value, matter.language)
            exhibits = _exhibits(matter, ground.finding, claims)
            yield FactPleaded(pleading.naming.clause(clause, some), exhibits, _stance(ground.finding, exhibits))


def _unproved(ground: Premise) -> bool:
    """Tell whether a fact is only alleged, without any exhibit: who relies on it must prove it."""
    finding = ground.finding
    return (finding is not None and ground.as_stated and finding.fact.status in CONTESTED
            and not finding.fact.exhibits and finding.likelihood < WORTH_OPPOSING)
