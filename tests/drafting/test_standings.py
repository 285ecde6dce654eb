from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.drafting.standings import Standing, standings
from vismajor.drafting.words import words
from vismajor.reasoning.assessment import Label
from vismajor.settlement.valuation import Valuation


@pytest.mark.parametrize(("label", "low", "high", "expected"), [
    ("established", 0.68, 0.68, "oui, de peu"), ("established", 0.69, 0.90, "oui, parfois de peu"),
    ("established", 0.70, 0.70, "oui"), ("not_established", 0.31, 0.33, "non, de peu"),
    ("not_established", 0.05, 0.32, "non, parfois de peu"), ("not_established", 0.30, 0.30, "non"),
    ("doubtful", 0.34, 0.36, "incertain, proche du non"), ("doubtful", 0.34, 0.46, "incertain, parfois proche du non"),
    ("doubtful", 0.64, 0.66, "incertain, proche du oui"), ("doubtful", 0.5, 0.65, "incertain, parfois proche du oui"),
    ("doubtful", 0.5, 0.5, "incertain"), ("doubtful", 0.34, 0.66, "incertain"),
    # The likeliest world and the probability point different ways.
    ("doubtful", 0.1, 0.1, "non, sous réserve"), ("doubtful", 0.74, 0.80, "oui, sous réserve"),
    ("doubtful", 0.68, 0.69, "oui, de peu"), ("doubtful", 0.5, 0.9, "incertain, parfois proche du oui"),
])
def test_an_answer_near_a_threshold_says_so(label: Label, low: float, high: float, expected: str) -> None:
    standing = Standing(None, label, ("a",), low, high, 0.0, "")
    assert words("fr")[standing.answer] == expected
    assert standing.answer in words("en")


FAVOUR = ("non", "non, de peu", "incertain, proche du non", "incertain", "incertain, proche du oui", "oui, de peu",
          "oui")


def favour(standing: Standing) -> int:
    """Rank the word for an answer: a reservation says why, not how likely."""
    return FAVOUR.index(words("fr")[standing.answer].replace("parfois ", "").removesuffix(", sous réserve"))


def contradictions(told: Sequence[Standing]) -> list[tuple[Standing, Standing]]:
    """Return the pairs of which the more probable has the less favourable word."""
    pairs = [(one, other) if one.high < other.low else (other, one) for one, other in combinations(told, 2)]
    return [(low, high) for low, high in pairs if low.high < high.low and favour(low) > favour(high)]


@st.composite
def standings_(draw: st.DrawFn) -> Standing:
    """Make a standing as assessment labels it: by probability, doubtful where the likeliest world says otherwise."""
    low, high = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1)))) if draw(st.booleans()) else (
        [draw(st.floats(0, 1))] * 2)
    labels: list[Label] = ["doubtful"]
    if low > 2 / 3:
        labels.append("established")
    if high < 1 / 3:
        labels.append("not_established")
    return Standing(None, draw(st.sampled_from(labels)), ("a",), low, high, 0.0, "")


@given(st.lists(standings_(), min_size=2, max_size=6))
def test_a_higher_probability_never_gets_a_less_favourable_word(made: list[Standing]) -> None:
    assert contradictions([one for one in made if one.low == one.high]) == []


@pytest.mark.parametrize("name", ["founding", "courtage", "bluepad"])
def test_no_word_of_a_shipped_case_contradicts_another(name: str, request: pytest.FixtureRequest) -> None:
    valuation: Valuation = request.getfixturevalue(name)
    told = [one for views in valuation.assessment.views.values() for view in views
            for one in standings((view,), "fr")]
    assert len(told) > 20
    assert contradictions(told) == []
