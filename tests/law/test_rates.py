"""The rates of the French pack: no hole, every row read or marked; a pack may have none; forecasts say so."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vismajor.law.models import Law
from vismajor.law.rates import Rates
from vismajor.law.reader import read_law
from vismajor.reading.problems import LANGUAGES, InvalidInput


@pytest.fixture(scope="module")
def rates(french_law: Law) -> Rates:
    assert french_law.rates is not None
    return french_law.rates


def test_every_half_year_since_2015_has_its_row(rates: Rates) -> None:
    assert (rates.legal_rate[0].from_, rates.legal_rate[-1].to) == (dt.date(2015, 1, 1), dt.date(2026, 12, 31))
    assert len(rates.legal_rate) == 24
    for table in (rates.legal_rate, rates.central_bank_rate):
        for before, row in pairwise(table):
            assert row.from_ == before.to + dt.timedelta(days=1)
            assert (row.from_.month, row.from_.day) in ((1, 1), (7, 1))


def test_a_person_is_never_owed_less_than_a_business(rates: Rates) -> None:
    assert all(row.person > row.business for row in rates.legal_rate)


def test_what_no_text_confirms_is_the_last_half_year_and_the_last_rates_of_the_bank(rates: Rates) -> None:
    assert [row.from_ for row in rates.legal_rate if not row.confirmed] == [dt.date(2026, 7, 1)]
    assert [row.from_ for row in rates.central_bank_rate if not row.confirmed] == [
        dt.date(2025, 7, 1), dt.date(2026, 1, 1), dt.date(2026, 7, 1)]
    assert all(row.source.url for row in (*rates.legal_rate, *rates.central_bank_rate) if row.confirmed)


def test_an_order_comes_before_the_half_year_that_it_fixes(rates: Rates) -> None:
    assert all(row.source.order < row.from_ for row in rates.legal_rate if row.source.order)


def test_the_contribution_is_that_of_the_pilot_courts_without_lille(rates: Rates) -> None:
    assert len(rates.contribution.courts) == 12
    assert not any("Lille" in court for court in rates.contribution.courts)


def test_a_pack_may_have_no_rates(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "rules" / "fr", tmp_path / "pack"))
    (folder / "rates.yaml").unlink()
    assert read_law(str(folder)).rates is None


def test_beyond_the_table_both_ends_are_told_with_their_rows(rates: Rates) -> None:
    with pytest.raises(InvalidInput) as caught:
        rates.legal_between(dt.date(2014, 12, 31), dt.date(2027, 1, 2))
    text = (ROOT / "rules" / "fr" / "rates.yaml").read_text(encoding="utf-8").split("\n")
    before, beyond = caught.value.problems
    assert (before.code, beyond.code) == ("rate_before_table", "rate_beyond_table")
    assert (before.file, beyond.file) == ("fr/rates.yaml", "fr/rates.yaml")
    assert "from: 2015-01-01" in text[before.line - 1]
    assert "to: 2026-12-31" in text[beyond.line - 1]
    for language in LANGUAGES:
        assert "2027-01-02" in beyond.explain(language)
    assert rates.legal_between(dt.date(2026, 12, 31), dt.date(2027, 1, 1)) == rates.legal_rate[-1:]


def test_a_file_of_an_earlier_day_knows_the_rates_of_that_day_only(rates: Rates) -> None:
    known = rates.known_on(dt.date(2022, 1, 13))
    assert known.legal_rate[-1].from_ == dt.date(2022, 1, 1)
    assert rates.known_on(dt.date(2022, 1, 1)) == known
    assert rates.known_on(dt.date(2021, 12, 31)).legal_rate == known.legal_rate[:-1]
    with pytest.raises(InvalidInput):
        known.legal_between(dt.date(2022, 1, 1), dt.date(2022, 7, 2))


def test_a_forecast_holds_the_last_rate_and_marks_it(rates: Rates) -> None:
    held = rates.known_on(dt.date(2022, 1, 13)).held_until(dt.date(2025, 12, 31))
    last = held.legal_rate[-1]
    assert (last.from_, last.to, last.business) == (dt.date(2022, 7, 1), dt.date(2025, 12, 31), Decimal("0.76"))
    assert not last.confirmed
    assert rates.held_until(dt.date(2020, 1, 1)).legal_rate == rates.legal_rate
