"""Dates and amounts of a ledger: each way of writing reads alike, and what leaves a doubt is refused."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vismajor.case.ledger_values import Amounts, Dates, Senses, is_absurd


def amounts() -> Amounts:
    return Amounts(str.strip)


@pytest.mark.parametrize(("written", "cents"), [
    ("1234,56", 123_456), ("0,00", 0), ("", 0), ("  ", 0), ("1,5 ", 150), (" 1,50 ", 150), ("12", 1_200),
    ("12,5", 1_250), ("12,", 1_200), (",50", 50),
    ("1234.56", 123_456), ("1 234,56", 123_456), ("1\u00a0234\u00a0567,80", 123_456_780), ("1\u202f234,5", 123_450),
    ("1.234,56", 123_456), ("1,234.56", 123_456), ("1'234.56", 123_456), (" 000000000000123,45", 12_345),
    ("-12,00", -1_200), ("12,00-", -1_200), ("+12,00", 1_200), ("12,3400", 1_234),
    ("999999999999,99", 99_999_999_999_999),
])
def test_an_amount_reads_the_same_however_it_is_written(written, cents):
    assert amounts()[written] == cents
    assert amounts().column([written, "0,00", "5,10"]) == [cents, 0, 510]


@pytest.mark.parametrize("written", [
    "abc", "=cmd|'/c calc'!A1", "12,345", "1.234", "1.234.56", "1,2,3", "1_000,00", "1e3", "NaN", "--5,00", "-5,00-",
    "12 34,00",
    "1 23,00", "²,00", "12,00 €", "(12,00)", "-", ",", ",-0", ",+5", "1, 5", "1000000000000,00", "12:00",
])
def test_an_amount_that_leaves_a_doubt_is_refused(written):
    assert amounts()[written] is None
    assert amounts().column([written, "0,00", "5,10"]) == [None, 0, 510]


def test_what_was_tolerated_is_remembered():
    found = amounts()
    assert (found.column(["1,00", "", "2,50"]), found.seen) == ([100, 0, 250], set())
    assert (found["1.50"], found.seen) == (150, {"point"})
    assert (found["1 000,00"], found.seen) == (100_000, {"point", "thousands"})


@given(st.lists(st.integers(-10**13, 10**13), max_size=50))
def test_a_column_of_amounts_is_its_amounts_one_by_one(cents):
    written = [f"{'-' * (amount < 0)}{abs(amount) // 100},{abs(amount) % 100:02d}" for amount in cents]
    assert amounts().column(written) == cents == [amounts()[text] for text in written]


@settings(max_examples=500)
@given(st.lists(st.text("0123456789,.- +_'\u00a0", max_size=8), max_size=5))
def test_a_column_refuses_what_is_refused_alone(written):
    assert amounts().column(written) == [amounts()[text] for text in written]


def test_a_full_memory_of_amounts_reads_on(monkeypatch):
    monkeypatch.setattr("vismajor.case.ledger_values._MOST_KEPT", 2)
    found = amounts()
    assert [found[f"{number}.00"] for number in range(9)] == [100 * number for number in range(9)]
    assert len(found) <= 2


@pytest.mark.parametrize(("text", "absurd"), [("1000000000000,00", True), ("000000000000012,00", False),
    ("abc", False)])
def test_a_number_too_large_is_told_from_a_text(text, absurd):
    assert is_absurd(text) is absurd


@pytest.mark.parametrize(("written", "way"), [
    ("20190331", "AAAAMMJJ"), (" 20190331 ", "AAAAMMJJ"), ("2019-03-31", "AAAA-MM-JJ"),
    ("2019-03-31T00:00:00", "AAAA-MM-JJ"),
    ("2019/03/31", "AAAA-MM-JJ"), ("31/03/2019", "JJ/MM/AAAA"), ("31/3/2019", "JJ/MM/AAAA"),
    ("31.03.2019", "JJ/MM/AAAA"),
    ("31/03/2019 00:00", "JJ/MM/AAAA"),
])
def test_a_date_reads_the_same_however_it_is_written(written, way):
    dates = Dates()
    assert dates[written] == dt.date(2019, 3, 31).toordinal()
    assert dates.seen == {way}


@pytest.mark.parametrize("written", ["", "20190230", "20191301", "2019", "00000000", "02190331", "99990101", "hier",
                                     "31/03/19", "03/31/2019", "190331", "201903311"])
def test_what_is_no_date_of_our_times_is_refused(written):
    assert Dates()[written] == 0


@pytest.mark.parametrize(("written", "side"), [("D", 1), ("d", 1), ("+1", 1), ("1", 1), ("+ 1", 1), ("Débit", None),
    ("C", -1),
                                               (" c ", -1), ("-1", -1), ("", None), ("X", None), ("0", None)])
def test_sens_is_debit_or_credit_or_refused(written, side):
    assert Senses()[written] == side
