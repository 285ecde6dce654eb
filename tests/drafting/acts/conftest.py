"""Matters shared by the tests of the acts: shipped cases, and small ones in which nothing is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.acts.amicable import SECOND, Drawn
from tests.drafting.acts.cases import complete
from tests.drafting.cases import changed, write_case
from vismajor.drafting.acts.drafting import Asked, draft_act
from vismajor.drafting.acts.kinds import Kind
from vismajor.drafting.acts.matter import Matter, matter_of
from vismajor.law.models import Law
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, load_case, value

Told = Callable[..., Matter]


def matter_from(valuation: Valuation, claimant: str | None = None, language: Any = None) -> Matter:
    return matter_of(valuation.assessment, valuation.losses, claimant, language)


def as_respondent(valuation: Valuation) -> Valuation:
    """Return the same case as the respondent's lawyers would hold it: whoever we act for, the findings stay."""
    case = changed(valuation.assessment.case, acting_for="respondent")
    return replace(valuation, assessment=replace(valuation.assessment, case=case))


def sent_by(kind: Kind, valuation: Valuation) -> Valuation:
    """Return a case acting for a side that sends a document: the claimants where they do."""
    return valuation if "claimants" in kind.sides else as_respondent(valuation)


def files_of(kind: Kind, matter: Matter, folder: Path, asked: Asked | None = None) -> dict[str, bytes]:
    """Draft an act and return its files by name."""
    return {file.name: file.read_bytes() for file in draft_act(kind, matter, folder, asked or Asked())}


@pytest.fixture(scope="session")
def whole(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Valuation:
    """The complete case, valued."""
    folder = write_case(tmp_path_factory.mktemp("complete") / "case", complete())
    return value(assess(load_case(folder, french_law), french_law, worlds=500))


@pytest.fixture
def told(french_law: Law, tmp_path: Path) -> Told:
    """Return the matter of the complete case with some entries replaced."""

    def of(claimant: str | None = None, language: Any = None, **changes: Any) -> Matter:
        folder = write_case(tmp_path / "case", complete(**changes))
        valuation = value(assess(load_case(folder, french_law), french_law, worlds=200))
        return matter_from(valuation, claimant, language)

    return of


@pytest.fixture
def drawn(french_law: Law, tmp_path: Path) -> Drawn:
    """Draw the matter of the complete case with some entries replaced, without valuing it."""
    return Drawn(french_law, tmp_path, SECOND)
