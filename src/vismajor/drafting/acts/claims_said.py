"""What each claimant asks for: contracts, heads of loss with their exhibits, sums, interest."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from vismajor.case.contracts import Contract
from vismajor.damages.accessories import interest_of
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.money import NOTHING
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    ClaimantPleaded,
    ContractPleaded,
    ExhibitSaid,
    HeadPleaded,
    InterestPleaded,
)
from vismajor.drafting.acts.parties_said import COMPANY, PERSON, claimant_said
from vismajor.reading.scalars import first_day


def claimants_pleaded(matter: Matter, needs: Collection[str] = COMPANY + PERSON) -> tuple[ClaimantPleaded, ...]:
    """Return the claimants of the act with all that they ask for, numbered from 1."""
    return tuple(_claimant(matter, at, loss, needs) for at, loss in enumerate(matter.losses))


def total_due(claimants: Collection[ClaimantPleaded]) -> Decimal:
    """Return what several claimants ask for together, in euros."""
    return sum((one.due for one in claimants), NOTHING)


def _claimant(matter: Matter, at: int, loss: ClaimantLoss, needs: Collection[str]) -> ClaimantPleaded:
    day = matter.case.as_of
    return ClaimantPleaded(at + 1, claimant_said(matter, at, needs), contracts_pleaded(matter, loss),
                           matter.told(loss.claimant.account),
                           tuple(_head(matter, head) for head in loss.heads), loss.claimed, loss.received(day),
                           loss.due(day))


def contracts_pleaded(matter: Matter, loss: ClaimantLoss) -> tuple[ContractPleaded, ...]:
    """Return the contracts of one claimant."""
    return tuple(
        ContractPleaded(matter.title_of(one), matter.case.terms_of(one).version, one.concluded, one.renewed,
                        one.monthly_fees, matter.exhibits(one.exhibits), terms_exhibits(matter, one))
        for one in loss.claimant.agreements)


def terms_exhibits(matter: Matter, contract: Contract) -> tuple[ExhibitSaid, ...]:
    """Return the exhibits that hold the terms of a contract; one later than the contract proves nothing of them."""
    known = matter.case.exhibits_known
    return matter.exhibits(one for one in matter.case.terms_of(contract).exhibits
                           if one in known and first_day(known[one].date) <= contract.governing_date)


def _head(matter: Matter, head: HeadLoss) -> HeadPleaded:
    stated, duties = head.head, matter.law.vocabulary.duties
    months = _months(head)
    return HeadPleaded(
        head.title.in_language(matter.language),
        tuple(duties[duty].title.in_language(matter.language) for duty in stated.duties), head.claimed,
        (months[0] if months else stated.from_) or "", (months[-1] if months else stated.to) or "",
        matter.exhibits(stated.exhibits),
        # Never the pack's own prior; and the respondent's own estimate of a chance is no pleading of the claimants.
        head.as_a_chance if stated.chance is not None and matter.side == "claimants" else None,
        stated.kind == "restitution")


def _months(head: HeadLoss) -> tuple[str, ...]:
    """Return the months of a head: for customers lost those that they would have stayed, after the margin's own."""
    if head.customers is not None:
        return tuple(one.month for one in head.customers.life_table)
    return tuple(head.counterfactual.months) if head.counterfactual else ()


def interest_pleaded(matter: Matter) -> InterestPleaded | None:
    """Return the interest asked for, the earliest notice of these claimants, or None where none is asked."""
    asked = [one for loss in matter.losses if (one := interest_of(matter.case, loss.claimant)) is not None]
    rates = matter.law.rates
    if not asked or rates is None:
        return None
    back = any(head.head.kind == "restitution" for loss in matter.losses for head in loss.heads)
    ids = [name for kind in ("damages", *(("restitution",) if back else ())) for name in rates.runs_from[kind].sources]
    capitalised = any(one.capitalisation for one in asked)
    ids += rates.capitalisation.sources if capitalised else ()
    return InterestPleaded(min(one.notice for one in asked), capitalised, back, matter.sources(ids))
