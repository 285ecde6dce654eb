"""What a fact would change: each unknown or contested one is taken as found so or otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from vismajor.case.facts import Fact
from vismajor.law.checks import dependencies
from vismajor.law.conditions import fact_of
from vismajor.law.models import Declaration, Law
from vismajor.reading.scalars import Status
from vismajor.reasoning.assessment import CONTESTED, Assessment, Place
from vismajor.reasoning.doubts import Doubt, Doubts, Unstated
from vismajor.reasoning.evaluation import Evaluation, Prepared
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.suppositions import Supposition, Suppositions
from vismajor.reasoning.worlds import Worlds

SMALLEST_CHANGE = 0.02  # below two points of probability, a question is not worth a client's time
WORLDS = 2_000
Chances = Mapping[str, float]  # probability by issue


@dataclass(frozen=True)
class Inquiry:
    """An unknown or contested fact, and the probability of every issue for each value that it may be found to have.

    `name` is that of the fact, or `fact#item` where there may be several.
    `status` is None where nothing is stated. `now` and the values of `then` map every issue of the pack to its
    probability.
    """

    name: str
    declaration: Declaration
    status: Status | None
    now: Chances
    then: tuple[tuple[Plain, Chances], ...]

    def change(self, issue: str) -> float:
        """Return the largest change that learning the fact can bring to the probability of an issue."""
        return max(abs(chances[issue] - self.now[issue]) for _, chances in self.then)

    def moves(self, issue: str) -> bool:
        """Tell whether the fact can change the probability of an issue by more than a trifle."""
        return self.change(issue) >= SMALLEST_CHANGE


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


def open_facts(assessment: Assessment, grounder: Grounder, issues: tuple[str, ...]) -> list[OpenFact]:
    """Return the unknown facts that can move one of `issues`, the largest change first.

    They are tried for the claim and duty for which the first issue is told first.
    """
    place = assessment.place(assessment.lead(issues[0]))
    found = []
    for inquiry in _supposed(assessment, grounder, place, issues):
        best = max(issues, key=inquiry.change)
        if inquiry.moves(best):
            then = tuple((value, chances[best]) for value, chances in inquiry.then)
            found.append(OpenFact(inquiry.name, inquiry.declaration, best, inquiry.now[best], then))
    return sorted(found, key=lambda f: (-f.change, f.name))


def _supposed(assessment: Assessment, grounder: Grounder, place: Place, issues: Collection[str]) -> Iterator[Inquiry]:
    """Yield each unknown fact with what some issues become: one graph for all of them, evaluated where each reaches."""
    law, graph = assessment.law, assessment.graphs[place]
    declared = catalog(law)
    unknown = {name: Unstated(name, f"inquiry:{name}", Fact(value=values[0], status="alleged"),
                              declared[fact_of(name)], 1.0, values)
               for name in unknown_facts(law, graph) if (values := values_of(law.vocabulary.facts[fact_of(name)]))}
    wide = build_graph(law, grounder, {**graph.findings, **unknown}, graph.duty,
                       assessment.case.claim(place[0]).contract.governing_date, assessment.case.as_of, graph.things)
    doubts = Doubts({one.key: Doubt(one.key, name, one.values, (1.0,), "equal", None, frozenset())
                     for name, one in unknown.items()}, {place: wide})
    court = Suppositions(assessment, doubts, Prepared(law, doubts.graphs), _first(assessment), issues)
    now = {issue: assessment.view_at(issue, place).probability for issue in issues}
    first = _answered(court, {}, place)
    for name, one in unknown.items():
        then = tuple((value, _moved(now, first, _answered(court, {one.key: value}, place))) for value in one.values)
        yield Inquiry(name, law.vocabulary.facts[fact_of(name)], None, now, then)


def _answered(court: Suppositions, supposition: Supposition, place: Place) -> dict[str, float]:
    answers = court.answers([court.supposing(supposition)]).answers[place]
    return {name: answer.probability for name, answer in answers.items()}


def _moved(now: Chances, first: Chances, then: Chances) -> dict[str, float]:
    """Add the change seen on the first worlds to the probability on all: one figure for one issue."""
    return {issue: min(max(now[issue] + then[issue] - first[issue], 0.0), 1.0) for issue in now}


def _first(assessment: Assessment) -> Worlds:
    """Return the first worlds of the same draws: differences carry no noise of their own."""
    return Worlds(assessment.worlds.seed, min(assessment.worlds.count, WORLDS))


def inquiries(assessment: Assessment, grounder: Grounder, place: Place) -> list[Inquiry]:
    """Return the unknown, disputed and alleged facts as they bear on the issues of one claim and duty."""
    return [*_found(assessment, grounder, place), *_supposed(assessment, grounder, place, tuple(assessment.views))]


def moving(found: Iterable[Inquiry], issue: str) -> list[Inquiry]:
    """Return those that can move an issue, the largest change first."""
    return sorted((i for i in found if i.moves(issue)), key=lambda i: (-i.change(issue), i.name))


def _contested(graph: Graph) -> Iterator[tuple[str, Finding]]:
    for name, finding in graph.findings.items():
        if finding.fact.status in CONTESTED and len(finding.possible.values) > 1:
            yield name, finding


def unknown_facts(law: Law, graph: Graph) -> Iterator[str]:
    """Yield the facts of few values that the rules ask about and nobody states, item by item."""
    asked = {name for needed in dependencies(law).values() for name in needed}
    concluded = {rule.concludes[0] for rule in law.rules.values() if rule.issue is None}
    for fact, declaration in law.vocabulary.facts.items():
        if fact in asked and fact not in concluded and values_of(declaration):
            yield from (name for name in graph.things.names(fact) if name not in graph.findings)


def values_of(declaration: Declaration) -> tuple[Plain, ...]:
    """Return the values that a fact may take; none where they are not few."""
    return (True, False) if declaration.type == "bool" else declaration.values


def _found(assessment: Assessment, grounder: Grounder, place: Place) -> Iterator[Inquiry]:
    """Yield each contested fact with what the issues become, given what the court finds of it: as if it were admitted.

    On the first worlds of the same draws: differences carry no noise of their own.
    """
    worlds, graph = _first(assessment), assessment.graphs[place]
    now = {issue: assessment.view_at(issue, place).probability for issue in assessment.views}
    first = _probabilities(assessment, graph, worlds)
    for name, stated in _contested(graph):
        then = tuple((value, _moved(now, first, chances))
                     for value, chances in _tried(assessment, grounder, place, stated, worlds))
        yield Inquiry(name, assessment.law.vocabulary.facts[fact_of(name)], stated.fact.status, now, then)


def _tried(assessment: Assessment, grounder: Grounder, place: Place, stated: Finding, worlds: Worlds
           ) -> Iterator[tuple[Plain, Chances]]:
    """Yield the probabilities for each value that a fact may be found to have, as counsel states it first."""
    law, case, graph, name = assessment.law, assessment.case, assessment.graphs[place], stated.name
    governing = case.claim(place[0]).contract.governing_date
    for value in sorted(stated.possible.values, key=lambda value: (value != stated.fact.value, str(value))):
        finding = Finding(name, f"inquiry:{name}", Fact(value=value), stated.declaration, 1.0)
        other = build_graph(law, grounder, {**graph.findings, name: finding}, graph.duty, governing, case.as_of,
                            graph.things)
        yield value, _probabilities(assessment, other, worlds)


def _probabilities(assessment: Assessment, graph: Graph, worlds: Worlds) -> dict[str, float]:
    answers = Evaluation(assessment.law, worlds).answers(graph, keep=())
    return {name: answer.probability for name, answer in answers.items()}
