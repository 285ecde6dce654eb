"""What a case states against what follows from other facts that it states: two buildings, and that they are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from vismajor.case.models import Case, Claim
from vismajor.law.checks import bound_kinds
from vismajor.law.conditions import Condition
from vismajor.law.models import Law, Rule
from vismajor.reasoning.findings import Finding, catalog, compared, findings_for
from vismajor.reasoning.things import Things
from vismajor.reasoning.worlds import LikeliestWorld


@dataclass(frozen=True)
class Contradiction:
    """A fact that a claimant states, and the facts, stated as well, from which the contrary follows."""

    claimant: str
    stated: Finding
    grounds: tuple[Finding, ...]


def contradictions(case: Case, law: Law) -> list[Contradiction]:
    """Return the stated facts that comparisons of two other stated facts contradict, each once.

    Where a copy serves two servers, one in its building and one elsewhere, both answers follow: neither contradicts.
    """
    found = (one for claim in case.claims for one in _of_claim(case, law, claim))
    return list({(one.claimant, one.stated.name): one for one in found}.values())


def _of_claim(case: Case, law: Law, claim: Claim) -> Iterator[Contradiction]:
    findings = findings_for(case, law, claim, "", catalog(law))
    things = Things.of_claimant(law, claim.claimant)
    follows: dict[str, dict[bool | str, tuple[Finding, ...]]] = {}
    for rule in law.rules.values():
        if rule.issue is None and not rule.unless and all(condition.other for condition in rule.if_):
            name, value = rule.concludes
            for items in _matches(law, rule, things):
                grounds = _met(rule, things, items, findings)
                if grounds:
                    follows.setdefault(things.bind(name, items), {})[value] = grounds
    for name, values in follows.items():
        stated = findings.get(name)
        if stated is None or len(values) > 1:
            continue
        ((value, grounds),) = values.items()
        if not np.all(stated.holds(Condition(name, "=", (value,)), LikeliestWorld())):
            yield Contradiction(claim.claimant.name, stated, grounds)


def _matches(law: Law, rule: Rule, things: Things) -> Iterator[dict[str, str]]:
    """Yield the items, by kind, that a rule looks at together: a copy, and a server to which it belongs."""
    kinds = bound_kinds(law, rule)
    for ids in product(*(things.by_kind[kind] for kind in kinds)):
        items = dict(zip(kinds, ids, strict=True))
        owners = ((kind, items[kind], items[of]) for kind in kinds
                  if (of := law.vocabulary.kinds[kind].of) is not None and of in items)
        if all(pair in things.belongs for pair in owners):
            yield items


def _met(rule: Rule, things: Things, items: Mapping[str, str], findings: Mapping[str, Finding]
         ) -> tuple[Finding, ...]:
    """Return the stated facts that meet a rule when each is found as is likeliest; nothing where one does not."""
    grounds: list[Finding] = []
    for condition in rule.if_:
        pair = [findings.get(things.bind(name, items)) for name in condition.names]
        one, other = pair
        if one is None or other is None or not np.all(compared(one, condition.operator, other, LikeliestWorld())):
            return ()
        grounds += [one, other]
    return tuple(grounds)
