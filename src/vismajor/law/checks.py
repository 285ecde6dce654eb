"""Checks of a pack as a whole: every name exists, values are allowed, a reason and a source everywhere, no cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_args

from vismajor.law.conditions import Condition, OtherFact
from vismajor.law.models import Declaration, Issue, Law, Rule, Weight
from vismajor.law.regimes import Regimes
from vismajor.law.time_limits import TimeLimit
from vismajor.reading.problems import closest, nearest
from vismajor.reading.scalars import Status
from vismajor.reading.validation import shown

SCOPES = ("common", "contract", "claimant")

# kind of entry, its id, path below it, message, values of the message
Finding = tuple[str, str, tuple[str | int, ...], str, dict[str, object]]


def check_pack(law: Law) -> Iterator[Finding]:
    """Yield every problem that only shows when the files of a pack are read together."""
    for weight in get_args(Weight):
        if weight not in law.weights:
            yield "pack", "", ("weights",), "missing_key", {"key": weight}
    for status in get_args(Status):
        if status not in law.vocabulary.likelihood_by_status:
            yield "vocabulary", "", ("likelihood_by_status",), "missing_key", {"key": status}
    yield from _check_kinds(law)
    for name, fact in law.vocabulary.facts.items():
        yield from _check_fact(law, name, fact)
    for limit in law.time_limits.values():
        yield from _check_time_limit(law, limit)
    for issue in law.issues.values():
        yield from _check_issue(law, issue)
    for rule in law.rules.values():
        yield from _check_rule(law, rule)
    yield from _check_losses(law)
    yield from _check_regimes(law)
    yield from _check_fitted(law)
    yield from _check_rates(law)
    yield from _check_settlement(law)


def _check_losses(law: Law) -> Iterator[Finding]:
    """Check the sources of the heads of loss, and of the chance that the breach of a duty leaves."""
    for name, duty in law.vocabulary.duties.items():
        for index, source in enumerate(duty.chance.sources if duty.chance else ()):
            if source not in law.sources:
                yield ("vocabulary", "", ("duties", name, "chance", "sources", index), "unknown_source",
                       _near(source, law.sources))
    for kind, head in law.heads.items():
        for index, source in enumerate(head.sources):
            if source not in law.sources:
                yield "heads", kind, ("sources", index), "unknown_source", _near(source, law.sources)


def _check_rates(law: Law) -> Iterator[Finding]:
    for path, source in law.rates.sources() if law.rates else ():
        if source not in law.sources:
            yield "rates", "", path, "unknown_source", _near(source, law.sources)


def _check_settlement(law: Law) -> Iterator[Finding]:
    """Check that the rules of settlement speak of sources, of a fact and of its values in the pack."""
    for part in ("offers", "subrogation"):
        stated = getattr(law.settlement, part)
        for index, source in enumerate(stated.sources if stated else ()):
            if source not in law.sources:
                yield "settlement", "", (part, "sources", index), "unknown_source", _near(source, law.sources)
    paid = law.settlement.subrogation
    if paid is not None and paid.fact not in law.vocabulary.facts:
        yield "settlement", "", ("subrogation", "fact"), "unknown_fact", _near(paid.fact, law.vocabulary.facts)


def _check_regimes(law: Law) -> Iterator[Finding]:
    """Check that regimes speak of issues, facts, duties and sources of the pack."""
    if law.regimes is None:
        return
    for key, name, known, code in (
        ("plea", law.regimes.plea, law.issues, "unknown_issue"),
        ("clause", law.regimes.clause, law.issues, "unknown_issue"),
        ("duty", law.regimes.duty, law.vocabulary.duties, "unknown_duty"),
        ("usual", law.regimes.usual, law.regimes.regimes, "unknown_regime"),
    ):
        if name not in known:
            yield "regimes", "", (key,), code, _near(name, known)
    yield from _check_given(law, ("with_clause",), law.regimes.with_clause)
    yield from _check_asked(law, law.regimes)
    for name, regime in law.regimes.regimes.items():
        at = ("regimes", name)
        for index, source in enumerate(regime.sources):
            if source not in law.sources:
                yield "regimes", "", (*at, "sources", index), "unknown_source", _near(source, law.sources)
        yield from _check_given(law, (*at, "given"), regime.given)


def _check_asked(law: Law, regimes: Regimes) -> Iterator[Finding]:
    """Check that regimes ask for conditions of the plea, and that each of these has its prior."""
    plea = law.issues.get(regimes.plea)
    conditions = [name for name, _ in plea.elements()] if plea else []
    if not conditions or not law.issues.keys() >= set(conditions):  # told at the plea, or at the issue
        conditions = list(regimes.in_court)
    for issue in regimes.in_court:
        if issue not in conditions:
            yield "regimes", "", ("in_court", issue), "unknown_issue", _near(issue, conditions)
    if regimes.in_court.keys() <= set(conditions):  # one that is misspelt is not missing as well
        for issue in conditions:
            if issue not in regimes.in_court:
                yield "regimes", "", ("in_court",), "missing_key", {"key": issue}
    for name, regime in regimes.regimes.items():
        for index, issue in enumerate(regime.asks):
            if issue not in conditions:
                yield "regimes", "", ("regimes", name, "asks", index), "unknown_issue", _near(issue, conditions)


def _check_given(law: Law, at: tuple[str, ...], given: Mapping[str, bool | str]) -> Iterator[Finding]:
    for fact, value in given.items():
        declared = law.vocabulary.facts.get(fact)
        if declared is None:
            yield "regimes", "", (*at, fact), "unknown_fact", _near(fact, law.vocabulary.facts)
        elif not _allowed(declared, value):
            yield "regimes", "", (*at, fact), "wrong_fact_value", _wrong(fact, declared, value)


def _check_fitted(law: Law) -> Iterator[Finding]:
    """Check that fitted weights are those of rules and issues of the pack."""
    for key, names, known, code in (
        ("rules", law.fitted.rules, law.rules, "unknown_rule"),
        ("issues", law.fitted.issues, law.issues, "unknown_issue"),
        ("together", law.fitted.together, law.issues, "unknown_issue"),
    ) if law.fitted else ():
        for name in names:
            if name not in known:
                yield "fitted", "", (key, name), code, _near(name, known)


def dependencies(law: Law) -> dict[str, set[str]]:
    """Return, for every fact and issue, the facts and issues on which it depends at once."""
    needs: dict[str, set[str]] = {name: set() for name in (*law.vocabulary.facts, *law.issues)}
    for issue in law.issues.values():
        needs[issue.id].update(name for name, _ in issue.elements())
    for rule in law.rules.values():
        conditions = (*rule.if_, *rule.unless)
        needs.setdefault(rule.target, set()).update(name for condition in conditions for name in condition.names)
    for limit in law.time_limits.values():
        for name in (limit.last_day, limit.days_left):
            needs.setdefault(name, set()).update(limit.facts_used())
    return needs


def evaluation_order(law: Law) -> tuple[list[str], list[str]]:
    """Return facts and issues, each after all it depends on, and, where there is one, a cycle (else empty).

    Deterministic: ties keep the order of the pack's files.
    """
    needs = dependencies(law)
    try:
        sorter = TopologicalSorter({name: sorted(needed) for name, needed in needs.items()})
        return list(sorter.static_order()), []
    except CycleError as error:
        return [], list(reversed(error.args[1]))


def _check_kinds(law: Law) -> Iterator[Finding]:
    kinds = law.vocabulary.kinds
    for name, thing in kinds.items():
        if thing.of is not None and (thing.of not in kinds or thing.of == name):
            yield "vocabulary", "", ("kinds", name, "of"), "unknown_kind", _near(thing.of, kinds)


def _near(name: str, known: Any) -> dict[str, object]:
    return {"read": name, "nearest": nearest(name, known)}


def _check_fact(law: Law, name: str, fact: Declaration) -> Iterator[Finding]:
    if fact.scope not in (*SCOPES, *law.vocabulary.kinds):
        yield "facts", name, ("scope",), "unknown_kind", _near(fact.scope, (*SCOPES, *law.vocabulary.kinds))
    if (fact.type == "choice") != bool(fact.values):
        yield "facts", name, ("values",), "choice_without_values", {"fact": name}
        return
    for index, issue in enumerate(fact.bears_on):
        if issue not in law.issues:
            yield "facts", name, ("bears_on", index), "unknown_issue", _near(issue, law.issues)
    for index, other in enumerate(fact.answered_by):
        if other not in law.vocabulary.facts:
            yield "facts", name, ("answered_by", index), "unknown_fact", _near(other, law.vocabulary.facts)
    if fact.type == "bool":
        expected: tuple[str, ...] = ("true", "false")
    else:
        expected = fact.values if fact.type == "choice" else ("value",)
    for value in expected:
        if value not in fact.states:
            yield "facts", name, ("states",), "state_missing", {"fact": name, "read": value}
    for value in fact.states:
        if value not in expected:
            yield "facts", name, ("states", value), "unknown_state", {"fact": name, **_near(value, expected)}


def _check_issue(law: Law, issue: Issue) -> Iterator[Finding]:
    if sum((issue.weigh is not None, bool(issue.all), bool(issue.any))) != 1:
        yield "issues", issue.id, ("id",), "issue_decided_twice", {"read": issue.id}
    for key in ("all", "any"):
        for index, element in enumerate(getattr(issue, key)):
            name = element.removeprefix("not ")
            if name not in law.issues:
                yield "issues", issue.id, (key, index), "unknown_issue", _near(name, law.issues)
    for index, source in enumerate(issue.sources):
        if source not in law.sources:
            yield "issues", issue.id, ("sources", index), "unknown_source", _near(source, law.sources)


def _check_rule(law: Law, rule: Rule) -> Iterator[Finding]:
    at = ("rules", rule.id)
    yield from ((*at, path, code, values) for path, code, values in _check_conclusion(law, rule))
    for index, source in enumerate(rule.sources):
        if source not in law.sources:
            yield (*at, ("sources", index), "unknown_source", _near(source, law.sources))
    for index, duty in enumerate(rule.duties):
        if duty not in law.vocabulary.duties:
            yield (*at, ("duties", index), "unknown_duty", _near(duty, law.vocabulary.duties))
    steps = rule.open if isinstance(rule.open, tuple) else ()
    for index in range(1, len(steps)):
        if steps[index].from_ <= steps[index - 1].from_:
            yield (*at, ("open", index, "from"), "dates_out_of_order", {"read": steps[index].from_})
    issue = law.issues.get(rule.issue or "")
    for key, conditions in (("if", rule.if_), ("unless", rule.unless)):
        for index, condition in enumerate(conditions):
            for code, values in _check_condition(law, condition):
                yield (*at, (key, index), code, values)
            if issue is not None and not issue.per_duty and _differs_by_duty(law, condition):
                yield (*at, (key, index), "rule_common_on_duty", {"issue": issue.id, "read": str(condition)})
            for name in _unbound(law, rule, condition):
                yield (*at, (key, index), "item_not_named", {"read": str(condition), "fact": name})


def _check_conclusion(law: Law, rule: Rule) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, object]]]:
    if len(rule.then) != 1:
        yield ("then",), "rule_conclusion", {"read": ", ".join(rule.then)}
        return
    if rule.issue is None:
        name, value = rule.concludes
        if name not in law.vocabulary.facts:
            yield ("then",), "unknown_fact", _near(name, law.vocabulary.facts)
        elif law.vocabulary.facts[name].computed:
            yield ("then",), "fact_computed", {"read": name}
        elif not _allowed(law.vocabulary.facts[name], value):
            yield ("then",), "wrong_fact_value", _wrong(name, law.vocabulary.facts[name], value)
        elif (kind := law.vocabulary.kind_of(name)) and kind not in bound_kinds(law, rule):
            yield ("then",), "item_not_named", {"read": name, "fact": name}
    elif rule.issue not in law.issues:
        yield ("then",), "unknown_issue", _near(rule.issue, law.issues)
    elif law.issues[rule.issue].weigh is None:
        yield ("then",), "rule_weighs_composite", {"read": rule.issue}
    if (rule.issue is None) != (rule.weight is None):
        yield ("weight",), "rule_weight", {}


def _check_condition(law: Law, condition: Condition) -> Iterator[tuple[str, dict[str, object]]]:
    if condition.on_issue:
        if condition.name not in law.issues:
            yield "unknown_issue", _near(condition.name, law.issues)
        for value in condition.values:
            if not isinstance(value, bool) or condition.numeric:
                yield "wrong_fact_value", {"fact": condition.name, "expected": "true, false", "nearest": "",
                                           "read": shown(value)}
        return
    fact = law.vocabulary.facts.get(condition.name)
    if fact is None:
        yield "unknown_fact", _near(condition.name, law.vocabulary.facts)
        return
    if condition.quantifier and law.vocabulary.kind_of(condition.name) is None:
        yield "not_of_several", {"read": str(condition), "fact": condition.name}
    for value in condition.values:
        if isinstance(value, OtherFact):
            yield from _check_other(law, condition, fact, value)
        elif not _allowed(fact, value) or condition.numeric != (fact.type in ("number", "money", "date")):
            yield "wrong_fact_value", _wrong(condition.name, fact, value)


def _check_other(law: Law, condition: Condition, fact: Declaration, value: OtherFact
                 ) -> Iterator[tuple[str, dict[str, object]]]:
    """Check a comparison of two facts: both are declared, of one type, and the comparison has a sense for it."""
    other = law.vocabulary.facts.get(value.name)
    if other is None:
        yield "unknown_fact", _near(value.name, law.vocabulary.facts)
    elif other.type != fact.type or condition.numeric != (fact.type in ("number", "money", "date")) \
            or condition.quantifier:
        yield "facts_not_comparable", {"read": str(condition), "fact": condition.name, "other": value.name}
    else:
        for name in condition.names:
            if law.vocabulary.facts[name].named is None:
                yield "fact_not_named", {"read": str(condition), "fact": name}


def _check_time_limit(law: Law, limit: TimeLimit) -> Iterator[Finding]:
    """Check that the facts of a time limit exist and are of the type that it needs."""
    at = ("time_limits", limit.id)
    dates = [*limit.starts_on, limit.kept_by, limit.last_day, *(i.on for i in limit.interrupted_by)]
    dates += [name for s in limit.suspended_by for name in (s.from_, s.to)]
    wanted = [*((name, "date") for name in dates), (limit.days_left, "number")]
    wanted += [(limit.shortened_to, "number")] if limit.shortened_to else []
    for name, kind in wanted:
        declared = law.vocabulary.facts.get(name)
        if declared is None:
            yield (*at, (), "unknown_fact", _near(name, law.vocabulary.facts))
        elif declared.type != kind or (name in (limit.last_day, limit.days_left) and not declared.computed):
            yield (*at, (), "time_limit_fact", {"fact": name, "expected": kind})
    conditions = [limit.unless, *(s.if_ for s in limit.suspended_by), *(i.if_ for i in limit.interrupted_by)]
    for condition in conditions:
        for code, values in _check_condition(law, condition) if condition else ():
            yield (*at, (), code, values)
    sources = [*limit.sources, *(source for s in limit.suspended_by for source in s.sources),
               *(source for i in limit.interrupted_by for source in i.sources)]
    for source in dict.fromkeys(sources):
        if source not in law.sources:
            yield (*at, (), "unknown_source", _near(source, law.sources))


def bound_kinds(law: Law, rule: Rule) -> list[str]:
    """Return the kinds of things that a rule speaks of one by one: those of its conditions without any or every."""
    kinds = [law.vocabulary.kind_of(name) for condition in rule.if_ if not condition.quantifier
             for name in condition.names]
    return [kind for kind in law.vocabulary.kinds if kind in kinds]


def _unbound(law: Law, rule: Rule, condition: Condition) -> Iterator[str]:
    """Yield the facts of an exception that speak of an item which the rule's own conditions do not name."""
    if condition.quantifier:
        return
    for name in condition.names:
        kind = law.vocabulary.kind_of(name)
        if kind is not None and kind not in bound_kinds(law, rule):
            yield name


def _allowed(fact: Declaration, value: Any) -> bool:
    if fact.type == "bool":
        return isinstance(value, bool)
    if fact.type in ("choice", "name"):
        return isinstance(value, str) and (fact.type == "name" or value in fact.values)
    return isinstance(value, dt.date if fact.type == "date" else Decimal)


def _wrong(name: str, fact: Declaration, value: Any) -> dict[str, object]:
    kinds = {"bool": ("true", "false"), "date": ("YYYY-MM-DD",), "name": ("a-name",)}
    expected = fact.values or kinds.get(fact.type, ("12.5",))
    return {"fact": name, "expected": ", ".join(expected), "read": shown(value),
            "nearest": closest(shown(value), expected)}


def _differs_by_duty(law: Law, condition: Condition) -> bool:
    if condition.on_issue:
        return condition.name in law.issues and law.issues[condition.name].per_duty
    fact = law.vocabulary.facts.get(condition.name)
    return fact is not None and fact.per_duty
