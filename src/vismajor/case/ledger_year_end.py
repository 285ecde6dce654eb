"""Which entries of one ledger file belong to the closing of the year, and not to a month.

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
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vismajor.case.ledger_columns import plain
from vismajor.case.ledger_entries import Ints, LedgerTable
from vismajor.case.ledger_lines import LedgerLines

Flags = NDArray[np.bool_]
REASONS = ("", "opening", "closing", "accrual", "stock")
CUT_OFF = ("408", "418", "4098", "4198", "4686", "4687", "486", "487")
RESULT = ("12", "88", "89")
_OPENING_WORDS = ("anouveau", "reportanouveau", "reportsanouveau", "ouverture", "balanceinitiale")
_OPENING_CODES = frozenset({"an", "ran", "ano", "anouv", "anouveaux", "anx", "ouv", "rn"})
_CLOSING_WORDS = ("cloture",)


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


def opening_journals(found: LedgerLines) -> tuple[list[bool], list[bool]]:
    """Tell of each journal whether it brings balances forward, by its label, and by its code."""
    names = [(plain(code), plain(label)) for code, label in found.journals.items()]
    return ([any(word in label for word in _OPENING_WORDS) for _, label in names],
            [code in _OPENING_CODES for code, _ in names])


def _journal_flags(found: LedgerLines, table: LedgerTable) -> tuple[Flags, Flags, Flags]:
    """Flag the lines of journals that open by their label, that open by their code, that close."""
    closing = [any(word in plain(label) for word in _CLOSING_WORDS) for label in found.journals.values()]

    def flagged(journals: list[bool]) -> Flags:
        flags: Flags = np.array(journals, np.bool_)[table.journal]
        return flags

    named, coded = opening_journals(found)
    return flagged(named), flagged(coded), flagged(closing)
