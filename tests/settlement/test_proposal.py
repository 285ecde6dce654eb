"""The next move: within its bounds, at the middle that was meant, the same for either side."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.settlement.test_negotiation import case, log  # noqa: F401 — fixtures
from vismajor.case.offers import Side
from vismajor.damages.money import sensible
from vismajor.settlement.negotiation import Negotiation
from vismajor.settlement.proposal import Aims, Proposal, next_proposal, propose

MOST = 200_000
AIMS = Aims(opening=Decimal(120_000), target=Decimal(60_000), floor=Decimal("40123.45"))
PAYS = Aims(opening=Decimal(5_000), target=Decimal(30_000), floor=Decimal("45678.90"))


def ours(own: int | str | None, theirs: int | str | None, side: Side = "claimants", aims: Aims | None = None
         ) -> Proposal:
    return next_proposal(side, aims or (AIMS if side == "claimants" else PAYS),
                         None if own is None else Decimal(own), None if theirs is None else Decimal(theirs))


@pytest.mark.parametrize(("own", "theirs", "amount", "because"), [
    (None, None, 120_000, "opening"), (100_000, None, 100_000, "unanswered"),
    (None, 10_000, 110_000, "midpoint"), (100_000, 30_000, 90_000, "midpoint"),
    (100_000, "31234.56", 88_800, "midpoint"),  # 88 765.44, to three digits
    (None, 0, 120_000, "midpoint"), (100_000, 10_000, 100_000, "hold"),
    (80_000, 59_000, 61_000, "midpoint"), (80_000, 60_000, 60_000, "accept"), (80_000, 70_000, 70_000, "accept"),
    (39_000, 10_000, 39_000, "below_floor"), (39_000, 39_500, 39_500, "accept"), (50_000, 55_000, 55_000, "accept"),
])
def test_claimants_answer_so_that_the_middle_is_their_target(own: int | None, theirs: str | int | None, amount: int,
                                                             because: str) -> None:
    found = ours(own, theirs)
    assert (found.amount, found.because) == (amount, because)


def test_a_figure_beyond_the_opening_is_the_opening() -> None:
    low = Aims(opening=Decimal(70_000), target=Decimal(60_000), floor=Decimal(40_000))
    found = ours(None, 10_000, aims=low)
    assert (found.amount, found.because, found.midpoint) == (70_000, "opening_first", 40_000)


@pytest.mark.parametrize(("floor", "target", "own", "theirs", "exact"), [
    (40_000, 60_000, 99_990, 20_020, 99_980),  # 100 000 would lie above our last figure
    (40_105, 40_110, 60_000, 40_080, 40_140),  # 40 100 below our floor
    (30_000, 40_110, 60_000, 40_100, 40_120),  # 40 100 is what they offer already
])
def test_a_figure_is_not_rounded_beyond_a_bound(floor: int, target: int, own: int, theirs: int, exact: int) -> None:
    found = ours(own, theirs, aims=Aims(Decimal(120_000), Decimal(target), Decimal(floor)))
    assert (found.amount, found.exact, found.because) == (exact, exact, "midpoint")
    assert found.midpoint == target


@pytest.mark.parametrize(("own", "theirs", "amount", "because"), [
    (None, None, 5_000, "opening"), (8_000, None, 8_000, "unanswered"), (8_000, 45_000, 15_000, "midpoint"),
    (8_000, 100_000, 8_000, "hold"), (None, 100_000, 5_000, "opening_first"), (8_000, 30_000, 30_000, "accept"),
    (46_000, 90_000, 46_000, "below_floor"), (20_000, 12_000, 12_000, "accept"),
])
def test_the_respondent_answers_the_other_way_round(own: int | None, theirs: int | None, amount: int, because: str
                                                    ) -> None:
    found = ours(own, theirs, "respondent")
    assert (found.amount, found.because) == (amount, because)


def test_aims_out_of_order_and_negative_figures_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        ours(None, None, "respondent", AIMS)
    with pytest.raises(ValueError, match="out of order"):
        ours(None, None, aims=PAYS)
    with pytest.raises(ValueError, match="negative"):
        ours(-1, None)


def test_a_negotiation_gives_the_last_figures_of_both_sides(log) -> None:  # noqa: F811
    talks: Negotiation = log(("c", 50_000, "01-10"), ("r", 5_000, "02-01"), claimant=None)
    assert propose(talks, "claimants", AIMS) == ours(100_000, 10_000)
    assert propose(talks, "respondent", PAYS) == ours(10_000, 100_000, "respondent")
    half: Negotiation = log(("c", 50_000, "01-10"), ("r", 5_000, "02-01", ["dupont"]), claimant=None)
    assert propose(half, "claimants", AIMS).because == "unanswered"


# --- properties

FIGURE = st.decimals(0, MOST, places=2)
MAYBE = st.none() | FIGURE


@st.composite
def aims(draw: st.DrawFn, side: Side) -> Aims:
    floor, target, opening = sorted(draw(st.lists(FIGURE, min_size=3, max_size=3)), reverse=side == "respondent")
    return Aims(opening, target, floor)


@given(aims("claimants"), MAYBE, MAYBE)
def test_claimants_never_rise_above_their_last_figure_nor_fall_below_their_floor(
        wanted: Aims, own: Decimal | None, theirs: Decimal | None) -> None:
    found = next_proposal("claimants", wanted, own, theirs)
    if found.because == "accept":
        assert found.amount == theirs
        return
    assert theirs is None or found.amount > theirs
    assert found.amount <= (wanted.opening if own is None else own)
    assert found.amount >= wanted.floor or (own is not None and found.amount == own)


@given(aims("respondent"), MAYBE, MAYBE)
def test_the_respondent_never_falls_below_its_last_figure_nor_rises_above_its_floor(
        wanted: Aims, own: Decimal | None, theirs: Decimal | None) -> None:
    found = next_proposal("respondent", wanted, own, theirs)
    if found.because == "accept":
        assert found.amount == theirs
        return
    assert theirs is None or found.amount < theirs
    assert found.amount >= (wanted.opening if own is None else own)
    assert found.amount <= wanted.floor or (own is not None and found.amount == own)


@given(aims("claimants"), MAYBE, MAYBE)
def test_exchanging_the_sides_mirrors_the_proposal(wanted: Aims, own: Decimal | None, theirs: Decimal | None) -> None:
    def turned(figure: Decimal | None) -> Decimal | None:
        return None if figure is None else MOST - figure

    mirrored = Aims(MOST - wanted.opening, MOST - wanted.target, MOST - wanted.floor)
    one = next_proposal("claimants", wanted, own, theirs)
    two = next_proposal("respondent", mirrored, turned(own), turned(theirs))
    assert (two.exact, two.because) == (MOST - one.exact, one.because)


@given(aims("claimants"), st.integers(0, 999), st.booleans())
def test_at_the_middle_the_target_is_met_but_for_the_rounding(wanted: Aims, place: int, opened: bool) -> None:
    # An offer under the target, and not so far under it that the answer would lie beyond the opening.
    least = max(Decimal(0), 2 * wanted.target - wanted.opening)
    assume(least < wanted.target)
    theirs = least + (wanted.target - least) * place / 1000
    found = next_proposal("claimants", wanted, wanted.opening if opened else None, theirs)
    assume(found.because == "midpoint")
    assert found.midpoint is not None
    assert (found.exact + theirs) / 2 == wanted.target
    assert abs(found.midpoint - wanted.target) <= max(Decimal("0.25"), found.exact / 400)


@given(aims("claimants"), FIGURE, FIGURE, FIGURE)
def test_a_better_offer_never_makes_claimants_ask_for_more(wanted: Aims, own: Decimal, theirs: Decimal, more: Decimal
                                                          ) -> None:
    one, two = (next_proposal("claimants", wanted, own, offer) for offer in sorted((theirs, more)))
    assert two.exact <= one.exact or two.because == "accept"


@given(FIGURE)
def test_a_figure_is_said_in_three_digits(amount: Decimal) -> None:
    said = sensible(amount)
    assert len(said.normalize().as_tuple().digits) <= 3
    assert abs(said - amount) <= max(Decimal("0.5"), amount / 200)
