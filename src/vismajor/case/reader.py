"""Reads a case folder: validates `case.yaml`, its names and dates, and the accounts it points to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vismajor.case.books import find_file, is_file, lies_inside, read_books
from vismajor.case.checks import check_dates, check_items, check_margins, check_references
from vismajor.case.customers import CustomerBook, read_customers
from vismajor.case.fact_checks import Catalog, Kinds, check_facts, with_one_spelling
from vismajor.case.fact_dates import check_fact_dates
from vismajor.case.head_checks import check_heads
from vismajor.case.models import Case, CaseFile
from vismajor.case.offer_checks import check_offers
from vismajor.case.overridden import Written
from vismajor.case.overrides import override
from vismajor.case.scenarios import (
    Scenario,
    check_evidence,
    check_scenario,
    check_scenarios,
    lineage,
    stated_scenarios,
)
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
    if not all(_in_scenarios(source, one) for one in problems):
        raise InvalidInput(problems)
    sound = model or _without_scenarios(source, names)
    books = {sound.claimants[index].id: book for index, book in accounts.items()}
    problems += _check_model(source, names, sound, books)
    if not all(_in_scenarios(source, one) for one in problems):
        raise InvalidInput(problems)
    customers = {(sound.claimants[index].id, sound.claimants[index].heads[position].id): one
                 for (index, position), one in lists.items()}
    case = Case(file=sound, books=books, customers=customers, folder=file.parent,
                hashes=_hashes(file, sound, books, customers), source=source)
    problems += _scenario_problems(case, names)
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


def vary(case: Case, names: Names, scenarios: Sequence[str] = (), further: YamlSource | None = None) -> Case:
    """Return the case as scenarios (one after the other), then a `further` one written elsewhere, would have it.

    Raises InvalidInput with every problem, told where the scenario says it, and KeyError for one that does not exist.
    """
    steps = [step for name in scenarios for step in _stated(case, name)]
    problems: list[Problem] = []
    if further is not None:
        steps.append(Written(further, (), further.data))
        claimants = [claimant.id for claimant in case.file.claimants]
        problems += check_scenario(steps[-1], claimants, names.catalog, names.issues, names.questions)
        problems += validate(Scenario, further)[1]
    changed, found = _varied(case, names, steps)
    if changed is None or problems or found:
        raise InvalidInput([*problems, *found])
    return changed


def _stated(case: Case, name: str) -> list[Written]:
    """Return the scenarios on which one rests, and itself, as they are written; none where they run in a circle."""
    stated = {entry["id"]: (path, entry) for path, entry in stated_scenarios(case.source.data)}
    chain = lineage({key: entry for key, (_, entry) in stated.items()}, name) if name in stated else [name]
    return [Written(case.source, *stated[one]) for one in chain or ()]


def _scenario_problems(case: Case, names: Names) -> Iterator[Problem]:
    """Yield what is wrong with the case as each scenario would have it; what rests on a broken one is not tried."""
    broken = set[str]()
    stated = {entry["id"]: [str(one.entry["id"]) for one in _stated(case, entry["id"])]
              for _, entry in stated_scenarios(case.source.data)}
    for name, chain in sorted(stated.items(), key=lambda one: len(one[1])):
        if chain and not broken & set(chain):
            found = _varied(case, names, _stated(case, name))[1]
            broken |= {name} if found else set()
            yield from found


def _varied(case: Case, names: Names, steps: Sequence[Written]) -> tuple[Case | None, list[Problem]]:
    """Return the case as scenarios would have it, or None where it cannot be, with all that is wrong with it."""
    scopes = {name: declared.scope for name, declared in names.catalog.items()}
    asked = {"as_of": case.as_of.isoformat(), "language": case.file.language}  # as asked on the way, not as written
    # All else of the scenarios is checked apart.
    named = [{"id": entry["id"]} for _, entry in stated_scenarios(case.source.data)]
    done = override(replace(case.source, data={**case.source.data, **asked, "scenarios": named}), steps, scopes)
    problems = [*done.problems, *_check_raw(done.source, names)]
    model, found = validate(CaseFile, done.source,
                            data={**with_one_spelling(done.source.data, names.catalog), "scenarios": []})
    problems += found
    if model is not None:
        problems += _check_model(done.source, names, model, case.books)
    if problems or model is None:
        return None, [*problems, *_consequences(steps[-1], problems)]
    source = replace(done.source, data={**done.source.data, "scenarios": case.source.data.get("scenarios", [])})
    return Case(file=model.model_copy(update={"scenarios": case.file.scenarios}), books=case.books,
                customers=case.customers, folder=case.folder, hashes=case.hashes, source=source,
                given={**case.given, **done.given}, chances={**case.chances, **done.chances}), []


def _consequences(last: Written, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Say of a scenario that it makes entries wrong which it does not write: they are told at their own place."""
    elsewhere = sorted({one.line for one in problems if not last.holds(one)})
    if elsewhere and not any(last.holds(one) for one in problems):
        yield last.problem(("id",), "scenario_contradicts", read=last.entry["id"],
                           lines=", ".join(str(line) for line in elsewhere))


def _check_raw(source: YamlSource, names: Names) -> list[Problem]:
    return [*check_facts(source, names.catalog, names.kinds), *check_fact_dates(source, names.catalog),
            *check_references(source, names.duties), *check_items(source, names.kinds),
            *check_evidence(source, names.catalog)]


def _check_model(source: YamlSource, names: Names, model: CaseFile, books: Mapping[str, Books]) -> list[Problem]:
    return [*check_heads(source, model, names.heads), *check_dates(source, model),
            *check_offers(source, model), *check_margins(source, model, books)]


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
