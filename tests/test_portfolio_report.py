"""The command `portfolio`: what it prints in both languages, what it writes, and what it says of wrong input."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from vismajor.cli import main

CASE = str(ROOT / "tests" / "good" / "minimal")
TABLE = "id;monthly_fees;recovery;margin\nx-1;50;2500,50;\nx-2;900;80000;\nx-3;120;;4000\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "claimants.csv").write_text(TABLE)
    return tmp_path / "claimants.csv"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("table") / "claimants.csv"
    file.write_text(TABLE)
    found: dict[str, Any] = json.loads(
        _run("portfolio", CASE, file, "--worlds", 300, "--json", "--processes", 1).output)
    return found


@pytest.mark.parametrize(("language", "said"), [
    ("fr", ("3\u00a0demanderesses", "ensemble", "86\u202f501\u00a0€", "P50 (médiane)", "Avec --out")),
    ("en", ("3\u00a0claimants", "together", "€86,501", "P50 (median)", "With --out")),
])
def test_the_table_is_told_in_the_language_asked_for(language: str, said: tuple[str, ...], table: Path) -> None:
    result = _run("--lang", language, "portfolio", CASE, table, "--worlds", 300, "--processes", 1)
    assert result.exit_code == 0, result.output
    for text in said:
        assert text in result.output, text
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_each_claimant_has_its_line_in_the_file(table: Path, tmp_path: Path, data: dict[str, Any]) -> None:
    out = tmp_path / "out" / "lines.csv"
    result = _run("--lang", "fr", "portfolio", CASE, table, "--worlds", 300, "--out", out, "--json", "--processes", 1)
    told = json.loads(result.output)
    assert (told["file"], "claimants" in told, told["together"]) == (str(out), False, data["together"])
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row["id"] for row in rows] == [*data["claimants"]] == ["x-1", "x-2", "x-3"]
    for row in rows:
        line = data["claimants"][row["id"]]
        assert row["demandé"].replace(",", ".") == line["claimed"]
        assert [row[name].replace(",", ".") for name in ("moyenne", "erreur type", "P10", "P50", "P90")] == [
            line["award"][name] for name in ("mean", "standard_error", "p10", "p50", "p90")]
        assert float(row["probabilité de ne rien obtenir"].replace(",", ".")) == line["award"]["nothing"]


def test_the_parts_add_up_in_the_data(data: dict[str, Any]) -> None:
    assert (data["count"], data["worlds"], data["models"]["durand"]["count"]) == (3, 300, 3)
    assert Decimal(data["together"]["claimed"]) == sum(
        Decimal(line["claimed"]) for line in data["claimants"].values()) == Decimal("86500.50")
    assert float(data["together"]["award"]["mean"]) == pytest.approx(
        sum(float(line["award"]["mean"]) for line in data["claimants"].values()), abs=0.02)
    together = data["together"]
    assert sum(together[branch]["probability"] for branch in ("not_liable", "capped", "uncapped")) == pytest.approx(1)


def test_a_wrong_table_is_told_with_its_places(table: Path) -> None:
    table.write_text("id;monthly_fees;recovery\nx-1;a lot;5\nx-1;5;5\n")
    result = _run("--lang", "en", "portfolio", CASE, table)
    assert result.exit_code == 2
    assert f"{table}:2:5: read “a lot”" in result.output
    assert f"{table}:3:1: the claimant “x-1” stands already on line 2." in result.output
    assert "2 ✗" in result.output


def test_a_cluster_and_processes_exclude_each_other(table: Path) -> None:
    result = _run("portfolio", CASE, table, "--processes", 2, "--dask", "tcp://127.0.0.1:1")
    assert (result.exit_code, "--dask" in result.output) == (2, True)
    assert "tcp://192.168.1.20:8786" in _run("portfolio", CASE, table, "--dask", "nowhere").output
