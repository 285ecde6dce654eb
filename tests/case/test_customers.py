"""Customers lists: the exports of different programs read alike, and every slip is told at its place."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from vismajor.case.accounts import read_table
from vismajor.case.customers import Customer, CustomerBook, read_customers
from vismajor.reading.problems import LANGUAGES, InvalidInput

CASE = ROOT / "cases" / "ovh-strasbourg"
HEADING = "id;start;end;monthly_margin;observed_from;observed_until\n"


def read(tmp_path: Path, text: str | bytes, **options) -> CustomerBook:
    path = tmp_path / "clients.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_customers(path, "clients.csv", **options)


def problems(tmp_path: Path, text: str | bytes, **options) -> list[tuple[int, int, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text, **options)
    for problem in caught.value.problems:
        assert all(problem.tell(language) for language in LANGUAGES)
    return [(p.line, p.column, p.code) for p in caught.value.problems]


def findings(book: CustomerBook) -> list[tuple[int, int, str]]:
    assert all(finding.tell(language) for finding in book.findings for language in LANGUAGES)
    return [(f.line, f.column, f.code) for f in book.findings]


def line(text: str) -> str:
    """A list of one good customer and this line."""
    return f"{HEADING}A;2018-01-01;;100;2018-01-01;2021-11-30\n{text}\n"


EXPECTED = ((dt.date(2018, 1, 5), dt.date(2021, 3, 31), Decimal("1234.50")), (dt.date(2019, 2, 1), None, Decimal("80")))


@pytest.mark.parametrize("text", [
    "id;start;end;monthly_margin;observed_until\nA;2018-01-05;2021-03-31;1234.50;2021-11-30\nB;2019-02-01;;80;\n",
    "client\tdébut\tfin\tmarge mensuelle\tarrêtée au\nA\t05/01/2018\t31/03/2021\t1 234,50 €\t30/11/2021\n"
    "B\t01/02/2019\t\t80\t",
    "Nom|Date d’entrée|Date de départ|Marge mensuelle (€)|Liste au\r\n"
    "A|5.1.2018|31-03-2021|1\u202f234,50|30/11/2021\r\n"
    "B|01/02/2019||80,00 EUR|\r\n",
    'id,start,end,monthly_margin,observed_until\n"A",2018-01-05 00:00:00,2021-03-31,"1.234,50",2021-11-30\n'
    "B,2019-02-01,,80,\n",
    "Liste des clients\n\nid;end;start;monthly_margin;as of\nA;2021-03-31;2018-01-05;1\u00a0234,50;2021-11-30\n"
    "B;;2019-02-01;80;2021-11-30\nTotal;;;1 314,50;\n",
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_exports_of_different_programs_read_alike(tmp_path, text, encoding):
    if encoding == "cp1252":
        text = text.replace("\u202f", "\u00a0")  # which that encoding has not
    book = read(tmp_path, text.encode(encoding))
    assert tuple((c.start, c.end, c.monthly_margin) for c in book.customers) == EXPECTED
    assert [c.id for c in book.customers] == ["A", "B"]
    assert (book.observed_until, book.until_stated, book.observed_from) == (dt.date(2021, 11, 30), True, None)
    assert (book.file.kind, len(book.file.sha256), book.file.path) == ("customers", 64, "clients.csv")
    assert {code for _, _, code in findings(book)} <= {"table_line_left"}


def test_a_workbook_reads_as_a_csv_does_and_its_errors_name_the_cell(tmp_path):
    path = tmp_path / "clients.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        notes, sheet = book.add_worksheet("Notes"), book.add_worksheet("Clients")
        notes.write("A1", "Liste pour l'avocat")
        for column, name in enumerate(["code client", "nom", "début", "fin", "CA mensuel HT", "arrêtée au"]):
            sheet.write(0, column, name)
        for row, (start, end, amount) in enumerate(EXPECTED, start=1):
            sheet.write(row, 0, 100 + row)
            sheet.write(row, 1, "un nom")
            sheet.write_datetime(row, 2, start, day)
            if end:
                sheet.write_datetime(row, 3, end, day)
            sheet.write(row, 4, float(amount))
            sheet.write_datetime(row, 5, dt.date(2021, 11, 30), day)
    found = read_customers(path, "clients.xlsx")
    assert tuple((c.start, c.end, c.monthly_revenue) for c in found.customers) == EXPECTED
    assert found.customers[0] == Customer("101", *EXPECTED[0][:2], None, Decimal("1234.50"), 2)
    assert (found.file.encoding, found.observed_until) == ("xlsx", dt.date(2021, 11, 30))
    assert [f.tell("en") for f in found.findings] == ["clients.xlsx:Clients!B1: the column “nom” is not used."]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clients")
        for row, cells in enumerate([["id", "début", "fin", "marge mensuelle"], ["A", "hier", "", 12]]):
            sheet.write_row(row, 0, cells)
    with pytest.raises(InvalidInput) as caught:
        read_customers(path, "clients.xlsx")
    assert [p.tell("en") for p in caught.value.problems] == [
        "clients.xlsx:Clients!B2: read “hier”, expected a date YYYY-MM-DD or dd/mm/yyyy."]


@pytest.mark.parametrize(("text", "expected"), [
    ("B;2020-01-01;2019-01-01;100;;", (3, 14, "dates_out_of_order")),
    ("B;hier;;100;;", (3, 3, "customers_date")),
    ("B;2020-02-30;;100;;", (3, 3, "customers_date")),
    ("B;03/25/2020;;100;;", (3, 3, "customers_date")),
    ("B;01/02/20;;100;;", (3, 3, "customers_date")),
    ("B;0202-01-01;;100;;", (3, 3, "date_far_off")),
    ("B;0000-01-01;;100;;", (3, 3, "date_far_off")),
    ("B;1820-01-01;;100;;", (3, 3, "customers_date_far_off")),
    ("B;2020-01-01;2022-01-01;100;;", (3, 14, "customers_after_list")),
    ("B;;;100;;", (3, 1, "customers_without_start")),
    (";2020-01-01;;100;;", (3, 1, "customers_without_id")),
    ("a;2020-01-01;;100;;", (3, 1, "customers_twice")),
    ("=A1;2020-01-01;;100;;", (3, 1, "amount_formula")),
    ("B;2020-01-01;;=cmd|' /C calc'!A0;;", (3, 15, "amount_formula")),
    ("B;2020-01-01;;beaucoup;;", (3, 15, "revenue_amount")),
    ("B;2020-01-01;;100 $;;", (3, 15, "amount_currency")),
    ("B;2020-01-01;;12 k€;;", (3, 15, "amount_thousands")),
    ("B;2020-01-01;;9999999999999;;", (3, 15, "amount_absurd")),
    ("B;2020-01-01;;1,234;;", (3, 15, "amount_ambiguous")),
    ("B;2020-01-01;;;;", (3, 1, "customers_without_amount")),
    ("B;2020-01-01;;100;;;12", (3, 21, "customers_line_too_long")),
    ("B;2020-01-01;;100;2017-01-01;", (3, 19, "customers_bounds_differ")),
    ('B;2020-01-01;;"100;;', (3, 1, "revenue_layout")),
])
def test_every_slip_of_a_line_is_told_at_its_place(tmp_path, text, expected):
    assert problems(tmp_path, line(text)) == [expected]


@pytest.mark.parametrize(("heading", "expected"), [
    ("id;strat;end;monthly_margin", [(1, 4, "customers_column_unknown")]),
    ("id;start;end;marge", [(1, 1, "customers_column_missing")]),
    ("id;start;end;CA mensuel TTC", [(1, 14, "customers_column_unknown")]),
    ("start;end;monthly_margin", [(1, 1, "customers_column_missing")]),
    ("id;start;end;monthly_margin;end", [(1, 29, "customers_column_twice")]),
    ("id;start;end;monthly_margin ($)", [(1, 14, "amount_currency")]),
    ("id;start;end;monthly_margin (k€)", [(1, 14, "amount_thousands")]),
    ("x;y;z;t", [(1, 1, "customers_column_missing")] * 4),
    ("id;start;end;monthly_margin", [(1, 1, "customers_none")]),
])
def test_a_heading_is_told_with_what_is_missing(tmp_path, heading, expected):
    assert problems(tmp_path, heading + "\n") == expected


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty_file"), (b" \n\n", "empty_file"), (b"id;\x00\x01", "file_not_text"),
    (b"PK\x03\x04zip", "workbook_damaged")])
def test_what_is_no_table_is_refused(tmp_path, content, code):
    assert [code for _, _, code in problems(tmp_path, content)] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        read_customers(tmp_path / "none.csv", "none.csv")
    assert [p.code for p in caught.value.problems] == ["missing_file"]


def test_all_slips_are_told_at_once(tmp_path):
    text = "A;2018-13-01;;x;;\nA;2018-01-01;2017-01-01;3 $;;\n;;;;;\n \n;2019-01-01;;4;;\n"
    told = problems(tmp_path, HEADING + text)
    assert [code for _, _, code in told] == [
        "customers_date", "revenue_amount", "customers_twice", "dates_out_of_order", "amount_currency",
        "customers_without_id"]


def test_what_is_odd_but_kept_is_a_finding(tmp_path):
    rows = "".join(f"C{n};2019-01-0{n};;100;\n" for n in range(1, 6))
    book = read(tmp_path, "id;start;end;monthly_margin;remarque\n" + rows
                + "D;2019-01-01;;-20;\nE;2019-01-01;2021-01-01;6000;\n")
    assert findings(book) == [
        (1, 1, "customers_until_latest"), (1, 29, "table_column_left"), (7, 15, "customers_negative"),
        (8, 25, "customers_outlier")]
    assert (book.observed_until, book.until_stated) == (dt.date(2021, 1, 1), False)


def test_a_code_goes_before_a_name_wherever_it_stands(tmp_path):
    book = read(tmp_path, "Nom;Code client;début;fin;marge mensuelle;arrêtée au\nx;A1;2019-01-01;;1;2021-11-30\n")
    assert ([c.id for c in book.customers], findings(book)) == (["A1"], [(1, 1, "table_column_left")])


def test_the_decimal_mark_is_settled_by_the_whole_file(tmp_path):
    book = read(tmp_path, "id;start;end;monthly_margin;CA mensuel\nA;2019-01-01;;1.234;\nB;2019-01-01;;;1.234,50\n")
    assert [(c.monthly_margin, c.monthly_revenue) for c in book.customers] == [
        (Decimal("1234.00"), None), (None, Decimal("1234.50"))]


def test_a_last_date_far_from_all_others_does_not_date_the_list(tmp_path):
    text = "id;start;end;monthly_margin\nA;2018-01-01;2019-01-01;1\nB;2018-06-01;;1\nC;2018-01-01;2150-01-01;1\n"
    assert problems(tmp_path, text) == [(4, 14, "customers_date_far_off")]
    assert problems(tmp_path, text.replace("2150", "2022")) == [(4, 14, "customers_date_alone")]
    assert read(tmp_path, text.replace("2150", "2022"), observed_until=dt.date(2022, 6, 1)).until_stated


def test_dates_given_by_the_case_go_before_those_of_the_list(tmp_path):
    book = read(tmp_path, line("B;2020-01-01;;100;;"), observed_from=dt.date(2019, 1, 1),
                observed_until=dt.date(2021, 12, 31))
    assert (book.observed_from, book.observed_until) == (dt.date(2019, 1, 1), dt.date(2021, 12, 31))
    assert problems(tmp_path, line("B;2020-01-01;;100;;"), observed_from=dt.date(2021, 12, 1)) == [
        (2, 30, "dates_out_of_order")]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=7), max_size=6))
def test_any_content_is_read_or_refused_with_a_place(tmp_path, rows):
    text = HEADING + "\n".join(";".join(cells) for cells in rows)
    try:
        read(tmp_path, text)
    except InvalidInput as error:
        assert all(p.line >= 1 and p.column >= 1 and p.tell("fr") and p.tell("en") for p in error.problems)


# The invented lists of the example case

@pytest.mark.parametrize(("claimant", "rate", "present"), [("demanderesse-01", 1, 60), ("demanderesse-11", 0.45, 146)])
def test_the_invented_lists_go_with_the_accounts_of_their_claimants(claimant, rate, present):
    fire = dt.date(2021, 3, 10)
    book = read_customers(CASE / "accounts" / f"clients-{claimant}.csv", "clients.csv")
    there = [c for c in book.customers if c.start < fire and (c.end is None or c.end >= fire)]
    year = read_table(CASE / "accounts" / f"{claimant}.csv", "x").revenue.amounts[26:38]  # March 2020 to February 2021
    brought = sum(float(c.monthly_revenue or c.monthly_margin) for c in there) / rate
    assert len(there) == present
    assert brought == pytest.approx(float(sum(year)) / 12, rel=0.06)
    assert book.findings == ()
    assert (book.observed_from, book.observed_until) == (dt.date(2018, 1, 1), dt.date(2021, 11, 30))


def test_the_script_writes_the_same_lists_again(tmp_path):
    script = tmp_path / "generate_customers.py"
    script.write_bytes((CASE / "generate_customers.py").read_bytes())
    (tmp_path / "accounts").mkdir()
    subprocess.run([sys.executable, script], check=True)
    for file in sorted((tmp_path / "accounts").iterdir()):
        assert file.read_bytes() == (CASE / "accounts" / file.name).read_bytes()
    assert len(list((tmp_path / "accounts").iterdir())) == 2


def test_an_amount_alone_far_above_all_others_is_told_with_the_ordinary_one(tmp_path):
    rows = "".join(f"C{n};2018-01-{n + 1:02d};;{100 + n},00;;2021-11-30\n" for n in range(9))
    book = read(tmp_path, HEADING + rows + "X;2018-02-01;;1080,00;;\n")
    [finding] = book.findings
    assert (finding.line, finding.code, dict(finding.values)["times"]) == (11, "customers_outlier", "10")
    assert read(tmp_path, HEADING + rows + "X;2018-02-01;;800,00;;\nY;2018-02-02;;900,00;;\n").findings == ()


@pytest.mark.parametrize(("currency", "told"), [("CHF", True), ("EUR", False), ("", False)])
def test_a_column_of_currencies_is_read(tmp_path, currency, told):
    text = ("id;start;end;monthly_margin;devise;observed_until\n"
            f"A;2018-01-01;;100,00;;2021-11-30\nB;2018-01-02;;100,00;{currency};2021-11-30\n")
    if told:
        assert problems(tmp_path, text) == [(3, 22, "currency_column")]
    else:
        assert read(tmp_path, text).findings == ()
