"""Real decisions put before the rules: which arguments each plea met, on the law as it was known before the ruling."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from vismajor.case.decisions import Decision
from vismajor.case.facts import Fact
from vismajor.law.models import Law
from vismajor.law.regimes import Regime, Regimes
from vismajor.reasoning.evaluation import Evaluation, Heard
from vismajor.reasoning.findings import GOVERNING_DATE, TODAY, Finding, catalog
from vismajor.reasoning.graph import Argument, Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.worlds import Worlds

WORLDS = Worlds("precedents", 2_000)  # only for what the pack itself leaves open: facts of a decision are certain
SHORTEST_NUMBER = 5  # digits by which a decision can be told from others


@dataclass(frozen=True)
class Precedent:
    """One decision with the arguments that the rules find in its facts, by issue, and the conditions it was judged by.

    A rule that rests on this decision alone, or on another of the same dispute, is left out. `heard` has an entry for
    each condition of the plea and for the clause.
    """

    decision: Decision
    regime_id: str
    regime: Regime
    heard: Mapping[str, tuple[Heard, ...]]


def regimes_of(law: Law) -> Regimes:
    """Return the regimes of a pack. Raises ValueError when it has none: no decision can then be judged by it."""
    if law.regimes is None:
        raise ValueError(f"the pack {law.id} has no regimes.yaml")
    return law.regimes


def regime_of(law: Law, decision: Decision) -> str:
    """Return the id of the regime that a decision is judged by: the particular one where `other` is made precise."""
    regimes = regimes_of(law)
    if decision.judged_under and decision.judged_under in regimes.regimes:
        return decision.judged_under
    return decision.regime if decision.regime in regimes.regimes else regimes.usual


def precedents(law: Law, decisions: Iterable[Decision], without: frozenset[str] = frozenset(),
               beside: Iterable[Decision] = ()) -> list[Precedent]:
    """Ground the pack on each decision; `without` names facts that are left out as if nobody had coded them.

    `beside` are decisions that are not asked for: rules that rest on those of the same dispute are left out all the
    same.
    """
    listed = list(decisions)
    members = sorted([*listed, *beside], key=lambda decision: decision.group)
    own = {group: _own_sources(law, list(its)) for group, its in groupby(members, key=lambda d: d.group)}
    issues = [*regimes_of(law).in_court, regimes_of(law).clause]
    found = []
    with Grounder(law) as grounder:
        for decision in sorted(listed, key=lambda d: d.id):
            regime_id = regime_of(law, decision)
            graph = _graph(law, grounder, decision, regimes_of(law).regimes[regime_id], own[decision.group], without)
            answers = Evaluation(law, WORLDS).answers(graph, keep=())
            heard = {issue: tuple(h for h in answers[issue].heard if h.applies > 0) for issue in issues}
            found.append(Precedent(decision, regime_id, regimes_of(law).regimes[regime_id], heard))
    return found


def _graph(law: Law, grounder: Grounder, decision: Decision, regime: Regime, own: set[str], without: frozenset[str]
           ) -> Graph:
    regimes = regimes_of(law)
    coded = {name: value for name, value in decision.factors.items() if name not in without}
    stated = {**regime.given, **coded}
    if any(regimes.clause in law.vocabulary.facts[name].bears_on for name in stated):
        stated = {**regimes.with_clause, **stated}
    day = decision.day or dt.date.today()
    governing = _governing(decision, regime)
    dated = {GOVERNING_DATE: governing.isoformat(), TODAY: day.isoformat()}
    declared = catalog(law)
    findings = {
        name: Finding(name, f"decision:{name}", Fact(value=value), declared[name], 1.0)
        for name, value in {**stated, **{k: v for k, v in dated.items() if k in declared}}.items()
    }
    # The decision was not known before it was given, nor what came later.
    graph = build_graph(law, grounder, findings, regimes.duty, governing, day - dt.timedelta(days=1))
    return replace(graph, arguments=_others(graph.arguments, own), derivations=_others(graph.derivations, own))


def _others(arguments: Mapping[str, tuple[Argument, ...]], own: set[str]) -> dict[str, tuple[Argument, ...]]:
    """Return the arguments whose rules rest on something else than `own` sources."""
    return {name: tuple(a for a in listed if not set(a.rule.sources) <= own) for name, listed in arguments.items()}


def _governing(decision: Decision, regime: Regime) -> dt.date:
    """Return the date of the contract; where it is not told, one under the regime that the court applied."""
    if decision.contract_day is not None:
        return decision.contract_day
    day = decision.day or dt.date.today()
    if regime.in_force is None or regime.in_force.covers(day):
        return day
    return regime.in_force.to or regime.in_force.from_ or day


def _own_sources(law: Law, members: list[Decision]) -> set[str]:
    """Return the sources of the pack that are these decisions: by id, by number, or by date where there is none."""
    ids = {d.id for d in members}
    numbers = {number for d in members for number in _numbers(d.number)}
    days, unnumbered = ({d.day for d in listed if d.day} for listed in (
        members, [d for d in members if not _numbers(d.number)]))
    return {source.id for source in law.sources.values() if source.kind == "decision" and (
        source.id in ids or _numbers(source.number) & numbers
        or source.date in (unnumbered if _numbers(source.number) else days))}


def _numbers(number: str | None) -> set[str]:
    """Return the numbers of a decision, digits alone: 1700739 for `RG 17/00739, arrêt n° 87`.

    One too short to tell decisions apart is none, and neither are words that say that no number is known.
    """
    found = (re.sub(r"\D", "", part) for part in re.findall(r"\d[\d./-]*", number or ""))
    return {digits for digits in found if len(digits) >= SHORTEST_NUMBER}
