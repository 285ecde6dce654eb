"""Monthly tables as bookkeepers export them: what is read in which style, what is asked, what is told of every slip."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vismajor.case.accounts import TableReading, read_table
from vismajor.case.series import MonthlySeries, month_name
from vismajor.case.sheets import decode
from vismajor.reading.problems import LANGUAGES, InvalidInput

SLOW = (HealthCheck.function_scoped_fixture,)
FRENCH = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")


def read(tmp_path: Path, text: str | bytes) -> TableReading:
    path = tmp_path / "accounts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, "accounts.csv")


def codes(tmp_path: Path, text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    assert all(one.tell(language) for one in caught.value.problems for language in LANGUAGES)
    return [(p.line, p.column, p.code) for p in caught.value.problems]


def findings(reading: TableReading) -> list[tuple[int, int, str]]:
    assert all(one.tell(language) for one in reading.findings for language in LANGUAGES)
    return [(one.line, one.column, one.code) for one in reading.findings]


def series(first: str, *amounts: str) -> MonthlySeries:
    return MonthlySeries(first=first, amounts=tuple(Decimal(amount) for amount in amounts))


@pytest.mark.parametrize("text", [
    "month;revenue\n2019-12;100.50\n2020-01;-20\n",
    "\ufeffmonth;revenue\r\n2019-12;100.50\r\n2020-01;-20.00\r\n",
    'month;revenue\n"2019-12";"100.50"\n\n2020-01 ; -20.00 \n',
    "month;revenue\r2019-12;100.5\r2020-01;-20\r",
    "Mois;CA\n2019-12;100,50\n2020-01;-20,00\n",
    "mois,ca ht\n12/2019,\"100,50 €\"\n01/2020,(20.00)\n".replace("20.00", "20"),
    "Période\tChiffre d’affaires HT (€)\ndéc. 2019\t100,5 EUR\njanv. 2020\t-20\n".encode("cp1252"),
    "Date|Ventes (€)\n31/12/2019|100,50 €\n31/01/2020|−20,00 €\n".replace("−", "-").encode("iso-8859-15"),
    "Date;Ventes nettes\nDec-19;€100.50\nJan-20;20.00-\n",
    "Mois;CA\n2019-12-01;100,50\n2020-01-01 00:00:00;-20\n".encode("utf-16"),
])
def test_the_exports_of_different_programs_read_alike(tmp_path, text):
    reading = read(tmp_path, text)
    assert reading.revenue == series("2019-12", "100.50", "-20.00")
    assert [code for _, _, code in findings(reading)] == ["table_negative"]


def test_titles_above_other_columns_a_total_and_a_remark_below_are_told_and_left_out(tmp_path):
    text = ("Société Durand;;\nÉtat édité le 03/02/2022;;\n\nMois;Rang;CA HT;Charges variables\n"
            "novembre 2021;3;1 200,50 €;400,00\ndécembre 2021;2;2 000,00 €;700,00\n"
            "TOTAL;;3 200,50 €;1 100,00\nSource : logiciel de caisse;;;\n")
    reading = read(tmp_path, text)
    assert reading.revenue == series("2021-11", "1200.50", "2000.00")
    assert reading.variable_costs == series("2021-11", "400.00", "700.00")
    assert findings(reading) == [(4, 6, "table_column_left"), (7, 19, "table_totals_left"), (8, 1, "table_line_left")]
    assert (reading.cells, reading.headings) == (("5", "6"), ("Mois", "CA HT", "Charges variables"))
    file = reading.file
    assert (file.encoding, file.separator, file.lines, file.kind) == ("utf-8", ";", 8, "monthly_table")


def test_one_line_a_year_reads_like_one_line_a_month(tmp_path):
    heading = ";".join(["Exercice", *FRENCH, "Total"])
    text = f"Chiffre d'affaires HT\n{heading}\n2021;{';' * 10}1 000,00;2 000,00;3 000,00\n2022;3 000,00{';' * 12}\n"
    reading = read(tmp_path, text)
    assert reading.revenue == series("2021-11", "1000.00", "2000.00", "3000.00")
    assert reading.cells == ("3:16", "3:25", "4:6")
    assert findings(reading) == [(3, 34, "table_total_left")]


def test_years_out_of_order_are_sorted_and_a_hole_between_them_is_told(tmp_path):
    heading = "Ventes HT\nannée;" + ";".join(FRENCH)
    later, earlier = ("2022;" + ";".join(["5"] * 12), "2021;" + ";".join(["4"] * 12))
    reading = read(tmp_path, f"{heading}\n{later}\n{earlier}\n")
    assert (reading.revenue.first, reading.revenue.last, reading.revenue.amounts[0]) == ("2021-01", "2022-12", 4)
    assert [code for _, _, code in findings(reading)] == ["table_sorted"]
    assert codes(tmp_path, f"{heading}\n{later}\n{earlier.replace('2021', '2020')}\n") == [(3, 1, "revenue_hole")]
    assert codes(tmp_path, f"{heading}\n{later}\ntotalité;{earlier[5:]}\n") == [(4, 1, "revenue_year")]


def test_a_table_that_nowhere_says_what_it_counts_is_read_and_asked_about(tmp_path):
    heading, year = "année;" + ";".join(FRENCH), "2021;" + ";".join(["5"] * 12)
    assert findings(read(tmp_path, f"{heading}\n{year}\n")) == [(1, 1, "table_unnamed")]
    assert findings(read(tmp_path, f"{heading}\nCA {year}\n")) == []


@pytest.mark.parametrize(("amount", "code"), [
    ("12,50 12", "revenue_amount"), ("1_250", "revenue_amount"), ("1e3", "revenue_amount"), ("NaN", "revenue_amount"),
    ("Infinity", "revenue_amount"), ("0.505", "revenue_amount"), ("1234.567", "revenue_amount"),
    ("٣", "revenue_amount"), ("", "revenue_amount"), ("12;13", "revenue_amount"),
    ("n/a", "revenue_amount"), ("1 23", "revenue_amount"),
    ("12.505", "amount_ambiguous"), ("1,234", "amount_ambiguous"), ("1234567890123.00", "amount_absurd"),
    ("=cmd|' /C calc'!A0", "amount_formula"), ("=SOMME(B2:B9)", "amount_formula"), ("#REF!", "amount_error"),
    ("#N/A", "amount_error"), ("$1200.00", "amount_currency"), ("1200 £", "amount_currency"),
    ("1200.00 CHF", "amount_currency"), ("USD 12", "amount_currency"), ("12 k€", "amount_thousands"),
])
def test_an_amount_that_is_not_plain_is_refused_at_its_column(tmp_path, amount, code):
    assert codes(tmp_path, f"month;revenue\n2019-12;{amount}\n") == [(2, 9, code)]


@pytest.mark.parametrize(("other", "expected"), [("2,50", "1234.00"), ("2.345.678", "1234.00"), ("1.234,5", "1234.00")])
def test_any_other_amount_settles_what_a_point_means(tmp_path, other, expected):
    reading = read(tmp_path, f"mois;ca\n2021-01;1.234\n2021-02;{other}\n")
    assert (reading.revenue.amounts[0], reading.mark) == (Decimal(expected), ",")


def test_where_the_point_is_decimal_three_decimals_are_refused(tmp_path):
    assert codes(tmp_path, "mois;ca\n2021-01;1.234\n2021-02;2.50\n") == [(2, 9, "revenue_amount")]


def test_amounts_in_two_styles_are_told_where_they_differ_from_the_most(tmp_path):
    text = "mois;ca\n2021-01;1,50\n2021-02;2.50\n2021-03;3,50\n2021-04;4 000\n"
    assert codes(tmp_path, text) == [(3, 9, "revenue_amount")]


@pytest.mark.parametrize(("heading", "code"), [
    ("CA TTC", "revenue_ttc"), ("CA en k€", "amount_thousands"), ("Ventes (USD)", "amount_currency"),
    ("Revenue ($)", "amount_currency"), ("chiffre d'affaires toutes taxes comprises", "revenue_ttc"),
])
def test_a_heading_of_other_amounts_than_euros_without_tax_is_refused(tmp_path, heading, code):
    assert codes(tmp_path, f"mois;{heading}\n2021-01;1\n") == [(1, 6, code)]


def test_the_column_without_tax_is_taken_beside_one_with_it_and_two_alike_are_asked_about(tmp_path):
    reading = read(tmp_path, "mois;CA TTC;CA HT\n2021-01;120;100\n")
    assert reading.revenue == series("2021-01", "100.00")
    assert findings(reading) == [(1, 6, "table_column_left")]
    assert codes(tmp_path, "mois;CA;Ventes\n2021-01;120;100\n") == [(1, 9, "revenue_two_columns")]


def test_two_columns_of_costs_are_asked_about(tmp_path):
    text = "mois;CA;Charges variables;Coûts variables\n2021-01;120;100;100\n"
    assert codes(tmp_path, text) == [(1, 27, "revenue_two_columns")]


def test_a_heading_without_tax_settles_what_a_title_says_of_it_and_nothing_else(tmp_path):
    assert read(tmp_path, "Tarifs TTC en vigueur;\nmois;CA HT\n2021-01;1\n").revenue == series("2021-01", "1.00")
    assert codes(tmp_path, "Tarifs TTC en vigueur;\nmois;CA\n2021-01;1\n") == [(1, 1, "revenue_ttc")]
    text = "mois;CA HT;Charges variables TTC\n2021-01;1;1\n"
    assert codes(tmp_path, text) == [(1, 12, "revenue_ttc")]


def test_the_column_named_month_is_taken_before_one_named_date(tmp_path):
    reading = read(tmp_path, "Date;Mois;CA\n2021-02-05;2021-01;1\n2021-03-05;2021-02;1\n")
    assert (reading.revenue.first, findings(reading)) == ("2021-01", [(1, 1, "table_column_left")])


@pytest.mark.parametrize("months", [("mars", "avril"), ("3", "4"), ("03", "04"), ("2021-03", "avr. 2021")])
def test_a_year_may_stand_in_a_column_of_its_own(tmp_path, months):
    reading = read(tmp_path, f"Exercice;Mois;CA HT\n2021;{months[0]};1\n2021;{months[1]};2\nTotal;;3\n".replace(
        "Total;;", ";Total;"))
    assert (reading.revenue, reading.headings) == (series("2021-03", "1.00", "2.00"), ("Exercice", "Mois", "CA HT"))
    assert findings(reading) == [(4, 8, "table_total_left")]


def test_columns_are_counted_as_they_are_written_whatever_stands_in_quotation_marks(tmp_path):
    assert codes(tmp_path, 'mois;rang;ca\n2021-01;"3;4";x\n') == [(2, 15, "revenue_amount")]


@pytest.mark.parametrize("month", ["0021-03", "9999-01", "2021-00", "31/02/2021", "mars", "13/2021", "mars 2021 ?"])
def test_what_is_no_month_of_our_times_is_told(tmp_path, month):
    assert codes(tmp_path, f"mois;ca\n2021-02;1\n{month};1\n") == [(3, 1, "revenue_month")]


def test_a_byte_of_windows_settles_the_encoding(tmp_path):
    assert decode(b"\x80 \xa4", "a.csv") == ("€ ¤", "cp1252")
    assert decode(b"12 \xa4", "a.csv") == ("12 €", "iso-8859-15")
    assert decode("é".encode("cp1252"), "a.csv") == ("é", "cp1252")


def test_each_slip_of_the_months_is_told_once_at_its_line(tmp_path):
    text = "month;revenue\n2019-01;1\n2019-04;1\n2019-04;1\n2019-13;1\n2019-06;x\n2019-07;1\n1919-08;1\n"
    assert codes(tmp_path, text) == [
        (3, 1, "revenue_hole"), (4, 1, "revenue_month_twice"), (5, 1, "revenue_month"), (6, 9, "revenue_amount"),
        (8, 1, "month_far_off"),
    ]


def test_months_out_of_order_are_sorted_with_one_finding(tmp_path):
    reading = read(tmp_path, "month;revenue\n2019-03;3\n2019-02;2\n2019-01;1\n")
    assert reading.revenue == series("2019-01", "1.00", "2.00", "3.00")
    assert reading.cells == ("4", "3", "2")
    assert findings(reading) == [(3, 1, "table_sorted")]


def test_the_order_of_day_and_month_is_settled_by_the_file_or_asked(tmp_path):
    assert codes(tmp_path, "date;ca\n03/04/2021;1\n") == [(2, 1, "month_ambiguous")]
    assert read(tmp_path, "date;ca\n03/04/2021;1\n31/05/2021;1\n").revenue.first == "2021-04"
    assert read(tmp_path, "date;ca\n01/03/2021;1\n01/04/2021;1\n").revenue.first == "2021-03"
    assert codes(tmp_path, "date;ca\n04/03/2021;1\n05/03/2021;1\n") == [(2, 1, "month_ambiguous")]
    american = read(tmp_path, "date;ca\n03/31/2021;1\n04/01/2021;1\n")
    assert (american.revenue.first, findings(american)) == ("2021-03", [(2, 1, "table_american_dates")])


def test_a_total_that_is_not_the_sum_is_told_and_half_a_cent_for_each_month_is_let_pass(tmp_path):
    text = "mois;ca\n2021-01;10,10\n2021-02;20,20\ntotal;{}\n"
    assert codes(tmp_path, text.format("30,40")) == [(4, 7, "total_differs")]
    assert findings(read(tmp_path, text.format("30,31"))) == [(4, 7, "table_total_left")]


def test_subtotals_of_each_year_are_compared_with_their_year(tmp_path):
    text = "mois;ca\n2020-12;10\nTotal 2020;10\n2021-01;20\n2021-02;30\nTotal 2021;{}\nTotal général;60\n"
    assert findings(read(tmp_path, text.format(50))) == [(7, 15, "table_totals_left")]
    assert codes(tmp_path, text.format(60)) == [(6, 12, "total_differs")]


def test_costs_written_with_a_minus_are_read_as_costs_and_told(tmp_path):
    reading = read(tmp_path, "mois;ca;charges variables\n2021-01;10;-4\n2021-02;20;-8\n")
    assert reading.variable_costs == series("2021-01", "4.00", "8.00")
    assert findings(reading) == [(2, 12, "table_costs_signed")]


def test_one_cost_below_zero_among_others_is_kept_and_told(tmp_path):
    reading = read(tmp_path, "mois;ca;charges variables\n2021-01;10;-4\n2021-02;20;8\n")
    assert reading.variable_costs == series("2021-01", "-4.00", "8.00")
    assert findings(reading) == [(2, 12, "table_negative")]


@pytest.mark.parametrize(("text", "code"), [
    ("\nmonth;revenue\n", "revenue_empty"), ("month;revenue\n\n", "revenue_empty"),
    ("month;revenue\n2019-01;\"1\n", "revenue_layout"), ("month;revenue\n" + "9" * 200_000, "revenue_layout"),
    (" \n", "empty_file"), ("", "empty_file"), (b"month;revenue\n2019-01;1\x81\x20", "file_encoding"),
    (b"month;revenue\n2019-01;\x001", "file_not_text"), ("2021-01;5\n2021-02;6\n", "revenue_header"),
    ("moi;chiffres d'affaire\n2021-01;5\n", "revenue_header_near"), ("janvier;" + ";".join(FRENCH[1:]) + "\n1",
                                                                     "revenue_no_year"),
    (b"PK\x03\x04nothing", "workbook_damaged"), (b"\xd0\xcf\x11\xe0" + b"Workbook", "workbook_old"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "workbook_encrypted"),
])
def test_a_file_that_is_no_table_is_told(tmp_path, text, code):
    assert codes(tmp_path, text)[0][2] == code


def test_a_folder_and_a_missing_file_are_told(tmp_path):
    for path, code in ((tmp_path, "file_is_folder"), (tmp_path / "no.csv", "missing_file")):
        with pytest.raises(InvalidInput) as caught:
            read_table(path, path.name)
        assert [one.code for one in caught.value.problems] == [code]


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(st.text(alphabet=st.sampled_from("month;revenuecatol\n\r\t\"' 0123456789-./,€\x00é#=()"), max_size=60))
def test_no_text_whatever_ends_in_another_error(tmp_path, text):
    for whole in (text, "month;revenue\n" + text, "année;" + ";".join(FRENCH) + "\n" + text):
        try:
            assert len(read(tmp_path, whole).revenue.amounts) >= 1
        except InvalidInput as error:
            assert error.problems


MONTHS: dict[str, Callable[[int, int], str]] = {
    "iso": lambda year, month: f"{year}-{month:02d}",
    "iso day": lambda year, month: f"{year}-{month:02d}-01",
    "month/year": lambda year, month: f"{month:02d}/{year}",
    "french": lambda year, month: f"{FRENCH[month - 1]} {year}",
    "short": lambda year, month: dt.date(year, month, 1).strftime("%b-%y"),
    "first day": lambda year, month: f"01/{month:02d}/{year}",
    "last day": lambda year, month: (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).strftime(
        "%d/%m/%Y"),
}


def written(amount: Decimal, mark: str, thousands: str, euro: str) -> str:
    text = f"{amount:,.2f}".replace(",", "_").replace(".", mark).replace("_", thousands)
    return text + euro


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(
    first=st.integers(1990 * 12, 2040 * 12),
    amounts=st.lists(st.decimals(-10**9, 10**9, places=2), min_size=2, max_size=40),
    month=st.sampled_from(sorted(MONTHS)), mark=st.sampled_from(",."),
    thousands=st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "’", "other"]),
    euro=st.sampled_from(["", " €", "\u00a0€", " EUR"]), separator=st.sampled_from(";\t|,"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "iso-8859-15", "utf-16"]),
    heading=st.sampled_from([("month", "revenue"), ("Mois", "Chiffre d'affaires HT"), ("Période", "CA"),
                             ("date", "Ventes (EUR)")]),
)
def test_a_series_written_in_any_style_reads_back_the_same(tmp_path, first, amounts, month, mark, thousands, euro,
                                                           separator, encoding, heading):
    by = {"other": "." if mark == "," else ","}.get(thousands, thousands)
    rows = [heading, *((MONTHS[month](n // 12, n % 12 + 1), written(amount, mark, by, euro))
                       for n, amount in enumerate(amounts, start=first))]
    text = "".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) + "\n" for row in rows)
    reading = read(tmp_path, text.encode(encoding, errors="replace").replace(b"?", b" "))
    assert reading.revenue == MonthlySeries(first=month_name(first), amounts=tuple(amounts))
    told = {one.code for one in reading.findings} - {"month_out_of_scale", "month_below_scale"}
    assert told == ({"table_negative"} if min(amounts) < 0 else set())


def sums(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(first=st.integers(1990 * 12, 2040 * 12), seed=st.randoms(use_true_random=False),
       amounts=st.lists(st.decimals(0, 10**9, places=2), min_size=2, max_size=40))
def test_the_order_of_the_lines_and_a_right_total_change_nothing(tmp_path, first, seed, amounts):
    lines = [f"{month_name(n)};{amount}" for n, amount in enumerate(amounts, start=first)]
    straight = read(tmp_path, "\n".join(["mois;ca", *lines]))
    seed.shuffle(lines)
    shuffled = read(tmp_path, "\n".join(["mois;ca", *lines, f"Total;{sums(amounts)}"]))
    assert shuffled.revenue == straight.revenue


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(first=st.integers(1990 * 12, 2030 * 12), total=st.booleans(), separator=st.sampled_from(";\t|"),
       amounts=st.lists(st.decimals(-10**9, 10**9, places=2), min_size=1, max_size=50))
def test_a_series_written_one_line_a_year_reads_back_the_same(tmp_path, first, total, separator, amounts):
    known = dict(enumerate(amounts, start=first))
    lines = [["Année", *FRENCH, *(["Total"] if total else [])]]
    for year in range(first // 12, (first + len(amounts) - 1) // 12 + 1):
        months = [known.get(year * 12 + month) for month in range(12)]
        stated = [sums([amount for amount in months if amount is not None])] if total else []
        lines.append([str(year), *("" if amount is None else f"{amount:.2f}".replace(".", ",")
                                   for amount in [*months, *stated])])
    reading = read(tmp_path, "\n".join(separator.join(line) for line in lines))
    assert reading.revenue == MonthlySeries(first=month_name(first), amounts=tuple(amounts))


def steady(count: int = 24, **changes: str) -> list[str]:
    """Lines of a little more than 9 000 € a month from January 2021, some of them changed."""
    lines = [f"{month_name(2021 * 12 + n)};{9000 + 37 * (n % 7)},00" for n in range(count)]
    return [f"{line.split(';')[0]};{changes.get('m' + str(n), line.split(';')[1])}" for n, line in enumerate(lines)]


@pytest.mark.parametrize(("changed", "code"), [
    ("91 110,00", "month_out_of_scale"), ("10 000 000,00", "month_out_of_scale"), ("-91 110,00", "month_out_of_scale"),
    ("911,00", "month_below_scale"), ("3000,00", ""), ("30000,00", ""), ("0,00", ""),
])
def test_a_month_with_a_digit_too_many_or_too_few_is_told_with_the_usual_size(tmp_path, changed, code):
    reading = read(tmp_path, "mois;ca\n" + "\n".join(steady(m9=changed)))
    found = [one for one in reading.findings if one.code != "table_negative"]
    assert [(one.line, one.column, one.code) for one in found] == ([(11, 9, code)] if code else [])
    if code:
        assert "octobre 2021" in found[0].explain("fr")
        assert "€9,129.50" in found[0].explain("en")


def test_a_season_is_no_surprise_and_few_months_show_no_scale(tmp_path):
    season = [f"{month_name(2021 * 12 + n)};{90000 if n % 12 == 1 else 9000}" for n in range(24)]
    assert findings(read(tmp_path, "mois;ca\n" + "\n".join(season))) == []
    assert findings(read(tmp_path, "mois;ca\n" + "\n".join(steady(5, m2="90000,00")))) == []


def test_costs_out_of_scale_are_told_in_their_column_and_lumps_of_zero_are_not(tmp_path):
    lines = [f"{line};{'40000,00' if n == 9 else '0,00' if n % 3 else '4000,00'}" for n, line in enumerate(steady(36))]
    assert findings(read(tmp_path, "mois;ca;charges variables\n" + "\n".join(lines))) == []
    lines = [f"{line};{'40000,00' if n == 9 else '4000,00'}" for n, line in enumerate(steady(36))]
    assert findings(read(tmp_path, "mois;ca;charges variables\n" + "\n".join(lines))) == [
        (11, 17, "month_out_of_scale")]


@pytest.mark.parametrize(("currency", "told"), [
    ("CHF", [(2, 17, "currency_column")]), ("usd", [(2, 17, "currency_column")]), ("£", [(2, 17, "currency_column")]),
    ("EUR", []), ("€", []), ("Euros", []), ("", []),
])
@pytest.mark.parametrize("heading", ["Devise", "Currency", "Monnaie :"])
def test_a_column_of_currencies_is_read(tmp_path, currency, told, heading):
    text = f"mois;ca;{heading}\n" + "\n".join(f"{line};{currency}" for line in steady())
    if told:
        assert codes(tmp_path, text) == told
    else:
        assert findings(read(tmp_path, text)) == []


GRID = "Mois;2021;2022\n" + "\n".join(f"{month};{9000 + n},00;{9100 + n},00" for n, month in enumerate(FRENCH))


@pytest.mark.parametrize("heading", [
    "Mois;2021;2022", ";2021;2022", "Mois;CA 2021;CA 2022", "Mois;CA HT 2021 (€);Ventes 2022",
    "Mois;Année 2021;Exercice 2022"])
def test_months_by_years_read_as_months_one_by_one(tmp_path, heading):
    reading = read(tmp_path, GRID.replace("Mois;2021;2022", heading) + "\nTotal;108066,00;109266,00\n")
    assert reading.revenue == series("2021-01", *(f"{9000 + n}.00" for n in range(12)),
                                     *(f"{9100 + n}.00" for n in range(12)))
    assert (reading.layout, reading.cells[0], reading.cells[13]) == ("grid", "2:9", "3:17")
    assert {one.code for one in reading.findings} <= {"table_unnamed", "table_totals_left"}
    assert "table_totals_left" in {one.code for one in reading.findings}


def test_years_in_any_order_quarters_and_empty_ends_of_a_grid(tmp_path):
    rows = [f"{month};{9100 + n if n < 5 else ''};{9000 + n}" for n, month in enumerate(FRENCH)]
    rows.insert(3, "T1;27303;27003")
    reading = read(tmp_path, "Mois;CA 2022;CA 2021;Remarque\n" + "\n".join(rows))
    assert (reading.revenue.first, reading.revenue.last) == ("2021-01", "2022-05")
    assert {one.code for one in reading.findings} == {"table_totals_left", "table_column_left"}


@pytest.mark.parametrize(("text", "told"), [
    (GRID.replace("mars;9002,00;9102,00", "mars;9002,00;"), [(4, 14, "revenue_amount")]),
    (GRID.replace("mars", "avril", 1).replace("mars", "avril"), [(5, 1, "revenue_month_twice")] * 2),
    (GRID.replace("mars", "prairial"), [(4, 1, "revenue_month"), (5, 1, "revenue_hole"), (5, 1, "revenue_hole")]),
    (GRID + "\nTotal;108066,00;1,00", [(14, 17, "total_differs")]),
    (GRID.replace("2022", "2021"), [(1, 11, "revenue_two_columns")]),
    (GRID.replace("2022", "2022 TTC"), [(1, 11, "revenue_ttc")]),
])
def test_slips_in_months_by_years_are_told(tmp_path, text, told):
    found = codes(tmp_path, text)
    assert set(told) <= set(found)


def test_a_total_that_says_nothing_is_left(tmp_path):
    reading = read(tmp_path, GRID + "\nTotal;x;y")
    assert [code for _, _, code in findings(reading)] == ["table_unnamed", "table_line_left", "table_line_left"]


@pytest.mark.parametrize("label", ["T{q} {y}", "{q}e trimestre {y}", "Q{q} {y}", "Trimestre {q}", "t{q} {s}"])
def test_quarters_that_are_the_sums_of_their_months_are_left_out(tmp_path, label):
    lines = []
    for n in range(24):
        lines.append(f"{month_name(2021 * 12 + n)};100,00")
        if n % 3 == 2:
            lines.append(label.format(q=n % 12 // 3 + 1, y=2021 + n // 12, s=21 + n // 12) + ";300,00")
    reading = read(tmp_path, "mois;ca\n" + "\n".join(lines))
    assert reading.revenue == series("2021-01", *["100.00"] * 24)
    assert [code for _, _, code in findings(reading)] == ["table_totals_left"]
    assert codes(tmp_path, "mois;ca\n" + "\n".join(lines).replace("300,00", "310,00", 1)) == [
        (5, lines[3].index(";") + 2, "total_differs")]


def test_quarters_without_their_months_are_no_months(tmp_path):
    assert codes(tmp_path, "mois;ca\n2021-01;1,00\n2021-02;1,00\nT1 2021;2,00\nT2 2021;3,00\n") == [
        (4, 1, "revenue_quarter"), (5, 1, "revenue_quarter")]


def test_a_short_year_is_read_where_it_cannot_be_a_month(tmp_path):
    assert read(tmp_path, "mois;ca\n12/21;1,00\n01/22;2,00\n").revenue == series("2021-12", "1.00", "2.00")
    assert codes(tmp_path, "mois;ca\n03/04;1,00\n04/04;2,00\n") == [(2, 1, "revenue_month"), (3, 1, "revenue_month")]


def test_revenue_achieved_is_revenue_and_a_budget_is_left(tmp_path):
    reading = read(tmp_path, "Mois;CA budget;CA réalisé\n2021-01;5,00;1,00\n2021-02;6,00;2,00\n")
    assert reading.revenue == series("2021-01", "1.00", "2.00")
    assert findings(reading) == [(1, 6, "table_column_left")]


def test_two_years_abreast_without_their_names_are_asked_about(tmp_path):
    assert codes(tmp_path, "Mois;CA N;CA N-1\n2021-01;5,00;1,00\n2021-02;6,00;2,00\n") == [
        (1, 11, "revenue_relative_years")]
    assert read(tmp_path, "Mois;CA N\n2021-01;5,00\n2021-02;6,00\n").revenue == series("2021-01", "5.00", "6.00")
