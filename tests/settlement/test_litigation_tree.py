"""The litigation tree: the same worlds as the distribution, shared out by the answers of the first court."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from tests.settlement.small_suit import NEVER, SURE, appeal, proceedings, stage, valued
from vismajor.damages.money import euros
from vismajor.law.heads import HeadKind
from vismajor.law.models import Issue, Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.decision_tree import Outlay, roll_back
from vismajor.settlement.litigation_tree import OTHER, SELDOM, Limb, LitigationTree, litigation_tree
from vismajor.settlement.suit import suit_of
from vismajor.settlement.valuation import Valuation, value_case
from vismajor.workbench import assess, load_case, value

ISSUES = ("admissibility", "breach", "causation", "force_majeure", "force_majeure_clause", "liability_cap")


def _tree(valuation: Valuation, claimant: str | None = None) -> LitigationTree:
    suit = suit_of(valuation)
    return litigation_tree(valuation, suit, suit.prospects, claimant)


def _pack(odds: dict[str, float], *further: Issue) -> Law:
    """A pack with the usual chain; `odds` are log-odds, the rest goes the claimants' way."""
    usual = {"admissibility": SURE, "breach": SURE, "causation": SURE, "force_majeure": NEVER,
             "force_majeure_clause": NEVER, "liability_cap": NEVER, "heads_excluded": NEVER} | odds
    weighed = [issue(name, prior, per_duty=True) for name, prior in usual.items()]
    return law({"a.b": fact()}, [
        *weighed, issue("exoneration", None, per_duty=True, any=["force_majeure", "force_majeure_clause"]),
        issue("liability", None, per_duty=True, all=["breach", "causation", "not exoneration"]), *further], [])


def _valued(odds: dict[str, float], amounts: tuple[int, ...] = (10_000,), worlds: int = 4_000, pack: Law | None = None,
            **extra: Any) -> Valuation:
    claimants: list[dict[str, object]] = [{"id": f"c{i}", "heads": [cost(amount)]} for i, amount in enumerate(amounts)]
    return value_case(assess_case(case(claimants, **extra), pack or _pack(odds), Worlds("tree", worlds)))


def _limbs(limb: Limb) -> Iterator[Limb]:
    yield limb
    for below in limb.limbs:
        yield from _limbs(below)


def _path(tree: LitigationTree) -> list[tuple[str | None, bool | None]]:
    return [(limb.question, limb.answer) for limb in _limbs(tree.root)]


def _holds_together(tree: LitigationTree) -> None:
    for limb in _limbs(tree.root):
        if limb.limbs:
            assert sum(below.worlds for below in limb.limbs) == limb.worlds
            assert all(below.parent == limb.worlds for below in limb.limbs)
            for worth, mean in limb.means.items():
                parts = sum((Decimal(below.worlds) * below.means[worth] for below in limb.limbs), Decimal(0))
                assert abs(parts / limb.worlds - mean) < Decimal("0.0001")
    for worth, mean in tree.root.means.items():
        value_ = roll_back(tree.node(worth)).expected
        assert euros(-value_ if worth == "respondent" else value_) == euros(mean)


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({name: st.sampled_from([NEVER, -5.5, -1.0, 0.5, 5.5, SURE]) for name in ISSUES}),
       st.sampled_from([(10_000,), (10_000, 500, 70_000)]), st.none() | proceedings())
def test_rolled_back_the_tree_is_worth_the_mean_over_the_worlds_to_the_cent(
        odds: dict[str, float], amounts: tuple[int, ...], stated: dict[str, Any] | None) -> None:
    valuation = _valued(odds, amounts, 600)
    file = valued(proceedings=stated).assessment.case.file
    told = valuation.assessment.case.model_copy(update={"file": valuation.assessment.case.file.model_copy(
        update={"proceedings": file.proceedings})})
    valuation = replace(valuation, assessment=replace(valuation.assessment, case=told))
    for claimant in (None, "c0"):
        tree = _tree(valuation, claimant)
        _holds_together(tree)
        assert sum(end.worlds for end in tree.root.ends) == 600
        assert all(limb.worlds > 0 for limb in _limbs(tree.root))


def test_a_suit_is_lost_on_the_first_question_that_leaves_nothing_alive() -> None:
    tree = _tree(_valued({"admissibility": 2.0, "breach": 1.0, "causation": 1.0, "force_majeure_clause": -1.0,
                          "force_majeure": -1.0}))
    assert _path(tree) == [(None, None), ("admissibility", False), ("admissibility", True), ("breach", False),
                           ("breach", True), ("causation", False), ("causation", True),
                           ("force_majeure_clause", True), ("force_majeure_clause", False),
                           ("force_majeure", True), ("force_majeure", False)]
    given = {(limb.question, limb.answer): limb.given for limb in _limbs(tree.root)}
    assert given["admissibility", False] == pytest.approx(0.119, abs=0.02)
    assert given["breach", True] == pytest.approx(0.731, abs=0.03)
    assert given["force_majeure_clause", True] == pytest.approx(0.269, abs=0.03)
    assert {limb.means["award"] for limb in tree.root.ends if limb.lost} == {Decimal(0)}
    assert [limb.means["award"] for limb in tree.root.ends if not limb.lost] == [Decimal(10_000)]


def test_the_ends_that_are_not_lost_are_the_worlds_in_which_the_award_is_due() -> None:
    valuation = _valued({"breach": 0.3, "force_majeure_clause": 0.1, "liability_cap": 0.0}, (10_000, 900))
    won = sum(end.worlds for end in _tree(valuation).root.ends if not end.lost)
    assert won == (valuation.group_award > 0).sum()


def test_what_never_happens_is_no_limb_and_what_is_seldom_stands_with_the_other_ways_to_lose() -> None:
    tree = _tree(_valued({"breach": 6.0, "causation": 6.0, "force_majeure": -1.0}))
    assert [limb.question for limb in tree.root.limbs] == [OTHER, "force_majeure", "force_majeure"]
    other = tree.root.limbs[0]
    assert 0 < other.share < 2 * SELDOM
    assert other.lost
    assert tree.questions == ("force_majeure",)


def test_a_suit_that_is_always_lost_shows_on_what() -> None:
    tree = _tree(_valued({"causation": NEVER}))
    assert _path(tree) == [(None, None), ("causation", False)]
    assert tree.root.limbs[0].lost


def test_a_suit_that_is_always_won_is_one_limb() -> None:
    tree = _tree(_valued({}))
    assert tree.root.limbs == ()
    assert tree.root.means["award"] == 10_000


def test_the_cap_splits_what_is_won_and_what_brings_less_comes_first() -> None:
    tree = _tree(_valued({"breach": 0.0, "liability_cap": 0.0}))
    assert _path(tree)[-2:] == [("liability_cap", True), ("liability_cap", False)]
    capped, free = tree.root.limbs[-1].limbs
    assert (capped.means["award"], free.means["award"]) == (Decimal(600), Decimal(10_000))  # six months at 100 euros


def test_a_claim_that_lives_on_one_duty_is_not_lost_by_another() -> None:
    pack = _pack({"breach": 0.0})
    heads = [{"id": "h1", "kind": "crisis_costs", "duties": ["main", "other"], "amount": 100}]
    valuation = value_case(assess_case(case([{"id": "c0", "heads": heads}]), pack, Worlds("tree", 20_000)))
    lost = _tree(valuation).root.limbs[0]
    assert (lost.question, lost.answer) == ("breach", False)
    assert lost.share == pytest.approx(0.25, abs=0.01)  # two duties, appraised apart
    assert lost.means["award"] == 0


def test_for_the_group_a_question_is_lost_where_it_is_for_all() -> None:
    pack = law({"own.fact": fact(scope="claimant")}, [
        issue("liability", NEVER, per_duty=True), issue("liability_cap", NEVER), issue("heads_excluded", NEVER)],
        [rule("r", ["own.fact"], {"for": "liability"}, "knock_out")])
    own = {"own.fact": {"value": True, "likelihood": Decimal("0.5")}}
    claimants: list[dict[str, object]] = [{"id": name, "heads": [cost(100)], "facts": own} for name in ("c0", "c1")]
    valuation = value_case(assess_case(case(claimants), pack, Worlds("tree", 20_000)))
    group, one = _tree(valuation), _tree(valuation, "c1")
    assert group.root.limbs[0].share == pytest.approx(0.25, abs=0.01)
    assert one.root.limbs[0].share == pytest.approx(0.5, abs=0.012)
    assert "respondent" in group.root.means
    assert "respondent" not in one.root.means
    assert one.claimants == ("c1",)


def test_an_answer_taken_as_given_is_not_asked_again() -> None:
    pack = _pack({"breach": 0.0, "force_majeure": 0.0}).supposing({"exoneration": True}, {})
    tree = _tree(_valued({}, pack=pack))
    assert ("exoneration", True) in _path(tree)
    assert not {"force_majeure", "force_majeure_clause"} & {question for question, _ in _path(tree)}


def test_business_that_is_not_made_good_is_a_limb_of_what_is_won() -> None:
    pack = _pack({"heads_excluded": 0.0})
    kinds = {"other": HeadKind(title=pack.title, consequential=True, sources=("source",), accepted={
        "low": 1, "likely": 1, "high": 1})}
    pack = pack.model_copy(update={"heads": {**pack.heads, **kinds}})
    lost = {"id": "lost", "kind": "other", "title": {"fr": "x", "en": "x"}, "duties": ["main"], "amount": 5_000,
            "consequential": True}
    valuation = value_case(assess_case(case([{"id": "c0", "heads": [cost(1_000), lost]}]), pack, Worlds("tree", 2_000)))
    refused, granted = _tree(valuation).root.limbs
    assert (refused.question, refused.answer, granted.answer) == ("business_loss", False, True)
    assert (refused.means["award"], granted.means["award"]) == (Decimal(1_000), Decimal(6_000))


def test_where_the_price_alone_is_asked_back_the_tree_turns_on_its_return() -> None:
    pack = _pack({"breach": NEVER}, issue("restitution", 0.0, per_duty=True))
    pack = pack.model_copy(update={"heads": {**pack.heads, "restitution": pack.heads["crisis_costs"]}})
    back = {"id": "back", "kind": "restitution", "duties": ["main"], "amount": 300}
    valuation = value_case(assess_case(case([{"id": "c0", "heads": [back]}]), pack, Worlds("tree", 2_000)))
    lost, won = _tree(valuation).root.limbs
    assert (lost.question, won.question) == ("restitution", "restitution")
    assert (lost.means["award"], won.means["award"]) == (Decimal(0), Decimal(300))


def test_an_appeal_splits_what_was_won_and_what_was_lost() -> None:
    first = stage(claimants={"fixed": 700}, respondent={"fixed": 900})
    stated = {"first_instance": first, "appeal": appeal(afresh=0.5)}
    tree = _tree(valued(0.0, worlds=4_000, proceedings=stated))
    lost, won = tree.root.limbs
    for limb in (lost, won):
        assert [(one.question, one.answer) for one in limb.limbs] == [("appeal", False), ("appeal", True)]
    stands, changed = lost.limbs
    assert (stands.means["award"], changed.means["award"]) == (Decimal(0), Decimal(100_000))
    assert stands.lost
    assert changed.lost  # by the first court
    assert tree.outlays == {"claimants": Decimal(700), "respondent": Decimal(900)}
    assert isinstance(node := tree.node("respondent"), Outlay)
    assert node.cost == 900


def test_the_founding_case_and_each_of_its_claimants_have_a_tree_that_adds_up(french_law: Law) -> None:
    valuation = value(assess(load_case(ROOT / "cases" / "ovh-strasbourg", french_law), french_law, worlds=3_000))
    suit = suit_of(valuation)
    prospects = suit.prospects
    for claimant in (None, *valuation.awards):
        tree = litigation_tree(valuation, suit, prospects, claimant)
        _holds_together(tree)
        assert 6 <= len(tree.root.ends) <= 24
    together = litigation_tree(valuation, suit, prospects)
    assert {"breach", "causation", "force_majeure_clause", "liability_cap", "appeal"} <= set(together.questions)
    assert float(together.root.means["claimants"]) == pytest.approx(prospects.together.mean())
