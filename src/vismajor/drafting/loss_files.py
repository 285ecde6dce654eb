"""Files of the losses: the workbook, and one chart for each lost margin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from vismajor.case.models import Case
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting.course_chart import Course, course_chart
from vismajor.drafting.drafts import place
from vismajor.drafting.workbook import Register, write_workbook
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds


def place_workbook(case: Case, law: Law, losses: Sequence[ClaimantLoss], worlds: Worlds, file: Path,
                   for_expert: bool = False, with_intervals: bool = False) -> list[Path]:
    """Write the workbook of losses into `file`; return what was written.

    `for_expert`: the one for the other side, which has the bounds of 90 % intervals only `with_intervals`.

    Raises InvalidInput when it cannot be written; what was there before is then untouched.
    """
    register: Register = "expert" if for_expert else "internal"
    return place({file.name: write_workbook(case, law, losses, worlds, register, with_intervals)}, file.parent)


def place_charts(case: Case, losses: Sequence[ClaimantLoss], folder: Path) -> list[Path]:
    """Write the course of business of each lost margin into `folder`, as SVG and PNG; return what was written.

    Raises InvalidInput when the folder cannot be written.
    """
    contents: dict[str, bytes] = {}
    for course in _courses(case, losses):
        chart = course_chart(course, case.file.language)
        contents |= {f"{course.name}.svg": chart.svg, f"{course.name}.png": chart.png}
    return place(contents, folder)


def _courses(case: Case, losses: Sequence[ClaimantLoss]) -> Iterator[Course]:
    taken = set[str]()
    for loss in losses:
        accounts = loss.claimant.accounts
        for head in loss.heads:
            if head.counterfactual is None or accounts is None:
                continue
            name = _file_name(f"{loss.claimant.id}-{head.head.id}", taken)
            yield Course(name, loss.claimant.name, case.books[loss.claimant.id], head.counterfactual,
                         case.file.incident.date, accounts.breaks)


def _file_name(wanted: str, taken: set[str]) -> str:
    """Return a name that every file system takes and that no other chart has; the name is added to `taken`."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
    base = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:80] or "chart"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name.casefold())
    return name
