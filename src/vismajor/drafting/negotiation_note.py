"""The context of the internal negotiation note: everything said in words, ready for the template.

The note is for our own side's eyes: its context holds probabilities and weaknesses. Documents for others get another
context type, which does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.models import Claimant, Exhibit
from vismajor.drafting import typography
from vismajor.drafting.receipt import Receipt
from vismajor.drafting.words import say_condition, say_premise, say_value, words
from vismajor.law.models import Source
from vismajor.reasoning.assessment import ArgumentView, Assessment, IssueView, duties_of
from vismajor.reasoning.findings import findings_for  # noqa: F401 — kept beside its user
from vismajor.reasoning.inquiry import OpenFact, open_facts
from vismajor.settlement.valuation import Valuation, Value


@dataclass(frozen=True)
class Group:
    """Claimants who plead the same on every issue: a letter, their names, what sets them apart."""

    letter: str
    names: tuple[str, ...]
    ids: tuple[str, ...]
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
class ViewSaid:
    """The answer to one issue for some groups and one duty."""

    who: str
    everyone: bool
    duty: str
    probability: float
    standard_error: float
    label: str
    finding: str
    arguments_for: tuple[ArgumentSaid, ...]
    arguments_against: tuple[ArgumentSaid, ...]


@dataclass(frozen=True)
class IssueSaid:
    """One issue: the leading answer in full, the others beside it."""

    id: str
    title: str
    question: str
    burden: str
    lead: ViewSaid
    others: tuple[ViewSaid, ...]
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
    procedure: tuple[tuple[dt.date, str, tuple[str, ...]], ...]
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

    @property
    def unread(self) -> tuple[Source, ...]:
        """The sources that nobody has read in full: to be verified before anything is signed."""
        return tuple(source for source in self.sources if source.read != "full")


INQUIRY_ISSUES = ("force_majeure", "liability", "liability_cap")


def build_note(valuation: Valuation, receipt: Receipt) -> NegotiationNote:
    """Put a valued case into the words of the negotiation note."""
    assessment = valuation.assessment
    case, law, language = assessment.case, assessment.law, assessment.case.file.language
    file, known = case.file, case.exhibits_known
    groups = tuple(_groups(assessment, language))
    issues = tuple(_issue(assessment, views, groups, language) for views in assessment.views.values())
    used = {argument_source.id: argument_source for issue in issues for view in (issue.lead, *issue.others)
            for argument in (*view.arguments_for, *view.arguments_against) for argument_source in argument.sources}

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
                        if step.date <= case.as_of),
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
    alike: dict[tuple[tuple[str, str, str], ...], list[Claimant]] = {}
    for claimant in assessment.case.file.claimants:
        key = tuple((duty, issue, answer.pleading) for duty in duties_of(assessment.law, claimant)
                    for issue, answer in assessment.answers[claimant.id, duty].items())
        alike.setdefault(key, []).append(claimant)
    own = [set.intersection(*(_stated(assessment, claimant) for claimant in members)) for members in alike.values()]
    shared = set.intersection(*own) if own else set()
    for index, members in enumerate(alike.values()):
        traits = sorted(own[index] - shared) if len(alike) > 1 else []
        clauses = (say_value(assessment.law.vocabulary.facts[name.partition("@")[0]], _typed(value), language)
                   for name, value, _ in traits)
        yield Group(chr(ord("A") + index) if index < 26 else f"A{index}", tuple(c.name for c in members),
                    tuple(c.id for c in members), tuple(clauses))


def _stated(assessment: Assessment, claimant: Claimant) -> set[tuple[str, str, str]]:
    case = assessment.case
    stated = {**case.known(case.terms_of(claimant).facts), **case.known(claimant.facts)}
    return {(name, str(fact.value).lower() if isinstance(fact.value, bool) else str(fact.value), fact.status)
            for name, fact in stated.items() if fact.value is not None}


def _typed(text: str) -> bool | str:
    return text == "true" if text in ("true", "false") else text


def _issue(assessment: Assessment, views: tuple[IssueView, ...], groups: tuple[Group, ...], language: str) -> IssueSaid:
    issue, said = views[0].issue, tuple(_view(assessment, view, groups, language) for view in views)
    titles = tuple(assessment.law.issues[name].title.in_language(language) for name, _ in issue.elements())
    return IssueSaid(
        issue.id, issue.title.in_language(language), issue.question.in_language(language),
        words(language)[f"burden_{issue.burden}"], said[0], said[1:], issue.weigh is not None,
        any(view.conflict for view in views), titles,
    )


def _view(assessment: Assessment, view: IssueView, groups: tuple[Group, ...], language: str) -> ViewSaid:
    everyone = len(view.claimants) == len(assessment.case.file.claimants)
    letters = [group.letter for group in groups if set(group.ids) <= set(view.claimants)]
    return ViewSaid(
        typography.listing(letters, language), everyone,
        assessment.law.vocabulary.duties[view.duty].title.in_language(language) if view.duty else "",
        view.probability, view.standard_error, view.label,
        getattr(view.issue.findings, view.label).in_language(language),
        tuple(_argument(assessment, a, language) for a in view.arguments_for),
        tuple(_argument(assessment, a, language) for a in view.arguments_against),
    )


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


def _facts(assessment: Assessment, language: str, cited) -> Iterator[FactSaid]:  # type: ignore[no-untyped-def]
    law, case = assessment.law, assessment.case
    for stated, fact in case.known(case.file.facts).items():
        name, _, duty = stated.partition("@")
        if fact.value is None:
            continue
        clause = say_value(law.vocabulary.facts[name], fact.value, language)
        if duty:
            clause += f" ({law.vocabulary.duties[duty].short.in_language(language)})"
        likelihood = fact.likelihood
        if likelihood is None:
            likelihood = law.vocabulary.likelihood_by_status[fact.status]
        yield FactSaid(clause, words(language)[f"status_{fact.status}"], likelihood, cited(fact.exhibits))


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
    then = tuple((say_value(fact.declaration, _typed(value), language), probability) for value, probability in fact.then)
    return OpenFactSaid(fact.declaration.asks.in_language(language),
                        assessment.law.issues[fact.issue].title.in_language(language), fact.now, then)
