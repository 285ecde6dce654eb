"""Weights fitted to real decisions: what `calibrate` writes beside the words of a pack."""

from __future__ import annotations

import datetime as dt
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


class Edition(Strict):
    """The weights as they would have been fitted to the decisions given before `until`; what moved little is left out.

    A case as it stood on a day counts with the edition of that day: a decision is not used before it was given.
    """

    until: IsoDate
    decisions: Count
    groups: Count
    issues: dict[str, Number]
    together: dict[str, Share]
    rules: dict[str, NotNegative]


class Fitted(Strict):
    """What `weights.yaml` holds. `seen` are the ids of the decisions behind it, `data` the hash of what was read.

    `known_to` is the date of the latest of them (None: they count on every day); `earlier` are the editions for days
    before it, in order.
    """

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
    known_to: IsoDate | None = None
    earlier: tuple[Edition, ...] = ()

    def on(self, day: dt.date) -> Fitted | None:
        """Return the weights fitted to decisions known on `day`, or None where there were too few."""
        if self.known_to is None or day >= self.known_to:
            return self
        known = [edition for edition in self.earlier if edition.until <= day]
        if not known:
            return None
        last = known[-1]
        return self.model_copy(update={
            "decisions": last.decisions, "groups": last.groups, "known_to": last.until, "earlier": (),
            "together": {name: FittedShare.model_construct(share=share, low=share, high=share)
                         for name, share in last.together.items()},
            "issues": {name: FittedPrior.model_construct(prior=prior, low=prior, high=prior, decisions=last.decisions)
                       for name, prior in last.issues.items()},
            "rules": {name: FittedWeight.model_construct(weight=weight, low=weight, high=weight,
                                                         decisions=last.decisions)
                      for name, weight in last.rules.items()}})
