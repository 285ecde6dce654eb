"""A second opinion on what revenue would have been: the airline model of statsmodels, where that is installed.

ARIMA (0,1,1)(0,1,1)12 on logarithms (Box & Jenkins 1970, series G), fitted by maximum likelihood: another method, by
other hands. It is told beside the counterfactual and enters no figure. statsmodels comes with the extra `stats`.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from vismajor.case.series import MonthlySeries, month_number
from vismajor.reasoning.worlds import Column

PATHS, SEED = 4_000, 19_700  # same input, same figures
LEAST = 24  # months: thirteen are lost to the differences
LOWER, UPPER = 0.05, 0.95


@dataclass(frozen=True)
class SecondOpinion:
    """Revenue expected over the whole period, in euros (median), and the bounds of a 90 % interval of that sum."""

    expected: float
    low: float
    high: float


def second_opinion(revenue: MonthlySeries, first: str, last: str, apart: Collection[str] = ()) -> SecondOpinion:
    """Return what the airline model expects of the months from `first` to `last` (YYYY-MM, both included) together.

    Months in `apart` (declared breaks, odd months) are taken as missing. Raises ModuleNotFoundError where statsmodels
    is not installed, ValueError with fewer than 24 months before `first` or one of zero or less.
    """
    try:
        from statsmodels.tsa.statespace.sarimax import SARIMAX  # noqa: PLC0415  (slow to import, and optional)
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "the second opinion needs statsmodels: pip install 'vismajor[stats]'", name="statsmodels") from None
    before = max(revenue.months_before(first), 0)
    known = zip(revenue.months[:before], revenue.amounts[:before], strict=True)
    history = np.array([np.nan if month in apart else float(amount) for month, amount in known])
    if history.size < LEAST or np.nanmin(history) <= 0:
        raise ValueError(f"the second opinion needs {LEAST} months of positive revenue before the loss")
    months = month_number(last) - month_number(first) + 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on short series it warns that its starting values were poor
        fitted = SARIMAX(np.log(history), order=(0, 1, 1), seasonal_order=(0, 1, 1, 12)).fit(disp=False)
        forecast = fitted.get_forecast(months)
    own, seasonal, _ = (float(value) for value in fitted.params)
    joint = _carried_on(months, own, seasonal)
    # Each month is as uncertain as the fitted model says, which counts that its starting values are estimated too.
    joint *= (np.asarray(forecast.se_mean) / np.sqrt((joint**2).sum(axis=1)))[:, None]
    shocks = np.random.default_rng(SEED).standard_normal((PATHS, months))
    sums = np.exp(np.asarray(forecast.predicted_mean) + shocks @ joint.T).sum(axis=1)
    low, middle, high = np.quantile(sums, [LOWER, 0.5, UPPER])
    return SecondOpinion(float(middle), float(low), float(high))


def _carried_on(months: int, own: float, seasonal: float) -> Column:
    """Return how the errors of months to come add up: (1 + own B)(1 + seasonal B^12) / ((1 - B)(1 - B^12)).

    Of shape (months, months): row by month, column by the month in which the error arises.
    """
    weights = np.zeros(months)
    for lag in range(months):
        moving = {0: 1.0, 1: own, 12: seasonal, 13: own * seasonal}.get(lag, 0.0)
        past = [weights[lag - back] if lag >= back else 0.0 for back in (1, 12, 13)]
        weights[lag] = moving + past[0] + past[1] - past[2]
    rows, columns = np.indices((months, months))
    return np.where(rows >= columns, weights[rows - columns], 0.0)
