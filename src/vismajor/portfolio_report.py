"""What `portfolio` prints and writes: the table of claimants together, and one line for each of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from vismajor.drafting import typography
from vismajor.drafting.words import counted, words
from vismajor.report import in_cents, spread_json, value_json_of
from vismajor.screen import WIDTH, render, wrapped
from vismajor.settlement.portfolio import PortfolioValue
from vismajor.settlement.portfolio_court import Line

COLUMNS = ("id", "name", "model", "claimed", "mean", "standard_error", "p10", "p50", "p90", "nothing", "more")


def portfolio_json(value: PortfolioValue, lines: Iterable[Line] | None, file: Path | None) -> dict[str, Any]:
    """Return the value of a table of claimants as JSON data; `claimants` where their lines are not in a file."""
    found: dict[str, Any] = {
        "case": value.case.file.title.model_dump(), "as_of": value.case.as_of.isoformat(), "seed": value.worlds.seed,
        "worlds": value.worlds.count, "count": value.count, "together": value_json_of(value.together),
        "models": {share.model: {"count": share.count, "claimed": in_cents(share.claimed), "mean": in_cents(share.mean)}
                   for share in value.models},
    }
    if file is not None:
        return {**found, "file": str(file)}
    return {**found, "claimants": {line.id: _line_json(line) for line in lines or ()}}


def _line_json(line: Line) -> dict[str, Any]:
    return {"name": line.name, "model": line.model, "claimed": in_cents(line.claimed), "award": spread_json(line.award),
            "judgment_brings_more": None if line.more is None else round(line.more, 6)}


def tell_portfolio(value: PortfolioValue, file: Path | None) -> str:
    """Tell what all claimants are worth together, and model by model, in the language of the case."""
    language = value.case.file.language
    say = words(language)
    title = say["portfolio_title"].format(title=value.case.file.title.in_language(language),
                                          count=counted(value.count, "claimants", language))
    note = say["worlds_note"].format(
        worlds=typography.number(value.worlds.count, language), seed=value.worlds.seed,
        as_of=typography.date(value.case.as_of, language))
    # A path is not folded: it is there to be copied.
    written = say["portfolio_unwritten"] if file is None else say["portfolio_written"].format(path=file)
    return "\n".join([render(_models(value, title, language)), render(_outcomes(value, language)),
                      wrapped(say["portfolio_one_court"], language), written, wrapped(note, language)])


def _models(value: PortfolioValue, title: str, language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH, title=title, title_justify="left")
    for name in ("model", "count", "claimed", "mean"):
        table.add_column(say[f"portfolio_{name}"], justify="left" if name == "model" else "right",
                         no_wrap=name != "model")
    for share in value.models:
        table.add_row(escape(share.name), typography.number(share.count, language),
                      typography.money(share.claimed, language), typography.money(share.mean, language))
    table.add_section()
    table.add_row(say["portfolio_together"], typography.number(value.count, language),
                  typography.money(value.together.claimed, language),
                  typography.money(value.together.award.mean, language), style="bold")
    return table


def _outcomes(value: PortfolioValue, language: str) -> Table:
    say, together, spread = words(language), value.together, value.together.award
    table = Table(width=WIDTH)
    table.add_column(say["portfolio_outcome"])
    table.add_column(say["portfolio_chance"], justify="right", no_wrap=True)
    table.add_column(say["portfolio_amount"], justify="right", no_wrap=True)

    def row(name: str, amount: Decimal | None, chance: float | None = None, **values: str) -> None:
        table.add_row(say[f"portfolio_{name}"].format(**values),
                      "" if chance is None else typography.share(chance, language),
                      "–" if amount is None else typography.money(amount, language))

    row("mean_row", spread.mean, error=typography.money(spread.standard_error, language))
    row("p10", spread.p10)
    row("p50", spread.p50)
    row("p90", spread.p90)
    table.add_section()
    row("nothing", Decimal(0), together.not_liable.probability)
    for name, branch in (("capped", together.capped), ("uncapped", together.uncapped)):
        row(name, branch.mean, branch.probability)
    for standing in together.offers:
        row("offer", standing.amount, standing.judgment_brings_more,
            date=typography.short_date(standing.offer.date, language))
    return table


def portfolio_csv(lines: Sequence[Line], language: str) -> bytes:
    """Return one line a claimant as a CSV that the language's spreadsheets open: semicolons and commas in French."""
    say, text = words(language), io.StringIO()
    shown = [name for name in COLUMNS if name != "more" or any(line.more is not None for line in lines)]
    writer = csv.DictWriter(text, shown, extrasaction="ignore", delimiter=";" if language == "fr" else ",",
                            lineterminator="\r\n")
    writer.writerow({name: say[f"portfolio_csv_{name}"] for name in shown})
    for line in lines:
        writer.writerow({name: cell.replace(".", ",") if language == "fr" and name not in COLUMNS[:3] else cell
                         for name, cell in _cells(line).items()})
    return text.getvalue().encode("utf-8-sig")


def _cells(line: Line) -> Mapping[str, str]:
    spread = line.award
    return {
        "id": line.id, "name": line.name, "model": line.model, "claimed": in_cents(line.claimed),
        "mean": in_cents(spread.mean), "standard_error": in_cents(spread.standard_error), "p10": in_cents(spread.p10),
        "p50": in_cents(spread.p50), "p90": in_cents(spread.p90), "nothing": f"{spread.nothing:.6f}",
        "more": "" if line.more is None else f"{line.more:.6f}",
    }
