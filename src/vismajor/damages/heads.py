"""The heads of loss of each claimant: what is claimed, documented and provable, on which basis, with which interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.head_checks import customers_from
from vismajor.case.heads import HeadOfLoss, LostCustomers, LostMargin, OtherLoss
from vismajor.case.models import Case, Claim, Claimant, Received
from vismajor.damages.amounts import Measure, drawn, measure_margin, stated_amount
from vismajor.damages.counterfactual import Counterfactual, counterfactual
from vismajor.damages.customers import CustomerLoss, lost_customers
from vismajor.damages.margin_rate import MarginRate, margin_rate
from vismajor.damages.money import LOWER, NOTHING, UPPER, euros
from vismajor.damages.received import payments
from vismajor.law.heads import HeadKind
from vismajor.law.models import Law
from vismajor.reading.scalars import Bilingual, Estimate
from vismajor.reasoning.worlds import Worlds


@dataclass(frozen=True)
class HeadLoss:
    """One head of loss, in euros.

    `measure.claimed` is asked for; `documented` is what vouchers or accounts show of it; `provable` what may be
    expected of a court on these vouchers: the likely share accepted, a margin counted at the low bound of its interval,
    what is rather a chance for the likely chance, what is rather indirect for nothing.
    `accepted` is the share of the claim that the court may accept, `chance` the share that is left where only a chance
    was lost, `certain` and `direct` how likely the court finds the loss certain, and direct.
    """

    claim: str
    head: HeadOfLoss
    kind: HeadKind
    measure: Measure
    documented: Decimal
    accepted: Estimate
    chance: Estimate | None
    certain: float
    direct: float
    counterfactual: Counterfactual | None = None
    margin: MarginRate | None = None
    customers: CustomerLoss | None = None

    @property
    def claimed(self) -> Decimal:
        """The sum asked for."""
        return self.measure.claimed

    @property
    def low(self) -> Decimal:
        """The low bound of the 90 % interval."""
        return self.measure.low

    @property
    def high(self) -> Decimal:
        """The high bound of the 90 % interval."""
        return self.measure.high

    @property
    def provable(self) -> Decimal:
        """What a court may be expected to accept on the documents there are."""
        if self.direct < 0.5:
            return NOTHING
        left = self.chance.likely if self.chance is not None and self.certain < 0.5 else Decimal(1)
        return euros(min(self.documented, self.low) * self.accepted.likely * left)

    @property
    def as_a_chance(self) -> Decimal | None:
        """What is asked in the alternative, as a chance lost; None where no chance is pleaded."""
        return None if self.chance is None else euros(self.claimed * self.chance.likely)

    @property
    def draw(self) -> str:
        """The name under which its amount is drawn, where it is known within an interval only."""
        return f"margin:{self.claim.partition('/')[0]}:{self.head.id}"

    @property
    def consequential(self) -> bool:
        """Whether a clause that excludes loss of business reaches it."""
        return self.head.consequential if isinstance(self.head, OtherLoss) else self.kind.consequential

    @property
    def title(self) -> Bilingual:
        """What it is called: as counsel named it, or by its kind."""
        return self.head.title if isinstance(self.head, OtherLoss) else self.kind.title


@dataclass(frozen=True)
class ClaimantLoss:
    """All heads of one claimant, and, for each of its claims, the cap in euros where a clause sets one.

    `low` and `high` bound 90 % of what the heads together may have been: their bounds are not added, their draws are.
    """

    claimant: Claimant
    heads: tuple[HeadLoss, ...]
    caps: Mapping[str, Decimal | None]
    low: Decimal
    high: Decimal

    @property
    def cap(self) -> Decimal | None:
        """The caps of all the claimant's contracts together, or None where one of them has none."""
        known = [cap for cap in self.caps.values() if cap is not None]
        return sum(known, NOTHING) if len(known) == len(self.caps) else None

    @property
    def claimed_by_claim(self) -> Mapping[str, Decimal]:
        """What is claimed under each contract, in euros."""
        return {claim: sum((head.claimed for head in self.heads if head.claim == claim), NOTHING)
                for claim in self.caps}

    @property
    def claimed(self) -> Decimal:
        """The total claimed, in euros."""
        return sum((head.claimed for head in self.heads), NOTHING)

    @property
    def restitution(self) -> Decimal:
        """What is claimed back beside the damages, in euros."""
        return sum((head.claimed for head in self.heads if head.head.kind == "restitution"), NOTHING)

    def received(self, day: dt.date) -> Decimal:
        """What counts as paid up to `day`, as an indemnity or by an insurer, in euros."""
        return sum((one.amount for one in payments(self.claimant, day)), NOTHING)

    def due(self, day: dt.date) -> Decimal:
        """What is still asked, in euros: under each contract damages less the insurer's part, less the indemnity."""
        return sum((self._due_under(claim, day) for claim in self.caps), NOTHING)

    def due_within_caps(self, day: dt.date) -> Decimal:
        """What is still asked if the damages under each contract stay within its cap, in euros (see `due`)."""
        return sum((self._due_under(claim, day, cap) for claim, cap in self.caps.items()), NOTHING)

    def _due_under(self, claim: str, day: dt.date, cap: Decimal | None = None) -> Decimal:
        heads = [head for head in self.heads if head.claim == claim]
        back = sum((head.claimed for head in heads if head.head.kind == "restitution"), NOTHING)
        damages = sum((head.claimed for head in heads), NOTHING) - back
        insured = sum((min(one.amount, insured_claim(one, heads))
                       for one in payments(self.claimant, day, "insurance", claim)), NOTHING)
        paid = sum((one.amount for one in payments(self.claimant, day, "indemnity", claim)), NOTHING)
        rest = max(damages - insured, NOTHING)
        return max((rest if cap is None else min(rest, cap)) + back - paid, NOTHING)

    @property
    def documented(self) -> Decimal:
        """The total documented, in euros."""
        return sum((head.documented for head in self.heads), NOTHING)

    @property
    def provable(self) -> Decimal:
        """The total that a court may be expected to accept, in euros."""
        return sum((head.provable for head in self.heads), NOTHING)


def insured_claim(received: Received, heads: Sequence[HeadLoss]) -> Decimal:
    """Return the damages claimed under the heads that an insurer paid for, in euros: all where none is named."""
    return sum((head.claimed for head in heads if head.head.kind != "restitution"
                and (not received.heads or head.head.id in received.heads)), NOTHING)


def compute_losses(case: Case, law: Law, worlds: Worlds, progress: Callable[[str], None] | None = None
                   ) -> tuple[ClaimantLoss, ...]:
    """Compute every head of loss of every claimant, in the order of the case."""
    found = []
    for claimant in case.file.claimants:
        claims = [claim for claim in case.claims if claim.claimant is claimant]
        heads: dict[str, HeadLoss] = {}
        # Lost margins first: customers lost count once these are over.
        placed = [(claim, head) for claim in claims for head in claim.heads]
        for claim, head in sorted(placed, key=lambda pair: not isinstance(pair[1], LostMargin)):
            ended = [one.counterfactual.months[-1] for one in heads.values() if one.counterfactual is not None]
            heads[head.id] = _head(case, law, claim, head, worlds, ended)
        measured = tuple(heads[head.id] for head in claimant.heads)
        found.append(ClaimantLoss(claimant, measured, {claim.id: case.cap_of(claim.contract) for claim in claims},
                                  *_interval(measured, worlds)))
        if progress:
            progress(claimant.id)
    return tuple(found)


def _interval(heads: Sequence[HeadLoss], worlds: Worlds) -> tuple[Decimal, Decimal]:
    """Return the bounds of 90 % of the sum of heads that are independent of each other, in euros."""
    open_ = [head for head in heads if head.measure.simulated is not None]
    fixed = sum((head.claimed for head in heads if head.measure.simulated is None), NOTHING)
    if not open_:
        return fixed, fixed
    if len(open_) == 1:
        return fixed + open_[0].low, fixed + open_[0].high
    sums = np.sum([drawn(head.measure, worlds.uniform(head.draw)) for head in open_], axis=0)
    low, high = np.quantile(sums, [LOWER, UPPER])
    return fixed + euros(float(low)), fixed + euros(float(high))


def _head(case: Case, law: Law, claim: Claim, head: HeadOfLoss, worlds: Worlds, ended: Sequence[str]) -> HeadLoss:
    kind, name = law.heads[head.kind], f"{claim.claimant.id}:{head.id}"
    course, rate, customers = None, None, None
    if isinstance(head, LostMargin):
        books = case.books[claim.claimant.id]
        assert claim.claimant.accounts is not None
        course = course_of(case, claim.claimant, head, worlds)
        rate = margin_rate(books, claim.claimant.accounts, head.from_)
        measure = measure_margin(head, course, rate.rate)
    elif isinstance(head, LostCustomers):
        customers = lost_customers(
            case.customers[claim.claimant.id, head.id], case.file.incident.date, head.from_, head.to, worlds, name,
            counted_from=customers_from(head, claim.claimant, ended),
            margin_rate=_rate_of(case, claim.claimant, head.from_),
            annual_discount=head.discount, horizon_months=head.horizon_months)
        measure = Measure(customers.amount, customers.low, customers.high, customers.amounts)
    else:
        amount = stated_amount(head, claim.claimant)
        measure = Measure(amount, amount, amount)
    shown = any(exhibit in case.exhibits_known for exhibit in head.exhibits)
    if kind.needs_evidence and not shown:
        measure = Measure(NOTHING, NOTHING, NOTHING)
    documented = measure.claimed if shown else NOTHING
    if head.documented is not None:
        documented = min(head.documented, measure.claimed) if shown else NOTHING
    chance = head.chance or kind.chance
    # A loss that is by nature a chance is never certain; one pleaded as a chance in the alternative may be.
    certain = 1.0 if chance is None else head.certain if head.certain is not None else kind.certain
    direct = kind.direct if head.direct is None else head.direct
    return HeadLoss(claim.id, head, kind, measure, documented, head.accepted or kind.accepted, chance, certain, direct,
                    course, rate, customers)


def course_of(case: Case, claimant: Claimant, head: LostMargin, worlds: Worlds, *, breaks: bool = True
              ) -> Counterfactual:
    """Compare a claimant's revenue over the months of `head` with what the months before let expect.

    Without `breaks` the exceptional months that the case declares are not set aside.
    """
    books, accounts = case.books[claimant.id], claimant.accounts
    return counterfactual(books.revenue, head.from_, head.to, worlds, f"{claimant.id}:{head.id}",
                          unaffected=books.unaffected, breaks=accounts.breaks if accounts and breaks else ())


def _rate_of(case: Case, claimant: Claimant, loss_from: str) -> Decimal | None:
    """Return the claimant's rate of margin, or None where it gave no accounts."""
    if claimant.accounts is None:
        return None
    return margin_rate(case.books[claimant.id], claimant.accounts, loss_from).rate
