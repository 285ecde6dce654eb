"""What the acts of the amicable way share: sums in dispute, lawyers of both sides, meetings, texts of the day, clauses.

Both sides read these acts, and the convention is signed by both: they state the claims and that they are disputed, and
argue nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ClaimantPleaded, CounselSaid, ExhibitSaid, SourceSaid
from vismajor.drafting.acts.parties_said import counsel_said
from vismajor.law.models import Side

# What a party is named by in these acts: names and addresses are asked for, the rest tells companies apart.
NEEDS = ("form", "seat", "registration", "representative", "domicile")
Clause = Literal["imposed", "wished", "none", "unknown"]


@dataclass(frozen=True)
class MeetingSaid:
    """A meeting: its day, its hour (HH:MM) and place, empty where they are still to be agreed."""

    date: dt.date
    time: str
    place: str


@dataclass(frozen=True)
class DisputeSaid:
    """The dispute in neutral words: incident, how many claim, whether a clause caps liability, whether women alone.

    `capped`: terms of one of these contracts cap liability. `feminine`: companies and women alone, which decides the
    agreement of all that is said of them together.
    """

    incident: str
    date: dt.date
    place: str
    capped: bool
    feminine: bool


def dispute_said(matter: Matter, claimants: tuple[ClaimantPleaded, ...]) -> DisputeSaid:
    """Return the dispute of these claimants."""
    incident = matter.case.file.incident
    terms = [matter.case.terms_of(one) for loss in matter.losses for one in loss.claimant.agreements]
    return DisputeSaid(incident.title.in_language(matter.language), incident.date,
                       incident.place.in_language(matter.language), any(one.cap for one in terms),
                       all(one.party.feminine for one in claimants))


def counsel_of(matter: Matter, side: Side) -> CounselSaid:
    """Return the lawyer of a side."""
    return counsel_said(matter, ours=side == matter.side)


def meetings_said(matter: Matter) -> tuple[MeetingSaid, ...]:
    """Return the meetings offered or agreed, in the order of their days."""
    return tuple(MeetingSaid(one.date, f"{one.time:%H:%M}" if one.time else "", one.place or "")
                 for one in sorted(matter.case.file.acts.amicable.meetings, key=lambda one: one.date))


def produced(claimants: tuple[ClaimantPleaded, ...]) -> tuple[ExhibitSaid, ...]:
    """Return the exhibits on the contracts and on the sums claimed, each once."""
    held = [exhibits for one in claimants for exhibits in (*(contract.exhibits for contract in one.contracts),
                                                           *(head.exhibits for head in one.heads))]
    return tuple(dict.fromkeys(exhibit for exhibits in held for exhibit in exhibits))


def in_force(matter: Matter, day: dt.date, *ids: str) -> tuple[SourceSaid, ...]:
    """Return those among some texts that are in force on the day of the act: procedure follows its own day."""
    found = (matter.law.sources[name] for name in ids)
    return tuple(matter.said_source(one.id) for one in found
                 if one.in_force is None or one.in_force.covers(day))


def clause_said(matter: Matter) -> Clause:
    """Tell what the contracts say of a prior conciliation: imposed, merely wished for, nothing, or not known."""
    asked, detailed = _stated(matter, "contract.conciliation_clause"), _stated(matter, "contract.conciliation_detailed")
    if True in asked:
        return "wished" if detailed == {False} else "imposed"
    return "none" if asked == {False} else "unknown"


def before_judicial_court(matter: Matter) -> bool:
    """Tell whether the dispute is for the judicial court, where a small claim takes a prior amicable attempt."""
    return "judicial_court" in _stated(matter, "forum.court")


def suit_pending(matter: Matter) -> bool:
    """Tell whether one of these claimants has gone to court already."""
    court = matter.case.file.acts.court
    filed = any("procedure.suit_filed_on" in loss.claimant.facts for loss in matter.losses)
    return filed or (court is not None and court.case_number is not None) or (
        True in _stated(matter, "procedure.suit_filed"))


def _stated(matter: Matter, name: str) -> set[object]:
    """Return the values stated of a fact in the case, its contracts and by these claimants."""
    contracts = [one for loss in matter.losses for one in loss.claimant.agreements]
    places = [matter.case.file.facts, *(matter.case.terms_of(one).facts for one in contracts),
              *(one.facts for one in contracts), *(loss.claimant.facts for loss in matter.losses)]
    values: set[object] = {facts[name].value for facts in map(matter.case.known, places) if name in facts}
    return values - {None}
