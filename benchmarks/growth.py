"""How time and memory grow with the number of worlds and of rules; one world; reading the pack.

    uv run python benchmarks/growth.py [--most 10000000]

Every figure is taken in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from synthetic import graph_of, pack_of
from timing import median_seconds, tell
from vismajor import workbench
from vismajor.law.models import Law
from vismajor.law.reader import read_law
from vismajor.reasoning.evaluation import Evaluation, Prepared
from vismajor.reasoning.graph import Graph
from vismajor.reasoning.worlds import LikeliestWorld, Worlds

ROOT = Path(__file__).parents[1]
WORLDS = (10_000, 100_000, 1_000_000, 10_000_000)
RULES = (50, 100, 250, 500, 1_000)
DRAWN = 20_000  # worlds in which packs of different sizes are compared
ONE_WORLD, ONE_GRAPH, PACK_LOAD = 0.001, 0.01, 0.3  # limits, in seconds


def leading_graph(case: str = "ovh-strasbourg") -> tuple[Law, Graph]:
    """Return the law and the graph of the founding case's leading claimant."""
    read, law = workbench.load_both(ROOT / "cases" / case)
    return law, next(iter(workbench.assess(read, law, worlds=100).graphs.values()))


def worlds(count: int) -> float:
    """Return the seconds that so many worlds of the founding case take: all issues, the column of liability kept."""
    law, graph = leading_graph()
    return median_seconds(lambda: Evaluation(law, Worlds("growth", count)).answers(graph, keep=("liability",)),
                          3 if count <= 1_000_000 else 1)


def rules(count: int) -> float:
    """Return the seconds that an evaluation of a pack of so many rules takes."""
    law = pack_of(count)
    graph = graph_of(law)
    return median_seconds(lambda: Evaluation(law, Worlds("growth", DRAWN)).answers(graph), 3)


def grounding(count: int) -> float:
    """Return the seconds that compiling a pack of so many rules and grounding one case take."""
    law = pack_of(count)
    return median_seconds(lambda: graph_of(law), 3)


def one_world(_: int) -> float:
    """Return the seconds that one world of the founding case takes, once its graph is prepared."""
    law, graph = leading_graph()
    prepared = Prepared(law, {"": graph})
    return median_seconds(lambda: prepared.answers(LikeliestWorld()), 201)


def preparing(_: int) -> float:
    """Return the seconds that preparing the leading graph takes, before any world."""
    law, graph = leading_graph()
    return median_seconds(lambda: Prepared(law, {"": graph}), 51)


def pack_load(_: int) -> float:
    """Return the seconds that reading and checking the French pack takes."""
    return median_seconds(lambda: read_law("fr"), 5)


FIGURES: dict[str, Callable[[int], float]] = {
    "worlds": worlds, "rules": rules, "grounding": grounding, "one_world": one_world,
    "preparing": preparing, "pack_load": pack_load,
}


def measured(figure: str, count: int = 0) -> tuple[float, float] | None:
    """Return (seconds, peak memory in MB) of one figure in its own process, or None when the process was ended."""
    command = [sys.executable, __file__, "--child", figure, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-500:])
        return None
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def _child(figure: str, count: int) -> None:
    seconds = FIGURES[figure](count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, peak / (1_000_000 if sys.platform == "darwin" else 1_000)]))


def _grow(figure: str, counts: tuple[int, ...], what: str) -> None:
    """Print a line a size: the ratio is the time per world (or rule) over that of the smallest size."""
    first: float | None = None
    for count in counts:
        found = measured(figure, count)
        if found is None:
            print(f"{count:,} {what}: the process ended before it was done (not enough memory?)")
            continue
        seconds, memory = found
        first = seconds / count if first is None else first
        growth = seconds / count / first
        tell(f"{count:,} {what}", seconds * 1_000, "ms", f"{memory:,.0f} MB; growth over linear", growth)


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=max(WORLDS), help="the largest number of worlds")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child[0], int(options.child[1]))
        return
    _grow("worlds", tuple(count for count in WORLDS if count <= options.most), "worlds of the founding case")
    _grow("rules", RULES, f"rules, {DRAWN:,} worlds")
    _grow("grounding", RULES, "rules, compiled and grounded")
    for figure, name, limit in (("one_world", "one world of the founding case", ONE_WORLD),
                                ("preparing", "preparing that graph, once", ONE_GRAPH),
                                ("pack_load", "reading and checking the French pack", PACK_LOAD)):
        found = measured(figure)
        if found:
            tell(name, found[0] * 1_000, "ms", f"share of the limit, {limit * 1_000:g} ms", found[0] / limit)


if __name__ == "__main__":
    main()
