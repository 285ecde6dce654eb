"""import-accounts shows what was understood of real files, in both languages, in 80 columns, and the same as data."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from tests.case.ledgers import write_ledger
from tests.conftest import ROOT
from vismajor.cli import main

CUSTOMERS = ROOT / "cases" / "ovh-strasbourg" / "accounts" / "clients-demanderesse-01.csv"


def run(*paths: Path, language: str = "fr", options: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(main, ["--lang", language, "import-accounts", *options, *map(str, paths)])


def data(*paths: Path) -> dict[str, Any]:
    return json.loads(run(*paths, options=("--json",)).stdout)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ca.csv"
    rows = [f"{month:02d}/{year};{year + month},50 €;1 000,25" for year in (2021, 2022) for month in range(1, 13)]
    path.write_text("Mois;CA HT;Charges variables\n" + "\n".join(rows), encoding="cp1252")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "ca.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("CA")
        sheet.write_row(0, 0, ["Mois", "CA"])
        for month in range(1, 13):
            sheet.write_row(month, 0, [f"2021-{month:02d}", 100.5 * month])
    return path


def test_a_monthly_table_is_shown_with_all_that_was_found_out(table):
    result = run(table)
    assert (result.exit_code, result.stderr) == (0, "")
    for said in ("tableau mensuel, une ligne par mois", "Windows-1252, cellules séparées par ;", "virgule",
                 "« Mois », « CA HT » et « Charges variables »", "de janvier 2021 à décembre 2022 (24 mois)",
                 hashlib.sha256(table.read_bytes()).hexdigest(), "2 033,50", "12 003,00"):
        assert said in result.stdout.replace("\u202f", " ").replace("\u00a0", " "), said
    assert "À voir" not in result.stdout


def test_the_share_that_variable_costs_take_can_be_recomputed_from_what_is_shown(table):
    said = " ".join(run(table, language="en").stdout.split())
    revenue = sum(Decimal(f"{2021 + month}.50") for month in range(1, 13))
    assert f"2021 │ {revenue:,} │ 12,003.00 │ {100 * Decimal('12003') / revenue:.1f}%" in said


def test_a_ledger_is_shown_whole_what_counts_adds_up_to_its_revenue_and_its_costs(tmp_path):
    files = [write_ledger(tmp_path, year) for year in (2022, 2021)]
    result = run(*files, language="en")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    for expected in ("ledger export (FEC", "ISO-8859-15, cells separated by tabs", "15 January 2021",
                     "total │ revenue │ │ │ 24,000.00",
                     "total │ variable costs │ │ │ 12,000.00", "641000 │ Salaires │ outside the map │ 2,400.00",
                     "accruals │ 2021-12-31 │ 1 │ 70.00", "50.0%"):
        assert expected in said, expected


def test_a_ledger_as_data(tmp_path):
    found = data(write_ledger(tmp_path, 2021), write_ledger(tmp_path, 2022))["sources"]
    assert [source["kind"] for source in found] == ["ledger"]
    ledger = found[0]
    assert ledger["revenue"]["years"] == {"2021": "12000.00", "2022": "12000.00"}
    assert ledger["revenue"]["months"]["2021-12"] == "1000.00"
    assert ledger["variable_cost_rate"] == 0.5
    counted = [account for account in ledger["accounts"] if account["counts_as"]]
    assert [(one["number"], one["counted"], one["share"]) for one in counted] == [
        ("707000", "24000.00", 1.0), ("607000", "12000.00", 1.0)]
    assert [(one["reason"], one["revenue"]) for one in ledger["set_apart"]] == [("accrual", "70.00")] * 2
    assert all(file["debit"] == file["credit"] for file in ledger["files"])


def test_a_workbook_and_a_customers_list_are_recognised_beside_a_table(table, workbook):
    found = data(table, workbook, CUSTOMERS)
    assert [source["kind"] for source in found["sources"]] == ["monthly_table", "monthly_table", "customers"]
    first, second, third = found["sources"]
    assert (first["decimal_mark"], first["cells"]["2021-01"], first["files"][0]["encoding"]) == (",", "2", "cp1252")
    assert (second["sheet"], second["cells"]["2021-12"], second["revenue"]["total"]) == ("CA", "CA!B13", "7839.00")
    assert len(third["customers"]) == 87
    assert third["observed_until"] == "2021-11-30"
    said = run(workbook, CUSTOMERS).stdout
    assert "liste de clients" in said
    assert "feuille" in said


def test_findings_are_told_with_code_1_and_mistakes_with_code_2(table, workbook):
    text = table.read_bytes()
    table.write_bytes(text + "\nTotal;;24 006,00\n".encode("cp1252"))
    result = run(table, workbook)
    assert result.exit_code == 1
    assert "À voir" in result.stdout
    assert [one["code"] for one in data(table)["sources"][0]["findings"]] == ["table_total_left"]
    table.write_bytes(text + b"\n01/2023;n/a;$4\n")
    result = run(table, workbook)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{table}:26:9: " in result.stderr
    assert f"{table}:26:13: " in result.stderr


def test_a_folder_a_missing_file_and_a_file_of_something_else_are_told_together(tmp_path, workbook):
    other = tmp_path / "lettre.txt"
    other.write_text("Maître,\nveuillez trouver ci-joint\n", encoding="utf-8")
    result = run(tmp_path, tmp_path / "no.csv", other, workbook)
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(": ")[0].removeprefix(str(tmp_path)) for line in result.stderr.splitlines()[:3]] == [
        ":1:1", "/lettre.txt:1:1", "/no.csv:1:1"]
    assert "dossier" in result.stderr
    assert CliRunner().invoke(main, ["import-accounts"]).exit_code == 2


def test_a_mistake_in_a_workbook_has_its_cell_as_data(tmp_path):
    path = tmp_path / "ca.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("CA")
        sheet.write_row(0, 0, ["Mois", "CA"])
        sheet.write_row(1, 0, ["2021-01", "n/a"])
    assert [(one["cell"], one["code"]) for one in data(path)["problems"]] == [("CA!B2", "revenue_amount")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_fits_80_columns(tmp_path, table, workbook, language):
    years = [write_ledger(tmp_path, year, sales=123_456_780) for year in range(2018, 2024)]
    for line in run(*years, table, workbook, CUSTOMERS, language=language).stdout.splitlines():
        assert len(line) <= 80 or str(tmp_path) in line or str(ROOT) in line, line
        assert "…" not in line, line
