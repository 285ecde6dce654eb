"""The respondent's defence on the merits, which its reply and its pleadings have in common."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal

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
from vismajor.drafting.acts.outgoing import InterestPleaded, SectionPleaded, ToldSaid

BARS = ("standing", "settled", "prior_conciliation", "time_bar")
NO_LIABILITY = ("obligation_kind", "breach", "causation", "notice", "control", "unforeseeable", "unavoidable",
                "prevented", "force_majeure_clause")
LIMITS = ("foreseeable_loss", "own_fault", "liability_cap", "heads_excluded")
CLAUSES = ("liability_cap", "heads_excluded")  # limits that the contract sets, if its terms bind
# What lifts some limits has to be met only where one of them is pleaded. Which texts police the clauses is for those
# who contest them: the respondent does not plead that question against itself.
LIFTED = {"gross_fault": ("liability_cap", "heads_excluded", "foreseeable_loss")}


@dataclass(frozen=True)
class Merits:
    """What both acts say: the claimants and their sums, the incident, the sections of the defence; sums in euros."""

    claimants: tuple[ClaimantAnswered, ...]
    due: Decimal
    incident: str
    incident_date: dt.date
    incident_place: str
    account: tuple[ToldSaid, ...]
    bars: tuple[SectionPleaded, ...]
    no_liability: tuple[SectionPleaded, ...]
    limits: tuple[SectionPleaded, ...]
    reasons: tuple[ReasonPleaded, ...]
    interest: InterestPleaded | None

    @property
    def one(self) -> bool:
        """Whether there is one claimant."""
        return len(self.claimants) == 1

    @property
    def feminine(self) -> bool:
        """Whether all the claimants are of feminine gender, as companies are."""
        return all(claimant.party.feminine for claimant in self.claimants)

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


def merits_of(matter: Matter, most: int, needs: tuple[str, ...], further: tuple[str, ...] = ()) -> Merits:
    """Return what both acts say: `most` arguments an issue, `needs` of each claimant, `further` limits argued."""
    incident = matter.case.file.incident
    bars, no_liability, limits = _sections(matter, most, further)
    claimants = claimants_answered(matter, limits, needs)
    return Merits(
        claimants=claimants, due=sum((one.due for one in claimants), Decimal("0.00")),
        incident=incident.title.in_language(matter.language), incident_date=incident.date,
        incident_place=_place(matter), account=matter.account(), bars=bars, no_liability=no_liability, limits=limits,
        reasons=reasons(matter, limits), interest=interest_pleaded(matter))


def _sections(matter: Matter, most: int, further: tuple[str, ...]
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


def _place(matter: Matter) -> str:
    """Return the place of the incident, empty where the title already names the town that the place begins with."""
    incident = matter.case.file.incident
    place, title = incident.place.in_language(matter.language), incident.title.in_language(matter.language)
    return "" if re.split(r"[,(–]", place)[0].strip().casefold() in title.casefold() else place
