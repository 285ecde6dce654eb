"""A Gaussian process of monthly revenue: one covariance, one factor, the forecast from every past month.

Revenue (in logarithms) is a sum of independent Gaussian parts: level, trend, season, errors. Where the months of the
history stand before those of the loss, the Cholesky factor of the covariance of them all holds the factor for every
earlier end of the history as its leading block: the forecast that would have been made from any past month costs one
product (Golub & Van Loan, Matrix Computations, 4.2; Rasmussen & Williams, Gaussian Processes for Machine Learning,
2006, ch. 2). How the errors behave (how much carries over, how wide the season is) is not known on 24 or 36
months: a grid of possibilities is weighed by how well each foretold the months (marginal likelihood), and the size of
the errors is integrated out, which makes the forecasts of Student’s distribution (conjugate prior; Gelman et al.,
Bayesian Data Analysis, 3rd ed., 14.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vismajor.reasoning.worlds import Column

Table = NDArray[np.float64]
Months = NDArray[np.int_]

PRIOR_MONTHS = 1.0  # the prior of the size of errors weighs as much as one month
PRIOR_ERROR = 0.015  # its size: 1.5 % a month


@dataclass(frozen=True)
class Outlook:
    """What one past month let expect of some later ones, for each possibility of the grid.

    `weights` of shape (grid,), `means` (grid, months), `factors` (grid, months, months) with the covariance
    factors @ factors.T in units of `squares` / `freedom` (shape (grid,)).
    """

    weights: Column
    means: Table
    factors: Table
    squares: Column
    freedom: float

    @property
    def mean(self) -> Column:
        """The mean forecast of each month, of shape (months,)."""
        return np.asarray(self.weights @ self.means)

    def variances(self, shares: Table) -> Column:
        """Return the variance of a weighted sum of the months for each possibility; `shares` of shape (grid, months).

        Above two degrees of freedom a Student variable has a variance; fewer months never come here.
        """
        spread = np.einsum("gij,gi->gj", self.factors, shares)
        return np.asarray((spread**2).sum(axis=1) * self.squares / max(self.freedom - 2.0, 1.0))

    def draw(self, generator: np.random.Generator, count: int) -> Table:
        """Return joint paths of the months, of shape (count, months)."""
        paths = np.empty((count, self.means.shape[1]))
        done = 0  # paths come possibility by possibility: take them all, or none
        for which, number in enumerate(generator.multinomial(count, self.weights)):
            if number:
                size = np.sqrt(self.squares[which] / generator.chisquare(self.freedom, number))
                shocks = generator.standard_normal((number, self.means.shape[1])) @ self.factors[which].T
                paths[done:done + number] = self.means[which] + shocks * size[:, None]
                done += number
        return paths


@dataclass(frozen=True)
class Process:
    """The process fitted on `values`: innovations, factor, and their running sums by month of history.

    `factor` of shape (grid, months, months) covers history and loss; `white` (grid, history) are its innovations.
    """

    factor: Table
    white: Table
    prior: Column
    base: float

    @property
    def history(self) -> int:
        """Number of months of history."""
        return int(self.white.shape[1])

    def weights(self, known: int) -> Column:
        """Return how likely each possibility is after `known` months, of shape (grid,)."""
        return np.asarray(self.weighed(known)[0])

    def _scored(self, known: int) -> tuple[Column, Column, float]:
        squares = PRIOR_MONTHS * PRIOR_ERROR**2 + (self.white[:, :known] ** 2).sum(axis=1)
        freedom = PRIOR_MONTHS + known - 1  # one month goes into the level, which is free
        diagonal = np.log(np.diagonal(self.factor, axis1=1, axis2=2)[:, :known]).sum(axis=1)
        return np.log(self.prior) - diagonal - 0.5 * freedom * np.log(squares), squares, freedom

    def weighed(self, known: int) -> tuple[Column, Column, float]:
        """Return weight, sum of squares (both of shape (grid,)) and degrees of freedom after `known` months."""
        score, squares, freedom = self._scored(known)
        weights = np.exp(score - score.max())
        return weights / weights.sum(), squares, freedom

    def evidence(self, known: int) -> float:
        """Return the logarithm of how likely the first `known` months were, each foretold from those before it.

        Up to a constant that is the same for every process on as many months (Dawid, JRSS A 1984: prequential).
        """
        score, _, _ = self._scored(known)
        return float(score.max() + np.log(np.exp(score - score.max()).sum()))

    def outlook(self, known: int, rows: slice) -> Outlook:
        """Return what the first `known` months let expect of the months `rows`, which begin there or later."""
        weights, squares, freedom = self.weighed(known)
        means = self.base + np.einsum("gij,gj->gi", self.factor[:, rows, :known], self.white[:, :known])
        ahead = self.factor[:, rows, known:rows.stop]
        return Outlook(weights, means, np.asarray(ahead), squares, freedom)


def fit_process(values: Column, covariance: Table, prior: Column) -> Process:
    """Fit the process on `values` (history), given the covariance of history and loss, of shape (grid, all, all).

    The covariance is in units of the size of errors, squared; `prior` of shape (grid,) weighs the possibilities.
    """
    base = float(values.mean())
    factor: Table = np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)
    known = values.size
    deviations = np.broadcast_to((values - base)[:, None], (len(prior), known, 1))
    white = np.asarray(np.linalg.solve(factor[:, :known, :known], deviations), dtype=np.float64)
    return Process(factor, white[:, :, 0], prior, base)
