"""Rules that contradict each other are found, those that cannot meet are not, and the shipped pack has none."""

from __future__ import annotations

import pytest

from tests.reasoning.small_law import fact, issue, law, rule
from vismajor.law.clashes import clashes
from vismajor.law.models import Law

FACTS = {
    "a.b": fact(), "a.c": fact(), "k.k": fact("choice", values=["x", "y", "z"]), "n.n": fact("number"),
    "n.m": fact("number"), "d.d": fact("date"), "server.building": fact("name", scope="server"),
    "server.lost": fact(scope="server"), "backup.building": fact("name", scope="backup"),
    "backup.lost": fact(scope="backup"), "backup.kept": fact(scope="backup"),
    "backup.level": fact("number", scope="backup"),
    "t.t": fact("choice", values=["one", "two"]),
}
KINDS = {"server": None, "backup": "server"}


def test_the_shipped_pack_does_not_contradict_itself(french_law: Law) -> None:
    assert clashes(french_law) == []


def _knock_outs(for_: list[str], against: list[str], **extra: dict[str, object]) -> Law:
    return law(FACTS, [issue("i"), issue("j")],
               [rule("in", for_, {"for": "i"}, "knock_out", **extra.get("in_", {})),
                rule("out", against, {"against": "i"}, "knock_out", **extra.get("out", {}))], KINDS)


def _conclude(one: list[str], other: list[str], target: str = "t.t", values: tuple[object, object] = ("one", "two"),
              **extra: dict[str, object]) -> Law:
    return law(FACTS, [issue("i"), issue("j")],
               [rule("first", one, {target: values[0]}, **extra.get("first", {})),
                rule("second", other, {target: values[1]}, **extra.get("second", {}))], KINDS)


def test_two_knock_outs_on_facts_that_can_stand_together_clash() -> None:
    (clash,) = clashes(_knock_outs(["a.b"], ["a.c"]))
    assert (clash.target, clash.one, clash.other) == ("i", "in", "out")


def test_weights_that_add_up_do_not_clash() -> None:
    pack = law(FACTS, [issue("i")], [rule("in", ["a.b"], {"for": "i"}, "decisive"),
                                     rule("out", ["a.b"], {"against": "i"}, "knock_out")])
    assert clashes(pack) == []


def test_two_rules_that_conclude_two_values_of_one_fact_clash() -> None:
    (clash,) = clashes(_conclude(["a.b", "a.c"], ["a.b", "a.c"]))
    assert (clash.target, clash.one, clash.other) == ("t.t", "first", "second")
    assert len(clashes(_conclude(["a.b"], ["a.b"], "a.c", (True, False)))) == 1
    assert clashes(_conclude(["a.b"], ["a.b"], values=("one", "one"))) == []
    assert clashes(_conclude(["a.b"], ["not a.b"])) == []


# conditions of one rule, of the other, whether both can be met at once
TOGETHER = [
    (["a.b"], ["not a.b"], False), (["k.k = x"], ["k.k = y | z"], False), (["k.k = x"], ["k.k != x"], False),
    (["k.k = x | y"], ["k.k = y | z"], True), (["k.k = x | y"], ["k.k != x"], True),
    (["k.k = x | y", "k.k != x"], ["k.k = x | z"], False),  # each two can be met, the three cannot
    (["k.k != x"], ["k.k != y | z"], False), (["k.k != x"], ["k.k != y"], True),
    (["j"], ["not j"], False), (["j"], ["a.b"], True),
    (["n.n >= 10"], ["n.n < 5"], False), (["n.n >= 10"], ["n.n <= 10"], True), (["n.n > 10"], ["n.n <= 10"], False),
    (["n.n >= 10"], ["n.n < 10"], False), (["n.n >= 5"], ["n.n < 10"], True), (["n.n >= 10"], ["n.n >= 5"], True),
    (["d.d < 2016-10-01"], ["d.d >= 2016-10-01"], False), (["d.d < 2016-10-01"], ["d.d >= 2016-09-30"], True),
    (["n.n < n.m"], ["n.n >= n.m"], False), (["n.n < n.m"], ["n.m < n.n"], False),
    (["n.n <= n.m"], ["n.m <= n.n"], True),
    (["n.n < n.m"], ["n.n < 5"], True),
]


@pytest.mark.parametrize(("one", "other", "together"), TOGETHER, ids=str)
def test_rules_clash_where_facts_can_meet_both_whatever_they_conclude(
        one: list[str], other: list[str], together: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert bool(clashes(_knock_outs(first, second))) is together
        assert bool(clashes(_conclude(first, second))) is together


# The same on facts of one of several things: another copy, or another server, may meet what this one does not.
OF_THINGS = [
    (["backup.lost"], ["not backup.lost"], True), (["any backup.lost"], ["any not backup.lost"], True),
    (["every backup.lost"], ["not backup.lost"], False), (["every backup.lost"], ["any not backup.lost"], False),
    (["every backup.lost"], ["every not backup.lost"], False), (["every backup.lost"], ["backup.kept"], True),
    (["server.lost", "every backup.lost"], ["not backup.lost"], True),  # the copies of that server alone
    (["backup.building = server.building"], ["backup.building != server.building"], True),
    (["backup.level >= 10"], ["backup.level < 5"], True), (["every backup.level >= 10"], ["backup.level < 5"], False),
    (["backup.lost", "a.b"], ["backup.lost", "not a.b"], False),
]


@pytest.mark.parametrize(("one", "other", "together"), OF_THINGS, ids=str)
def test_what_two_rules_ask_of_several_things_two_things_may_meet(
        one: list[str], other: list[str], together: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert bool(clashes(_knock_outs(first, second))) is together


def test_two_rules_that_conclude_of_a_thing_speak_of_the_same_one() -> None:
    assert clashes(_conclude(["backup.building = server.building"], ["backup.building != server.building"],
                             "backup.lost", (True, False))) == []
    assert len(clashes(_conclude(["backup.kept", "server.lost"], ["backup.kept", "not server.lost"],
                                 "backup.lost", (True, False)))) == 1
    assert clashes(_conclude(["backup.kept"], ["not backup.kept"], "backup.lost", (True, False))) == []


def test_an_exception_of_one_rule_that_the_other_needs_keeps_them_apart() -> None:
    assert clashes(_knock_outs(["a.b"], ["a.c"], in_={"unless": ["a.c"]})) == []
    assert clashes(_conclude(["a.b"], ["a.c"], second={"unless": ["a.b"]})) == []
    assert clashes(_knock_outs(["backup.lost"], ["backup.kept"], in_={"unless": ["any backup.kept"]})) == []
    # the exception speaks of the copy that was lost, the other rule of any copy
    assert len(clashes(_knock_outs(["backup.lost"], ["backup.kept"], in_={"unless": ["backup.kept"]}))) == 1


def test_rules_of_other_duties_or_of_another_time_do_not_clash() -> None:
    apart = [({"duties": ["main"]}, {"duties": ["other"]}),
             ({"in_force": {"to": "2016-09-30"}}, {"in_force": {"from": "2016-10-01"}}),
             ({"known_to": "2025-04-23"}, {"known_from": "2025-04-24"})]
    for first, second in apart:
        assert clashes(_knock_outs(["a.b"], ["a.c"], in_=first, out=second)) == []
        assert clashes(_conclude(["a.b"], ["a.c"], first=first, second=second)) == []
