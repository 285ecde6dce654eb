"""The lines of one ledger file as columns of whole numbers: a million lines take some thirty megabytes."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from vismajor.case.ledger_columns import amount_columns, recognised
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_text import LedgerText
from vismajor.case.ledger_values import Amounts, Dates, Senses, is_absurd
from vismajor.reading.problems import problem

_EUROS = frozenset({"EUR", "EURO", "EUROS", "€", "E", "978"})
# Stands before the reference of a piece that takes the place of a missing number: no number begins so.
PIECE = "\0"

Atom = tuple[int, str, int]
"""A journal (its position), a number, a day: what is posted under these is an entry, or a part of one."""


@dataclass
class LedgerLines:
    """What one file holds.

    By line: its number in the file (from 1, the header's), its atom and account (positions in the lists below), debit
    and credit in cents. `journals` and `accounts` go from number to label, in the order met. `tolerated` counts what
    was read though it is not as the statute writes it, with the first line of each kind. `currencies` other than the
    euro are counted by line.
    """

    lines: array[int] = field(default_factory=lambda: array("q"))
    atom: array[int] = field(default_factory=lambda: array("q"))
    account: array[int] = field(default_factory=lambda: array("q"))
    debit: array[int] = field(default_factory=lambda: array("q"))
    credit: array[int] = field(default_factory=lambda: array("q"))
    atoms: list[Atom] = field(default_factory=list)
    journals: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    currencies: Counter[str] = field(default_factory=Counter)
    tolerated: Counter[str] = field(default_factory=Counter)
    first_tolerated: dict[str, int] = field(default_factory=dict)

    def tolerate(self, kind: str, line: int) -> None:
        """Count one line that was read though it is not written as it should."""
        self.tolerated[kind] += 1
        self.first_tolerated.setdefault(kind, line)


def read_lines(text: LedgerText, faults: Faults) -> LedgerLines:
    """Read every line of a file; a line that cannot be read goes to `faults` and counts for nothing."""
    reader = _Reader(text, faults)
    reader.read()
    return reader.found


class _Numbered(dict[Atom, int]):
    """Numbers what it is asked for, in the order met."""

    def __missing__(self, key: Atom) -> int:
        number = self[key] = len(self)
        return number


class _Reader:
    """Goes through a file a block at a time, column by column: a loop in Python costs more than all the rest."""

    def __init__(self, text: LedgerText, faults: Faults) -> None:
        self.text, self.faults, self.found = text, faults, LedgerLines()
        self.columns = recognised(text.header)
        self.left, self.right = amount_columns(self.columns)
        self.width = len(text.header)
        self.days, self.amounts, self.senses, self.atoms = Dates(), Amounts(text.shown), Senses(), _Numbered()
        self.accounts: dict[str, int] = {}
        self.journals: dict[str, int] = {}

    def read(self) -> None:
        """Read every block into `found`."""
        names = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", self.left, self.right)
        pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*(self.columns[name] for name in names))
        for numbers, block in self.text.blocks():
            lines, rows = numbers, block
            if set(map(len, rows)) != {self.width}:
                fitting = [(line, row) for line, row in zip(lines, rows, strict=True) if self._fit(line, row)]
                lines, rows = [line for line, _ in fitting], [row for _, row in fitting]
            if rows:
                self._take(lines, rows, list(zip(*map(pick, rows), strict=True)))
        self.found.atoms = list(self.atoms)
        self._tell_ways()

    def _fit(self, line: int, row: list[str]) -> bool:
        """Bring a line of another length to that of the header, where only empty fields are lost or won at its end.

        The date of validation in its place shows that no label holds a separator, and no other field is missing.
        """
        if len(row) == self.width:
            return True
        if len(row) == 1 and not row[0].strip():
            self.found.tolerate("blank", line)
            return False
        valid = self.columns.get("ValidDate", len(row))
        in_place = valid < len(row) and self.days[row[valid]] > 0
        if in_place and len(row) > self.width and not any(field.strip() for field in row[self.width:]):
            self.found.tolerate("trailing", line)
            del row[self.width:]
            return True
        if in_place and len(row) < self.width:
            self.found.tolerate("short", line)
            row += [""] * (self.width - len(row))
            return True
        self.faults.add(problem(self.text.name, (line, 1), "ledger_fields", read=len(row), expected=self.width))
        return False

    def _take(self, lines: Sequence[int], rows: list[list[str]], columns: list[tuple[str, ...]]) -> None:
        """Take in a block of lines, all of the right length."""
        journals, numbers, days, accounts, left, right = columns
        self._learn_journals(journals, rows)
        self._learn_accounts(accounts, rows)
        if not all(map(str.strip, set(numbers))):
            numbers = self._with_pieces(numbers, rows)
        read: list[Sequence[Any]] = [
            lines, [self.journals[written] for written in journals], numbers, [*map(self.days.__getitem__, days)],
            [*map(self.accounts.__getitem__, accounts)], *self._sides(left, right)]
        day, account, debit, credit = read[3:]
        if 0 in day or -1 in account or None in debit or None in credit:
            good = [at for at, values in enumerate(zip(day, account, debit, credit, strict=True))
                    if self._is_readable(lines[at], rows[at], *values)]
            read = [[column[at] for at in good] for column in read]
        self._count_currencies(rows)
        self._keep(read)

    def _keep(self, read: list[Sequence[Any]]) -> None:
        lines, journal, numbers, day, account, debit, credit = read
        self.found.lines.extend(lines)
        self.found.atom.extend(map(self.atoms.__getitem__, zip(journal, numbers, day, strict=True)))
        self.found.account.extend(account)
        self.found.debit.extend(debit)
        self.found.credit.extend(credit)

    def _sides(self, left: tuple[str, ...], right: tuple[str, ...]) -> tuple[list[int | None], list[int | None]]:
        """Return debits and credits in cents, None where unreadable."""
        first = self.amounts.column(left)
        if self.right == "Credit":
            return first, self.amounts.column(right)
        senses = [*map(self.senses.__getitem__, right)]
        debits = [amount if sense == 1 else sense and 0 for amount, sense in zip(first, senses, strict=True)]
        credits_ = [amount if sense == -1 else sense and 0 for amount, sense in zip(first, senses, strict=True)]
        return debits, credits_

    def _learn_journals(self, written: tuple[str, ...], rows: list[list[str]]) -> None:
        label = self.columns.get("JournalLib")
        for new in sorted(set(written).difference(self.journals), key=written.index):
            row = rows[written.index(new)]
            code = self.text.shown(new)
            self.found.journals.setdefault(code, "" if label is None else self.text.shown(row[label]))
            self.journals[new] = list(self.found.journals).index(code)

    def _learn_accounts(self, written: tuple[str, ...], rows: list[list[str]]) -> None:
        """Give each new account its position; -1 where it is none of the chart.

        An account starts with its class. Most plans have three digits at least, those of small BNC have two.
        """
        found = self.found.accounts
        for new in sorted(set(written).difference(self.accounts), key=written.index):
            number = self.text.shown(new)
            if number[:1] in "123456789" and len(number) > 1 and number[:2].isdecimal():
                known = len(found)
                found.setdefault(number, self.text.shown(rows[written.index(new)][self.columns["CompteLib"]]))
                self.accounts[new] = known if len(found) > known else list(found).index(number)
            else:
                self.accounts[new] = -1

    def _with_pieces(self, numbers: tuple[str, ...], rows: list[list[str]]) -> tuple[str, ...]:
        """Put the reference of the piece where an entry has no number."""
        piece = self.columns.get("PieceRef")
        return tuple(number if number.strip() else PIECE + ("" if piece is None else row[piece])
                     for number, row in zip(numbers, rows, strict=True))

    def _count_currencies(self, rows: list[list[str]]) -> None:
        at = self.columns.get("Idevise")
        for written in () if at is None else [row[at] for row in rows if row[at]]:
            currency = self.text.shown(written).upper()
            if currency and currency not in _EUROS:
                self.found.currencies[currency] += 1

    def _is_readable(self, line: int, row: list[str], day: object, account: object, debit: object,
                     credit: object) -> bool:
        """Tell whether a line was read, and tell what is wrong in it where it was not."""
        file = self.text.name
        if not day:
            self.faults.add(problem(file, self._place(line, row, "EcritureDate"), "ledger_date",
                                    read=self._read(row, "EcritureDate")))
        if account == -1:
            self.faults.add(problem(file, self._place(line, row, "CompteNum"), "ledger_account",
                                    read=self._read(row, "CompteNum")))
        for column in (self.left, self.right) if debit is None or credit is None else ():
            self._check_amount(line, row, column)
        return bool(day) and account != -1 and debit is not None and credit is not None

    def _check_amount(self, line: int, row: list[str], column: str) -> None:
        written, file = row[self.columns[column]], self.text.name
        place, read = self._place(line, row, column), self._read(row, column)
        if column == "Sens":
            if self.senses[written] is None:
                self.faults.add(problem(file, place, "ledger_sense", read=read))
        elif self.amounts[written] is None:
            if is_absurd(read):
                self.faults.add(problem(file, place, "ledger_amount_absurd", read=read, column=column))
            else:
                self.faults.add(problem(file, place, "ledger_amount", read=read, column=column))

    def _place(self, line: int, row: list[str], column: str) -> tuple[int, int]:
        """Return the line and column where a field stands."""
        before = self.text.separator.join([*row[:self.columns[column]], ""])
        return line, len(self.text.decoded(before)) + 1

    def _read(self, row: list[str], column: str) -> str:
        return self.text.shown(row[self.columns[column]])

    def _tell_ways(self) -> None:
        """Count the ways of writing that are not the statute's."""
        for way in sorted(({"point", "thousands"} & self.amounts.seen) | (self.days.seen - {"AAAAMMJJ"})):
            self.found.tolerate(way, 1)
        if not self.text.header[-1]:
            self.found.tolerate("trailing", 1)
