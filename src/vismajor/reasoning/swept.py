"""Which facts may be taken at every value that a court may find, together for all for whom they are open.

A fact is asked for by its name (`event.sudden`), for one duty (`performance.effect@backup`), one claimant or claim
(`service.data_lost@dupont`), one item (`backup.restorable#nightly`). It varies together wherever it is disputed,
alleged, or unknown; where it is certain it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vismajor.case.facts import Fact
from vismajor.law.conditions import fact_of, item_of
from vismajor.law.models import Declaration, Law
from vismajor.reading.problems import InvalidInput, Problem, nearest, problem
from vismajor.reasoning.assessment import CONTESTED, Assessment, Place
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.left_open import LeftOpen
from vismajor.reasoning.possibilities import Plain

OPTION = "--facts"
PLAIN = ("bool", "choice", "name")  # the types of facts that have values to go through
Graphs = Mapping[Place, Graph]
Where = tuple[Place, str]  # a claim and a duty, and the name of a fact there


@dataclass(frozen=True)
class SweptFact:
    """A fact taken at each of `values`, as counsel states it first.

    `likelihoods` are those that counsel states, by value; empty where nothing is stated, or not the same for all.
    `stated` is the value that counsel states (None: none, or not the same for all). `open_at` says where the fact
    varies; `unknown_at` where, among these, nothing is stated.
    """

    name: str
    declaration: Declaration
    values: tuple[Plain, ...]
    likelihoods: tuple[float, ...]
    stated: Plain | None
    open_at: tuple[Where, ...]
    unknown_at: tuple[Where, ...]

    @property
    def ground(self) -> str:
        """The name of the fact (or item's fact) without the duty or the claimant for whom alone it varies."""
        return self.name.partition("@")[0]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims for which the fact varies."""
        return _claims(self.open_at)

    @property
    def claims_unknown(self) -> tuple[str, ...]:
        """The claims, among these, for which the case says nothing of it."""
        return _claims(self.unknown_at)


def _claims(where: Sequence[Where]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place[0] for place, _ in where))


def contested_names(graphs: Graphs) -> list[str]:
    """Return names of the disputed and alleged facts that have several values, so that no two of them overlap.

    A fact is named for each duty where the case states it for one duty, for each claimant where claimants contest it
    between other values, else as it is. One that differs in more ways than that is left out.
    """
    found: dict[str, list[tuple[Place, str, frozenset[Plain]]]] = {}
    for place, graph in graphs.items():
        for name, finding in graph.findings.items():
            if finding.fact.status in CONTESTED and len(finding.possible.values) > 1:
                only = finding.key.rpartition(":")[2].partition("@")[2]
                found.setdefault(fact_of(name), []).append((place, only, finding.possible.values))
    names: list[str] = []
    for fact, stated in found.items():
        by_duty = any(only for _, only, _ in stated)
        apart: dict[str, set[frozenset[Plain]]] = {}
        if not by_duty and len({values for _, _, values in stated}) == 1:
            names.append(fact)
            continue
        for place, _, values in stated:
            apart.setdefault(place[1] if by_duty else place[0].partition("/")[0], set()).add(values)
        names += [f"{fact}@{one}" for one, ways in apart.items() if len(ways) == 1]
    return names


def swept_facts(assessment: Assessment, graphs: Graphs, names: Sequence[str]) -> tuple[SweptFact, ...]:
    """Return the facts asked for by their names, in that order.

    Raises InvalidInput with all that cannot be swept: unknown names, facts that are certain, numbers and dates, facts
    that follow from others, facts contested in several ways, the same fact twice.
    """
    found: list[SweptFact] = []
    wrong: list[Problem] = []
    for number, name in enumerate(names, start=1):
        try:
            found.append(_Asked(assessment, graphs, name, number).fact())
        except InvalidInput as error:
            wrong += error.problems
    wrong += _twice(found, names)
    if wrong:
        raise InvalidInput(wrong)
    return tuple(found)


def open_graphs(assessment: Assessment, graphs: Graphs, facts: Sequence[SweptFact], *, as_stated: bool = False
                ) -> dict[Place, Graph]:
    """Return the argument graphs with these facts left open, numbered in their order.

    With `as_stated`, a fact of which no value is taken is found as the case states it; without, every fact must be
    taken at a value, and claims that differ in who states the fact alone share what follows from it.
    """
    declared, case = catalog(assessment.law), assessment.case
    at: dict[Place, dict[str, LeftOpen]] = {}
    for number, fact in enumerate(facts):
        for place, name in fact.open_at:
            stated = graphs[place].findings.get(name)
            key = f"open:{number}" + (f"|{stated.key if stated else ''}" if as_stated else "")
            shown = stated.fact if stated else Fact(value=fact.values[0], status="alleged")
            at.setdefault(place, {})[name] = LeftOpen(
                name, key, shown, declared[fact_of(name)], 1.0, number, fact.values, stated)
    with Grounder(assessment.law) as grounder:
        return {place: graph if place not in at else build_graph(
            assessment.law, grounder, {**graph.findings, **at[place]}, graph.duty,
            case.claim(place[0]).contract.governing_date, case.as_of, graph.things)
            for place, graph in graphs.items()}


@dataclass(frozen=True)
class _Asked:
    """One fact as it was asked for, the `number`-th of the list."""

    assessment: Assessment
    graphs: Graphs
    name: str
    number: int

    def fact(self) -> SweptFact:
        """Return the fact with its values. Raises InvalidInput."""
        declaration = self._declaration()
        stated, unknown = self._open()
        if not stated and not unknown:
            raise InvalidInput([self._certain()])
        several = {frozenset(finding.possible.values) for _, finding in stated}
        if len(several) > 1:
            raise InvalidInput([self.problem(OPTION, "sweep_several_ways", other=self._narrower(stated))])
        values: tuple[Plain, ...] = declaration.values if declaration.type == "choice" else (True, False)
        if stated:
            values = tuple(sorted(several.pop(), key=lambda v: (v != stated[0][1].fact.value, str(v))))
        elif declaration.type == "name":
            raise InvalidInput([self.problem(OPTION, "sweep_name_unknown")])
        said = {finding.fact.value for _, finding in stated}
        alike = {tuple(round(_likelihood(finding, value), 9) for value in values) for _, finding in stated}
        return SweptFact(
            self.name, declaration, values, alike.pop() if len(alike) == 1 else (),
            values[0] if len(said) == 1 else None,
            (*(where for where, _ in stated), *unknown), tuple(unknown))

    def _declaration(self) -> Declaration:
        law = self.assessment.law
        fact = fact_of(self.name.partition("@")[0])
        if fact not in law.vocabulary.facts:
            raise InvalidInput([self.problem(OPTION, "unknown_fact", nearest=nearest(fact, law.vocabulary.facts))])
        declaration = law.vocabulary.facts[fact]
        if declaration.type not in PLAIN:
            raise InvalidInput([self.problem(OPTION, "sweep_number")])
        where = {*_duties(self.graphs), *self._claimants()}
        only = self.name.partition("@")[2]
        if "@" in self.name and only not in where:
            raise InvalidInput([self.problem(OPTION, "sweep_unknown_place", only=only, nearest=nearest(only, where))])
        if not any(self._names(graph) for _, graph in self._places()):
            items = {item_of(one) for graph in self.graphs.values() for one in graph.things.names(fact)} - {""}
            near = nearest(item_of(self.ground), items)
            raise InvalidInput([self.problem(OPTION, "sweep_unknown_item", nearest=near)])
        return declaration

    @property
    def ground(self) -> str:
        """The name without the duty or the claimant."""
        return self.name.partition("@")[0]

    def _claimants(self) -> dict[str, set[str]]:
        """Return the claims by the id of each claimant, and by their own."""
        found: dict[str, set[str]] = {}
        for claim, _ in self.graphs:
            for name in (claim, claim.partition("/")[0]):
                found.setdefault(name, set()).add(claim)
        return found

    def _places(self) -> Iterator[tuple[Place, Graph]]:
        """Yield where the fact is asked for: everywhere, for one duty, or for one claimant or claim."""
        only = self.name.partition("@")[2]
        claims = self._claimants().get(only, set())
        for place, graph in self.graphs.items():
            if only in ("", place[1]) or (only not in _duties(self.graphs) and place[0] in claims):
                yield place, graph

    def _names(self, graph: Graph) -> list[str]:
        """Return the names of the fact in one graph: one for each item of which it may be stated."""
        item = item_of(self.ground)
        return [name for name in graph.things.names(fact_of(self.ground)) if not item or item_of(name) == item]

    def _open(self) -> tuple[list[tuple[Where, Finding]], list[Where]]:
        """Return where the court may find the fact in several ways, and where nothing is stated of it."""
        stated: list[tuple[Where, Finding]] = []
        unknown: list[Where] = []
        for place, graph in self._places():
            for name in self._names(graph):
                finding = graph.findings.get(name)
                if finding is None and fact_of(name) not in _concluded(self.assessment.law):
                    unknown.append((place, name))
                elif finding is not None and len(finding.possible.values) > 1:
                    stated.append(((place, name), finding))
        return stated, unknown

    def _certain(self) -> Problem:
        """Say why a fact does not vary: nobody contests it, or it follows from other facts."""
        found = [graph.findings[name] for _, graph in self._places() for name in self._names(graph)
                 if name in graph.findings]
        if not found:
            law = self.assessment.law
            rules = [rule for rule in law.rules.values() if rule.issue is None
                     and rule.concludes[0] == fact_of(self.ground)]
            others = dict.fromkeys(c.fact for rule in rules for c in rule.if_ if not c.on_issue)
            return self.problem(OPTION, "sweep_concluded", others=", ".join(others))
        statuses = sorted({finding.fact.status for finding in found})
        return self.problem(OPTION, "sweep_certain", status=", ".join(statuses))

    def _narrower(self, stated: Iterable[tuple[Where, Finding]]) -> str:
        """Return names that ask for less: the fact for one duty where duties differ, else for one claimant."""
        duties: dict[str, set[frozenset[Plain]]] = {}
        claims: dict[str, None] = {}
        for (place, _), finding in stated:
            duties.setdefault(place[1], set()).add(frozenset(finding.possible.values))
            claims[place[0].partition("/")[0]] = None
        apart = list(duties) if len(duties) > 1 and all(len(ways) == 1 for ways in duties.values()) else list(claims)
        return ", ".join(f"{self.ground}@{one}" for one in apart[:4])

    def problem(self, option: str, code: str, **values: object) -> Problem:
        """Return what is wrong with the name, the `number`-th of the list after `option`."""
        return problem(option, (1, self.number), code, read=self.name, **values)


def _likelihood(finding: Finding, value: Plain) -> float:
    return finding.likelihood if value == finding.fact.value else 1 - finding.likelihood


def _duties(graphs: Graphs) -> set[str]:
    return {duty for _, duty in graphs}


def _concluded(law: Law) -> set[str]:
    """Return the facts that rules conclude from others."""
    return {rule.concludes[0] for rule in law.rules.values() if rule.issue is None}


def _twice(facts: Sequence[SweptFact], names: Sequence[str]) -> Iterator[Problem]:
    """Yield the facts of which a part was already asked for."""
    known: dict[Where, str] = {}
    for fact in facts:
        before = next((known[where] for where in fact.open_at if where in known), None)
        if before is not None:
            yield problem(OPTION, (1, names.index(fact.name) + 1), "sweep_twice", read=fact.name, other=before)
        known |= dict.fromkeys(fact.open_at, fact.name)
