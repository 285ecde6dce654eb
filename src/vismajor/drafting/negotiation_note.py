"""Puts a valued case into the words of the internal negotiation note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_UP

from vismajor.damages.accessories import interest_asked
from vismajor.damages.heads import HeadLoss
from vismajor.damages.money import NOTHING
from vismajor.drafting import typography
from vismajor.drafting.bargain_said import BargainSaid, bargain_said
from vismajor.drafting.deadlines_said import deadlines_said
from vismajor.drafting.groups import groups_of, told_together
from vismajor.drafting.hearing import aside, grounds, say_conflict, worth_telling
from vismajor.drafting.note_context import (
    AdviceSaid,
    ArgumentSaid,
    ClaimantRow,
    FactSaid,
    Group,
    HeadSaid,
    InterestSaid,
    IssueSaid,
    NegotiationNote,
    OpenFactSaid,
    Proof,
    StandingSaid,
)
from vismajor.drafting.questions import worth_asking
from vismajor.drafting.receipt import Receipt
from vismajor.drafting.standings import Standing, short_names, standings
from vismajor.drafting.words import say_premise, say_value, words
from vismajor.law.conditions import fact_of
from vismajor.law.models import SOURCE_ORDER, Law
from vismajor.reading.scalars import last_day
from vismajor.reasoning.assessment import ArgumentView, Assessment, IssueView
from vismajor.reasoning.findings import likelihood_of
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.inquiry import OpenFact, open_facts
from vismajor.reasoning.possibilities import Plain
from vismajor.settlement.advice import advise
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.valuation import Valuation

SETTLED = 0.05  # beyond, a question is told in one line
ALWAYS_DISCUSSED = ("breach", "force_majeure", "force_majeure_clause", "exoneration", "liability",
                    "gross_fault", "liability_cap")
INQUIRY_ISSUES = ("force_majeure", "liability", "liability_cap")


def build_note(valuation: Valuation, receipt: Receipt, bargain: Bargain | None = None) -> NegotiationNote:
    """Put a valued case into the words of the negotiation note.

    `bargain`: what lies between the respondent and those who hold an offer, where the case says what the suit costs.
    """
    assessment = valuation.assessment
    case, law, language = assessment.case, assessment.law, assessment.case.file.language
    file, known = case.file, case.exhibits_known
    groups = tuple(groups_of(assessment, language))
    issues = tuple(_issue(assessment, views, groups, language) for views in assessment.views.values())
    discussed = [issue for issue in issues if not issue.settled]
    used = {source.id for issue in discussed for argument in (*issue.arguments_for, *issue.arguments_against)
            for source in argument.sources}
    interest = _interest(valuation)
    used |= {source.id for source in interest.sources} if interest else set()
    used |= {source.id for issue in discussed for _, for_, against in issue.further for argument in (*for_, *against)
             for source in argument.sources}

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
        heads=tuple(_heads(valuation, language)), interest=interest,
        costs=any(loss.claimant.costs or file.costs for loss in valuation.losses),
        rows=tuple(_rows(valuation, groups)), together=valuation.together,
        open_facts=tuple(_open(fact, assessment, language) for fact in _asked(assessment)),
        sources=tuple(sorted((source for source in law.sources.values() if source.id in used),
                             key=lambda source: SOURCE_ORDER.index(source.kind))),
        exhibits=tuple(exhibit for exhibit in known.values() if exhibit.id not in own),
        claimants_exhibits=tuple(_own_exhibits(assessment)),
        unread_terms=tuple(dict.fromkeys(
            e for terms in file.contracts for e in cited(terms.exhibits) if known[e].read != "full")),
        deadlines=tuple(deadlines_said(case, law, language)), proof=_proof(law),
        not_encoded=tuple((n.topic.in_language(language), n.reason.in_language(language)) for n in law.not_encoded
                          if n.known_from is None or n.known_from <= case.as_of),
        offers=tuple((o.form.in_language(language), o.date) for o in file.offers
                     if o.date <= case.as_of and o.by == "respondent"),
        standing=valuation.standing, advice=_advice(valuation, issues, language, bargain),
        sides=_sides(valuation, bargain, language),
        receipt=receipt, worlds=assessment.worlds.count, seed=assessment.worlds.seed,
    )


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
        tuple(_argument(assessment, a, language) for a in worth_telling(view.arguments_for)),
        tuple(_argument(assessment, a, language) for a in worth_telling(view.arguments_against)),
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


def _advice(valuation: Valuation, issues: Sequence[IssueSaid], language: str, bargain: Bargain | None) -> AdviceSaid:
    advice, case = advise(valuation, bargain), valuation.assessment.case
    by_id = {issue.id: issue for issue in issues}
    named = {claimant.id: claimant.name for claimant in case.file.claimants}
    names = [named[claimant] for claimant in advice.otherwise]
    claimed = (valuation.standing.value if valuation.standing else valuation.together).claimed
    ours = case.file.acting_for == "claimants"
    # A first figure is rounded upwards, lest it fall below the one it is drawn from.
    opening = min(typography.about(advice.opening, ROUND_UP), max(claimed, advice.opening)) if (
        ours) else typography.about(advice.opening)
    target = None if advice.target is None else typography.about(advice.target)
    return AdviceSaid(
        advice.position, opening, advice.opening_on, typography.about(advice.limit), typography.about(advice.floor),
        advice.worse, tuple(by_id[name] for name in advice.deciding),
        by_id[advice.obstacle] if advice.obstacle else None,
        short_names(names, language) if names else "", len(names),
        target if target is None or not ours else min(target, opening), advice.place,
        typography.about(bargain.together.value) if bargain else None,
        typography.about(bargain.respondent.value) if bargain else None,
    )


def _sides(valuation: Valuation, bargain: Bargain | None, language: str) -> BargainSaid | None:
    if bargain is None:
        return None
    return bargain_said(bargain, language, apart=len(bargain.claimants) < len(valuation.awards))


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
                   tuple(_argument(assessment, a, language) for a in new[0]),
                   tuple(_argument(assessment, a, language) for a in new[1]))


def _argument(assessment: Assessment, view: ArgumentView, language: str) -> ArgumentSaid:
    law, known = assessment.law, assessment.case.exhibits_known
    exhibits = dict.fromkeys(
        exhibit for ground in grounds(view) if ground.finding and ground.as_stated
        for exhibit in ground.finding.fact.exhibits if exhibit in known
    )
    return ArgumentSaid(
        view.rule.because.in_language(language),
        tuple(say_premise(law, premise, language) for premise in view.premises), tuple(exhibits),
        tuple(law.sources[source] for source in view.rule.sources), words(language)[view.rule.weight or "weak"],
        aside(assessment.law, view, language),
    )


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


def _heads(valuation: Valuation, language: str) -> Iterator[HeadSaid]:
    """Yield the heads of all claimants, those of one kind together, in the order of the law pack."""
    order, gathered = list(valuation.assessment.law.heads), dict[str, list[HeadLoss]]()
    for head in sorted((head for loss in valuation.losses for head in loss.heads),
                       key=lambda head: order.index(head.head.kind)):
        gathered.setdefault(head.title.in_language(language), []).append(head)
    for title, heads in gathered.items():
        chances = [head.as_a_chance for head in heads if head.as_a_chance is not None]
        treatment = heads[0].kind.treatment
        yield HeadSaid(
            title=title, claimants=len({head.claim.partition("/")[0] for head in heads}),
            claimed=sum((head.claimed for head in heads), NOTHING),
            documented=sum((head.documented for head in heads), NOTHING),
            provable=sum((head.provable for head in heads), NOTHING),
            chance=sum(chances, NOTHING) if chances else None,
            treatment=treatment.in_language(language) if treatment else "")


def _interest(valuation: Valuation) -> InterestSaid | None:
    case, law = valuation.assessment.case, valuation.assessment.law
    asked = [one for one in (interest_asked(case, law, loss) for loss in valuation.losses) if one]
    if not asked or law.rates is None:
        return None
    parts = [part for one in asked for part in (one.on_damages, one.on_restitution)]
    restitution = any(one.on_restitution.principal for one in asked)
    kinds = ("damages", "restitution") if restitution else ("damages",)
    cited = [name for kind in kinds for name in law.rates.runs_from[kind].sources]
    cited += law.rates.capitalisation.sources if any(one.asked.capitalisation for one in asked) else ()
    governing = {claim.contract.governing_date for claim in case.claims}
    known = {name for day in governing for name in law.sources_known(cited, case.as_of, day)}
    return InterestSaid(
        notice=min(one.asked.notice for one in asked), planned=any(one.asked.notice > case.as_of for one in asked),
        until=max(one.until for one in asked), amount=sum((part.amount for part in parts), NOTHING),
        capitalised=any(one.asked.capitalisation for one in asked),
        unconfirmed=any(part.unconfirmed for part in parts),
        earlier=max(one.asked.damages_from_notice for one in asked), restitution=restitution,
        sources=tuple(law.sources[name] for name in dict.fromkeys(cited) if name in known))


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
