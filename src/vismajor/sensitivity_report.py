"""What `sensitivity` prints: what moves the mean award most, ranked, and which of these depend on each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rich.table import Table
from rich.text import Text

from vismajor.drafting import typography
from vismajor.drafting.factor_said import say_factor, say_row
from vismajor.drafting.words import words
from vismajor.report import in_cents
from vismajor.scenario_report import apart_euros
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.sensitivity import Effect, End, Interaction, Sensitivity

SHOWN = 10  # interactions told
WHAT = 39  # columns of a table of 80 that are left for what a factor is


def sensitivity_json(found: Sensitivity, language: str) -> dict[str, Any]:
    """Return all effects as JSON data, ranked, and the interactions that were tried."""
    assessment = found.valuation.assessment
    return {
        "case": assessment.case.file.title.model_dump(), "claimant": found.claimant,
        "as_of": assessment.case.as_of.isoformat(), "seed": assessment.worlds.seed, "worlds": assessment.worlds.count,
        "tried_on": found.tried, "award": _euros(found.award), "without_effect": found.still,
        "effects": [_effect_json(found, effect, language) for effect in found.effects],
        "interactions": [
            {"one": _name(pair.one), "other": _name(pair.other), "difference": _euros(pair.difference.amount),
             "standard_error": _euros(pair.difference.standard_error)} for pair in found.interactions],
    }


def _euros(amount: float) -> str:
    return in_cents(Decimal(repr(amount)))


def _name(effect: Effect) -> dict[str, str]:
    return {"kind": effect.factor.kind, "name": effect.factor.name}


def _effect_json(found: Sensitivity, effect: Effect, language: str) -> dict[str, Any]:
    assessment = found.valuation.assessment
    said = say_factor(assessment.law, assessment.case, effect, language)
    row = effect.row
    return {
        **_name(effect), "said": said.line(language), "claimants": list(effect.factor.claimants) or None,
        "interval": ("fitted" if effect.factor.fitted else "step") if effect.factor.kind == "weight" else None,
        "first": _end_json(effect.first), "second": _end_json(effect.second),
        "difference": _euros(effect.difference.amount), "standard_error": _euros(effect.difference.standard_error),
        "issue": row.issue if row else None, "duty": row.duty if row else None,
    }


def _end_json(end: End) -> dict[str, Any]:
    value = end.side.value
    return {"value": value if isinstance(value, bool | int | float | None) else str(value), "award": _euros(end.award),
            "probability": None if end.probability is None else round(end.probability, 6)}


def tell_sensitivity(found: Sensitivity, most: int) -> str:
    """Tell the effects in the case's language, the greatest first, readable at 80 columns."""
    assessment = found.valuation.assessment
    language = assessment.case.file.language
    say = words(language)
    told = found.effects[:most]
    lines = [render(_table(found, told, language))]
    left = len(found.effects) - len(told)
    notes = [say["sensitivity_note"].format(tried=typography.number(found.tried, language))]
    if any(effect.factor.kind == "weight" for effect in told):
        notes.append(say["sensitivity_note_weights"])
    if any(effect.factor.kind == "head" for effect in told):
        notes.append(say["sensitivity_note_heads"])
    notes.append(say["sensitivity_note_rest"].format(
        left=typography.number(left, language), still=typography.number(found.still, language)))
    lines += [wrapped(note, language) for note in notes]
    if found.interactions:
        lines += ["", *_interactions(found, language)]
    return "\n".join([*lines, wrapped(worlds_note(assessment, language), language),
                      wrapped(say["value_internal"], language)])


def _table(found: Sensitivity, told: tuple[Effect, ...], language: str) -> Table:
    say, case = words(language), found.valuation.assessment.case
    named = {one.id: one.name for one in case.file.claimants}
    who = say["scenario_award_all"] if found.claimant is None else named[found.claimant]
    mean = typography.money(Decimal(repr(found.award)), language)
    title = say["sensitivity_title"].format(who=who, mean=mean)
    table = Table(width=WIDTH, title=typography.spaced(title, language), title_justify="left", padding=(0, 0))
    table.add_column("", justify="right")
    table.add_column(say["sensitivity_what"], width=WHAT)
    for name in ("sensitivity_first", "sensitivity_second", "scenario_difference"):
        table.add_column(say[name], justify="right", no_wrap=True)
    for rank, effect in enumerate(told, 1):
        table.add_row(str(rank), _what(found, effect, language), *_ends(effect, language),
                      apart_euros(effect.difference, language), end_section=True)
    return table


def _what(found: Sensitivity, effect: Effect, language: str) -> Text:
    """Return what a factor is, its kind, and the answer that it moves most, folded where a line may break."""
    assessment, say = found.valuation.assessment, words(language)
    said = say_factor(assessment.law, assessment.case, effect, language)
    lines = [say["labelled"].format(label=said.kind, what=said.line(language))]
    if effect.row is not None:
        first, second = (typography.share(end.probability or 0.0, language) for end in (effect.first, effect.second))
        lines.append("→ " + say["sensitivity_moves"].format(
            issue=say_row(assessment.law, effect.row, language), first=first, second=second))
    return Text("\n".join(textwrap.fill(typography.spaced(line, language), WHAT) for line in lines))


def _ends(effect: Effect, language: str) -> Iterator[str]:
    for end in (effect.first, effect.second):
        yield typography.money(Decimal(repr(end.award)), language)


def _interactions(found: Sensitivity, language: str) -> Iterator[str]:
    say = words(language)
    yield wrapped(say["sensitivity_pairs"], language)
    for pair in found.interactions[:SHOWN]:
        yield wrapped(_pair(found, pair, language), language, mark="– ")


def _pair(found: Sensitivity, pair: Interaction, language: str) -> str:
    assessment = found.valuation.assessment
    one, other = (say_factor(assessment.law, assessment.case, effect, language).what
                  for effect in (pair.one, pair.other))
    amount = apart_euros(pair.difference, language).replace("\n", " ")
    return words(language)["sensitivity_pair"].format(one=one, other=other, amount=amount)
