"""Scenarios: other versions of the facts, the law or the figures, as named overrides of one case.

A scenario is applied to the data of the file as it was written, and what comes out is checked like any case: what
cannot be is told at the line of the scenario that says it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from vismajor.case.fact_checks import check_stated
from vismajor.case.facts import Fact, FactDeclaration
from vismajor.case.names import Names
from vismajor.case.overridden import Written
from vismajor.case.stated import ALL, ids, texts
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.scalars import Bilingual, Id, IsoDate, Share, Strict, Text, is_id
from vismajor.reading.yaml_source import Path_, YamlSource

Answer = Literal["established", "not_established"]


class Scenario(Strict):
    """Another version of the case, on top of the one `from` which it starts (the case itself where none is named).

    `facts` are stated of all whom they concern, in place of what the case states of them (for one duty where written
    `name@duty`); a bare value is certain. `unknown`: facts taken as not stated. `likelihoods` keep a fact as stated and
    change its chance. Where `claimants` are named, these three are said of them alone, save for facts common to all.
    `questions`: the chance that this court answers an open question of law so. `issues`: answers taken as given.
    `figures`: any other entry of the file by its path (see `figure_paths`), such as
    `claimants.martin.heads.hours.hours`.
    """

    id: Id
    title: Bilingual
    from_: Id | None = Field(None, alias="from")
    as_of: IsoDate | None = None
    claimants: tuple[Id, ...] = ()
    facts: dict[str, Fact] = {}
    unknown: tuple[Text, ...] = ()
    likelihoods: dict[str, Share] = {}
    questions: dict[str, Share] = {}
    issues: dict[str, Answer] = {}
    figures: dict[str, Any] = {}


def lineage(scenarios: Mapping[str, Mapping[str, Any]], name: str) -> list[str] | None:
    """Return the scenarios that one rests on, the first first and itself last; None where they run in a circle.

    One that starts from a scenario that does not exist is taken from there.
    """
    found: list[str] = []
    at: Any = name
    while isinstance(at, str) and at in scenarios:
        if at in found:
            return None
        found.insert(0, at)
        at = scenarios[at].get("from")
    return found


def stated_scenarios(data: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield (path, scenario) of every scenario with an id, however broken the rest is."""
    entries = data.get("scenarios") if isinstance(data, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield ("scenarios", index), entry


def check_scenarios(source: YamlSource, names: Names) -> Iterator[Problem]:
    """Check every name that scenarios use, and the values of facts, on the raw data.

    All else is checked where a scenario is applied.
    """
    listed = {entry["id"]: (path, entry) for path, entry in stated_scenarios(source.data)}
    by_id = {name: entry for name, (_, entry) in listed.items()}
    for path, entry in stated_scenarios(source.data):
        base = entry.get("from")
        if isinstance(base, str) and base not in by_id and is_id(base):
            yield source.problem((*path, "from"), "unknown_scenario", read=base, nearest=nearest(base, by_id))
        elif isinstance(base, str) and entry["id"] in (lineage(by_id, base) or _circle(by_id, base)):
            yield source.problem((*path, "from"), "scenarios_in_circle", read=entry["id"], other=base)
        yield from check_scenario(Written(source, path, entry), ids(source.data, "claimants"), names)


def _circle(scenarios: Mapping[str, Mapping[str, Any]], name: str) -> list[str]:
    """Return the scenarios met from one on, until one is met again."""
    found: list[str] = []
    while name not in found:
        found.append(name)
        name = scenarios[name]["from"]
    return found[found.index(name):]


def check_scenario(written: Written, claimants: Collection[str] | None, names: Names) -> Iterator[Problem]:
    """Check the claimants, facts, issues and questions that one scenario names, and what it states of each fact."""
    entry = written.entry
    for where, read in texts(entry, "claimants", ALL):
        if claimants is not None and is_id(read) and read not in claimants:
            yield written.problem(where, "unknown_claimant", read=read, nearest=nearest(read, claimants))
    named = [(where, read, "unknown") for where, read in texts(entry, "unknown", ALL)]
    named += [((key, read), read, key) for key in ("facts", "likelihoods") for read in _keys(entry.get(key))]
    for where, read, key in named:
        yield from _check_fact(written, where, read, key, names)
    unknown = [read for _, read in texts(entry, "unknown", ALL)]
    for where, read, key in named:
        if key != "unknown" and read in unknown:
            yield written.problem(where, "stated_and_unknown", read=read)
    for key, known, code in (("questions", names.questions, "unknown_question"),
                             ("issues", names.issues, "unknown_issue")):
        for read in _keys(entry.get(key)):
            if read not in known:
                yield written.problem((key, read), code, read=read, nearest=nearest(read, known))


def _check_fact(written: Written, where: Path_, read: str, key: str, names: Names) -> Iterator[Problem]:
    plain, _, duty = read.partition("@")
    declared = names.catalog.get(plain)
    if declared is None:
        yield written.problem(where, "unknown_fact", read=plain, nearest=nearest(plain, names.catalog))
        return
    if declared.computed:
        yield written.problem(where, "fact_computed", read=plain)
    if duty and duty not in names.duties and is_id(duty):
        yield written.problem(where, "unknown_duty", read=duty, nearest=nearest(duty, names.duties))
    if key == "facts":
        yield from check_stated(written.source, (*written.path, *where), written.entry[key][read], declared)
    elif duty and not declared.per_duty:
        yield written.problem(where, "fact_not_per_duty", read=read)


def _keys(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def check_evidence(source: YamlSource, facts: Mapping[str, FactDeclaration]) -> Iterator[Problem]:
    """Check the facts on which evidence bears, and those expected: they exist, and the latter are yes or no."""
    data = source.data if isinstance(source.data, dict) else {}
    named = list(texts(data, "evidence", ALL, "facts", ALL))
    named += [(("expected", name), name) for name in _keys(data.get("expected"))]
    for where, name in named:
        if name not in facts:
            yield source.problem(where, "unknown_fact", read=name, nearest=nearest(name, facts))
        elif where[0] == "expected" and facts[name].type != "bool":
            yield source.problem(where, "expected_not_yes_or_no", read=name)
