"""Claimants who plead alike: what is shared, what is one's own, and which dates and amounts no rule tells apart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np

from tests.reasoning.small_law import fact, graph, issue, law, rule
from vismajor.reasoning.evaluation import Prepared
from vismajor.reasoning.pleadings import OwnDraws, is_own, pleadings_of, side, turning_points
from vismajor.reasoning.worlds import Worlds

FACTS = {"a.b": fact(), "c.d": fact(), "k.day": fact("date"), "k.told": fact("date"), "k.sum": fact("money")}
PACK = law(FACTS, [issue("i"), issue("j", None, all=["i"])], [
    rule("r", ["a.b"], {"for": "i"}, "weak"), rule("s", ["c.d"], {"for": "i"}, "strong"),
    rule("t", ["k.day < 2016-10-01"], {"for": "i"}, "weak"), rule("u", ["k.told >= k.day"], {"for": "i"}, "weak"),
    rule("v", ["k.sum > 5000.00"], {"for": "i"}, "weak"),
])
DISPUTED = {"value": True, "status": "disputed"}


def test_a_draw_is_ones_own_where_one_states_the_fact() -> None:
    assert all(is_own(name, "one") for name in ("fact:one:a.b", "value:one:a.b", "fact:one/x:a.b",
                                                "fact:one:contract:k.l", "fact:one/item:a.b"))
    assert not any(is_own(name, "one") for name in ("fact:common:a.b", "appraisal:one", "fact:one-2:a.b",
                                                    "question:one", "accepted:one:cost"))


def test_draws_of_a_model_bear_the_name_of_the_claimant() -> None:
    worlds = Worlds("t", 50)
    draws = OwnDraws(worlds, worlds, "model", "x-1")
    for asked, drawn in (("fact:model:a.b", "fact:x-1:a.b"), ("value:model/y:contract:k", "value:x-1/y:contract:k"),
                         ("fact:common:a.b", "fact:common:a.b"), ("accepted:x-1:cost", "accepted:x-1:cost")):
        assert np.array_equal(draws.uniform(asked), worlds.uniform(drawn))


def test_only_what_rests_on_facts_of_ones_own_is_evaluated_for_each() -> None:
    own = graph(PACK, {"a.b": DISPUTED, "c.d": DISPUTED})
    findings = {name: finding if name == "a.b" else type(finding)(
        finding.name, f"model:{name}", finding.fact, finding.declaration, finding.likelihood)
        for name, finding in own.findings.items()}
    own = type(own)(own.duty, findings, own.arguments, own.derivations, own.things)
    made = pleadings_of(PACK, [("model", {("model", "main"): own})], ["j"])
    (pleading,) = made.each
    worlds = Worlds("t", 400)
    common = made.common.columns(worlds)
    found = pleading.own.columns(OwnDraws(worlds, worlds, "model", "model"), common)
    node = pleading.nodes["model", "main", "j"]
    expected = Prepared(PACK, {"": own}).answers(worlds)[""]["j"].holds
    assert np.array_equal(found[node], expected)
    other = pleading.own.columns(OwnDraws(worlds, worlds, "model", "x-1"), common)
    assert not np.array_equal(other[node], expected)
    assert len(common) == 2  # what never holds, and the common fact: the weighing rests on one's own


def test_a_date_matters_by_the_rules_that_change_at_it() -> None:
    told = graph(PACK, {"k.told": dt.date(2019, 3, 4).isoformat()}).findings.values()
    points = turning_points(PACK, "k.day", told, [dt.date(2010, 1, 1)])
    assert points == [float(day.toordinal()) for day in (dt.date(2010, 1, 1), dt.date(2016, 10, 1),
                                                         dt.date(2019, 3, 4))]
    assert side(dt.date(2016, 9, 30), points) == side(dt.date(2012, 1, 1), points)
    assert len({side(dt.date(2016, 9, 30), points), side(dt.date(2016, 10, 1), points),
                side(dt.date(2016, 10, 2), points)}) == 3
    assert turning_points(PACK, "k.sum", ()) == [5000.0]
    assert side(Decimal("5000.01"), [5000.0]) == side(Decimal(9000), [5000.0]) != side(Decimal(5000), [5000.0])


def test_a_date_compared_with_one_that_is_not_certain_matters_day_by_day() -> None:
    told = graph(PACK, {"k.told": {"between": ["2019-01-01", "2019-12-31"]}}).findings.values()
    assert turning_points(PACK, "k.day", told) is None
    assert side(dt.date(2016, 9, 30), None) != side(dt.date(2016, 9, 29), None)
