"""Several files of one claimant brought to books: what does not matter changes nothing, and years follow each other."""

import datetime as dt
import hashlib
from decimal import Decimal
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.case.ledger_files import (
    HEADER,
    LEDGERS,
    codes_of,
    findings_of,
    full_year,
    generator,
    one_year,
    read,
    sale,
    write,
)
from tests.conftest import ROOT
from vismajor.case.account_map import AccountMap
from vismajor.case.accounts import read_table
from vismajor.case.ledger import LedgerReading, read_ledger
from vismajor.case.series import MonthlySeries
from vismajor.reading.problems import LANGUAGES, InvalidInput

ACCOUNTS = ROOT / "cases" / "ovh-strasbourg" / "accounts"
SALES = ("1000", "1100.50", "1200", "900.10", "800", "650", "600", "500", "1300", "1400.99", "1500", "1600")
COSTS = ("380", "0", "0", "380", "0", "0", "380", "0", "0", "380", "0", "0")  # 300 of goods, 0.8 x 100 of energy
FLAVOURS = {
    "bnc-000000101FEC20191231.txt": ["ledger_without_numbers"],
    "cabinet-000000101FEC20191231.txt": ["ledger_cp1252", "ledger_thousands", "ledger_trailing_separator"],
    "dolibarr-000000101FEC20191231.txt": ["ledger_extra_columns"],
    "erpnext-000000101FEC20191231.csv": ["ledger_separator", "ledger_quoted"],
    "odoo-000000101FEC20191231.csv": [],
    "sens-000000101FEC20191231.txt": [],
    "tableur-exercice-2019.csv": ["ledger_header_name", "ledger_separator", "ledger_file_name", "ledger_dates_written",
                                  "ledger_decimal_point"],
}
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refused(*paths: Path) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(*paths)
    for problem in caught.value.problems:
        assert all("{" not in problem.explain(language) for language in LANGUAGES)
    return [(problem.file, problem.code) for problem in caught.value.problems]


def counted(reading: LedgerReading) -> tuple[object, ...]:
    """What a ledger says, without how its files are written."""
    postings = [(p.month, p.account, p.amount, p.share, p.lines, p.set_apart) for p in reading.books.postings]
    return reading.books.revenue, reading.books.variable_costs, postings


def write_year(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding, newline="")
    return path


@pytest.mark.parametrize("name", sorted(path.name for path in LEDGERS.iterdir()))
def test_the_ledgers_of_different_software_read_alike(name):
    reading = read(LEDGERS / name)
    assert reading.books.revenue == MonthlySeries(first="2019-01", amounts=tuple(map(Decimal, SALES)))
    assert reading.books.variable_costs == MonthlySeries(first="2019-01", amounts=tuple(map(Decimal, COSTS)))
    assert codes_of(reading) == [*FLAVOURS[name], "ledger_accruals_apart"]
    assert reading.books.files[0].lines == 103
    assert reading.years[0].debit == reading.years[0].credit


@pytest.mark.parametrize(("siren", "claimant", "encoding", "rates", "ends"), [
    ("000000003", "demanderesse-03", "utf-8", ("0.15", "0.25"),
     ["2018-12-31", "2019-12-31", "2020-12-31", "2021-11-30"]),
    ("000000011", "demanderesse-11", "cp1252", ("0.45", "0.62"),
     ["2018-09-30", "2019-09-30", "2020-09-30", "2021-09-30", "2021-11-30"]),
])
def test_the_ledgers_of_the_example_case_tell_its_monthly_revenue(siren, claimant, encoding, rates, ends):
    reading = read(*sorted(ACCOUNTS.glob(f"{siren}FEC*.txt"), reverse=True))
    assert reading.books.revenue == read_table(ACCOUNTS / f"{claimant}.csv", "table").revenue
    assert [str(year.closing) for year in reading.years] == ends
    assert {file.encoding for file in reading.books.files} == {encoding}
    assert all(Decimal(rates[0]) < cost / sale_ < Decimal(rates[1]) for cost, sale_ in zip(
        reading.books.variable_costs.amounts, reading.books.revenue.amounts, strict=True))


def test_the_ledgers_of_the_example_case_are_those_of_their_script_and_small(tmp_path):
    made = generator()
    for trade, start, layout in zip(made.TRADES, (1, 10), (made.Layout(), made.Layout("cp1252", "|", directed=True)),
                                    strict=True):
        for last, entries in made.claimant_years(trade, start):
            name = f"{trade.siren}FEC{last:%Y%m%d}.txt"
            made.write_ledger(tmp_path / name, entries, layout)
            assert (tmp_path / name).read_bytes() == (ACCOUNTS / name).read_bytes()
            assert (ACCOUNTS / name).stat().st_size < 200_000


LAYOUTS = st.builds(
    lambda encoding, separator, end, decimal, directed: generator().Layout(encoding, separator, end, decimal, directed),
    st.sampled_from(["utf-8", "utf-8-sig", "iso-8859-15", "cp1252"]), st.sampled_from("\t|;"),
    st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(",."), st.booleans())


@SLOW
@given(LAYOUTS)
def test_however_the_file_is_written_the_books_are_the_same(tmp_path, layout):
    made = generator()
    made.write_ledger(tmp_path / "plain-000000003FEC20191231.txt", list(one_year()), made.Layout())
    made.write_ledger(tmp_path / "other-000000003FEC20191231.txt", list(one_year()), layout)
    plain, other = (read(tmp_path / f"{name}-000000003FEC20191231.txt") for name in ("plain", "other"))
    assert counted(other) == counted(plain)
    assert [(a.number, a.label, a.debit, a.credit) for a in other.years[0].accounts] == [
        (a.number, a.label, a.debit, a.credit) for a in plain.years[0].accounts]


@SLOW
@given(st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(tmp_path, chance):
    header, *lines = generator().write_lines(list(one_year()), generator().Layout())
    ordered = read(write_year(tmp_path / "000000003FEC20191231.txt", [header, *lines]))
    chance.shuffle(lines)
    assert counted(read(write_year(tmp_path / "000000003FEC20191231.txt", [header, *lines]))) == counted(ordered)


@SLOW
@given(st.sets(st.integers(2, 12), max_size=4))
def test_a_year_in_several_files_is_the_same_year(tmp_path, cuts):
    made = generator()
    whole = tmp_path / "000000003FEC20191231.txt"
    # without the year's end: the edge of each part would be one
    entries = [entry for entry in one_year() if entry.piece not in ("INV", "EXT")]
    made.write_ledger(whole, entries, made.Layout())
    edges, parts = [1, *sorted(cuts), 13], []
    for start, stop in pairwise(edges):
        last = dt.date(2019 + stop // 13, stop % 12 or 12, 1) - dt.timedelta(1) if stop < 13 else dt.date(2019, 12, 31)
        parts.append(tmp_path / f"part-000000003FEC{last:%Y%m%d}.txt")
        made.write_ledger(parts[-1], [entry for entry in entries if start <= entry.day.month < stop], made.Layout())
    together, apart = read(whole).books, read(*reversed(parts)).books
    assert (apart.revenue, apart.variable_costs) == (together.revenue, together.variable_costs)


@SLOW
@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["706000", "709600", "607000", "606100", "613200",
    "758000"]),
                          st.integers(1, 10**9), st.booleans()), max_size=30))
def test_postings_add_up_to_revenue_and_costs(tmp_path, drawn):
    lines = []
    for number, (month, account, cents, reverse) in enumerate(drawn):
        amount = f"{cents // 100},{cents % 100:02d}"
        entry = sale(f"N{number}", f"2019{month:02d}15", amount, account)
        if reverse:
            entry = [text.replace(f"|0,00|{amount}|", f"|{amount}|0,0|").replace(f"|{amount}|0,00|", f"|0,0|{amount}|")
                     for text in entry]
        lines += entry
    reading, using = read(write(tmp_path, [*full_year(), *lines])), AccountMap()
    counting = [posting for posting in reading.books.postings if posting.set_apart is None]
    revenue = {month: Decimal(0) for month in reading.books.revenue.months}
    costs = dict(revenue)
    for posting in counting:
        (revenue if using.is_revenue(posting.account) else costs)[posting.month] += posting.amount * posting.share
    assert tuple(revenue.values()) == reading.books.revenue.amounts
    assert all(abs(cost - told) <= Decimal("0.005")
               for cost, told in zip(costs.values(), reading.books.variable_costs.amounts, strict=True))
    expected = 300 + sum(Decimal(cents) / 100 * (-1 if reverse else 1) for _, account, cents, reverse in drawn
                         if account.startswith("70"))
    assert sum(revenue.values()) == expected


def years(folder: Path, *spans: tuple[str, str, str]) -> list[Path]:
    """Files named by their closing date, with an entry on a first and a last day."""
    return [write(folder, [*sale("1", first, "1,00"), *sale("2", last, "2,00")], name=f"000000101FEC{closing}.txt")
            for closing, first, last in spans]


def test_years_that_are_not_calendar_years_follow_each_other(tmp_path):
    paths = years(tmp_path, ("20200630", "20190702", "20200630"), ("20190630", "20180703", "20190628"))
    reading = read(*paths)
    assert (reading.books.revenue.first, reading.books.revenue.last) == ("2018-07", "2020-06")
    assert [year.closing for year in reading.years] == [dt.date(2019, 6, 30), dt.date(2020, 6, 30)]
    assert [file.path for file in reading.books.files] == [paths[1].name, paths[0].name]
    assert [file.sha256 for file in reading.books.files] == [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in reversed(paths)]


def test_a_year_may_end_within_a_month(tmp_path):
    reading = read(*years(tmp_path, ("20190615", "20190101", "20190614"), ("20191231", "20190616", "20191231")))
    assert reading.books.revenue.amounts[5] == Decimal(3)


def test_the_edges_of_a_year_that_ends_within_a_month_are_its_own(tmp_path):
    lines = [*sale("1", "20180616", "1,00"), *sale("2", "20190615", "2,00"),
             *sale("3", "20180616", "4,00"), *sale("4", "20190615", "8,00")]
    lines = [text.replace("|411000|", "|487000|") if "|3|" in text or "|4|" in text else text for text in lines]
    reading = read(write(tmp_path, lines, name="000000101FEC20190615.txt"))
    assert [(str(entry.date), entry.reason) for entry in reading.years[0].year_end] == [
        ("2018-06-16", "accrual"), ("2019-06-15", "accrual")]


def test_a_month_in_two_files_is_refused(tmp_path):
    paths = years(tmp_path, ("20191231", "20190101", "20191231"), ("20201130", "20191201", "20201130"))
    assert refused(*paths) == [("000000101FEC20201130.txt", "ledger_overlap")]


def test_a_day_in_two_files_is_refused(tmp_path):
    paths = years(tmp_path, ("20191231", "20190101", "20191231"), ("20201231", "20191231", "20201130"))
    assert refused(*paths) == [("000000101FEC20201231.txt", "ledger_overlap")]


def test_months_between_files_are_named(tmp_path):
    paths = years(tmp_path, ("20191231", "20190101", "20191231"), ("20201231", "20200301", "20201231"))
    with pytest.raises(InvalidInput) as caught:
        read(*paths)
    [problem] = caught.value.problems
    assert (problem.code, dict(problem.values)["names"]) == ("ledger_gap", "2020-01, 2020-02")


def test_a_file_given_twice_is_refused(tmp_path):
    path = write(tmp_path, full_year())
    copy = write(tmp_path, full_year(), name="copy.txt")
    assert refused(path, copy) == [("copy.txt", "ledger_same_file")]
    assert refused(path, path) == [(path.name, "ledger_same_file")]


@pytest.mark.parametrize(("closing", "first", "last", "months", "codes"), [
    ("20191231", "20190101", "20191231", ("2019-01", "2019-12"), []),
    ("20191231", "20190130", "20191203", ("2019-01", "2019-12"), []),  # twelve months before the closing date
    ("20191231", "20190320", "20191231", ("2019-04", "2019-12"), ["ledger_month_begun"]),
    ("20191231", "20190303", "20191231", ("2019-03", "2019-12"), []),
    ("20191231", "20190101", "20191015", ("2019-01", "2019-09"), ["ledger_month_unfinished", "ledger_stops_early"]),
    ("20191231", "20190101", "20191030", ("2019-01", "2019-10"), ["ledger_stops_early"]),
    ("20191215", "20190101", "20191214", ("2019-01", "2019-11"), ["ledger_month_unfinished"]),
    ("", "20190101", "20191227", ("2019-01", "2019-12"), ["ledger_file_name"]),
    ("", "20190101", "20191220", ("2019-01", "2019-11"), ["ledger_file_name", "ledger_month_unfinished"]),
])
def test_only_whole_months_count_and_the_others_are_told(tmp_path, closing, first, last, months, codes):
    reading = read(*years(tmp_path, (closing, first, last)))
    assert (reading.books.revenue.first, reading.books.revenue.last) == months
    assert sorted(codes_of(reading)) == sorted(codes)
    assert all(months[0] <= posting.month <= months[1] for posting in reading.books.postings)
    assert all("{" not in finding.explain(language) for finding in findings_of(reading) for language in LANGUAGES)


def test_less_than_a_month_is_refused(tmp_path):
    assert refused(*years(tmp_path, ("", "20190110", "20190120"))) == [("000000101FEC.txt", "ledger_no_month")]


def test_several_years_in_one_file_and_slips_of_the_year_are_told(tmp_path):
    path = write(tmp_path, [*sale("1", "20170101", "1,00"), *sale("2", "20180601", "1,00"),
    *sale("3", "20191231", "1,00")],
                 name="export.txt")
    assert refused(path) == [("export.txt", "ledger_several_years")]
    path = write(tmp_path, [*full_year(), *sale("3", "20190501", "1,00"), *sale("4", "20910501", "1,00")],
                 name="export.txt")
    assert refused(path) == [("export.txt", "ledger_date_outside")]


def test_files_of_two_companies_are_told(tmp_path):
    one = write(tmp_path, full_year())
    other = write(tmp_path, [text.replace("2019", "2020") for text in full_year()], name="000000202FEC20201231.txt")
    assert codes_of(read(one, other)) == ["ledger_companies"]


def test_errors_and_books_call_the_files_by_their_names(tmp_path):
    path = write(tmp_path, full_year())
    reading = read_ledger([path], ["accounts/2019.txt"], AccountMap())
    assert {posting.file for posting in reading.books.postings} == {"accounts/2019.txt"} == {
        file.path for file in reading.books.files}


@SLOW
@given(st.binary(max_size=400) | st.lists(st.text("VE|\t;0123456789,.\"'éà\n", max_size=60), max_size=8).map(
    lambda lines: "\n".join([HEADER, *lines]).encode()))
def test_whatever_the_file_holds_it_is_read_or_refused(tmp_path, content):
    path = tmp_path / "000000101FEC20191231.txt"
    path.write_bytes(content)
    try:
        read(path)
    except InvalidInput as error:
        for problem, language in chain.from_iterable(((p, one) for one in LANGUAGES) for p in error.problems):
            assert problem.tell(language)
