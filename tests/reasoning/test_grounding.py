"""The rule engine behind its wrapper: equal to a plain matcher, and never given what would crash it."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from tests.reasoning.small_law import fact, issue, law, rule
from vismajor.law.models import Law, Rule
from vismajor.reasoning import grounding
from vismajor.reasoning.grounding import Grounder, GroundingError
from vismajor.reasoning.patterns import refuse_collisions
from vismajor.reasoning.possibilities import Possible


def _holds(candidate: Rule, possible: dict[str, Possible]) -> bool:
    by_fact: dict[str, list] = {}
    for condition in candidate.if_:
        if not condition.on_issue:
            by_fact.setdefault(condition.name, []).append(condition)
    for name, conditions in by_fact.items():
        known = possible.get(name, Possible())
        if conditions[0].numeric:
            if not all(known.allows(condition) for condition in conditions):
                return False
        elif not any(all(Possible(frozenset({v})).allows(c) for c in conditions) for v in known.values):
            return False
    return True


def plain_matcher(rules: dict[str, Rule], possible: dict[str, Possible]) -> list[str]:
    """Say which rules apply, by trying them all until nothing changes."""
    known, fired, changed = dict(possible), set(), True
    while changed:
        changed = False
        for candidate in rules.values():
            if candidate.id not in fired and _holds(candidate, known):
                fired.add(candidate.id)
                changed = True
                if candidate.issue is None:
                    name, value = candidate.concludes
                    before = known.get(name, Possible())
                    known[name] = Possible(before.values | {value}, before.low, before.high)
    return [name for name in rules if name in fired]


def _random_pack(draw: random.Random) -> SimpleNamespace:
    rules = {}
    for number in range(40):
        conditions = []
        for _ in range(draw.randint(1, 4)):
            kind = draw.random()
            if kind < 0.5:
                conditions.append(draw.choice(["", "not "]) + f"a.f{draw.randrange(20)}")
            elif kind < 0.7:
                values = " | ".join(draw.sample("wxyz", draw.randint(1, 2)))
                conditions.append(f"c.k{draw.randrange(4)} {draw.choice(['=', '!='])} {values}")
            elif kind < 0.85:
                conditions.append(f"n.m{draw.randrange(4)} {draw.choice(['<', '<=', '>', '>='])} {draw.randrange(10)}")
            elif kind < 0.95:
                conditions.append(f"d.e{draw.randrange(number + 1)}")
            else:
                conditions.append("some_issue")
        then = {f"d.e{number}": True} if draw.random() < 0.6 else {"for": "some_issue"}
        rules[f"r{number}"] = rule(f"r{number}", conditions, then)
    return SimpleNamespace(id="random", rules=rules, vocabulary=SimpleNamespace(facts={}, kinds={}))


def _random_facts(draw: random.Random) -> dict[str, Possible]:
    known = {}
    for number in range(20):
        if draw.random() < 0.6:
            known[f"a.f{number}"] = Possible(frozenset(draw.choice([{True}, {False}, {True, False}])))
    for number in range(4):
        if draw.random() < 0.7:
            known[f"c.k{number}"] = Possible(frozenset(draw.sample("wxyz", draw.randint(1, 3))))
        if draw.random() < 0.7:
            low = draw.randrange(10)
            known[f"n.m{number}"] = Possible(low=low, high=low + draw.choice([0, 0, 2]))
    return known


def test_grounding_equals_a_plain_matcher_on_two_thousand_random_packs() -> None:
    draw = random.Random(20210310)
    for number in range(2_000):
        pack = _random_pack(draw)
        grounder = Grounder(pack)
        for _ in range(40 if number < 50 else 3):  # many cases in a row on some packs: none may leave anything behind
            known = _random_facts(draw)
            assert grounder.ground(known) == plain_matcher(pack.rules, known)
        grounder.close()


def test_the_order_of_the_facts_never_shows() -> None:
    draw = random.Random(7)
    pack = _random_pack(draw)
    known = _random_facts(draw)
    grounder = Grounder(pack)
    expected = grounder.ground(known)
    for _ in range(20):
        names = list(known)
        draw.shuffle(names)
        assert grounder.ground({name: known[name] for name in names}) == expected
    grounder.close()


def test_a_case_leaves_nothing_behind_for_the_next() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i")],
               [rule("chain", ["a.b"], {"a.c": True}), rule("end", ["a.c"], {"for": "i"}, "strong")])
    grounder = Grounder(pack)
    assert grounder.ground({"a.b": Possible(frozenset({True}))}) == ["chain", "end"]
    assert grounder.ground({}) == []
    assert grounder.ground({"a.b": Possible(frozenset({False}))}) == []
    grounder.close()


def test_a_rule_that_does_not_apply_concludes_nothing() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i")],
               [rule("chain", ["a.b"], {"a.c": True}), rule("end", ["a.c"], {"for": "i"}, "strong")])
    grounder = Grounder(pack)
    assert grounder.ground({"a.b": Possible(frozenset({True}))}, ["end"]) == []
    grounder.close()


def test_a_rule_on_issues_alone_is_always_heard() -> None:
    pack = law({"a.b": fact()}, [issue("i"), issue("j")], [rule("r", ["i"], {"against": "j"}, "strong")])
    grounder = Grounder(pack)
    assert grounder.ground({}) == ["r"]
    grounder.close()


def test_an_error_inside_a_rule_is_raised_not_swallowed() -> None:
    pack = law({"a.b": fact()}, [issue("i")], [rule("r", ["a.b"], {"for": "i"}, "strong")])
    grounder = Grounder(pack)

    class Broken(list[str]):
        def __contains__(self, name: object) -> bool:
            raise ValueError("broken on purpose")

    with pytest.raises(GroundingError, match="broken on purpose"):
        grounder.ground({"a.b": Possible(frozenset({True}))}, Broken(["r"]))
    assert grounder.ground({"a.b": Possible(frozenset({True}))}) == ["r"]
    grounder.close()


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 1e-7, 2.0**60])
def test_numbers_that_the_engine_reads_wrongly_are_refused(number: float) -> None:
    pack = law({"n.m": fact("number")}, [issue("i")], [rule("r", ["n.m < 5"], {"for": "i"}, "strong")])
    grounder = Grounder(pack)
    with pytest.raises(GroundingError, match="outside what the rule engine reads"):
        grounder.ground({"n.m": Possible(low=number, high=number)})
    assert grounder.ground({"n.m": Possible(low=4, high=4)}) == ["r"]
    grounder.close()


def test_a_value_too_long_for_the_engine_is_refused() -> None:
    pack = law({"c.k": fact("choice", values=["x"])}, [issue("i")], [rule("r", ["c.k = x"], {"for": "i"}, "weak")])
    grounder = Grounder(pack)
    with pytest.raises(GroundingError, match="longer than"):
        grounder.ground({"c.k": Possible(frozenset({"x" * 70_000}))})
    grounder.close()


def test_two_names_that_the_engine_would_take_for_one_are_refused() -> None:
    # p179bb and p54848 have the same 32-bit FNV-1a hash.
    with pytest.raises(GroundingError, match="rename one"):
        refuse_collisions({"p179bb", "p54848"})
    refuse_collisions({"p179bb", "p54849"})


def test_more_rules_on_one_condition_than_the_engine_allows_are_refused() -> None:
    rules = [rule(f"r{i}", ["a.b", f"a.c{i}"], {"for": "i"}, "weak") for i in range(grounding.MAX_SAME_CONDITION + 1)]
    facts = {"a.b": fact(), **{f"a.c{i}": fact() for i in range(len(rules))}}
    with pytest.raises(GroundingError, match="share the condition"):
        Grounder(law(facts, [issue("i")], rules))
    grounder = Grounder(law(facts, [issue("i")], rules[:-1]))
    known = {name: Possible(frozenset({True})) for name in facts}
    assert len(grounder.ground(known)) == grounding.MAX_SAME_CONDITION
    grounder.close()


def test_the_shipped_pack_is_within_the_limits(french_law: Law) -> None:
    grounder = Grounder(french_law)
    fire = {"event.kind": Possible(frozenset({"fire"})), "event.origin": Possible(frozenset({"unknown_cause"}))}
    assert "cause-unknown" in grounder.ground(fire)
    grounder.close()
