"""The short conditions of a rule: what is read, what is refused, and that text and condition are two ways to say it."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from vismajor.law.conditions import Condition


@pytest.mark.parametrize(("text", "condition"), [
    ("event.usual_risk", Condition("event.usual_risk")),
    (" not  event.usual_risk ", Condition("event.usual_risk", "=", (False,))),
    ("breach", Condition("breach")),
    ("event.kind = fire | theft", Condition("event.kind", "=", ("fire", "theft"))),
    ("event.kind != fire", Condition("event.kind", "!=", ("fire",))),
    ("a.b = true", Condition("a.b")), ("a.b = false", Condition("a.b", "=", (False,))),
    ("a.b != true", Condition("a.b", "!=", (True,))),
    ("site.distance_m<50", Condition("site.distance_m", "<", (Decimal(50),))),
    ("site.distance_m >= -2.50", Condition("site.distance_m", ">=", (Decimal("-2.50"),))),
    ("contract.governing_date < 2016-10-01", Condition("contract.governing_date", "<", (dt.date(2016, 10, 1),))),
])
def test_a_condition_is_read(text, condition):
    assert Condition.parse(text) == condition


@pytest.mark.parametrize("text", [
    "", "not a.b = c", "Event.kind", "a..b", ".a", "a.", "a b", "a.b =", "= c", "a.b = |", "a.b = c |", "a.b = c || d",
    "a.b = c = d", "a.b = c d", "a.b < c", "a.b < true", "a.b < 1 | 2", "a.b == c", "a.b > 2023-02-30",
    "a.b = 2023-02-30", "a.b\n= c\nd", "é.b", "a.b & c.d",
])
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ValueError, match=rf"^{re.escape(text)}$|isoformat|month|day"):
        Condition.parse(text)


@pytest.mark.parametrize("value", [None, 12, True, ["a.b"], {"a.b": True}, "a b"])
def test_in_a_file_what_is_no_condition_is_one_problem(value):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Condition).validate_python(value)
    assert [error["type"] for error in caught.value.errors()] == ["bad_condition"]


def test_a_name_with_a_dot_is_a_fact_and_one_without_an_issue():
    assert Condition.parse("breach").on_issue
    assert not Condition.parse("a.b").on_issue
    assert Condition.parse("a.b < 3").numeric
    assert not Condition.parse("a.b = 3").numeric


words = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
names = st.builds(".".join, st.lists(words, min_size=1, max_size=3)).filter(lambda n: n != "not")
numbers = st.decimals(-10**9, 10**9, places=2) | st.integers(-10**9, 10**9).map(Decimal)
plain = st.booleans() | words.filter(lambda w: w not in ("true", "false")) | numbers | st.dates(dt.date(1000, 1, 1))
alternatives = st.lists(plain, min_size=1, max_size=4).map(tuple)
equalities = st.builds(Condition, names, st.sampled_from(["=", "!="]), alternatives)
bounds = st.tuples(numbers | st.dates(dt.date(1000, 1, 1)))
comparisons = st.builds(Condition, names, st.sampled_from(["<", "<=", ">", ">="]), bounds)


@given(equalities | comparisons)
def test_a_condition_says_the_text_from_which_it_is_read(condition):
    assert Condition.parse(str(condition)) == condition


@given(st.text(max_size=30) | st.text(alphabet="ab.=<>!| not1-", max_size=20))
def test_no_text_whatever_ends_in_another_error(text):
    try:
        condition = Condition.parse(text)
    except ValueError:
        return
    assert Condition.parse(str(condition)) == condition
