"""The workbook under way: its sheets by unique names, its formats, and the words of its language."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import xlsxwriter

from vismajor.drafting import typography
from vismajor.drafting.environment import legible
from vismajor.drafting.words import words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Worksheet

Register = Literal["internal", "expert"]
Kind = Literal["money", "share", "rate", "number", "figure", "date", "month", "text", "count"]
Role = Literal["input", "formula", "total", "label", "heading", "section", "title", "note", "aside", "paragraph",
               "wrapped", "mark", "total_aside", "total_input"]

INPUT, INK, PALE, LINE = "#0000FF", "#1F2A44", "#EEF1F5", "#B8C0CC"
NAME_LENGTH = 31
LONGEST_TEXT = 32_000  # characters of one cell
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\=+@|!]")  # the last five: forbidden by no program, but better out of formulas
_ROLES: Mapping[Role, Mapping[str, object]] = {
    "input": {"font_color": INPUT},
    "formula": {},
    "total": {"bold": True, "top": 1, "top_color": INK, "bg_color": PALE},
    "total_input": {"bold": True, "font_color": INPUT, "top": 1, "top_color": INK, "bg_color": PALE},
    "total_aside": {"italic": True, "font_color": "#555555", "indent": 1, "align": "left", "top": 1, "top_color": INK,
                    "bg_color": PALE},
    "label": {},
    "heading": {"bold": True, "text_wrap": True, "bottom": 1, "bottom_color": INK, "bg_color": PALE, "align": "center",
                "valign": "vcenter"},
    "section": {"bold": True, "font_color": INK, "bottom": 1, "bottom_color": LINE, "font_size": 11},
    "title": {"bold": True, "font_color": INK, "font_size": 14},
    "note": {"italic": True, "font_color": "#555555"},
    "paragraph": {"italic": True, "font_color": "#555555", "text_wrap": True},
    "wrapped": {"text_wrap": True},
    "aside": {"italic": True, "font_color": "#555555", "indent": 1, "align": "left"},
    "mark": {"bold": True, "font_color": "#B5532F"},
}


@dataclass(frozen=True)
class Disclosure:
    """What goes out with a workbook for the other side: a report's title, its mark, its receipt, its exhibits.

    `until`: the day up to which interest is counted. `exhibits`: how the report names each exhibit, by counsel's own
    mark, which is never printed; one that it does not produce is not in it.
    """

    title: str
    mark: str
    until: dt.date
    exhibits: Mapping[str, str]
    receipt: str


class Book:
    """A workbook in memory, in one language and for one register; our side's always has its bounds.

    `disclosure`: the report that it goes out with, if there is one.
    """

    def __init__(self, language: str, register: Register, title: str, as_of: dt.date, with_intervals: bool,
                 disclosure: Disclosure | None = None) -> None:
        self.language, self.register, self.as_of, self.disclosure = language, register, as_of, disclosure
        self.title = clean(disclosure.title if disclosure else title)
        self.bounds = with_intervals or register == "internal"
        self._bytes = io.BytesIO()
        # No text becomes a formula, an address or a number.
        self.file = xlsxwriter.Workbook(self._bytes, {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Calibri", "font_size": 10, "valign": "top"},
        })
        self.file.set_properties({"title": self.title, "created": dt.datetime.combine(as_of, dt.time())})
        if disclosure:
            self.file.set_custom_property("receipt", clean(disclosure.receipt))
        self.file.set_calc_mode("auto")
        self._formats: dict[tuple[Kind, Role], Format] = {}
        self._names: set[str] = set()

    @property
    def internal(self) -> bool:
        """Whether it is for our side alone."""
        return self.register == "internal"

    @cached_property
    def say(self) -> Mapping[str, str]:
        """The words of the workbook in its language (and `provable`), without the beginning `workbook_`."""
        return workbook_words(self.language)

    @property
    def mark(self) -> str:
        """For whom it is, as each sheet says."""
        if self.disclosure is not None:
            return self.disclosure.mark
        return self.say["mark_internal" if self.internal else "mark_expert"]

    @property
    def until(self) -> dt.date | None:
        """The day up to which interest is counted; None: up to the judgment expected, which our side alone is told."""
        if self.disclosure is not None:
            return self.disclosure.until
        return None if self.internal else self.as_of

    def exhibits(self, ids: Sequence[str]) -> str:
        """Name exhibits: by counsel's own marks, or as the report that goes out with the workbook numbers them."""
        named = ids if self.disclosure is None else [
            self.disclosure.exhibits[one] for one in ids if one in self.disclosure.exhibits]
        return typography.listing(list(named), self.language)

    def add_sheet(self, wanted: str) -> Worksheet:
        """Add a sheet under a name that spreadsheets allow and that no other sheet has."""
        name = unique_name(wanted, self._names)
        self._names.add(name.casefold())
        return self.file.add_worksheet(name)

    def style(self, kind: Kind, role: Role) -> Format:
        """Return the format of a kind of value in a role."""
        if (kind, role) not in self._formats:
            properties = dict(_ROLES[role])
            if kind != "text":
                properties["num_format"] = self._number_format(kind)
                properties.setdefault("align", "right")
            self._formats[kind, role] = self.file.add_format(properties)
        return self._formats[kind, role]

    def _number_format(self, kind: Kind) -> str:
        french = self.language == "fr"
        locale = "[$-40C]" if french else "[$-809]"
        return {
            "money": '#,##0.00\u00a0"€"' if french else '"€"#,##0.00', "share": "0.00%", "rate": "0.0000",
            "number": "#,##0.##########", "figure": "0.0000000000", "count": "#,##0",
            "date": "dd/mm/yyyy", "month": f"{locale}mmm\\ yyyy",
        }[kind]

    def finish(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.file.close()
        return self._bytes.getvalue()


def workbook_words(language: str) -> Mapping[str, str]:
    """Return the words of a workbook in a language (and `provable`), without the beginning `workbook_`."""
    start = "workbook_"
    return {key.removeprefix(start): typography.spaced(word, language)
            for key, word in words(language).items() if key.startswith(start) or key == "provable"}


def clean(text: str) -> str:
    """Return a text as a cell may hold it: on one line, nothing invisible, no half characters, not too long."""
    seen = legible(text).encode("utf-8", "ignore").decode("utf-8")
    return re.sub("[\ufffe\uffff]", "", seen)[:LONGEST_TEXT]


def unique_name(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet: at most 31 characters, none that is forbidden, unlike those `taken` (casefolded)."""
    base = " ".join(_NOT_IN_NAMES.sub(" ", clean(wanted)).split()).strip("'") or "–"
    if base.casefold() == "history":  # reserved
        base += " –"
    name, number = cut(base, NAME_LENGTH), 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = cut(base, NAME_LENGTH - len(ending)) + ending
    return name


def cut(text: str, length: int) -> str:
    """Cut a text to so many UTF-16 units, as spreadsheets count them, and never end with a quote or a space."""
    while len(text.encode("utf-16-le")) > 2 * length:
        text = text[:-1]
    return text.rstrip(" '")
