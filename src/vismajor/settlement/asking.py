"""The next questions to ask: of our client what it alone can answer, of the others the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.damages.money import NOTHING
from vismajor.settlement.evidence import Evidence, FactWorth

COMMON = "common"  # the scope of what the law pack says of the incident and of the respondent, of no claimant


@dataclass(frozen=True)
class Asked:
    """Unknown facts as they bear on some claimants, what moves their suits most first."""

    claimants: tuple[str, ...]
    questions: tuple[FactWorth, ...]


def asked_of_client(evidence: Evidence, most: int) -> tuple[Asked, ...]:
    """Return what to ask our side: claimants are gathered by the fact that moves the suit of each most.

    A claimant can answer what the law pack says of a claimant, of its contract or of its things, the respondent the
    rest. `most`: how many questions for each group.
    """
    facts = _unknown(evidence, common=evidence.ours == "respondent")
    if evidence.ours == "respondent":
        return _asked(facts, evidence.choices.members, most)
    first: dict[str, list[str]] = {}
    for name in evidence.choices.members:
        best = _most_moving(facts, [name])
        if best:
            first.setdefault(best[0].fact, []).append(name)
    groups = [_asked(facts, names, most, question)[0] for question, names in first.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.claimants), group.claimants)))


def asked_of_others(evidence: Evidence, most: int) -> tuple[Asked, ...]:
    """Return what to ask of the other side, or of a third party."""
    return _asked(_unknown(evidence, common=evidence.ours == "claimants"), evidence.choices.members, most)


def _unknown(evidence: Evidence, *, common: bool) -> list[FactWorth]:
    return [fact for fact in evidence.facts if fact.status is None and (fact.declaration.scope == COMMON) == common]


def _asked(facts: Sequence[FactWorth], names: Sequence[str], most: int, first: str = "") -> tuple[Asked, ...]:
    """Return the questions for some claimants by what they move together, `first` before the others."""
    found = sorted(_most_moving(facts, names), key=lambda fact: fact.fact != first)
    return (Asked(tuple(names), tuple(found[:most])),) if found else ()


def _most_moving(facts: Sequence[FactWorth], names: Sequence[str]) -> list[FactWorth]:
    """Return the facts that move something, what moves most first; each once, whatever the duties it is asked for."""
    found: dict[str, FactWorth] = {}
    for fact in sorted(facts, key=lambda fact: (-_moves(fact, names), fact.name)):
        if _moves(fact, names) > 0:
            found.setdefault(fact.fact, fact)
    return list(found.values())


def _moves(fact: FactWorth, names: Sequence[str]) -> Decimal:
    return sum((fact.moves_each.get(name, NOTHING) for name in names), NOTHING)
