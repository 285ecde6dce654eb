"""One court before which a table of claimants stands: prepared once, then asked for some claimants after others.

Nothing here grows with the number of claimants. A block of claimants is judged on its own; what comes back are its
lines and, world by world, the sum of its awards.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np

from vismajor.case.offers import Offer
from vismajor.case.portfolio_rows import Row
from vismajor.damages.award import award_in
from vismajor.damages.hearing import Demand, Hearing
from vismajor.damages.money import NOTHING
from vismajor.law.models import Law
from vismajor.reasoning.parallel import TOGETHER
from vismajor.reasoning.pleadings import OwnDraws, Pleading, Pleadings
from vismajor.reasoning.worlds import Column, Remembered, Truth, Window, Worlds, windows
from vismajor.settlement.portfolio_demands import Models
from vismajor.settlement.portfolio_pleadings import Placed
from vismajor.settlement.valuation import Spread, spread_of


class Line(NamedTuple):
    """What judgment would bring to one claimant of the table, in euros.

    `more` is the share of the worlds in which it brings more than the last offer made to all.
    """

    id: str
    name: str
    model: str
    claimed: Decimal
    award: Spread
    more: float | None


@dataclass(frozen=True)
class Sums:
    """Some claimants who are like one model: how many, what they claim, the means of their awards, added up."""

    count: int
    claimed: Decimal
    mean: float


@dataclass(frozen=True)
class Judged:
    """A block of claimants: their lines, their sums by model, and world by world their awards together.

    `total` in euros, `liable` where something is due to one of them at least, `escapes` where one is under no cap;
    all of shape (worlds,).
    """

    lines: tuple[Line, ...]
    sums: Mapping[str, Sums]
    total: Column
    liable: Truth
    escapes: Truth


@dataclass(frozen=True)
class _Sitting:
    """Some worlds of the court, with the columns that do not depend on who pleads; several threads may share it."""

    start: int
    window: Window
    common: Remembered
    columns: Mapping[int, Truth]


@dataclass(frozen=True)
class PortfolioCourt:
    """All that it takes to judge any claimant of a table. `offer` is the last one made to all."""

    law: Law
    worlds: Worlds
    models: Models
    pleadings: Pleadings
    offer: Offer | None = None

    def judge(self, block: Sequence[Placed]) -> Judged:
        """Judge some claimants: the same figures whatever the others, and whoever asks."""
        count = self.worlds.count
        total, liable, escapes = np.zeros(count), np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        lines, means = list[Line](), dict[str, list[float]]()
        for row, pleading in block:
            demand = self.models.demand(row)
            award, wins, capped = self._award(demand, row, self.pleadings.each[pleading])
            total += award
            liable |= wins
            escapes |= wins & ~capped
            lines.append(self._line(row, demand.claimed, award))
            means.setdefault(row.model, []).append(float(award.mean()))
        sums = {model: Sums(len(found), sum((line.claimed for line in lines if line.model == model), NOTHING),
                            math.fsum(found)) for model, found in means.items()}
        return Judged(tuple(lines), sums, total, liable, escapes)

    def _award(self, demand: Demand, row: Row, pleading: Pleading) -> tuple[Column, Truth, Truth]:
        """Return what judgment brings in each world, where something is due, and where a cap applies."""
        count = self.worlds.count
        total, liable, capped = np.empty(count), np.empty(count, np.bool_), np.empty(count, np.bool_)
        for sitting in self._sittings:
            place = slice(sitting.start, sitting.start + sitting.window.count)
            found = award_in(self._hearing(sitting, row, pleading), demand)
            total[place], liable[place], capped[place] = found.total, found.liable, found.capped
        return total, liable, capped

    def _hearing(self, sitting: _Sitting, row: Row, pleading: Pleading) -> Hearing:
        draws = OwnDraws(sitting.common, Remembered(sitting.window.stream()), row.model, row.id)
        columns = pleading.own.columns(draws, sitting.columns) if pleading.own.steps else sitting.columns

        def of_model(claim: str) -> str:
            return row.model + claim[len(row.id):]

        return Hearing(self.models.case, self.law, draws,
                       lambda claim, duty, issue: columns[pleading.nodes[of_model(claim), duty, issue]],
                       lambda claim, duty, fact: pleading.stated.get((of_model(claim), duty, fact)))

    @cached_property
    def _sittings(self) -> tuple[_Sitting, ...]:
        """Evaluate what all claimants share, once for each process."""
        found = []
        for start, window in windows(self.worlds, TOGETHER):
            assert isinstance(window, Window)
            columns = self.pleadings.common.columns(Remembered(window.stream()))
            found.append(_Sitting(start, window, Remembered(window), columns))
        return tuple(found)

    def _line(self, row: Row, claimed: Decimal, award: Column) -> Line:
        more = None if self.offer is None else float(np.mean(award > float(self.offer.amount)))
        return Line(row.id, row.name, row.model, claimed, spread_of(award), more)
