"""Tables of claimants: what is read of each line, and every mistake at its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.settlement.portfolios import models, pack
from vismajor.case.portfolio import MOST_PROBLEMS, read_portfolio
from vismajor.case.portfolio_rows import Row, claimant_of
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.reasoning.findings import catalog

CATALOG = catalog(pack())


def _read(folder: Path, text: str | bytes) -> tuple[Row, ...]:
    file = folder / "claimants.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_portfolio(file, models(), CATALOG).rows


def _wrong(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        _read(folder, text)
    for problem in caught.value.problems:
        assert problem.tell("fr") != problem.tell("en")
    return list(caught.value.problems)


def test_a_line_says_only_what_differs_from_its_model(tmp_path: Path) -> None:
    rows = _read(tmp_path, "id,like,name,concluded,renewed,monthly_fees,cost,second,insurer,c.own,c.kind\n"
                           "x-1,shop,First,2015-02-03,,12.50,1250.5,,30,false,works\n\n"
                           "x-2,shop,,2016-01-01,2020-01-02,9,,4,,,\n")
    assert rows == (
        Row(2, "x-1", "shop", "First",
            (("concluded", dt.date(2015, 2, 3)), ("renewed", None), ("monthly_fees", Decimal("12.50"))),
            (("cost", Decimal("1250.50")), ("second", None), ("insurer", Decimal("30.00"))),
            (("c.own", False), ("c.kind", "works"))),
        Row(4, "x-2", "shop", "x-2",
            (("concluded", dt.date(2016, 1, 1)), ("renewed", dt.date(2020, 1, 2)), ("monthly_fees", Decimal("9.00"))),
            (("cost", None), ("second", Decimal("4.00")), ("insurer", None)), (("c.own", None), ("c.kind", None))),
    )


def test_a_table_as_french_spreadsheets_write_it(tmp_path: Path) -> None:
    text = ("\ufeffIdentifiant;Modèle;Raison sociale;Conclu le;Redevance mensuelle (€);cost;c.own\r\n"
            '1;shop;"Dupont; et fils";03/02/2015;1 234,50;2 500;VRAI\r\n')
    expected = Row(2, "1", "shop", "Dupont; et fils", (("concluded", dt.date(2015, 2, 3)),
                                                       ("monthly_fees", Decimal("1234.50"))),
                   (("cost", Decimal("2500.00")),), (("c.own", True),))
    assert _read(tmp_path, text) == (expected,)
    assert _read(tmp_path, text.removeprefix("\ufeff").encode("cp1252")) == (expected,)


def test_the_claimant_of_a_line_is_its_model_with_what_the_line_changes() -> None:
    known = {one.id: one for one in models().file.claimants}
    row = Row(2, "x", "shop", "X", (("monthly_fees", Decimal("5.00")), ("renewed", None)),
              (("cost", Decimal("9.00")), ("whole", None), ("insurer", None)), (("c.own", None), ("c.kind", "works")))
    made, model = claimant_of(row, known["shop"]), known["shop"]
    assert (made.id, made.name, [head.id for head in made.heads]) == ("x", "X", ["cost", "second", "hours"])
    assert made.heads[0].amount == Decimal("9.00")  # type: ignore[union-attr]
    assert (made.received, made.items) == ((), model.items)
    assert made.contract is not None and made.contract.monthly_fees == Decimal("5.00")
    assert set(made.facts) == {"c.kind", "client.own_fault_share"}
    assert made.facts["c.kind"] == model.facts["c.kind"].model_copy(update={"value": "works"})
    several = claimant_of(Row(3, "y", "several", "Y", (), (), (("k.signed", False),)), known["several"])
    assert [contract.facts["k.signed"].status for contract in several.contracts] == ["disputed", "alleged"]
    assert not any(contract.facts["k.signed"].value for contract in several.contracts)


def test_where_the_case_has_one_claimant_it_is_the_model(tmp_path: Path) -> None:
    file = tmp_path / "claimants.csv"
    file.write_text("id,cost\nx-1,5\n")
    one = models()
    one = one.model_copy(update={"file": one.file.model_copy(update={"claimants": one.file.claimants[1:2]})})
    assert read_portfolio(file, one, CATALOG).rows == (Row(2, "x-1", "plain", "x-1", (), (("cost", Decimal("5.00")),)),)


@pytest.mark.parametrize(("heading", "line", "place", "code", "says"), [
    ("id,like,cost", "x 1,shop,5", (2, 1), "portfolio_id", "“x 1”"),
    ("id,like,cost", "plain,shop,5", (2, 1), "portfolio_id_taken", "shop"),
    ("id,like,cost", "x,shap,5", (2, 3), "unknown_claimant", "Did you mean “shop”?"),
    ("id,like,cost", "x,,5", (2, 3), "portfolio_cell_empty", "like"),
    ("id,like,cost", "x,shop,-5", (2, 8), "portfolio_negative", "-5"),
    ("id,like,cost", "x,shop,5.1234", (2, 8), "revenue_amount", "5.1234"),
    ("id,like,cost", "x,shop,$5", (2, 8), "amount_currency", "$5"),
    ("id,like,cost", "x,shop,5,6", (2, 10), "customers_line_too_long", "read 4 cells"),
    ("id,like,second", "x,plain,5", (2, 9), "portfolio_not_of_model", "plain"),
    ("id,like,c.own", "x,plain,true", (2, 9), "portfolio_not_of_model", "c.own"),
    ("id,like,c.own", "x,shop,maybe", (2, 8), "wrong_fact_value", "true, false"),
    ("id,like,c.kind", "x,shop,wroks", (2, 8), "wrong_fact_value", "Did you mean “works”?"),
    ("id,like,c.kind", "x,shop,office", (2, 8), "portfolio_as_otherwise", "otherwise"),
    ("id,like,name", "x,shop,=A1", (2, 8), "amount_formula", "=A1"),
    ("id,like,terms", "x,shop,term", (2, 8), "unknown_terms", "terms"),
    ("id,like,terms", "x,shop,", (2, 8), "portfolio_cell_empty", "terms"),
    ("id,like,monthly_fees", "x,several,5", (2, 11), "portfolio_several_contracts", "several"),
    ("id,like,concluded", "x,shop,2015", (2, 8), "customers_date", "YYYY-MM-DD"),
    ("id,like,concluded", "x,shop,2021-03-11", (2, 8), "contract_after_incident", "2021-03-10"),
    ("id,like,renewed", "x,shop,2019-12-31", (2, 8), "date_before", "2020-01-01"),
    ("id,like,renewed", "x,shop,2022-01-01", (2, 8), "contract_after_incident", "2022-01-01"),
    ("id,like,cost,saved", "x,plain,,", (2, 1), "portfolio_claims_nothing", "claims nothing"),
    ("id,like,cots", "x,shop,5", (1, 9), "portfolio_column_unknown", "Did you mean “cost”?"),
    ("id,like,cost,cost", "x,shop,5,6", (1, 14), "portfolio_column_twice", "cost"),
    ("id,cost", "x,5", (1, 1), "portfolio_column_missing", "like"),
    ("like,cost", "shop,5", (1, 1), "portfolio_column_missing", "id"),
    ("id,like,cost", "", (1, 1), "portfolio_empty", "no claimant"),
    ("id,like,cost", 'x,shop,"5', (2, 1), "revenue_layout", "quotation mark"),
])
def test_a_mistake_is_told_at_its_place(heading: str, line: str, place: tuple[int, int], code: str, says: str,
                                        tmp_path: Path) -> None:
    (found,) = _wrong(tmp_path, f"{heading}\n{line}\n")
    assert ((found.line, found.column), found.code) == (place, code)
    assert says in found.tell("en")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    found = _wrong(tmp_path, "id,like,cost,c.own\nx,shop,5,true\nx,shop,abc,perhaps\ny,nobody,5,true\nz,shop,-1,no\n")
    assert [(one.line, one.code) for one in found] == [
        (3, "portfolio_id_twice"), (3, "revenue_amount"), (3, "wrong_fact_value"), (4, "unknown_claimant"),
        (5, "portfolio_negative")]
    assert "line 2" in found[0].tell("en")


def test_a_slip_down_a_whole_column_is_told_a_hundred_times(tmp_path: Path) -> None:
    lines = "".join(f"x-{number},shop,abc\n" for number in range(5_000))
    found = _wrong(tmp_path, f"id,like,cost\n{lines}")
    assert len(found) == MOST_PROBLEMS + 1
    assert (found[-1].code, found[-1].line) == ("portfolio_more", MOST_PROBLEMS + 2)


def test_an_amount_that_may_be_read_two_ways_is_asked_about_once(tmp_path: Path) -> None:
    (found,) = _wrong(tmp_path, "id;like;cost\nx;shop;1.234\ny;shop;2.500\n")
    assert (found.line, found.column, found.code) == (2, 8, "amount_ambiguous")
    settled = _read(tmp_path, "id;like;cost\nx;shop;1.234\ny;shop;2,50\n")
    assert [dict(row.amounts)["cost"] for row in settled] == [Decimal("1234.00"), Decimal("2.50")]
    assert [one.code for one in _wrong(tmp_path, "id;like;cost\nx;shop;1,50\nz;shop;7,5\ny;shop;2.50\n")] == [
        "revenue_amount"]


@pytest.mark.parametrize(("content", "code"), [
    (b"PK\x03\x04rest", "portfolio_workbook"), (b"", "empty_file"), (b"  \n \n", "empty_file"),
    (b"id,like\x00", "file_not_text"),
])
def test_what_is_no_table_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    assert [one.code for one in _wrong(tmp_path, content)] == [code]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_portfolio(tmp_path / "none.csv", models(), CATALOG)
    assert [one.code for one in caught.value.problems] == ["missing_file"]


def test_a_fact_that_is_a_date_does_not_change_from_line_to_line(tmp_path: Path) -> None:
    one = models()
    stated = {**one.file.claimants[0].facts, "k.day": one.file.claimants[0].facts["c.own"]}
    changed = one.file.claimants[0].model_copy(update={"facts": stated})
    one = one.model_copy(update={"file": one.file.model_copy(update={"claimants": (changed,)})})
    declared = {**CATALOG, "k.day": CATALOG["contract.governing_date"]}
    file = tmp_path / "claimants.csv"
    file.write_text("id,k.day\nx,2020-01-01\n")
    with pytest.raises(InvalidInput) as caught:
        read_portfolio(file, one, declared)
    assert [(p.code, p.column) for p in caught.value.problems] == [("portfolio_fact_kind", 4)]
