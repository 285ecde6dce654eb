"""The airline model of statsmodels: near what is known, and a clear message where it is not installed."""

from __future__ import annotations

import builtins
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from vismajor.case.series import MonthlySeries
from vismajor.damages.counterfactual import second_opinion
from vismajor.damages.counterfactual.second_opinion import _carried_on

WHEN = np.arange(43)
VALUES = 10_000 * np.exp(0.2 * np.cos(2 * np.pi * WHEN / 12) + np.random.default_rng(1).normal(0, 0.03, 43))
REVENUE = MonthlySeries(first="2018-01", amounts=tuple(Decimal(f"{value:.2f}") for value in VALUES))


def test_it_expects_what_came_where_nothing_happened() -> None:
    pytest.importorskip("statsmodels")
    found = second_opinion(REVENUE, "2021-01", "2021-07")
    assert found.low < VALUES[36:].sum() < found.high
    assert found.expected == pytest.approx(VALUES[36:].sum(), rel=0.05)
    assert found == second_opinion(REVENUE, "2021-01", "2021-07")
    with pytest.raises(ValueError, match="24 months"):
        second_opinion(REVENUE, "2019-12", "2020-01")


def test_without_statsmodels_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("statsmodels"):
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ModuleNotFoundError, match=r"vismajor\[stats\]"):
        second_opinion(REVENUE, "2021-01", "2021-07")


def test_errors_add_up_as_the_airline_model_says() -> None:
    own, seasonal = -0.4, -0.6
    joint = _carried_on(14, own, seasonal)
    assert joint[:12, 0] == pytest.approx([1.0] + [1 + own] * 11)  # an error stays in the level, less what is forgotten
    assert joint[12, 0] == pytest.approx(1 + own + 1 + seasonal)
    assert np.array_equal(joint, np.tril(joint))
