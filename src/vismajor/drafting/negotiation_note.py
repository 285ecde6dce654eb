"""The context of the internal negotiation note: everything said in words, ready for the template.

The note is for our own side's eyes: its context holds probabilities and weaknesses. Documents for others get another
context type, which does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.models import Case, Claimant, Exhibit
from vismajor.drafting.receipt import Receipt
from vismajor.drafting.standings import short_names, standings
from vismajor.drafting.words import say_condition, say_premise, say_value, words
from vismajor.law.models import Source
from vismajor.reading.scalars import last_day
from vismajor.reasoning.assessment import ArgumentView, Assessment, IssueView, duties_of
from vismajor.reasoning.findings import likelihood_of
from vismajor.reasoning.inquiry import OpenFact, open_facts
from vismajor.reasoning.possibilities import Plain
from vismajor.settlement.valuation import Valuation, Value


@dataclass(frozen=True)
class Group:
    """Claimants who plead the same on every issue: a letter, their names, their terms, what sets them apart."""

    letter: str
    names: str
    ids: tuple[str, ...]
    terms: str
    traits: tuple[str, ...]


@dataclass(frozen=True)
class ArgumentSaid:
    """One argument in words."""

    reason: str
    premises: tuple[str, ...]
    exhibits: tuple[str, ...]
    sources: tuple[Source, ...]
    weight: str
    applies: bool
    undercut: str
    open: bool


@dataclass(frozen=True)
class StandingSaid:
    """The answer to one issue for some groups and one duty: `groups` is empty where it holds for every claimant."""

    duty: str
    groups: tuple[str, ...]
    chance: str
    label: str
    finding: str


@dataclass(frozen=True)
class IssueSaid:
    """One issue: the leading answer with its arguments, and how every claimant stands."""

    id: str
    title: str
    question: str
    burden: str
    duty: str
    groups: tuple[str, ...]
    probability: float
    standard_error: float
    label: str
    finding: str
    arguments_for: tuple[ArgumentSaid, ...]
    arguments_against: tuple[ArgumentSaid, ...]
    standings: tuple[StandingSaid, ...]
    weighed: bool
    conflict: bool
    elements: tuple[str, ...]


@dataclass(frozen=True)
class FactSaid:
    """One fact stated in the case, in words."""

    clause: str
    status: str
    likelihood: float
    exhibits: tuple[str, ...]


@dataclass(frozen=True)
class OpenFactSaid:
    """A question still to be answered, and what the answer would change."""

    question: str
    issue: str
    now: float
    then: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ClaimantRow:
    """One claimant in the tables."""

    name: str
    group: str
    heads: Mapping[str, Decimal]
    low: Decimal
    high: Decimal
    cap: Decimal | None
    value: Value


@dataclass(frozen=True)
class NegotiationNote:
    """Everything the internal note may say."""

    language: str
    title: str
    notice: str
    acting_for: str
    as_of: dt.date
    claimants_count: int
    respondent: str
    counsel: str
    incident: str
    incident_date: dt.date
    incident_place: str
    account: tuple[tuple[str, tuple[str, ...]], ...]
    procedure: tuple[tuple[str, str, tuple[str, ...]], ...]
    facts: tuple[FactSaid, ...]
    groups: tuple[Group, ...]
    issues: tuple[IssueSaid, ...]
    heads: tuple[tuple[str, str], ...]
    rows: tuple[ClaimantRow, ...]
    together: Value
    open_facts: tuple[OpenFactSaid, ...]
    sources: tuple[Source, ...]
    exhibits: tuple[Exhibit, ...]
    not_encoded: tuple[tuple[str, str], ...]
    offer_forms: tuple[tuple[str, dt.date, Decimal, bool], ...]
    receipt: Receipt
    worlds: int
    seed: str

    def issue(self, issue_id: str) -> IssueSaid:
        """Return one issue by its id."""
        return next(issue for issue in self.issues if issue.id == issue_id)

    def head_total(self, kind: str) -> Decimal:
        """Return what all claimants together claim under one head, in euros."""
        return sum((row.heads.get(kind, Decimal("0.00")) for row in self.rows), Decimal("0.00"))

    @property
    def unread(self) -> tuple[Source, ...]:
        """The sources that nobody has read in full: to be verified before anything is signed."""
        return tuple(source for source in self.sources if source.read != "full")


SMALLEST_SHARE = 0.05
INQUIRY_ISSUES = ("force_majeure", "liability", "liability_cap")


def build_note(valuation: Valuation, receipt: Receipt) -> NegotiationNote:
    """Put a valued case into the words of the negotiation note."""
    assessment = valuation.assessment
    case, law, language = assessment.case, assessment.law, assessment.case.file.language
    file, known = case.file, case.exhibits_known
    groups = tuple(_groups(assessment, language))
    issues = tuple(_issue(assessment, views, groups, language) for views in assessment.views.values())
    used = {source.id for issue in issues for argument in (*issue.arguments_for, *issue.arguments_against)
            for source in argument.sources}

    def cited(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(exhibit for exhibit in ids if exhibit in known)

    return NegotiationNote(
        language=language, title=file.title.in_language(language),
        notice=file.notice.in_language(language) if file.notice else "", acting_for=file.acting_for, as_of=case.as_of,
        claimants_count=len(file.claimants), respondent=file.respondent.name,
        counsel=file.counsel.name if file.counsel else "", incident=file.incident.title.in_language(language),
        incident_date=file.incident.date, incident_place=file.incident.place.in_language(language),
        account=tuple((told.in_language(language), cited(told.exhibits)) for told in file.incident.account
                      if not told.exhibits or cited(told.exhibits)),
        procedure=tuple((step.date, step.what.in_language(language), cited(step.exhibits)) for step in file.procedure
                        if last_day(step.date) <= case.as_of),
        facts=tuple(_facts(assessment, language, cited)), groups=groups, issues=issues,
        heads=tuple((kind, law.heads[kind].title.in_language(language)) for kind in law.heads
                    if any(head.head.kind == kind for loss in valuation.losses for head in loss.heads)),
        rows=tuple(_rows(valuation, groups)), together=valuation.together,
        open_facts=tuple(_open(fact, assessment, language) for fact in open_facts(assessment, INQUIRY_ISSUES)),
        sources=tuple(source for source in law.sources.values() if source.id in used), exhibits=tuple(known.values()),
        not_encoded=tuple((n.topic.in_language(language), n.reason.in_language(language)) for n in law.not_encoded),
        offer_forms=tuple((o.form.in_language(language), o.date, o.amount, o.in_cash) for o in file.offers
                          if o.date <= case.as_of),
        receipt=receipt, worlds=assessment.worlds.count, seed=assessment.worlds.seed,
    )


def _groups(assessment: Assessment, language: str) -> Iterator[Group]:
    """Yield the groups of claimants who plead the same, in the order of the case."""
    case, facts = assessment.case, assessment.law.vocabulary.facts
    alike: dict[tuple[object, ...], list[Claimant]] = {}
    for claimant in case.file.claimants:
        key = tuple((duty, issue, answer.pleading) for duty in duties_of(assessment.law, claimant)
                    for issue, answer in assessment.answers[claimant.id, duty].items())
        alike.setdefault(key, []).append(claimant)
    own = [[_stated(case, claimant) for claimant in members] for members in alike.values()]
    everywhere = set.intersection(*(stated for group in own for stated in group))
    for index, (members, stated) in enumerate(zip(alike.values(), own, strict=True)):
        traits = sorted(set.intersection(*stated) - everywhere, key=lambda trait: list(facts).index(trait[0]))
        yield Group(
            chr(ord("A") + index) if index < 26 else f"Z{index - 25}", short_names([c.name for c in members], language),
            tuple(c.id for c in members), case.terms_of(members[0]).title.in_language(language),
            tuple(say_value(facts[name], value, language) for name, value in traits),
        )


def _stated(case: Case, claimant: Claimant) -> set[tuple[str, Plain]]:
    return {(name.partition("@")[0], fact.value) for name, fact in case.known(claimant.facts).items()
            if isinstance(fact.value, bool | str)}


def _letters(groups: tuple[Group, ...], claimants: tuple[str, ...]) -> tuple[str, ...]:
    """Return the letters of the groups that `claimants` are made of, or nothing where they are all of them."""
    letters = tuple(group.letter for group in groups if set(group.ids) <= set(claimants))
    return () if len(letters) == len(groups) else letters


def _issue(assessment: Assessment, views: tuple[IssueView, ...], groups: tuple[Group, ...], language: str) -> IssueSaid:
    view, issue, duties = views[0], views[0].issue, assessment.law.vocabulary.duties

    def duty(name: str | None) -> str:
        return duties[name].title.in_language(language) if name else ""

    return IssueSaid(
        issue.id, issue.title.in_language(language), issue.question.in_language(language),
        words(language)[f"burden_{issue.burden}"], duty(view.duty), _letters(groups, view.claimants), view.probability,
        view.standard_error, view.label, getattr(issue.findings, view.label).in_language(language),
        tuple(_argument(assessment, a, language) for a in view.arguments_for if _worth_saying(a)),
        tuple(_argument(assessment, a, language) for a in view.arguments_against if _worth_saying(a)),
        tuple(StandingSaid(duty(s.duty), _letters(groups, s.claimants), s.chance(language), s.label, s.finding)
              for s in standings(views, language)),
        issue.weigh is not None, any(v.conflict for v in views),
        tuple(assessment.law.issues[name].title.in_language(language) for name, _ in issue.elements()),
    )


def _worth_saying(argument: ArgumentView) -> bool:
    """Leave out what hardly any court would hear; what is set aside is said, with the reason."""
    return argument.applies or bool(argument.undercut_by) or argument.share >= SMALLEST_SHARE


def _argument(assessment: Assessment, view: ArgumentView, language: str) -> ArgumentSaid:
    law, known = assessment.law, assessment.case.exhibits_known
    exhibits = dict.fromkeys(
        exhibit for premise in view.premises if premise.finding for exhibit in premise.finding.fact.exhibits
        if exhibit in known
    )
    why_not = words(language)["or"].join(say_condition(law, condition, language) for condition in view.undercut_by)
    return ArgumentSaid(
        view.rule.because.in_language(language),
        tuple(say_premise(law, premise, language) for premise in view.premises), tuple(exhibits),
        tuple(law.sources[source] for source in view.rule.sources), words(language)[view.rule.weight or "weak"],
        view.applies, why_not, view.rule.open is not None,
    )


def _facts(assessment: Assessment, language: str, cited: Callable[[Sequence[str]], tuple[str, ...]]
           ) -> Iterator[FactSaid]:
    law, case = assessment.law, assessment.case
    for stated, fact in case.known(case.file.facts).items():
        name, _, duty = stated.partition("@")
        if fact.value is None:
            continue
        clause = say_value(law.vocabulary.facts[name], fact.value, language)
        if duty:
            clause += f" ({law.vocabulary.duties[duty].short.in_language(language)})"
        yield FactSaid(clause, words(language)[f"status_{fact.status}"], likelihood_of(fact, law), cited(fact.exhibits))


def _rows(valuation: Valuation, groups: tuple[Group, ...]) -> Iterator[ClaimantRow]:
    for loss in valuation.losses:
        heads: dict[str, Decimal] = {}
        for head in loss.heads:
            heads[head.head.kind] = heads.get(head.head.kind, Decimal("0.00")) + head.claimed
        letter = next(group.letter for group in groups if loss.claimant.id in group.ids)
        yield ClaimantRow(
            loss.claimant.name, letter, heads, sum((h.low for h in loss.heads), Decimal(0)),
            sum((h.high for h in loss.heads), Decimal(0)), loss.cap, valuation.claimants[loss.claimant.id],
        )


def _open(fact: OpenFact, assessment: Assessment, language: str) -> OpenFactSaid:
    then = tuple((say_value(fact.declaration, value, language), probability) for value, probability in fact.then)
    return OpenFactSaid(fact.declaration.asks.in_language(language),
                        assessment.law.issues[fact.issue].title.in_language(language), fact.now, then)
