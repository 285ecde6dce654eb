"""Carneades argument evaluation structures, version 2: labels of statements in argument graphs, cyclic ones included.

Method: T. F. Gordon and D. Walton, "Formalizing Balancing Arguments", COMMA 2016. Where the paper leaves a choice, the
labels follow what the authors' own system (Carneades 4) computes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Literal

Label = Literal["in", "out", "undecided"]
Standard = Literal["PE", "CCE", "BRD"]
Labels = Mapping[str, Label]

CLEAR = 0.5  # CCE, BRD: by how much the winner must outweigh every other position
REASONABLE_DOUBT = 0.3  # BRD: what every other position must stay below


@dataclass(frozen=True)
class Premise:
    """A statement an argument rests on, and its role (`major`, `warrant`), where it has one."""

    statement: str
    role: str = ""


@dataclass(frozen=True)
class CarneadesArgument:
    """An argument for `conclusion`; each of `undercutters` is a statement that, when in, silences it."""

    id: str
    conclusion: str
    premises: tuple[Premise, ...] = ()
    undercutters: tuple[str, ...] = ()
    weigher: Weigher | None = None
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class CarneadesIssue:
    """Statements of which at most one can be in, and the proof standard it must meet."""

    id: str
    positions: tuple[str, ...]
    standard: Standard = "PE"


@dataclass(frozen=True)
class ArgumentGraph:
    """Statements by id (with their text), issues, arguments, and the statements assumed to be in."""

    statements: Mapping[str, str]
    issues: tuple[CarneadesIssue, ...] = ()
    arguments: tuple[CarneadesArgument, ...] = ()
    assumptions: frozenset[str] = frozenset()

    def issue_of(self, statement: str) -> CarneadesIssue | None:
        """Return the issue in which the statement is a position, or None."""
        return next((issue for issue in self.issues if statement in issue.positions), None)

    def arguments_for(self, *statements: str) -> list[CarneadesArgument]:
        """Return the arguments that conclude one of the statements."""
        return [argument for argument in self.arguments if argument.conclusion in statements]


Weigher = Callable[[ArgumentGraph, CarneadesArgument, Labels], float]


def label_statements(graph: ArgumentGraph) -> dict[str, Label]:
    """Return the label of every statement: the least fixpoint, reached whatever the order of the file.

    Terminates: each round labels at least one more statement, and no label is taken back.
    """
    labels: dict[str, Label] = dict.fromkeys(graph.statements, "undecided")
    labels |= {statement: "in" for statement in graph.assumptions if statement in labels}
    for issue in graph.issues:
        if any(labels[position] == "in" for position in issue.positions):
            labels |= {p: "out" for p in issue.positions if labels[p] == "undecided"}
    while True:
        found = _round(graph, labels)
        if not found:
            return labels
        labels |= found


def _round(graph: ArgumentGraph, labels: Labels) -> dict[str, Label]:
    """Return what one round decides, each statement from the labels before the round: order cannot show."""
    found: dict[str, Label] = {}
    for statement, label in labels.items():
        if label != "undecided":
            continue
        issue, arguments = graph.issue_of(statement), graph.arguments_for(statement)
        weights = [_weight(graph, argument, labels) for argument in arguments]
        if all(weight == 0 for weight in weights):  # no argument at all, or all of them settled at nothing
            found[statement] = "out"
        elif issue is None and any(weight is not None and weight > 0 for weight in weights):
            found[statement] = "in"
    for issue in graph.issues:
        if any(labels[p] == "undecided" for p in issue.positions) and _is_ready(graph, issue, labels):
            found |= _resolve(graph, issue, labels)
    return found


def _weight(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float | None:
    """Return the weight of an argument, or None as long as it cannot be told (not applicable yet)."""
    undercut = {labels[undercutter] for undercutter in argument.undercutters}
    if "in" in undercut:
        return 0.0
    if "undecided" in undercut or any(labels[p.statement] == "undecided" for p in argument.premises):
        return None
    return (argument.weigher or linked)(graph, argument, labels)


def _is_ready(graph: ArgumentGraph, issue: CarneadesIssue, labels: Labels) -> bool:
    return all(_weight(graph, a, labels) is not None for a in graph.arguments_for(*issue.positions))


def _resolve(graph: ArgumentGraph, issue: CarneadesIssue, labels: Labels) -> dict[str, Label]:
    heaviest = {
        position: max((_weight(graph, a, labels) or 0.0 for a in graph.arguments_for(position)), default=0.0)
        for position in issue.positions
    }
    winners = [
        position for position in issue.positions
        if heaviest[position] > 0 and all(
            _beats(issue.standard, heaviest[position], heaviest[other])
            for other in issue.positions if other != position
        )
    ]
    return {position: "in" if position in winners[:1] else "out" for position in issue.positions
            if labels[position] == "undecided"}


def _beats(standard: Standard, weight: float, other: float) -> bool:
    if standard == "PE":
        return weight > other
    if standard == "CCE":
        return weight - other > CLEAR
    return weight - other > CLEAR and other < REASONABLE_DOUBT


# --- weighers -------------------------------------------------------------------------------------------------------


def linked(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float:
    """Return 1 when every premise is in, else 0."""
    return float(all(labels[p.statement] == "in" for p in argument.premises))


def convergent(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float:
    """Return 1 when one premise at least is in, else 0."""
    return float(any(labels[p.statement] == "in" for p in argument.premises))


def cumulative(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float:
    """Return the share of the premises that is in; 0 without premises."""
    if not argument.premises:
        return 0.0
    return sum(labels[p.statement] == "in" for p in argument.premises) / len(argument.premises)


def factorized(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float:
    """Return the number of premises over the distinct premises that the issue's arguments use; 0 if one is out."""
    if not linked(graph, argument, labels):
        return 0.0
    issue = graph.issue_of(argument.conclusion)
    rivals = graph.arguments_for(*(issue.positions if issue else (argument.conclusion,)))
    distinct = {p.statement for rival in rivals for p in rival.premises}
    return len({p.statement for p in argument.premises}) / len(distinct) if distinct else 0.0


def constant(weight: float) -> Weigher:
    """Return a weigher that gives the same weight whatever the premises."""
    return lambda graph, argument, labels: weight


@dataclass(frozen=True)
class Soft:
    """One criterion of a choice: its factor among the others, and what each value of the property is worth."""

    factor: float
    values: Mapping[str, float]


def criteria(hard: Sequence[str], soft: Mapping[str, Soft]) -> Weigher:
    """Return the weigher of a choice by several criteria.

    A premise whose role (or place, counted from 0) is in `hard` and which is out brings the weight to 0. Each soft
    criterion looks at the premise `property(object, value)`, or at the position of the same issue that is in, and adds
    its share of the factors.
    """
    total = sum(criterion.factor for criterion in soft.values())

    def weigh(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float:
        if any(labels[p.statement] == "out" and (p.role in hard or str(place) in hard)
               for place, p in enumerate(argument.premises)):
            return 0.0
        weight = 0.0
        for name, criterion in soft.items():
            value = _property_value(graph, argument, labels, name)
            if value is None:
                return 0.0
            weight += criterion.factor / total * criterion.values.get(value, 0.0)
        return weight

    return weigh


def _property_value(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels, name: str) -> str | None:
    for premise in argument.premises:
        if not premise.statement.startswith(f"{name}("):
            continue
        issue = graph.issue_of(premise.statement)
        candidates = (premise.statement, *(issue.positions if issue else ()))
        holding = next((c for c in candidates if labels[c] == "in"), None)
        if holding is not None:
            return holding.rpartition(",")[2].strip(" )")
    return None


@dataclass(frozen=True)
class Preference:
    """One property to order arguments by: `order` from weakest to strongest, or "ascending" / "descending"."""

    property: str
    order: tuple[str, ...] | Literal["ascending", "descending"] = "ascending"


def preference(properties: Sequence[Preference]) -> Weigher:
    """Return a weigher that ranks the arguments of an issue by properties, the first that differs decides.

    Weights rise evenly with the rank, up to 1 (lex superior, then lex posterior, for instance). Outside an issue, and
    with a premise that is out, the weight is that of a linked argument.
    """
    def compare(one: CarneadesArgument, other: CarneadesArgument) -> int:
        for wanted in properties:
            a, b = one.properties.get(wanted.property), other.properties.get(wanted.property)
            if a is None or b is None or a == b or type(a) is not type(b):
                continue
            if isinstance(wanted.order, tuple):
                ranks = [wanted.order.index(str(x)) if str(x) in wanted.order else len(wanted.order) for x in (a, b)]
                if ranks[0] != ranks[1]:
                    return ranks[0] - ranks[1]
                continue
            smaller = bool(a < b)  # type: ignore[operator]
            return -1 if smaller == (wanted.order == "ascending") else 1
        return 0

    def weigh(graph: ArgumentGraph, argument: CarneadesArgument, labels: Labels) -> float:
        issue = graph.issue_of(argument.conclusion)
        if issue is None or not linked(graph, argument, labels):
            return linked(graph, argument, labels)
        ranked = sorted(graph.arguments_for(*issue.positions), key=cmp_to_key(compare))
        groups: list[list[str]] = []
        for position, rival in enumerate(ranked):
            if position and compare(ranked[position - 1], rival) == 0:
                groups[-1].append(rival.id)
            else:
                groups.append([rival.id])
        rank = next(index for index, group in enumerate(groups, start=1) if argument.id in group)
        return rank / len(groups)

    return weigh


BASIC_WEIGHERS: Mapping[str, Weigher] = {
    "linked": linked, "convergent": convergent, "cumulative": cumulative, "factorized": factorized,
}
