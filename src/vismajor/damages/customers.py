"""Customers lost: those who left beyond usual attrition, at their margin, for the months they would have stayed.

Usual attrition is measured on the claimant's own customers before the event (survival.py), and says how many of those
present would have left anyway in the window after it, and how long the others would have stayed. Both follow from the
same draw of the hazard, so that the interval of the amount is a joint one. What is computed is the whole advantage; a
customer's future orders are a chance, never certain, and the share of that chance is applied elsewhere (Civ. 1re,
28 Feb. 2008, 06-20.785: never equal to the advantage itself).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from vismajor.case.customers import Customer, CustomerBook
from vismajor.case.series import month_name, month_number
from vismajor.damages.money import LOWER, UPPER, euros
from vismajor.damages.survival import DAYS_A_MONTH, Attrition, KaplanMeier, attrition, kaplan_meier
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import first_day, last_day
from vismajor.reasoning.worlds import Column, Truth, Worlds

PATHS = 4_000
FEW_CUSTOMERS, FEW_DEPARTURES = 10, 2  # below, the list alone says little, and this is stated
FEW_AT_RISK = 5  # customers of the same age at which the curve begins
RECENT = 365  # days before the event, compared with the time before them


def customer_value(margins: Sequence[float], retention: float, discount: float, horizon: int | None = None) -> float:
    """Return what a customer is worth: the sum of margins[n] · (retention / (1 + discount))^n over periods n.

    `margins` are euros by period from period 0 (now); the last one repeats, up to period `horizon`, or for ever in
    closed form: m·r/(1+d-r) for margins (0, m). `retention` is the share kept, `discount` the rate, by period.
    Raises ValueError where the sum for ever is infinite. Source: customer lifetime value, Berger & Nasr (1998).
    """
    ratio, last = retention / (1 + discount), len(margins) - 1
    if horizon is not None and horizon <= last:
        return float(sum(margin * ratio**n for n, margin in enumerate(margins[:horizon + 1])))
    start = float(sum(margin * ratio**n for n, margin in enumerate(margins[:-1])))
    if ratio == 1 and horizon is not None:
        return start + margins[-1] * (horizon - last + 1)
    if ratio >= 1 and horizon is None:
        raise ValueError("a customer that is always kept, undiscounted, has no finite value")
    remaining = 1.0 if horizon is None else 1 - ratio ** (horizon - last + 1)
    return start + margins[-1] * ratio**last * remaining / (1 - ratio)


@dataclass(frozen=True)
class LifeMonth:
    """One future month of a lost customer: the share of them still there, and the factor that discounts it."""

    month: str
    share: float
    discount: float


@dataclass(frozen=True)
class CustomerLoss:
    """Customers lost beyond usual attrition, in euros as of the first month of `life_table`.

    To recompute: expected_departures = present · (1 - (1 - attrition.monthly)^window_months); excess = left -
    expected_departures, not below 0; amount = excess · margin · discounted_months, where discounted_months is the sum
    of share · discount over `life_table`. `low` and `high` bound 90 % of `amounts` (sorted, shape (4000,)), `excesses`
    (sorted, not cut at 0) are simulated differences between the departures and the usual ones.
    """

    present: int
    left: int
    window_months: float
    expected_departures: float
    excess: float
    attrition: Attrition
    margin: Decimal
    remaining_months: float
    discounted_months: float
    amount: Decimal
    low: Decimal
    high: Decimal
    amounts: Column
    excesses: Column
    curve: KaplanMeier
    life_table: tuple[LifeMonth, ...]
    leavers: tuple[Customer, ...]
    findings: tuple[Problem, ...]


@dataclass(frozen=True)
class _Window:
    """The days after the event in which departures are counted, ends included, and those of `book` it concerns."""

    first: dt.date
    last: dt.date
    present: tuple[Customer, ...]
    leavers: tuple[Customer, ...]

    @property
    def months(self) -> float:
        return ((self.last - self.first).days + 1) / DAYS_A_MONTH


def lost_customers(book: CustomerBook, event: dt.date, first: str, last: str, worlds: Worlds, name: str, *,
                   counted_from: str, margin_rate: Decimal | None, annual_discount: float = 0.05,
                   horizon_months: int = 36, margin: Decimal | None = None) -> CustomerLoss:
    """Compare departures from `first` to `last` (YYYY-MM, from the event on) with the usual ones, and value the excess.

    Future months count from `counted_from` (YYYY-MM), never before the end of the window: until then they belong to
    lost margin. `margin_rate` turns revenue into margin; `margin` (euros a month) replaces the leavers' mean. Draws are
    keyed by `name` and the customers' ids. Raises InvalidInput when the list ends before the window, when nobody was
    present, or when a margin is not known.
    """
    window = _window(book, event, first, last)
    usual, curve, findings = _usual(book, event, len(window.present))
    start = max(month_number(counted_from), month_number(last) + 1)
    if start > month_number(counted_from):
        findings.append(problem(book.file.path, (1, 1), "customers_counted_later", read=month_name(start),
                                expected=counted_from))
    gap = start - month_number(last) - 1
    margins = _margins(book, window.leavers or window.present, margin_rate, margin)
    mean = margin if margin is not None else euros(sum(margins, Decimal(0)) / len(margins))
    table = _life_table(usual.hazard, start, gap, annual_discount, horizon_months)
    expected = len(window.present) * -np.expm1(-usual.hazard * window.months)
    excess = max(len(window.leavers) - float(expected), 0.0)
    discounted = sum(row.share * row.discount for row in table)
    amount = max(euros(excess * float(mean) * discounted), Decimal("0.00"))
    excesses, amounts = _simulate(usual, window, margins, margin, worlds, name, gap, annual_discount, horizon_months)
    low, high = (euros(float(np.quantile(amounts, share))) for share in (LOWER, UPPER))
    return CustomerLoss(
        len(window.present), len(window.leavers), window.months, float(expected), excess, usual, mean,
        sum(row.share for row in table), discounted, amount, low, high, amounts,
        excesses, curve, table, window.leavers, tuple(sorted(set(findings))),
    )


def _window(book: CustomerBook, event: dt.date, first: str, last: str) -> _Window:
    begin, end = max(event, first_day(first)), last_day(last)
    if f"{book.observed_until:%Y-%m}" < last or book.observed_until < begin:
        raise InvalidInput([problem(book.file.path, (1, 1), "customers_list_ends", read=book.observed_until,
                                    expected=end)])
    if book.until_stated:  # a date that is only the latest departure would end the window on a departure
        end = min(end, book.observed_until)
    ordered = sorted(book.customers, key=lambda customer: (customer.start, customer.id))
    present = tuple(c for c in ordered if c.start < begin and (c.end is None or c.end >= begin))
    if not present:
        raise InvalidInput([problem(book.file.path, (1, 1), "customers_none_present", read=begin)])
    return _Window(begin, end, present, tuple(c for c in present if c.end is not None and c.end <= end))


def _usual(book: CustomerBook, event: dt.date, present: int) -> tuple[Attrition, KaplanMeier, list[Problem]]:
    """Measure attrition from the day the list names every departure to the event.

    Where nobody states that day, the first departure opens the observation and does not count itself: with a constant
    hazard what follows it is a fair sample, and customers who left before the list was kept are not missed.
    """
    file, findings = book.file.path, list[Problem]()
    departures = sorted(c.end for c in book.customers if c.end and c.end < event)
    opened = book.observed_from
    if opened is None and departures:
        opened = departures[0]
        findings.append(problem(file, (1, 1), "customers_opened", read=opened))
    # Who left on the day on which it was first seen was never at risk.
    seen = [c for c in book.customers if opened and max(c.start, opened) < min(c.end or event, event)]
    begins = np.array([(max(c.start, opened) - event).days for c in seen if opened], dtype=np.float64)
    ends = np.array([(min(c.end or event, event) - event).days for c in seen], dtype=np.float64)
    gone = np.array([c.end is not None and c.end < event for c in seen], dtype=bool)
    count, months = int(gone.sum()), float((ends - begins).sum()) / DAYS_A_MONTH
    if few_customers := present < FEW_CUSTOMERS:
        findings.append(problem(file, (1, 1), "customers_few", read=present, expected=FEW_CUSTOMERS))
    if few_departures := count < FEW_DEPARTURES:
        findings.append(problem(file, (1, 1), "customers_few_departures", read=count, expected=FEW_DEPARTURES))
    findings += _compare_recent(file, begins, ends, gone)
    origins = np.array([(c.start - event).days for c in seen], dtype=np.float64)
    curve = kaplan_meier((begins - origins) / DAYS_A_MONTH, (ends - origins) / DAYS_A_MONTH, gone,
                         fewest=FEW_AT_RISK)
    return attrition(count, months, small=few_customers or few_departures), curve, findings


def _compare_recent(file: str, begins: Column, ends: Column, gone: Truth) -> list[Problem]:
    """Find attrition of the last year before the event that differs from the time before, by an exact test at 5 %.

    Given all departures, those of the last year are binomial with its share of the customer-days (Przyborowski &
    Wilenski, Biometrika 1940).
    """
    recent = float((ends - np.maximum(begins, -RECENT)).clip(min=0).sum())
    whole, total = float((ends - begins).sum()), int(gone.sum())
    late = int((gone & (ends >= -RECENT)).sum())
    if total < FEW_DEPARTURES or not 0 < recent < whole:
        return []
    share = recent / whole
    from scipy.special import bdtr  # noqa: PLC0415 — slow to import, and few cases have lists of customers

    if 2 * min(bdtr(late, total, share), 1 - (bdtr(late - 1, total, share) if late else 0)) >= 0.05:
        return []
    expected = (total - late) * recent / (whole - recent)
    return [problem(file, (1, 1), "customers_attrition_changed", read=late, expected=f"{expected:.1f}")]


def _margins(book: CustomerBook, customers: Sequence[Customer], rate: Decimal | None, stated: Decimal | None
             ) -> list[Decimal]:
    """Return each customer's margin in euros a month: listed, or its revenue at the claimant's rate, or the stated."""
    if stated is not None:
        return [stated] * len(customers)
    missing = [c for c in customers if c.monthly_margin is None and (rate is None or c.monthly_revenue is None)]
    if missing:
        raise InvalidInput([problem(book.file.path, (c.line, 1), "customers_without_margin_rate", read=c.id)
                            for c in missing])
    return [c.monthly_margin if c.monthly_margin is not None else (c.monthly_revenue or Decimal(0)) * (rate or 0)
            for c in customers]


def _life_table(hazard: float, start: int, gap: int, annual_discount: float, horizon: int) -> tuple[LifeMonth, ...]:
    monthly = (1 + annual_discount) ** (1 / 12)
    return tuple(LifeMonth(month_name(start + n - 1), float(np.exp(-hazard * (gap + n))), monthly**-n)
                 for n in range(1, horizon + 1))


def _simulate(usual: Attrition, window: _Window, margins: list[Decimal], stated: Decimal | None, worlds: Worlds,
              name: str, gap: int, annual_discount: float, horizon: int) -> tuple[Column, Column]:
    """Return sorted differences between departures and the usual ones, and sorted amounts; shapes (PATHS,).

    Which of the leavers would have stayed is not known either: they are taken in the order of a draw of each one's
    own, so that one more departure adds to the loss in every course.
    """
    generator = worlds.generator(f"customers:{name}")
    hazards = usual.draw(generator, PATHS)
    chances = -np.expm1(-hazards * window.months)
    differences = len(window.leavers) - generator.binomial(len(window.present), chances)
    excess = np.maximum(differences, 0)
    kept = _kept_margins(window.leavers, margins, excess, worlds, name) if window.leavers and stated is None \
        else excess * float(stated or 0)
    ratio = np.exp(-hazards) / (1 + annual_discount) ** (1 / 12)
    months = np.arange(1, horizon + 1)
    factors = np.exp(-hazards * gap) * (ratio[:, None] ** months).sum(axis=1)
    amounts = np.maximum(kept * factors, 0.0)  # whoever costs more than it brings is no loss
    return np.sort(differences.astype(np.float64)), np.sort(amounts)


def _kept_margins(leavers: Sequence[Customer], margins: list[Decimal], excess: NDArray[np.int64], worlds: Worlds,
                  name: str) -> Column:
    """Return, for each course, the summed monthly margin of the first `excess` leavers by their own draws."""
    draws = np.stack([worlds.generator(f"customers:{name}:{c.id}").random(PATHS, dtype=np.float32) for c in leavers])
    order = np.argsort(draws, axis=0)
    sums = np.cumsum(np.array([float(m) for m in margins])[order], axis=0)
    sums = np.vstack([np.zeros(PATHS), sums])
    return np.asarray(sums[excess, np.arange(PATHS)])
