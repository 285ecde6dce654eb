"""No act can be made of anything but the outgoing types."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from vismajor.drafting.acts import outgoing
from vismajor.drafting.acts.foreign_types import foreign_types
from vismajor.drafting.acts.kinds import KINDS
from vismajor.drafting.acts.outgoing import ExhibitSaid
from vismajor.drafting.acts.rendering import EndMatter
from vismajor.drafting.note_context import NegotiationNote
from vismajor.reasoning.assessment import Assessment
from vismajor.settlement.valuation import Valuation


@pytest.mark.parametrize("context", [*(kind.context for kind in KINDS if kind.audience != "ours"), EndMatter])
def test_a_context_that_goes_out_is_made_of_outgoing_types_alone(context: type) -> None:
    assert list(foreign_types(context)) == []


@pytest.mark.parametrize("hint", [float, Valuation, Assessment, dict[str, str], Any, list[str], object,
                                  tuple[float, ...], str | float, tuple[Assessment | None, ...]])
def test_any_other_type_is_refused(hint: Any) -> None:
    made = dataclasses.make_dataclass("Made", [("field", hint)], frozen=True)
    made.__module__ = outgoing.__name__
    assert any("Made.field" in one or "not a frozen" in one for one in foreign_types(made))


@pytest.mark.parametrize("hint", [str, int, bool, Decimal, dt.date, str | None, tuple[str, ...],
                                  tuple[ExhibitSaid, ...], outgoing.Said, Decimal | None])
def test_the_outgoing_types_pass(hint: Any) -> None:
    made = dataclasses.make_dataclass("Made", [("field", hint)], frozen=True)
    made.__module__ = outgoing.__name__
    assert list(foreign_types(made)) == []


def test_the_context_of_the_internal_note_is_refused() -> None:
    assert list(foreign_types(NegotiationNote))


def test_a_dataclass_that_can_be_changed_is_refused() -> None:
    made = dataclasses.make_dataclass("Made", [("field", str)])
    made.__module__ = outgoing.__name__
    assert list(foreign_types(made)) == ["Made: not a frozen dataclass of the acts"]
