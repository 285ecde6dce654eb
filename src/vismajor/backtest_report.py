"""What `backtest` prints: one table a decision, what was foreseen beside what the court did, and a count; or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from rich.table import Table

from vismajor.backtest import AwardPoint, Backtest, Point, Tally, tally
from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.reasoning.worlds import DEFAULT_WORLDS
from vismajor.screen import WIDTH, render, wrapped

Row = tuple[str, str, str, str]
AGREES = {True: "✓", False: "✗", None: ""}


def tell_backtest(tests: Sequence[Backtest], language: str, worlds: int = DEFAULT_WORLDS) -> str:
    """Tell each decision beside what was foreseen, then the counts, in `language`; 80 columns."""
    say = words(language)
    lines = [part for test in tests for part in (*_heading(test, language), render(_table(test, language)), "")]
    own = [test for test in tests if not test.decision.other_dispute]
    others = [test for test in tests if test.decision.other_dispute]
    if own:
        lines += [wrapped(text, language) for text in _counts(tally(own), language)]
    if others:
        counted = tally(others)
        lines.append(wrapped(say["backtest_count_others"].format(
            agreed=counted.agreed, decided=counted.decided), language))
    simulated = say["backtest_simulated"].format(worlds=typography.number(worlds, language))
    return "\n".join([*lines, wrapped(f"{say['backtest_note']} {simulated}", language)])


def _heading(test: Backtest, language: str) -> Iterator[str]:
    """Yield the case, the decision, and on which day the program was asked."""
    say, decision = words(language), test.decision
    yield wrapped(test.case.file.title.in_language(language), language)
    number = say["backtest_number"].format(number=decision.number) if decision.number else ""
    asked = say["backtest_asked"].format(day=typography.date(test.as_of, language))
    yield wrapped(f"{typography.capital(decision.court)}, {typography.date(decision.date, language)}{number}"
                  f"{say['semicolon']}{asked}", language)
    if decision.other_dispute:
        yield wrapped(say["backtest_other_dispute"].format(parties=decision.other_dispute), language)


def _table(test: Backtest, language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH)
    table.add_column(say["issue"])
    table.add_column(say["backtest_foreseen"])
    table.add_column(say["backtest_court"])
    table.add_column("", width=1)
    for row in _point_rows(test.points, language):
        table.add_row(*row)
    if test.award is not None:
        table.add_section()
        for row in _award_rows(test.award, language):
            table.add_row(*row)
    return table


def _point_rows(points: Sequence[Point], language: str) -> Iterator[Row]:
    say = words(language)
    for point in points:
        low, high = (typography.share(chance, language) for chance in (point.low, point.high))
        chance = low if low == high else say["range"].format(low=low, high=high)
        answer = say["or"].join(say[label] for label in point.labels)
        duty = f" ({point.duty_title.in_language(language)})" if point.duty_title else ""
        ruling = say[f"backtest_{point.ruling}"] if point.ruling else say["backtest_not_known"]
        yield point.issue.title.in_language(language) + duty, f"{chance}, {answer}", ruling, AGREES[point.agrees]


def _award_rows(award: AwardPoint, language: str) -> Iterator[Row]:
    say, foreseen = words(language), award.foreseen

    def euros(amount: Decimal) -> str:
        return typography.money(amount, language)

    made = say["backtest_not_known"] if award.made is None else typography.money(award.made, language, cents=True)
    yield typography.capital(say["claimed"]), euros(award.claimed), "", ""
    yield say["backtest_award_mean"], euros(foreseen.mean), "", ""
    yield say["backtest_award_median"], euros(foreseen.p50), "", ""
    between = say["range"].format(low=euros(foreseen.p10), high=euros(foreseen.p90))
    yield say["backtest_award_between"], between, made, AGREES[award.inside]
    if award.below is not None and award.at_most is not None:
        low, high = (typography.share(rank, language) for rank in (award.below, award.at_most))
        yield say["backtest_rank"], low if low == high else say["range"].format(low=low, high=high), "", ""


def _counts(counted: Tally, language: str) -> Iterator[str]:
    say = words(language)
    yield say["backtest_count_points"].format(agreed=counted.agreed, decided=counted.decided)
    if counted.awarded:
        yield say["backtest_count_awards"].format(inside=counted.inside, awarded=counted.awarded)


def backtest_json(tests: Sequence[Backtest]) -> dict[str, Any]:
    """Return the backtest as JSON data; money as text with two decimals, what is not known as null."""
    return {
        "decisions": [_decision_json(test) for test in tests],
        "tally": _tally_json([test for test in tests if not test.decision.other_dispute]),
        "tally_other_disputes": _tally_json([test for test in tests if test.decision.other_dispute]),
    }


def _tally_json(tests: Sequence[Backtest]) -> dict[str, int]:
    counted = tally(tests)
    return {"agreed": counted.agreed, "decided": counted.decided, "awards_inside": counted.inside,
            "awards": counted.awarded}


def _decision_json(test: Backtest) -> dict[str, Any]:
    decision = test.decision
    return {
        "case": test.case.seed, "court": decision.court, "date": decision.date.isoformat(), "number": decision.number,
        "as_of": test.as_of.isoformat(), "other_dispute": decision.other_dispute,
        "points": [
            {"issue": point.issue.id, "duty": point.duty, "low": round(point.low, 6), "high": round(point.high, 6),
             "labels": list(point.labels), "held": point.ruling, "agrees": point.agrees} for point in test.points
        ],
        "award": None if test.award is None else _award_json(test.award),
    }


def _award_json(award: AwardPoint) -> dict[str, Any]:
    foreseen = award.foreseen
    return {
        "claimed": f"{award.claimed:.2f}", "mean": f"{foreseen.mean:.2f}", "p10": f"{foreseen.p10:.2f}",
        "p50": f"{foreseen.p50:.2f}", "p90": f"{foreseen.p90:.2f}",
        "awarded": None if award.made is None else f"{award.made:.2f}",
        "below": None if award.below is None else round(award.below, 6),
        "at_most": None if award.at_most is None else round(award.at_most, 6), "inside": award.inside,
    }
