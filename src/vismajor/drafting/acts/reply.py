"""The respondent's reply to the formal notice: its defence, without admission, to one claimant or to the group."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.merits import Merits, merits_of
from vismajor.drafting.acts.outgoing import CounselSaid, PartySaid, Said
from vismajor.drafting.acts.parties_said import counsel_said, respondent_said

ARGUMENTS = 2  # an issue: a letter states its best grounds, the pleadings all of them
CLAIMANT_NEEDS = ("address",)
RESPONDENT_NEEDS = ("form", "seat", "registration", "representative")


@dataclass(frozen=True)
class OfferKept:
    """An offer of ours that still stands: `until` is its last day, None where it has none; `waits` for so many.

    `each`: whether its amount, in euros, goes to each of several claimants.
    """

    date: dt.date
    form: str
    amount: Decimal
    in_cash: bool
    each: bool
    until: dt.date | None
    waits: int

    @property
    def valued(self) -> bool:
        """Whether its form already says what it is worth, which is then not said a second time."""
        return f"{int(self.amount)}" in re.sub(r"(?<=\d)\s(?=\d)", "", self.form)


@dataclass(frozen=True)
class Reply(Merits):
    """Everything that the reply may say.

    `sender` is our lawyer, None where the respondent writes itself; `addressee` the claimants' lawyer, None where the
    notice came from the claimants. `days` are those asked for an answer; `route` names the amicable way that is open.
    """

    date: dt.date | Blank
    notice: dt.date | Blank
    sender: CounselSaid | None
    addressee: CounselSaid | None
    delivery: str
    respondent: PartySaid
    offers: tuple[OfferKept, ...]
    days: int | Blank
    route: str
    signed_at: Said

    @property
    def official(self) -> bool:
        """Whether one lawyer writes to another: the letter must then be official to be shown to a court."""
        return self.sender is not None and self.addressee is not None


def build(matter: Matter) -> Reply:
    """Build the reply. Its date is the one stated for it; the notice answered is that of the case."""
    file, terms = matter.case.file, matter.case.file.acts.notice
    merits = merits_of(matter, ARGUMENTS, CLAIMANT_NEEDS if terms.sent_by == "party" else ())
    interest, by_lawyer = merits.interest, file.counsel is not None
    return Reply(
        **vars(merits),
        date=terms.reply_date or matter.blank("reply_date", "acts.notice.reply_date"),
        notice=terms.date or (interest.notice if interest else matter.blank("notice_date", "acts.notice.date")),
        sender=counsel_said(matter) if by_lawyer else None,
        addressee=counsel_said(matter, ours=False) if terms.sent_by == "lawyer" else None, delivery=terms.delivery,
        respondent=respondent_said(matter, RESPONDENT_NEEDS if by_lawyer else (*RESPONDENT_NEEDS, "address")),
        offers=_kept(matter),
        days=terms.reply_days or matter.blank("reply_days", "acts.notice.reply_days"), route=terms.amicable,
        signed_at=matter.or_blank(_signed_at(matter), "signed_at", "acts.notice.reply_signed_at"))


def _kept(matter: Matter) -> tuple[OfferKept, ...]:
    """Return our offers that can still be accepted on the day of the reply, as they were made."""
    file = matter.case.file
    day, months = file.acts.notice.reply_date or matter.case.as_of, matter.law.offers_open_for
    return tuple(
        OfferKept(offer.date, offer.form.in_language(matter.language), offer.amount, offer.in_cash, not matter.one,
                  offer.until, offer.at_least or 0)
        for offer in file.offers
        if offer.by == matter.side and offer.date <= matter.case.as_of and offer.open_on(day, months)
        and any(offer.concerns(name) for name in matter.numbers))


def _signed_at(matter: Matter) -> str | None:
    """Return where the reply is signed: as stated, else where our lawyer sits."""
    file = matter.case.file
    return file.acts.notice.reply_signed_at or (file.counsel.seat if file.counsel else None)
