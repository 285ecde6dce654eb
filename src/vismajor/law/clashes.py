"""Rules that contradict each other: opposite answers, or two values of one fact, on facts that can stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from vismajor.law.conditions import Condition, Operator, Value
from vismajor.law.models import Law, Rule

# How a first value may stand to a second: below (-1), equal (0), above (1).
_SIGNS: dict[Operator, frozenset[int]] = {
    "=": frozenset({0}), "!=": frozenset({-1, 1}), "<": frozenset({-1}), "<=": frozenset({-1, 0}),
    ">": frozenset({1}), ">=": frozenset({0, 1}),
}


@dataclass(frozen=True)
class Clash:
    """Two rules that knock out one issue in opposite senses, or conclude two values of one fact (its `target`)."""

    target: str
    one: str
    other: str


def clashes(law: Law) -> list[Clash]:
    """Return the pairs of rules that contradict each other outright, whatever the weight of the rest."""
    outright = [rule for rule in law.rules.values() if rule.issue is None or rule.weight == "knock_out"]
    return [
        Clash(one.target, one.id, other.id) for one, other in combinations(outright, 2)
        if one.target == other.target and _opposed(one, other) and _same_time(one, other)
        and not _other_duties(one, other) and not _undercut(law, one, other) and _can_stand_together(law, one, other)
    ]


def _opposed(one: Rule, other: Rule) -> bool:
    return one.argues_for != other.argues_for if one.issue else one.concludes != other.concludes


def _same_time(one: Rule, other: Rule) -> bool:
    periods = [rule.in_force for rule in (one, other) if rule.in_force]
    starts = [period.from_ for period in periods if period.from_]
    ends = [period.to for period in periods if period.to]
    known = [rule.known_from for rule in (one, other) if rule.known_from]
    past = [rule.known_to for rule in (one, other) if rule.known_to]
    return (not starts or not ends or max(starts) <= min(ends)) and (not known or not past or max(known) <= min(past))


def _other_duties(one: Rule, other: Rule) -> bool:
    return bool(one.duties and other.duties) and not set(one.duties) & set(other.duties)


def _undercut(law: Law, one: Rule, other: Rule) -> bool:
    """Tell whether what one rule needs is an exception of the other: of the same thing, where there are several."""
    return any(
        condition == met or (condition.quantifier == "any" and condition.of(condition.name) == met.of(met.name))
        for first, second in ((one, other), (other, one)) for condition in first.unless for met in second.if_
        if condition.quantifier or _is_shared(law, condition, _kind(law, one))
    )


def _kind(law: Law, rule: Rule) -> str | None:
    """Return the kind of thing of whose fact a rule concludes: two rules that contradict speak of the same one."""
    return None if rule.issue else law.vocabulary.kind_of(rule.target)


def _is_shared(law: Law, condition: Condition, kind: str | None) -> bool:
    """Tell whether a condition asks the same of two rules: no thing of several, or the one that both conclude on."""
    kinds = {law.vocabulary.kind_of(name) for name in condition.names}
    return kinds == {None} or (kind is not None and kind in kinds)


def _can_stand_together(law: Law, one: Rule, other: Rule) -> bool:
    """Tell whether facts can meet both rules; what each asks of one of several things, another thing may meet."""
    shared: list[Condition] = []
    of_all: list[Condition] = []
    groups: list[list[Condition]] = []
    for rule in (one, other):
        asked = [c for c in rule.if_ if not c.quantifier]
        here = [c for c in asked if not _is_shared(law, c, _kind(law, rule))]
        every = [c.of(c.name) for c in rule.if_ if c.quantifier == "every"]
        shared += [c for c in asked if c not in here]
        # Beside a thing that the rule names, `every` looks only at what belongs with it.
        of_all += [] if here else every
        groups += [[*here, *every], *([c.of(c.name)] for c in rule.if_ if c.quantifier == "any")]
    return all(_satisfiable(law, [*of_all, *group]) for group in (shared, *groups))


def _satisfiable(law: Law, conditions: Iterable[Condition]) -> bool:
    """Tell whether the facts of one and the same thing can meet all of these conditions."""
    signs: dict[tuple[str, ...], frozenset[int]] = {}
    plain: dict[str, list[Condition]] = {}
    for condition in conditions:
        if condition.other is None:
            plain.setdefault(condition.name, []).append(condition)
            continue
        pair, found = tuple(sorted(condition.names)), _SIGNS[condition.operator]
        turned = found if condition.names == pair else frozenset(-sign for sign in found)
        signs[pair] = signs.get(pair, frozenset({-1, 0, 1})) & turned
    return all(signs.values()) and all(_has_value(law, name, asked) for name, asked in plain.items())


def _has_value(law: Law, name: str, conditions: Sequence[Condition]) -> bool:
    bounds = [c for c in conditions if c.numeric]
    lows: list[tuple[Any, bool]] = [(c.values[0], c.operator == ">") for c in bounds if c.operator in (">", ">=")]
    highs: list[tuple[Any, bool]] = [(c.values[0], c.operator != "<") for c in bounds if c.operator in ("<", "<=")]
    if lows and highs:
        (low, above), (high, included) = max(lows), min(highs)
        if low > high or (low == high and (above or not included)):
            return False
    equal = [set(c.values) for c in conditions if c.operator == "="]
    excluded = {value for c in conditions if c.operator == "!=" for value in c.values}
    known = set(_values(law, name))
    sets = [*equal, *([known] if known else [])]
    return not sets or bool(set.intersection(*sets) - excluded)


def _values(law: Law, name: str) -> Iterator[Value]:
    """Yield every value that a fact, or the answer to an issue, may have; none where they cannot be listed."""
    declared = law.vocabulary.facts.get(name)
    if declared is None or declared.type == "bool":
        yield from (True, False)
    else:
        yield from declared.values
