"""Fits the weights of a pack to real decisions, and measures it on decisions that the weights have not seen.

Penalised maximum likelihood around the lawyer's prior; disputes are kept together; the penalty is chosen inside each
fold by leaving one more group out (nested), so that what is measured has seen nothing of the decision it is measured
on. Method: Stone, "Cross-validatory choice and assessment of statistical predictions", JRSS B 36 (1974); intervals by
the bootstrap over groups (Davison & Hinkley 1997, ch. 2.4).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from vismajor.law.fitted import Edition, Fitted, FittedPrior, FittedShare, FittedWeight, Measure
from vismajor.reasoning.likelihood import SURPRISE, Design, Odds, Parameters, groups_of
from vismajor.reasoning.precedents import regimes_of
from vismajor.reasoning.scores import score
from vismajor.reasoning.worlds import Column, Truth, Worlds

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

PENALTIES = (0.5, 1.0, 3.0, 9.0)  # precision of the prior of a weight, per squared log-odds
PRIOR_PRECISION = 1.0  # of the priors of the issues, and of the share appraised as one
RESAMPLES = 200
INTERVAL = (5, 95)  # per cent
Progress = Callable[[str], None]


def _quiet(_: str) -> None:
    pass


@dataclass(frozen=True)
class Fit:
    """Parameters fitted to a design, the penalty chosen, and an interval of each (shape of `Parameters.flat()`)."""

    parameters: Parameters
    penalty: float
    low: Parameters
    high: Parameters


@dataclass(frozen=True)
class Calibration:
    """Fits of one design, on all of its decisions or without some."""

    design: Design

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The disputes, in order."""
        return tuple(sorted(set(groups_of(self.design.precedents))))

    @cached_property
    def _member(self) -> dict[str, Truth]:
        of = np.array(groups_of(self.design.precedents))
        return {group: of == group for group in self.groups}

    def fit(self, counts: Column, penalty: float, start: Parameters | None = None) -> Parameters:
        """Return the parameters fitted to the decisions, each counted `counts` times; weights are never negative.

        The loss has kinks and more than one hollow, so that where the search starts shows in what it finds: a fit that
        must not have seen a dispute starts from the prior, never from a fit that has.
        """
        from scipy.optimize import minimize  # noqa: PLC0415 — slow to import: only fitting waits for it

        prior = self.design.prior
        issues, rules = len(prior.priors), len(prior.weights)
        spread = np.concatenate([np.full(issues + 1, PRIOR_PRECISION), np.full(rules, penalty)])
        bounds = [(None, None)] * (issues + 1) + [(0.0, None)] * rules
        with _threads().limit(limits=1):  # vectors of a hundred numbers: threads would only wait for each other
            found = minimize(self.design.loss, (start or prior).flat(), args=(counts, spread, prior.flat()), jac=True,
                             method="L-BFGS-B", bounds=bounds, options={"maxiter": 200, "ftol": 1e-8})
        return Parameters.of(np.asarray(found.x, dtype=np.float64), issues)

    def held_out(self, progress: Progress = _quiet) -> Odds:
        """Return what is expected of each decision by weights, and a penalty, that saw nothing of its dispute."""
        return self.held_out_of(self.design, progress)

    def held_out_of(self, other: Design, progress: Progress = _quiet) -> Odds:
        """Return the same for decisions of the same disputes that are coded otherwise, or only some of them."""
        member = np.array(groups_of(other.precedents))
        found = []
        for group, parameters in self.folds(progress).items():
            odds = other.odds(self._carried(parameters, other))
            found.append([np.where(member == group, getattr(odds, name), 0.0)
                          for name in ("issues", "plea", "clause", "accepted")])
        return Odds(*(np.sum(parts, axis=0) for parts in zip(*found, strict=True)))

    def _carried(self, parameters: Parameters, other: Design) -> Parameters:
        """Return fitted parameters in the order of another design; a rule that it alone argues keeps its word."""
        fitted = dict(zip(self.design.rules, parameters.weights, strict=True))
        weights = [fitted.get(rule, word) for rule, word in zip(other.rules, other.prior.weights, strict=True)]
        return Parameters(parameters.priors, parameters.together, np.array(weights))

    def folds(self, progress: Progress = _quiet) -> dict[str, Parameters]:
        """Return, for each dispute, the fit that saw nothing of it.

        Its penalty is the one under which the others, left out one by one, are least surprising; a fit without two
        disputes serves for both.
        """
        best: dict[str, tuple[float, Parameters]] = {}
        for penalty in PENALTIES:
            folds = self._folds(penalty)
            surprise = dict.fromkeys(self.groups, 0.0)
            for at, one in enumerate(self.groups):
                for other in self.groups[at + 1:]:
                    fit = self.fit(self.counts(one, other), penalty)
                    surprise[one] += self._surprise(fit, other)
                    surprise[other] += self._surprise(fit, one)
                progress(one)
            for group in self.groups:
                if group not in best or surprise[group] < best[group][0]:
                    best[group] = surprise[group], folds[group]
        return {group: parameters for group, (_, parameters) in best.items()}

    def penalty(self) -> float:
        """Return the penalty under which disputes, left out one by one, are least surprising."""
        surprise = {penalty: sum(self._surprise(fold, group) for group, fold in self._folds(penalty).items())
                    for penalty in PENALTIES}
        return min(surprise, key=surprise.__getitem__)

    def _folds(self, penalty: float) -> dict[str, Parameters]:
        return {group: self.fit(self.counts(group), penalty) for group in self.groups}

    def _surprise(self, parameters: Parameters, group: str) -> float:
        """Return the negative log-likelihood of what was decided in a dispute."""
        found = agreement(self.design, self.design.odds(parameters))
        return -float(np.sum(np.log(found[self._member[group]])))

    def whole(self, progress: Progress = _quiet) -> Fit:
        """Return the fit to all decisions, with its intervals."""
        penalty = self.penalty()
        parameters = self.fit(self.counts(), penalty)
        draws = Worlds("bootstrap", RESAMPLES * len(self.groups)).uniform("groups").reshape(RESAMPLES, -1)
        found = []
        for row in np.ceil(draws * len(self.groups)).astype(int) - 1:
            counts = np.zeros(len(self.design.precedents))
            for group in row:
                counts += self._member[self.groups[group]]
            found.append(self.fit(counts, penalty, parameters).flat())
        progress("bootstrap")
        low, high = np.percentile(np.array(found), INTERVAL, axis=0)
        issues = len(parameters.priors)
        return Fit(parameters, penalty, Parameters.of(low, issues), Parameters.of(high, issues))

    def counts(self, *left_out: str) -> Column:
        """Return how often each decision counts: once, or not at all in a group left out."""
        counts = np.ones(len(self.design.precedents))
        for group in left_out:
            counts[self._member[group]] = 0.0
        return counts


@cache
def _threads() -> ThreadpoolController:
    """Return what holds the threads of linear algebra; to find the libraries takes as long as a tenth of a fit."""
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415

    return ThreadpoolController()


def agreement(design: Design, odds: Odds) -> Column:
    """Return, per decision, the probability that was given to what the court decided, never nought."""
    expected = np.clip(odds.accepted, SURPRISE, 1 - SURPRISE)
    return np.where(design.accepted, expected, 1 - expected)


FEWEST_FOR_EDITION = 30  # disputes; with fewer the words count alone
MOVED = 0.02  # log-odds: what moved less is left out of an earlier edition


def editions(design: Design, progress: Progress = _quiet) -> list[Edition]:
    """Return the weights as fitted to the decisions given before each year, from the first with enough of them."""
    days = [precedent.decision.day for precedent in design.precedents if precedent.decision.day]
    found = []
    for year in range(min(days).year, max(days).year + 1) if days else ():
        until = dt.date(year, 1, 1)
        known = tuple(p for p in design.precedents if p.decision.day and p.decision.day < until)
        if len(set(groups_of(known))) < FEWEST_FOR_EDITION:
            continue
        part = Calibration(Design(design.law, known))
        parameters = part.fit(part.counts(), part.penalty())
        words = part.design.prior.weights
        found.append(Edition(
            until=until, decisions=len(known), groups=len(part.groups),
            issues={issue: _rounded(prior) for issue, prior in zip(design.issues, parameters.priors, strict=True)},
            together={regimes_of(design.law).plea: _share(1 / (1 + math.exp(-parameters.together)))},
            rules={rule: _rounded(weight) for rule, weight, word in zip(part.design.rules, parameters.weights, words,
                                                                        strict=True) if abs(weight - word) >= MOVED}))
        progress(str(year))
    return found


def fitted_weights(calibration: Calibration, fit: Fit, held_out: Odds, earlier: Sequence[Edition], command: str,
                   made_on: dt.date, data: str) -> Fitted:
    """Return what `weights.yaml` holds, rounded to thousandths: the fit, its intervals, what is behind it."""
    design, regimes = calibration.design, regimes_of(calibration.design.law)
    scores = score(held_out.accepted, design.accepted)
    behind = design.behind()
    known = {issue: int(np.sum(design.asked[row])) for row, issue in enumerate(design.issues[:-1])}
    known[regimes.clause] = int(np.sum(design.knocked[0, -1] < 1))
    share = [_share(1 / (1 + math.exp(-logit))) for logit in (
        fit.parameters.together, fit.low.together, fit.high.together)]
    return Fitted(
        command=command, made_on=made_on, data=data, decisions=len(design.precedents), groups=len(calibration.groups),
        penalty=_rounded(fit.penalty),
        held_out=Measure(accuracy=_share(scores.accuracy), brier=_share(scores.brier),
                         log_loss=_rounded(scores.log_loss), correct=scores.correct),
        together={regimes.plea: FittedShare(share=share[0], low=share[1], high=share[2])},
        issues={issue: FittedPrior(prior=_rounded(prior), low=_rounded(low), high=_rounded(high),
                                   decisions=known[issue])
                for issue, prior, low, high in zip(design.issues, fit.parameters.priors, fit.low.priors,
                                                   fit.high.priors, strict=True)},
        rules={rule: FittedWeight(weight=_rounded(weight), low=_rounded(low), high=_rounded(high),
                                  decisions=behind[rule])
               for rule, weight, low, high in zip(design.rules, fit.parameters.weights, fit.low.weights,
                                                  fit.high.weights, strict=True)},
        seen=tuple(sorted(precedent.decision.id for precedent in design.precedents)),
        known_to=max((p.decision.day for p in design.precedents if p.decision.day), default=made_on),
        earlier=tuple(earlier))


def _rounded(value: float) -> Decimal:
    return Decimal(str(round(float(value), 3)))


def _share(value: float) -> Any:
    """Return a share as a file of the pack would write it: its model reads decimals."""
    return _rounded(value)
