"""Which unknown facts the note asks for: the few that change an answer, and that a client can find out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vismajor.law.conditions import fact_of
from vismajor.reasoning.assessment import Assessment
from vismajor.reasoning.inquiry import OpenFact

MOST = 6
WORTH_ASKING = 0.05  # five points of probability: below, the answer would not change what counsel does


def worth_asking(assessment: Assessment, found: Sequence[OpenFact]) -> list[OpenFact]:
    """Return the first open facts worth asking for, each with the answers that move its issue by five points at least.

    Left out: matters of law, and what facts stated for some claimant already answer.
    """
    stated = {fact_of(name) for graph in assessment.graphs.values() for name in graph.findings}
    asked = [fact for fact in found if fact.change >= WORTH_ASKING and not fact.declaration.legal
             and stated.isdisjoint(fact.declaration.answered_by)]
    return [replace(fact, then=tuple((value, chance) for value, chance in fact.then
                                     if abs(chance - fact.now) >= WORTH_ASKING)) for fact in asked[:MOST]]
