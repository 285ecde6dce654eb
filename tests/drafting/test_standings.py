import pytest

from vismajor.drafting.standings import Standing
from vismajor.drafting.words import words
from vismajor.reasoning.assessment import Label


@pytest.mark.parametrize(("label", "low", "high", "expected"), [
    ("established", 0.68, 0.68, "oui, de peu"), ("established", 0.69, 0.90, "oui, parfois de peu"),
    ("established", 0.70, 0.70, "oui"), ("not_established", 0.31, 0.33, "non, de peu"),
    ("not_established", 0.05, 0.32, "non, parfois de peu"), ("not_established", 0.30, 0.30, "non"),
    ("doubtful", 0.34, 0.36, "incertain, proche du non"), ("doubtful", 0.34, 0.46, "incertain, parfois proche du non"),
    ("doubtful", 0.64, 0.66, "incertain, proche du oui"), ("doubtful", 0.5, 0.65, "incertain, parfois proche du oui"),
    ("doubtful", 0.5, 0.5, "incertain"), ("doubtful", 0.34, 0.66, "incertain"),
    ("doubtful", 0.1, 0.1, "incertain"),  # the likeliest world and the probability point different ways
])
def test_an_answer_near_a_threshold_says_so(label: Label, low: float, high: float, expected: str) -> None:
    standing = Standing(None, label, ("a",), low, high, 0.0, "")
    assert words("fr")[standing.answer] == expected
    assert standing.answer in words("en")
