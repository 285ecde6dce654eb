"""A claimant's ledger: its statutory exports (FEC, article A. 47 A-1 LPF), one a financial year, brought to books."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

from vismajor.case.account_map import AccountMap
from vismajor.case.ledger_file import company_number, read_ledger_file
from vismajor.case.ledger_postings import OUTSIDE_MAP
from vismajor.case.ledger_scale import check_scale
from vismajor.case.ledger_text import looks_like_ledger
from vismajor.case.ledger_year import LedgerYear
from vismajor.case.series import Books, MonthlySeries, Posting, month_name, month_number
from vismajor.reading.problems import InvalidInput, Problem, problem

__all__ = ["LedgerReading", "looks_like_ledger", "read_ledger"]

# Days from the edge of a month within which a ledger without a closing date must show entries to cover the month.
_NEAR_EDGE = 5
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class LedgerReading:
    """A ledger as read: the books, each file in the order of time, the map used, what was tolerated or set apart."""

    books: Books
    years: tuple[LedgerYear, ...]
    account_map: AccountMap
    findings: tuple[Problem, ...]


def read_ledger(paths: Sequence[Path], names: Sequence[str], account_map: AccountMap) -> LedgerReading:
    """Read the ledger of one claimant, one file a financial year, in any order; `names` is what errors call each file.

    Revenue of a month is credits less debits of the accounts of `account_map.revenue`, by date of entry, rebates (709)
    and credit notes taken off; variable costs are debits less credits of each account of the map times its share. What
    belongs to the closing of a year (see ledger_year_end) counts in no month: it stays among the postings, set apart.

    Raises InvalidInput with every problem of every file; then where a file is given twice, where files overlap or leave
    months out, where no account of revenue moves.
    """
    years: list[LedgerYear] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path, name in zip(paths, names, strict=True):
        try:
            year = read_ledger_file(path, name, account_map)
        except InvalidInput as error:
            problems += error.problems
            continue
        if year.source.sha256 in seen:
            problems.append(problem(name, (1, 1), "ledger_same_file", other=seen[year.source.sha256]))
            continue
        seen[year.source.sha256] = name
        years.append(year)
    years.sort(key=lambda year: (year.first, year.last))
    if problems:
        raise InvalidInput(problems)
    problems = _check_sequence(years)
    postings = tuple(posting for year in years for posting in year.postings)
    if not any(account_map.is_revenue(posting.account) for posting in postings):
        problems.append(problem(names[0], (1, 1), "ledger_no_revenue", expected=", ".join(account_map.revenue)))
    if problems:
        raise InvalidInput(problems)
    months, findings = _whole_months(years)
    if not months:
        raise InvalidInput([problem(names[0], (1, 1), "ledger_no_month", first=years[0].first, last=years[-1].last)])
    findings += [*_silent_months(years, postings, months), *_several_companies(years)]
    revenue, costs = (_series(postings, months, account_map, revenue=side) for side in (True, False))
    findings += check_scale(years, revenue, costs)
    books = Books(
        revenue=revenue, variable_costs=costs,
        postings=tuple(posting for posting in postings if month_number(posting.month) in months),
        files=tuple(year.source for year in years))
    told = [finding for year in years for finding in year.findings]
    return LedgerReading(books, tuple(years), account_map, (*told, *findings))


def _check_sequence(years: list[LedgerYear]) -> list[Problem]:
    """Files must follow each other: no day in two of them, no month in none."""
    problems = []
    for before, after in pairwise(years):
        if after.first <= before.end:
            problems.append(problem(after.source.path, (1, 1), "ledger_overlap", read=after.first,
                                    other=before.source.path, last=before.end))
            continue
        missing = range(_month(before.end) + 1, _month(after.first))
        if missing:
            problems.append(problem(after.source.path, (1, 1), "ledger_gap", other=before.source.path,
                                    names=", ".join(month_name(month) for month in missing)))
    return problems


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _whole_months(years: list[LedgerYear]) -> tuple[range, list[Problem]]:
    """Return the months covered from their first to their last day, and what is told of those left out at the edges.

    A closing date tells where a year ends and, where its twelve months fit, where it begins; without one, entries must
    come near the edge of the month.
    """
    first, last, findings = years[0], years[-1], []
    start, stop = _month(first.first), _month(last.end)
    usual = first.closing is not None and start == _month(first.closing) - 11
    if first.first.day > _NEAR_EDGE and not usual:
        findings.append(problem(first.source.path, (1, 1), "ledger_month_begun", month=month_name(start),
                                read=first.first))
        start += 1
    end = last.end
    if end.day + (0 if end == last.closing else _NEAR_EDGE) < calendar.monthrange(end.year, end.month)[1]:
        findings.append(problem(last.source.path, (1, 1), "ledger_month_unfinished", month=month_name(stop), read=end))
        stop -= 1
    if last.closing and end < last.closing and _month(end) < _month(last.closing):
        findings.append(problem(last.source.path, (1, 1), "ledger_stops_early", read=end, last=last.closing))
    return range(start, stop + 1), findings


def _several_companies(years: list[LedgerYear]) -> list[Problem]:
    """The names of a claimant's files should bear one SIREN."""
    numbers = sorted({number for year in years if (number := company_number(year.source.path))})
    file = years[0].source.path
    return [problem(file, (1, 1), "ledger_companies", names=", ".join(numbers))] if len(numbers) > 1 else []


def _silent_months(years: list[LedgerYear], postings: tuple[Posting, ...], months: range) -> list[Problem]:
    """Tell the months in which no account of income or cost moves: nothing happened, or entries are missing."""
    moved = {posting.month for posting in postings if posting.set_apart in (None, OUTSIDE_MAP)}
    silent = [month_name(month) for month in months if month_name(month) not in moved]
    file = years[0].source.path
    return [problem(file, (1, 1), "ledger_months_silent", names=", ".join(silent))] if silent else []


def _series(postings: tuple[Posting, ...], months: range, account_map: AccountMap, *, revenue: bool) -> MonthlySeries:
    """Add up the postings that count, by month; a month of costs is rounded to the cent after all shares are taken."""
    sums = dict.fromkeys(map(month_name, months), Decimal(0))
    for posting in postings:
        if posting.set_apart is None and posting.month in sums and account_map.is_revenue(posting.account) == revenue:
            sums[posting.month] += posting.amount * posting.share
    amounts = tuple(amount.quantize(_CENT, ROUND_HALF_UP) for amount in sums.values())
    return MonthlySeries(first=month_name(months[0]), amounts=amounts)
