"""Reads a table of claimants too many for a case file: one line a claimant, like one of those that the case describes.

CSV, one line a claimant: `id` (identifiant) and `like` (comme, modèle), the claimant of the case that it is like, not
needed where the case has only one. What the table does not say is as the model has it. The other columns change it:

    name, terms, concluded, renewed, monthly_fees     its contract (nom, conditions, conclu le, renouvelé le,
                                                      redevance mensuelle)
    the id of a head of loss of the model             the amount claimed, in euros; empty: it does not claim this head
    the id of a payment of the model                  the amount received, in euros; empty: it received nothing so
    the name of a fact that the model states          true or false, a word of the list, a number; empty: not stated

Hours and rates are not asked: the column of a head of working hours holds their sum. The column of a head that the
model measures (a lost margin, lost customers) holds the sum claimed, and the model's uncertainty in proportion.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from vismajor.case.amounts import Style, Unreadable, read_amount, readings, settle
from vismajor.case.contracts import Contract
from vismajor.case.customers import parse_date
from vismajor.case.fact_checks import Catalog, expected_values, fits
from vismajor.case.models import Case, Claimant
from vismajor.case.portfolio_columns import AMOUNTS, CONTRACT, Column, Heading, find_heading
from vismajor.case.portfolio_rows import Field, Portfolio, Row, Value, stated_by
from vismajor.case.sheets import Cell, decode, read_content, starts_of
from vismajor.reading.problems import InvalidInput, Problem, closest, nearest, problem
from vismajor.reading.scalars import is_id

MAX_BYTES = 500_000_000
MOST_PROBLEMS = 100  # a slip that runs down a column is told a hundred times, not a hundred thousand
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_FORMULA = re.compile(r"[=@]|[-+]\s*[A-Za-z(]")
_TRUTHS = {"true": True, "vrai": True, "oui": True, "yes": True, "false": False, "faux": False, "non": False,
           "no": False}


def read_portfolio(path: Path, case: Case, catalog: Catalog) -> Portfolio:
    """Read a table of claimants of `case`; `catalog` declares the facts that its columns may state.

    Raises InvalidInput with every mistake and its place (a hundred of them at most).
    """
    name = str(path)
    content = read_content(path, name, MAX_BYTES)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InvalidInput([problem(name, (1, 1), "portfolio_workbook")])
    text, _ = decode(content, name)
    if not text.strip():
        raise InvalidInput([problem(name, (1, 1), "empty_file")])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    reading = _Reading(name, case, catalog, lines, find_heading(lines, name, case.file, catalog))
    rows = tuple(reading.read())
    if reading.problems:
        raise InvalidInput(_most(name, reading.problems))
    return Portfolio(rows, name, hashlib.sha256(content).hexdigest())


def _most(name: str, problems: Sequence[Problem]) -> list[Problem]:
    told = sorted(set(problems))
    if len(told) <= MOST_PROBLEMS:
        return told
    last = told[MOST_PROBLEMS]
    return [*told[:MOST_PROBLEMS], problem(name, (last.line, last.column), "portfolio_more")]


@dataclass
class _Reading:
    """One reading of one table: its lines as text, and what was found wrong."""

    file: str
    case: Case
    catalog: Catalog
    lines: Sequence[str]
    heading: Heading
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    style: Style = field(default_factory=lambda: Style(None))

    def __post_init__(self) -> None:
        self.models = {claimant.id: claimant for claimant in self.case.file.claimants}
        self.terms = [terms.id for terms in self.case.file.contracts]
        self.amounts = [column for column in self.heading.columns if column.kind in AMOUNTS or (
            column.kind == "fact" and self.catalog[column.key.partition("@")[0]].type in ("number", "money"))]

    def read(self) -> Iterator[Row]:
        """Yield the claimants of all lines that could be read; report the others."""
        self._settle()
        found = False
        for line, cells in self._rows():
            found = True
            if len(self.problems) > 2 * MOST_PROBLEMS:
                return
            if any(cell.strip() for cell in cells[self.heading.width:]):
                self.report((line, self.heading.width), "customers_line_too_long", read=len(cells),
                           expected=self.heading.width)
            elif row := self._row(line, cells):
                yield row
        if not found and not self.problems:
            self.problems.append(problem(self.file, (self.heading.line, 1), "portfolio_empty"))

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of each line under the heading that is not blank."""
        start = self.heading.line
        below = (line + "\n" for line in self.lines[start:])
        reader = csv.reader(below, delimiter=self.heading.separator, strict=True)
        while True:
            line = start + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self.problems.append(problem(self.file, (line, 1), "revenue_layout"))
                return
            if any(cell.strip() for cell in cells):
                yield line, cells

    def _settle(self) -> None:
        """Find out how the amounts of the table are written: one decimal mark for all of it."""
        doubtful: list[Cell] = []
        for line, cells in self._rows():
            for column in self.amounts:
                text = cells[column.at].strip() if column.at < len(cells) else ""
                if not text.isdigit():  # whole euros show no mark
                    doubtful.append(Cell(text, line, column.at))
            if len(doubtful) > 10_000:
                break
        self.style, unsettled = settle(doubtful)
        if unsettled:
            self.report((unsettled.line, unsettled.column), "amount_ambiguous", read=unsettled.text)

    def report(self, cell: tuple[int, int], code: str, **values: object) -> None:
        """Report a problem in a cell (line, position in it), at the column of its first character."""
        line, at = cell
        starts = list(starts_of(self.lines[line - 1], self.heading.separator))
        self.problems.append(problem(self.file, (line, starts[at] if at < len(starts) else 1), code, **values))

    def _row(self, line: int, cells: Sequence[str]) -> Row | None:
        before = len(self.problems)
        texts = {column: cells[column.at].strip() if column.at < len(cells) else "" for column in self.heading.columns}
        model = self._model(line, texts)
        if model is None:
            return None
        id_ = self._id(line, texts, model)
        contract = self._contract(line, texts, model)
        amounts = tuple((column.key, self._of_model(line, column, text, model))
                        for column, text in texts.items() if column.kind in ("head", "received"))
        facts = tuple((column.key, self._fact(line, column, text, model))
                      for column, text in texts.items() if column.kind == "fact")
        left = {key for key, amount in amounts if amount is None}
        if all(head.id in left for head in model.heads) and len(self.problems) == before:
            self.report((line, 0), "portfolio_claims_nothing")
        name = self._name(line, texts) or id_
        if len(self.problems) > before:
            return None
        return Row(line, id_, model.id, name, contract, amounts, facts)

    def _model(self, line: int, texts: dict[Column, str]) -> Claimant | None:
        column = self.heading.kinds.get("like")
        if column is None:
            return next(iter(self.models.values()))
        text = texts[column]
        if not text:
            self.report((line, column.at), "portfolio_cell_empty", column=column.heading)
            return None
        if text not in self.models:
            self.report((line, column.at), "unknown_claimant", read=text, nearest=nearest(text, self.models))
            return None
        return self.models[text]

    def _id(self, line: int, texts: dict[Column, str], model: Claimant) -> str:
        column = self.heading.kinds["id"]
        text = texts[column]
        if not is_id(text):
            self.report((line, column.at), "portfolio_id", read=text)
        elif (first := self.seen.setdefault(text, line)) != line:
            self.report((line, column.at), "portfolio_id_twice", read=text, other=first)
        elif text in self.models and text != model.id:
            self.report((line, column.at), "portfolio_id_taken", read=text, other=model.id)
        return text

    def _name(self, line: int, texts: dict[Column, str]) -> str:
        column = self.heading.kinds.get("name")
        text = " ".join(texts[column].split()) if column else ""
        if column and _FORMULA.match(text):  # a name goes into tables, where it would be run
            self.report((line, column.at), "amount_formula", read=text)
        return text

    def _contract(self, line: int, texts: dict[Column, str], model: Claimant
                  ) -> tuple[tuple[str, Field], ...]:
        found = list[tuple[str, Field]]()
        for column, text in texts.items():
            if column.kind not in CONTRACT:
                continue
            if len(model.agreements) > 1:
                self.report((line, column.at), "portfolio_several_contracts", read=column.heading, model=model.id)
            elif not text and column.kind != "renewed":
                self.report((line, column.at), "portfolio_cell_empty", column=column.heading)
            else:
                found.append((str(column.kind), self._field(line, column, text)))
        self._check_dates(line, model.agreements[0].model_copy(update=dict(found)) if found else None)
        return tuple(found)

    def _field(self, line: int, column: Column, text: str) -> Field:
        if column.kind == "terms":
            if text not in self.terms:
                self.report((line, column.at), "unknown_terms", read=text, nearest=nearest(text, self.terms))
            return text
        if column.kind == "monthly_fees":
            return self._amount(line, column, text)
        day = parse_date(Cell(text, line, 1)) if text else None
        if isinstance(day, Unreadable):
            self.report((line, column.at), day.code, read=text)
            return None
        return day

    def _check_dates(self, line: int, contract: Contract | None) -> None:
        """Check that the contract was made, and renewed, before the incident, and renewed after it was made."""
        kinds, incident = self.heading.kinds, self.case.file.incident.date
        if contract is None or not isinstance(contract.concluded, dt.date):
            return
        for kind in ("concluded", "renewed"):
            column, day = kinds.get(kind), getattr(contract, kind)
            if column and day and day > incident:
                self.report((line, column.at), "contract_after_incident", read=day, other=incident)
        changed = kinds.get("renewed") or kinds.get("concluded")
        if changed and contract.renewed and contract.renewed < contract.concluded:
            self.report((line, changed.at), "date_before", read=contract.renewed, other=contract.concluded,
                       what="contract.concluded")

    def _of_model(self, line: int, column: Column, text: str, model: Claimant) -> Decimal | None:
        """Return the amount of a head or of a payment; one that the model does not have must stay empty."""
        if not text:
            return None
        if column.key not in {one.id for one in (*model.heads, *model.received)}:
            self.report((line, column.at), "portfolio_not_of_model", read=column.key, model=model.id)
        return self._amount(line, column, text)

    def _amount(self, line: int, column: Column, text: str) -> Decimal | None:
        if _PLAIN.fullmatch(text) and (self.style.mark is None or self.style.mark in text or text.isdigit()):
            return Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))
        if self.style.mark is None and len(set(readings(text).values())) > 1:
            return None  # told once for the file
        amount = read_amount(Cell(text, line, 1), self.style)
        if isinstance(amount, Unreadable):
            self.report((line, column.at), amount.code, read=text)
            return None
        if amount < 0:
            self.report((line, column.at), "portfolio_negative", read=text)
        return amount

    def _fact(self, line: int, column: Column, text: str, model: Claimant) -> Value | None:
        if not text:
            return None
        stated = stated_by(model).get(column.key)
        if stated is None:
            self.report((line, column.at), "portfolio_not_of_model", read=column.key, model=model.id)
            return None
        declared = self.catalog[column.key.partition("@")[0]]
        value: Value | None = text
        if declared.type == "bool":
            value = _TRUTHS.get(text.casefold(), text)
        elif declared.type in ("number", "money"):
            value = self._amount(line, column, text)
        if value is not None and not fits(value, declared):
            self.report((line, column.at), "wrong_fact_value", fact=declared.name, read=text,
                       expected=expected_values(declared), nearest=closest(text, declared.values))
        elif stated.otherwise is not None and value == stated.otherwise:
            self.report((line, column.at), "portfolio_as_otherwise", fact=declared.name, read=text, model=model.id)
        return value

