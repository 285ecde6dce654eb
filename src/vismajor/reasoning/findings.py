"""The facts as one claimant may plead them for one duty: who stated them, what is possible, what each world finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from vismajor.case.facts import Fact, FactDeclaration, Facts
from vismajor.case.models import Case, Claim, Claimant
from vismajor.law.conditions import Condition, Operator, of_item
from vismajor.law.models import Law
from vismajor.reasoning.possibilities import Plain, Possible, as_number
from vismajor.reasoning.worlds import Column, Draws, Truth, triangular

# Facts that the case itself answers, where the pack declares them.
GOVERNING_DATE, EVENT_DATE, TODAY = "contract.governing_date", "event.date", "procedure.today"
CLAIMED = "claim.amount"  # what the claimant's heads of loss add up to, in euros
Given = Mapping[str, bool | str | Decimal | dt.date]


@dataclass(frozen=True)
class Finding:
    """One stated fact: `key` names its draw (who stated it, and for which duty), `likelihood` is settled."""

    name: str
    key: str
    fact: Fact
    declaration: FactDeclaration
    likelihood: float

    @cached_property
    def certain(self) -> bool:
        """Whether the court finds the same in every world."""
        return self.possible.low == self.possible.high and len(self.possible.values) <= 1 and self.likelihood >= 1

    @cached_property
    def possible(self) -> Possible:
        """What the court could find."""
        fact = self.fact
        if self.declaration.type in ("bool", "choice", "name"):
            return Possible(frozenset(self._plain_values()))
        if fact.estimate is not None:
            return Possible(low=as_number(fact.estimate.low), high=as_number(fact.estimate.high))
        if fact.between is not None:
            return Possible(low=as_number(fact.between[0]), high=as_number(fact.between[1]))
        values = [_number(v) for v in (fact.value, fact.otherwise if self.likelihood < 1 else None) if v is not None]
        return Possible(low=min(values), high=max(values))

    @cached_property
    def content(self) -> str:
        """What is stated, whoever stated it: equal for two findings of the same probability."""
        return f"{self.fact.model_dump_json(exclude={'exhibits', 'note'})}|{self.likelihood}"

    def _plain_values(self) -> list[Plain]:
        values: list[Plain] = []
        if self.likelihood > 0 and isinstance(self.fact.value, bool | str):
            values.append(self.fact.value)
        other = self._other()
        if self.likelihood < 1 and other is not None:
            values.append(other)
        return values

    def _other(self) -> Plain | None:
        if isinstance(self.fact.value, bool) and self.fact.otherwise is None:
            return not self.fact.value
        if len(self.declaration.values) == 2 and self.fact.otherwise is None:
            return next(value for value in self.declaration.values if value != self.fact.value)
        return self.fact.otherwise if isinstance(self.fact.otherwise, bool | str) else None

    def holds(self, condition: Condition, draws: Draws) -> Truth:
        """Return, per world, whether the condition holds; shape (count,) or () when it is the same everywhere."""
        sides = self.sides(condition)
        return self._compare(condition, draws) if sides is None else self.drawn(sides, draws)

    def sides(self, condition: Condition) -> tuple[bool, bool] | None:
        """Return whether a condition holds where the fact is as stated, and where otherwise; None for a number."""
        if condition.numeric:
            return None
        stated = Possible(frozenset(self._plain_values()[:1] if self.likelihood > 0 else ())).allows(condition)
        other = self._other()
        otherwise = other is not None and Possible(frozenset({other})).allows(condition)
        return stated, stated if self.likelihood >= 1 else otherwise

    def drawn(self, sides: tuple[bool, bool], draws: Draws) -> Truth:
        """Return, per world, the side that is found; shape (count,) or () when both are the same."""
        stated, otherwise = sides
        if stated == otherwise:
            return np.asarray(stated)
        as_stated = np.asarray(draws.uniform(f"fact:{self.key}") < self.likelihood)
        return as_stated if stated else ~as_stated

    def _compare(self, condition: Condition, draws: Draws) -> Truth:
        return np.asarray(_COMPARE[condition.operator](self.numbers(draws), as_number(condition.values[0])))

    def numbers(self, draws: Draws) -> Column:
        """Return a number or a date (in days) in each world, NaN where it is unknown; shape (count,) or ()."""
        fact, name = self.fact, f"value:{self.key}"
        if fact.estimate is not None:
            column = triangular(draws, name, *(as_number(part) for part in
                                               (fact.estimate.low, fact.estimate.likely, fact.estimate.high)))
            return np.rint(column) if self.declaration.type == "date" else column
        if fact.between is not None:
            low, high = (as_number(bound) for bound in fact.between)
            if self.declaration.type == "date":  # whole days, each as likely; a draw of exactly 1 is the last day
                return np.minimum(low + np.floor((high - low + 1) * draws.uniform(name)), high)
            return low + (high - low) * draws.uniform(name)
        value = np.asarray(_number(fact.value))
        if self.likelihood >= 1:
            return value
        other = np.nan if fact.otherwise is None else _number(fact.otherwise)  # NaN compares false: unknown
        return np.where(draws.uniform(f"fact:{self.key}") < self.likelihood, value, other)


_COMPARE = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


def compared(one: Finding, operator: Operator, other: Finding, draws: Draws) -> Truth:
    """Return, per world, whether two facts compare so; shape (count,) or ()."""
    if operator in _COMPARE:
        return np.asarray(_COMPARE[operator](one.numbers(draws), other.numbers(draws)))
    found: list[Truth] = []
    for value in sorted(one.possible.values, key=str):
        mine = one.holds(Condition(one.name, "=", (value,)), draws)
        found.append(mine & other.holds(Condition(other.name, operator, (value,)), draws))
    return np.asarray(np.any(np.broadcast_arrays(*found), axis=0)) if found else np.asarray(False)


def _number(value: object) -> float:
    return as_number(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def catalog(law: Law) -> dict[str, FactDeclaration]:
    """Return what the pack lets a case state, by name; its time limits say in which order dates can stand."""
    limits = law.time_limits.values()
    done = frozenset[str]().union(*(limit.done for limit in limits))
    begun = frozenset[str]().union(*(limit.begun for limit in limits))
    return {
        name: FactDeclaration(
            name, d.type, d.scope, d.values, d.unit or "", d.per_duty, d.computed, done=name in done,
            past=d.past or name in done or name in begun,
            not_before=tuple(first for limit in limits for first in limit.beginnings_of(name)))
        for name, d in law.vocabulary.facts.items()
    }


def findings_for(case: Case, law: Law, claim: Claim, duty: str, declared: Mapping[str, FactDeclaration],
                 given: Given | None = None) -> dict[str, Finding]:
    """Return the facts known at the case's `as_of`, as they bear on one duty owed under one contract, by name.

    A fact stated for the duty (`name@duty`) comes before the same fact stated for all, an item's own before the
    claimant's. `given` holds what the case answers of itself beyond its dates (see `given_facts`).
    """
    found: dict[str, Finding] = {}
    for owner, facts, item in _stated(case, claim):
        for stated, fact in sorted(case.known(facts).items(), key=lambda entry: "@" in entry[0]):
            name, _, only = stated.partition("@")
            if only not in ("", duty):
                continue
            ids = _items(law, claim.claimant, name) if item is None else (item,)
            for ground in [of_item(name, one) for one in ids]:
                found[ground] = Finding(ground, f"{owner}:{stated}", fact, declared[name], likelihood_of(fact, law))
    for name, value in {**given_facts(case, claim), **(given or {})}.items():
        if name in declared and name not in found:
            stated_value = value.isoformat() if isinstance(value, dt.date) else value
            found[name] = Finding(name, f"{claim.id}:{name}", Fact(value=stated_value), declared[name], 1.0)
    return found


def _stated(case: Case, claim: Claim) -> Iterator[tuple[str, Facts, str | None]]:
    """Yield (who states it, facts, the item where it is one's own), the more particular after the more general."""
    terms, claimant = case.terms_of(claim.contract), claim.claimant
    yield "common", case.file.facts, None
    yield terms.id, terms.facts, None
    yield f"{claim.id}:contract", claim.contract.facts, None
    yield claimant.id, claimant.facts, None
    for item in claimant.items:
        yield f"{claimant.id}/{item.id}", item.facts, item.id


def _items(law: Law, claimant: Claimant, fact: str) -> tuple[str, ...]:
    """Return the items that a fact stated at the claimant describes: all of its kind, or the unnamed one."""
    kind = law.vocabulary.kind_of(fact)
    return tuple(item.id for item in claimant.items if item.kind == kind) or ("",)


def given_facts(case: Case, claim: Claim) -> Given:
    """Return what a case answers of itself: the date that governs the contract, the incident's, that of knowledge."""
    return {GOVERNING_DATE: claim.contract.governing_date, EVENT_DATE: case.file.incident.date, TODAY: case.as_of}


def likelihood_of(fact: Fact, law: Law) -> float:
    """Return the chance that the court finds the fact as stated: counsel's own, or the default of its status."""
    return law.vocabulary.likelihood_by_status[fact.status] if fact.likelihood is None else fact.likelihood


def plain(value: object) -> str:
    """Return a value of a fact as the key under which the vocabulary says it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
