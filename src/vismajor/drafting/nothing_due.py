"""Why nothing is due in the outcomes where nothing is: each of them has one cause, so that their shares add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vismajor.drafting.words import words
from vismajor.reasoning.worlds import Truth
from vismajor.settlement.judgments import Judgments
from vismajor.settlement.questions import CLAUSE_FIRST, questions_of
from vismajor.settlement.valuation import Valuation

EXCUSE = "exoneration"
SELDOM = 0.005  # half a point: below, a cause is not told apart


@dataclass(frozen=True)
class Cause:
    """A cause for which nothing is due: the issue that it is named for, how it is said, in which share of all outcomes.

    Of an exoneration also the ways (the clause, the law), each as it is said, with its share; empty where there is one.
    """

    issue: str
    said: str
    share: float
    ways: tuple[tuple[str, float], ...] = ()


def causes_said(valuation: Valuation, members: Sequence[str], language: str) -> tuple[Cause, ...]:
    """Return the causes for which none of these claimants is owed anything, the most frequent first.

    A suit is lost on the question on which its last claim falls, in the order in which a court meets them: the
    litigation tree parts the same outcomes alike. The clause and the law excuse: together they are one cause.
    """
    say, assessment = words(language), valuation.assessment
    respondent = assessment.case.file.respondent.name
    shares = dict(_lost(valuation, members))
    ways = tuple((say[f"note_way_{name}"], share) for name in CLAUSE_FIRST
                 if (share := shares.pop(name, 0.0)) >= SELDOM)
    lost = [(name, share, ()) for name, share in shares.items() if share >= SELDOM]
    found: list[tuple[str, float, tuple[tuple[str, float], ...]]] = [*lost]
    if ways:
        found.append((EXCUSE, sum(share for _, share in ways), ways))

    def said(name: str) -> str:
        title = assessment.law.issues[name].title.in_language(language)
        return say.get(f"note_nothing_{name}", say["note_nothing_other"]).format(respondent=respondent, issue=title)

    causes = [Cause(name, said(name), share, by) for name, share, by in found]
    return tuple(sorted(causes, key=lambda cause: (-cause.share, cause.issue)))


def _lost(valuation: Valuation, members: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the questions on which the suit is lost where nothing is due, each with its share of all outcomes."""
    awards = valuation.awards
    nobody: dict[str, Truth] = {name: np.zeros(award.liable.size, dtype=np.bool_) for name, award in awards.items()}
    left = ~np.any([awards[name].liable for name in members], axis=0)
    for question in questions_of(valuation, Judgments(awards, awards, nobody, nobody), members):
        if question.needed is not None:
            lost = left & (question.yes != question.needed)
            left = left & ~lost
            yield question.name, float(lost.mean())
