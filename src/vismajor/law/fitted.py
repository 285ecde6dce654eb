"""Weights fitted to real decisions: what `calibrate` writes beside the words of a pack."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vismajor.reading.scalars import IsoDate, NotNegative, Number, Share, Strict, Text

Count = Annotated[int, Field(ge=0, strict=True)]


class FittedPrior(Strict):
    """The log-odds of a condition once something is shown for it, with an interval and the decisions behind it."""

    prior: Number
    low: Number
    high: Number
    decisions: Count


class FittedWeight(Strict):
    """What a rule adds or takes away, in log-odds, with an interval and the decisions in which it was argued."""

    weight: NotNegative
    low: NotNegative
    high: NotNegative
    decisions: Count


class FittedShare(Strict):
    """How often a court appraises all the conditions as one, with an interval."""

    share: Share
    low: Share
    high: Share


class Measure(Strict):
    """How often the engine agreed with courts on decisions that the weights had not seen (leave-one-group-out)."""

    accuracy: Share
    brier: Share
    log_loss: Number
    correct: Count


class Fitted(Strict):
    """What `weights.yaml` holds. `seen` are the ids of the decisions behind it, `data` the hash of what was read."""

    command: Text
    made_on: IsoDate
    data: Text
    decisions: Count
    groups: Count
    penalty: Number
    held_out: Measure
    together: dict[str, FittedShare]
    issues: dict[str, FittedPrior]
    rules: dict[str, FittedWeight]
    seen: tuple[Text, ...]
