"""What `check` prints: a case is valid, and what counsel should look into."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from vismajor.case.facts import Facts
from vismajor.case.models import Case
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.damages.objections import objections_to
from vismajor.drafting import typography
from vismajor.drafting.deadlines_said import deadlines_said
from vismajor.drafting.losses_said import objection_said, statements_said
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import counted, say_fact, say_question, words
from vismajor.law.models import Law
from vismajor.reading.problems import Problem
from vismajor.reasoning.contradictions import Contradiction, contradictions
from vismajor.reasoning.deadlines import deadlines
from vismajor.reasoning.worlds import Worlds
from vismajor.screen import wrapped

DRAWS = 100  # worlds; what is told here does not depend on them


def findings_of(case: Case, law: Law, language: str) -> list[str]:
    """Return what counsel should look into in a valid case, in words: pressing time limits first."""
    say, file = words(language), case.file
    cited = {exhibit for _, facts in _all_facts(case) for fact in facts.values() for exhibit in fact.exhibits}
    for exhibits in (
        *(told.exhibits for told in file.incident.account), *(terms.exhibits for terms in file.contracts),
        *(clause.exhibits for terms in file.contracts for clause in terms.clauses),
        *(claimant.exhibits for claimant in file.claimants), *(offer.exhibits for offer in file.offers),
        *(step.exhibits for step in file.procedure),
    ):
        cited.update(exhibits)
    for claimant in file.claimants:
        cited.update(claimant.accounts.exhibits if claimant.accounts else ())
        cited.update(exhibit for one in (*claimant.heads, *claimant.received) for exhibit in one.exhibits)
    found = [say["finding_unused_exhibit"].format(exhibit=e.id) for e in file.exhibits if e.id not in cited]
    bare: dict[tuple[str, object], list[str]] = {}
    for where, facts in _all_facts(case):
        for name, fact in facts.items():
            if fact.status == "disputed" and not fact.exhibits:
                bare.setdefault((name, fact.value), []).append(where)
    found += [say["finding_disputed_without_exhibit"].format(
        fact=_stated(law, name, said, language), name=name, where=_places(case, where, language))
        for (name, said), where in bare.items()]
    found += [_say_contradiction(law, one, language) for one in contradictions(case, law)]
    losses = compute_losses(case, law, Worlds(case.seed, DRAWS))
    found += _about_losses(case, losses, language)
    found += _about_parties(case, losses, language)
    found += _about_the_writ(case, law, language)
    found += [say["finding_no_heads"].format(claimant=c.name) for c in file.claimants if not c.heads]
    return [said.text for said in deadlines_said(case, law, language) if said.pressing] + found


def _about_parties(case: Case, losses: Sequence[ClaimantLoss], language: str) -> Iterator[str]:
    """Tell claimants whom acts would tell apart by their numbers alone, and sums agreed above what is claimed."""
    say, terms = words(language), case.file.acts.settlement
    names = Counter(claimant.name.strip() for claimant in case.file.claimants)
    yield from (say["finding_same_name"].format(name=name, count=count) for name, count in names.items() if count > 1)
    shares = terms.shares([claimant.id for claimant in case.file.claimants]) if terms is not None else {}
    for loss in losses:
        agreed, due = shares.get(loss.claimant.id), loss.due(case.as_of)
        if agreed is not None and agreed > due:
            yield say["finding_settled_above"].format(
                claimant=loss.claimant.name, agreed=typography.money(agreed, language, cents=True),
                due=typography.money(due, language, cents=True))


def _about_the_writ(case: Case, law: Law, language: str) -> Iterator[str]:
    """Tell a service that comes too late, too early after the notice, or while a participative convention runs."""
    say, acts = words(language), case.file.acts
    served, notice, convention = acts.writ.served_on, acts.notice, acts.amicable
    if served is None:
        return

    def told(key: str, day: dt.date) -> str:
        return say[key].format(served=typography.date(served, language), day=typography.date(day, language))

    last = min((limit.last_day for limit in deadlines(case, law) if limit.state != "kept"), default=None)
    if last is not None and served > last:
        yield told("finding_writ_late", last)
    if notice.date is not None and notice.days is not None and served <= notice.date + dt.timedelta(notice.days):
        yield told("finding_writ_early", notice.date + dt.timedelta(notice.days))
    if convention.signed_on is not None and convention.until is not None and (
            convention.signed_on <= served < convention.until):
        yield told("finding_writ_in_convention", convention.until)


def _about_losses(case: Case, losses: Sequence[ClaimantLoss], language: str) -> Iterator[str]:
    """Tell what was odd in the accounts, what they do not allow to say, what the other side will say of a head."""
    told: dict[str, list[str]] = {}
    worlds = Worlds(case.seed, DRAWS)
    for loss in losses:
        for what in _about(case, loss, worlds, language):
            names = told.setdefault(what, [])
            names += [loss.claimant.name] if loss.claimant.name not in names else []
    for what, names in told.items():
        yield words(language)["labelled"].format(label=short_names(names, language), what=what)


def _about(case: Case, loss: ClaimantLoss, worlds: Worlds, language: str) -> Iterator[str]:
    books = case.books.get(loss.claimant.id)
    yield from _grouped(books.findings if books else (), language)
    for head in loss.heads:
        customers = case.customers.get((loss.claimant.id, head.head.id))
        yield from _grouped(customers.findings if customers else (), language)
        yield from statements_said(head.counterfactual, language) if head.counterfactual else ()
        yield from (finding.explain(language) for finding in (head.customers.findings if head.customers else ()))
    yield from (objection_said(objection, language) for objection in objections_to(case, loss, worlds))


def _grouped(findings: Sequence[Problem], language: str) -> Iterator[str]:
    """Tell the first finding of each kind, and how many more there are."""
    kinds: dict[str, list[Problem]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    for first, *others in kinds.values():
        told = first.tell(language)
        yield words(language)["finding_several"].format(what=told, count=len(others)) if others else told


def _say_contradiction(law: Law, found: Contradiction, language: str) -> str:
    """Say what is stated, and from which facts, stated as well, the contrary follows."""
    say = words(language)
    stated, *grounds = [say_fact(law, one.name, one.fact.value, language) for one in (found.stated, *found.grounds)]
    return say["finding_contradicted"].format(claimant=found.claimant, stated=stated, grounds=say["and"].join(grounds))


def _stated(law: Law, name: str, value: object, language: str) -> str:
    """Say a fact as the case states it, or ask for it where the case states no single value."""
    fact, _, duty = name.partition("@")
    said = say_question(law, fact, language) if value is None else say_fact(law, fact, value, language)
    return f"{said} – {law.vocabulary.duties[duty].title.in_language(language)}" if duty else said


def _places(case: Case, where: Sequence[str], language: str) -> str:
    """Say where a fact is stated: in common, under which terms, for which claimants."""
    names = {claimant.id: claimant.name for claimant in case.file.claimants}
    claimants = [names[place] for place in where if place in names]
    if claimants and len(claimants) == len(names) > 1:
        return words(language)["all_claimants"]
    others = [words(language)["common_facts"] if place == "facts" else place for place in where if place not in names]
    return ", ".join([*others, *([short_names(claimants, language)] if claimants else [])])


def _all_facts(case: Case) -> Iterator[tuple[str, Facts]]:
    yield "facts", case.file.facts
    for terms in case.file.contracts:
        yield f"contracts: {terms.id}", terms.facts
    for claimant in case.file.claimants:
        yield claimant.id, claimant.facts
        for number, contract in enumerate(claimant.agreements, start=1):
            yield f"{claimant.id}: {contract.id or number}", contract.facts
        for item in claimant.items:
            yield f"{claimant.id}: {item.id}", item.facts


def tell_check(case: Case, law: Law, findings: list[str], language: str) -> str:
    """Say that a case is valid, and what to look into."""
    say = words(language)
    facts = sum(len(stated) for _, stated in _all_facts(case))
    line = say["check_ok"].format(
        claimants=counted(len(case.file.claimants), "claimants", language), facts=counted(facts, "facts", language),
        exhibits=counted(len(case.file.exhibits), "exhibits", language), law=law.id, version=law.version)
    title = [say["findings_title"]] if findings else []
    return "\n".join([line, *title, *(wrapped(item, language, 2, "- ") for item in findings)])
