"""The writ before the commercial court (CPC 54, 56, 648, 853, 855, 861-2), for one claimant or for several in one act.

Article 752 is for the judicial court and does not apply. Whether the defendant must have a lawyer is measured by each
claim: those of several claimants count by the highest only under a common title (CPC 36).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.amicable_said import clause_said
from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_asked import those
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import naming_of
from vismajor.drafting.acts.outgoing import ExhibitSaid, Said, SectionPleaded, SourceSaid
from vismajor.drafting.acts.sides import sides, views_of
from vismajor.drafting.acts.suit import LAST_BAILIFFS, Suit, suit_of
from vismajor.drafting.hearing import grounds
from vismajor.reasoning.deadlines import deadlines

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
    order that allowed service later than fifteen days before the hearing. `jurisdiction` is argued as to the kind of
    court, `chosen_by` says why it is that of the right place (`chosen_exhibits`: the terms, where a clause names it);
    `in_time` are the texts by which the action is in time, where the writ is served in time and nothing speaks against
    it. `same_terms`: all contracts refer to the same.
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
    jurisdiction: tuple[SectionPleaded, ...]
    in_time: tuple[SourceSaid, ...]
    chosen_by: str | Blank
    chosen_exhibits: tuple[ExhibitSaid, ...]
    same_terms: bool


def build(matter: Matter) -> Writ:
    """Build the writ: the suit, and what CPC 56, 648 and 855 ask for beside."""
    terms, clause, court = matter.case.file.acts.writ, clause_said(matter), matter.case.file.acts.court
    jurisdiction = _unopposed(matter, "commercial_court")
    bars = _unopposed(matter, "time_bar") if _served_in_time(matter) else ()
    in_time = tuple(dict.fromkeys(source for section in bars for issue in section.issues
                                  for argument in issue.arguments for source in argument.sources))
    suit = suit_of(matter, bars=jurisdiction)
    contracts = [contract for one in suit.claimants for contract in one.claim.contracts]
    by_clause = court is not None and court.chosen_by == "clause"
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
        no_clause=clause == "none", jurisdiction=jurisdiction, in_time=in_time,
        chosen_by=(court and court.chosen_by) or matter.blank("chosen_by", "acts.court.chosen_by"),
        chosen_exhibits=tuple(dict.fromkeys(exhibit for one in contracts for exhibit in one.terms_exhibits))
        if by_clause else (),
        same_terms=len({one.terms for one in contracts}) == 1)


def _served_in_time(matter: Matter) -> bool:
    """Tell whether the day of service is no later than the earliest last day that the facts leave these claims."""
    served = matter.case.file.acts.writ.served_on or matter.case.as_of
    return all(limit.state == "kept" or served <= limit.last_day
               for limit in deadlines(matter.case, matter.law) if set(limit.claimants) & set(matter.claims))


def _unopposed(matter: Matter, issue: str) -> tuple[SectionPleaded, ...]:
    """Return what our side says on an issue that the other has not raised, where it has an argument and they none."""
    _, theirs = sides(matter, matter.law.issues[issue], views_of(matter, matter.law.issues[issue]))
    if any(all(ground.as_stated for ground in grounds(one.argument)) for one in theirs):
        return ()
    return tuple(section for section in discussion(matter, (issue,))
                 if any(one.arguments for one in section.issues))
