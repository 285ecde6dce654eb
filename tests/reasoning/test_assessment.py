"""The founding case and the two decided ones, assessed: what must hold whatever the weights become."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.reasoning.assessment import DOUBTFUL, Assessment, assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case

WORLDS = Worlds("test", 4_000)


@pytest.fixture(scope="module")
def founding(french_law: Law) -> Case:
    return load_case(ROOT / "cases" / "ovh-strasbourg", french_law)


@pytest.fixture(scope="module")
def assessed(founding: Case, french_law: Law) -> Assessment:
    return assess_case(founding, french_law, WORLDS)


def _all_rules(assessment: Assessment) -> set[str]:
    return {argument.rule.id for views in assessment.views.values() for view in views
            for argument in (*view.arguments_for, *view.arguments_against)}


def test_every_issue_of_the_pack_is_answered_for_every_claimant(assessed: Assessment) -> None:
    everyone = {claimant.id for claimant in assessed.case.file.claimants}
    for issue_id, views in assessed.views.items():
        assert {claimant for view in views for claimant in view.claimants} == everyone, issue_id
    asked = [i for i in assessed.law.issues.values() if not i.known_from or i.known_from <= assessed.case.as_of]
    assert list(assessed.views) == [issue.id for issue in asked]


def test_force_majeure_needs_all_four_criteria(assessed: Assessment) -> None:
    for claimant, duty in assessed.answers:
        four = np.ones(WORLDS.count, dtype=bool)
        for criterion in ("control", "unforeseeable", "unavoidable", "prevented"):
            four &= assessed.holds(claimant, duty, criterion)
        assert np.array_equal(assessed.holds(claimant, duty, "force_majeure"), four)


def test_label_and_probability_never_contradict_each_other(assessed: Assessment) -> None:
    for views in assessed.views.values():
        for view in views:
            if view.label == "established":
                assert view.probability > DOUBTFUL[1]
            elif view.label == "not_established":
                assert view.probability < DOUBTFUL[0]


def test_the_backup_option_is_the_hinge(assessed: Assessment) -> None:
    bought = {c.id for c in assessed.case.file.claimants if c.facts["service.backup_option"].value is True}
    assert 0 < len(bought) < 20
    liable: dict[bool, list[float]] = {True: [], False: []}
    for claimant, duty in assessed.answers:
        if duty in ("backup", "data"):
            liable[claimant in bought].append(float(assessed.holds(claimant, duty, "breach").mean()))
    assert np.mean(liable[True]) > np.mean(liable[False]) + 0.2  # duty of means: even a buyer proves a fault


def test_the_reports_of_2022_are_unknown_in_january_2022_and_come_in_later(
        founding: Case, french_law: Law, assessed: Assessment) -> None:
    graph = next(iter(assessed.graphs.values()))
    assert "site.fire_suppression" not in graph.findings
    assert "no-fire-suppression" not in _all_rules(assessed)
    later = assess_case(founding.at(dt.date(2022, 6, 30)), french_law, Worlds("test", 500))
    assert next(iter(later.graphs.values())).findings["site.fire_suppression"].fact.value == "none"
    assert "no-fire-suppression" in _all_rules(later)


def test_no_decision_is_used_before_the_day_it_was_given(founding: Case, french_law: Law, assessed: Assessment) -> None:
    lille = "tcom-lille-2023-01-26-2021013526"

    def cites_lille(assessment: Assessment) -> bool:
        return any(lille in french_law.rules[rule_id].sources for rule_id in _all_rules(assessment))

    assert not cites_lille(assessed)
    day_before = assess_case(founding.at(dt.date(2023, 1, 25)), french_law, Worlds("test", 500))
    assert not cites_lille(day_before)
    assert cites_lille(assess_case(founding.at(dt.date(2023, 1, 26)), french_law, Worlds("test", 500)))


def test_the_fate_of_the_cap_moves_with_the_decisions(founding: Case, french_law: Law, assessed: Assessment) -> None:
    before = assessed.lead("liability_cap").probability
    after_lille = assess_case(founding.at(dt.date(2024, 1, 1)), french_law, WORLDS).lead("liability_cap").probability
    after_douai = assess_case(founding.at(dt.date(2025, 5, 1)), french_law, WORLDS).lead("liability_cap").probability
    assert after_lille < before < after_douai


def test_claimants_before_one_court_share_its_view(assessed: Assessment) -> None:
    columns = [assessed.holds(claimant, duty, "unforeseeable") for claimant, duty in assessed.answers]
    assert all(np.array_equal(column, columns[0]) for column in columns)


def test_the_leading_view_is_of_the_first_duty_and_the_most_claimants(assessed: Assessment) -> None:
    view = assessed.lead("breach")
    assert view.duty == "backup"
    assert len(view.claimants) == max(len(v.claimants) for v in assessed.views["breach"] if v.duty == "backup")


def test_claimants_with_facts_of_their_own_still_to_be_found_stand_together() -> None:
    from decimal import Decimal

    pack = law({"a.c": fact(scope="claimant")}, [issue("i", 0.0)], [rule("s", ["a.c"], {"for": "i"}, "strong")])
    own = {"a.c": {"value": True, "likelihood": Decimal("0.5")}}
    small = case([{"id": "one", "facts": own, "heads": [cost(10)]}, {"id": "two", "facts": own},
                  {"id": "three", "facts": {"a.c": True}}])
    assessment = assess_case(small, pack, Worlds("test", 8_000))
    assert [view.claimants for view in assessment.views["i"]] == [("one", "two"), ("three",)]
    assert assessment.lead("i").probability == pytest.approx(0.5 * (0.8808 + 0.5), abs=0.01)
    assert assessment.lead("i").standard_error == pytest.approx(0.0052, abs=0.0005)


def test_an_argument_set_aside_says_by_what() -> None:
    pack = law({"a.b": fact(), "a.u": fact()}, [issue("i", 0.0)],
               [rule("r", ["a.b"], {"for": "i"}, "strong", unless=["a.u"])])
    assessment = assess_case(case([{"id": "one"}], {"a.b": True, "a.u": True}), pack, Worlds("test", 200))
    (argument,) = assessment.lead("i").arguments_for
    assert not argument.applies
    assert argument.share == 0
    assert [str(premise.condition) for premise in argument.undercut_by] == ["a.u"]
    assert argument.premises[0].finding is not None


def test_progress_is_told_once_a_claimant(founding: Case, french_law: Law) -> None:
    told: list[str] = []
    assess_case(founding, french_law, Worlds("test", 100), told.append)
    assert told == [claimant.id for claimant in founding.file.claimants]
