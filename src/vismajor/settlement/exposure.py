"""The exposure of both sides to the suit: stages with their costs, distributions, tree; of the group or of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.damages.money import euros
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.worlds import Truth
from vismajor.settlement.flows import Flow, StageName
from vismajor.settlement.litigation_tree import LitigationTree, litigation_tree
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.suit import Suit, suit_of
from vismajor.settlement.valuation import Spread, Valuation, spread_of


@dataclass(frozen=True)
class StageCost:
    """A stage: its length as stated, the share of the worlds in which it takes place, the mean outlays there, in euros.

    Outlays are those of the claimants looked at and of the respondent, as paid, fees on success left out.
    """

    name: StageName
    months: Estimate
    takes_place: float
    spent: Decimal
    spent_by_respondent: Decimal


@dataclass(frozen=True)
class OneClaimant:
    """What the suit brings one of the group: the final award, what is left of it, and how often that is a loss."""

    id: str
    claimed: Decimal
    award: Decimal
    left: Decimal
    loses_money: float


@dataclass(frozen=True)
class Exposure:
    """What going to court means, in euros of the date of knowledge (the award: as judgment states it).

    `first`: what the first court awards, `award` what stands in the end.
    `claimant` is None for the group; `respondent` and `kept_by_neither` (what it costs the respondent and does not
    reach the claimants) are for the group alone. `months` is how long the suit lasts on average. `on_success`: the mean
    fees on success of the claimants looked at, and of the respondent.
    """

    valuation: Valuation
    claimant: str | None
    stages: tuple[StageCost, ...]
    months: float
    on_success: tuple[Decimal, Decimal]
    first: Spread
    award: Spread
    left: Spread
    loses_money: float
    respondent: Spread | None
    kept_by_neither: Decimal | None
    members: tuple[OneClaimant, ...]
    tree: LitigationTree


def expose(valuation: Valuation, claimant: str | None = None) -> Exposure:
    """Return the exposure of the group, or of one claimant in the group's suit."""
    suit = suit_of(valuation)
    prospects = suit.prospects
    members = tuple(suit.judgments.final) if claimant is None else (claimant,)
    award = np.sum([prospects.awarded[name] for name in members], axis=0)
    left = np.sum([prospects.claimants[name] for name in members], axis=0)
    first = np.sum([suit.judgments.first[name].total for name in members], axis=0)
    flows = [flow for name in members for flow in suit.spent[name]]
    neither = prospects.respondent - prospects.together
    return Exposure(
        valuation, claimant, tuple(_stages(valuation, suit, members)), float(suit.months.mean()),
        (_mean_of(flows, None), _mean_of(suit.spent_by_respondent, None)), spread_of(first), spread_of(award),
        spread_of(left),
        float(np.mean(left < 0)), spread_of(prospects.respondent) if claimant is None else None,
        euros(float(neither.mean())) if claimant is None else None, tuple(_each(valuation, prospects, members)),
        litigation_tree(valuation, suit, prospects, claimant))


def _stages(valuation: Valuation, suit: Suit, members: Sequence[str]) -> Iterable[StageCost]:
    proceedings = valuation.assessment.case.file.proceedings
    if proceedings is None:
        return
    everywhere = np.ones(suit.months.size, dtype=np.bool_)
    heard = np.any([suit.judgments.appealed[name] for name in members], axis=0)
    flows = [flow for name in members for flow in suit.spent[name]]
    stages: list[tuple[StageName, Estimate, Truth]] = [
        ("first_instance", proceedings.first_instance.months, everywhere)]
    if proceedings.appeal is not None:
        stages.append(("appeal", proceedings.appeal.months, heard))
    for name, months, where in stages:
        yield StageCost(name, months, float(where.mean()), _mean_of(flows, name, where),
                        _mean_of(suit.spent_by_respondent, name, where))


def _mean_of(flows: Iterable[Flow], stage: StageName | None, where: Truth | None = None) -> Decimal:
    """Return the mean of the flows of a stage `where` it takes place, in euros as paid; nil where it never does."""
    amounts = [flow.amount for flow in flows if flow.stage == stage]
    if not amounts or (where is not None and not where.any()):
        return Decimal("0.00")
    together = np.sum(amounts, axis=0)
    return euros(float(together.mean() if where is None else together[where].mean()))


def _each(valuation: Valuation, prospects: Prospects, members: Sequence[str]) -> Iterable[OneClaimant]:
    claimed = {loss.claimant.id: loss.claimed for loss in valuation.losses}
    for name in members:
        left = prospects.claimants[name]
        yield OneClaimant(name, claimed[name], euros(float(prospects.awarded[name].mean())),
                          euros(float(left.mean())), float(np.mean(left < 0)))
