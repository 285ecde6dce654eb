"""Facts left open: their values are taken one after the other, while all else of the case stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vismajor.case.facts import Fact
from vismajor.law.conditions import Condition
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.network import FactHolds
from vismajor.reasoning.possibilities import Plain, Possible
from vismajor.reasoning.time_limits import LimitFinding
from vismajor.reasoning.worlds import Draws, Truth

Taken = Mapping[int, Plain]  # the value taken of each fact left open, by its number


@dataclass(frozen=True)
class LeftOpen(Finding):
    """A fact that may be taken at any of `values`; `number` says which of the facts left open it is.

    Until a value is taken it is found as the case states it (`stated`); where the case states nothing (None), nothing
    that is asked of it holds.
    """

    number: int = 0
    values: tuple[Plain, ...] = ()
    stated: Finding | None = None

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
        """Equal for all whose fact is taken at the same values."""
        return f"open:{self.number}"

    def sides(self, condition: Condition) -> tuple[bool, bool] | None:
        """Return what the fact as stated gives, where no value is taken."""
        return (False, False) if self.stated is None else self.stated.sides(condition)

    def drawn(self, sides: tuple[bool, bool], draws: Draws) -> Truth:
        """Return, per world, the side that is found, where no value is taken."""
        return super().drawn(sides, draws) if self.stated is None else self.stated.drawn(sides, draws)


def left_open(finding: Finding | None) -> frozenset[int]:
    """Return the numbers of the facts left open on which a finding depends."""
    if isinstance(finding, LeftOpen):
        return frozenset({finding.number})
    if isinstance(finding, LimitFinding):
        return frozenset().union(*map(left_open, finding.inputs.values()))
    return frozenset()


def asks(node: FactHolds) -> frozenset[int]:
    """Return the numbers of the facts left open of which a condition asks."""
    return left_open(node.finding) | left_open(node.other)


def with_taken(node: FactHolds, taken: Taken) -> FactHolds:
    """Return a condition with the facts left open found as `taken` says, in every world."""
    other = None if node.other is None else _found(node.other, taken)
    return FactHolds(_found(node.finding, taken), node.condition, other)


def _found(finding: Finding, taken: Taken) -> Finding:
    if isinstance(finding, LeftOpen) and finding.number in taken:
        return Finding(finding.name, finding.key, Fact(value=taken[finding.number]), finding.declaration, 1.0)
    if isinstance(finding, LimitFinding):
        return replace(finding, inputs={name: _found(one, taken) for name, one in finding.inputs.items()})
    return finding
