"""How often the pack is right: each decision beside what was expected of it by weights that have not seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vismajor.case.decisions import Decision
from vismajor.law.models import Law
from vismajor.reasoning.baseline import plain_regression
from vismajor.reasoning.calibration import Calibration, Progress
from vismajor.reasoning.likelihood import Design, Odds
from vismajor.reasoning.precedents import Precedent, precedents, regimes_of
from vismajor.reasoning.scores import Bin, Coverage, Scores, calibration_curve, coverage, score
from vismajor.reasoning.worlds import Column, Truth

# Facts that stand close to the court's own conclusion: courts tell the facts that fit their ruling.
CONCLUSIVE = frozenset({"prevention.measure_available", "prevention.own_failing", "event.usual_risk",
                        "prevention.nothing_would_help"})
FEW_FACTS = 5  # beside the kind of event and its origin, which every decision tells
How = Literal["unseen", "held_out"]


class NothingToJudgeError(ValueError):
    """No decision is left to judge: the weights have seen all of them, and the others behind them are not at hand."""


@dataclass(frozen=True)
class Judged:
    """One decision beside what was expected: `probability` that the plea is accepted, by law or by clause.

    `conditions` holds the probability of each condition that its regime asks for. `how`: `unseen` by the weights of the
    pack, or `held_out`, by weights fitted without its dispute.
    """

    precedent: Precedent
    probability: float
    by_law: float
    by_clause: float
    conditions: Mapping[str, float]
    how: How

    @property
    def decision(self) -> Decision:
        """The decision."""
        return self.precedent.decision

    @property
    def accepted(self) -> bool:
        """What the court decided."""
        return self.decision.outcome == "accepted"

    @property
    def expected(self) -> bool:
        """The likelier answer."""
        return self.probability > 0.5

    @property
    def facts(self) -> int:
        """How many facts are coded, its kind and origin left aside."""
        return len(set(self.decision.factors) - {"event.kind", "event.origin"})


@dataclass(frozen=True)
class Validation:
    """Every decision judged, the scores of all, and by condition, kind of event, regime and number of facts.

    `bodies`: contract law and its clauses (`contract`), and bodies of law that ask something else (`apart`); `words`:
    the words of the pack alone, nothing fitted; `without_conclusive`: the same without the facts that stand close to
    the court's conclusion, everything refitted;
    `regression`: a plain regression on the same facts, on decisions it has not seen. `left_out` are decisions that the
    weights have seen and that cannot be held out, for want of the others.
    """

    judged: tuple[Judged, ...]
    scores: Scores
    curve: tuple[Bin, ...]
    coverage: tuple[Coverage, ...]
    conditions: Mapping[str, Scores]
    kinds: Mapping[str, Scores]
    regimes: Mapping[str, Scores]
    facts: Mapping[str, Scores]
    bodies: Mapping[str, Scores]
    words: Scores
    without_conclusive: Scores | None
    regression: Scores | None
    left_out: tuple[str, ...]

    @property
    def wrong(self) -> list[Judged]:
        """The decisions on which the likelier answer was not the court's, the most surprising first."""
        wrong = [one for one in self.judged if one.expected != one.accepted]
        return sorted(wrong, key=lambda one: (-abs(one.probability - one.accepted), one.decision.id))


def validate_pack(law: Law, decisions: Sequence[Decision], training: Sequence[Decision], progress: Progress
                  ) -> Validation:
    """Judge decisions: those of disputes that the weights have seen by weights refitted without them.

    `training` are the decisions that the weights were fitted to. Raises NothingToJudgeError.
    """
    judged, left_out = _judged(law, decisions, training, progress)
    if not judged:
        raise NothingToJudgeError
    expected = np.array([one.probability for one in judged])
    decided = np.array([one.accepted for one in judged])
    without = None
    if len(judged) > 1 and any(CONCLUSIVE & set(one.decision.factors) for one in judged):
        again, _ = _judged(law, decisions, training, progress, CONCLUSIVE)
        without = score(np.array([one.probability for one in again]), decided)
    told = [one.decision for one in judged]
    return Validation(
        tuple(judged), score(expected, decided), tuple(calibration_curve(expected, decided)),
        tuple(coverage(expected, decided)), _by_condition(law, judged),
        _by(judged, [str(one.decision.factors.get("event.kind", "other")) for one in judged]),
        _by(judged, [one.precedent.regime_id for one in judged]),
        _by(judged, ["few" if one.facts <= FEW_FACTS else "many" for one in judged]),
        _by(judged, ["apart" if one.precedent.regime.apart else "contract" for one in judged]),
        _words(law, judged),
        without, score(plain_regression(told), decided) if len({d.group for d in told}) > 1 else None, left_out)


def _judged(law: Law, decisions: Sequence[Decision], training: Sequence[Decision], progress: Progress,
            without: frozenset[str] = frozenset()) -> tuple[list[Judged], tuple[str, ...]]:
    seen_ids = set(law.fitted.seen) if law.fitted else set()
    seen_groups = {d.group for d in training if d.id in seen_ids}
    seen = [d for d in decisions if d.id in seen_ids or d.group in seen_groups]
    unseen = [d for d in decisions if d not in seen]
    found: list[Judged] = []
    left_out: tuple[str, ...] = ()
    if unseen:
        design = Design(law, tuple(precedents(law, unseen, without)))
        found += _read(design, design.odds(design.fitted), "unseen")
    if seen and seen_ids <= {d.id for d in training}:
        bare = law.model_copy(update={"fitted": None})
        calibration = Calibration(Design(bare, tuple(precedents(bare, training, without))))
        if {d.id: d for d in seen} == {d.id: d for d in training}:
            found += _read(calibration.design, calibration.held_out(progress), "held_out")
        else:  # coded otherwise than what was fitted, or only some of them
            design = Design(bare, tuple(precedents(bare, seen, without, training)))
            found += _read(design, calibration.held_out_of(design, progress), "held_out")
    elif seen:
        left_out = tuple(d.id for d in seen)
    return sorted(found, key=lambda one: one.decision.id), left_out


def _read(design: Design, odds: Odds, how: How) -> list[Judged]:
    return [
        Judged(precedent, float(odds.accepted[at]), float(odds.plea[at]), float(odds.clause[at]),
               {issue: float(odds.issues[row, at]) for row, issue in enumerate(design.issues[:-1])
                if issue in precedent.regime.asks}, how)
        for at, precedent in enumerate(design.precedents)]


def _words(law: Law, judged: Sequence[Judged]) -> Scores:
    """Score the words of the pack alone on the same decisions."""
    bare = law.model_copy(update={"fitted": None})
    design = Design(bare, tuple(precedents(bare, [one.decision for one in judged])))
    return score(design.odds(design.prior).accepted, design.accepted)


def _by(judged: Sequence[Judged], keys: Sequence[str]) -> dict[str, Scores]:
    """Score the decisions of each key, the most frequent first."""
    listed = sorted(set(keys), key=lambda key: (-keys.count(key), key))
    return {key: _scored([one for one, its in zip(judged, keys, strict=True) if its == key]) for key in listed}


def _scored(judged: Sequence[Judged]) -> Scores:
    return score(np.array([one.probability for one in judged]), np.array([one.accepted for one in judged]))


def _by_condition(law: Law, judged: Sequence[Judged]) -> dict[str, Scores]:
    """Score each condition on the decisions that say what the court held of it."""
    found: dict[str, Scores] = {}
    for issue in regimes_of(law).in_court:
        held: list[tuple[float, bool]] = [
            (one.conditions[issue], holding == "met") for one in judged if issue in one.conditions
            and (holding := getattr(one.decision.holdings, issue, "not_examined")) != "not_examined"]
        if held:
            expected: Column = np.array([probability for probability, _ in held])
            decided: Truth = np.array([met for _, met in held])
            found[issue] = score(expected, decided)
    return found
