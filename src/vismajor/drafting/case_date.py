"""One date of a dispute, in words: what a calendar shows of it, before anything is printed or exported."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["time_limit", "suspension", "interruption", "hearing", "exchange", "expert", "talks", "other", "offer",
               "exhibit", "notice", "judgment", "interest_rise"]
State = Literal["past", "ahead", "settled"]

# Days before, on which counsel is reminded: of what is lost for good when it is missed, and of what has to be prepared.
REMINDERS: dict[str, tuple[int, ...]] = {"time_limit": (90, 30, 7), "hearing": (7, 1), "exchange": (7, 1),
                                         "offer": (7, 1)}


@dataclass(frozen=True)
class CaseDate:
    """One date of a dispute.

    `id` names it whatever its day: a date that moves stays the same entry of a calendar. `what` is its short name;
    `said` what a report tells of it, counted from the date of knowledge; `detail` what holds on any day: paragraphs for
    a calendar. None of them holds an amount or a probability. `day` is the earliest where `between` bounds it.
    `claimants` are claims' ids (none: all of the case); `sources` ids of the law pack. `settled`: a time limit that was
    kept.
    """

    id: str
    kind: Kind
    day: dt.date
    state: State
    what: str
    said: str = ""
    detail: tuple[str, ...] = ()
    time: dt.time | None = None
    between: tuple[dt.date, dt.date] | None = None
    claimants: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pressing: bool = False

    @property
    def reminders(self) -> tuple[int, ...]:
        """How many days before it counsel is reminded; of what is past or settled no more."""
        return REMINDERS.get(self.kind, ()) if self.state == "ahead" else ()


def uid(seed: str, date: CaseDate) -> str:
    """Return the identity of a date in every calendar: it stays when the day, the words or the language change.

    `seed` is the case's: two files of different names share no entry.
    """
    return f"{hashlib.sha256(f'{seed}/{date.id}'.encode()).hexdigest()[:32]}@vismajor"
