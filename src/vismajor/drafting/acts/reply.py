"""The respondent's reply to the formal notice: its defence, without admission, to one claimant or to the group."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import interest_pleaded
from vismajor.drafting.acts.defence_said import (
    ClaimantAnswered,
    ReasonPleaded,
    among,
    claimants_answered,
    reasons,
    sections_of,
)
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    CounselSaid,
    InterestPleaded,
    PartySaid,
    Said,
    SectionPleaded,
    ToldSaid,
)
from vismajor.drafting.acts.parties_said import counsel_said, respondent_said

BARS = ("standing", "settled", "prior_conciliation", "time_bar")
NO_LIABILITY = ("obligation_kind", "breach", "causation", "notice", "control", "unforeseeable", "unavoidable",
                "prevented", "force_majeure_clause")
LIMITS = ("foreseeable_loss", "own_fault", "liability_cap", "heads_excluded")
CLAUSES = ("liability_cap", "heads_excluded")  # limits that the contract sets, if its terms bind
# What lifts some limits has to be met only where one of them is pleaded. Which texts police the clauses is for those
# who contest them: the respondent does not plead that question against itself.
LIFTED = {"gross_fault": ("liability_cap", "heads_excluded", "foreseeable_loss")}
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
class Reply:
    """Everything that the reply may say.

    `sender` is our lawyer, None where the respondent writes itself; `addressee` the claimants' lawyer, None where the
    notice came from the claimants. `days` are those asked for an answer; `route` names the amicable way that is open.
    """

    date: dt.date | Blank
    notice: dt.date | Blank
    sender: CounselSaid | None
    addressee: CounselSaid | None
    delivery: str
    claimants: tuple[ClaimantAnswered, ...]
    respondent: PartySaid
    incident: str
    incident_date: dt.date
    incident_place: str
    account: tuple[ToldSaid, ...]
    bars: tuple[SectionPleaded, ...]
    no_liability: tuple[SectionPleaded, ...]
    limits: tuple[SectionPleaded, ...]
    reasons: tuple[ReasonPleaded, ...]
    due: Decimal
    offers: tuple[OfferKept, ...]
    interest: InterestPleaded | None
    days: int | Blank
    route: str
    signed_at: Said

    @property
    def one(self) -> bool:
        """Whether the reply is to one claimant."""
        return len(self.claimants) == 1

    @property
    def feminine(self) -> bool:
        """Whether all the claimants are of feminine gender, as companies are."""
        return all(claimant.party.feminine for claimant in self.claimants)

    @property
    def official(self) -> bool:
        """Whether one lawyer writes to another: the letter must then be official to be shown to a court."""
        return self.sender is not None and self.addressee is not None

    @property
    def barred(self) -> bool:
        """Whether a bar to the suit is pleaded."""
        return bool(self.bars)

    @property
    def excused(self) -> bool:
        """Whether more than the burden of proof is pleaded against liability."""
        return bool(self.no_liability)

    @property
    def capped(self) -> bool:
        """Whether a cap on liability is pleaded against one claimant at least."""
        return any(claimant.caps for claimant in self.claimants)

    @property
    def restitution(self) -> bool:
        """Whether sums are claimed back, which no cap on damages reaches."""
        return any(head.restitution for claimant in self.claimants for head in claimant.heads)


def merits(matter: Matter, most: int, further: tuple[str, ...] = ()
           ) -> tuple[tuple[SectionPleaded, ...], tuple[SectionPleaded, ...], tuple[SectionPleaded, ...]]:
    """Return the sections of the defence: bars to the suit, no liability, limits; `most` arguments an issue.

    That the terms bind comes where it is first needed: before the clause that excuses, or before those that limit.
    """
    found = sections_of(matter, (*BARS, "terms_bind", *NO_LIABILITY, *LIMITS, *further), most)
    clause, limits = among(found, ("force_majeure_clause",)), among(found, (*LIMITS, *further))
    limits = tuple(one for one in limits if one.id not in LIFTED or among(limits, LIFTED[one.id]))
    terms = among(found, ("terms_bind",)) if clause or among(limits, CLAUSES) else ()
    no_liability = among(found, NO_LIABILITY)
    before = tuple(one for one in no_liability if one not in clause)
    if clause:
        return _bars(found), (*before, *terms, *clause), limits
    return _bars(found), before, (*terms, *limits)


def _bars(found: tuple[SectionPleaded, ...]) -> tuple[SectionPleaded, ...]:
    """Return the sections on bars to the suit, with those bars alone for which we argue.

    Each bar concludes for itself: that the claim is inadmissible, full stop, would go beyond those whom a bar reaches.
    """
    argued = (replace(section, issues=tuple(one for one in section.issues if one.arguments), whole=section.single)
              for section in among(found, BARS))
    return tuple(section for section in argued if section.issues)


def build(matter: Matter) -> Reply:
    """Build the reply. Its date is the one stated for it; the notice answered is that of the case."""
    file, terms = matter.case.file, matter.case.file.acts.notice
    bars, no_liability, limits = merits(matter, ARGUMENTS)
    claimants = claimants_answered(matter, limits, CLAIMANT_NEEDS if terms.sent_by == "party" else ())
    interest = interest_pleaded(matter)
    by_lawyer = file.counsel is not None
    return Reply(
        date=terms.reply_date or matter.blank("reply_date", "acts.notice.reply_date"),
        notice=terms.date or (interest.notice if interest else matter.blank("notice_date", "acts.notice.date")),
        sender=counsel_said(matter) if by_lawyer else None,
        addressee=counsel_said(matter, ours=False) if terms.sent_by == "lawyer" else None,
        delivery=terms.delivery, claimants=claimants,
        respondent=respondent_said(matter, RESPONDENT_NEEDS if by_lawyer else (*RESPONDENT_NEEDS, "address")),
        incident=file.incident.title.in_language(matter.language), incident_date=file.incident.date,
        incident_place=place_said(matter), account=matter.account(), bars=bars,
        no_liability=no_liability, limits=limits, reasons=reasons(matter, limits),
        due=sum((one.due for one in claimants), Decimal("0.00")), offers=_kept(matter), interest=interest,
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


def place_said(matter: Matter) -> str:
    """Return the place of the incident, empty where the title already names the town that the place begins with."""
    incident = matter.case.file.incident
    place, title = incident.place.in_language(matter.language), incident.title.in_language(matter.language)
    return "" if re.split(r"[,(–]", place)[0].strip().casefold() in title.casefold() else place


def _signed_at(matter: Matter) -> str | None:
    """Return where the reply is signed: as stated, else where our lawyer sits."""
    file = matter.case.file
    return file.acts.notice.reply_signed_at or (file.counsel.seat if file.counsel else None)
