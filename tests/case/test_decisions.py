"""Coded decisions: those that are shipped, those that somebody else writes, and every mistake told at its place."""

import datetime as dt
import re
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from vismajor.case.decisions import Decision, Decisions, read_decisions
from vismajor.law.reader import read_law
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem
from vismajor.reasoning.findings import catalog

BAD, SHIPPED = ROOT / "tests" / "bad", ROOT / "cases" / "decisions"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((BAD / "expected-of-decisions.yaml").read_text("utf-8"))
NAMES = sorted(file.stem.removeprefix("decisions-") for file in BAD.glob("decisions-*.yaml"))
TODAY = dt.date(2019, 6, 30)  # of the bad files: the day of the decision that they hold
LEAST = "- {{id: {0}, factors: {{event.kind: strike}}, outcome: rejected}}\n"


@cache
def declared():
    return catalog(read_law("fr"))


def read(path: Path, today: dt.date | None = None) -> Decisions:
    return read_decisions(path, declared(), today=today)


def problems_of(path: Path, today: dt.date | None = TODAY) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        read(path, today)
    return caught.value.problems


@pytest.fixture(scope="module")
def shipped() -> Decisions:
    return read(SHIPPED)


def test_the_shipped_decisions_are_72_in_65_groups_and_29_accepted(shipped):
    decisions = shipped.decisions
    assert len(decisions) == 72
    assert len({decision.group for decision in decisions}) == 65
    assert sum(decision.outcome == "accepted" for decision in decisions) == 29
    assert len({decision.id for decision in decisions}) == 72


def test_86_values_come_from_the_second_reading_and_stand_among_the_factors(shipped):
    assert sum(len(decision.added) for decision in shipped.decisions) == 86
    for decision in shipped.decisions:
        assert set(decision.added) <= set(decision.factors)
        assert all(1 <= at <= len(decision.facts) for places in decision.added.values() for at in places)


def test_the_special_regime_is_told_of_the_decisions_under_another_law_and_of_no_other(shipped):
    under = Counter(decision.judged_under for decision in shipped.decisions if decision.regime == "other")
    assert under == {"cmr": 3, "air_passengers": 2, "builder_liability": 2, "package_travel": 3, "sea_carriage": 1,
                     "neighbour_disturbance": 1, "judgment_debt": 1, "labour": 1}
    assert all(d.judged_under is None for d in shipped.decisions if d.regime != "other")


def test_the_readme_counts_the_decisions_of_each_file():
    rows = re.findall(r"^\| `(\S+\.yaml)` \|.*\| (\d+) \|$", (SHIPPED / "README.md").read_text("utf-8"), re.M)
    counts = {file.name: len(read(file).decisions) for file in SHIPPED.glob("*.yaml")}
    assert {name: int(count) for name, count in rows} == counts


def test_a_file_of_somebody_else_is_read_whole():
    every, least = read(ROOT / "tests" / "good" / "decisions.yaml").decisions
    assert (every.id, every.number, every.group, every.judged_under) == ("every-key", "2100123", "one-dispute", "cmr")
    assert (every.day, every.contract_day) == (dt.date(2021, 5, 1), dt.date(2018, 1, 1))
    assert every.factors == {"event.kind": "theft", "event.violence": True, "event.sensitive_goods": False,
                             "contract.event_listed": False}
    assert every.added == {"event.violence": (1,), "event.sensitive_goods": (1, 2)}
    assert every.holdings.model_dump() == {"control": "not_examined", "unforeseeable": "not_examined",
                                           "unavoidable": "met", "prevented": "not_examined", "clause": "not_met"}
    assert not every.proper
    assert every.audit["by"] == ["a first reader", "a second reader"]
    assert (least.id, least.group, least.regime) == ("least", "least", "other")
    assert (least.day, least.contract_day) == (None, None)
    assert least.proper
    assert set(least.holdings.model_dump().values()) == {"not_examined"}
    assert (least.facts, least.added) == ((), {})


def test_only_id_factors_and_outcome_are_required():
    required = {name for name, field in Decision.model_fields.items() if field.is_required()}
    assert required == {"id", "factors", "outcome"}


def test_every_bad_file_says_what_is_expected_of_it():
    assert sorted(EXPECTED) == NAMES
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_told_at_its_place_and_nothing_else_is(name):
    told = [(p.line, p.column, p.code) for p in problems_of(BAD / f"decisions-{name}.yaml")]
    assert told == [(e["line"], e["column"], e["code"]) for e in EXPECTED[name]]


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_says_what_was_read_in_both_languages(name):
    for problem, expected in zip(problems_of(BAD / f"decisions-{name}.yaml"), EXPECTED[name], strict=True):
        assert expected["says"] in problem.explain("en")
        for language in LANGUAGES:
            message = problem.explain(language)
            assert not re.search(r"\{\w+\}", message), message
            assert problem.code == "too_few" or all(dict(problem.values).get(key, "") in message
                                                    for key in ("read", "key", "fact", "other", "nearest"))
        assert problem.explain("fr") != problem.explain("en")


def test_a_misspelt_factor_is_led_only_to_facts_that_a_decision_may_state():
    (problem,) = problems_of(BAD / "decisions-unknown-factor.yaml")
    assert dict(problem.values)["nearest"] == "event.origin"
    for name, near in declared().items():
        if near.computed or near.scope not in ("common", "contract", "claimant"):
            (problem,) = told_of(f"- {{id: one, factors: {{{name}x: true}}, outcome: rejected}}\n")
            assert dict(problem.values)["nearest"] != name


def told_of(text: str) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.yaml"
        file.write_text(text, encoding="utf-8")
        return problems_of(file)


def test_an_id_taken_in_another_file_is_told_with_the_other_place(tmp_path):
    (tmp_path / "a.yaml").write_text(LEAST.format("other") + LEAST.format("same"), encoding="utf-8")
    (tmp_path / "b.yml").write_text(LEAST.format("same"), encoding="utf-8")
    (problem,) = problems_of(tmp_path)
    assert (Path(problem.file).name, problem.line, problem.code) == ("b.yml", 1, "decision_twice")
    assert dict(problem.values)["other"] == f"{tmp_path / 'a.yaml'}:2"


def test_the_mistakes_of_all_files_are_told_at_once(tmp_path):
    for name in ("wrong-outcome", "unknown-factor", "empty-file"):
        (tmp_path / f"{name}.yaml").write_bytes((BAD / f"decisions-{name}.yaml").read_bytes())
    codes = {problem.code for problem in problems_of(tmp_path)}
    assert codes == {"not_in_list", "unknown_fact", "empty_file", "decision_twice"}


@pytest.mark.parametrize("made", ["nowhere", "nothing-in-it", "nowhere.yaml"])
def test_a_path_without_decisions_is_told(tmp_path, made):
    if made == "nothing-in-it":
        (tmp_path / made).mkdir()
        (tmp_path / made / "README.md").write_text("No list.", encoding="utf-8")
    (problem,) = problems_of(tmp_path / made)
    assert (problem.code, problem.file, problem.line, problem.column) == ("no_decisions", str(tmp_path / made), 1, 1)


def test_a_date_is_in_the_future_from_the_day_after_today():
    written = "- {id: one, date: 2019-06-30, factors: {}, outcome: rejected}\n"
    assert told_of(written.replace("06-30", "07-01"))[0].code == "date_in_future"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.yaml"
        file.write_text(written, encoding="utf-8")
        assert read(file, TODAY).decisions[0].day == TODAY
    tomorrow = f"{dt.date.today() + dt.timedelta(days=2):%Y-%m-%d}"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.yaml"
        file.write_text(written.replace("2019-06-30", tomorrow), encoding="utf-8")
        assert problems_of(file, None)[0].code == "date_in_future"  # today is the day of reading


def test_a_contract_of_the_month_or_year_of_its_decision_does_not_come_after_it(tmp_path):
    for date, contract in (("2018", "2018-05"), ("2018-03", "2018-03-31"), ("2018-03-01", "2018")):
        text = f"- {{id: one, date: {date}, contract_date: {contract}, factors: {{}}, outcome: rejected}}\n"
        (tmp_path / "own.yaml").write_text(text, "utf-8")
        assert len(read(tmp_path).decisions) == 1


def test_other_regimes_may_be_given():
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.yaml"
        file.write_text("- {id: one, regime: art_79_cisg, factors: {}, outcome: accepted}\n"
                        "- {id: two, regime: other, judged_under: space, factors: {}, outcome: accepted}\n", "utf-8")
        given_names = read_decisions(file, declared(), {"art_79_cisg"}, {"space"}).decisions
        assert [(d.regime, d.judged_under) for d in given_names] == [("art_79_cisg", None), ("other", "space")]
        assert [p.code for p in problems_of(file)] == ["not_in_list", "not_in_list"]


TEXTS = [file.read_text("utf-8") for file in sorted(SHIPPED.glob("*.yaml"))[:3]]


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(len(TEXTS))), st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=len(TEXTS),
                                                    max_size=len(TEXTS), unique=True))
def test_the_order_and_the_names_of_files_never_show(order, names):
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        for position, text in enumerate(TEXTS):
            (Path(first) / f"{position}.yaml").write_text(text, "utf-8")
            (Path(second) / f"{names[order[position]]}.yaml").write_text(text, "utf-8")
        one, other = read(Path(first)), read(Path(second))
        assert (one.decisions, one.sha256) == (other.decisions, other.sha256)


def test_another_content_has_another_hash(tmp_path):
    hashes = set()
    for name in ("one", "two"):
        (tmp_path / "own.yaml").write_text(LEAST.format(name), "utf-8")
        hashes.add(read(tmp_path).sha256)
    assert len(hashes) == 2


WRONG = ("null", "true", "0", "1.5", "x", '""', "[]", "{}", "[1]", "{event.kind: 1}", "2018-07-14", "[[a]]",
         "[null]", "-1")


@pytest.mark.parametrize("key", sorted(name.rstrip("_") for name in Decision.model_fields))
def test_whatever_stands_in_the_place_of_a_value_is_read_or_told_once(tmp_path, key):
    for wrong in WRONG:
        written = {"id": "one", "factors": "{event.kind: fire}", "outcome": "accepted", key: wrong}
        text = "- " + "\n  ".join(f"{name}: {value}" for name, value in written.items()) + "\n"
        (tmp_path / "own.yaml").write_text(text, "utf-8")
        try:
            read(tmp_path, TODAY)
        except InvalidInput as error:
            assert all(p.code != "wrong_value" and p.tell("fr") for p in error.problems)
            assert len(error.problems) == 1, [p.tell() for p in error.problems]
