"""A law pack of any size, built in memory: ten rules an issue, two facts a rule, a chain of composite issues on top."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

from vismajor.case.facts import Fact
from vismajor.law.checks import evaluation_order
from vismajor.law.models import Declaration, Duty, Issue, Law, Rule, Source, Vocabulary
from vismajor.reasoning.findings import Finding, catalog
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder

TEXT = {"fr": "texte", "en": "text"}
DAY = dt.date(2022, 1, 1)
WEIGHTS = {"weak": Decimal("0.5"), "moderate": 1, "strong": 2, "decisive": 4, "knock_out": 0}
RULES_AN_ISSUE = 10


def pack_of(rules: int) -> Law:
    """Return a pack of so many rules; one rule in five is undercut by a fact, one in ten rests on an issue."""
    draw = random.Random(rules)
    facts = [f"f.a{number}" for number in range(max(rules // 2, 4))]
    weighed = [f"issue{number}" for number in range(max(rules // RULES_AN_ISSUE, 2))]
    issues = {name: _issue(name, weigh={"prior": Decimal(-1)}) for name in weighed}
    for number, (one, other) in enumerate(zip(weighed[::2], weighed[1::2], strict=False)):
        issues[f"both{number}"] = _issue(f"both{number}", all=[one, other])
    made = {f"r{number}": _rule(f"r{number}", facts, weighed[number % len(weighed)], number, draw)
            for number in range(rules)}
    law = Law(
        id="synthetic", title=TEXT, version="1", folder=Path("synthetic"),
        vocabulary=Vocabulary(
            duties={"main": Duty(title=TEXT, short=TEXT)},
            likelihood_by_status=dict.fromkeys(("admitted", "established", "disputed", "alleged"), Decimal("0.6")),
            facts={name: Declaration.model_validate({"asks": TEXT, "states": {"true": TEXT, "false": TEXT}})
                   for name in facts},
        ),
        sources={"source": Source(id="source", kind="statute", cite=TEXT, holds=TEXT, read="full")},
        issues=issues, rules=made, heads={}, weights=WEIGHTS, not_encoded=(), hashes={}, order=(),
    )
    order, cycle = evaluation_order(law)
    assert not cycle
    return law.model_copy(update={"order": tuple(order)})


def _issue(name: str, **decided: object) -> Issue:
    findings = dict.fromkeys(("established", "not_established", "doubtful"), TEXT)
    return Issue.model_validate({"id": name, "title": TEXT, "question": TEXT, "burden": "claimants",
                                 "findings": findings, **decided})


def _rule(name: str, facts: list[str], issue: str, number: int, draw: random.Random) -> Rule:
    conditions = draw.sample(facts, 2)
    if number % 10 == 9 and issue != "issue0":
        conditions.append("issue0")
    unless = [draw.choice(facts)] if number % 5 == 4 else []
    return Rule.model_validate({
        "id": name, "if": conditions, "unless": unless, "then": {draw.choice(["for", "against"]): issue},
        "weight": draw.choice(["weak", "moderate", "strong", "decisive"]), "because": TEXT, "sources": ["source"]})


def graph_of(law: Law) -> Graph:
    """Return the graph of a case in which every fact is disputed, so that every rule may be heard."""
    declared, fact = catalog(law), Fact.model_validate({"value": True, "likelihood": Decimal("0.6")})
    findings = {name: Finding(name, f"common:{name}", fact, declared[name], 0.6) for name in declared}
    grounder = Grounder(law)
    try:
        return build_graph(law, grounder, findings, "main", DAY, DAY)
    finally:
        grounder.close()
