"""The time bar of the founding case in words, as it stood on several days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vismajor.drafting.deadlines_said import DeadlineSaid, deadlines_said
from vismajor.law.models import Law
from vismajor.workbench import load_case

CASE = ROOT / "cases" / "ovh-strasbourg"


def said(law: Law, day: str, language: str, folder: Path = CASE) -> DeadlineSaid:
    (found,) = deadlines_said(load_case(folder, law, dt.date.fromisoformat(day)), law, language)
    return found


@pytest.mark.parametrize(("day", "language", "expected"), [
    ("2022-01-13", "fr", "(toutes les demanderesses) : dernier jour utile, le 10 mars 2026 ; il reste 1 517 jours."),
    ("2022-01-13", "en", "(all claimants): last useful day, 10 March 2026; 1,517 days remain."),
    ("2026-03-09", "fr", "dernier jour utile, le 10 mars 2026 ; il ne reste qu’un jour. Avant ce jour"),
    ("2026-03-10", "fr", "le 10 mars 2026 ; c’est le dernier jour."),
    ("2026-03-10", "en", "no day remains after this one. Before that d"),
    ("2026-11-25", "fr", "dernier jour utile, le 10 mars 2026, passé depuis 260 jours. Sauf suspension"),
])
def test_the_time_bar_is_said_with_what_remains_to_be_done(french_law: Law, day: str, language: str, expected: str
                                                           ) -> None:
    text = said(french_law, day, language).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert expected in text


@pytest.mark.parametrize(("day", "pressing"), [("2022-01-13", False), ("2025-12-01", True), ("2026-11-25", True)])
def test_it_presses_near_its_end_and_after(french_law: Law, day: str, pressing: bool) -> None:
    assert said(french_law, day, "fr").pressing is pressing
