"""What `exposure` prints: 80 columns in both languages, the same figures everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.drafting.cases import read_small, small, write_case
from tests.settlement.small_suit import appeal, likely, stage, valued
from vismajor.cli import main
from vismajor.drafting import typography
from vismajor.exposure_report import exposure_json, exposure_of, tell_exposure
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.exposure import Exposure, expose

SUIT: dict[str, Any] = {
    "first_instance": stage(18, claimants={"fixed": 3_000}, each_claimant={"fixed": 400, "success_share": 0.1},
                            respondent={"fixed": 8_000}, irrecoverable=likely(1_500), expert_fee=likely(0, 0, 2_000)),
    "appeal": appeal(24, 0.5, 0.8, 0.5) | {"claimants": {"fixed": 1_000}, "respondent": {"fixed": 4_000}},
    "provisional_enforcement": 0.8, "ability_to_pay": 0.9, "discount_rate": {"claimants": 0.05, "respondent": 0.03},
}
SCENARIOS = [{"id": "hazard", "title": {"fr": "Le risque était connu", "en": "The hazard was known"},
              "facts": {"event.usual_risk": True}}]


@pytest.fixture(scope="module")
def told(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Exposure]:
    """Return the exposure of the small case with some entries replaced."""
    found: dict[str, Exposure] = {}

    def of(claimant: str | None = None, **changes: Any) -> Exposure:
        key = json.dumps([claimant, changes], default=str)
        if key not in found:
            case = read_small(tmp_path_factory.mktemp("suit") / "case", french_law,
                              **{"proceedings": SUIT, "scenarios": SCENARIOS} | changes)
            found[key] = exposure_of(case, french_law, claimant, worlds=1_000, seed="x")
        return found[key]

    return of


def said(exposure: Exposure, language: str = "en") -> str:
    assessment = exposure.valuation.assessment
    spoken = replace(assessment, case=assessment.case.said_in(language))  # type: ignore[arg-type]
    return tell_exposure(replace(exposure, valuation=replace(exposure.valuation, assessment=spoken)), [])


def flat(text: str) -> str:
    """Return a text without line breaks and with plain spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("claimant", [None, "durand"])
@pytest.mark.parametrize("suit", [SUIT, None])
def test_what_is_printed_is_readable_at_80_columns(told: Callable[..., Exposure], language: str, claimant: str | None,
                                                   suit: dict[str, Any] | None) -> None:
    text = said(told(claimant, proceedings=suit), language)
    assert max(len(line.rstrip()) for line in text.split("\n")) <= 80
    assert not re.search(r"[{}]", text)
    if language == "fr":
        assert "'" not in text


def test_the_stages_tell_their_length_their_chance_and_what_each_side_spends(told: Callable[..., Exposure]) -> None:
    exposure = told()
    first, second = exposure.stages
    assert (first.name, second.name) == ("first_instance", "appeal")
    assert first.takes_place == 1
    assert 0 < second.takes_place < 1
    assert first.spent_by_respondent == Decimal("8000.00")
    assert second.spent == Decimal("1000.00")  # where it takes place
    assert Decimal("3800.00") < first.spent < Decimal("5800.00")  # lawyers, and where there is one the expert
    text = flat(said(exposure))
    assert "first instance │ 18 (18–18) │ 100%" in text
    assert "€8,000" in text
    assert "Judgment performed at once: 80%; award recovered: 90%" in text
    assert "at 5% a year for the claim and 3% for the defence" in text


def test_what_neither_side_keeps_is_the_difference_of_the_means(told: Callable[..., Exposure]) -> None:
    exposure = told()
    assert exposure.respondent is not None
    assert exposure.kept_by_neither is not None
    assert abs(exposure.kept_by_neither - (exposure.respondent.mean - exposure.left.mean)) <= Decimal("0.01")
    assert f"does not go to the claimants: {typography.money(exposure.kept_by_neither, 'en')}" in flat(said(exposure))


@pytest.mark.parametrize("claimant", [None, "dupont"])
def test_the_tree_and_the_distribution_tell_the_same_means(told: Callable[..., Exposure], claimant: str | None) -> None:
    exposure = told(claimant)
    data = exposure_json(exposure, [])
    assert data["tree"]["rolled_back"]["award"] == data["award"]["mean"] == data["tree"]["award"]
    assert data["tree"]["rolled_back"]["claimants"] == data["left"]["mean"] == data["tree"]["claimants"]
    if claimant is None:
        assert data["tree"]["rolled_back"]["respondent"] == data["respondent"]["mean"] == data["tree"]["respondent"]
    whom = "the claimants" if claimant is None else "the claimant"
    assert (f"the same mean: {typography.money(exposure.award.mean, 'en')} awarded, "
            f"{typography.money(exposure.left.mean, 'en')} left to {whom}.") in flat(said(exposure))


def test_the_claimants_listed_add_up_to_the_group(told: Callable[..., Exposure]) -> None:
    exposure = told()
    assert [one.id for one in exposure.members] == ["dupont", "durand"]
    assert abs(sum(one.left for one in exposure.members) - exposure.left.mean) <= Decimal("0.02")
    assert abs(sum(one.award for one in exposure.members) - exposure.award.mean) <= Decimal("0.02")
    one = told("durand")
    assert one.left.mean == exposure.members[1].left
    assert one.loses_money == exposure.members[1].loses_money
    assert "Durand, in the group's suit" in said(one)


def test_one_claimant_is_told_nothing_of_the_respondents_costs(told: Callable[..., Exposure]) -> None:
    text = said(told("durand"))
    assert "respondent" not in text
    assert "left to the claimant " in text


def test_the_respondents_counsel_sees_what_the_suit_costs_it(told: Callable[..., Exposure]) -> None:
    ours, theirs = (said(told(acting_for=side)).split("Litigation tree")[1] for side in ("claimants", "respondent"))
    assert "left to\n" in ours
    assert "cost to\n" not in ours
    assert "cost to\n" in theirs
    assert "left to\n" not in theirs


def test_without_proceedings_nothing_is_said_of_costs_but_that_nothing_is_stated(told: Callable[..., Exposure]) -> None:
    exposure = told(proceedings=None)
    text = said(exposure)
    assert "Nothing is stated of the length and the costs of the suit" in flat(text)
    assert exposure.award == exposure.valuation.together.award == exposure.left
    for word in ("loses money", "left to", "appeal into account", "does not go"):
        assert word not in flat(text).replace("sans appel", ""), word
    data = exposure_json(exposure, [])
    assert (data["proceedings_stated"], data["stages"], data["months"]) == (False, [], 0)


def test_the_limbs_are_told_with_both_probabilities(told: Callable[..., Exposure]) -> None:
    text, exposure = said(told()), told()
    lines = [line for line in text.split("Litigation tree")[1].split("\n") if re.search(r"[├└]", line)]
    limbs = exposure_json(exposure, [])["tree"]

    def count(limb: dict[str, Any]) -> int:
        return sum(1 + count(below) for below in limb["limbs"])

    assert len(lines) == count(limbs)
    assert any(re.search(r"├ Breach: no +\d+% +\d+% ", line) for line in lines)
    assert all(abs(sum(below["probability"] for below in limb["limbs"]) - limb["probability"]) < 1e-5
               for limb in (limbs, *limbs["limbs"]) if limb["limbs"])


def test_figures_as_data_are_texts_with_two_decimals(told: Callable[..., Exposure]) -> None:
    data = exposure_json(told(), ["hazard"])
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["scenarios"] == ["hazard"]
    for name in ("mean", "standard_error", "p10", "p50", "p90"):
        for part in ("award", "left", "respondent"):
            assert re.fullmatch(r"-?\d+\.\d\d", data[part][name])
    assert 0 <= data["left"]["loses_money"] <= 1


def test_names_that_the_case_does_not_have_are_told_together(french_law: Law, tmp_path: Path) -> None:
    case = read_small(tmp_path / "case", french_law, scenarios=SCENARIOS)
    with pytest.raises(InvalidInput) as caught:
        exposure_of(case, french_law, "durant", ["hasard"], worlds=100, seed=None)
    said_ = [one.tell("en") for one in caught.value.problems]
    assert [one.code for one in caught.value.problems] == ["unknown_claimant", "unknown_scenario"]
    assert "“durand”" in said_[0]
    assert "“hazard”" in said_[1]


def test_one_claimant_alone_is_the_claimant() -> None:
    text = said(expose(valued(0.3, proceedings={"first_instance": stage(claimants={"fixed": 9})})))
    assert "claimants" not in text
    assert "cost to the respondent" in text


# --- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", small(proceedings=SUIT, scenarios=SCENARIOS))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", "exposure", *map(str, arguments), "--worlds", "400"])


def test_the_command_prints_draws_and_applies_scenarios(folder: Path, tmp_path: Path) -> None:
    plain = run(folder, "--json")
    varied = run(folder, "--json", "--scenario", "hazard", "--svg", tmp_path / "tree.svg")
    assert (plain.exit_code, varied.exit_code) == (0, 0), varied.output
    assert json.loads(varied.stdout)["scenarios"] == ["hazard"]
    assert json.loads(varied.stdout)["award"] != json.loads(plain.stdout)["award"]
    assert (tmp_path / "tree.svg").read_bytes().startswith(b"<svg")
    assert "tree.svg" in varied.stderr
    text = run(folder, "--scenario", "hazard", "--claimant", "durand")
    assert "Scenario: The hazard was known" in text.stdout


def test_the_command_writes_where_it_is_told_and_tells_what_it_does_not_know(folder: Path, tmp_path: Path) -> None:
    written = run(folder, "--out", tmp_path / "out.txt")
    assert written.exit_code == 0
    assert written.stdout == ""
    assert "Litigation tree" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    wrong = run(folder, "--scenario", "none")
    assert wrong.exit_code == 2
    assert "Traceback" not in wrong.output
    assert run(folder, "--svg", "tree.png").exit_code == 2


@pytest.mark.parametrize(("language", "mark"), [("fr", "Document interne"), ("en", "Internal")])
def test_the_exposure_is_marked_as_internal(told: Callable[..., Exposure], language: str, mark: str) -> None:
    assert said(told(), language).splitlines()[-1].startswith(mark)
