"""What counsel decides about the amicable ways: the participative convention, the invitation to one of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vismajor.reading.scalars import Bilingual, ClockTime, IsoDate, Strict, Text

Days = Annotated[int, Field(ge=1, le=365, strict=True)]
Route = Literal["mediation", "conciliation", "participative"]


class Meeting(Strict):
    """A meeting that is offered or agreed: its day, its hour, its place."""

    date: IsoDate
    time: ClockTime | None = None
    place: Text | None = None


class DocumentWanted(Bilingual):
    """A document or piece of information to be exchanged (C. civ. 2063, 3°), and who hands it over."""

    by: Literal["claimants", "respondent", "each"] = "each"


class AmicableTerms(Strict):
    """The participative procedure (C. civ. 2062 to 2067) and the invitation to it, to conciliation or to mediation.

    The invitation: `date`, `sent_by`, `delivery`, `answer_days`; `neutral` the mediator or conciliator; `conciliator`
    whether a judicial conciliator, unpaid, is meant or one whom the parties choose and pay.
    The convention: `purpose` (an agreement, or the preparation of a pending suit), `signed_on`, its term `until`, the
    `documents` exchanged within `exchange_days`, `points` in dispute where counsel words them, `countersigned` the acts
    that the lawyers will countersign (2063, 4°).
    Both: `meetings`; `attending` who comes for our side; `costs`: half of the shared costs on the respondent and the
    other half on the claimants, among them `equally` or `by_claim`; or all on the `respondent`.
    """

    route: Route = "mediation"
    date: IsoDate | None = None
    sent_by: Literal["lawyer", "party"] = "lawyer"
    delivery: Literal["registered_letter", "electronic_registered_letter", "email", "officer"] = "registered_letter"
    answer_days: Days | None = None
    neutral: Text | None = None
    conciliator: Literal["judicial", "chosen"] = "judicial"
    purpose: Literal["agreement", "preparation"] = "agreement"
    signed_on: IsoDate | None = None
    until: IsoDate | None = None
    points: tuple[Bilingual, ...] = ()
    documents: tuple[DocumentWanted, ...] = ()
    exchange_days: Days | None = None
    countersigned: tuple[Bilingual, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    attending: tuple[Text, ...] = ()
    costs: Literal["equally", "by_claim", "respondent"] = "equally"
    signed_at: Text | None = None
