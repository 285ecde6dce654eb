import re
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import read_small
from vismajor.damages.counterfactual.second_opinion import SecondOpinion
from vismajor.drafting.typography import spaced
from vismajor.law.models import Law
from vismajor.losses_report import Losses, losses_json, losses_of, tell_losses
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case


def nothing(_: str) -> None:
    pass


@pytest.fixture
def read(tmp_path: Path, french_law: Law) -> Callable[..., Any]:
    return lambda **changes: read_small(tmp_path / "case", french_law, **changes)


def test_the_losses_of_one_claimant_can_be_asked_for(read: Callable[..., Any], french_law: Law) -> None:
    found = losses_of(read(), french_law, Worlds("x", 200), "durand", nothing)
    assert [loss.claimant.id for loss in found.claimants] == ["durand"]
    assert losses_json(found)["total"] == "4400.75"


def test_an_unknown_claimant_is_told_with_the_nearest(read: Callable[..., Any], french_law: Law) -> None:
    with pytest.raises(InvalidInput) as caught:
        losses_of(read(), french_law, Worlds("x", 200), "dupond", nothing)
    assert "dupont" in caught.value.problems[0].tell("fr")


def test_losses_are_printed_with_their_totals(read: Callable[..., Any], french_law: Law) -> None:
    case = read()
    told = tell_losses(losses_of(case, french_law, Worlds("x", 200), None, nothing))
    for amount in ("12\u202f500,50\u00a0€", "4\u202f000,75\u00a0€", "400,00\u00a0€", "4\u202f400,75\u00a0€",
                   "16\u202f901,25\u00a0€"):
        assert amount in told, amount


def test_losses_as_data_have_two_decimals_each(read: Callable[..., Any], french_law: Law) -> None:
    data = losses_json(losses_of(read(), french_law, Worlds("x", 200), None, nothing))
    assert data["total"] == "16901.25"
    assert data["claimants"][0]["cap"] == "720.00"
    assert [head["claimed"] for c in data["claimants"] for head in c["heads"]] == ["12500.50", "4000.75", "400.00"]


@pytest.fixture(scope="module")
def founding(french_law: Law) -> Losses:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    return losses_of(case, french_law, Worlds("ovh-strasbourg", 500), "demanderesse-11", nothing)


def test_the_losses_of_one_claimant_say_how_they_were_measured(founding: Losses) -> None:
    told = tell_losses(founding)
    said = re.sub(r"\s+", " ", told)
    for part in ("De mars à octobre 2021, comparé à 34 mois antérieurs", "même mois de l’année précédente",
                 "Taux de marge sur coûts variables : 45,68 %, lu dans la comptabilité de mars 2018 à février 2021",
                 "Sur 146 clients présents à l’événement, 20 sont partis", "│2021-10",
                 "Mois écartés, de mars à juin 2020 : Fermetures du printemps 2020",
                 "Sans écarter ces mois, la perte de marge serait de"):
        assert part in said, part
    assert max(len(line) for line in told.splitlines()) <= 80


def test_the_printed_months_make_the_margin_that_is_claimed(founding: Losses) -> None:
    data = losses_json(founding)["claimants"][0]
    margin = next(head for head in data["heads"] if head["kind"] == "lost_margin")
    shortfall = sum(Decimal(month["expected"]) - Decimal(month["actual"]) for month in margin["months"])
    assert margin["claimed"] == f"{shortfall * Decimal(margin['margin_rate']):.2f}"
    for position, month in enumerate(margin["months"]):
        weighed = sum(model["weight"] * float(model["expected"][position]) for model in margin["models"])
        assert weighed == pytest.approx(float(month["expected"]), abs=1)
    assert sum(model["weight"] for model in margin["models"]) == pytest.approx(1, abs=1e-5)


def test_interest_is_told_with_its_days_and_lines(founding: Losses) -> None:
    data = losses_json(founding)["claimants"][0]
    asked = data["interest"]["on_damages"]
    assert asked["principal"] == data["claimed"]
    assert Decimal(asked["amount"]) == sum(Decimal(line["amount"]) for line in asked["lines"])
    assert sum(line["days"] for line in asked["lines"]) == 515  # 1 February 2022 to 1 July 2023
    assert asked["unconfirmed"]
    told = re.sub(r"\s+", " ", tell_losses(founding))
    assert "du 1er février 2022 (date prévue pour la mise en demeure, à délivrer) au 1er juillet 2023" in told
    assert "supposés égaux au dernier connu" in told


def test_a_loss_of_customers_is_told_as_a_chance_in_the_alternative(founding: Losses) -> None:
    lost = next(head for head in losses_json(founding)["claimants"][0]["heads"] if head["kind"] == "lost_customers")
    assert Decimal(lost["as_a_chance"]) == (Decimal(lost["claimed"]) / 2).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert lost["customers"]["excess"] == pytest.approx(20 - lost["customers"]["expected_departures"], abs=1e-3)


def test_a_second_opinion_is_told_beside_ours_or_why_there_is_none(founding: Losses) -> None:
    key, course = ("demanderesse-11", "marge-perdue"), next(
        head.counterfactual for head in founding.claimants[0].heads if head.counterfactual)
    asked = replace(founding, opinions={key: SecondOpinion(1_594_605.0, 1_375_425.0, 1_850_518.0)})
    told = re.sub(r"\s+", " ", tell_losses(asked))
    assert "1 594 605 € (90 % : 1 375 425 € – 1 850 518 €)" in told
    assert re.sub(r"\s+", " ", spaced(f"pour {round(course.expected.sum()):,} €".replace(",", " "), "fr")) in told
    assert losses_json(asked)["claimants"][0]["heads"][-2]["second_opinion"]["low"] == "1375425.00"
    assert "Second avis impossible" in tell_losses(replace(founding, opinions={key: None}))
    assert "Second avis" not in tell_losses(founding)


def test_a_second_opinion_without_statsmodels_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, french_law: Law
                                                                     ) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.tsa.statespace.sarimax", None)
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    with pytest.raises(InvalidInput) as caught:
        losses_of(case, french_law, Worlds("x", 100), "demanderesse-02", nothing, second_opinion=True)
    assert [problem.code for problem in caught.value.problems] == ["stats_missing"]
    assert "vismajor[stats]" in caught.value.problems[0].explain("fr")
