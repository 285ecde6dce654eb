"""Litigation trees: rolled back they are what the sum over all paths is."""

from __future__ import annotations

from decimal import Decimal
from statistics import pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.settlement.decision_tree import Chance, Choice, End, Node, Outlay, roll_back

D = Decimal


def test_paths_multiply_and_equal_ends_are_one() -> None:
    quantum = Chance(((D("0.5"), End(D(100))), (D("0.5"), End(D(40)))))
    found = roll_back(Chance(((D("0.6"), quantum), (D("0.1"), End(D(40))), (D("0.3"), End(D(0))))))
    assert found.distribution == ((D(0), D("0.3")), (D(40), D("0.40")), (D(100), D("0.30")))
    assert found.expected == D(46)
    assert found.variance == D("0.3") * 46**2 + D("0.4") * 36 + D("0.3") * 54**2
    assert found.chance_of_more_than(D(40)) == D("0.30")


def test_what_is_spent_on_the_way_comes_off_every_end() -> None:
    tree = Chance(((D("0.5"), End(D(100))), (D("0.5"), End(D(0)))))
    found = roll_back(Outlay(D(30), tree))
    assert (found.expected, found.variance) == (D(20), roll_back(tree).variance)


def test_a_choice_on_the_way_is_taken_for_its_best_option_and_named() -> None:
    higher_court = Chance(((D("0.5"), End(D(40))), (D("0.5"), End(D(0)))))
    appeal = Choice({"accept": End(D(10)), "appeal": Outlay(D(5), higher_court)})
    found = roll_back(Chance(((D("0.5"), appeal), (D("0.5"), End(D(100))))))
    assert found.taken == ("appeal",)
    assert found.expected == D("57.5")


def test_what_cannot_happen_leaves_no_trace() -> None:
    never = Choice({"accept": End(D(10))})
    found = roll_back(Chance(((D(0), never), (D(1), End(D(5))))))
    assert (found.distribution, found.taken) == (((D(5), D(1)),), ())


@pytest.mark.parametrize("chances", [("0.5", "0.4"), ("0.5", "0.51"), ("1.5", "-0.5")])
def test_probabilities_that_do_not_add_up_to_one_are_refused(chances: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="add up"):
        Chance(tuple((D(chance), End(D(1))) for chance in chances))


ENDS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=8)


@given(ENDS)
def test_ends_alike_likely_have_the_mean_and_the_variance_of_their_values(values: list[int]) -> None:
    tree: Node = End(D(values[0]))
    for count, value in enumerate(values[1:], start=2):  # one more end each time, with the chance 1 in count
        one = D(1) / count
        tree = Chance(((one, End(D(value))), (1 - one, tree)))
    found = roll_back(tree)
    assert float(found.expected) == pytest.approx(sum(values) / len(values), abs=1e-9)
    assert float(found.variance) == pytest.approx(pvariance(values), abs=1e-6)
    assert float(sum(chance for _, chance in found.distribution)) == pytest.approx(1)
