"""What counsel decides about the acts to be drafted: court, notice, settlement, amicable way, writ, pleadings.

All of it is optional: a draft shows what is missing in its place, a final document refuses it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import Field

from vismajor.case.amicable import AmicableTerms, Route
from vismajor.case.parties import Party
from vismajor.case.settlement_terms import SettlementTerms, check_settlement
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.scalars import Bilingual, ClockTime, Flag, Id, IsoDate, Money, Strict, Text, as_date
from vismajor.reading.yaml_source import YamlSource

Days = Annotated[int, Field(ge=1, le=365, strict=True)]
Months = Annotated[int, Field(ge=1, le=60, strict=True)]
Bar = Literal["commercial_court", "standing", "settled", "prior_conciliation", "time_bar"]
Count = Annotated[int, Field(ge=1, le=1000, strict=True)]
ActWithExhibits = Literal["formal-notice", "participative-convention", "writ", "pleadings", "reply", "loss-report"]
Stage = Literal["demand", "negotiation", "suit", "pleadings"]


class Court(Strict):
    """The court that hears the case (CPC 56, 1°): where it sits, when it hears, before which chamber.

    `case_number` is the number under which the case is entered, once it is. `chosen_by`: why it has jurisdiction by its
    place: the respondent's seat (CPC 42), the place where the service was performed (CPC 46), a clause (CPC 48).
    """

    name: Bilingual
    seat: Text | None = None
    hearing: IsoDate | None = None
    time: ClockTime | None = None
    chamber: Text | None = None
    case_number: Text | None = None
    chosen_by: Literal["respondent_seat", "performance", "clause"] | None = None


class NoticeTerms(Strict):
    """The letter of formal notice (C. civ. 1231, 1344): its date, the days that it leaves, who sends it and how.

    `reply_date` is that of the respondent's reply, `reply_days` what it leaves for an answer, `reply_signed_at` the
    place. `amicable` names the way that the letter offers (C. civ. 2238).
    """

    date: IsoDate | None = None
    reply_date: IsoDate | None = None
    reply_days: Days | None = None
    reply_signed_at: Text | None = None
    days: Days | None = None
    sent_by: Literal["lawyer", "party"] = "lawyer"
    delivery: Literal["registered_letter", "electronic_registered_letter", "officer"] = "registered_letter"
    amicable: Route = "mediation"
    signed_at: Text | None = None


class WritTerms(Strict):
    """The writ (CPC 54, 56, 648, 855): who serves it, when, and what was tried before to settle.

    `elected_domicile` is needed of a claimant who lives abroad (CPC 855). `shortened_on`: the day on which the
    president allowed service less than fifteen days before the hearing (CPC 856, 858).
    """

    officer: Party | None = None
    served_on: IsoDate | None = None
    amicable_steps: tuple[Bilingual, ...] = ()
    elected_domicile: Text | None = None
    shortened_on: IsoDate | None = None


class PleadingsTerms(Strict):
    """Pleadings (CPC 446-2-1): their number and date; whether an expert is asked for in the alternative (CPC 144).

    For the claimants: `raised` are the exceptions and bars that the respondent has raised, which alone are answered;
    `new_grounds` the issues (ids of the law pack) not argued in earlier writings, which must stand apart.

    For the respondent: `competent_court`, the court that has jurisdiction in its view (CPC 75; left out, jurisdiction
    is contested only where the facts speak against it); `defence_costs`, what it asks under CPC 700, in euros;
    `against_enforcement`, whether provisional enforcement is to be set aside (CPC 514-1): who made no observation on it
    can hardly have it stayed on appeal (CPC 514-3); `enforcement_reason`, why it is incompatible with the nature of the
    case (the amount, the solvency of who would receive it), as a clause without a final point.
    """

    number: Count | None = None
    date: IsoDate | None = None
    expert: Flag = False
    raised: tuple[Bar, ...] = ()
    new_grounds: tuple[Id, ...] = ()
    competent_court: Bilingual | None = None
    defence_costs: Money | None = None
    against_enforcement: Flag = False
    enforcement_reason: Bilingual | None = None


class LossReportTerms(Strict):
    """The report on the losses: its date, the expert to whom it goes, who appointed him or her, and for what.

    `decision`: the ruling or the letter that appoints the expert; `mission`: the points asked, each as a clause that
    begins with an infinitive; a usual mission where none is stated. `until`: the day up to which interest is counted,
    that of the report where left out. `documents` are those that the claimants still hold ready beside the exhibits.
    """

    date: IsoDate | None = None
    expert: Text | None = None
    appointed_by: Literal["court", "party"] = "party"
    decision: Bilingual | None = None
    mission: tuple[Bilingual, ...] = ()
    documents: tuple[Bilingual, ...] = ()
    until: IsoDate | None = None


class ExhibitsTerms(Strict):
    """The list of exhibits: of which act; left out, of the act of the stage that the case has reached."""

    of: ActWithExhibits | None = None


class Acts(Strict):
    """What counsel decides about each act, under `acts:` in the case.

    `stage`: where the case stands, which says what `brief` drafts: a first `demand`, a `negotiation`, a `suit` to be
    brought, or one that is pending (`pleadings`). Left out, it follows from what has happened by `as_of`.
    `verified` are the texts and decisions (ids of the law pack) that counsel has read in full for this case: a final
    document cites no other that the pack itself says nobody read.
    """

    stage: Stage | None = None
    verified: tuple[Id, ...] = ()
    court: Court | None = None
    notice: NoticeTerms = NoticeTerms()
    settlement: SettlementTerms | None = None
    amicable: AmicableTerms = AmicableTerms()
    writ: WritTerms = WritTerms()
    pleadings: PleadingsTerms = PleadingsTerms()
    loss_report: LossReportTerms = LossReportTerms()
    exhibits: ExhibitsTerms = ExhibitsTerms()


SERVICE_DAYS = 15  # CPC 856: at least so many between service and hearing
DATED = (("notice", "date"), ("notice", "reply_date"), ("settlement", "date"), ("amicable", "date"),
         ("amicable", "signed_on"), ("writ", "served_on"), ("writ", "shortened_on"), ("court", "hearing"),
         ("pleadings", "date"), ("loss_report", "date"), ("loss_report", "until"))
# What cannot come before what: an answer before the notice, pleadings before the writ.
IN_ORDER = ((("notice", "date"), ("notice", "reply_date")), (("notice", "date"), ("writ", "served_on")),
            (("writ", "served_on"), ("pleadings", "date")))


def check_acts(source: YamlSource, sources: frozenset[str], issues: Collection[str]) -> Iterator[Problem]:
    """Check, on the raw data, that sums go to claimants of the case and that no act is older than the incident."""
    data = source.data if isinstance(source.data, dict) else {}
    acts, incident = data.get("acts"), data.get("incident")
    if not isinstance(acts, dict):
        return
    verified = acts.get("verified")
    for at, name in enumerate(verified if isinstance(verified, list) else ()):
        if isinstance(name, str) and name not in sources:
            yield source.problem(("acts", "verified", at), "unknown_source", read=name, nearest=nearest(name, sources))
    pleadings = acts.get("pleadings")
    grounds = pleadings.get("new_grounds") if isinstance(pleadings, dict) else None
    for at, name in enumerate(grounds if isinstance(grounds, list) else ()):
        if isinstance(name, str) and name not in issues:
            yield source.problem(("acts", "pleadings", "new_grounds", at), "unknown_issue", read=name,
                                 nearest=nearest(name, issues))
    begun = as_date(incident.get("date")) if isinstance(incident, dict) else None
    for part, key in DATED:
        stated = acts.get(part)
        day = as_date(stated.get(key)) if isinstance(stated, dict) else None
        if day is not None and begun is not None and day < begun:
            yield source.problem(("acts", part, key), "date_before", read=day, other=begun, what="incident.date")
    yield from check_settlement(source, data)
    yield from _check_order(source, acts)
    yield from _check_term(source, acts.get("amicable"))
    yield from _check_service(source, acts)


def _check_order(source: YamlSource, acts: dict[str, object]) -> Iterator[Problem]:
    """Check that no act is dated before the one that it answers, and no meeting before the letter that offers it."""
    def day(part: str, key: str) -> dt.date | None:
        stated = acts.get(part)
        return as_date(stated.get(key)) if isinstance(stated, dict) else None

    for first, later in IN_ORDER:
        one, other = day(*first), day(*later)
        if one is not None and other is not None and other < one:
            yield source.problem(("acts", *later), "date_before", read=other, other=one, what=f"acts.{'.'.join(first)}")
    amicable, letter = acts.get("amicable"), day("amicable", "date")
    meetings = amicable.get("meetings") if isinstance(amicable, dict) else None
    for at, meeting in enumerate(meetings if isinstance(meetings, list) else ()):
        held = as_date(meeting.get("date")) if isinstance(meeting, dict) else None
        if letter is not None and held is not None and held < letter:
            yield source.problem(("acts", "amicable", "meetings", at, "date"), "date_before", read=held, other=letter,
                                 what="acts.amicable.date")


def _check_service(source: YamlSource, acts: dict[str, object]) -> Iterator[Problem]:
    """Check that the writ is served fifteen days before the hearing, unless the president allowed less (CPC 856)."""
    writ, court = acts.get("writ"), acts.get("court")
    if not isinstance(writ, dict) or not isinstance(court, dict) or writ.get("shortened_on") is not None:
        return
    served, hearing = as_date(writ.get("served_on")), as_date(court.get("hearing"))
    if served is not None and hearing is not None and (hearing - served).days < SERVICE_DAYS:
        yield source.problem(("acts", "writ", "served_on"), "writ_too_late", read=served, other=hearing)


def _check_term(source: YamlSource, stated: object) -> Iterator[Problem]:
    """Check that a participative convention ends after it is signed (C. civ. 2062: it has a fixed length)."""
    begins, ends = (as_date(stated.get(key)) if isinstance(stated, dict) else None for key in ("signed_on", "until"))
    if begins is not None and ends is not None and ends <= begins:
        yield source.problem(("acts", "amicable", "until"), "date_before", read=ends, other=begins,
                             what="acts.amicable.signed_on")
