"""Several claimants before one court: how far their fortunes go together, and what each gains by the company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.damages.money import euros
from vismajor.reasoning.worlds import Column
from vismajor.settlement.pool import Pool
from vismajor.settlement.risk import Figure


@dataclass(frozen=True)
class JointRisk:
    """The spread of what claimants obtain together, in euros (standard deviations).

    `together` before one court; `independent`, if each had a court, facts and a clause of its own, with the same odds.
    `correlation`: between any two of them, on average, that makes the difference (None for one, or without any risk).
    """

    together: Decimal
    independent: Decimal
    correlation: float | None


def joint_risk(outcomes: Mapping[str, Column]) -> JointRisk:
    """Return the joint risk of outcomes, by claimant, in euros per world.

    With one common answer B (yes with the chance p) and losses Q_i of mean μ_i and variance σ_i², independent of it:
    Var(B · ΣQ_i) = p Σσ_i² + p (1 − p) (Σμ_i)², against Σ(p σ_i² + p (1 − p) μ_i²) for cases that share nothing. The
    correlation is what lies between Σ Var_i and Var Σ, over what it would be if all went wholly together.
    """
    columns = list(outcomes.values())
    variances = np.array([float(column.var()) for column in columns])
    together, apart = float(np.var(np.sum(columns, axis=0))), float(variances.sum())
    at_most = float(np.sqrt(variances).sum() ** 2) - apart
    correlation = (together - apart) / at_most if len(columns) > 1 and at_most > 1e-9 * max(apart, 1.0) else None
    return JointRisk(euros(float(np.sqrt(together))), euros(float(np.sqrt(apart))), correlation)


@dataclass(frozen=True)
class InCompany:
    """What the suit is worth to a claimant, in euros: if it sued alone, and in the company of all the others."""

    alone: Figure
    together: Figure

    @property
    def gain(self) -> Decimal:
        """What the company is worth to it: the costs that others share."""
        return self.together.value - self.alone.value


def in_company(pool: Pool) -> dict[str, InCompany]:
    """Return what company is worth to each claimant, by id."""
    together = pool.worths(list(pool.own))
    return {name: InCompany(pool.worth(name, [name]).figure, worth.figure) for name, worth in together.items()}
