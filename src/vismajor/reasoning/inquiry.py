"""What is still to be found out: unknown facts that the pack asks about, and what each could change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vismajor.case.facts import Fact
from vismajor.law.checks import dependencies
from vismajor.law.conditions import fact_of
from vismajor.law.models import Declaration
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.worlds import Worlds

SMALLEST_CHANGE = 0.02  # below two points of probability, a question is not worth a client's time
WORLDS = 2_000


@dataclass(frozen=True)
class OpenFact:
    """An unknown fact and the probability of the issue it moves most, as it stands and for each value it may take."""

    name: str
    declaration: Declaration
    issue: str
    now: float
    then: tuple[tuple[Plain, float], ...]

    @property
    def change(self) -> float:
        """The largest change of probability that learning the fact can bring."""
        return max(abs(probability - self.now) for _, probability in self.then)


def open_facts(assessment: Assessment, issues: tuple[str, ...]) -> list[OpenFact]:
    """Return the unknown facts that can move one of `issues`, the largest change first.

    Each is tried in turn as an admitted fact, for the claimant and duty that stand for most, on the first
    2,000 worlds of the same draws: differences carry no noise of their own.
    """
    worlds = Worlds(assessment.worlds.seed, min(assessment.worlds.count, WORLDS))
    view = assessment.lead(issues[0])
    at = (view.claimants[0], view.duty or next(iter(assessment.law.vocabulary.duties)))
    graph = assessment.graphs[at]
    grounder = Grounder(assessment.law)
    try:
        now = _probabilities(assessment, graph, worlds)
        found = [_try(assessment, grounder, graph, name, worlds, now, issues) for name in _unknown(assessment, graph)]
    finally:
        grounder.close()
    return sorted((f for f in found if f and f.change >= SMALLEST_CHANGE), key=lambda f: (-f.change, f.name))


def _unknown(assessment: Assessment, graph: Graph) -> Iterator[str]:
    asked = {name for needed in dependencies(assessment.law).values() for name in needed}
    concluded = {rule.concludes[0] for rule in assessment.law.rules.values() if rule.issue is None}
    for fact, declaration in assessment.law.vocabulary.facts.items():
        if fact in asked and fact not in concluded and _values(declaration):
            yield from (name for name in graph.things.names(fact) if name not in graph.findings)


def _values(declaration: Declaration) -> tuple[Plain, ...]:
    return (True, False) if declaration.type == "bool" else declaration.values


def _probabilities(assessment: Assessment, graph: Graph, worlds: Worlds) -> dict[str, float]:
    answers = Evaluation(assessment.law, worlds).answers(graph, keep=())
    return {name: answer.probability for name, answer in answers.items()}


def _try(assessment: Assessment, grounder: Grounder, graph: Graph, name: str, worlds: Worlds,
         now: dict[str, float], issues: tuple[str, ...]) -> OpenFact | None:
    law, case = assessment.law, assessment.case
    governing = case.claim(assessment.lead(issues[0]).claimants[0]).contract.governing_date
    tried: dict[Plain, dict[str, float]] = {}
    for value in _values(law.vocabulary.facts[fact_of(name)]):
        finding = Finding(name, f"inquiry:{name}", Fact(value=value), catalog(law)[fact_of(name)], 1.0)
        other = build_graph(law, grounder, {**graph.findings, name: finding}, graph.duty,
                            governing, case.as_of, graph.things)
        tried[value] = _probabilities(assessment, other, worlds)
    best = max(issues, key=lambda issue: max(abs(p[issue] - now[issue]) for p in tried.values()))
    # The change seen on the first worlds is added to the probability on all of them: one figure for one issue.
    known = assessment.lead(best).probability
    then = tuple((value, min(max(known + p[best] - now[best], 0.0), 1.0)) for value, p in tried.items())
    return OpenFact(name, law.vocabulary.facts[fact_of(name)], best, known, then)
