"""The models of a case: what follows from its dates, its clauses, its exhibits."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.conftest import ROOT
from vismajor import load_case
from vismajor.case.contracts import Cap, Contract
from vismajor.case.facts import Fact
from vismajor.case.heads import StaffHours
from vismajor.case.models import Exhibit
from vismajor.case.offers import Offer
from vismajor.case.series import month_name, month_number


@pytest.fixture(scope="module")
def case():
    return load_case(ROOT / "tests" / "good" / "minimal")


@given(st.integers(12, 9999 * 12 + 11))
def test_a_month_and_its_number_turn_into_each_other(number):
    assert month_number(month_name(number)) == number


def test_an_exhibit_dated_by_its_month_is_known_from_the_last_day_of_it(case):
    assert [e.available_from for e in case.file.exhibits] == [dt.date(2023, 9, 30), dt.date(2023, 12, 15)]
    assert list(case.at(dt.date(2023, 9, 29)).exhibits_known) == []
    assert list(case.at(dt.date(2023, 9, 30)).exhibits_known) == ["P1"]


def test_a_fact_that_rests_on_later_exhibits_alone_is_unknown(case):
    early = case.at(dt.date(2023, 7, 31))
    assert early.known(case.file.facts) == {}
    assert case.known(case.file.facts) == case.file.facts
    stated = {"a.b": Fact(value=True), "a.c": Fact(value=True, exhibits=("P1", "P2"))}
    assert list(case.at(dt.date(2023, 10, 1)).known(stated)) == ["a.b", "a.c"]
    assert list(early.known(stated)) == ["a.b"]


def test_another_date_of_knowledge_changes_nothing_else(case):
    other = case.at(dt.date(2023, 8, 1))
    assert other.as_of == dt.date(2023, 8, 1)
    assert other.file.model_copy(update={"as_of": case.as_of}) == case.file
    assert (other.books, other.hashes) == (case.books, case.hashes)


def test_a_renewal_governs():
    contract = Contract(terms="t", concluded=dt.date(2016, 1, 1), monthly_fees=Decimal(10))
    assert contract.governing_date == dt.date(2016, 1, 1)
    assert contract.model_copy(update={"renewed": dt.date(2020, 1, 1)}).governing_date == dt.date(2020, 1, 1)


def test_a_ceiling_is_an_amount_or_months_of_fees(case):
    contract = case.claims[0].contract
    for cap, expected in ((None, None), (Cap(amount=Decimal("679.09")), Decimal("679.09")),
                          (Cap(months_of_fees=6), Decimal("120.00") * 6)):
        terms = case.terms_of(contract).model_copy(update={"cap": cap})
        file = case.file.model_copy(update={"contracts": (terms,)})
        assert case.model_copy(update={"file": file}).cap_of(contract) == expected


@pytest.mark.parametrize("fields", [{}, {"amount": 1, "months_of_fees": 6}, {"months_of_fees": 0},
                                    {"months_of_fees": 121}, {"months_of_fees": True}, {"amount": -1}])
def test_a_ceiling_that_is_none_is_refused(fields):
    with pytest.raises(ValidationError):
        Cap(**fields)


def test_a_bare_value_is_an_admitted_fact():
    assert Fact.model_validate(True) == Fact(value=True, status="admitted")
    assert Fact.model_validate("fire").value == "fire"
    assert Fact.model_validate(Decimal("2.50")).value == Decimal("2.50")


@pytest.mark.parametrize("stated", [
    None, {}, {"value": True, "between": [1, 2]}, {"between": [2, 1]}, {"between": [1]}, {"between": 1},
    {"value": [1]}, {"value": True, "otherwise": [1]}, {"estimate": {"low": 2, "likely": 1, "high": 3}}, [True],
])
def test_a_fact_has_exactly_one_value_and_is_told_once(stated):
    with pytest.raises(ValidationError) as caught:
        Fact.model_validate(stated)
    assert caught.value.error_count() == 1


def test_what_is_written_is_not_converted_in_silence():
    head = {"id": "h", "duties": ["data"], "kind": "staff_hours", "hourly_rate": 40}
    offer = {"id": "o", "date": "2023-01-01", "by": "respondent", "amount": 1, "form": {"fr": "x", "en": "x"}}
    assert StaffHours.model_validate({**head, "hours": Decimal("1.5")}).hours == Decimal("1.5")
    assert Offer.model_validate({**offer, "in_cash": False}).in_cash is False
    for model, data in ((StaffHours, {**head, "hours": "12"}), (StaffHours, {**head, "hours": -1}),
                        (Offer, {**offer, "in_cash": "no"}), (Offer, {**offer, "in_cash": 1}),
                        (Offer, {**offer, "to": "durand"}), (Exhibit, {"id": "P1", "title": 12, "date": "2023"})):
        with pytest.raises(ValidationError) as caught:
            model.model_validate(data)
        assert caught.value.error_count() == 1
