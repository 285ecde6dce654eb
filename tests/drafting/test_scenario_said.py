"""What a scenario changes, in words: each kind of change in both languages, never by the name of a rule or a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import read_small, small
from vismajor.drafting.scenario_said import Change, changes_of
from vismajor.drafting.typography import NO_BREAK
from vismajor.law.models import Law
from vismajor.workbench import load_case, vary_case

TITLE = {"fr": "Autre version", "en": "Another version"}


@pytest.fixture
def said(tmp_path: Path, french_law: Law) -> Callable[..., list[Change]]:
    def of(language: str, case: dict[str, Any] | None = None, **scenario: Any) -> list[Change]:
        read = read_small(tmp_path / "case", french_law, **(case or {}),
                          scenarios=[{"id": "s", "title": TITLE, **scenario}])
        vary_case(read, french_law, ["s"])
        return changes_of(french_law, read.file.scenarios[0], read, language)

    return of


CHANGES: list[tuple[dict[str, Any], str, str]] = [
    ({"facts": {"service.own_copy": True}}, "le client conservait par ailleurs une copie exploitable de ses données",
     "the client kept a usable copy of its data elsewhere"),
    ({"facts": {"performance.effect@backup": "impossible"}},
     "l'exécution est devenue impossible (obligation\u00a0: Sauvegarde)",
     "performance became impossible (duty: Backup)"),
    ({"facts": {"event.sudden": {"value": True, "status": "disputed", "likelihood": 0.4}}},
     "soudainement, sans signe avant-coureur immédiat (vraisemblance\u00a0: 40\u00a0%)", "(likelihood: 40%)"),
    ({"facts": {"procedure.loss_known_on": {"between": ["2023-07-14", "2023-08-01"]}}},
     "du 14 juillet 2023 au 1er août 2023", "from 14 July 2023 to 1 August 2023"),
    ({"facts": {"client.own_fault_share": {"estimate": {"low": 0.1, "likely": 0.2, "high": 0.4}}}},
     "de 0,1 à 0,4", "from 0.1 to 0.4"),
    ({"unknown": ["event.usual_risk"]}, "inconnu\u00a0: ", "unknown: "),
    ({"likelihoods": {"event.usual_risk": 0.2}},
     "vraisemblance de 20\u00a0% (au lieu de 70\u00a0%)", "likelihood of 20% (instead of 70%)"),
    ({"likelihoods": {"contract.cap_exists": 0.2}}, "(au lieu de 100\u00a0%)", "(instead of 100%)"),
    ({"issues": {"liability_cap": "not_established"}},
     "tenu pour acquis\u00a0: aucun plafond contractuel ne limite la réparation",
     "taken as given: no contractual cap limits"),
    ({"questions": {"cap-1171": 0.1}},
     "question ouverte (Exclusion des pertes d'exploitation et Plafond de réparation)",
     "open question (Exclusion of loss of business and Cap on liability)"),
    ({"questions": {"cap-1171": 0.1}}, "probabilité de 10\u00a0% (au lieu de 65\u00a0%)", "10% (instead of 65%)"),
    ({"questions": {"building-design": 0.1}}, "question ouverte\u00a0: ce point est retenu",
     "open question: the point is"),
    ({"as_of": "2025-05-01"}, "le dossier au 1er mai 2025 (au lieu du 30 juin 2024)",
     "the case on 1 May 2025 (instead of 30 June 2024)"),
    ({"figures": {"claimants.durand.heads.hours.hours": 1234.5}},
     "heures (Durand, Temps de travail du personnel)\u00a0: 10 → 1\u202f234,5",
     "hours (Durand, Working time of own staff): 10 → 1,234.5"),
    ({"figures": {"offers.first.date": "2023-12-01"}}, "2 novembre 2023 → 1er décembre 2023",
     "2 November 2023 → 1 December 2023"),
    ({"figures": {"claimants.durand.contract.renewed": "2022-03-01"}}, "rien → 1er mars 2022",
     "nothing → 1 March 2022"),
    ({"figures": {"claimants.durand.heads.hours.duties": ["data"]}}, "Sauvegarde → Données",
     "duties relied on (Durand, Working time of own staff): Backup → Data"),
]


@pytest.mark.parametrize(("scenario", "french", "english"), CHANGES)
def test_each_kind_of_change_is_said_in_both_languages(said, scenario, french, english):
    for language, part in (("fr", french), ("en", english)):
        (change,) = said(language, **scenario)
        assert part.replace("'", "’").replace(NO_BREAK, " ") in change.said.replace("'", "’").replace(NO_BREAK, " ")
        assert change.kind in scenario
        assert change.name in (*scenario[change.kind], "as_of")


def test_a_chance_that_differs_from_one_to_another_is_told_with_all_that_there_were(said):
    first, second = small()["claimants"]
    claimants = [{**one, "facts": {**one["facts"], "service.data_lost": {"value": True, "status": "disputed",
                                                                         "likelihood": chance}}}
                 for one, chance in ((first, 0.4), (second, 0.6))]
    (change,) = said("en", {"claimants": claimants}, likelihoods={"service.data_lost": 0.9})
    assert "likelihood of 90% (instead of 40% and 60%)" in change.said


def test_what_is_said_of_some_claimants_names_them_but_not_for_facts_common_to_all(said):
    changes = said("en", claimants=["durand"], facts={"service.own_copy": True, "event.sudden": True})
    assert [(one.name, one.whose) for one in changes] == [("service.own_copy", ("durand",)), ("event.sudden", ())]


def test_entries_that_change_alike_are_told_together(said):
    (change,) = said("fr", figures={f"claimants.{claimant}.heads.recovery.duties": ["data"]
                                    for claimant in ("dupont", "durand")}
                     | {"claimants.durand.heads.hours.duties": ["data"]})
    assert "3 entrées" in change.said
    assert change.alike == ("claimants.durand.heads.recovery.duties", "claimants.durand.heads.hours.duties")


def test_the_old_value_is_that_of_the_scenario_from_which_one_starts(french_law, tmp_path):
    figures = [{"claimants.durand.heads.hours.hours": 20}, {"claimants.durand.heads.hours.hours": 30}]
    case = read_small(tmp_path / "case", french_law, scenarios=[
        {"id": "one", "title": TITLE, "figures": figures[0]},
        {"id": "two", "title": TITLE, "from": "one", "figures": figures[1]}])
    (change,) = changes_of(french_law, case.file.scenarios[1], vary_case(case, french_law, ["one"]), "en")
    assert change.said.endswith("20 → 30")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_change_of_the_founding_case_is_said(french_law, language):
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    for scenario in case.file.scenarios:
        for change in changes_of(french_law, scenario, case, language):
            assert "{" not in change.said, change
            assert "None" not in change.said, change
            assert change.said
            if change.kind not in ("figures", "as_of"):
                assert change.name not in change.said
