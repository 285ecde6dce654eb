"""One factor for all past months gives what each of them would have given by itself."""

from __future__ import annotations

import numpy as np
import pytest

from vismajor.damages.counterfactual import parts
from vismajor.damages.counterfactual.process import Process, fit_process

MONTHS = np.arange(-29, 8)
VALUES = np.random.default_rng(1).normal(0, 0.05, 30).cumsum() + 9
PRIOR = np.array([0.5, 0.5])


def fitted(known: int = 30) -> Process:
    base = parts.level(MONTHS) / 0.05**2 + parts.harmonics(MONTHS % 12, 6, 0.2) / 0.05**2
    grid = np.stack([base + parts.alone(MONTHS), base + parts.wander(MONTHS) + 0.1 * parts.alone(MONTHS)])
    rows = np.concatenate([np.arange(known), np.arange(30, 37)])
    return fit_process(VALUES[:known], grid[:, rows][:, :, rows], PRIOR)


def test_a_forecast_from_a_past_month_is_conditional_on_the_months_before_it_alone() -> None:
    process = fitted()
    outlook = process.outlook(20, slice(20, 26))
    covariance = process.factor[1] @ process.factor[1].T
    gain = covariance[20:26, :20] @ np.linalg.inv(covariance[:20, :20])
    mean = VALUES.mean() + gain @ (VALUES[:20] - VALUES.mean())
    assert outlook.means[1] == pytest.approx(mean)
    left = covariance[20:26, 20:26] - gain @ covariance[:20, 20:26]
    assert outlook.factors[1] @ outlook.factors[1].T == pytest.approx(left, abs=1e-8)


def test_a_wandering_series_speaks_for_a_level_that_wanders() -> None:
    weights = fitted().weighed(30)[0]
    assert weights[1] > 0.9
    assert weights.sum() == pytest.approx(1)


def test_evidence_adds_up_over_the_possibilities() -> None:
    process = fitted()
    alone = [Process(process.factor[[i]], process.white[[i]], PRIOR[[i]], process.base).evidence(30) for i in (0, 1)]
    assert process.evidence(30) == pytest.approx(np.logaddexp(*alone))


def test_paths_spread_as_the_variances_say() -> None:
    outlook = fitted().outlook(30, slice(30, 37))
    paths = outlook.draw(np.random.default_rng(2), 200_000)
    assert paths.mean(axis=0) == pytest.approx(outlook.mean, abs=0.01)
    shares = np.ones((2, 7))
    centres = outlook.means.sum(axis=1) - outlook.mean.sum()
    variance = float(outlook.weights @ (outlook.variances(shares) + centres**2))
    assert paths.sum(axis=1).var() == pytest.approx(variance, rel=0.05)
