"""One stage of the suit in every world: when it ends, and what it costs each side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vismajor.case.proceedings import Outlays, Stage
from vismajor.damages.award import estimated
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.worlds import Column, Worlds
from vismajor.settlement.flows import StageName


@dataclass(frozen=True)
class StageDrawn:
    """A stage that begins `begins` months after the date of knowledge; all columns of shape (worlds,), in euros."""

    name: StageName
    stage: Stage
    worlds: Worlds
    begins: Column

    @cached_property
    def months(self) -> Column:
        """How long the stage lasts, in months: one draw for all."""
        return self._drawn("months", self.stage.months)

    @property
    def ends(self) -> Column:
        """Months from the date of knowledge to the ruling."""
        return self.begins + self.months

    @property
    def middle(self) -> Column:
        """Months from the date of knowledge to the middle of the stage, when its costs are counted as paid."""
        return self.begins + self.months / 2

    @cached_property
    def for_all(self) -> Column:
        """What the claimants spend once for all, fees on success apart."""
        return self._spent("claimants", self.stage.claimants)

    def spent_by_each(self, claimant: str) -> Column:
        """Return what one claimant spends on top, fees on success apart."""
        return self._spent(f"each:{claimant}", self.stage.each_claimant)

    @cached_property
    def spent_by_respondent(self) -> Column:
        """What the respondent spends, fees on success apart."""
        return self._spent("respondent", self.stage.respondent)

    @cached_property
    def expert_fee(self) -> Column:
        """The court expert's fee, which the claimants advance together."""
        return self._drawn("expert_fee", self.stage.expert_fee)

    @cached_property
    def irrecoverable(self) -> Column:
        """What the respondent is granted for its other costs, together, by those who lose against it."""
        return self._drawn("irrecoverable", self.stage.irrecoverable)

    def granted(self, claimant: str) -> Column:
        """Return what one claimant is granted for its other costs where it wins."""
        return self._drawn(f"granted:{claimant}", self.stage.granted_to_each)

    @property
    def success_share(self) -> float:
        """The part of what a claimant recovers that goes to lawyers."""
        return self.stage.claimants.success_share + self.stage.each_claimant.success_share

    @property
    def respondents_success_share(self) -> float:
        """The part of what the respondent is spared that goes to its lawyer."""
        return self.stage.respondent.success_share

    def _spent(self, who: str, outlays: Outlays) -> Column:
        fees = self._drawn(f"hours:{who}", outlays.hours) * float(outlays.hourly_rate)
        staff = self._drawn(f"staff:{who}", outlays.staff_hours) * float(outlays.staff_rate)
        return np.asarray(float(outlays.fixed) + fees + staff)

    def _drawn(self, what: str, estimate: Estimate) -> Column:
        return estimated(self.worlds, f"suit:{self.name}:{what}", estimate)
