"""The negotiation log: moves, concessions, gaps, habits, by hand and under exchange of the sides."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drafting.cases import SMALL, changed, read_small
from vismajor.case.models import Case
from vismajor.case.offers import Offer
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.negotiation import Negotiation, negotiation

FORM = {"fr": "un versement", "en": "a payment"}
MOST = 100_000


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Case:
    return read_small(tmp_path_factory.mktemp("negotiation") / "dossier", french_law)


def offers(*moves: tuple[str, Any, str] | tuple[str, Any, str, Any]) -> tuple[Offer, ...]:
    """Return offers from (side, amount, day of 2024, to or other keys)."""
    found = []
    for number, (side, amount, day, *more) in enumerate(moves):
        extra = more[0] if more and isinstance(more[0], dict) else {"to": more[0]} if more else {}
        by = {"c": "claimants", "r": "respondent"}[side]
        found.append(Offer.model_validate({"id": f"o{number}", "by": by, "amount": amount, "date": f"2024-{day}",
                                           "form": FORM, **extra}))
    return tuple(found)


@pytest.fixture
def log(case: Case) -> Callable[..., Negotiation]:
    def read(*moves: Any, claimant: str | None = "dupont", as_of: str = "2024-12-31") -> Negotiation:
        return negotiation(changed(case, offers=offers(*moves), as_of=dt.date.fromisoformat(as_of)), claimant)

    return read


TALKS = (("c", 10_000, "01-10"), ("r", 1_000, "02-01"), ("c", 8_000, "03-01"), ("r", 2_400, "04-01"))


def test_each_move_gives_up_something_of_the_gap_and_leaves_another(log: Callable[..., Negotiation]) -> None:
    moves = log(*TALKS).moves
    assert [(move.by, move.amount, move.conceded, move.gap, move.midpoint) for move in moves] == [
        ("claimants", 10_000, None, None, None), ("respondent", 1_000, None, 9_000, 5_500),
        ("claimants", 8_000, 2_000, 7_000, 4_500), ("respondent", 2_400, 1_400, 5_600, 5_200)]
    assert [move.of_gap for move in moves] == [None, None, pytest.approx(2 / 9), pytest.approx(0.2)]


def test_the_log_says_who_moved_last_and_where_the_sides_stand(log: Callable[..., Negotiation]) -> None:
    found = log(*TALKS)
    assert (found.last_mover, found.gap, found.midpoint) == ("respondent", 5_600, 5_200)
    assert (found.last_figure("claimants"), found.last_figure("respondent")) == (8_000, 2_400)
    empty = log()
    assert (empty.last_mover, empty.gap, empty.midpoint, empty.last_figure("claimants")) == (None, None, None, None)


def test_moves_stand_in_order_of_date_whatever_the_file_says(log: Callable[..., Negotiation]) -> None:
    assert [move.amount for move in log(*TALKS[::-1]).moves] == [10_000, 1_000, 8_000, 2_400]
    same_day = log(("c", 9_000, "01-10"), ("r", 500, "01-10"))
    assert [move.by for move in same_day.moves] == ["claimants", "respondent"]


def test_a_move_after_the_date_of_knowledge_is_not_known(log: Callable[..., Negotiation]) -> None:
    assert len(log(*TALKS, as_of="2024-03-31").moves) == 3


def test_who_draws_back_concedes_less_than_nothing(log: Callable[..., Negotiation]) -> None:
    moves = log(*TALKS, ("c", 9_000, "05-01"), ("r", 2_000, "06-01")).moves
    assert (moves[4].conceded, moves[4].of_gap) == (-1_000, pytest.approx(-1 / 5.6))
    assert moves[5].conceded == -400


def test_sides_that_meet_leave_no_gap_to_give_up_a_part_of(log: Callable[..., Negotiation]) -> None:
    moves = log(("c", 5_000, "01-10"), ("r", 5_000, "02-01"), ("c", 4_900, "03-01"),
                ("r", 5_050, "04-01")).moves
    assert (moves[1].gap, moves[2].conceded, moves[2].of_gap, moves[2].gap) == (0, 100, None, -100)
    assert (moves[3].conceded, moves[3].of_gap) == (50, None)


def test_what_is_not_in_cash_counts_for_what_its_receiver_agreed_to(log: Callable[..., Negotiation]) -> None:
    (move,) = log(("r", 900, "01-10", {"in_cash": False, "agreed_value": 400})).moves
    assert move.amount == 400


def test_a_group_adds_up_its_claimants(log: Callable[..., Negotiation]) -> None:
    found = log(*TALKS, claimant=None)
    assert [move.amount for move in found.moves] == [20_000, 2_000, 16_000, 4_800]
    assert (found.gap, found.midpoint, found.moves[2].conceded) == (11_200, 10_400, 4_000)
    assert found.moves[2].of_gap == pytest.approx(2 / 9)


def test_a_move_to_some_changes_their_figures_alone(log: Callable[..., Negotiation]) -> None:
    moves = (("c", 10_000, "01-10"), ("r", 1_000, "02-01", ["dupont"]), ("r", 3_000, "03-01", ["durand"]),
             ("r", 2_000, "04-01"))
    together, one, other = log(*moves, claimant=None), log(*moves), log(*moves, claimant="durand")
    assert [move.amount for move in one.moves] == [10_000, 1_000, 2_000]
    assert [move.amount for move in other.moves] == [10_000, 3_000, 2_000]
    assert [move.gap for move in together.moves] == [None, 9_000, 16_000, 16_000]
    last = together.moves[-1]
    assert (last.amount, last.conceded, last.of_gap) == (4_000, 0, 0.0)  # 1 000 more to one, as much less to the other
    assert together.last_figure("respondent") == 4_000
    half = log(*moves[:2], claimant=None)
    assert (half.last_figure("respondent"), half.last_figure("claimants")) == (None, 20_000)


def test_a_part_of_the_gap_is_of_the_gap_of_those_who_had_one(log: Callable[..., Negotiation]) -> None:
    found = log(("c", 10_000, "01-10"), ("r", 2_000, "02-01", ["dupont"]), ("c", 8_000, "03-01"), claimant=None)
    move = found.moves[-1]
    assert move.conceded == 4_000  # 2 000 by each
    assert move.of_gap == pytest.approx(0.25)  # of the 8 000 that parted the respondent from one of them


def test_an_unknown_claimant_is_told(case: Case) -> None:
    with pytest.raises(InvalidInput) as caught:
        negotiation(case, "dupond")
    assert "dupont" in caught.value.problems[0].explain("en")


# --- habits


def concessions(log: Callable[..., Negotiation], side: str, *amounts: Any) -> Negotiation:
    return log(*((side, amount, f"{month:02d}-01") for month, amount in enumerate(amounts, start=1)))


@pytest.mark.parametrize(("amounts", "habit"), [
    ((), "too_few"), ((10_000,), "too_few"), ((10_000, 8_000), "too_few"),
    ((10_000, 8_000, 7_000), "shrinking"), ((10_000, 8_000, 7_000, 6_500), "shrinking"),
    ((10_000, 9_000, 8_000), "steady"), ((10_000, 9_000, 7_900), "steady"), ((10_000, 9_000, 8_100), "steady"),
    ((10_000, 9_000, 7_899), "growing"), ((10_000, 9_000, 8_101), "shrinking"), ((10_000, 9_000, 6_000), "growing"),
    ((10_000, 10_000, 10_000), "none"), ((10_000, 10_000, 9_000), "growing"), ((10_000, 8_000, 7_000, 5_000), "uneven"),
    ((10_000, 8_000, 8_500), "uneven"),
])
def test_a_side_concedes_less_and_less_or_as_much_or_more(log: Callable[..., Negotiation], amounts: tuple[int, ...],
                                                         habit: str) -> None:
    found = concessions(log, "c", *amounts).patterns["claimants"]
    assert found.habit == habit
    assert (found.limit is None) == (found.ratio is None) == (habit != "shrinking")


def test_moves_that_shrink_by_half_announce_where_they_stop(log: Callable[..., Negotiation]) -> None:
    asked = concessions(log, "c", 10_000, 8_000, 7_000).patterns["claimants"]
    assert (asked.ratio, asked.last, asked.last_concession, asked.limit) == (Decimal("0.5"), 7_000, 1_000, 6_000)
    offered = concessions(log, "r", 1_000, 3_000, 4_000, 4_500).patterns["respondent"]
    assert (offered.ratio, offered.limit) == (Decimal("0.5"), 5_000)
    assert offered.concessions == (2_000, 1_000, 500)


def test_the_limit_is_the_sum_of_all_concessions_to_come(log: Callable[..., Negotiation]) -> None:
    found = concessions(log, "c", 50_000, 40_000, 32_000, 26_000).patterns["claimants"]  # 10 000, 8 000, 6 000
    assert found.ratio is not None
    assert found.limit is not None
    step, figure = found.concessions[-1], Decimal(26_000)
    for _ in range(400):
        step *= found.ratio
        figure -= step
    assert abs(figure - found.limit) < Decimal("0.01")
    assert float(found.ratio) == pytest.approx((6_000 / 10_000) ** 0.5)


def test_who_has_stopped_is_at_its_limit_and_nobody_stops_below_nothing(log: Callable[..., Negotiation]) -> None:
    assert concessions(log, "c", 10_000, 8_000, 8_000).patterns["claimants"].limit == 8_000
    assert concessions(log, "c", 10_000, 5_000, 600).patterns["claimants"].limit == 0


def test_moves_to_others_each_time_show_no_habit(log: Callable[..., Negotiation]) -> None:
    moves = (("r", 1_000, "01-01"), ("r", 2_000, "02-01", ["dupont"]), ("r", 2_500, "03-01"))
    assert log(*moves, claimant=None).patterns["respondent"].habit == "apart"
    assert log(*moves).patterns["respondent"].habit == "shrinking"


# --- properties

MOVES = st.lists(st.tuples(st.sampled_from("cr"), st.integers(0, MOST), st.integers(1, 12),
                           st.sampled_from(["all", ["dupont"], ["durand"]])), max_size=9)


def talks(moves: list[tuple[str, int, int, Any]], mirrored: bool = False) -> tuple[Offer, ...]:
    other = {"c": "r", "r": "c"}
    return offers(*((other[side] if mirrored else side, MOST - amount if mirrored else amount, f"{month:02d}-01", to)
                    for side, amount, month, to in moves))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(moves=MOVES, claimant=st.sampled_from([None, "dupont"]))
def test_exchanging_the_sides_mirrors_the_log(case: Case, moves: list[Any], claimant: str | None) -> None:
    day = dt.date(2024, 12, 31)
    one = negotiation(changed(case, offers=talks(moves), as_of=day), claimant)
    two = negotiation(changed(case, offers=talks(moves, mirrored=True), as_of=day), claimant)
    assert [(m.conceded, m.of_gap, m.gap) for m in one.moves] == [(m.conceded, m.of_gap, m.gap) for m in two.moves]
    assert [m.amount for m in one.moves] == [MOST * len(m.claimants) - m.amount for m in two.moves]
    for side, other in (("claimants", "respondent"), ("respondent", "claimants")):
        mine, theirs = one.patterns[side], two.patterns[other]
        assert (mine.habit, mine.concessions, mine.ratio) == (theirs.habit, theirs.concessions, theirs.ratio)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(moves=MOVES)
def test_the_group_is_the_sum_of_its_claimants(case: Case, moves: list[Any]) -> None:
    whole = changed(case, offers=talks(moves), as_of=dt.date(2024, 12, 31))
    together, apart = negotiation(whole), [negotiation(whole, name) for name in ("dupont", "durand")]
    gaps = [one.gap for one in apart if one.gap is not None]
    assert together.gap == (sum(gaps) if gaps else None)
    assert sum(m.amount for m in together.moves) == sum(m.amount for one in apart for m in one.moves)
    assert sum(m.conceded or 0 for m in together.moves) == sum(m.conceded or 0 for one in apart for m in one.moves)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(moves=MOVES)
def test_a_gap_is_the_one_before_less_what_was_conceded(case: Case, moves: list[Any]) -> None:
    found = negotiation(changed(case, offers=talks(moves), as_of=dt.date(2024, 12, 31)), "dupont").moves
    for before, now in pairwise(found):
        if before.gap is not None and now.gap is not None:
            assert now.gap == before.gap - (now.conceded or 0)
    for side, sign in (("claimants", 1), ("respondent", -1)):
        own = [move for move in found if move.by == side]
        assert sum(move.conceded or 0 for move in own) == (sign * (own[0].amount - own[-1].amount) if own else 0)


def test_a_file_with_one_offer_has_one_move(french_law: Law, tmp_path: Path) -> None:
    data = copy.deepcopy(SMALL["offers"])
    (move,) = negotiation(read_small(tmp_path / "dossier", french_law, offers=data), "durand").moves
    assert (move.by, move.amount, move.conceded) == ("respondent", 500, None)
