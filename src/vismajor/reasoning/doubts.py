"""The facts that a court may find in several ways, or of which nothing is stated yet: what there is to find out.

A doubt is one fact as one source states it, or leaves it open: common facts are one doubt for all claimants, the terms
of a contract one for all who agreed to them, a claimant's own facts each its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from vismajor.case.facts import Fact
from vismajor.case.models import Case, Claim
from vismajor.law.checks import dependencies
from vismajor.law.conditions import Condition, fact_of, item_of, of_item
from vismajor.law.models import Declaration, Law
from vismajor.reading.scalars import Status
from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Plain, Possible
from vismajor.reasoning.worlds import Draws, Truth

ChanceFrom = Literal["stated", "expected", "equal"]  # by counsel with the fact, by counsel for one unknown, by nobody
OUTSIDE = "unstated:"  # the draws that say which value an unknown fact is supposed to have: 0 for none


@dataclass(frozen=True)
class Doubt:
    """A fact that may be found in several ways.

    `key` names its draw; `name` is the fact as it is stated (`fact`, `fact@duty`, `fact#item`); `values` come as
    stated first, each with its chance (`chances`, together 1; `chance_from` says whose they are). `status` is None
    where nothing is stated. `claimants` are those on whose claims it bears.
    """

    key: str
    name: str
    values: tuple[object, ...]
    chances: tuple[float, ...]
    chance_from: ChanceFrom
    status: Status | None
    claimants: frozenset[str]

    @property
    def fact(self) -> str:
        """The fact as the pack declares it."""
        return fact_of(self.name.partition("@")[0])

    def draw(self, value: object) -> tuple[str, float]:
        """Return the draw that decides the fact (its name, and a level at which the fact has this value)."""
        at = self.values.index(value)
        if self.status is None:
            return OUTSIDE + self.key, float(at + 1)
        likelihood = self.chances[0]
        return f"fact:{self.key}", likelihood / 2 if at == 0 else (1 + likelihood) / 2


@dataclass(frozen=True)
class Unstated(Finding):
    """An unknown fact, which may be supposed to have any of `values`; nothing that is asked of it holds else."""

    values: tuple[Plain, ...] = field(default=())

    @property
    def certain(self) -> bool:
        """Return False: a value may be supposed."""
        return False

    @property
    def possible(self) -> Possible:
        """Every value that may be supposed."""
        return Possible(frozenset(self.values))

    def sides(self, condition: Condition) -> None:
        """Return None: no draw of its own decides an unknown fact."""

    def holds(self, condition: Condition, draws: Draws) -> Truth:
        """Return where the value supposed meets the condition; shape (count,)."""
        supposed = draws.uniform(OUTSIDE + self.key)
        met = [supposed == number for number, value in enumerate(self.values, start=1)
               if Possible(frozenset({value})).allows(condition)]
        return np.asarray(np.any(met, axis=0)) if met else np.asarray(False)


@dataclass(frozen=True)
class Doubts:
    """All doubts of a case by key, and the argument graphs in which each of them may be supposed resolved."""

    by_key: Mapping[str, Doubt]
    graphs: Mapping[Place, Graph]


def doubts_of(assessment: Assessment) -> Doubts:
    """Return the doubts of a case. Numbers and dates known within a range are none: they have no value to suppose.

    Left out: unknown facts that are matters of law, or that what is stated for some claimant already answers.
    """
    law, case = assessment.law, assessment.case
    asked = _asked(assessment)
    found: dict[str, Doubt] = {}
    graphs: dict[Place, Graph] = {}
    with Grounder(law) as grounder:
        for place, graph in assessment.graphs.items():
            claim = case.claim(place[0])
            unknown = {one.name: one for one in _unknown(case, law, claim, graph, asked)}
            graphs[place] = build_graph(law, grounder, {**graph.findings, **unknown}, graph.duty,
                                        claim.contract.governing_date, case.as_of, graph.things)
            for finding in (*graph.findings.values(), *unknown.values()):
                doubt = _doubt(case, finding, claim.claimant.id)
                if doubt is not None:
                    found[doubt.key] = _joined(found.get(doubt.key), doubt)
    return Doubts(found, graphs)


def contested_of(assessment: Assessment) -> dict[str, Doubt]:
    """Return the doubts of what is stated alone, by key: the court may find it as stated, or otherwise."""
    found: dict[str, Doubt] = {}
    for (claim, _), graph in assessment.graphs.items():
        for finding in graph.findings.values():
            doubt = _doubt(assessment.case, finding, assessment.case.claim(claim).claimant.id)
            if doubt is not None:
                found[doubt.key] = _joined(found.get(doubt.key), doubt)
    return found


def unknown_of(assessment: Assessment, facts: Collection[str]) -> Doubts:
    """Return the doubts of some facts where nothing is stated of them, and every graph, made wide where it needs be."""
    law, case = assessment.law, assessment.case
    asked = {name: one for name, one in _asked(assessment).items() if name in facts}
    found: dict[str, Doubt] = {}
    graphs: dict[Place, Graph] = dict(assessment.graphs)
    if not asked:
        return Doubts(found, graphs)
    with Grounder(law) as grounder:
        for place, graph in assessment.graphs.items():
            claim = case.claim(place[0])
            unknown = {one.name: one for one in _unknown(case, law, claim, graph, asked)}
            if unknown:
                graphs[place] = build_graph(law, grounder, {**graph.findings, **unknown}, graph.duty,
                                            claim.contract.governing_date, case.as_of, graph.things)
            for finding in unknown.values():
                doubt = _doubt(case, finding, claim.claimant.id)
                if doubt is not None:
                    found[doubt.key] = _joined(found.get(doubt.key), doubt)
    return Doubts(found, graphs)


def _asked(assessment: Assessment) -> dict[str, Declaration]:
    """Return the facts worth asking for where they are unknown: those of which some rule asks, and none concludes."""
    law = assessment.law
    named = {name for needed in dependencies(law).values() for name in needed}
    concluded = {rule.concludes[0] for rule in law.rules.values() if rule.issue is None}
    stated = {fact_of(name) for graph in assessment.graphs.values() for name in graph.findings}
    return {name: fact for name, fact in law.vocabulary.facts.items()
            if name in named - concluded and fact.type in ("bool", "choice") and not fact.legal and not fact.computed
            and stated.isdisjoint(fact.answered_by)}


def _unknown(case: Case, law: Law, claim: Claim, graph: Graph, asked: Mapping[str, Declaration]) -> Iterator[Unstated]:
    declared = catalog(law)
    for fact, declaration in asked.items():
        values: tuple[Plain, ...] = (True, False) if declaration.type == "bool" else declaration.values
        for name in graph.things.names(fact):
            if name not in graph.findings:
                said = f"{name}@{graph.duty}" if declaration.per_duty else name
                yield Unstated(name, f"{_source(case, claim, declaration.scope, name)}:{said}",
                               Fact(value=values[0], status="alleged"), declared[fact], 1.0, values)


def _source(case: Case, claim: Claim, scope: str, name: str) -> str:
    """Return who would state a fact of which nothing is stated: its doubt is common to those who share this source."""
    if scope == "common":
        return "common"
    if scope == "contract":
        return case.terms_of(claim.contract).id
    return claim.claimant.id if scope == "claimant" else f"{claim.claimant.id}/{item_of(name)}"


def _doubt(case: Case, finding: Finding, claimant: str) -> Doubt | None:
    """Return the doubt of a finding, or None where the court finds it in one way only, or within a range."""
    source, _, said = finding.key.rpartition(":")
    if isinstance(finding, Unstated):
        chances, chance_from = _expected(case, finding)
        return Doubt(finding.key, said, finding.values, chances, chance_from, None, frozenset({claimant}))
    fact = finding.fact
    if fact.value is None or not 0 < finding.likelihood < 1 or finding.certain:
        return None
    otherwise = next(iter(finding.possible.values - {fact.value}), fact.otherwise)
    own = item_of(finding.name) if source.endswith(f"/{item_of(finding.name)}") else ""
    return Doubt(finding.key, of_item(said, own), (fact.value, otherwise),
                 (finding.likelihood, 1 - finding.likelihood), "stated", fact.status, frozenset({claimant}))


def _expected(case: Case, finding: Unstated) -> tuple[tuple[float, ...], ChanceFrom]:
    """Return the chance of each value of an unknown fact: counsel's where the case gives it, else all equal."""
    expected = case.file.expected.get(fact_of(finding.name))
    if expected is None:
        return tuple(1 / len(finding.values) for _ in finding.values), "equal"
    return (expected, 1 - expected), "expected"


def _joined(one: Doubt | None, other: Doubt) -> Doubt:
    if one is None:
        return other
    return Doubt(one.key, one.name, one.values, one.chances, one.chance_from, one.status,
                 one.claimants | other.claimants)


@dataclass(frozen=True)
class Strand:
    """A fact under one name, stated or unknown: a doubt common to all, or one for each of those to whom it is its own.

    No claimant has two doubts in one strand.
    """

    doubts: tuple[Doubt, ...]

    @property
    def name(self) -> str:
        """The fact as it is stated: `fact`, `fact@duty`, `fact#item`."""
        return self.doubts[0].name

    @property
    def unknown(self) -> bool:
        """Whether nothing is stated of it."""
        return self.doubts[0].status is None

    @property
    def values(self) -> tuple[object, ...]:
        """Every value that one of the doubts may be found to have."""
        return tuple(dict.fromkeys(value for doubt in self.doubts for value in doubt.values))

    def of(self, claimant: str) -> Doubt | None:
        """Return the doubt that bears on the claims of a claimant, or None."""
        return next((doubt for doubt in self.doubts if claimant in doubt.claimants), None)

    def found(self, value: object) -> dict[str, object]:
        """Return the value by key of doubt, for the doubts that may be found to have it."""
        return {doubt.key: value for doubt in self.doubts if value in doubt.values}


def strands_of(doubts: Iterable[Doubt]) -> tuple[Strand, ...]:
    """Return doubts by the name under which they are stated, or not; of several of a claimant, each its own strand."""
    named: dict[tuple[str, bool], list[list[Doubt]]] = {}
    for doubt in doubts:
        strands = named.setdefault((doubt.name, doubt.status is None), [])
        free = next((one for one in strands if all(doubt.claimants.isdisjoint(d.claimants) for d in one)), None)
        if free is None:
            strands.append([doubt])
        else:
            free.append(doubt)
    return tuple(Strand(tuple(one)) for strands in named.values() for one in strands)
