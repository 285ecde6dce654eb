"""Which column of a table of claimants is what: who it is, its model, its contract, its losses, what it states.

The columns of a contract have a heading in French or English; the others bear the id of a head of loss or of a payment
of the model, or the name of a fact that the model states.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from vismajor.case.fact_checks import Catalog
from vismajor.case.models import CaseFile
from vismajor.case.months import fold
from vismajor.case.sheets import SEPARATORS, starts_of
from vismajor.reading.problems import InvalidInput, Problem, nearest, problem

Kind = Literal["id", "like", "name", "terms", "concluded", "renewed", "monthly_fees", "head", "received", "fact"]
HEADINGS: Mapping[Kind, tuple[str, ...]] = {
    "id": ("id", "identifiant", "reference", "numero"),
    "like": ("like", "comme", "modele", "model"),
    "name": ("name", "nom", "denomination", "raison sociale"),
    "terms": ("terms", "conditions"),
    "concluded": ("concluded", "conclu le", "contrat du", "date du contrat", "date de conclusion"),
    "renewed": ("renewed", "renouvele le", "date de renouvellement", "dernier renouvellement"),
    "monthly_fees": ("monthly fees", "redevance mensuelle", "redevances mensuelles", "abonnement mensuel"),
}
CONTRACT: tuple[Kind, ...] = ("terms", "concluded", "renewed", "monthly_fees")
AMOUNTS: tuple[Kind, ...] = ("monthly_fees", "head", "received")
_KINDS: dict[str, Kind] = {spelling: kind for kind, spellings in HEADINGS.items() for spelling in spellings}


@dataclass(frozen=True)
class Column:
    """One column: its position, its heading, what it holds; `key` names the head, the payment or the fact."""

    at: int
    heading: str
    kind: Kind
    key: str = ""


@dataclass(frozen=True)
class Heading:
    """The heading of a table of claimants: where it stands, the separator, the columns in order."""

    line: int
    separator: str
    columns: tuple[Column, ...]

    @cached_property
    def kinds(self) -> dict[Kind, Column]:
        """The columns that stand once, by what they hold."""
        return {column.kind: column for column in self.columns if not column.key}

    @cached_property
    def width(self) -> int:
        """How many cells a line may have."""
        return max(column.at for column in self.columns) + 1


def find_heading(lines: Sequence[str], name: str, case: CaseFile, catalog: Catalog) -> Heading:
    """Return the heading of a table: its first line that is not blank.

    Raises InvalidInput with every column that is missing, unknown, or stands twice.
    """
    number = next((number for number, line in enumerate(lines, start=1) if line.strip()), 1)
    line = lines[number - 1]
    separator = max(SEPARATORS, key=lambda sign: sum(_bare(cell) in _KINDS for cell in _cells(line, sign)))
    named = _named(case)
    columns, problems = list[Column](), list[Problem]()
    starts = list(starts_of(line, separator))
    for at, cell in enumerate(_cells(line, separator)):
        text = " ".join(cell.split())
        if not text:
            continue
        kind, key = (_KINDS[_bare(text)], "") if _bare(text) in _KINDS else (named.get(text), text)
        place = (number, starts[at] if at < len(starts) else 1)
        if kind is None:
            known = [*named, *(spelling for kind in HEADINGS for spelling in HEADINGS[kind])]
            problems.append(problem(name, place, "portfolio_column_unknown", read=text, nearest=nearest(text, known)))
        elif any((kind, key) == (one.kind, one.key) for one in columns):
            problems.append(problem(name, place, "portfolio_column_twice", read=text))
        elif kind == "fact" and catalog[key.partition("@")[0]].type not in ("bool", "choice", "number", "money"):
            problems.append(problem(name, place, "portfolio_fact_kind", read=text))
        else:
            columns.append(Column(at, text, kind, key))
    needed: list[Kind] = ["id"] if len(case.claimants) == 1 else ["id", "like"]
    problems += [problem(name, (number, 1), "portfolio_column_missing", read=line.strip(), expected=kind)
                 for kind in needed if kind not in {column.kind for column in columns}]
    if problems:
        raise InvalidInput(problems)
    return Heading(number, separator, tuple(columns))


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _bare(heading: str) -> str:
    """Return a heading without case, accents, punctuation, or what stands in brackets."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", " ", fold(heading))))


def _named(case: CaseFile) -> dict[str, Kind]:
    """Return what a column may bear the name of: heads, payments and facts of the claimants of the case."""
    found: dict[str, Kind] = {}
    for claimant in case.claimants:
        facts = [name for stated in (claimant.facts, *(one.facts for one in claimant.agreements)) for name in stated]
        found |= {**dict.fromkeys(facts, "fact"), **{one.id: "received" for one in claimant.received},
                  **{head.id: "head" for head in claimant.heads}}
    return found

