"""Charts of actual and expected revenue."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from tests.drafting.loss_cases import every_head, losses_of
from vismajor.case.models import Case
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting import typography
from vismajor.drafting.canvas import Chart
from vismajor.drafting.course_chart import Course, course_chart
from vismajor.drafting.loss_files import place_charts, place_workbook
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.worlds import Worlds


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Case:
    return every_head(tmp_path_factory.mktemp("charts") / "case", french_law)


@pytest.fixture(scope="module")
def losses(case: Case, french_law: Law) -> tuple[ClaimantLoss, ...]:
    return losses_of(case, french_law)


def course_of(case: Case, losses: tuple[ClaimantLoss, ...], claimant: str) -> Course:
    loss = next(loss for loss in losses if loss.claimant.id == claimant)
    found = loss.heads[0].counterfactual
    assert found is not None and loss.claimant.accounts is not None
    return Course(claimant, loss.claimant.name, case.books[claimant], found, case.file.incident.date,
                  loss.claimant.accounts.breaks)


def picture(chart: Chart) -> Image.Image:
    found = Image.open(io.BytesIO(chart.png))
    found.load()
    return found.convert("RGB")


@pytest.mark.parametrize("claimant", ["long", "short", "leap", "gaps", "twin"])
def test_every_business_is_drawn(case: Case, losses: tuple[ClaimantLoss, ...], claimant: str) -> None:
    chart = course_chart(course_of(case, losses, claimant), "fr")
    assert ElementTree.fromstring(chart.svg).tag.endswith("svg")
    assert len(picture(chart).getcolors(1 << 20) or []) > 20


def test_the_alternative_text_says_the_figures(case: Case, losses: tuple[ClaimantLoss, ...]) -> None:
    course = course_of(case, losses, "long")
    found = course.counterfactual
    said = course_chart(course, "en").alt
    for amount in (found.expected.sum(), found.actual.sum(), found.shortfall, float(found.quantile(0.05)),
                   float(found.quantile(0.95))):
        assert f"€{amount:,.0f}" in said
    assert "July 2023" in said and "December 2023" in said


def test_the_chart_changes_with_what_it_shows(case: Case, losses: tuple[ClaimantLoss, ...]) -> None:
    course = course_of(case, losses, "twin")
    drawn = course_chart(course, "fr").png
    found = course.counterfactual
    wider = dataclasses.replace(course, counterfactual=dataclasses.replace(found, low=found.low * 0.8))
    without = dataclasses.replace(course, breaks=())
    assert len({drawn, course_chart(wider, "fr").png, course_chart(without, "fr").png}) == 3


def test_a_month_of_loss_in_a_break_is_left_out_of_the_line(case: Case, losses: tuple[ClaimantLoss, ...]) -> None:
    course = course_of(case, losses, "twin")
    assert "2023-09" not in course.counterfactual.months
    assert course_chart(course, "fr").svg == course_chart(course, "fr").svg  # same figures, same bytes


def test_one_month_of_loss_is_drawn(case: Case, losses: tuple[ClaimantLoss, ...]) -> None:
    course = course_of(case, losses, "long")
    found = course.counterfactual
    first = slice(0, 1)
    one = dataclasses.replace(found, months=found.months[:1], expected=found.expected[first], low=found.low[first],
                              high=found.high[first], actual=found.actual[first])
    assert picture(course_chart(dataclasses.replace(course, counterfactual=one), "fr")).size[0] > 1000


def test_years_far_back_are_not_drawn(case: Case, losses: tuple[ClaimantLoss, ...]) -> None:
    course = course_of(case, losses, "long")
    assert course.months[0] == "2019-07"
    assert course.actual.size == len(course.months) == 57
    assert np.isclose(course.actual[-1], float(case.books["long"].revenue.amounts[-1]))


def test_each_lost_margin_has_its_two_files(case: Case, losses: tuple[ClaimantLoss, ...], tmp_path: Path) -> None:
    files = place_charts(case, losses, tmp_path / "charts")
    assert sorted(file.name for file in files) == sorted(
        f"{loss.claimant.id}-margin.{form}" for loss in losses[1:] for form in ("svg", "png"))
    assert typography.NO_BREAK not in "".join(file.name for file in files)


def test_what_cannot_be_written_is_told(case: Case, losses: tuple[ClaimantLoss, ...], french_law: Law, tmp_path: Path
                                        ) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput):
        place_charts(case, losses, tmp_path / "file")
    with pytest.raises(InvalidInput):
        place_workbook(case, french_law, losses, Worlds("test", 500), tmp_path / "file" / "losses.xlsx")
