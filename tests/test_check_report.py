import copy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import SMALL, read_small
from vismajor.check_report import findings_of, tell_check
from vismajor.law.models import Law
from vismajor.workbench import load_case


@pytest.fixture
def read(tmp_path: Path, french_law: Law) -> Callable[..., Any]:
    return lambda **changes: read_small(tmp_path / "case", french_law, **changes)


def test_an_exhibit_that_nothing_rests_on_is_found(read: Callable[..., Any], french_law: Law) -> None:
    spare = {"id": "P9", "title": "Photographie", "date": "2023"}
    case = read(exhibits=[*SMALL["exhibits"], spare])
    assert findings_of(case, french_law, "fr") == ["La pièce P9 n'est invoquée nulle part."]


PLACES = {
    "a fact": lambda d: d["facts"]["event.kind"].update(exhibits=["P9"]),
    "a paragraph of the account": lambda d: d["incident"]["account"][0].update(exhibits=["P9"]),
    "a contract": lambda d: d["contracts"][0].update(exhibits=["P9"]),
    "a fact of a contract": lambda d: d["contracts"][0]["facts"].update(
        {"contract.terms_accepted": {"value": True, "exhibits": ["P9"]}}),
    "a claimant": lambda d: d["claimants"][0].update(exhibits=["P9"]),
    "a fact of a claimant": lambda d: d["claimants"][0]["facts"].update(
        {"service.data_lost": {"value": True, "exhibits": ["P9"]}}),
    "a head of loss": lambda d: d["claimants"][0]["heads"][0].update(exhibits=["P9"]),
    "an offer": lambda d: d["offers"][0].update(exhibits=["P9"]),
    "a step": lambda d: d["procedure"][0].update(exhibits=["P2", "P9"]),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_exhibit_cited_in_one_place_is_not_reported(place: str, read: Callable[..., Any], french_law: Law) -> None:
    data = copy.deepcopy(SMALL)
    data["exhibits"].append({"id": "P9", "title": "Photographie", "date": "2023"})
    PLACES[place](data)
    assert not [found for found in findings_of(read(**data), french_law, "en") if "P9" in found]


def test_a_disputed_fact_that_rests_on_nothing_is_found_with_its_place(
        read: Callable[..., Any], french_law: Law) -> None:
    facts = SMALL["facts"] | {"event.sudden": {"value": True, "status": "disputed"}}
    found = findings_of(read(facts=facts), french_law, "en")
    said = french_law.vocabulary.facts["event.sudden"].states["true"].en
    assert found == [f"This disputed fact rests on no exhibit: {said} [event.sudden] (common facts)."]


def test_a_disputed_fact_of_some_claimants_is_found_with_their_names(
        read: Callable[..., Any], french_law: Law) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[0]["facts"]["service.own_copy"] = {"value": False, "status": "disputed"}
    (found,) = findings_of(read(claimants=claimants), french_law, "fr")
    assert found.endswith("[service.own_copy] (Dupont).")
    claimants[1]["facts"]["service.own_copy"] = {"value": False, "status": "disputed"}
    (found,) = findings_of(read(claimants=claimants), french_law, "fr")
    assert found.endswith("[service.own_copy] (toutes les demanderesses).")


@pytest.mark.parametrize("status", ["admitted", "established", "alleged"])
def test_a_fact_that_nobody_disputes_needs_no_exhibit(status: str, read: Callable[..., Any], french_law: Law) -> None:
    facts = SMALL["facts"] | {"event.sudden": {"value": True, "status": status}}
    assert findings_of(read(facts=facts), french_law, "en") == []


def test_a_claimant_that_claims_nothing_is_found(read: Callable[..., Any], french_law: Law) -> None:
    first, second = SMALL["claimants"]
    found = findings_of(read(claimants=[first, {**second, "heads": []}]), french_law, "fr")
    assert found == ["Durand ne réclame rien : aucun chef de préjudice."]


def test_check_counts_claimants_facts_and_exhibits(read: Callable[..., Any], french_law: Law) -> None:
    told = tell_check(read(), french_law, [], "fr")
    counts = "2\u00a0demanderesses, 11\u00a0faits, 2\u00a0pièces"
    assert told == f"Dossier valide : {counts}. Droit : fr {french_law.version}."


def test_check_counts_one_of_each_in_the_singular(read: Callable[..., Any], french_law: Law) -> None:
    told = tell_check(read(claimants=SMALL["claimants"][:1]), french_law, [], "fr")
    assert told.startswith("Dossier valide : 1\u00a0demanderesse, ")


def test_check_lists_what_it_found_below(read: Callable[..., Any], french_law: Law) -> None:
    told = tell_check(read(), french_law, ["Une chose.", "Une autre."], "fr").splitlines()
    assert told[1:] == ["À voir :", "  - Une chose.", "  - Une autre."]


def test_what_accounts_do_not_allow_to_say_is_found(french_law: Law) -> None:
    found = findings_of(load_case(ROOT / "cases" / "ovh-strasbourg", french_law), french_law, "fr")
    assert any("Demanderesse 11" in one and "Windows-1252" in one for one in found)


def test_harm_to_image_without_evidence_and_tax_without_a_rate_are_found(read: Callable[..., Any], french_law: Law
                                                                          ) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[0]["vat_recovered"] = 0
    claimants[0]["heads"] += [{"id": "image", "kind": "image", "duties": ["data"], "amount": 900}]
    found = findings_of(read(claimants=claimants), french_law, "en")
    assert any("Harm to image: counts for nothing" in one for one in found)
    assert any("vat_rate: is not stated" in one for one in found)


def test_what_the_other_side_will_say_of_a_head_is_found(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    found = findings_of(case, french_law, "en")
    hours = [one for one in found if "already covers wages" in one]
    assert len(hours) == 1  # told once for all claimants
    assert any("Demanderesse 11" in one and "business was back" in one and "October 2021" in one for one in found)
    assert any("Demanderesse 11" in one and "more than what is still missing" in one for one in found)
    accruals = [one for one in found if "accruals" in one and "Demanderesse 11" in one]
    assert len(accruals) == 1
    assert "7 more of the kind" in accruals[0]


def test_hours_paid_on_top_of_wages_are_not_found(read: Callable[..., Any], french_law: Law) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    hours = {"id": "hours", "kind": "staff_hours", "duties": ["data"], "hours": 10, "hourly_rate": 30}
    claimants[0]["heads"] += [hours]
    assert not any("wages" in one for one in findings_of(read(claimants=claimants), french_law, "en"))


def test_a_stated_rate_far_from_that_of_the_accounts_is_found(tmp_path: Path, french_law: Law) -> None:
    folder = tmp_path / "case"
    shutil.copytree(ROOT / "tests" / "good" / "minimal", folder)
    lines = (folder / "accounts.csv").read_text().splitlines()
    rows = [f"{line};{float(line.split(';')[1]) / 2:.2f}" for line in lines[1:] if line]
    (folder / "accounts.csv").write_text("\n".join([f"{lines[0]};variable_costs", *rows]) + "\n")
    found = findings_of(load_case(folder, french_law), french_law, "en")
    assert any("is not the one that the accounts show (50.0%)" in one for one in found)


def test_what_was_received_beyond_the_claim_is_found(read: Callable[..., Any], french_law: Law) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[0]["received"] = [{"id": "policy", "kind": "insurance", "date": "2023-11-01", "amount": 999_999}]
    assert any("policy: €999,999 received, more than is claimed" in one
               for one in findings_of(read(claimants=claimants), french_law, "en"))


def test_claimants_of_one_name_are_found(read: Callable[..., Any], french_law: Law) -> None:
    first, second = SMALL["claimants"]
    found = findings_of(read(claimants=[first, second | {"name": first["name"]}]), french_law, "fr")
    assert [one.replace("\u00a0", " ") for one in found] == [
        f"2 demanderesses portent le nom « {first['name']} » : les actes ne les distinguent que par leur numéro."]


@pytest.mark.parametrize(("agreed", "found"), [(12500.50, []), (12500.51, [
    "Settlement: the sum agreed for Dupont (€12,500.51) is above what this party claims (€12,500.50)."])])
def test_a_sum_agreed_above_the_claim_is_found(agreed: float, found: list[str], read: Callable[..., Any],
                                               french_law: Law) -> None:
    case = read(acts={"settlement": {"amounts": {"dupont": agreed}}})
    assert findings_of(case, french_law, "en") == found


@pytest.mark.parametrize(("acts", "told"), [
    ({"writ": {"served_on": "2028-07-14"}}, []),
    ({"writ": {"served_on": "2028-07-15"}}, ["after the last day to sue, 14 July 2028"]),
    ({"writ": {"served_on": "2024-07-16"}, "notice": {"date": "2024-07-01", "days": 15}},
     ["before the time left by the formal notice is over (16 July 2024"]),
    ({"writ": {"served_on": "2024-07-17"}, "notice": {"date": "2024-07-01", "days": 15}}, []),
    ({"writ": {"served_on": "2024-09-02"}, "amicable": {"signed_on": "2024-09-01", "until": "2025-02-01"}},
     ["runs until 1 February 2025: the action would be inadmissible"]),
    ({"writ": {"served_on": "2025-02-01"}, "amicable": {"signed_on": "2024-09-01", "until": "2025-02-01"}}, [])])
def test_a_writ_too_late_too_early_or_during_a_convention_is_found(
        acts: dict[str, Any], told: list[str], read: Callable[..., Any], french_law: Law) -> None:
    found = [one.replace("\u00a0", " ") for one in findings_of(read(acts=acts), french_law, "en")]
    assert len(found) == len(told) and all(part in one for one, part in zip(found, told, strict=True))


def test_the_exhibit_of_a_clause_is_used(read: Callable[..., Any], french_law: Law) -> None:
    clause = {"number": "12", "shows": ["contract.cap_exists"], "exhibits": ["P9"]}
    case = read(exhibits=[*SMALL["exhibits"], {"id": "P9", "title": "Conditions", "date": "2021"}],
                contracts=[SMALL["contracts"][0] | {"clauses": [clause]}])
    assert findings_of(case, french_law, "fr") == []


def test_an_exhibit_of_what_was_received_is_used(read: Callable[..., Any], french_law: Law) -> None:
    claimants = copy.deepcopy(SMALL["claimants"])
    claimants[0]["received"] = [{"id": "policy", "kind": "insurance", "date": "2023-11-01", "amount": 1,
                                 "exhibits": ["P9"]}]
    spare = {"id": "P9", "title": "Quittance", "date": "2023"}
    found = findings_of(read(claimants=claimants, exhibits=[*SMALL["exhibits"], spare]), french_law, "en")
    assert not any("P9" in one for one in found)
