"""What knowing a fact is worth: cases whose answer is known by hand, and what must hold of any."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.small_law import TEXT
from tests.settlement.small_suits import COUNT, case, claimant, disputed, fact, offered, pack, rule, valued
from vismajor.settlement.asking import asked_of_client, asked_of_others
from vismajor.settlement.evidence import Evidence, FactWorth, InquiryWorth, evidence_of

LOGS = {"id": "logs", "title": TEXT, "facts": ["a.b"], "price": 250}


def _evidence(stated: dict[str, Any], offers: list[dict[str, Any]] | None = None, count: int = COUNT,
              claimants: list[dict[str, Any]] | None = None, of: Any = None, offer: Decimal | None = None,
              **extra: Any) -> Evidence:
    """Return the evidence of a suit for 10,000 €, won where the fact a.b is found."""
    found = case(claimants or [claimant("one", 10_000)], stated, offers=offers or [], **extra)
    return evidence_of(valued(of or pack("a.b"), found, count), offer=offer)


def _fact(evidence: Evidence, name: str = "a.b") -> FactWorth:
    return next(fact for fact in evidence.facts if fact.name == name)


def _near(amount: Decimal, expected: float, within: float = 150) -> bool:
    return abs(float(amount) - expected) <= within


def test_a_disputed_fact_that_decides_is_worth_what_it_is_by_hand() -> None:
    # 60 %: the suit is worth 6,000 €, the offer 5,000 €. Known: 0.6 × 10,000 + 0.4 × 5,000 = 8,000 €: worth 2,000 €.
    found = _fact(_evidence({"a.b": disputed(0.6)}, [offered(5000), offered(7000, "claimants")]))
    assert _near(found.worth["claimants"].decision, 2000)
    # The respondent is asked 7,000 € and goes to court (6,000 €). Known: 0.6 × 7,000 + 0 = 4,200 €: worth 1,800 €.
    assert _near(found.worth["respondent"].decision, 1800)
    assert _near(found.worth["claimants"].moves, 0.6 * 4000 + 0.4 * 6000)
    assert [(one.value, one.chance) for one in found.found] == [(True, 0.6), (False, 0.4)]
    assert _near(found.found[0].claimants, 10_000)
    assert _near(found.found[1].claimants, 0)
    assert [(one.liable, one.capped) for one in found.found] == [(1, 0), (0, 0)]
    assert _near(found.swing["claimants"], 10_000, 0.01)
    assert _near(found.proving, 4000)
    assert found.best is True


def test_what_a_fact_moves_adds_up_to_nothing_at_its_chances() -> None:
    evidence = _evidence({"a.b": disputed(0.6)})
    now = evidence.choices.claimants[0].court
    moved = sum(float(one.claimants - now) * one.chance for one in _fact(evidence).found)
    assert moved == pytest.approx(0, abs=0.02)


def test_it_is_what_the_worlds_themselves_say_split_by_what_is_found() -> None:
    valuation = valued(pack("a.b"), case([claimant("one", 10_000)], {"a.b": disputed(0.6)}))
    found = _fact(evidence_of(valuation))
    total, drawn = valuation.awards["one"].total, valuation.assessment.worlds.uniform("fact:common:a.b") < 0.6
    for one, where in zip(found.found, (drawn, ~drawn), strict=True):
        assert _near(one.claimants, float(total[where].mean()))


def test_a_fact_that_turns_no_decision_is_worth_nothing_and_still_moves_the_suit() -> None:
    found = _fact(_evidence({"a.b": disputed(0.6)}, [offered(10_001), offered(20_000, "claimants")]))
    assert found.worth["claimants"].decision == found.worth["respondent"].decision == Decimal("0.00")
    assert found.worth["claimants"].error == Decimal("0.00")
    assert found.worth["claimants"].moves > 4000


def test_a_fact_on_which_nothing_turns_is_not_told() -> None:
    evidence = _evidence({"a.b": disputed(0.6), "site.idle": disputed(0.5)})
    assert [fact.name for fact in evidence.facts] == ["a.b"]
    assert evidence.idle == 1


def test_an_unknown_fact_has_the_chance_expected_of_it_and_makes_no_argument_until_it_is_found() -> None:
    evidence = _evidence({}, [offered(2000)], expected={"a.b": Decimal("0.3")})
    found = _fact(evidence)
    assert evidence.choices.claimants[0].court == Decimal("0.00")
    # It will be found so with 30 %: the suit is worth 3,000 €. Known: 0.3 × 10,000 + 0.7 × 2,000 = 4,400 €.
    assert _near(found.worth["claimants"].decision, 1400, 0.01)
    assert (found.status, found.chance_from) == (None, "expected")
    assert _near(found.proving, 10_000, 0.01)
    equal = _fact(_evidence({}, [offered(2000)]))
    assert equal.chance_from == "equal"
    assert _near(equal.worth["claimants"].decision, 0.5 * 10_000 + 0.5 * 2000 - 5000, 0.01)


def test_an_inquiry_is_worth_what_it_is_by_hand_net_of_its_price() -> None:
    offers, stated = [offered(50_000)], {"a.b": disputed(0.6)}
    one = [claimant("one", 100_000)]
    # The textbook example of test_information, now from a case: 20,000 € told for sure, 10,000 € four times in five.
    (found,) = _evidence(stated, offers, claimants=one, evidence=[{**LOGS, "reliability": Decimal("0.8")}]).inquiries
    assert _near(found.perfect["claimants"].decision, 20_000, 1500)
    assert _near(found.sample["claimants"].decision, 10_000, 1500)
    assert found.net == found.sample["claimants"].decision - Decimal(250)
    assert _near(found.producing, 0.56 * (48_000 / 0.56 - 60_000), 1500)
    assert (found.delay, found.without_bearing, found.left_aside) == (Decimal("0.00"), (), ())


def test_what_takes_time_costs_who_is_to_be_paid_the_time() -> None:
    suit = {"first_instance": {"months": {"low": 12, "likely": 12, "high": 12}},
            "discount_rate": {"claimants": Decimal("0.1"), "respondent": Decimal("0.1")}}
    logs = {**LOGS, "months": 12}
    (ours,) = _evidence({"a.b": disputed(0.6)}, [offered(5000)], evidence=[logs], proceedings=suit).inquiries
    # Known, the choice is worth 0.6 × 10,000 / 1.1 + 0.4 × 5,000 = 7,455 €: a year of it at 10 % is 678 €.
    assert _near(ours.delay, 7455 * (1 - 1 / 1.1), 30)
    (theirs,) = _evidence({"a.b": disputed(0.6)}, [offered(7000, "claimants")], evidence=[logs], proceedings=suit,
                          acting_for="respondent").inquiries
    gain = theirs.sample["respondent"].decision
    assert _near(theirs.delay, float(gain) * (1 - 1 / 1.1), 0.02)
    assert theirs.net == gain - theirs.delay - Decimal(250)


def test_facts_that_one_piece_of_evidence_tells_together_are_worth_more_than_one_by_one() -> None:
    # Either wins the suit: to know that neither does is what saves it. Apart, neither turns the decision.
    stated, offers = {"a.b": disputed(0.5), "a.c": disputed(0.5)}, [offered(4500)]
    report = {"id": "report", "title": TEXT, "facts": ["a.b", "a.c", "site.idle"], "price": 100}
    evidence = _evidence(stated, offers, of=pack("a.b", "a.c"), evidence=[report])
    (found,) = evidence.inquiries
    # 75 %: 7,500 €. Known together: 0.75 × 10,000 + 0.25 × 4,500 − 7,500 = 1,125 €.
    assert _near(found.perfect["claimants"].decision, 1125)
    assert all(fact.worth["claimants"].decision < found.perfect["claimants"].decision for fact in evidence.facts)
    assert found.without_bearing == ("site.idle",)


def test_an_inquiry_on_facts_that_move_nothing_is_worth_nothing() -> None:
    (found,) = _evidence({"a.b": disputed(0.6)}, [offered(5000)],
                         evidence=[{**LOGS, "facts": ["site.idle"]}]).inquiries
    assert found.sample["claimants"].decision == found.sample["claimants"].moves == found.producing == Decimal("0.00")
    assert found.net == Decimal(-250)
    assert found.per_euro == 0


def test_the_cheap_request_comes_before_the_dear_expert() -> None:
    dear = {"id": "expert", "title": TEXT, "facts": ["a.b"], "price": 30_000}
    evidence = _evidence({"a.b": disputed(0.6)}, [offered(5000)], evidence=[dear, LOGS])
    assert [one.inquiry.id for one in evidence.inquiries] == ["logs", "expert"]
    assert evidence.inquiries[0].net > 0 > evidence.inquiries[1].net
    # Where nothing turns a decision, what moves the suit most for its price comes first.
    idle = _evidence({"a.b": disputed(0.6)}, [offered(50_000)], evidence=[dear, LOGS])
    assert [one.inquiry.id for one in idle.inquiries] == ["logs", "expert"]


def test_a_claimants_own_fact_is_its_own_and_a_common_one_is_told_to_all() -> None:
    own = [claimant(name, 10_000, own_x=disputed(0.6)) for name in ("one", "two")]
    apart = _fact(_evidence({}, [offered(5000)], claimants=own, of=pack("own.x")), "own.x")
    assert _near(apart.worth["claimants"].decision, 4000, 300)  # each learns its own: twice 2,000 €
    assert _near(apart.moves_each["one"], 0.6 * 4000 + 0.4 * 6000, 300)
    # Together (11,000 € for both) two facts of their own: 20,000 € with 36 %, else 12,000 € or 10,000 € or less.
    both = _fact(_evidence({}, claimants=own, of=pack("own.x"), offer=Decimal(11_000)), "own.x")
    # 36 %: 20,000 €; 48 %: 10,000 €, and 16 %: nothing: they take the 11,000 €. 14,240 € against 12,000 €.
    assert _near(both.worth["claimants"].decision, 0.36 * 20_000 + 0.64 * 11_000 - 12_000, 300)
    common = [claimant(name, 10_000) for name in ("one", "two")]
    shared = _fact(_evidence({"a.b": disputed(0.6)}, claimants=common, offer=Decimal(11_000)))
    assert _near(shared.worth["claimants"].decision, 0.6 * 20_000 + 0.4 * 11_000 - 12_000, 300)


def test_what_each_has_of_its_own_is_produced_apart_and_what_is_common_for_all_or_not_at_all() -> None:
    own = [claimant(name, 10_000, own_x=disputed(0.6)) for name in ("one", "two")]
    (apart,) = _evidence({}, claimants=own, of=pack("own.x"), evidence=[{**LOGS, "facts": ["own.x"]}]).inquiries
    assert _near(apart.producing, 2 * 0.6 * 4000, 300)
    # Common, it wins the suit of one and loses that of the other: 10,000 € either way, and nothing to gain by it.
    against = pack("a.b", "own.y", rules=[rule("not", ["a.b", "own.y"], {"against": "liability"}, "knock_out")])
    both = [claimant("one", 10_000), claimant("two", 10_000, own_y=True)]
    (common,) = _evidence({"a.b": disputed(0.6)}, claimants=both, of=against, evidence=[LOGS]).inquiries
    assert common.producing == common.sample["claimants"].moves == Decimal("0.00")
    # Yet each, deciding for itself, would take what the other loses: 0.6 × 4,000 € and 0.4 × 6,000 €.
    assert _near(common.perfect["claimants"].decision, 4800)


def test_what_is_supposed_is_found_by_the_court_of_appeal_too() -> None:
    stage = {"months": {"low": 12, "likely": 12, "high": 12}}
    suit = {"first_instance": stage,
            "appeal": {**stage, "by_claimants": 1, "by_respondent": 1, "afresh": 1}}
    found = _fact(_evidence({"a.b": disputed(0.5)}, [offered(4000)], 2000, proceedings=suit))
    yes, no = found.found
    # The respondent, too, pays once: what the second court would have drawn anew is settled.
    assert (yes.claimants - no.claimants, yes.respondent - no.respondent) == (Decimal(10_000), Decimal(10_000))


def test_what_a_claimant_has_of_its_own_is_asked_of_it_and_what_is_common_of_others() -> None:
    of = pack("a.b", "own.x", "own.y")
    claimants = [claimant("one", 10_000), claimant("two", 10_000), claimant("three", 10_000, own_x=True),
                 claimant("four", 10_000)]
    expected = {"a.b": Decimal("0.1"), "own.x": Decimal("0.5"), "own.y": Decimal("0.2")}
    evidence = _evidence({}, claimants=claimants, of=of, expected=expected)
    (asked,) = asked_of_client(evidence, 3)
    assert asked.claimants == ("one", "two", "four")  # nothing more can help one who has won
    assert [fact.name for fact in asked.questions] == ["own.x", "own.y"]
    assert [fact.name for asked in asked_of_others(evidence, 3) for fact in asked.questions] == ["a.b"]
    other_side = _evidence({}, claimants=claimants, of=of, expected=expected, acting_for="respondent")
    (theirs,) = asked_of_client(other_side, 3)
    assert [fact.name for fact in theirs.questions] == ["a.b"]


def test_a_question_that_differs_from_duty_to_duty_is_asked_once() -> None:
    of = pack("a.b", also={"a.duty": fact(per_duty=True)},
              rules=[rule("duty", ["a.duty"], {"for": "liability"}, "knock_out")])
    heads = [{"id": "x", "kind": "crisis_costs", "duties": [duty], "amount": amount}
             for duty, amount in (("main", 1000), ("other", 5000))]
    evidence = _evidence({"a.b": False}, claimants=[{"id": "one", "heads": [{**one, "id": one["duties"][0]}
                                                                           for one in heads]}], of=of)
    assert {fact.name for fact in evidence.facts} == {"a.duty@main", "a.duty@other"}
    assert [fact.name for asked in asked_of_others(evidence, 3) for fact in asked.questions] == ["a.duty@other"]


def test_facts_beyond_what_can_be_gone_through_together_are_left_aside_and_named() -> None:
    names = [f"a.{letter}" for letter in "bcdefgh"]
    report = {"id": "report", "title": TEXT, "facts": names}
    stated = {name: disputed(0.1 + 0.05 * number) for number, name in enumerate(names)}
    (found,) = _evidence(stated, of=pack(*names), evidence=[report], count=2000).inquiries
    assert len(found.left_aside) == 2  # 2 ** 5 ways are gone through
    assert found.without_bearing == ()


def _checked(inquiry: InquiryWorth, fact_worth: FactWorth) -> None:
    for side in ("claimants", "respondent"):
        perfect, sample = inquiry.perfect[side], inquiry.sample[side]  # type: ignore[index]
        assert Decimal(0) <= sample.decision <= perfect.decision
        assert sample.moves <= perfect.moves
        assert perfect.decision == fact_worth.worth[side].decision  # type: ignore[index]


@settings(max_examples=15, deadline=None)
@given(likelihood=st.sampled_from([0.1, 0.35, 0.5, 0.8]), offer=st.sampled_from([0, 900, 5000, 9999]),
       reliability=st.sampled_from(["0.5", "0.6", "0.9", "1"]), side=st.sampled_from(["claimants", "respondent"]))
def test_evidence_is_worth_no_less_than_nothing_and_no_more_than_certainty(
        likelihood: float, offer: int, reliability: str, side: str) -> None:
    evidence = _evidence({"a.b": disputed(likelihood)}, [offered(offer), offered(offer + 500, "claimants")], 400,
                         evidence=[{**LOGS, "reliability": Decimal(reliability)}], acting_for=side)
    (found,) = evidence.inquiries
    _checked(found, _fact(evidence))
    if reliability == "0.5":
        assert found.sample["claimants"].decision == found.sample["claimants"].moves == Decimal(0)
    if reliability == "1":
        assert found.sample == found.perfect


def test_the_same_case_gives_the_same_figures() -> None:
    one, other = (_evidence({"a.b": disputed(0.6)}, [offered(5000)], 1000, evidence=[LOGS]) for _ in range(2))
    assert one.facts == other.facts
    assert one.inquiries == other.inquiries


def test_a_case_in_which_all_is_certain_has_nothing_to_find_out() -> None:
    evidence = _evidence({"a.b": True}, [offered(5000)], 400, evidence=[LOGS])
    assert (evidence.facts, evidence.idle) == ((), 0)
    (found,) = evidence.inquiries
    assert (found.net, found.without_bearing) == (Decimal(-250), ("a.b",))
