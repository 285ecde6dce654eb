"""What `value` prints: figures that agree with each other, words that follow them, both languages, 80 columns."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.drafting.cases import SMALL, read_small, small, write_case
from vismajor.cli import main
from vismajor.drafting.bargain_said import bargain_said, in_whole_euros
from vismajor.law.models import Law
from vismajor.settlement.bargaining import Bargain, FloorMade
from vismajor.settlement.risk import Figure
from vismajor.talks import Talks, talks_of
from vismajor.value_data import option_form, talks_json
from vismajor.value_report import tell_talks
from vismajor.workbench import assess, value

STAGE: dict[str, Any] = {"months": {"low": 12, "likely": 18, "high": 24}, "claimants": {"fixed": 900},
                         "respondent": {"fixed": 4000}}
PRECEDENT = {"customers": {"low": 100, "likely": 200, "high": 900}, "follow_judgment": 0.02,
             "each": {"low": 500, "likely": 500, "high": 500}}
TERMS = [{"fr": "un désistement", "en": "a withdrawal"}, {"fr": "le silence", "en": "silence"}]
OFFER = SMALL["offers"][0] | {"in_exchange": TERMS, "until": "2024-12-31", "at_least": 2, "agreed_value": 300,
                              "cost_to_giver": 100}


@pytest.fixture(scope="module")
def standing(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Talks:
    folder = tmp_path_factory.mktemp("value") / "case"
    case = read_small(folder, french_law, proceedings={"first_instance": STAGE}, bargaining={"precedent": PRECEDENT},
                      offers=[OFFER])
    return talks_of(value(assess(case, french_law, worlds=400)))


def told(talks: Talks, language: str = "fr", **changes: object) -> str:
    """Return what is printed, on one line with plain spaces and apostrophes."""
    assessment = talks.valuation.assessment
    said = replace(assessment, case=assessment.case.said_in(language))
    talks = replace(talks, valuation=replace(talks.valuation, assessment=said), **changes)
    return " ".join(tell_talks(talks, []).replace("’", "'").split())


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["value", str(folder), "--worlds", "200", *options])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_wider_than_a_terminal_and_no_placeholder_is_left(standing: Talks, language: str) -> None:
    assessment = standing.valuation.assessment
    said = replace(assessment, case=assessment.case.said_in(language))
    text = tell_talks(replace(standing, valuation=replace(standing.valuation, assessment=said)), [])
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"[{}]|None|Decimal", text)


def test_the_zone_the_terms_and_our_position_have_the_same_figures(standing: Talks) -> None:
    text, found = told(standing, "en"), standing.bargain
    assert found is not None
    assert found.split is not None
    for amount in (found.together.value, found.respondent.value, found.split.amount, standing.aims.opening):
        assert f"{amount.quantize(Decimal(1), 'ROUND_HALF_UP'):,}" in text
    said = bargain_said(found, "en", apart=False)
    assert sum(amount for _, amount in said.terms) == said.difference
    assert f"{-said.difference:,}" in text
    assert "900" in text
    assert "none counted" in text


def test_the_floor_says_of_what_it_is_made_and_what_it_is_without_the_offer(standing: Talks) -> None:
    found = standing.bargain
    assert found is not None
    made = FloorMade(Decimal(900), ("dupont",), Decimal(300), ("durand",), Decimal(750))
    text = told(standing, bargain=replace(found, made=made, together=Figure(Decimal(1200), Decimal(0)),
                                          suing=("dupont",)))
    assert "mieux vaut la prendre qu'agir pour 1 sur 2 (300 € en tout), et agir pour 1 (900 € de procès)" in text
    assert "est donc 1 200 € ; ce serait 750 € si l'offre ne tenait plus." in text
    assert "900 € de procès pour celles qui agiraient (1)" in text
    assert "300 € d'offre pour celles qui la prendraient (1)" in " ".join(text.replace("│", " ").split())
    assert "compté depuis ce que vaut le procès seul (750 €)" in text


def test_the_number_of_others_behind_the_reservation_value_is_a_row_of_its_own(standing: Talks) -> None:
    found = standing.bargain
    assert found is not None
    said = bargain_said(found, "en", apart=False)
    assert [row for row, _, _ in said.customers] == [
        "none counted", "100", "estimated from 100 to 900, the reservation value above", "900"]
    assert said.customers[2][1] == found.respondent.value
    assert said.customers[0][1] < said.customers[1][1] < said.customers[2][1] < said.customers[3][1]


def test_the_marginal_cost_of_one_claimant_is_called_so(standing: Talks) -> None:
    alone = told(talks_of(standing.valuation, "dupont"))
    assert "le procès, en moyenne (coût marginal)" in alone
    assert "que donne vismajor evidence" in alone
    assert "marginal" not in told(standing)


def test_a_negative_sum_has_one_minus_and_no_hyphen(standing: Talks) -> None:
    text = told(standing)
    assert not re.search(r"(?<!\d)-\d", text)
    assert "−" in text


def test_an_offer_is_told_with_what_it_is_worth_costs_and_asks_and_until_when(standing: Talks) -> None:
    text = told(standing)
    assert "Vaut 600 € pour les 2 demanderesses. Coûte 200 € au défendeur." in text
    assert "Ne tient que si 2 au moins acceptent." in text
    assert "À accepter jusqu'au 31 décembre 2024 inclus." in text
    assert "Demandé en échange de l'offre du 2 novembre 2023 : un désistement et le silence." in text
    assert text.index("Le jour de l'offre") < text.index("Aujourd'hui (réserves")


@pytest.mark.parametrize(("suing", "said"), [
    (("dupont", "durand"), "pour que transiger vaille le procès"), (("dupont",), "une seule sur 2 a intérêt à agir"),
    ((), "la fait renoncer l'une après l'autre"),
])
def test_who_would_sue_without_an_agreement_is_told(standing: Talks, suing: tuple[str, ...], said: str) -> None:
    assert standing.bargain is not None
    assert said in told(standing, bargain=replace(standing.bargain, suing=suing))


def test_where_the_suit_loses_money_for_all_together_any_sum_is_better(standing: Talks) -> None:
    assert standing.bargain is not None
    beliefs = standing.bargain.beliefs
    ruinous = replace(beliefs.claimants, claimants={
        name: column - 1_000_000 for name, column in beliefs.claimants.claimants.items()})
    found = replace(standing.bargain, suing=(), beliefs=replace(beliefs, claimants=ruinous))
    assert "sans accord, aucune n'a intérêt à agir" in told(standing, bargain=found)


def _without_zone(found: Bargain, least: int, most: int) -> Bargain:
    return replace(found, together=Figure(Decimal(least), Decimal(0)), respondent=Figure(Decimal(most), Decimal(0)),
                   split=None, terms={"optimism": Decimal(least - most), "costs_claimants": Decimal(0)})


def test_where_there_is_no_zone_the_reason_is_told(standing: Talks) -> None:
    assert standing.bargain is not None
    text = told(standing, bargain=_without_zone(standing.bargain, 5000, 3000))
    assert "Pas de zone d'accord : le défendeur ne paierait pas plus de 3 000 €" in text
    assert "il manque 2 000 €. Obstacle principal : les deux parties ne croient pas au même procès." in text
    assert "aucune zone d'accord : la valeur de réserve" in text
    judged = told(standing, bargain=_without_zone(standing.bargain, 5000, -10))
    assert "même sans rien payer, le défendeur préfère être jugé" in judged


@pytest.mark.parametrize("obstacle", ["optimism", "asymmetry", "giving_up", "claim_paid", "precedent",
                                      "risk_respondent"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_obstacle_has_words(standing: Talks, obstacle: str, language: str) -> None:
    assert standing.bargain is not None
    found = replace(_without_zone(standing.bargain, 5000, 3000), terms={obstacle: Decimal(2000)})
    said = bargain_said(found, language, apart=False)
    assert said.no_zone
    assert said.no_zone in said.zone


def test_the_terms_in_whole_euros_add_up_to_the_difference_shown() -> None:
    cents = {"optimism": Decimal("0.40"), "costs_claimants": Decimal("-10.60"), "precedent": Decimal("-99.60")}
    whole = in_whole_euros(cents, Decimal(-110))  # 0, −11 and −100 each by itself
    assert sum(whole.values()) == -110
    assert all(abs(whole[name] - cents[name]) <= 1 for name in cents)


def test_the_respondents_side_has_a_ceiling(standing: Talks) -> None:
    assessment = standing.valuation.assessment
    file = assessment.case.file.model_copy(update={"acting_for": "respondent"})
    other = value(replace(assessment, case=assessment.case.model_copy(update={"file": file})))
    text = told(talks_of(other))
    assert "Notre position (défendeur)" in text
    assert "plafond" in text
    assert "plancher" not in text


def test_json_holds_what_is_printed(standing: Talks) -> None:
    data = json.loads(json.dumps(talks_json(standing, [])))
    found = data["bargain"]
    assert found["zone"] == {"low": found["together"]["value"], "high": found["respondent"]["value"]}
    assert sum(map(Decimal, found["terms"].values())) == -Decimal(found["width"])
    assert sum(Decimal(one["floor"]) for one in found["claimants"].values()) == Decimal(found["together"]["value"])
    assert data["position"]["floor"] == found["together"]["value"]
    assert data["position"]["target"] == found["split"]["amount"]
    assert data["offers"][0]["now"]["lies"] == data["position"]["standing_offer_lies"]
    assert [one["customers"] for one in found["precedent"]] == [None, "100", "900"]


def test_an_offer_tried_is_called_so_in_both_languages() -> None:
    form = option_form(Decimal("900.00"))
    assert "900,00" in form.fr
    assert "900.00" in form.en


# --- the command

def test_the_command_tells_both_sides_and_tries_an_offer(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", small(proceedings={"first_instance": STAGE}))
    result = run(folder, "--offer", "600", "--global-offer", "5000")
    assert result.exit_code == 0, result.output
    text = " ".join(result.output.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "une somme de 600,00 € par demanderesse, à l’essai" in text
    assert "Somme globale de 5 000 €" in text
    data = json.loads(run(folder, "--json", "--claimant", "dupont").output)
    assert data["claimants"] == ["dupont"]


def test_without_stated_costs_the_award_alone_speaks(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", small())
    text = " ".join(run(folder).output.split())
    assert "ni valeur de réserve, ni zone d’accord" in text
    assert "frais et délais non comptés" in text
    assert "Le plancher ci-dessous est donc un repère, non une limite à tenir" in text
    assert "les autres clients qu’un jugement lui attirerait" in text
    assert json.loads(run(folder, "--json").output)["bargain"] is None


@pytest.mark.parametrize(("options", "said"), [
    (("--claimant", "dupond"), "dupont"), (("--scenario", "their"), "their"), (("--offer", "beaucoup"), "beaucoup"),
])
def test_wrong_options_are_told_without_a_traceback(tmp_path: Path, options: tuple[str, str], said: str) -> None:
    folder = write_case(tmp_path / "case", small())
    result = run(folder, *options)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
