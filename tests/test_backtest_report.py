"""What `backtest` prints: readable at 80 columns in both languages; JSON with the same figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from vismajor.backtest import Backtest, backtest, load_decided
from vismajor.backtest_report import backtest_json, tell_backtest
from vismajor.drafting.typography import NO_BREAK, date, money, share


@pytest.fixture(scope="module")
def compared() -> list[Backtest]:
    return backtest(load_decided([ROOT / "cases" / name for name in ("bati-courtage", "bluepad", "ovh-strasbourg")]),
                    worlds=300)


def plain(text: str) -> str:
    """Return a text on one line, with plain spaces."""
    return " ".join(text.replace(NO_BREAK, " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_line_fits_80_columns(compared: list[Backtest], language: str) -> None:
    lines = tell_backtest(compared, language).splitlines()
    assert max(len(line) for line in lines) == 80
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_decision_has_its_table_with_its_dates_and_figures(compared: list[Backtest], language: str) -> None:
    told = tell_backtest(compared, language)
    assert told.count("┏") == len(compared) == 6
    for test in compared[:3]:
        text = plain(tell_backtest([test], language))
        assert plain(date(test.decision.date, language)) in text
        assert plain(date(test.as_of, language)) in text
        assert test.award is not None
        assert test.award.made is not None
        for amount in (test.award.claimed, test.award.foreseen.mean, test.award.foreseen.p50, test.award.foreseen.p90):
            assert plain(money(amount, language)) in text
        assert plain(money(test.award.made, language, cents=True)) in text
        assert plain(share(test.award.below or 0, language)) in text


def test_french_and_english_differ(compared: list[Backtest]) -> None:
    french, english = plain(tell_backtest(compared, "fr")), plain(tell_backtest(compared, "en"))
    assert "Clause de force majeure │" in french
    assert "Force majeure clause │" in english
    assert "rejeté" in french
    assert "rejected" in english
    assert "'" not in french


def test_a_mark_says_whether_the_likelier_answer_was_the_court_s(compared: list[Backtest]) -> None:
    for test in compared:
        rows = [row for row in tell_backtest([test], "en").splitlines() if row.startswith("│")]
        for point in test.points:
            row = next(row for row in rows if point.issue.title.en in row)
            mark = {True: "✓", False: "✗", None: " "}[point.agrees]
            assert row.rstrip("│ ").endswith("✓") or row.rstrip("│ ").endswith("✗") or mark == " "
            assert (mark in row) or mark == " "


def test_other_disputes_are_said_to_be_so_and_counted_apart(compared: list[Backtest]) -> None:
    own, others = plain(tell_backtest(compared[:3], "en")), plain(tell_backtest(compared[3:], "en"))
    assert "other disputes" not in own
    assert "Award made between P10 and P90" in own
    assert others.count("Another dispute, same event:") == 3
    assert "Award" not in others
    assert "In other disputes on the same event: the likelier answer was the court's on 6 of 6 points" in others


def test_an_award_that_is_not_known_is_not_compared(compared: list[Backtest]) -> None:
    award = compared[0].award
    assert award is not None
    unknown = replace(compared[0], award=replace(award, made=None, below=None, at_most=None))
    told = plain(tell_backtest([unknown], "en"))
    assert "Rank of the amount awarded" not in told
    assert "Award made between" not in told
    assert backtest_json([unknown])["decisions"][0]["award"]["awarded"] is None


def test_json_holds_the_same(compared: list[Backtest]) -> None:
    data = backtest_json(compared)
    for test, told in zip(compared, data["decisions"], strict=True):
        assert (told["case"], told["date"], told["as_of"]) == (
            test.case.seed, test.decision.date.isoformat(), test.as_of.isoformat())
        assert {point["issue"]: point["held"] for point in told["points"]} == {
            point.issue.id: point.ruling for point in test.points}
        assert (told["award"] is None) == bool(told["other_dispute"])
    assert Decimal(data["decisions"][1]["award"]["awarded"]) == Decimal("1800.48")
    assert data["tally"]["awards"] == 3
    assert data["tally_other_disputes"] == {"agreed": 6, "decided": 6, "awards_inside": 0, "awards": 0}
