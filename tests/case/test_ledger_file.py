"""One ledger file: every mistake at its line, every tolerance told, year-end entries set apart."""

from array import array
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from tests.case.ledger_files import HEADER, NAME, codes_of, findings_of, full_year, line, read, sale, write
from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_entries import _cents, totals
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem


def refused(*paths: Path, using: AccountMap | None = None) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        read(*paths, using=using)
    for problem in caught.value.problems:
        assert all("{" not in problem.explain(language) for language in LANGUAGES)
    return caught.value.problems


def told(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in problems]


def revenue(folder: Path, lines: list[str], **changes: str) -> dict[str, Decimal]:
    series = read(write(folder, lines, **changes)).books.revenue
    return {month: amount for month, amount in zip(series.months, series.amounts, strict=True) if amount}


@pytest.mark.parametrize(("wrong", "column", "code", "says"), [
    (line("3", "20190230", "706000", credit="1,00"), 13, "ledger_date", "20190230"),
    (line("3", "hier", "706000", credit="1,00"), 13, "ledger_date", "hier"),
    (line("3", "20190301", "CLIENT", credit="1,00"), 22, "ledger_account", "CLIENT"),
    (line("3", "20190301", "7", credit="1,00"), 22, "ledger_account", "“7”"),
    (line("3", "20190301", "", credit="1,00"), 22, "ledger_account", "“”"),
    (line("3", "20190301", "0706000", credit="1,00"), 22, "ledger_account", "0706000"),
    (line("3", "20190301", "706000", credit="=cmd|' /c calc'!A1".replace("|", "!")), 61, "ledger_amount", "=cmd!"),
    (line("3", "20190301", "706000", debit="12 34,00"), 56, "ledger_amount", "Debit: read “12 34,00”"),
    (line("3", "20190301", "706000", credit="9999999999999,00"), 61, "ledger_amount_absurd", "9999999999999"),
    (line("3", "20190301", "706000", label="a|b", credit="1,00"), 1, "ledger_fields", "read 19 fields, expected 18"),
    ("VE|Ventes|3|20190301|706000", 1, "ledger_fields", "read 5 fields, expected 18"),
    (line("3", "20200101", "706000", credit="1,00"), 1, "ledger_date_outside", "read 1 January 2020"),
    (line("3", "20171231", "706000", credit="1,00"), 1, "ledger_date_outside", "from 1 January 2019 to 31 Dec"),
    (line("3", "20190301", "706000", credit="1,00"), 1, "ledger_entry_unbalanced", "-€1.00"),
])
def test_a_mistake_is_told_at_its_line(tmp_path, wrong, column, code, says):
    found = refused(write(tmp_path, [*full_year(), wrong]))
    about_dates = [problem for problem in found if code != "ledger_date_outside" or problem.code == code]
    [problem] = about_dates
    assert (problem.file, problem.line, problem.column, problem.code) == (NAME, 6, column, code)
    assert says in problem.explain("en")
    assert problem.explain("fr") != problem.explain("en")


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path):
    first = write(tmp_path, [*full_year(), line("3", "20190301", "CLIENT", credit="x"), "VE|"])
    second = write(tmp_path, ["a|b"], name="000000101FEC20201231.txt")
    assert told(refused(first, second)) == [(6, "ledger_account"), (6, "ledger_amount"), (7, "ledger_fields"),
                                            (2, "ledger_fields")]


def test_of_one_kind_some_twenty_are_told_and_the_rest_counted(tmp_path):
    found = refused(write(tmp_path, [*full_year(), *(line("3", "20190301", "X", credit="1,00") for _ in range(50))]))
    assert [problem.code for problem in found] == ["ledger_account"] * 20 + ["ledger_more"]
    assert (found[-1].line, dict(found[-1].values)) == (26, {"count": "30", "like": "6"})


@pytest.mark.parametrize(("lines", "code"), [([], "ledger_empty"), (["", "  "], "ledger_empty")])
def test_a_file_without_entries_is_refused(tmp_path, lines, code):
    assert told(refused(write(tmp_path, lines))) == [(1, code)]


def test_a_missing_column_is_told_before_any_line_is_read(tmp_path):
    path = write(tmp_path, ["nonsense"], header=HEADER.replace("CompteNum", "CptNum"))
    [problem] = refused(path)
    assert (problem.line, problem.column, problem.code, dict(problem.values)["read"]) == (
        1, 49, "ledger_column_near", "CptNum")


def test_a_wrong_sens_is_told(tmp_path):
    header = HEADER.replace("Debit|Credit", "Montant|Sens")
    lines = [text.replace("|0,00|100,00|", "|100,00|X|").replace("|100,00|0,00|", "|100,00|D|")
             for text in sale("1", "20190102", "100,00")]
    [problem] = refused(write(tmp_path, lines, header=header))
    assert (problem.line, problem.code) == (3, "ledger_sense")
    assert "“X”" in problem.explain("en")


def test_accounts_without_revenue_are_refused(tmp_path):
    using = AccountMap(revenue=("708",))
    [problem] = refused(write(tmp_path, full_year()), using=using)
    assert problem.code == "ledger_no_revenue"
    assert "708" in problem.explain("fr")


def test_a_ledger_kept_in_another_currency_is_refused_and_a_foreign_invoice_told(tmp_path):
    lines = [text[:-1] + "|USD" for text in full_year()]
    assert told(refused(write(tmp_path, lines))) == [(2, "ledger_currency")]
    reading = read(write(tmp_path, [*lines[:2], *full_year()[2:]]))
    assert codes_of(reading) == ["ledger_currencies"]
    assert not codes_of(read(write(tmp_path, [text[:-1] + "|EUR" for text in full_year()])))


@pytest.mark.parametrize(("extra", "code"), [
    ([line("3", "20190301", "706000", "5,00", "5,00")], "ledger_both_sides"),
    ([line("3", "20190301", "411000", debit="-5,00"), line("3", "20190301", "706000", credit="-5,00")],
    "ledger_negative"),
    ([line("3", "20190301", "891000", debit="5,00"), line("3", "20190301", "411000", credit="5,00")],
     "ledger_classes_8_9"),
    ([""], "ledger_blank_lines"),
    ([text + "|" for text in sale("3", "20190301", "5,00")], "ledger_trailing_separator"),
    ([text[:-2] for text in sale("3", "20190301", "5,00")], "ledger_short_lines"),
    (sale("3", "20190301", "5.00"), "ledger_decimal_point"), (sale("3", "20190301", "1 005,00"), "ledger_thousands"),
    (sale("3", "2019-03-01", "5,00"), "ledger_dates_written"), (sale("3", "01/03/2019", "5,00"),
    "ledger_dates_written"),
    (sale("", "20190301", "5,00"), "ledger_without_numbers"),
    ([line("3", "20190301", "411000", debit="5,00"), line("3", "20190302", "706000", credit="5,00")],
     "ledger_entries_spread"),
])
def test_every_tolerance_is_told(tmp_path, extra, code):
    reading = read(write(tmp_path, [*full_year(), *extra]))
    assert codes_of(reading) == [code]
    assert all("{" not in findings_of(reading)[0].explain(language) for language in LANGUAGES)


def test_a_plain_file_has_nothing_to_tell(tmp_path):
    assert codes_of(read(write(tmp_path, full_year()))) == []


def test_months_without_income_or_cost_are_told(tmp_path):
    [finding] = read(write(tmp_path, [*full_year(), *sale("3", "20190401", "1,00")])).findings
    assert dict(finding.values)["names"] == "2019-02, 2019-03, " + ", ".join(f"2019-{n:02d}" for n in range(5, 12))


def test_numbers_that_start_again_each_month_are_entries_of_their_own(tmp_path):
    lines = [*sale("1", "20190102", "1,00"), *sale("1", "20190202", "2,00"), *sale("1", "20191231", "3,00")]
    reading = read(write(tmp_path, lines))
    assert (reading.years[0].entries, codes_of(reading)) == (3, [])
    lines[3] = lines[3].replace("2,00", "2,50", 1)
    [problem] = refused(write(tmp_path, lines))
    assert (problem.line, problem.code, dict(problem.values)["difference"]) == (4, "ledger_entry_unbalanced", "-0.50")


def test_an_entry_over_two_days_is_one_entry_and_set_apart_where_it_reaches_the_year_s_end(tmp_path):
    lines = [line("3", "20191230", "418100", debit="5,00"), line("3", "20191231", "706000", credit="5,00")]
    reading = read(write(tmp_path, [*full_year(), *lines]))
    assert (reading.years[0].entries, codes_of(reading)) == (3, ["ledger_entries_spread", "ledger_accruals_apart"])
    assert sum(reading.books.revenue.amounts) == 300


def test_lines_of_an_entry_need_not_stand_together(tmp_path):
    one, two = sale("1", "20190102", "1,00"), sale("2", "20191231", "2,00")
    assert revenue(tmp_path, [one[0], two[1], two[0], one[1]]) == {"2019-01": Decimal("1.00"),
        "2019-12": Decimal("2.00")}


def test_rebates_and_credit_notes_reduce_revenue(tmp_path):
    lines = [*full_year(), line("3", "20190110", "709600", debit="30,00"),
    line("3", "20190110", "411000", credit="30,00"),
             line("4", "20191210", "706000", debit="50,00"), line("4", "20191210", "411000", credit="50,00")]
    assert revenue(tmp_path, lines) == {"2019-01": Decimal("70.00"), "2019-12": Decimal("150.00")}


def test_a_cost_counts_by_its_share_and_a_month_is_rounded_once(tmp_path):
    lines = [*full_year(), line("3", "20190110", "606100", debit="0,03"),
    line("3", "20190110", "401000", credit="0,03"),
             line("4", "20190111", "606110", debit="0,03"), line("4", "20190111", "401000", credit="0,03"),
             line("5", "20190111", "613000", debit="9,00"), line("5", "20190111", "401000", credit="9,00")]
    reading = read(write(tmp_path, lines))
    assert reading.books.variable_costs.amounts[0] == Decimal("0.05")  # 2 x 0.03 x 0.8 = 0.048
    outside = [posting for posting in reading.books.postings if posting.account == "613000"]
    assert [(posting.amount, posting.share, posting.set_apart) for posting in outside] == [
        (Decimal("9.00"), Decimal(0), "outside_map")]


def test_the_trail_leads_to_the_lines(tmp_path):
    lines = [*sale("1", "20190102", "1,00"), *sale("2", "20190103", "2,00"), *sale("3", "20191231", "4,00", "707000")]
    postings = read(write(tmp_path, lines)).books.postings
    assert [(p.month, p.account, p.label, p.amount, p.file, p.first, p.last, p.lines) for p in postings] == [
        ("2019-01", "706000", "Compte", Decimal("3.00"), NAME, 3, 5, 2),
        ("2019-12", "707000", "Compte", Decimal("4.00"), NAME, 7, 7, 1)]


def test_totals_are_told_by_journal_and_account(tmp_path):
    year = read(write(tmp_path, [*full_year(), line("3", "20190301", "607000", debit="9,00", journal="AC|Achats"),
                                 line("3", "20190301", "401000", credit="9,00", journal="AC|Achats")])).years[0]
    assert [(j.code, j.label, j.lines, j.debit, j.credit) for j in year.journals] == [
        ("AC", "Achats", 2, Decimal("9.00"), Decimal("9.00")), ("VE", "Ventes", 4, Decimal(300), Decimal(300))]
    assert [(a.number, a.lines, a.debit, a.credit, a.revenue, a.share) for a in year.accounts] == [
        ("401000", 1, 0, 9, False, None), ("411000", 2, 300, 0, False, None), ("607000", 1, 9, 0, False, 1),
        ("706000", 2, 0, 300, True, None)]
    assert (year.entries, year.debit, year.credit, year.source.lines) == (3, Decimal(309), Decimal(309), 6)
    assert (str(year.first), str(year.last), str(year.closing)) == ("2019-01-02", "2019-12-31", "2019-12-31")


def entry(number: str, day: str, debited: str, credited: str, amount: str = "40,00",
          journal: str = "OD|Opérations diverses") -> list[str]:
    return [line(number, day, debited, debit=amount, journal=journal),
            line(number, day, credited, credit=amount, journal=journal)]


@pytest.mark.parametrize(("extra", "reason", "sums"), [
    (entry("9", "20191231", "418100", "706000"), "accrual", (40, 0)),
    (entry("9", "20191231", "706000", "487000"), "accrual", (-40, 0)),
    (entry("9", "20190101", "487000", "706000"), "accrual", (40, 0)),
    (entry("9", "20191231", "607000", "408100"), "accrual", (0, 40)),
    (entry("9", "20191231", "486000", "606100"), "accrual", (0, -32)),
    (entry("9", "20191231", "709600", "419800"), "accrual", (-40, 0)),
    (entry("9", "20191231", "706000", "120000"), "closing", (-40, 0)),
    (entry("9", "20190630", "706000", "129000"), "closing", (-40, 0)),
    (entry("9", "20191231", "706000", "471000", journal="CL|Journal de clôture"), "closing", (-40, 0)),
    (entry("9", "20190101", "471000", "706000", journal="RAN|Divers"), "opening", (40, 0)),
    (entry("9", "20190215", "471000", "706000", journal="X|Reports à nouveau"), "opening", (40, 0)),
    (entry("9", "20191231", "603700", "370000"), "stock", (0, 40)),
])
def test_year_end_entries_are_set_apart_with_their_sum(tmp_path, extra, reason, sums):
    plain = read(write(tmp_path, full_year()))
    reading = read(write(tmp_path, [*full_year(), *extra]))
    assert reading.books.revenue == plain.books.revenue
    assert not any(reading.books.variable_costs.amounts)
    [found] = reading.years[0].year_end
    assert (found.reason, found.number, found.revenue, found.variable_costs) == (reason, "9", *sums)
    assert found.line == 6 + (extra[1].split("|")[4][0] in "67")
    assert any(posting.set_apart == reason for posting in reading.books.postings)
    [finding] = findings_of(reading)
    assert f"{sums[0]:,.2f}".replace("-", "") in finding.explain("en")
    assert f"{sums[1]:,.2f}".replace(",", "\u202f").replace(".", ",") in finding.explain("fr")


@pytest.mark.parametrize("extra", [
    entry("9", "20191230", "418100", "706000"), entry("9", "20190102", "487000", "706000"),
    entry("9", "20191231", "411000", "706000"), entry("9", "20190215", "471000", "706000", journal="AN|Agence Nord"),
    entry("9", "20190630", "471000", "706000", journal="CL|Journal de clôture"),
    entry("9", "20190630", "418100", "706000"),
])
def test_other_entries_count_in_their_month(tmp_path, extra):
    reading = read(write(tmp_path, [*full_year(), *extra]))
    assert sum(reading.books.revenue.amounts) == 340
    assert reading.years[0].year_end == ()


@pytest.mark.parametrize(("accounts", "code"), [(("418100", "706000"), "ledger_cut_off_monthly"),
                                                (("603700", "370000"), "ledger_stock_monthly")])
def test_books_cut_off_every_month_count_as_they_stand(tmp_path, accounts, code):
    lines = [text for month in range(1, 13) for text in entry(f"C{month}", f"2019{month:02d}28", *accounts)]
    reading = read(write(tmp_path, [*full_year(), *lines, *entry("9", "20191231", *accounts)]))
    assert codes_of(reading) == [code]
    counted = reading.books.revenue if accounts[0] == "418100" else reading.books.variable_costs
    assert counted.amounts[1:] == (*[Decimal("40.00")] * 10, Decimal("280.00" if accounts[0] == "418100" else "80.00"))


def test_closing_entries_that_empty_classes_6_and_7_never_count(tmp_path):
    closing = [line("99", "20191231", "706000", debit="300,00"), line("99", "20191231", "120000", credit="300,00")]
    assert revenue(tmp_path, [*full_year(), *closing]) == {"2019-01": Decimal("100.00"), "2019-12": Decimal("200.00")}


def test_sums_beyond_64_bits_are_exact(tmp_path, monkeypatch):
    largest = array("q", [10**14 - 1]) * 100_000
    assert totals(np.zeros(100_000, np.int64), _cents(largest), 1)[0] == (10**14 - 1) * 100_000
    lines = [*full_year(), *entry("9", "20191231", "418100", "706000"), *entry("10", "20190301", "606100", "401000")]
    plain = read(write(tmp_path, lines))
    monkeypatch.setattr("vismajor.case.ledger_entries._SAFE_SUM", 0)
    assert read(write(tmp_path, lines)) == plain


def test_without_numbers_the_pieces_tell_entries_apart(tmp_path):
    lines = [line("", "20190301", "411000", debit="5,00", piece="A"),
    line("", "20190301", "706000", credit="6,00", piece="A"),
             line("", "20190301", "411000", debit="7,00", piece="B"),
             line("", "20190301", "706000", credit="6,00", piece="B")]
    found = refused(write(tmp_path, [*full_year(), *lines]))
    assert [(p.line, p.code, dict(p.values)["read"]) for p in found] == [
        (6, "ledger_entry_unbalanced", "A"), (8, "ledger_entry_unbalanced", "B")]


CLOSED = "000000101FEC20201231.txt"


def months(first: int, last: int, year: int = 2020) -> list[str]:
    """A sale a month."""
    return [text for month in range(first, last + 1)
            for text in sale(f"{year}{month}", f"{year}{month:02d}15", f"{100 + month},00")]


def test_one_stray_date_does_not_stretch_the_year_nor_hide_another_ledger(tmp_path):
    stray = write(tmp_path, [*months(1, 12), *sale("S", "20190315", "9,00")], name=CLOSED)
    year_before = write(tmp_path, months(1, 12, 2019))
    found = refused(year_before, stray)
    assert told(found) == [(26, "ledger_date_outside")]
    assert "15 March 2019" in found[0].explain("en")
    assert "du 1er janvier 2020 au 31 décembre 2020" in found[0].explain("fr")


def test_a_first_year_of_many_months_is_read_whole(tmp_path):
    reading = read(write(tmp_path, [*months(7, 12, 2019), *months(1, 12)], name=CLOSED))
    assert (reading.books.revenue.months[0], len(reading.books.revenue.amounts)) == ("2019-08", 17)


def test_balances_brought_forward_begin_a_year_so_that_entries_of_the_month_before_are_strays(tmp_path):
    opening = [line("1", "20200101", "512000", debit="5,00", journal="AN|A nouveaux"),
               line("1", "20200101", "101000", credit="5,00", journal="AN|A nouveaux")]
    lines = [*months(12, 12, 2019), *months(1, 12)]
    assert read(write(tmp_path, lines, name=CLOSED)).years[0].first.isoformat() == "2019-12-15"
    assert told(refused(write(tmp_path, [*opening, *lines], name=CLOSED))) == [(4, "ledger_date_outside")]


def test_a_closing_date_of_another_year_is_told_once(tmp_path):
    assert told(refused(write(tmp_path, months(1, 12, 2019), name=CLOSED))) == [(1, "ledger_closing_elsewhere")]


def test_strays_are_told_without_a_closing_date_too(tmp_path):
    path = write(tmp_path, [*months(1, 12), *sale("S", "20190315", "9,00")], name="export.txt")
    assert told(refused(path)) == [(26, "ledger_date_outside")]


def test_entries_that_stand_twice_as_a_block_are_told_at_each_copy(tmp_path):
    block = months(1, 12)
    found = refused(write(tmp_path, [*block, *block], name=CLOSED))
    assert told(found) == [(line, "ledger_entry_twice") for line in range(26, 50, 2)]
    assert dict(found[0].values)["first"] == "2"
    thrice = refused(write(tmp_path, [*block, *block, *block], name=CLOSED))
    assert told(thrice) == told(found)


def test_a_copy_or_two_are_only_looked_into(tmp_path):
    reading = read(write(tmp_path, [*months(1, 12), *months(1, 2)], name=CLOSED))
    assert [(one.line, one.code) for one in findings_of(reading)] == [(26, "ledger_entry_alike"),
                                                                       (28, "ledger_entry_alike")]


@pytest.mark.parametrize("again", [
    [text for month in range(1, 13) for text in sale(f"2020{month}", f"2020{month:02d}16", f"{100 + month},00")],
    [text for month in range(1, 13) for text in sale(f"2020{month}", f"2020{month:02d}15", f"{200 + month},00")],
    [text.replace("706000", "707000") for text in months(1, 12)],
    [text.replace("VE|Ventes", "BQ|Banque") for text in months(1, 12)],
])
def test_other_days_amounts_accounts_journals_are_other_entries(tmp_path, again):
    assert findings_of(read(write(tmp_path, [*months(1, 12), *again], name=CLOSED))) == []


def test_like_sales_side_by_side_or_without_a_number_are_no_copies(tmp_path):
    beside = [text for month in range(1, 13) for text in sale("1", f"2020{month:02d}15", "50,00") * 2]
    assert codes_of(read(write(tmp_path, beside, name=CLOSED))) == []
    parted = []  # another entry stands inside the first of two like sales, none between them
    for month in range(1, 13):
        debit, credit = sale("1", f"2020{month:02d}15", "50,00")
        parted += [debit, *sale(f"X{month}", f"2020{month:02d}15", "60,00"), credit, debit, credit]
    assert codes_of(read(write(tmp_path, parted, name=CLOSED))) == []
    bare = [text.replace(f"|2020{month}|", "||") for month in range(1, 13)
            for text in sale(f"2020{month}", f"2020{month:02d}15", "50,00")]
    assert codes_of(read(write(tmp_path, [*bare, *bare], name=CLOSED))) == ["ledger_without_numbers"]


def test_a_file_in_quotation_marks_is_read_though_its_header_has_none(tmp_path):
    quoted = ['"' + text.replace("|", '"|"') + '"' for text in months(1, 12)]
    plain = read(write(tmp_path, months(1, 12), name=CLOSED))
    reading = read(write(tmp_path, quoted, name=CLOSED))
    assert reading.books.revenue == plain.books.revenue
    assert codes_of(reading) == ["ledger_quoted"]


def test_letters_in_two_encodings_are_told_where_they_begin(tmp_path):
    lines = "".join(f"{text}\n" for text in [HEADER, *months(1, 12)])
    path, (one, other) = tmp_path / CLOSED, sale("X", "20200601", "1,00")
    path.write_bytes(lines.encode() + one.replace("Compte", "Préavis").encode("iso-8859-15") + b"\n"
                     + other.replace("Compte", "Créé").encode())
    [finding] = findings_of(read(path))
    assert (finding.line, finding.code) == (27, "ledger_garbled")
    path.write_text(lines.replace("Compte|", "LoyÃ©r|", 1), encoding="utf-8")
    assert [(one.line, one.code) for one in findings_of(read(path))] == [(2, "ledger_garbled")]
    path.write_text(lines.replace("Compte|", "Loyér Ã|", 1), encoding="utf-8")
    assert findings_of(read(path)) == []


def test_a_month_out_of_scale_is_told_at_the_line_that_makes_it(tmp_path):
    great = [line("G", "20200720", "512000", debit="400000,00"), line("G", "20200720", "706000", credit="400000,00")]
    [finding] = findings_of(read(write(tmp_path, [*months(1, 12), *great], name=CLOSED)))
    assert (finding.line, finding.code) == (27, "ledger_month_out_of_scale")
    assert "juillet 2020\u00a0: 400\u202f107,00\u00a0€" in finding.explain("fr")
    assert "counts there for €400,000.00" in finding.explain("en")
    back = [line("G", "20200720", "706000", debit="400000,00"), line("G", "20200720", "512000", credit="400000,00")]
    [hidden] = findings_of(read(write(tmp_path, [*months(1, 12), *great, *back], name=CLOSED)))
    assert (hidden.line, hidden.code) == (27, "ledger_line_out_of_scale")
    small = [text.replace("106,00", "10,60") for text in months(1, 12)]
    assert codes_of(read(write(tmp_path, small, name=CLOSED))) == ["ledger_month_below_scale"]


def test_a_great_cost_is_told_and_one_outside_the_map_is_not(tmp_path):
    bought = [text for month in range(1, 13) for text in (
        line(f"A{month}", f"2020{month:02d}20", "607000", debit="50,00"),
        line(f"A{month}", f"2020{month:02d}20", "401000", credit="50,00"))]
    great = [line("G", "20200720", "607000", debit="4000,00"), line("G", "20200720", "401000", credit="4000,00")]
    [finding] = findings_of(read(write(tmp_path, [*months(1, 12), *bought, *great], name=CLOSED)))
    assert (finding.line, finding.code) == (50, "ledger_month_out_of_scale")
    assert "counts there for €4,000.00" in finding.explain("en")
    rent = [text.replace("607000", "613500") for text in great]
    assert findings_of(read(write(tmp_path, [*months(1, 12), *bought, *rent], name=CLOSED))) == []
