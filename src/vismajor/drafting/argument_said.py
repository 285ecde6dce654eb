"""An argument in the words of the internal note: reason, facts, exhibits, sources, weight, when it does not count."""

from __future__ import annotations

from vismajor.drafting.hearing import aside, grounds
from vismajor.drafting.issue_said import ArgumentSaid
from vismajor.drafting.words import say_premise, words
from vismajor.reasoning.assessment import ArgumentView, Assessment


def argument_said(assessment: Assessment, view: ArgumentView, language: str) -> ArgumentSaid:
    """Put an argument into words, with the exhibits that are known."""
    law, known = assessment.law, assessment.case.exhibits_known
    exhibits = dict.fromkeys(
        exhibit for ground in grounds(view) if ground.finding and ground.as_stated
        for exhibit in ground.finding.fact.exhibits if exhibit in known
    )
    return ArgumentSaid(
        view.rule.because.in_language(language),
        tuple(say_premise(law, premise, language) for premise in view.premises), tuple(exhibits),
        tuple(law.sources[source] for source in view.rule.sources), words(language)[view.rule.weight or "weak"],
        aside(assessment.law, view, language),
    )
