"""The heads of loss of each claimant: what is claimed, on which basis, with which interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from vismajor.case.heads import HeadOfLoss
from vismajor.case.models import Case, Claim, Claimant
from vismajor.damages.counterfactual import Counterfactual, counterfactual
from vismajor.law.models import HeadKind, Law
from vismajor.reading.scalars import Estimate
from vismajor.reasoning.worlds import Worlds

CENT = Decimal("0.01")
LOWER, UPPER = 0.05, 0.95  # a 90 % interval


def euros(amount: float | Decimal) -> Decimal:
    """Round an amount to the cent, halves upwards, as accounts are kept."""
    return Decimal(repr(float(amount)) if isinstance(amount, float) else str(amount)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class HeadLoss:
    """One head of loss as claimed, in euros. `low` and `high` bound 90 % of what a margin may have been.

    `accepted` is the share of the claim that the court may accept; `counterfactual` is there for lost margin only.
    """

    claim: str
    head: HeadOfLoss
    kind: HeadKind
    claimed: Decimal
    low: Decimal
    high: Decimal
    accepted: Estimate
    counterfactual: Counterfactual | None = None
    margin_rate: Decimal | None = None


@dataclass(frozen=True)
class ClaimantLoss:
    """All heads of one claimant, and, for each of its claims, the cap in euros where a clause sets one."""

    claimant: Claimant
    heads: tuple[HeadLoss, ...]
    caps: Mapping[str, Decimal | None]

    @property
    def cap(self) -> Decimal | None:
        """The caps of all the claimant's contracts together, or None where one of them has none."""
        known = [cap for cap in self.caps.values() if cap is not None]
        return sum(known, Decimal("0.00")) if len(known) == len(self.caps) else None

    @property
    def claimed_by_claim(self) -> Mapping[str, Decimal]:
        """What is claimed under each contract, in euros."""
        return {claim: sum((head.claimed for head in self.heads if head.claim == claim), Decimal("0.00"))
                for claim in self.caps}

    @property
    def claimed(self) -> Decimal:
        """The total claimed, in euros."""
        return sum((head.claimed for head in self.heads), Decimal("0.00"))


def compute_losses(case: Case, law: Law, worlds: Worlds, progress: Callable[[str], None] | None = None
                   ) -> tuple[ClaimantLoss, ...]:
    """Compute every head of loss of every claimant, in the order of the case."""
    found = []
    for claimant in case.file.claimants:
        claims = [claim for claim in case.claims if claim.claimant is claimant]
        heads = {head.id: _head(case, law, claim, head, worlds) for claim in claims for head in claim.heads}
        found.append(ClaimantLoss(claimant, tuple(heads[head.id] for head in claimant.heads),
                                  {claim.id: case.cap_of(claim.contract) for claim in claims}))
        if progress:
            progress(claimant.id)
    return tuple(found)


def _head(case: Case, law: Law, claim: Claim, head: HeadOfLoss, worlds: Worlds) -> HeadLoss:
    kind = law.heads[head.kind]
    accepted = head.accepted or kind.accepted
    if head.kind == "lost_margin":
        return _margin(case, claim, head, kind, accepted, worlds)
    if head.kind == "rehosting":
        # What the old host no longer charged is saved: only the difference was lost.
        claimed = max(head.amount - head.fees_saved, Decimal("0.00"))
    elif head.kind == "staff_hours":
        claimed = euros(head.hours * head.hourly_rate)
    else:
        claimed = head.amount
    return HeadLoss(claim.id, head, kind, claimed, claimed, claimed, accepted)


def _margin(case: Case, claim: Claim, head: HeadOfLoss, kind: HeadKind, accepted: Estimate, worlds: Worlds
            ) -> HeadLoss:
    claimant = claim.claimant
    assert head.kind == "lost_margin" and claimant.accounts is not None
    assert claimant.accounts.variable_cost_rate is not None
    books = case.books[claimant.id]
    course = counterfactual(books.revenue, head.from_, head.to, worlds, f"{claimant.id}:{head.id}",
                            unaffected=books.unaffected, breaks=claimant.accounts.breaks)
    rate = 1 - Decimal(repr(claimant.accounts.variable_cost_rate))
    # Margin on variable costs, not turnover (Com. 28 June 2023, 21-16.940); a loss below zero is no loss.
    monthly = zip(course.expected.tolist(), course.actual.tolist(), strict=True)
    shortfall = sum((euros(expected) - euros(actual) for expected, actual in monthly), Decimal(0))
    claimed, low, high = (
        max(euros(amount * rate), Decimal("0.00"))
        for amount in (shortfall, Decimal(repr(float(course.quantile(LOWER)))),
                       Decimal(repr(float(course.quantile(UPPER)))))
    )
    return HeadLoss(claim.id, head, kind, claimed, low, high, accepted, course, rate)
