"""The French pack with one change each: exactly that mistake is told, in the right file, line and column."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vismajor.law.reader import law_names, pack_folder, read_law
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem
from vismajor.reading.yaml_source import YamlSource, parse_yaml, read_text

RULE = """
  - id: probe
    if: [event.usual_risk]
    then: {against: unforeseeable}
    weight: weak
    because: {fr: "Un motif.", en: "A reason."}
    sources: [cc-1218]
"""
PAIR = """
  - id: probe-one
    if: [prevention.own_failing]
    then: {prevention.rule_breached: true}
    because: {fr: "Un motif.", en: "A reason."}
    sources: [cc-1218]
  - id: probe-two
    if: [prevention.rule_breached]
    then: {prevention.own_failing: true}
    because: {fr: "Un motif.", en: "A reason."}
    sources: [cc-1218]
"""
PROBE = "themes/probe.yaml"


@cache
def parsed_once(text: str, name: str) -> YamlSource:
    return parse_yaml(text, name)


@pytest.fixture
def pack(tmp_path: Path, monkeypatch) -> Path:
    # the files that a test does not change are parsed once
    monkeypatch.setattr("vismajor.law.reader.load_yaml",
                        lambda path, name, missing: parsed_once(read_text(path, name, missing), name))
    folder = Path(shutil.copytree(ROOT / "rules" / "fr", tmp_path / "pack"))
    (folder / PROBE).write_text("rules:\n" + RULE, encoding="utf-8")
    return folder


def change(pack: Path, file: str, old: str, new: str) -> str:
    text = (pack / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    text = text.replace(old, new, 1)
    (pack / file).write_text(text, encoding="utf-8")
    return text


def told(pack: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        read_law(str(pack))
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert not re.search(r"\{\w+\}", problem.explain(language))
    return caught.value.problems


def place(text: str, at: str) -> tuple[int, int]:
    assert text.count(at) >= 1, at
    before = text[: text.index(at)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


# file, what is changed, into what, the code, the text at whose beginning it is told
CHANGES = {
    "unknown fact in a condition": (PROBE, "event.usual_risk", "event.usual_riks", "unknown_fact", "event.usual_riks"),
    "unknown issue": (PROBE, "unforeseeable", "unforseeable", "unknown_issue", "then:"),
    "unknown issue in a condition": (PROBE, "event.usual_risk", "braech", "unknown_issue", "braech"),
    "unknown source": (PROBE, "cc-1218]", "cc-1281x]", "unknown_source", "cc-1281x"),
    "unknown duty": (PROBE, "    weight", "    duties: [date]\n    weight", "unknown_duty", "date]"),
    "no condition": (
        PROBE, "[event.usual_risk]", "[event.usual_risk and event.sudden]", "bad_condition", "event.usual_risk and"),
    "no conditions": (PROBE, "[event.usual_risk]", "[]", "too_few", "if:"),
    "weight missing": (PROBE, "    weight: weak\n", "", "rule_weight", "id: probe"),
    "weight on a fact": (PROBE, "{against: unforeseeable}", "{prevention.own_failing: true}", "rule_weight", "weight:"),
    "weight that does not exist": (PROBE, "weight: weak", "weight: heavy", "not_in_list", "weight:"),
    "two conclusions": (
        PROBE, "{against: unforeseeable}", "{against: unforeseeable, for: control}", "rule_conclusion", "then:"),
    "composite issue argued": (
        PROBE, "against: unforeseeable", "against: force_majeure", "rule_weighs_composite", "then:"),
    "dates out of order": (
        PROBE, "    weight", "    in_force: {from: 2020-01-01, to: 2019-01-01}\n    weight", "dates_out_of_order",
        "in_force:"),
    "open dates out of order": (
        PROBE, "    weight", "    open: [{from: 2021-01-01, chance: 0.5}, {from: 2020-01-01, chance: 0.5}]\n    weight",
        "dates_out_of_order", "from: 2020-01-01"),
    "chance outside 0..1": (PROBE, "    weight", "    open: 50\n    weight", "not_a_share", "open:"),
    "English reason missing": (PROBE, ', en: "A reason."', "", "missing_key", "because:"),
    "French reason empty": (PROBE, '"Un motif."', '" "', "not_text", "fr:"),
    "source missing": (PROBE, "    sources: [cc-1218]\n", "", "missing_key", "id: probe"),
    "value not in list": (PROBE, "event.usual_risk", "event.kind = fire | fier", "wrong_fact_value", "event.kind"),
    "a choice compared": (PROBE, "event.usual_risk", "event.kind < 3", "wrong_fact_value", "event.kind"),
    "an issue that is neither true nor false": (
        PROBE, "event.usual_risk", "breach = maybe", "wrong_fact_value", "breach"),
    "concluded value not in list": (
        PROBE, "{against: unforeseeable}\n    weight: weak", "{prevention.level: lots}", "wrong_fact_value", "then:"),
    "concluded fact unknown": (
        PROBE, "{against: unforeseeable}\n    weight: weak", "{prevention.own_faling: true}", "unknown_fact", "then:"),
    "a fact compared that has no name": (
        PROBE, "event.usual_risk", "procedure.mediation_agreed_on < event.date", "fact_not_named",
        "procedure.mediation_agreed_on"),
    "two facts of different types": (
        PROBE, "event.usual_risk", "backup.building = service.own_copy", "facts_not_comparable", "backup.building"),
    "the other fact unknown": (
        PROBE, "event.usual_risk", "backup.building = server.bulding", "unknown_fact", "backup.building"),
    "any of a fact of which there is one": (
        PROBE, "event.usual_risk", "any event.usual_risk", "not_of_several", "any event.usual_risk"),
    "an exception on an item that is not named": (
        PROBE, "    weight", "    unless: [backup.same_building]\n    weight", "item_not_named",
        "backup.same_building"),
    "a conclusion on an item that is not named": (
        PROBE, "{against: unforeseeable}\n    weight: weak", "{backup.same_building: true}", "item_not_named", "then:"),
    "a computed fact concluded": (
        PROBE, "{against: unforeseeable}\n    weight: weak", "{limit.days_left: 5}", "fact_computed", "then:"),
    "a fact of no kind": (
        "facts/event.yaml", "  event.sudden:\n", "  event.sudden:\n    scope: sever\n", "unknown_kind",
        "scope: sever\n"),
    "a kind that belongs to no kind": ("vocabulary.yaml", "of: server", "of: sever", "unknown_kind", "of: sever"),
    "a time limit on a fact that is no date": (
        "time_limits.yaml", "kept_by: procedure.suit_filed_on", "kept_by: service.own_copy", "time_limit_fact",
        "id: prescription"),
    "a time limit on an unknown fact": (
        "time_limits.yaml", "kept_by: procedure.suit_filed_on", "kept_by: procedure.suit_field_on", "unknown_fact",
        "id: prescription"),
    "a time limit without a source": (
        "time_limits.yaml", "    sources: [cc-2224, cc-2228, cc-2254, ccom-l110-4]\n", "", "missing_key",
        "id: prescription"),
    "misspelt key": (PROBE, "weight:", "wieght:", "unknown_key", "wieght:"),
    "rule id twice": (PROBE, "id: probe", "id: terms-not-accepted", "same_id_twice", "id: terms-not-accepted"),
    "no rules": (PROBE, "rules:", "rule:", "missing_key", "rule:"),
    "issue with weigh and all": (
        "issues.yaml", "    all: [control,", "    weigh: {prior: -1}\n    all: [control,", "issue_decided_twice",
        "id: force_majeure\n"),
    "element unknown": ("issues.yaml", "[control, unforeseeable", "[contrl, unforeseeable", "unknown_issue", "contrl"),
    "negated element unknown": (
        "issues.yaml", '"not exoneration"', '"not exonerated"', "unknown_issue", '"not exonerated"'),
    "issue without burden": ("issues.yaml", "    burden: respondent\n", "", "missing_key", "id: settled"),
    "state missing": (
        "facts/event.yaml",
        '    states:\n      fire: {fr: "l\'événement est un incendie", en: "the event relied on is a fire"}\n',
        "    states:\n", "state_missing", "states:\n      it_outage:"),
    "state of no value": (
        "facts/event.yaml", "      it_outage: {fr:", '      it_outages: {fr: "x", en: "x"}\n      it_outage: {fr:',
        "unknown_state", "it_outages:"),
    "values of a fact that is no choice": (
        "facts/event.yaml", "  event.sudden:\n", "  event.sudden:\n    values: [a]\n", "choice_without_values",
        "values: [a]"),
    "bears on no issue": (
        "facts/event.yaml", "bears_on: [control]", "bears_on: [controll]", "unknown_issue", "controll"),
    "answered by no fact": (
        "facts/obligation.yaml", "service.data_lost, ", "service.data_lots, ", "unknown_fact", "service.data_lots"),
    "status without likelihood": (
        "vocabulary.yaml", "disputed: 0.6, ", "", "missing_key", "likelihood_by_status"),
    "weight without number": ("pack.yaml", "strong: 2, ", "", "missing_key", "weights:"),
    "head without source": ("heads.yaml", "    sources: [cc-1217, cc-1223, cc-1229]\n", "", "missing_key",
                            "restitution:"),
    "head with unknown source": ("heads.yaml", "[cc-1217,", "[cc-1217x,", "unknown_source", "cc-1217x"),
    "regimes of an unknown plea": (
        "regimes.yaml", "plea: force_majeure\n", "plea: force_majuere\n", "unknown_issue", "plea: force_majuere\n"),
    "regimes of an unknown clause": (
        "regimes.yaml", "clause: force_majeure_clause", "clause: force_majeure_claus", "unknown_issue",
        "clause: force_majeure_claus\n"),
    "regimes of an unknown duty": (
        "regimes.yaml", "duty: performance", "duty: perfromance", "unknown_duty", "duty:"),
    "an unknown usual regime": (
        "regimes.yaml", "usual: contract", "usual: contrcat", "unknown_regime", "usual:"),
    "a prior of an unknown condition": (
        "regimes.yaml", "{control: 0.5", "{contrl: 0.5", "unknown_issue", "contrl"),
    "a condition without a prior": (
        "regimes.yaml", "{control: 0.5, ", "{", "missing_key", "in_court:"),
    "a regime that asks for no condition of the plea": (
        "regimes.yaml", "asks: [control, unavoidable]", "asks: [control, unavoidabl]", "unknown_issue",
        "unavoidabl]"),
    "a regime of an unknown source": (
        "regimes.yaml", "sources: [cc-1218]", "sources: [cc-1281x]", "unknown_source", "cc-1281x]"),
    "an unknown fact given by a regime": (
        "regimes.yaml", "given: {plea.outside_contract", "given: {plea.outside_contrct", "unknown_fact",
        "plea.outside_contrct:"),
    "a wrong value given by a regime": (
        "regimes.yaml", "outside_contract: true", "outside_contract: perhaps", "wrong_fact_value",
        "plea.outside_contract: perhaps"),
    "an unknown fact beside the clause": (
        "regimes.yaml", "with_clause: {contract.terms_accepted", "with_clause: {contract.terms_acepted",
        "unknown_fact", "contract.terms_acepted"),
    "a regime that asks for nothing": (
        "regimes.yaml", "asks: [control, unavoidable]", "asks: []", "too_few", "asks: []"),
    "a weight of an unknown rule": (
        "weights.yaml", "  act-of-authority:", "  act-of-autority:", "unknown_rule", "act-of-autority:"),
    "a prior of an unknown issue": (
        "weights.yaml", "  control: {prior", "  contrl: {prior", "unknown_issue", "contrl: {prior"),
    "an unknown issue appraised as one": (
        "weights.yaml", "  force_majeure: {share", "  force_majure: {share", "unknown_issue", "force_majure: {share"),
    "a weight below nought": (
        "weights.yaml", "act-of-authority: {weight: ", "act-of-authority: {weight: -", "negative_number", "weight: -"),
    "a share beyond one": (
        "weights.yaml", "force_majeure: {share: 0", "force_majeure: {share: 1", "not_a_share", "share: 1"),
    "a half-year of rates left out": (
        "rates.yaml", "from: 2015-07-01", "from: 2015-07-02", "rates_gap", "from: 2015-07-02"),
    "a half-year of rates that overlaps": (
        "rates.yaml", "from: 2015-07-01", "from: 2015-06-30", "rates_overlap", "from: 2015-06-30"),
    "rates of the bank out of order": (
        "rates.yaml", "from: 2023-01-01, to: 2023-06-30, rate", "from: 2023-02-01, to: 2023-06-30, rate", "rates_gap",
        "from: 2023-02-01"),
    "a half-year that ends before it begins": (
        "rates.yaml", "to: 2015-06-30", "to: 2014-06-30", "dates_out_of_order", "{from: 2015-01-01, to: 2014"),
    "a rate without a source": (
        "rates.yaml", ", source: {url: \"https://retout.fr/?p=12408\", read: secondary}", "", "missing_key",
        "{from: 2015-01-01, to: 2016"),
    "a rate that nobody read given as confirmed": (
        "rates.yaml", "business: 2.75, confirmed: false", "business: 2.75", "rate_not_read", "{from: 2026-07-01"),
    "a rate without a page given as confirmed": (
        "rates.yaml", "source: {url: \"https://retout.fr/?p=12408\", read", "source: {read", "rate_not_read",
        "{from: 2015-01-01, to: 2016"),
    "a column of rates missing": (
        "rates.yaml", "person: 4.06, ", "", "missing_key", "{from: 2015-01-01, to: 2015"),
    "a rate written with a comma": (
        "rates.yaml", "person: 4.06", "person: \"4,06\"", "not_a_number", "person: \"4,06\""),
    "a rule of interest without a source": (
        "rates.yaml", "  points: 5\n  after_months: 2\n  sources: [cmf-l313-3]", "  points: 5\n  after_months: 2",
        "missing_key", "increase:"),
    "a rule of interest on an unknown source": (
        "rates.yaml", "[cmf-l313-3]", "[cmf-l313-33]", "unknown_source", "cmf-l313-33]"),
    "costs on an unknown source": ("rates.yaml", "[cpc-700]", "[cpc-7000]", "unknown_source", "cpc-7000]"),
    "interest that runs from no known act": (
        "rates.yaml", "{act: judgment", "{act: judgement", "not_in_list", "act: judgement"),
    "a misspelt key of the rates": (
        "rates.yaml", "business: 2.75, confirmed", "business: 2.75, confirmd", "unknown_key", "confirmd:"),
    "a rounding that does not exist": (
        "rates.yaml", "rounding: half_up", "rounding: halves", "not_in_list", "rounding: halves"),
    "source read in no known way": (
        "sources/statutes.yaml", "    read: full", "    read: entirely", "not_in_list", "read: entirely"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_as_that_mistake_at_its_place_and_nothing_else(pack, name):
    file, old, new, code, at = CHANGES[name]
    text = change(pack, file, old, new)
    assert [(p.file, p.line, p.column, p.code) for p in told(pack)] == [(f"pack/{file}", *place(text, at), code)]


def test_a_source_twice_is_told_where_it_stands_a_second_time(pack):
    text = change(pack, "sources/statutes.yaml", "id: cc-1112-1", "id: cc-1103")
    second = text.index("id: cc-1103", text.index("id: cc-1103") + 1)
    (problem,) = [p for p in told(pack) if p.code == "same_id_twice"]
    assert (problem.file, problem.line) == ("pack/sources/statutes.yaml", text[:second].count("\n") + 1)


def test_a_misspelt_key_of_the_pack_is_told_with_the_key_that_is_missing(pack):
    change(pack, "pack.yaml", "version:", "versoin:")
    assert {(p.code, dict(p.values)["key"]) for p in told(pack)} == {
        ("missing_key", "version"), ("unknown_key", "versoin")}


def test_two_rules_that_lead_to_each_other_are_refused_and_the_circle_is_printed(pack):
    (pack / PROBE).write_text("rules:\n" + PAIR, encoding="utf-8")
    (problem,) = told(pack)
    circle = dict(problem.values)["cycle"].split(" → ")
    assert (problem.code, problem.file, circle[0]) == ("cycle", f"pack/{PROBE}", circle[-1])
    assert set(circle) == {"prevention.own_failing", "prevention.rule_breached"}
    assert problem.line in (3, 8)
    assert " → ".join(circle) in problem.explain("fr")


def test_a_circle_of_issues_alone_is_told_at_an_issue(pack):
    text = change(pack, "issues.yaml", "any: [force_majeure, force_majeure_clause]", "any: [force_majeure, liability]")
    (problem,) = told(pack)
    assert (problem.code, problem.file) == ("cycle", "pack/issues.yaml")
    assert problem.line in {place(text, f"id: {issue}\n")[0] for issue in ("exoneration", "liability")}


def test_a_rule_on_a_common_issue_may_not_rest_on_what_differs_by_duty(pack):
    text = change(pack, PROBE, "[event.usual_risk]\n    then: {against: unforeseeable}",
                  "[performance.already_late]\n    then: {for: gross_fault}")
    (problem,) = told(pack)
    assert problem.code == "rule_common_on_duty"
    assert (problem.line, problem.column) == place(text, "performance.already_late")


def test_a_rule_id_used_in_two_files_is_told_in_the_second(pack):
    (pack / "themes" / "zz.yaml").write_text("rules:\n" + RULE, encoding="utf-8")
    assert [(p.file, p.line, p.code) for p in told(pack)] == [("pack/themes/zz.yaml", 3, "same_id_twice")]


def test_mistakes_of_several_files_are_told_at_once(pack):
    change(pack, PROBE, "event.usual_risk", "event.usual_riks")
    change(pack, "heads.yaml", "[cc-1217,", "[cc-1217x,")
    change(pack, "issues.yaml", "[control, unforeseeable", "[contrl, unforeseeable")
    assert [(p.file, p.code) for p in told(pack)] == [
        ("pack/heads.yaml", "unknown_source"), ("pack/issues.yaml", "unknown_issue"), (f"pack/{PROBE}", "unknown_fact")]


@pytest.mark.parametrize("file", ["pack.yaml", "vocabulary.yaml", "facts/event.yaml", "sources/statutes.yaml",
                                  "issues.yaml", "heads.yaml", PROBE])
@pytest.mark.parametrize("content", ["- a\n", ""])
def test_a_file_of_another_shape_never_ends_in_a_traceback(pack, file, content):
    (pack / file).write_text(content, encoding="utf-8")
    assert {p.file for p in told(pack)} == {f"pack/{file}"}


def test_a_missing_file_of_the_pack_is_told(pack):
    (pack / "heads.yaml").unlink()
    assert [(p.file, p.code) for p in told(pack)] == [("pack/heads.yaml", "missing_pack_file")]


def test_a_pack_that_is_not_there_is_told_with_the_nearest_name():
    assert "fr" in law_names()
    with pytest.raises(InvalidInput) as caught:
        pack_folder("frr")
    assert "Did you mean “fr”?" in str(caught.value)


def test_a_pack_lies_where_its_folder_is(pack, french_law):
    law = read_law(str(pack))
    assert law.folder == pack
    assert set(law.rules) == {*french_law.rules, "probe"}
    assert {name: hashed for name, hashed in law.hashes.items() if name != PROBE} == french_law.hashes


@pytest.mark.parametrize(("name", "near"), [
    ("regimes of an unknown plea", "force_majeure"), ("regimes of an unknown duty", "performance"),
    ("an unknown usual regime", "contract"), ("a prior of an unknown condition", "control"),
    ("a regime that asks for no condition of the plea", "unavoidable"),
    ("an unknown fact given by a regime", "plea.outside_contract"),
    ("a weight of an unknown rule", "act-of-authority"), ("a prior of an unknown issue", "control"),
])
def test_a_name_that_is_misspelt_in_regimes_or_weights_is_told_with_the_nearest(pack, name, near):
    file, old, new, *_ = CHANGES[name]
    change(pack, file, old, new)
    (problem,) = told(pack)
    assert dict(problem.values)["nearest"] == near


def test_a_pack_needs_neither_regimes_nor_weights(pack):
    for name in ("regimes.yaml", "weights.yaml"):
        (pack / name).unlink()
    law = read_law(str(pack))
    assert (law.regimes, law.fitted) == (None, None)
