"""Measures the counterfactual on simulated businesses to which nothing happened.

Does the interval cover, how wide is it, how far is the estimate, in how many series is a month taken for odd, against
CausalImpact (Brodersen et al. 2015, its Python port) and the same month of last year times the trend.

    uv run python benchmarks/counterfactual.py [--series 300] [--causalimpact PYTHON] [--beside 40]

PYTHON is an interpreter with `pycausalimpact==0.1.1 "pandas<2.2" "numpy<2" "statsmodels<0.15"`, kept apart from this
project (`uv venv`, `uv pip install --no-config`); it is asked for the first `--beside` series of each row of 7 months.
The worlds' seed is none of those on which the models were set.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from vismajor.case.series import MonthlySeries, month_name
from vismajor.damages.counterfactual import counterfactual, mean_growth
from vismajor.reasoning.worlds import Worlds

SEED = 71_002
FIRST = 2018 * 12  # the month January 2018
SEASONS = np.log([  # twelve ratios: services, health, tourism, accounting, property
    (0.94, 0.97, 1.04, 1.01, 1.00, 1.02, 0.95, 0.82, 1.06, 1.07, 1.09, 1.03),
    (1.03, 1.01, 1.03, 1.00, 0.98, 1.01, 0.94, 0.84, 1.03, 1.06, 1.05, 1.02),
    (0.62, 0.74, 0.85, 1.02, 1.14, 1.31, 1.58, 1.52, 1.10, 0.86, 0.58, 0.68),
    (1.06, 1.04, 1.12, 1.18, 1.15, 1.00, 0.90, 0.76, 0.92, 0.95, 0.94, 0.98),
    (0.88, 0.94, 1.05, 1.08, 1.10, 1.12, 1.06, 0.82, 1.04, 1.03, 0.97, 0.91),
])
IMPACT = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from causalimpact import CausalImpact
for line in sys.stdin:
    values, before = json.loads(line)
    found = CausalImpact(pd.DataFrame({"y": values}), [0, before - 1], [before, len(values) - 1],
                         nseasons=[{"period": 12}])
    told = found.summary_data["cumulative"]
    print(json.dumps([told["predicted"], told["predicted_lower"], told["predicted_upper"]]), flush=True)
"""

World = Callable[[np.random.Generator, int, int], np.ndarray]


def season(draws: np.random.Generator) -> np.ndarray:
    """Return twelve ratios (logarithms): a sector's, or two waves."""
    if draws.random() < 0.5:
        ratios = SEASONS[draws.integers(len(SEASONS))]
        return ratios - ratios.mean()
    angle = 2 * np.pi * np.arange(12) / 12
    (a, b), (c, d) = draws.normal(0, 0.12, 2), draws.normal(0, 0.06, 2)
    return a * np.cos(angle) + b * np.sin(angle) + c * np.cos(2 * angle) + d * np.sin(2 * angle)


def carried(draws: np.random.Generator, months: int, spread: float, memory: float = 0.35) -> np.ndarray:
    """Return errors of which a third passes on to the next month."""
    errors = np.empty(months)
    errors[0] = spread * draws.normal()
    for month in range(1, months):
        errors[month] = memory * errors[month - 1] + spread * (1 - memory**2) ** 0.5 * draws.normal()
    return errors


def steady(draws: np.random.Generator, before: int, after: int) -> np.ndarray:
    """Trend and season that hold, errors of 2 to 5 %."""
    when = np.arange(before + after)
    calendar, ratios = (when + draws.integers(12)) % 12, season(draws)
    errors = carried(draws, when.size, draws.uniform(0.02, 0.05))
    return ratios[calendar] + draws.normal(0.02, 0.03) * when / 12 + errors


def wandering(spread: float) -> World:
    """A level that walks at random, so much a month, beside months' own errors of 1.5 %."""
    def world(draws: np.random.Generator, before: int, after: int) -> np.ndarray:
        when = np.arange(before + after)
        calendar, ratios = (when + draws.integers(12)) % 12, season(draws)
        walk = np.cumsum(draws.normal(0, spread, when.size)) + draws.normal(0, 0.015, when.size)
        return ratios[calendar] + draws.normal(0.02, 0.03) * when / 12 + walk
    return world


def changed(draws: np.random.Generator, before: int, after: int) -> np.ndarray:
    """A leap of the level (-20 or +25 %) some months before, a season up to 30 % stronger or weaker in the last."""
    when = np.arange(before + after)
    calendar, ratios = (when + draws.integers(12)) % 12, season(draws)
    leap = np.log(draws.choice([0.8, 1.25])) * (when >= before - draws.integers(3, 10))
    stretch = np.where(when >= before - 12, draws.uniform(0.7, 1.3), 1.0)
    errors = carried(draws, when.size, draws.uniform(0.02, 0.05))
    return stretch * ratios[calendar] + draws.normal(0.02, 0.03) * when / 12 + leap + errors


def leaping(draws: np.random.Generator, before: int, after: int) -> np.ndarray:
    """A leap of the level alone."""
    when = np.arange(before + after)
    calendar, ratios = (when + draws.integers(12)) % 12, season(draws)
    leap = np.log(draws.choice([0.8, 1.25])) * (when >= before - draws.integers(3, 10))
    return ratios[calendar] + draws.normal(0.02, 0.03) * when / 12 + leap + carried(draws, when.size, 0.03)


def one_odd(draws: np.random.Generator, before: int, after: int) -> np.ndarray:
    """Trend and season that hold, but one month before: a large order, a slip of the export, a month at nothing."""
    values = steady(draws, before, after)
    values[draws.integers(before)] += np.log(draws.choice([3.0, 10.0, 100.0, 1e-4]))
    return values


WORLDS: dict[str, World] = {
    "trend, season, AR(1)": steady, "level wanders 2 %": wandering(0.02), "level wanders 4 %": wandering(0.04),
    "level leaps": leaping, "level leaps, season changes": changed,
    "one odd month": one_odd,
}


@dataclass
class Row:
    """What is measured in one world: shares of the actual sum, of shape (series,)."""

    inside: list[bool] = field(default_factory=list)
    width: list[float] = field(default_factory=list)
    error: list[float] = field(default_factory=list)
    last_year: list[float] = field(default_factory=list)
    impact: list[float] = field(default_factory=list)
    impact_inside: list[bool] = field(default_factory=list)
    odd: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def same_months_last_year(values: np.ndarray, before: int) -> float:
    """Return the sum that the same months of last year times the mean yearly growth let expect."""
    history, after = values[:before], values.size - before
    years = [history[end - 12:end].sum() for end in range(before % 12 + 12, before + 1, 12)]
    return float(history[before - 12:before - 12 + after].sum() * (1 + mean_growth(years)))


def measure(name: str, before: int, after: int, series: int, impact: subprocess.Popen[str] | None, beside: int) -> Row:
    """Measure one row of the table."""
    draws, row = np.random.default_rng([SEED, before, after, list(WORLDS).index(name)]), Row()
    for number in range(series):
        values = np.round(10_000 * np.exp(WORLDS[name](draws, before, after)), 2)
        revenue = MonthlySeries(first=month_name(FIRST), amounts=tuple(Decimal(f"{value:.2f}") for value in values))
        began = time.perf_counter()
        course = counterfactual(revenue, month_name(FIRST + before), month_name(FIRST + before + after - 1),
                                Worlds("bench", 1), str(number))
        row.seconds.append(time.perf_counter() - began)
        actual, expected = values[before:].sum(), float(course.expected.sum())
        low, high = float(course.quantile(0.05)), float(course.quantile(0.95))
        row.inside.append(low <= 0 <= high)
        row.odd.append(any(statement.code == "odd_months" for statement in course.statements))
        row.width.append((high - low) / expected)
        row.error.append(abs(expected - actual) / actual)
        row.last_year.append(abs(same_months_last_year(values, before) - actual) / actual)
        if impact is not None and after == 7 and number < beside:
            assert impact.stdin and impact.stdout
            print(json.dumps([values.tolist(), before]), file=impact.stdin, flush=True)
            middle, lower, upper = json.loads(impact.stdout.readline())
            row.impact.append(abs(middle - actual) / actual)
            row.impact_inside.append(lower <= actual <= upper)
    return row


def tell(name: str, before: int, after: int, row: Row) -> None:
    """Print one row of the table."""
    beside = len(row.impact)
    impact = "" if not beside else (
        f"{100 * np.mean(row.impact):7.2f} (ours {100 * np.mean(row.error[:beside]):.2f}; 95 % interval covers "
        f"{100 * np.mean(row.impact_inside):.0f})")
    print(f"{name:28} {before:6} {after:6} {100 * np.mean(row.inside):7.1f} {100 * np.mean(row.width):7.1f} "
          f"{100 * np.mean(row.error):7.2f} {100 * np.mean(row.last_year):10.2f} "
          f"{100 * np.mean(row.odd):6.1f} {1000 * np.median(row.seconds):6.1f}  "
          f"{impact}", flush=True)


def main() -> None:
    """Print one row a world, length of history and length of loss."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--series", type=int, default=300)
    asked.add_argument("--causalimpact", metavar="PYTHON")
    asked.add_argument("--beside", type=int, default=40)
    options = asked.parse_args()
    impact = None if options.causalimpact is None else subprocess.Popen(
        [options.causalimpact, "-c", IMPACT], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    print(f"{'world':28} {'before':>6} {'loss':>6} {'cover %':>7} {'width %':>7} {'error %':>7} {'last year %':>10} "
          f"{'odd %':>6} {'ms':>6}  CausalImpact, error %")
    for name in WORLDS:
        for before in (24, 36):
            for after in (7, 12):
                tell(name, before, after, measure(name, before, after, options.series, impact, options.beside))
    if impact is not None:
        impact.terminate()


if __name__ == "__main__":
    main()
