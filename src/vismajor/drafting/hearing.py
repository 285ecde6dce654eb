"""How an argument will be heard: whether it is worth saying, on what it rests, when or why it does not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vismajor.drafting import typography
from vismajor.drafting.words import say_premise, words
from vismajor.law.models import Law
from vismajor.reasoning.assessment import ArgumentView, IssueView, Premise

SMALLEST_SHARE = 0.05
SMALLEST_CONTRARY_SHARE = 0.2


def worth_telling(arguments: Sequence[ArgumentView]) -> list[ArgumentView]:
    """Return, of one side's arguments, those worth saying; of twins, one, with the sources of both."""
    worth = [argument for argument in arguments if worth_saying(argument)]
    told = []
    for argument in worth:
        twins = [other for other in worth if _twins(other, argument)]
        if argument is max(twins, key=_telling):
            sources = dict.fromkeys(source for one in (argument, *twins) for source in one.rule.sources)
            rule = argument.rule.model_copy(update={"sources": tuple(sources)})
            told.append(replace(argument, rule=rule) if len(twins) > 1 else argument)
    return told


def _twins(one: ArgumentView, other: ArgumentView) -> bool:
    """Tell whether two arguments of a group say the same of the same facts: from the text, and from decisions."""
    return one is other or (one.rule.group is not None and (one.rule.group, one.rule.if_, one.rule.argues_for) == (
        other.rule.group, other.rule.if_, other.rule.argues_for))


def _telling(argument: ArgumentView) -> tuple[bool, bool, float, str]:
    """Order twins: what applies before what does not, then decisions before the text alone, then weight."""
    return argument.applies, argument.rule.known_from is not None, abs(argument.weight or 0.0), argument.rule.id


def worth_saying(argument: ArgumentView) -> bool:
    """Leave out what hardly any court would hear; what is set aside is said, with the reason."""
    if not all(premise.as_stated for premise in argument.premises):
        return argument.share >= SMALLEST_CONTRARY_SHARE  # it takes the court to find the contrary of what is stated
    return argument.applies or bool(argument.undercut_by) or argument.share >= SMALLEST_SHARE


def grounds(argument: ArgumentView) -> list[Premise]:
    """Return the premises that rest on stated facts, those from which others are derived included."""
    return [ground for premise in argument.premises for ground in premise.grounds()]


def aside(law: Law, argument: ArgumentView, language: str) -> str:
    """Say when an argument does not count: the law is discussed, the fact is contested, or something sets it aside."""
    say, parts = words(language), []

    def clauses(premises: Sequence[Premise], joined: str = "or") -> str:
        return say[joined].join(dict.fromkeys(say_premise(law, premise, language) for premise in premises))

    elsewhere = [premise for premise in argument.premises if premise.condition.on_issue]
    if argument.rule.open is not None:
        parts.append(say["aside_open"])
    if argument.undercut_by:
        unsure = any(premise.contested for premise in argument.undercut_by)
        parts.append(say["aside_if" if unsure else "aside_because"].format(what=clauses(argument.undercut_by)))
    elif not all(ground.as_stated for ground in grounds(argument)):
        contrary = [ground for ground in grounds(argument) if not ground.as_stated]
        parts.append(say["aside_contrary"].format(what=clauses(contrary, "and")))
    elif any(ground.contested for ground in grounds(argument)):
        parts.append(say["aside_contested"])
    elif not argument.applies and elsewhere:  # it takes another answer to another question
        parts.append(say["aside_found"].format(what=clauses(elsewhere)))
    return typography.elided(say["semicolon"].join(parts), language)


def say_conflict(law: Law, view: IssueView, language: str) -> str:
    """Say which rules decide an issue in opposite senses, each with its source, or nothing where none do."""
    if not view.conflict:
        return ""
    say = words(language)
    sides = [say["and"].join(
        say["conflict_rule"].format(
            reason=argument.rule.because.in_language(language).rstrip("."),
            source=say["semicolon"].join(law.sources[source].cite.in_language(language)
                                         for source in argument.rule.sources))
        for argument in arguments if argument.weight is None and argument.share > 0)
        for arguments in (view.arguments_for, view.arguments_against)]
    return say["conflict_between"].format(one=sides[0], other=sides[1])
