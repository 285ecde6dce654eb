"""A plain yardstick: penalised logistic regression on the coded factors, without any law."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vismajor.case.decisions import Decision
from vismajor.reasoning.worlds import Column

PENALTY = 1.0  # ridge, per squared log-odds, on factors of nought and one


def plain_regression(decisions: Sequence[Decision]) -> Column:
    """Return, for each decision, the probability of acceptance by a regression that has not seen its dispute."""
    from scipy.optimize import minimize  # noqa: PLC0415 — slow to import: only validation waits for it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    names = sorted({(name, str(value)) for d in decisions for name, value in d.factors.items()})
    coded = [{(name, str(value)) for name, value in d.factors.items()} for d in decisions]
    table = np.array([[1.0, *(float(name in one) for name in names)] for one in coded])
    sign = np.array([1.0 if d.outcome == "accepted" else -1.0 for d in decisions])
    groups = np.array([d.group for d in decisions])
    spread = np.array([0.0] + [PENALTY] * len(names))
    found = np.zeros(len(decisions))

    def loss(weights: Column, rows: Column, of: Column) -> tuple[float, Column]:
        margin = of * (rows @ weights)
        pull = -of / (1.0 + np.exp(np.clip(margin, -30, 30)))
        return (float(np.sum(np.logaddexp(0, -margin)) + np.sum(spread * weights**2) / 2),
                rows.T @ pull + spread * weights)

    with threadpool_limits(1):
        for group in sorted(set(groups)):
            kept, out = groups != group, groups == group
            if not np.any(kept):
                found[out] = 0.5
                continue
            fit = minimize(loss, np.zeros(table.shape[1]), args=(table[kept], sign[kept]), jac=True, method="L-BFGS-B")
            found[out] = 1.0 / (1.0 + np.exp(-(table[out] @ fit.x)))
    return found
