"""`evidence`: what it prints, in both languages, and as data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.drafting.cases import small, write_case
from vismajor.cli import main
from vismajor.drafting.words import words
from vismajor.evidence_report import evidence_for, evidence_json, tell_evidence
from vismajor.evidence_tables import facts_table
from vismajor.law.models import Law
from vismajor.screen import render
from vismajor.settlement.evidence import Evidence
from vismajor.settlement.studies import Worth
from vismajor.workbench import load_case

REPORT = {"fr": "Rapport sur le local", "en": "Report on the room"}
TERMS = {"fr": "Conditions particulières", "en": "Special terms"}
EVIDENCE = [
    {"id": "expert", "title": REPORT, "facts": ["event.usual_risk"], "price": 9000, "months": 6, "reliability": 0.8},
    {"id": "terms", "title": TERMS, "facts": ["contract.cap_contradicted", "event.usual_risk"], "price": 50,
     "reliability": 0.9},
]


def _data(**changes: Any) -> dict[str, Any]:
    """Return the small case with a disputed fact on which its choice turns: whether special terms lift the cap."""
    data = small(**{"evidence": EVIDENCE, "expected": {"fault.wilful": 0.01}, **changes})
    data["contracts"][0]["facts"]["contract.cap_contradicted"] = {
        "value": True, "status": "disputed", "likelihood": 0.3, "exhibits": ["P2"]}
    data["offers"][0]["amount"] = 2500
    return data


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "dossier", _data())


def evidence(*arguments: object, lang: str = "en") -> Result:
    given = ["--lang", lang, "evidence", *(str(argument) for argument in arguments), "--worlds", "400"]
    return CliRunner().invoke(main, given, env={"COLUMNS": "200"})


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_what_to_obtain_first_comes_first_and_then_what_not_to_pay_for(case: Path) -> None:
    result = evidence(case)
    assert result.exit_code == 0, result.output
    told = plain(result.output)
    first = told.index("To obtain first: “Special terms”. Price: €50.")
    assert first < told.index("Before paying for “Report on the room” (€9,000)") < told.index("The claimants' choice")
    assert "It is mostly about one question: Do special terms contradict the cap" in told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_readable_at_80_columns_with_every_word_in_its_place(case: Path, lang: str) -> None:
    result = evidence(case, "--top", "100", lang=lang)
    assert max(len(line) for line in result.output.splitlines()) <= 80
    assert not re.search(r"\{\w*\}", result.output)
    assert "evidence_" not in result.output
    if lang == "fr":
        assert not re.search(r"\w [;:?!»%€]", result.output.replace("evidence:", ""))


def test_the_data_say_what_the_tables_say(case: Path) -> None:
    result = evidence(case, "--json")
    data = json.loads(result.output)
    assert [one["id"] for one in data["inquiries"]] == ["terms", "expert"]
    told = plain(evidence(case, "--top", "100").output)
    for inquiry in data["inquiries"]:
        worth = Decimal(inquiry["sample"]["claimants"]["decision"])
        assert Decimal(inquiry["net"]) == worth - Decimal(inquiry["price"]) - Decimal(inquiry["delay"])
        assert f"€{worth:,.0f}" in told
    for found in data["facts"]:
        assert sum(answer["chance"] for answer in found["found"]) == pytest.approx(1)
        for side in ("claimants", "respondent"):
            values = [Decimal(answer[side]) for answer in found["found"]]
            assert Decimal(found["swing"][side]) == max(values) - min(values)
    unknown = {found["fact"]: found for found in data["facts"] if found["status"] == "unknown"}
    assert unknown["fault.wilful"]["chances_from"] == "expected"
    assert unknown["prevention.own_failing"]["chances_from"] == "equal"
    assert {one["status"] for one in data["facts"]} <= {"unknown", "disputed", "alleged"}
    asked = {question["fact"].partition("@")[0] for group in data["ask_others"] for question in group["questions"]}
    assert "prevention.failing_not_causal" in asked
    assert all(not name.startswith(("event.", "site.", "prevention.")) for group in data["ask_client"]
               for name in [question["fact"] for question in group["questions"]])


def test_one_claimant_and_a_sum_may_be_looked_at(case: Path) -> None:
    data = json.loads(evidence(case, "--claimant", "durand", "--offer", "1500", "--json").output)
    (choice,) = data["choices"]["claimants"]
    assert (choice["claimants"], choice["certain"], choice["ground"]) == (["durand"], "1500.00", "given")
    assert {name for fact in data["facts"] for name in fact["claimants"]} == {"durand"}
    assert "The claimant's choice: €1,500, or the suit" in plain(evidence(case, "--claimant", "durand", "--offer",
                                                                         "1500").output)


def test_a_scenario_is_named_and_changes_the_figures(tmp_path: Path) -> None:
    scenario = {"id": "known", "title": {"fr": "Risque connu", "en": "Known risk"}, "facts": {"event.usual_risk": True}}
    folder = write_case(tmp_path / "dossier", _data(scenarios=[scenario]))
    result = evidence(folder, "--scenario", "known")
    assert "Scenario: Known risk" in plain(result.output)
    facts = json.loads(evidence(folder, "--scenario", "known", "--json").output)["facts"]
    assert "event.usual_risk" not in {fact["fact"] for fact in facts}


def test_unknown_names_are_told_together(case: Path) -> None:
    result = evidence(case, "--claimant", "dupond", "--scenario", "none")
    assert result.exit_code == 2
    assert "Did you mean “dupont”?" in result.stderr
    assert "no scenario “none”" in result.stderr


def test_a_case_that_lists_no_evidence_says_so_and_names_the_fact_to_find_out(tmp_path: Path) -> None:
    told = plain(evidence(write_case(tmp_path / "dossier", _data(evidence=[]))).output)
    assert "The case lists no evidence that could be obtained" in told
    assert "The fact most worth knowing:" in told
    assert "Evidence and measures" not in told


def test_each_branch_of_the_first_sentence_says_what_the_figures_say(tmp_path: Path, french_law: Law) -> None:
    cases = {
        "worth": _data(),
        "unworth": _data(evidence=[{**EVIDENCE[1], "price": 90_000}]),
        "less": _data(evidence=[{**EVIDENCE[1]}, {**EVIDENCE[1], "id": "dear", "title": REPORT, "price": 80_000}]),
        "respondent": _data(acting_for="respondent"),
        "also": _data(evidence=[EVIDENCE[1], {"id": "unfit", "title": REPORT, "facts": ["fault.unfit"], "price": 10}]),
    }
    told = {}
    for name, data in cases.items():
        loaded = load_case(write_case(tmp_path / name, {**data, "language": "en"}), french_law)
        told[name] = plain(tell_evidence(evidence_for(loaded, french_law, worlds=400, seed=None), (), 3))
    assert told["worth"].index("To obtain first: “Special terms”") > 0
    assert "No evidence is worth its price for the decision alone" in told["unworth"]
    assert "“Special terms” (€90,000)" in told["unworth"]
    assert "Before paying for “Report on the room” (€80,000): knowing what it will say is worth €" in told["less"]
    assert "less than its price and delay, and what the suit is worth would move by €" in told["less"]
    assert "To ask for as well, as proof more than to decide: “Report on the room” (€10)." in told["also"]
    assert "To ask for as well" not in told["worth"]
    assert "Next questions to the client 1." in told["respondent"]
    assert "To the respondent, knowing" in told["respondent"] or "No evidence is worth" in told["respondent"]


def test_what_knowing_a_fact_is_worth_is_said_as_sure_as_it_is(founding: Evidence) -> None:
    fact = next(one for one in founding.facts if one.status == "disputed")
    for decision, error, said in (("500", "90", "le savoir vaut 500 € (± 90 €) ;"), ("0", "0", "ne change aucune"),
                                  ("80", "90", "trop peu pour se distinguer de rien")):
        worth = Worth(Decimal(decision), Decimal(error), Decimal(1000))
        told = replace(fact, worth={"claimants": worth, "respondent": worth})
        rows = " ".join(line.strip("│┃ ").split("│")[0].strip() for line in
                        render(facts_table(founding, [told], "fr")).splitlines())
        assert said in plain(rows)


@pytest.fixture(scope="module")
def founding(french_law: Law) -> Evidence:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    return evidence_for(case, french_law, worlds=400, seed=None)


def test_the_founding_case_asks_for_the_terms_and_the_logs_before_it_pays_for_an_expert(founding: Evidence) -> None:
    ranked = [one.inquiry.id for one in founding.inquiries]
    assert ranked.index("journaux-onduleurs") < ranked.index("expert-incendie") == len(ranked) - 1
    assert founding.inquiries[-1].net < 0
    assert founding.inquiries[-1].as_proof < 0 < founding.inquiries[ranked.index("journaux-onduleurs")].as_proof
    assert all(worth.decision >= 0 for fact in founding.facts for worth in fact.worth.values())
    assert all(one.sample[side].decision <= one.perfect[side].decision for one in founding.inquiries
               for side in one.sample)


def test_the_founding_case_is_told_whole(founding: Evidence) -> None:
    told = tell_evidence(founding, (), 4)
    assert max(len(line) for line in told.splitlines()) <= 80
    assert words("fr")["evidence_ask_claimants"] in told
    data = evidence_json(founding, ())
    assert len(data["choices"]["claimants"]) == 20
    assert all(len(group["questions"]) <= 3 for group in data["ask_client"])
    assert sorted(name for group in data["ask_client"] for name in group["claimants"]) == sorted(
        founding.choices.members)



def test_a_partial_payment_of_an_insurer_hangs_on_a_sum_to_be_stated_and_is_not_told_as_nothing(
        tmp_path: Path, french_law: Law) -> None:
    data = _data()
    for claimant in data["claimants"]:
        claimant["facts"]["client.sues_as"] = "party"
    found = evidence_for(load_case(write_case(tmp_path / "insured", data)), french_law, worlds=400, seed=None)
    insured = replace(found, facts=tuple(one for one in found.facts if one.fact == "client.insurer_paid"))
    told = plain(tell_evidence(insured, [], 5))
    assert "un assureur a indemnisé le client d’une partie de sa perte : selon la somme versée, à indiquer" in told
    assert "d’une partie de sa perte : 0 €" not in told
    assert "L. 121-12" in told
    assert "Document interne" in told


def test_the_part_of_one_claimant_is_told_from_what_an_agreement_with_it_would_spare(case: Path) -> None:
    alone = plain(evidence(case, "--claimant", "dupont").stdout)
    assert "is not what an agreement with it alone would spare the respondent" in alone
    assert "an equal part of the rest" not in plain(evidence(case).stdout)
