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
    for issue in law.issues.values():
        sides = [sum(r.issue == issue.id and r.argues_for is side for r in rules) for side in (True, False)]
        counts = [str(n) for n in sides] if issue.weigh else ["", ""]
        table.add_row(issue.title.in_language(language), issue.id, say[f"side_{issue.burden}"], *counts)
    concluding = sum(rule.issue is None for rule in rules)
    total = say["law_total"].format(rules=len(rules), concluding=concluding, sources=len(law.sources),
                                    left_out=len(law.not_encoded))
    return render(table, Text(total))


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
    head = f"{rule.because.in_language(language)} ({say[rule.weight or 'weak']} ; {rule.id})"
    return ["", wrapped(head, language, 2, "– "),
            *(wrapped(typography.elided(line, language), language, 4, "· ") for line in lines)]


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


def pack_json(law: Law, rules: Sequence[Rule]) -> dict[str, Any]:
    """Return the pack as JSON data: issues, and the rules given."""
    return {
        "id": law.id, "version": law.version,
        "issues": [{"id": i.id, "title": i.title.model_dump(), "question": i.question.model_dump(), "burden": i.burden,
                    "all": list(i.all), "any": list(i.any)} for i in law.issues.values()],
        "rules": [_rule_json(rule) for rule in rules],
    }


def _rule_json(rule: Rule) -> dict[str, Any]:
    def day(value: dt.date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "id": rule.id, "if": [str(c) for c in rule.if_], "unless": [str(c) for c in rule.unless],
        "then": dict(rule.then), "weight": rule.weight, "duties": list(rule.duties),
        "because": rule.because.model_dump(), "sources": list(rule.sources),
        "in_force": {"from": day(rule.in_force.from_), "to": day(rule.in_force.to)} if rule.in_force else None,
        "known_from": day(rule.known_from), "known_to": day(rule.known_to), "open": rule.open is not None,
    }
