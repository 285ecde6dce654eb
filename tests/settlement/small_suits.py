"""Small suits in which all that decides is in sight: a claimant wins where the court finds what it must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.reasoning.small_law import TEXT, case, cost, fact, issue, law, rule
from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.valuation import Valuation, value_case

COUNT = 20_000
NEVER = -30.0  # log-odds of what holds in no world unless something knocks it in


def pack(*decisive: str, also: Mapping[str, Any] | None = None, rules: Sequence[Any] = ()) -> Law:
    """Return a pack in which each fact `decisive` makes the respondent liable, and nothing else does."""
    named = {name: fact(scope="claimant" if name.startswith("own.") else "common") for name in decisive}
    return law({**named, "site.idle": fact(), **(also or {})},
               [issue("liability", NEVER, per_duty=True), issue("liability_cap", NEVER),
                issue("heads_excluded", NEVER), issue("exoneration", NEVER, per_duty=True)],
               [*(rule(f"rule-{name}", [name], {"for": "liability"}, "knock_out") for name in decisive), *rules])


def disputed(likelihood: float, value: bool = True) -> dict[str, Any]:
    return {"value": value, "status": "disputed", "likelihood": Decimal(repr(likelihood))}


def offered(amount: int, by: str = "respondent", to: Any = "all") -> dict[str, Any]:
    return {"id": f"{by}-{amount}", "date": "2021-06-01", "by": by, "to": to, "amount": amount, "form": TEXT}


def claimant(name: str, amount: int, **facts: Any) -> dict[str, Any]:
    stated = {key.replace("_", "."): value for key, value in facts.items()}
    return {"id": name, "heads": [cost(amount)], "facts": stated}


def valued(of: Law, stated: Case, count: int = COUNT) -> Valuation:
    return value_case(assess_case(stated, of, Worlds("test", count)))


__all__ = ["COUNT", "case", "claimant", "disputed", "fact", "offered", "pack", "rule", "valued"]
