"""Files of accounts given by themselves, outside a case: what each one is, found from what stands in it, and read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vismajor.case.account_map import AccountMap
from vismajor.case.accounts import TableReading, read_table
from vismajor.case.customer_columns import looks_like_customers
from vismajor.case.customers import CustomerBook, read_customers
from vismajor.case.ledger import LedgerReading, looks_like_ledger, read_ledger
from vismajor.case.sheets import open_tables
from vismajor.reading.problems import InvalidInput, Problem

Reading = LedgerReading | TableReading | CustomerBook


def read_imports(paths: Sequence[Path]) -> tuple[Reading, ...]:
    """Read each file as what its heading says: FEC (all of them are one ledger), monthly table, customers list.

    Raises InvalidInput with every problem of all files; a folder or a missing file is one.
    """
    problems: list[Problem] = []
    readings: list[Reading] = []
    ledgers = [path for path in paths if path.is_file() and looks_like_ledger(path)]
    try:
        if ledgers:
            readings.append(read_ledger(ledgers, [str(path) for path in ledgers], AccountMap()))
    except InvalidInput as error:
        problems += error.problems
    for path in paths:
        try:
            if path not in ledgers:
                readings.append(_read_table(path))
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return tuple(readings)


def _read_table(path: Path) -> TableReading | CustomerBook:
    """Read a monthly table or a customers list: what is neither is told as a table without a heading."""
    if looks_like_customers(open_tables(path, str(path))):
        return read_customers(path, str(path))
    return read_table(path, str(path))
