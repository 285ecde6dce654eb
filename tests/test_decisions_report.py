"""What `validate` and `calibrate` print: 80 columns in both languages, French signs; JSON with the same figures."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vismajor.decisions import validate
from vismajor.decisions_report import tell_calibration, tell_validation, validation_json
from vismajor.drafting.typography import NO_BREAK, share
from vismajor.law.models import Law
from vismajor.reasoning.validation import Validation


@pytest.fixture(scope="module")
def small(french_law: Law) -> Validation:
    return validate(ROOT / "tests" / "good" / "decisions-unseen.yaml", french_law)


def plain(text: str) -> str:
    return " ".join(text.replace(NO_BREAK, " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_line_fits_80_columns(french_law: Law, small: Validation, language: str) -> None:
    assert french_law.fitted is not None
    for told in (tell_validation(french_law, small, language),
                 tell_calibration(french_law, french_law.fitted, Path("weights.yaml"), language)):
        assert max(len(line) for line in told.splitlines()) <= 80
        assert "…" not in told
        assert "{" not in told


def test_french_signs_are_french(french_law: Law, small: Validation) -> None:
    assert french_law.fitted is not None
    for told in (tell_validation(french_law, small, "fr"),
                 tell_calibration(french_law, french_law.fitted, Path("weights.yaml"), "fr")):
        assert "'" not in told
        assert not re.search(r"[^\u00a0\u202f\d] ?[;:?!%](?=\s|$)(?<![\u00a0\u202f].)", told)
        assert not re.search(r"« | »| [;:?!%]", told)


def test_french_and_english_differ(french_law: Law, small: Validation) -> None:
    french, english = (plain(tell_validation(french_law, small, language)) for language in ("fr", "en"))
    assert "jugé : accueilli" in french
    assert "court: accepted" in english
    assert "Une tempête" in french
    assert "A storm" in english


@pytest.mark.parametrize("language", ["fr", "en"])
def test_figures_are_those_of_the_validation(french_law: Law, small: Validation, language: str) -> None:
    told = plain(tell_validation(french_law, small, language))
    assert plain(share(small.scores.accuracy, language)) in told
    (wrong,) = small.wrong
    assert plain(share(wrong.probability, language)) in told
    least = min(wrong.conditions.values())
    assert f"({plain(share(least, language))})" in told


def test_an_error_tells_where_and_when_as_far_as_it_is_known(french_law: Law, small: Validation) -> None:
    (wrong,) = small.wrong
    assert "invented-surprise (Tribunal de commerce de Trifouillis, no date):" in plain(
        tell_validation(french_law, small, "en"))
    for changes, said in (({"court": None}, "(no date)"), ({"court": None, "date": "2018-03"}, "(March 2018)")):
        decision = wrong.decision.model_copy(update=changes)
        told = replace(small, judged=(replace(wrong, precedent=replace(wrong.precedent, decision=decision)),))
        assert f"invented-surprise {said}:" in plain(tell_validation(french_law, told, "en"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_agreement_is_told_with_its_interval_and_beside_the_base_rate(french_law: Law, small: Validation,
                                                                          language: str) -> None:
    told, data = plain(tell_validation(french_law, small, language)), validation_json(small)
    # Wilson, 2 of 3, z = 1.96: (2/3 + z²/6 ± z √(2/27 + z²/36)) / (1 + z²/3)
    z = 1.959964
    half = z * (2 / 27 + z**2 / 36) ** 0.5
    expected = [(2 / 3 + z**2 / 6 + side * half) / (1 + z**2 / 3) for side in (-1, 1)]
    assert data["accuracy_interval_95"] == pytest.approx(expected, abs=1e-4)
    assert data["base_rate"] == round(2 / 3, 6)  # two of three accepted
    for bound in expected:
        assert plain(share(bound, language)) in told


def test_all_are_told_as_all_and_who_wrote_the_rules_had_read_them(french_law: Law, small: Validation) -> None:
    told = {language: plain(tell_validation(french_law, small, language)) for language in ("fr", "en")}
    assert "All of them were judged by the weights of the pack" in told["en"]
    assert "3 of them" not in told["en"]
    assert "had read these decisions" in told["en"]
    assert "avait lu ces décisions" in told["fr"]
    mixed = replace(small, judged=(replace(small.judged[0], how="held_out"), *small.judged[1:]))
    assert "2 of them were judged by" in plain(tell_validation(french_law, mixed, "en"))


def test_a_table_without_rows_is_not_printed(french_law: Law, small: Validation) -> None:
    told = plain(tell_validation(french_law, replace(small, conditions={}), "en"))
    assert "Each condition, on the decisions" not in told


def test_what_is_left_out_is_told_and_what_agrees_is_not_listed(french_law: Law, small: Validation) -> None:
    told = tell_validation(french_law, replace(small, left_out=("one", "two")), "en")
    assert "one, two" in told
    assert "invented-strike" not in told
    assert "Where the likelier answer" not in tell_validation(
        french_law, replace(small, judged=small.judged[:2]), "en")


def test_json_has_the_figures_and_each_decision(small: Validation) -> None:
    data = json.loads(json.dumps(validation_json(small)))
    assert (data["n"], data["accuracy"]) == (3, round(2 / 3, 6))
    assert data["brier"] == pytest.approx(small.scores.brier, abs=1e-6)
    assert data["log_loss"] == pytest.approx(small.scores.log_loss, abs=1e-6)
    assert [(d["id"], d["predicted"], d["outcome"], d["weights"]) for d in data["decisions"]] == [
        ("invented-storm", "accepted", "accepted", "unseen"), ("invented-strike", "rejected", "rejected", "unseen"),
        ("invented-surprise", "rejected", "accepted", "unseen")]
    for told, one in zip(data["decisions"], small.judged, strict=True):
        assert told["probability"] == round(one.probability, 6)
        assert (told["probability"] > 0.5) is (told["predicted"] == "accepted")
        assert set(told["conditions"]) == set(one.precedent.regime.asks)
    assert [d["apart"] for d in data["decisions"]] == [False, False, True]
    assert sum(data["confusion"].values()) == 3
    assert data["confusion"]["accepted_unexpectedly"] == 1
    assert sum(part["n"] for part in data["calibration"]) == 3


def test_rules_whose_word_decisions_contradict_are_told_heavier_apart_from_lighter(french_law: Law) -> None:
    assert french_law.fitted is not None
    name = "known-risk-argued"
    word = float(french_law.weights[french_law.rules[name].weight or "weak"])
    for low, high, weight in ((word + 0.5, word + 2, word + 1), (word - 1.5, word - 0.5, word - 1)):
        found = french_law.fitted.rules[name].model_copy(update={"weight": weight, "low": low, "high": high})
        fitted = french_law.fitted.model_copy(update={"rules": {name: found}})
        other = tell_calibration(french_law, fitted.model_copy(update={"rules": {
            name: found.model_copy(update={"weight": word})}}), Path("w.yaml"), "en")
        told = tell_calibration(french_law, fitted, Path("w.yaml"), "en")
        assert told.count(name) == 2  # in the table and in one of the lists
        assert name not in other
