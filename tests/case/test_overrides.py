"""What a scenario changes in a case, and what it leaves alone."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drafting.cases import read_small, small
from vismajor.case.models import Case
from vismajor.case.overridden import Written
from vismajor.case.overrides import override
from vismajor.case.stated import fact_maps
from vismajor.case.versions import vary
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.reading.yaml_source import YamlSource, parse_yaml
from vismajor.workbench import load_case, names_of, vary_case

TITLE = {"fr": "Autre version", "en": "Another version"}
TWO_TERMS = [small()["contracts"][0], {**small()["contracts"][0], "id": "other", "facts": {}}]


@pytest.fixture
def varied(tmp_path: Path, french_law: Law) -> Callable[..., Case]:
    """Return the small case as scenarios would have it; `case` replaces entries of the small case."""

    def of(*scenarios: dict[str, Any], case: dict[str, Any] | None = None, take: str = "s0") -> Case:
        listed = [{"id": f"s{at}", "title": TITLE, **one} for at, one in enumerate(scenarios)]
        read = read_small(tmp_path / "case", french_law, **(case or {}), scenarios=listed)
        return vary_case(read, french_law, [take])

    return of


def claimants(**facts: Any) -> list[dict[str, Any]]:
    """Return the small case's claimants, with other facts of the first."""
    first, second = small()["claimants"]
    return [{**first, "facts": {**first["facts"], **facts}}, second]


def values(case: Case, fact: str) -> list[object]:
    return [one.facts[fact].value if fact in one.facts else None for one in case.file.claimants]


def test_a_fact_is_stated_of_all_even_of_those_who_did_not_state_it(varied):
    case = varied({"facts": {"service.own_copy": True}}, case={"claimants": claimants(**{"service.own_copy": False})})
    assert values(case, "service.own_copy") == [True, True]


def test_a_fact_that_nobody_states_is_stated_of_all(varied):
    assert values(varied({"facts": {"service.own_copy": True}}), "service.own_copy") == [True, True]


def test_a_common_fact_is_stated_once(varied):
    case = varied({"facts": {"event.sudden": True}})
    assert case.file.facts["event.sudden"].value is True
    assert "event.sudden" not in case.file.claimants[0].facts


def test_a_bare_value_is_certain_and_takes_the_place_of_all_that_was_stated(varied):
    fact = varied({"facts": {"event.usual_risk": False}}).file.facts["event.usual_risk"]
    assert (fact.value, fact.status, fact.likelihood, fact.exhibits) == (False, "admitted", None, ())


def test_where_claimants_are_named_a_fact_is_stated_of_them_alone(varied):
    case = varied({"claimants": ["durand"], "facts": {"service.data_lost": False}})
    assert values(case, "service.data_lost") == [True, False]


def test_a_fact_of_contracts_reaches_those_whose_terms_do_not_state_it(varied):
    first, second = small()["claimants"]
    second = {**second, "contract": {**second["contract"], "terms": "other"}}
    case = varied({"facts": {"contract.cap_exists": False}},
                  case={"contracts": TWO_TERMS, "claimants": [first, second]})
    assert case.file.contracts[0].facts["contract.cap_exists"].value is False
    assert [set(one.contract.facts) for one in case.file.claimants if one.contract] == [set(), {"contract.cap_exists"}]


def test_a_fact_of_the_contract_of_one_claimant_leaves_the_terms_that_others_signed(varied):
    case = varied({"claimants": ["durand"], "facts": {"contract.cap_exists": False}})
    assert case.file.contracts[0].facts["contract.cap_exists"].value is True
    found = [one.contract.facts for one in case.file.claimants if one.contract]
    assert (list(found[0]), found[1]["contract.cap_exists"].value) == ([], False)


ITEMS = [{"id": "web", "kind": "server", "facts": {"server.building": "sbg2"}},
         {"id": "nightly", "kind": "backup", "of": ["web"], "facts": {"backup.same_building": True}},
         {"id": "weekly", "kind": "backup", "of": ["web"]}]


def test_a_fact_of_copies_reaches_each_of_them(varied):
    first, second = small()["claimants"]
    case = varied({"facts": {"backup.same_building": False}}, case={"claimants": [{**first, "items": ITEMS}, second]})
    web, nightly, weekly = case.file.claimants[0].items
    assert nightly.facts["backup.same_building"].value is False  # its own word comes before the claimant's
    assert (list(web.facts), list(weekly.facts)) == (["server.building"], [])
    assert values(case, "backup.same_building") == [False, False]  # holds for the weekly copy


def test_a_fact_stated_of_every_copy_is_not_stated_of_the_claimant_as_well(varied):
    first, second = small()["claimants"]
    case = varied({"facts": {"backup.same_building": False}},
                  case={"claimants": [{**first, "items": ITEMS[:2]}, second]})
    assert values(case, "backup.same_building") == [None, False]


EFFECTS = {"event.kind": "fire", "performance.effect@backup": "impossible", "performance.effect": "still_possible"}


def test_a_fact_for_one_duty_leaves_the_other_duties(varied):
    facts = varied({"facts": {"performance.effect@backup": "harder_or_dearer"}}, case={"facts": EFFECTS}).file.facts
    assert facts["performance.effect@backup"].value == "harder_or_dearer"
    assert facts["performance.effect"].value == "still_possible"


def test_a_fact_for_all_duties_takes_the_place_of_what_was_stated_of_one(varied):
    facts = varied({"facts": {"performance.effect": "harder_or_dearer"}},
                   case={"facts": {"performance.effect@backup": "impossible"}}).file.facts
    assert {name: fact.value for name, fact in facts.items()} == {
        "performance.effect@backup": "harder_or_dearer", "performance.effect": "harder_or_dearer"}


def test_what_is_taken_as_unknown_is_stated_nowhere(varied):
    case = varied({"unknown": ["service.data_lost", "event.usual_risk"]})
    assert values(case, "service.data_lost") == [None, None]
    assert list(case.file.facts) == ["event.kind"]


def test_what_one_claimant_is_taken_not_to_know_the_others_still_state(varied):
    case = varied({"claimants": ["dupont"], "unknown": ["service.data_lost"]})
    assert values(case, "service.data_lost") == [None, True]


def test_for_one_duty_a_fact_is_unknown_and_known_for_the_others(varied):
    facts = varied({"unknown": ["performance.effect@backup"]}, case={"facts": EFFECTS}).file.facts
    assert list(facts) == ["event.kind", "performance.effect"]


def test_another_chance_keeps_all_else_that_is_stated(varied):
    fact = varied({"likelihoods": {"event.usual_risk": 0.2, "service.data_lost": 0.6}}).file.facts["event.usual_risk"]
    assert (fact.value, fact.status, fact.likelihood, fact.exhibits) == (True, "disputed", 0.2, ("P1",))


def test_another_chance_for_some_claimants_leaves_the_terms_that_others_signed(varied):
    case = varied({"claimants": ["durand"], "likelihoods": {"contract.cap_exists": 0.3}})
    assert case.file.contracts[0].facts["contract.cap_exists"].likelihood is None
    found = [one.contract.facts for one in case.file.claimants if one.contract]
    assert (list(found[0]), found[1]["contract.cap_exists"].likelihood) == ([], 0.3)


@pytest.mark.parametrize(("path", "value", "read"), [
    ("claimants.durand.heads.hours.hours", 12, lambda file: file.claimants[1].heads[1].hours),
    ("claimants.dupont.heads.recovery.amount", Decimal("99.50"), lambda file: file.claimants[0].heads[0].amount),
    ("contracts.hosting.cap.months_of_fees", 12, lambda file: file.contracts[0].cap.months_of_fees),
    ("claimants.dupont.contract.monthly_fees", Decimal("150.00"), lambda file: file.claimants[0].contract.monthly_fees),
    ("procedure.1.date", "2023-11", lambda file: file.procedure[0].date),
    ("claimants.dupont.facts.service.own_copy", True, lambda file: file.claimants[0].facts["service.own_copy"].value),
    ("claimants.dupont.contract.facts.contract.cap_exists", False,
     lambda file: file.claimants[0].contract.facts["contract.cap_exists"].value),
    ("expected.event.sudden", Decimal("0.4"), lambda file: Decimal(str(file.expected["event.sudden"]))),
    ("facts.event.usual_risk.likelihood", Decimal("0.4"),
     lambda file: Decimal(str(file.facts["event.usual_risk"].likelihood))),
    ("respondent.name", "Autre", lambda file: file.respondent.name),
])
def test_a_figure_is_found_by_its_path(varied, path, value, read):
    case = varied({"figures": {path: float(value) if isinstance(value, Decimal) else value}},
                  case={"expected": {"event.warned": 0.5}})
    assert read(case.file) == value


def test_an_id_with_dots_is_found_whole(varied):
    first, second = small()["claimants"]
    case = varied({"figures": {"claimants.durand.heads.recovery.night.amount": 7}}, case={"claimants": [first, {
        **second, "heads": [second["heads"][1], {**second["heads"][0], "id": "recovery.night"}]}]})
    assert case.file.claimants[1].heads[1].amount == Decimal(7)


def test_a_list_may_be_replaced_by_a_shorter_one_and_its_mistakes_are_told_where_it_is_written(tmp_path, french_law):
    data = small(scenarios=[{"id": "s0", "title": TITLE, "figures": {"exhibits": [{"id": "P1", "title": 5}]}}])
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_case(tmp_path, french_law)
    lines = (tmp_path / "case.yaml").read_text(encoding="utf-8").splitlines()
    told = {(one.code, lines[one.line - 1].strip()) for one in caught.value.problems}
    assert ("not_text", "title: 5") in told  # within the scenario
    assert ("unknown_exhibit", "- P2") in told  # the step that rests on what is gone
    assert ("missing_key", "- id: P1") in told


def test_what_yaml_repeats_is_changed_where_it_is_named_alone():
    source = parse_yaml("claimants:\n  - {id: a, facts: &same {service.data_lost: true}}\n  - {id: b, facts: *same}\n",
                        "case.yaml")
    scopes = {"service.data_lost": "claimant"}
    for entry, expected in (({"figures": {"claimants.a.facts.service.data_lost": False}}, [False, True]),
                            ({"claimants": ["b"], "unknown": ["service.data_lost"]}, [True, None]),
                            ({"unknown": ["service.data_lost"]}, [None, None])):
        changed = override(source, [written(entry)], scopes).source.data["claimants"]
        assert [one["facts"].get("service.data_lost") for one in changed] == expected


def written(entry: dict[str, Any]) -> Written:
    return Written(YamlSource("scenario", entry, {}), (), entry)


def test_of_two_scenarios_on_top_of_each_other_the_last_counts(varied):
    first = {"facts": {"event.usual_risk": False, "event.sudden": True}, "issues": {"breach": "established"},
             "questions": {"cap-1171": 0.9}}
    second = {"from": "s0", "facts": {"event.usual_risk": True}, "issues": {"causation": "not_established"},
              "questions": {"cap-1171": 0.1}}
    case = varied(first, second, take="s1")
    assert {name: case.file.facts[name].value for name in ("event.usual_risk", "event.sudden")} == {
        "event.usual_risk": True, "event.sudden": True}
    assert case.given == {"breach": True, "causation": False}
    assert case.chances == {"cap-1171": 0.1}


def test_a_scenario_looks_at_the_case_on_its_own_day_whatever_day_was_asked_for(varied, french_law):
    case = varied({"as_of": dt.date(2025, 1, 1)}, {"facts": {"event.sudden": True}})
    assert case.as_of == dt.date(2025, 1, 1)
    later = vary_case(case.at(dt.date(2026, 2, 3)), french_law, ["s1"])
    assert later.as_of == dt.date(2026, 2, 3)


def test_a_case_is_left_as_it_was_by_what_is_made_of_it(varied, french_law):
    case = varied({"facts": {"event.usual_risk": False}}, {"figures": {"claimants.durand.heads.hours.hours": 99}})
    before = yaml.safe_dump(_plain(case.source.data))
    again = vary_case(case, french_law, ["s1"])
    assert yaml.safe_dump(_plain(case.source.data)) == before
    assert case.file.claimants[1].heads[1].hours == Decimal(10)
    assert again.file.scenarios == case.file.scenarios


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(one) for one in data] if isinstance(data, list) else str(data)


def test_what_is_written_elsewhere_is_told_with_the_place_where_it_is_written(varied, french_law):
    case = varied({})
    further = parse_yaml("id: x\ntitle: {fr: x, en: x}\nfacts: {event.knid: fire}\n"
                         "figures: {claimants.durand.heads.hours.hours: many}\nquestions: {cap-1171: often}\n",
                         "more.yaml")
    with pytest.raises(InvalidInput) as caught:
        vary(case, names_of(french_law), [], further)
    told = {(one.file, one.line, one.code) for one in caught.value.problems}
    assert told == {("more.yaml", 3, "unknown_fact"), ("more.yaml", 4, "not_a_number"),
                    ("more.yaml", 5, "not_a_number")}


def test_a_scenario_that_does_not_exist_is_no_scenario(varied, french_law):
    with pytest.raises(KeyError):
        vary_case(varied({}), french_law, ["nowhere"])


FACTS = st.fixed_dictionaries({}, optional={
    "event.usual_risk": st.booleans(), "event.sudden": st.booleans(), "service.data_lost": st.booleans(),
    "service.own_copy": st.booleans(), "contract.cap_exists": st.booleans(), "backup.same_building": st.booleans(),
    "performance.effect@backup": st.sampled_from(["impossible", "still_possible"]),
})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS, order=st.randoms(use_true_random=False))
def test_to_state_the_same_twice_or_in_another_order_changes_nothing_more(facts, order, french_law):
    scopes = {name: fact.scope for name, fact in french_law.vocabulary.facts.items()}
    source = YamlSource("case.yaml", small(), {})
    once = override(source, [written({"facts": facts})], scopes).source.data
    shuffled = dict(order.sample(list(facts.items()), len(facts)))
    assert override(source, [written({"facts": facts}), written({"facts": shuffled})], scopes).source.data == once
    for name, value in facts.items():
        plain = name.partition("@")[0]
        stated = [held[name] for _, _, held in fact_maps(once) if name in held]
        assert stated
        assert all(fact == {"value": value} for fact in stated), plain
    assert override(source, [written({})], scopes).source.data == small()
