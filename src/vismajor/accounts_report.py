"""What was understood of a claimant's files before anything is computed: ledger, monthly table, customers list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from vismajor.case.accounts import TableReading
from vismajor.case.customers import CustomerBook
from vismajor.case.imports import Reading
from vismajor.case.ledger import LedgerReading
from vismajor.case.ledger_postings import OUTSIDE_MAP
from vismajor.case.ledger_year import LedgerYear
from vismajor.case.series import MonthlySeries, SourceFile
from vismajor.drafting import typography
from vismajor.drafting.words import counted, words
from vismajor.reading.problems import Problem
from vismajor.screen import WIDTH, render, wrapped

YEARS_ABREAST = 4  # of revenue, month by month to the cent, in 80 columns
HASH = 64  # characters of a SHA-256: on one line
UNCOUNTED_SHOWN = 12  # accounts outside the map, the largest first
_ENCODINGS = {"utf-8-sig": "UTF-8 (BOM)", "cp1252": "Windows-1252"}  # as programs that save files name them
_ZERO = Decimal(0)


def findings_of_imports(readings: Sequence[Reading]) -> list[Problem]:
    """Return what is to be looked into in the files read, in their order."""
    return [finding for reading in readings for finding in reading.findings]


def tell_imports(readings: Sequence[Reading], language: str) -> str:
    """Tell what each file was taken for, how it was read, and what was found in it."""
    parts: list[Any] = []
    for reading in readings:
        if isinstance(reading, LedgerReading):
            parts += _ledger_parts(reading, language)
        elif isinstance(reading, TableReading):
            parts += _table_parts(reading, language)
        else:
            parts += _customer_parts(reading, language)
    text = render(*parts)
    found = findings_of_imports(readings)
    title = ["", words(language)["findings_title"]] if found else []
    return "\n".join([text, *title, *(wrapped(_say_finding(one, language), language, 2, "- ") for one in found)])


def _say_finding(finding: Problem, language: str) -> str:
    """Say a finding at its place, on a line that can be folded."""
    place = finding.cell or f"{finding.line}:{finding.column}"
    return words(language)["labelled"].format(label=f"{finding.file}:{place}", what=finding.explain(language))


def _facts(title: str, facts: Sequence[tuple[str, str]]) -> list[Any]:
    """Return a heading with what is known under it, name by name."""
    table = Table(width=WIDTH, box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column()
    table.add_column(ratio=1, min_width=HASH, overflow="fold")
    for name, what in facts:
        table.add_row(Text(name), Text(what))
    return [Text(title, overflow="fold"), table, Text("")]


def _file_facts(file: SourceFile, language: str) -> list[tuple[str, str]]:
    """Say how a file was read."""
    say = words(language)
    separator = say["import_tab"] if file.separator == "\t" else file.separator
    encoding = _ENCODINGS.get(file.encoding, file.encoding.upper())
    read = encoding if not separator else say["import_read_as"].format(encoding=encoding, separator=separator)
    return [(say["import_as"], read)]


def _hash_fact(file: SourceFile) -> tuple[str, str]:
    return "SHA-256", file.sha256


def _period(series: MonthlySeries, language: str) -> str:
    return words(language)["import_period_months"].format(
        first=typography.partial_date(series.first, language), last=typography.partial_date(series.last, language),
        months=typography.number(len(series.amounts), language))


def _ledger_parts(reading: LedgerReading, language: str) -> Iterator[Any]:
    say = words(language)
    for year in reading.years:
        ends = typography.date(year.closing or year.last, language)
        yield from _facts(year.source.path, [
            (say["import_kind"], say["import_ledger"]), *_file_facts(year.source, language),
            (say["import_year"], say["import_from_to"].format(first=typography.date(year.first, language), last=ends)),
            (say["import_lines"], say["import_lines_entries"].format(
                lines=typography.number(year.source.lines, language),
                entries=typography.number(year.entries, language))),
            (say["import_debit_credit"], _debit_credit(year, language)), _hash_fact(year.source)])
    books = reading.books
    yield from _series_parts(books.revenue, books.variable_costs, language)
    yield from _account_parts(_accounts(reading), language)
    apart = [*_apart(reading)]
    if apart:
        table = _table(say["import_apart"], (say["import_why"], "left"), (say["import_day"], "left"),
                       (say["import_entries"], "right"), (say["import_revenue"], "right"),
                       (say["import_costs"], "right"))
        for one in apart:
            table.add_row(say[f"import_{one.reason}"], typography.short_date(one.day, language), str(one.entries),
                          _cents(one.revenue, language), _cents(one.variable_costs, language))
        yield from (table, Text(""))


def _debit_credit(year: LedgerYear, language: str) -> str:
    debit, credit = (typography.money(amount, language, cents=True) for amount in (year.debit, year.credit))
    return debit if debit == credit else f"{debit} ≠ {credit}"


def _table_parts(reading: TableReading, language: str) -> Iterator[Any]:
    say, file = words(language), reading.file
    facts = [(say["import_kind"], say[f"import_table_{reading.layout}"]), *_file_facts(file, language)]
    if reading.sheet:
        facts.append((say["import_sheet"], reading.sheet))
    marks = {",": "import_comma", ".": "import_point", None: "import_no_mark"}
    facts += [(say["import_mark"], say[marks[reading.mark]]),
              (say["import_columns"], typography.listing([f"“{h}”" if language == "en" else f"« {h} »"
                                                          for h in reading.headings], language)),
              (say["import_period"], _period(reading.revenue, language)),
              (say["import_lines"], typography.number(file.lines, language)), _hash_fact(file)]
    yield from _facts(file.path, facts)
    yield from _series_parts(reading.revenue, reading.variable_costs, language)


def _customer_parts(book: CustomerBook, language: str) -> Iterator[Any]:
    say, file = words(language), book.file
    left = sum(customer.end is not None for customer in book.customers)
    since = typography.date(book.observed_from, language) if book.observed_from else say["import_not_stated"]
    until = typography.date(book.observed_until, language)
    known = [(say[f"import_{name}"], [amount for one in book.customers
                                      if one.end is None and (amount := getattr(one, name)) is not None])
             for name in ("monthly_margin", "monthly_revenue")]
    yield from _facts(file.path, [
        (say["import_kind"], say["import_customers"]), *_file_facts(file, language),
        (say["import_observed_from"], since),
        (say["import_observed_until"], until if book.until_stated else say["import_latest"].format(day=until)),
        (say["import_customer_count"], typography.number(len(book.customers), language)),
        (say["import_customers_left"], typography.number(left, language)),
        *((name, say["import_of_present"].format(amount=typography.money(sum(amounts, _ZERO), language, cents=True)))
          for name, amounts in known if amounts),
        (say["import_lines"], typography.number(file.lines, language)), _hash_fact(file)])


def _table(title: str, *columns: tuple[str, Any]) -> Table:
    table = Table(title=title, width=WIDTH, title_justify="left")
    for heading, justify in columns:
        table.add_column(heading, justify=justify, no_wrap=justify == "right")
    return table


def _cents(amount: Decimal | None, language: str) -> str:
    """Return an amount to the cent without its sign, for tables whose heading says euros."""
    return "" if amount is None else typography.cents(amount, language)


def _by_year(series: MonthlySeries) -> dict[str, dict[int, Decimal]]:
    """Return the amounts by calendar year and month."""
    years: dict[str, dict[int, Decimal]] = {}
    for month, amount in zip(series.months, series.amounts, strict=True):
        years.setdefault(month[:4], {})[int(month[5:])] = amount
    return years


def _series_parts(revenue: MonthlySeries, costs: MonthlySeries | None, language: str) -> Iterator[Any]:
    """Yield revenue month by month and year by year, then variable costs with the share of revenue they take."""
    say, years = words(language), _by_year(revenue)
    names = list(years)
    for start in range(0, len(names), YEARS_ABREAST):
        abreast = names[start:start + YEARS_ABREAST]
        table = _table(say["import_revenue_euros"], (say["import_month"], "left"),
                       *((year, "right") for year in abreast))
        for month in range(1, 13):
            table.add_row(typography.month_of_year(month, language),
                          *(_cents(years[year].get(month), language) for year in abreast))
        table.add_section()
        table.add_row(say["total"], *(_cents(sum(years[year].values(), _ZERO), language) for year in abreast),
                      style="bold")
        yield from (table, Text(""))
    if costs:
        yield from (_cost_table(years, _by_year(costs), language), Text(""))


def _cost_table(revenue: dict[str, dict[int, Decimal]], costs: dict[str, dict[int, Decimal]], language: str) -> Table:
    say = words(language)
    table = _table(say["import_costs_euros"], (say["import_year_calendar"], "left"), (say["import_revenue"], "right"),
                   (say["import_costs"], "right"), (say["import_rate"], "right"))
    for year, months in costs.items():
        income, cost = sum(revenue[year].values(), _ZERO), sum(months.values(), _ZERO)
        table.add_row(year, _cents(income, language), _cents(cost, language), _percent(income, cost, language))
    table.add_section()
    income, cost = (sum((amount for year in costs for amount in part[year].values()), _ZERO)
                    for part in (revenue, costs))
    table.add_row(say["total"], _cents(income, language), _cents(cost, language), _percent(income, cost, language),
                  style="bold")
    return table


def _percent(revenue: Decimal, costs: Decimal, language: str) -> str:
    if revenue <= 0:
        return "–"
    space = typography.NO_BREAK if language == "fr" else ""
    return f"{typography.decimal(float(100 * costs / revenue), language, 1)}{space}%"


@dataclass(frozen=True)
class _Account:
    """An account over all files, in euros: entries set apart left out; `share` of it counts (None: outside the map)."""

    number: str
    label: str
    revenue: bool
    amount: Decimal
    share: Decimal | None

    @property
    def counted(self) -> Decimal:
        """What of its amount counts, in euros."""
        return self.amount * (self.share or _ZERO)


def _accounts(reading: LedgerReading) -> list[_Account]:
    """Return the accounts of income and cost, revenue first, in the order of their numbers."""
    shown = [posting for posting in reading.books.postings if posting.set_apart in (None, OUTSIDE_MAP)]
    found = []
    for number, group in groupby(sorted(shown, key=lambda one: one.account), key=lambda one: one.account):
        postings = list(group)
        share = None if postings[0].set_apart else postings[0].share
        found.append(_Account(number, postings[-1].label, reading.account_map.is_revenue(number),
                              sum((posting.amount for posting in postings), _ZERO), share))
    return sorted(found, key=lambda one: (not one.revenue, one.number))


def _account_parts(accounts: Sequence[_Account], language: str) -> Iterator[Any]:
    """Yield the accounts that count, at which share, and the largest of those that do not."""
    say = words(language)
    table = _table(say["import_accounts"], (say["import_account"], "left"), (say["import_label"], "left"),
                   ("€", "right"), (say["import_share"], "right"), (say["import_counted"], "right"))
    for revenue, name in ((True, "import_revenue"), (False, "import_costs")):
        counting = [one for one in accounts if one.share and one.revenue is revenue]
        for one in counting:
            table.add_row(one.number, Text(one.label), _cents(one.amount, language),
                          _percent(Decimal(1), one.share or _ZERO, language), _cents(one.counted, language))
        total = sum((one.counted for one in counting), _ZERO)
        table.add_row(say["total"], say[name], "", "", _cents(total, language), style="bold", end_section=True)
    yield from (table, Text(""))
    others = sorted((one for one in accounts if not one.share), key=lambda one: -abs(one.amount))
    if others:
        table = _table(say["import_not_counted"], (say["import_account"], "left"), (say["import_label"], "left"),
                       (say["import_why"], "left"), ("€", "right"))
        for one in others[:UNCOUNTED_SHOWN]:
            why = "import_outside_map" if one.share is None else "import_fixed"
            table.add_row(one.number, Text(one.label), say[why], _cents(one.amount, language))
        if rest := others[UNCOUNTED_SHOWN:]:
            table.add_row("", counted(len(rest), "import_more_accounts", language), "",
                          _cents(sum((one.amount for one in rest), _ZERO), language))
        yield from (table, Text(""))


@dataclass(frozen=True)
class _Apart:
    """Entries of one kind that were set apart on one day."""

    file: str
    reason: str
    day: dt.date
    entries: int
    revenue: Decimal
    variable_costs: Decimal


def _apart(reading: LedgerReading) -> Iterator[_Apart]:
    for year in reading.years:
        ordered = sorted(year.year_end, key=lambda one: (one.date, one.reason))
        for (day, reason), group in groupby(ordered, key=lambda one: (one.date, one.reason)):
            entries = list(group)
            yield _Apart(year.source.path, reason, day, len(entries), sum((one.revenue for one in entries), _ZERO),
                         sum((one.variable_costs for one in entries), _ZERO))


def imports_json(readings: Sequence[Reading], language: str) -> dict[str, Any]:
    """Return the same as data: money as text with two decimals, shares and rates as numbers."""
    return {"valid": True, "sources": [_reading_json(reading, language) for reading in readings]}


def _reading_json(reading: Reading, language: str) -> dict[str, Any]:
    found = [{"file": one.file, "line": one.line, "column": one.column, "cell": one.cell or None, "code": one.code,
              "message": one.explain(language)} for one in reading.findings]
    if isinstance(reading, LedgerReading):
        return {"kind": "ledger", **_ledger_json(reading), "findings": found}
    if isinstance(reading, TableReading):
        return {"kind": "monthly_table", "files": [_file_json(reading.file)], "layout": reading.layout,
                "sheet": reading.sheet or None, "decimal_mark": reading.mark, "headings": list(reading.headings),
                "cells": dict(zip(reading.revenue.months, reading.cells, strict=True)),
                **_series_json(reading.revenue, reading.variable_costs), "findings": found}
    return {"kind": "customers", "files": [_file_json(reading.file)],
            "observed_from": reading.observed_from.isoformat() if reading.observed_from else None,
            "observed_until": reading.observed_until.isoformat(), "until_stated": reading.until_stated,
            "customers": [{"id": one.id, "start": one.start.isoformat(),
                           "end": one.end.isoformat() if one.end else None,
                           "monthly_margin": _money(one.monthly_margin),
                           "monthly_revenue": _money(one.monthly_revenue), "line": one.line}
                          for one in reading.customers],
            "findings": found}


def _ledger_json(reading: LedgerReading) -> dict[str, Any]:
    return {
        "files": [{**_file_json(year.source), "first": year.first.isoformat(), "last": year.last.isoformat(),
                   "closing": year.closing.isoformat() if year.closing else None, "entries": year.entries,
                   "debit": _money(year.debit), "credit": _money(year.credit)} for year in reading.years],
        **_series_json(reading.books.revenue, reading.books.variable_costs),
        "accounts": [{"number": one.number, "label": one.label, "amount": _money(one.amount),
                      "counts_as": ("revenue" if one.revenue else "variable_cost") if one.share else None,
                      "share": None if one.share is None else float(one.share), "counted": _money(one.counted)}
                     for one in _accounts(reading)],
        "set_apart": [{"file": one.file, "reason": one.reason, "date": one.day.isoformat(), "entries": one.entries,
                       "revenue": _money(one.revenue), "variable_costs": _money(one.variable_costs)}
                      for one in _apart(reading)],
    }


def _file_json(file: SourceFile) -> dict[str, Any]:
    return {"path": file.path, "sha256": file.sha256, "encoding": file.encoding, "separator": file.separator,
            "lines": file.lines}


def _series_json(revenue: MonthlySeries, costs: MonthlySeries | None) -> dict[str, Any]:
    data: dict[str, Any] = {"revenue": _months_json(revenue),
                            "variable_costs": _months_json(costs) if costs else None, "variable_cost_rate": None}
    total = sum(revenue.amounts, _ZERO)
    if costs and total > 0:
        data["variable_cost_rate"] = round(float(sum(costs.amounts, _ZERO) / total), 6)
    return data


def _months_json(series: MonthlySeries) -> dict[str, Any]:
    return {"first": series.first, "last": series.last, "total": _money(sum(series.amounts, _ZERO)),
            "years": {year: _money(sum(months.values(), _ZERO)) for year, months in _by_year(series).items()},
            "months": {month: _money(amount) for month, amount in zip(series.months, series.amounts, strict=True)}}


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
