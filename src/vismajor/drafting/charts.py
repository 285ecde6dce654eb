"""Charts of the note, as SVG (HTML, PDF) and PNG (Word). Same figures, same bytes."""

from __future__ import annotations

import io
import textwrap
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.reasoning.assessment import ArgumentView, Assessment
from vismajor.settlement.valuation import Valuation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOR, AGAINST, SET_ASIDE, INK = "#1f6f78", "#b5532f", "#c9c9c9", "#1f2a44"
KNOCK_OUT_LENGTH = 5.0  # drawn longer than the heaviest weighed argument (decisive: 4)
WRAP = 72
SMALLEST_SHARE = 0.05


@dataclass(frozen=True)
class Chart:
    """One chart: its name, title, alternative text, and its bytes as SVG and PNG."""

    name: str
    title: str
    alt: str
    svg: bytes
    png: bytes


def award_chart(valuation: Valuation, language: str) -> Chart:
    """Draw the distribution of the group's award, the offers marked. The award of nil is a bar of its own."""
    say, award = words(language), valuation.group_award
    positive, spread = award[award > 0], valuation.together.award
    with _style():
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
        return _save(figure, "award", say["award_chart"], alt)


def arguments_chart(assessment: Assessment, issues: tuple[str, ...], language: str) -> Chart:
    """Draw the arguments of each issue by weight: for to the right, against to the left, set aside in grey."""
    say = words(language)
    panels = [(assessment.lead(issue), _heaviest(assessment, issue)) for issue in issues]
    rows = [max(len(arguments), 1) for _, arguments in panels]
    with _style():
        from matplotlib.figure import Figure  # noqa: PLC0415

        figure = Figure(figsize=(7.2, 0.36 * sum(rows) + 0.34 * len(rows) + 0.4), layout="constrained")
        axes = figure.subplots(len(panels), 1, height_ratios=rows, sharex=True, squeeze=False)[:, 0]
        for axis, (view, arguments) in zip(axes, panels, strict=True):
            _draw_arguments(axis, arguments, language)
            axis.set_title(f"{view.issue.title.in_language(language)} : {typography.share(view.probability, language)}",
                           loc="left", fontsize=8.5, color=INK, fontweight="bold")
        axes[-1].set_xlabel(say["arguments_axis"])
        return _save(figure, "arguments", say["arguments_chart"], say["arguments_chart_alt"])


def _heaviest(assessment: Assessment, issue: str, most: int = 6) -> list[ArgumentView]:
    view = assessment.lead(issue)
    arguments = [a for a in (*view.arguments_for, *view.arguments_against) if a.applies or a.share >= SMALLEST_SHARE]
    return sorted(arguments, key=lambda a: (-abs(_length(a)), a.rule.id))[:most]


def _length(argument: ArgumentView) -> float:
    if argument.weight is None:
        return KNOCK_OUT_LENGTH if argument.rule.argues_for else -KNOCK_OUT_LENGTH
    return argument.weight


def _draw_arguments(axis: Axes, arguments: list[ArgumentView], language: str) -> None:
    for row, argument in enumerate(arguments):
        length = _length(argument)
        colour = SET_ASIDE if not argument.applies else FOR if length > 0 else AGAINST
        axis.barh(row, length, color=colour, height=0.62)
    labels = ["\n".join(textwrap.wrap(a.rule.because.in_language(language), WRAP)) for a in arguments]
    axis.set_yticks(range(len(labels)), labels, fontsize=6.2)
    axis.set_ylim(max(len(arguments), 1) - 0.5, -0.5)
    axis.set_xlim(-KNOCK_OUT_LENGTH - 0.2, KNOCK_OUT_LENGTH + 0.2)
    axis.axvline(0, color=INK, linewidth=0.8)
    axis.tick_params(axis="y", length=0)


def _mark(axis: Axes, x: float, text: str, colour: str, height: float) -> None:
    axis.axvline(x, color=colour, linewidth=1.2, linestyle="--")
    axis.annotate(text, (x, height), xycoords=("data", "axes fraction"), xytext=(4, 0), textcoords="offset points",
                  fontsize=7.5, color=colour, va="top",
                  bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8})


def _style() -> AbstractContextManager[None]:
    import matplotlib as mpl  # noqa: PLC0415

    return mpl.rc_context({
        "svg.hashsalt": "vismajor", "svg.fonttype": "path", "font.size": 8, "font.family": "DejaVu Sans",
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#666666",
    })


def _save(figure: Figure, name: str, title: str, alt: str) -> Chart:
    def drawn(form: Literal["svg", "png"]) -> bytes:
        buffer = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(buffer, format=form, dpi=200, metadata=metadata)
        return buffer.getvalue()

    return Chart(name, title, alt, drawn("svg"), drawn("png"))
