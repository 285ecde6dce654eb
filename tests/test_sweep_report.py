"""What a sweep says: facts, signs, both ends, and where each figure comes from; the same in words and in JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from tests.conftest import ROOT
from vismajor import workbench
from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.law.reader import read_law
from vismajor.settlement.sweep import Sweep, sweep_case
from vismajor.sweep_report import _Telling, small_share, sweep_json, tell_sweep

FACTS = ("contract.cap_imbalance", "client.release_given", "contract.fm_notice", "performance.other_cause@location",
         "event.catnat_order")
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@cache
def bluepad() -> Sweep:
    case = workbench.load_case(ROOT / "cases" / "bluepad", read_law("fr"))
    return sweep_case(workbench.assess(case, worlds=400), FACTS, worlds_each=64, top=3)


def told(language: str, sweep: Sweep | None = None) -> str:
    found = sweep or bluepad()
    case = found.assessment.case.said_in("fr" if language == "fr" else "en")
    return tell_sweep(replace(found, assessment=replace(found.assessment, case=case)))


def flat(text: str) -> str:
    return " ".join(text.split())


@LANGUAGES
def test_it_is_readable_at_80_columns_and_no_word_is_missing(language: str) -> None:
    text = told(language)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "{" not in text
    for key in ("sweep_best", "sweep_worst", "sweep_together", "sweep_likelihood_note", "sweep_gap_note"):
        assert flat(words(language)[key]) in flat(text), key


@LANGUAGES
def test_the_worlds_of_the_screening_and_those_of_the_figures_are_both_told(language: str) -> None:
    assert flat(words(language)["sweep_screening"].format(few="64", all="400")) in flat(told(language))


def test_the_signs_are_explained_and_stand_for_the_values() -> None:
    text, row = told("fr"), bluepad().best[0]
    assert "Signes : ● tel qu’énoncé, ○ autrement ; o oui, n non ; 1, 2… valeur de ce rang" in flat(text)
    signs = next(line for line in text.splitlines() if "│" in line and any(
        sign in line for sign in ("●", "○")) and typography.amount(row.award, "fr") in line)
    pattern = signs.split("│")[2]
    assert len(pattern) == len(FACTS)
    for at, (one, value, sign) in enumerate(zip(bluepad().facts, row.values, pattern, strict=True)):
        expected = "·" if at in row.free else ("●" if value == one.stated else "○") if one.stated is not None else (
            str(one.values.index(value) + 1) if one.declaration.type == "choice" else "o" if value else "n")
        assert sign == expected, one.name


def test_facts_without_a_likelihood_are_named_by_their_letters() -> None:
    letters = [letter for letter, one in zip("ABCDE", bluepad().facts, strict=True) if not one.likelihoods]
    assert letters
    missing = words("fr")["sweep_likelihood_missing"].format(facts=typography.listing(letters, "fr"))
    assert flat(missing) in flat(told("fr"))
    assert letters == [letter for letter, one in zip("ABCDE", sweep_json(bluepad())["facts"], strict=True)
                       if one["likelihoods"] is None]


def test_the_figures_of_the_json_are_those_that_are_printed() -> None:
    data, text = sweep_json(bluepad()), told("en")
    for row in (*data["best"], *data["worst"]):
        amount = f"{round(float(row['award'])):,}"
        assert any(amount in line and line.startswith("│") for line in text.splitlines()), amount
    assert json.loads(json.dumps(data)) == data
    assert data["combinations"] == bluepad().order.size == 2 * 2 * 3 * 2 * 2


def test_a_line_is_at_most_as_likely_as_what_is_stated_of_it_and_nothing_is_said_where_nothing_is_stated() -> None:
    found = bluepad()
    telling = _Telling(found, "en")
    row = found.best[0]
    assert not found.sure_of(replace(row, free=frozenset()))
    assert telling.likely(replace(row, free=frozenset(), likelihood=0.25)) == "≤\u00a025%"
    assert telling.likely(replace(row, free=frozenset({2, 4}), likelihood=0.25)) == "25%"  # the two without likelihood
    assert telling.likely(replace(row, free=frozenset({0, 1, 3}), likelihood=1.0)) == "–"
    for one in sweep_json(found)["best"]:
        matter = [name for name in one["values"] if name not in one["does_not_matter"]]
        assert (one["likelihood"] is None) == any(name in matter for name in (FACTS[2], FACTS[4]))


def test_where_all_combinations_are_printed_there_is_one_table() -> None:
    case = workbench.load_case(ROOT / "cases" / "bluepad", read_law("fr"))
    few = sweep_case(workbench.assess(case, worlds=200), FACTS[:1], worlds_each=64, top=3)
    text = flat(told("fr", few))
    assert "Toutes les combinaisons" in text
    assert "Les plus basses" not in text
    assert "La plus basse suppose ceci" in text
    assert "peu importe" not in text


def test_a_fact_for_one_duty_is_said_to_be_for_it() -> None:
    assert "(obligation « Emplacement »)" in flat(told("fr"))


@pytest.mark.parametrize(("share", "french", "english"), [
    (0.21, "21\u00a0%", "21%"), (0.01, "1\u00a0%", "1%"), (0.0054, "0,54\u00a0%", "0.54%"),
    (0.000054, "0,0054\u00a0%", "0.0054%"), (0.0000999, "0,010\u00a0%", "0.010%"), (0.0, "0\u00a0%", "0%"),
    (1e-9, "<\u00a00,00001\u00a0%", "<\u00a00.00001%"),
])
def test_a_small_likelihood_keeps_the_two_figures_that_count(share: float, french: str, english: str) -> None:
    assert small_share(share, "fr") == french
    assert small_share(share, "en") == english
