"""A pack over time: at each month every weighed issue can be argued both ways, and no two rules contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from vismajor.law.conditions import Condition
from vismajor.law.models import Law, Rule

FIRST = dt.date(2010, 1, 1)


@dataclass(frozen=True)
class Gap:
    """An issue that no rule argues on one side, from one month to another (both are first days of a month)."""

    issue: str
    side: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Clash:
    """Two rules that knock out the same issue in opposite senses on facts that can stand together."""

    issue: str
    for_: str
    against: str


def rules_at(law: Law, day: dt.date, governing: dt.date | None = None) -> list[Rule]:
    """Return the rules known on `day` that are law for a contract of `governing` (`day` itself where left out)."""
    contract = governing or day
    return [
        law.as_known(rule, day) for rule in law.rules.values()
        if (rule.known_from is None or rule.known_from <= day) and (rule.known_to is None or day <= rule.known_to)
        and (rule.in_force is None or rule.in_force.covers(contract))
    ]


def months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the first day of each month from `first` to `last`."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield dt.date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def gaps(law: Law, last: dt.date, first: dt.date = FIRST) -> list[Gap]:
    """Return the months in which a weighed issue that is asked has no rule for, or none against.

    Looked at for a contract made that very month, and for one made at the beginning, under the law of that day.
    """
    found: list[Gap] = []
    asked_from = {issue.id: issue.known_from or first for issue in law.issues.values() if issue.weigh}
    open_gaps: dict[tuple[str, str], dt.date] = {}
    previous = first
    for month in months(first, last):
        new, old = ({(rule.issue, rule.argues_for) for rule in rules_at(law, month, contract) if rule.issue}
                    for contract in (month, first))
        known = new & old
        weighed = [issue for issue, since in asked_from.items() if since <= month]
        for issue, (side, sense) in product(weighed, (("for", True), ("against", False))):
            key = (issue, side)
            if (issue, sense) in known:
                if key in open_gaps:
                    found.append(Gap(issue, side, open_gaps.pop(key), previous))
            else:
                open_gaps.setdefault(key, month)
        previous = month
    found += [Gap(issue, side, since, previous) for (issue, side), since in open_gaps.items()]
    return sorted(found, key=lambda gap: (gap.first, gap.issue, gap.side))


def clashes(law: Law) -> list[Clash]:
    """Return the pairs of knock-outs that contradict each other outright, whatever the weight of the rest."""
    outright = [rule for rule in law.rules.values() if rule.weight == "knock_out"]
    return [
        Clash(str(one.issue), one.id, other.id)
        for one, other in product(outright, outright)
        if one.argues_for and not other.argues_for and one.issue == other.issue
        and _same_time(one, other) and not _exclude_each_other(one, other)
    ]


def _same_time(one: Rule, other: Rule) -> bool:
    periods = [rule.in_force for rule in (one, other) if rule.in_force]
    starts = [period.from_ for period in periods if period.from_]
    ends = [period.to for period in periods if period.to]
    known = [rule.known_from for rule in (one, other) if rule.known_from]
    past = [rule.known_to for rule in (one, other) if rule.known_to]
    return (not starts or not ends or max(starts) <= min(ends)) and (not known or not past or max(known) <= min(past))


def _exclude_each_other(one: Rule, other: Rule) -> bool:
    """Tell whether no facts can meet both: one fact with two values, other duties, or one undercuts the other."""
    if one.duties and other.duties and not set(one.duties) & set(other.duties):
        return True
    if any(condition in second.if_ for first, second in ((one, other), (other, one)) for condition in first.unless):
        return True
    return any(_contradict(a, b) for a, b in product(one.if_, other.if_))


def _contradict(one: Condition, other: Condition) -> bool:
    if one.name != other.name or one.numeric or other.numeric:
        return False
    if one.operator == other.operator == "=":
        return not set(one.values) & set(other.values)
    equal, different = (one, other) if one.operator == "=" else (other, one)
    return equal.operator == "=" and set(equal.values) <= set(different.values)
