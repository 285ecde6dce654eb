import datetime as dt
from decimal import Decimal

import pytest

from vismajor.drafting.typography import (
    amount,
    capital,
    date,
    elided,
    listing,
    money,
    number,
    of_share,
    partial_date,
    share,
    spaced,
)

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(("value", "expected"), [
    ("0", f"0{NO_BREAK}€"),
    ("0.49", f"0{NO_BREAK}€"),
    ("0.50", f"1{NO_BREAK}€"),
    ("999.50", f"1{NARROW}000{NO_BREAK}€"),
    ("2.5", f"3{NO_BREAK}€"),
    ("1284350.27", f"1{NARROW}284{NARROW}350{NO_BREAK}€"),
    ("12345678901234.00", f"12{NARROW}345{NARROW}678{NARROW}901{NARROW}234{NO_BREAK}€"),
])
def test_money_is_rounded_half_upwards_and_spaced_in_french(value: str, expected: str) -> None:
    assert money(Decimal(value), "fr") == expected


@pytest.mark.parametrize(("value", "expected"), [
    ("2.345", f"2,35{NO_BREAK}€"),
    ("2.344", f"2,34{NO_BREAK}€"),
    ("0.005", f"0,01{NO_BREAK}€"),
    ("1000", f"1{NARROW}000,00{NO_BREAK}€"),
    ("1284350.27", f"1{NARROW}284{NARROW}350,27{NO_BREAK}€"),
])
def test_cents_are_shown_where_they_are_asked_for(value: str, expected: str) -> None:
    assert money(Decimal(value), "fr", cents=True) == expected


@pytest.mark.parametrize(("value", "cents", "expected"), [
    ("1284350.50", False, "€1,284,351"), ("2.345", True, "€2.35"), ("1284350.27", True, "€1,284,350.27"),
])
def test_money_follows_english_habits_in_english(value: str, cents: bool, expected: str) -> None:
    assert money(Decimal(value), "en", cents=cents) == expected


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("cents", [False, True])
@pytest.mark.parametrize("value", ["-0", "-0.001", "-0.004", "0"])
def test_nothing_is_never_printed_with_a_minus(value: str, cents: bool, language: str) -> None:
    assert "-" not in money(Decimal(value), language, cents=cents)
    assert amount(Decimal(value), language) == "0"


def test_a_negative_sum_keeps_its_sign() -> None:
    assert money(Decimal("-1500"), "fr") == f"−1{NARROW}500{NO_BREAK}€"


def test_an_amount_in_a_table_has_no_sign_of_currency() -> None:
    assert amount(Decimal("1234.50"), "fr") == f"1{NARROW}235"
    assert amount(Decimal("1234.50"), "en") == "1,235"


def test_plain_numbers_take_the_separators_of_the_language() -> None:
    assert number(20000, "fr") == f"20{NARROW}000"
    assert number(20000, "en") == "20,000"
    assert number(Decimal("1.5"), "fr") == "1,5"


@pytest.mark.parametrize(("probability", "french", "english"), [
    (0, f"0{NO_BREAK}%", "0%"),
    (0.0001, f"<{NO_BREAK}1{NO_BREAK}%", f"<{NO_BREAK}1%"),
    (0.004, f"<{NO_BREAK}1{NO_BREAK}%", f"<{NO_BREAK}1%"),
    (0.005, f"1{NO_BREAK}%", "1%"),
    (0.345, f"35{NO_BREAK}%", "35%"),
    (0.285, f"29{NO_BREAK}%", "29%"),  # in binary 0.285 * 100 falls just short of 28.5
    (0.5, f"50{NO_BREAK}%", "50%"),
    (0.994, f"99{NO_BREAK}%", "99%"),
    (0.996, f">{NO_BREAK}99{NO_BREAK}%", f">{NO_BREAK}99%"),
    (1, f"100{NO_BREAK}%", "100%"),
])
def test_a_chance_that_is_neither_nil_nor_certain_is_not_printed_as_such(
        probability: float, french: str, english: str) -> None:
    assert share(probability, "fr") == french
    assert share(probability, "en") == english


@pytest.mark.parametrize(("probability", "french", "english"), [
    (0, "nulle", "0%"),
    (0.004, f"inférieure à 1{NO_BREAK}%", "below 1%"),
    (0.36, f"de 36{NO_BREAK}%", "36%"),
    (0.996, f"supérieure à 99{NO_BREAK}%", "above 99%"),
    (1, f"de 100{NO_BREAK}%", "100%"),
])
def test_a_chance_in_a_sentence_reads_after_is(probability: float, french: str, english: str) -> None:
    assert of_share(probability, "fr") == french
    assert of_share(probability, "en") == english


@pytest.mark.parametrize(("day", "french", "english"), [
    (dt.date(2021, 3, 10), "10 mars 2021", "10 March 2021"),
    (dt.date(2021, 8, 1), "1er août 2021", "1 August 2021"),
    (dt.date(2021, 2, 11), "11 février 2021", "11 February 2021"),
    (dt.date(2021, 12, 31), "31 décembre 2021", "31 December 2021"),
])
def test_dates_are_written_in_words_and_the_first_is_an_ordinal_in_french(
        day: dt.date, french: str, english: str) -> None:
    assert date(day, "fr") == french
    assert date(day, "en") == english


@pytest.mark.parametrize(("text", "french", "english"), [
    ("2022", "2022", "2022"), ("2022-03", "mars 2022", "March 2022"), ("2022-10", "octobre 2022", "October 2022"),
    ("2022-03-01", "1er mars 2022", "1 March 2022"), ("2022-03-21", "21 mars 2022", "21 March 2022"),
])
def test_a_date_known_in_part_is_written_as_far_as_it_is_known(text: str, french: str, english: str) -> None:
    assert partial_date(text, "fr") == french
    assert partial_date(text, "en") == english


def test_lists_end_with_and() -> None:
    assert listing(["a"], "fr") == "a"
    assert listing(["a", "b"], "fr") == "a et b"
    assert listing(["a", "b", "c"], "fr") == "a, b et c"
    assert listing(["a", "b", "c"], "en").replace(", and", " and") == "a, b and c"


def test_a_capital_leaves_the_rest_as_it_was() -> None:
    assert capital("l'OVH de Roubaix") == "L'OVH de Roubaix"
    assert capital("été") == "Été"
    assert capital("") == ""


@pytest.mark.parametrize(("text", "expected"), [
    ("oui ; non ? si !", f"oui{NARROW}; non{NARROW}? si{NARROW}!"),
    ("ceci : cela", f"ceci{NO_BREAK}: cela"),
    ("« dit »", f"«{NO_BREAK}dit{NO_BREAK}»"),
    ("36 % de 900 €", f"36{NO_BREAK}% de 900{NO_BREAK}€"),
    ("n° 5, art. 1218", f"n°{NO_BREAK}5, art.{NO_BREAK}1218"),
    ("l'offre", "l’offre"),
    ("https://exemple.fr:80/?a=1", "https://exemple.fr:80/?a=1"),
])
def test_french_signs_never_begin_a_line(text: str, expected: str) -> None:
    assert spaced(text, "fr") == expected


def test_spacing_twice_changes_nothing_more() -> None:
    once = spaced("« Qu'est-ce ? » : 36 % ; n° 5 !", "fr")
    assert spaced(once, "fr") == once


def test_english_text_is_left_alone() -> None:
    assert spaced("what's this ? 36 % : « x »", "en") == "what's this ? 36 % : « x »"


@pytest.mark.parametrize(("text", "expected"), [
    ("si le tribunal retient que il pleut", "si le tribunal retient qu’il pleut"),
    ("que une cause, que aucun fait, que elles, que on", "qu’une cause, qu’aucun fait, qu’elles, qu’on"),
    ("que l’événement, que les copies, que onze, quelque un", "que l’événement, que les copies, que onze, quelque un"),
    ("à partir de octobre 2021, de mars à août", "à partir d’octobre 2021, de mars à août"),
])
def test_que_is_elided_before_the_words_with_which_a_clause_begins(text: str, expected: str) -> None:
    assert elided(text, "fr") == expected
    assert elided(text, "en") == text
