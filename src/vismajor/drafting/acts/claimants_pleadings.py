"""The claimants' pleadings before the commercial court (CPC 446-2-1): facts and procedure, discussion, operative part.

They answer the exceptions and bars that counsel says the respondent has raised, and no other: the court raises no time
bar of its own motion (C. civ. 2247). Grounds not argued before stand apart.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import CounselSaid, SectionPleaded
from vismajor.drafting.acts.parties_said import counsel_said
from vismajor.drafting.acts.suit import Suit, suit_of

FURTHER = ("own_fault",)
WRITTEN_FORM = dt.date(2025, 9, 1)  # from then on 446-2-1 says what written pleadings hold (decree no. 2025-660)


@dataclass(frozen=True)
class ClaimantsPleadings:
    """Everything that the pleadings may say.

    `number` and `date` are those of the pleadings; `bars` answer what the respondent raised, `unanswered` where
    there is nothing to answer with yet; `exception` where one of jurisdiction is among them, `bar` where one to the
    suit is. `heard`: whether the hearing that is known is still to come. `form`: the text on written pleadings,
    by its id.
    """

    suit: Suit
    number: int | Blank
    date: dt.date | Blank
    served_on: dt.date | Blank
    theirs: CounselSaid
    bars: tuple[SectionPleaded, ...]
    unanswered: tuple[Blank, ...]
    exception: bool
    bar: bool
    heard: bool
    form: str


def build(matter: Matter) -> ClaimantsPleadings:
    """Build the pleadings: the suit, and the answers to what was raised against it."""
    acts = matter.case.file.acts
    terms = acts.pleadings
    bars = discussion(matter, terms.raised)
    answered = {issue.id for section in bars for issue in section.issues if issue.arguments or issue.answers}
    suit = suit_of(matter, FURTHER, terms.new_grounds, bars, terms.raised)
    return ClaimantsPleadings(
        suit=suit,
        number=terms.number or matter.blank("pleadings_number", "acts.pleadings.number"),
        date=terms.date or matter.blank("pleadings_date", "acts.pleadings.date"),
        served_on=acts.writ.served_on or matter.blank("served_on", "acts.writ.served_on"),
        theirs=counsel_said(matter, ours=False), bars=bars,
        unanswered=tuple(matter.blank(f"answer_{name}", "acts.pleadings.raised") for name in terms.raised
                         if name not in answered),
        exception="commercial_court" in terms.raised, bar=any(name != "commercial_court" for name in terms.raised),
        heard=not (terms.date and acts.court and acts.court.hearing and acts.court.hearing < terms.date),
        form="cpc-446-2-1" if (terms.date or matter.case.as_of) >= WRITTEN_FORM else "cpc-446-2-before-2025")
