"""`vismajor interest`: published results, every line recomputed, wrong input told."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result

from vismajor.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["interest", *arguments])


def test_late_payment_gives_the_published_lines_and_the_fee() -> None:
    data = json.loads(run("10000", "--from", "2026-05-01", "--until", "2026-09-01", "--late-payment", "--json").output)
    assert [(line["days"], line["amount"]) for line in data["lines"]] == [(61, "203.05"), (62, "210.63")]
    assert (data["amount"], data["recovery_fee"], data["total"]) == ("413.68", "40.00", "10453.68")
    assert data["unconfirmed"]


def test_each_line_of_the_legal_rate_can_be_recomputed_and_the_rate_rises() -> None:
    data = json.loads(run("101172", "--from", "2023-01-26", "--until", "2024-03-01", "--enforceable-on", "2023-02-15",
                          "--json").output)
    for line in data["lines"]:
        exact = Decimal(line["principal"]) * line["days"] * Decimal(line["rate"]) / 36_500
        assert Decimal(line["amount"]) == exact.quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert [line["rate"] for line in data["lines"]] == ["2.06", "7.06", "9.22", "10.07"]  # 5 points from 16 April 2023
    assert Decimal(data["amount"]) == sum(Decimal(line["amount"]) for line in data["lines"])


def test_a_person_has_a_rate_of_its_own_and_a_whole_year_bears_interest() -> None:
    plain = json.loads(run("10000", "--from", "2023-01-01", "--until", "2025-01-01", "--json").output)
    person = json.loads(run("10000", "--from", "2023-01-01", "--until", "2025-01-01", "--person", "--json").output)
    joined = json.loads(run("10000", "--from", "2023-01-01", "--until", "2025-01-01", "--capitalised", "--json").output)
    assert Decimal(person["amount"]) > Decimal(joined["amount"]) > Decimal(plain["amount"])
    assert {line["principal"] for line in joined["lines"]} == {"10000.00", "10314.88"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lines_total_and_texts_are_told_within_eighty_columns(language: str) -> None:
    told = CliRunner().invoke(main, ["--lang", language, "interest", "10000", "--from", "2026-05-01", "--until",
                                     "2026-09-01", "--late-payment"]).output
    assert max(len(line) for line in told.splitlines()) <= 80
    assert "441-10" in told
    assert "*" in told


@pytest.mark.parametrize(("arguments", "says"), [
    (("1e3", "--from", "2023-01-01", "--until", "2024-01-01"), "expected an amount in euros"),
    (("-5", "--from", "2023-01-01", "--until", "2024-01-01"), "No such option"),
    (("10", "--from", "2024-01-01", "--until", "2023-01-01"), "before --from"),
    (("10", "--from", "2024-01-01", "--until", "2030-01-01"), "the rates are known up to"),
    (("10", "--from", "1990-01-01", "--until", "2020-01-01"), "the rates begin here"),
    (("10", "--from", "2023-01-01", "--until", "2024-01-01", "--late-payment", "--person"), "goes without"),
    (("10", "--from", "2023-01-01", "--until", "2024-01-01", "--capitalised-from", "2022-01-01"),
     "a day of the period"),
    (("10", "--from", "yesterday", "--until", "2020-01-01"), "expected a date"),
])
def test_wrong_input_is_told(arguments: tuple[str, ...], says: str) -> None:
    result = CliRunner().invoke(main, ["--lang", "en", "interest", *arguments])
    assert result.exit_code == 2
    assert says in result.output


def test_only_the_texts_of_what_was_asked_are_cited() -> None:
    plain, joined, raised = (CliRunner().invoke(main, [
        "--lang", "en", "interest", "10000", "--from", "2023-01-01", "--until", "2025-01-01", *more]).output
        for more in ((), ("--capitalised",), ("--enforceable-on", "2023-02-01")))
    assert "1343-2" in joined
    assert "former art. 1154 [to be verified]" in " ".join(joined.split())  # nobody read it
    assert "1343-2" not in plain + raised
    assert "313-3" in raised.replace("\n", " ")
    assert "313-3" not in plain.replace("\n", " ")
