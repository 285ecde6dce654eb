"""The plain regression: a case that can be checked by hand, and no sight of the dispute that is judged."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.reasoning.courts import decision, flipped, shipped
from vismajor.reasoning.baseline import PENALTY, plain_regression


def test_without_factors_it_is_the_share_accepted_among_the_others() -> None:
    outcomes = ["accepted"] * 3 + ["rejected"] * 2
    found = plain_regression([decision(f"d{n}", outcome) for n, outcome in enumerate(outcomes)])
    assert found == pytest.approx([2 / 4] * 3 + [3 / 4] * 2, abs=1e-4)


def test_one_factor_weighs_what_its_own_equation_says() -> None:
    found = plain_regression([
        *(decision(f"y{n}", factors={"a.one": True}) for n in range(4)),
        *(decision(f"n{n}", "rejected", factors={"a.one": True}) for n in range(1)),
        *(decision(f"z{n}", "rejected") for n in range(4)),
        decision("asked", factors={"a.one": True})])
    # 5 with the factor (4 accepted), 4 without (none): the slopes of the penalised likelihood must vanish.
    low, high = -20.0, 20.0

    def sigmoid(x: float) -> float:
        return 1 / (1 + math.exp(-x))

    def intercept(weight: float) -> float:
        floor, ceiling = -30.0, 30.0
        for _ in range(80):
            middle = (floor + ceiling) / 2
            floor, ceiling = (middle, ceiling) if 5 * sigmoid(middle + weight) + 4 * sigmoid(middle) < 4 \
                else (floor, middle)
        return floor

    for _ in range(80):
        weight = (low + high) / 2
        slope = 5 * sigmoid(intercept(weight) + weight) - 4 + PENALTY * weight
        low, high = (low, weight) if slope > 0 else (weight, high)
    assert found[-1] == pytest.approx(sigmoid(intercept(weight) + weight), abs=1e-3)


def test_decisions_of_one_dispute_alone_say_nothing() -> None:
    assert list(plain_regression([decision("a", group="g"), decision("b", "rejected", group="g")])) == [0.5, 0.5]


@pytest.mark.parametrize("group", [*sorted({d.group for d in shipped()})[::13], "ovh"])
def test_what_is_expected_of_a_dispute_does_not_depend_on_how_it_was_decided(group: str) -> None:
    its = np.array([one.group == group for one in shipped()])
    before, after = plain_regression(shipped()), plain_regression(flipped(shipped(), group))
    assert np.array_equal(before[its], after[its])
    assert not np.allclose(before[~its], after[~its], atol=1e-4)
