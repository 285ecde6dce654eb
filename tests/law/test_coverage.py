"""A pack over time: gaps are found, and the shipped pack has none."""

from __future__ import annotations

import datetime as dt

from tests.reasoning.small_law import fact, issue, law, rule
from vismajor.law.coverage import gaps, months, rules_at
from vismajor.law.models import Law


def test_the_shipped_pack_can_be_argued_both_ways_each_month_since_2010(french_law: Law) -> None:
    assert gaps(french_law, dt.date(2026, 11, 1)) == []


def test_months_are_all_there_once() -> None:
    assert list(months(dt.date(2020, 11, 15), dt.date(2021, 2, 1))) == [
        dt.date(2020, 11, 1), dt.date(2020, 12, 1), dt.date(2021, 1, 1), dt.date(2021, 2, 1)]


def test_a_time_without_a_rule_on_one_side_is_a_gap() -> None:
    pack = law({"a.b": fact()}, [issue("i")], [
        rule("old", ["a.b"], {"for": "i"}, "weak", in_force={"to": "2010-03-31"}),
        rule("new", ["a.b"], {"for": "i"}, "weak", known_from="2010-06-15"),
        rule("con", ["a.b"], {"against": "i"}, "weak")])
    (gap,) = gaps(pack, dt.date(2010, 12, 1))
    assert (gap.issue, gap.side, gap.first, gap.last) == ("i", "for", dt.date(2010, 4, 1), dt.date(2010, 6, 1))


def test_a_gap_that_never_closes_lasts_to_the_end() -> None:
    pack = law({"a.b": fact()}, [issue("i")], [rule("con", ["a.b"], {"against": "i"}, "weak")])
    (gap,) = gaps(pack, dt.date(2010, 5, 1))
    assert (gap.side, gap.first, gap.last) == ("for", dt.date(2010, 1, 1), dt.date(2010, 5, 1))


def test_an_old_contract_that_nothing_argues_any_more_is_a_gap() -> None:
    pack = law({"a.b": fact()}, [issue("i")], [
        rule("new", ["a.b"], {"for": "i"}, "weak", in_force={"from": "2016-10-01"}),
        rule("old", ["a.b"], {"for": "i"}, "weak", in_force={"to": "2016-09-30"}, known_to="2019-12-31"),
        rule("con", ["a.b"], {"against": "i"}, "weak")])
    (gap,) = gaps(pack, dt.date(2020, 6, 1))
    assert (gap.side, gap.first, gap.last) == ("for", dt.date(2020, 1, 1), dt.date(2020, 6, 1))


def test_an_issue_that_nobody_asked_yet_has_no_gap() -> None:
    pack = law({"a.b": fact()}, [issue("i", known_from="2024-12-30")], [
        rule("pro", ["a.b"], {"for": "i"}, "weak", known_from="2024-12-30"),
        rule("con", ["a.b"], {"against": "i"}, "weak", known_from="2024-12-30")])
    assert gaps(pack, dt.date(2025, 6, 1)) == []


def test_rules_count_from_their_decision_to_its_reversal() -> None:
    pack = law({"a.b": fact()}, [issue("i")], [
        rule("first", ["a.b"], {"for": "i"}, "weak", known_from="2023-01-26", known_to="2025-04-23")])
    days = ((2023, 1, 25), (2023, 1, 26), (2025, 4, 23), (2025, 4, 24))
    known = [bool(rules_at(pack, dt.date(*day))) for day in days]
    assert known == [False, True, True, False]


def test_the_contract_has_its_own_date() -> None:
    pack = law({"a.b": fact()}, [issue("i")],
               [rule("new", ["a.b"], {"for": "i"}, "weak", in_force={"from": "2016-10-01"})])
    assert rules_at(pack, dt.date(2020, 1, 1))
    assert not rules_at(pack, dt.date(2020, 1, 1), governing=dt.date(2015, 1, 1))
