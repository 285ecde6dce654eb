import dataclasses
import io
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from tests.drafting.cases import SMALL, changed
from tests.drafting.conftest import revalued
from vismajor.drafting import typography
from vismajor.drafting.canvas import Chart
from vismajor.drafting.charts import Bar, arguments_chart, award_chart, bars_of
from vismajor.drafting.drafts import CRITERIA
from vismajor.settlement.valuation import Valuation, value_case


@pytest.fixture(scope="module")
def award(founding: Valuation) -> Chart:
    return award_chart(founding, "fr")


@pytest.fixture(scope="module")
def arguments(founding: Valuation) -> Chart:
    return arguments_chart(founding.assessment, CRITERIA, "fr")


def draws(chart: Chart) -> bool:
    """Tell whether both pictures of a chart can be read and hold more than a blank sheet."""
    root = ElementTree.fromstring(chart.svg)
    picture = Image.open(io.BytesIO(chart.png))
    picture.load()
    return root.tag.endswith("svg") and len(list(root.iter())) > 20 and len(picture.convert("L").getcolors()) > 2


@pytest.mark.parametrize("name", ["award", "arguments"])
def test_a_chart_is_a_well_formed_drawing_and_a_picture(name: str, request: pytest.FixtureRequest) -> None:
    chart = request.getfixturevalue(name)
    assert draws(chart)
    assert chart.name == name
    assert chart.title


@pytest.mark.parametrize("name", ["award", "arguments"])
def test_a_drawing_refers_to_nothing_outside_and_holds_no_script(name: str, request: pytest.FixtureRequest) -> None:
    root = ElementTree.fromstring(request.getfixturevalue(name).svg)
    addresses = [value for node in root.iter() for key, value in node.attrib.items() if key.endswith("href")]
    assert all(address.startswith("#") for address in addresses)
    assert not [node for node in root.iter() if node.tag.endswith("script")]


def test_the_same_figures_give_the_same_bytes(small: Valuation) -> None:
    assert award_chart(small, "fr") == award_chart(small, "fr")
    assert arguments_chart(small.assessment, CRITERIA, "fr") == arguments_chart(small.assessment, CRITERIA, "fr")


def test_pictures_carry_no_date_and_no_program(award: Chart, arguments: Chart) -> None:
    for chart in (award, arguments):
        assert b"<dc:date>" not in chart.svg
        assert not {"Software", "Creation Time", "date:create"} & set(Image.open(io.BytesIO(chart.png)).info)


def test_the_alternative_text_carries_the_figures(award: Chart, founding: Valuation) -> None:
    spread = founding.together.award
    for amount in (spread.p10, spread.p50, spread.p90):
        assert typography.money(amount, "fr") in award.alt
    assert typography.number(founding.assessment.worlds.count, "fr") in award.alt


def test_the_alternative_text_of_the_arguments_is_a_sentence(arguments: Chart) -> None:
    assert arguments.alt.endswith(".")
    assert "pour et contre" in arguments.alt


def test_english_charts_have_english_words(small: Valuation, award: Chart) -> None:
    english = award_chart(small, "en")
    assert english.title != award.title
    assert "€" in english.alt
    assert draws(english)


def test_a_case_without_offer_is_drawn(small: Valuation) -> None:
    chart = award_chart(revalued(small, changed(small.assessment.case, offers=())), "fr")
    assert draws(chart)
    assert chart.svg != award_chart(small, "fr").svg


def nil(valuation: Valuation) -> Valuation:
    """Return the same valuation where no court awards anything."""
    awards = {name: dataclasses.replace(award, amount=np.zeros_like(award.amount))
              for name, award in valuation.awards.items()}
    return dataclasses.replace(valuation, awards=awards)


def test_an_award_that_is_always_nil_is_drawn(small: Valuation) -> None:
    assert not nil(small).group_award.any()
    assert draws(award_chart(nil(small), "fr"))


def test_a_case_in_which_nothing_is_claimed_is_drawn(valued: Callable[..., Valuation]) -> None:
    first = {**SMALL["claimants"][0], "heads": []}
    nothing = valued(claimants=[first])
    assert nothing.together.claimed == 0
    assert draws(award_chart(nothing, "fr"))


def test_an_award_that_is_always_the_same_is_drawn(small: Valuation) -> None:
    awards = {name: dataclasses.replace(award, amount=np.full_like(award.amount, 500.0))
              for name, award in small.awards.items()}
    assert draws(award_chart(dataclasses.replace(small, awards=awards), "fr"))


def test_many_offers_are_all_marked(small: Valuation) -> None:
    offer = small.assessment.case.file.offers[0]
    offers = tuple(offer.model_copy(update={"id": f"o{n}", "amount": offer.amount * n}) for n in range(1, 4))
    several = value_case(dataclasses.replace(small.assessment, case=changed(small.assessment.case, offers=offers)))
    assert len(several.together.offers) == 3
    assert len(ElementTree.fromstring(award_chart(several, "fr").svg).findall(".//*")) > len(
        ElementTree.fromstring(award_chart(small, "fr").svg).findall(".//*"))


def test_issues_without_argument_are_drawn(small: Valuation) -> None:
    assert not small.assessment.lead("heads_excluded").arguments_for
    assert draws(arguments_chart(small.assessment, ("heads_excluded", "unforeseeable"), "fr"))


def test_of_the_arguments_of_a_group_and_side_one_is_drawn_as_counting(founding: Valuation) -> None:
    variants = 0
    for issue in CRITERIA:
        gathered: dict[tuple[str, bool], list[Bar]] = {}
        for bar in bars_of(founding.assessment.lead(issue)):
            rule = bar.argument.rule
            gathered.setdefault((rule.group or rule.id, rule.argues_for), []).append(bar)
        for group in gathered.values():
            assert [bar.adds for bar in group] == [True] + [False] * (len(group) - 1)
            applying = [bar for bar in group if bar.argument.applies]
            assert group[0] in applying or not applying
            assert all(abs(bar.length) <= abs(group[0].length) for bar in applying)
            variants += len(group) - 1
    assert variants


def test_twin_arguments_are_drawn_once(founding_later: Valuation) -> None:
    for issue in founding_later.assessment.views:
        said = [(bar.argument.rule.group, bar.argument.rule.if_, bar.argument.rule.argues_for)
                for bar in bars_of(founding_later.assessment.lead(issue)) if bar.argument.rule.group]
        assert len(said) == len(set(said)), issue


def test_what_a_lawyer_reads_on_a_chart_is_set_as_french_asks(arguments: Chart, award: Chart) -> None:
    for chart in (arguments, award):
        assert "'" not in chart.alt
        assert "'" not in chart.title
        assert " :" not in chart.alt
