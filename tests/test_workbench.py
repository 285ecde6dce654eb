import datetime as dt
import inspect
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import vismajor
from tests.conftest import ROOT
from tests.drafting.cases import read_small, small, write_case
from tests.drafting.conftest import CHARTS
from vismajor.law.models import Law


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "dossier", small())


@pytest.fixture
def plain_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.drafting.negotiation_note.open_facts", lambda *_: [])
    monkeypatch.setattr("vismajor.drafting.drafts.award_chart", lambda *_: CHARTS["award"])
    monkeypatch.setattr("vismajor.drafting.drafts.arguments_chart", lambda *_: CHARTS["arguments"])


def test_the_package_offers_few_names_and_each_is_documented() -> None:
    assert set(vismajor.__all__) == {"InvalidInput", "__version__", "assess", "draft", "load_case", "load_law", "value"}
    for name in set(vismajor.__all__) - {"__version__"}:
        assert inspect.getdoc(getattr(vismajor, name)), name


def test_a_name_that_is_not_offered_is_an_error() -> None:
    with pytest.raises(AttributeError, match="asess"):
        _ = vismajor.asess


def test_importing_the_package_imports_nothing_slow() -> None:
    script = "import sys, vismajor; print([m for m in ('numpy', 'matplotlib', 'pypandoc') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.usefixtures("plain_charts")
def test_the_example_of_the_package_does_the_whole_way(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = (inspect.getdoc(vismajor) or "").partition("\n\n")[2]
    assert "load_case(" in example
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(example.replace('out="out"', f"out={str(tmp_path / 'out')!r}").replace(
        "assess(case)", "assess(case, worlds=300)"), names)
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert names["valuation"].together.claimed > 0  # type: ignore[attr-defined]


def test_a_path_may_be_text(folder: Path) -> None:
    assert vismajor.load_case(str(folder)) == vismajor.load_case(folder)


def test_results_are_the_same_whether_the_law_is_given_or_not(folder: Path, french_law: Law) -> None:
    alone = vismajor.assess(vismajor.load_case(folder), worlds=300)
    given = vismajor.assess(vismajor.load_case(folder, french_law), french_law, worlds=300)
    assert alone.views == given.views
    assert vismajor.value(alone).together == vismajor.value(given).together


def test_the_same_seed_gives_the_same_value_and_another_gives_another(folder: Path, french_law: Law) -> None:
    case = vismajor.load_case(folder, french_law)
    one, same, other = (vismajor.value(vismajor.assess(case, french_law, worlds=300, seed=seed)).together.award
                        for seed in ("a", "a", "b"))
    assert one == same
    assert one != other


def test_a_date_of_knowledge_before_the_incident_is_refused(folder: Path, french_law: Law) -> None:
    with pytest.raises(vismajor.InvalidInput) as caught:
        vismajor.load_case(folder, french_law, as_of=dt.date(2023, 7, 13))
    assert [p.code for p in caught.value.problems] == ["date_before"]
    assert "2023-07-14" in str(caught.value)


def test_the_day_of_the_incident_itself_is_accepted(folder: Path, french_law: Law) -> None:
    case = vismajor.load_case(folder, french_law, as_of=dt.date(2023, 7, 14))
    assert case.as_of == dt.date(2023, 7, 14)
    assert case.exhibits_known == {}


def test_another_date_of_knowledge_leaves_the_case_itself_alone(folder: Path, french_law: Law) -> None:
    case = vismajor.load_case(folder, french_law)
    later = case.at(dt.date(2025, 1, 1))
    assert (case.as_of, later.as_of) == (dt.date(2024, 6, 30), dt.date(2025, 1, 1))


def test_a_law_pack_is_read_by_its_name_or_its_folder() -> None:
    assert vismajor.load_law("fr").hashes == vismajor.load_law(str(ROOT / "rules" / "fr")).hashes


def test_an_unknown_law_is_told(folder: Path) -> None:
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(text.replace("law: fr", "law: frr"), encoding="utf-8")
    with pytest.raises(vismajor.InvalidInput, match=r"case\.yaml:\d+:\d+: .*frr"):
        vismajor.load_case(folder)


def test_progress_is_told_claimant_by_claimant(folder: Path, french_law: Law) -> None:
    told: list[str] = []
    assessment = vismajor.assess(vismajor.load_case(folder, french_law), french_law, worlds=100, progress=told.append)
    vismajor.value(assessment, told.append)
    assert told == ["dupont", "durand", "dupont", "durand"]


@pytest.mark.usefixtures("plain_charts")
def test_progress_and_result_of_drafting_name_each_form(folder: Path, french_law: Law, tmp_path: Path) -> None:
    told: list[str] = []
    valuation = vismajor.value(vismajor.assess(vismajor.load_case(folder, french_law), french_law, worlds=100))
    files = vismajor.draft(valuation, str(tmp_path / "out"), ("html",), told.append)
    assert told == ["html"]
    assert [file.suffix for file in files] == [".html", ".json"]


def test_the_group_gets_what_its_members_get(tmp_path: Path, french_law: Law) -> None:
    case = read_small(tmp_path / "case", french_law)
    valuation = vismajor.value(vismajor.assess(case, french_law, worlds=300))
    members = sum((value.award.mean for value in valuation.claimants.values()), Decimal(0))
    assert abs(members - valuation.together.award.mean) <= Decimal("0.02")
    assert valuation.together.claimed == Decimal("16901.25")
