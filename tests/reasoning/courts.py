"""Decisions and packs for tests of what is fitted to decisions: small invented ones, and the shipped 72."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

from tests.conftest import ROOT
from tests.reasoning.small_law import TEXT, fact, issue, law, rule
from vismajor.case.decisions import Decision
from vismajor.decisions import load_decisions
from vismajor.law.models import Law, Source
from vismajor.law.reader import read_law
from vismajor.law.regimes import Regimes
from vismajor.reasoning.likelihood import Design, Parameters
from vismajor.reasoning.precedents import Precedent, precedents

DAY = dt.date(2020, 6, 1)
CONDITIONS = ("control", "unforeseeable")


@cache
def shipped() -> tuple[Decision, ...]:
    return load_decisions(ROOT / "cases" / "decisions", read_law("fr")).decisions


@cache
def shipped_precedents() -> tuple[Precedent, ...]:
    return tuple(precedents(read_law("fr"), shipped()))


def decision(name: str, outcome: str = "accepted", **extra: Any) -> Decision:
    return Decision.model_validate({"id": name, "outcome": outcome, "factors": {}, **extra})


def source(name: str, **extra: Any) -> Source:
    return Source.model_validate({"id": name, "kind": "decision", "cite": TEXT, "holds": TEXT, "read": "full", **extra})


def small_court(rules: Sequence[Any] | None = None, sources: Sequence[Source] = (), **regimes: Any) -> Law:
    """Return a pack of two conditions, a clause, the plea by law, and three regimes."""
    named = {"title": TEXT, "asks": list(CONDITIONS)}
    found = law(
        {"a.one": fact(), "a.two": fact(), "a.bad": fact(), "a.worse": fact(), "a.derived": fact(),
         "c.relied": fact(bears_on=["by_clause"]), "c.binds": fact()},
        [*(issue(name, -1.0) for name in CONDITIONS), issue("by_clause", -2.0),
         issue("plea", None, all=list(CONDITIONS))],
        list(rules) if rules is not None else [
            rule("one", ["a.one"], {"for": "control"}, "strong"),
            rule("two", ["a.two"], {"for": "unforeseeable"}, "strong"),
            rule("bad", ["a.bad"], {"against": "control"}, "strong"),
            rule("worse", ["a.worse"], {"against": "unforeseeable"}, "moderate"),
            rule("relied", ["c.relied", "c.binds"], {"for": "by_clause"}, "decisive"),
        ])
    return found.model_copy(update={
        "sources": {**found.sources, **{one.id: one for one in sources}},
        "regimes": Regimes.model_validate({
            "plea": "plea", "clause": "by_clause", "duty": "main", "usual": "usual",
            "with_clause": {"c.binds": True}, "in_court": dict.fromkeys(CONDITIONS, Decimal("0.5")),
            "regimes": {"usual": named, "old": {**named, "in_force": {"to": "2016-09-30"}},
                        "new": {**named, "in_force": {"from": "2016-10-01"}},
                        "clause": {**named, "given": {"c.relied": True}},
                        "half": {**named, "asks": ["control"], "apart": True}},
            **regimes})})


FACTORS = ("a.one", "a.two", "a.bad", "a.worse")


def drawn_decisions(count: int, seed: int = 1) -> tuple[Decision, ...]:
    """Return decisions of random facts, two of them to a dispute now and then; outcomes are yet to be drawn."""
    draw = random.Random(seed)
    return tuple(decision(f"d{number:03}", date=DAY.isoformat(), regime="usual",
                          **({"group": f"g{number // 2}"} if number % 5 == 0 or number % 5 == 1 else {}),
                          factors={name: True for name in FACTORS if draw.random() < 0.5} or {"a.one": True})
                 for number in range(count))


def ruled(pack: Law, decisions: Sequence[Decision], truth: Parameters, seed: int = 2) -> tuple[Decision, ...]:
    """Return the decisions as courts that weigh by `truth` would have ruled."""
    design = Design(pack, tuple(precedents(pack, decisions)))
    chances = design.odds(truth).accepted
    draws = np.random.default_rng(seed).random(len(chances))
    return tuple(one.decision.model_copy(update={"outcome": "accepted" if draw < chance else "rejected"})
                 for one, chance, draw in zip(design.precedents, chances, draws, strict=True))


def flipped(decisions: Sequence[Decision], group: str) -> tuple[Decision, ...]:
    """Return the decisions with the outcomes, and what was held, of one dispute turned round."""
    other = {"accepted": "rejected", "rejected": "accepted", "met": "not_met", "not_met": "met"}
    return tuple(
        one if one.group != group else one.model_copy(update={
            "outcome": other[one.outcome],
            "holdings": one.holdings.model_copy(update={
                name: other.get(held, held) for name, held in one.holdings.model_dump().items()})})
        for one in decisions)
