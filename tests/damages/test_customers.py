"""Customers lost: published values, figures recomputed by hand, intervals that cover, and what never changes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vismajor.case.customers import Customer, CustomerBook
from vismajor.case.series import SourceFile
from vismajor.damages.customers import CustomerLoss, customer_value, lost_customers
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.worlds import Worlds

WORLDS = Worlds("test", 1_000)
EVENT = dt.date(2021, 3, 10)
OPENED, CLOSED = dt.date(2017, 1, 1), dt.date(2021, 11, 30)
FILE = SourceFile("clients.csv", "0" * 64, "customers", "utf-8", ";", 0)


def customer(id_: str, start: dt.date, end: dt.date | None = None, margin: str | None = "100") -> Customer:
    return Customer(id_, start, end, None if margin is None else Decimal(margin), None, 2)


def book(*customers: Customer, stated: bool = True) -> CustomerBook:
    return CustomerBook(customers, CLOSED, FILE, (), OPENED if stated else None, stated)


def assess(customers: CustomerBook, counted_from: str = "2021-12", **options) -> CustomerLoss:
    return lost_customers(customers, EVENT, "2021-03", "2021-11", WORLDS, "x", counted_from=counted_from,
                          **{"margin_rate": None, **options})


def list_of(stay: int, before: int, after: int, margin: str = "100") -> CustomerBook:
    """`stay` customers from the opening to the end, `before` that left in 2019, `after` that left in June 2021."""
    return book(*(customer(f"s{i}", dt.date(2015, 1, 1), None, margin) for i in range(stay)),
                *(customer(f"b{i}", dt.date(2015, 1, 1), dt.date(2019, 1, 1 + i), margin) for i in range(before)),
                *(customer(f"a{i}", dt.date(2015, 1, 1), dt.date(2021, 6, 1), margin) for i in range(after)))


def codes(found: CustomerLoss) -> set[str]:
    return {finding.code for finding in found.findings}


# What a customer is worth

def test_the_published_customer_is_worth_what_was_printed():
    retention = 1 - 1 / 7.37
    value = customer_value([-41, 427, 465, 505], retention, 0.10, 40)
    assert value == pytest.approx(1_723.63, rel=1e-3)
    assert value == pytest.approx(
        -41 + 427 * retention / 1.1 + sum((465 if n == 2 else 505) * (retention / 1.1) ** n for n in range(2, 41)))


@pytest.mark.parametrize(("margin", "retention", "discount", "expected"), [
    (100, 0.8, 0.10, 100 * 0.8 / (1 + 0.10 - 0.8)), (505, 0.9, 0.0, 505 * 0.9 / 0.1)])
def test_for_ever_is_the_closed_form(margin, retention, discount, expected):
    assert customer_value([0, margin], retention, discount) == pytest.approx(expected)
    assert customer_value([0, margin], retention, discount, 2_000) == pytest.approx(expected)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=5), st.floats(0, 1), st.floats(0, 0.5), st.integers(0, 60))
def test_a_horizon_is_the_sum_period_by_period(margins, retention, discount, horizon):
    stated = [*margins, *[margins[-1]] * 60][:horizon + 1]
    by_hand = sum(margin * (retention / (1 + discount)) ** n for n, margin in enumerate(stated))
    assert customer_value(margins, retention, discount, horizon) == pytest.approx(by_hand, abs=1e-6, rel=1e-9)


def test_a_customer_kept_for_ever_undiscounted_has_no_value():
    with pytest.raises(ValueError, match="finite"):
        customer_value([0, 1], 1.0, 0.0)
    assert customer_value([0, 1], 1.0, 0.0, 36) == 36


# Figures

def test_the_amount_is_recomputed_from_the_figures_shown():
    found = assess(list_of(90, 8, 10))
    months = (dt.date(2021, 11, 30) - EVENT).days + 1
    seen = 100 * (EVENT - OPENED).days + sum((dt.date(2019, 1, 1 + i) - OPENED).days for i in range(8))
    hazard = 8.5 / (seen / (365.25 / 12))
    assert (found.present, found.left, found.attrition.departures) == (100, 10, 8)
    assert found.attrition.monthly == pytest.approx(1 - np.exp(-hazard))
    assert found.expected_departures == pytest.approx(100 * (1 - np.exp(-hazard * months / (365.25 / 12))))
    assert found.expected_departures == pytest.approx(
        found.present * (1 - (1 - found.attrition.monthly) ** found.window_months))
    assert found.excess == pytest.approx(10 - found.expected_departures)
    assert found.margin == Decimal("100.00")
    retention, discount = 1 - found.attrition.monthly, 1.05 ** (1 / 12) - 1
    value = customer_value([0, 100], retention, discount, 36)
    assert float(found.amount) == pytest.approx(found.excess * value, abs=0.006)
    assert found.discounted_months == pytest.approx(value / 100)
    assert found.remaining_months == pytest.approx(sum(retention**n for n in range(1, 37)))
    assert (len(found.life_table), found.life_table[0].month, found.life_table[-1].month) == (36, "2021-12", "2024-11")
    assert sum(row.share * row.discount for row in found.life_table) == pytest.approx(found.discounted_months)
    assert found.low < found.amount < found.high
    assert found.amounts.shape == found.excesses.shape == (4_000,)


def test_months_of_the_window_are_never_counted_and_later_ones_only_from_the_month_asked():
    soon, now, later = (assess(list_of(90, 8, 10), month) for month in ("2021-10", "2021-12", "2022-03"))
    assert soon.amount == now.amount
    assert "customers_counted_later" in codes(soon) - codes(now)
    retention = 1 - now.attrition.monthly
    assert later.life_table[0].month == "2022-03"
    assert later.discounted_months == pytest.approx(retention**3 * now.discounted_months)
    for found in (now, later):  # the courses are drawn around the amount that is recomputed by hand
        assert found.amounts.mean() == pytest.approx(float(found.amount), rel=0.005)


def test_departures_before_the_event_after_the_window_or_of_newcomers_do_not_count():
    base = list_of(90, 8, 10)
    more = replace(base, customers=(*base.customers,
                                    customer("new", dt.date(2021, 4, 1), dt.date(2021, 5, 1)),
                                    customer("old", dt.date(2010, 4, 1), dt.date(2016, 5, 1))))
    assert (assess(more).left, assess(more).amount) == (10, assess(base).amount)
    early = lost_customers(base, EVENT, "2021-03", "2021-05", WORLDS, "x", counted_from="2021-06", margin_rate=None)
    assert (early.left, early.amount) == (0, Decimal("0.00"))


def test_the_day_of_the_event_is_after_it_and_the_day_before_is_not():
    base = list_of(90, 8, 0)
    for day, left in ((EVENT, 1), (EVENT - dt.timedelta(days=1), 0)):
        found = assess(replace(base, customers=(*base.customers, customer("z", dt.date(2015, 1, 1), day))))
        assert (found.left, found.attrition.departures) == (left, 8 + 1 - left)


def test_revenue_counts_at_the_margin_rate_and_a_stated_margin_goes_first():
    listed = list_of(90, 8, 10)
    revenue = replace(listed, customers=tuple(
        replace(c, monthly_margin=None, monthly_revenue=Decimal("200")) for c in listed.customers))
    assert assess(revenue, margin_rate=Decimal("0.5")).amount == assess(listed).amount
    assert assess(revenue, margin=Decimal("100")).amount == assess(listed).amount
    with pytest.raises(InvalidInput) as caught:
        assess(revenue)
    assert {p.code for p in caught.value.problems} == {"customers_without_margin_rate"}


def test_only_the_margin_of_those_who_left_counts():
    listed = list_of(90, 8, 10)
    richer = replace(listed, customers=tuple(
        replace(c, monthly_margin=Decimal(9_999)) if c.id.startswith("s") else c for c in listed.customers))
    assert assess(richer).amount == assess(listed).amount


def test_which_leaver_would_have_stayed_widens_the_interval():
    same, uneven = list_of(90, 8, 10), list_of(90, 8, 10)
    uneven = replace(uneven, customers=tuple(
        replace(c, monthly_margin=Decimal(910 if c.id == "a0" else 10)) if c.id.startswith("a") else c
        for c in uneven.customers))
    assert assess(uneven).amount == assess(same).amount
    assert float(assess(uneven).high - assess(uneven).low) > 1.2 * float(assess(same).high - assess(same).low)


def test_fewer_departures_than_usual_are_no_gain_to_anybody():
    found = assess(list_of(50, 28, 0))
    assert (found.excess, found.amount, found.low, found.high) == (0.0, Decimal(0), Decimal(0), Decimal(0))
    assert found.excesses.max() <= 0


# What cannot be said

def test_small_lists_say_what_they_cannot_say_and_keep_a_wide_interval():
    found = assess(list_of(3, 0, 2))
    assert {"customers_few", "customers_few_departures"} <= codes(found)
    assert found.attrition.prior_months == 12
    assert found.high > 2 * found.low
    assert not {"customers_few", "customers_few_departures"} & codes(assess(list_of(90, 8, 10)))


def test_a_list_of_those_present_only_says_nothing_of_usual_attrition():
    found = lost_customers(book(*list_of(20, 0, 5).customers, stated=False), EVENT, "2021-03", "2021-11", WORLDS, "x",
                           counted_from="2021-12", margin_rate=None)
    assert (found.attrition.departures, found.attrition.customer_months) == (0, 0.0)
    assert found.attrition.high > 0.1
    assert found.low < Decimal(100)


def test_where_nobody_says_since_when_departures_are_named_the_first_one_opens_the_count():
    found = assess(replace(list_of(90, 8, 10), observed_from=None))
    assert found.attrition.departures == 7
    first = next(f for f in found.findings if f.code == "customers_opened")
    assert dict(first.values)["read"] == "2019-01-01"
    months = (100 * (EVENT - dt.date(2019, 1, 1)).days + sum(range(8))) / (365.25 / 12)
    assert found.attrition.customer_months == pytest.approx(months)


def test_who_left_on_the_day_it_came_or_was_first_seen_was_never_at_risk():
    base = list_of(90, 8, 10)
    day = dt.date(2020, 5, 5)
    odd = replace(base, customers=(*base.customers, customer("o", day, day), customer("p", day, OPENED)))
    assert assess(odd).attrition == assess(base).attrition
    assert np.array_equal(assess(odd).curve.survival, assess(base).curve.survival)


def test_customers_that_cost_more_than_they_bring_are_no_loss():
    found = assess(list_of(90, 8, 10, "-50"))
    assert (found.margin, found.amount, found.low, found.high) == (Decimal("-50.00"), 0, 0, 0)


def test_attrition_that_changed_before_the_event_is_said():
    leaving = [customer(f"l{i}", dt.date(2015, 1, 1), dt.date(2020, 6, 1)) for i in range(12)]
    base = list_of(90, 4, 10)
    assert "customers_attrition_changed" in codes(assess(replace(base, customers=(*base.customers, *leaving))))
    steady = [customer(f"l{i}", dt.date(2015, 1, 1), dt.date(2017 + i % 4, 6, 1)) for i in range(12)]
    assert "customers_attrition_changed" not in codes(assess(replace(base, customers=(*base.customers, *steady))))


@pytest.mark.parametrize(("until", "stated", "fails"), [
    (dt.date(2021, 10, 31), True, True), (dt.date(2021, 11, 2), True, False), (dt.date(2021, 11, 2), False, False)])
def test_a_list_that_ends_before_the_window_is_refused(until, stated, fails):
    listed = replace(list_of(90, 8, 10), observed_until=until, until_stated=stated)
    if fails:
        with pytest.raises(InvalidInput) as caught:
            assess(listed)
        assert [p.code for p in caught.value.problems] == ["customers_list_ends"]
    else:
        days = ((until if stated else dt.date(2021, 11, 30)) - EVENT).days + 1
        assert assess(listed).window_months == pytest.approx(days / (365.25 / 12))


def test_a_list_without_anybody_present_is_refused():
    with pytest.raises(InvalidInput) as caught:
        assess(list_of(0, 8, 0))
    assert [p.code for p in caught.value.problems] == ["customers_none_present"]


# Coverage, on lists simulated with fixed seeds

def simulate(seed: int, customers: int, hazard: float, lost_share: float = 0.0) -> tuple[CustomerBook, int]:
    """A list with constant attrition, newcomers that replace leavers, and the share lost to the event (and how many).

    Those lost would otherwise have stayed through the window.
    """
    draws, listed, extra = np.random.default_rng(seed), [], 0
    for number in range(customers):
        start = OPENED - dt.timedelta(days=int(draws.integers(1, 900)))
        while start < CLOSED:
            days = int(np.ceil(draws.exponential(365.25 / 12 / hazard)))
            end = max(start, OPENED) + dt.timedelta(days=days)
            if start < EVENT and end > CLOSED and draws.random() < lost_share:
                end, extra = EVENT + dt.timedelta(days=int(draws.integers(0, 200))), extra + 1
            listed.append(customer(f"{number}-{start}", start, end if end <= CLOSED else None,
                                   f"{draws.lognormal(5, 0.5):.2f}"))
            start = end + dt.timedelta(days=1)
    return book(*listed), extra


@pytest.mark.parametrize(("customers", "hazard", "lost_share"), [(120, 0.012, 0.0), (60, 0.015, 0.12), (25, 0.02, 0.2)])
def test_the_interval_of_the_excess_covers_what_it_claims(customers, hazard, lost_share):
    covered, means, truths = 0, [], []
    for seed in range(300):
        listed, extra = simulate(seed, customers, hazard, lost_share)
        excesses = assess(listed).excesses
        low, high = np.quantile(excesses, [0.05, 0.95], method="closest_observation")
        covered += low <= extra <= high
        means.append(excesses.mean())
        truths.append(extra)
    assert 0.84 <= covered / 300 <= 0.97
    assert np.mean(means) == pytest.approx(np.mean(truths), abs=0.5)


def test_a_known_excess_is_found_and_none_is_not():
    assert assess(simulate(7, 140, 0.012)[0]).low == 0
    listed, extra = simulate(7, 140, 0.012, 0.15)
    found = assess(listed)
    assert found.low > 0
    assert found.excess == pytest.approx(extra, rel=0.35)
    assert found.excesses[200] <= extra <= found.excesses[-200]


# What never changes

@settings(max_examples=25, deadline=None)
@given(st.integers(10, 40), st.integers(0, 8), st.integers(0, 9), st.integers(0, 500))
def test_one_more_departure_never_lowers_the_loss(stay, before, after, margin):
    listed = list_of(stay, before, after)
    leaver = replace(listed.customers[0], end=dt.date(2021, 9, 3), monthly_margin=Decimal(margin))
    fewer, more = assess(listed), assess(replace(listed, customers=(leaver, *listed.customers[1:])))
    assert more.excess >= fewer.excess
    assert more.amount >= fewer.amount - Decimal("0.01") * more.left * 36  # the mean margin is rounded to the cent
    assert more.low >= fewer.low
    assert more.high >= fewer.high
    assert (more.amounts >= fewer.amounts - 1e-6).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 1_000))
def test_scaling_margins_scales_the_loss(scale):
    listed, _ = simulate(3, 60, 0.012, 0.1)
    scaled = replace(listed, customers=tuple(
        replace(c, monthly_margin=scale * c.monthly_margin) for c in listed.customers))
    one, many = assess(listed), assess(scaled)
    assert many.amounts == pytest.approx(scale * one.amounts)
    assert float(many.amount) == pytest.approx(scale * float(one.amount), rel=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_lines_never_shows(random):
    listed, _ = simulate(4, 40, 0.015, 0.1)
    shuffled = list(listed.customers)
    random.shuffle(shuffled)
    one, two = assess(listed), assess(replace(listed, customers=tuple(shuffled)))
    assert (one.amount, one.low, one.high, one.findings, one.leavers) == (
        two.amount, two.low, two.high, two.findings, two.leavers)
    assert np.array_equal(one.amounts, two.amounts)
    assert np.array_equal(one.curve.survival, two.curve.survival)
