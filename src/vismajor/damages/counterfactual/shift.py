"""A leap of the level before the event: a large customer won or lost, a site opened or closed.

A level that leaps once is neither a trend nor a level that wanders. For each month the level model is compared with
itself with a leap of unknown size there (Bayes factor; the leap is one more Gaussian part, so that it costs one product
and no new fit). A leap is taken into account only where it is likelier than not; the reader is told.
"""

from __future__ import annotations

import numpy as np

from vismajor.damages.counterfactual.process import Process
from vismajor.reasoning.worlds import Column

LEAP = 0.25  # prior standard deviation of a leap: about a quarter of revenue
PRIOR = 0.20  # one history in five has a leap
LIKELY = 0.50
LEAST_BEFORE, LEAST_AFTER = 6, 2  # months on either side


def find_shift(process: Process, error: float) -> int | None:
    """Return the index of the first month at the new level, or None; `error` is the unit of the covariance."""
    known = process.history
    places = np.arange(LEAST_BEFORE, known - LEAST_AFTER + 1)
    if not places.size:
        return None
    after = (np.arange(known)[:, None] >= places[None, :]).astype(np.float64)
    factor = process.factor[:, :known, :known]
    seen = np.linalg.solve(factor, np.broadcast_to(after, (len(factor), *after.shape)))
    strength = np.einsum("git,git->gt", seen, seen) + (error / LEAP) ** 2
    pull = np.einsum("git,gi->gt", seen, process.white)
    weights, squares, freedom = process.weighed(known)
    better = -0.5 * freedom * np.log1p(-(pull**2 / strength) / squares[:, None])
    factors = better - 0.5 * np.log(strength * (LEAP / error) ** 2)  # log Bayes factor of a leap there
    likely: Column = weights @ np.exp(np.minimum(factors, 300.0))
    odds = PRIOR / (1 - PRIOR) * float(likely.mean())
    return int(places[int(np.argmax(likely))]) if odds / (1 + odds) >= LIKELY else None
