"""Invented ledgers for tests: the generator of the example case, and a file written from a few lines."""

import importlib.util
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.conftest import ROOT
from vismajor.case.account_map import AccountMap
from vismajor.case.ledger import LedgerReading, read_ledger
from vismajor.reading.problems import Problem

LEDGERS = ROOT / "tests" / "ledgers"
NAME = "000000101FEC20191231.txt"
HEADER = ("JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|"
          "PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise")


@cache
def generator() -> ModuleType:
    file = ROOT / "cases" / "ovh-strasbourg" / "generate_ledgers.py"
    spec = importlib.util.spec_from_file_location("generate_ledgers", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def one_year() -> tuple:
    """A small year of entries of the generator."""
    made = generator()
    months = [(2019, month, 300_000 + 7_777 * month) for month in range(1, 13)]
    return tuple(made.year_entries(made.TRADES[0], months, reverses=True))


def line(number: str, day: str, account: str, debit: str = "0,00", credit: str = "0,00", *, journal: str = "VE|Ventes",
         label: str = "Vente", currency: str = "", piece: str = "P1") -> str:
    return f"{journal}|{number}|{day}|{account}|Compte|||{piece}|{day}|{label}|{debit}|{credit}|||{day}||{currency}"


def sale(number: str, day: str, amount: str, account: str = "706000") -> list[str]:
    return [line(number, day, "411000", debit=amount), line(number, day, account, credit=amount)]


def full_year() -> list[str]:
    """A sale at the beginning and the end of a year."""
    return [*sale("1", "20190102", "100,00"), *sale("2", "20191231", "200,00")]


def write(folder: Path, lines: Sequence[str], name: str = NAME, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("".join(f"{text}\n" for text in [header, *lines]).encode(encoding))
    return path


def read(*paths: Path, using: AccountMap | None = None) -> LedgerReading:
    return read_ledger(paths, [path.name for path in paths], using or AccountMap())


def findings_of(reading: LedgerReading) -> list[Problem]:
    """What is told of a ledger, but not that months of a few lines are silent."""
    return [finding for finding in reading.findings if finding.code != "ledger_months_silent"]


def codes_of(reading: LedgerReading) -> list[str]:
    return [finding.code for finding in findings_of(reading)]


