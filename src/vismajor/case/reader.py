"""Reads a case folder: validates `case.yaml`, its names and dates, and the accounts it points to."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from vismajor.case.books import find_file, is_file, lies_inside, read_books
from vismajor.case.checks import check_dates, check_items, check_margins, check_references
from vismajor.case.customers import CustomerBook, read_customers
from vismajor.case.fact_checks import Catalog, Kinds, check_facts, with_one_spelling
from vismajor.case.fact_dates import check_fact_dates
from vismajor.case.head_checks import check_heads
from vismajor.case.models import Case, CaseFile
from vismajor.case.offer_checks import check_offers
from vismajor.case.series import Books
from vismajor.case.stated import ALL, accounts_stated, texts
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


def read_case(source: YamlSource, catalog: Catalog, duties: frozenset[str], head_kinds: frozenset[str],
              kinds: Kinds | None = None) -> Case:
    """Check a parsed case and read its accounts.

    `catalog` declares the facts that may be stated, `duties` and `head_kinds` the names that heads of loss may use,
    `kinds` the kinds of things that a claimant may list, each with the kind that it belongs to.
    Raises InvalidInput with every problem of the case file and of the accounts that it names.
    """
    file = Path(source.file)
    kinds = kinds or {}
    problems = [*check_facts(source, catalog, kinds), *check_fact_dates(source, catalog),
                *check_references(source, duties), *check_items(source, kinds)]
    accounts, found = _read_accounts(source, file.parent)
    problems += found
    lists, found = _read_customers(source, file.parent)
    problems += found
    model, found = validate(CaseFile, source, data=with_one_spelling(source.data, catalog))
    problems += found
    if model is None:
        raise InvalidInput(problems)
    books = {model.claimants[index].id: book for index, book in accounts.items()}
    problems += check_heads(source, model, head_kinds)
    problems += check_dates(source, model)
    problems += check_offers(source, model)
    problems += check_margins(source, model, books)
    if problems:
        raise InvalidInput(problems)
    customers = {(model.claimants[index].id, model.claimants[index].heads[position].id): one
                 for (index, position), one in lists.items()}
    files = [one for book in books.values() for one in book.files] + [book.file for book in customers.values()]
    hashes = {one.path: one.sha256 for one in files}
    shown = [e.file for e in model.exhibits if e.file]
    hashes |= {name: _hash(file.parent / name) for name in shown if is_file(file.parent / name)}
    return Case(file=model, books=books, customers=customers, folder=file.parent,
                hashes={file.name: _hash(file), **hashes})


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
