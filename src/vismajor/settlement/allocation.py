"""Ways to share a global offer among claimants: by what, how much each gets, and who would do better in court."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Literal

import numpy as np

from vismajor.damages.money import CENT, NOTHING, euros
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.pool import Pool, Response, respond
from vismajor.settlement.shapley import Shapley, shapley_of_sharing

Key = Literal["award", "claimed", "reservation", "shapley"]


@dataclass(frozen=True)
class Allocation:
    """One way to share an offer; amounts in euros to the cent, which add up to it.

    `floors`: what each must get at least, which is what it would have without an agreement: its suit, or the offer that
    it can take on its own. `nothing`: those to whom this key gives nothing, with whom there can be no settlement, which
    takes a concession on both sides (C. civ. 2044). `objecting`: those who
    would together do better in court, alone by themselves, by `excess` euros, than with their parts (none: no
    coalition would). `standard_errors`: of the amounts, where the key was drawn at random.
    """

    key: Key
    amounts: Mapping[str, Decimal]
    floors: Mapping[str, Decimal]
    objecting: tuple[str, ...]
    excess: Decimal
    standard_errors: Mapping[str, Decimal]

    @property
    def short(self) -> Mapping[str, Decimal]:
        """Those who get less than their floor, with what they lack."""
        return {name: self.floors[name] - amount for name, amount in self.amounts.items()
                if amount < self.floors[name]}

    @property
    def nothing(self) -> tuple[str, ...]:
        """Those who get nothing at all: with them nothing is settled."""
        return tuple(name for name, amount in self.amounts.items() if amount <= 0)

    @property
    def worst(self) -> str | None:
        """The one who lacks most, None where everyone has its floor."""
        short = self.short
        return max(short, key=lambda name: short[name], default=None)


def allocate(offer: Decimal, pool: Pool, awards: Mapping[str, Decimal], claimed: Mapping[str, Decimal], worlds: Worlds,
             without: Response | None = None) -> tuple[Allocation, ...]:
    """Share a global `offer` (euros) pro rata of several keys; a key by which nobody has anything is left out.

    `awards` is the expected award and `claimed` what is claimed, by claimant. `without`: what each has without an
    agreement, the offers that stand included (the suit alone where left out). `reservation` is what each would have
    then, and `shapley` what each adds to the suit of others, who share its costs.
    """
    names, without = list(pool.own), without or respond(pool, {})
    floors = {name: without.floor(name) for name in names}
    own = np.array([max(pool.before_sharing(name), 0.0) for name in names])
    added = shapley_of_sharing(own, pool.spent_for_all, worlds.generator("shapley"))
    keys: dict[Key, Sequence[Decimal]] = {
        "award": [awards[name] for name in names], "claimed": [claimed[name] for name in names],
        "reservation": [floors[name] for name in names],
        "shapley": [max(euros(value), NOTHING) for value in added.values.tolist()]}
    return tuple(_allocation(key, offer, dict(zip(names, weights, strict=True)), floors, pool, own, added)
                 for key, weights in keys.items() if sum(weights) > 0)


def _allocation(key: Key, offer: Decimal, weights: Mapping[str, Decimal], floors: Mapping[str, Decimal], pool: Pool,
                own: np.ndarray[tuple[int, ...], np.dtype[np.float64]], added: Shapley) -> Allocation:
    amounts = in_proportion(offer, weights)
    gains = {name: euros(worth) - amounts[name] for name, worth in zip(amounts, own.tolist(), strict=True)}
    excess = sum((gain for gain in gains.values() if gain > 0), NOTHING) - euros(pool.spent_for_all)
    objecting = tuple(name for name, gain in gains.items() if gain > 0) if excess > 0 else ()
    scale = offer / sum(weights.values())
    errors = {} if key != "shapley" or added.exact else {
        name: euros(error) * scale for name, error in zip(amounts, added.standard_errors.tolist(), strict=True)}
    return Allocation(key, amounts, floors, objecting, max(excess, NOTHING), errors)


def in_proportion(total: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Share `total` euros in proportion to weights, to the cent and without rest (largest remainders first)."""
    together = sum(weights.values(), NOTHING)
    exact = {name: total * weight / together for name, weight in weights.items()}
    shared = {name: amount.quantize(CENT, ROUND_DOWN) for name, amount in exact.items()}
    rest = int((total - sum(shared.values(), NOTHING)) / CENT)
    for name in sorted(exact, key=lambda name: shared[name] - exact[name])[:rest]:
        shared[name] += CENT
    return shared
