"""How an argument will be heard: whether it is worth saying, on what it rests, when or why it does not count."""

from __future__ import annotations

from collections.abc import Sequence

from vismajor.drafting import typography
from vismajor.drafting.words import say_premise, words
from vismajor.law.models import Law
from vismajor.reasoning.assessment import ArgumentView, IssueView, Premise

SMALLEST_SHARE = 0.05
SMALLEST_CONTRARY_SHARE = 0.2


def worth_telling(arguments: Sequence[ArgumentView]) -> list[ArgumentView]:
    """Return, of one side's arguments, those worth saying: of a group, which counts once, what no other outweighs."""
    worth = [argument for argument in arguments if worth_saying(argument)]
    return [one for one in worth if not any(_outweighs(other, one) for other in worth)]


def _outweighs(other: ArgumentView, one: ArgumentView) -> bool:
    """Tell whether an argument of the same group is at least as heavy as another, and counts at least as often."""
    if other is one or one.rule.group is None or other.rule.group != one.rule.group:
        return False
    if one.weight is None or other.weight is None:
        return False
    ranks = [(abs(a.weight or 0.0), a.share, a.applies, len(a.rule.sources), a.rule.id) for a in (other, one)]
    return ranks[0][0] >= ranks[1][0] and ranks[0][1] >= ranks[1][1] and ranks[0] > ranks[1]


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

    def clauses(premises: Sequence[Premise]) -> str:
        return say["or"].join(say_premise(law, premise, language) for premise in premises)

    elsewhere = [premise for premise in argument.premises if premise.condition.on_issue]
    if argument.rule.open is not None:
        parts.append(say["aside_open"])
    if argument.undercut_by:
        unsure = any(premise.contested for premise in argument.undercut_by)
        parts.append(say["aside_if" if unsure else "aside_because"].format(what=clauses(argument.undercut_by)))
    elif not all(ground.as_stated for ground in grounds(argument)):
        parts.append(say["aside_contrary"])
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
