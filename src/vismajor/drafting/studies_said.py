"""Scenarios compared and evidence to obtain, in the words of the note."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.facts import Fact
from vismajor.case.proceedings import Inquiry
from vismajor.case.scenarios import Scenario
from vismajor.drafting.scenario_said import changes_of, say_stated
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment
from vismajor.settlement.bearing import Bearing
from vismajor.settlement.scenarios import Comparison

MOST_COMPARED = 4  # scenarios: each costs most of a second for twenty claimants
MOST_CHANGES = 5
TOLD = ("as_of", "facts", "unknown", "likelihoods", "issues", "questions")  # other entries follow from these


@dataclass(frozen=True)
class Compared:
    """Scenarios of the case beside the case as it is (None: it has none), and those that were left out."""

    comparison: Comparison | None = None
    left_out: tuple[Scenario, ...] = ()


NOTHING_COMPARED = Compared()


@dataclass(frozen=True)
class ScenarioSaid:
    """A scenario: what it supposes, the mean award, its difference from the case as it is with its standard error.

    `more`: how many other changes it makes; `p90`: what one outcome in ten exceeds.
    """

    title: str
    supposes: tuple[str, ...]
    more: int
    mean: Decimal
    p90: Decimal
    nothing: float
    difference: Decimal
    error: Decimal


@dataclass(frozen=True)
class InquirySaid:
    """A piece of evidence to obtain: its price and delay, and the fact through which it matters most.

    `clause` says that fact as it is stated, `chance` that it is found so (None: nothing is stated of it), `awards` the
    mean award then and otherwise, `moves` how far knowing it moves the mean award on average; `clause` is empty where
    none of its facts changes the award measurably.
    """

    title: str
    price: Decimal
    months: Decimal
    clause: str
    chance: float | None
    awards: tuple[Decimal, Decimal]
    moves: Decimal


def scenarios_said(compared: Compared, law: Law, language: str) -> Iterator[ScenarioSaid]:
    """Yield the scenarios compared, in the order of the case."""
    if compared.comparison is None:
        return
    found = compared.comparison
    for version, award in zip(found.versions[1:], found.awards[1:], strict=True):
        assert version.scenario is not None and version.before is not None
        named = {one.id: one.name for one in version.case.file.claimants}
        changes = [one for one in changes_of(law, version.scenario, version.before, language) if one.kind in TOLD]
        said = [_of_whom(whose, [one.said for one in alike], named, language)
                for whose, alike in itertools.groupby(changes[:MOST_CHANGES], key=lambda one: one.whose)]
        yield ScenarioSaid(
            version.scenario.title.in_language(language), tuple(said), max(len(changes) - MOST_CHANGES, 0),
            award.spread.mean, award.spread.p90, award.spread.nothing, _euros(award.difference.amount),
            _euros(award.difference.standard_error))


def _of_whom(ids: Sequence[str], said: Sequence[str], named: dict[str, str], language: str) -> str:
    """Say some changes together, for whom they are made once before them."""
    say = words(language)
    changes = say["semicolon"].join(said)
    if not ids or len(named) == 1:
        return changes
    return say["of_several"].format(which=short_names([named[one] for one in ids], language), what=changes)


def _euros(amount: float) -> Decimal:
    return Decimal(repr(amount))


def inquiries_said(assessment: Assessment, bearings: Sequence[Bearing], language: str) -> tuple[InquirySaid, ...]:
    """Return the evidence that the case lists, what moves the award most for a euro of its price first."""
    found = [(_weight(inquiry, bearings), _inquiry(assessment, inquiry, bearings, language))
             for inquiry in assessment.case.file.evidence]
    return tuple(said for _, said in sorted(found, key=lambda one: (-one[0], one[1].price, one[1].title)))


def _main(inquiry: Inquiry, bearings: Sequence[Bearing]) -> Bearing | None:
    """Return what moves the award most among the facts on which an inquiry bears."""
    found = [one for one in bearings if one.fact in inquiry.facts and one.measurable]
    return max(found, key=lambda one: one.moves, default=None)


def _weight(inquiry: Inquiry, bearings: Sequence[Bearing]) -> float:
    main = _main(inquiry, bearings)
    return 0.0 if main is None else main.moves / max(float(inquiry.price), 1.0)


def _inquiry(assessment: Assessment, inquiry: Inquiry, bearings: Sequence[Bearing], language: str) -> InquirySaid:
    main = _main(inquiry, bearings)
    clause = "" if main is None else say_stated(
        assessment.law, main.name.partition("#")[0], Fact(value=main.values[0]), language)
    return InquirySaid(
        inquiry.title.in_language(language), inquiry.price, inquiry.months, clause,
        None if main is None or main.chance_from == "equal" else main.chance,
        main.awards if main else (Decimal(0), Decimal(0)),
        _euros(main.moves if main else 0.0))
