"""The pack as a lawyer reads it: its issues, the rules of one issue, what counted at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from vismajor.drafting import typography
from vismajor.drafting.words import say_condition, words
from vismajor.law.clashes import Clash
from vismajor.law.coverage import Gap, rules_at
from vismajor.law.fitted import FittedWeight
from vismajor.law.models import Issue, Law, Rule
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.screen import WIDTH, render, wrapped


def find_issue(law: Law, name: str, as_of: dt.date | None = None) -> Issue:
    """Return an issue by its id. Raises InvalidInput with the nearest name, or where nobody asked it yet at `as_of`."""
    if name not in law.issues:
        raise InvalidInput([problem("ISSUE", (1, 1), "unknown_issue", read=name, nearest=nearest(name, law.issues))])
    issue = law.issues[name]
    if as_of and issue.known_from and as_of < issue.known_from:
        raise InvalidInput([problem("ISSUE", (1, 1), "issue_not_yet", read=name, other=issue.known_from)])
    return issue


def tell_pack(law: Law, language: str, day: dt.date | None = None) -> str:
    """Tell the issues in the order in which a court meets them, with burden and number of rules (at `day`)."""
    say, rules = words(language), rules_at(law, day) if day else list(law.rules.values())
    title = f"{law.title.in_language(language)} ({law.version})"
    if day:
        title += f", {typography.date(day, language)}"
    table = Table(title=title, width=WIDTH, title_justify="left")
    for heading, justify in ((say["issue"], "left"), ("", "left"), (say["burden"], "left"), (say["for"], "right"),
                             (say["against"], "right")):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for issue in issues_asked(law, day):
        counts = [str(n) for n in _sides(issue, rules)] if issue.weigh else ["", ""]
        table.add_row(issue.title.in_language(language), issue.id, say[f"side_{issue.burden}"], *counts)
    return render(table, Text(say["law_total"].format(**_totals(law, rules, day))))


def issues_asked(law: Law, day: dt.date | None = None) -> list[Issue]:
    """Return the issues in the order in which a court meets them (those that were asked on `day`)."""
    return [i for i in law.issues.values() if day is None or i.known_from is None or i.known_from <= day]


def _sides(issue: Issue, rules: Sequence[Rule]) -> tuple[int, int]:
    """Count the rules for an issue, and those against it."""
    heard = [rule.argues_for for rule in rules if rule.issue == issue.id]
    return heard.count(True), heard.count(False)


def _totals(law: Law, rules: Sequence[Rule], day: dt.date | None) -> dict[str, int]:
    """Count the rules, and the sources and points left out of the pack (on `day`: those that its rules rest on)."""
    sources = law.sources if day is None else {source for rule in rules for source in rule.sources}
    left_out = [point for point in law.not_encoded if day is None or not point.known_from or point.known_from <= day]
    return {"rules": len(rules), "concluding": sum(rule.issue is None for rule in rules), "sources": len(sources),
            "left_out": len(left_out)}


def rules_of(law: Law, issue: Issue, day: dt.date | None = None) -> list[Rule]:
    """Return the rules that argue an issue (those that counted on `day`)."""
    return [r for r in (rules_at(law, day) if day else law.rules.values()) if r.issue == issue.id]


def tell_issue(law: Law, issue: Issue, rules: Sequence[Rule], language: str) -> str:
    """Tell one issue whole: question, burden, rules for and against with reasons, conditions, dates and sources."""
    say = words(language)
    lines = [issue.title.in_language(language).upper(), wrapped(issue.question.in_language(language), language),
             wrapped(say["labelled"].format(label=typography.capital(say["burden"]), what=say[f"side_{issue.burden}"]),
                     language)]
    if issue.elements():
        named = [("" if sense else say["not"]) + law.issues[name].title.in_language(language)
                 for name, sense in issue.elements()]
        what = typography.listing(named, language)
        lines.append(wrapped(say["decided_all" if issue.all else "decided_any"].format(what=what), language))
    for side, heading in ((True, say["for"]), (False, say["against"])):
        chosen = [rule for rule in rules if rule.argues_for is side]
        if chosen:
            lines += ["", wrapped(say["labelled"].format(label=typography.capital(heading), what=""), language)]
            lines += [line for rule in chosen for line in _rule_lines(law, rule, language)]
    return "\n".join(lines)


def _rule_lines(law: Law, rule: Rule, language: str) -> list[str]:
    """Say one rule: its reason, its conditions and exceptions, its dates, its sources."""
    say = words(language)
    conditions = say["semicolon"].join(say_condition(law, c, language) for c in rule.if_)
    lines = [f"{say['if']} {conditions}"]
    if rule.duties:
        titles = [law.vocabulary.duties[duty].title.in_language(language) for duty in rule.duties]
        what = typography.listing(titles, language)
        lines.insert(0, say["labelled"].format(label=typography.capital(say["duty"]), what=what))
    if rule.unless:
        lines.append(f"{say['unless']} {say['or'].join(say_condition(law, c, language) for c in rule.unless)}")
    dates = [say[key].format(day=typography.date(day, language)) for key, day in (
        ("in_force_from", rule.in_force and rule.in_force.from_), ("in_force_to", rule.in_force and rule.in_force.to),
        ("known_from", rule.known_from), ("known_to", rule.known_to)) if day]
    if dates:
        lines.append(typography.capital(say["semicolon"].join(dates)))
    unread = f" [{say['to_verify']}]"
    cites = [law.sources[s].cite.in_language(language) + ("" if law.sources[s].read == "full" else unread)
             for s in rule.sources]
    lines.append(say["semicolon"].join(cites))
    if law.fitted and rule.id in law.fitted.rules:
        lines.append(_fitted(law.fitted.rules[rule.id], language))
    head = f"{rule.because.in_language(language)} ({say[rule.weight or 'weak']} ; {rule.id})"
    return ["", wrapped(head, language, 2, "– "),
            *(wrapped(typography.elided(line, language), language, 4, "· ") for line in lines)]


def _fitted(found: FittedWeight, language: str) -> str:
    """Say what decisions make of a rule's weight."""
    weight, low, high = (typography.decimal(float(value), language, 2)
                         for value in (found.weight, found.low, found.high))
    return words(language)["fitted_one" if found.decisions == 1 else "fitted"].format(
        weight=weight, low=low, high=high, decisions=found.decisions)


def tell_coverage(law: Law, found: Sequence[Gap], contradictions: Sequence[Clash], first: dt.date, last: dt.date,
                  language: str) -> str:
    """Tell whether every issue can be argued both ways at each month, and whether rules contradict each other."""
    say = words(language)

    def title(target: str) -> str:
        return law.issues[target].title.in_language(language) if target in law.issues else target

    lines = [say["coverage_gap"].format(place=law.places.get(gap.issue, law.id), issue=title(gap.issue),
                                        side=say[gap.side], first=f"{gap.first:%Y-%m}", last=f"{gap.last:%Y-%m}")
             for gap in found]
    lines += [say["coverage_clash" if clash.target in law.issues else "coverage_clash_fact"].format(
                  place=law.places.get(clash.one, law.id), other_place=law.places.get(clash.other, law.id),
                  issue=title(clash.target), one=clash.one, other=clash.other)
              for clash in contradictions]
    if lines:
        return "\n".join(lines)  # not folded: a place is there to be followed
    return wrapped(say["coverage_good"].format(rules=len(law.rules), first=f"{first:%Y-%m}", last=f"{last:%Y-%m}"),
                   language)


def pack_json(law: Law, issues: Sequence[Issue], rules: Sequence[Rule], day: dt.date | None = None) -> dict[str, Any]:
    """Return issues and rules of the pack as JSON data, with what `tell_pack` counts (on `day`).

    `prior` is the log-odds of a weighed issue when nothing is shown (the burden of proof); null for a composite one.
    """
    return {
        "id": law.id, "version": law.version, "at": day.isoformat() if day else None,
        "counts": _totals(law, rules, day),
        "issues": [_issue_json(issue, rules) for issue in issues],
        "rules": [_rule_json(law, rule) for rule in rules],
    }


def _issue_json(issue: Issue, rules: Sequence[Rule]) -> dict[str, Any]:
    sides = dict(zip(("for", "against"), _sides(issue, rules), strict=True)) if issue.weigh else None
    return {
        "id": issue.id, "title": issue.title.model_dump(), "question": issue.question.model_dump(),
        "burden": issue.burden, "prior": float(issue.weigh.prior) if issue.weigh else None, "rules": sides,
        "known_from": issue.known_from.isoformat() if issue.known_from else None,
        "all": list(issue.all), "any": list(issue.any),
    }


def _rule_json(law: Law, rule: Rule) -> dict[str, Any]:
    def day(value: dt.date | None) -> str | None:
        return value.isoformat() if value else None

    found = law.fitted.rules.get(rule.id) if law.fitted else None
    return {
        "id": rule.id, "if": [str(c) for c in rule.if_], "unless": [str(c) for c in rule.unless],
        "then": dict(rule.then), "weight": rule.weight, "duties": list(rule.duties),
        "because": rule.because.model_dump(), "sources": list(rule.sources),
        "in_force": {"from": day(rule.in_force.from_), "to": day(rule.in_force.to)} if rule.in_force else None,
        "known_from": day(rule.known_from), "known_to": day(rule.known_to), "open": rule.open is not None,
        "fitted": found.model_dump(mode="json") if found else None,
    }
