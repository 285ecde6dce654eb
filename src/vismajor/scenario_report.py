"""What `compare` and `what-if` print: what each version supposes, what it brings, the answers that it changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from rich.table import Table
from rich.text import Text

from vismajor.drafting import typography
from vismajor.drafting.scenario_said import Change, changes_of
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.report import in_cents
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.scenarios import Chance, Comparison, Difference, Version, Worth

CELL = 13  # wide enough for “(16 % à 62 %)” and for “−35,6 ± 0,6”
BLOCK = 3  # versions beside the first in one table of answers: four columns of figures fill 80 columns


def comparison_json(comparison: Comparison, law: Law, language: str) -> dict[str, Any]:
    """Return a comparison as JSON data: what each version supposes, its award, its answers, the differences."""
    first = comparison.base.assessment
    return {
        "case": first.case.file.title.model_dump(), "claimant": comparison.claimant, "seed": first.worlds.seed,
        "worlds": first.worlds.count,
        "versions": [_version_json(comparison, place, law, language) for place in range(len(comparison.versions))],
    }


def _version_json(comparison: Comparison, place: int, law: Law, language: str) -> dict[str, Any]:
    version, award = comparison.versions[place], comparison.awards[place]
    spread, worth = award.spread, version.worth
    issues: dict[str, list[dict[str, Any]]] = {}
    for row in comparison.issues:
        chance = row.chances[place]
        if chance is not None:
            issues.setdefault(row.issue, []).append({
                "duty": row.duty, "probability": round(chance.mean, 6), "low": round(chance.low, 6),
                "high": round(chance.high, 6), "difference": round(chance.difference.amount, 6),
                "standard_error": round(chance.difference.standard_error, 6)})
    return {
        "id": version.id or None, "title": version.scenario.title.model_dump() if version.scenario else None,
        "as_of": version.case.as_of.isoformat(),
        "changes": [{"kind": one.kind, "names": [one.name, *one.alike], "claimants": list(one.whose) or None,
                     "said": one.said} for one in _changes(version, law, language)],
        "award": {
            "mean": in_cents(spread.mean), "standard_error": in_cents(spread.standard_error),
            "p10": in_cents(spread.p10), "p50": in_cents(spread.p50), "p90": in_cents(spread.p90),
            "nothing": round(spread.nothing, 6),
            "difference": in_cents(Decimal(repr(award.difference.amount))),
            "difference_standard_error": in_cents(Decimal(repr(award.difference.standard_error)))},
        "worth": None if worth is None else {
            "claimants": in_cents(worth.claimants), "respondent": in_cents(worth.respondent),
            "zone": [in_cents(bound) for bound in worth.zone] if worth.zone else None},
        "issues": issues,
    }


def _changes(version: Version, law: Law, language: str) -> list[Change]:
    if version.scenario is None or version.before is None:
        return []
    return changes_of(law, version.scenario, version.before, language)


def tell_comparison(comparison: Comparison, law: Law) -> str:
    """Tell a comparison in the case's language, readable at 80 columns."""
    assessment = comparison.base.assessment
    case, language = assessment.case, assessment.case.file.language
    lines = [typography.spaced(case.file.title.in_language(language), language), ""]
    lines += _supposed(comparison, law, language)
    lines += ["", render(_awards(comparison, language)), wrapped(words(language)["scenario_note_award"], language)]
    if any(version.worth for version in comparison.versions):
        lines += ["", render(_worths(comparison, language)),
                  wrapped(words(language)["scenario_settle_note"], language)]
    elif case.file.proceedings is None:
        lines += ["", wrapped(words(language)["scenario_settle_unstated"], language)]
    for block in _blocks(comparison):
        lines += ["", render(_answers(comparison, block, language))]
    lines += [wrapped(words(language)["scenario_note_issues"], language),
              wrapped(worlds_note(assessment, language), language),
              wrapped(words(language)["value_internal"], language)]
    return "\n".join(lines)


def _supposed(comparison: Comparison, law: Law, language: str) -> Iterator[str]:
    """Tell what each version supposes, under its number."""
    say = words(language)
    yield wrapped(say["scenario_changes"], language)
    named = {one.id: one.name for one in comparison.base.assessment.case.file.claimants}
    for place, version in enumerate(comparison.versions):
        if version.scenario is None:
            continue
        yield wrapped(_title(comparison, place, language), language, mark=f"{place}. ")
        base = version.scenario.from_
        if base:
            titles = [one.title.in_language(language)
                      for one in comparison.base.assessment.case.file.scenarios if one.id == base]
            yield wrapped(say["scenario_from"].format(title=titles[0]), language, 3, "– ")
        for whose, changes in itertools.groupby(_changes(version, law, language), lambda change: change.whose):
            if whose:
                who = short_names([named[one] for one in whose], language)
                yield wrapped(say["scenario_of_claimants"].format(names=who) + (" :" if language == "fr" else ":"),
                              language, 3, "– ")
            yield from (wrapped(one.said, language, 5 if whose else 3, "– ") for one in changes)


def _title(comparison: Comparison, place: int, language: str) -> str:
    scenario, say = comparison.versions[place].scenario, words(language)
    if scenario is None:
        return say["scenario_as_it_is"]
    return scenario.title.in_language(language)


def _numbered(comparison: Comparison, place: int, language: str) -> str:
    """Return a heading: the number of a version with its title, or what the first is called."""
    title = typography.spaced(_title(comparison, place, language), language)
    return f"{place}. {title}" if place else title


def _awards(comparison: Comparison, language: str) -> Table:
    say, case = words(language), comparison.base.assessment.case
    named = {one.id: one.name for one in case.file.claimants}
    who = say["scenario_award_all"] if comparison.claimant is None else named[comparison.claimant]
    title = say["scenario_award_title"].format(who=who)
    table = Table(width=WIDTH, title=typography.spaced(title, language), title_justify="left", padding=(0, 0))
    table.add_column(say["scenario_version"], min_width=20)
    for name in ("mean", "scenario_difference", "p50", "p90", "scenario_nothing"):
        table.add_column(say[name], justify="right", no_wrap=True)
    for place, award in enumerate(comparison.awards):
        spread = award.spread
        table.add_row(Text(_numbered(comparison, place, language)), typography.money(spread.mean, language),
                      apart_euros(award.difference, language) if place else "",
                      *(typography.money(amount, language) for amount in (spread.p50, spread.p90)),
                      typography.share(spread.nothing, language))
    return table


def apart_euros(difference: Difference, language: str) -> str:
    """Return a difference in euros with its sign and, on a line below, its standard error."""
    amount, error = (typography.money(Decimal(repr(abs(value))), language)
                     for value in (difference.amount, difference.standard_error))
    return _apart(difference, amount, error, language)


def _apart_points(difference: Difference, language: str) -> str:
    amount, error = (typography.decimal(100 * abs(value), language, 1)
                     for value in (difference.amount, difference.standard_error))
    return _apart(difference, amount, error, language)


def _apart(difference: Difference, amount: str, error: str, language: str) -> str:
    """Return a difference with its sign and, below it, its standard error; nothing where there is none at all."""
    if difference.amount == 0 and difference.standard_error == 0:
        return "="
    nothing = not any(digit in "123456789" for digit in amount)
    sign = "" if nothing else "+" if difference.amount > 0 else "−"
    return f"{sign}{amount}\n" + words(language)["scenario_within"].format(error=error)


def _worths(comparison: Comparison, language: str) -> Table:
    """Tell what settling each version is worth to either side, and the zone of agreement."""
    say = words(language)
    table = Table(width=WIDTH, title=say["scenario_settle_title"], title_justify="left", padding=(0, 0))
    table.add_column(say["scenario_version"])
    for name in ("scenario_settle_claimants", "scenario_settle_respondent"):
        table.add_column(say[name], justify="right", width=14)
    table.add_column(say["scenario_settle_zone"], justify="right", no_wrap=True)
    for place, version in enumerate(comparison.versions):
        if version.worth is not None:
            table.add_row(Text(_numbered(comparison, place, language)), *_worth(version.worth, language))
    return table


def _worth(worth: Worth, language: str) -> Iterator[str]:
    say = words(language)
    yield typography.amount(worth.claimants, language)
    yield typography.amount(worth.respondent, language)
    if worth.zone is None:
        yield say["scenario_settle_no_zone"]
    else:
        low, high = (typography.amount(bound, language) for bound in worth.zone)
        yield say["range"].format(low=low, high=high)


def _blocks(comparison: Comparison) -> Iterator[Sequence[int]]:
    """Yield the versions that one table shows beside the first."""
    places = range(1, len(comparison.versions))
    for start in range(0, len(places), BLOCK):
        yield places[start : start + BLOCK]


def _answers(comparison: Comparison, block: Sequence[int], language: str) -> Table:
    """Tell the answers that a few versions change, beside those of the first; duties answered alike share a row."""
    say, law = words(language), comparison.base.assessment.law
    table = Table(width=WIDTH, title=say["scenario_issues"], title_justify="left", padding=(0, 0))
    table.add_column(say["issue"])
    for place in (0, *block):
        short = place and len(block) > 1  # the numbers alone: the ids stand in the table above
        table.add_column(Text(f"{place}." if short else _numbered(comparison, place, language)), justify="right",
                         min_width=CELL)
    for name, rows in itertools.groupby(comparison.told_of(block), lambda row: row.issue):
        alike: dict[tuple[str, ...], list[str]] = {}
        for row in rows:
            cells = (_chance(row.chances[0], language, apart=False),
                     *(_chance(row.chances[place], language) for place in block))
            alike.setdefault(cells, []).append(row.duty or "")
        asked = {row.duty or "" for row in comparison.issues if row.issue == name}
        title = typography.spaced(law.issues[name].title.in_language(language), language)
        for cells, duties in alike.items():
            said = "" if asked == {*duties} else ", ".join(
                law.vocabulary.duties[duty].short.in_language(language) for duty in duties)
            table.add_row(Text("\n".join(filter(None, (title, said)))), *cells)
            title = ""
        table.add_section()
    return table


def _chance(chance: Chance | None, language: str, *, apart: bool = True) -> str:
    """Return a probability, its range where claims differ, and how far it lies from the first version."""
    say = words(language)
    if chance is None:
        return say["scenario_not_asked"]
    low, high = typography.share(chance.low, language), typography.share(chance.high, language)
    lines = [typography.share(chance.mean, language)]
    if low != high:
        lines.append(f"({say['range'].format(low=low, high=high)})")
    if apart:
        lines.append(_apart_points(chance.difference, language).replace("\n", " "))
    return "\n".join(lines)
