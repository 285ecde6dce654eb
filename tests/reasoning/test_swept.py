"""Which facts may be swept, under which names, and what is said of those that may not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.reasoning.small_law import case, contract, cost, fact, issue, law, rule
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.swept import SweptFact, contested_names, swept_facts
from vismajor.reasoning.worlds import Worlds

PACK = law({
    "a.one": fact(), "a.two": fact(), "a.own": fact(scope="claimant"), "a.told": fact(per_duty=True),
    "a.kind": fact("choice", values=["x", "y", "z"]), "a.many": fact("number"), "a.day": fact("date"),
    "a.place": fact("name"), "a.follows": fact(), "copy.good": fact(scope="copy"),
}, [issue("i0", per_duty=True)], [
    rule("one", ["a.one"], {"for": "i0"}, "strong"), rule("two", ["a.follows"], {"for": "i0"}, "strong"),
    rule("follows", ["a.one", "a.two"], {"a.follows": True}),
    rule("copy", ["copy.good"], {"against": "i0"}, "weak"),
], kinds={"copy": None})
BOTH = [cost(10, "main", "first"), cost(10, "other", "second")]


def disputed(value: object, likelihood: str = "0.6", **extra: object) -> dict[str, object]:
    return {"value": value, "status": "disputed", "likelihood": Decimal(likelihood), **extra}


def assessed(facts: Mapping[str, object], *claimants: dict[str, object]) -> Assessment:
    people = claimants or ({"id": "one", "heads": BOTH},)
    return assess_case(case([*people], facts), PACK, Worlds("swept", 100))


def swept(assessment: Assessment, *names: str) -> tuple[SweptFact, ...]:
    return swept_facts(assessment, assessment.graphs, names)


def codes(assessment: Assessment, *names: str) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        swept(assessment, *names)
    for one in refused.value.problems:
        assert one.tell("fr").startswith("--facts: ")
        assert one.tell("en") != one.tell("fr")
    return [one.code for one in refused.value.problems]


def told(assessment: Assessment, name: str, language: str = "en") -> str:
    with pytest.raises(InvalidInput) as refused:
        swept(assessment, name)
    return refused.value.problems[0].tell(language)


def test_a_contested_fact_has_the_values_that_the_court_may_find_as_stated_first() -> None:
    (found,) = swept(assessed({"a.one": disputed(False, "0.7")}), "a.one")
    assert (found.values, found.stated) == ((False, True), False)
    assert found.likelihoods == pytest.approx((0.7, 0.3))
    (kind,) = swept(assessed({"a.kind": disputed("z", otherwise="x")}), "a.kind")
    assert kind.values == ("z", "x")


def test_an_unknown_fact_has_all_values_of_the_vocabulary_and_no_likelihood() -> None:
    one, kind = swept(assessed({}), "a.one", "a.kind")
    assert (one.values, one.stated, one.likelihoods) == ((True, False), None, ())
    assert kind.values == ("x", "y", "z")
    assert one.unknown_at == one.open_at


def test_a_fact_that_is_established_but_not_sure_may_be_asked_for_by_name() -> None:
    assessment = assessed({"a.one": {"value": True, "status": "established"}})
    assert swept(assessment, "a.one")[0].likelihoods == pytest.approx((0.9, 0.1))
    assert contested_names(assessment.graphs) == []


def test_a_fact_varies_for_all_for_whom_it_is_open_and_stays_where_it_is_admitted() -> None:
    assessment = assessed({}, {"id": "sure", "facts": {"a.own": True}},
                          {"id": "open", "facts": {"a.own": disputed(True)}}, {"id": "silent"})
    (found,) = swept(assessment, "a.own")
    assert found.claims == ("open", "silent")
    assert found.claims_unknown == ("silent",)
    assert found.likelihoods == pytest.approx((0.6, 0.4))


def test_likelihoods_that_differ_are_no_single_likelihood() -> None:
    assessment = assessed({}, {"id": "one", "facts": {"a.own": disputed(True, "0.6")}},
                          {"id": "two", "facts": {"a.own": disputed(True, "0.7")}})
    (found,) = swept(assessment, "a.own")
    assert (found.values, found.stated, found.likelihoods) == ((True, False), True, ())


def test_a_fact_stated_in_opposite_senses_is_stated_as_neither() -> None:
    assessment = assessed({}, {"id": "one", "facts": {"a.own": disputed(True)}},
                          {"id": "two", "facts": {"a.own": disputed(False)}})
    (found,) = swept(assessment, "a.own")
    assert (found.stated, found.likelihoods) == (None, ())
    assert set(found.values) == {True, False}


def test_a_name_may_ask_for_one_duty_one_claimant_one_claim_or_one_item() -> None:
    contracts = [contract(id="old"), contract(id="new")]
    heads = [{**cost(10, "main", "first"), "contract": "old"}, {**cost(10, "other", "second"), "contract": "new"}]
    items = [{"id": name, "kind": "copy"} for name in ("night", "week")]
    assessment = assessed({"a.told": disputed(True)}, {"id": "one", "heads": BOTH, "items": items},
                          {"id": "two", "contracts": contracts, "heads": heads})

    def at(name: str) -> set[tuple[str, str, str]]:
        return {(*place, ground) for place, ground in swept(assessment, name)[0].open_at}

    assert at("a.told@main") == {("one", "main", "a.told"), ("two/old", "main", "a.told")}
    assert at("a.told@one") == {("one", "main", "a.told"), ("one", "other", "a.told")}
    assert at("a.told@two") == {("two/old", "main", "a.told"), ("two/new", "other", "a.told")}
    assert at("a.told@two/new") == {("two/new", "other", "a.told")}
    assert at("copy.good#night@one") == {("one", "main", "copy.good#night"), ("one", "other", "copy.good#night")}
    assert {ground for _, _, ground in at("copy.good")} == {"copy.good#night", "copy.good#week", "copy.good"}


def test_contested_facts_are_named_as_in_the_case() -> None:
    assessment = assessed({"a.one": disputed(True), "a.told@other": disputed(True), "a.two": True,
                           "a.kind": disputed("x", "1", otherwise="y")})
    assert contested_names(assessment.graphs) == ["a.one", "a.told@other"]


def test_a_fact_that_the_case_states_for_one_duty_is_named_for_each_so_that_names_do_not_overlap() -> None:
    assessment = assessed({"a.told": disputed(True), "a.told@other": disputed(False)})
    names = contested_names(assessment.graphs)
    assert names == ["a.told@main", "a.told@other"]
    assert [one.stated for one in swept(assessment, *names)] == [True, False]


def test_a_fact_that_claimants_contest_between_other_values_is_named_for_each() -> None:
    kinds = law({"a.kind": fact("choice", values=["x", "y", "z"], scope="claimant")}, [issue("i0")], [])
    small = case([{"id": "one", "facts": {"a.kind": disputed("x", otherwise="y")}},
                  {"id": "two", "facts": {"a.kind": disputed("y", otherwise="z")}}])
    assessment = assess_case(small, kinds, Worlds("swept", 100))
    assert contested_names(assessment.graphs) == ["a.kind@one", "a.kind@two"]
    assert [one.values for one in swept(assessment, *contested_names(assessment.graphs))] == [("x", "y"), ("y", "z")]


def test_all_that_cannot_be_swept_is_told_at_once() -> None:
    assessment = assessed({"a.two": True, "a.one": disputed(True)})
    names = ("a.tow", "a.two", "a.many", "a.day", "a.place", "a.follows", "a.one@nobody", "a.one#week", "a.one",
             "a.one@main")
    assert codes(assessment, *names) == [
        "unknown_fact", "sweep_certain", "sweep_number", "sweep_number", "sweep_name_unknown", "sweep_concluded",
        "sweep_unknown_place", "sweep_unknown_item", "sweep_twice"]


def test_the_same_name_twice_is_told() -> None:
    assert codes(assessed({}), "a.one", "a.one") == ["sweep_twice"]


def test_what_is_said_helps_to_ask_better() -> None:
    items = [{"id": name, "kind": "copy"} for name in ("night", "week")]
    assessment = assessed({"a.two": True, "a.told@main": disputed(True)}, {"id": "one", "heads": BOTH, "items": items})
    assert told(assessment, "a.tow") == "--facts: the law pack knows no fact “a.tow”. Did you mean “a.two”?"
    assert "status: admitted" in told(assessment, "a.two")
    assert "a.one, a.two" in told(assessment, "a.follows")
    assert "Did you mean “main”?" in told(assessment, "a.told@mian")
    assert "Known here: night, week." in told(assessment, "copy.good#x")
    assert "Fallait-il lire «\u00a0main\u00a0»" in told(assessment, "a.told@mian", "fr")


def test_facts_contested_in_several_ways_are_to_be_asked_for_one_by_one() -> None:
    kinds = law({"a.kind": fact("choice", values=["x", "y", "z"], per_duty=True)}, [issue("i0", per_duty=True)], [])
    small = case([{"id": "one", "heads": BOTH}], {
        "a.kind@main": disputed("x", otherwise="y"), "a.kind@other": disputed("y", otherwise="z")})
    assessment = assess_case(small, kinds, Worlds("swept", 100))
    said = told(assessment, "a.kind")
    assert "a.kind@main, a.kind@other" in said
    assert [one.values for one in swept(assessment, "a.kind@main", "a.kind@other")] == [("x", "y"), ("y", "z")]
