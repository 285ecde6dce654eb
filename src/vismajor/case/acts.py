"""What counsel decides about the acts to be drafted: court, notice, settlement, amicable way, writ, pleadings.

All of it is optional: a draft shows what is missing in its place, a final document refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.case.parties import Party
from vismajor.case.stated import ids
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.scalars import Bilingual, ClockTime, Flag, Id, IsoDate, Money, Strict, Text, as_date
from vismajor.reading.yaml_source import YamlSource

Days = Annotated[int, Field(ge=1, le=365, strict=True)]
Months = Annotated[int, Field(ge=1, le=60, strict=True)]
Count = Annotated[int, Field(ge=1, le=1000, strict=True)]
Route = Literal["mediation", "conciliation", "participative"]


class Court(Strict):
    """The court that hears the case (CPC 56, 1°): where it sits, when it hears, before which chamber.

    `case_number` is the number under which the case is entered, once it is.
    """

    name: Bilingual
    seat: Text | None = None
    hearing: IsoDate | None = None
    time: ClockTime | None = None
    chamber: Text | None = None
    case_number: Text | None = None


class NoticeTerms(Strict):
    """The letter of formal notice (C. civ. 1231, 1344): its date, the days that it leaves, who sends it and how.

    `reply_date` is that of the respondent's reply. `amicable` names the way that the letter offers (C. civ. 2238).
    """

    date: IsoDate | None = None
    reply_date: IsoDate | None = None
    days: Days | None = None
    sent_by: Literal["lawyer", "party"] = "lawyer"
    delivery: Literal["registered_letter", "electronic_registered_letter", "officer"] = "registered_letter"
    amicable: Route = "mediation"
    signed_at: Text | None = None


class Concessions(Strict):
    """What each side gives up (C. civ. 2044), beside the sum itself and the end of the dispute."""

    claimants: tuple[Bilingual, ...] = ()
    respondent: tuple[Bilingual, ...] = ()


class SettlementTerms(Strict):
    """The terms of a settlement (C. civ. 2044 to 2052): a sum for each claimant, or a total to be split among them.

    `vat`: outside its field (an indemnity), or `on_top`. `at_least`: so many claimants must sign for it to take effect.
    `late_rate`: yearly penalty on late payment, in percent; the legal rate where it is left out.
    """

    date: IsoDate | None = None
    amounts: dict[Id, Money] = {}
    total: Money | None = None
    payment_days: Days | None = None
    payment_account: Text | None = None
    vat: Literal["outside", "on_top"] = "outside"
    late_rate: Money | None = None
    concessions: Concessions = Concessions()
    confidential: Flag = True
    homologation: Flag = False
    at_least: Count | None = None
    signed_at: Text | None = None

    @model_validator(mode="after")
    def _has_one_sum(self) -> SettlementTerms:
        if self.amounts and self.total is not None:
            raise PydanticCustomError("amounts_or_total", "amounts or total, not both")
        return self

    @property
    def sum(self) -> Decimal | None:
        """The whole sum, in euros, or None where none is stated."""
        return sum(self.amounts.values(), Decimal("0.00")) if self.amounts else self.total


class Meeting(Strict):
    """A meeting that is offered or agreed: its day, its hour, its place."""

    date: IsoDate
    time: ClockTime | None = None
    place: Text | None = None


class AmicableTerms(Strict):
    """The participative procedure (C. civ. 2062 to 2064) and the invitation to conciliation or mediation.

    `until` is the term of the convention; `documents` are those to be exchanged; `neutral` the mediator or conciliator;
    `costs` how fees are shared; `attending` who comes with power to settle.
    """

    route: Route = "mediation"
    date: IsoDate | None = None
    until: IsoDate | None = None
    answer_days: Days | None = None
    meetings: tuple[Meeting, ...] = ()
    neutral: Text | None = None
    documents: tuple[Bilingual, ...] = ()
    exchange_days: Days | None = None
    costs: Literal["equally", "by_claim", "respondent"] = "equally"
    attending: tuple[Text, ...] = ()
    signed_at: Text | None = None


class WritTerms(Strict):
    """The writ (CPC 54, 56, 648, 855): who serves it, when, and what was tried before to settle.

    `elected_domicile` is needed of a claimant who lives abroad (CPC 855).
    """

    officer: Party | None = None
    served_on: IsoDate | None = None
    amicable_steps: tuple[Bilingual, ...] = ()
    elected_domicile: Text | None = None


class PleadingsTerms(Strict):
    """Pleadings (CPC 446-2-1): their number and date; whether an expert is asked for in the alternative (CPC 144)."""

    number: Count | None = None
    date: IsoDate | None = None
    expert: Flag = False


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


class Acts(Strict):
    """What counsel decides about each act, under `acts:` in the case."""

    court: Court | None = None
    notice: NoticeTerms = NoticeTerms()
    settlement: SettlementTerms | None = None
    amicable: AmicableTerms = AmicableTerms()
    writ: WritTerms = WritTerms()
    pleadings: PleadingsTerms = PleadingsTerms()
    loss_report: LossReportTerms = LossReportTerms()


DATED = (("notice", "date"), ("notice", "reply_date"), ("settlement", "date"), ("amicable", "date"),
         ("writ", "served_on"), ("court", "hearing"), ("pleadings", "date"), ("loss_report", "date"),
         ("loss_report", "until"))


def check_acts(source: YamlSource) -> Iterator[Problem]:
    """Check, on the raw data, that sums go to claimants of the case and that no act is older than the incident."""
    data = source.data if isinstance(source.data, dict) else {}
    acts, incident = data.get("acts"), data.get("incident")
    if not isinstance(acts, dict):
        return
    known, settlement = ids(data, "claimants"), acts.get("settlement")
    amounts = settlement.get("amounts") if isinstance(settlement, dict) else None
    for name in amounts if isinstance(amounts, dict) else ():
        if known is not None and name not in known:
            yield source.problem(("acts", "settlement", "amounts", name), "unknown_claimant", read=name,
                                 nearest=nearest(str(name), known))
    begun = as_date(incident.get("date")) if isinstance(incident, dict) else None
    for part, key in DATED:
        stated = acts.get(part)
        day = as_date(stated.get(key)) if isinstance(stated, dict) else None
        if day is not None and begun is not None and day < begun:
            yield source.problem(("acts", part, key), "date_before", read=day, other=begun, what="incident.date")
