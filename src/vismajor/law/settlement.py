"""What a settlement takes for granted where the case says nothing: how long an offer stands, whom an insurer paid."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vismajor.reading.scalars import Id, Strict

Sources = Annotated[tuple[Id, ...], Field(min_length=1)]


class OfferRule(Strict):
    """The reasonable time after which an offer without a term has lapsed (C. civ. 1116, 1117): a practitioner's prior.

    `open_for_months`: counted from its day, or from the last day on which its author was heard to hold to it.
    """

    open_for_months: Annotated[int, Field(ge=1, le=120, strict=True)]
    sources: Sources


class Subrogation(Strict):
    """Which fact says that an insurer paid a claimant: its values `paid` (C. assur. L. 121-12).

    A waiver that deprives the insurer of its claim may release it, and so counsel is warned before settling.
    """

    fact: Id
    paid: Annotated[tuple[Id, ...], Field(min_length=1)]
    sources: Sources


class SettlementRules(Strict):
    """What `settlement.yaml` holds; a pack may leave out either part."""

    offers: OfferRule | None = None
    subrogation: Subrogation | None = None
