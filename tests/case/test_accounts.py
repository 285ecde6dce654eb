"""Monthly revenue: what is read, and what is told of every slip of an export."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vismajor.case.accounts import read_revenue
from vismajor.case.series import MonthlySeries
from vismajor.reading.problems import InvalidInput


def read(tmp_path: Path, text: str | bytes) -> MonthlySeries:
    path = tmp_path / "accounts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_revenue(path, "accounts.csv")


def codes(tmp_path: Path, text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    return [(p.line, p.column, p.code) for p in caught.value.problems]


@pytest.mark.parametrize("text", [
    "month;revenue\n2019-12;100.50\n2020-01;-20\n",
    "\ufeffmonth;revenue\r\n2019-12;100.50\r\n2020-01;-20.00\r\n",
    'month;revenue\n"2019-12";"100.50"\n\n2020-01 ; -20.00 \n',
    "month;revenue\r2019-12;100.5\r2020-01;-20\r",
])
def test_the_exports_of_different_programs_read_alike(tmp_path, text):
    revenue = read(tmp_path, text)
    assert revenue == MonthlySeries(first="2019-12", amounts=(Decimal("100.50"), Decimal("-20.00")))
    assert (revenue.last, revenue.months_before("2020-01"), revenue.months_before("2019-10")) == ("2020-01", 1, -2)


@pytest.mark.parametrize("amount", ["12,50", "1 250.00", "1_250", "1e3", "NaN", "Infinity", "12.505", "٣", "", "12;13",
                                    "1234567890123.00"])
def test_an_amount_that_is_not_plain_is_refused_at_its_column(tmp_path, amount):
    assert codes(tmp_path, f"month;revenue\n2019-12;{amount}\n") == [(2, 9, "revenue_amount")]


def test_each_slip_of_the_months_is_told_once_at_its_line(tmp_path):
    text = "month;revenue\n2019-01;1\n2019-03;1\n2019-03;1\n2019-13;1\n2019-05;x\n2019-06;1\n2019-02;1\n"
    assert codes(tmp_path, text) == [
        (3, 1, "revenue_hole"), (4, 1, "revenue_month_twice"), (5, 1, "revenue_month"), (6, 9, "revenue_amount"),
        (8, 1, "revenue_hole"),
    ]


@pytest.mark.parametrize(("text", "code"), [
    ("Mois;CA\n2019-01;1\n", "revenue_header"), ("\nmonth;revenue\n", "revenue_header"),
    ("month,revenue\n2019-01,1\n", "revenue_header"), ("month;revenue\n\n", "revenue_empty"),
    ("month;revenue\n2019-01;\"1\n", "revenue_layout"), ("month;revenue\n" + "9" * 200_000, "revenue_layout"),
    (" \n", "empty_file"), ("month;revenue\n2019-01;1 €".encode("cp1252"), "not_utf8"),
])
def test_a_file_that_is_no_table_is_told(tmp_path, text, code):
    assert [told[2] for told in codes(tmp_path, text)] == [code]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("month;revenue\n\r\t\"' 0123456789-.,€\x00é"), max_size=60))
def test_no_text_whatever_ends_in_another_error(tmp_path, text):
    for whole in (text, "month;revenue\n" + text):
        try:
            assert len(read(tmp_path, whole).amounts) >= 1
        except InvalidInput as error:
            assert error.problems


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1990 * 12, 2040 * 12), st.lists(st.decimals(-10**9, 10**9, places=2), min_size=1, max_size=40))
def test_what_is_written_is_what_is_read(tmp_path, first, amounts):
    months = [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, first + len(amounts))]
    revenue = read(tmp_path, "month;revenue\n" + "".join(f"{m};{a}\n" for m, a in zip(months, amounts, strict=True)))
    assert (revenue.first, revenue.last, list(revenue.amounts)) == (months[0], months[-1], amounts)
