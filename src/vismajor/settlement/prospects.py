"""What going to court brings each side, after time and costs, in euros of today, world by world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vismajor.reasoning.worlds import Column, Truth


@dataclass(frozen=True)
class Prospects:
    """The outcome of the suit for each side, in euros of the date of knowledge, all columns of shape (worlds,).

    `claimants`: what each claimant is left with, by id, after its own costs and its part of the common ones (negative
    where it loses money). `respondent`: all that the suit costs the respondent, its own costs included (positive).
    `awarded`: what judgment gives each claimant in the end, undiscounted, with interest up to the first judgment and
    what `costs` grants, without what `proceedings` grants; `lost`: whether the respondent owes something in the end.
    `spent_by_claimants` and `spent_by_respondent`: what each side spends that settling would
    save, discounted: lawyers, staff, experts, whoever is ordered to bear them in the end.
    """

    claimants: Mapping[str, Column]
    respondent: Column
    awarded: Mapping[str, Column]
    lost: Truth
    spent_by_claimants: Column
    spent_by_respondent: Column

    @property
    def together(self) -> Column:
        """What all claimants are left with together, in euros per world."""
        return np.asarray(np.sum(list(self.claimants.values()), axis=0))
