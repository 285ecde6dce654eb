"""Worlds a second on one core, beside three engines that evaluate the same rules scenario by scenario.

    uv run --group bench python benchmarks/reasoning.py [--case cases/ovh-strasbourg] [--worlds 1000000]

The rules are those of the leading claimant's argument graph. durable-rules and zen-engine say which rules apply; clingo
and vismajor also weigh the arguments and answer every issue. Before anything is timed, all must agree on the same
scenarios: on the rules that apply, and (clingo, vismajor) on every issue. The peers' inputs are prepared beforehand and
are not part of their time.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from timing import median_seconds, tell, use_one_core
from vismajor import workbench
from vismajor.case.facts import Fact
from vismajor.law.checks import evaluation_order
from vismajor.law.conditions import Condition
from vismajor.law.models import Law, Rule
from vismajor.reasoning.evaluation import STRONG, Evaluation
from vismajor.reasoning.findings import Finding
from vismajor.reasoning.graph import Argument, Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Possible, as_number
from vismajor.reasoning.worlds import LikeliestWorld, Worlds

try:
    import clingo
except ImportError:
    clingo = None
try:
    import zen
except ImportError:
    zen = None

ROOT = Path(__file__).parents[1]
SCENARIOS = 300
TARGET, LEAD = 1_000_000, 1_000  # worlds a second on one core; times as many as durable-rules
THOUSANDS = 1000  # clingo adds whole numbers

Scenario = Mapping[str, Finding]  # every fact with one value, certain


@dataclass(frozen=True)
class Task:
    """The rules that some world of the case may hear, and scenarios to evaluate them on."""

    whole: Law
    law: Law
    graph: Graph
    scenarios: list[Scenario]
    build: Callable[[Scenario], Graph]

    @property
    def rules(self) -> dict[str, Rule]:
        """The rules, each after those that conclude its facts."""
        heard = {**self.graph.derivations, **self.graph.arguments}
        return {argument.rule.id: argument.rule for name in self.law.order for argument in heard.get(name, ())}

    def deriving(self, condition: Condition) -> list[str]:
        """Return the rules that conclude what the condition asks."""
        return [argument.rule.id for argument in self.graph.derivations.get(condition.name, ())
                if (argument.rule.concludes[1] in condition.values) == (condition.operator == "=")]


def _simple(rule: Rule) -> bool:
    """Whether every engine can be given the rule: facts with their values, no comparison of two facts, no item."""
    conditions = (*rule.if_, *rule.unless)
    return not any(getattr(c, "quantifier", "") or getattr(c, "other", None) or "#" in c.name for c in conditions)


def _all(graph: Graph) -> list[Argument]:
    return [a for part in (graph.derivations, graph.arguments) for found in part.values() for a in found]


def prepare(folder: Path) -> Task:
    """Ground the case once; draw scenarios among the values that its court may find."""
    case, whole = workbench.load_both(folder)
    at, graph = next(iter(workbench.assess(case, whole, worlds=100).graphs.items()))
    heard = {argument.rule.id for argument in _all(graph)}
    rules = {name: rule for name, rule in whole.rules.items() if name in heard and _simple(rule)}
    law = whole.model_copy(update={"rules": rules})
    law = law.model_copy(update={"order": tuple(evaluation_order(law)[0])})
    claimant = next(claimant for claimant in case.file.claimants if claimant.id == at[0])
    grounder = Grounder(law)

    def build(findings: Scenario) -> Graph:
        return build_graph(law, grounder, findings, graph.duty, claimant.contract.governing_date, case.as_of)

    draw = random.Random(20210310)
    scenarios = [{name: _certain(finding, draw) for name, finding in graph.findings.items()} for _ in range(SCENARIOS)]
    left_out = len(heard) - len(rules)
    print(f"{len(rules)} rules ({left_out} left out), {len(law.issues)} issues, {len(scenarios)} scenarios")
    return Task(whole, law, build(graph.findings), scenarios, build)


def _certain(finding: Finding, draw: random.Random) -> Finding:
    possible = finding.possible
    if possible.values:
        value: object = draw.choice(sorted(possible.values, key=str))
    else:
        assert possible.low is not None
        value = finding.fact.value if possible.low == possible.high else int(possible.low)
    return Finding(finding.name, finding.key, Fact.model_validate({"value": value}), finding.declaration, 1.0)


# --- the peers: each returns what it finds in every scenario, and how long that took ----------------------------------


@dataclass(frozen=True)
class Found:
    """Per scenario, the rules that apply before any weighing and (where the engine weighs) the issues that hold."""

    rules: list[set[str]]
    issues: list[set[str]] | None
    seconds: float


def by_durable_rules(task: Task) -> Found:
    """Match each scenario in a session of its own, past the memory of equal questions."""
    return _matched(task, task.law)


def by_durable_rules_whole(task: Task) -> Found:
    """The same, with all the rules of the pack compiled: without a graph, no one knows which will not be heard."""
    return _matched(task, task.whole)


def _matched(task: Task, law: Law) -> Found:
    grounder, names = Grounder(law), list(task.law.rules)
    asked = {c.name for rule in law.rules.values() for c in rule.if_}
    inputs: list[dict[str, Possible]] = [{name: f.possible for name, f in scenario.items() if name in asked}
                                         for scenario in task.scenarios]
    start = time.perf_counter()
    found = [grounder._ground(scenario, names) for scenario in inputs]
    seconds = time.perf_counter() - start
    grounder.close()
    return Found([{firing.rule for firing in fired} for fired in found], None, seconds)


def by_zen(task: Task) -> Found:
    """Evaluate one decision whose expressions are the rules, in order; facts that rules conclude refer to them."""
    fields = {name: f"f{number}" for number, name in enumerate(task.graph.findings)}
    keys = {name: f"r{number}" for number, name in enumerate(task.rules)}

    def test(condition: Condition) -> str:
        if condition.on_issue:
            return "true"
        if condition.name not in fields:
            return "(" + " or ".join([f"$.{keys[name]}" for name in task.deriving(condition)] or ["false"]) + ")"
        field = fields[condition.name]
        if condition.numeric:
            return f"{field} {condition.operator} {as_number(condition.values[0])}"
        return f"{field} {'not in' if condition.operator == '!=' else 'in'} {json.dumps(list(condition.values))}"

    expressions = [{"id": key, "key": key, "value": " and ".join(test(c) for c in task.rules[name].if_)}
                   for name, key in keys.items()]
    decision = zen.ZenEngine().create_decision(json.dumps(_decision(expressions)))
    inputs = [{fields[name]: _value(finding) for name, finding in scenario.items()} for scenario in task.scenarios]
    start = time.perf_counter()
    answers = [decision.evaluate(scenario)["result"] for scenario in inputs]
    seconds = time.perf_counter() - start
    return Found([{name for name, key in keys.items() if answer[key]} for answer in answers], None, seconds)


def _value(finding: Finding) -> object:
    possible = finding.possible
    return next(iter(possible.values)) if possible.values else possible.low


def _decision(expressions: list[dict[str, str]]) -> dict[str, object]:
    place = {"position": {"x": 0, "y": 0}}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **place},
            {"id": "rules", "type": "expressionNode", "name": "rules", **place,
             "content": {"expressions": expressions}},
            {"id": "out", "type": "outputNode", "name": "out", **place},
        ],
        "edges": [{"id": "1", "sourceId": "in", "targetId": "rules", "type": "edge"},
                  {"id": "2", "sourceId": "rules", "targetId": "out", "type": "edge"}],
    }


def by_clingo(task: Task) -> Found:
    """Ground once, with what the facts meet as externals; solve once a scenario."""
    conditions = {c.text: c for rule in task.rules.values() for c in (*rule.if_, *rule.unless)
                  if not c.on_issue and c.name in task.graph.findings}
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join(_program(task, conditions)))
    control.ground([("base", [])])
    externals = {text: clingo.Function("met", [clingo.String(text)]) for text in conditions}
    inputs = [[(externals[text], scenario[c.name].possible.allows(c)) for text, c in conditions.items()]
              for scenario in task.scenarios]
    shown: list[list[clingo.Symbol]] = []
    start = time.perf_counter()
    for scenario in inputs:
        for external, truth in scenario:
            control.assign_external(external, truth)
        control.solve(on_model=lambda model: shown.append(model.symbols(shown=True)))
    seconds = time.perf_counter() - start
    assert len(shown) == len(task.scenarios)
    return Found([{s.arguments[0].string for s in model if s.name == "matched"} for model in shown],
                 [{s.arguments[0].string for s in model if s.name == "holds"} for model in shown], seconds)


def _program(task: Task, conditions: Mapping[str, Condition]) -> list[str]:
    lines = [f'#external met("{text}").' for text in conditions]
    for rule in task.rules.values():
        for condition in (*rule.if_, *rule.unless):
            if condition.text not in conditions and not condition.on_issue:
                for name in task.deriving(condition):
                    lines += [f'met("{condition.text}") :- applies("{name}").',
                              f'may("{condition.text}") :- matched("{name}").']  # before any weighing
        lines.append(_body(f'matched("{rule.id}")', [f'may("{c.text}")' for c in rule.if_ if not c.on_issue]))
        lines.append(_body(f'raised("{rule.id}")', [_on_issue(c) if c.on_issue else _met(c) for c in rule.if_]))
        lines += [f'silenced("{rule.id}") :- {_on_issue(c) if c.on_issue else _met(c)}.' for c in rule.unless]
    for argument in _all(task.graph):
        rule, side = argument.rule, "for" if argument.argues_for else "against"
        if argument.chance >= 0.5:  # what the likeliest court follows
            lines.append(f'applies("{rule.id}") :- raised("{rule.id}"), not silenced("{rule.id}").')
        if rule.issue is None:
            continue
        if argument.knocks_out:
            lines.append(f'decided("{rule.issue}",{side}) :- applies("{rule.id}").')
        else:
            group = rule.group or f"alone:{rule.id}"
            lines += _lifting(task.law, argument)
            weight = round(abs(argument.weight) * THOUSANDS)
            lines.append(f'argues("{rule.id}","{rule.issue}",{side},"{group}",{weight}).')
    for issue in task.law.issues.values():
        if issue.weigh:
            burden, shown = float(issue.weigh.prior), task.law.shown(issue)
            base = round(min(burden, burden if shown is None else shown) * THOUSANDS)
            lines.append(f'weighed("{issue.id}",{base}).')
        elements = [f'{"" if wanted else "not "}holds("{name}")' for name, wanted in issue.elements()]
        lines += ([_body(f'holds("{issue.id}")', elements)] if issue.all else
                  [f'holds("{issue.id}") :- {element}.' for element in elements])
    return [*lines, _WEIGHING]


def _lifting(law: Law, argument: Argument) -> list[str]:
    """Say that an argument for an issue lifts the burden towards the prior of decisions, as far as it is strong."""
    issue = law.issues[argument.rule.issue or ""]
    shown = law.shown(issue)
    if shown is None or issue.weigh is None or not argument.argues_for or shown <= float(issue.weigh.prior):
        return []
    lift = (shown - float(issue.weigh.prior)) * min(1.0, argument.weight / STRONG)
    name = f"lift:{argument.rule.id}"
    return [f'applies("{name}") :- applies("{argument.rule.id}").',
            f'argues("{name}","{issue.id}",for,"lift",{round(lift * THOUSANDS)}).']


def _body(head: str, atoms: list[str]) -> str:
    return f"{head} :- {', '.join(atoms)}." if atoms else f"{head}."


def _on_issue(condition: Condition) -> str:
    return f'{"" if condition.values[0] else "not "}holds("{condition.name}")'


def _met(condition: Condition) -> str:
    return f'met("{condition.text}")'


_WEIGHING = """
may(C) :- met(C).
heaviest(I, S, G, W) :- argues(_, I, S, G, _), W = #max { V, R : argues(R, I, S, G, V), applies(R); 0 }.
total(I, S, W) :- weighed(I, _), S = (for; against), W = #sum { V, G : heaviest(I, S, G, V) }.
clash(I) :- decided(I, for), decided(I, against).
holds(I) :- decided(I, for), not clash(I).
open(I) :- weighed(I, _), not decided(I, for), not decided(I, against).
open(I) :- clash(I).
holds(I) :- open(I), weighed(I, P), total(I, for, F), total(I, against, A), P + F > A.
#show matched/1.
#show holds/1.
"""


# --- all of them ------------------------------------------------------------------------------------------------------


def ours(task: Task) -> Found:
    """Say what vismajor finds in each scenario: the rules of its graph, the issues of its likeliest world."""
    graphs = [task.build(scenario) for scenario in task.scenarios]
    rules = [{argument.rule.id for argument in _all(graph)} for graph in graphs]
    start = time.perf_counter()
    answers = [Evaluation(task.law, LikeliestWorld()).answers(graph) for graph in graphs]
    seconds = time.perf_counter() - start
    issues = [{name for name, answer in found.items() if np.all(answer.holds)} for found in answers]
    return Found(rules, issues, seconds)


def agree(mine: Found, other: Found) -> str:
    """Say whether two engines found the same in every scenario."""
    pairs = [*zip(mine.rules, other.rules, strict=True)]
    if other.issues is not None and mine.issues is not None:
        pairs += zip(mine.issues, other.issues, strict=True)
    wrong = [(a - b, b - a) for a, b in pairs if a != b]
    return f"DISAGREES in {len(wrong)} of {len(pairs)}, first {wrong[0]}" if wrong else "same answers"


def main() -> None:
    """Print one line a figure, then whether the engines agree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", type=Path, default=ROOT / "cases" / "ovh-strasbourg")
    parser.add_argument("--worlds", type=int, default=1_000_000)
    options = parser.parse_args()
    use_one_core()
    task = prepare(options.case)
    mine = ours(task)
    speed = options.worlds / median_seconds(
        lambda: Evaluation(task.law, Worlds("benchmark", options.worlds)).answers(task.graph), 3)
    tell(f"vismajor, {options.worlds:,} worlds at once", speed, "worlds/s", f"target {TARGET:,}", speed / TARGET)
    single = len(task.scenarios) / mine.seconds
    tell("vismajor, one scenario after the other", single, "worlds/s")
    engines = (
        ("durable-rules, the rules of the graph", by_durable_rules, True),
        (f"durable-rules, the {len(task.whole.rules)} rules of the pack", by_durable_rules_whole, True),
        ("zen-engine, the rules of the graph", by_zen, zen is not None),
        ("clingo, rules, weighing and issues", by_clingo, clingo is not None),
    )
    for name, engine, present in engines:
        if not present:
            print(f"{name:44} absent: uv run --group bench python benchmarks/reasoning.py")
            continue
        found = engine(task)
        peer = len(task.scenarios) / found.seconds
        durable = engine in (by_durable_rules, by_durable_rules_whole)
        tell(name, peer, "worlds/s", f"vismajor over it{f', target {LEAD:,}' if durable else ''}", speed / peer)
        print(f"{'':44} {agree(mine, found)}")


if __name__ == "__main__":
    main()
