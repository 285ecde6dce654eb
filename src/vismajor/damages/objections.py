"""What the other side will say of a loss: what may count twice, what the accounts contradict, what lacks its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from vismajor.case.heads import LostMargin, Rehosting, StaffHours
from vismajor.case.models import Case
from vismajor.damages.customers import CustomerLoss
from vismajor.damages.heads import ClaimantLoss, HeadLoss, course_of, insured_claim
from vismajor.damages.margin_rate import margin_rate
from vismajor.damages.money import euros
from vismajor.damages.received import paid_as
from vismajor.reading.scalars import Bilingual
from vismajor.reasoning.worlds import Worlds

RATE_APART = Decimal("0.03")  # a margin rate further than this from that of the accounts


@dataclass(frozen=True)
class Objection:
    """One thing to be said against a loss: a code (`objection_<code>` in the words) and its values.

    A value is a title, an id or a month YYYY-MM, an amount in euros (Decimal) or a share (float).
    """

    code: str
    values: dict[str, Bilingual | str | Decimal | float]


def objections_to(case: Case, loss: ClaimantLoss, worlds: Worlds) -> Iterator[Objection]:
    """Yield what may be said against a claimant's loss. What is found does not depend on the number of worlds."""
    yield from _counted_twice(loss)
    yield from _received_beyond(loss)
    for head in loss.heads:
        yield from _unsupported(loss, head)
        if isinstance(head.head, LostMargin):
            yield from _back_before(case, loss, head, head.head, worlds)
            yield from _rate_differs(case, loss, head, head.head)
        if head.customers is not None:
            yield from _beyond_the_gap(loss, head, head.customers)


def _counted_twice(loss: ClaimantLoss) -> Iterator[Objection]:
    """Yield heads that may count the same loss twice, though nothing shows that they do."""
    for one, other in combinations(loss.heads, 2):
        if {one.head.kind, other.head.kind} == {"destroyed_asset", "data_recovery"}:
            yield Objection("asset_and_rebuilding", {"head": one.title, "other": other.title})
        if one.head.kind == other.head.kind and one.claimed == other.claimed > 0:
            yield Objection("same_head", {"head": one.title, "first": one.head.id, "second": other.head.id})
    wholes = [head for head in loss.heads if head.head.kind == "claimed_loss"]
    if wholes and len(wholes) < sum(head.head.kind != "restitution" for head in loss.heads):
        yield Objection("whole_and_parts", {"head": wholes[0].title})
    if any(isinstance(head.head, LostMargin) for head in loss.heads):
        # A margin on variable costs leaves wages to be paid out of it: they are covered once it is.
        for head in loss.heads:
            if isinstance(head.head, StaffHours) and not head.head.extra_cost:
                yield Objection("hours_and_margin", {"head": head.title})


def _received_beyond(loss: ClaimantLoss) -> Iterator[Objection]:
    for one in loss.claimant.received:
        claimed = insured_claim(one, loss.heads) if paid_as(one) == "insurance" else loss.claimed
        if paid_as(one) and one.amount > claimed:
            yield Objection("received_beyond", {"head": one.id, "received": one.amount, "claimed": claimed})


def _unsupported(loss: ClaimantLoss, head: HeadLoss) -> Iterator[Objection]:
    """Yield what lacks its proof, or states more than it claims."""
    stated = head.head
    if head.kind.needs_evidence and not head.claimed:
        yield Objection("no_evidence", {"head": head.title})
    if stated.documented is not None and stated.documented > head.claimed:
        yield Objection("documented_above", {"head": head.title, "documented": stated.documented,
                                             "claimed": head.claimed})
    if isinstance(stated, Rehosting) and stated.fees_saved > stated.amount:
        yield Objection("fees_above", {"head": head.title})
    if loss.claimant.vat_recovered < 1 and getattr(stated, "vat_rate", 0) is None:
        yield Objection("no_vat_rate", {"head": head.title})


def _back_before(case: Case, loss: ClaimantLoss, head: HeadLoss, margin: LostMargin, worlds: Worlds
                 ) -> Iterator[Objection]:
    """Yield that business was back before the end of the period that is claimed."""
    if margin.to is None:
        return
    back = course_of(case, loss.claimant, margin.model_copy(update={"to": None}), worlds).recovered
    if back is not None and back <= margin.to:
        yield Objection("back_before", {"head": head.title, "month": back, "to": margin.to})


def _rate_differs(case: Case, loss: ClaimantLoss, head: HeadLoss, margin: LostMargin) -> Iterator[Objection]:
    """Yield that the rate which the case states is not the one that its accounts show."""
    accounts, books = loss.claimant.accounts, case.books[loss.claimant.id]
    if accounts is None or head.margin is None or accounts.variable_cost_rate is None or books.variable_costs is None:
        return
    read = margin_rate(books, accounts.model_copy(update={"variable_cost_rate": None}), margin.from_).rate
    if abs(head.margin.rate - read) > RATE_APART:
        yield Objection("rate_differs", {"head": head.title, "stated": float(head.margin.rate), "read": float(read)})


def _beyond_the_gap(loss: ClaimantLoss, head: HeadLoss, lost: CustomerLoss) -> Iterator[Objection]:
    """Yield that the customers lost would bring more a month than is still missing in the accounts."""
    monthly = euros(lost.excess * float(lost.margin))
    for other in loss.heads:
        course, margin = other.counterfactual, other.margin
        if course is None or margin is None:
            continue
        gap = euros(float(course.expected[-1] - course.actual[-1]) * float(margin.rate))
        if monthly > gap:
            yield Objection("customers_beyond_gap", {"head": head.title, "customers": monthly, "gap": gap,
                                                     "month": course.months[-1]})
