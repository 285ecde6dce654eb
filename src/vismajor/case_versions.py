"""A case and other versions of it, assessed and valued on the same draws: its scenarios, or one made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from vismajor.case.models import Case
from vismajor.case.scenarios import Scenario
from vismajor.case.versions import vary
from vismajor.damages.money import euros
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reading.yaml_source import YamlSource
from vismajor.reasoning.assessment import Progress
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.worlds import DEFAULT_WORLDS
from vismajor.settlement.factors import Kind
from vismajor.settlement.scenarios import Comparison, Version, Worth, compare
from vismajor.settlement.sensitivity import Sensitivity, sensitivity
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, bargain, names_of, value, value_version, vary_case

Settling = Callable[[Valuation], Worth | None]  # what settling a version is worth


def worth_to_settle(valuation: Valuation) -> Worth | None:
    """Return what settling a version is worth to either side; None where the case does not say what the suit costs.

    As the version has it: what a side believes instead would be the same in all of them.
    """
    case, stances = valuation.assessment.case, valuation.assessment.case.file.bargaining
    file = case.file.model_copy(update={"bargaining": stances.model_copy(update={
        "claimants": stances.claimants.model_copy(update={"believes": None}),
        "respondent": stances.respondent.model_copy(update={"believes": None})})})
    found = bargain(replace(valuation, assessment=replace(
        valuation.assessment, case=case.model_copy(update={"file": file}))))
    if found is None:
        return None
    left, cost = found.beliefs.claimants.together.mean(), found.beliefs.respondent.respondent.mean()
    return Worth(euros(float(left)), euros(float(cost)), found.zone)


def compare_scenarios(case: Case, law: Law, names: Sequence[str] = (), claimant: str | None = None, *,
                      worlds: int = DEFAULT_WORLDS, seed: str | None = None, progress: Progress | None = None,
                      settling: Settling | None = worth_to_settle) -> Comparison:
    """Compare a case as it is with scenarios of its file: those named, or all of them.

    Raises InvalidInput for a scenario or a claimant that the case does not have, and where it has no scenario at all.
    """
    stated = {scenario.id: scenario for scenario in case.file.scenarios}
    if not stated:
        raise InvalidInput([problem("CASE", (1, 1), "no_scenarios")])
    chosen = [_scenario(case, name) for name in dict.fromkeys(names)] or list(stated.values())
    check_claimant(case, claimant)
    base = value(assess(case, law, worlds=worlds, seed=seed))
    others = [Version(vary_case(case, law, [one.id]), one, _start(case, law, one)) for one in chosen]
    return _compared((Version(case), base), law, others, claimant, progress, settling)


def compare_what_if(case: Case, law: Law, change: YamlSource, start: str | None = None, claimant: str | None = None, *,
                    worlds: int = DEFAULT_WORLDS, seed: str | None = None, progress: Progress | None = None,
                    settling: Settling | None = worth_to_settle) -> Comparison:
    """Compare a case (as it is, or as the scenario `start` has it) with what `change`, a scenario, makes of it.

    Raises InvalidInput for what the change gets wrong, and for a scenario or a claimant that the case does not have.
    """
    check_claimant(case, claimant)
    before, first = case, None
    if start is not None:
        first = _scenario(case, start)
        before = vary_case(case, law, [start])
    after = vary(case, names_of(law), [start] if start else [], change)
    base = value(assess(before, law, worlds=worlds, seed=seed or case.seed))
    version = Version(before, first, _start(case, law, first) if first else None)
    return _compared((version, base), law, [Version(after, Scenario.model_validate(change.data), before)], claimant,
                     progress, settling)


def _start(case: Case, law: Law, scenario: Scenario) -> Case:
    """Return the case from which a scenario starts."""
    return vary_case(case, law, [scenario.from_] if scenario.from_ else [])


def sensitivity_of(case: Case, law: Law, start: str | None = None, claimant: str | None = None, *,
                   kinds: Collection[Kind] = (), pairs: bool = False, worlds: int = DEFAULT_WORLDS,
                   seed: str | None = None, progress: Progress | None = None) -> Sensitivity:
    """Return what moves the mean award most, in a case as it is or as one of its scenarios has it.

    Raises InvalidInput for a scenario or a claimant that the case does not have.
    """
    check_claimant(case, claimant)
    valuation = value(assess(as_scenario(case, law, start), law, worlds=worlds, seed=seed or case.seed))
    with Grounder(valuation.assessment.law) as grounder:
        return sensitivity(valuation, grounder, claimant, kinds=kinds, pairs=pairs, progress=progress)


def check_claimant(case: Case, claimant: str | None) -> None:
    """Raise InvalidInput for a claimant that the case does not have."""
    ids = [one.id for one in case.file.claimants]
    if claimant is not None and claimant not in ids:
        raise InvalidInput([problem("--claimant", (1, 1), "unknown_claimant", read=claimant,
                                    nearest=nearest(claimant, ids))])


def _scenario(case: Case, name: str) -> Scenario:
    stated = {scenario.id: scenario for scenario in case.file.scenarios}
    if name not in stated:
        raise InvalidInput([problem("--scenario", (1, 1), "unknown_scenario" if stated else "no_scenarios", read=name,
                                    nearest=nearest(name, stated))])
    return stated[name]


def as_scenario(case: Case, law: Law, name: str | None) -> Case:
    """Return the case as a scenario of its file has it, or as it is. Raises InvalidInput for an unknown scenario."""
    return case if name is None else vary_case(case, law, [_scenario(case, name).id])


def _compared(base: tuple[Version, Valuation], law: Law, others: Sequence[Version], claimant: str | None,
              progress: Progress | None, settling: Settling | None) -> Comparison:
    """Compare versions, each valued when its turn comes; what settling is worth is asked of all together alone."""
    def settled(version: Version, valuation: Valuation) -> tuple[Version, Valuation]:
        asked = settling is not None and claimant is None
        return replace(version, worth=settling(valuation) if settling and asked else None), valuation

    def valued(grounder: Grounder) -> Iterator[tuple[Version, Valuation]]:
        yield settled(*base)
        for version in others:
            yield settled(version, value_version(version.case, law, base[1], grounder))
            if progress:
                progress(version.id)

    with Grounder(law) as grounder:
        return compare(base[1], valued(grounder), claimant)
