"""The ground argument graph of one claimant and one duty: the arguments that some world may hear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vismajor.law.conditions import Condition, fact_of, of_item
from vismajor.law.models import Law, Rule
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Possible
from vismajor.reasoning.things import NOTHING_NAMED, Things
from vismajor.reasoning.time_limits import with_time_limits


@dataclass(frozen=True)
class Argument:
    """A rule that may apply, to given items where it speaks of some.

    `weight` is in log-odds, positive for the issue; `chance` that this court follows it; `premises` and `exceptions`
    are the rule's conditions, bound to `items` (kind to id).
    """

    rule: Rule
    weight: float
    chance: float
    premises: tuple[Condition, ...]
    exceptions: tuple[Condition, ...]
    items: tuple[tuple[str, str], ...] = ()

    @property
    def knocks_out(self) -> bool:
        """Whether the argument decides the issue alone."""
        return self.rule.weight == "knock_out"

    @property
    def argues_for(self) -> bool:
        """Whether the argument speaks for its issue."""
        return self.rule.argues_for


@dataclass(frozen=True)
class Graph:
    """Arguments by issue and by concluded fact, for one set of facts and one duty."""

    duty: str
    findings: Mapping[str, Finding]
    arguments: Mapping[str, tuple[Argument, ...]]
    derivations: Mapping[str, tuple[Argument, ...]] = field(default_factory=dict)
    things: Things = NOTHING_NAMED

    def derived_names(self, fact: str) -> list[str]:
        """Return the names under which a declared fact is concluded: its own, or one for each item."""
        return [name for name in self.derivations if fact_of(name) == fact]

    def looked_at(self, condition: Condition) -> list[str]:
        """Return the names of the facts at which any or every look."""
        ids = self.things.of_fact(condition.name) if condition.among is None else condition.among
        return [of_item(condition.name, item) for item in ids]

    def possible(self, condition: Condition) -> bool:
        """Tell whether a condition on a fact may hold in some world."""
        if condition.on_issue:
            return True
        names = [condition.name]
        if condition.quantifier:
            names = self.looked_at(condition)
        return any(self._possible(name).allows(condition) for name in names)

    def _possible(self, name: str) -> Possible:
        if name in self.findings:
            return self.findings[name].possible
        return Possible(frozenset(argument.rule.concludes[1] for argument in self.derivations.get(name, ())))


def build_graph(law: Law, grounder: Grounder, findings: Mapping[str, Finding], duty: str,
                governing: dt.date, as_of: dt.date, things: Things | None = None) -> Graph:
    """Ground the pack for these facts and this duty.

    The law counts as it stood at the contract's `governing` date, decisions as far as they were known at `as_of`.
    """
    things = things or Things.unnamed(law)
    findings = with_time_limits(law, findings)
    possibilities = {name: finding.possible for name, finding in findings.items()}
    counting = [rule.id for rule in law.rules.values() if _counts(rule, duty, governing, as_of)
                # What counsel states of a fact outranks what rules would derive of it.
                and (rule.issue is not None or rule.concludes[0] not in possibilities)]
    arguments: dict[str, list[Argument]] = {}
    derivations: dict[str, list[Argument]] = {}
    for firing in grounder.firings(possibilities, things, counting):
        rule = law.rules[firing.rule]
        argument = _argument(law, law.as_known(rule, as_of, governing), firing.items, as_of, things)
        if rule.issue:
            arguments.setdefault(rule.issue, []).append(argument)
        else:
            name = things.bind(rule.concludes[0], dict(firing.items))
            if name not in possibilities:
                derivations.setdefault(name, []).append(argument)
    return Graph(duty, findings, {k: tuple(v) for k, v in arguments.items()},
                 {k: tuple(v) for k, v in derivations.items()}, things)


def _argument(law: Law, rule: Rule, items: tuple[tuple[str, str], ...], as_of: dt.date, things: Things) -> Argument:
    bound = {name: dict(items)[kind] for condition in (*rule.if_, *rule.unless) for name in condition.names
             if (kind := law.vocabulary.kind_of(name)) in dict(items) and kind is not None} if items else {}
    premises, exceptions = (
        tuple(c if c.quantifier else c.bound(bound) for c in conditions) for conditions in (rule.if_, rule.unless))
    if items:
        premises, exceptions = (tuple(
            replace(c, among=things.beside(c.name, dict(items))) if c.quantifier else c for c in conditions)
            for conditions in (premises, exceptions))
    return Argument(rule, _signed_weight(law, rule), rule.chance(as_of), premises, exceptions, items)


def _counts(rule: Rule, duty: str, governing: dt.date, as_of: dt.date) -> bool:
    """Tell whether a rule is law for this contract, known at this date and about this duty."""
    if rule.duties and duty not in rule.duties:
        return False
    if rule.known_from and rule.known_from > as_of:
        return False
    if rule.known_to and rule.known_to < as_of:  # the decision it rests on was reversed or superseded
        return False
    return rule.in_force is None or rule.in_force.covers(governing)


def _signed_weight(law: Law, rule: Rule) -> float:
    return law.size(rule) if rule.argues_for else -law.size(rule)
