"""The ground argument graph of one claimant and one duty: the arguments that some world may hear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from vismajor.law.conditions import Condition
from vismajor.law.models import Law, Rule
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Possible


@dataclass(frozen=True)
class Argument:
    """A rule that may apply. `weight` is in log-odds, positive for the issue; `chance` that this court follows it."""

    rule: Rule
    weight: float
    chance: float

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

    def possible(self, condition: Condition) -> bool:
        """Tell whether a condition on a fact may hold in some world."""
        if condition.on_issue:
            return True
        if condition.name in self.findings:
            return self.findings[condition.name].possible.allows(condition)
        values = frozenset(argument.rule.concludes[1] for argument in self.derivations.get(condition.name, ()))
        return Possible(values).allows(condition)


def build_graph(law: Law, grounder: Grounder, findings: Mapping[str, Finding], duty: str,
                governing: dt.date, as_of: dt.date) -> Graph:
    """Ground the pack for these facts and this duty.

    The law counts as it stood at the contract's `governing` date, decisions as far as they were known at `as_of`.
    """
    possibilities = {name: finding.possible for name, finding in findings.items()}
    counting = [rule.id for rule in law.rules.values() if _counts(rule, duty, governing, as_of)
                # What counsel states of a fact outranks what rules would derive of it.
                and (rule.issue is not None or rule.concludes[0] not in possibilities)]
    arguments: dict[str, list[Argument]] = {}
    derivations: dict[str, list[Argument]] = {}
    for rule_id in grounder.ground(possibilities, counting):
        rule = law.rules[rule_id]
        target = arguments.setdefault(rule.issue, []) if rule.issue else derivations.setdefault(rule.concludes[0], [])
        target.append(Argument(rule, _signed_weight(law, rule), rule.chance(as_of)))
    return Graph(duty, findings, {k: tuple(v) for k, v in arguments.items()},
                 {k: tuple(v) for k, v in derivations.items()})


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
    if rule.weight is None:
        return 0.0
    size = float(law.weights[rule.weight])
    return size if rule.argues_for else -size
