"""How likely the pack makes a court's ruling: the same weighing as over worlds, in closed form, with its gradient.

The facts of a decision are certain, so that a plea needs no draws: each condition holds with the logistic of its
log-odds; in a share of cases the court appraises all conditions as one (the strictest decides), else each by itself.
The plea is accepted by law where all its conditions hold, or by the clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from vismajor.law.models import Law
from vismajor.reasoning.precedents import Precedent, regimes_of
from vismajor.reasoning.worlds import Column, Truth

Indexes = NDArray[np.int64]
SURPRISE = 0.03  # no plea is held less, or more, likely than a surprise: one court in thirty-three
HOLDING_COUNTS = 0.5  # a holding on a condition repeats in part what the outcome says
_LEAST = 1e-9


@dataclass(frozen=True)
class Parameters:
    """What is fitted: `priors` by issue (log-odds), `together` (log-odds of a share), `weights` by rule (log-odds)."""

    priors: Column
    together: float
    weights: Column

    def flat(self) -> Column:
        """Return all of them in one column."""
        return np.concatenate([self.priors, [self.together], self.weights])

    @staticmethod
    def of(flat: Column, issues: int) -> Parameters:
        """Return the parameters that `flat` lists."""
        return Parameters(flat[:issues], float(flat[issues]), flat[issues + 1:])


@dataclass(frozen=True)
class Odds:
    """Probabilities: `issues` of shape (issues, decisions), the conditions first and the clause last; `plea` by law,
    by `clause`, and `accepted` by either, of shape (decisions,).
    """

    issues: Column
    plea: Column
    clause: Column
    accepted: Column


@dataclass(frozen=True)
class Design:
    """Precedents as arrays. A segment holds the arguments of one decision, issue, side and group: the heaviest counts.

    `entry_*`, sorted by segment: the rule, the share of worlds in which it counts. `cell` of a segment: issue times
    decisions plus decision. `holds`: 1 met, 0 not met, -1 not examined.
    """

    law: Law
    precedents: tuple[Precedent, ...]
    issues: tuple[str, ...] = field(init=False)
    rules: tuple[str, ...] = field(init=False)
    entry_rule: Indexes = field(init=False)
    entry_share: Column = field(init=False)
    entry_segment: Indexes = field(init=False)
    starts: Indexes = field(init=False)
    cell: Indexes = field(init=False)
    sign: Column = field(init=False)
    knocked: Column = field(init=False)
    asked: Truth = field(init=False)
    holds: Indexes = field(init=False)
    accepted: Truth = field(init=False)

    def __post_init__(self) -> None:
        issues = (*regimes_of(self.law).in_court, regimes_of(self.law).clause)
        count = len(self.precedents)
        segments: dict[tuple[int, bool, str], list[tuple[str, float]]] = {}
        knocked = np.zeros((2, len(issues), count))
        for column, precedent in enumerate(self.precedents):
            for row, issue in enumerate(issues):
                for heard in precedent.heard[issue]:
                    rule, side = heard.argument.rule, heard.argument.argues_for
                    if heard.argument.knocks_out:
                        knocked[int(side), row, column] = max(knocked[int(side), row, column], heard.applies)
                        continue
                    key = (row * count + column, side, rule.group or f"rule {rule.id}")
                    segments.setdefault(key, []).append((rule.id, heard.applies))
        pleaded = np.array([any(heard.argument.argues_for for heard in p.heard[issues[-1]]) for p in self.precedents])
        knocked[0, -1, ~pleaded] = 1.0  # no clause where nothing speaks for one
        rules = tuple(sorted({rule for members in segments.values() for rule, _ in members}))
        number = {rule: at for at, rule in enumerate(rules)}
        listed = sorted(segments.items())
        lengths = [len(members) for _, members in listed]
        entries = [(number[rule], share) for _, members in listed for rule, share in members]
        found: dict[str, object] = {
            "issues": issues, "rules": rules,
            "entry_rule": np.array([rule for rule, _ in entries], dtype=np.int64),
            "entry_share": np.array([share for _, share in entries], dtype=np.float64),
            "entry_segment": np.repeat(np.arange(len(listed)), lengths).astype(np.int64),
            "starts": np.cumsum([0, *lengths[:-1]], dtype=np.int64) if lengths else np.zeros(0, dtype=np.int64),
            "cell": np.array([cell for (cell, _, _), _ in listed], dtype=np.int64),
            "sign": np.array([1.0 if side else -1.0 for (_, side, _), _ in listed]),
            # Two knock-outs in opposite senses leave the issue to its weight.
            "knocked": np.stack([knocked[0] * (1 - knocked[1]), knocked[1] * (1 - knocked[0])]),
            "asked": np.array([[issue in p.regime.asks for p in self.precedents] for issue in issues[:-1]]),
            "holds": np.array([[_holding(p, issue) for p in self.precedents] for issue in issues[:-1]], dtype=np.int64),
            "accepted": np.array([p.decision.outcome == "accepted" for p in self.precedents]),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    @property
    def prior(self) -> Parameters:
        """What a lawyer holds before looking at decisions: the words of the pack; one court in two appraises as one."""
        regimes = regimes_of(self.law)
        clause = self.law.issues[regimes.clause].weigh
        priors = [*map(float, regimes.in_court.values()), float(clause.prior) if clause else 0.0]
        return Parameters(np.array(priors), 0.0, np.array([
            float(self.law.weights[rule.weight]) for rule in map(self.law.rules.__getitem__, self.rules)
            if rule.weight is not None]))

    @property
    def fitted(self) -> Parameters:
        """What the pack counts with: fitted to decisions where it was, else the lawyer's prior."""
        prior, found = self.prior, self.law.fitted
        if found is None:
            return prior
        priors = [float(found.issues[issue].prior) if issue in found.issues else float(value)
                  for issue, value in zip(self.issues, prior.priors, strict=True)]
        shared = found.together.get(regimes_of(self.law).plea)
        share = min(max(float(shared.share) if shared else 0.0, _LEAST), 1 - _LEAST)
        return Parameters(np.array(priors), float(np.log(share / (1 - share))),
                          np.array([self.law.size(self.law.rules[rule]) for rule in self.rules]))

    def behind(self) -> Mapping[str, int]:
        """Return, for each rule, the number of decisions in which it was argued."""
        count = len(self.precedents)
        pairs = {(rule, self.cell[segment] % count)
                 for rule, segment in zip(self.entry_rule, self.entry_segment, strict=True)}
        numbers = np.bincount(np.array([rule for rule, _ in pairs], dtype=np.int64), minlength=len(self.rules))
        return dict(zip(self.rules, map(int, numbers), strict=True))

    def odds(self, parameters: Parameters) -> Odds:
        """Return what the pack makes of each decision."""
        return self._forward(parameters)[0]

    def _forward(self, parameters: Parameters) -> tuple[Odds, Column, Column, Truth]:
        size = parameters.weights[self.entry_rule] * self.entry_share
        heaviest = np.maximum.reduceat(size, self.starts) if size.size else np.zeros(0)
        shape = (len(self.issues), len(self.precedents))
        score = np.bincount(self.cell, weights=self.sign * heaviest, minlength=shape[0] * shape[1]).reshape(shape)
        weighed = 1.0 / (1.0 + np.exp(-_within(score + parameters.priors[:, None], -30, 30)))
        out, in_ = self.knocked
        found = weighed * (1 - out - in_) + in_
        conditions = np.where(self.asked, found[:-1], 1.0)
        share = 1.0 / (1.0 + np.exp(-parameters.together))
        plea = share * conditions.min(axis=0) + (1 - share) * conditions.prod(axis=0)
        return (Odds(found, plea, found[-1], 1 - (1 - plea) * (1 - found[-1])), weighed, conditions,
                size >= heaviest[self.entry_segment] if size.size else np.zeros(0, dtype=np.bool_))

    def loss(self, flat: Column, counts: Column, spread: Column, around: Column) -> tuple[float, Column]:
        """Return the penalised negative log-likelihood and its gradient.

        `counts`: how often each decision counts; `spread`: the precision of the prior of each parameter, `around`: its
        mean.
        """
        parameters = Parameters.of(flat, len(self.issues))
        odds, weighed, conditions, winning = self._forward(parameters)
        ruled = _within(odds.accepted, SURPRISE, 1 - SURPRISE)
        inside = odds.accepted == ruled
        loss = -float((counts * np.log(np.where(self.accepted, ruled, 1 - ruled))).sum())
        by_outcome = counts * np.where(self.accepted, -1 / ruled, 1 / (1 - ruled)) * inside
        by_plea, by_clause = by_outcome * (1 - odds.clause), by_outcome * (1 - odds.plea)
        share = 1.0 / (1.0 + np.exp(-parameters.together))
        product, strictest = conditions.prod(axis=0), conditions.argmin(axis=0)
        by_condition = by_plea * (1 - share) * product / np.maximum(conditions, _LEAST)
        by_condition[strictest, np.arange(conditions.shape[1])] += by_plea * share
        by_condition *= self.asked
        by_together = float((by_plea * (conditions.min(axis=0) - product)).sum()) * share * (1 - share)
        held = _within(odds.issues[:-1], SURPRISE, 1 - SURPRISE)
        weight = HOLDING_COUNTS * counts * (self.holds >= 0)
        loss -= float((weight * np.log(np.where(self.holds == 1, held, 1 - held))).sum())
        by_condition += weight * (held == odds.issues[:-1]) * np.where(self.holds == 1, -1 / held, 1 / (1 - held))
        by_score = np.vstack([by_condition, by_clause]) * weighed * (1 - weighed) * (1 - self.knocked.sum(axis=0))
        by_entry = by_score.ravel()[self.cell][self.entry_segment] * self.sign[self.entry_segment] * self.entry_share
        by_rule = np.bincount(self.entry_rule, weights=by_entry * winning, minlength=len(self.rules))
        away = flat - around
        gradient = np.concatenate([by_score.sum(axis=1), [by_together], by_rule]) + spread * away
        return loss + 0.5 * float((spread * away * away).sum()), gradient


def _within(values: Column, low: float, high: float) -> Column:
    """Return values kept between two bounds: `np.clip`, which a fit would call so often that its checks tell."""
    return np.minimum(np.maximum(values, low), high)


def _holding(precedent: Precedent, issue: str) -> int:
    held = getattr(precedent.decision.holdings, issue, "not_examined")
    return {"met": 1, "not_met": 0}.get(cast(str, held), -1)


def groups_of(found: Sequence[Precedent]) -> list[str]:
    """Return the dispute of each decision."""
    return [precedent.decision.group for precedent in found]
