"""What would change the answer: the smallest sets of facts whose change flips an issue in the likeliest world.

Every set tried is one world of the same table: all of them are evaluated at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

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

Sets = NDArray[np.int64]  # numbers of changes, one row per set


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

    def sides(self, condition: Condition) -> None:
        """Return None: its values are given world by world."""

    def holds(self, condition: Condition, draws: Draws) -> Truth:
        found = [column for value, column in self.columns.items()
                 if Possible(frozenset({value})).allows(condition)]
        return np.asarray(np.any(found, axis=0)) if found else np.asarray(False)


def flips(assessment: Assessment, grounder: Grounder, view: IssueView, most: int = 3) -> list[tuple[Change, ...]]:
    """Return the smallest sets of up to `most` changes that flip the view's issue in the likeliest world.

    Facts that nobody contests are left as they are. Sets of one come first; no set holds a smaller one that flips.
    `grounder` is that of the assessment's law.
    """
    law = assessment.law
    graph = assessment.graphs[assessment.place(view)]
    changes = list(_changes(law, graph, view.issue.id))
    names = list(dict.fromkeys(change.name for change in changes))
    named = np.array([names.index(change.name) for change in changes], dtype=np.int64)
    found: list[tuple[Change, ...]] = []
    sets = np.arange(len(changes))[:, None]
    for size in range(1, most + 1):
        if size > 1:
            sets = _larger(sets, named)
        if not 0 < len(sets) <= MOST_TRIED:
            break
        flipped = _try(assessment, grounder, graph, view, changes, sets)
        found += [tuple(changes[at] for at in row) for row in sets[flipped]]
        sets = sets[~flipped]
    return found


def _larger(sets: Sets, named: Sets) -> Sets:
    """Return the sets of one change more whose every part is among `sets`, in order; shape (sets, changes of a set).

    So no set holds a smaller one that flips, and none takes one fact (`named`: the fact of each change) at two values.
    """
    count, size = len(named), sets.shape[1]
    more = np.arange(count)
    last = sets[:, -1]
    wider = np.repeat(sets, count - 1 - last, axis=0)
    added = np.concatenate([more[at + 1:] for at in last]) if len(sets) else more[:0]
    grown = np.column_stack([wider, added])
    kept = named[grown[:, -1]] != named[grown[:, -2]]
    known = np.zeros(count**size, dtype=np.bool_)
    places = count ** np.arange(size)
    known[sets @ places] = True
    for left_out in range(size):
        kept &= known[np.delete(grown, left_out, axis=1) @ places]
    chosen: Sets = grown[kept]
    return chosen


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


def _try(assessment: Assessment, grounder: Grounder, graph: Graph, view: IssueView, changes: Sequence[Change],
         sets: Sets) -> Truth:
    """Return, per set, whether it flips the issue; the first world of the table is the likeliest as stated."""
    varied = dict(graph.findings)
    declared = catalog(assessment.law)
    rows = np.arange(1, len(sets) + 1)
    tried: dict[str, list[tuple[Plain, Truth]]] = {}
    for at in np.unique(sets):
        taken = np.zeros(len(sets) + 1, dtype=np.bool_)
        taken[rows[(sets == at).any(axis=1)]] = True
        tried.setdefault(changes[at].name, []).append((changes[at].value, taken))
    for name, otherwise in tried.items():
        stated = graph.findings.get(name)
        values = _values(assessment.law.vocabulary.facts[fact_of(name)])
        columns = {value: np.zeros(len(sets) + 1, dtype=np.bool_) for value in values}
        likely = _likely(stated)
        if likely is not None:
            columns[likely][:] = True
        for value, taken in otherwise:
            for other, column in columns.items():
                column[taken] = other == value
        fact = stated.fact if stated else Fact(value=False)
        varied[name] = _Varied(name, f"flip:{name}", fact, declared[fact_of(name)], 1.0, columns)
    case = assessment.case
    governing = case.claim(view.claimants[0]).contract.governing_date
    wide = build_graph(assessment.law, grounder, varied, graph.duty, governing, case.as_of, graph.things)
    tries = _Tries(len(sets) + 1)
    holds = Evaluation(assessment.law, tries).answers(wide, keep=(view.issue.id,))[view.issue.id].holds
    return np.asarray(holds[1:] != holds[0])


def _likely(finding: Finding | None) -> Plain | None:
    """Return the value of a fact in the likeliest world."""
    if finding is None:
        return None
    for value in sorted(finding.possible.values, key=str):
        if bool(np.all(finding.holds(Condition(finding.name, "=", (value,)), _Tries(1)))):
            return value
    return None
