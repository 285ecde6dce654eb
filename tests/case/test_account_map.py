"""Which accounts count: what the case states overrides the default entry by entry."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vismajor.case.account_map import DEFAULT_VARIABLE_COSTS, AccountMap

ACCOUNTS = st.from_regex("[67][0-9]{0,7}", fullmatch=True)


@pytest.mark.parametrize(("account", "share"), [
    ("607000", "1"), ("603700", "1"), ("609000", "1"), ("606110", "0.8"), ("606300", "1"), ("606400", "0"),
    ("611", "1"), ("612200", None), ("613200", None), ("616", None), ("621100", "1"), ("622200", "1"), ("622600", None),
    ("624100", "1"), ("624700", "0"), ("627800", "1"), ("627200", None), ("641000", None), ("681120", None),
    ("706000", None), ("512000", None),
])
def test_the_default_map_takes_what_varies_by_nature(account, share):
    found = AccountMap().variable_share(account)
    assert found == (None if share is None else Decimal(share))


@pytest.mark.parametrize("account", ["706000", "707", "709600", "7085", "708000"])
def test_revenue_is_class_70_with_its_rebates(account):
    assert AccountMap().is_revenue(account)
    assert AccountMap().variable_share(account) is None


@pytest.mark.parametrize("account", ["713000", "740000", "758000", "607000", "170000"])
def test_other_income_is_no_revenue(account):
    assert not AccountMap().is_revenue(account)


def test_what_the_case_states_overrides_one_entry_and_leaves_the_rest():
    using = AccountMap.model_validate({"variable_costs": {611: 0, "613": Decimal("0.25")}})
    assert (using.variable_share("611000"), using.variable_share("613200")) == (Decimal(0), Decimal("0.25"))
    assert {start: share for start, share in using.variable_costs.items() if start in DEFAULT_VARIABLE_COSTS} == (
        DEFAULT_VARIABLE_COSTS | {"611": 0.0})


def test_a_list_of_revenue_replaces_the_default_and_may_be_of_numbers():
    using = AccountMap.model_validate({"revenue": [706, "75"]})
    assert [using.is_revenue(account) for account in ("706000", "758000", "707000")] == [True, True, False]


def test_the_longest_beginning_counts_across_both_sides():
    using = AccountMap.model_validate({"revenue": ["70", "6037"], "variable_costs": {"7096": 1}})
    assert (using.is_revenue("603700"), using.variable_share("603700")) == (True, None)
    assert (using.is_revenue("709600"), using.variable_share("709600")) == (False, Decimal(1))


def test_the_same_beginning_on_both_sides_is_refused():
    with pytest.raises(ValidationError) as caught:
        AccountMap.model_validate({"revenue": ["70", "60"]})
    assert caught.value.errors()[0]["type"] == "account_both_ways"


@given(ACCOUNTS, st.dictionaries(ACCOUNTS.filter(lambda text: text != "70"), st.just(Decimal("0.5"))))
def test_an_account_is_revenue_or_has_a_share_or_neither(account, stated):
    using = AccountMap.model_validate({"variable_costs": stated})
    assert not (using.is_revenue(account) and using.variable_share(account) is not None)
    below = account + "0"
    assert using.is_revenue(below) or using.variable_share(below) is not None or not using.variable_share(account)
