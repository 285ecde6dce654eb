"""What each model expects of a month, as a formula of the figures that the model found in the months before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from vismajor.case.series import month_number
from vismajor.damages.counterfactual import Counterfactual, ModelFit
from vismajor.damages.counterfactual.history import History
from vismajor.damages.heads import HeadLoss
from vismajor.drafting import typography
from vismajor.drafting.workbook.book import Book
from vismajor.drafting.workbook.growth import write_growth
from vismajor.drafting.workbook.page import Page, Ref

LABEL, FIRST = 0, 1  # columns: what it is; the figures of the first model
LEAST = 4  # columns of figures, so that the explanations find room
CLOSE = 1e-9  # relative: what a formula comes to and what the model said
FIGURES = ("level", "trend", "last_error", "carry_over")


@dataclass(frozen=True)
class Formulas:
    """What the formulas of the models refer to: the months of the sheet, their revenue at its level, which are used."""

    course: Counterfactual
    history: History
    months: Mapping[str, Ref]
    revenue: Mapping[str, Ref]
    used: Mapping[str, Ref]
    unaffected: Mapping[str, Ref]
    ahead: Mapping[str, Ref]


@dataclass(frozen=True)
class Parameters:
    """The cells of the figures of each model, by model and name, and of their weights."""

    cells: Formulas
    weights: tuple[Ref, ...]
    figures: Mapping[str, Mapping[str, Ref]]

    def write_expected(self, page: Page, row: int, column: int, fit: ModelFit, month: str, index: int) -> Ref:
        """Write what a model expects of a month of loss.

        As an input where its formula does not come to what the model said: nothing is shown as recomputed that is not.
        """
        formula, value, cells = (self._last_year if fit.id == "last_year" else self._process)(fit, month, index)
        said = float(fit.expected[index])
        if not math.isclose(value, said, rel_tol=CLOSE, abs_tol=1e-6):
            return page.put(row, column, said, "money")
        return page.compute(row, column, formula, said, "money", **cells)

    def _process(self, fit: ModelFit, month: str, index: int) -> tuple[str, float, dict[str, Ref]]:
        """Return level, trend, season and what is left of the last error, put back into euros."""
        found, cells = self.figures[fit.id], {"month": self.cells.months[month], "ahead": self.cells.ahead[month]}
        origin = str(fit.formula["origin"][0])  # type: ignore[index]
        turn, ahead = 2 * math.pi * ((month_number(month) % 12) / 12), month_number(month) - month_number(origin)
        value = float(found["level"].exact) + float(found["trend"].exact) * ahead / 12
        text = "{level}+{trend}*{ahead}/12"
        names = ["level", "trend"]
        if "carry_over" in found:
            value += float(found["last_error"].exact) * float(found["carry_over"].exact) ** ahead
            text, names = text + "+{last_error}*{carry_over}^{ahead}", [*names, "last_error", "carry_over"]
        for wave in range(1, 1 + sum(name.startswith("cos") for name in found)):
            value += (float(found[f"cos{wave}"].exact) * math.cos(wave * turn)
                      + float(found[f"sin{wave}"].exact) * math.sin(wave * turn))
            angle = f"{2 * wave}*PI()*(MONTH({{month}})-1)/12"
            text += f"+{{cos{wave}}}*COS({angle})+{{sin{wave}}}*SIN({angle})"
            names += [f"cos{wave}", f"sin{wave}"]
        season = f"season{month_number(month) % 12}"
        if season in found:
            value += float(found[season].exact)
            text, names = text + f"+{{{season}}}", [*names, season]
        cells |= {name: found[name] for name in names}
        if self.cells.history.scale.kind == "ratio":
            text, value = f"EXP({text})", math.exp(value)
        if fit.id == "difference":
            cells["other"] = self.cells.unaffected[month]
            text, value = f"{text}*{{other}}", value * float(cells["other"].exact)
        if origin != self.cells.history.origin:
            cells["origin"] = self.cells.months[origin]
            text = text.replace("{ahead}", "(12*(YEAR({month})-YEAR({origin}))+MONTH({month})-MONTH({origin}))")
        return text, value, cells

    def _last_year(self, fit: ModelFit, month: str, index: int) -> tuple[str, float, dict[str, Ref]]:
        """Return the same month of an earlier year, times the growth of the years between."""
        bases = fit.formula["base_months"]
        assert isinstance(bases, tuple)
        base, growth = str(bases[index]), self.figures[fit.id]["growth"]
        years = (month_number(month) - month_number(base)) // 12
        value = float(self.cells.revenue[base].exact) * (1 + float(growth.exact)) ** years
        return ("{revenue}*(1+{growth})^(YEAR({month})-YEAR({base}))", value,
                {"revenue": self.cells.revenue[base], "growth": growth, "month": self.cells.months[month],
                 "base": self.cells.months[base]})


def new_models_page(book: Book, name: str, loss: HeadLoss) -> Page:
    """Add the sheet of the models of a lost margin."""
    models = len(loss.counterfactual.models) if loss.counterfactual else 0
    page = Page(book, name, (58.0, *(22.0,) * max(models, LEAST)))
    page.sheet.fit_to_pages(1, 1)  # figures and what they mean are read together
    return page


def write_parameters(page: Page, title: str, cells: Formulas) -> Parameters:
    """Write weights, errors and figures of the models on a sheet of their own, each model in its column."""
    say, models, row = page.book.say, cells.course.models, page.top(title)
    page.text(row, LABEL, say["parameters"], "section")
    for column in range(LABEL + 1, FIRST + len(models)):
        page.text(row, column, "", "section")
    row += 1
    page.sheet.set_row(row, 30)
    for place, fit in enumerate(models):
        page.text(row, FIRST + place, say[f"model_{fit.id}"], "heading")
    page.text(row + 1, LABEL, say["weight"])
    page.text(row + 2, LABEL, say["backtest_error"])
    weights = tuple(page.put(row + 1, FIRST + place, fit.weight, "figure") for place, fit in enumerate(models))
    for place, fit in enumerate(models):
        if fit.error is not None:
            page.put(row + 2, FIRST + place, fit.error, "share")
    figures, row = _figures(page, row + 3, models)
    for place, fit in enumerate(models):
        if fit.id == "last_year":
            figures[fit.id]["growth"], row = write_growth(page, row, FIRST + place, fit, cells.history, cells.revenue,
                                                          cells.used)
    page.paragraph(row + 1, LABEL, len(page.widths) - 1, say["formula_process"])
    page.paragraph(row + 2, LABEL, len(page.widths) - 1, say["formula_last_year"])
    return Parameters(cells, weights, figures)


def _figures(page: Page, row: int, models: tuple[ModelFit, ...]) -> tuple[dict[str, dict[str, Ref]], int]:
    """Write the figures of each model, one row a figure, and the seasons by calendar month."""
    say = page.book.say
    found: dict[str, dict[str, Ref]] = {fit.id: {} for fit in models}
    for name in FIGURES:
        holders = [(place, fit) for place, fit in enumerate(models) if name in fit.formula]
        if not holders:
            continue
        page.text(row, LABEL, say[f"figure_{name}"])
        for place, fit in holders:
            value = fit.formula[name]
            assert isinstance(value, int | float)
            found[fit.id][name] = page.put(row, FIRST + place, float(value), "figure")
        row += 1
    for wave in range(max(_count(fit, "cos") for fit in models)):
        for second, name in enumerate(("cos", "sin")):
            label = say["figure_wave"].format(number=2 * wave + second + 1)
            row = _write_one(page, row, models, found, (name, wave, wave + 1), label)
    for month in range(max(_count(fit, "season") for fit in models)):
        label = say["figure_season"].format(month=typography.month_of_year(month + 1, page.book.language))
        row = _write_one(page, row, models, found, ("season", month, month), label)
    return found, row


def _count(fit: ModelFit, name: str) -> int:
    values = fit.formula.get(name, ())
    return len(values) if isinstance(values, tuple) else 0


def _write_one(page: Page, row: int, models: tuple[ModelFit, ...], found: dict[str, dict[str, Ref]],
               figure: tuple[str, int, int], label: str) -> int:
    """Write one value of a figure of many: its name, its place, the number it is found by; return the next row."""
    name, at, number = figure
    page.text(row, LABEL, label)
    for place, fit in enumerate(models):
        if at < _count(fit, name):
            values = fit.formula[name]
            assert isinstance(values, tuple)
            found[fit.id][f"{name}{number}"] = page.put(row, FIRST + place, float(values[at]), "figure")
    return row + 1
