"""Days, months and amounts inside messages, as the reader's language writes them: `{first:day}`, `{difference:euros}`.

A problem keeps its values plain (2021-03-31, -1500.00), as programs want them; only what is told is written out.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from decimal import Decimal
from typing import Any

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_MONTH = re.compile(r"\b[0-9]{4}-[0-9]{2}\b")
_SUM = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Figures(string.Formatter):
    """Fills in a message: `day`, `month` (one or several in a text), `euros` and `number` are written out."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value; a text that holds no such figure stays as it is."""
        text = str(value)
        if format_spec == "day":
            return _DAY.sub(lambda match: self._day(match.group()), text)
        if format_spec == "month":
            return _MONTH.sub(lambda match: self._month(match.group()), text)
        if format_spec in ("euros", "number"):
            return self._sum(text, format_spec) if _SUM.fullmatch(text) else text
        return str(super().format_field(value, format_spec))

    def _day(self, text: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415 — only who tells a day waits for babel

        day = dt.date.fromisoformat(text)
        shown: str = format_date(day, "d MMMM y", locale="fr" if self.language == "fr" else "en_GB")
        return f"1er{shown[1:]}" if self.language == "fr" and day.day == 1 else shown

    def _month(self, text: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415

        return str(format_date(dt.date.fromisoformat(f"{text}-01"), "MMMM y", locale=self.language))

    def _sum(self, text: str, way: str) -> str:
        from babel.numbers import format_currency, format_decimal  # noqa: PLC0415

        if way == "number":
            return str(format_decimal(Decimal(text), locale=self.language))
        return str(format_currency(Decimal(text), "EUR", locale=self.language))
