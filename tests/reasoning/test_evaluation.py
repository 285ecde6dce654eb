"""The evaluation over worlds: weights add up in log-odds, undercutters silence, knock-outs decide, names key draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.reasoning.small_law import case, fact, graph, issue, law, rule
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.evaluation import Answer, Evaluation
from vismajor.reasoning.worlds import LikeliestWorld, Worlds

COUNT = 40_000
TOLERANCE = 0.01


def answer(pack: Law, facts: dict[str, object], name: str = "i", **where: object) -> Answer:
    return Evaluation(pack, Worlds("test", COUNT)).answers(graph(pack, facts, **where))[name]  # type: ignore[arg-type]


def probability(pack: Law, facts: dict[str, object], name: str = "i", **where: object) -> float:
    return float(np.mean(answer(pack, facts, name, **where).holds))


def expected(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def test_nothing_shown_leaves_the_burden() -> None:
    pack = law({"a.b": fact()}, [issue("i", -1.0)], [rule("r", ["a.b"], {"for": "i"}, "strong")])
    assert probability(pack, {}) == pytest.approx(expected(-1), abs=TOLERANCE)


def test_the_probability_is_the_logistic_of_the_sum() -> None:
    pack = law({"a.b": fact(), "a.c": fact(), "a.d": fact()}, [issue("i", -1.0)], [
        rule("r", ["a.b"], {"for": "i"}, "strong"), rule("s", ["a.c"], {"for": "i"}, "moderate"),
        rule("t", ["a.d"], {"against": "i"}, "weak"),
    ])
    facts: dict[str, object] = {"a.b": True, "a.c": True, "a.d": True}
    assert probability(pack, facts) == pytest.approx(expected(-1 + 2 + 1 - 0.5), abs=TOLERANCE)
    assert float(np.mean(answer(pack, facts).score)) == pytest.approx(1.5)


def test_an_uncertain_fact_mixes_the_two_probabilities() -> None:
    pack = law({"a.b": fact()}, [issue("i", 0.0)], [rule("r", ["a.b"], {"for": "i"}, "strong")])
    facts = {"a.b": {"value": True, "status": "disputed", "likelihood": 0.3}}
    mixed = 0.3 * expected(2) + 0.7 * expected(0)
    assert probability(pack, _decimal(facts)) == pytest.approx(mixed, abs=TOLERANCE)


def _decimal(facts: dict[str, dict[str, object]]) -> dict[str, object]:
    from decimal import Decimal

    return {name: {k: Decimal(repr(v)) if isinstance(v, float) else v for k, v in f.items()}
            for name, f in facts.items()}


def test_unknown_is_neither_true_nor_false() -> None:
    pack = law({"a.b": fact()}, [issue("i", 0.0)], [
        rule("yes", ["a.b"], {"for": "i"}, "decisive"), rule("no", ["not a.b"], {"against": "i"}, "decisive")])
    assert probability(pack, {}) == pytest.approx(0.5, abs=TOLERANCE)
    assert probability(pack, {"a.b": True}) == pytest.approx(expected(4), abs=TOLERANCE)
    assert probability(pack, {"a.b": False}) == pytest.approx(expected(-4), abs=TOLERANCE)


def test_an_undercut_argument_counts_nothing() -> None:
    pack = law({"a.b": fact(), "a.u": fact()}, [issue("i", 0.0)],
               [rule("r", ["a.b"], {"for": "i"}, "strong", unless=["a.u"])])
    assert probability(pack, {"a.b": True, "a.u": True}) == pytest.approx(0.5, abs=TOLERANCE)
    assert probability(pack, {"a.b": True, "a.u": False}) == pytest.approx(expected(2), abs=TOLERANCE)
    assert probability(pack, {"a.b": True}) == pytest.approx(expected(2), abs=TOLERANCE)


def test_arguments_of_one_group_count_once_and_the_heaviest_counts() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 0.0)], [
        rule("r", ["a.b"], {"for": "i"}, "strong", group="g"), rule("s", ["a.c"], {"for": "i"}, "moderate", group="g")])
    assert probability(pack, {"a.b": True, "a.c": True}) == pytest.approx(expected(2), abs=TOLERANCE)
    assert probability(pack, {"a.c": True}) == pytest.approx(expected(1), abs=TOLERANCE)


def test_a_group_counts_once_per_side() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 0.0)], [
        rule("r", ["a.b"], {"for": "i"}, "strong", group="g"),
        rule("s", ["a.c"], {"against": "i"}, "moderate", group="g")])
    assert probability(pack, {"a.b": True, "a.c": True}) == pytest.approx(expected(1), abs=TOLERANCE)


def test_a_knock_out_decides_whatever_the_rest_weighs() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 3.0)], [
        rule("r", ["a.b"], {"for": "i"}, "decisive"), rule("ko", ["a.c"], {"against": "i"}, "knock_out")])
    assert probability(pack, {"a.b": True, "a.c": True}) == 0
    assert probability(pack, {"a.b": True}) > 0.99


def test_two_knock_outs_in_opposite_senses_are_a_conflict() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 0.0)], [
        rule("in", ["a.b"], {"for": "i"}, "knock_out"), rule("out", ["a.c"], {"against": "i"}, "knock_out")])
    both = answer(pack, {"a.b": True, "a.c": True})
    assert bool(np.all(both.conflict))
    assert not np.any(answer(pack, {"a.b": True}).conflict)
    assert probability(pack, {"a.b": True}) == 1


def test_composite_issues_follow_from_their_elements_in_each_world() -> None:
    issues = [issue("p", 0.0), issue("q", 0.5), issue("both", None, all=["p", "q"]),
              issue("either", None, any=["p", "q"]), issue("only", None, all=["p", "not q"])]
    pack = law({"a.b": fact()}, issues, [rule("r", ["a.b"], {"for": "p"}, "weak")])
    answers = Evaluation(pack, Worlds("test", 2_000)).answers(graph(pack, {"a.b": True}))
    p, q = answers["p"].holds, answers["q"].holds
    assert np.array_equal(answers["both"].holds, p & q)
    assert np.array_equal(answers["either"].holds, p | q)
    assert np.array_equal(answers["only"].holds, p & ~q)


def test_rules_chain_through_concluded_facts_and_issues() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 0.0), issue("j", 0.0)], [
        rule("chain", ["a.b"], {"a.c": True}), rule("r", ["a.c"], {"for": "i"}, "knock_out"),
        rule("s", ["i"], {"for": "j"}, "knock_out")])
    assert probability(pack, {"a.b": True}, "j") == 1
    assert probability(pack, {"a.b": False}, "i") == pytest.approx(0.5, abs=TOLERANCE)


def test_what_counsel_states_of_a_fact_outranks_what_rules_conclude() -> None:
    pack = law({"a.b": fact(), "a.c": fact()}, [issue("i", 0.0)], [
        rule("chain", ["a.b"], {"a.c": True}), rule("r", ["a.c"], {"for": "i"}, "knock_out")])
    assert probability(pack, {"a.b": True, "a.c": False}) == pytest.approx(0.5, abs=TOLERANCE)


def test_an_open_question_is_followed_as_often_as_it_is_likely() -> None:
    pack = law({"a.b": fact()}, [issue("i", -30.0)],
               [rule("r", ["a.b"], {"for": "i"}, "knock_out", open=_decimal({"x": {"y": 0.25}})["x"]["y"])])  # type: ignore[index]
    assert probability(pack, {"a.b": True}) == pytest.approx(0.25, abs=TOLERANCE)


def test_rules_that_share_a_question_are_followed_together() -> None:
    half = _decimal({"x": {"y": 0.5}})["x"]["y"]  # type: ignore[index]
    pack = law({"a.b": fact()}, [issue("i", -30.0), issue("j", -30.0)], [
        rule("r", ["a.b"], {"for": "i"}, "knock_out", open=half, question="q"),
        rule("s", ["a.b"], {"for": "j"}, "knock_out", open=half, question="q")])
    answers = Evaluation(pack, Worlds("test", 5_000)).answers(graph(pack, {"a.b": True}))
    assert np.array_equal(answers["i"].holds, answers["j"].holds)
    assert 0.4 < float(np.mean(answers["i"].holds)) < 0.6


def test_the_law_of_the_contract_and_the_decisions_known_are_applied() -> None:
    import datetime as dt

    pack = law({"a.b": fact()}, [issue("i", 0.0)], [
        rule("new", ["a.b"], {"for": "i"}, "knock_out", in_force={"from": "2016-10-01"}),
        rule("later", ["a.b"], {"against": "i"}, "decisive", known_from="2023-01-26")])
    old, recent = dt.date(2016, 9, 30), dt.date(2016, 10, 1)
    assert probability(pack, {"a.b": True}, governing=recent) == 1
    assert probability(pack, {"a.b": True}, governing=old) == pytest.approx(0.5, abs=TOLERANCE)
    known = probability(pack, {"a.b": True}, governing=old, as_of=dt.date(2023, 1, 26))
    assert known == pytest.approx(expected(-4), abs=TOLERANCE)


def test_numbers_and_dates_are_compared_in_each_world() -> None:
    pack = law({"n.m": fact("number"), "d.d": fact("date")}, [issue("i", -30.0), issue("j", -30.0)], [
        rule("near", ["n.m < 5"], {"for": "i"}, "knock_out"),
        rule("after", ["d.d >= 2018-10-01"], {"for": "j"}, "knock_out")])
    assert probability(pack, {"n.m": {"between": [0, 10]}}) == pytest.approx(0.5, abs=TOLERANCE)
    assert probability(pack, {"n.m": 4}) == 1
    assert probability(pack, {"n.m": 5}) == 0
    assert probability(pack, {"d.d": "2018-10-01"}, "j") == 1
    assert probability(pack, {"d.d": "2018-09-30"}, "j") == 0


def test_an_otherwise_value_is_found_when_the_stated_one_is_not() -> None:
    pack = law({"c.k": fact("choice", values=["none", "manual", "automatic"])}, [issue("i", -30.0)],
               [rule("r", ["c.k = automatic"], {"for": "i"}, "knock_out")])
    stated = {"c.k": {"value": "none", "likelihood": 0.8, "otherwise": "automatic"}}
    assert probability(pack, _decimal(stated)) == pytest.approx(0.2, abs=TOLERANCE)
    unstated = {"c.k": {"value": "none", "likelihood": 0.8}}
    assert probability(pack, _decimal(unstated)) == 0


def test_a_rule_for_one_duty_is_silent_on_another() -> None:
    pack = law({"a.b": fact()}, [issue("i", 0.0, per_duty=True)],
               [rule("r", ["a.b"], {"for": "i"}, "knock_out", duties=["main"])])
    assert probability(pack, {"a.b": True}, duty="main") == 1
    assert probability(pack, {"a.b": True}, duty="other") == pytest.approx(0.5, abs=TOLERANCE)


def test_a_common_appraisal_is_the_same_for_every_duty() -> None:
    pack = law({"a.b": fact()}, [issue("i", 0.0, per_duty=True, appraisal="common"), issue("j", 0.0, per_duty=True)],
               [rule("r", ["a.b"], {"for": "i"}, "weak"), rule("s", ["a.b"], {"for": "j"}, "weak")])
    evaluation = Evaluation(pack, Worlds("test", 2_000))
    main, other = (evaluation.answers(graph(pack, {"a.b": True}, duty=duty)) for duty in ("main", "other"))
    assert np.array_equal(main["i"].holds, other["i"].holds)
    assert not np.array_equal(main["j"].holds, other["j"].holds)


def test_claimants_with_facts_of_their_own_are_drawn_apart() -> None:
    pack = law({"a.c": fact(scope="claimant")}, [issue("i", 0.0)], [rule("s", ["a.c"], {"against": "i"}, "strong")])
    own = _decimal({"a.c": {"value": True, "likelihood": 0.5}})
    both = case([{"id": "two", "facts": own}, {"id": "one", "facts": own}])
    assessed = assess_case(both, pack, Worlds("case", 3_000))
    assert not np.array_equal(assessed.holds("one", "main", "i"), assessed.holds("two", "main", "i"))


def test_the_likeliest_world_is_the_sign_of_the_sum() -> None:
    pack = law({"a.b": fact()}, [issue("i", -1.0)], [rule("r", ["a.b"], {"for": "i"}, "strong")])

    def likeliest(stated: dict[str, object]) -> bool:
        return bool(np.all(Evaluation(pack, LikeliestWorld()).answers(graph(pack, stated))["i"].holds))

    assert likeliest({"a.b": True})
    assert not likeliest({})
    assert not likeliest(_decimal({"a.b": {"value": True, "likelihood": 0.45}}))


# --- what decisions showed: priors once something is shown, conditions appraised as one


def fitted(pack: Law, priors: dict[str, float] | None = None, share: float | None = None) -> Law:
    """Return a pack with the priors of issues, and the share in which the issue `all` is appraised as one."""
    from decimal import Decimal

    from vismajor.law.fitted import Fitted

    def number(value: float) -> Decimal:
        return Decimal(repr(value))

    return pack.model_copy(update={"fitted": Fitted.model_validate({
        "command": "c", "made_on": "2020-01-01", "data": "0", "decisions": 1, "groups": 1, "penalty": 1,
        "held_out": {"accuracy": 1, "brier": 0, "log_loss": 0, "correct": 1}, "rules": {}, "seen": [],
        "issues": {name: {"prior": number(prior), "low": -9, "high": 9, "decisions": 1}
                   for name, prior in (priors or {}).items()},
        "together": {} if share is None else {"all": {"share": number(share), "low": 0, "high": 1}}})})


THREE = law({"a.b": fact()}, [issue("p", 0.0), issue("q", 0.7), issue("r", -0.4), issue("alone", 0.0),
                              issue("all", None, all=["p", "q", "r"])],
            [rule("s", ["a.b"], {"for": "p"}, "moderate")])


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_appraised_as_one_each_condition_stays_as_likely_and_all_of_them_become_likelier(share: float) -> None:
    apart, one = (Evaluation(pack, Worlds("test", COUNT)).answers(graph(pack, {"a.b": True}))
                  for pack in (THREE, fitted(THREE, share=share)))
    for name in ("p", "q", "r"):
        assert one[name].probability == pytest.approx(apart[name].probability, abs=TOLERANCE)
    chances = [expected(1.0), expected(0.7), expected(-0.4)]
    assert apart["all"].probability == pytest.approx(math.prod(chances), abs=TOLERANCE)
    assert one["all"].probability == pytest.approx(share * min(chances) + (1 - share) * math.prod(chances),
                                                   abs=TOLERANCE)
    assert one["all"].probability > apart["all"].probability + 0.02
    assert np.array_equal(one["alone"].holds, apart["alone"].holds)


def test_appraised_as_one_in_no_case_nothing_changes() -> None:
    apart, one = (Evaluation(pack, Worlds("test", 2_000)).answers(graph(pack, {"a.b": True}))
                  for pack in (THREE, fitted(THREE, share=0.0)))
    assert all(np.array_equal(one[name].holds, apart[name].holds) for name in THREE.issues)


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_the_likeliest_world_does_not_depend_on_what_is_appraised_as_one(share: float) -> None:
    for stated in ({}, {"a.b": True}, {"a.b": False}):
        apart, one = (Evaluation(pack, LikeliestWorld()).answers(graph(pack, stated))
                      for pack in (THREE, fitted(THREE, share=share)))
        assert {n: a.probability for n, a in apart.items()} == {n: a.probability for n, a in one.items()}


SHOWING = law({"a.b": fact(), "a.c": fact(), "a.u": fact(), "a.s": fact()}, [issue("i", -1.0)], [
    rule("for", ["a.b"], {"for": "i"}, "weak", unless=["a.u"]), rule("against", ["a.c"], {"against": "i"}, "strong"),
    rule("strongly", ["a.s"], {"for": "i"}, "strong")])
LIFTED = -1.0 + 1.8 * 0.5 / 2  # a weak argument (0.5) lifts the burden by a quarter of the way, a strong one (2) wholly


@pytest.mark.parametrize(("stated", "score"), [
    ({}, -1.0),  # nothing shown: the burden
    ({"a.c": True}, -1.0 - 2),  # what is shown against does not lift it
    ({"a.b": True}, LIFTED + 0.5),
    ({"a.b": True, "a.c": True}, LIFTED + 0.5 - 2),
    ({"a.s": True}, 0.8 + 2),
    ({"a.s": True, "a.b": True}, 0.8 + 2 + 0.5),  # the strongest lifts it, once
    ({"a.b": True, "a.u": True}, -1.0),  # what is undercut shows nothing
])
def test_the_prior_of_decisions_counts_once_something_is_shown_for_the_issue(
        stated: dict[str, object], score: float) -> None:
    assert answer(fitted(SHOWING, {"i": 0.8}), stated).score == pytest.approx(score)


def test_where_it_is_uncertain_whether_anything_is_shown_both_are_mixed() -> None:
    stated = _decimal({"a.b": {"value": True, "likelihood": 0.3}})
    assert probability(fitted(SHOWING, {"i": 0.8}), stated) == pytest.approx(
        0.3 * expected(LIFTED + 0.5) + 0.7 * expected(-1), abs=TOLERANCE)


@pytest.mark.parametrize("prior", [-3.0, -1.0, 0.8])
def test_to_show_something_never_harms_and_a_prior_below_the_burden_is_taken_throughout(prior: float) -> None:
    pack = fitted(SHOWING, {"i": prior})
    nothing, shown = (answer(pack, stated).score for stated in ({}, {"a.b": True}))
    assert nothing is not None
    assert shown is not None
    assert shown >= nothing + 0.5
    assert nothing == pytest.approx(min(-1.0, prior))
