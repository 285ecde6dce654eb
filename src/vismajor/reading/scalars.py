"""Scalar types that case files and law packs share: dates, money, shares, bilingual texts, names."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """Base of everything that is read: frozen, no unknown key, no silent conversion."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, validate_by_name=True, validate_by_alias=True,
        defer_build=True,  # a command builds only the models that it reads
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values; what was worked out from the old ones is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


LARGEST_SUM = Decimal(10) ** 12
YEARS = range(1800, 2200)  # from before the Civil code to beyond any time limit; the rest are slips of the pen


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return _not_far_off(day)
    raise PydanticCustomError("not_a_date", "a date YYYY-MM-DD")


def _not_far_off(day: dt.date) -> dt.date:
    if day.year not in YEARS:
        raise PydanticCustomError("date_far_off", "a year of our times")
    return day


def _partial_date(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and (match := re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)):
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            first = dt.date(year, month, day)
        except ValueError:
            pass
        else:
            _not_far_off(first)
            return text
    raise PydanticCustomError("not_a_date", "a date YYYY-MM-DD, YYYY-MM or YYYY")


def _month(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])", value):
        return value
    raise PydanticCustomError("not_a_month", "a month YYYY-MM")


def _clock_time(value: Any) -> dt.time:
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and (match := re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", value)):
        return dt.time(int(match[1]), int(match[2]))
    raise PydanticCustomError("not_a_time", "a time HH:MM")


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise PydanticCustomError("not_a_number", "a number")
    return Decimal(value)


def _not_negative(value: Any) -> Decimal:
    number = _number(value)
    if number < 0:
        raise PydanticCustomError("negative_number", "a number, not negative")
    return number


def _money(value: Any) -> Decimal:
    amount = _number(value)
    exponent = amount.as_tuple().exponent
    if not 0 <= amount < LARGEST_SUM or not isinstance(exponent, int) or exponent < -2:
        raise PydanticCustomError("not_money", "an amount in euros, not negative, at most two decimals")
    return amount.quantize(Decimal("0.01"))


def _share(value: Any) -> float:
    number = _number(value)
    if not 0 <= number <= 1:
        raise PydanticCustomError("not_a_share", "a number between 0 and 1")
    return float(number)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("not_text", "a text")
    return " ".join(value.split())


def _paragraphs(value: Any) -> str:
    return "\n".join(" ".join(line.split()) for line in value.splitlines() if line.strip()) if _text(value) else ""


def as_date(value: object) -> dt.date | None:
    """Return the date that `value` writes as YYYY-MM-DD, or None where it is no date, or one far off."""
    try:
        return _date(value)
    except PydanticCustomError:
        return None


def latest_day(value: object) -> dt.date | None:
    """Return the last day that a date YYYY, YYYY-MM or YYYY-MM-DD may mean, or None where it is none of these."""
    try:
        return last_day(_partial_date(value))
    except PydanticCustomError:
        return None


def is_date(value: object) -> bool:
    """Tell whether `value` is a date written YYYY-MM-DD, far off or not."""
    return as_date(value) is not None or is_far_off(value)


def is_far_off(value: object) -> bool:
    """Tell whether `value` is a date of a year that no case can speak of."""
    try:
        _date(value)
    except PydanticCustomError as error:
        return error.type == "date_far_off"
    return False


def is_partial_date(value: object) -> bool:
    """Tell whether `value` is a date written YYYY-MM-DD, YYYY-MM or YYYY."""
    try:
        return bool(_partial_date(value))
    except PydanticCustomError:
        return False


def is_id(value: str) -> bool:
    """Tell whether `value` may be the id of something."""
    return len(value) <= 80 and re.match(ID_PATTERN, value) is not None


def first_day(partial: str) -> dt.date:
    """Return the first day that a date YYYY, YYYY-MM or YYYY-MM-DD may mean."""
    year, month, day = [*(int(part) for part in partial.split("-")), 1, 1][:3]
    return dt.date(year, month, day)


def last_day(partial: str) -> dt.date:
    """Return the last day that a date YYYY, YYYY-MM or YYYY-MM-DD may mean (the careful reading for `as_of`)."""
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


IsoDate = Annotated[dt.date, BeforeValidator(_date)]
PartialDate = Annotated[str, BeforeValidator(_partial_date)]
ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]
Month = Annotated[str, BeforeValidator(_month)]
Money = Annotated[Decimal, BeforeValidator(_money)]
Number = Annotated[Decimal, BeforeValidator(_number)]
NotNegative = Annotated[Decimal, BeforeValidator(_not_negative)]
Share = Annotated[float, BeforeValidator(_share)]
Text = Annotated[str, BeforeValidator(_text)]
Paragraphs = Annotated[str, BeforeValidator(_paragraphs)]  # a text that keeps its lines
Flag = Annotated[bool, Field(strict=True)]
ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Language = Literal["fr", "en"]
Status = Literal["admitted", "established", "disputed", "alleged"]
Reading = Literal["full", "part", "secondary", "not"]


class Bilingual(Strict):
    """The same text in French and in English."""

    fr: Text
    en: Text

    def in_language(self, language: str) -> str:
        """Return the text in `language` ("fr" or "en")."""
        return self.fr if language == "fr" else self.en


def _check_period(period: Period) -> Period:
    if period.from_ and period.to and period.to < period.from_:
        raise PydanticCustomError("dates_out_of_order", "an end that is not before the beginning")
    return period


class Period(Strict):
    """Dates between which something holds; either end may be open."""

    from_: IsoDate | None = Field(None, alias="from")
    to: IsoDate | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        return _check_period(self)

    def covers(self, day: dt.date) -> bool:
        """Tell whether `day` falls in the period, ends included."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Estimate(Strict):
    """A quantity stated as low, likely, high: drawn from the triangular distribution on these three."""

    low: Number
    likely: Number
    high: Number

    @model_validator(mode="after")
    def _in_order(self) -> Estimate:
        if not self.low <= self.likely <= self.high:
            raise PydanticCustomError("estimate_out_of_order", "low <= likely <= high")
        return self


def _check_share_estimate(estimate: Estimate) -> Estimate:
    if estimate.low < 0 or estimate.high > 1:
        raise PydanticCustomError("not_a_share", "numbers between 0 and 1")
    return estimate


ShareEstimate = Annotated[Estimate, AfterValidator(_check_share_estimate)]
