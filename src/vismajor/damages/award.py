"""The award of each world: the losses, passed through the law of that world in the order in which a court does.

Admissible or not, liable or not, duty by duty; the share of each head that the court accepts; the immediate and direct
consequence alone; certain, or a chance of it; what could not be foreseen; the heads that the contract excludes; the
claimant's own share; the part that an insurer paid, which is the insurer's; the cap, last, unless struck or set aside
(C. civ. 1231-2 to 1231-4; the cap limits the debt of damages); the credit of what was paid as indemnity. What is given
back is no damages: no cap limits it. Interest and costs come on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.models import Claim, Received
from vismajor.damages.accessories import add_costs, add_interest
from vismajor.damages.amounts import drawn
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.received import Payment, payments
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.worlds import Column, Truth, Worlds, triangular

OWN_SHARE = "client.own_fault_share"
# The issues whose answers, world by world, make an award.
ISSUES = frozenset(("liability", "restitution", "admissibility", "own_fault", "heads_excluded", "foreseeable_loss",
                    "liability_cap"))


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
        return self.amount + self.interest + self.costs


def compute_awards(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> Mapping[str, Award]:
    """Return the award of every claimant, by id, in the order of the case."""
    return {loss.claimant.id: _award(assessment, loss) for loss in losses}


def _award(assessment: Assessment, loss: ClaimantLoss) -> Award:
    """Return what the claimant's claims bring together; it is under the cap where no claim that it wins escapes one."""
    parts = [_Judgment(assessment, assessment.case.claim(claim), loss).award() for claim in loss.caps]
    escapes = np.any([part.liable & ~part.capped for part in parts], axis=0)
    capped = parts[0].capped if len(parts) == 1 else ~escapes & np.any([part.capped for part in parts], axis=0)
    amount, restitution = _sum(part.amount for part in parts), _sum(part.restitution for part in parts)
    given_back = np.minimum(restitution, amount)
    return Award(
        amount, _sum(part.uncapped for part in parts), np.any([part.liable for part in parts], axis=0), capped,
        restitution, _sum(part.credited for part in parts), loss.claimant.id,
        add_interest(assessment, loss.claimant, amount - given_back, given_back),
        add_costs(assessment, loss.claimant, amount > 0),
    )


def _sum(columns: Iterable[Column]) -> Column:
    return np.asarray(np.sum(list(columns), axis=0))


@dataclass(frozen=True)
class _Judgment:
    """The judgment on one claim. An issue that the pack does not ask is answered as if it had no effect."""

    assessment: Assessment
    claim: Claim
    loss: ClaimantLoss

    def award(self) -> Principal:
        first_duty = duties_of(self.assessment.law, self.claim)[0]
        excluded = self._holds(first_duty, "heads_excluded", False)
        foreseen = self._holds(first_duty, "foreseeable_loss", True)
        count = self.assessment.worlds.count
        debt, restitution, losses = np.zeros(count), np.zeros(count), dict[str, Column]()
        liable = np.zeros(count, dtype=np.bool_)
        for head in self.loss.heads:
            if head.claim != self.claim.id:
                continue
            given_back = head.head.kind == "restitution"
            due, left, kept = self._due(head, "restitution" if given_back else "liability")
            amount = _accepted(self.assessment.worlds, head)
            if given_back:
                restitution, liable = restitution + np.where(due, amount, 0.0), liable | due
                continue
            if head.consequential:
                due = due & foreseen & ~excluded
            liable = liable | due
            losses[head.head.id] = np.where(due, amount * left, 0.0)
            debt += losses[head.head.id] * kept
        capped = self._holds(first_duty, "liability_cap", False) & (self._cap is not None)
        limited = self._limited(debt, losses, capped) + restitution
        amount = np.maximum(limited - sum(float(one.amount) for one in self._paid("indemnity")), 0.0)
        return Principal(amount, debt + restitution, liable, capped, restitution, limited - amount)

    @property
    def _cap(self) -> Decimal | None:
        return self.loss.caps[self.claim.id]

    def _limited(self, debt: Column, losses: Mapping[str, Column], capped: Truth) -> Column:
        """Return what the claimant may ask of the debt, under the cap where it applies.

        A clause may say that the cap comes before the claimant's own share. What an insurer paid is the insurer's to
        claim, up to the heads that it paid for; the insured comes first for the rest of its loss, against what the
        respondent owes and within the cap (C. civ. 1346-3).
        """
        before_share = np.asarray(sum(losses.values(), np.zeros_like(debt)))
        cap = np.inf if self._cap is None else float(self._cap)
        clause = self.assessment.case.terms_of(self.claim.contract).cap
        limit = np.full_like(debt, cap)
        if clause is not None and clause.applies == "before_share":
            kept = np.divide(debt, before_share, out=np.zeros_like(debt), where=before_share > 0)
            limit = np.minimum(before_share, cap) * kept
        rest = np.minimum(debt, np.maximum(before_share - self._insured(losses), 0.0))
        return np.where(capped, np.minimum(rest, limit), rest)

    def _insured(self, losses: Mapping[str, Column]) -> Column:
        """Return the part of the loss that insurers paid, in euros per world: no more of each than its heads."""
        paid = np.zeros(self.assessment.worlds.count)
        for one in self._paid("insurance"):
            covered = [loss for name, loss in losses.items() if not one.heads or name in one.heads]
            paid = paid + np.minimum(float(one.amount), sum(covered, np.zeros_like(paid)))
        return paid

    def _paid(self, kind: Payment) -> list[Received]:
        return payments(self.claim.claimant, self.assessment.case.as_of, kind, self.claim.id)

    def _holds(self, duty: str, issue: str, if_not_asked: bool) -> Truth:
        if issue not in self.assessment.law.issues:
            return np.full(self.assessment.worlds.count, if_not_asked)
        return self.assessment.holds(self.claim.id, duty, issue)

    def _due(self, head: HeadLoss, issue: str) -> tuple[Truth, Column, Column]:
        """Return where a head is due on one of its duties, what is left of the loss there, and what the claimant keeps.

        The claimant pleads the duty that brings it most: its own fault may bear on one and not on another, and the
        breach of some duties leaves only a chance lost of acting otherwise.
        """
        worlds = self.assessment.worlds
        due, left, kept = np.zeros(worlds.count, dtype=np.bool_), np.zeros(worlds.count), np.ones(worlds.count)
        for duty in head.head.duties:
            here = self._holds(duty, issue, False) & self._holds(duty, "admissibility", True)
            share = np.where(self._holds(duty, "own_fault", False), 1.0 - self._own_share(duty), 1.0)
            chance = self.assessment.law.vocabulary.duties[duty].chance
            part = np.ones(worlds.count) if chance is None or issue == "restitution" else estimated(
                worlds, f"chance:{duty}:{self.claim.claimant.id}", chance)
            better = here & (part * share > left * kept)
            left, kept, due = np.where(better, part, left), np.where(better, share, kept), due | here
        return due, left, kept

    def _own_share(self, duty: str) -> Column:
        """Return the share of the loss that falls on the claimant where it was at fault, between 0 and 1."""
        worlds, default = self.assessment.worlds, self.assessment.law.own_fault_share
        stated = self.assessment.graphs[self.claim.id, duty].findings.get(OWN_SHARE)
        if stated is not None:
            return np.clip(np.nan_to_num(stated.numbers(worlds)), 0.0, 1.0)
        if default is None:
            return np.zeros(worlds.count)
        return estimated(worlds, f"own_fault_share:{self.claim.claimant.id}", default)


def estimated(worlds: Worlds, name: str, estimate: Estimate) -> Column:
    """Return a quantity stated as low, likely, high, drawn in each world."""
    return triangular(worlds, name, float(estimate.low), float(estimate.likely), float(estimate.high))


def _accepted(worlds: Worlds, head: HeadLoss) -> Column:
    """Return the amount of a head that the court accepts, in euros per world: direct, and certain or a chance of it.

    Never more than is claimed: a court rules on what is asked of it, and on that alone (CPC 5).
    """
    name = f"{head.claim.partition('/')[0]}:{head.head.id}"
    measured = np.minimum(drawn(head.measure, worlds.uniform(head.draw)), float(head.claimed))
    amount = estimated(worlds, f"accepted:{name}", head.accepted) * measured
    if head.chance is not None:
        certain = worlds.uniform(f"certain:{name}") < head.certain
        amount = np.where(certain, amount, amount * estimated(worlds, f"chance:{name}", head.chance))
    if head.direct < 1:
        amount = np.where(worlds.uniform(f"direct:{name}") < head.direct, amount, 0.0)
    return amount
