"""Valuations shared by the tests of documents: few worlds, a fixed seed, each case assessed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.drafting.cases import read_small
from tests.drafting.pages import Page
from vismajor.case.models import Case
from vismajor.drafting.canvas import Chart
from vismajor.drafting.drafts import note_markdown
from vismajor.drafting.negotiation_note import NegotiationNote, build_note
from vismajor.drafting.receipt import Receipt, write_receipt
from vismajor.drafting.writers import Sheet, write
from vismajor.law.models import Law
from vismajor.settlement.valuation import Valuation, value_case
from vismajor.workbench import assess, bargain, load_case, scenarios_compared, value

WORLDS = 2000
# Stands for the real charts where only the text matters: one red point.
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="red"/></svg>'
CHARTS = {
    "award": Chart("award", "La condamnation", "Un point rouge pour la condamnation.", DOT),
    "arguments": Chart("arguments", "Les arguments", "Un point rouge pour les arguments.", DOT),
}
SHEET = Sheet("Titre", "Sous-titre", "MENTION", "fr", dt.date(2024, 6, 30))


def steady(receipt: Receipt) -> Receipt:
    """Return a receipt without what changes from one version of the program to the next."""
    return replace(receipt, vismajor="0", python="3", libraries=dict.fromkeys(receipt.libraries, "0"), law="fr",
                   law_hash="0", templates_hash="0", files=dict.fromkeys(receipt.files, "0"))


def note_of(valuation: Valuation) -> NegotiationNote:
    return build_note(valuation, steady(write_receipt(valuation.assessment)), bargain(valuation))


def whole_note_of(valuation: Valuation) -> NegotiationNote:
    """Return the note as it is drafted, its scenarios compared."""
    return build_note(valuation, steady(write_receipt(valuation.assessment)), bargain(valuation),
                      scenarios_compared(valuation))


def note_before_costs(valuation: Valuation) -> NegotiationNote:
    """Return the note as if the case did not say what the suit costs."""
    return build_note(valuation, steady(write_receipt(valuation.assessment)))


def markdown_of(note: NegotiationNote) -> str:
    return note_markdown(note, CHARTS)


def page_of(markdown: str) -> Page:
    """Return a note as a reader of the HTML file sees it."""
    return Page(write(lambda _: markdown, {}, SHEET, "html").decode())


def revalued(valuation: Valuation, case: Case) -> Valuation:
    """Return the value of a case whose changes touch no finding (offers, words): the assessment stays."""
    return value_case(replace(valuation.assessment, case=case))


def _shipped(name: str, law: Law, as_of: dt.date | None = None) -> Valuation:
    return value(assess(load_case(ROOT / "cases" / name, law, as_of), law, worlds=WORLDS, seed="golden"))


@pytest.fixture(scope="session")
def founding(french_law: Law) -> Valuation:
    return _shipped("ovh-strasbourg", french_law)


@pytest.fixture(scope="session")
def founding_later(french_law: Law) -> Valuation:
    return _shipped("ovh-strasbourg", french_law, dt.date(2025, 5, 1))


@pytest.fixture(scope="session")
def courtage(french_law: Law) -> Valuation:
    return _shipped("bati-courtage", french_law)


@pytest.fixture(scope="session")
def bluepad(french_law: Law) -> Valuation:
    return _shipped("bluepad", french_law)


@pytest.fixture(scope="session")
def small(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Valuation:
    case = read_small(tmp_path_factory.mktemp("small") / "case", french_law)
    return value(assess(case, french_law, worlds=500))


@pytest.fixture(scope="session")
def suing(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Valuation:
    """The value of the small case, which here says what the suit costs each side."""
    stated = {"first_instance": {
        "months": {"low": 12, "likely": 18, "high": 24}, "claimants": {"fixed": 900}, "respondent": {"fixed": 4000}}}
    weighed = {"precedent": {"customers": {"low": 100, "likely": 200, "high": 900}, "follow_judgment": 0.02,
                             "each": {"low": 500, "likely": 500, "high": 500}}}
    case = read_small(tmp_path_factory.mktemp("suing") / "case", french_law, proceedings=stated, bargaining=weighed)
    return value(assess(case, french_law, worlds=500))


@pytest.fixture(scope="session")
def notes(founding: Valuation, founding_later: Valuation, courtage: Valuation, bluepad: Valuation, small: Valuation
          ) -> dict[str, NegotiationNote]:
    """The notes that every general promise is checked on, by name."""
    shared = {"ovh-strasbourg": founding, "ovh-strasbourg-2025": founding_later, "bati-courtage": courtage,
              "bluepad": bluepad, "small": small}
    found = {name: note_of(valuation) for name, valuation in shared.items()}
    return found | {"ovh-strasbourg": whole_note_of(founding)}


@pytest.fixture(scope="session")
def pages(notes: dict[str, NegotiationNote]) -> dict[str, Page]:
    return {name: page_of(markdown_of(note)) for name, note in notes.items()}


@pytest.fixture
def valued(french_law: Law, tmp_path: Path) -> Callable[..., Valuation]:
    """Value the small case with some entries replaced."""

    def of(**changes: object) -> Valuation:
        case = read_small(tmp_path / "case", french_law, **changes)
        return value(assess(case, french_law, worlds=500))

    return of
