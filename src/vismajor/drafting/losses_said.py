"""How a loss was measured, in sentences: the comparison with the months before, the customers who left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from vismajor.case.models import Claimant
from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.customers import CustomerLoss
from vismajor.damages.heads import HeadLoss
from vismajor.damages.objections import Objection
from vismajor.drafting import typography
from vismajor.drafting.period import months_said, period_said
from vismajor.drafting.words import words
from vismajor.reading.scalars import Bilingual

WIDENED = 1.005  # a factor that rounds to more than 1.00


def head_said(head: HeadLoss, language: str) -> list[str]:
    """Say how a head was measured, in sentences; nothing for a head whose amount is stated."""
    if head.counterfactual is not None:
        return list(_course_said(head, head.counterfactual, language))
    if head.customers is not None:
        return list(_customers_said(head.customers, language))
    return []


def statements_said(course: Counterfactual, language: str, outgoing: bool = False) -> list[str]:
    """Say what the months before do not allow to say, or what was set aside.

    `outgoing`: in the words of a report to others, without advice for counsel or how the case file is written.
    """
    say = words(language)

    def said(code: str) -> str:
        inside = say[f"counterfactual_{code}"]
        return say.get(f"loss_report_{code}", inside) if outgoing else inside

    return list(dict.fromkeys(
        said(one.code).format(**{name: months_said(value, language) for name, value in one.values})
        for one in course.statements))


def _course_said(head: HeadLoss, course: Counterfactual, language: str) -> Iterator[str]:
    say = words(language)
    yield typography.capital(say["counterfactual_months"].format(
        period=period_said(course.months[0], course.months[-1], language), used=course.months_used))
    yield say[f"counterfactual_ended_{course.ended_by}"]
    yield say["counterfactual_models"].format(models=say["semicolon"].join(
        say["counterfactual_model_weight"].format(
            model=say[f"counterfactual_model_{fit.id}"], weight=typography.share(fit.weight, language),
            error="–" if fit.error is None else typography.share(fit.error, language))
        for fit in sorted(course.models, key=lambda fit: -fit.weight)))
    if course.placebo.windows:
        placebo = course.placebo
        yield say["counterfactual_placebo"].format(
            windows=placebo.windows, horizon=placebo.horizon, inside=placebo.inside,
            shortfall=typography.decimal(100 * placebo.mean_shortfall, language, 1))
    if course.widening >= WIDENED:
        yield say["counterfactual_widening"].format(widening=typography.decimal(course.widening, language, 2))
    yield from statements_said(course, language)
    if head.margin is not None:
        yield from _rate_said(head, language)


def _rate_said(head: HeadLoss, language: str) -> Iterator[str]:
    say, margin = words(language), head.margin
    assert margin is not None
    rate = typography.decimal(float(100 * margin.rate), language, 2)
    if margin.revenue is None or margin.variable_costs is None or margin.first is None or margin.last is None:
        yield say["margin_rate_stated"].format(rate=rate)
    else:
        yield say["margin_rate_read"].format(
            rate=rate, period=period_said(margin.first, margin.last, language),
            revenue=typography.money(margin.revenue, language), costs=typography.money(margin.variable_costs, language))
        if margin.stock_change:
            yield say["margin_rate_stock"].format(amount=typography.money(margin.stock_change, language))


def breaks_said(claimant: Claimant, language: str) -> Iterator[str]:
    """Say which months the case sets aside, and why."""
    for one in claimant.accounts.breaks if claimant.accounts else ():
        yield words(language)["counterfactual_break"].format(
            period=period_said(one.from_, one.to, language),
            why=one.why.in_language(language))


def _customers_said(lost: CustomerLoss, language: str) -> Iterator[str]:
    say, number = words(language), typography.decimal
    yield say["customers_departures"].format(
        present=lost.present, left=lost.left, expected=number(lost.expected_departures, language, 1),
        excess=number(lost.excess, language, 1), attrition=number(100 * lost.attrition.monthly, language, 2),
        low=number(100 * lost.attrition.low, language, 2), high=number(100 * lost.attrition.high, language, 2))
    yield typography.elided(say["customers_value"].format(
        margin=typography.money(lost.margin, language, cents=True),
        first=typography.partial_date(lost.life_table[0].month, language),
        months=number(lost.remaining_months, language, 1), discounted=number(lost.discounted_months, language, 1)),
        language)
    yield from (finding.explain(language) for finding in lost.findings)


def objection_said(objection: Objection, language: str) -> str:
    """Say what the other side will say of a loss."""
    return words(language)[f"objection_{objection.code}"].format(
        **{name: _value_said(value, language) for name, value in objection.values.items()})


def _value_said(value: Bilingual | str | Decimal | float, language: str) -> str:
    if isinstance(value, Bilingual):
        return value.in_language(language)
    if isinstance(value, Decimal):
        return typography.money(value, language)
    return months_said(value, language) if isinstance(value, str) else typography.decimal(100 * value, language, 1)
