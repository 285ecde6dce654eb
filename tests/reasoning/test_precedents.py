"""Decisions before the rules: no rule of their own, nothing known since, their own law and the conditions it asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.reasoning.courts import decision, shipped, shipped_precedents, small_court, source
from tests.reasoning.small_law import rule
from vismajor.case.decisions import Decision
from vismajor.law.models import Law, Source
from vismajor.law.reader import read_law
from vismajor.reasoning.precedents import Precedent, precedents, regime_of, regimes_of

ON_ONE = {"a.one": True}


def heard(pack: Law, one: Decision, *others: Decision, **how: Any) -> set[str]:
    """Return the ids of the rules heard in a decision."""
    found = precedents(pack, [one, *others], **how)
    (its,) = [precedent for precedent in found if precedent.decision.id == one.id]
    return ids(its)


def ids(precedent: Precedent) -> set[str]:
    return {h.argument.rule.id for listed in precedent.heard.values() for h in listed}


def resting_on(*sources: Source, more: tuple[str, ...] = (), **extra: Any) -> Law:
    """Return a pack whose one rule rests on `sources`, and on `more` of them by id."""
    return small_court([rule("probe", ["a.one"], {"for": "control"}, "strong", **extra).model_copy(
        update={"sources": (*(one.id for one in sources), *more)})], sources)


# --- a decision is not judged by itself

SAME = {
    "by id": (source("one"), {}),
    "by number": (source("s", number="16-13.578", date="2019-06-28"), {"number": "16-13.578"}),
    "by number written otherwise": (source("s", number="16-13.578"), {"number": "pourvoi n° 16/13578"}),
    "by one of several numbers": (source("s", number="16-13.578 et 16-13.579"), {"number": "16-13.579"}),
    "by number beside that of the judgment": (source("s", number="17/00739"), {"number": "RG 17/00739, arret n° 1087"}),
    "by date, without numbers": (source("s", date="2019-06-28"), {}),
    "by date, the source without number": (source("s", date="2019-06-28"), {"number": "16-13.578"}),
    "by date, the decision without number": (source("s", date="2019-06-28", number="16-13.578"), {}),
    "by date, its number unknown in words": (source("s", date="2019-06-28"), {"number": "not shown in the source"}),
}
OTHER = {
    "another id": (source("other"), {}),
    "another number of the same day": (source("s", number="16-13.578", date="2019-06-28"), {"number": "16-13.579"}),
    "a short number alone": (source("s", number="n° 108"), {"number": "108"}),
    "numbers unknown in words": (source("s", number="inconnu"), {"number": "not shown"}),
    "a statute of that day": (source("s", kind="statute", date="2019-06-28"), {}),
}


@pytest.mark.parametrize("name", SAME)
def test_a_rule_that_rests_on_the_decision_alone_is_left_out(name: str) -> None:
    its, extra = SAME[name]
    one = decision("one", factors=ON_ONE, date="2019-06-28", **extra)
    assert heard(resting_on(its), one) == set()
    assert heard(resting_on(its, more=("source",)), one) == {"probe"}  # it would be law without the decision


@pytest.mark.parametrize("name", OTHER)
def test_a_rule_that_rests_on_another_decision_is_kept(name: str) -> None:
    its, extra = OTHER[name]
    assert heard(resting_on(its), decision("one", factors=ON_ONE, date="2019-06-28", **extra)) == {"probe"}


def test_a_rule_that_rests_on_another_decision_of_the_dispute_is_left_out() -> None:
    appeal = decision("appeal", factors=ON_ONE, date="2019-06-28", group="g")
    first, stranger = (decision(name, factors=ON_ONE, date="2017-01-01", number="16/12345", **group)
                       for name, group in (("first", {"group": "g"}), ("stranger", {})))
    pack = resting_on(source("s", number="16/12345", date="2017-01-01"))
    assert heard(pack, appeal, first) == set()
    assert heard(pack, appeal, beside=[first]) == set()
    assert heard(pack, appeal, stranger) == heard(pack, appeal) == {"probe"}


def test_what_rests_on_the_decision_alone_derives_no_fact_either() -> None:
    derives = rule("derives", ["a.one"], {"a.derived": True}).model_copy(update={"sources": ("one",)})
    pack = small_court([derives, rule("probe", ["a.derived"], {"for": "control"}, "strong")], [source("one")])
    assert heard(pack, decision("one", factors=ON_ONE)) == set()
    assert heard(pack, decision("other", factors=ON_ONE)) == {"probe"}


def test_no_shipped_decision_is_judged_by_itself_or_by_its_dispute() -> None:
    law, groups = read_law("fr"), {}
    for one in shipped():
        groups.setdefault(one.group, set()).update(
            s.id for s in law.sources.values() if s.kind == "decision" and (
                s.id == one.id or (s.number and s.number in (one.number or "")) or (s.date and s.date == one.day)))
    assert sum(map(bool, groups.values())) > 40
    for precedent in shipped_precedents():
        rules = [law.rules[name] for name in ids(precedent)]
        assert not any(set(r.sources) <= groups[precedent.decision.group] for r in rules)


# --- nothing is known that came later


@pytest.mark.parametrize(("known_from", "known"), [("2019-06-27", True), ("2019-06-28", False), ("2020-01-01", False)])
def test_what_was_known_from_the_day_of_the_decision_on_is_not_used(known_from: str, known: bool) -> None:
    pack = resting_on(more=("source",), known_from=dt.date.fromisoformat(known_from))
    assert heard(pack, decision("one", factors=ON_ONE, date="2019-06-28")) == ({"probe"} if known else set())


def test_what_is_no_longer_law_is_not_used_and_what_still_was_is() -> None:
    pack = resting_on(more=("source",), known_to=dt.date(2018, 12, 31))
    assert heard(pack, decision("one", factors=ON_ONE, date="2019-01-01")) == {"probe"}  # as it stood on the eve
    assert heard(pack, decision("one", factors=ON_ONE, date="2019-01-02")) == set()


def test_no_argument_of_a_shipped_decision_was_known_on_its_day_or_later() -> None:
    law = read_law("fr")
    for precedent in shipped_precedents():
        day = precedent.decision.day
        for listed in precedent.heard.values():
            for rule_ in (h.argument.rule for h in listed):
                assert day is None or rule_.known_from is None or rule_.known_from < day
                assert day is None or all(date is None or date < day for date in (
                    law.sources[name].date for name in rule_.sources)), (precedent.decision.id, rule_.id)


# --- under which law

NEW, OLD = "new-law", "old-law"
TWO = [rule(NEW, ["a.one"], {"for": "control"}, "strong", in_force={"from": "2016-10-01"}),
       rule(OLD, ["a.one"], {"for": "control"}, "strong", in_force={"to": "2016-09-30"})]


@pytest.mark.parametrize(("regime", "extra", "applied"), [
    ("old", {"date": "2020-06-01"}, OLD),  # a contract that must be older than the reform
    ("old", {"date": "2010-06-01"}, OLD),
    ("old", {}, OLD),
    ("new", {"date": "2020-06-01"}, NEW),
    ("new", {"date": "2016-06-01"}, NEW),  # applied before its time: the law that the court applied
    ("usual", {"date": "2020-06-01"}, NEW),
    ("usual", {"date": "2010-06-01"}, OLD),
    ("usual", {"date": "2020-06-01", "contract_date": "2015"}, OLD),
    ("old", {"date": "2020-06-01", "contract_date": "2017-01"}, NEW),  # the date of the contract, where it is told
])
def test_the_law_is_that_of_the_contract_or_else_the_one_that_was_applied(
        regime: str, extra: dict[str, str], applied: str) -> None:
    assert heard(small_court(TWO), decision("one", factors=ON_ONE, regime=regime, **extra)) == {applied}


@pytest.mark.parametrize(("stated", "found"), [
    ({"regime": "old"}, "old"), ({"regime": "other"}, "usual"), ({}, "usual"),
    ({"regime": "other", "judged_under": "half"}, "half"), ({"regime": "other", "judged_under": "nowhere"}, "usual"),
])
def test_the_regime_is_the_particular_one_else_the_one_named_else_the_usual(
        stated: dict[str, str], found: str) -> None:
    pack = small_court()
    one = decision("one", **stated)
    assert regime_of(pack, one) == found
    (precedent,) = precedents(pack, [one])
    assert (precedent.regime_id, precedent.regime) == (found, regimes_of(pack).regimes[found])
    assert set(precedent.heard) == {"control", "unforeseeable", "by_clause"}


def test_a_pack_without_regimes_judges_no_decision() -> None:
    with pytest.raises(ValueError, match=r"regimes\.yaml"):
        precedents(small_court().model_copy(update={"regimes": None}), [decision("one")])


# --- what is taken as given


def test_what_a_regime_gives_is_stated_unless_the_decision_says_otherwise() -> None:
    pack = small_court()
    assert heard(pack, decision("one", regime="clause")) == {"relied"}
    assert heard(pack, decision("one", regime="usual")) == set()
    assert heard(pack, decision("one", regime="clause", factors={"c.relied": False})) == set()


def test_a_clause_that_is_argued_about_is_taken_to_bind_unless_the_decision_says_otherwise() -> None:
    pack = small_court()
    assert heard(pack, decision("one", factors={"c.relied": True})) == {"relied"}
    assert heard(pack, decision("one", factors={"c.relied": True, "c.binds": False})) == set()
    binding = small_court([rule("binding", ["c.binds"], {"for": "control"}, "weak")])
    assert heard(binding, decision("one", factors=ON_ONE)) == set()  # nothing is said of a clause


def test_facts_left_out_are_as_if_nobody_had_coded_them() -> None:
    pack = small_court()
    whole = decision("one", factors={"a.one": True, "a.bad": True})
    assert heard(pack, whole) == {"one", "bad"}
    assert heard(pack, whole, without=frozenset({"a.bad"})) == {"one"}
    assert heard(pack, whole, without=frozenset({"a.bad"})) == heard(pack, decision("one", factors=ON_ONE))


def test_they_come_in_the_order_of_their_ids_whatever_the_order_given() -> None:
    pack, listed = small_court(), [decision(name, factors=ON_ONE, group=group) for name, group in (
        ("c", "x"), ("a", "z"), ("b", "x"))]
    assert [p.decision.id for p in precedents(pack, listed)] == ["a", "b", "c"]
    assert precedents(pack, listed) == precedents(pack, listed[::-1])
