"""A million worlds for twenty claimants, a hundred thousand claimants: time, memory, and durable-rules beside them.

    uv run python benchmarks/valuation.py [--worlds 1000000] [--claimants 100000] [--drawn 20000]

Every figure is taken in a process of its own, so that its peak memory is its own. Valuing is all that `vismajor.assess`
and `vismajor.value` do: the rules grounded, every issue for every claimant and duty, losses, awards, distributions,
offers. Reading the case is told apart. The claimants of the table are like three of the founding case, each with five
contested facts of its own, three or four heads of loss, dates, fees; the memory is that of the process that reads it
and adds up, beside which each process that judges takes about 80 MB.

durable-rules is given the rules of one claimant's graph, scenario by scenario; it says which of them apply and neither
weighs them nor counts a euro. One world of the case takes as many of these as there are claimants and duties.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import vismajor
from reasoning import by_durable_rules, by_durable_rules_whole, prepare
from timing import tell
from vismajor import workbench
from vismajor.reasoning.parallel import cores
from vismajor.settlement.workers import Processes

ROOT = Path(__file__).parents[1]
CASE = ROOT / "cases" / "ovh-strasbourg"
MILLION, SECONDS, MEGABYTES = 1_000_000, 10.0, 2_000.0  # limits for a million worlds and twenty claimants
MODELS = ("demanderesse-01", "demanderesse-02", "demanderesse-03")


def reading(_: int, __: int) -> float:
    """Return the seconds that reading the case and the law pack takes."""
    start = time.perf_counter()
    workbench.load_both(CASE)
    return time.perf_counter() - start


def valuing(worlds: int, _: int) -> float:
    """Return the seconds that valuing the founding case takes, once it is read."""
    case, law = workbench.load_both(CASE)
    start = time.perf_counter()
    vismajor.value(vismajor.assess(case, law, worlds=worlds))
    return time.perf_counter() - start


def tabling(claimants: int, worlds: int) -> float:
    """Return the seconds that reading and valuing a table of so many claimants takes, on all cores."""
    case, law = workbench.load_both(CASE)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claimants.csv"
        file.write_text(table_of(claimants), encoding="utf-8")
        start = time.perf_counter()
        table = workbench.load_portfolio(file, case, law)
        workbench.value_all(case, table, law, worlds=worlds, workers=Processes(cores()))
        return time.perf_counter() - start


def table_of(claimants: int) -> str:
    """Return a table of claimants, the same each time."""
    draw = random.Random(claimants)

    def day(first: int, last: int) -> str:
        return f"{draw.randint(first, last)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"

    lines = ["id;like;concluded;renewed;monthly_fees;service.backup_option;reconstitution;rehebergement;marge-perdue"]
    for number in range(claimants):
        rehosting = draw.choice(("", f"{draw.uniform(50, 3_000):.2f}"))
        lines.append(f"client-{number:06d};{draw.choice(MODELS)};{day(2012, 2015)};{day(2016, 2020)};"
                     f"{draw.uniform(20, 300):.2f};{draw.choice(('true', 'false'))};{draw.uniform(100, 20_000):.2f};"
                     f"{rehosting};{draw.uniform(500, 30_000):.2f}")
    return "\n".join(lines) + "\n"


FIGURES: dict[str, Callable[[int, int], float]] = {"reading": reading, "valuing": valuing, "tabling": tabling}


def measured(figure: str, count: int = 0, worlds: int = 0) -> tuple[float, float]:
    """Return (seconds, peak memory in MB) of one figure in its own process."""
    command = [sys.executable, __file__, "--child", figure, str(count), str(worlds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def _child(figure: str, count: int, worlds: int) -> None:
    seconds = FIGURES[figure](count, worlds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, peak / (1_000_000 if sys.platform == "darwin" else 1_000)]))


def _grow(figure: str, counts: list[int], what: str, worlds: int = 0) -> tuple[float, float]:
    """Print a line for each size, with its time over that of the size before; return the last one's time and memory."""
    before: float | None = None
    for count in counts:
        seconds, memory = measured(figure, count, worlds)
        tell(f"{count:,} {what}", seconds, "s", f"{memory:,.0f} MB; times the size before",
             None if before is None else seconds / before)
        before = seconds
    return seconds, memory


def _tens(first: int, most: int) -> list[int]:
    """Return 1, 10, 100 … times the first number up to the most, itself the last."""
    found = [first]
    while found[-1] * 10 < most:
        found.append(found[-1] * 10)
    return [*found, most] if most > first else [most]


def _beside_durable_rules(worlds: int, seconds: float) -> None:
    """Print how many times longer durable-rules alone would take for the same worlds."""
    case, law = workbench.load_both(CASE)
    graphs = len(workbench.assess(case, law, worlds=100).graphs)
    task = prepare(CASE)
    for name, engine in (("the rules of the graph", by_durable_rules), ("the whole pack", by_durable_rules_whole)):
        alone = engine(task).seconds / len(task.scenarios) * graphs * worlds
        tell(f"durable-rules, {name}", alone / 3_600, "h", f"{graphs} graphs a world; times as long", alone / seconds)


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=MILLION)
    parser.add_argument("--claimants", type=int, default=100_000)
    parser.add_argument("--drawn", type=int, default=20_000, help="worlds for the tables of claimants")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _child(options.child[0], int(options.child[1]), int(options.child[2]))
        return
    print(f"{cores()} cores")
    tell("reading the case and the law pack", measured("reading")[0], "s")
    seconds, memory = _grow("valuing", _tens(10_000, options.worlds), "worlds × 20 claimants")
    if options.worlds == MILLION:
        tell("  the last, beside the limit", seconds, "s", f"share of {SECONDS:.0f} s", seconds / SECONDS)
        tell("  its memory, beside the limit", memory, "MB", f"share of {MEGABYTES:,.0f} MB", memory / MEGABYTES)
    _beside_durable_rules(options.worlds, seconds)
    _grow("tabling", _tens(100, options.claimants), f"claimants × {options.drawn:,} worlds", options.drawn)


if __name__ == "__main__":
    main()
