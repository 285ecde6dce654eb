"""What the benchmarks share: medians, one core, one line a figure."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable


def median_seconds(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of `action` in seconds, over `runs` runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def use_one_core() -> None:
    """Keep this process, and what it starts, on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def tell(name: str, figure: float, unit: str, against: str = "", ratio: float | None = None) -> None:
    """Print one figure, what it is compared with, and their ratio."""
    shown = f"{figure:,.0f}" if figure >= 100 else f"{figure:,.2f}"
    compared = "" if ratio is None else f"{ratio:,.2f}" if ratio < 10 else f"{ratio:,.0f}"
    print(f"{name:44} {shown:>12} {unit:10} {against:36} {compared:>10}", flush=True)
