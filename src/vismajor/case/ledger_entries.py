"""Entries of one ledger file, as arrays: what one journal posts under one number, and whether it balances."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_lines import PIECE, LedgerLines
from vismajor.reading.problems import problem

Ints = NDArray[np.int64]
_SAFE_SUM = 2**62  # what int64 adds up without a doubt


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
        starts = line[first_lines(atom, len(keys))]
        _tell_unbalanced(found, faults, name, np.flatnonzero(balance).tolist(), balance, starts)
    account = _integers(found.account)
    return LedgerTable(line, atom, account, debit, credit, days[atom], journals[atom], entry_of[atom]), spread


def _settle(atoms: list[int], entry_of: Ints, balance: Ints) -> int:
    """Take the atoms of one number for one entry where only together they balance; return how many entries that is."""
    if sum(int(balance[index]) for index in atoms):
        return 0
    entry_of[atoms] = atoms[0]
    balance[atoms] = 0
    return 1


def first_lines(atom: Ints, atoms: int) -> Ints:
    """Return the position of the first line of each atom (lines stand in the order of the file)."""
    first: Ints = np.zeros(atoms, np.int64)
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
    return cents if largest * len(cents) < _SAFE_SUM else cents.astype(object)


def totals(groups: Ints, amounts: Ints, count: int) -> Ints:
    """Return the exact sum of `amounts` by group."""
    sums = np.zeros(count, dtype=amounts.dtype)
    np.add.at(sums, groups, amounts)
    return sums
