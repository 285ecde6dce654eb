"""The stages of a dispute: where a case stands, and which documents each side drafts there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from vismajor.case.acts import Stage
from vismajor.case.facts import Fact
from vismajor.case.models import Case, CaseFile
from vismajor.drafting.acts.kinds import KINDS, NOTE, Kind
from vismajor.law.models import Side
from vismajor.reading.scalars import last_day

SUIT_FILED, SUIT_FILED_ON = "procedure.suit_filed", "procedure.suit_filed_on"
TALKS = ("talks", "exchange")  # the kinds of steps that are a negotiation

# The set of each stage, by id, in the order in which it is written. An id that no kind bears is passed over.
SETS: Mapping[Side, Mapping[Stage, tuple[str, ...]]] = {
    "claimants": {
        "demand": (NOTE, "formal-notice", "invitation", "loss-report", "exhibits"),
        "negotiation": (NOTE, "settlement", "participative-convention", "loss-report", "exhibits"),
        "suit": (NOTE, "writ", "loss-report", "exhibits"),
        "pleadings": (NOTE, "pleadings", "loss-report", "exhibits"),
    },
    "respondent": {
        "demand": (NOTE, "reply", "invitation", "exhibits"),
        "negotiation": (NOTE, "reply", "settlement", "participative-convention", "exhibits"),
        "suit": (NOTE, "reply", "settlement", "exhibits"),
        "pleadings": (NOTE, "pleadings", "exhibits"),
    },
}


@dataclass(frozen=True)
class Standing:
    """The stage in which a case stands, and whence: `asked` for, `stated` in the case, `derived` from its dates."""

    stage: Stage
    whence: Literal["asked", "stated", "derived"]


def standing_of(case: Case, asked: Stage | None = None) -> Standing:
    """Return the stage: the one asked for, else the one that the case states, else the one that its dates tell.

    By the date of knowledge: a suit filed or a writ served is `pleadings`; a notice sent, an offer of ours or talks are
    a `negotiation`; else nothing was sent, a `demand`. That a suit is to be brought (`suit`) is for counsel to state.
    """
    if asked is not None:
        return Standing(asked, "asked")
    if case.file.acts.stage is not None:
        return Standing(case.file.acts.stage, "stated")
    if any(_filed(case.file, case.as_of)):
        return Standing("pleadings", "derived")
    return Standing("negotiation" if any(_negotiating(case.file, case.as_of)) else "demand", "derived")


def _filed(file: CaseFile, day: dt.date) -> Iterator[bool]:
    yield file.acts.court is not None and file.acts.court.case_number is not None
    yield file.acts.writ.served_on is not None and file.acts.writ.served_on <= day
    for facts in (file.facts, *(claimant.facts for claimant in file.claimants)):
        filed, filed_on = facts.get(SUIT_FILED), facts.get(SUIT_FILED_ON)
        yield filed is not None and filed.value is True
        yield filed_on is not None and _by(filed_on, day)


def _by(fact: Fact, day: dt.date) -> bool:
    """Tell whether a date, at its latest, is past."""
    latest = fact.estimate.high if fact.estimate else fact.between[1] if fact.between else fact.value
    return str(latest) <= day.isoformat()


def _negotiating(file: CaseFile, day: dt.date) -> Iterator[bool]:
    notice = file.acts.notice.date or (file.interest.notice if file.interest else None)
    yield notice is not None and notice <= day
    for offer in file.offers:
        yield offer.date <= day and (offer.by == file.acting_for or offer.answered is not None)
    for step in file.procedure:
        yield step.kind in TALKS and last_day(step.date) <= day


def kinds_for(stage: Stage, side: Side) -> tuple[Kind, ...]:
    """Return the kinds of acts that a side drafts at a stage, in order; the note is no act, and not among them."""
    known = {kind.id: kind for kind in KINDS if side in kind.sides}
    return tuple(known[name] for name in SETS[side][stage] if name in known)


def unknown_ids() -> set[str]:
    """Return the ids of the sets that no kind bears."""
    named = {name for sets in SETS.values() for ids in sets.values() for name in ids}
    return named - {NOTE} - {kind.id for kind in KINDS}
