"""The file of a sweep: every combination once, in order, with the figures printed; CSV and Parquet the same."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from tests.settlement.swept import assessed
from vismajor import sweep_export
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.findings import plain
from vismajor.settlement.sweep import Sweep, sweep_case
from vismajor.sweep_export import check_export, write_sweep

PACK = law({"a.b": fact(), "a.own": fact(scope="claimant"), "a.kind": fact("choice", values=["x", 'y, or "z"']),
            "a.unknown": fact()},
           [issue("liability", -1.0, per_duty=True), issue("liability_cap", 0.0)],
           [rule("b", ["a.b"], {"for": "liability"}, "strong"), rule("own", ["a.own"], {"for": "liability"}, "strong"),
            rule("kind", ["a.kind = x"], {"against": "liability"}, "weak"),
            rule("unknown", ["a.unknown"], {"for": "liability_cap"}, "weak")])
HEADS = [cost(5_000), cost(40, "other", "second")]
NAMES = ("a.b", "a.kind")


def swept(*names: str) -> Sweep:
    kind = {"value": "x", "status": "alleged", "likelihood": Decimal("0.3")}
    people = [{"id": "one", "heads": HEADS, "facts": {"a.own": True}}, {"id": "two", "heads": HEADS}]
    stated = case(people, {"a.b": {"value": True, "status": "disputed", "likelihood": Decimal("0.7")}, "a.kind": kind})
    return sweep_case(assessed(PACK, stated, 300), names or NAMES, worlds_each=64, top=1)


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_combination_stands_in_the_csv_once_ranked_by_what_it_brings(tmp_path: Path) -> None:
    found = lines(write_sweep(swept(), tmp_path / "new" / "all.csv"))
    assert [line["rank"] for line in found] == ["1", "2", "3", "4"]
    assert Counter((line["a.b"], line["a.kind"]) for line in found) == Counter(
        {(b, kind): 1 for b in ("true", "false") for kind in ("x", 'y, or "z"')})
    amounts = [Decimal(line["screening:award"]) for line in found]
    assert amounts == sorted(amounts, reverse=True)
    likely = {(line["a.b"], line["a.kind"]): line["likelihood"] for line in found}
    assert likely["true", "x"] == "0.21"
    assert likely["false", 'y, or "z"'] == "0.21"
    assert likely["false", "x"] == "0.09"


def test_what_was_computed_on_all_worlds_stands_beside_the_screening(tmp_path: Path) -> None:
    sweep = swept()
    found = lines(write_sweep(sweep, tmp_path / "all.csv"))
    for row in (sweep.best[0], sweep.worst[0]):
        line = found[row.rank - 1]
        assert (line["award"], line["standard_error"]) == (f"{row.award:.2f}", f"{row.standard_error:.2f}")
        assert line["screening:award"] == f"{row.screened:.2f}"
    assert [line["award"] == "" for line in found] == [False, True, True, False]


def test_without_a_likelihood_for_every_fact_there_is_one_of_the_stated_facts_alone(tmp_path: Path) -> None:
    found = lines(write_sweep(swept("a.b", "a.unknown"), tmp_path / "all.csv"))
    assert {line["likelihood"] for line in found} == {""}
    assert sorted(line["likelihood_stated"] for line in found) == ["0.3", "0.3", "0.7", "0.7"]


def test_probabilities_are_means_by_duty_or_those_of_each_group(tmp_path: Path) -> None:
    sweep = swept()
    mean = lines(write_sweep(sweep, tmp_path / "mean.csv"))
    groups = lines(write_sweep(sweep, tmp_path / "groups.csv", per_group=True))
    names = [name for name in mean[0] if name.startswith("screening:l")]
    assert names == ["screening:liability@main", "screening:liability@other", "screening:liability_cap"]
    for one, other in zip(mean, groups, strict=True):
        apart = [float(other[f"screening:liability@main@{claim}"]) for claim in ("one", "two")]
        assert float(one["screening:liability@main"]) == pytest.approx(sum(apart) / 2, abs=1e-6)
        assert one["screening:liability_cap"] == other["screening:liability_cap"]
    assert mean[0]["screening:liability@main"] > mean[-1]["screening:liability@main"]


def test_the_file_is_written_some_lines_at_a_time_to_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                                                    ) -> None:
    whole = write_sweep(swept(), tmp_path / "whole.csv").read_bytes()
    monkeypatch.setattr(sweep_export, "LINES", 3)
    assert write_sweep(swept(), tmp_path / "parts.csv").read_bytes() == whole
    assert whole.count(b"\r\n") == 5


def test_parquet_holds_the_same_as_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(sweep_export, "LINES", 3)
    for names in (NAMES, ("a.b", "a.unknown")):
        sweep = swept(*names)
        table = parquet.read_table(write_sweep(sweep, tmp_path / "all.parquet"))
        expected = lines(write_sweep(sweep, tmp_path / "all.csv"))
        assert table.column_names == list(expected[0])
        assert json.loads(table.schema.metadata[b"vismajor"])["worlds_per_combination"] == 64
        for row, line in zip(table.to_pylist(), expected, strict=True):
            for name, value in row.items():
                if value is None or isinstance(value, bool | str):
                    assert line[name] == ("" if value is None else plain(value))
                else:
                    assert float(line[name]) == pytest.approx(float(value), abs=1e-6)
        assert all(isinstance(row["screening:award"], Decimal) for row in table.to_pylist())


def test_a_file_of_another_kind_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_export(Path("all.xlsx"))
    assert refused.value.problems[0].tell("en") == (
        "--out: read “all.xlsx”, expected the name of a file that ends in .csv or .parquet.")


def test_parquet_without_pyarrow_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(InvalidInput) as refused:
        check_export(Path("all.parquet"))
    assert "pip install 'vismajor[parquet]'" in refused.value.problems[0].tell("fr")


def test_a_file_that_cannot_be_written_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    sweep = swept()
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    for file in (blocked / "all.csv", tmp_path / "folder.csv"):
        with pytest.raises(InvalidInput) as refused:
            write_sweep(sweep, file)
        assert refused.value.problems[0].code == "cannot_write"
    assert sorted(tmp_path.iterdir()) == [blocked, tmp_path / "folder.csv"]
    assert blocked.read_text(encoding="utf-8") == "a file, not a folder"
