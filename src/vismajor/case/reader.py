"""Reads a case folder: validates `case.yaml`, its names and dates, and the accounts it points to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vismajor.case.books import find_file, is_file, lies_inside, read_books
from vismajor.case.case_checks import check_data, check_model
from vismajor.case.customers import CustomerBook, read_customers
from vismajor.case.fact_checks import with_one_spelling
from vismajor.case.models import Case, CaseFile
from vismajor.case.names import Names
from vismajor.case.overridden import Written
from vismajor.case.scenarios import check_scenarios
from vismajor.case.series import Books
from vismajor.case.stated import ALL, accounts_stated, texts
from vismajor.case.versions import scenario_problems
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import YamlSource, load_yaml

CASE_FILE = "case.yaml"


def case_path(path: Path) -> Path:
    """Return the case file: `path` itself, or `case.yaml` in the folder `path`."""
    return path / CASE_FILE if path.is_dir() else path


def open_case(path: Path) -> YamlSource:
    """Parse the case file of the folder (or file) `path`. Raises InvalidInput."""
    return load_yaml(case_path(path), missing="missing_case")


def named_law(source: YamlSource) -> str:
    """Return the id of the law pack that a case names. Raises InvalidInput when it names none."""
    law = source.data.get("law") if isinstance(source.data, dict) else None
    if not isinstance(law, str):
        raise InvalidInput([source.problem(("law",), "law_missing")])
    return law


def read_case(source: YamlSource, names: Names) -> Case:
    """Check a parsed case and read its accounts.

    Raises InvalidInput with every problem of the case file, of its scenarios and of the accounts that it names.
    """
    file = Path(source.file)
    problems = [*check_data(source, names),
                *check_scenarios(source, names)]
    accounts, found = _read_accounts(source, file.parent)
    problems += found
    lists, found = _read_customers(source, file.parent)
    problems += found
    model, found = validate(CaseFile, source, data=with_one_spelling(source.data, names.catalog))
    problems += found
    if not all(_in_scenarios(source, one) for one in problems):
        raise InvalidInput(problems)
    sound = model or _without_scenarios(source, names)
    books = {sound.claimants[index].id: book for index, book in accounts.items()}
    problems += check_model(source, names, sound, books)
    if not all(_in_scenarios(source, one) for one in problems):
        raise InvalidInput(problems)
    customers = {(sound.claimants[index].id, sound.claimants[index].heads[position].id): one
                 for (index, position), one in lists.items()}
    case = Case(file=sound, books=books, customers=customers, folder=file.parent,
                hashes=_hashes(file, sound, books, customers), source=source)
    problems += scenario_problems(case, names)
    if problems:
        raise InvalidInput(problems)
    return case


def _in_scenarios(source: YamlSource, problem: Problem) -> bool:
    """Tell whether a problem lies in the scenarios of a file: the case itself can then be read."""
    return Written(source, ("scenarios",), {}).holds(problem)


def _without_scenarios(source: YamlSource, names: Names) -> CaseFile:
    model, problems = validate(CaseFile, source, data={**with_one_spelling(source.data, names.catalog),
                                                       "scenarios": []})
    if model is None:
        raise InvalidInput(problems)
    return model


def _hashes(file: Path, model: CaseFile, books: Mapping[str, Books],
            customers: Mapping[tuple[str, str], CustomerBook]) -> dict[str, str]:
    files = [one for book in books.values() for one in book.files] + [book.file for book in customers.values()]
    shown = [exhibit.file for exhibit in model.exhibits if exhibit.file]
    return {file.name: _hash(file), **{one.path: one.sha256 for one in files},
            **{name: _hash(file.parent / name) for name in shown if is_file(file.parent / name)}}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_accounts(source: YamlSource, folder: Path) -> tuple[dict[int, Books], list[Problem]]:
    """Read the accounts that claimants name, by position of the claimant."""
    books: dict[int, Books] = {}
    problems = [
        source.problem(path, "outside_case", read=name)
        for path, name in texts(source.data, "exhibits", ALL, "file") if not lies_inside(folder, name)
    ]
    for path, accounts in accounts_stated(source.data):
        try:
            books[int(path[1])] = read_books(source, path, folder, accounts)
        except InvalidInput as error:
            problems += error.problems
    return books, problems


def _read_customers(source: YamlSource, folder: Path) -> tuple[dict[tuple[int, int], CustomerBook], list[Problem]]:
    """Read the customers lists that heads of loss name, by position of the claimant and of the head."""
    lists: dict[tuple[int, int], CustomerBook] = {}
    problems: list[Problem] = []
    for path, name in texts(source.data, "claimants", ALL, "heads", ALL, "customers"):
        try:
            lists[int(path[1]), int(path[3])] = read_customers(find_file(source, path, folder, name), name)
        except InvalidInput as error:
            problems += [one if one.file == source.file else replace(one, file=str(folder / one.file))
                         for one in error.problems]
    return lists, problems
