"""How a loss was measured, in the types of an outgoing act: months, models, customers, interest, accounts read.

An interval is what an accountant can recompute of a measured loss; what a court may grant has no place here. Shares are
Decimal: percent where a field says so, else from 0 to 1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.drafting.acts.outgoing import ExhibitSaid, HeadPleaded


@dataclass(frozen=True)
class MonthMeasured:
    """One month of a loss (YYYY-MM), in euros: expected with the bounds of its 90 % interval, actual, missing."""

    month: str
    expected: Decimal
    low: Decimal
    high: Decimal
    actual: Decimal
    missing: Decimal


@dataclass(frozen=True)
class ModelMeasured:
    """A model: what it is, its weight (0 to 1), its mean error on the past in percent (None: not tried)."""

    title: str
    weight: Decimal
    error: Decimal | None


@dataclass(frozen=True)
class TrialMeasured:
    """Forecasts of the past: `windows` of `horizon` months, of which `inside` the interval; mean gap in percent."""

    windows: int
    horizon: int
    inside: int
    gap: Decimal


@dataclass(frozen=True)
class RateMeasured:
    """The rate of margin on variable costs, in percent, and the accounts that it is read from (None where stated).

    `stock`: the change of stock among the costs, in euros.
    """

    rate: Decimal
    first: str
    last: str
    revenue: Decimal | None
    costs: Decimal | None
    stock: Decimal


@dataclass(frozen=True)
class MarginMeasured:
    """A lost margin: the comparison, the rate, what is added and taken off, the interval, where the workbook has it.

    `ended` tells how the period was closed (a code). `statements` are sentences; `breaks` the months set aside.
    """

    first: str
    last: str
    used: int
    ended: str
    months: tuple[MonthMeasured, ...]
    expected: Decimal
    actual: Decimal
    missing: Decimal
    missing_low: Decimal
    missing_high: Decimal
    models: tuple[ModelMeasured, ...]
    trial: TrialMeasured | None
    widening: Decimal | None
    statements: tuple[str, ...]
    breaks: tuple[str, ...]
    rate: RateMeasured
    extra: Decimal
    saved: Decimal
    low: Decimal
    high: Decimal
    chart: str
    sheet: str
    rows: tuple[int, int]
    models_sheet: str


@dataclass(frozen=True)
class CustomersMeasured:
    """Customers lost: present, gone, expected to go, beyond; usual attrition a month in percent with its interval.

    `months`: over so many the loss is counted; `remaining` and `discounted`: those of them that a customer who left had
    left, as they are and at the day of the loss; `discount` a year, in percent.
    """

    present: int
    left: int
    first: str
    last: str
    expected: Decimal
    beyond: Decimal
    attrition: Decimal
    attrition_low: Decimal
    attrition_high: Decimal
    departures: int
    customer_months: Decimal
    margin: Decimal
    counted_from: str
    months: int
    remaining: Decimal
    discounted: Decimal
    discount: Decimal
    statements: tuple[str, ...]
    low: Decimal
    high: Decimal
    sheet: str


@dataclass(frozen=True)
class HeadMeasured:
    """A head of loss with its basis: a sentence, or the measure itself.

    `unsupported` where no exhibit is produced for it; `documented` in euros where vouchers show a part of it alone.
    `left_open`: a chance is asked for in the alternative, whose share is left to the court.
    """

    head: HeadPleaded
    basis: str
    margin: MarginMeasured | None
    customers: CustomersMeasured | None
    unsupported: bool
    documented: Decimal | None
    left_open: bool


@dataclass(frozen=True)
class ReceivedSaid:
    """What a claimant received: its kind (a code), date, sum, whether it comes off, exhibits.

    `taken`: what comes off, in euros: an insurer's payment no further than the heads that it was for.
    """

    kind: str
    date: dt.date
    amount: Decimal
    taken: Decimal
    exhibits: tuple[ExhibitSaid, ...]


@dataclass(frozen=True)
class FileSaid:
    """A file of accounts that was read: its name, its lines, the first 16 characters of its SHA-256."""

    name: str
    lines: int
    digest: str


@dataclass(frozen=True)
class AccountsSaid:
    """The accounts of a claimant: a ledger or a monthly table, the months that they cover, files, exhibits."""

    ledger: bool
    first: str
    last: str
    files: tuple[FileSaid, ...]
    exhibits: tuple[ExhibitSaid, ...]


@dataclass(frozen=True)
class InterestLineSaid:
    """One line of interest: days from `first` to the day before `until`, at `rate` percent a year, in euros."""

    first: dt.date
    until: dt.date
    days: int
    rate: Decimal
    principal: Decimal
    amount: Decimal
    assumed: bool


@dataclass(frozen=True)
class InterestCounted:
    """Interest at the legal rate up to a stated day, on damages and on what is given back, line by line.

    `daily`: what one more day brings at the last rate, in euros.
    """

    notice: dt.date
    until: dt.date
    capitalisation: bool
    damages: Decimal
    restitution: Decimal
    on_damages: tuple[InterestLineSaid, ...]
    on_restitution: tuple[InterestLineSaid, ...]
    amount: Decimal
    daily: Decimal

    @property
    def assumed(self) -> bool:
        """Whether a rate was used that is not published yet."""
        return any(line.assumed for line in (*self.on_damages, *self.on_restitution))


@dataclass(frozen=True)
class DutyMeasured:
    """A duty whose breach is complained of: the sums under heads that rest on it alone, and on others too."""

    title: str
    alone: Decimal
    shared: Decimal

    @property
    def whole(self) -> Decimal:
        """All heads that rest on it."""
        return self.alone + self.shared
