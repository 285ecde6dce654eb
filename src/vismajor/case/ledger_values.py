"""Dates and amounts of a ledger, read once for each way of writing them; amounts are whole cents, never floats."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from vismajor.reading.scalars import LARGEST_SUM

_MOST_KEPT = 100_000  # so that a ledger of a million different amounts does not fill the memory
LARGEST_CENTS = int(LARGEST_SUM) * 100
# The statute's date is AAAAMMJJ (A. 47 A-1, XII, 4°); the others come out of spreadsheets, with or without a time.
_DATES = {
    "AAAAMMJJ": re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", re.ASCII),
    "AAAA-MM-JJ": re.compile(r"(?P<y>[0-9]{4})[-/](?P<m>[0-9]{2})[-/](?P<d>[0-9]{2})(?:[T ][0-9:.]+Z?)?", re.ASCII),
    "JJ/MM/AAAA": re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})(?: [0-9:.]+)?", re.ASCII),
}
_PLAIN = re.compile(r"(-?)([0-9]+)(?:([.,])([0-9]{1,2}))?", re.ASCII)
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


Pair = tuple[int, int]


class Amounts(dict[tuple[str, str], "Pair | None"]):
    """Debit and credit in cents, by the two fields that write them; None where they are unreadable.

    `directed` reads Montant and Sens: D or +1 is a debit, C or -1 a credit. `shown` decodes a field. `seen` names the
    tolerances that were needed: `point` (decimal point) and `thousands`.
    """

    def __init__(self, directed: bool, shown: Callable[[str], str]) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self._directed, self._shown = directed, shown

    def __missing__(self, written: tuple[str, str]) -> Pair | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        left = self.cents(written[0])
        if self._directed:
            side = _SENSES.get(written[1].replace(" ", "").upper())
            pair = None if left is None or side is None else (left, 0) if side > 0 else (0, left)
        else:
            right = self.cents(written[1])
            pair = None if left is None or right is None else (left, right)
        self[written] = pair
        return pair

    def cents(self, written: str) -> int | None:
        """Return an amount in cents, 0 for an empty field, None where it is unreadable or beyond all reason."""
        if match := _PLAIN.fullmatch(written):
            sign, whole, point, part = match.groups()
            if point == ".":
                self.seen.add("point")
            cents = int(whole) * 100 + (int(part.ljust(2, "0")) if part else 0)
            return None if cents >= LARGEST_CENTS else -cents if sign else cents
        return self._odd(self._shown(written))

    def _odd(self, text: str) -> int | None:
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
        return None if cents >= LARGEST_CENTS else -cents if "-" in (match["sign"], match["after"]) else cents

    def faults(self, written: tuple[str, str]) -> list[tuple[int, str]]:
        """Return which of the two fields is unreadable (0 or 1), and how: `amount`, `sense` or `absurd`."""
        if self._directed:
            bad_side = _SENSES.get(written[1].replace(" ", "").upper()) is None
            return [*self._fault(0, written[0]), *([(1, "sense")] if bad_side else [])]
        return [*self._fault(0, written[0]), *self._fault(1, written[1])]

    def _fault(self, index: int, written: str) -> list[tuple[int, str]]:
        if self.cents(written) is not None:
            return []
        digits = re.sub(r"[\s.,+-]", "", self._shown(written))
        return [(index, "absurd" if digits.isdecimal() and len(digits.lstrip("0")) > 12 else "amount")]


_SENSES = {"D": 1, "DEBIT": 1, "DÉBIT": 1, "+1": 1, "1": 1, "C": -1, "CREDIT": -1, "CRÉDIT": -1, "-1": -1}
