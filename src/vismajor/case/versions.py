"""Versions of a case: what its scenarios, or one written elsewhere, make of it, checked like any case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vismajor.case.case_checks import check_data, check_model
from vismajor.case.fact_checks import check_facts, with_one_spelling
from vismajor.case.fact_dates import check_fact_dates
from vismajor.case.models import Case, CaseFile
from vismajor.case.names import Names
from vismajor.case.overridden import Written
from vismajor.case.overrides import Override, override
from vismajor.case.scenarios import Scenario, check_scenario, lineage, stated_scenarios
from vismajor.reading.problems import InvalidInput, Problem
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import YamlSource

NO_MORE_THAN_FACTS = frozenset(("id", "title", "from", "claimants", "facts", "unknown", "likelihoods", "questions",
                                "issues"))


def vary(case: Case, names: Names, scenarios: Sequence[str] = (), further: YamlSource | None = None) -> Case:
    """Return the case as scenarios (one after the other), then a `further` one written elsewhere, would have it.

    Raises InvalidInput with every problem, told where the scenario says it, and KeyError for one that does not exist.
    """
    steps = [step for name in scenarios for step in _stated(case, name)]
    problems: list[Problem] = []
    if further is not None:
        steps.append(Written(further, (), further.data))
        claimants = [claimant.id for claimant in case.file.claimants]
        problems += check_scenario(steps[-1], claimants, names)
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


def scenario_problems(case: Case, names: Names) -> Iterator[Problem]:
    """Yield what is wrong with the case as each scenario would have it; what rests on a broken one is not tried."""
    broken = set[str]()
    stated = {entry["id"]: [str(one.entry["id"]) for one in _stated(case, entry["id"])]
              for _, entry in stated_scenarios(case.source.data)}
    for name, chain in sorted(stated.items(), key=lambda one: len(one[1])):
        if chain and not broken & set(chain):
            found = _tried(case, names, _stated(case, name))
            broken |= {name} if found else set()
            yield from found


def _tried(case: Case, names: Names, steps: Sequence[Written]) -> list[Problem]:
    """Return what is wrong with the case as scenarios would have it.

    Where they change no more than facts and answers, whose values are checked as they are written, only the facts are
    looked at together.
    """
    if any(written.entry.keys() - NO_MORE_THAN_FACTS for written in steps):
        return _varied(case, names, steps)[1]
    done = _overridden(case, names, steps)
    return [*done.problems, *check_facts(done.source, names.catalog, names.kinds),
            *check_fact_dates(done.source, names.catalog)]


def _overridden(case: Case, names: Names, steps: Sequence[Written]) -> Override:
    scopes = {name: declared.scope for name, declared in names.catalog.items()}
    asked = {"as_of": case.as_of.isoformat(), "language": case.file.language}  # as asked on the way, not as written
    # All else of the scenarios is checked apart.
    named = [{"id": entry["id"]} for _, entry in stated_scenarios(case.source.data)]
    return override(replace(case.source, data={**case.source.data, **asked, "scenarios": named}), steps, scopes)


def _varied(case: Case, names: Names, steps: Sequence[Written]) -> tuple[Case | None, list[Problem]]:
    """Return the case as scenarios would have it, or None where it cannot be, with all that is wrong with it."""
    done = _overridden(case, names, steps)
    problems = [*done.problems, *check_data(done.source, names)]
    model, found = validate(CaseFile, done.source,
                            data={**with_one_spelling(done.source.data, names.catalog), "scenarios": []})
    problems += found
    if model is not None:
        problems += check_model(done.source, names, model, case.books)
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
