"""The report on the losses: what was lost, how it was measured, how an accountant computes it again, with its limits.

For the expert whom the court or a party appointed, and for the other side's accountant. Statistical intervals of what
was measured are evidence, and told; what a court may grant is not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.money import LOWER, NOTHING, UPPER, euros
from vismajor.drafting import typography
from vismajor.drafting.acts.claims_said import claimants_pleaded, total_due
from vismajor.drafting.acts.illustrations import Illustration
from vismajor.drafting.acts.loss_basis import (
    accounts_said,
    basis_of,
    duties_measured,
    interest_counted,
    partly_documented,
    received_said,
)
from vismajor.drafting.acts.loss_measured import chart_key, customers_measured, margin_measured
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.measured_said import (
    AccountsSaid,
    DutyMeasured,
    HeadMeasured,
    InterestCounted,
    ReceivedSaid,
)
from vismajor.drafting.acts.outgoing import (
    ClaimantPleaded,
    CounselSaid,
    HeadPleaded,
    PartySaid,
    Said,
    SourceSaid,
    ToldSaid,
)
from vismajor.drafting.acts.parties_said import counsel_said, respondent_said
from vismajor.drafting.period import period_said
from vismajor.drafting.words import words
from vismajor.drafting.workbook.plan import SheetPlan, plan_sheets, total_row

CLAIMANT_NEEDS = ("form", "seat", "registration", "domicile")
RESPONDENT_NEEDS = ("form", "seat", "registration")


@dataclass(frozen=True)
class ClaimantMeasured:
    """One claimant with its measured heads, accounts, what it received, interest.

    `sheet`: its sheet in the workbook, where the heads stand in column B down to the row `total_row`.
    """

    pleaded: ClaimantPleaded
    heads: tuple[HeadMeasured, ...]
    accounts: AccountsSaid | None
    received: tuple[ReceivedSaid, ...]
    interest: InterestCounted | None
    sheet: str
    total_row: int

@dataclass(frozen=True)
class LossReport:
    """Everything that the report may say.

    `by_court`: whether a court appointed the expert; `decision` the ruling or letter that does, empty where the case
    names none. `mission`: the points asked, the usual ones where the case states none. `suffix`: the end of the name of
    its files. `seed` and `paths`: from what, and how many, courses of business were simulated.
    """

    date: dt.date
    until: dt.date
    expert: Said
    by_court: bool
    decision: Said
    mission: tuple[str, ...]
    documents: tuple[str, ...]
    sender: CounselSaid
    claimants: tuple[ClaimantMeasured, ...]
    respondent: PartySaid
    incident: str
    incident_date: dt.date
    incident_place: str
    account: tuple[ToldSaid, ...]
    duties: tuple[DutyMeasured, ...]
    claimed: Decimal
    received: Decimal
    due: Decimal
    interest: Decimal
    suffix: str
    group_sheet: str
    seed: str
    paths: int
    margin_sources: tuple[SourceSaid, ...]
    chance_sources: tuple[SourceSaid, ...]

    @property
    def one(self) -> bool:
        """Whether the report is on one claimant."""
        return len(self.claimants) == 1

    @property
    def margins(self) -> bool:
        """Whether a margin was measured."""
        return any(head.margin is not None for one in self.claimants for head in one.heads)

    @property
    def customers(self) -> bool:
        """Whether a loss of customers was measured."""
        return any(head.customers is not None for one in self.claimants for head in one.heads)

    @property
    def ledgers(self) -> bool:
        """Whether a ledger was read, so that the workbook has its postings."""
        return any(one.accounts is not None and one.accounts.ledger for one in self.claimants)

    @property
    def stated(self) -> bool:
        """Whether a head follows from what was stated rather than from a measure."""
        return any(head.basis for one in self.claimants for head in one.heads)

    @property
    def chance(self) -> bool:
        """Whether a chance is asked for in the alternative, its share stated or left to the court."""
        return any(head.left_open or head.head.alternative is not None for one in self.claimants for head in one.heads)

    @property
    def restitution(self) -> bool:
        """Whether sums are claimed back, on which interest runs otherwise than on damages."""
        return any(head.head.restitution for one in self.claimants for head in one.heads)

    @property
    def accruing(self) -> bool:
        """Whether interest has run."""
        return any(one.interest is not None for one in self.claimants)


def build(matter: Matter) -> LossReport:
    """Build the report. Its date is the one stated for it, else the date of knowledge; interest runs up to it."""
    file, terms, language = matter.case.file, matter.case.file.acts.loss_report, matter.language
    date = terms.date or matter.case.as_of
    until, plan = terms.until or date, plan_sheets(matter.losses, language)
    claimants = tuple(_claimant(matter, loss, pleaded, plan, until) for loss, pleaded in zip(
        matter.losses, claimants_pleaded(matter, CLAIMANT_NEEDS), strict=True))
    courses = [head.counterfactual for loss in matter.losses for head in loss.heads if head.counterfactual is not None]
    decision: Said = terms.decision.in_language(language) if terms.decision else ""
    if terms.appointed_by == "court" and not decision:
        decision = matter.blank("appointing_decision", "acts.loss_report.decision")
    several = len(file.claimants) > 1
    return LossReport(
        date=date, until=until, expert=matter.or_blank(terms.expert, "expert", "acts.loss_report.expert"),
        by_court=terms.appointed_by == "court", decision=decision,
        mission=tuple(one.in_language(language) for one in terms.mission) or _usual_mission(language, one=matter.one),
        documents=tuple(one.in_language(language) for one in terms.documents), sender=counsel_said(matter),
        claimants=claimants, respondent=respondent_said(matter, RESPONDENT_NEEDS),
        incident=file.incident.title.in_language(language), incident_date=file.incident.date,
        incident_place=file.incident.place.in_language(language), account=matter.account(),
        duties=duties_measured(matter), claimed=sum((one.pleaded.claimed for one in claimants), NOTHING),
        received=sum((one.pleaded.received for one in claimants), NOTHING),
        due=total_due([one.pleaded for one in claimants]),
        interest=sum((one.interest.amount for one in claimants if one.interest), NOTHING),
        suffix=f"-{matter.losses[0].claimant.id}" if matter.one and several else "", group_sheet=plan.group,
        seed=matter.assessment.worlds.seed, paths=courses[0].shortfalls.size if courses else 0,
        margin_sources=_sources(matter, "lost_margin"), chance_sources=_sources(matter, "lost_customers"))


def _usual_mission(language: str, *, one: bool) -> tuple[str, ...]:
    """Return the points that an expert is usually asked, where the case states none."""
    say = words(language)
    return tuple(say[f"loss_report_mission_{key}"] for key in (
        "documents", "heads" if one else "heads_of_each", "deductions", "computation"))


def _sources(matter: Matter, kind: str) -> tuple[SourceSaid, ...]:
    """Return the decisions on a kind of head that are known and in the law pack."""
    found = matter.law.heads.get(kind)
    return tuple(one for one in matter.sources(found.sources) if not one.statute) if found else ()


def _claimant(matter: Matter, loss: ClaimantLoss, pleaded: ClaimantPleaded, plan: SheetPlan, until: dt.date
              ) -> ClaimantMeasured:
    heads = tuple(_head(matter, loss, head, said, plan) for head, said in zip(loss.heads, pleaded.heads, strict=True))
    return ClaimantMeasured(pleaded, heads, accounts_said(matter, loss), received_said(matter, loss),
                            interest_counted(matter, loss, until), plan.own[loss.claimant.id], total_row(loss))


def _head(matter: Matter, loss: ClaimantLoss, head: HeadLoss, said: HeadPleaded, plan: SheetPlan) -> HeadMeasured:
    return HeadMeasured(
        said, basis_of(matter, loss, head), margin_measured(matter, loss, head, plan),
        customers_measured(matter, loss, head, plan), not said.exhibits, partly_documented(head, said.exhibits),
        head.chance is not None and head.head.chance is None)


def charts(matter: Matter) -> tuple[Illustration, ...]:
    """Return the course of business of each lost margin, not drawn yet."""
    from vismajor.drafting.course_chart import Course, course_chart  # noqa: PLC0415 — slow to import

    found, say = list[Illustration](), words(matter.language)
    for loss in matter.losses:
        accounts = loss.claimant.accounts
        for head in loss.heads:
            course = head.counterfactual
            if course is None or accounts is None:
                continue
            key = chart_key(matter, loss, head)
            drawn = Course(key, loss.claimant.name, matter.case.books[loss.claimant.id], course,
                           matter.case.file.incident.date, accounts.breaks)
            found.append(Illustration(key, say["course_chart"].format(claimant=loss.claimant.name),
                                      _alt(matter, loss, head), partial(course_chart, drawn, matter.language)))
    return tuple(found)


def _alt(matter: Matter, loss: ClaimantLoss, head: HeadLoss) -> str:
    """Say in words what a chart shows, in the figures of the report."""
    course, language = head.counterfactual, matter.language
    assert course is not None
    expected, actual, low, high = (typography.money(euros(float(amount)), language) for amount in (
        course.expected.sum(), course.actual.sum(), course.quantile(LOWER), course.quantile(UPPER)))
    return words(language)["loss_report_chart_alt"].format(
        claimant=loss.claimant.name, period=period_said(course.months[0], course.months[-1], language),
        expected=expected, actual=actual, low=low, high=high)
