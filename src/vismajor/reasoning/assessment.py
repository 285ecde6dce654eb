"""Assesses a case: every issue for every claimant and duty, with probability, label and the arguments of both sides."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from vismajor.case.models import Case, Claim
from vismajor.law.conditions import Condition
from vismajor.law.models import Issue, Law, Rule
from vismajor.reasoning.evaluation import Answer, Heard, Prepared
from vismajor.reasoning.findings import Finding, Given, catalog, findings_for
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Possible
from vismajor.reasoning.things import Things
from vismajor.reasoning.worlds import LikeliestWorld, Truth, Worlds

Label = Literal["established", "not_established", "doubtful"]
# Between one chance in three and two in three, counsel would call the answer open.
DOUBTFUL = (1 / 3, 2 / 3)
CONTESTED = ("disputed", "alleged")  # the statuses of a fact on which the court might find otherwise
Progress = Callable[[str], None]
Place = tuple[str, str]  # a claim, and a duty owed to who makes it


@dataclass(frozen=True)
class Premise:
    """One condition of an argument, with the fact that meets it, or (`derived_by`) the rules that conclude it.

    `derived_from` are the premises of the first of those rules, `conclusions` each rule with its own; a condition on
    several facts has the premises that it is made of, and no rule.
    """

    condition: Condition
    finding: Finding | None
    derived_by: tuple[Rule, ...] = ()
    derived_from: tuple[Premise, ...] = ()
    conclusions: tuple[tuple[Rule, tuple[Premise, ...]], ...] = ()

    @property
    def as_stated(self) -> bool:
        """Whether the condition is what counsel states (not what the court may find instead)."""
        stated = self.finding.fact.value if self.finding else None
        return not isinstance(stated, bool | str) or self.condition.numeric or (
            (stated in self.condition.values) == (self.condition.operator == "="))

    def grounds(self) -> Iterator[Premise]:
        """Yield the premises that rest on stated facts: this one, or those it is derived from."""
        if self.derived_from:
            for premise in self.derived_from:
                yield from premise.grounds()
        else:
            yield self

    @property
    def contested(self) -> bool:
        """Whether the court might find otherwise: a fact disputed or only alleged."""
        return any(p.finding is not None and p.finding.fact.status in CONTESTED for p in self.grounds())


@dataclass(frozen=True)
class ArgumentView:
    """One argument as the parties will hear it.

    `weight` is in log-odds, positive for the issue, None for a knock-out; `share` is the share of the worlds in which
    it counts; `undercut_by` names what sets it aside in the likeliest world.
    """

    rule: Rule
    weight: float | None
    share: float
    applies: bool
    premises: tuple[Premise, ...]
    undercut_by: tuple[Premise, ...]


@dataclass(frozen=True)
class IssueView:
    """One issue for a set of claimants who stand alike: probability with its standard error, label, arguments.

    `duty` is None for issues that are the same for every duty. The label says `doubtful` between one chance in three
    and two in three, and when the likeliest world and the probability point different ways: words never contradict
    figures. `likely` is the answer of the likeliest world, in which each fact is found as is likelier.
    """

    issue: Issue
    duty: str | None
    claimants: tuple[str, ...]
    probability: float
    standard_error: float
    label: Label
    score: float | None
    arguments_for: tuple[ArgumentView, ...]
    arguments_against: tuple[ArgumentView, ...]
    conflict: bool
    likely: bool


@dataclass(frozen=True)
class Assessment:
    """What follows from a case: `views` by issue, `answers` and `graphs` by (claim, duty).

    A claim is a claimant's under one contract; its id is the claimant's where there is one contract.
    """

    case: Case
    law: Law
    worlds: Worlds
    views: Mapping[str, tuple[IssueView, ...]]
    answers: Mapping[tuple[str, str], Mapping[str, Answer]]
    graphs: Mapping[tuple[str, str], Graph]

    def lead(self, issue: str) -> IssueView:
        """Return the view of an issue that speaks for most: the first duty of the pack, then most claimants."""
        return self.views[issue][0]

    def place(self, view: IssueView) -> Place:
        """Return a claim and a duty for which a view speaks."""
        claim = view.claimants[0]
        return claim, view.duty or next(duty for name, duty in self.graphs if name == claim)

    def view_at(self, issue: str, place: Place) -> IssueView:
        """Return the view of an issue that holds for a claim and a duty."""
        return next(v for v in self.views[issue] if place[0] in v.claimants and v.duty in (None, place[1]))

    def holds(self, claim: str, duty: str, issue: str) -> Truth:
        """Return, per world, whether the issue is established for this claim and duty; shape (worlds,)."""
        return np.broadcast_to(self.answers[claim, duty][issue].holds, (self.worlds.count,))

    @property
    def conflicts(self) -> list[IssueView]:
        """Issues on which two rules knock out in opposite senses in some world."""
        return [view for views in self.views.values() for view in views if view.conflict]


def duties_of(law: Law, claim: Claim) -> list[str]:
    """Return the duties that the heads of loss of a claim invoke, in the order of the pack."""
    invoked = {duty for head in claim.heads for duty in head.duties}
    return [duty for duty in law.vocabulary.duties if duty in invoked] or [next(iter(law.vocabulary.duties))]


def assess_case(case: Case, law: Law, worlds: Worlds, progress: Progress | None = None,
                given: Mapping[str, Given] | None = None, grounder: Grounder | None = None) -> Assessment:
    """Assess every issue of the pack for every claim and every duty that its losses invoke.

    `given` holds, by claim, facts that follow from other parts of the case (what is claimed). `grounder` is one of the
    same rules, where several versions of a case share it. Raises GroundingError when the rule engine cannot handle the
    pack.
    """
    with contextlib.nullcontext(grounder) if grounder else Grounder(law) as shared:
        graphs = dict(_graphs(case, law, shared, progress, given or {}))
    prepared = Prepared(law, graphs)
    answers, likeliest = prepared.answers(worlds), prepared.answers(LikeliestWorld(), keep=())
    views = {issue.id: tuple(_views(issue, law, graphs, answers, likeliest, worlds))
             for issue in law.issues.values() if issue.known_from is None or issue.known_from <= case.as_of}
    return Assessment(case, law, worlds, views, answers, graphs)


def _graphs(case: Case, law: Law, grounder: Grounder, progress: Progress | None, given: Mapping[str, Given]
            ) -> Iterator[tuple[tuple[str, str], Graph]]:
    declared = catalog(law)
    for claim in case.claims:
        things = Things.of_claimant(law, claim.claimant)
        for duty in duties_of(law, claim):
            findings = findings_for(case, law, claim, duty, declared, given.get(claim.id))
            yield (claim.id, duty), build_graph(
                law, grounder, findings, duty, claim.contract.governing_date, case.as_of, things)
        if progress:
            progress(claim.id)


def _views(issue: Issue, law: Law, graphs: Mapping[tuple[str, str], Graph],
           answers: Mapping[tuple[str, str], Mapping[str, Answer]],
           middle: Mapping[tuple[str, str], Mapping[str, Answer]], worlds: Worlds) -> Iterator[IssueView]:
    """Yield one view per set of claimants whose answer is the same, the widest set of the first duty first."""
    alike: dict[tuple[str | None, int], list[tuple[str, str]]] = {}
    for at in answers:
        duty = at[1] if issue.per_duty else None
        alike.setdefault((duty, answers[at][issue.id].pleading), []).append(at)
    order = list(law.vocabulary.duties)

    def rank(item: tuple[tuple[str | None, int], list[tuple[str, str]]]) -> tuple[int, int]:
        return (order.index(item[0][0]) if item[0][0] else 0, -len({claimant for claimant, _ in item[1]}))

    for (duty, _), members in sorted(alike.items(), key=rank):
        claimants = tuple(dict.fromkeys(claimant for claimant, _ in members))
        at = members[0]
        found = [answers[member][issue.id] for member in members]
        answer = replace(found[0], probability=_mean(one.probability for one in found), heard=tuple(
            replace(heard, raised=_mean(h.raised for h in alike_), applies=_mean(h.applies for h in alike_))
            for heard, *others in zip(*(one.heard for one in found), strict=True) for alike_ in [(heard, *others)]))
        yield _view(issue, duty, claimants, graphs[at], answer, middle[at][issue.id], worlds)


def _mean(shares: Iterable[float]) -> float:
    """Return the mean, the same in whatever order the shares come."""
    listed = list(shares)
    return math.fsum(listed) / len(listed)


def _view(issue: Issue, duty: str | None, claimants: tuple[str, ...], graph: Graph, answer: Answer, middle: Answer,
          worlds: Worlds) -> IssueView:
    likely, probability = middle.probability == 1, answer.probability
    label: Label = "doubtful"
    if likely and probability > DOUBTFUL[1]:
        label = "established"
    elif not likely and probability < DOUBTFUL[0]:
        label = "not_established"
    arguments = [
        _argument(graph, heard, quiet) for heard, quiet in zip(answer.heard, middle.heard, strict=True)
        if heard.raised > 0
    ]
    arguments.sort(key=lambda a: (-_size(a), a.rule.id))
    return IssueView(
        issue, duty, claimants, probability, (probability * (1 - probability) / worlds.count) ** 0.5, label,
        middle.score,
        tuple(a for a in arguments if a.rule.argues_for), tuple(a for a in arguments if not a.rule.argues_for),
        answer.conflict > 0, likely,
    )


def _size(view: ArgumentView) -> float:
    return float("inf") if view.weight is None else abs(view.weight) * view.share


def _argument(graph: Graph, heard: Heard, quiet: Heard) -> ArgumentView:
    argument = heard.argument
    return ArgumentView(
        argument.rule, None if argument.knocks_out else argument.weight, heard.applies, quiet.applies == 1,
        tuple(_premise(graph, condition) for condition in argument.premises),
        tuple(_premise(graph, condition) for condition, share in quiet.undercut_by if share == 1),
    )


def _premise(graph: Graph, condition: Condition) -> Premise:
    if condition.quantifier or condition.other is not None:
        return _compound(graph, condition)
    finding = graph.findings.get(condition.name)
    deriving = [] if finding else [
        (argument.rule, tuple(_premise(graph, c) for c in argument.premises))
        for argument in graph.derivations.get(condition.name, ())
        if Possible(frozenset({argument.rule.concludes[1]})).allows(condition)
    ]
    # What rests on the facts as counsel states them is said before what takes the court to find otherwise.
    deriving.sort(key=lambda found: (not all(ground.as_stated for p in found[1] for ground in p.grounds()),
                                     found[0].id))
    return Premise(condition, finding, tuple(rule for rule, _ in deriving), deriving[0][1] if deriving else (),
                   tuple(deriving))


def _compound(graph: Graph, condition: Condition) -> Premise:
    """Return a premise on several facts: of every item, or the two that are compared."""
    if condition.quantifier:
        parts = [condition.of(name) for name in graph.looked_at(condition)]
        if len(parts) == 1:
            return _premise(graph, parts[0])
    else:
        named = (graph.findings.get(name) for name in condition.names)
        parts = [Condition(f.name, "=", (f.fact.value,)) for f in named  # type: ignore[arg-type]
                 if f is not None and f.fact.value is not None]
    return Premise(condition, None, (), tuple(_premise(graph, part) for part in parts if graph.possible(part)))
