"""What a report is worth to a decision: by hand, and what must hold of any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.information import (
    MOST_JOINT,
    Decision,
    Information,
    Outlook,
    channel,
    worth_of_information,
    worth_of_producing,
)

WORLDS = Worlds("test", 4)
CLOSE = 1e-6

Drawn = tuple[Decision, dict[str, tuple[float, ...]]]


def _two(found: float, otherwise: float, worlds: int = 3) -> Outlook:
    """Return a suit that brings so much where a point is found, and so much where it is not."""
    return Outlook(("point",), np.array([[found] * worlds, [otherwise] * worlds]))


def _worth(decision: Decision, chances: dict[str, Sequence[float]], reliability: float = 1.0) -> Information:
    return worth_of_information(decision, chances, reliability, WORLDS)


@st.composite
def _decisions(draw: st.DrawFn) -> Drawn:
    """Draw a decision of one or two parties over up to three points of two or three values."""
    sizes = {name: draw(st.integers(2, 3)) for name in "abc"}
    weights = {name: [draw(st.integers(1, 9)) for _ in range(size)] for name, size in sizes.items()}
    chances = {name: tuple(one / sum(some) for one in some) for name, some in weights.items()}
    amounts = st.integers(-1000, 1000)
    outlooks = []
    for _ in range(draw(st.integers(1, 2))):
        points = tuple(draw(st.lists(st.sampled_from("abc"), max_size=3, unique=True)))
        shape = (*(sizes[name] for name in points), 2)
        brought = [draw(amounts) for _ in range(math.prod(shape))]
        outlooks.append(Outlook(points, np.array(brought, dtype=np.float64).reshape(shape)))
    return Decision(float(draw(amounts)), tuple(outlooks)), chances


RELIABILITY = st.floats(0.5, 1.0)


def test_the_textbook_example_is_worth_what_it_is_by_hand() -> None:
    # The suit brings 100,000 € if the fact is found (60 %), else nothing: 60,000 € on average. The offer is 50,000 €.
    # Told for sure: 0.6 × 100,000 + 0.4 × 50,000 = 80,000 €, so that knowing is worth 20,000 €.
    decision, chances = Decision(50_000, (_two(100_000, 0),)), {"point": (0.6, 0.4)}
    assert _worth(decision, chances).worth == pytest.approx(20_000)
    # Told by a report that is right four times in five: it says yes with 0.6 × 0.8 + 0.4 × 0.2 = 0.56, and the suit is
    # then worth 0.48 / 0.56 × 100,000; it says no with 0.44, and the suit is then worth 0.12 / 0.44 × 100,000, that is
    # 27,273 €: one takes the offer. 0.56 × 85,714 + 0.44 × 50,000 = 70,000 €: the report is worth 10,000 €.
    found = _worth(decision, chances, 0.8)
    assert found.worth == pytest.approx(10_000)
    assert found.now == pytest.approx(60_000)
    assert found.moves == pytest.approx(0.56 * (48_000 / 0.56 - 60_000) + 0.44 * (60_000 - 12_000 / 0.44))


def test_who_may_keep_the_report_back_gains_by_it_even_where_no_decision_turns() -> None:
    # Found so: +40,000 € with 60 %; found otherwise: kept back, and the suit stays worth 60,000 €.
    outlook = _two(100_000, 0)
    produced = worth_of_producing([outlook], 60_000, {"point": (0.6, 0.4)}, 1.0, WORLDS)
    assert produced == pytest.approx(0.6 * 40_000)
    # An unknown fact makes no argument, and the suit is worth nothing: shown, it would be worth 60,000 € on average.
    assert worth_of_producing([outlook], 0, {"point": (0.6, 0.4)}, 1.0, WORLDS) == pytest.approx(60_000)


def test_a_report_names_the_right_one_of_two_values_with_its_reliability() -> None:
    assert channel(2, 0.8) == pytest.approx(np.array([[0.8, 0.2], [0.2, 0.8]]))
    assert channel(3, 0.5) == pytest.approx(np.full((3, 3), 1 / 3))
    assert channel(3, 1.0) == pytest.approx(np.eye(3))
    assert channel(3, 0.7).sum(axis=0) == pytest.approx(np.ones(3))


def test_points_that_two_parties_share_are_told_to_both_at_once() -> None:
    # The fact brings one of them 100 € and the other nothing, or the other way round: together they know already.
    both = Decision(99, (_two(100, 0), _two(0, 100)))
    assert _worth(both, {"point": (0.5, 0.5)}).worth == 0
    assert _worth(both, {"point": (0.5, 0.5)}).moves == pytest.approx(0)


def test_points_of_their_own_are_told_to_each_apart() -> None:
    # Two coins of 100 € against 110 € for both: 200 € with one chance in four, else the 110 €.
    apart = Decision(110, (Outlook(("a",), np.array([[100.0], [0.0]])), Outlook(("b",), np.array([[100.0], [0.0]]))))
    assert _worth(apart, {"a": (0.5, 0.5), "b": (0.5, 0.5)}).worth == pytest.approx(0.25 * 200 + 0.75 * 110 - 110)


def test_many_points_are_drawn_and_come_close_to_what_the_binomial_law_gives() -> None:
    count = 13
    assert 2**count > MOST_JOINT
    chances = {f"p{number}": (0.5, 0.5) for number in range(count)}
    decision = Decision(7.5, tuple(Outlook((name,), np.array([[1.0], [0.0]])) for name in chances))
    exact = sum(math.comb(count, heads) / 2**count * max(heads - 7.5, 0) for heads in range(count + 1))
    assert _worth(decision, chances).worth == pytest.approx(exact, rel=0.03)
    assert _worth(decision, chances).worth == _worth(decision, chances).worth  # the same draws each time


@settings(deadline=None)
@given(_decisions(), RELIABILITY)
def test_a_report_is_never_worth_less_than_nothing_nor_more_than_knowing(drawn: Drawn, reliability: float) -> None:
    decision, chances = drawn
    perfect, report = _worth(decision, chances).worth, _worth(decision, chances, reliability).worth
    assert -CLOSE <= report <= perfect + CLOSE


@settings(deadline=None)
@given(_decisions())
def test_a_report_that_tells_nothing_is_worth_nothing_and_moves_nothing(drawn: Drawn) -> None:
    decision, chances = drawn
    found = _worth(decision, chances, 0.5)
    assert found.worth == pytest.approx(0, abs=CLOSE)
    assert found.moves == pytest.approx(0, abs=CLOSE)


@settings(deadline=None)
@given(_decisions(), RELIABILITY, RELIABILITY)
def test_a_more_reliable_report_is_worth_no_less(drawn: Drawn, one: float, other: float) -> None:
    decision, chances = drawn
    low, high = sorted((one, other))
    assert _worth(decision, chances, low).worth <= _worth(decision, chances, high).worth + CLOSE


@settings(deadline=None)
@given(_decisions(), RELIABILITY)
def test_a_report_is_worth_nothing_where_it_turns_no_decision(drawn: Drawn, reliability: float) -> None:
    decision, chances = drawn
    for certain in (-10_000.0, 10_000.0):  # beyond all that the suit can bring
        assert _worth(Decision(certain, decision.outlooks), chances, reliability).worth == 0


@settings(deadline=None)
@given(_decisions())
def test_knowing_the_points_is_worth_no_more_than_knowing_everything(drawn: Drawn) -> None:
    decision, chances = drawn
    points = list(chances)
    everything = 0.0
    for values in product(*(range(len(chances[name])) for name in points)):
        chance = math.prod(chances[name][value] for name, value in zip(points, values, strict=True))
        found = dict(zip(points, values, strict=True))
        for world in range(2):
            court = sum(float(one.worth[(*(found[name] for name in one.points), world)]) for one in decision.outlooks)
            everything += chance / 2 * max(court, decision.certain)
    now = _worth(decision, chances).now
    assert _worth(decision, chances).worth <= everything - max(now, decision.certain) + CLOSE


@settings(deadline=None)
@given(_decisions(), RELIABILITY)
def test_knowing_is_worth_the_same_to_who_pays_what_the_other_gets(drawn: Drawn, reliability: float) -> None:
    decision, chances = drawn
    mirrored = Decision(-decision.certain, tuple(Outlook(one.points, -one.worth) for one in decision.outlooks))
    ours, theirs = _worth(decision, chances, reliability), _worth(mirrored, chances, reliability)
    if abs(ours.now - decision.certain) > CLOSE:  # with a tie, which choice is taken changes no worth but its pulls
        assert theirs.worth == pytest.approx(ours.worth, abs=CLOSE)
    assert theirs.moves == pytest.approx(ours.moves, abs=CLOSE)


@settings(deadline=None)
@given(_decisions(), RELIABILITY)
def test_the_parts_of_the_worlds_make_the_worth(drawn: Drawn, reliability: float) -> None:
    # What each world adds, with what all add through the level of the suit, is the worth but for the certain sum.
    decision, chances = drawn
    found = _worth(decision, chances, reliability)
    moved = Decision(decision.certain + 0.25, tuple(Outlook(one.points, one.worth + 0.25 / len(decision.outlooks))
                                                    for one in decision.outlooks))
    assert _worth(moved, chances, reliability).worth == pytest.approx(found.worth, abs=CLOSE)
    turned = sum(found.pulls) / len(found.pulls)
    assert all(pull == pytest.approx(turned, abs=CLOSE) for pull in found.pulls)
    level = sum(pull * float(np.sum(one.means * _prior(one, chances)))
                for pull, one in zip(found.pulls, decision.outlooks, strict=True))
    assert found.deviation.mean() + level - turned * decision.certain == pytest.approx(found.worth, abs=1e-5)


def _prior(outlook: Outlook, chances: dict[str, tuple[float, ...]]) -> np.ndarray:
    prior = np.ones(())
    for name in outlook.points:
        prior = np.multiply.outer(prior, np.array(chances[name]))
    return prior
