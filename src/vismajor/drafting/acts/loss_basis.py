"""The other parts of a loss report: the basis of each head that is stated, duties, payments, accounts, interest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from vismajor.case.heads import (
    ClaimedLoss,
    DataRecovery,
    DocumentedCost,
    ImageLoss,
    LostChance,
    OtherLoss,
    Rehosting,
    Restitution,
    StaffHours,
)
from vismajor.case.models import Received
from vismajor.damages.accessories import interest_asked
from vismajor.damages.heads import ClaimantLoss, HeadLoss, insured_claim
from vismajor.damages.interest import Interest
from vismajor.damages.money import CENT, NOTHING, euros
from vismajor.damages.received import paid_as
from vismajor.drafting import typography
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.measured_said import (
    AccountsSaid,
    DutyMeasured,
    FileSaid,
    InterestCounted,
    InterestLineSaid,
    ReceivedSaid,
)
from vismajor.drafting.words import words

DIGEST = 16  # characters of a SHA-256 that tell one file from another; the workbook has all of them
STATED = {"image": "image", "claimed_loss": "claimed", "restitution": "restitution"}


def basis_of(matter: Matter, loss: ClaimantLoss, head: HeadLoss) -> str:
    """Say, in a sentence or two, from what a head that is stated follows; empty for one that is measured."""
    stated = head.head
    say = words(matter.language)
    if isinstance(stated, StaffHours):
        said = say["loss_report_basis_extra_hours" if stated.extra_cost else "loss_report_basis_hours"].format(
            hours=_number(stated.hours, matter), rate=_money(stated.hourly_rate, matter))
    elif isinstance(stated, Rehosting):
        said = say["loss_report_basis_rehosting"].format(
            amount=_money(stated.amount, matter), saved=_money(stated.fees_saved, matter))
    elif isinstance(stated, DataRecovery):
        said = _recovery(matter, stated)
    elif isinstance(stated, DocumentedCost | OtherLoss):
        said = say["loss_report_basis_cost"].format(amount=_money(stated.amount, matter))
    elif isinstance(stated, LostChance):
        said = say["loss_report_basis_chance"].format(amount=_money(stated.amount, matter))
    elif isinstance(stated, ImageLoss | ClaimedLoss | Restitution):
        said = say[f"loss_report_basis_{STATED[stated.kind]}"].format(amount=_money(stated.amount, matter))
    else:
        return ""
    return said + _tax(matter, loss, head)


def _recovery(matter: Matter, head: DataRecovery) -> str:
    say = words(matter.language)
    if head.amount is not None:
        return say["loss_report_basis_cost"].format(amount=_money(head.amount, matter))
    assert head.useful_files is not None and head.hours_per_file is not None and head.hourly_rate is not None
    return say["loss_report_basis_files"].format(
        verification=_money(head.verification, matter), files=_number(head.useful_files, matter),
        hours=_number(head.hours_per_file, matter), rate=_money(head.hourly_rate, matter))


def _tax(matter: Matter, loss: ClaimantLoss, head: HeadLoss) -> str:
    """Say how the tax on invoices was dealt with: what is recovered is no loss."""
    rate = getattr(head.head, "vat_rate", None)
    if rate is None:
        return ""
    key = "included" if getattr(head.head, "vat_included", False) else "on_top"
    return " " + words(matter.language)[f"loss_report_tax_{key}"].format(
        rate=typography.decimal(float(rate) * 100, matter.language, 1),
        recovered=typography.decimal(float(loss.claimant.vat_recovered) * 100, matter.language, 1))


def _money(amount: Decimal, matter: Matter) -> str:
    return typography.money(amount, matter.language, cents=True)


def _number(value: float | Decimal, matter: Matter) -> str:
    return typography.number(Decimal(str(value)), matter.language)


def duties_measured(matter: Matter) -> tuple[DutyMeasured, ...]:
    """Return the duties, in the order of the law pack, with the sums of heads that rest on each alone or with others.

    Restitution rests on no breach and is left out.
    """
    heads = [head for loss in matter.losses for head in loss.heads if head.head.kind != "restitution"]
    found = []
    for name, duty in matter.law.vocabulary.duties.items():
        resting = [head for head in heads if name in head.head.duties]
        alone = sum((head.claimed for head in resting if len(head.head.duties) == 1), NOTHING)
        whole = sum((head.claimed for head in resting), NOTHING)
        if resting:
            found.append(DutyMeasured(duty.title.in_language(matter.language), alone, whole - alone))
    return tuple(found)


def received_said(matter: Matter, loss: ClaimantLoss) -> tuple[ReceivedSaid, ...]:
    """Return what a claimant received by the date of knowledge, and what of it comes off its claim."""
    return tuple(ReceivedSaid(one.kind, one.date, one.amount, _taken(loss, one), matter.exhibits(one.exhibits))
                 for one in loss.claimant.received if one.date <= matter.case.as_of)


def _taken(loss: ClaimantLoss, received: Received) -> Decimal:
    how = paid_as(received)
    if how is None:
        return NOTHING
    return min(received.amount, insured_claim(received, loss.heads)) if how == "insurance" else received.amount


def accounts_said(matter: Matter, loss: ClaimantLoss) -> AccountsSaid | None:
    """Return the accounts of a claimant that were read, or None where none was given."""
    books, stated = matter.case.books.get(loss.claimant.id), loss.claimant.accounts
    if books is None or stated is None:
        return None
    files = tuple(FileSaid(PurePosixPath(one.path).name, one.lines, one.sha256[:DIGEST]) for one in books.files)
    return AccountsSaid(bool(books.postings), books.revenue.months[0], books.revenue.months[-1], files,
                        matter.exhibits(stated.exhibits))


def interest_counted(matter: Matter, loss: ClaimantLoss, until: dt.date) -> InterestCounted | None:
    """Return the interest on what is due up to a day; None where none is asked or none has run by then."""
    asked = interest_asked(matter.case, matter.law, loss, until)
    if asked is None or until <= asked.asked.notice:
        return None
    found = (asked.on_damages, asked.on_restitution)
    rates = matter.law.rates
    assert rates is not None  # nothing is counted without
    return InterestCounted(
        asked.asked.notice, until, asked.asked.capitalisation, asked.on_damages.principal,
        asked.on_restitution.principal, _lines(asked.on_damages), _lines(asked.on_restitution),
        sum((one.amount for one in found), NOTHING),
        sum((_daily(one, rates.legal_interest.days_in_year) for one in found), NOTHING))


def _lines(interest: Interest) -> tuple[InterestLineSaid, ...]:
    if not interest.principal:
        return ()
    return tuple(InterestLineSaid(one.first, one.until, one.days, one.rate, one.principal, one.amount,
                                  not one.confirmed) for one in interest.segments)


def _daily(interest: Interest, days_in_year: int) -> Decimal:
    """Return what one more day brings, at the rate and on the principal of the last line."""
    if not interest.segments:
        return NOTHING
    last = interest.segments[-1]
    return (last.principal * last.rate / (days_in_year * 100)).quantize(CENT)


def partly_documented(head: HeadLoss, produced: Sequence[object]) -> Decimal | None:
    """Return what vouchers show of a head, where exhibits are produced and show a part of it alone."""
    return euros(head.documented) if produced and head.documented < head.claimed else None
