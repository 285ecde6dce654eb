"""Growth from one year to the next, as French experts take it, and the difference with what was not affected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def mean_growth(turnovers: Sequence[float]) -> float:
    """Return the mean of the yearly growth rates of successive yearly turnovers, in euros, the oldest first.

    The arithmetic mean, unrounded: 1,186,452; 1,335,427; 1,597,433 give 16.088 %, thus 1,854,428 for the next year.
    """
    years = np.asarray(turnovers, dtype=np.float64)
    return float(np.mean(years[1:] / years[:-1] - 1))


def difference_in_differences(before: float, after: float, other_before: float, other_after: float) -> float:
    """Return what changed here beyond what changed where the event had no effect (Card & Krueger 1994, table 3)."""
    return (after - before) - (other_after - other_before)
