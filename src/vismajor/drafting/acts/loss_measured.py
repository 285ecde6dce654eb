"""The measured heads of a loss report: lost margin and customers, each figure as an accountant may recompute it."""

from __future__ import annotations

import re
from decimal import Decimal

from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.customers import CustomerLoss
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.margin_rate import MarginRate
from vismajor.damages.money import LOWER, NOTHING, UPPER, euros
from vismajor.drafting import typography
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.measured_said import (
    CustomersMeasured,
    MarginMeasured,
    ModelMeasured,
    MonthMeasured,
    RateMeasured,
    TrialMeasured,
)
from vismajor.drafting.losses_said import WIDENED, statements_said
from vismajor.drafting.period import period_said
from vismajor.drafting.words import words
from vismajor.drafting.workbook.plan import SheetPlan, rows_of_loss


def figure(value: float, digits: int) -> Decimal:
    """Return a number as it is printed, with so many digits after the decimal mark."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits)) + 0


def percent(share: float | Decimal, digits: int) -> Decimal:
    """Return a share from 0 to 1 in percent."""
    return figure(float(share) * 100, digits)


def margin_measured(matter: Matter, loss: ClaimantLoss, head: HeadLoss, plan: SheetPlan) -> MarginMeasured | None:
    """Return how a margin was lost; None for a head of another kind. The months add up to the sum claimed."""
    course, rate, key = head.counterfactual, head.margin, (loss.claimant.id, head.head.id)
    if course is None or rate is None:
        return None
    months, books = _months(course), matter.case.books[loss.claimant.id]
    expected, actual = (sum(found, NOTHING) for found in ([one.expected for one in months],
                                                          [one.actual for one in months]))
    return MarginMeasured(
        first=course.months[0], last=course.months[-1], used=course.months_used, ended=course.ended_by, months=months,
        expected=expected, actual=actual, missing=expected - actual,
        missing_low=euros(float(course.quantile(LOWER))), missing_high=euros(float(course.quantile(UPPER))),
        models=_models(course, matter.language), trial=_trial(course),
        widening=figure(course.widening, 2) if course.widening >= WIDENED else None,
        statements=tuple(statements_said(course, matter.language, outgoing=True)),
        breaks=_breaks(matter, loss), rate=_rate(rate), extra=getattr(head.head, "extra_costs", NOTHING),
        saved=getattr(head.head, "fixed_costs_saved", NOTHING), low=head.low, high=head.high,
        chart=chart_key(matter, loss, head), sheet=plan.months[key], rows=rows_of_loss(course, books),
        models_sheet=plan.models[key])


def chart_key(matter: Matter, loss: ClaimantLoss, head: HeadLoss) -> str:
    """Return the key of the chart of a lost margin, by the number of its claimant in the act and its place."""
    place = next(at for at, one in enumerate(loss.heads, start=1) if one.head.id == head.head.id)
    return f"course-{matter.numbers[loss.claimant.id]}-{place}"


def _months(course: Counterfactual) -> tuple[MonthMeasured, ...]:
    rows = zip(course.months, course.expected.tolist(), course.low.tolist(), course.high.tolist(),
               course.actual.tolist(), strict=True)
    return tuple(MonthMeasured(month, euros(expected), euros(low), euros(high), euros(actual),
                               euros(expected) - euros(actual)) for month, expected, low, high, actual in rows)


def _models(course: Counterfactual, language: str) -> tuple[ModelMeasured, ...]:
    say = words(language)
    return tuple(ModelMeasured(say[f"counterfactual_model_{fit.id}"], figure(fit.weight, 2),
                               None if fit.error is None else percent(fit.error, 1))
                 for fit in sorted(course.models, key=lambda fit: -fit.weight))


def _trial(course: Counterfactual) -> TrialMeasured | None:
    found = course.placebo
    return TrialMeasured(found.windows, found.horizon, found.inside, percent(found.mean_shortfall, 1)) \
        if found.windows else None


def _breaks(matter: Matter, loss: ClaimantLoss) -> tuple[str, ...]:
    stated = loss.claimant.accounts.breaks if loss.claimant.accounts else ()
    return tuple(f"{typography.uncapital(one.why.in_language(matter.language))} "
                 f"({period_said(one.from_, one.to, matter.language)})" for one in stated)


def _rate(margin: MarginRate) -> RateMeasured:
    return RateMeasured(percent(margin.rate, 2), margin.first or "", margin.last or "", margin.revenue,
                        margin.variable_costs, margin.stock_change)


def customers_measured(matter: Matter, loss: ClaimantLoss, head: HeadLoss, plan: SheetPlan
                       ) -> CustomersMeasured | None:
    """Return how customers were lost; None for a head of another kind."""
    lost = head.customers
    if lost is None:
        return None
    usual = lost.attrition
    return CustomersMeasured(
        present=lost.present, left=lost.left, first=head.head.from_ or "", last=head.head.to or "",
        expected=figure(lost.expected_departures, 2), beyond=figure(lost.excess, 2),
        attrition=percent(usual.monthly, 2), attrition_low=percent(usual.low, 2),
        attrition_high=percent(usual.high, 2), departures=usual.departures,
        customer_months=figure(usual.customer_months, 1), margin=lost.margin, counted_from=lost.life_table[0].month,
        months=len(lost.life_table),
        remaining=figure(lost.remaining_months, 2), discounted=figure(lost.discounted_months, 2),
        discount=percent(getattr(head.head, "discount", 0), 2), statements=tuple(_customer_statements(matter, lost)),
        low=head.low, high=head.high, sheet=plan.customers[loss.claimant.id, head.head.id])


def _customer_statements(matter: Matter, lost: CustomerLoss) -> list[str]:
    """Say what the list of customers does not allow to say; what is only advice for counsel stays at home."""
    say, language = words(matter.language), matter.language
    return [say[key].format(**{name: _dated(value, language) for name, value in finding.values})
            for finding in lost.findings if (key := f"loss_report_{finding.code}") in say]


def _dated(value: str, language: str) -> str:
    """Return a value of a finding as a document says it: dates and months in words."""
    return typography.partial_date(value, language) if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value) else value
