"""The letter of invitation to mediation, conciliation or the participative procedure (C. civ. 2238), of either side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.amicable_said import (
    NEEDS,
    DisputeSaid,
    MeetingSaid,
    before_judicial_court,
    clause_said,
    dispute_said,
    in_force,
    meetings_said,
    suit_pending,
)
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import claimants_pleaded, total_due
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ClaimantPleaded, CounselSaid, PartySaid, Said, SourceSaid
from vismajor.drafting.acts.parties_said import counsel_said, respondent_said

RESPONDENT_NEEDS = ("form", "seat", "registration", "address")


@dataclass(frozen=True)
class Invitation:
    """Everything that the letter may say.

    `ours`: whether the claimants invite, else the respondent. `to_counsel` is the other side's lawyer where a lawyer
    writes and it has one: the letter then goes to the lawyer, not to the party. `clause`: what the contracts say of a
    prior conciliation (`imposed`, `wished`, `none`, `unknown`). `judicial_court`: where CPC 750-1 may apply;
    `pending`: a suit is on, and no prior step is in question any more.
    """

    date: dt.date
    ours: bool
    by_lawyer: bool
    sender: CounselSaid | None
    to_counsel: CounselSaid | None
    delivery: str
    claimants: tuple[ClaimantPleaded, ...]
    respondent: PartySaid
    dispute: DisputeSaid
    due: Decimal
    route: str
    neutral: str
    judicial_conciliator: bool
    clause: str
    judicial_court: bool
    pending: bool
    meetings: tuple[MeetingSaid, ...]
    lacks_meetings: Blank | None
    attending: tuple[str, ...]
    costs: str
    answer_days: int | Blank
    defining: tuple[SourceSaid, ...]
    confidentiality: tuple[SourceSaid, ...]
    signed_at: Said

    @property
    def one(self) -> bool:
        """Whether the letter is for, or goes to, one claimant."""
        return len(self.claimants) == 1


def build(matter: Matter) -> Invitation:
    """Build the letter. Its date, the one stated for it, else that of knowledge, rules which texts it cites."""
    file, terms = matter.case.file, matter.case.file.acts.amicable
    claimants, by_lawyer = claimants_pleaded(matter, NEEDS), terms.sent_by == "lawyer"
    day, ours = terms.date or matter.case.as_of, matter.side == "claimants"
    city = file.counsel.seat if by_lawyer and file.counsel else None
    return Invitation(
        date=day, ours=ours, by_lawyer=by_lawyer, sender=counsel_said(matter) if by_lawyer else None,
        to_counsel=counsel_said(matter, ours=False) if by_lawyer and file.opposing_counsel else None,
        delivery=terms.delivery, claimants=claimants, respondent=respondent_said(matter, RESPONDENT_NEEDS),
        dispute=dispute_said(matter, claimants), due=total_due(claimants), route=terms.route,
        neutral=terms.neutral or "", judicial_conciliator=terms.conciliator == "judicial",
        clause=clause_said(matter), judicial_court=before_judicial_court(matter),
        pending=suit_pending(matter), meetings=meetings_said(matter),
        lacks_meetings=None if terms.meetings else matter.blank("meetings", "acts.amicable.meetings"),
        attending=terms.attending, costs=terms.costs,
        answer_days=terms.answer_days or matter.blank("answer_days", "acts.amicable.answer_days"),
        defining=in_force(matter, day, "mediation-defined"),
        confidentiality=in_force(matter, day, "amicable-confidentiality", "amicable-confidentiality-former"),
        signed_at=matter.or_blank(terms.signed_at or city, "signed_at", "acts.amicable.signed_at"))
