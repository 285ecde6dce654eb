"""The negotiation in words, each habit and each reason in both languages, figures that can be recomputed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import get_args

import pytest

from vismajor.case.offers import Side
from vismajor.drafting.negotiation_said import pattern_said, proposal_said
from vismajor.settlement.negotiation import Habit, Pattern
from vismajor.settlement.proposal import Aims, Proposal, Reason, next_proposal

GIVEN = (Decimal(2_000), Decimal(1_000), Decimal(500))
HALF = Pattern("shrinking", GIVEN, Decimal(6_500), Decimal("0.5"), Decimal(6_000))
AIMS = Aims(opening=Decimal(120_000), target=Decimal(60_000), floor=Decimal(40_000))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("habit", get_args(Habit))
def test_every_habit_is_said_for_either_side(habit: Habit, language: str) -> None:
    said = {side: pattern_said(side, Pattern(habit, GIVEN, Decimal(6_500)), 2, language)
            for side in get_args(Side)}
    assert said["claimants"] != said["respondent"]
    assert not any(re.search(r"[{}]", text) for text in said.values())
    assert ("500" in said["claimants"]) == (habit in ("shrinking", "steady", "growing", "uneven"))


def test_where_a_side_is_heading_is_said_with_the_formula() -> None:
    assert plain(pattern_said("claimants", HALF, 2, "fr")) == (
        "Les concessions des demanderesses se réduisent (2 000 €, 1 000 € et 500 €). Chacune vaut environ 50 % de la "
        "précédente ; à ce rythme, elles s’arrêteraient à environ 6 000 € (6 500 € − 500 € × 0,500 / (1 − 0,500)). "
        "C’est la lecture d’une habitude, non une promesse.")
    assert "(€6,500 + €500 × 0.500 / (1 − 0.500))" in pattern_said("respondent", HALF, 2, "en")


def test_one_claimant_is_in_the_singular() -> None:
    assert "de la demanderesse" in pattern_said("claimants", HALF, 1, "fr")
    assert "du défendeur" in pattern_said("respondent", HALF, 1, "fr")


def test_who_stopped_and_who_would_not_stop_are_told_without_a_formula() -> None:
    stopped = Pattern("shrinking", (Decimal(2_000), Decimal(0)), Decimal(8_000), Decimal(0), Decimal(8_000))
    assert pattern_said("claimants", stopped, 2, "en").endswith("They have stopped at €8,000.")
    falling = Pattern("shrinking", (Decimal(5_000), Decimal(4_400)), Decimal(600), Decimal("0.88"), Decimal(0))
    assert pattern_said("claimants", falling, 2, "en").endswith("nothing would stop them short of nil.")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_said_with_its_figure(reason: Reason, language: str) -> None:
    proposal = Proposal("claimants", Decimal(91_000), Decimal(91_000), reason, Decimal(29_000))
    said = plain(proposal_said(proposal, AIMS, language))
    assert ("91 000 €" if language == "fr" else "€91,000") in said
    assert not re.search(r"[{}]", said)


@pytest.mark.parametrize(("own", "theirs", "expected"), [
    (100_000, 30_000, "Proposer 90 000 € : le milieu entre ce chiffre et leur dernière position (30 000 €) est "
                      "60 000 €, pour un objectif de 60 000 €."),
    (100_000, 10_000, "Maintenir 100 000 € tant que l’autre partie ne bouge pas : le milieu avec sa dernière position "
                      "(10 000 €) est 55 000 €, moins favorable que l’objectif (60 000 €)."),
    (39_000, 10_000, "Ne plus bouger : notre dernier chiffre, 39 000 €, est déjà moins favorable que notre limite "
                     "(40 000 €)."),
])
def test_what_to_say_next_is_said_with_the_reason(own: int, theirs: int, expected: str) -> None:
    found = next_proposal("claimants", AIMS, Decimal(own), Decimal(theirs))
    assert plain(proposal_said(found, AIMS, "fr")) == expected
