"""Interest: control values to the cent, each line recomputed by hand, and what holds for all sums and days."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.damages.interest import (
    Interest,
    interest_factor,
    interest_start,
    late_payment_interest,
    legal_interest,
)
from vismajor.law.rates import Creditor, Rates
from vismajor.law.reader import read_law
from vismajor.reading.problems import InvalidInput

FOUND = read_law("fr").rates
assert FOUND is not None
RATES: Rates = FOUND
TEN_THOUSAND = Decimal("10000.00")
NEW_YEAR = dt.date(2023, 1, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def legal(first: str, until: str, principal: Decimal = TEN_THOUSAND, creditor: Creditor = "business",
          **more: object) -> Interest:
    return legal_interest(principal, day(first), day(until), RATES, creditor, **more)  # type: ignore[arg-type]


def rows(interest: Interest) -> list[tuple[str, int, str, str, str]]:
    return [(str(s.first), s.days, str(s.rate), str(s.principal), str(s.amount)) for s in interest.segments]


def test_a_year_over_two_half_years_is_the_control_value() -> None:
    found = legal("2023-01-01", "2024-01-01")
    assert rows(found) == [("2023-01-01", 181, "2.06", "10000.00", "102.15"),
                           ("2023-07-01", 184, "4.22", "10000.00", "212.73")]
    assert found.amount == Decimal("314.88")
    assert found.total == Decimal("10314.88")
    assert not found.unconfirmed


def test_a_person_has_the_other_column() -> None:
    assert legal("2023-01-01", "2024-01-01", creditor="person").amount == Decimal("221.66") + Decimal("343.80")


def test_the_first_day_counts_and_the_last_does_not() -> None:
    assert sum(s.days for s in legal("2026-05-01", "2026-07-01").segments) == 61
    one_day = legal("2024-06-30", "2024-07-01")
    assert rows(one_day) == [("2024-06-30", 1, "5.07", "10000.00", "1.39")]
    assert rows(legal("2024-07-01", "2024-07-02")) == [("2024-07-01", 1, "4.92", "10000.00", "1.35")]


def test_a_leap_year_is_divided_by_365_as_well() -> None:
    assert rows(legal("2024-01-01", "2024-07-01")) == [("2024-01-01", 182, "5.07", "10000.00", "252.81")]


def test_every_line_can_be_recomputed_from_what_it_shows() -> None:
    found = legal("2019-03-10", "2025-11-02", Decimal("48210.55"), capitalised=True, enforceable_on=day("2023-02-01"))
    grown = Decimal(0)
    for line in found.segments:
        assert line.days == (line.until - line.first).days
        exact = line.principal * line.days * line.rate / 36500
        assert abs(line.amount - exact) <= Decimal("0.005")
        grown += line.amount
        assert line.cumulative == grown
    assert found.amount == grown


def test_the_rate_rises_on_the_day_after_two_months_from_enforceability() -> None:
    found = legal("2024-01-01", "2024-07-01", enforceable_on=day("2024-01-15"))
    assert rows(found) == [("2024-01-01", 75, "5.07", "10000.00", "104.18"),
                           ("2024-03-16", 107, "10.07", "10000.00", "295.20")]
    end_of_month = legal("2024-01-01", "2024-07-01", enforceable_on=day("2023-12-31"))
    assert [str(line.first) for line in end_of_month.segments] == ["2024-01-01", "2024-03-01"]


def test_interest_that_began_after_the_rise_has_the_higher_rate_from_its_first_day() -> None:
    assert [s.rate for s in legal("2024-02-01", "2024-03-01", enforceable_on=day("2023-01-01")).segments] == [
        Decimal("10.07")]


def test_only_the_interest_of_whole_years_bears_interest() -> None:
    found = legal("2023-01-01", "2024-07-01", capitalised=True)
    assert rows(found)[-1] == ("2024-01-01", 182, "5.07", "10314.88", "260.77")
    assert found.amount == Decimal("314.88") + Decimal("260.77")
    less_than_a_year = legal("2023-01-02", "2024-01-01", capitalised=True)
    assert rows(less_than_a_year) == rows(legal("2023-01-02", "2024-01-01"))


def test_interest_joins_the_principal_not_before_it_was_asked_for() -> None:
    found = legal("2021-03-15", "2023-06-01", capitalised=True, capitalised_from=day("2022-06-01"))
    bearing = {str(line.first): line.principal for line in found.segments}
    first_year = sum(s.amount for s in found.segments if s.until <= day("2022-03-15"))
    second_year = sum(s.amount for s in found.segments if day("2022-03-15") <= s.first and s.until <= day("2023-03-15"))
    assert bearing["2022-03-15"] == TEN_THOUSAND
    assert bearing["2022-06-01"] == TEN_THOUSAND + first_year  # what ran since March has not run for a year
    assert bearing["2023-03-15"] == TEN_THOUSAND + first_year + second_year
    asked_early = legal("2021-03-15", "2023-06-01", capitalised=True, capitalised_from=day("2020-01-01"))
    assert asked_early == legal("2021-03-15", "2023-06-01", capitalised=True)


def test_a_year_that_begins_on_a_leap_day_ends_on_the_last_of_february() -> None:
    found = legal("2020-02-29", "2022-03-01", capitalised=True)
    changes = [str(b.first) for a, b in zip(found.segments, found.segments[1:], strict=False)
               if a.principal != b.principal]
    assert changes == ["2021-02-28", "2022-02-28"]


def test_a_rate_that_is_not_confirmed_marks_the_result() -> None:
    assert not legal("2026-01-01", "2026-07-01").unconfirmed
    assert legal("2026-01-01", "2026-07-02").unconfirmed


def test_beyond_the_table_nothing_is_guessed() -> None:
    with pytest.raises(InvalidInput) as caught:
        legal("2026-01-01", "2027-01-02")
    assert [p.code for p in caught.value.problems] == ["rate_beyond_table"]
    with pytest.raises(InvalidInput):
        late_payment_interest(TEN_THOUSAND, day("2014-01-01"), day("2015-01-01"), RATES)
    held = RATES.held_until(day("2028-12-31"))
    assert legal_interest(TEN_THOUSAND, day("2026-12-31"), day("2027-01-02"), held, "business").unconfirmed


def test_late_payment_adds_the_points_and_one_fee() -> None:
    found = late_payment_interest(Decimal("7300.00"), day("2024-07-01"), day("2024-07-11"), RATES)
    assert rows(found) == [("2024-07-01", 10, "14.25", "7300.00", "28.50")]
    assert found.total == Decimal("7368.50")
    assert not found.unconfirmed


def test_an_invoice_paid_in_time_bears_neither_interest_nor_fee() -> None:
    assert late_payment_interest(TEN_THOUSAND, day("2024-07-01"), day("2024-07-01"), RATES).total == TEN_THOUSAND


def test_late_payment_rounds_each_line_down_and_legal_interest_to_the_nearest_cent() -> None:
    # 100 € for 4 days at 14.25 %: 0.1562 €, for 5 days: 0.1952 €; for 63 days at 4.92 %: 0.8492 €, for 7 days: 0.0944 €
    late = late_payment_interest(Decimal(100), day("2024-07-01"), day("2024-07-05"), RATES)
    assert late.amount == Decimal("0.15")
    assert late_payment_interest(Decimal(100), day("2024-07-01"), day("2024-07-06"), RATES).amount == Decimal("0.19")
    assert legal("2024-07-01", "2024-09-02", Decimal(100)).amount == Decimal("0.85")
    assert legal("2024-07-01", "2024-07-08", Decimal(100)).amount == Decimal("0.09")
    assert legal("2024-07-01", "2024-07-09", Decimal(100)).amount == Decimal("0.11")


def test_a_sum_of_money_bears_interest_from_notice_and_damages_from_the_judgment() -> None:
    notice, judgment, chosen = day("2021-06-01"), day("2023-01-26"), day("2021-12-31")
    assert interest_start("restitution", notice, judgment, RATES) == notice
    assert interest_start("invoice", notice, None, RATES) == notice
    assert interest_start("damages", notice, judgment, RATES) == judgment
    assert interest_start("damages", notice, judgment, RATES, decided=chosen) == chosen
    assert interest_start("restitution", notice, judgment, RATES, decided=chosen) == notice
    assert interest_start("damages", notice, None, RATES) is None
    assert interest_start("invoice", None, judgment, RATES) is None


def test_a_sum_of_a_kind_that_the_pack_does_not_have_is_told() -> None:
    with pytest.raises(InvalidInput) as caught:
        interest_start("damage", None, None, RATES)
    assert "Did you mean “damages”?" in str(caught.value)


def test_the_factor_of_one_euro_is_the_interest_without_rounding() -> None:
    assert interest_factor(NEW_YEAR, day("2024-01-01"), RATES, "business") == pytest.approx(
        (2.06 * 181 + 4.22 * 184) / 36500, abs=1e-15)
    assert interest_factor(NEW_YEAR, NEW_YEAR, RATES, "business") == 0.0


DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2027, 1, 1))
SUMS = st.decimals(0, 10_000_000, places=2)
CREDITORS = st.sampled_from(["business", "person"])


def tolerance(*found: Interest) -> Decimal:
    """Half a cent for each line that was rounded."""
    return Decimal("0.005") * sum(len(one.segments) for one in found)


@given(SUMS, st.lists(DAYS, min_size=3, max_size=3), CREDITORS)
def test_simple_interest_adds_up_over_any_day_between(principal: Decimal, days: list[dt.date], who: Creditor) -> None:
    first, between, until = sorted(days)
    one, two, whole = (legal_interest(principal, a, b, RATES, who)
                       for a, b in ((first, between), (between, until), (first, until)))
    assert abs(one.amount + two.amount - whole.amount) <= tolerance(one, two, whole)
    exact = interest_factor(first, between, RATES, who) + interest_factor(between, until, RATES, who)
    assert exact == pytest.approx(interest_factor(first, until, RATES, who), abs=1e-12)


@given(SUMS, DAYS, st.lists(DAYS, min_size=2, max_size=2), CREDITORS, st.booleans())
def test_more_days_never_bring_less(principal: Decimal, first: dt.date, ends: list[dt.date], who: Creditor,
                                    capitalised: bool) -> None:
    sooner, later = (legal_interest(principal, first, end, RATES, who, capitalised=capitalised) for end in sorted(ends))
    assert sooner.amount <= later.amount


@given(SUMS, DAYS, DAYS, CREDITORS)
def test_an_empty_period_brings_nothing(principal: Decimal, one: dt.date, other: dt.date, who: Creditor) -> None:
    first, until = max(one, other), min(one, other)
    for found in (legal_interest(principal, first, until, RATES, who, capitalised=True),
                  late_payment_interest(principal, first, until, RATES)):
        assert (found.amount, found.segments, found.total) == (0, (), principal)


@given(SUMS, SUMS, DAYS, DAYS, CREDITORS, st.booleans())
def test_interest_is_proportional_to_the_principal_up_to_the_rounding(
        one: Decimal, other: Decimal, a: dt.date, b: dt.date, who: Creditor, capitalised: bool) -> None:
    parts = [legal_interest(sum_, min(a, b), max(a, b), RATES, who, capitalised=capitalised)
             for sum_ in (one, other, one + other)]
    # what is rounded in one year bears interest in the next: at most 8.16 % a year over twelve years
    assert abs(parts[0].amount + parts[1].amount - parts[2].amount) <= 2 * tolerance(*parts)


@given(SUMS, DAYS, DAYS, DAYS, CREDITORS)
def test_capitalised_interest_is_never_less_than_simple_interest(
        principal: Decimal, a: dt.date, b: dt.date, asked: dt.date, who: Creditor) -> None:
    first, until = min(a, b), max(a, b)
    simple = legal_interest(principal, first, until, RATES, who)
    late = legal_interest(principal, first, until, RATES, who, capitalised=True, capitalised_from=asked)
    early = legal_interest(principal, first, until, RATES, who, capitalised=True)
    assert late.amount >= simple.amount - tolerance(simple, late)  # its lines are cut, and rounded, more often
    assert early.amount >= late.amount - tolerance(late, early)
    assert interest_factor(first, until, RATES, who, capitalised=True) >= interest_factor(first, until, RATES, who)
