"""The tornado: what moves the mean award most, each bar from one end of a factor to the other."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from vismajor.drafting import typography
from vismajor.drafting.canvas import AGAINST, FOR, INK, Chart, chart_style, chart_words, save_chart
from vismajor.drafting.factor_said import say_factor
from vismajor.settlement.sensitivity import Effect, Sensitivity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WRAP, LINES = 58, 3  # what a label takes beside its bar


def tornado_chart(found: Sensitivity, effects: Sequence[Effect], language: str) -> Chart:
    """Draw some effects, the greatest above, about the mean award of the case."""
    say = chart_words(language)
    with chart_style():
        from matplotlib.figure import Figure  # noqa: PLC0415 — slow to import, and not every command draws

        labels = [_label(found, effect, language) for effect in effects]
        lines = sum(label.count("\n") + 1 for label in labels)
        figure = Figure(figsize=(7.2, 0.14 * lines + 0.16 * len(labels) + 1.1), layout="constrained")
        axis = figure.subplots()
        _draw(axis, found.award, effects)
        axis.set_yticks(range(len(labels)), labels, fontsize=7.2)
        axis.set_ylim(max(len(labels), 1) - 0.4, -0.6)
        _scale(axis, found.award, effects, language)
        axis.set_xlabel(say["tornado_axis"])
        _legend(axis, say["tornado_first"], say["tornado_second"])
        mean = typography.money(Decimal(repr(found.award)), language)
        axis.annotate(f"{say['mean']} {mean}", (found.award, 1.0), xycoords=("data", "axes fraction"), xytext=(4, 0),
                      textcoords="offset points", fontsize=7.5, color=INK, va="bottom")
        alt = say["tornado_alt"].format(mean=mean, greatest=labels[0].replace("\n", " ") if labels else "")
        return save_chart(figure, "tornado", say["tornado_title"], alt)


def _label(found: Sensitivity, effect: Effect, language: str) -> str:
    assessment = found.valuation.assessment
    said = say_factor(assessment.law, assessment.case, effect, language)
    text = typography.spaced(f"{typography.capital(said.line(language))}", language)
    return "\n".join(textwrap.wrap(text, WRAP, max_lines=LINES, placeholder=" …"))


def _draw(axis: Axes, award: float, effects: Sequence[Effect]) -> None:
    """Draw each end from the mean of the case; where both lie on one side, the nearer one in front."""
    for row, effect in enumerate(effects):
        ends = [(effect.first.award - award, FOR), (effect.second.award - award, AGAINST)]
        for length, colour in sorted(ends, key=lambda end: -abs(end[0])):
            axis.barh(row, length, left=award, color=colour, height=0.62)
    axis.axvline(award, color=INK, linewidth=0.9)


def _scale(axis: Axes, award: float, effects: Sequence[Effect], language: str) -> None:
    ends = [award, *(end.award for effect in effects for end in (effect.first, effect.second))]
    room = 0.05 * (max(ends) - min(ends) or 1.0)
    axis.set_xlim(max(min(ends) - room, min(0.0, *ends)), max(ends) + room)
    axis.xaxis.set_major_formatter(
        lambda x, _: typography.number(int(x), language).replace(" ", typography.NO_BREAK))
    axis.locator_params(axis="x", nbins=5)
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="x", color="#e6e6e6", linewidth=0.6)
    axis.set_axisbelow(True)


def _legend(axis: Axes, first: str, second: str) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415

    figure = axis.figure
    figure.legend(handles=[Patch(facecolor=FOR, label=first), Patch(facecolor=AGAINST, label=second)],
                  loc="outside lower center", ncols=2, fontsize=7.2, frameon=False)
