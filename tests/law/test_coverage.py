"""A pack over time: gaps and contradictions are found, and the shipped pack has none."""

from __future__ import annotations

import datetime as dt

from tests.reasoning.small_law import fact, issue, law, rule
from vismajor.law.coverage import clashes, gaps, months, rules_at
from vismajor.law.models import Law


def test_the_shipped_pack_can_be_argued_both_ways_each_month_since_2010(french_law: Law) -> None:
    assert gaps(french_law, dt.date(2026, 11, 1)) == []
    assert clashes(french_law) == []


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


def _knock_outs(for_: list[str], against: list[str], **extra: dict[str, object]) -> Law:
    facts = {"a.b": fact(), "a.c": fact(), "k.k": fact("choice", values=["x", "y", "z"])}
    return law(facts, [issue("i")], [rule("in", for_, {"for": "i"}, "knock_out", **extra.get("in_", {})),
                                     rule("out", against, {"against": "i"}, "knock_out", **extra.get("out", {}))])


def test_two_knock_outs_on_facts_that_can_stand_together_clash() -> None:
    (clash,) = clashes(_knock_outs(["a.b"], ["a.c"]))
    assert (clash.issue, clash.for_, clash.against) == ("i", "in", "out")


def test_knock_outs_that_exclude_each_other_do_not_clash() -> None:
    assert clashes(_knock_outs(["a.b"], ["not a.b"])) == []
    assert clashes(_knock_outs(["k.k = x"], ["k.k = y | z"])) == []
    assert clashes(_knock_outs(["k.k = x"], ["k.k != x"])) == []
    assert clashes(_knock_outs(["a.b"], ["a.c"], in_={"unless": ["a.c"]})) == []
    assert clashes(_knock_outs(["a.b"], ["a.c"], in_={"duties": ["main"]}, out={"duties": ["other"]})) == []
    assert clashes(_knock_outs(["a.b"], ["a.c"], in_={"in_force": {"to": "2016-09-30"}},
                               out={"in_force": {"from": "2016-10-01"}})) == []
    assert clashes(_knock_outs(["a.b"], ["a.c"], in_={"known_to": "2025-04-23"},
                               out={"known_from": "2025-04-24"})) == []


def test_overlapping_values_still_clash() -> None:
    assert len(clashes(_knock_outs(["k.k = x | y"], ["k.k = y | z"]))) == 1
    assert len(clashes(_knock_outs(["k.k = x | y"], ["k.k != x"]))) == 1
