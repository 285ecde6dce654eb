import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import read_small
from vismajor.drafting.hearing import worth_saying
from vismajor.drafting.typography import spaced
from vismajor.law.models import Law
from vismajor.report import (
    assessment_json,
    tell_assessment,
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
