"""Entries of one ledger file: whether each balances, and which belong to the closing of the year and not to a month.

Year-end entries are set apart by these rules, and by no other:

- opening: the journal brings balances forward (its label says à-nouveaux, ouverture, balance initiale; or its code
  does, AN, RAN, OUV, and the entry is dated the first day of the financial year);
- closing: the entry holds an account 12, 88 or 89, as one does that brings classes 6 and 7 to the result; or its
  journal is called clôture and it is dated the last day of the financial year;
- accrual: the entry is dated the last or the first day of the financial year and holds an account of the cut-off (408,
  418, 4098, 4198, 4686, 4687, 486, 487): it moves income or cost of many months into one;
- stock: the entry is dated so and holds an account of stock (class 3) with its change (603, 713).

Books that cut off month by month are right as they stand: where such entries occur inside the year too, in half of its
months at least, accruals (or stock) are not set apart.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from vismajor.case.ledger_columns import plain
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_lines import PIECE, Atom, LedgerLines
from vismajor.reading.problems import problem

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
REASONS = ("", "opening", "closing", "accrual", "stock")
CUT_OFF = ("408", "418", "4098", "4198", "4686", "4687", "486", "487")
RESULT = ("12", "88", "89")
_OPENING_WORDS = ("anouveau", "reportanouveau", "reportsanouveau", "ouverture", "balanceinitiale")
_OPENING_CODES = frozenset({"an", "ran", "ano", "anouv", "anouveaux", "anx", "ouv", "rn"})
_CLOSING_WORDS = ("cloture",)


@dataclass(frozen=True)
class LedgerTable:
    """A file's lines as arrays, a place a line; `day` is the date's ordinal, `journal` a position among the journals.

    Amounts are int64 cents, or whole numbers of any size where their sums could outgrow these.
    """

    line: Ints
    atom: Ints
    account: Ints
    debit: Ints
    credit: Ints
    day: Ints
    journal: Ints
    entry: Ints


def build_table(found: LedgerLines, faults: Faults, name: str) -> tuple[LedgerTable, int]:
    """Return the lines as arrays, each with its entry, and how many entries spread over several days.

    An entry is what one journal posts under one number on one day, so that numbers may start again every month; where
    that does not balance, and all that bears the number does, the entry spreads over several days. What balances
    neither way goes to `faults`, at its first line.
    """
    atom = _integers(found.atom)
    debit, credit = _cents(found.debit), _cents(found.credit)
    keys = found.atoms
    days = np.fromiter((key[2] for key in keys), np.int64, len(keys))
    journals = np.fromiter((key[0] for key in keys), np.int64, len(keys))
    line = _integers(found.lines)
    balance = totals(atom, debit - credit, len(keys))
    entry_of, spread = np.arange(len(keys)), 0
    unbalanced = np.flatnonzero(balance)
    if len(unbalanced):
        wrong = {keys[index][:2] for index in unbalanced}
        together: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for index, key in enumerate(keys):
            if key[:2] in wrong:
                together[key[:2]].append(index)
        spread = sum(_settle(atoms, entry_of, balance) for atoms in together.values())
        _tell_unbalanced(found, faults, name, np.flatnonzero(balance).tolist(), balance, line[_first_lines(atom, keys)])
    account = _integers(found.account)
    return LedgerTable(line, atom, account, debit, credit, days[atom], journals[atom], entry_of[atom]), spread


def _settle(atoms: list[int], entry_of: Ints, balance: Ints) -> int:
    """Take the atoms of one number for one entry where only together they balance; return how many entries that is."""
    if sum(int(balance[index]) for index in atoms):
        return 0
    entry_of[atoms] = atoms[0]
    balance[atoms] = 0
    return 1


def _first_lines(atom: Ints, atoms: list[Atom]) -> Ints:
    """Return the position of the first line of each atom (lines stand in the order of the file)."""
    first: Ints = np.zeros(len(atoms), np.int64)
    first[atom[::-1]] = np.arange(len(atom))[::-1]
    return first


def _tell_unbalanced(found: LedgerLines, faults: Faults, name: str, wrong: list[int], balance: Ints,
                     first: Ints) -> None:
    journals = list(found.journals)
    for index in sorted(wrong, key=lambda index: int(first[index])):
        journal, number, day = found.atoms[index]
        faults.add(problem(name, (int(first[index]), 1), "ledger_entry_unbalanced", read=number.strip(PIECE),
                           journal=journals[journal], date=dt.date.fromordinal(day),
                           difference=Decimal(int(balance[index])).scaleb(-2)))


def _integers(column: array[int]) -> Ints:
    """Return a column as an array, without a copy."""
    numbers: Ints = np.frombuffer(column, dtype=np.int64)
    return numbers


def _cents(amounts: array[int]) -> Ints:
    cents = _integers(amounts)
    largest = int(np.abs(cents).max(initial=0))
    return cents if largest * len(cents) < 2**62 else cents.astype(object)


def totals(groups: Ints, amounts: Ints, count: int) -> Ints:
    """Return the exact sum of `amounts` by group."""
    sums = np.zeros(count, dtype=amounts.dtype)
    np.add.at(sums, groups, amounts)
    return sums


def year_end(table: LedgerTable, found: LedgerLines, first: dt.date, last: dt.date) -> tuple[Ints, set[str]]:
    """Return the reason why each line is set apart (a position in REASONS, 0 for none), and what is cut off monthly.

    `first` and `last` are the first and last day of the financial year. Only lines of classes 6 and 7 are set apart.
    """
    accounts, entries = list(found.accounts), len(found.atoms)

    def having(test: Callable[[str], bool]) -> Flags:
        """Flag the lines whose account passes a test."""
        flags: Flags = np.fromiter((test(account) for account in accounts), np.bool_, len(accounts))[table.account]
        return flags

    def entry_with(lines: Flags) -> Flags:
        """Flag all lines of the entries that hold a flagged line."""
        held = np.zeros(entries, np.bool_)
        held[table.entry[lines]] = True
        flags: Flags = held[table.entry]
        return flags

    result = having(lambda account: account[0] in "67")
    at_first, at_last = table.day == first.toordinal(), table.day == last.toordinal()
    edge = at_first | at_last
    named, coded, closing = _journal_flags(found, table)
    reasons = np.zeros(len(table.line), np.int64)
    monthly: set[str] = set()
    change = having(lambda account: account.startswith(("603", "713")))
    kinds = {"accrual": entry_with(having(lambda account: account.startswith(CUT_OFF))) & result,
             "stock": change & entry_with(having(lambda account: account[0] == "3"))}
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for kind, flags in kinds.items():
        if _months(table.day[flags & ~edge & ~named]) * 2 >= months:
            monthly.add(kind)
        else:
            reasons[flags & edge] = REASONS.index(kind)
    closed = entry_with(having(lambda account: account.startswith(RESULT))) | (closing & at_last)
    reasons[closed & result & (reasons == 0)] = REASONS.index("closing")
    reasons[(named | (coded & at_first)) & result] = REASONS.index("opening")
    return reasons, monthly


def _months(days: Ints) -> int:
    return len({(day.year, day.month) for day in map(dt.date.fromordinal, np.unique(days).tolist())})


def _journal_flags(found: LedgerLines, table: LedgerTable) -> tuple[Flags, Flags, Flags]:
    """Flag the lines of journals that open by their label, that open by their code, that close."""
    names = [(plain(code), plain(label)) for code, label in found.journals.items()]

    def flagged(test: Callable[[str, str], bool]) -> Flags:
        flags: Flags = np.fromiter((test(*name) for name in names), np.bool_, len(names))[table.journal]
        return flags

    return (flagged(lambda code, label: any(word in label for word in _OPENING_WORDS)),
            flagged(lambda code, label: code in _OPENING_CODES),
            flagged(lambda code, label: any(word in label for word in _CLOSING_WORDS)))
