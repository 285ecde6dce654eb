"""How long customers stay: the published example of Kaplan-Meier, late entries, and intervals that hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.damages.survival import attrition, kaplan_meier

# Weeks in remission under 6-MP; Freireich et al., Blood 1963, as in Kalbfleisch & Prentice. A + is a censored time.
SIX_MP = ["6", "6", "6", "6+", "7", "9+", "10", "10+", "11+", "13", "16", "17+", "19+", "20+", "22", "23", "25+", "32+",
          "32+", "34+", "35+"]
WEEKS = [float(time.rstrip("+")) for time in SIX_MP]
RELAPSED = [not time.endswith("+") for time in SIX_MP]


def test_the_curve_is_the_published_one_of_6_mp():
    curve = kaplan_meier(np.zeros(21), WEEKS, RELAPSED)
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.departures.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert curve.survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert curve.errors == pytest.approx([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346], abs=5e-5)
    assert (curve.at(5.9), curve.at(6), curve.at(40)) == (1.0, pytest.approx(18 / 21), pytest.approx(0.448, abs=5e-4))


def test_the_interval_is_around_the_curve_and_within_0_and_1():
    curve = kaplan_meier(np.zeros(21), WEEKS, RELAPSED)
    assert (curve.low > 0).all() and (curve.low < curve.survival).all()
    assert (curve.high > curve.survival).all() and (curve.high < 1).all()
    wide = kaplan_meier(np.zeros(21), WEEKS, RELAPSED, level=0.95)
    # The 95 % interval at 6 weeks on the log(-log) scale, as textbooks print it.
    assert (wide.low[0], wide.high[0]) == (pytest.approx(0.620, abs=1e-3), pytest.approx(0.952, abs=1e-3))


def test_who_enters_late_is_not_at_risk_before():
    curve = kaplan_meier([0, 0, 5, 5], [2, 9, 7, 9], [True, False, True, False])
    assert curve.at_risk.tolist() == [2, 3]
    assert curve.survival.tolist() == pytest.approx([1 / 2, 1 / 2 * 2 / 3])


def test_the_curve_begins_once_enough_are_at_risk():
    entries, exits = [0, *[6] * 5], [1, 7, 20, 20, 20, 20]
    curve = kaplan_meier(entries, exits, [True, True, *[False] * 4], fewest=5)
    assert (curve.times.tolist(), curve.survival.tolist(), curve.since) == ([7], [pytest.approx(0.8)], 1.0)
    assert kaplan_meier(entries, exits, [True, True, *[False] * 4]).at(7) == 0.0


def test_when_all_have_left_nothing_is_claimed_beyond():
    curve = kaplan_meier([0, 0], [1, 2], [True, True])
    assert (curve.survival[-1], curve.errors[-1], curve.low[-1], curve.high[-1]) == (0, 0, 0, 0)
    assert kaplan_meier([], [], []).at(12) == 1.0


def test_attrition_is_departures_over_customer_months():
    usual = attrition(24, 2_000, small=False)
    assert usual.hazard == pytest.approx(24.5 / 2_000)
    assert usual.monthly == pytest.approx(1 - np.exp(-24.5 / 2_000))
    # 90 % of a Gamma of shape 24.5: half a chi-square of 49 degrees, 33.930 and 66.339 in the tables.
    assert (usual.low, usual.high) == (pytest.approx(1 - np.exp(-33.930 / 4_000), rel=1e-4),
                                       pytest.approx(1 - np.exp(-66.339 / 4_000), rel=1e-4))


def test_draws_follow_the_bounds():
    usual = attrition(24, 2_000, small=False)
    drawn = usual.draw(np.random.default_rng(1), 40_000)
    low, high = np.quantile(-np.expm1(-drawn), [0.05, 0.95])
    assert (low, high) == (pytest.approx(usual.low, rel=0.01), pytest.approx(usual.high, rel=0.01))


def test_without_any_observation_attrition_is_finite_and_wide():
    usual = attrition(0, 0.0, small=True)
    assert 0 < usual.low < 0.001 and 0.1 < usual.high < 0.2


@given(st.integers(0, 200), st.floats(30, 1e5))
def test_the_interval_contains_the_estimate_and_more_departures_raise_it(departures, months):
    one, two = attrition(departures, months, small=False), attrition(departures + 1, months, small=False)
    assert one.low < one.monthly < one.high <= 1
    assert one.monthly < two.monthly
