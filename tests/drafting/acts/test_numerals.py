"""Sums in words."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.drafting.acts.numerals import in_words, spelled


@pytest.mark.parametrize(("amount", "french", "english"), [
    ("0", "zéro euro", "zero euros"), ("1", "un euro", "one euro"), ("21", "vingt et un euros", "twenty-one euros"),
    ("71", "soixante et onze euros", "seventy-one euros"), ("80", "quatre-vingts euros", "eighty euros"),
    ("81", "quatre-vingt-un euros", "eighty-one euros"), ("91", "quatre-vingt-onze euros", "ninety-one euros"),
    ("200", "deux cents euros", "two hundred euros"),
    ("280.50", "deux cent quatre-vingts euros et cinquante centimes", "two hundred and eighty euros and fifty cents"),
    ("1000", "mille euros", "one thousand euros"), ("80000", "quatre-vingt mille euros", "eighty thousand euros"),
    ("200000", "deux cent mille euros", "two hundred thousand euros"),
    ("1000000", "un million d’euros", "one million euros"),
    ("200000000", "deux cents millions d’euros", "two hundred million euros"),
    ("0.01", "un centime", "one cent"),
    ("2300080.01", "deux millions trois cent mille quatre-vingts euros et un centime",
     "two million three hundred thousand and eighty euros and one cent")])
def test_a_sum_is_said_as_a_deed_says_it(amount: str, french: str, english: str) -> None:
    assert spelled(Decimal(amount), "fr") == french
    assert spelled(Decimal(amount), "en") == english


@given(st.integers(0, 999_999_999_999), st.integers(0, 999_999_999_999))
def test_two_numbers_are_never_said_alike(one: int, other: int) -> None:
    for language in ("fr", "en"):
        assert (in_words(one, language) == in_words(other, language)) == (one == other)


@given(st.integers(0, 999_999_999_999))
def test_a_number_is_said_in_letters_alone(number: int) -> None:
    assert re.fullmatch(r"[a-zéû\- ]+", in_words(number, "fr")) and "_" not in in_words(number, "en")
