"""The award of each world: the losses, passed through the law of that world in the order in which a court does.

Admissible or not, liable or not, duty by duty; the share of each head that the court accepts; the immediate and direct
consequence alone; certain, or a chance of it; what could not be foreseen; the heads that the contract excludes; the
claimant's own share; the part that an insurer paid, which is the insurer's; the cap, last, unless struck or set aside
(C. civ. 1231-2 to 1231-4; the cap limits the debt of damages); the credit of what was paid as indemnity. What is given
back is no damages: no cap limits it. Interest and costs come on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vismajor.case.models import Claim, Received
from vismajor.damages.accessories import add_costs, add_interest
from vismajor.damages.amounts import drawn
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.hearing import Chosen, Demand, Hearing, demands_of, hearing_of
from vismajor.damages.received import Payment, payments
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.parallel import over_windows
from vismajor.reasoning.pleadings import OwnDraws
from vismajor.reasoning.worlds import Column, Draws, Remembered, Truth, triangular

OWN_SHARE = "client.own_fault_share"
# The issues on whose answers an award rests.
ISSUES = ("liability", "restitution", "admissibility", "own_fault", "heads_excluded", "foreseeable_loss",
          "liability_cap")
_COLUMNS = ("amount", "uncapped", "liable", "capped", "restitution", "credited", "interest", "costs")


@dataclass(frozen=True)
class Principal:
    """What judgment brings, in euros per world, without interest or costs.

    `liable` where at least one head is due, `capped` where the clause that limits liability applies, both of shape
    (worlds,); `uncapped` is the debt before the cap and before what was paid on it; `restitution` is given back beside
    the damages, and counted in `amount` and `uncapped`; `credited` is what indemnities already received take off.
    """

    amount: Column
    uncapped: Column
    liable: Truth
    capped: Truth
    restitution: Column
    credited: Column


@dataclass(frozen=True)
class Award(Principal):
    """What judgment brings to one claimant: the principal, and on top `interest` up to judgment and `costs`."""

    claimant: str
    interest: Column
    costs: Column

    @property
    def total(self) -> Column:
        """All that judgment brings: principal, interest and costs, in euros per world."""
        total = self.amount + self.interest
        total += self.costs
        return total


def compute_awards(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> Mapping[str, Award]:
    """Return the award of every claimant, by id, in the order of the case."""
    demands = demands_of(assessment.case, assessment.law, losses)
    awards = {demand.claimant.id: _room(demand, assessment.worlds.count) for demand in demands}

    def judge(start: int, draws: Remembered) -> None:
        for demand in demands:
            name, own = demand.claimant.id, draws.aside()
            hearing = hearing_of(assessment, start, OwnDraws(draws, own, name, name))
            _place(award_in(hearing, demand), awards[name], start)
            own.forget()

    for _ in over_windows(assessment.worlds, judge):
        pass
    return awards


def _room(demand: Demand, count: int) -> Award:
    """Return an award without anything, for so many worlds."""
    columns: dict[str, Any] = {
        name: np.zeros(count, dtype=np.bool_ if name in ("liable", "capped") else np.float64) for name in _COLUMNS}
    return Award(claimant=demand.claimant.id, **columns)


def _place(found: Award, award: Award, start: int) -> None:
    """Set some worlds of an award in their place. What is nil is left as it is: memory never written is never taken."""
    for name in _COLUMNS:
        column = getattr(found, name)
        if column.any():
            getattr(award, name)[start : start + column.size] = column


def award_in(hearing: Hearing, demand: Demand) -> Award:
    """Return what the claims of one claimant bring together in the worlds of a hearing.

    It is under the cap where no claim that it wins escapes one.
    """
    parts = [_Judgment(hearing, claim, demand).award() for claim in demand.claims]
    escapes = np.any([part.liable & ~part.capped for part in parts], axis=0)
    capped = parts[0].capped if len(parts) == 1 else ~escapes & np.any([part.capped for part in parts], axis=0)
    amount, restitution = _sum(part.amount for part in parts), _sum(part.restitution for part in parts)
    given_back = np.minimum(restitution, amount)
    return Award(
        amount, _sum(part.uncapped for part in parts), np.any([part.liable for part in parts], axis=0), capped,
        restitution, _sum(part.credited for part in parts), demand.claimant.id,
        add_interest(demand.interest, hearing.draws, amount - given_back, given_back),
        add_costs(demand.costs, demand.claimant.id, hearing.draws, amount > 0),
    )


def _sum(columns: Iterable[Column]) -> Column:
    first, *rest = columns
    return np.asarray(np.sum([first, *rest], axis=0)) if rest else first


@dataclass(frozen=True)
class _Due:
    """The positions of the worlds in which a loss is due; what is left of it there, and what the claimant keeps."""

    where: NDArray[np.intp]
    left: Column
    kept: Column

    def only(self, open_: Truth) -> _Due:
        """Return the same in those worlds alone that are `open_`, of shape (worlds,)."""
        inside = open_.take(self.where)
        return _Due(self.where[inside], self.left[inside], self.kept[inside])


@dataclass
class _Judgment:
    """The judgment on one claim. An issue that the pack does not ask is answered as if it had no effect.

    A loss is counted in the worlds in which it is due, and only there.
    """

    hearing: Hearing
    claim: Claim
    demand: Demand
    _due_on: dict[tuple[tuple[str, ...], str], _Due] = field(default_factory=dict)

    def award(self) -> Principal:
        first_duty = duties_of(self.hearing.law, self.claim)[0]
        foreseen = self._holds(first_duty, "foreseeable_loss", True) & ~self._holds(first_duty, "heads_excluded", False)
        count = self.hearing.draws.count
        debt, restitution, losses = np.zeros(count), np.zeros(count), dict[str, Column]()
        liable = np.zeros(count, dtype=np.bool_)
        for head in self.demand.heads:
            if head.claim != self.claim.id:
                continue
            given_back = head.head.kind == "restitution"
            due = self._due(head.head.duties, "restitution" if given_back else "liability")
            if head.consequential and not given_back:
                due = due.only(foreseen)
            if not due.where.size:
                continue
            liable[due.where] = True
            amount = _accepted(Chosen(self.hearing.draws, due.where), head)
            if given_back:
                restitution[due.where] += amount
                continue
            amount *= due.left
            if self._needs_losses:
                losses[head.head.id] = np.zeros(count)
                losses[head.head.id][due.where] = amount
            debt[due.where] += amount * due.kept
        capped = self._holds(first_duty, "liability_cap", False) & (self._cap is not None)
        limited = self._limited(debt, losses, capped) + restitution
        amount = np.maximum(limited - sum(float(one.amount) for one in self._paid("indemnity")), 0.0)
        return Principal(amount, debt + restitution, liable, capped, restitution, limited - amount)

    @property
    def _cap(self) -> Decimal | None:
        return self.demand.caps[self.claim.id]

    @property
    def _before_share(self) -> bool:
        clause = self.hearing.case.terms_of(self.claim.contract).cap
        return clause is not None and clause.applies == "before_share"

    @cached_property
    def _needs_losses(self) -> bool:
        """Whether the debt alone does not tell what is due: the loss before the own share counts beside it."""
        return self._before_share or bool(self._paid("insurance"))

    def _limited(self, debt: Column, losses: Mapping[str, Column], capped: Truth) -> Column:
        """Return what the claimant may ask of the debt, under the cap where it applies.

        A clause may say that the cap comes before the claimant's own share. What an insurer paid is the insurer's to
        claim, up to the heads that it paid for; the insured comes first for the rest of its loss, against what the
        respondent owes and within the cap (C. civ. 1346-3).
        """
        cap = np.inf if self._cap is None else float(self._cap)
        if not self._needs_losses:
            return np.where(capped, np.minimum(debt, cap), debt)
        before_share, limit = np.asarray(sum(losses.values(), np.zeros_like(debt))), np.full_like(debt, cap)
        if self._before_share:
            kept = np.divide(debt, before_share, out=np.zeros_like(debt), where=before_share > 0)
            limit = np.minimum(before_share, cap) * kept
        rest = np.minimum(debt, np.maximum(before_share - self._insured(losses), 0.0))
        return np.where(capped, np.minimum(rest, limit), rest)

    def _insured(self, losses: Mapping[str, Column]) -> Column:
        """Return the part of the loss that insurers paid, in euros per world: no more of each than its heads."""
        paid = np.zeros(self.hearing.draws.count)
        for one in self._paid("insurance"):
            covered = [loss for name, loss in losses.items() if not one.heads or name in one.heads]
            paid = paid + np.minimum(float(one.amount), sum(covered, np.zeros_like(paid)))
        return paid

    def _paid(self, kind: Payment) -> list[Received]:
        return payments(self.claim.claimant, self.hearing.case.as_of, kind, self.claim.id)

    def _holds(self, duty: str, issue: str, if_not_asked: bool) -> Truth:
        if issue not in self.hearing.law.issues:
            return np.full(self.hearing.draws.count, if_not_asked)
        return self.hearing.holds(self.claim.id, duty, issue)

    def _due(self, duties: tuple[str, ...], issue: str) -> _Due:
        """Return where a loss is due on one of these duties, what is left of it there, and what the claimant keeps.

        The claimant pleads the duty that brings it most: its own fault may bear on one and not on another, and the
        breach of some duties leaves only a chance lost of acting otherwise.
        """
        if (duties, issue) not in self._due_on:
            self._due_on[duties, issue] = self._found_due(duties, issue)
        return self._due_on[duties, issue]

    def _found_due(self, duties: tuple[str, ...], issue: str) -> _Due:
        here = [self._holds(duty, issue, False) & self._holds(duty, "admissibility", True) for duty in duties]
        where = np.flatnonzero(here[0] if len(here) == 1 else np.any(here, axis=0))
        left, kept = np.zeros(where.size), np.ones(where.size)
        draws = Chosen(self.hearing.draws, where)
        for duty, due in zip(duties, here, strict=True) if where.size else ():
            share = self._share_kept(duty, where)
            chance = self.hearing.law.vocabulary.duties[duty].chance
            part = np.ones(where.size) if chance is None or issue == "restitution" else estimated(
                draws, f"chance:{duty}:{self.claim.claimant.id}", chance)
            better = due.take(where) & (part * share > left * kept)
            left, kept = np.where(better, part, left), np.where(better, share, kept)
        return _Due(where, left, kept)

    def _share_kept(self, duty: str, where: NDArray[np.intp]) -> Column:
        """Return the share of the loss that its own fault leaves to the claimant, in these worlds."""
        share, fault = np.ones(where.size), self._holds(duty, "own_fault", False).take(where)
        at_fault = where[fault]
        if at_fault.size:
            share[fault] = 1.0 - self._own_share(duty, Chosen(self.hearing.draws, at_fault))
        return share

    def _own_share(self, duty: str, draws: Draws) -> Column:
        """Return the share of the loss that falls on the claimant where it was at fault, between 0 and 1."""
        default = self.hearing.law.own_fault_share
        stated = self.hearing.stated(self.claim.id, duty, OWN_SHARE)
        if stated is not None:
            return np.clip(np.nan_to_num(stated.numbers(draws)), 0.0, 1.0)
        if default is None:
            return np.zeros(draws.count)
        return estimated(draws, f"own_fault_share:{self.claim.claimant.id}", default)


def estimated(draws: Draws, name: str, estimate: Estimate) -> Column:
    """Return a quantity stated as low, likely, high, drawn in each world."""
    return triangular(draws, name, float(estimate.low), float(estimate.likely), float(estimate.high))


def _accepted(draws: Draws, head: HeadLoss) -> Column:
    """Return the amount of a head that the court accepts, in euros per world: direct, and certain or a chance of it.

    Never more than is claimed: a court rules on what is asked of it, and on that alone (CPC 5).
    """
    name = f"{head.claim.partition('/')[0]}:{head.head.id}"
    measured = np.minimum(drawn(head.measure, draws.uniform(head.draw)), float(head.claimed))
    amount = estimated(draws, f"accepted:{name}", head.accepted) * measured
    if head.chance is not None:
        certain = draws.uniform(f"certain:{name}") < head.certain
        amount = np.where(certain, amount, amount * estimated(draws, f"chance:{name}", head.chance))
    if head.direct < 1:
        amount = np.where(draws.uniform(f"direct:{name}") < head.direct, amount, 0.0)
    return amount
