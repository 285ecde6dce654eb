"""One case run first as a test for all: what it teaches the others, what the delay costs, who comes too late."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from tests.settlement.suits import group
from vismajor.damages.award import Award
from vismajor.settlement.lead_case import Plan, still_open, too_late
from vismajor.settlement.pool import pool_of

AS_OF = dt.date(2022, 1, 13)
HALF = np.array([True, True, False, False])
NIL = np.zeros(4)


def award(claimant: str, wins: np.ndarray, capped: np.ndarray | None = None, amount: float = 1000.0) -> Award:
    got = np.where(wins, amount, 0.0)
    under = np.zeros(4, dtype=np.bool_) if capped is None else capped
    return Award(got, got, wins, under, NIL, NIL, claimant, NIL, NIL)


def plan(own: dict[str, np.ndarray], awards: dict[str, np.ndarray], shared: float = 0.0, offers: float | None = None,
         months: float = 12.0, rate: float = 0.0, later: bool = True, **capped: np.ndarray) -> Plan:
    given = {} if offers is None else dict.fromkeys(own, Decimal(repr(offers)))
    return Plan(pool_of(group(own, shared), None),
                {name: award(name, wins, capped.get(name)) for name, wins in awards.items()},
                given, given if later else {}, months, rate)


def test_the_others_go_on_where_the_first_case_is_won_and_spare_their_costs_where_it_is_lost() -> None:
    # Each gains 900 if the court says yes and loses 500 if it says no: worth 200 today, 450 once that is known.
    own = {name: np.where(HALF, 900.0, -500.0) for name in ("a", "b", "c")}
    found = plan(own, dict.fromkeys(own, HALF)).lead("a", Decimal(600))
    assert found.alone == 200
    won, lost = found.branches[1], found.branches[0]
    assert (lost.outcome, lost.probability, lost.give_up, lost.go_on, lost.worth) == ("nothing", 0.5, ("b", "c"), (), 0)
    assert (won.outcome, won.probability, won.go_on, won.worth) == ("uncapped", 0.5, ("b", "c"), 1800)
    assert found.others == 900
    assert found.worth == 1100
    assert found.gain == 500


def test_where_the_first_case_is_lost_the_others_take_the_offer_if_it_still_stands() -> None:
    own = {name: np.where(HALF, 900.0, -500.0) for name in ("a", "b")}
    stands = plan(own, dict.fromkeys(own, HALF), offers=150.0).lead("a", Decimal(0))
    assert (stands.branches[0].accept, stands.branches[0].worth) == (("b",), 150)
    lapsed = plan(own, dict.fromkeys(own, HALF), offers=150.0, later=False).lead("a", Decimal(0))
    assert (lapsed.branches[0].give_up, lapsed.branches[0].worth) == (("b",), 0)


def test_waiting_costs_what_the_rate_says() -> None:
    own = {name: np.where(HALF, 900.0, -500.0) for name in ("a", "b")}
    found = plan(own, dict.fromkeys(own, HALF), months=24, rate=0.1).lead("a", Decimal(0))
    assert float(found.others) == pytest.approx(450 / 1.1 ** 2, abs=0.01)


def test_a_judgment_under_the_cap_is_told_apart() -> None:
    first = np.array([True, False, False, False])
    own = {"a": np.where(HALF, 100.0, 0.0), "b": np.array([1000.0, 10.0, 0.0, 0.0])}
    found = plan(own, {"a": HALF, "b": HALF}, a=~first).lead("a", Decimal(0))
    assert [(one.outcome, one.probability, one.worth) for one in found.branches] == [
        ("nothing", 0.5, 0), ("capped", 0.25, 10), ("uncapped", 0.25, 1000)]


def test_a_first_case_that_teaches_nothing_gains_nothing() -> None:
    own = {name: np.full(4, 100.0) for name in ("a", "b")}
    found = plan(own, {"a": HALF, "b": HALF}).leads()[0]
    assert found.now == 200
    assert found.gain == 0


def test_the_first_case_bears_all_that_a_suit_costs_and_the_others_share_another() -> None:
    own = {name: np.full(4, 1000.0) for name in ("a", "b", "c")}
    found = plan(own, dict.fromkeys(own, HALF | True), shared=300.0).leads()[0]
    assert found.alone == 700
    assert found.others == 1700
    assert found.now == 2700


def test_the_best_case_to_run_first_is_the_one_whose_judgment_teaches_the_others_most() -> None:
    # The fate of `a` is that of `b`; `odd` is judged on something else.
    own = {"a": np.where(HALF, 900.0, -500.0), "b": np.where(HALF, 900.0, -500.0),
           "odd": np.array([900.0, -500.0, 900.0, -500.0])}
    awards = {"a": HALF, "b": HALF, "odd": np.array([True, False, True, False])}
    assert [one.claimant for one in plan(own, awards).leads()][-1] == "odd"


def test_a_group_of_one_has_no_others() -> None:
    found = plan({"a": np.full(4, 100.0)}, {"a": HALF}).leads()
    assert (found[0].alone, found[0].others, found[0].gain) == (100, 0, 0)


def test_time_may_run_out_for_the_others_before_the_first_case_is_judged() -> None:
    last = {"a": dt.date(2022, 6, 1), "b": dt.date(2022, 6, 1), "c": dt.date(2026, 3, 10)}
    assert too_late(last, "a", AS_OF, 12) == {"b": dt.date(2022, 6, 1)}
    assert too_late(last, "a", AS_OF, 3) == {}


def test_an_offer_that_lapses_before_the_judgment_cannot_be_taken_then() -> None:
    offers = {"a": Decimal(10), "b": Decimal(10), "c": Decimal(10)}
    until = {"a": dt.date(2022, 3, 1), "b": dt.date(2023, 3, 1), "c": None}
    assert list(still_open(offers, until, AS_OF, 12)) == ["b", "c"]


def test_an_offer_without_a_term_of_its_own_is_not_presumed_to_stand_once_the_first_case_is_lost() -> None:
    own = {name: np.where(HALF, 900.0, -500.0) for name in ("a", "b")}
    stands = plan(own, dict.fromkeys(own, HALF), offers=150.0)
    presumed = dataclasses.replace(stands, firm=frozenset()).lead("a", Decimal(0))
    assert (presumed.branches[0].accept, presumed.branches[0].worth) == ((), 0)
    firm = dataclasses.replace(stands, firm=frozenset({"b"})).lead("a", Decimal(0))
    assert (firm.branches[0].accept, firm.branches[0].worth) == (("b",), 150)


def test_an_offer_that_takes_more_acceptances_than_there_would_be_counts_for_nobody() -> None:
    own = {"a": np.full(4, 900.0), "b": np.full(4, 100.0), "c": np.full(4, 100.0)}
    found = dataclasses.replace(plan(own, dict.fromkeys(own, HALF), offers=150.0), at_least=3).leads()[0]
    assert found.now == 1100
