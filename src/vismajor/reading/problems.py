"""A problem found in what somebody wrote, with its place, told in the reader's language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from vismajor.reading.figures import Figures
from vismajor.reading.shipped import texts_of

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands, which kind it is (a key of `messages/`) and what was read.

    In a workbook it stands at a `cell` (`CA!B14`), which is told instead of line and column. `excerpt`: the lines
    around it, shown below the message.
    """

    file: str
    line: int
    column: int
    code: str
    values: tuple[tuple[str, str], ...] = ()
    cell: str = ""
    excerpt: str = ""

    def tell(self, language: str = "en") -> str:
        """Return `file:line:column: what was read, what was expected, what to do` (`file:CA!B14: …`)."""
        if self.file.startswith("--") or self.file.isupper():  # an option or an argument of a command has no line
            return f"{self.file}: {self.explain(language)}"
        place = self.cell or f"{self.line}:{self.column}"
        return f"{self.file}:{place}: {self.explain(language)}" + (f"\n{self.excerpt}" if self.excerpt else "")

    def explain(self, language: str = "en") -> str:
        """Return the message alone, without its place."""
        messages, values = texts_of(language, "messages"), dict(self.values)
        if name := values.get("nearest"):
            values["nearest"] = messages["known_are" if ", " in name else "did_you_mean"].format(nearest=name)
        told = Figures(language).format(messages[self.code], **values)
        return re.sub(" {2,}", " ", told).strip()  # where nothing is near, its place is empty


class InvalidInput(Exception):  # noqa: N818 — it is the input that is invalid, not the program that failed
    """What was given cannot be used; holds every problem found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(problem.tell() for problem in self.problems))


def problem(file: str, place: tuple[int, int], code: str, **values: object) -> Problem:
    """Build a `Problem` at (line, column), both counted from 1."""
    return Problem(file, place[0], place[1], code, tuple(sorted((k, _one_line(k, v)) for k, v in values.items())))


def _one_line(name: str, value: object) -> str:
    """Return what a message shows: one line, without control characters; what was read is cut at 60 characters."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text[:57] + "…" if len(text) > 60 and name in ("read", "key") else text


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or nothing when none is close."""
    close = difflib.get_close_matches(name, sorted(set(known)), n=1, cutoff=0.6)
    return close[0] if close else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or the first few names when none is close."""
    names = sorted(set(known))
    return closest(name, names) or ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
