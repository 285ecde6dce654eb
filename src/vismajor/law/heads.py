"""The models of heads of loss: how the law calls and treats each kind, and the shares of a loss that it leaves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.reading.scalars import Bilingual, Estimate, Flag, Id, Share, ShareEstimate, Strict


class HeadKind(Strict):
    """How a kind of loss is called and treated.

    `consequential`: a clause that excludes loss of business reaches it. `accepted`: what share of a documented claim
    courts tend to accept; `chance`: what share is left where the loss is by nature a chance; `certain`: how likely a
    loss pleaded as a chance in the alternative is found certain; `direct`: how likely it is found direct (a lawyer's
    prior, each). `needs_evidence`: without an exhibit the head is nil. `treatment`: what the law does with it.
    """

    title: Bilingual
    consequential: Flag
    accepted: ShareEstimate
    chance: ShareEstimate | None = None
    certain: Share = 0.5
    direct: Share = 1.0
    needs_evidence: Flag = False
    treatment: Bilingual | None = None
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class OwnFaultShare(Estimate):
    """What share of the loss a claimant bears for its own fault, where the case does not say (a lawyer's prior)."""

    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class ChanceLeft(Estimate):
    """What share of a loss is left where the breach of a duty took away a chance only (a lawyer's prior)."""

    sources: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_a_share(self) -> ChanceLeft:
        if self.low < 0 or self.high > 1:
            raise PydanticCustomError("not_a_share", "numbers between 0 and 1")
        return self
