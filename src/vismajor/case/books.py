"""The books of a claimant: every file that its accounts name, read and brought to monthly series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from vismajor.case.account_map import AccountMap
from vismajor.case.accounts import TableReading, read_table
from vismajor.case.series import Books
from vismajor.case.stated import ALL, texts
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.reading.scalars import as_date
from vismajor.reading.yaml_source import Path_, YamlSource

T = TypeVar("T")


def read_books(source: YamlSource, where: Path_, folder: Path, accounts: Mapping[str, Any]) -> Books:
    """Read the files that `accounts` (raw data, at `where` in the case file) names: revenue or ledger, and unaffected.

    Raises InvalidInput with every problem of all of them: a file outside the case or missing at the line of its name,
    the rest in the file itself; and where a table alone, without a rate, does not show what varies with revenue.
    """
    if "revenue" in accounts and "ledger" in accounts:  # told by the validation of the case
        raise InvalidInput([])
    problems: list[Problem] = []
    table = _read_each(source, where, folder, accounts, "revenue", problems)
    unaffected = _read_each(source, where, folder, accounts, "unaffected", problems)
    ledger = _read_ledger(source, where, folder, accounts, problems)
    if "revenue" in accounts and accounts.get("account_map") and _account_map(accounts):
        problems.append(source.problem((*where, "account_map"), "account_map_unused"))
    if table and unaffected and table.file.sha256 == unaffected.file.sha256:
        problems.append(source.problem((*where, "unaffected"), "unaffected_same_file", read=unaffected.file.path))
    if table and not table.variable_costs and accounts.get("variable_cost_rate") is None:
        problems.append(source.problem(where, "accounts_without_rate"))
    books = ledger or (_books_of(table) if table else None)
    if problems or books is None:
        raise InvalidInput(problems)
    if unaffected:
        books = replace(books, unaffected=unaffected.revenue, files=(*books.files, unaffected.file),
                        findings=(*books.findings, *unaffected.findings))
    return replace(books, findings=(*books.findings, *_after_as_of(source, where, books)))


def find_file(source: YamlSource, where: Path_, folder: Path, relative: str) -> Path:
    """Return the file named at `where`. Raises InvalidInput where it lies outside the folder or is missing."""
    if not lies_inside(folder, relative):
        raise InvalidInput([source.problem(where, "outside_case", read=relative)])
    if not is_file(folder / relative):
        raise InvalidInput([source.problem(where, "missing_accounts", read=relative)])
    return folder / relative


def is_file(path: Path) -> bool:
    """Tell whether there is such a file."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long for the disk, or with a NUL
        return False


def lies_inside(folder: Path, relative: str) -> bool:
    """Tell whether a path named in a case stays in its folder."""
    try:
        return (folder / relative).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _books_of(table: TableReading) -> Books:
    return Books(table.revenue, table.variable_costs, files=(table.file,), findings=table.findings, cells=table.cells)


def _read_each(source: YamlSource, where: Path_, folder: Path, accounts: Mapping[str, Any], key: str,
               problems: list[Problem]) -> TableReading | None:
    """Read the table named under `key`, if one is; its problems are added to `problems`."""
    for path, name in texts(accounts, key, at=where):
        return _collect(partial(_read_table, source, path, folder, name, or_index=key == "unaffected"), folder, source,
                        problems)
    return None


def _read_table(source: YamlSource, where: Path_, folder: Path, name: str, *, or_index: bool) -> TableReading:
    return read_table(find_file(source, where, folder, name), name, or_index=or_index)


def _read_ledger(source: YamlSource, where: Path_, folder: Path, accounts: Mapping[str, Any],
                 problems: list[Problem]) -> Books | None:
    """Read the ledger, if one is named: as a whole, and only where each of its files can be found."""
    named = list(texts(accounts, "ledger", ALL, at=where))
    found = [_collect(partial(find_file, source, path, folder, name), folder, source, problems)
             for path, name in named]
    paths = [path for path in found if path]
    if not named or len(paths) < len(named):
        return None
    from vismajor.case.ledger import read_ledger  # noqa: PLC0415 — only who has a ledger waits for its reader

    names = [name for _, name in named]
    using = _account_map(accounts) or AccountMap()
    reading = _collect(partial(read_ledger, paths, names, using), folder, source, problems)
    return replace(reading.books, findings=reading.findings) if reading else None


def _account_map(accounts: Mapping[str, Any]) -> AccountMap | None:
    """Return the map that the case states; None for a broken one, which the validation of the case tells."""
    try:
        return AccountMap.model_validate(accounts.get("account_map") or {})
    except ValidationError:
        return None


def _collect(read: Callable[[], T], folder: Path, source: YamlSource, problems: list[Problem]) -> T | None:
    """Return what `read` returns, or None and its problems, those of a file of accounts with the path of the folder."""
    try:
        return read()
    except InvalidInput as error:
        problems += [one if one.file == source.file else replace(one, file=str(folder / one.file))
                     for one in error.problems]
        return None


def _after_as_of(source: YamlSource, where: Path_, books: Books) -> Iterator[Problem]:
    """Tell of accounts that go beyond the date of knowledge: nobody can know them then."""
    as_of = as_date(source.data.get("as_of")) if isinstance(source.data, dict) else None
    if as_of and books.revenue.last > f"{as_of:%Y-%m}":
        yield source.problem(where, "accounts_after_as_of", read=books.revenue.last, other=as_of)
