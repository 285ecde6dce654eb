"""The labels and the answers, compared with those that clingo draws from a second reading of the definitions."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import clingo
import numpy as np

from tests.reasoning.random_law import FACTS, SIZES, random_pack
from tests.reasoning.small_law import graph
from vismajor.law.conditions import Condition
from vismajor.law.models import Law, Rule
from vismajor.reasoning.carneades import (
    ArgumentGraph,
    CarneadesArgument,
    CarneadesIssue,
    Label,
    Premise,
    Weigher,
    constant,
    convergent,
    cumulative,
    label_statements,
    linked,
)
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.worlds import LikeliestWorld

HERE = Path(__file__).parent
GRAPHS, PACKS = 2000, 1000
TOGETHER = 25  # graphs or packs in one program: clingo's grounder takes a time that grows with the square
SCALE = 1200  # a weight of 1 in the encoding: hundredths and thirds are whole


def models(encoding: str, facts: list[list[str]]) -> set[str]:
    """Return what the stable models show of many graphs or packs, each given as the list of its facts."""
    return {symbol for first in range(0, len(facts), TOGETHER)
            for symbol in model(encoding, [line for lines in facts[first:first + TOGETHER] for line in lines])}


def model(encoding: str, facts: list[str]) -> set[str]:
    """Return what the one stable model shows."""
    control = clingo.Control(["--warn=none", "0"])
    control.load(str(HERE / encoding))
    control.add("base", [], "\n".join(facts))
    control.ground([("base", [])])
    found: list[set[str]] = []
    control.solve(on_model=lambda stable: found.append({str(symbol) for symbol in stable.symbols(shown=True)}))
    assert len(found) == 1
    return found[0]


# --- argument graphs --------------------------------------------------------------------------------------------------


Weighed = tuple[str, int, Weigher]  # how the encoding calls a weigher, its constant there, and the weigher itself


def _weigher(draw: random.Random) -> Weighed:
    kind = draw.choice(["linked", "linked", "convergent", "cumulative", "constant", "constant"])
    if kind != "constant":
        return kind, 0, {"linked": linked, "convergent": convergent, "cumulative": cumulative}[kind]
    weight = draw.choice(["0", "0.1", "0.2", "0.29", "0.3", "0.5", "0.51", "0.75", "0.79", "0.8", "0.81", "1"])
    return kind, int(Decimal(weight) * SCALE), constant(float(weight))


def random_graph(draw: random.Random) -> tuple[ArgumentGraph, dict[str, Weighed]]:
    """Return a graph, cyclic more often than not, and how each of its arguments is weighed.

    In one half of them one issue is contested by arguments whose premises are known, so that its standard decides.
    """
    if draw.random() < 0.5:
        return _contest(draw)
    names = [f"s{number}" for number in range(draw.randint(3, 9))]
    free, issues = draw.sample(names, len(names)), []
    for number in range(draw.randint(0, 2)):
        size = draw.randint(1, 4)
        if len(free) >= size:
            standard = draw.choice(["PE", "CCE", "BRD"])
            issues.append(CarneadesIssue(f"i{number}", tuple(free[:size]), standard))  # type: ignore[arg-type]
            free = free[size:]
    arguments, weighed = [], {}
    for number in range(draw.randint(1, 13)):
        name = f"a{number}"
        weighed[name] = _weigher(draw)
        premises = tuple(Premise(draw.choice(names)) for _ in range(draw.choice([0, 1, 1, 2, 2, 3, 4])))
        undercutters = tuple(draw.sample(names, draw.choice([0, 0, 0, 1, 2])))
        arguments.append(CarneadesArgument(name, draw.choice(names), premises, undercutters, weighed[name][2]))
    assumed = frozenset(draw.sample(names, draw.randint(0, len(names) // 2)))
    return ArgumentGraph(dict.fromkeys(names, ""), tuple(issues), tuple(arguments), assumed), weighed


def _contest(draw: random.Random) -> tuple[ArgumentGraph, dict[str, Weighed]]:
    positions = tuple(f"p{number}" for number in range(draw.randint(2, 4)))
    standard = draw.choice(["PE", "CCE", "BRD"])
    known, unknown = ["k0", "k1", "k2"], ["u0", "u1"]
    arguments, weighed = [], {}
    for number in range(draw.randint(2, 7)):
        name = f"a{number}"
        weighed[name] = _weigher(draw)
        premises = tuple(Premise(draw.choice([*known, *unknown])) for _ in range(draw.randint(0, 3)))
        conclusion = draw.choice([*positions, *positions, unknown[0]])
        undercutters = tuple(draw.sample(unknown, draw.choice([0, 0, 1])))
        arguments.append(CarneadesArgument(name, conclusion, premises, undercutters, weighed[name][2]))
    statements = dict.fromkeys([*positions, *known, *unknown], "")
    issues = (CarneadesIssue("i", positions, standard),)  # type: ignore[arg-type]
    return ArgumentGraph(statements, issues, tuple(arguments), frozenset(known)), weighed


def encoded(number: int, drawn: tuple[ArgumentGraph, dict[str, Weighed]]) -> Iterator[str]:
    """Yield the graph as facts; each name carries the number of its graph, so that all are solved at once."""
    found, weighed = drawn
    yield from (f"statement(n({number},{name}))." for name in found.statements)
    yield from (f"assumed(n({number},{name}))." for name in found.assumptions)
    for item in found.issues:
        yield f"issue(n({number},{item.id}),{item.standard.lower()})."
        yield from (f"position(n({number},{item.id}),n({number},{position}))." for position in item.positions)
    for argument in found.arguments:
        name, (kind, weight, _) = f"n({number},{argument.id})", weighed[argument.id]
        yield f"argument({name},n({number},{argument.conclusion}),{kind},{weight})."
        yield from (f"premise({name},{k},n({number},{p.statement}))." for k, p in enumerate(argument.premises))
        yield from (f"undercutter({name},n({number},{u}))." for u in argument.undercutters)


def test_labels_are_those_of_clingo_on_random_graphs() -> None:
    draw = random.Random(1218)
    graphs = [random_graph(draw) for _ in range(GRAPHS)]
    shown = models("labelling.lp", [list(encoded(number, drawn)) for number, drawn in enumerate(graphs)])
    told: Counter[Label] = Counter()
    winners: Counter[str] = Counter()
    for number, (found, _) in enumerate(graphs):
        theirs: dict[str, Label] = {}
        for name in found.statements:
            in_, out = f"in(n({number},{name}))" in shown, f"out(n({number},{name}))" in shown
            assert not (in_ and out)
            theirs[name] = "in" if in_ else "out" if out else "undecided"
        assert label_statements(found) == theirs, found
        told.update(theirs.values())
        winners.update(f"{item.standard} {len(item.positions)}" for item in found.issues
                       if any(theirs[p] == "in" and p not in found.assumptions for p in item.positions))
    assert min(told[label] for label in ("in", "out", "undecided")) > GRAPHS / 2  # the graphs say something
    assert {key for key, count in winners.items() if count > 2} >= {f"{s} {n}" for s in ("PE", "CCE", "BRD")
                                                                    for n in (2, 3, 4)}


# --- law packs --------------------------------------------------------------------------------------------------------


def _condition(k: int, name: str, word: str, condition: Condition) -> str:
    kind = "issue" if condition.on_issue else "fact"
    return f'{word}_{kind}({k},{name},"{condition.name}",{str(condition.values[0]).lower()}).'


def _rule(k: int, item: Rule) -> Iterator[str]:
    yield f"rule({k},{item.id})."
    yield from (_condition(k, item.id, "if", condition) for condition in item.if_)
    yield from (_condition(k, item.id, "unless", condition) for condition in item.unless)
    if item.open is not None:
        yield f"open({k},{item.id},{int(Decimal(str(item.open)) * 100)})."
    side = "for" if item.argues_for else "against"
    if item.issue is None:
        name, value = item.concludes
        yield f'concludes({k},{item.id},"{name}",{str(value).lower()}).'
    elif item.weight == "knock_out":
        yield f'knocks({k},{item.id},"{item.issue}",{side}).'
    else:
        yield f'argues({k},{item.id},"{item.issue}",{side},{SIZES[str(item.weight)]}).'
        if item.group:
            yield f"group({k},{item.id},{item.group})."


def encoded_pack(k: int, pack: Law, facts: dict[str, object]) -> Iterator[str]:
    """Yield a pack and the facts of one case as facts of the encoding."""
    yield from (f'fact({k},"{name}",{str(value).lower()}).' for name, value in facts.items())
    for item in pack.rules.values():
        yield from _rule(k, item)
    for one in pack.issues.values():
        if one.weigh:
            yield f'weighed({k},"{one.id}",{int(one.weigh.prior * 10)}).'
        else:
            yield f'{"all" if one.all else "any"}({k},"{one.id}").'
            yield from (f'element({k},"{one.id}","{name}",{str(wanted).lower()}).' for name, wanted in one.elements())


def test_answers_are_those_of_clingo_on_random_packs() -> None:
    draw = random.Random(1231)
    packs = [(random_pack(draw), {f"a.f{n}": draw.choice([True, False]) for n in range(FACTS) if draw.random() < 0.6})
             for _ in range(PACKS)]
    shown = models("law_pack.lp", [list(encoded_pack(k, pack, dict(facts))) for k, (pack, facts) in enumerate(packs)])
    told: Counter[bool] = Counter()
    conflicts: Counter[bool] = Counter()
    for k, (pack, facts) in enumerate(packs):
        answers = Evaluation(pack, LikeliestWorld()).answers(graph(pack, dict(facts)))
        for name, answer in answers.items():
            theirs = f'holds({k},"{name}")' in shown
            assert bool(np.all(answer.holds)) == theirs, (name, facts, pack.rules)
            assert bool(np.all(answer.conflict)) == (f'conflict({k},"{name}")' in shown)
            told[theirs] += 1
            conflicts[bool(np.all(answer.conflict))] += 1
    assert min(told.values()) > PACKS
    assert conflicts[True] > 5
    assert sum(bool(item.unless) for pack, _ in packs for item in pack.rules.values()) > PACKS
    composite = [item for pack, _ in packs for item in pack.issues.values() if not item.weigh]
    assert {bool(item.all) for item in composite} == {True, False}
    assert {wanted for item in composite for _, wanted in item.elements()} == {True, False}
