"""Parties, lawyers and court as an act names them; what is missing is a blank with its place in the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from vismajor.case.parties import Counsel, Party
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import CounselSaid, CourtSaid, PartySaid, Said

# What an act must say of a company and of a natural person; a letter asks for less.
COMPANY = ("form", "capital", "seat", "registration", "representative")
PERSON = ("profession", "domicile", "nationality", "born_on", "born_at")


def party_said(matter: Matter, party: Party, path: str, needs: Collection[str] = COMPANY + PERSON) -> PartySaid:
    """Return a party; of what the act `needs` (fields of Party and Person), the missing is a blank at `path`."""
    person, natural = party.person, party.person is not None

    def text(name: str) -> Said:
        owner, where = (person, f"{path}.person.{name}") if name in PERSON else (party, f"{path}.{name}")
        value = getattr(owner, name, None)
        applies = (name in PERSON) == natural or name == "address"
        return str(value) if value is not None else matter.blank(name, where) if name in needs and applies else ""

    capital: Decimal | Blank | None = party.capital
    if capital is None and "capital" in needs and not natural:
        capital = matter.blank("capital", f"{path}.capital")
    born_on: dt.date | Blank | None = person.born_on if person else None
    if person and born_on is None and "born_on" in needs:
        born_on = matter.blank("born_on", f"{path}.person.born_on")
    return PartySaid(
        name=party.name, natural=natural, feminine=not natural or (person is not None and person.title == "mrs"),
        form=text("form"), capital=capital, seat=text("seat"), registration=text("registration"),
        representative=text("representative"), address=party.address or text("address"),
        profession=text("profession"), domicile=text("domicile"), nationality=text("nationality"), born_on=born_on,
        born_at=text("born_at"), counsel=party.counsel or "")


def claimant_said(matter: Matter, at: int, needs: Collection[str] = COMPANY + PERSON) -> PartySaid:
    """Return the claimant that stands at a position of the act, from 0."""
    claimant = matter.losses[at].claimant
    return party_said(matter, claimant, f"claimants.{matter.position(claimant)}", needs)


def respondent_said(matter: Matter, needs: Collection[str] = COMPANY + PERSON) -> PartySaid:
    """Return the respondent."""
    return party_said(matter, matter.case.file.respondent, "respondent", needs)


def counsel_said(matter: Matter, *, ours: bool = True) -> CounselSaid:
    """Return our lawyer, or the other side's; one that the case does not name is all blanks."""
    path = "counsel" if ours else "opposing_counsel"
    counsel: Counsel | None = matter.case.file.counsel if ours else matter.case.file.opposing_counsel

    def text(value: str | None, what: str, key: str) -> Said:
        return matter.or_blank(value, f"{'our' if ours else 'their'}_{what}", f"{path}.{key}")

    return CounselSaid(
        text(counsel.name if counsel else None, "firm", "name"),
        text(counsel.counsel if counsel else None, "lawyer", "counsel"),
        text(counsel.bar if counsel else None, "bar", "bar"),
        text((counsel.address or counsel.seat) if counsel else None, "address", "address"))


def court_said(matter: Matter) -> CourtSaid:
    """Return the court of the case, what is not known yet as blanks."""
    court = matter.case.file.acts.court
    path = "acts.court"
    return CourtSaid(
        matter.or_blank(court.name.in_language(matter.language) if court else None, "court", f"{path}.name"),
        matter.or_blank(court.seat if court else None, "court_seat", f"{path}.seat"),
        court.hearing if court and court.hearing else matter.blank("hearing", f"{path}.hearing"),
        matter.or_blank(f"{court.time:%H:%M}" if court and court.time else None, "hearing_time", f"{path}.time"),
        (court.chamber if court else None) or "", (court.case_number if court else None) or "")
