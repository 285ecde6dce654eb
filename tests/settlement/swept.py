"""A small case whose facts bear on every answer that an award depends on, and the same case with facts certain."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.case.models import Case
from vismajor.damages.award import compute_awards
from vismajor.damages.heads import compute_losses
from vismajor.law.heads import HeadKind
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.worlds import Column, Worlds

COMMON = ("liability_cap", "heads_excluded", "foreseeable_loss")
BY_DUTY = ("liability", "restitution", "admissibility", "own_fault", "exoneration")
FACTS = tuple(f"a.f{number}" for number in range(8))
TRADE = {"id": "trade", "kind": "destroyed_asset", "duties": ["main"], "amount": 900}
FEES = {"id": "fees", "kind": "restitution", "duties": ["other"], "amount": 70}
HALF = {"low": Decimal("0.2"), "likely": Decimal("0.5"), "high": Decimal("0.8")}


def court(draw: random.Random) -> Law:
    """Return a pack whose rules let random facts bear on every answer that an award depends on."""
    facts = {name: fact(scope=("common", "claimant")[number % 2]) for number, name in enumerate(FACTS)}
    facts["client.own_fault_share"] = fact("number", scope="claimant")
    issues = [issue(name, draw.choice([-1.0, 0.0, 1.0]), per_duty=name in BY_DUTY) for name in (*BY_DUTY, *COMMON)]
    rules = []
    for number in range(16):
        conditions = [f"{draw.choice(['', 'not '])}{name}" for name in draw.sample(FACTS, draw.randint(1, 2))]
        only = {"duties": ["main"]} if draw.random() < 0.3 else {}
        rules.append(rule(f"r{number}", conditions, {draw.choice(["for", "against"]): draw.choice(issues).id},
                          draw.choice(["moderate", "strong", "knock_out"]), **only))
    pack = law(facts, issues, rules)
    business = HeadKind(title={"fr": "x", "en": "x"}, consequential=True, sources=("source",),
                        accepted={"low": 1, "likely": 1, "high": 1})
    back = business.model_copy(update={"consequential": False})
    return pack.model_copy(update={"heads": {**pack.heads, "destroyed_asset": business, "restitution": back}})


Facts = dict[str, object]


@dataclass(frozen=True)
class Dispute:
    """Two claimants with the facts common to them and each one's own: certain, contested, unknown."""

    common: Facts
    own: Mapping[str, Facts]
    heads: Mapping[str, list[dict[str, object]]]

    @classmethod
    def drawn(cls, draw: random.Random) -> Dispute:
        heads = {name: [{**cost(draw.randint(1, 3_000)), "accepted": HALF},
                        cost(draw.randint(1, 3_000), "other", "second"), TRADE, FEES] for name in ("one", "two")}
        return cls(_facts(draw, FACTS[::2]), {name: _facts(draw, FACTS[1::2]) for name in heads}, heads)

    def case(self, values: Mapping[str, Plain] | None = None) -> Case:
        """Return the case, in which these facts are admitted wherever they are not already."""
        given = values or {}
        people = [{"id": name, "heads": heads, "facts": {
            "client.own_fault_share": Decimal("0.3"), **_settled(self.own[name], given, FACTS[1::2])}}
            for name, heads in self.heads.items()]
        return case(people, _settled(self.common, given, FACTS[::2]))


def _facts(draw: random.Random, names: Sequence[str]) -> Facts:
    found: Facts = {}
    for name in names:
        kind, value = draw.randrange(4), draw.choice([True, False])
        if kind == 0:
            found[name] = value
        elif kind < 3:
            found[name] = {"value": value, "status": "disputed", "likelihood": Decimal(draw.choice(["0.3", "0.6"]))}
    return found


def _settled(facts: Facts, values: Mapping[str, Plain], names: Sequence[str]) -> Facts:
    return {**facts, **{name: values[name] for name in names
                        if name in values and not isinstance(facts.get(name), bool)}}


def totals(assessment: Assessment) -> dict[str, Column]:
    """Return what judgment brings to each claimant, in euros per world, computed as usual."""
    losses = compute_losses(assessment.case, assessment.law, assessment.worlds)
    return {name: award.total for name, award in compute_awards(assessment, losses).items()}


def assessed(pack: Law, stated: Case, worlds: int) -> Assessment:
    return assess_case(stated, pack, Worlds("sweep", worlds))
