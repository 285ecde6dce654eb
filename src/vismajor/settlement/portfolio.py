"""Values a table of claimants: each of them, and all together before one court, in bounded memory.

The claimants of a table are judged in blocks of a fixed size, in its order; the blocks are spread over processes, or
over the workers of a Dask cluster. The awards of a block are added world by world in the order of its lines, then those
of the blocks in theirs. So the result is the same, to the last byte, whoever judged which block.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from vismajor.case.models import Case
from vismajor.case.offers import Offer
from vismajor.case.portfolio_rows import Portfolio
from vismajor.damages.money import NOTHING, euros
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.portfolio_court import Judged, Line, PortfolioCourt, Sums
from vismajor.settlement.portfolio_demands import models_of
from vismajor.settlement.portfolio_pleadings import Placed, plead
from vismajor.settlement.valuation import Value, standing_of, value_of
from vismajor.settlement.workers import Workers

BLOCK = 64  # claimants; part of the result: the awards of a block are added up before those of the next


@dataclass(frozen=True)
class ModelShare:
    """The claimants of the table that are like one of the case: how many, what they claim, the mean of their awards."""

    model: str
    name: str
    count: int
    claimed: Decimal
    mean: Decimal


@dataclass(frozen=True)
class PortfolioValue:
    """What a table of `count` claimants is worth together, and model by model."""

    case: Case
    worlds: Worlds
    count: int
    together: Value
    models: tuple[ModelShare, ...]


def value_portfolio(case: Case, law: Law, portfolio: Portfolio, worlds: Worlds, workers: Workers,
                    write: Callable[[Line], None], progress: Callable[[str], None] | None = None) -> PortfolioValue:
    """Value each claimant of a table, handing its line to `write` in the order of the table, and all of them together.

    Beside the table itself memory grows with the worlds and the models, not with the claimants. Raises GroundingError
    when the rule engine cannot handle the pack, InvalidInput when the workers cannot be reached.
    """
    law = law.on(case.as_of)
    models = models_of(case, law, {row.model for row in portfolio.rows}, worlds)
    pleadings, placed = plead(models, law, portfolio.rows)
    court = PortfolioCourt(law, worlds, models, pleadings, _offer(case, law.offers_open_for))
    together = _Together(worlds.count)
    for judged in workers.judge(court, blocks(placed)):
        together.add(judged)
        for line in judged.lines:
            write(line)
        if progress:
            progress(judged.lines[-1].id)
    return together.value(court, case)


def blocks_in(portfolio: Portfolio) -> int:
    """Return how many blocks of claimants a table has."""
    return -(-len(portfolio.rows) // BLOCK)


def blocks(placed: Sequence[Placed]) -> list[Sequence[Placed]]:
    """Return the claimants of a table block by block."""
    return [placed[start : start + BLOCK] for start in range(0, len(placed), BLOCK)]


def _offer(case: Case, months: int | None) -> Offer | None:
    """Return the last offer that the respondent made to all, as far as it is known and may still be accepted."""
    made = [one for one in case.file.offers if one.by == "respondent" and one.to == "all"
            and one.open_on(case.as_of, months)]
    return max(made, key=lambda one: one.date, default=None)


@dataclass
class _Together:
    """What is added up, block after block: columns of shape (worlds,), and the sums of each model."""

    worlds: int
    sums: dict[str, list[Sums]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.total = np.zeros(self.worlds)
        self.liable, self.escapes = np.zeros(self.worlds, np.bool_), np.zeros(self.worlds, np.bool_)

    def add(self, judged: Judged) -> None:
        self.total += judged.total
        self.liable |= judged.liable
        self.escapes |= judged.escapes
        for model, sums in judged.sums.items():
            self.sums.setdefault(model, []).append(sums)

    def value(self, court: PortfolioCourt, case: Case) -> PortfolioValue:
        shares = tuple(self._shares(court))
        count, claimed = sum(one.count for one in shares), sum((one.claimed for one in shares), NOTHING)
        made = [] if court.offer is None else [standing_of(court.offer, court.offer.amount * count, self.total)]
        together = value_of(claimed, self.total, self.liable, ~self.escapes, made)
        return PortfolioValue(case, court.worlds, count, together, shares)

    def _shares(self, court: PortfolioCourt) -> Iterator[ModelShare]:
        for name, model in court.models.of.items():
            sums = self.sums.get(name, [])
            yield ModelShare(name, model.claimant.name, sum(one.count for one in sums),
                             sum((one.claimed for one in sums), NOTHING), euros(math.fsum(one.mean for one in sums)))
