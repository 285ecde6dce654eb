"""What would change the answer: the smallest sets of facts whose change flips an issue in the likeliest world.

Every set tried is one world of the same table: all of them are evaluated at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from vismajor.case.facts import Fact
from vismajor.law.checks import dependencies
from vismajor.law.conditions import Condition, fact_of
from vismajor.law.models import Declaration, Law
from vismajor.reasoning.assessment import Assessment, IssueView
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Plain, Possible
from vismajor.reasoning.worlds import Column, Draws, Truth

MOST_TRIED = 60_000  # worlds of one evaluation: all pairs of 340 changes, all triples of 70
_MIDDLE = 0.5 - 1e-12


@dataclass(frozen=True)
class Change:
    """A fact (or one item's, `fact#item`) taken at another value than stated, or at a value where nothing is."""

    name: str
    value: Plain


@dataclass(frozen=True)
class _Tries:
    """One world per set of changes tried, each as likely as can be otherwise."""

    count: int

    def uniform(self, name: str) -> Column:
        return np.full(self.count, _MIDDLE)


@dataclass(frozen=True)
class _Varied(Finding):
    """A fact whose value is given world by world (`columns`: where it takes each value)."""

    columns: Mapping[Plain, Truth] = field(default_factory=dict, hash=False, compare=False)

    @property
    def certain(self) -> bool:
        return False

    @property
    def possible(self) -> Possible:
        return Possible(frozenset(self.columns))

    def holds(self, condition: Condition, draws: Draws) -> Truth:
        found = [column for value, column in self.columns.items()
                 if Possible(frozenset({value})).allows(condition)]
        return np.asarray(np.any(found, axis=0)) if found else np.asarray(False)


def flips(assessment: Assessment, view: IssueView, most: int = 3) -> list[tuple[Change, ...]]:
    """Return the smallest sets of up to `most` changes that flip the view's issue in the likeliest world.

    Facts that nobody contests are left as they are. Sets of one come first; no set holds a smaller one that flips.
    """
    law = assessment.law
    graph = assessment.graphs[assessment.place(view)]
    changes = list(_changes(law, graph, view.issue.id))
    found: list[tuple[Change, ...]] = []
    known: set[tuple[Change, ...]] = set()
    grounder = Grounder(law)
    try:
        for size in range(1, most + 1):
            sets = [s for s in combinations(changes, size) if len({c.name for c in s}) == size
                    and not any(part in known for less in range(1, size) for part in combinations(s, less))]
            if len(sets) > MOST_TRIED:
                break
            found += _try(assessment, grounder, graph, view, [(), *sets])
            known = set(found)
    finally:
        grounder.close()
    return found


def _changes(law: Law, graph: Graph, issue: str) -> Iterator[Change]:
    """Yield what could be otherwise among the facts on which the issue depends."""
    needed = _ancestors(law, issue)
    concluded = {rule.concludes[0] for rule in law.rules.values() if rule.issue is None}
    for fact, declaration in law.vocabulary.facts.items():
        if fact not in needed or declaration.type not in ("bool", "choice"):
            continue
        for name in graph.things.names(fact):
            finding = graph.findings.get(name)
            if finding is None and fact in concluded:
                continue
            if finding is not None and finding.fact.status == "admitted":
                continue
            stated = finding.fact.value if finding else None
            yield from (Change(name, value) for value in _values(declaration) if value != stated)


def _ancestors(law: Law, issue: str) -> set[str]:
    """Return every fact and issue on which an issue depends."""
    needs = dependencies(law)
    reached, waiting = set[str](), [issue]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += needs.get(name, ())
    return reached


def _values(declaration: Declaration) -> tuple[Plain, ...]:
    return (True, False) if declaration.type == "bool" else declaration.values


def _try(assessment: Assessment, grounder: Grounder, graph: Graph, view: IssueView,
         sets: Sequence[tuple[Change, ...]]) -> list[tuple[Change, ...]]:
    varied = dict(graph.findings)
    declared = catalog(assessment.law)
    for name in {change.name for changes in sets for change in changes}:
        stated = graph.findings.get(name)
        values = _values(assessment.law.vocabulary.facts[fact_of(name)])
        columns = {value: np.zeros(len(sets), dtype=np.bool_) for value in values}
        likely = _likely(stated)
        if likely is not None:
            columns[likely][:] = True
        for row, changes in enumerate(sets):
            for change in changes:
                if change.name == name:
                    for value, column in columns.items():
                        column[row] = value == change.value
        fact = stated.fact if stated else Fact(value=False)
        varied[name] = _Varied(name, f"flip:{name}", fact, declared[fact_of(name)], 1.0, columns)
    case = assessment.case
    governing = case.claim(view.claimants[0]).contract.governing_date
    wide = build_graph(assessment.law, grounder, varied, graph.duty, governing, case.as_of, graph.things)
    holds = Evaluation(assessment.law, _Tries(len(sets))).answers(wide, keep=(view.issue.id,))[view.issue.id].holds
    return [sets[row] for row in range(1, len(sets)) if holds[row] != holds[0]]


def _likely(finding: Finding | None) -> Plain | None:
    """Return the value of a fact in the likeliest world."""
    if finding is None:
        return None
    for value in sorted(finding.possible.values, key=str):
        if bool(np.all(finding.holds(Condition(finding.name, "=", (value,)), _Tries(1)))):
            return value
    return None
