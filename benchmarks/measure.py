"""Measures what the README states: cold start, assess, brief, worlds per second. Each beside its limit, as a ratio.

    uv run python benchmarks/measure.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from vismajor import workbench
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.possibilities import Possible
from vismajor.reasoning.worlds import Worlds

ROOT = Path(__file__).parents[1]
CASE = ROOT / "cases" / "ovh-strasbourg"
RUNS = 5
WORLDS = 200_000
SCENARIOS = 300


def median_seconds(action: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of `action` in seconds, over `runs` runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def command(*arguments: str) -> Callable[[], object]:
    """Return an action that runs the command line in a process of its own."""
    program = str(Path(sys.executable).with_name("vismajor"))
    return lambda: subprocess.run([program, *arguments], capture_output=True, check=False)


def worlds_per_second() -> float:
    """Return how many worlds of the founding case's leading graph are evaluated per second, all issues, one core."""
    case, law = workbench.load_both(CASE)
    assessment = workbench.assess(case, law, worlds=1_000)
    graph = next(iter(assessment.graphs.values()))
    return WORLDS / median_seconds(lambda: Evaluation(law, Worlds("benchmark", WORLDS)).answers(graph), 3)


def _one_value(possible: Possible, world: int) -> Possible:
    values = sorted(possible.values, key=str)
    return Possible(frozenset(values[world % len(values):][:1]) if values else frozenset(), possible.low, possible.low)


def scenarios_per_second() -> float:
    """Return how many worlds of the same graph durable-rules matches one after the other, per second: the peer.

    Each world is a set of facts with one value each; matching alone is timed, not the weighing that would follow.
    """
    case, law = workbench.load_both(CASE)
    graph = next(iter(workbench.assess(case, law, worlds=100).graphs.values()))
    scenarios = [{name: _one_value(finding.possible, world) for name, finding in graph.findings.items()}
                 for world in range(SCENARIOS)]
    grounder = Grounder(law)
    rules = list(law.rules)
    start = time.perf_counter()
    for scenario in scenarios:
        grounder._ground(scenario, rules)  # past the memory of equal questions
    return SCENARIOS / (time.perf_counter() - start)


def main() -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as out:
        figures = [
            ("vismajor --help", median_seconds(command("--help")), 0.4),
            ("vismajor assess", median_seconds(command("assess", str(CASE), "--json")), 3.0),
            ("vismajor brief", median_seconds(command("brief", str(CASE), "--out", out), 3), 20.0),
        ]
    for name, seconds, limit in figures:
        print(f"{name:20} {seconds:8.2f} s   limit {limit:5.1f} s   {seconds / limit:5.0%} of the limit")
    ours, peer = worlds_per_second(), scenarios_per_second()
    print(f"{'evaluation':20} {ours:12,.0f} worlds/s (14 issues of one claimant and one duty)")
    print(f"{'durable-rules':20} {peer:12,.0f} worlds/s, one after the other; ratio {ours / peer:,.0f}")


if __name__ == "__main__":
    main()
