"""The terms of a settlement: who settles, for which sum, to the cent."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vismajor.case.settlement_terms import SettlementTerms, apportioned

EVERYBODY = ("a", "b", "c")


@given(st.integers(0, 10**11), st.lists(st.integers(0, 10000), max_size=24))
def test_the_parts_of_a_sum_add_up_to_it_each_within_a_cent_of_its_percent(cents: int, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), 10000]  # percents have two decimals, as counsel writes them
    total = Decimal(cents) / 100
    percents = {str(at): Decimal(high - low) / 100 for at, (low, high) in enumerate(pairwise(edges))}
    parts = apportioned(total, percents)
    assert sum(parts.values()) == total
    assert all(abs(part - total * percents[name] / 100) < Decimal("0.01") for name, part in parts.items())


def test_who_has_no_sum_does_not_settle_where_others_have_one() -> None:
    assert SettlementTerms(amounts={"c": Decimal(1), "a": Decimal(2)}).parties(EVERYBODY) == ("a", "c")
    assert SettlementTerms(total=Decimal(9)).parties(EVERYBODY) == EVERYBODY


def test_a_total_goes_whole_to_a_single_claimant_and_to_nobody_among_several() -> None:
    terms = SettlementTerms(total=Decimal(9))
    assert terms.shares(["a"]) == {"a": Decimal(9)}
    assert terms.shares(EVERYBODY) == {"a": None, "b": None, "c": None}
