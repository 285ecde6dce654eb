"""The award of each world: the losses, passed through the law of that world in the order in which a court does.

Admissible or not, liable or not, duty by duty; the share of each head that the court accepts; what could not be
foreseen; the heads that the contract excludes; the claimant's own share; the cap, last, unless struck or set aside
(C. civ. 1231-2 to 1231-4; the cap limits the debt of damages). What is given back is no damages: no cap limits it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.models import Claim
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.worlds import Column, Truth, triangular

OWN_SHARE = "client.own_fault_share"


@dataclass(frozen=True)
class Award:
    """What judgment brings to one claimant, in euros per world (principal: no interest, no costs).

    `liable` where at least one head is due, `capped` where the clause that limits liability applies, both of shape
    (worlds,); `uncapped` is the debt before the cap; `restitution` is given back beside the damages, and counted in
    `amount` and `uncapped`.
    """

    claimant: str
    amount: Column
    uncapped: Column
    liable: Truth
    capped: Truth
    restitution: Column


def compute_awards(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> Mapping[str, Award]:
    """Return the award of every claimant, by id, in the order of the case."""
    return {loss.claimant.id: _award(assessment, loss) for loss in losses}


def _award(assessment: Assessment, loss: ClaimantLoss) -> Award:
    """Return what the claimant's claims bring together; it is under the cap where no claim that it wins escapes one."""
    parts = [_Judgment(assessment, assessment.case.claim(claim), loss).award() for claim in loss.caps]
    escapes = np.any([part.liable & ~part.capped for part in parts], axis=0)
    capped = parts[0].capped if len(parts) == 1 else ~escapes & np.any([part.capped for part in parts], axis=0)
    return Award(
        loss.claimant.id, _sum(part.amount for part in parts), _sum(part.uncapped for part in parts),
        np.any([part.liable for part in parts], axis=0), capped, _sum(part.restitution for part in parts),
    )


def _sum(columns: Iterable[Column]) -> Column:
    return np.asarray(np.sum(list(columns), axis=0))


@dataclass(frozen=True)
class _Judgment:
    """The judgment on one claim. An issue that the pack does not ask is answered as if it had no effect."""

    assessment: Assessment
    claim: Claim
    loss: ClaimantLoss

    def award(self) -> Award:
        first_duty = duties_of(self.assessment.law, self.claim)[0]
        excluded = self._holds(first_duty, "heads_excluded", False)
        foreseen = self._holds(first_duty, "foreseeable_loss", True)
        count = self.assessment.worlds.count
        debt, before_share, restitution = np.zeros(count), np.zeros(count), np.zeros(count)
        liable = np.zeros(count, dtype=np.bool_)
        for head in self.loss.heads:
            if head.claim != self.claim.id:
                continue
            given_back = head.head.kind == "restitution"
            due, kept = self._due(head, "restitution" if given_back else "liability")
            amount, liable = _accepted(self.assessment, head), liable | due
            if given_back:
                restitution += np.where(due, amount, 0.0)
                continue
            if head.kind.consequential:
                due = due & foreseen & ~excluded
            before_share += np.where(due, amount, 0.0)
            debt += np.where(due, amount * kept, 0.0)
        capped = self._holds(first_duty, "liability_cap", False) & (self._cap is not None)
        limited = self._limited(debt, before_share, capped)
        return Award(self.claim.id, limited + restitution, debt + restitution, liable, capped, restitution)

    @property
    def _cap(self) -> Decimal | None:
        return self.loss.caps[self.claim.id]

    def _limited(self, debt: Column, before_share: Column, capped: Truth) -> Column:
        """Return the debt under the cap; a clause may say that the cap comes before the claimant's own share."""
        cap = np.inf if self._cap is None else float(self._cap)
        clause = self.assessment.case.terms_of(self.claim.contract).cap
        if clause is None or clause.applies == "after_share":
            return np.where(capped, np.minimum(debt, cap), debt)
        kept = np.divide(debt, before_share, out=np.zeros_like(debt), where=before_share > 0)
        return np.where(capped, np.minimum(before_share, cap) * kept, debt)

    def _holds(self, duty: str, issue: str, if_not_asked: bool) -> Truth:
        if issue not in self.assessment.law.issues:
            return np.full(self.assessment.worlds.count, if_not_asked)
        return self.assessment.holds(self.claim.id, duty, issue)

    def _due(self, head: HeadLoss, issue: str) -> tuple[Truth, Column]:
        """Return where a head is due on one of its duties, and the share of it that the claimant keeps.

        The claimant pleads the duty that leaves it most: its own fault may bear on one and not on another.
        """
        count = self.assessment.worlds.count
        due, kept = np.zeros(count, dtype=np.bool_), np.zeros(count)
        for duty in head.head.duties:
            here = self._holds(duty, issue, False) & self._holds(duty, "admissibility", True)
            share = np.where(self._holds(duty, "own_fault", False), 1.0 - self._own_share(duty), 1.0)
            kept = np.where(here, np.maximum(kept, share), kept)
            due = due | here
        return due, kept

    def _own_share(self, duty: str) -> Column:
        """Return the share of the loss that falls on the claimant where it was at fault, between 0 and 1."""
        worlds, default = self.assessment.worlds, self.assessment.law.own_fault_share
        stated = self.assessment.graphs[self.claim.id, duty].findings.get(OWN_SHARE)
        if stated is not None:
            return np.clip(np.nan_to_num(stated.numbers(worlds)), 0.0, 1.0)
        if default is None:
            return np.zeros(worlds.count)
        bounds = (float(default.low), float(default.likely), float(default.high))
        return triangular(worlds, f"own_fault_share:{self.claim.claimant.id}", *bounds)


def _accepted(assessment: Assessment, head: HeadLoss) -> Column:
    """Return the amount of a head that the court accepts, in euros per world."""
    name = f"{head.claim.partition('/')[0]}:{head.head.id}"
    share = triangular(assessment.worlds, f"accepted:{name}", float(head.accepted.low), float(head.accepted.likely),
                       float(head.accepted.high))
    if head.counterfactual is None or head.margin_rate is None:
        return share * float(head.claimed)
    shortfall = head.counterfactual.quantile(assessment.worlds.uniform(f"margin:{name}"))
    return share * np.maximum(shortfall, 0.0) * float(head.margin_rate)
