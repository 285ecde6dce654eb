"""A second court: as likely to answer so as the first, and more often of the same mind than a stranger."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.rehearing import FOUND, Reheard, reheard
from vismajor.reasoning.worlds import WINDOW, Worlds
from vismajor.workbench import assess, load_case

COUNT = 20_000
NAMES = st.sampled_from([f"{kind}:{what}" for kind in sorted(FOUND) for what in ("a", "b.c@d")])


@settings(deadline=None)
@given(NAMES, st.floats(0, 1), st.text(max_size=5))
def test_every_draw_of_the_second_court_is_uniform_and_new_on_the_share_stated(name: str, afresh: float, seed: str
                                                                               ) -> None:
    first = Worlds(seed, COUNT).uniform(name)
    second = Reheard(seed, COUNT, afresh).uniform(name)
    assert np.quantile(second, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.025)
    assert np.mean(second != first) == pytest.approx(afresh, abs=0.025)
    assert second.min() > 0
    assert second.max() <= 1


@settings(deadline=None)
@given(st.floats(0, 1))
def test_what_is_new_on_one_point_says_nothing_of_another(afresh: float) -> None:
    worlds, second = Worlds("w", COUNT), Reheard("w", COUNT, afresh)
    new = [second.uniform(name) != worlds.uniform(name) for name in ("fact:a", "appraisal:a")]
    assert np.mean(new[0] & new[1]) == pytest.approx(afresh**2, abs=0.02)


@settings(deadline=None)
@given(NAMES)
def test_a_court_that_never_makes_up_its_own_mind_draws_what_the_first_drew(name: str) -> None:
    assert np.array_equal(Reheard("w", 500, 0.0).uniform(name), Worlds("w", 500).uniform(name))
    assert not np.any(Reheard("w", 500, 1.0).uniform(name) == Worlds("w", 500).uniform(name))


@pytest.mark.parametrize("name", ["irrecoverable:a", "taxable:a", "expert_fee:a", "suit:months", "damages_from_notice"])
def test_time_and_costs_are_drawn_once_for_both_courts(name: str) -> None:
    assert np.array_equal(Reheard("w", 500, 1.0).uniform(name), Worlds("w", 500).uniform(name))


def test_windows_show_the_same_draws_as_the_whole() -> None:
    second = Reheard("w", WINDOW + 400, 0.5)
    whole = second.uniform("question:a")
    parts = [second.window(start, count).uniform("question:a") for start, count in ((0, WINDOW), (WINDOW, 400))]
    assert np.array_equal(np.concatenate(parts), whole)


def _argued() -> Assessment:
    """Facts that are contested, an open question, two elements that a court may appraise as one."""
    pack = law(
        {"a.b": fact(), "c.d": fact()},
        [issue("one", -1.0, per_duty=True), issue("two", 0.5, per_duty=True),
         issue("liability", None, per_duty=True, all=["one", "two"])],
        [rule("r1", ["a.b"], {"for": "one"}, "strong"), rule("r2", ["c.d"], {"against": "two"}, "moderate"),
         rule("r3", ["a.b"], {"for": "two"}, "moderate", open=Decimal("0.4"))])
    stated = {"a.b": {"value": True, "status": "disputed"}, "c.d": {"value": True, "likelihood": Decimal("0.7")}}
    return assess_case(case([{"id": "c0", "heads": [cost(1)]}], stated), pack, Worlds("court", 40_000))


@settings(deadline=None)
@given(st.floats(0, 1))
def test_every_issue_is_as_likely_before_the_second_court(afresh: float) -> None:
    first = _ARGUED
    second = reheard(first, afresh)
    for name, answer in first.answers["c0", "main"].items():
        again = second.answers["c0", "main"][name]
        assert again.probability == pytest.approx(answer.probability, abs=0.016), name


def test_the_courts_agree_the_more_the_less_is_looked_at_afresh() -> None:
    agreed = []
    for afresh in (0.0, 0.3, 0.7, 1.0):
        answers = reheard(_ARGUED, afresh).answers["c0", "main"]["liability"].holds
        agreed.append(np.mean(answers == _ARGUED.holds("c0", "main", "liability")))
    chance = _ARGUED.answers["c0", "main"]["liability"].probability
    assert agreed[0] == 1
    assert agreed == sorted(agreed, reverse=True)
    assert agreed[-1] == pytest.approx(chance**2 + (1 - chance) ** 2, abs=0.01)  # as two strangers


def test_the_founding_case_has_the_same_chances_before_both_courts(french_law: Law) -> None:
    assessment = assess(load_case(ROOT / "cases" / "ovh-strasbourg", french_law), french_law, worlds=6_000)
    second = reheard(assessment, 0.6)
    for place, answers in assessment.answers.items():
        for name, answer in answers.items():
            within = 5 * (2 * answer.probability * (1 - answer.probability) / 6_000) ** 0.5 + 0.001
            again = second.answers[place][name].probability
            assert again == pytest.approx(answer.probability, abs=within), (place, name)


_ARGUED = _argued()
