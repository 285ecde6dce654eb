"""The course of one claimant's business: what came in each month, what was expected of the months of loss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from vismajor.case.models import Break
from vismajor.case.series import Books, month_number
from vismajor.damages.counterfactual import Counterfactual
from vismajor.drafting import typography
from vismajor.drafting.canvas import AGAINST, FOR, INK, SET_ASIDE, Chart, chart_style, chart_words, save_chart
from vismajor.drafting.typography import NO_BREAK
from vismajor.reasoning.worlds import Column

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAND = 0.22  # how dark the interval is
MARGINS = {"left": 0.115, "right": 0.99, "top": 0.98, "bottom": 0.18}  # shares of the figure; ten million euros fit
SHOWN = 48  # months before the loss: what lies further back crowds the drawing
LOWER, UPPER = 0.05, 0.95


@dataclass(frozen=True)
class Course:
    """What the chart shows of one claimant: its name, its accounts, the comparison, the day of the event."""

    name: str
    claimant: str
    books: Books
    counterfactual: Counterfactual
    event: dt.date
    breaks: Sequence[Break] = ()

    @property
    def months(self) -> tuple[str, ...]:
        """The months shown: four years before the loss and all that follow."""
        start = month_number(self.counterfactual.months[0]) - SHOWN
        return tuple(month for month in self.books.revenue.months if month_number(month) >= start)

    @property
    def actual(self) -> Column:
        """Revenue in the months shown, in euros."""
        amounts = self.books.revenue.amounts
        return np.array([float(amounts[self.books.revenue.months_before(month)]) for month in self.months])


def course_chart(course: Course, language: str) -> Chart:
    """Draw revenue month by month, what was expected in the months of loss with its 90 % interval, breaks shaded."""
    say = chart_words(language)
    with chart_style():
        from matplotlib.figure import Figure  # noqa: PLC0415 — slow to import

        figure = Figure(figsize=(7.2, 2.9))  # margins of its own, so that the axes of several stand below each other
        axis = figure.subplots(gridspec_kw=MARGINS)
        _draw_breaks(axis, course, say)
        _draw_lines(axis, course, say)
        _mark_event(axis, course.event, language)
        _scale(axis, course, language)
        axis.set_ylabel(say["course_axis"])
        figure.legend(loc="lower center", ncols=4, fontsize=7.2, frameon=False)
        return save_chart(figure, course.name, course_title(course, language), course_alt(course, language))


def course_title(course: Course, language: str) -> str:
    """Return the title of the chart, which need not be drawn for it."""
    return chart_words(language)["course_chart"].format(claimant=course.claimant)


def _numbers(months: Sequence[str]) -> list[int]:
    return [month_number(month) for month in months]


def _draw_lines(axis: Axes, course: Course, say: Mapping[str, str]) -> None:
    found = course.counterfactual
    axis.plot(_numbers(course.months), course.actual, color=AGAINST, linewidth=1.4, label=say["course_actual"])
    # A month of the loss that lies in a break is not compared: the line stops there.
    whole = np.arange(month_number(found.months[0]), month_number(found.months[-1]) + 1)
    at = {number: place for place, number in enumerate(_numbers(found.months))}
    lines = [np.array([float(values[at[number]]) if number in at else np.nan for number in whole.tolist()])
             for values in (found.expected, found.low, found.high)]
    axis.fill_between(whole, lines[1], lines[2], color=FOR, alpha=BAND, linewidth=0, label=say["course_band"])
    axis.plot(whole, lines[0], color=FOR, linewidth=1.4, linestyle=(0, (4, 2)), label=say["course_expected"],
              marker="o" if whole.size == 1 else None, markersize=3)


def _draw_breaks(axis: Axes, course: Course, say: Mapping[str, str]) -> None:
    shown = _numbers(course.months)
    for place, one in enumerate(course.breaks):
        first, last = max(month_number(one.from_), shown[0]), min(month_number(one.to), shown[-1])
        if first <= last:
            axis.axvspan(first - 0.5, last + 0.5, color=SET_ASIDE, alpha=0.4, linewidth=0,
                         label=say["course_break"] if place == 0 else None)


def _mark_event(axis: Axes, day: dt.date, language: str) -> None:
    days = (dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)).days
    place = day.year * 12 + day.month - 1 - 0.5 + (day.day - 1) / days  # a month is drawn around its number
    axis.axvline(place, color=INK, linewidth=0.9, linestyle=":")
    axis.annotate(typography.date(day, language), (place, 1.0),
                  xycoords=("data", "axes fraction"), xytext=(-4, -2), textcoords="offset points", fontsize=7.2,
                  color=INK, ha="right", va="top")


def _scale(axis: Axes, course: Course, language: str) -> None:
    """Write a January and a July below the months, and euros from nothing on where nothing is below."""
    numbers = _numbers(course.months)
    ticks = [number for number in numbers if number % 6 == 0]
    axis.set_xticks(ticks, [f"{number % 12 + 1:02d}/{number // 12}" for number in ticks])
    axis.set_xlim(numbers[0] - 0.8, numbers[-1] + 0.8)
    highest = max(float(course.actual.max()), float(course.counterfactual.high.max()))
    if course.actual.min() >= 0:
        axis.set_ylim(0, highest * 1.15 or 1.0)
    axis.yaxis.set_major_formatter(lambda y, _: typography.number(int(y), language).replace(" ", NO_BREAK))
    axis.grid(axis="y", color="#e6e6e6", linewidth=0.6)
    axis.set_axisbelow(True)


def course_alt(course: Course, language: str) -> str:
    """Say in words what the chart shows: the period, what was expected, what came in, what is missing."""
    found, say = course.counterfactual, chart_words(language)

    def money(amount: float) -> str:
        return typography.money(Decimal(repr(float(amount))), language)

    low, high = (float(found.quantile(level)) for level in (LOWER, UPPER))
    return say["course_chart_alt"].format(
        claimant=course.claimant, first=typography.partial_date(found.months[0], language),
        last=typography.partial_date(found.months[-1], language), expected=money(found.expected.sum()),
        actual=money(found.actual.sum()), shortfall=money(found.shortfall), low=money(low), high=money(high))
