"""A litigation tree: chances and choices rolled back to expected value, variance and distribution of the outcomes.

Values are euros from the point of view of the party whose tree it is: what it pays is negative. Rolling back goes from
the ends to the root: a chance node is worth the sum of probability × value, a choice node its best option (Raiffa,
Decision Analysis, 1968; for disputes, Victor, 31 Ga. St. U. L. Rev. 715, 2015).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class End:
    """Where the dispute ends, with what it brings in euros."""

    value: Decimal


@dataclass(frozen=True)
class Chance:
    """What others decide: branches of (probability, node). ValueError unless the probabilities add up to one."""

    branches: tuple[tuple[Decimal, Node], ...]

    def __post_init__(self) -> None:
        chances = [chance for chance, _ in self.branches]
        if sum(chances) != 1 or min(chances) < 0:
            raise ValueError(f"the probabilities of the branches add up to {sum(chances)}, not to 1")


@dataclass(frozen=True)
class Choice:
    """What the party decides itself: options by name; the first of the best is taken."""

    options: Mapping[str, Node]


@dataclass(frozen=True)
class Outlay:
    """What the party spends, in euros, on the way to what follows, however it ends."""

    cost: Decimal
    then: Node


Node = End | Chance | Choice | Outlay


@dataclass(frozen=True)
class RolledBack:
    """A tree rolled back: its distribution, (value, probability) in rising order of value, and the options taken."""

    distribution: tuple[tuple[Decimal, Decimal], ...]
    taken: tuple[str, ...] = ()

    @property
    def expected(self) -> Decimal:
        """The sum of probability × value, in euros."""
        return sum((chance * value for value, chance in self.distribution), Decimal(0))

    @property
    def variance(self) -> Decimal:
        """The variance of the value, in euros squared."""
        mean = self.expected
        return sum((chance * (value - mean) ** 2 for value, chance in self.distribution), Decimal(0))

    @property
    def deviation(self) -> Decimal:
        """The standard deviation of the value, in euros."""
        return self.variance.sqrt()

    def chance_of_more_than(self, value: Decimal) -> Decimal:
        """Return the probability of an outcome above `value`."""
        return sum((chance for outcome, chance in self.distribution if outcome > value), Decimal(0))


def roll_back(node: Node) -> RolledBack:
    """Return the value of a tree as a distribution; `taken` lists the options chosen that may be reached."""
    match node:
        case End(value):
            return RolledBack(((value, Decimal(1)),))
        case Outlay(cost, then):
            after = roll_back(then)
            return RolledBack(tuple((value - cost, chance) for value, chance in after.distribution), after.taken)
        case Chance(branches):
            parts = [(chance, roll_back(then)) for chance, then in branches if chance > 0]
            return RolledBack(_mixture(parts), tuple(name for _, part in parts for name in part.taken))
        case Choice(options):
            rolled = {name: roll_back(then) for name, then in options.items()}
            best = max(rolled, key=lambda name: rolled[name].expected)
            return RolledBack(rolled[best].distribution, (best, *rolled[best].taken))


def _mixture(parts: list[tuple[Decimal, RolledBack]]) -> tuple[tuple[Decimal, Decimal], ...]:
    together: dict[Decimal, Decimal] = {}
    for chance, part in parts:
        for value, share in part.distribution:
            together[value] = together.get(value, Decimal(0)) + chance * share
    return tuple(sorted(together.items()))
