"""Suits made for these tests by hand: a chance of winning, an award, costs; the worlds hold the chance exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from vismajor.case.proceedings import Bargaining
from vismajor.reasoning.worlds import Column, Worlds
from vismajor.settlement.prospects import Prospects

WORLDS = Worlds("suits", 1000)


def stances(**stated: object) -> Bargaining:
    """Return what the parties weigh up, from data as YAML holds it."""
    return Bargaining.model_validate(_as_read(stated))


def _as_read(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_read(one) for key, one in value.items()}
    return Decimal(repr(value)) if isinstance(value, float) else value


def suit(chance: float, award: float = 1000.0, costs: float = 100.0, shifted: float = 0.0, *,
         respondents_costs: float | None = None, waiting: float = 1.0) -> Prospects:
    """One claim of `award` won with a `chance` (in steps of a thousandth); each side spends `costs`.

    The loser bears the part `shifted` of the winner's costs. What is paid is worth `waiting` times as much to the
    claimant as it costs the respondent.
    """
    theirs = costs if respondents_costs is None else respondents_costs
    wins = np.arange(WORLDS.count) < round(chance * WORLDS.count)
    paid = np.where(wins, award + shifted * costs, -shifted * theirs)
    spent, spent_by_respondent = np.full(WORLDS.count, costs), np.full(WORLDS.count, theirs)
    return Prospects({"one": waiting * paid - costs}, paid + theirs, {"one": np.where(wins, award, 0.0)}, wins, spent,
                     spent_by_respondent)


def group(own: Mapping[str, Sequence[float] | Column], shared: float = 0.0, awarded: Mapping[str, Column] | None = None,
          lost: Column | None = None) -> Prospects:
    """Claimants who would be left with `own` before they share what is spent once for all, equally."""
    before = {name: np.asarray(column, dtype=np.float64) for name, column in own.items()}
    count = next(iter(before.values())).size
    part = np.full(count, shared / len(before))
    net = {name: column - part for name, column in before.items()}
    got = awarded or before
    won = np.any([column > 0 for column in got.values()], axis=0) if lost is None else lost
    return Prospects(net, np.asarray(sum(before.values(), np.zeros(count))), got, won, np.full(count, shared),
                     np.zeros(count), dict.fromkeys(before, part))
