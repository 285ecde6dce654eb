"""Charts of the note: what a judgment would bring, and the arguments by weight."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vismajor.drafting import typography
from vismajor.drafting.canvas import AGAINST, FOR, INK, SET_ASIDE, Chart, chart_style, chart_words, save_chart
from vismajor.drafting.hearing import worth_telling
from vismajor.reasoning.assessment import ArgumentView, Assessment, IssueView
from vismajor.settlement.valuation import Valuation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KNOCK_OUT_LENGTH = 5.0  # drawn longer than the heaviest weighed argument (decisive: 4)
WRAP = 62
MOST = 5  # arguments of one issue: four panels fill a page


def award_chart(valuation: Valuation, language: str) -> Chart:
    """Draw the distribution of the group's award, the offers marked. The award of nil is a bar of its own."""
    say, award = chart_words(language), valuation.group_award
    positive, spread = award[award > 0], valuation.together.award
    with chart_style():
        from matplotlib.figure import Figure  # noqa: PLC0415 — slow to import, and not every command draws

        figure = Figure(figsize=(7.2, 2.4), layout="constrained")
        zero, main = figure.subplots(1, 2, width_ratios=(1, 12), sharey=True)
        if positive.size:
            edges = np.geomspace(max(positive.min(), 1.0) * 0.999, positive.max() * 1.001, 45)
            heights, _ = np.histogram(positive, edges)
            main.bar(edges[:-1], heights / award.size, np.diff(edges), align="edge", color=FOR, edgecolor="white",
                     linewidth=0.3)
            main.set_xscale("log")
        zero.bar([0], [float(np.mean(award <= 0))], color=AGAINST, width=0.8)
        zero.set_xticks([0], [say["zero_award"]])
        zero.set_ylabel(say["chance"])
        _mark(main, float(spread.mean), f"{say['mean']} {typography.money(spread.mean, language)}", INK, 0.97)
        for index, standing in enumerate(valuation.together.offers):
            _mark(main, float(standing.amount), f"{say['offer']} {typography.money(standing.amount, language)}",
                  AGAINST, 0.86 - 0.1 * index)
        main.set_xlabel(say["award_axis"])
        main.xaxis.set_major_formatter(lambda x, _: typography.number(int(x), language))
        main.xaxis.set_minor_formatter(lambda *_: "")
        zero.yaxis.set_major_formatter(lambda y, _: typography.share(float(y), language))
        alt = say["award_chart_alt"].format(worlds=typography.number(award.size, language),
                                            p10=typography.money(spread.p10, language),
                                            p50=typography.money(spread.p50, language),
                                            p90=typography.money(spread.p90, language))
        return save_chart(figure, "award", say["award_chart"], alt)


def arguments_chart(assessment: Assessment, issues: tuple[str, ...], language: str) -> Chart:
    """Draw the arguments of each issue by weight: for to the right, against to the left.

    Grey ones do not count unless a contested point is found so. Of the arguments of one group and side one counts: the
    others follow it, in outline. Twins are told once.
    """
    say = chart_words(language)
    panels = [(assessment.lead(issue), bars_of(assessment.lead(issue))) for issue in issues]
    rows = [max(len(bars), 1) for _, bars in panels]
    with chart_style():
        from matplotlib.figure import Figure  # noqa: PLC0415

        figure = Figure(figsize=(7.2, 0.4 * sum(rows) + 0.34 * len(rows) + 1.1), layout="constrained")
        axes = figure.subplots(len(panels), 1, height_ratios=rows, sharex=True, squeeze=False)[:, 0]
        for axis, (view, bars) in zip(axes, panels, strict=True):
            _draw_arguments(axis, bars, language)
            axis.set_title(typography.spaced(say["arguments_panel"].format(
                issue=view.issue.title.in_language(language), chance=typography.share(view.probability, language)),
                language), loc="left", x=-0.8, fontsize=9, color=INK, fontweight="bold")
        _scale(axes[-1], assessment, say)
        _legend(figure, say)
        return save_chart(figure, "arguments", say["arguments_chart"], say["arguments_chart_alt"])


@dataclass(frozen=True)
class Bar:
    """An argument as it is drawn; `adds` unless a heavier one of its group and side counts in its place."""

    argument: ArgumentView
    adds: bool

    @property
    def length(self) -> float:
        """The weight, positive for and negative against; a fixed length where the argument decides alone."""
        if self.argument.weight is None:
            return KNOCK_OUT_LENGTH if self.argument.rule.argues_for else -KNOCK_OUT_LENGTH
        return self.argument.weight

    @property
    def colour(self) -> str:
        """Grey where the argument does not count as things stand, else that of its side."""
        return SET_ASIDE if not self.argument.applies else FOR if self.length > 0 else AGAINST


def bars_of(view: IssueView) -> list[Bar]:
    """Return the heaviest arguments of an issue, those of a group one after the other."""
    told = [Bar(argument, adds=True) for side in (view.arguments_for, view.arguments_against)
            for argument in worth_telling(side)]
    told.sort(key=lambda bar: (not bar.argument.applies, -abs(bar.length), bar.argument.rule.id))
    gathered: dict[tuple[str, bool], list[Bar]] = {}
    for bar in told:
        rule = bar.argument.rule
        gathered.setdefault((rule.group or rule.id, rule.argues_for), []).append(bar)
    groups = sorted(gathered.values(), key=lambda group: (-abs(group[0].length), group[0].argument.rule.id))
    return [replace(bar, adds=bar is group[0]) for group in groups for bar in group][:MOST]


def _draw_arguments(axis: Axes, bars: list[Bar], language: str) -> None:
    for row, bar in enumerate(bars):
        axis.barh(row, bar.length, color=bar.colour if bar.adds else "none", edgecolor=bar.colour, linewidth=0.9,
                  height=0.62)
    labels = ["\n".join(textwrap.wrap(typography.spaced(bar.argument.rule.because.in_language(language), language),
                                      WRAP)) for bar in bars]
    axis.set_yticks(range(len(labels)), labels, fontsize=7.2)
    axis.set_ylim(max(len(bars), 1) - 0.5, -0.5)
    axis.set_xlim(-KNOCK_OUT_LENGTH - 0.2, KNOCK_OUT_LENGTH + 0.2)
    axis.axvline(0, color=INK, linewidth=0.8)
    axis.tick_params(axis="y", length=0)


def _scale(axis: Axes, assessment: Assessment, say: Mapping[str, str]) -> None:
    """Write the scale in the words of the pack, at the weights they stand for."""
    at = {float(weight): say[word] for word, weight in assessment.law.weights.items() if weight}
    at[KNOCK_OUT_LENGTH] = say["decisive_alone"]
    marks = [(side * weight, word) for weight, word in sorted(at.items()) for side in (-1, 1)]
    axis.set_xticks([x for x, _ in marks], [word for _, word in marks], rotation=90, fontsize=7)
    axis.set_xlabel(say["arguments_axis"])


def _legend(figure: Figure, say: Mapping[str, str]) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415

    figure.legend(handles=[
        Patch(facecolor=FOR, label=say["for"]), Patch(facecolor=AGAINST, label=say["against"]),
        Patch(facecolor=SET_ASIDE, label=say["arguments_aside"]),
        Patch(facecolor="none", edgecolor=INK, label=say["arguments_variant"]),
    ], loc="outside lower center", ncols=2, fontsize=7.2, frameon=False)


def _mark(axis: Axes, x: float, text: str, colour: str, height: float) -> None:
    axis.axvline(x, color=colour, linewidth=1.2, linestyle="--")
    axis.annotate(text, (x, height), xycoords=("data", "axes fraction"), xytext=(4, 0), textcoords="offset points",
                  fontsize=7.5, color=colour, va="top",
                  bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8})
