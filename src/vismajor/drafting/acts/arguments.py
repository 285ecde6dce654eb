"""The discussion of an act: what our side pleads on each issue, and how it answers the other side.

Which answer a side wants follows from the burden of proof: who bears it wants the issue established. Only arguments
that rest on the facts as our side states them are pleaded; facts that speak against us are not volunteered, and an
argument of the other side is said only where it is answered: never by a fact on which the other side itself relies.
Nothing of how the court may decide is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vismajor.drafting.acts.answers import answers_to
from vismajor.drafting.acts.clauses import quoted
from vismajor.drafting.acts.facts_pleaded import adverse, contestable, facts_pleaded, worth_stating
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import Address, naming_of
from vismajor.drafting.acts.outgoing import (
    ArgumentPleaded,
    ClauseSaid,
    IssuePleaded,
    RuleSaid,
    SectionPleaded,
    SourceSaid,
)
from vismajor.drafting.acts.register import in_ranges
from vismajor.drafting.acts.sides import (
    Gathered,
    Pleading,
    argued,
    is_ours,
    is_wanted,
    of_some,
    scope_of,
    sides,
    views_of,
)
from vismajor.drafting.acts.wording import begins_with_its_subject
from vismajor.drafting.hearing import grounds
from vismajor.drafting.words import say_condition, say_premise
from vismajor.law.models import Issue
from vismajor.reasoning.assessment import ArgumentView, IssueView

MANY = 99


def discussion(matter: Matter, wanted: Sequence[str], most: int = MANY, address: Address = "court"
               ) -> tuple[SectionPleaded, ...]:
    """Return the issues `wanted` on which our side has something to say, in the order in which a court meets them.

    The conditions of one thing (force majeure) stand in one section. `most`: how many arguments an issue is given for
    each set of duties. `address`: a letter to the other side says “your company”, an act for the court its name.
    """
    law, sections = matter.law, dict[str, list[IssuePleaded]]()
    pleading = Pleading(matter, naming_of(matter, address), most)
    for issue in law.issues.values():
        if issue.id in wanted and issue.id in matter.assessment.views and (
                pleaded := _issue(pleading, issue)) is not None:
            sections.setdefault(_section_of(matter, issue), []).append(pleaded)
    told, noted = set[str](), _Noted()
    return tuple(_section(pleading, law.issues[name], tuple(noted.issue(issue) for issue in issues), told)
                 for name, issues in sections.items())


@dataclass
class _Noted:
    """What a discussion has told so far: facts (by clause), clauses quoted, how many arguments and answers."""

    facts: set[str] = field(default_factory=set)
    quoted: set[ClauseSaid] = field(default_factory=set)
    arguments: int = 0
    answers: int = 0

    def issue(self, issue: IssuePleaded) -> IssuePleaded:
        """Return an issue with the facts marked that were told before, its arguments and answers counted.

        A clause that was quoted before is not quoted again.
        """
        arguments, answers = [], []
        for one in issue.arguments:
            arguments.append(replace(one, turn=self.arguments, facts=tuple(
                replace(fact, again=fact.clause in self.facts) for fact in one.facts)))
            self.facts |= {fact.clause for fact in one.facts}
            self.arguments += 1
        for answer in issue.answers:
            answers.append(replace(answer, turn=self.answers))
            self.answers += 1
        clauses = tuple(one for one in issue.quoted if one not in self.quoted)
        self.quoted |= set(clauses)
        return replace(issue, arguments=tuple(arguments), answers=tuple(answers), quoted=clauses)


def _section_of(matter: Matter, issue: Issue) -> str:
    """Return the composite issue whose elements are all weighed, this one among them, or the issue itself."""
    issues = matter.law.issues
    return next((one.id for one in issues.values() if one.all
                 and any(name == issue.id for name, _ in one.elements())
                 and all(issues[name].weigh is not None for name, _ in one.elements())), issue.id)


def _section(pleading: Pleading, issue: Issue, issues: tuple[IssuePleaded, ...], told: set[str]) -> SectionPleaded:
    """Put issues under one heading; a rule that an earlier section states is `told`, and not stated again."""
    matter = pleading.matter
    single = len(issues) == 1 and issues[0].id == issue.id
    sources = issues[0].sources if single else _texts(matter, issue, issues[0].arguments)
    new = [one for one in sources if one.id not in told]
    told.update(one.id for one in new)
    return SectionPleaded(
        issue.id, _heading(matter, issue), tuple(RuleSaid(matter.rule_of([one]), one) for one in new if one.statute),
        sources, bool(new) and all(one.id in issue.sources for one in new), is_wanted(matter, issue), issues,
        issues[0].conclusion if single else pleading.naming.clause(_conclusion(matter, issue)),
        not is_wanted(matter, issue) or _proved(issue) <= {one.id for one in issues if one.arguments})


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
    relied_on = is_wanted(matter, issue) or any(name for name, _ in issue.elements())
    return (own or argued[:1]) if relied_on else (argued or own)


def _conclusion(matter: Matter, issue: Issue) -> str:
    findings = issue.findings
    return (findings.established if is_wanted(matter, issue) else findings.not_established).in_language(matter.language)


def _issue(pleading: Pleading, issue: Issue) -> IssuePleaded | None:
    matter, most = pleading.matter, pleading.most
    views = views_of(matter, issue)
    ours, theirs = sides(matter, issue, views)
    pleaded = [found for one in ours if (found := _pleadable(pleading, issue, one)) is not None]
    arguments = [_argument(pleading, views, one) for one in pleaded]
    answers = list(answers_to(pleading, issue, views, theirs))
    if not arguments and not answers:
        return None
    merged = _merged(arguments, most)
    sources = _texts(matter, issue, merged)
    # Each paragraph rests on a text, a decision or an exhibit: on the text of the issue where it has none of its own.
    merged = [one if one.sources or any(fact.exhibits and fact.stance != "alleged" for fact in one.facts)
              else replace(one, sources=sources)
              for one in merged]
    some = bool(pleaded) and is_wanted(matter, issue) and of_some(
        pleading, [claim for one in pleaded for claim in one.claims])
    conclusion = pleading.naming.clause(_conclusion(matter, issue), some)
    duties, those = _scope_argued(pleading, issue, views, merged)
    return IssuePleaded(
        issue.id, _heading(matter, issue), sources, is_wanted(matter, issue), tuple(merged), tuple(answers[:most]),
        duties, "" if pleading.naming.each.text in conclusion else those, conclusion, _quoted(matter, pleaded))


def _scope_argued(pleading: Pleading, issue: Issue, views: Sequence[IssueView], arguments: Sequence[ArgumentPleaded]
                  ) -> tuple[tuple[str, ...], str]:
    """Return the duties, and the claimants, as to whom alone our side has proved what it must; empty: all.

    What the other side must prove is not proved as to any duty, argued or not.
    """
    matter = pleading.matter
    if not is_wanted(matter, issue) or not arguments:
        return (), ""
    titles = {view.duty: matter.law.vocabulary.duties[view.duty].title.in_language(matter.language)
              for view in views if view.duty is not None}
    told = {duty for one in arguments for duty in one.duties}
    every_duty = any(not one.duties for one in arguments) or told >= set(titles.values())
    whom = {number for one in arguments for number in one.whom}
    of_issue = matter.named(claim for view in views for claim in view.claimants if claim in matter.claims)
    everybody = any(not one.whom for one in arguments) or whom >= set(of_issue)
    numbers = sorted(whom)
    return (() if every_duty else tuple(title for title in dict.fromkeys(titles.values()) if title in told),
            "" if everybody else pleading.naming.numbered(numbers, in_ranges(numbers, matter.language)))


def _quoted(matter: Matter, pleaded: Sequence[Gathered]) -> tuple[ClauseSaid, ...]:
    """Return the clauses in their own words which show a fact that our arguments state."""
    found = dict[ClauseSaid, None]()
    for one in pleaded:
        facts = [ground.finding.name for ground in grounds(one.argument)
                 if ground.finding is not None and not adverse(matter, ground.finding)]
        found |= dict.fromkeys(quoted(matter, facts, one.claims))
    return tuple(found)


def _pleadable(pleading: Pleading, issue: Issue, one: Gathered) -> Gathered | None:
    """Return an argument as far as our side pleads it, or None: for the duties as to which it argues what it supposes.

    What another issue must have answered for it, our side has to argue as to the same duty.
    """
    matter = pleading.matter
    if not _tenable(pleading, issue, one.argument):
        return None
    supposed = [] if one.argument.applies else [
        premise for premise in one.argument.premises if premise.condition.on_issue and is_ours(matter, premise)]
    if not one.duties:
        return one if all(argued(matter, premise, None) for premise in supposed) else None
    duties = [duty for duty in one.duties if all(argued(matter, premise, duty) for premise in supposed)]
    return replace(one, duties=duties) if duties else None


def _tenable(pleading: Pleading, issue: Issue, argument: ArgumentView) -> bool:
    """Tell whether an argument is as stated, not unlikely, not set aside by what we say ourselves or cannot contest."""
    matter = pleading.matter
    if not all(ground.as_stated and (ground.finding is None or worth_stating(matter, ground.finding))
               for ground in grounds(argument)):
        return False
    told = [ground.finding for ground in grounds(argument) if ground.finding is not None]
    if told and all(adverse(matter, finding) for finding in told):
        return False
    return all(not is_ours(matter, premise) if premise.condition.on_issue else contestable(pleading, issue, premise)
               for premise in argument.undercut_by)


def _argument(pleading: Pleading, views: Sequence[IssueView], one: Gathered) -> ArgumentPleaded:
    matter, premises = pleading.matter, one.argument.premises
    scope, among = scope_of(pleading, views, one), of_some(pleading, one.claims)
    supposing = [pleading.naming.clause(say_condition(matter.law, premise.condition, matter.language), among)
                 for premise in premises if premise.condition.on_issue and not is_ours(matter, premise)]
    rule = one.argument.rule.because.in_language(matter.language)
    facts = tuple(replace(fact, clause=pleading.naming.of_itself(fact.clause)) if fact.stance == "alleged" else fact
                  for fact in facts_pleaded(pleading, premises, one.claims, among, rule, one.duties))
    contested = [ground for premise in one.argument.undercut_by if not premise.condition.on_issue
                 for ground in premise.grounds() if ground.finding is not None]
    unproved = [pleading.naming.clause(say_premise(matter.law, ground, matter.language), among)
                for ground in contested]
    return ArgumentPleaded(
        (rule,), facts, tuple(dict.fromkeys(unproved)), matter.sources(one.sources), *scope,
        tuple(dict.fromkeys(supposing)), pleading.naming.submitting, begins_with_its_subject(rule))


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
