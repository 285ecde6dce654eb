"""What `explain` prints: why an issue is answered so, on which facts and sources, and what would change the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from vismajor.drafting import typography
from vismajor.drafting.argument_map import ArgumentMap, MapArgument, MapIssue, MapPremise
from vismajor.drafting.map_builder import build_map
from vismajor.drafting.map_words import say_about, say_sources, say_standing
from vismajor.drafting.standings import band
from vismajor.drafting.words import say_fact, say_question, words
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.flips import Change, flips
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.inquiry import Inquiry, inquiries, moving
from vismajor.report import view_json
from vismajor.screen import worlds_note, wrapped

FLIPS_SHOWN = 8
RULE = "─" * 80


def explanation_json(assessment: Assessment, issues: Sequence[str]) -> dict[str, Any]:
    """Return, for each issue, its leading view, its argument map, what would flip it, what each fact would change."""
    told: dict[str, Any] = {}
    with Grounder(assessment.law) as grounder:
        learned = cache(lambda place: inquiries(assessment, grounder, place))
        for issue in issues:
            view = assessment.lead(issue)
            told[issue] = {
                **view_json(assessment, view),
                "flips": [[{"fact": change.name, "value": change.value} for change in changes]
                          for changes in flips(assessment, grounder, view)],
                "inquiries": [_inquiry_json(found) for found in moving(learned(assessment.place(view)), issue)],
                "map": build_map(assessment, issue).to_json(),
            }
    return told


def _inquiry_json(found: Inquiry) -> dict[str, Any]:
    def chances(of: Any) -> dict[str, float]:
        return {issue: round(probability, 6) for issue, probability in of.items()}

    return {"fact": found.name, "status": found.status or "unknown", "asks": found.declaration.asks.model_dump(),
            "now": chances(found.now),
            "then": [{"value": value, "probabilities": chances(then)} for value, then in found.then]}


def tell_explanation(assessment: Assessment, issues: Sequence[str], whole: bool) -> str:
    """Tell why each issue is answered so, and what would change the answer, in the case's language.

    `whole` adds the facts, exhibits and sources of each argument, the arguments that hardly any court would follow,
    and the probability of the issue if each unknown or contested fact is found so or otherwise.
    """
    language = assessment.case.file.language
    lines: list[str] = []
    with Grounder(assessment.law) as grounder:
        learned = cache(lambda place: inquiries(assessment, grounder, place))
        for issue in issues:
            lead = assessment.lead(issue)
            place = assessment.place(lead)
            lines += _Telling(assessment, build_map(assessment, issue, place), language, whole).lines()
            lines += _change_lines(assessment, flips(assessment, grounder, lead), lead.likely, language)
            if whole:
                lines += _inquiry_lines(assessment.law, moving(learned(place), issue), issue, language)
    return "\n".join([*lines, RULE, wrapped(worlds_note(assessment, language), language)])


class _Telling:
    """Tells one map in words."""

    def __init__(self, assessment: Assessment, told: ArgumentMap, language: str, whole: bool) -> None:
        self.assessment, self.told, self.language, self.whole = assessment, told, language, whole
        self.say = words(language)

    def lines(self) -> Iterator[str]:
        """Yield the answer, what it is made of, and the arguments of both sides."""
        issue, say = self.told.issue, self.say
        yield RULE
        yield self.wrapped(f"{self.text(issue.title).upper()}{say['colon']}{self.answer(issue)}")
        yield self.wrapped(self.text(issue.question))
        yield self.wrapped(self.text(issue.finding))
        yield self.wrapped(say_about(self.told, issue, self.language))
        if issue.conflict:
            yield self.wrapped(say["conflict"])
        if issue.elements:
            yield ""
            yield self.wrapped(typography.capital(say[f"map_{issue.decided}"]) + say["colon"].rstrip())
            yield from self.elements(issue, 2)
        for side, arguments in ((say["for"], issue.arguments_for), (say["against"], issue.arguments_against)):
            yield from self.side(side, arguments)

    def elements(self, issue: MapIssue, indent: int) -> Iterator[str]:
        for element in issue.elements:
            excluded = "" if element.expected else f"{self.say['map_excluded']}, "
            how = f" ({self.say[f'map_{element.issue.decided}']})" if element.issue.elements else ""
            yield self.wrapped(f"{excluded}{self.text(element.issue.title)}{self.say['colon']}"
                               f"{self.answer(element.issue)}{how}", indent, "– ")
            yield from self.elements(element.issue, indent + 4)

    def side(self, side: str, arguments: Sequence[MapArgument]) -> Iterator[str]:
        shown = [argument for argument in arguments if self.whole or not argument.marginal]
        left = len(arguments) - len(shown)
        if not shown and not left:
            return
        yield ""
        yield self.wrapped(typography.capital(side) + self.say["colon"].rstrip())
        for argument in shown:
            yield from self.argument(argument)
        if left:
            yield self.wrapped(self.say["map_left_out" if left == 1 else "map_left_outs"].format(count=left), 2)

    def argument(self, argument: MapArgument) -> Iterator[str]:
        yield self.wrapped(self.text(argument.because), 2, "– ")
        standing = self.say[argument.strength]
        if argument.aside:
            standing += self.say["semicolon"] + self.text(argument.aside)
        if argument.marginal:
            standing += self.say["semicolon"] + self.say["marginal"]
        yield self.wrapped(typography.capital(standing) + ".", 4)
        if self.whole:
            for premise in argument.premises:
                yield from self.premise(premise, 4)
        yield self.wrapped(say_sources(argument.sources, self.language), 4)

    def premise(self, premise: MapPremise, indent: int) -> Iterator[str]:
        standing = say_standing(premise, self.language)
        standing = f" [{standing}]" if standing else f", {self.say['map_because']}" if premise.below else ""
        yield self.wrapped(self.text(premise.clause) + standing, indent, "· ")
        for index, line in enumerate(premise.below):
            if index:
                yield self.wrapped(self.say["map_or"], indent + 2)
            for below in line:
                yield from self.premise(below, indent + 2)

    def answer(self, issue: MapIssue) -> str:
        chance = typography.share(issue.probability, self.language)
        word = band(issue.label, issue.probability, issue.probability)
        return self.say[f"answer_{word}_chance"].format(chance=chance)

    def text(self, bilingual: Any) -> str:
        return str(bilingual.in_language(self.language))

    def wrapped(self, text: str, indent: int = 0, mark: str = "") -> str:
        return wrapped(text, self.language, indent, mark)


def _change_lines(assessment: Assessment, found: Sequence[tuple[Change, ...]], likely: bool, language: str
                  ) -> Iterator[str]:
    say, law = words(language), assessment.law
    yield ""
    now, then = (say["answer_established" if yes else "answer_not_established"] for yes in (likely, not likely))
    yield wrapped(say["flips" if found else "flips_none"].format(now=now, then=then), language)
    for changes in found[:FLIPS_SHOWN]:
        what = say["semicolon"].join(say_fact(law, change.name, change.value, language) for change in changes)
        together = f" ({say[f'together_{len(changes)}']})" if len(changes) > 1 else ""
        yield wrapped(f"{what}{together}.", language, 2, "– ")
    left = len(found) - FLIPS_SHOWN
    if left > 0:
        yield wrapped(say["flips_more" if left == 1 else "flips_mores"].format(count=left), language, 2)


def _inquiry_lines(law: Law, found: Sequence[Inquiry], issue: str, language: str) -> Iterator[str]:
    say = words(language)
    yield ""
    if not found:
        yield wrapped(say["inquiries_none"], language)
        return
    yield wrapped(say["inquiries"].format(now=typography.share(found[0].now[issue], language)), language)
    for fact in found:
        standing = say[f"status_{fact.status}" if fact.status else "status_unknown"]
        yield wrapped(f"{say_question(law, fact.name, language)} [{standing}]", language, 2, "– ")
        for value, chances in fact.then:
            yield wrapped(f"{say_fact(law, fact.name, value, language)}{say['colon']}"
                          f"{typography.share(chances[issue], language)}", language, 4, "· ")
