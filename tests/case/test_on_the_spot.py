"""Changes typed on the command line: what each name means, and what is told of a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.drafting.cases import read_small
from vismajor.case.models import Case
from vismajor.case.on_the_spot import Typed, typed_scenario
from vismajor.case.versions import vary
from vismajor.law.models import Law
from vismajor.reading.problems import LANGUAGES, InvalidInput
from vismajor.workbench import names_of

TITLE = {"fr": "Et si", "en": "What if"}


@pytest.fixture
def case(tmp_path: Path, french_law: Law) -> Case:
    return read_small(tmp_path / "case", french_law)


@pytest.fixture
def typed(case: Case, french_law: Law) -> Callable[..., Typed]:
    return lambda *set_, unset=(): typed_scenario(set_, unset, case, names_of(french_law), TITLE)


def entry(change: Typed) -> dict[str, object]:
    return {key: value for key, value in change.data.items() if key not in ("id", "title")}


@pytest.mark.parametrize(("text", "expected"), [
    ("service.own_copy=true", {"facts": {"service.own_copy": True}}),
    ("performance.effect@backup=impossible", {"facts": {"performance.effect@backup": "impossible"}}),
    ("event.usual_risk~0.2", {"likelihoods": {"event.usual_risk": Decimal("0.2")}}),
    ("event.usual_risk~1", {"likelihoods": {"event.usual_risk": 1}}),
    ("event.kind={value: fire, likelihood: 0.7, otherwise: theft}",
     {"facts": {"event.kind": {"value": "fire", "likelihood": Decimal("0.7"), "otherwise": "theft"}}}),
    ("liability_cap=not_established", {"issues": {"liability_cap": "not_established"}}),
    ("cap-1171=0.7", {"questions": {"cap-1171": Decimal("0.7")}}),
    ("as_of=2025-05-01", {"as_of": "2025-05-01"}),
    ("claimants.durand.heads.hours.hours=12", {"figures": {"claimants.durand.heads.hours.hours": 12}}),
    ("claimants.durand.facts.service.own_copy=true", {"figures": {"claimants.durand.facts.service.own_copy": True}}),
    (" service.own_copy = no ", {"facts": {"service.own_copy": "no"}}),  # as YAML 1.2 reads it
])
def test_a_name_is_a_fact_an_answer_a_question_a_day_or_a_path(typed, text, expected):
    assert entry(typed(text)) == expected


def test_several_changes_make_one_scenario(typed, case, french_law):
    change = typed("service.own_copy=true", "event.usual_risk~0.2", "breach=established", unset=["service.data_lost"])
    made = vary(case, names_of(french_law), [], change)
    assert [one.facts["service.own_copy"].value for one in made.file.claimants] == [True, True]
    assert not any("service.data_lost" in one.facts for one in made.file.claimants)
    assert made.file.facts["event.usual_risk"].likelihood == 0.2
    assert made.given == {"breach": True}


@pytest.mark.parametrize(("texts", "code", "nearest"), [
    (["service.own_cpy=true"], "unknown_name", "service.own_copy"),
    (["liabilty_cap=established"], "unknown_name", "liability_cap"),
    (["cap-1117=0.2"], "unknown_name", "cap-1171"),
    (["event.usual_riks~0.4"], "unknown_fact", "event.usual_risk"),
    (["liability_cap~0.4"], "unknown_fact", ""),
    (["nowhere=1"], "unknown_name", ""),
    (["nonsense"], "option_set_form", None), (["service.own_copy="], "option_set_form", None),
    (["=1"], "option_set_form", None),
    (["service.own_copy={value: true"], "bracket_not_closed", None),
    (["breach=established", "breach=not_established"], "option_set_twice", None),
])
def test_what_cannot_be_read_is_told_with_the_option_and_the_nearest_name(typed, texts, code, nearest):
    with pytest.raises(InvalidInput) as caught:
        typed(*texts)
    (told,) = caught.value.problems
    assert (told.file, told.code) == (f"--set {texts[-1]}", code)
    if nearest is not None:
        assert dict(told.values)["nearest"] == nearest
    for language in LANGUAGES:
        assert told.tell(language).startswith(f"--set {texts[-1]}: ")


@pytest.mark.parametrize(("texts", "unset", "file", "code"), [
    (["service.own_copy=perhaps"], [], "--set service.own_copy=perhaps", "wrong_fact_value"),
    (["event.usual_risk~1.4"], [], "--set event.usual_risk~1.4", "not_a_share"),
    (["event.sudden~0.4"], [], "--set event.sudden~0.4", "likelihood_of_nothing"),
    (["liability_cap=struck"], [], "--set liability_cap=struck", "not_in_list"),
    (["cap-1171=1.5"], [], "--set cap-1171=1.5", "not_a_share"),
    (["as_of=2020-01-01"], [], "--set as_of=2020-01-01", "date_before"),
    (["as_of=soon"], [], "--set as_of=soon", "not_a_date"),
    (["claimants.durand.heads.hours.hors=3"], [], "--set claimants.durand.heads.hours.hors=3", "unknown_key"),
    (["claimants.duran.name=X"], [], "--set claimants.duran.name=X", "no_such_figure"),
    (["claimants.durand.id=x"], [], "--set claimants.durand.id=x", "figure_from_files"),
    (["event.usual_risk@data=true"], [], "--set event.usual_risk@data=true", "fact_not_per_duty"),
    ([], ["event.sudden"], "--unset event.sudden", "forgets_nothing"),
    ([], ["event.suden"], "--unset event.suden", "unknown_fact"),
])
def test_what_a_change_gets_wrong_is_told_with_its_option(typed, case, french_law, texts, unset, file, code):
    with pytest.raises(InvalidInput) as caught:
        vary(case, names_of(french_law), [], typed(*texts, unset=unset))
    assert {(told.file, told.code) for told in caught.value.problems} == {(file, code)}


def test_all_wrong_options_are_told_at_once(typed):
    with pytest.raises(InvalidInput) as caught:
        typed("service.own_cpy=true", "nonsense", "brech=established")
    assert [told.code for told in caught.value.problems] == ["unknown_name", "option_set_form", "unknown_name"]


def test_what_a_change_makes_wrong_elsewhere_is_told_there_and_with_the_change(typed, case, french_law):
    with pytest.raises(InvalidInput) as caught:
        vary(case, names_of(french_law), [], typed("incident.date=2023-12-24"))
    told = {(one.file.rpartition("/")[2], one.code) for one in caught.value.problems}
    assert told == {("case.yaml", "date_before"), ("--set", "scenario_contradicts")}
