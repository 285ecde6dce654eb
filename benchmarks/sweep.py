"""Every combination of twenty facts at once, beside durable-rules and beside the ordinary way, one after the other.

    uv run --extra parquet python benchmarks/sweep.py [--case cases/ovh-strasbourg] [--scenarios 20]

One after the other, each combination is stated as certain: durable-rules says which rules apply for every claim and
duty (the same question once); the ordinary way goes on, on the same draws, to answers and awards. Before anything is
compared, both must bring the same euros, to the cent of each claimant in each world. Ratios are of processor time,
which other work on the machine disturbs less than the time on the clock; everything here runs on one core.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from measure import command
from timing import median_seconds, tell
from vismajor import workbench
from vismajor.case.facts import Fact
from vismajor.damages.award import compute_awards
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.law.conditions import fact_of
from vismajor.reasoning.assessment import Assessment, Place
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.sweep import Sweep, sweep_case
from vismajor.sweep_export import write_sweep

ROOT = Path(__file__).parents[1]
TARGET = 10.0  # seconds for 2^20 combinations


class TimedGrounder(Grounder):
    """A grounder that counts the seconds that durable-rules takes, and forgets between two scenarios."""

    seconds = 0.0

    def _ground(self, *asked: Any, **named: Any) -> Any:
        start = time.process_time()
        found = super()._ground(*asked, **named)
        self.seconds += time.process_time() - start
        return found

    def forget(self) -> None:
        """Forget what was asked: each scenario stands for itself."""
        self._known.clear()


def graphs_of(assessment: Assessment, found: Sweep, number: int, grounder: Grounder) -> dict[Place, Graph]:
    """Return the graphs of the case in which the facts of one combination are certain."""
    places = np.unravel_index(number, found.screened.sums.shape)
    declared, certain = catalog(assessment.law), dict[Place, dict[str, Finding]]()
    for fact, at in zip(found.facts, places, strict=True):
        for place, name in fact.open_at:
            certain.setdefault(place, {})[name] = Finding(
                name, f"certain:{name}", Fact(value=fact.values[int(at)]), declared[fact_of(name)], 1.0)
    case = assessment.case
    return {place: build_graph(assessment.law, grounder, {**graph.findings, **certain.get(place, {})}, graph.duty,
                               case.claim(place[0]).contract.governing_date, case.as_of, graph.things)
            for place, graph in assessment.graphs.items()}


def one_by_one(assessment: Assessment, losses: Sequence[ClaimantLoss], found: Sweep, numbers: Sequence[int]
               ) -> tuple[list[float], float, float]:
    """Return the sums in cents of some combinations, the seconds of durable-rules alone, and those of the whole."""
    worlds, sums = Worlds(assessment.worlds.seed, found.screened.worlds), []
    grounder = TimedGrounder(assessment.law)
    start = time.process_time()
    for number in numbers:
        grounder.forget()
        graphs = graphs_of(assessment, found, number, grounder)
        answers = Prepared(assessment.law, graphs).answers(worlds)
        stated = replace(assessment, worlds=worlds, answers=answers, graphs=graphs)
        awards = compute_awards(stated, losses).values()
        sums.append(float(sum(np.rint(award.total * 100).sum() for award in awards)))
    whole = time.process_time() - start
    grounder.close()
    return sums, grounder.seconds, whole


def processor_seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the median processor time of `action`, in seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Print one line a figure, after both ways were found to agree."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", type=Path, default=ROOT / "cases" / "ovh-strasbourg")
    parser.add_argument("--scenarios", type=int, default=20)
    options = parser.parse_args()
    case, law = workbench.load_both(options.case)
    assessment = workbench.assess(case, law)
    losses = compute_losses(case, assessment.law, assessment.worlds)
    found = sweep_case(assessment)
    count = found.order.size
    print(f"{count:,} combinations of {len(found.facts)} facts, {len(assessment.graphs)} graphs, "
          f"{found.screened.worlds:,} worlds each")
    numbers = random.Random(20210310).sample(range(count), options.scenarios)
    sums, matching, whole = one_by_one(assessment, losses, found, numbers)
    same = sums == [float(found.screened.sums.reshape(-1)[number]) for number in numbers]
    print(f"{options.scenarios} combinations one by one: {'the same euros' if same else 'DIFFERENT EUROS'}")
    seconds = median_seconds(lambda: sweep_case(assessment), 3)
    tell("facts chosen, all swept, both ends again", seconds, "s", f"share of the target, {TARGET:.0f} s",
         seconds / TARGET)
    worked = processor_seconds(lambda: sweep_case(assessment))
    tell("the same, processor time", worked, "s", f"share of the target, {TARGET:.0f} s", worked / TARGET)
    speed = count / worked
    tell("combinations", speed, "/s")
    tell("durable-rules, which rules apply", options.scenarios / matching, "/s", "vismajor over it",
         speed * matching / options.scenarios)
    tell("the ordinary way, one by one", options.scenarios / whole, "/s", "vismajor over it",
         speed * whole / options.scenarios)
    names = [fact.name for fact in found.facts]
    for size in (10, 15):
        part = processor_seconds(lambda size=size: sweep_case(assessment, names[:size]))  # type: ignore[misc]
        tell(f"{2**size:,} combinations, processor time", part, "s")
    tell("vismajor sweep, the whole command", median_seconds(command("sweep", str(options.case), "--json"), 3), "s")
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("csv", "parquet"):
            file = Path(folder) / f"all.{ending}"
            took = median_seconds(lambda file=file: write_sweep(found, file), 1)  # type: ignore[misc]
            tell(f"all of them as {ending}", took, "s", f"{file.stat().st_size / 1e6:,.0f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    tell("peak memory", math.ceil(peak), "MB")


if __name__ == "__main__":
    main()
