"""What there is to find out: whose a doubt is, what it may turn out to be, how likely."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.reasoning.small_law import case, contract, cost, fact, issue, law, rule
from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.doubts import Doubt, doubts_of, strands_of
from vismajor.reasoning.worlds import Worlds

KINDS = {"backup": None}


def _pack(**facts: Any) -> Law:
    asked = [rule(f"rule-{number}", [name if declared.type == "bool" else f"{name} = {declared.values[0]}"],
                  {"for": "liability"}, "weak") for number, (name, declared) in enumerate(facts.items())]
    return law(facts, [issue("liability", per_duty=True)], asked, KINDS)


def _doubts(pack: Law, stated: Case) -> dict[str, Doubt]:
    return dict(doubts_of(assess_case(stated, pack, Worlds("test", 100))).by_key)


def _two(**facts: Any) -> list[dict[str, Any]]:
    return [{"id": name, "heads": [cost(1)], "facts": facts} for name in ("one", "two")]


def test_a_common_fact_is_one_doubt_for_all_and_a_claimants_own_is_its_own() -> None:
    facts = {"a.common": fact(), "a.own": fact(scope="claimant")}
    contested = {"value": True, "status": "disputed", "likelihood": Decimal("0.7")}
    found = _doubts(_pack(**facts), case(_two(**{"a.own": contested}), {"a.common": contested}))
    assert found["common:a.common"].claimants == {"one", "two"}
    assert found["one:a.own"].claimants == {"one"}
    assert found["one:a.own"].values == (True, False)
    assert found["one:a.own"].chances == (0.7, 1 - 0.7)


def test_what_is_certain_is_no_doubt() -> None:
    found = _doubts(_pack(**{"a.b": fact(), "a.c": fact()}), case(_two(), {
        "a.b": True, "a.c": {"value": True, "status": "disputed", "likelihood": Decimal("1.0")}}))
    assert found == {}


def test_an_unknown_fact_has_the_chance_that_the_case_expects_else_all_its_answers_alike() -> None:
    facts = {"a.b": fact(), "a.c": fact(), "a.d": fact("choice", values=("x", "y", "z"))}
    found = _doubts(_pack(**facts), case(_two(), expected={"a.b": Decimal("0.9")}))
    assert (found["common:a.b"].chances, found["common:a.b"].chance_from) == ((0.9, 1 - 0.9), "expected")
    assert (found["common:a.c"].chances, found["common:a.c"].chance_from) == ((0.5, 0.5), "equal")
    assert found["common:a.d"].values == ("x", "y", "z")
    assert all(doubt.status is None for doubt in found.values())


def test_an_unknown_fact_is_common_to_those_who_share_what_it_is_about() -> None:
    facts = {"a.c": fact(scope="contract"), "a.own": fact(scope="claimant"), "a.b": fact(scope="backup")}
    stated = case([{**one, "items": [{"id": "nightly", "kind": "backup"}]} for one in _two()])
    found = _doubts(_pack(**facts), stated)
    assert found["terms:a.c"].claimants == {"one", "two"}  # the same terms for both
    assert found["one:a.own"].claimants == {"one"}
    assert found["two/nightly:a.b#nightly"].claimants == {"two"}
    assert found["two/nightly:a.b#nightly"].fact == "a.b"


def test_matters_of_law_what_is_answered_already_and_what_no_rule_asks_are_no_unknowns() -> None:
    facts = {"a.asked": fact(), "a.legal": fact(legal=True), "a.answered": fact(answered_by=["a.known"]),
             "a.known": fact(), "a.day": fact("date")}
    asked = [rule(name, [f"a.{name}"], {"for": "liability"}, "weak")
             for name in ("asked", "legal", "answered", "known")]
    concluding = rule("concluding", ["a.asked"], {"a.concluded": True})
    pack = law({**facts, "a.concluded": fact(), "a.never": fact()}, [issue("liability")],
               [*asked, rule("concluded", ["a.concluded"], {"for": "liability"}, "weak"), concluding])
    assert set(_doubts(pack, case(_two(), {"a.known": True}))) == {"common:a.asked"}


def test_a_fact_of_one_duty_is_a_doubt_of_its_own() -> None:
    pack = _pack(**{"a.b": fact(per_duty=True)})
    found = _doubts(pack, case([{"id": "one", "heads": [cost(1), cost(2, "other", "more")]}], {
        "a.b@main": {"value": True, "status": "alleged", "likelihood": Decimal("0.4")}}))
    assert {doubt.name: doubt.status for doubt in found.values()} == {"a.b@main": "alleged", "a.b@other": None}
    assert {doubt.fact for doubt in found.values()} == {"a.b"}


def test_a_strand_holds_one_doubt_of_each_claimant_and_keeps_the_unknown_apart() -> None:
    contested = {"value": True, "status": "disputed", "likelihood": Decimal("0.7")}
    terms = [{"id": name, "title": {"fr": name, "en": name}, "version": "2020"} for name in ("terms", "others")]
    claimants = [*_two(**{"a.own": contested}), {"id": "three", "heads": [cost(1)], "facts": {}},
                 {"id": "four", "heads": [{**cost(1), "contract": "x"}, {**cost(2, name="more"), "contract": "y"}],
                  "contracts": [{"id": "x", **contract()}, {"id": "y", **contract(), "terms": "others"}]}]
    pack = _pack(**{"a.own": fact(scope="claimant"), "a.c": fact(scope="contract")})
    found = strands_of(_doubts(pack, case(claimants, contracts=terms)).values())
    own = [strand for strand in found if strand.name == "a.own"]
    assert [(len(strand.doubts), strand.unknown) for strand in own] == [(2, False), (2, True)]
    of_terms = [strand for strand in found if strand.name == "a.c"]
    assert len(of_terms) == 2  # one claimant has both terms
    for strand in found:
        assert all(one.claimants.isdisjoint(other.claimants) for one in strand.doubts for other in strand.doubts
                   if one is not other)
    assert own[0].of("one") is not None
    assert own[0].of("three") is None
    assert own[0].found(True) == {"one:a.own": True, "two:a.own": True}
