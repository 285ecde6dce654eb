"""What `check` prints: a case is valid, and what counsel should look into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from vismajor.case.heads import LostMargin, Rehosting, StaffHours
from vismajor.case.models import Case, Facts
from vismajor.damages.counterfactual import counterfactual
from vismajor.damages.customers import CustomerLoss
from vismajor.damages.heads import ClaimantLoss, HeadLoss, compute_losses, insured_claim
from vismajor.damages.margin_rate import margin_rate
from vismajor.damages.money import euros
from vismajor.damages.received import paid_as
from vismajor.drafting import typography
from vismajor.drafting.deadlines_said import deadlines_said
from vismajor.drafting.losses_said import statements_said
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import counted, say_fact, say_question, words
from vismajor.law.models import Law
from vismajor.reading.problems import Problem
from vismajor.reasoning.contradictions import Contradiction, contradictions
from vismajor.reasoning.worlds import Worlds
from vismajor.screen import wrapped

RATE_APART = Decimal("0.03")  # a margin rate further than this from the accounts is told
DRAWS = 100  # worlds; what is told here does not depend on them


def findings_of(case: Case, law: Law, language: str) -> list[str]:
    """Return what counsel should look into in a valid case, in words: pressing time limits first."""
    say, file = words(language), case.file
    cited = {exhibit for _, facts in _all_facts(case) for fact in facts.values() for exhibit in fact.exhibits}
    for exhibits in (
        *(told.exhibits for told in file.incident.account), *(terms.exhibits for terms in file.contracts),
        *(claimant.exhibits for claimant in file.claimants), *(offer.exhibits for offer in file.offers),
        *(step.exhibits for step in file.procedure),
    ):
        cited.update(exhibits)
    for claimant in file.claimants:
        cited.update(claimant.accounts.exhibits if claimant.accounts else ())
        cited.update(exhibit for head in claimant.heads for exhibit in head.exhibits)
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
    found += _about_losses(case, law, language)
    found += [say["finding_no_heads"].format(claimant=c.name) for c in file.claimants if not c.heads]
    return [said.text for said in deadlines_said(case, law, language) if said.pressing] + found


def _about_losses(case: Case, law: Law, language: str) -> Iterator[str]:
    """Tell what was odd in the accounts, what they do not allow to say, what the other side will say of a head."""
    told: dict[str, list[str]] = {}
    for loss in compute_losses(case, law, Worlds(case.seed, DRAWS)):
        books = case.books.get(loss.claimant.id)
        found = list(_grouped(books.findings, language)) if books else []
        found += [line for head in loss.heads if (lists := case.customers.get((loss.claimant.id, head.head.id)))
                  for line in _grouped(lists.findings, language)]
        found += [*_counted_twice(loss, language), *_received_beyond(loss, language)]
        for what in (*found, *(one for head in loss.heads for one in _about_head(case, loss, head, language))):
            names = told.setdefault(what, [])
            names += [loss.claimant.name] if loss.claimant.name not in names else []
    for what, names in told.items():
        yield words(language)["labelled"].format(label=short_names(names, language), what=what)


def _grouped(findings: Sequence[Problem], language: str) -> Iterator[str]:
    """Tell the first finding of each kind, and how many more there are."""
    kinds: dict[str, list[Problem]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    for first, *others in kinds.values():
        told = first.tell(language)
        yield words(language)["finding_several"].format(what=told, count=len(others)) if others else told


def _counted_twice(loss: ClaimantLoss, language: str) -> Iterator[str]:
    """Tell heads that may count the same loss twice though nothing shows that they do."""
    say = words(language)
    for one, other in combinations(loss.heads, 2):
        kinds, titles = (one.head.kind, other.head.kind), [head.title.in_language(language) for head in (one, other)]
        if set(kinds) == {"destroyed_asset", "data_recovery"}:
            yield say["finding_asset_and_rebuilding"].format(head=titles[0], other=titles[1])
        if kinds[0] == kinds[1] and one.claimed == other.claimed > 0:
            yield say["finding_same_head"].format(head=titles[0], first=one.head.id, second=other.head.id)
    wholes = [head for head in loss.heads if head.head.kind == "claimed_loss"]
    if wholes and len(wholes) < sum(head.head.kind != "restitution" for head in loss.heads):
        yield say["finding_whole_and_parts"].format(head=wholes[0].title.in_language(language))


def _received_beyond(loss: ClaimantLoss, language: str) -> Iterator[str]:
    """Tell what was received beyond what is claimed."""
    for one in loss.claimant.received:
        claimed = insured_claim(one, loss.heads) if paid_as(one) == "insurance" else loss.claimed
        if paid_as(one) and one.amount > claimed:
            yield words(language)["finding_received_beyond"].format(
                head=one.id, received=typography.money(one.amount, language),
                claimed=typography.money(claimed, language))


def _about_head(case: Case, loss: ClaimantLoss, head: HeadLoss, language: str) -> Iterator[str]:
    say, title = words(language), head.title.in_language(language)
    if head.kind.needs_evidence and not head.claimed:
        yield say["finding_no_evidence"].format(head=title)
    if isinstance(head.head, StaffHours) and not head.head.extra_cost and _measures_margin(loss):
        yield say["finding_hours_and_margin"].format(head=title)
    if head.counterfactual is not None:
        yield from statements_said(head.counterfactual, language)
        yield from _back_before(case, loss, head, language)
        yield from _rate_differs(case, loss, head, language)
    if head.customers is not None:
        yield from (finding.explain(language) for finding in head.customers.findings)
        yield from _beyond_the_gap(loss, head, head.customers, language)
    if head.head.documented is not None and head.head.documented > head.claimed:
        yield say["finding_documented_above"].format(
            head=title, documented=typography.money(head.head.documented, language),
            claimed=typography.money(head.claimed, language))
    if isinstance(head.head, Rehosting) and head.head.fees_saved > head.head.amount:
        yield say["finding_fees_above"].format(head=title)
    if loss.claimant.vat_recovered < 1 and getattr(head.head, "vat_rate", 0) is None:
        yield say["finding_no_vat_rate"].format(head=title)


def _measures_margin(loss: ClaimantLoss) -> bool:
    return any(isinstance(head.head, LostMargin) for head in loss.heads)


def _back_before(case: Case, loss: ClaimantLoss, head: HeadLoss, language: str) -> Iterator[str]:
    """Tell where business was back before the end of the period that is claimed."""
    if not isinstance(head.head, LostMargin) or head.head.to is None or loss.claimant.accounts is None:
        return
    books = case.books[loss.claimant.id]
    open_ = counterfactual(books.revenue, head.head.from_, None, Worlds(case.seed, DRAWS),
                           f"{loss.claimant.id}:{head.head.id}", unaffected=books.unaffected,
                           breaks=loss.claimant.accounts.breaks)
    if open_.recovered is not None and open_.recovered <= head.head.to:
        month, to = (typography.partial_date(one, language) for one in (open_.recovered, head.head.to))
        yield words(language)["finding_back_before"].format(head=head.title.in_language(language), month=month, to=to)


def _rate_differs(case: Case, loss: ClaimantLoss, head: HeadLoss, language: str) -> Iterator[str]:
    """Tell where the rate that the case states is not the one that its accounts show."""
    accounts, books = loss.claimant.accounts, case.books[loss.claimant.id]
    if accounts is None or accounts.variable_cost_rate is None or books.variable_costs is None or not head.head.from_:
        return
    stated = head.margin.rate if head.margin else Decimal(0)
    read = margin_rate(books, accounts.model_copy(update={"variable_cost_rate": None}), head.head.from_).rate
    if abs(stated - read) > RATE_APART:
        told = [typography.decimal(float(100 * rate), language, 1) for rate in (stated, read)]
        yield words(language)["finding_rate_differs"].format(
            head=head.title.in_language(language), stated=told[0], read=told[1])


def _beyond_the_gap(loss: ClaimantLoss, head: HeadLoss, lost: CustomerLoss, language: str) -> Iterator[str]:
    """Tell where the customers lost would bring more a month than is still missing in the accounts."""
    for other in loss.heads:
        course, margin = other.counterfactual, other.margin
        if course is None or margin is None:
            continue
        gap = euros(float(course.expected[-1] - course.actual[-1]) * float(margin.rate))
        monthly = euros(lost.excess * float(lost.margin))
        if monthly > gap:
            yield words(language)["finding_customers_beyond_gap"].format(
                head=head.title.in_language(language), customers=typography.money(monthly, language),
                gap=typography.money(gap, language), month=typography.partial_date(course.months[-1], language))


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
