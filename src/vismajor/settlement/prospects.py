"""What going to court brings each side, after time and costs, in euros of today, world by world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from vismajor.reasoning.worlds import Column, Truth


@dataclass(frozen=True)
class Prospects:
    """The outcome of the suit for each side, in euros of the date of knowledge, all columns of shape (worlds,).

    `claimants`: what each claimant is left with, by id, after its own costs and its part of the common ones (negative
    where it loses money). `respondent`: all that the suit costs the respondent, its own costs included (positive).
    `awarded`: what judgment gives each claimant in the end, undiscounted, with interest up to the first judgment and
    what `costs` grants, without what `proceedings` grants; `lost`: whether the respondent owes something in the end.
    `spent_by_claimants` and `spent_by_respondent`: what each side spends that settling would save, discounted: lawyers,
    staff, experts, whoever is ordered to bear them in the end. `spent`: the claimants' by claimant. `shared`: by
    claimant, its part of what falls once on all of them, which is what they spend together, less the expert's fee that
    is given back, and what those who lose pay the respondent (taken off `claimants` too), split among
    those on whom it falls as `parts` say, together 1.
    """

    claimants: Mapping[str, Column]
    respondent: Column
    awarded: Mapping[str, Column]
    lost: Truth
    spent_by_claimants: Column
    spent_by_respondent: Column
    shared: Mapping[str, Column] = field(default_factory=dict)
    spent: Mapping[str, Column] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def together(self) -> Column:
        """What all claimants are left with together, in euros per world."""
        return np.asarray(np.sum(list(self.claimants.values()), axis=0))

    @property
    def spent_for_all(self) -> Column:
        """What falls once on all the claimants, in euros per world."""
        return np.asarray(sum(self.shared.values(), np.zeros(self.respondent.size)))

    def before_sharing(self, claimant: str) -> Column:
        """Return what a claimant would be left with if it bore nothing of what falls once on all."""
        return self.claimants[claimant] + self.shared.get(claimant, np.zeros(self.respondent.size))


def apart(everyone: Prospects, others: Prospects) -> Prospects:
    """Return what the suit brings those who are not among the `others`, as a part of the suit of `everyone`.

    The respondent is spared, if it settles with them, what the suit of everyone costs it more than that of the others;
    it still loses where it loses against the others.
    """
    names = [name for name in everyone.claimants if name not in others.claimants]
    nothing = np.zeros(everyone.respondent.size)

    def of(columns: Mapping[str, Column]) -> dict[str, Column]:
        return {name: columns.get(name, nothing) for name in names}

    return Prospects(
        of(everyone.claimants), everyone.respondent - others.respondent, of(everyone.awarded),
        everyone.lost & ~others.lost, np.asarray(sum(of(everyone.spent).values(), nothing)),
        everyone.spent_by_respondent - others.spent_by_respondent, of(everyone.shared), of(everyone.spent),
        everyone.parts)
