"""The tornado: one bar for each end, the greatest above, in the house style."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.drafting.cases import read_small, small
from vismajor.drafting.factor_said import say_factor, say_row
from vismajor.drafting.tornado_chart import tornado_chart
from vismajor.law.models import Law
from vismajor.reasoning.grounding import Grounder
from vismajor.settlement.sensitivity import Sensitivity, sensitivity
from vismajor.workbench import assess, value


@pytest.fixture(scope="module")
def found(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Sensitivity:
    contract = small()["contracts"][0]
    terms = {**contract["facts"], "contract.standard_form": True, "contract.cap_imbalance": True}
    case = read_small(tmp_path_factory.mktemp("tornado") / "case", french_law, contracts=[{**contract, "facts": terms}])
    valuation = value(assess(case, french_law, worlds=200))
    with Grounder(valuation.assessment.law) as grounder:
        return sensitivity(valuation, grounder, tried=200)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_a_well_formed_drawing_that_says_what_it_shows(found, language):
    chart = tornado_chart(found, found.effects[:8], language)
    assert ElementTree.fromstring(chart.svg).tag.endswith("svg")
    assert chart.png.startswith(b"\x89PNG")
    assert chart.title
    first = say_factor(found.valuation.assessment.law, found.valuation.assessment.case, found.effects[0], language)
    assert first.what.split()[1].lower() in chart.alt.lower()
    assert not re.search(r"\{\w+\}", chart.alt)


def test_the_same_figures_give_the_same_bytes(found):
    assert tornado_chart(found, found.effects[:5], "fr") == tornado_chart(found, found.effects[:5], "fr")


def test_it_can_be_drawn_of_one_effect_or_of_none(found):
    one, none = (tornado_chart(found, found.effects[:count], "en") for count in (1, 0))
    assert one.svg != none.svg


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_factor_is_said_in_words(found, language, french_law: Law):
    case, kinds = found.valuation.assessment.case, set()
    for effect in found.effects:
        said = say_factor(french_law, case, effect, language)
        assert said.kind
        assert not re.search(r"\{\w+\}|None|switch", said.line(language)), effect.factor
        if effect.factor.kind != "head":
            assert effect.factor.name not in said.line(language)
        if effect.row is not None:
            assert say_row(french_law, effect.row, language)
        kinds.add(effect.factor.kind)
    assert {"fact", "unknown", "question", "weight", "head"} <= kinds


def test_a_weight_is_told_with_its_ends_and_what_they_are(found, french_law):
    effect = next(one for one in found.effects if one.factor.kind == "weight")
    said = say_factor(french_law, found.valuation.assessment.case, effect, "en").otherwise
    assert f"weight from {effect.second.side.value:.1f} to {effect.first.side.value:.1f}, instead of" in said
    assert ("fitted interval" in said) == effect.factor.fitted
