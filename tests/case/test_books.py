"""The books of a claimant: every file that its accounts name is read, and every mistake of all of them told at once."""

import hashlib
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.case.ledgers import write_ledger
from tests.conftest import ROOT
from vismajor import load_case
from vismajor.cli import main
from vismajor.reading.problems import InvalidInput

GOOD = ROOT / "tests" / "good" / "minimal"


@pytest.fixture(autouse=True)
def _pack_read_once(monkeypatch, french_law):
    monkeypatch.setattr("vismajor.workbench.read_law", lambda name: french_law)


def case_with(tmp_path: Path, accounts: str) -> Path:
    """The minimal case with other accounts, in a folder of its own."""
    folder = tmp_path / "case"
    if not folder.exists():
        shutil.copytree(GOOD, folder)
    text = (GOOD / "case.yaml").read_text(encoding="utf-8")
    before = "{revenue: accounts.csv, variable_cost_rate: 0.4, exhibits: [P2]}"
    assert before in text
    (folder / "case.yaml").write_text(text.replace(before, accounts), encoding="utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    return [(Path(one.file).name, one.line, one.column, one.code) for one in caught.value.problems]


def months(amount: str, first: int = 2021, last: int = 2023) -> str:
    return "".join(f"{year}-{month:02d};{amount}\n" for year in range(first, last + 1) for month in range(1, 13))


def test_a_table_with_variable_costs_needs_no_rate(tmp_path):
    folder = case_with(tmp_path, "{revenue: accounts.csv, exhibits: [P2]}")
    assert told(folder) == [("case.yaml", 30, 5, "accounts_without_rate")]
    (folder / "accounts.csv").write_text("mois;ca ht;charges variables\n" + months("10;4"), encoding="utf-8")
    books = load_case(folder).books["durand"]
    assert books.variable_costs.amounts == (Decimal(4),) * 36
    assert (books.cells[0], books.files[0].path) == ("2", "accounts.csv")


def test_a_ledger_is_read_as_a_whole_with_the_map_of_the_case(tmp_path):
    folder = case_with(tmp_path, "{ledger: [fec/123456789FEC20211231.txt, fec/123456789FEC20221231.txt, "
                                 "fec/123456789FEC20231231.txt], account_map: {variable_costs: {607: 0.5}}}")
    (folder / "fec").mkdir()
    files = [write_ledger(folder / "fec", year) for year in (2021, 2022, 2023)]
    case = load_case(folder)
    books = case.books["durand"]
    assert (books.revenue.first, books.revenue.last, set(books.revenue.amounts)) == ("2021-01", "2023-12", {1000})
    assert set(books.variable_costs.amounts) == {250}
    assert [file.path for file in books.files] == [f"fec/{file.name}" for file in files]
    assert {posting.file for posting in books.postings} == {file.path for file in books.files}
    assert {case.hashes[f"fec/{file.name}"] for file in files} == {
        hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert "ledger_accruals_apart" in {finding.code for finding in books.findings}


def test_the_unaffected_table_is_read_beside_and_hashed(tmp_path):
    folder = case_with(tmp_path, "{revenue: accounts.csv, variable_cost_rate: 0.4, unaffected: lyon.csv}")
    (folder / "lyon.csv").write_text("mois;ca\n" + months("7,50"), encoding="utf-8")
    case = load_case(folder)
    assert set(case.books["durand"].unaffected.amounts) == {Decimal("7.50")}
    assert sorted(case.hashes) == ["accounts.csv", "case.yaml", "lyon.csv"]


def test_an_index_may_stand_for_what_was_not_affected_never_for_revenue(tmp_path):
    folder = case_with(tmp_path, "{revenue: accounts.csv, variable_cost_rate: 0.4, unaffected: index.csv}")
    (folder / "index.csv").write_text("période;indice\n" + months("103,4"), encoding="utf-8")
    assert set(load_case(folder).books["durand"].unaffected.amounts) == {Decimal("103.40")}
    folder = case_with(tmp_path, "{revenue: index.csv, variable_cost_rate: 0.4}")
    assert told(folder) == [("index.csv", 1, 1, "revenue_header")]


def test_every_file_that_is_missing_or_outside_is_told_at_its_name_and_the_others_are_read_all_the_same(tmp_path):
    folder = case_with(tmp_path, "{revenue: no.csv, variable_cost_rate: 0.4, unaffected: ../lyon.csv}")
    assert told(folder) == [("case.yaml", 30, 16, "missing_accounts"), ("case.yaml", 30, 58, "outside_case")]
    folder = case_with(tmp_path, "{ledger: [accounts.csv, no.txt], unaffected: lyon.csv}")
    (folder / "lyon.csv").write_text("mois;ca\n2021-01;x\n", encoding="utf-8")
    assert told(folder) == [("case.yaml", 30, 39, "missing_accounts"), ("lyon.csv", 2, 9, "revenue_amount")]


def test_problems_carry_the_path_that_was_given_of_the_case_or_of_the_file(tmp_path, monkeypatch):
    folder = case_with(tmp_path, "{revenue: no.csv, variable_cost_rate: 0.4, unaffected: accounts.csv}")
    (folder / "accounts.csv").write_text("mois;ca\n2021-01;x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput) as caught:
        load_case(Path("case"))
    assert [one.file for one in caught.value.problems] == ["case/accounts.csv", "case/case.yaml"]


def test_a_folder_or_an_impossible_name_is_a_missing_file(tmp_path):
    for name in ("fec", "x" * 300):
        folder = case_with(tmp_path, f"{{revenue: {name}, variable_cost_rate: 0.4}}")
        (folder / "fec").mkdir(exist_ok=True)
        assert told(folder) == [("case.yaml", 30, 16, "missing_accounts")]


def test_the_mistakes_of_the_case_of_its_map_and_of_its_files_come_at_once(tmp_path):
    folder = case_with(tmp_path, "{revenue: accounts.csv, account_map: {variable_costs: {607: 3}}, "
                                 "variable_cost_rate: 2, unaffected: lyon.csv}")
    (folder / "lyon.csv").write_text("mois;ca\n2021-01;$5\n", encoding="utf-8")
    codes = [code for _, _, _, code in told(folder)]
    assert sorted(codes) == ["amount_currency", "not_a_share", "not_a_share"]


def test_what_was_settled_in_reading_is_told_by_check(tmp_path):
    folder = case_with(tmp_path, "{revenue: accounts.csv, variable_cost_rate: 0.4, exhibits: [P2]}")
    (folder / "accounts.csv").write_text(
        "mois;ca\n" + months("10") + "2024-01;9\nTotal;369\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["--lang", "en", "check", str(folder)])
    assert result.exit_code == 1
    assert "Durand: accounts.csv:39:7: “Total”, €369.00, is the sum of its months" in " ".join(result.output.split())


def test_accounts_beyond_the_date_of_knowledge_are_told(tmp_path):
    folder = case_with(tmp_path, "{revenue: accounts.csv, variable_cost_rate: 0.4, exhibits: [P2]}")
    (folder / "accounts.csv").write_text("mois;ca\n" + months("10", last=2035), encoding="utf-8")
    assert [finding.code for finding in load_case(folder).books["durand"].findings] == ["accounts_after_as_of"]
