"""Dates and amounts of a ledger, read once for each way of writing them; amounts are whole cents, never floats."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from vismajor.reading.scalars import LARGEST_SUM

_MOST_KEPT = 50_000  # so that a ledger of a million different amounts does not fill the memory
_LARGEST_CENTS = int(LARGEST_SUM) * 100
# The statute's date is AAAAMMJJ (A. 47 A-1, XII, 4°); the others come out of spreadsheets, with or without a time.
_DATES = {
    "AAAAMMJJ": re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", re.ASCII),
    "AAAA-MM-JJ": re.compile(r"(?P<y>[0-9]{4})[-/](?P<m>[0-9]{2})[-/](?P<d>[0-9]{2})(?:[T ][0-9:.]+Z?)?", re.ASCII),
    "JJ/MM/AAAA": re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})(?: [0-9:.]+)?", re.ASCII),
}
_SPACES = " \u00a0\u202f\u2009"
_WRITTEN = re.compile(
    rf"(?P<sign>[+-]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]{{1,3}}(?:(?P<group>[.,'])[0-9]{{3}})+"
    r"(?=[.,][0-9]{1,2}0*(?:-|$)))?(?:(?P<point>[.,])(?P<cents>[0-9]{0,2})0*)?(?P<after>-?)")


class Dates(dict[str, int]):
    """Days, as ordinals, by what was written; 0 where it is no date of our times. `seen` names the ways of writing."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def __missing__(self, written: str) -> int:
        day = self._read(written.strip())
        self[written] = day
        return day

    def _read(self, text: str) -> int:
        for way, pattern in _DATES.items():
            if match := pattern.fullmatch(text):
                try:
                    day = dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    return 0
                self.seen.add(way)
                return day.toordinal() if 1900 <= day.year < 2200 else 0
        return 0


class Amounts(dict[str, "int | None"]):
    """Amounts in cents, by the field that writes them; None where it is unreadable or beyond all reason.

    `shown` decodes a field. `seen` names the tolerances that were needed: `point` (decimal point) and `thousands`.
    """

    def __init__(self, shown: Callable[[str], str]) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self._shown = shown

    def column(self, written: Sequence[str]) -> list[int | None]:
        """Return many amounts; nearly all are written as the statute has it (A. 47 A-1, XII, 2°), or with a point."""
        try:
            cents = [0 if text == "0,00" else int(text[:-3] + part)
                     if (part := text[-2:]).isdecimal() and ((sign := text[-3:-2]) == "," or sign == ".")
                     else self[text] for text in written]
            together = "".join(written)
            # int() takes underscores for digits too, and any size
            if max(map(abs, cents)) < _LARGEST_CENTS and "_" not in together:  # type: ignore[arg-type]
                self.seen |= {"point"} if "." in together else set()
                return cents
        except (TypeError, ValueError):  # an amount is unreadable; only those read one by one tell which
            pass
        return [self[text] for text in written]

    def __missing__(self, written: str) -> int | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        cents = self._read(self._shown(written))
        self[written] = cents = None if cents is None or abs(cents) >= _LARGEST_CENTS else cents
        return cents

    def _read(self, text: str) -> int | None:
        """Read an amount, written in whatever way leaves no doubt; an empty field is nothing."""
        if not text:
            return 0
        match = _WRITTEN.fullmatch(text)
        if not match or not (match["whole"] or match["cents"]) or (match["sign"] and match["after"]):
            return None
        if match["group"] is not None and match["group"] == match["point"]:
            return None  # 1.234.56: no telling what the point means
        whole = re.sub(r"[^0-9]", "", match["whole"] or "")
        cents = int(whole or "0") * 100 + int((match["cents"] or "").ljust(2, "0"))
        self.seen |= {"point"} if match["point"] == "." else set()
        self.seen |= {"thousands"} if whole != (match["whole"] or "") else set()
        return -cents if "-" in (match["sign"], match["after"]) else cents


def is_absurd(text: str) -> bool:
    """Tell whether an unreadable amount is a number after all, of more digits than any company's."""
    digits = re.sub(r"[\s.,+-]", "", text)
    return digits.isdecimal() and len(digits.lstrip("0")) > 12


class Senses(dict[str, "int | None"]):
    """1 for a debit (D, +1), -1 for a credit (C, -1), by what was written in Sens; None where it is neither."""

    def __missing__(self, written: str) -> int | None:
        side = self[written] = _SENSES.get(written.replace(" ", "").upper())
        return side


_SENSES = {"D": 1, "DEBIT": 1, "+1": 1, "1": 1, "C": -1, "CREDIT": -1, "-1": -1}
