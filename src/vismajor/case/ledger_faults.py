"""Mistakes of one ledger file, at most some twenty of each kind told, the rest counted."""

from __future__ import annotations

from collections import Counter

from vismajor.reading.problems import Problem, problem

MOST_TOLD = 20


class Faults:
    """Collects the problems of one file; of each kind the first ones in the order they come, then `and N more`."""

    def __init__(self) -> None:
        self._told: list[Problem] = []
        self._count: Counter[str] = Counter()
        self._next: dict[str, Problem] = {}

    def add(self, found: Problem) -> None:
        """Take one problem in."""
        self._count[found.code] += 1
        if self._count[found.code] <= MOST_TOLD:
            self._told.append(found)
        else:
            self._next.setdefault(found.code, found)

    @property
    def problems(self) -> list[Problem]:
        """All that is to be told."""
        more = [
            problem(found.file, (found.line, found.column), "ledger_more", count=self._count[code] - MOST_TOLD,
                    like=str(next(told.line for told in self._told if told.code == code)))
            for code, found in self._next.items()
        ]
        return [*self._told, *more]
