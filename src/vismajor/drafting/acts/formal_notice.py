"""The letter of formal notice: what it may say (C. civ. 1231, 1344, 1344-1), for one claimant or for the group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import claimants_pleaded, interest_pleaded, total_due
from vismajor.drafting.acts.dispute_said import offers_told
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    ClaimantPleaded,
    CounselSaid,
    InterestPleaded,
    OfferSaid,
    PartySaid,
    Said,
    SectionPleaded,
    ToldSaid,
)
from vismajor.drafting.acts.parties_said import counsel_said, respondent_said
from vismajor.drafting.acts.suit import unargued

# The merits, in short: what was owed and not done, why nothing excuses it, why no clause limits it.
ISSUES = ("obligation_kind", "breach", "causation", "control", "unforeseeable", "unavoidable", "prevented",
          "force_majeure_clause", "gross_fault", "foreseeable_loss", "liability_cap", "heads_excluded")
ARGUMENTS = 2  # an issue: a letter states its best grounds, the writ all of them
CLAIMANT_NEEDS = ("form", "seat", "registration", "representative", "domicile")
RESPONDENT_NEEDS = ("form", "seat", "registration", "address")


@dataclass(frozen=True)
class FormalNotice:
    """Everything that the letter may say.

    `days` are those given to pay; `by_lawyer` where a lawyer writes, else the claimant itself; `route` names the
    amicable way offered.
    """

    date: dt.date
    sender: CounselSaid | None
    by_lawyer: bool
    delivery: str
    claimants: tuple[ClaimantPleaded, ...]
    respondent: PartySaid
    incident: str
    incident_date: dt.date
    incident_place: str
    account: tuple[ToldSaid, ...]
    offers: tuple[OfferSaid, ...]
    discussion: tuple[SectionPleaded, ...]
    unargued: tuple[Blank, ...]
    due: Decimal
    days: int | Blank
    interest: InterestPleaded | None
    route: str
    signed_at: Said

    @property
    def one(self) -> bool:
        """Whether the letter is for one claimant."""
        return len(self.claimants) == 1

    @property
    def masculine(self) -> bool:
        """Whether what agrees with the claimants is masculine: a man is among them."""
        return any(claimant.party.natural and not claimant.party.feminine for claimant in self.claimants)

    @property
    def received(self) -> bool:
        """Whether something was already paid on account."""
        return any(claimant.received for claimant in self.claimants)

    @property
    def chance(self) -> bool:
        """Whether a loss is claimed as a chance in the alternative."""
        return any(claimant.alternative is not None for claimant in self.claimants)


def build(matter: Matter) -> FormalNotice:
    """Build the letter. Its date is the one stated for it, else that of the notice from which interest is asked."""
    file, interest = matter.case.file, interest_pleaded(matter)
    terms, incident = file.acts.notice, file.incident
    claimants, by_lawyer = claimants_pleaded(matter, CLAIMANT_NEEDS), terms.sent_by == "lawyer"
    sections = discussion(matter, ISSUES, ARGUMENTS, "letter")
    return FormalNotice(
        date=terms.date or (interest.notice if interest else matter.case.as_of),
        sender=counsel_said(matter) if by_lawyer else None, by_lawyer=by_lawyer, delivery=terms.delivery,
        claimants=claimants, respondent=respondent_said(matter, RESPONDENT_NEEDS),
        incident=incident.title.in_language(matter.language), incident_date=incident.date,
        incident_place=incident.place.in_language(matter.language), account=matter.account(),
        offers=offers_told(matter, shown=False),
        discussion=sections, unargued=unargued(matter, sections), due=total_due(claimants),
        days=terms.days or matter.blank("days", "acts.notice.days"), interest=interest, route=terms.amicable,
        signed_at=matter.or_blank(terms.signed_at or (_city(matter) if by_lawyer else None), "signed_at",
                                  "acts.notice.signed_at"))


def _city(matter: Matter) -> str | None:
    """Return where our lawyer sits, which is where he or she signs."""
    counsel = matter.case.file.counsel
    return counsel.seat if counsel else None
