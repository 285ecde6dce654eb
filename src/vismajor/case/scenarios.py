"""Scenarios: other versions of the facts, the law or the figures, as named overrides of one case.

A scenario is applied to the data of the file as it was written, and what comes out is checked like any case: what
cannot be is told at the line of the scenario that says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from vismajor.case.fact_checks import check_stated
from vismajor.case.facts import Fact, FactDeclaration
from vismajor.case.stated import ALL, fact_maps, texts
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.scalars import Bilingual, Id, IsoDate, Share, Strict, Text, is_id
from vismajor.reading.yaml_source import Path_, YamlSource

Answer = Literal["established", "not_established"]


class Scenario(Strict):
    """Another version of the case, on top of the one `from` which it starts (the case itself where none is named).

    `facts` replace what is stated of a fact wherever it is stated, and are stated of all claimants where nobody states
    them (for one duty where written `name@duty`); a bare value is certain. `unknown`: facts taken as not stated.
    `likelihoods` keep a fact as stated and change its chance. `questions`: the chance that this court answers an open
    question of law so. `issues`: answers taken as given. `figures`: any other entry of the file by its path, such as
    `claimants.martin.heads.hours.hours`.
    """

    id: Id
    title: Bilingual
    from_: Id | None = Field(None, alias="from")
    as_of: IsoDate | None = None
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


def check_scenarios(source: YamlSource, facts: Mapping[str, FactDeclaration], issues: Sequence[str],
                    questions: Sequence[str]) -> Iterator[Problem]:
    """Check every name that scenarios use, and the values of facts, on the raw data.

    All else is checked where a scenario is applied.
    """
    listed = {entry["id"]: (path, entry) for path, entry in stated_scenarios(source.data)}
    by_id = {name: entry for name, (_, entry) in listed.items()}
    for name, (path, entry) in listed.items():
        base = entry.get("from")
        if isinstance(base, str) and base not in by_id and is_id(base):
            yield source.problem((*path, "from"), "unknown_scenario", read=base, nearest=nearest(base, by_id))
        elif (chain := lineage(by_id, name)) is None:
            yield source.problem((*path, "from"), "scenarios_in_circle", read=name, other=base)
        else:
            yield from _check_stated(source, path, entry, chain, by_id)
        yield from _check_names(source, path, entry, facts, issues, questions)


def _check_names(source: YamlSource, path: Path_, entry: Mapping[str, Any], facts: Mapping[str, FactDeclaration],
                 issues: Sequence[str], questions: Sequence[str]) -> Iterator[Problem]:
    """Check the facts, issues and questions that one scenario names, and what it states of each fact."""
    unknown = entry.get("unknown")
    named = [((*path, "unknown", at), read) for at, read in enumerate(unknown if isinstance(unknown, list) else ())]
    named += [((*path, key, read), read) for key in ("facts", "likelihoods") for read in _keys(entry.get(key))]
    for where, read in named:
        plain = read.partition("@")[0] if isinstance(read, str) else None
        if plain is not None and plain not in facts:
            yield source.problem(where, "unknown_fact", read=plain, nearest=nearest(plain, facts))
        elif plain is not None and facts[plain].computed:
            yield source.problem(where, "fact_computed", read=plain)
        elif plain is not None and len(where) > 1 and where[-2] == "facts":
            yield from check_stated(source, where, entry["facts"][read], facts[plain])
    for key, known, code in (("questions", questions, "unknown_question"), ("issues", issues, "unknown_issue")):
        for read in _keys(entry.get(key)):
            if read not in known:
                yield source.problem((*path, key, read), code, read=read, nearest=nearest(read, known))


def _check_stated(source: YamlSource, path: Path_, entry: Mapping[str, Any], chain: Sequence[str],
                  by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Check that a likelihood is changed of a fact that is stated, in the case or by a scenario on the way."""
    stated = {key.partition("@")[0] for _, _, facts in fact_maps(source.data) for key in facts}
    stated |= {key.partition("@")[0] for name in chain for key in _keys(by_id[name].get("facts"))}
    for read in _keys(entry.get("likelihoods")):
        if read.partition("@")[0] not in stated:
            yield source.problem((*path, "likelihoods", read), "likelihood_of_nothing", read=read)


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
