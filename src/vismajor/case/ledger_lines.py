"""The lines of one ledger file as columns of whole numbers: a million lines take some thirty megabytes."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter

from vismajor.case.ledger_columns import amount_columns, recognised
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_text import LedgerText
from vismajor.case.ledger_values import Amounts, Dates
from vismajor.reading.problems import problem

# An account starts with its class; most plans require three digits, small BNC accounts have two.
_EUROS = frozenset({"EUR", "EURO", "EUROS", "€", "E", "978"})

Atom = tuple[int, str, int]


@dataclass
class LedgerLines:
    """What one file holds. An atom is what one journal posted under one number on one day: an entry, or a part of one.

    By line: its number in the file (from 1, the header's), its atom and account (positions in the lists below), debit
    and credit in cents. `journals` and `accounts` go from number to label, in the order met. `tolerated` counts what
    was read though it is not as the statute writes it, with the first line of each kind.
    """

    lines: array[int] = field(default_factory=lambda: array("q"))
    atom: array[int] = field(default_factory=lambda: array("i"))
    account: array[int] = field(default_factory=lambda: array("i"))
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


class _Reader:
    def __init__(self, text: LedgerText, faults: Faults) -> None:
        self.text, self.faults, self.found = text, faults, LedgerLines()
        self.columns = recognised(text.header)
        self.left, self.right = amount_columns(self.columns)
        self.days, self.amounts = Dates(), Amounts(self.left == "Montant", text.shown)
        self.width = len(text.header)
        self._atoms: dict[Atom, int] = {}
        self._account_of: dict[str, int | None] = {}
        self._account_ids: dict[str, int] = {}
        self._journal_of: dict[str, int] = {}
        self._journal_ids: dict[str, int] = {}

    def read(self) -> None:
        """Go through the lines. The body is written out: it runs a million times."""
        found, amounts, account_of, width = self.found, self.amounts, self._account_of, self.width
        last_journal = last_number = last_day = None
        atom: int | None = None
        pick = self._picker()
        add_line, add_atom, add_account = found.lines.append, found.atom.append, found.account.append
        add_debit, add_credit = found.debit.append, found.credit.append
        for line, row in self.text.rows():
            if len(row) != width and not self._fit(line, row):
                continue
            journal, number, day, written, left, right, currency = pick(row)
            if number != last_number or day != last_day or journal != last_journal or not number:
                last_journal, last_number, last_day = journal, number, day
                atom = self._atom_of(journal, number, day, row)
            account = account_of[written] if written in account_of else self._new_account(written, row)
            pair = amounts[left, right]
            if currency:
                found.currencies[currency] += 1
            if atom is None or account is None or pair is None:
                self._tell(line, row, atom is None, account is None, pair is None)
                continue
            add_line(line)
            add_atom(atom)
            add_account(account)
            add_debit(pair[0])
            add_credit(pair[1])
        self._finish()

    def _picker(self) -> Callable[[list[str]], tuple[str, ...]]:
        names = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", self.left, self.right)
        six: Callable[[list[str]], tuple[str, ...]] = itemgetter(*(self.columns[name] for name in names))
        currency = self.columns.get("Idevise")
        if currency is None:
            return lambda row: (*six(row), "")
        seven: Callable[[list[str]], tuple[str, ...]] = itemgetter(
            *(self.columns[name] for name in (*names, "Idevise")))
        return seven

    def _fit(self, line: int, row: list[str]) -> bool:
        """Bring a line of another length to that of the header, where only empty fields are lost or won at its end.

        Where the last fields are missing, the date of validation in its place shows that nothing else is.
        """
        if len(row) == 1 and not row[0].strip():
            self.found.tolerate("blank", line)
            return False
        if len(row) > self.width and not any(field.strip() for field in row[self.width:]):
            self.found.tolerate("trailing", line)
            del row[self.width:]
            return True
        valid = self.columns.get("ValidDate", self.width)
        if valid < len(row) < self.width and self.days[row[valid]]:
            self.found.tolerate("short", line)
            row += [""] * (self.width - len(row))
            return True
        self.faults.add(problem(self.text.name, (line, 1), "ledger_fields", read=len(row), expected=self.width))
        return False

    def _atom_of(self, journal: str, number: str, day: str, row: list[str]) -> int | None:
        """Return the atom of a line, or None where its date is unreadable. A piece stands for a missing number."""
        ordinal = self.days[day]
        if not ordinal:
            return None
        journal_id = self._journal_of.get(journal)
        if journal_id is None:
            journal_id = self._journal_of[journal] = self._new_journal(journal, row)
        if not number.strip():
            piece = self.columns.get("PieceRef")
            number = "" if piece is None else "\0" + row[piece]  # no number of an entry looks like it
        key = (journal_id, number.strip(" "), ordinal)
        return self._atoms.setdefault(key, len(self._atoms))

    def _new_journal(self, written: str, row: list[str]) -> int:
        code, label = self.text.shown(written), self.columns.get("JournalLib")
        self.found.journals.setdefault(code, "" if label is None else self.text.shown(row[label]))
        return self._journal_ids.setdefault(code, len(self._journal_ids))

    def _new_account(self, written: str, row: list[str]) -> int | None:
        number = self.text.shown(written)
        if not (number[:1] in "123456789" and len(number) > 1 and number[:2].isdecimal()):
            self._account_of[written] = None
            return None
        self.found.accounts.setdefault(number, self.text.shown(row[self.columns["CompteLib"]]))
        account = self._account_of[written] = self._account_ids.setdefault(number, len(self._account_ids))
        return account

    def _tell(self, line: int, row: list[str], bad_date: bool, bad_account: bool, bad_amount: bool) -> None:
        """Tell what is wrong in a line."""
        if bad_date:
            self._add(line, row, "EcritureDate", "date")
        if bad_account:
            self._add(line, row, "CompteNum", "account")
        if bad_amount:
            sides = (self.left, self.right)
            for side, kind in self.amounts.faults((row[self.columns[self.left]], row[self.columns[self.right]])):
                self._add(line, row, sides[side], kind)

    def _add(self, line: int, row: list[str], column: str, kind: str) -> None:
        index = self.columns[column]
        before = self.text.separator.join([*row[:index], ""])
        place = (line, len(self.text.shown("." + before + ".")) - 1)
        file, read = self.text.name, self.text.shown(row[index])
        if kind == "date":
            self.faults.add(problem(file, place, "ledger_date", read=read))
        elif kind == "account":
            self.faults.add(problem(file, place, "ledger_account", read=read))
        elif kind == "sense":
            self.faults.add(problem(file, place, "ledger_sense", read=read))
        elif kind == "absurd":
            self.faults.add(problem(file, place, "ledger_amount_absurd", read=read, column=column))
        else:
            self.faults.add(problem(file, place, "ledger_amount", read=read, column=column))

    def _finish(self) -> None:
        found = self.found
        found.atoms = list(self._atoms)
        for kind in sorted({"point", "thousands"} & self.amounts.seen):
            found.tolerate(kind, 1)
        for way in sorted(self.days.seen - {"AAAAMMJJ"}):
            found.tolerate(way, 1)
        foreign = Counter[str]()
        for written, count in found.currencies.items():
            name = self.text.shown(written).upper()
            if name and name not in _EUROS:
                foreign[name] += count
        found.currencies = foreign
