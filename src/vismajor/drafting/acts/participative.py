"""The convention of participative procedure (C. civ. 2062 to 2067), drafted between both sides: it argues nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.amicable_said import (
    NEEDS,
    DisputeSaid,
    MeetingSaid,
    counsel_of,
    dispute_said,
    in_force,
    meetings_said,
    produced,
    suit_pending,
)
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import claimants_pleaded, total_due
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    ClaimantPleaded,
    CounselSaid,
    ExhibitSaid,
    PartySaid,
    Said,
    SourceSaid,
)
from vismajor.drafting.acts.parties_said import court_said, respondent_said


@dataclass(frozen=True)
class ParticipativeConvention:
    """Everything that the convention may say.

    `court` where a suit is pending, which `preparation` (CPC 130 ff.) takes for granted. `mentions`, `preparing` and
    `enforcing` are the texts in force on the day of signature. `by_claimants`, `by_respondent`, `by_each`: what each
    hands over; `lacks_documents` where nothing is stated.
    """

    signed_on: dt.date | Blank
    until: dt.date | Blank
    signed_at: Said
    preparation: bool
    court: Said | None
    case_number: str
    claimants: tuple[ClaimantPleaded, ...]
    respondent: PartySaid
    claimants_counsel: CounselSaid
    respondent_counsel: CounselSaid
    dispute: DisputeSaid
    points: tuple[str, ...]
    due: Decimal
    exhibits: tuple[ExhibitSaid, ...]
    by_claimants: tuple[str, ...]
    by_respondent: tuple[str, ...]
    by_each: tuple[str, ...]
    lacks_documents: Blank | None
    exchange_days: int | Blank
    countersigned: tuple[str, ...]
    meetings: tuple[MeetingSaid, ...]
    attending: tuple[str, ...]
    costs: str
    mentions: tuple[SourceSaid, ...]
    preparing: tuple[SourceSaid, ...]
    enforcing: tuple[SourceSaid, ...]

    @property
    def one(self) -> bool:
        """Whether one claimant alone is a party."""
        return len(self.claimants) == 1

    @property
    def received(self) -> bool:
        """Whether something was already paid on account."""
        return any(claimant.received for claimant in self.claimants)


def build(matter: Matter) -> ParticipativeConvention:
    """Build the convention; the texts are those in force on its day, else at the date of knowledge."""
    terms, court = matter.case.file.acts.amicable, court_said(matter)
    claimants = claimants_pleaded(matter, NEEDS)
    preparation, day = terms.purpose == "preparation", terms.signed_on or matter.case.as_of
    documents = {who: _documents(matter, who) for who in ("claimants", "respondent", "each")}
    return ParticipativeConvention(
        signed_on=terms.signed_on or matter.blank("convention_date", "acts.amicable.signed_on"),
        until=terms.until or matter.blank("until", "acts.amicable.until"),
        signed_at=matter.or_blank(terms.signed_at, "agreement_city", "acts.amicable.signed_at"),
        preparation=preparation, court=court.name if preparation or suit_pending(matter) else None,
        case_number=court.case_number, claimants=claimants,
        respondent=respondent_said(matter, NEEDS), claimants_counsel=counsel_of(matter, "claimants"),
        respondent_counsel=counsel_of(matter, "respondent"), dispute=dispute_said(matter, claimants),
        points=tuple(point.in_language(matter.language) for point in terms.points), due=total_due(claimants),
        exhibits=produced(claimants), by_claimants=documents["claimants"], by_respondent=documents["respondent"],
        by_each=documents["each"],
        lacks_documents=None if terms.documents else matter.blank("documents", "acts.amicable.documents"),
        exchange_days=terms.exchange_days or matter.blank("exchange_days", "acts.amicable.exchange_days"),
        countersigned=tuple(act.in_language(matter.language) for act in terms.countersigned),
        meetings=meetings_said(matter), attending=terms.attending, costs=terms.costs,
        mentions=in_force(matter, day, "participative-mentions-former"),
        preparing=in_force(matter, day, "participative-preparation"),
        enforcing=in_force(matter, day, "agreement-enforceable"))


def _documents(matter: Matter, who: str) -> tuple[str, ...]:
    return tuple(one.in_language(matter.language) for one in matter.case.file.acts.amicable.documents if one.by == who)
