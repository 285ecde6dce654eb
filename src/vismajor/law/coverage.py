"""A pack over time: at each month every weighed issue can be argued both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from vismajor.law.models import Law, Rule

FIRST = dt.date(2010, 1, 1)


@dataclass(frozen=True)
class Gap:
    """An issue that no rule argues on one side, from one month to another (both are first days of a month)."""

    issue: str
    side: str
    first: dt.date
    last: dt.date


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
