"""Entries that stand twice in one ledger file: a block exported again counts every sale of it again.

An entry is taken for a copy where all that one journal posts under one number on one day is the same lines over again
(accounts and amounts, in the same order) with other entries between. Two like sales in one batch stand side by side,
or bear no number: these are not told.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from vismajor.case.ledger_entries import Ints, LedgerTable
from vismajor.case.ledger_faults import Faults
from vismajor.case.ledger_lines import PIECE, LedgerLines
from vismajor.reading.problems import Problem, problem

FEW = 3  # copies from which on it is a block and no longer chance


def check_twins(found: LedgerLines, table: LedgerTable, faults: Faults, name: str) -> list[Problem]:
    """Tell each entry that stands again at the first line of its copy; where only a few do, return them as findings."""
    twins = [_described(found, table, pair) for pair in _twins(found, table)]
    if len(twins) < FEW:
        return [problem(name, place, "ledger_entry_alike", **values) for place, values in twins]
    for place, values in twins:
        faults.add(problem(name, place, "ledger_entry_twice", **values))
    return []


def _described(found: LedgerLines, table: LedgerTable, pair: tuple[int, int]
               ) -> tuple[tuple[int, int], dict[str, object]]:
    """Return where the copy stands, and what is said of it."""
    first, again = pair
    journal, number, day = found.atoms[int(table.atom[again])]
    return (int(table.line[again]), 1), {"read": number, "journal": list(found.journals)[journal],
                                         "date": dt.date.fromordinal(day), "first": int(table.line[first])}


def _twins(found: LedgerLines, table: LedgerTable) -> list[tuple[int, int]]:
    """Return the positions of the first line of each entry that stands twice or more, and of its first copy."""
    count = np.bincount(table.atom, minlength=len(found.atoms))
    at = np.arange(len(table.atom))
    start, end = np.zeros(len(count), np.int64), np.zeros(len(count), np.int64)
    start[table.atom[::-1]], end[table.atom] = at[::-1], at
    numbered = np.fromiter((number[:1] != PIECE for _, number, _ in found.atoms), np.bool_, len(count))
    apart = (end - start + 1 > count) & numbered
    if not apart.any():
        return []
    lines = np.flatnonzero(apart[table.atom])
    lines = lines[np.argsort(table.atom[lines], kind="stable")]
    twins: dict[int, tuple[int, int]] = {}
    for copies in (2, 3):
        twins |= _repeated(table, lines, count, copies)
    return [twins[atom] for atom in sorted(twins, key=lambda atom: twins[atom][1])]


def _repeated(table: LedgerTable, lines: Ints, count: Ints, copies: int) -> dict[int, tuple[int, int]]:
    """Return, by entry, where its lines and their first copy begin, of those that hold the same lines so many times.

    `lines` are positions in the order of entries.
    """
    lines = lines[(count[table.atom[lines]] % copies == 0) & (count[table.atom[lines]] >= 2 * copies)]
    if not len(lines):
        return {}
    atoms, begins, sizes = np.unique(table.atom[lines], return_index=True, return_counts=True)
    period = np.repeat(sizes // copies, sizes)
    place = np.arange(len(lines)) - np.repeat(begins, sizes)
    partner = np.where(place < period * (copies - 1), np.arange(len(lines)) + period, np.arange(len(lines)))
    same = np.ones(len(lines), np.bool_)
    for column in (table.account, table.debit, table.credit):
        same &= (column[lines] == column[lines[partner]]).astype(np.bool_)
    whole = np.logical_and.reduceat(same, begins)
    again = lines[begins + sizes // copies]
    between = again - lines[begins + sizes // copies - 1] > 1
    return {int(atom): (int(lines[begin]), int(copy)) for atom, begin, copy, good
            in zip(atoms, begins, again, whole & between, strict=True) if good}
