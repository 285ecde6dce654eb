"""Backtest: nothing of the decision or later is used; what agrees, and where the award falls."""

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from vismajor.backtest import AwardPoint, Backtest, Point, _rank, backtest, decided_cases, load_decided, tally
from vismajor.law.coverage import rules_at
from vismajor.law.fitted import Fitted
from vismajor.law.models import Law, Rule
from vismajor.law.reader import read_law
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.assessment import Premise
from vismajor.settlement.valuation import Spread, Valuation
from vismajor.workbench import assess, load_case, value

WORLDS = 1000
EVES = [("bati-courtage", dt.date(2023, 1, 26)), ("bluepad", dt.date(2023, 3, 9)),
        ("bati-courtage", dt.date(2025, 4, 24)), ("ovh-strasbourg", dt.date(2022, 1, 14))]
each_eve = pytest.mark.parametrize(("name", "decided"), EVES)
DAY = dt.timedelta(days=1)


@cache
def law() -> Law:
    return read_law("fr")


@cache
def foreseen(name: str, day: dt.date) -> Valuation:
    return value(assess(load_case(ROOT / "cases" / name, law(), day), law(), worlds=WORLDS))


@cache
def told_of(name: str) -> tuple[Backtest, ...]:
    return tuple(backtest(load_decided([ROOT / "cases" / name]), WORLDS))


# --- what dates hide


def without(pack: Law, day: dt.date) -> Law:
    """Return a pack from which all that is dated `day` or later is taken out, as if nobody had ever written it."""
    sources = {name: source for name, source in pack.sources.items() if source.date is None or source.date < day}
    rules = {name: _without(rule, set(sources), day) for name, rule in pack.rules.items()
             if rule.known_from is None or rule.known_from < day}
    issues = {name: issue for name, issue in pack.issues.items()
              if issue.known_from is None or issue.known_from < day}
    fitted = pack.fitted.on(day - DAY) if pack.fitted else None
    return pack.model_copy(update={"sources": sources, "rules": rules, "issues": issues, "fitted": fitted})


def _without(rule: Rule, sources: set[str], day: dt.date) -> Rule:
    steps = rule.open
    if isinstance(steps, tuple):
        steps = tuple(step for step in steps if step.from_ < day)
        assert steps, f"{rule.id}: every chance it is given is later than {day}"
    known = tuple(source for source in rule.sources if source in sources)
    assert known, f"{rule.id}: counts before {day}, and rests on later sources alone"
    # A rule that ends the day before a decision ends because of it.
    ends = rule.known_to if rule.known_to and rule.known_to < day - DAY else None
    return rule.model_copy(update={"open": steps, "sources": known, "known_to": ends})


@each_eve
def test_a_pack_that_never_heard_of_the_decision_foresees_the_very_same(name: str, decided: dt.date) -> None:
    eve, ignorant = decided - DAY, without(law(), decided)
    blind = value(assess(load_case(ROOT / "cases" / name, ignorant, eve), ignorant, worlds=WORLDS))
    known = foreseen(name, eve)
    for issue, views in blind.assessment.views.items():
        assert [(v.duty, v.probability, v.label) for v in views] == [
            (v.duty, v.probability, v.label) for v in known.assessment.views[issue]], issue
    np.testing.assert_array_equal(blind.group_award, known.group_award)


@pytest.mark.parametrize(("name", "decided"), EVES[:3])
def test_the_day_of_the_decision_it_would_have_been_known(name: str, decided: dt.date) -> None:
    """Else the test above would prove nothing."""
    on_the_day, eve = foreseen(name, decided), foreseen(name, decided - DAY)
    assert not np.array_equal(on_the_day.group_award, eve.group_award)


@each_eve
def test_no_argument_rests_on_the_decision_or_on_what_came_after(name: str, decided: dt.date) -> None:
    assessment = foreseen(name, decided - DAY).assessment
    rules = [rule for views in assessment.views.values() for view in views
             for argument in (*view.arguments_for, *view.arguments_against)
             for rule in (argument.rule, *(r for p in argument.premises for r in concluding(p)))]
    assert rules
    for rule in rules:
        assert rule.known_from is None or rule.known_from < decided, rule.id
    argued = [argument.rule for graph in assessment.graphs.values()
              for listed in (*graph.arguments.values(), *graph.derivations.values()) for argument in listed]
    dates = [law().sources[source].date for rule in argued for source in rule.sources]
    assert all(date is None or date < decided for date in dates)


@pytest.mark.parametrize("decided", sorted({day for _, day in EVES}))
def test_no_rule_known_on_the_eve_cites_the_decision_or_a_later_one(decided: dt.date) -> None:
    for rule in rules_at(law(), decided - DAY):
        dates = [law().sources[source].date for source in rule.sources]
        assert all(date is None or date < decided for date in dates), rule.id


def test_a_rule_that_rests_on_an_older_source_too_loses_the_decision_until_its_day() -> None:
    decision, older = law().sources["tcom-lille-2023-01-26-2021013526"], "cc-1170"
    rule = next(iter(law().rules.values())).model_copy(update={"sources": (older, decision.id)})
    assert decision.date == dt.date(2023, 1, 26)
    assert law().as_known(rule, decision.date - DAY).sources == (older,)
    assert law().as_known(rule, decision.date).sources == (older, decision.id)


def fitted(known_to: dt.date) -> Law:
    """Return the pack with weights fitted to decisions up to a day: each rule counts for nothing."""
    rules = {rule.id: {"weight": 0, "low": 0, "high": 0, "decisions": 1} for rule in law().rules.values()}
    measure = {"accuracy": 1, "brier": 0, "log_loss": 0, "correct": 1}
    return law().model_copy(update={"fitted": Fitted.model_validate({
        "command": "calibrate", "made_on": dt.date(2026, 11, 27), "known_to": known_to, "data": "0",
        "decisions": 1, "groups": 1, "penalty": 1,
        "held_out": measure, "together": {}, "issues": {}, "rules": rules, "seen": ["one"]})})


@pytest.mark.parametrize(("known_to", "used"), [
    (dt.date(2023, 3, 8), True), (dt.date(2023, 3, 9), False), (dt.date(2026, 11, 27), False)])
def test_weights_fitted_to_later_decisions_are_not_used(known_to: dt.date, used: bool) -> None:
    decided, = load_decided([ROOT / "cases" / "bluepad"])
    bare = replace(decided, law=law().model_copy(update={"fitted": None}))
    without_fit, = backtest([bare], WORLDS)
    with_fit, = backtest([replace(decided, law=fitted(known_to))], WORLDS)
    assert (with_fit.points != without_fit.points) == used


def concluding(premise: Premise) -> list[Rule]:
    return [*premise.derived_by, *(rule for below in premise.derived_from for rule in concluding(below))]


@pytest.mark.parametrize("name", ["bati-courtage", "bluepad"])
def test_each_decision_is_foreseen_as_of_the_day_before(name: str) -> None:
    for test in told_of(name):
        assert test.as_of == test.decision.date - DAY
        known = foreseen(name, test.as_of)
        assert test.award is not None
        assert test.award.foreseen == known.together.award
        assert test.award.claimed == known.together.claimed


def test_other_disputes_are_compared_on_the_plea_at_the_case_s_own_date_without_amounts() -> None:
    tests = told_of("ovh-strasbourg")
    assert [test.as_of for test in tests] == [dt.date(2022, 1, 13)] * 3
    assert all(test.award is None for test in tests)
    for test in tests:
        assert [point.issue.id for point in test.points] == ["force_majeure", "force_majeure_clause", "exoneration"]
    assert tally(tests).awarded == 0


# --- points


def test_a_case_decided_twice_is_foreseen_twice() -> None:
    first, appeal = told_of("bati-courtage")
    assert (first.decision.held["liability_cap"], appeal.decision.held["liability_cap"]) == ("rejected", "established")
    assert (first.as_of, appeal.as_of) == (dt.date(2023, 1, 25), dt.date(2025, 4, 23))


def test_what_was_decided_is_shown_in_the_order_of_the_pack_with_what_is_always_shown() -> None:
    first = told_of("bati-courtage")[0]
    assert [(p.issue.id, p.ruling) for p in first.points] == [
        ("obligation_kind", "rejected"), ("breach", "established"), ("force_majeure", None),
        ("force_majeure_clause", "rejected"), ("exoneration", "rejected"), ("gross_fault", "rejected"),
        ("liability_cap", "rejected")]


def test_an_answer_for_one_duty_is_compared_with_that_duty_alone() -> None:
    test, = told_of("bluepad")
    breach = next(point for point in test.points if point.issue.id == "breach")
    views = foreseen("bluepad", test.as_of).assessment.views["breach"]
    alone, = (view for view in views if view.duty == "location")
    assert (breach.duty, breach.low, breach.high) == ("location", alone.probability, alone.probability)
    assert len({view.duty for view in views}) == 2


def point(low: float, high: float, ruling: str | None) -> Point:
    return replace(told_of("bluepad")[0].points[0], low=low, high=high, ruling=ruling)  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high", "ruling", "agrees"), [
    (0.51, 0.9, "established", True), (0.5, 0.9, "established", False), (0.4, 0.9, "established", False),
    (0.1, 0.49, "rejected", True), (0.1, 0.5, "rejected", False), (0.1, 0.9, "rejected", False), (0.1, 0.2, None, None),
])
def test_a_point_agrees_where_the_likelier_answer_is_the_court_s_for_all(
        low: float, high: float, ruling: str | None, agrees: bool | None) -> None:
    assert point(low, high, ruling).agrees is agrees


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_answer_agrees_with_both_rulings(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert not (point(low, high, "established").agrees and point(low, high, "rejected").agrees)


# --- the award


def award(made: str | None) -> AwardPoint:
    spread = Spread(Decimal(50), Decimal(1), Decimal(10), Decimal(50), Decimal(90), 0.0)
    return AwardPoint(Decimal(100), spread, None if made is None else Decimal(made), None, None)


@pytest.mark.parametrize(("made", "inside"), [
    ("9.99", False), ("10.00", True), ("50.00", True), ("90.00", True), ("90.01", False), (None, None)])
def test_an_award_is_inside_between_the_two_centiles_ends_included(made: str | None, inside: bool | None) -> None:
    assert award(made).inside is inside


def test_the_rank_is_a_range_where_many_worlds_bring_just_that() -> None:
    awards = np.array([0.0, 0.0, 1800.48, 1800.48, 1800.48, 5000.0, 7000.0, 9000.0])
    assert _rank(awards, 1800.48) == (0.25, 0.625)
    assert _rank(awards, 1800.47) == (0.25, 0.25)
    assert _rank(awards, 0.0) == (0.0, 0.25)
    assert _rank(awards, 9000.01) == (1.0, 1.0)


@given(st.lists(st.integers(0, 100), min_size=1), st.integers(0, 100))
def test_a_rank_is_a_range_of_shares_that_grows_with_the_award(cents: list[int], made: int) -> None:
    awards = np.array(cents) / 100
    below, at_most = _rank(awards, made / 100)
    assert 0 <= below <= at_most <= 1
    assert at_most <= _rank(awards, (made + 1) / 100)[0]
    assert at_most - below == pytest.approx(cents.count(made) / len(cents))


# --- counts, and which cases


def test_the_tally_counts_what_was_decided_and_awarded_only() -> None:
    test = told_of("bluepad")[0]
    points = (point(0.9, 0.9, "established"), point(0.9, 0.9, "rejected"), point(0.9, 0.9, None))
    found = tally([replace(test, points=points, award=award("50")), replace(test, points=(), award=award("95")),
                   replace(test, points=(), award=award(None)), replace(test, points=points[:1], award=None)])
    assert (found.agreed, found.decided, found.inside, found.awarded) == (2, 3, 1, 2)


def test_the_cases_that_have_an_outcome_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert [folder.name for folder in decided_cases()] == ["bati-courtage", "bluepad", "ovh-strasbourg"]
    shutil.copytree(ROOT / "cases" / "bluepad", tmp_path / "decided")
    shutil.copytree(ROOT / "tests" / "good" / "minimal", tmp_path / "pending")
    monkeypatch.setattr("vismajor.backtest.shipped_folder", lambda _: tmp_path)
    assert [folder.name for folder in decided_cases()] == ["decided"]


def test_an_installation_without_cases_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Path:
        raise FileNotFoundError

    monkeypatch.setattr("vismajor.backtest.shipped_folder", missing)
    with pytest.raises(InvalidInput, match="no decided case"):
        decided_cases()
