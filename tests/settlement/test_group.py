"""Several claimants before one court: the spread of what they obtain together, and what company is worth to each."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.suits import group
from vismajor.settlement.group import in_company, joint_risk
from vismajor.settlement.pool import pool_of


def one_answer(tenths: int, means: list[float], deviations: list[float]) -> dict[str, np.ndarray]:
    """Return B · Q_i for every combination, so that chances are exact: B yes in `tenths` of ten, Q_i = μ_i ± σ_i."""
    signs = np.array(list(product((-1.0, 1.0), repeat=len(means))))
    answer = np.repeat(np.arange(10) < tenths, len(signs))
    return {f"c{i}": answer * np.tile(mean + sign * deviation, 10)
            for i, (mean, deviation, sign) in enumerate(zip(means, deviations, signs.T, strict=True))}


@given(st.integers(1, 9), st.lists(st.tuples(st.floats(100, 10_000), st.floats(0, 5_000)), min_size=1, max_size=5))
def test_the_spread_under_one_common_answer_is_what_the_formula_says(tenths: int, losses: list[tuple[float, float]]
                                                                     ) -> None:
    means, deviations = map(list, zip(*losses, strict=True))
    p = tenths / 10
    found = joint_risk(one_answer(tenths, means, deviations))
    variance = p * sum(s ** 2 for s in deviations) + p * (1 - p) * sum(means) ** 2
    apart = sum(p * s ** 2 + p * (1 - p) * m ** 2 for m, s in losses)
    assert float(found.together) == pytest.approx(np.sqrt(variance), abs=0.01)
    assert float(found.independent) == pytest.approx(np.sqrt(apart), abs=0.01)


def test_twenty_equal_claims_on_one_coin_spread_as_one_and_not_as_twenty() -> None:
    coin = np.array([0.0, 10_000.0])
    found = joint_risk({f"c{i}": coin for i in range(20)})
    assert float(found.together) == 100_000
    assert float(found.independent) == pytest.approx(22_361, abs=0.5)
    assert found.correlation == pytest.approx(1)


def test_cases_that_share_nothing_are_not_correlated() -> None:
    found = joint_risk({"a": np.array([0.0, 0.0, 1.0, 1.0]), "b": np.array([0.0, 1.0, 0.0, 1.0])})
    assert found.together == found.independent
    assert found.correlation == pytest.approx(0)


def test_one_case_alone_or_one_without_risk_has_no_correlation() -> None:
    assert joint_risk({"a": np.array([0.0, 100.0])}).correlation is None
    assert joint_risk({"a": np.array([0.0, 100.0]), "b": np.array([5.0, 5.0])}).correlation is None


def test_company_is_worth_the_costs_that_others_bear() -> None:
    found = in_company(pool_of(group({"a": [1000.0, 0.0], "b": [800.0, 0.0]}, 100), None))
    assert (found["a"].alone.value, found["a"].together.value, found["a"].gain) == (400, 450, 50)
