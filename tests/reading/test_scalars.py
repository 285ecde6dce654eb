"""Dates, money, shares and texts: what is taken, what is refused, and with which words."""

import datetime as dt
from decimal import Decimal
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from vismajor.reading import scalars
from vismajor.reading.scalars import (
    YEARS,
    Bilingual,
    Estimate,
    Period,
    Strict,
    first_day,
    is_date,
    is_partial_date,
    last_day,
)

READ = {name: TypeAdapter(getattr(scalars, name)) for name in (
    "IsoDate", "PartialDate", "Month", "Money", "Number", "NotNegative", "Share", "Text", "Id", "Flag", "ShareEstimate",
)}


def refusal(name: str, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        READ[name].validate_python(value)
    (error,) = caught.value.errors()
    return error["type"]


@pytest.mark.parametrize(("name", "value", "read"), [
    ("IsoDate", "2024-02-29", dt.date(2024, 2, 29)), ("IsoDate", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
    ("PartialDate", "2024-02", "2024-02"), ("PartialDate", 2024, "2024"), ("Month", "2024-12", "2024-12"),
    ("Money", 12, Decimal("12.00")), ("Money", Decimal("12.5"), Decimal("12.50")), ("Money", 0, Decimal("0.00")),
    ("Share", 1, 1.0), ("Share", Decimal("0.25"), 0.25), ("Text", "  a\n  b ", "a b"), ("Id", "P1.a_b-c", "P1.a_b-c"),
    ("NotNegative", 0, Decimal(0)), ("Number", -3, Decimal(-3)), ("Flag", True, True),
])
def test_what_is_well_written_is_read(name, value, read):
    result = READ[name].validate_python(value)
    assert result == read
    assert str(result) == str(read)


@pytest.mark.parametrize(("name", "value", "kind"), [
    ("IsoDate", "2023-02-29", "not_a_date"), ("IsoDate", "20230228", "not_a_date"), ("IsoDate", 2023, "not_a_date"),
    ("IsoDate", "2023-2-28", "not_a_date"), ("IsoDate", "٢٠٢٣-02-28", "not_a_date"), ("IsoDate", None, "not_a_date"),
    ("IsoDate", "1799-12-31", "date_far_off"), ("IsoDate", "2200-01-01", "date_far_off"),
    ("PartialDate", "0001", "date_far_off"), ("PartialDate", "9999-12", "date_far_off"),
    ("PartialDate", "2023-13", "not_a_date"), ("PartialDate", True, "not_a_date"),
    ("PartialDate", "0000", "not_a_date"), ("PartialDate", "23", "not_a_date"),
    ("Month", "2023-00", "not_a_month"), ("Month", "2023-1", "not_a_month"),
    ("Month", "0000-01", "not_a_month"), ("Month", 2023, "not_a_month"), ("Money", -1, "not_money"),
    ("Money", Decimal("0.001"), "not_money"), ("Money", 10**12, "not_money"), ("Money", "12", "not_a_number"),
    ("Money", True, "not_a_number"), ("Share", Decimal("1.01"), "not_a_share"), ("Share", -1, "not_a_share"),
    ("Share", "0.5", "not_a_number"), ("NotNegative", -1, "negative_number"), ("Number", 0.5, "not_a_number"),
    ("Text", " \n", "not_text"), ("Text", 12, "not_text"), ("Id", "été", "string_pattern_mismatch"),
    ("Id", "a b", "string_pattern_mismatch"), ("Id", "", "string_pattern_mismatch"),
    ("Id", "a" * 81, "string_too_long"),
    ("Flag", "no", "bool_type"), ("Flag", 1, "bool_type"),
    ("ShareEstimate", {"low": 0, "likely": 1, "high": 2}, "not_a_share"),
    ("ShareEstimate", {"low": 1, "likely": 0, "high": 1}, "estimate_out_of_order"),
])
def test_what_is_ill_written_is_refused_once_for_its_reason(name, value, kind):
    assert refusal(name, value) == kind


@given(st.dates(min_value=dt.date(YEARS.start, 1, 1), max_value=dt.date(YEARS.stop - 1, 12, 31)))
def test_the_last_day_that_a_partial_date_may_mean_is_never_before_the_day(day):
    whole, month, year = day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"
    assert last_day(whole) == day <= last_day(month) <= last_day(year) == dt.date(day.year, 12, 31)
    assert first_day(year) == dt.date(day.year, 1, 1)
    assert (first_day(month), first_day(whole)) == (day.replace(day=1), day)
    assert (last_day(month) + dt.timedelta(1)).day == 1
    for text in (whole, month, year):
        assert is_partial_date(text)
        assert READ["PartialDate"].validate_python(text) == text
    assert is_date(whole)
    assert not is_date(month)
    assert not is_partial_date(f"{month}-32")


@given(st.text(max_size=12) | st.integers() | st.none() | st.booleans() | st.decimals())
def test_no_value_whatever_ends_in_another_error(value):
    for adapter in READ.values():
        try:
            adapter.validate_python(value)
        except ValidationError as error:
            assert error.error_count() == 1


@given(st.dates(), st.dates(), st.dates())
def test_a_period_covers_its_ends_and_what_lies_between(first, second, day):
    start, end = sorted((first, second))
    period = Period(from_=start, to=end)
    assert period.covers(start)
    assert period.covers(end)
    assert period.covers(day) == (start <= day <= end)
    assert Period().covers(day)
    assert Period(to=end).covers(day) == (day <= end)
    if start < end:
        with pytest.raises(ValidationError, match="not before"):
            Period(from_=end, to=start)


def test_an_estimate_rises():
    assert Estimate(low=1, likely=1, high=1).likely == 1
    with pytest.raises(ValidationError):
        Estimate(low=3, likely=2, high=4)


def test_a_bilingual_text_says_itself_in_each_language():
    text = Bilingual(fr="bail", en="lease")
    assert (text.in_language("fr"), text.in_language("en")) == ("bail", "lease")


class _Pair(Strict):
    one: int
    other: int

    @cached_property
    def total(self) -> int:
        return self.one + self.other


def test_a_copy_with_other_values_keeps_nothing_that_was_worked_out_from_the_old_ones():
    pair = _Pair(one=1, other=2)
    assert pair.total == 3
    copy = pair.model_copy(update={"other": 5})
    assert (copy.total, pair.total) == (6, 3)
    assert copy == _Pair(one=1, other=5)
