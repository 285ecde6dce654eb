"""What a scenario changes, in words: facts by their states, issues by their findings, figures by what they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vismajor.case.facts import Fact
from vismajor.case.figure_paths import find_figure, value_at
from vismajor.case.models import Case
from vismajor.case.scenarios import Scenario
from vismajor.drafting import typography
from vismajor.drafting.figure_said import entry_said, entry_value_said, leaf_said, whose_said
from vismajor.drafting.words import say_question, say_value, show_value, words
from vismajor.law.models import Law, Rule
from vismajor.reading.yaml_source import Path_
from vismajor.reasoning.findings import likelihood_of

GATHERED = 3  # so many entries changed alike are told as one line


@dataclass(frozen=True)
class Change:
    """One thing that a scenario changes: its kind (a key of the scenario), its name, and how it is said.

    `whose`: the claimants of whom it is said, where it is not said of all; `alike`: entries told with the one named.
    """

    kind: str
    name: str
    said: str
    whose: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


def changes_of(law: Law, scenario: Scenario, before: Case, language: str) -> list[Change]:
    """Return what a scenario changes in the case `before`, in the order in which it is told."""
    return [*_points(law, scenario, before, language), *_answers(law, scenario, before, language),
            *_figures(law, scenario, before, language)]


def _points(law: Law, scenario: Scenario, before: Case, language: str) -> Iterator[Change]:
    say = words(language)
    if scenario.as_of is not None:
        yield Change("as_of", "as_of", say["scenario_as_of"].format(
            day=typography.date(scenario.as_of, language), before=typography.date(before.as_of, language)))
    for name, fact in scenario.facts.items():
        yield Change("facts", name, say_stated(law, name, fact, language), _whose(law, scenario, name))
    for name in scenario.unknown:
        plain, _, duty = name.partition("@")
        said = say["scenario_unknown"].format(question=say_question(law, plain, language))
        yield Change("unknown", name, _on_duty(law, duty, said, language), _whose(law, scenario, name))
    for name, chance in scenario.likelihoods.items():
        yield Change("likelihoods", name, _chance_said(law, name, chance, before, language),
                     _whose(law, scenario, name))


def _whose(law: Law, scenario: Scenario, name: str) -> tuple[str, ...]:
    common = law.vocabulary.facts[name.partition("@")[0]].scope == "common"
    return () if common else scenario.claimants


def say_stated(law: Law, name: str, fact: Fact, language: str) -> str:
    """Say a fact as it is stated, with its chance where it is not certain and the duty where it is stated for one."""
    plain, _, duty = name.partition("@")
    declaration, say = law.vocabulary.facts[plain], words(language)
    if fact.value is not None:
        said = say_value(declaration, fact.value, language)
    else:
        ends = fact.between or (fact.estimate and (fact.estimate.low, fact.estimate.high)) or ()
        low, high = (show_value(declaration, end, language) for end in ends)
        reach = say["scenario_dates" if declaration.type == "date" else "scenario_range"].format(low=low, high=high)
        what = (declaration.named or declaration.asks).in_language(language)
        said = say["labelled"].format(label=what, what=reach)
    chance = likelihood_of(fact, law)
    if chance < 1:
        said = say["scenario_chance"].format(what=said, chance=typography.share(chance, language))
    return _on_duty(law, duty, said, language)


def _on_duty(law: Law, duty: str, said: str, language: str) -> str:
    if not duty:
        return said
    return words(language)["scenario_duty"].format(what=said,
                                                   duty=law.vocabulary.duties[duty].short.in_language(language))


def _chance_said(law: Law, name: str, chance: float, before: Case, language: str) -> str:
    plain, _, duty = name.partition("@")
    found = [fact for key, fact in _stated(before)
             if key == name or ("@" not in name and key.partition("@")[0] == plain)]
    sure = [fact.model_copy(update={"likelihood": 1.0}) for fact in found[:1]]
    said = say_stated(law, plain, sure[0], language) if sure else say_question(law, plain, language)
    chances = sorted({typography.share(likelihood_of(fact, law), language) for fact in found})
    return words(language)["scenario_chance_changed"].format(
        what=_on_duty(law, duty, said, language), chance=typography.share(chance, language),
        before=typography.listing(chances, language))


def _stated(case: Case) -> Iterator[tuple[str, Fact]]:
    """Yield every fact that a case states, by its key."""
    yield from case.file.facts.items()
    for terms in case.file.contracts:
        yield from terms.facts.items()
    for claimant in case.file.claimants:
        yield from claimant.facts.items()
        for facts in (*(one.facts for one in claimant.agreements), *(one.facts for one in claimant.items)):
            yield from facts.items()


def _answers(law: Law, scenario: Scenario, before: Case, language: str) -> Iterator[Change]:
    say = words(language)
    for name, answer in scenario.issues.items():
        finding = getattr(law.issues[name].findings, answer).in_language(language)
        yield Change("issues", name, say["scenario_given"].format(what=typography.uncapital(finding).rstrip(".")))
    for name, chance in scenario.questions.items():
        leading, titles = open_question(law, name, before.as_of, language)
        was = before.chances.get(name, leading.chance(before.as_of))
        yield Change("questions", name, say["scenario_question" if titles else "scenario_question_of_fact"].format(
            chance=typography.share(chance, language), before=typography.share(was, language),
            on=typography.listing(titles, language),
            what=typography.uncapital(leading.because.in_language(language)).rstrip(".")))


def open_question(law: Law, name: str, day: dt.date, language: str) -> tuple[Rule, list[str]]:
    """Return the rule that speaks for an open question as known on a day, and the titles of the issues it bears on."""
    asked = [rule for rule in law.rules.values() if rule.open is not None and rule.question_id == name]
    known = [rule for rule in asked if rule.known_from is None or rule.known_from <= day] or asked
    targets = dict.fromkeys(rule.issue for rule in known if rule.issue)
    often = Counter(rule.issue for rule in asked)
    leading = max(known, key=lambda rule: often[rule.issue])
    return leading, [law.issues[issue].title.in_language(language) for issue in targets]


def _figures(law: Law, scenario: Scenario, before: Case, language: str) -> Iterator[Change]:
    """Tell entries by what they are; those of one name that change alike are told together."""
    say, data = words(language), before.source.data
    alike: dict[tuple[str, str, str], list[str]] = {}
    meant: dict[str, Path_] = {}
    for path, value in scenario.figures.items():
        steps = meant[path] = find_figure(data, path).steps or ()
        was, now = (entry_value_said(law, steps, one, language) for one in (value_at(data, steps), value))
        alike.setdefault((str(steps[-1]), was, now), []).append(path)
    for (_, was, now), paths in alike.items():
        if len(paths) >= GATHERED:
            yield Change("figures", paths[0], say["scenario_entries"].format(
                key=leaf_said(law, data, meant[paths[0]], language), before=was, now=now,
                count=typography.number(len(paths), language),
                first=whose_said(law, data, meant[paths[0]], language)), alike=tuple(paths[1:]))
        else:
            yield from (Change("figures", path, say["scenario_entry"].format(
                path=entry_said(law, data, meant[path], language), before=was, now=now)) for path in paths)
