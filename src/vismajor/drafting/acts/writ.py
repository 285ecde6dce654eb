"""The writ before the commercial court (CPC 54, 56, 648, 853, 855, 861-2), for one claimant or for several in one act.

Article 752 is for the judicial court and does not apply. Whether the defendant must have a lawyer is measured by each
claim: those of several claimants count by the highest only under a common title (CPC 36).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.amicable_said import clause_said
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_asked import those
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import naming_of
from vismajor.drafting.acts.outgoing import Said
from vismajor.drafting.acts.suit import LAST_BAILIFFS, Suit, suit_of

LAWYER_ABOVE = Decimal(10_000)  # CPC 853, para. 3, in euros


@dataclass(frozen=True)
class OfficerSaid:
    """The officer who serves the writ: name and address (CPC 648, 3); `bailiff` for one of before July 2022."""

    name: Said
    address: Said
    bailiff: bool


@dataclass(frozen=True)
class Writ:
    """Everything that the writ may say.

    `lawyer`: whether each claim asks for more than 10,000 € (`all`), none (`none`), or `some`, those of `lawyer_for`.
    `amicable`: the steps taken to settle; `no_clause` where the contracts ask for none. `shortened_on`: the day of the
    order that allowed service later than fifteen days before the hearing.
    """

    suit: Suit
    officer: OfficerSaid
    served_on: dt.date | Blank
    shortened_on: dt.date | None
    elected_domicile: str
    lawyer: str
    lawyer_for: str
    amicable: tuple[str, ...]
    lacks_amicable: Blank | None
    no_clause: bool


def build(matter: Matter) -> Writ:
    """Build the writ: the suit, and what CPC 56, 648 and 855 ask for beside."""
    terms, suit, clause = matter.case.file.acts.writ, suit_of(matter), clause_said(matter)
    day = terms.served_on or matter.case.as_of
    officer = OfficerSaid(
        matter.or_blank(terms.officer.name if terms.officer else None, "officer", "acts.writ.officer.name"),
        matter.or_blank((terms.officer.address or terms.officer.seat) if terms.officer else None, "officer_address",
                        "acts.writ.officer.seat"), day < LAST_BAILIFFS)
    above = [one.claim.number for one in suit.claimants if one.claim.due > LAWYER_ABOVE]
    lacking = clause == "imposed" and not terms.amicable_steps
    return Writ(
        suit=suit, officer=officer, served_on=terms.served_on or matter.blank("served_on", "acts.writ.served_on"),
        shortened_on=terms.shortened_on, elected_domicile=terms.elected_domicile or "",
        lawyer="none" if not above else "all" if len(above) == len(suit.claimants) else "some",
        lawyer_for=those(matter, naming_of(matter, "court"), above),
        amicable=tuple(step.in_language(matter.language) for step in terms.amicable_steps),
        lacks_amicable=matter.blank("amicable_steps", "acts.writ.amicable_steps") if lacking else None,
        no_clause=clause == "none")
