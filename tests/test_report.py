import copy
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import SMALL, read_small
from vismajor.drafting.hearing import worth_saying
from vismajor.drafting.typography import spaced
from vismajor.law.models import Law
from vismajor.losses_report import losses_json, losses_of, tell_losses
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.worlds import Worlds
from vismajor.report import (
    assessment_json,
    findings_of,
    tell_assessment,
    tell_check,
    tell_value,
    value_json,
)
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, load_case, value


def nothing(_: str) -> None:
    pass


@pytest.fixture
def read(tmp_path: Path, french_law: Law) -> Callable[..., Any]:
    return lambda **changes: read_small(tmp_path / "case", french_law, **changes)


@pytest.fixture(scope="module")
def valuation(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Valuation:
    case = read_small(tmp_path_factory.mktemp("report") / "case", french_law)
    return value(assess(case, french_law, worlds=500))


# --- what to look into


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
    assert told == f"Dossier valide : {counts}. Droit : fr (version {french_law.version})."


def test_check_counts_one_of_each_in_the_singular(read: Callable[..., Any], french_law: Law) -> None:
    told = tell_check(read(claimants=SMALL["claimants"][:1]), french_law, [], "fr")
    assert told.startswith("Dossier valide : 1\u00a0demanderesse, ")


def test_check_lists_what_it_found_below(read: Callable[..., Any], french_law: Law) -> None:
    told = tell_check(read(), french_law, ["Une chose.", "Une autre."], "fr").splitlines()
    assert told[1:] == ["À voir :", "  - Une chose.", "  - Une autre."]


# --- losses


def test_the_losses_of_one_claimant_can_be_asked_for(read: Callable[..., Any], french_law: Law) -> None:
    found = losses_of(read(), french_law, Worlds("x", 200), "durand", nothing)
    assert [loss.claimant.id for loss in found] == ["durand"]
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


# --- assessment and value


def test_the_assessment_as_data_survives_json(valuation: Valuation) -> None:
    data = assessment_json(valuation.assessment)
    assert json.loads(json.dumps(data, ensure_ascii=False, allow_nan=False)) == data


def test_the_assessment_as_data_lists_every_view_of_every_issue(valuation: Valuation) -> None:
    data = assessment_json(valuation.assessment)
    assert list(data["issues"]) == list(valuation.assessment.views)
    for issue, views in valuation.assessment.views.items():
        shown = data["issues"][issue]
        assert [view["claimants"] for view in shown["views"]] == [list(view.claimants) for view in views]
        assert {key: shown[key] for key in shown if key != "views"} == shown["views"][0]


def test_only_exhibits_known_at_the_date_are_cited(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    data = assessment_json(assess(case, french_law, worlds=200))
    cited = {exhibit for issue in data["issues"].values() for view in issue["views"]
             for side in ("for", "against") for argument in view[side] for premise in argument["premises"]
             for exhibit in premise["exhibits"]}
    assert cited
    assert cited <= set(case.exhibits_known)


def test_a_source_not_read_in_full_is_marked_on_the_screen_too(valuation: Valuation) -> None:
    told = " ".join(tell_assessment(valuation.assessment).split())
    law = valuation.assessment.law
    used = {s for views in valuation.assessment.views.values()
            for a in (*views[0].arguments_for, *views[0].arguments_against) if worth_saying(a) for s in a.rule.sources}
    for source in (law.sources[s] for s in used):
        cite = " ".join(spaced(source.cite.fr, "fr").split())
        assert cite in told
        assert (f"{cite} [à vérifier]" in told) == (source.read != "full"), cite


def test_the_value_as_data_has_the_group_and_each_claimant(valuation: Valuation) -> None:
    data = value_json(valuation, [Path("a.html")])
    assert data["files"] == ["a.html"]
    assert list(data["claimants"]) == ["dupont", "durand"]
    assert data["together"]["claimed"] == "16901.25"
    assert data["together"]["offers"][0]["amount"] == "1000.00"
    branches = [data["together"][name]["probability"] for name in ("not_liable", "capped", "uncapped")]
    assert sum(branches) == pytest.approx(1, abs=1e-5)
    json.dumps(data, allow_nan=False)


def test_the_value_is_printed_a_row_a_claimant_and_one_for_all(valuation: Valuation) -> None:
    told = tell_value(valuation, [Path("note.html")])
    rows = [line for line in told.splitlines() if line.startswith("│")]
    assert len(rows) == 3
    assert "16\u202f901\u00a0€" in rows[-1]
    assert "note.html" in told
    assert max(len(line) for line in told.splitlines()) <= 80


def test_the_rows_of_a_printed_table_add_up(valuation: Valuation) -> None:
    rows = [line.strip("│").split("│") for line in tell_value(valuation, []).splitlines() if line.startswith("│")]
    claimed = [Decimal(re.sub(r"\D", "", row[1])) for row in rows]
    assert abs(sum(claimed[:-1]) - claimed[-1]) <= 1


def test_a_path_is_printed_whole_however_long(valuation: Valuation) -> None:
    path = Path("un-dossier-au-nom-bien-long") / "un-autre-dossier-au-nom-bien-long" / "note-de-negociation.html"
    assert str(path) in tell_value(valuation, [path])
