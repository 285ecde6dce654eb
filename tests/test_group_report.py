"""What `group` prints: the claimants of a case together; words that follow the figures, for each of them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from tests.drafting.cases import SMALL, read_small, small, write_case
from vismajor.cli import main
from vismajor.drafting.typography import money
from vismajor.group_data import group_json
from vismajor.group_report import answers_of, tell_group
from vismajor.joint_action import JointAction, joint_action
from vismajor.law.models import Law
from vismajor.settlement.advice import advise
from vismajor.settlement.choices import choices_of
from vismajor.settlement.pool import Pool, respond
from vismajor.settlement.suit import prospects_of
from vismajor.talks import with_offer
from vismajor.workbench import assess, bargain, load_case, value

STAGE: dict[str, Any] = {"months": {"low": 12, "likely": 18, "high": 24}, "claimants": {"fixed": 600},
                         "each_claimant": {"fixed": 50}, "respondent": {"fixed": 4000}}
SUIT = {"proceedings": {"first_instance": STAGE, "discount_rate": {"claimants": 0.05, "respondent": 0.04}}}
Build = Callable[..., JointAction]


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


@pytest.fixture
def build(french_law: Law, tmp_path: Path) -> Build:
    def of(whole: float | None = None, **changes: Any) -> JointAction:
        case = read_small(tmp_path / "case", french_law, **SUIT | changes)
        found = value(assess(case, french_law, worlds=400))
        return joint_action(found, None if whole is None else Decimal(repr(whole)))

    return of


@pytest.fixture(scope="module")
def standing(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> JointAction:
    case = read_small(tmp_path_factory.mktemp("group") / "case", french_law, **SUIT)
    return joint_action(value(assess(case, french_law, worlds=400)))


def certain(found: JointAction, own: dict[str, float], shared: float, offer: float | None) -> JointAction:
    """Return the joint action as if the suit left these sums for sure, and the offer were the same to each."""
    pool = Pool({name: np.full(4, amount) for name, amount in own.items()},
                {name: np.full(4, shared / len(own)) for name in own}, dict.fromkeys(own, 1 / len(own)))
    offers = {} if offer is None else dict.fromkeys(own, Decimal(repr(offer)))
    company = {name: replace(one, together=pool.worth(name, list(own)).figure)
               for name, one in found.company.items()}
    return replace(found, pool=pool, company=company, offers=offers, without=respond(pool, {}),
                   made=respond(pool, offers), response=respond(pool, offers) if offers else None)


# --- figures

def test_one_floor_serves_the_bargain_the_advice_the_shares_and_the_respondent(standing: JointAction) -> None:
    found = bargain(standing.valuation)
    assert found is not None
    assert found.made is not None
    assert {name: standing.made.floor(name) for name in standing.pool.own} == {
        name: found.floor(name) for name in found.claimants}
    assert standing.without.go_on == found.suing
    assert standing.made.accept == found.made.taking != ()
    advice = advise(standing.valuation, found)
    assert advice.made == found.made
    weighed = choices_of(standing.valuation, prospects_of(standing.valuation)).respondent
    shared = {sum(one.floors.values()) for one in standing.allocations}
    assert {standing.made.total, found.together.value, advice.floor, weighed.certain} == shared
    assert advice.floor != standing.without.total  # the standing offer counts


def test_the_floor_is_told_with_what_it_is_made_of_and_without_the_offer(standing: JointAction) -> None:
    made = standing.made
    text = plain(tell_group(standing))
    for amount in (made.total, made.from_suit, made.from_offers, standing.without.total):
        assert " ".join(money(amount, "fr").split()) in text
    assert "si l'offre ne tenait plus). C'est le plancher du groupe" in text


def test_an_offer_that_lapsed_is_told_so_and_counts_for_nothing(build: Build) -> None:
    found = build(offers=[SMALL["offers"][0] | {"maintained_on": None}])
    assert (found.offers, found.response) == ({}, None)
    assert found.made.total == found.without.total
    text = plain(tell_group(found))
    assert "on la suppose caduque depuis le 2 février 2024, soit 3 mois à compter de l'offre" in text
    assert "Si son auteur la maintient, l'indiquer" in text
    longer = build(offers=[SMALL["offers"][0] | {"maintained_on": None, "open_for_months": 12}])
    assert longer.response is not None


def test_with_whom_a_key_gives_nothing_nothing_is_settled(standing: JointAction) -> None:
    one, *rest = standing.allocations
    emptied = replace(one, amounts={"dupont": Decimal(1000), "durand": Decimal(0)})
    text = plain(tell_group(replace(standing, allocations=(emptied, *rest))))
    assert "il n'y a pas de transaction possible (C. civ., art. 2044)." in text
    assert "Ainsi, partagée selon la condamnation attendue : Durand." in text
    assert "2044" not in plain(tell_group(standing))


@pytest.mark.parametrize(("dupont", "said"), [
    ({"received": [{"id": "paid", "kind": "insurance", "date": "2024-01-01", "amount": 800}]}, True),
    ({"received": [{"id": "paid", "kind": "insurance", "date": "2024-12-01", "amount": 800}]}, False),
    ({"facts": {"client.insurer_paid": "in_part"}}, True), ({"facts": {"client.insurer_paid": "nothing"}}, False),
])
def test_whom_an_insurer_paid_is_warned_before_giving_up_its_claim(
        build: Build, dupont: dict[str, Any], said: bool) -> None:
    first, second = SMALL["claimants"]
    merged = first | dupont | {"facts": first["facts"] | dupont.get("facts", {})}
    found = build(claimants=[merged, second])
    text = plain(tell_group(found))
    assert ("Payée par un assureur, en tout ou partie : Dupont." in text) is said
    assert "Demander d'abord si un assureur a payé ou paiera (" in text  # of Durand nobody says anything
    assert "C. assur., art. L. 121-12" in text
    assert "assureur a payé ou paiera (Durand" not in plain(tell_group(found, claimant="dupont"))


def test_what_the_standing_offers_are_worth_is_shared_and_answered(build: Build) -> None:
    found = build(offers=[SMALL["offers"][0] | {"agreed_value": 300, "at_least": 2}])
    assert found.offers == {"dupont": 300, "durand": 300}
    assert sum(found.allocations[0].amounts.values()) == 600
    assert found.response is not None
    assert found.response.at_least == 2


def test_a_global_sum_is_shared_by_the_key_that_leaves_fewest_short(build: Build) -> None:
    dupont, durand = SMALL["claimants"]
    # Durand claims as much and expects far less: sharing by claim would leave Dupont short.
    unlike = durand | {"facts": durand["facts"] | {"service.backup_option": False},
                       "heads": [durand["heads"][0] | {"amount": 12500}]}
    cheap = {"first_instance": STAGE | {"claimants": {"fixed": 10}, "each_claimant": {"fixed": 0}}}
    floors = build(claimants=[dupont, unlike], proceedings=cheap).made
    found = build(float(floors.total) * 1.05, claimants=[dupont, unlike], proceedings=cheap)
    short = {one.key: len(one.short) for one in found.allocations}
    assert short["claimed"] == 1
    assert found.key is not None
    assert short[found.key] == 0
    assert found.offers == next(one.amounts for one in found.allocations if one.key == found.key)


def test_the_offer_to_one_alone_is_answered_by_that_one_alone(build: Build) -> None:
    found = build(offers=[SMALL["offers"][0] | {"to": ["durand"]}])
    assert list(found.offers) == ["durand"]
    assert found.allocations == ()


def test_claimants_are_looked_at_by_their_own_beliefs(build: Build) -> None:
    scenario = {"id": "dark", "title": {"fr": "Rien", "en": "Nothing"}, "issues": {"liability": "not_established"}}
    found = build(scenarios=[scenario], bargaining={"claimants": {"believes": "dark"}})
    assert found.without.go_on == ()
    assert found.together_worth == 0


def test_the_first_case_comes_too_late_for_those_whose_time_runs_out_before(build: Build) -> None:
    known = {"procedure.loss_known_on": dt.date(2023, 7, 14)}
    claimants = [one | {"facts": one["facts"] | known} for one in SMALL["claimants"]]
    assert build(claimants=claimants).late == {}
    long = {"first_instance": STAGE | {"months": {"low": 60, "likely": 70, "high": 80}}}
    found = build(claimants=claimants, proceedings=long)
    lead = found.leads[0].claimant
    assert found.late == {name: dt.date(2028, 7, 14) for name in found.pool.own if name != lead}
    text = plain(tell_group(found))
    assert "l'action serait prescrite pour" in text
    assert "14 juillet 2028" in text


def test_plans_come_best_first_and_are_set_against_deciding_today(standing: JointAction) -> None:
    worths = [one.worth for one in standing.leads]
    assert worths == sorted(worths, reverse=True)
    assert standing.response is not None
    assert {one.now for one in standing.leads} == {standing.response.total}


# --- words

@pytest.mark.parametrize(("own", "shared", "offer", "said"), [
    ({"dupont": -100.0, "durand": 5000.0}, 0, 50.0,
     "accepter. À ne regarder qu'elle, l'offre (50 €) vaut mieux que le procès, qui lui coûterait en moyenne 100 €"),
    ({"dupont": 900.0, "durand": 5000.0}, 0, 1000.0,
     "accepter. À ne regarder qu'elle, l'offre (1 000 €) vaut mieux que le procès, qui vaut pour elle 900 €"),
    ({"dupont": 2000.0, "durand": 1500.0}, 1600, 1000.0,
     "accepter si les autres acceptent. Le procès vaudrait pour elle 1 200 € si toutes agissaient, mais 400 € avec"),
    ({"dupont": 1950.0, "durand": 900.0}, 2000, 900.0, "mais lui coûterait 50 € sans celles qui acceptent"),
    ({"dupont": 900.0, "durand": 5000.0}, 0, 500.0,
     "refuser. L'offre (500 €) ne vaut pas le procès, qui vaut pour elle 900 €"),
    ({"dupont": 900.0, "durand": 5000.0}, 0, None, "aucune offre ne tient. Le procès vaut pour elle 900 €"),
    ({"dupont": -100.0, "durand": 5000.0}, 0, None,
     "aucune offre ne tient. Le procès lui coûterait en moyenne 100 € de plus"),
])
def test_each_claimant_gets_a_plain_answer(standing: JointAction, own: dict[str, float], shared: float,
                                           offer: float | None, said: str) -> None:
    answer = plain(answers_of(certain(standing, own, shared, offer))["dupont"])
    assert answer.startswith("Dupont (12 501 € demandés) : ")
    assert said in answer
    assert len(re.findall(r"\.(?: |$)", answer)) <= 2


@pytest.mark.parametrize(("own", "offer", "said"), [
    ({"dupont": 100.0, "durand": 100.0}, 500.0, "Toutes ont intérêt à accepter"),
    ({"dupont": 900.0, "durand": 800.0}, 500.0, "Aucune n'a intérêt à accepter."),
    ({"dupont": 900.0, "durand": 100.0}, 500.0, "Ont intérêt à accepter : 1 sur 2 ; à continuer : 1."),
])
def test_the_answers_are_counted(standing: JointAction, own: dict[str, float], offer: float, said: str) -> None:
    assert said in plain(tell_group(certain(standing, own, 0, offer)))


@pytest.mark.parametrize(("at_least", "said"), [(1, "1 au moins. Il est atteint."), (2, "2 au moins. Il en manque 1")])
def test_the_threshold_is_met_or_not(standing: JointAction, at_least: int, said: str) -> None:
    found = certain(standing, {"dupont": 900.0, "durand": 100.0}, 0, 500.0)
    assert found.response is not None
    text = plain(tell_group(replace(found, response=replace(found.response, at_least=at_least))))
    assert said in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_wider_than_a_terminal_and_no_placeholder_is_left(standing: JointAction, language: str) -> None:
    assessment = standing.valuation.assessment
    said = replace(assessment, case=assessment.case.said_in(language))
    text = tell_group(replace(standing, valuation=replace(standing.valuation, assessment=said)))
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"[{}]|None|Decimal", text)


def test_json_holds_the_figures_and_the_answers(standing: JointAction) -> None:
    data = json.loads(json.dumps(group_json(standing, [], answers_of(standing))))
    assert list(data["claimants"]) == ["dupont", "durand"]
    assert data["claimants"]["dupont"]["told"] == answers_of(standing)["dupont"]
    for one in data["allocations"]:
        assert sum(map(Decimal, one["amounts"].values())) == 1000
    for lead in data["leads"]:
        assert sum(one["probability"] for one in lead["branches"]) == pytest.approx(1)


def test_a_group_of_one_needs_no_sharing_and_no_first_case(build: Build) -> None:
    found = build(claimants=[SMALL["claimants"][0]])
    assert found.leads == ()
    text = plain(tell_group(found))
    assert "Partager" not in text
    assert "Une affaire d'abord" not in text


# --- the founding case

@pytest.mark.parametrize(("language", "said"), [
    ("fr", "Demanderesse 03 (9 794 € demandés) : accepter. À ne regarder qu'elle, l'offre (900 €) vaut mieux que le "
           "procès, qui lui coûterait en moyenne"),
    ("en", "Demanderesse 03 (€9,794 claimed): accept. Looking at it alone, the offer (€900) is better than the suit, "
           "which would on average cost it"),
])
def test_the_smallest_claimant_of_the_founding_case_gets_a_plain_answer(french_law: Law, language: str, said: str
                                                                        ) -> None:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law).said_in(language)
    found = joint_action(value(assess(case, french_law, worlds=1000)))
    assert found.smallest == "demanderesse-03"
    answer = plain(answers_of(found, found.smallest)[found.smallest])
    assert answer.startswith(said)
    assert len(re.findall(r"\.(?: |$)", answer)) <= 2
    rich = joint_action(with_offer(found.valuation, Decimal(1), {"fr": "essai", "en": "tried"}))
    assert rich.offers["demanderesse-03"] == 1


# --- the command

def test_the_command_answers_one_claimant_and_shares_a_sum(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", small(**SUIT))
    runner = CliRunner()
    asked = runner.invoke(main, ["group", str(folder), "--worlds", "200", "--claimant", "durand"])
    assert asked.exit_code == 0, asked.output
    assert plain(asked.output).count(" demandés) :") == 1
    data = json.loads(runner.invoke(
        main, ["group", str(folder), "--worlds", "200", "--global-offer", "3000", "--json"]).output)
    assert data["shared_by"] in {one["key"] for one in data["allocations"]}
    both = runner.invoke(main, ["group", str(folder), "--offer", "1", "--global-offer", "2"])
    assert both.exit_code == 2
    assert "not both" in both.output
