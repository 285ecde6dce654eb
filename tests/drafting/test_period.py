"""Months as a French and an English reader say them."""

from __future__ import annotations

import pytest

from vismajor.drafting.period import months_said, period_said


@pytest.mark.parametrize(("first", "last", "french", "english"), [
    ("2021-03", "2021-10", "de mars à octobre 2021", "March to October 2021"),
    ("2018-03", "2021-02", "de mars 2018 à février 2021", "March 2018 to February 2021"),
    ("2021-04", "2021-08", "d’avril à août 2021", "April to August 2021"),
    ("2020-10", "2021-01", "d’octobre 2020 à janvier 2021", "October 2020 to January 2021"),
    ("2021-03", "2021-03", "mars 2021", "March 2021"),
])
def test_a_period_is_said_by_the_names_of_its_months(first: str, last: str, french: str, english: str) -> None:
    assert period_said(first, last, "fr") == french
    assert period_said(first, last, "en") == english


def test_months_that_follow_each_other_are_said_together() -> None:
    assert months_said("2020-12, 2021-01, 2021-04", "fr") == "de décembre 2020 à janvier 2021, avril 2021"
    assert months_said("2021-04", "fr") == "avril 2021"


def test_what_is_no_month_stays_as_it_is() -> None:
    assert months_said("12, 13", "fr") == "12, 13"
