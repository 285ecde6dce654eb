"""Puts a valued case into the words of the internal negotiation note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting import typography
from vismajor.drafting.advice_said import advice_said
from vismajor.drafting.argument_said import argument_said
from vismajor.drafting.deadlines_said import deadlines_said
from vismajor.drafting.decision_said import decision_of, suit_of_case
from vismajor.drafting.groups import Group, groups_of, told_together
from vismajor.drafting.hearing import say_conflict, worth_telling
from vismajor.drafting.issue_said import ArgumentSaid, IssueSaid, StandingSaid
from vismajor.drafting.negotiation_said import aims_of, pattern_said, proposal_said
from vismajor.drafting.note_context import (
    ClaimantRow,
    FactSaid,
    InterestSaid,
    NegotiationNote,
    OpenFactSaid,
    Proof,
)
from vismajor.drafting.note_losses import heads_said, interest_said
from vismajor.drafting.nothing_due import causes_said
from vismajor.drafting.questions import worth_asking
from vismajor.drafting.receipt import Receipt
from vismajor.drafting.sides_said import sides_said
from vismajor.drafting.standings import Standing, standings
from vismajor.drafting.studies_said import NOTHING_COMPARED, Compared, inquiries_said, scenarios_said
from vismajor.drafting.weaknesses_said import WeakIssue, weak_issues, weaknesses_said
from vismajor.drafting.words import say_value, words
from vismajor.law.conditions import fact_of
from vismajor.law.models import SOURCE_ORDER, Law, Source
from vismajor.reading.scalars import last_day
from vismajor.reasoning.assessment import Assessment, IssueView
from vismajor.reasoning.findings import likelihood_of
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.inquiry import OpenFact, open_facts
from vismajor.reasoning.possibilities import Plain
from vismajor.settlement.advice import Advice, advise, concerned
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.bearing import bearings_of, bearings_of_unknown
from vismajor.settlement.negotiation import SIDES, Negotiation, negotiation
from vismajor.settlement.proposal import propose
from vismajor.settlement.valuation import Valuation

SETTLED = 0.05  # beyond, a question is told in one line
ALWAYS_DISCUSSED = ("breach", "force_majeure", "force_majeure_clause", "exoneration", "liability",
                    "gross_fault", "liability_cap")
INQUIRY_ISSUES = ("force_majeure", "liability", "liability_cap")


def build_note(valuation: Valuation, receipt: Receipt, bargain: Bargain | None = None,
               compared: Compared = NOTHING_COMPARED) -> NegotiationNote:
    """Put a valued case into the words of the negotiation note.

    `bargain`: what lies between the respondent and those who hold an offer, where the case says what the suit costs;
    `compared`: its scenarios beside the case as it is.
    """
    assessment = valuation.assessment
    case, law, language = assessment.case, assessment.law, assessment.case.file.language
    file, known = case.file, case.exhibits_known
    groups = tuple(groups_of(assessment, language))
    issues = tuple(_issue(assessment, views, groups, language) for views in assessment.views.values())
    interest, weak = interest_said(assessment, valuation.losses), weak_issues(assessment, issues, language)
    advice, bearings = advise(valuation, bargain), bearings_of(valuation)
    log = negotiation(case)
    own = {e for claimant in file.claimants for e in claimant.exhibits}

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
        facts=tuple(_facts(assessment, language, cited, _relied_on(assessment))), groups=groups,
        alike=tuple(told_together(assessment, groups, language)), issues=issues,
        heads=tuple(heads_said(valuation, language)), interest=interest,
        costs=any(loss.claimant.costs or file.costs for loss in valuation.losses),
        rows=tuple(_rows(valuation, groups)), together=valuation.together,
        open_facts=tuple(_open(fact, assessment, language) for fact in _asked(assessment)),
        sources=_sources(law, issues, interest, weak),
        exhibits=tuple(exhibit for exhibit in known.values() if exhibit.id not in own),
        claimants_exhibits=tuple(_own_exhibits(assessment)),
        exhibits_count=len(known), unread_exhibits=sum(exhibit.read != "full" for exhibit in known.values()),
        unread_terms=tuple(dict.fromkeys(
            e for terms in file.contracts for e in cited(terms.exhibits) if known[e].read != "full")),
        deadlines=tuple(deadlines_said(case, law, language)), proof=_proof(law),
        not_encoded=tuple((n.topic.in_language(language), n.reason.in_language(language)) for n in law.not_encoded
                          if n.known_from is None or n.known_from <= case.as_of),
        offers=tuple((o.form.in_language(language), o.date) for o in file.offers
                     if o.date <= case.as_of and o.by == "respondent"),
        standing=valuation.standing, advice=advice_said(advice, valuation, issues, language, bargain),
        causes=causes_said(valuation, concerned(valuation), language), decision=decision_of(valuation, advice),
        sides=sides_said(bargain, file.respondent.name, language, apart=len(bargain.claimants) < len(valuation.awards))
        if bargain else None,
        suit=suit_of_case(file.proceedings, bargain), patterns=tuple(_patterns(log, file.respondent.name, language)),
        proposal=_proposal(log, valuation, advice, language),
        weaknesses=weaknesses_said(assessment, weak, bearings, language),
        scenarios=tuple(scenarios_said(compared, law, language)),
        scenarios_left=tuple(one.title.in_language(language) for one in compared.left_out),
        inquiries=inquiries_said(assessment, (*bearings, *bearings_of_unknown(valuation, {
            name for one in file.evidence for name in one.facts})), language),
        receipt=receipt, worlds=assessment.worlds.count, seed=assessment.worlds.seed,
    )


def sources_of(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> tuple[Source, ...]:
    """Return the sources that the note of an assessed case cites."""
    language = assessment.case.file.language
    issues = [_issue(assessment, views, (), language) for views in assessment.views.values()]
    return _sources(assessment.law, issues, interest_said(assessment, losses),
                    weak_issues(assessment, issues, language))


def _sources(law: Law, issues: Sequence[IssueSaid], interest: InterestSaid | None, weak: Sequence[WeakIssue]
             ) -> tuple[Source, ...]:
    discussed = [issue for issue in issues if not issue.settled]
    arguments = [argument for issue in discussed for argument in (*issue.arguments_for, *issue.arguments_against)]
    arguments += [argument for issue in discussed for _, for_, against in issue.further
                  for argument in (*for_, *against)]
    arguments += [one.argument for one in weak if one.argument]
    used = {source.id for argument in arguments for source in argument.sources}
    used |= {source.id for source in interest.sources} if interest else set()
    return tuple(sorted((source for source in law.sources.values() if source.id in used),
                        key=lambda source: SOURCE_ORDER.index(source.kind)))


def _patterns(log: Negotiation, respondent: str, language: str) -> Iterator[str]:
    """Yield how each side concedes, where its moves show it."""
    for side in SIDES:
        if log.patterns[side].habit != "too_few":
            yield pattern_said(side, log.patterns[side], len(log.claimants), language, respondent)


def _proposal(log: Negotiation, valuation: Valuation, advice: Advice, language: str) -> str:
    """Say what to propose next where both sides have already named a figure: the opening is then behind us."""
    side = valuation.assessment.case.file.acting_for
    if set(concerned(valuation)) != set(log.claimants) or None in (log.last_figure(one) for one in SIDES):
        return ""
    aims = aims_of(advice, side)
    return proposal_said(propose(log, side, aims), aims, language)


def _own_exhibits(assessment: Assessment) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the titles of the claimants' own exhibits, the name of the claimant left out, with all that bear each."""
    case, gathered = assessment.case, dict[str, list[str]]()
    for claimant in case.file.claimants:
        for exhibit in claimant.exhibits:
            if exhibit in case.exhibits_known:
                title = case.exhibits_known[exhibit].title
                bare = title.removeprefix(f"{claimant.name}, ")
                gathered.setdefault(typography.capital(bare), []).append(exhibit)
    yield from ((title, tuple(ids)) for title, ids in gathered.items())


def _proof(law: Law) -> Proof | None:
    found = law.fitted
    return Proof(len(found.seen), found.held_out.correct, found.held_out.accuracy, found.decisions) if found else None


def _asked(assessment: Assessment) -> list[OpenFact]:
    with Grounder(assessment.law) as grounder:
        return worth_asking(assessment, open_facts(assessment, grounder, INQUIRY_ISSUES))


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
        _burden(assessment, issue.burden, language), duty(view.duty), _letters(groups, view.claimants),
        view.probability, view.standard_error, view.label, _standing(view, (view,)).answer,
        _standing(view, views).chance(language), getattr(issue.findings, view.label).in_language(language),
        issue.findings.established.in_language(language),
        tuple(argument_said(assessment, a, language) for a in worth_telling(view.arguments_for)),
        tuple(argument_said(assessment, a, language) for a in worth_telling(view.arguments_against)),
        tuple(
            StandingSaid(duty(s.duty), _letters(groups, s.claimants), s.chance(language), s.label, s.answer, s.finding)
            for s in standings(views, language)),
        tuple(_by_duty(assessment, views, language)),
        tuple(_further(assessment, views, language)), issue.weigh is not None,
        next(filter(None, (say_conflict(assessment.law, one, language) for one in views)), ""),
        tuple(assessment.law.issues[name].title.in_language(language) for name, _ in issue.elements()),
        issue.id not in ALWAYS_DISCUSSED and _is_settled(views),
    )


def _by_duty(assessment: Assessment, views: Sequence[IssueView], language: str) -> Iterator[tuple[str, str]]:
    """Yield each duty with the range of the probability over all claimants."""
    for duty in dict.fromkeys(view.duty for view in views if view.duty):
        of_duty = [view for view in views if view.duty == duty]
        yield (assessment.law.vocabulary.duties[duty].short.in_language(language),
               _standing(of_duty[0], of_duty).chance(language))


def _standing(view: IssueView, among: Sequence[IssueView]) -> Standing:
    """Return the standing of a view, its probability widened to those of the views `among` which it is told."""
    chances = [one.probability for one in among]
    return Standing(view.duty, view.label, view.claimants, min(chances), max(chances), view.standard_error, "")


def _is_settled(views: Sequence[IssueView]) -> bool:
    """Tell whether hardly any court would answer otherwise, for any claimant and duty."""
    chances = [view.probability for view in views]
    return not any(view.conflict for view in views) and (max(chances) <= SETTLED or min(chances) >= 1 - SETTLED)


def _burden(assessment: Assessment, side: str, language: str) -> str:
    one = side == "claimants" and len(assessment.case.file.claimants) == 1
    return words(language)["burden_claimant" if one else f"burden_{side}"]


def _further(assessment: Assessment, views: tuple[IssueView, ...], language: str
             ) -> Iterator[tuple[str, tuple[ArgumentSaid, ...], tuple[ArgumentSaid, ...]]]:
    """Yield, for each further duty, the arguments that no view before it holds."""
    said = {a.rule.id for a in (*views[0].arguments_for, *views[0].arguments_against)}
    duties = {views[0].duty}
    for view in views[1:]:
        if view.duty in duties or view.duty is None:
            continue
        duties.add(view.duty)
        new = [tuple(a for a in worth_telling(side) if a.rule.id not in said)
               for side in (view.arguments_for, view.arguments_against)]
        said |= {a.rule.id for side in new for a in side}
        if any(new):
            yield (assessment.law.vocabulary.duties[view.duty].title.in_language(language),
                   tuple(argument_said(assessment, a, language) for a in new[0]),
                   tuple(argument_said(assessment, a, language) for a in new[1]))


def _relied_on(assessment: Assessment) -> set[str]:
    """Return the facts on which an argument of some view rests."""
    return {
        fact_of(ground.finding.name) for views in assessment.views.values() for view in views
        for argument in (*view.arguments_for, *view.arguments_against) for premise in argument.premises
        for ground in premise.grounds() if ground.finding
    }


def _facts(assessment: Assessment, language: str, cited: Callable[[Sequence[str]], tuple[str, ...]],
           relied_on: set[str]) -> Iterator[FactSaid]:
    """Yield the common facts; one that nobody contests and no argument rests on is noise."""
    law, case = assessment.law, assessment.case
    for stated, fact in case.known(case.file.facts).items():
        name, _, duty = stated.partition("@")
        if fact.value is None or (fact.status == "admitted" and name not in relied_on):
            continue
        clause = say_value(law.vocabulary.facts[name], fact.value, language)
        if duty:
            clause += f" ({law.vocabulary.duties[duty].short.in_language(language)})"
        yield FactSaid(clause, words(language)[f"status_{fact.status}"], likelihood_of(fact, law), cited(fact.exhibits))


def _rows(valuation: Valuation, groups: tuple[Group, ...]) -> Iterator[ClaimantRow]:
    for loss in valuation.losses:
        letter = ", ".join(group.letter for group in groups if set(loss.caps) & set(group.ids))
        yield ClaimantRow(loss.claimant.name, letter, loss.documented, loss.provable, loss.low, loss.high, loss.cap,
                          valuation.claimants[loss.claimant.id])


def _open(fact: OpenFact, assessment: Assessment, language: str) -> OpenFactSaid:
    then = tuple((_if_found(fact, value, language), probability) for value, probability in fact.then)
    return OpenFactSaid(fact.declaration.asks.in_language(language),
                        assessment.law.issues[fact.issue].title.in_language(language), fact.now, then)


def _if_found(fact: OpenFact, value: Plain, language: str) -> str:
    """Say the answer to a question as a condition: `if so`, or the value in words."""
    say = words(language)
    if isinstance(value, bool):
        return say["value_of_true" if value else "value_of_false"]
    clause = say_value(fact.declaration, value, language)
    return typography.elided(f"{say['if'].lower()} {clause}", language)
