"""Reads a case folder: validates `case.yaml`, its names and dates, and the accounts it points to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vismajor.case.books import find_file, is_file, lies_inside, read_books
from vismajor.case.checks import check_dates, check_items, check_margins, check_references
from vismajor.case.customers import CustomerBook, read_customers
from vismajor.case.fact_checks import Catalog, Kinds, check_facts, with_one_spelling
from vismajor.case.fact_dates import check_fact_dates
from vismajor.case.head_checks import check_heads
from vismajor.case.models import Case, CaseFile
from vismajor.case.offer_checks import check_offers
from vismajor.case.overrides import override
from vismajor.case.proceeding_checks import check_proceedings
from vismajor.case.scenarios import check_evidence, check_scenarios, lineage, stated_scenarios
from vismajor.case.series import Books
from vismajor.case.stated import ALL, accounts_stated, texts
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import Path_, YamlSource, load_yaml

CASE_FILE = "case.yaml"
Step = tuple[Path_, dict[str, Any]]  # a scenario, and where it stands


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


@dataclass(frozen=True)
class Names:
    """What the law pack lets a case name.

    `catalog` declares the facts that may be stated, `duties` and `heads` the names that heads of loss may use, `kinds`
    the kinds of things that a claimant may list, each with the kind that it belongs to; `issues` and `questions` are
    those that a scenario may answer.
    """

    catalog: Catalog
    duties: frozenset[str]
    heads: frozenset[str]
    kinds: Kinds = field(default_factory=dict)
    issues: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def read_case(source: YamlSource, names: Names) -> Case:
    """Check a parsed case and read its accounts.

    Raises InvalidInput with every problem of the case file, of its scenarios and of the accounts that it names.
    """
    file = Path(source.file)
    problems = [*_check_raw(source, names),
                *check_scenarios(source, names.catalog, names.issues, names.questions)]
    accounts, found = _read_accounts(source, file.parent)
    problems += found
    lists, found = _read_customers(source, file.parent)
    problems += found
    model, found = validate(CaseFile, source, data=with_one_spelling(source.data, names.catalog))
    problems += found
    if model is None:
        raise InvalidInput(problems)
    books = {model.claimants[index].id: book for index, book in accounts.items()}
    problems += _check_model(source, names, model, books)
    if problems:
        raise InvalidInput(problems)
    customers = {(model.claimants[index].id, model.claimants[index].heads[position].id): one
                 for (index, position), one in lists.items()}
    files = [one for book in books.values() for one in book.files] + [book.file for book in customers.values()]
    hashes = {one.path: one.sha256 for one in files}
    shown = [e.file for e in model.exhibits if e.file]
    hashes |= {name: _hash(file.parent / name) for name in shown if is_file(file.parent / name)}
    case = Case(file=model, books=books, customers=customers, folder=file.parent,
                hashes={file.name: _hash(file), **hashes}, source=source)
    problems = [one for scenario in model.scenarios for one in _varied(case, names, _stated(case, scenario.id))[1]]
    if problems:
        raise InvalidInput(problems)
    return case


def vary(case: Case, names: Names, scenarios: Sequence[str] = (), further: YamlSource | None = None) -> Case:
    """Return the case as scenarios (one after the other), then a `further` one written elsewhere, would have it.

    Raises InvalidInput with every problem, told where the scenario says it, and KeyError for one that does not exist.
    """
    steps = [step for name in scenarios for step in _stated(case, name)]
    changed, problems = _varied(case, names, steps, further)
    if changed is None or problems:
        raise InvalidInput(problems)
    return changed


def _stated(case: Case, name: str) -> list[Step]:
    """Return the scenarios on which one rests, and itself, with where they stand."""
    stated = {entry["id"]: (path, entry) for path, entry in stated_scenarios(case.source.data)}
    return [stated[one] for one in lineage({key: entry for key, (_, entry) in stated.items()}, name) or [name]]


def _varied(case: Case, names: Names, steps: Sequence[Step], further: YamlSource | None = None
            ) -> tuple[Case | None, list[Problem]]:
    scopes = {name: declared.scope for name, declared in names.catalog.items()}
    asked = {"as_of": case.as_of.isoformat(), "language": case.file.language}  # as asked on the way, not as written
    done = override(replace(case.source, data={**case.source.data, **asked}), steps, scopes)
    problems = list(done.problems)
    if further is not None:
        more = override(done.source, [((), further.data)], scopes, further)
        problems += more.problems
        done = replace(more, given={**done.given, **more.given}, chances={**done.chances, **more.chances})
    problems += _check_raw(done.source, names)
    model, found = validate(CaseFile, done.source, data=with_one_spelling(done.source.data, names.catalog))
    if model is None:
        return None, problems + found
    problems += _check_model(done.source, names, model, case.books)
    return Case(file=model, books=case.books, customers=case.customers, folder=case.folder, hashes=case.hashes,
                source=done.source, given={**case.given, **done.given},
                chances={**case.chances, **done.chances}), problems


def _check_raw(source: YamlSource, names: Names) -> list[Problem]:
    return [*check_facts(source, names.catalog, names.kinds), *check_fact_dates(source, names.catalog),
            *check_references(source, names.duties), *check_items(source, names.kinds),
            *check_evidence(source, names.catalog)]


def _check_model(source: YamlSource, names: Names, model: CaseFile, books: Mapping[str, Books]) -> list[Problem]:
    return [*check_heads(source, model, names.heads), *check_dates(source, model),
            *check_offers(source, model), *check_margins(source, model, books), *check_proceedings(source, model)]


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
