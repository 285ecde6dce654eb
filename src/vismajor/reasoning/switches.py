"""What is no draw of the court, made one: an unknown fact taken at a value, the weight of a rule taken otherwise.

A switch is off in every world unless its draw is fixed: then the case is just as it was assessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vismajor.case.facts import Fact, FactDeclaration
from vismajor.law.conditions import Condition
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.graph import Argument, Graph
from vismajor.reasoning.possibilities import Plain, Possible
from vismajor.reasoning.worlds import Draws, Truth

OFF = 0.0


@dataclass(frozen=True)
class Switch(Finding):
    """A fact that is unknown, but in the worlds in which its draw says which of `values` it takes (1, 2 …)."""

    values: tuple[Plain, ...] = ()

    @property
    def certain(self) -> bool:
        """Return False: another value may be taken."""
        return False

    @property
    def possible(self) -> Possible:
        """Every value that may be taken."""
        return Possible(frozenset(self.values))

    @property
    def content(self) -> str:
        """Equal for all who take the same value at the same time."""
        return self.key

    def sides(self, condition: Condition) -> None:
        """Return None: it is neither as stated nor otherwise."""

    def holds(self, condition: Condition, draws: Draws) -> Truth:
        """Return, per world, whether the condition holds; nothing holds of what is unknown."""
        taken = draws.uniform(self.key)
        met = [taken == place for place, value in enumerate(self.values, 1)
               if Possible(frozenset({value})).allows(condition)]
        return np.asarray(np.any(met, axis=0)) if met else np.zeros(draws.count, dtype=np.bool_)


def switch_of(fact: str) -> str:
    """Return the name of the draw that says which value an unknown fact takes: the same for all of its items."""
    return f"switch.{fact}"


def weight_switch(rule: str) -> str:
    """Return the name of the draw that says which other weight a rule takes (with a dot, as facts have)."""
    return f"switch.weight.{rule}"


def unknown_as_switch(name: str, fact: str, declaration: FactDeclaration, values: Sequence[Plain]) -> Switch:
    """Return a finding for an unknown fact (`name`: its own, or one item's)."""
    return Switch(name, switch_of(fact), Fact(value=False), declaration, 1.0, tuple(values))


def with_other_weights(graph: Graph, weights: Mapping[str, tuple[float, float]]) -> Graph:
    """Return a graph in which the rules named may take either of two other weights, in log-odds, never below 0.

    Each of their arguments becomes three that exclude one another: as it was, with the first weight, with the second.
    """
    concerned = {argument.rule.id for arguments in graph.arguments.values() for argument in arguments} & weights.keys()
    switches = {weight_switch(rule): _weight_finding(rule) for rule in concerned}
    arguments = {issue: tuple(version for argument in found for version in _versions(argument, weights))
                 for issue, found in graph.arguments.items()}
    return replace(graph, arguments=arguments, findings={**graph.findings, **switches})


def _weight_finding(rule: str) -> Switch:
    name = weight_switch(rule)
    return Switch(name, name, Fact(value=False), FactDeclaration(name, "choice", "common"), 1.0, ("first", "second"))


def _versions(argument: Argument, weights: Mapping[str, tuple[float, float]]) -> list[Argument]:
    others = weights.get(argument.rule.id)
    if others is None or argument.knocks_out:
        return [argument]
    switch, sign = weight_switch(argument.rule.id), 1.0 if argument.argues_for else -1.0
    taken = [Condition(switch, "=", (value,)) for value in ("first", "second")]
    return [
        replace(argument, exceptions=(*argument.exceptions, *taken)),
        *(replace(argument, weight=sign * weight, premises=(*argument.premises, condition))
          for weight, condition in zip(others, taken, strict=True)),
    ]
