"""The facts as one claimant may plead them for one duty: who stated them, what is possible, what each world finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vismajor.case.facts import Fact, FactDeclaration
from vismajor.case.models import Case, Claimant
from vismajor.law.conditions import Condition
from vismajor.law.models import Law
from vismajor.reasoning.possibilities import Plain, Possible, as_number
from vismajor.reasoning.worlds import Draws, Truth, triangular

GOVERNING_DATE = "contract.governing_date"


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
        if self.declaration.type in ("bool", "choice"):
            return Possible(frozenset(self._plain_values()))
        if fact.estimate is not None:
            return Possible(low=float(fact.estimate.low), high=float(fact.estimate.high))
        if fact.between is not None:
            return Possible(low=float(fact.between[0]), high=float(fact.between[1]))
        values = [_number(v) for v in (fact.value, fact.otherwise if self.likelihood < 1 else None) if v is not None]
        return Possible(low=min(values), high=max(values))

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
        if condition.numeric:
            return self._compare(condition, draws)
        stated = np.asarray(Possible(frozenset(self._plain_values()[:1] if self.likelihood > 0 else ())
                                     ).allows(condition))
        if self.likelihood >= 1:
            return stated
        other = self._other()
        otherwise = np.asarray(other is not None and Possible(frozenset({other})).allows(condition))
        return np.where(draws.uniform(f"fact:{self.key}") < self.likelihood, stated, otherwise)

    def _compare(self, condition: Condition, draws: Draws) -> Truth:
        bound = as_number(condition.values[0])
        column = self._numbers(draws)
        compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[condition.operator]
        return np.asarray(compare(column, bound))

    def _numbers(self, draws: Draws) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        fact, name = self.fact, f"value:{self.key}"
        if fact.estimate is not None:
            return triangular(draws, name, *(float(part) for part in
                                             (fact.estimate.low, fact.estimate.likely, fact.estimate.high)))
        if fact.between is not None:
            low, high = (float(bound) for bound in fact.between)
            return low + (high - low) * draws.uniform(name)
        value = np.asarray(_number(fact.value))
        if self.likelihood >= 1:
            return value
        other = np.nan if fact.otherwise is None else _number(fact.otherwise)  # NaN compares false: unknown
        return np.where(draws.uniform(f"fact:{self.key}") < self.likelihood, value, other)


def _number(value: object) -> float:
    return as_number(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def catalog(law: Law) -> dict[str, FactDeclaration]:
    """Return what the pack lets a case state, by name."""
    return {
        name: FactDeclaration(name, d.type, d.scope, d.values, d.unit or "", d.per_duty)
        for name, d in law.vocabulary.facts.items()
    }


def findings_for(case: Case, law: Law, claimant: Claimant, duty: str, declared: Mapping[str, FactDeclaration]
                 ) -> dict[str, Finding]:
    """Return the facts known at the case's `as_of`, as they bear on one duty owed to one claimant, by name.

    A fact stated for the duty (`name@duty`) comes before the same fact stated for all.
    """
    terms = case.terms_of(claimant)
    found: dict[str, Finding] = {}
    for owner, facts in (("common", case.file.facts), (terms.id, terms.facts), (claimant.id, claimant.facts)):
        for stated, fact in sorted(case.known(facts).items(), key=lambda item: "@" in item[0]):
            name, _, only = stated.partition("@")
            if only in ("", duty):
                found[name] = Finding(name, f"{owner}:{stated}", fact, declared[name], likelihood_of(fact, law))
    if GOVERNING_DATE in declared and GOVERNING_DATE not in found:
        fact = Fact(value=claimant.contract.governing_date.isoformat())
        found[GOVERNING_DATE] = Finding(GOVERNING_DATE, f"{claimant.id}:{GOVERNING_DATE}", fact,
                                        declared[GOVERNING_DATE], 1.0)
    return found


def likelihood_of(fact: Fact, law: Law) -> float:
    """Return the chance that the court finds the fact as stated: counsel's own, or the default of its status."""
    return law.vocabulary.likelihood_by_status[fact.status] if fact.likelihood is None else fact.likelihood


def plain(value: object) -> str:
    """Return a value of a fact as the key under which the vocabulary says it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
